"""The named strategies: who owns each, and when it is to be reviewed."""

from typing_extensions import override

from csp_desktop.queries.plans import StrategyRow, list_strategies
from ui.desk import Desk
from ui.forms.setup import NEW_STRATEGY, STRATEGY, strategy_form
from ui.forms.words import shown_date
from ui.setup.section import Section
from ui.tables.columns import Column, Kind, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView

COLUMNS: tuple[Column[StrategyRow], ...] = (
    Column(key="name", heading="Strategy", width=0, text=lambda row: row.name),
    Column(key="owner", heading="Owner", width=24, spare=2, text=lambda row: row.owner or ""),
    Column(
        key="review",
        heading="To be reviewed",
        kind=Kind.DATE,
        width=16,
        spare=1,
        text=lambda row: shown_date(row.review_date),
        sort_key=lambda row: row.review_date.toordinal() if row.review_date else None,
    ),
)


class StrategiesSection(Section):
    """A table of strategies; the chosen one is edited in the pane."""

    def __init__(self, desk: Desk) -> None:
        told = "An objective may be delivered by a strategy of its own. Each has an owner and a day to be reviewed."
        super().__init__(desk, "Strategies", told)
        self.add_button("Add strategy", self.add, "primary")
        self.model: TableModel[StrategyRow] = TableModel(COLUMNS, self)
        self.table = TableView(self.model, "Strategies")
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(self._on_chosen)
        self.table.edit_asked.connect(self._on_chosen)
        self.column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    @override
    def reread(self) -> None:
        self.model.set_source(RowsInHand(COLUMNS, list_strategies(self.desk.store), lambda row: row.id))

    @override
    def leave(self) -> None:
        self.table.choose(None)

    def add(self) -> None:
        """Open the form of a new strategy."""
        self.form_asked.emit(strategy_form(self.desk.store, None, self.desk.today()))

    def _on_chosen(self, strategy_id: int | None) -> None:
        if strategy_id is None:
            self.pane_closed.emit()
        else:
            self.form_asked.emit(strategy_form(self.desk.store, strategy_id, self.desk.today()))

    @override
    def open_again(self, name: str, ids: tuple[int, ...]) -> bool:
        if name in {STRATEGY, NEW_STRATEGY}:
            self.form_asked.emit(strategy_form(self.desk.store, ids[0] if ids else None, self.desk.today()))
        return name in {STRATEGY, NEW_STRATEGY}
