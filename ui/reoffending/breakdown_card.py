"""The card of the breakdown: choose the field, sort, copy, save as a workbook, list the people of a group."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from csp_desktop.queries.cohort_figures import CohortFigures
from csp_desktop.queries.plans import profile
from csp_desktop.reports.blocks import Paragraph, Report
from csp_desktop.reports.sheet import write_workbook
from models.vocabulary import Marking
from ui.clipboard import copy_briefly
from ui.desk import Desk
from ui.files import choose_save
from ui.flow import Flow
from ui.forms.controls import ChoiceBox
from ui.forms.words import shown_date
from ui.reoffending.breakdown import BandRow, BreakdownTable, By, table_block, table_text, ways
from ui.reoffending.sections import Card
from ui.tasks import Progress
from ui.theme import px
from ui.widgets import button

MANY = 20_000  # from so many people on figures are broken down behind the page
Choose = Callable[[QWidget, str, str, str], Path | None]


class BreakdownCard(Card):
    """``people_asked(band, way, holds)`` to list the people of a group; ``told(sentence)`` what was saved."""

    people_asked = Signal(str, str, object)
    told = Signal(str)

    def __init__(self, desk: Desk, choose: Choose = choose_save) -> None:
        super().__init__("By group")
        self._desk = desk
        self._choose = choose
        self._figures: CohortFigures | None = None
        self._ways: list[By] = []
        self._kept: dict[By, list[BandRow]] = {}
        self.choice = ChoiceBox()
        self.choice.setAccessibleName("Break down by")
        self.choice.activated.connect(lambda _at: self._show())
        self.top.addWidget(self.choice)
        self.table = BreakdownTable()
        self.table.people_asked.connect(self._on_people)
        self.column.addWidget(self.table)
        self.column.addLayout(self._deeds())

    def _deeds(self) -> Flow:
        row = Flow(px(4))
        row.addWidget(button("Copy the table", self.copy, "quiet"))
        row.addWidget(button("Save as a workbook", self.save, "quiet"))
        row.addWidget(button("Show a group's people", self._on_chosen, "quiet"))
        return row

    def by(self) -> By:
        """Return the way that is chosen."""
        return self._ways[max(self.choice.currentIndex(), 0)]

    def show_figures(self, figures: CohortFigures) -> None:
        """Break other figures down by the same field, if they have it."""
        if figures is self._figures:
            return
        chosen = self.by() if self._ways else None
        self._figures, self._kept = figures, {}
        self._ways = ways(figures)
        self.choice.clear()
        self.choice.addItems([way.words for way in self._ways])
        self.choice.setCurrentIndex(self._ways.index(chosen) if chosen in self._ways else 0)
        self._show()

    def _show(self) -> None:
        if self._figures is None:
            return
        by, figures = self.by(), self._figures
        if by in self._kept:
            self.table.show_bands(self._kept[by])
        elif len(figures.followed.people) <= MANY:
            self._take(figures, by, by.rows(figures))
        else:
            self._desk.tasks.run(
                "Breaking figures down",
                lambda _progress: by.rows(figures),
                lambda bands: self._take(figures, by, bands),
            )

    def _take(self, figures: CohortFigures, by: By, bands: list[BandRow]) -> None:
        """Keep what was broken down, and show it where it is still what is wanted."""
        if figures is self._figures:
            self._kept[by] = bands
            if by == self.by():
                self.table.show_bands(bands)

    def copy(self) -> None:
        """Put the table on the clipboard for half a minute, in the order shown."""
        copy_briefly(table_text(self.table.shown()))
        self.told.emit("The table is on the clipboard for half a minute.")

    def save(self) -> None:
        """Save the table as a workbook, in the order shown."""
        figures = self._figures
        if figures is None:
            return
        path = self._choose(self, "Save the table", f"Figures by {self.by().words.lower()}.xlsx", "Workbook (*.xlsx)")
        if path is None:
            return
        target = path if path.suffix.casefold() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
        report, store = self._report(figures), self._desk.store

        def work(_progress: Progress) -> Path:
            store.record_access(f"Saved figures of the cohort {figures.basis.name} by {self.by().words.lower()}")
            write_workbook(report, target)
            return target

        self._desk.tasks.run("Saving the table", work, lambda saved: self.told.emit(f"Saved as {saved.name}."))

    def _report(self, figures: CohortFigures) -> Report:
        by, day = self.by(), figures.followed.data_date
        return Report(
            title=f"{figures.basis.name}: figures by {by.words.lower()}",
            subtitle=f"As known on {shown_date(day)}",
            organisation=profile(self._desk.store).name,
            marking=Marking.OFFICIAL_SENSITIVE.value,
            data_date=day,
            author=self._desk.store.who.display_name,
            subject="Reoffending",
            period=f"data date {shown_date(day)}",
            blocks=(Paragraph(figures.basis.definition.in_words), table_block(self.table.shown(), by)),
        )

    def _on_chosen(self) -> None:
        row = self.table.chosen_row()
        if row is None:
            self.told.emit("Choose a group in the table first.")
        else:
            self._on_people(row.words)

    def _on_people(self, words: str) -> None:
        by = self.by()
        self.people_asked.emit(words, by.words, by.holds(words))
