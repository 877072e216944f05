"""The headings of owners' files: which are known, what each is read as, and in which languages."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from typing_extensions import override

from csp_desktop.imports.rewording import know_languages, restore_wording, withdraw_wording
from csp_desktop.imports.wordings import WordingRow, languages_known, list_wordings
from models.vocabulary import HeadingLanguage, Sureness
from ui.desk import Desk
from ui.flow import Flow
from ui.forms.controls import ChoiceBox, TickBox
from ui.forms.headings import HEADING, NEW_HEADING, adding_heading, comes_from, editing_heading
from ui.pages.page import FilterLine
from ui.review.words import FIELDS
from ui.setup.section import Section
from ui.tables.columns import Column, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import label

EVERY_FIELD = "Every field"
LEAST_TABLE_PX = 150  # at 200 % the page scrolls; some rows are to be seen even then


def _tone(row: WordingRow) -> str:
    return "muted" if row.sureness is Sureness.WITHDRAWN else ""


COLUMNS: tuple[Column[WordingRow], ...] = (
    Column(key="heading", heading="Heading", width=0, text=lambda row: row.heading, tone=_tone),
    Column(key="field", heading="Read as", width=19, text=lambda row: row.field.label, tone=_tone),
    Column(key="sureness", heading="How sure", width=15, spare=1, text=lambda row: row.sureness.label, tone=_tone),
    Column(key="source", heading="Comes from", width=27, spare=2, text=comes_from, tone=_tone),
)


class HeadingsSection(Section):
    """A table of headings under a filter; the chosen one is edited in the pane."""

    def __init__(self, desk: Desk) -> None:
        told = "What owners write above a column, and what it is read as. Add the ones that your partners use."
        super().__init__(desk, "Column headings", told)
        self._rows: Sequence[WordingRow] = ()
        self.add_button("Add heading", self.add, "primary")
        self.choice = ChoiceBox()
        self.choice.setAccessibleName("Read as")
        self.choice.addItems([EVERY_FIELD, *FIELDS.values()])
        self.choice.setMaxVisibleItems(len(FIELDS) + 1)
        self.choice.activated.connect(lambda _at: self._show())
        self.bar.addWidget(self.choice)
        self.bar.addWidget(self._filter())
        self.column.addLayout(self._languages())
        self.model: TableModel[WordingRow] = TableModel(COLUMNS, self)
        self.table = TableView(self.model, "Column headings")
        self.table.setMinimumHeight(px(LEAST_TABLE_PX))
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(self._on_chosen)
        self.table.edit_asked.connect(self._on_chosen)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_delete)
        self.none_fits = label("No heading fits this filter.", "muted")
        self.column.addWidget(self.none_fits)
        self.column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def _filter(self) -> FilterLine:
        line = FilterLine()
        line.setPlaceholderText("Filter headings")
        line.setAccessibleName("Filter headings")
        line.setClearButtonEnabled(True)
        line.setFixedWidth(px(220))
        line.textChanged.connect(self._on_filter)
        line.left.connect(self._on_filter_left)
        self.filter_line = line
        return line

    def _languages(self) -> Flow:
        row = Flow(px(12))
        row.addWidget(label("The program's headings in", "muted"))
        self.languages: dict[HeadingLanguage, TickBox] = {}
        for language in HeadingLanguage:
            box = TickBox(language.label)
            box.clicked.connect(self._on_language)
            self.languages[language] = box
            row.addWidget(box)
        return row

    @override
    def reread(self) -> None:
        self._rows = list_wordings(self.desk.store)
        self._show_languages()
        self._show()

    def _show(self) -> None:
        at = self.choice.currentIndex()
        wanted = list(FIELDS)[at - 1] if at > 0 else None
        rows = [row for row in self._rows if wanted in {None, row.field}]
        self.model.set_source(RowsInHand(COLUMNS, rows, lambda row: row.id))
        self._say_none()

    def _show_languages(self) -> None:
        known = languages_known(self.desk.store)
        for language, box in self.languages.items():
            box.setChecked(language in known)

    def _say_none(self) -> None:
        self.none_fits.setVisible(self.model.rowCount() == 0)

    @override
    def leave(self) -> None:
        self.table.choose(None)

    def add(self) -> None:
        """Open the form of a new heading, for the field that is shown."""
        at = self.choice.currentIndex()
        self.form_asked.emit(adding_heading(self.desk.store, list(FIELDS)[at - 1] if at > 0 else None))

    def _on_filter(self, text: str) -> None:
        self.model.filter(text)
        self._say_none()

    def _on_filter_left(self) -> None:
        self.table.setFocus()
        self.table.choose_first()

    def _on_language(self) -> None:
        wanted = [language for language, box in self.languages.items() if box.isChecked()]
        self._show_languages()  # a refusal leaves the boxes as things stand
        know_languages(self.desk.store, wanted)
        self._show_languages()

    def _on_chosen(self, row_id: int | None) -> None:
        row = next((row for row in self._rows if row.id == row_id), None)
        if row is None:
            self.pane_closed.emit()
            return
        more = []
        if row.sureness is not Sureness.WITHDRAWN:
            more.append(("Withdraw", partial(self._withdraw, row)))
            if row.is_changed:
                more.append(("Read it as it came", partial(self._restore, row)))
        self.form_asked.emit(replace(editing_heading(self.desk.store, row.id), more=tuple(more)))

    def _on_delete(self) -> None:
        row = self.table.chosen_row()
        if row is not None and row.sureness is not Sureness.WITHDRAWN:
            self._withdraw(row)

    def _withdraw(self, row: WordingRow) -> None:
        withdraw_wording(self.desk.store, row.id)
        self._done(f"“{row.heading}” is not read as {row.field.label} any more.")

    def _restore(self, row: WordingRow) -> None:
        restore_wording(self.desk.store, row.id)
        self._done(f"“{row.heading}” is read as {row.field.label} again, as it came with the program.")

    def _done(self, sentence: str) -> None:
        self.table.choose(None)
        self.said.emit(sentence)
        self.table.setFocus()

    @override
    def open_again(self, name: str, ids: tuple[int, ...]) -> bool:
        if name == NEW_HEADING:
            self.add()
        elif name == HEADING:
            self._on_chosen(ids[0])
        return name in {HEADING, NEW_HEADING}
