"""Cohorts compared: with each other, with published figures, over time; and spells with the time before them."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.charts.chart import Chart
from csp_desktop.queries.cohorts import CohortRow, list_cohorts
from csp_desktop.queries.spells import intervention_names, spells_compared
from csp_desktop.reoffending.spells_compared import REGRESSION_TO_THE_MEAN, Pair, SpellsCompared
from models.offending import SpellKind
from ui.charts.widget import ChartWidget
from ui.desk import Desk
from ui.flow import Flow
from ui.forms.controls import ChoiceBox
from ui.reoffending.comparing import RATES, Published, RateRow, Shown, compared, published_choices
from ui.reoffending.figure_words import NONE, counted, per
from ui.reoffending.sections import Card, Grid
from ui.reoffending.table_card import TableCard
from ui.screens.screen import Screen
from ui.tasks import Progress
from ui.theme import px
from ui.widgets import button, emptied, label, scrolling

WIDEST_PX, CHOICE_PX = 760, 560
CHOOSE = "Choose two cohorts or more. The first one chosen is what the others are held against."
NO_COHORTS = "Cohorts are compared here. There is none yet: bring in cohort members first, under “Cohorts”."
SPELL_HEADINGS = (
    "Windows of equal length",
    "Spells",
    "Offences",
    "Days at liberty",
    "Per year at liberty",
    "95% interval",
)


class ChartCard(Card):
    """A card with one chart, gone where there is none to draw."""

    def __init__(self, heading: str, words: str = "") -> None:
        super().__init__(heading, words)
        self._heading = heading
        self.chart: ChartWidget | None = None
        self.hide()

    def show_chart(self, chart: Chart | None) -> None:
        """Show a chart in the place of another."""
        self.setVisible(chart is not None)
        if chart is None:
            return
        if self.chart is None:
            self.chart = ChartWidget(chart.scene, self._heading, chart.alt)
            self.chart.setMaximumWidth(px(WIDEST_PX))
            self.column.addWidget(self.chart)
            self.column.addStretch(1)
        else:
            self.chart.show_scene(chart.scene, self._heading, chart.alt)


class CompareScreen(Screen):
    """Cohorts are chosen as chips; figures are counted off the window's thread."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Compare cohorts")
        self._cohorts: list[CohortRow] = []
        self._published: list[Published] = []
        self._chosen: list[int] = []
        self._wanted = 0
        self.chips: dict[int, QPushButton] = {}
        self._flow = Flow(px(8))
        self._hint = label(CHOOSE, "muted", wrap=True)
        self.column.addWidget(self._hint)
        self.column.addLayout(self._flow)
        self.beside = ChoiceBox()
        self.beside.setAccessibleName("Published figures to compare with")
        self.beside.activated.connect(lambda _at: self._compare())
        self.beside.setMaximumWidth(px(CHOICE_PX))
        self.column.addWidget(self.beside)
        self.column.addWidget(scrolling(self._inside(), "The comparison"), 1)

    def _inside(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), px(12))
        column.setSpacing(px(10))
        self.warnings = label("", "warning", wrap=True)
        column.addWidget(self.warnings)
        self.rates: TableCard[RateRow] = TableCard("Rates", RATES, "Nothing is chosen yet.", lines=2)
        self.rate_chart = ChartCard("Rates with their intervals")
        self.funnel = ChartCard("Which differ by more than chance", "Small ones vary more: the limits allow for it.")
        self.control = ChartCard("Quarter by quarter", "Points outside the limits, and long runs, are signals.")
        for card in (self.rates, self.rate_chart, self.funnel, self.control):
            column.addWidget(card)
        column.addWidget(self._spells())
        column.addStretch()
        return inside

    def _spells(self) -> QWidget:
        self.spells = Card("Before, during and after a spell")
        self.spell_choice = ChoiceBox()
        self.spell_choice.setAccessibleName("Which spells")
        self.spell_choice.activated.connect(lambda _at: self._compare_spells())
        self.spell_choice.setMinimumWidth(px(CHOICE_PX // 2))
        self.spells.top.addWidget(self.spell_choice)
        self._spell_grid = Grid(SPELL_HEADINGS)
        self.spells.column.addWidget(self._spell_grid)
        self.regression = label(REGRESSION_TO_THE_MEAN, "warning", wrap=True)
        self.spells.column.addWidget(self.regression)
        return self.spells

    @override
    def reread(self) -> None:
        store = self.desk.store
        self._cohorts = list_cohorts(store)
        known = {row.id for row in self._cohorts}
        self._chosen = [cohort_id for cohort_id in self._chosen if cohort_id in known]
        self._hint.setText(CHOOSE if self._cohorts else NO_COHORTS)
        self._fill_chips()
        chosen = self.published()
        self._published = published_choices(store)
        self.beside.clear()
        self.beside.addItems(["Without published figures", *(one.words for one in self._published)])
        self.beside.setCurrentIndex(self._published.index(chosen) + 1 if chosen in self._published else 0)
        self.beside.setVisible(bool(self._published))
        at = max(self.spell_choice.currentIndex(), 0)
        self.spell_choice.clear()
        self.spell_choice.addItems([SpellKind.IOM.label, *intervention_names(store)])
        self.spell_choice.setCurrentIndex(min(at, self.spell_choice.count() - 1))
        self.say_counts(counted(len(self._chosen), "cohort") + " chosen")
        self._compare()
        self._compare_spells()

    def _fill_chips(self) -> None:
        held = next((cohort_id for cohort_id, chip in self.chips.items() if chip.hasFocus()), None)
        emptied(self._flow)
        self.chips = {}
        for row in self._cohorts:
            chip = button(row.name, partial(self.choose, row.id), "chip")
            chip.setCheckable(True)
            chip.setChecked(row.id in self._chosen)
            self.chips[row.id] = chip
            self._flow.addWidget(chip)
        if held in self.chips:
            self.chips[held].setFocus()

    def published(self) -> Published | None:
        """Return the published figures that are chosen."""
        at = self.beside.currentIndex() - 1
        return self._published[at] if 0 <= at < len(self._published) else None

    def choose(self, cohort_id: int) -> None:
        """Take a cohort into the comparison, or out of it."""
        if cohort_id in self._chosen:
            self._chosen.remove(cohort_id)
        else:
            self._chosen.append(cohort_id)
        self.chips[cohort_id].setChecked(cohort_id in self._chosen)
        self.say_counts(counted(len(self._chosen), "cohort") + " chosen")
        self._compare()

    def _compare(self) -> None:
        """Compare what is chosen; of several wishes the newest counts."""
        self._wanted += 1
        wanted, store, today, published = self._wanted, self.desk.store, self.desk.today(), self.published()
        by_id = {row.id: row for row in self._cohorts}
        cohorts = [by_id[cohort_id] for cohort_id in self._chosen]
        if not cohorts and published is None:
            self._show(Shown((), (), None, None, None))
            return

        def work(progress: Progress) -> Shown:
            progress(0, 0)
            return compared(store, cohorts, published, today)

        self.desk.tasks.run(
            "Comparing cohorts", work, lambda found: self._show(found) if wanted == self._wanted else None
        )

    def _show(self, shown: Shown) -> None:
        self.warnings.setText("\n".join(shown.warnings))
        self.warnings.setVisible(bool(shown.warnings))
        self.rates.show_rows(shown.rows, lambda row: row.place)
        self.rate_chart.show_chart(shown.rates)
        self.funnel.show_chart(shown.funnel)
        self.control.show_chart(shown.control)

    def _compare_spells(self) -> None:
        store, today = self.desk.store, self.desk.today()
        name = self.spell_choice.currentText() if self.spell_choice.currentIndex() > 0 else None
        kind = SpellKind.IOM if name is None else SpellKind.INTERVENTION

        def work(progress: Progress) -> SpellsCompared:
            progress(0, 0)
            return spells_compared(store, kind, today, name)

        self.desk.tasks.run("Comparing spells", work, self._show_spells)

    def _show_spells(self, found: SpellsCompared) -> None:
        rows: list[tuple[str, ...]] = []
        for words, pair in (("during", found.during), ("after", found.after)):
            rows += _pair_rows(words, pair)
        self._spell_grid.setVisible(bool(found.spells))
        self._spell_grid.show_rows(rows)
        self.regression.setText(found.warning)
        self.regression.setVisible(bool(found.spells))
        left = f" {counted(found.not_compared, 'spell')} could not be compared yet." if found.not_compared else ""
        told = f"{counted(found.spells, 'spell')} of {counted(found.people, 'person', 'people')}.{left}"
        self.spells.say(told if found.spells else "No spell of this kind is recorded.")

    @override
    def take_focus(self) -> None:
        (next(iter(self.chips.values()), None) or self.beside).setFocus(Qt.FocusReason.OtherFocusReason)


def _pair_rows(words: str, pair: Pair) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, half in ((f"Before, beside {words}", pair.before), (words.capitalize(), pair.later)):
        ends = half.interval
        interval = f"{per(ends.lower)} to {per(ends.upper)}" if ends else NONE
        figures = (f"{pair.spells:,}", f"{half.offences:,}", f"{half.days_at_liberty:,}", per(half.per_year), interval)
        rows.append((name, *figures))
    return rows
