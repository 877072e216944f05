"""Hotspots: areas ranked by a figure, each with its share, its rate, what changed, and its last two years."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from csp_desktop.queries.area_figures import IndicatorRow, list_indicators
from csp_desktop.queries.hotspot_words import finding_words, what_words
from csp_desktop.queries.hotspots import HotspotRow, Hotspots, hotspots
from csp_desktop.rules.periods import FIRST_MONTH, Period, financial_year
from models.terms import AreaKind
from ui.desk import Desk
from ui.evidence.choices import Choices
from ui.evidence.hotspot_columns import HOTSPOTS, RUN, RUN_PX, run_drawn
from ui.evidence.pictures import put_pictures
from ui.evidence.trend_pane import trend_pane
from ui.flow import Flow
from ui.reoffending.figure_words import counted
from ui.screens.screen import Screen, Where
from ui.tables.columns import RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import label

EMPTY = (
    "Areas will be ranked here by what happens in them: crimes, anti-social behaviour, fires, fly-tipping, or how safe "
    "people feel. Bring in a table of figures by ward, or a monthly extract of street-level crime, under “Figures”."
)
LAST_YEAR = "Last 12 months there are figures of"
FIGURES = "area-figures"
MOST_YEARS = 6


class HotspotsScreen(Screen):
    """Choosing a row shows the area's figures over time beside the table."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Hotspots")
        self.found: Hotspots | None = None
        self.pane: QWidget | None = None
        self._indicators: list[IndicatorRow] = []
        self._ranked_by: tuple[str | None, AreaKind | None] = (None, None)
        self.indicator: Choices[str] = Choices("What is ranked", 300, self._on_indicator)
        self.kind: Choices[AreaKind] = Choices("Kind of area", 160, self._on_indicator)
        self.period: Choices[Period | None] = Choices("Period", 270, self._rank)
        self.ward_set: Choices[str] = Choices("Set of wards", 200, self._rank)
        self._choices = QWidget()
        row = Flow(px(8), self._choices)
        for box in (self.indicator, self.kind, self.period, self.ward_set):
            row.addWidget(box)
        self.figures_button = self.add_tool("Figures", lambda: self.opened.emit(Where(FIGURES)))
        self.told_words = label("", wrap=True)
        self.notes = label("", "muted", wrap=True)
        self.model: TableModel[HotspotRow] = TableModel(HOTSPOTS, self)
        self.table = TableView(self.model, "Areas by rank", lines=2)
        put_pictures(self.table, self.model, RUN, run_drawn, RUN_PX)
        self.table.set_widths(desk.remembered.widths("hotspots"))
        self.table.widths_changed.connect(lambda: desk.remembered.keep_widths("hotspots", self.table.widths()))
        self.table.row_chosen.connect(lambda _id: self._show_trend())
        self.empty = label(EMPTY, "muted", wrap=True)
        for widget in (self._choices, self.told_words, self.add_filter("Filter areas", self.model.filter)):
            self.column.addWidget(widget)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.notes)
        self.column.addWidget(self.empty)
        self.column.addStretch()

    @override
    def reread(self) -> None:
        self._indicators = list_indicators(self.desk.store)
        is_there = bool(self._indicators)
        for each in (self._choices, self.told_words, self.table, self.notes, self.filter_line):
            if each is not None:
                each.setVisible(is_there)
        self.empty.setVisible(not is_there)
        self.indicator.offer((name, name) for name in dict.fromkeys(row.indicator for row in self._indicators))
        self._on_indicator()

    def _on_indicator(self) -> None:
        """Offer what there is of the indicator that is chosen: kinds of area, and the years of its figures."""
        rows = [row for row in self._indicators if row.indicator == self.indicator.chosen()]
        self.kind.offer((row.area_kind, row.area_kind.label) for row in rows)
        shown = next((row for row in rows if row.area_kind is self.kind.chosen()), None)
        self.period.offer([(None, LAST_YEAR), *((year, year.label) for year in years_of(shown))])
        ranked_by = (self.indicator.chosen(), self.kind.chosen())
        if ranked_by != self._ranked_by:
            self._ranked_by = ranked_by
            self.ward_set.offer(())
            self.table.choose(None)
        self._rank()

    def _rank(self) -> None:
        indicator, kind = self.indicator.chosen(), self.kind.chosen()
        if indicator is None or kind is None:
            self.found = None
        else:
            store, period = self.desk.store, self.period.chosen()
            self.found = hotspots(store, indicator, period, kind, self.ward_set.chosen())
            if self.found.ward_sets != self.ward_set.values():
                self.ward_set.offer((name, name or "No named set") for name in self.found.ward_sets)
                self.ward_set.choose(self.found.ward_set)
        self._show()

    def _show(self) -> None:
        found = self.found
        rows, chosen = found.rows if found else (), self.table.chosen_row()
        self.ward_set.setVisible(bool(found and len(found.ward_sets) > 1))
        self.model.set_source(RowsInHand(HOTSPOTS, rows, lambda row: row.id))
        if chosen is not None:  # a row is known by its place in the ranking, an area by its name
            same = (row.id for row in rows if (row.name, row.code) == (chosen.name, chosen.code))
            self.table.choose(next(same, None))
        self.say_counts(counted(len(rows), "area") if rows else "")
        if found is None:
            return
        said = finding_words(found) or "There are no figures of this period."
        self.told_words.setText(f"{found.indicator} {what_words(found)}. {said}")
        sources = f"Source: {'; '.join(found.sources)}." if found.sources else ""
        self.notes.setText(" ".join(part for part in (*found.notes, sources) if part))
        self.notes.setVisible(bool(self.notes.text()))
        if self.pane is not None:
            self._show_trend()

    def _show_trend(self) -> None:
        row, found = self.table.chosen_row(), self.found
        before, self.pane = self.pane, None
        if row is not None and found is not None:
            self.pane = trend_pane(found, row)
        self.pane_wanted.emit(self.pane)
        if before is not None:
            before.deleteLater()

    @override
    def pane_gone(self) -> None:
        before, self.pane = self.pane, None
        if before is not None:
            before.deleteLater()

    @override
    def form_closed(self) -> None:
        self._show_trend()
        self.take_focus()

    @override
    def step_back(self) -> bool:
        if self.pane is not None:
            self.table.choose(None)
            return True
        return super().step_back()

    @override
    def take_focus(self) -> None:
        (self.table if self._indicators else self.figures_button).setFocus()


def years_of(row: IndicatorRow | None) -> list[Period]:
    """Return the financial years that an indicator has figures of, the newest first."""
    if row is None or row.first_day is None or row.last_day is None:
        return []
    first, last = (day.year - (day.month < FIRST_MONTH) for day in (row.first_day, row.last_day))
    return [financial_year(year) for year in range(last, max(first, last - MOST_YEARS) - 1, -1)]
