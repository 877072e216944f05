"""The priorities of an edition: rated, moved since the last, in the spotlight, answered by the plan or not."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from csp_desktop.commands.entries import withdraw_entry
from csp_desktop.queries.entries import find_entry
from csp_desktop.queries.evidence import EditionRow, Finding, Priorities, list_editions, list_priorities
from csp_desktop.queries.priority_words import gap_counts, gap_words, summary_words
from csp_desktop.registers.forms import Register
from ui.desk import Desk
from ui.entries.forms import adding_entry, editing_entry
from ui.evidence.choices import Choices
from ui.evidence.edition_form import beginning_edition
from ui.evidence.pictures import put_pictures
from ui.evidence.priority_columns import ARROW_PX, MOVEMENT, PRIORITIES, arrow
from ui.evidence.priority_panes import finding_pane, gaps_pane
from ui.forms.form import FormSpec
from ui.forms.registers import Wanted, bringing_in_one
from ui.reoffending.figure_words import counted
from ui.screens.screen import Screen
from ui.tables.columns import RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets import button, label

EMPTY = (
    "The priorities of the strategic intelligence assessment will be listed here: what was found by topic, how "
    "pressing it is held to be, how that moved since the last edition, and which objectives of the plan answer it. "
    "Begin an edition, then add its findings or bring in the spreadsheet that they are kept in."
)
NO_FINDINGS = "This edition has no findings yet. Add one, or bring in the spreadsheet of findings that you keep."
EDITION_PX = 260


class PrioritiesScreen(Screen):
    """One edition. Choosing a row shows it whole beside the table, Enter or F2 opens its form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Priorities")
        self.priorities: Priorities | None = None
        self.pane: QWidget | None = None
        self._editions: list[EditionRow] = []
        self.edition: Choices[int] = Choices("Edition of the assessment", EDITION_PX, self._on_edition)
        self.add_beside(self.edition)
        self.add_button = self.add_tool("Add finding", self.add)
        self.bring_button = self.add_tool("Bring in a spreadsheet", self.register_asked.emit)
        self.begin_button = self.add_tool("Begin the next edition", self.begin, "primary")
        self.summary = label("", wrap=True)
        self.column.addWidget(self.summary)
        self.gaps_button = button("", self._show_gaps, "link")
        self.column.addWidget(self.gaps_button)
        self.column.addWidget(self.add_filter("Filter priorities", self._on_filter))
        self.model: TableModel[Finding] = TableModel(PRIORITIES, self)
        self.table = TableView(self.model, "Priorities", lines=2)
        put_pictures(self.table, self.model, MOVEMENT, arrow, ARROW_PX)
        self.table.set_widths(desk.remembered.widths("priorities"))
        self.table.widths_changed.connect(lambda: desk.remembered.keep_widths("priorities", self.table.widths()))
        self.table.row_chosen.connect(lambda _id: self._show_finding())
        self.table.row_opened.connect(self.edit)
        self.table.edit_asked.connect(self.edit)
        self.column.addWidget(self.table, 1)
        self.empty = label("", "muted", wrap=True)
        self.column.addWidget(self.empty)
        self.column.addStretch()

    def _on_filter(self, text: str) -> None:
        self.model.filter(text)

    @override
    def reread(self) -> None:
        self._editions = list_editions(self.desk.store)
        begun = [row.id for row in self._editions if row.id not in self.edition.values()]
        was_shown = bool(self.edition.values())
        self.edition.offer((row.id, row.title) for row in self._editions)
        if begun and was_shown:
            self.edition.choose(begun[0])
        self._show_edition()

    def _on_edition(self) -> None:
        self.table.choose(None)
        self._show_edition()

    def _show_edition(self) -> None:
        edition_id = self.edition.chosen()
        self.priorities = None if edition_id is None else list_priorities(self.desk.store, edition_id)
        rows = self.priorities.findings if self.priorities else ()
        self.model.set_source(RowsInHand(PRIORITIES, rows, lambda row: row.id))
        is_there = self.priorities is not None
        for each in (self.edition, self.add_button, self.bring_button, self.summary, self.gaps_button):
            each.setVisible(is_there)
        self.begin_button.setText("Begin the next edition" if is_there else "Begin the first edition")
        self.table.setVisible(bool(rows))
        if self.filter_line is not None:
            self.filter_line.setVisible(bool(rows))
        self.empty.setText(NO_FINDINGS if is_there else EMPTY)
        self.empty.setVisible(not rows)
        self.say_counts(counted(len(rows), "finding") if rows else "")
        if self.priorities is not None:
            self.summary.setText(summary_words(self.priorities))
            self.gaps_button.setText(gap_counts(self.priorities))
            self.gaps_button.setToolTip(gap_words(self.priorities))
            self.gaps_button.setAccessibleName(gap_words(self.priorities))
        if self.pane is not None and self.table.chosen() is not None:
            self._show_finding()

    def _show_finding(self) -> None:
        row, found = self.table.chosen_row(), self.priorities
        if row is None or found is None:
            self._show_pane(None)
        else:
            self._show_pane(finding_pane(row, found.before.title if found.before else ""))

    def _show_gaps(self) -> None:
        if self.priorities is not None:
            self.table.choose(None)
            self._show_pane(gaps_pane(self.priorities))

    def _show_pane(self, pane: QWidget | None) -> None:
        before, self.pane = self.pane, pane
        self.pane_wanted.emit(pane)
        if before is not None:
            before.deleteLater()

    def begin(self) -> None:
        """Open the form of the next edition."""
        self.form_asked.emit(beginning_edition(self.desk.store, self.desk.today()))

    def add(self) -> None:
        """Open the form of a new finding of this edition."""
        given = {"assessment": self.edition.chosen()}
        self.form_asked.emit(adding_entry(self.desk.store, Register.EVIDENCE, self.desk.today(), given))

    def edit(self, row_id: int) -> None:
        """Open the form of a finding."""
        row = find_entry(self.desk.store, Register.EVIDENCE, row_id)
        spec = editing_entry(self.desk.store, Register.EVIDENCE, row_id, self.desk.today())
        deed = partial(withdraw_entry, self.desk.store, Register.EVIDENCE, row_id, row.version)
        self.form_asked.emit(self.with_withdrawal(spec, "The finding", deed))

    @override
    def bringing_in(self, start: Callable[[Wanted], None]) -> FormSpec | None:
        return bringing_in_one(Register.EVIDENCE, start)

    @override
    def pane_gone(self) -> None:
        before, self.pane = self.pane, None
        if before is not None:
            before.deleteLater()

    @override
    def form_closed(self) -> None:
        self._show_finding()
        self.take_focus()

    @override
    def step_back(self) -> bool:
        if self.pane is not None:
            self.table.choose(None)
            self._show_pane(None)
            return True
        return super().step_back()

    @override
    def take_focus(self) -> None:
        (self.table if self.table.isVisibleTo(self) else self.begin_button).setFocus()
