"""The detail pane of an action: where it stands, its updates, its milestones, its history; and its forms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csp_desktop.charts.rag import RagMark
from csp_desktop.queries.actions import ActionRow
from csp_desktop.queries.details import (
    HistoryRow,
    MilestoneRow,
    UpdateRow,
    action_history,
    list_milestones,
    list_updates,
)
from csp_desktop.store import Store
from models.vocabulary import LifecycleStatus
from ui.flow import Flow
from ui.forms.form import Form, FormSpec
from ui.forms.words import shown_date
from ui.pages.action_details import add_details
from ui.pages.wording import change_words, shown_instant
from ui.tables.actions import days, rag_cell
from ui.tables.rag import RagCell, RagShown, mark_of
from ui.theme import px
from ui.widgets import button, emptied, label, rule, scrolling

TABS = ("Details", "Updates", "Milestones", "History")


@dataclass(frozen=True, slots=True)
class Shown:
    """One action as the pane shows it, with the marks of its plan's scheme and whether the plan is approved."""

    row: ActionRow
    marks: tuple[RagMark, ...]
    approved: bool = False


class ActionPane(QWidget):
    """Shows one action or a form. While a form is open, another action waits until it is saved or cancelled.

    ``update_asked()``, ``edit_asked()``, ``milestone_asked(milestone's id or None)`` ask the page for a form;
    ``rebaseline_asked()`` likewise; ``status_asked(LifecycleStatus)`` sets it at once, ``action_asked(id)`` shows
    another action; ``form_closed()`` when a form has gone.
    """

    update_asked = Signal()
    edit_asked = Signal()
    milestone_asked = Signal(object)
    status_asked = Signal(object)
    rebaseline_asked = Signal()
    action_asked = Signal(object)
    form_closed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._shown: Shown | None = None
        self._tab = TABS[0]
        self.form: Form | None = None
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._view = QWidget()
        self._view_column = QVBoxLayout(self._view)
        self._view_column.setContentsMargins(0, 0, 0, 0)
        self._view_column.setSpacing(0)
        self._stack.addWidget(self._view)
        self._lay_out()
        edit_key = QShortcut(QKeySequence(Qt.Key.Key_F2), self._view)
        edit_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        edit_key.activated.connect(self.edit_asked)

    def _lay_out(self) -> None:
        self._head = QVBoxLayout()
        self._head.setContentsMargins(px(20), px(14), px(16), 0)
        self._head.setSpacing(px(6))
        tabs = Flow(px(8))
        tabs.setContentsMargins(px(20), px(4), px(16), 0)
        group = QButtonGroup(self)
        self.tabs = {name: button(name, partial(self._on_tab, name), "tab") for name in TABS}
        for tab in self.tabs.values():
            tab.setCheckable(True)
            group.addButton(tab)
            tabs.addWidget(tab)
        self.tabs[self._tab].setChecked(True)
        inside = QWidget()
        inside.setProperty("zone", "inside")
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(px(20), px(12), px(16), px(16))
        self._body.setSpacing(px(4))
        scroll = scrolling(inside, "Details of the action", sideways=False)
        self._view_column.addLayout(self._head)
        self._view_column.addLayout(tabs)
        self._view_column.addWidget(rule())
        self._view_column.addWidget(scroll, 1)
        self._view_column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("zone", "foot")
        row = Flow(px(8), foot)
        row.setContentsMargins(px(20), px(10), px(16), px(10))
        self.update_button = button("Post update", self.update_asked.emit, "primary")
        self.edit_button = button("Edit", self.edit_asked.emit)
        self.milestone_button = button("Add milestone", partial(self.milestone_asked.emit, None))
        self.rebaseline_button = button("Re-baseline", self.rebaseline_asked.emit)
        for made in (self.update_button, self.edit_button, self.milestone_button, self._status_button()):
            row.addWidget(made)
        row.addWidget(self.rebaseline_button)
        return foot

    def _status_button(self) -> QPushButton:
        made = QPushButton("Set status")
        made.setAutoDefault(False)
        self.statuses = QMenu(made)
        for status in LifecycleStatus:
            self.statuses.addAction(status.label, partial(self.status_asked.emit, status))
        made.setMenu(self.statuses)
        return made

    def show_action(self, shown: Shown) -> None:
        """Show an action; with a form open it is shown when the form has gone."""
        self._shown = shown
        if self.form is None:
            self._fill()

    def open_form(self, spec: FormSpec) -> None:
        """Put a form in the place of the details, once an open one may go."""
        if self.form is not None:
            self.form.cancel()
            if self.form is not None:
                return
        self.form = Form(spec)
        self.form.closed.connect(self._on_form_closed)
        self._stack.addWidget(self.form)
        self._stack.setCurrentWidget(self.form)
        self.form.focus_first()

    def step_back(self) -> bool:
        """Cancel the open form; False where there is none."""
        if self.form is None:
            return False
        self.form.cancel()
        return True

    def _on_form_closed(self) -> None:
        form, self.form = self.form, None
        self._stack.setCurrentWidget(self._view)
        if form is not None:
            self._stack.removeWidget(form)
            form.deleteLater()
        if self._shown is not None:
            self._fill()
        self.form_closed.emit()

    def _on_tab(self, name: str) -> None:
        self._tab = name
        if self._shown is not None:
            self._fill()

    def _fill(self) -> None:
        shown = self._shown
        if shown is None:
            return
        emptied(self._head)
        emptied(self._body)
        _add_head(self._head, shown)
        self.rebaseline_button.setVisible(shown.approved)
        updates = list_updates(self._store, shown.row.id)
        milestones = list_milestones(self._store, shown.row.id)
        for name, count in (("Updates", len(updates)), ("Milestones", len(milestones))):
            self.tabs[name].setText(f"{name} {count}" if count else name)
        fill: dict[str, Callable[[], None]] = {
            "Details": partial(add_details, self._body, shown.row, self._store, self.action_asked.emit),
            "Updates": partial(_add_updates, self._body, updates, shown.marks),
            "Milestones": partial(_add_milestones, self._body, milestones, self.milestone_asked.emit),
            "History": partial(_add_history, self._body, self._store, shown.row.id),
        }
        fill[self._tab]()
        self._body.addStretch()


def _add_head(column: QVBoxLayout, shown: Shown) -> None:
    row = shown.row
    refs = f"{row.ref} \N{MIDDLE DOT} {row.source_ref}" if row.source_ref else row.ref
    column.addWidget(label(refs, "muted"))
    column.addWidget(label(row.title, "section", wrap=True))
    standing = Flow(px(10))
    cell = rag_cell(row, shown.marks)
    if cell.owner or cell.suggested:
        standing.addWidget(RagShown(cell))
    standing.addWidget(label(row.status.label))
    if row.overdue_days:
        standing.addWidget(label(f"{days(row.overdue_days)} late", "error"))
    if row.stale:
        standing.addWidget(label("update needed", "warning"))
    column.addLayout(standing)
    if cell.suggested:
        column.addWidget(label(f"Suggested {cell.suggested.word}. {cell.reason}", "muted", wrap=True))


def _add_updates(column: QVBoxLayout, updates: Sequence[UpdateRow], marks: tuple[RagMark, ...]) -> None:
    if not updates:
        column.addWidget(label("No updates yet. Post one to say where this action stands.", "muted", wrap=True))
    for update in updates:
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(label(shown_date(update.dated), "strong"))
        top.addWidget(label(update.author, "muted"))
        top.addStretch()
        column.addLayout(top)
        _add_move(column, update, marks)
        for heading, text in (
            ("", update.done),
            ("Why: ", update.reason),
            ("Next: ", update.next_steps),
            ("Help needed: ", update.help_needed),
            ("Now expected by ", shown_date(update.forecast_due)),
            ("Back on track by ", shown_date(update.recovery_date)),
        ):
            if text:
                column.addWidget(label(f"{heading}{text}", wrap=True))
        if update.superseded:
            column.addWidget(label("Replaced by a later correction.", "muted", wrap=True))
        column.addSpacing(px(6))
        column.addWidget(rule())
        column.addSpacing(px(6))


def _add_move(column: QVBoxLayout, update: UpdateRow, marks: tuple[RagMark, ...]) -> None:
    after = mark_of(update.rag, marks)
    if after is None:
        return
    before = mark_of(update.rag_before, marks)
    row = QHBoxLayout()
    row.setSpacing(px(8))
    if before is not None and before != after:
        row.addWidget(RagShown(RagCell(before)))
        row.addWidget(label("to", "muted"))
    row.addWidget(RagShown(RagCell(after)))
    if update.percent is not None:
        row.addWidget(label(f"{update.percent} %", "muted"))
    row.addStretch()
    column.addLayout(row)


def _add_milestones(column: QVBoxLayout, milestones: Sequence[MilestoneRow], edit: Callable[[int], None]) -> None:
    if not milestones:
        column.addWidget(label("No milestones yet. Add the first step on the way to this action.", "muted", wrap=True))
    for milestone in milestones:
        top = QHBoxLayout()
        top.addWidget(label(milestone.title, "strong", wrap=True), 1)
        change = button("Edit", partial(edit, milestone.id), "link")
        change.setAccessibleName(f"Edit milestone {milestone.title}")
        top.addWidget(change, alignment=Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(label(milestone_words(milestone), "muted", wrap=True))
        column.addSpacing(px(6))
        column.addWidget(rule())
        column.addSpacing(px(6))


def milestone_words(milestone: MilestoneRow) -> str:
    """Say where a milestone stands: "Complete, reached 3 May 2024", "Not started, due 30 Sep 2024"."""
    if milestone.actual_end and milestone.status is LifecycleStatus.COMPLETE:
        return f"{milestone.status.label}, reached {shown_date(milestone.actual_end)}"
    due = milestone.forecast_due or milestone.baseline_due
    return f"{milestone.status.label}, due {shown_date(due)}" if due else f"{milestone.status.label}, no date"


def _add_history(column: QVBoxLayout, store: Store, action_id: int) -> None:
    for change in action_history(store, action_id):
        _add_change(column, change)


def _add_change(column: QVBoxLayout, change: HistoryRow) -> None:
    column.addWidget(label(change.label, "strong", wrap=True))
    column.addWidget(label(f"{shown_instant(change.at)}, {change.who}", "muted", wrap=True))
    if change.erased_certificate:
        column.addWidget(label(f"Erased, certificate {change.erased_certificate}", "muted", wrap=True))
    for name, old, new in change.fields:
        column.addWidget(label(change_words(name, old, new), wrap=True))
    column.addSpacing(px(6))
    column.addWidget(rule())
    column.addSpacing(px(6))
