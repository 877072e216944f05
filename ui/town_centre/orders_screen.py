"""Orders on a screen: the clauses with how each stands, and the form that renews one."""

from collections.abc import Sequence
from dataclasses import replace

from typing_extensions import override

from csp_desktop.queries.town_centre import ClauseRow, list_clauses
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from csp_desktop.rules.orders import ClauseStanding
from ui.desk import Desk
from ui.forms.form import FormSpec
from ui.tables.columns import Column
from ui.town_centre.forms import renewing_clause
from ui.town_centre.led_to import LedToScreen

ABOUT = (
    "Clauses of public spaces protection orders. A clause comes up for renewal some months before it expires, and has "
    "effect to the end of that day."
)
TONES = {ClauseStanding.EXPIRED: "error", ClauseStanding.RENEWAL: "warning"}
_ASKED = "Choose a clause in the table first."


class OrdersScreen(LedToScreen):
    """The clauses. A clause that expired or comes up for renewal says so in colour and in words."""

    widest = "clause"

    def __init__(self, desk: Desk) -> None:
        self._clauses: dict[int, ClauseRow] = {}
        super().__init__(desk, Register.ORDER_CLAUSES, ABOUT)
        self.renew_button = self.add_tool("Renew the chosen clause", self.renew_chosen)

    @override
    def columns(self) -> Sequence[Column[Entry]]:
        standing: Column[Entry] = Column(
            key="standing",
            heading="How it stands",
            width=32,
            text=lambda row: self.words(row.id),
            tone=lambda row: TONES.get(self._clauses[row.id].term.standing(self.desk.today()), ""),
        )
        return (*super().columns(), standing)

    def words(self, row_id: int) -> str:
        """Return how a clause stands, with its capital."""
        words = self._clauses[row_id].term.in_words(self.desk.today())
        return words[:1].upper() + words[1:]

    @override
    def rows(self) -> list[Entry]:
        found = list_clauses(self.desk.store)
        self._clauses = {row.id: row for row in found}
        return [row.entry for row in found]

    @override
    def editing(self, row_id: int) -> FormSpec:
        spec = super().editing(row_id)
        if self._clauses[row_id].term.is_renewed:
            return spec
        return replace(spec, more=(("Renew", lambda: self._renew_instead(row_id)), *spec.more))

    def _renew_instead(self, row_id: int) -> None:
        self.form_over.emit()
        self.renew(row_id)

    def renew_chosen(self) -> None:
        """Open the form that renews the chosen clause."""
        row = self.table.chosen_row()
        if row is None:
            self.told.emit(_ASKED)
        else:
            self.renew(row.id)

    def renew(self, row_id: int) -> None:
        """Open the form that renews a clause."""
        self.form_asked.emit(renewing_clause(self.desk.store, row_id, self.desk.today()))
