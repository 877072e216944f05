"""History: every recorded Step, newest first; what one changed stands in the pane, and an import can be undone."""

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.queries.records import StepChangeRow, StepRow, list_steps, step_changes, was_undone
from models.vocabulary import Change, StepKind
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.wording import change_words, row_words, shown_instant
from ui.tables.columns import Column, Kind, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button, label, rule

KINDS = {
    StepKind.FOUNDING: "Creation",
    StepKind.WRITE: "Change",
    StepKind.IMPORT: "Import",
    StepKind.UNDO: "Undo",
    StepKind.REDO: "Redo",
    StepKind.ACCESS: "Noted",
    StepKind.ERASURE: "Erasure",
}
COLUMNS: tuple[Column[StepRow], ...] = (
    Column(key="at", heading="When", width=18, text=lambda row: shown_instant(row.at), sort_key=lambda row: row.id),
    Column(key="label", heading="What was done", width=0, text=lambda row: row.label),
    Column(key="kind", heading="Kind", width=10, spare=2, text=lambda row: KINDS[row.kind]),
    Column(key="who", heading="Who", width=18, spare=1, text=lambda row: row.who),
    Column(
        key="changes",
        heading="Changes",
        kind=Kind.NUMBER,
        width=9,
        spare=3,
        text=lambda row: str(row.changes) if row.changes else "",
        sort_key=lambda row: row.changes or None,
    ),
)
MOST_STEPS = 50_000  # decades of a partnership's work; they are read in a fifth of a second
UNDOABLE = {StepKind.WRITE, StepKind.IMPORT}


class HistoryPage(Page):
    """The audit trail as people read it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "History")
        self.head.addWidget(self.add_filter("Filter history", self._on_filter), 1)
        self.model = TableModel(COLUMNS, self)
        self.table = TableView(self.model, "Recorded steps")
        self.table.set_widths(desk.remembered.widths("history"))
        self.table.widths_changed.connect(lambda: desk.remembered.keep_widths("history", self.table.widths()))
        self.table.row_chosen.connect(self._on_chosen)
        self.body.addWidget(self.table, 1)

    @override
    def reread(self) -> None:
        rows = list_steps(self.desk.store, MOST_STEPS)
        self.model.set_source(RowsInHand(COLUMNS, rows, lambda row: row.id))
        self.say_counts(f"{len(rows):,} steps" if len(rows) != 1 else "1 step")

    @override
    def take_focus(self) -> None:
        self.table.setFocus()

    @override
    def step_back(self) -> bool:
        if self.table.chosen() is not None:
            self.table.choose(None)
            return True
        return super().step_back()

    def _on_filter(self, text: str) -> None:
        self.model.filter(text)

    def _on_chosen(self, step_id: int | None) -> None:
        row = self.table.chosen_row()
        self.pane_wanted.emit(None if step_id is None or row is None else self._pane(row))

    def _pane(self, row: StepRow) -> QWidget:
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(6))
        column.addWidget(label(row.label, "section", wrap=True))
        column.addWidget(label(f"{shown_instant(row.at)}, {row.who}", "muted", wrap=True))
        if was_undone(self.desk.store, row.id):
            column.addWidget(label("Taken back since.", "muted"))
        elif row.kind in UNDOABLE:
            bar = QHBoxLayout()
            bar.addWidget(button("Undo this step", lambda: self._undo(row.id)))
            bar.addStretch()
            column.addLayout(bar)
        changes = step_changes(self.desk.store, row.id)
        if not changes:
            column.addWidget(label("Nothing was changed by it.", "muted", wrap=True))
        for change in changes:
            _add_change(column, change)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        return scroll

    def _undo(self, step_id: int) -> None:
        outcome = self.desk.store.undo_step(step_id)
        if outcome.left:
            kept = "1 row that was" if len(outcome.left) == 1 else f"{len(outcome.left):,} rows that were"
            self.told.emit(f"Undone, except for {kept} changed since; what stands there now was kept.")


def _add_change(column: QVBoxLayout, change: StepChangeRow) -> None:
    column.addWidget(rule())
    column.addWidget(label(row_words(change), "strong", wrap=True))
    if change.erased_certificate:
        column.addWidget(label(f"Erased, certificate {change.erased_certificate}", "muted", wrap=True))
    if change.change is Change.REMOVED:
        return  # its name says what has gone; every field of it would say so again
    for name, old, new in change.fields:
        if change.change is Change.ADDED and new == change.name:
            continue
        column.addWidget(label(change_words(name, old, new), wrap=True))
