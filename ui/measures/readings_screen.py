"""The register of readings, whose form corrects a reading that is there already."""

from typing_extensions import override

from csp_desktop.registers.forms import Register
from ui.desk import Desk
from ui.entries.screen import RegisterScreen
from ui.measures.forms import recording_reading

ABOUT = "What was read, period by period. The history keeps what a correction takes the place of."


class ReadingsScreen(RegisterScreen):
    """What was read of all measures."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Register.READINGS, ABOUT)

    @override
    def add(self) -> None:
        self.form_asked.emit(recording_reading(self.desk.store, self.desk.today()))
