"""The scorecard on the screen: every measure as it stands, now or at the end of a quarter."""

from collections.abc import Callable

from typing_extensions import override

from csp_desktop.queries.measures import ScorecardRow, list_scorecard
from csp_desktop.registers.forms import Register
from csp_desktop.reports.kinds import ReportKind
from csp_desktop.rules.periods import Period, Quarter
from ui.desk import Desk
from ui.entries.forms import adding_entry
from ui.flow import Flow
from ui.forms.controls import ChoiceBox
from ui.forms.form import FormSpec
from ui.forms.registers import Wanted, bringing_in_one
from ui.measures.scorecard_columns import scorecard_columns
from ui.measures.words import counts_words
from ui.pages.report_choices import OfKind
from ui.reoffending.figure_words import counted
from ui.screens.screen import Screen, Where
from ui.tables.columns import RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import label

MEASURE = "measure"
REPORTS = "reports"
QUARTERS_BACK = 8
NOW = "The latest readings"
EMPTY = (
    "There are no measures yet. Add what the partnership is judged by, or bring in the spreadsheet that you keep it in."
)


class ScorecardScreen(Screen):
    """Enter or a double click leads to the measure."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Scorecard")
        self.shown: list[ScorecardRow] = []
        self.add_button = self.add_tool("Add measure", self.add, "primary")
        self.add_tool("Bring in a spreadsheet", self.register_asked.emit)
        self.add_tool("Report", self.print_page).setToolTip("Ctrl+P")
        bar = Flow(px(8))
        bar.addWidget(self.add_filter("Filter measures", self._on_filter))
        self.periods: list[Period | None] = [None]
        self.as_at = ChoiceBox()
        self.as_at.setAccessibleName("As at")
        self.as_at.setMinimumWidth(px(220))
        self.as_at.activated.connect(lambda _at: self.reread())
        bar.addWidget(self.as_at)
        self.summary = label("", "strong")
        bar.addWidget(self.summary)
        self.column.addLayout(bar)
        self.model: TableModel[ScorecardRow] = TableModel(scorecard_columns(), self)
        self.table = TableView(self.model, "Scorecard", lines=2)
        self.table.row_opened.connect(self._on_opened)
        self.table.edit_asked.connect(self._on_opened)
        self.column.addWidget(self.table, 1)
        self.empty = label(EMPTY, "muted", wrap=True)
        self.column.addWidget(self.empty)
        self.column.addStretch()

    def _on_filter(self, text: str) -> None:
        self.model.filter(text)

    def _on_opened(self, row_id: int) -> None:
        self.keep_focus()
        self.opened.emit(Where(MEASURE, row_id))

    def _offer_periods(self) -> None:
        """Offer the quarters that have begun, the newest first; the chosen one stays chosen."""
        quarter = Quarter.containing(self.desk.today())
        quarters: list[Period] = []
        for _ in range(QUARTERS_BACK):
            quarter = quarter.previous()
            quarters.append(quarter.period)
        wanted: list[Period | None] = [None, *quarters]
        if wanted == self.periods:
            return
        chosen = self.period()
        self.periods = wanted
        self.as_at.clear()
        self.as_at.addItems([NOW, *(f"As at the end of {each.label}" for each in quarters)])
        self.as_at.setCurrentIndex(wanted.index(chosen) if chosen in wanted else 0)

    def period(self) -> Period | None:
        """Return the period whose end is shown, None for now."""
        return self.periods[max(self.as_at.currentIndex(), 0)]

    @override
    def reread(self) -> None:
        self._offer_periods()
        self.shown = list_scorecard(self.desk.store, self.desk.today(), self.period())
        self.model.set_source(RowsInHand(self.model.columns, self.shown, lambda row: row.id))
        self.summary.setText(counts_words(self.shown) if self.shown else "")
        self.table.setVisible(bool(self.shown))
        self.empty.setVisible(not self.shown)
        self.say_counts(counted(len(self.shown), "measure") if self.shown else "")

    def add(self) -> None:
        """Open the form of a new measure."""
        self.form_asked.emit(adding_entry(self.desk.store, Register.MEASURES, self.desk.today()))

    @override
    def bringing_in(self, start: Callable[[Wanted], None]) -> FormSpec | None:
        return bringing_in_one(Register.MEASURES, start)

    @override
    def print_page(self) -> None:
        """Lead to the scorecard on paper."""
        self.went_to.emit(REPORTS, OfKind(ReportKind.SCORECARD))

    @override
    def take_focus(self) -> None:
        self.focus_again(self.table if self.shown else self.add_button)
