"""Figures by area as they came in: of one indicator at a time, for there can be very many."""

from collections.abc import Callable, Mapping
from typing import Any

from typing_extensions import override

from csp_desktop.queries.area_figures import IndicatorRow, list_indicators, newest_figures
from csp_desktop.queries.entries import list_entries
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from ui.desk import Desk
from ui.entries.screen import RegisterScreen
from ui.evidence.choices import Choices
from ui.forms.form import FormSpec
from ui.forms.registers import Wanted, bringing_in_one

ABOUT = (
    "Figures of wards, small areas and places, by period. A ward's figure belongs to its set of wards: name the set, "
    "or give the ward's code, where the boundaries are not those of the period itself."
)
MOST = 2_000


class FiguresScreen(RegisterScreen):
    """The register of figures, and a second way in: a monthly extract of street-level crime, which is counted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Register.AREA_FIGURES, ABOUT)
        self._wanted = Register.AREA_FIGURES
        self.crime_button = self.add_tool("Bring in street-level crime", self._bring_in_crime)
        self.indicator: Choices[str] = Choices("Indicator", 300, self.reread)
        self.column.insertWidget(1, self.indicator)

    def _bring_in_crime(self) -> None:
        self._wanted = Register.STREET_CRIME
        self.register_asked.emit()

    @override
    def rows(self) -> list[Entry]:
        store = self.desk.store
        indicators = list_indicators(store)
        self.indicator.offer((name, name) for name in dict.fromkeys(row.indicator for row in indicators))
        self.indicator.setVisible(bool(self.indicator.values()))
        chosen = self.indicator.chosen()
        self.about.setText(f"{ABOUT} {_cut([row for row in indicators if row.indicator == chosen])}".strip())
        return list_entries(store, self.register, ids=newest_figures(store, chosen, MOST) if chosen else ())

    @override
    def given(self) -> Mapping[str, Any]:
        chosen = self.indicator.chosen()
        return {} if chosen is None else {"indicator": chosen}

    @override
    def bringing_in(self, start: Callable[[Wanted], None]) -> FormSpec | None:
        wanted, self._wanted = self._wanted, Register.AREA_FIGURES
        return bringing_in_one(wanted, start)


def _cut(rows: list[IndicatorRow]) -> str:
    """Say that not all figures are shown, where that is so."""
    figures = sum(row.figures for row in rows)
    return f"The newest {MOST:,} of {figures:,} are shown." if figures > MOST else ""
