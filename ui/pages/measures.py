"""Measures: the scorecard, one measure, and the registers of readings, targets and definitions."""

from collections.abc import Sequence
from functools import partial

from typing_extensions import override

from csp_desktop.queries.entries import names_in
from csp_desktop.registers.forms import Register
from ui.desk import Desk
from ui.entries.forms import ADD, form_name
from ui.entries.page import RegistersPage
from ui.entries.screen import RegisterScreen
from ui.forms.form import FormSpec
from ui.measures.forms import SET_TARGETS, recording_reading, setting_targets
from ui.measures.measure_screen import MeasureScreen
from ui.measures.readings_screen import ReadingsScreen
from ui.measures.scorecard_screen import MEASURE, ScorecardScreen
from ui.screens.page import Makers
from ui.screens.screen import Where
from ui.search import Found

HERE = "measures"
SCORECARD = "scorecard"
MAKERS: Makers = {
    SCORECARD: ScorecardScreen,
    MEASURE: MeasureScreen,
    Register.READINGS.value: ReadingsScreen,
    Register.TARGETS.value: partial(
        RegisterScreen,
        register=Register.TARGETS,
        about="What is aimed at in each period. Those of a whole year are set at once on the measure's own screen.",
    ),
    Register.MEASURES.value: partial(
        RegisterScreen,
        register=Register.MEASURES,
        about="What the partnership is judged by: what is counted, which way is good, how often it is read.",
    ),
}
TOP = (
    (SCORECARD, "Scorecard"),
    (Register.READINGS.value, "Readings"),
    (Register.TARGETS.value, "Targets"),
    (Register.MEASURES.value, "Definitions"),
)


class MeasuresPage(RegistersPage):
    """The screens of measures."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Measures", MAKERS, TOP)

    @override
    def form_again(self, name: str, ids: tuple[int, ...]) -> tuple[Where, FormSpec] | None:
        if name == SET_TARGETS:
            return Where(MEASURE, ids[0]), setting_targets(self.desk.store, ids[0], self.desk.today())
        if name == form_name(Register.READINGS, ADD):
            return Where(Register.READINGS.value), recording_reading(self.desk.store, self.desk.today())
        return super().form_again(name, ids)

    @override
    def go_to(self, row_id: object) -> None:
        """Open a measure by its id, or any screen of the page."""
        super().go_to(Where(MEASURE, row_id) if isinstance(row_id, int) else row_id)

    @override
    def offered(self) -> Sequence[Found]:
        labels = names_in(self.desk.store, "measure").labels
        return [Found(name, "Measure", partial(self.went_to.emit, HERE, row_id)) for row_id, name in labels.items()]
