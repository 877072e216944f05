"""Saving a register as a spreadsheet, from any screen that shows it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from csp_desktop.exports.register_workbook import write_register
from csp_desktop.registers.forms import Register
from ui.files import choose_save
from ui.reoffending.figure_words import counted
from ui.screens.screen import Screen

Choose = Callable[[QWidget, str, str, str], Path | None]
SAVE = "Save as a spreadsheet"


class Saving:
    """The tool of a screen that writes a register as a workbook; ``choose`` asks a person where."""

    def __init__(self, screen: Screen, register: Register, choose: Choose = choose_save) -> None:
        self._screen = screen
        self._register = register
        self.choose = choose
        self.tool = screen.add_tool(SAVE, self.save)

    def save(self) -> None:
        """Let a person say where, and write the register there. Raises CspError where that cannot be done."""
        path = self.choose(self._screen, SAVE, f"{self._register.label}.xlsx", "Excel workbook (*.xlsx)")
        if path is not None:
            rows = write_register(self._screen.desk.store, self._register, path.with_suffix(".xlsx"))
            self._screen.told.emit(f"{counted(rows, 'row')} saved. Change them there, then bring the spreadsheet in.")
