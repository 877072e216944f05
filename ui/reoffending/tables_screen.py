"""The tables used for counting: offence codes, weights of severity, published figures, first-time entrants."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget
from typing_extensions import override

from csp_desktop.commands.lookups import use_edition, withdraw_code
from csp_desktop.commands.published import withdraw_benchmark, withdraw_entrants
from csp_desktop.queries.lookups import EditionRow, list_codes, list_editions
from csp_desktop.queries.published import list_benchmarks, list_entrants, mismatches
from csp_desktop.store import Store
from models.offending import Severity
from ui.desk import Desk
from ui.forms.form import FormSpec
from ui.forms.lookups import (
    adding_benchmark,
    adding_code,
    adding_entrants,
    editing_benchmark,
    editing_code,
    editing_entrants,
    replacing_weights,
)
from ui.reoffending.lookup_tables import BENCHMARKS, CODES, EDITIONS, ENTRANTS
from ui.screens.screen import Screen
from ui.tables.columns import Column, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button, label

ABOUT_EDITIONS = (
    "Severity is weighed by the edition in use. New weights make a new edition; the former ones stay and can be chosen "
    "again. Enter begins a new edition."
)
ABOUT_CODES = "Without a group an offence is in no breakdown, without a kind it has no severity. A breach never counts."
ABOUT_BENCHMARKS = "Figures that others published, to hold a cohort against. Compare the same definition alone."
ABOUT_ENTRANTS = "Young people of 10 to 17 at their first caution or conviction. Intervals are exact Poisson intervals."


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the tables: its name, what it is for, its columns, and how its rows are read."""

    words: str
    about: str
    columns: Sequence[Column[Any]]
    read: Callable[[Store], list[Any]]
    add_words: str
    lines: int = 1


SUBJECTS = (
    Subject("Offence codes", ABOUT_CODES, CODES, list_codes, "Add a code"),
    Subject("Severity weights", ABOUT_EDITIONS, EDITIONS, list_editions, "", lines=2),
    Subject("Published figures", ABOUT_BENCHMARKS, BENCHMARKS, list_benchmarks, "Add a figure", lines=2),
    Subject("First-time entrants", ABOUT_ENTRANTS, ENTRANTS, list_entrants, "Add entrants", lines=2),
)
CODE_AT, EDITION_AT, BENCHMARK_AT, ENTRANTS_AT = range(4)


class TablesScreen(Screen):
    """One table at a time. Enter or F2 opens the form of a row."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Tables used for counting")
        self.at = 0
        self._rows: list[Any] = []
        self.add_button = self.add_tool("Add a code", self.add)
        self.use_button = self.add_tool("Use this edition", self.use)
        self.add_tool("Bring in a register", self.register_asked.emit)
        self._stack = QStackedWidget()
        self.models: list[TableModel[Any]] = []
        self.tables: list[TableView[Any]] = []
        for subject in SUBJECTS:
            model: TableModel[Any] = TableModel(subject.columns, self)
            table = TableView(model, subject.words, lines=subject.lines)
            table.row_opened.connect(self.edit)
            table.edit_asked.connect(self.edit)
            self.models.append(model)
            self.tables.append(table)
            self._stack.addWidget(table)
        self.column.addLayout(self._bar())
        self._about = label("", "muted", wrap=True)
        self._mismatch = label("", "warning", wrap=True)
        self.column.addWidget(self._about)
        self.column.addWidget(self._mismatch)
        self.column.addWidget(self._stack, 1)

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(16))
        group = QButtonGroup(self)
        self.tabs: list[QPushButton] = []
        for at, subject in enumerate(SUBJECTS):
            tab = button(subject.words, partial(self.show_table, at), "tab")
            tab.setCheckable(True)
            tab.setChecked(at == 0)
            group.addButton(tab)
            self.tabs.append(tab)
            row.addWidget(tab)
        row.addStretch(1)
        row.addWidget(self.add_filter("Filter", self._on_filter), 1)
        return row

    def show_table(self, at: int) -> None:
        """Show one of the tables."""
        self.at = at
        self.tabs[at].setChecked(True)
        self._stack.setCurrentIndex(at)
        self.form_over.emit()
        self.reread()
        self.take_focus()

    def _on_filter(self, text: str) -> None:
        for model in self.models:
            model.filter(text)

    @override
    def reread(self) -> None:
        subject = SUBJECTS[self.at]
        self._rows = subject.read(self.desk.store)
        self.models[self.at].set_source(RowsInHand(subject.columns, self._rows, self._id_of))
        self.add_button.setText(subject.add_words or "New weights")
        self.use_button.setVisible(self.at == EDITION_AT)
        self._about.setText(subject.about)
        found = mismatches(self._rows) if self.at == BENCHMARK_AT else []
        self._mismatch.setText("\n".join(each.sentence for each in found))
        self._mismatch.setVisible(bool(found))
        self.say_counts(f"{len(self._rows):,} rows" if self._rows else "")

    def _id_of(self, row: Any) -> int:
        """Return what a row is known by; an edition by its place, for the one that the program brings has no id."""
        return self._rows.index(row) if isinstance(row, EditionRow) else row.id

    def add(self) -> None:
        """Open the form of a new row."""
        store, today = self.desk.store, self.desk.today()
        if self.at == EDITION_AT:
            chosen = self.tables[EDITION_AT].chosen_row()
            self.form_asked.emit(replacing_weights(store, chosen.severity if chosen else Severity.CAMBRIDGE))
            return
        making: dict[int, Callable[[], FormSpec]] = {
            CODE_AT: lambda: adding_code(store),
            BENCHMARK_AT: lambda: adding_benchmark(store, today),
            ENTRANTS_AT: lambda: adding_entrants(store, today),
        }
        self.form_asked.emit(making[self.at]())

    def edit(self, row_id: int) -> None:
        """Open the form of a row."""
        store, today = self.desk.store, self.desk.today()
        if self.at == EDITION_AT:
            self.form_asked.emit(replacing_weights(store, self._rows[row_id].severity))
            return
        version = next(row.version for row in self._rows if row.id == row_id)
        deed: Callable[[Store, int, int], None] = withdraw_entrants
        if self.at == CODE_AT:
            spec, what, deed = editing_code(store, row_id), "The code", withdraw_code
        elif self.at == BENCHMARK_AT:
            spec, what, deed = editing_benchmark(store, row_id, today), "The figure", withdraw_benchmark
        else:
            spec, what = editing_entrants(store, row_id, today), "The count"
        self.form_asked.emit(self.with_withdrawal(spec, what, partial(deed, store, row_id, version)))

    def use(self) -> None:
        """Weigh by the chosen edition from now on."""
        row = self.tables[EDITION_AT].chosen_row()
        if row is None:
            self.told.emit("Choose an edition in the table first.")
        elif row.in_use:
            self.told.emit(f"{row.edition} is in use already.")
        else:
            use_edition(self.desk.store, row.severity, row.id)
            self.told.emit(f"Severity is weighed by {row.edition} from now on. Ctrl+Z takes that back.")

    @override
    def take_focus(self) -> None:
        self.tables[self.at].setFocus()
