"""The sheets of a file as tabs below whatever shows one of them, as every spreadsheet program has them."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QTabBar

from csp_desktop.imports.grid import SheetGrid
from csp_desktop.imports.import_plan import ImportPlan
from ui.review.comparison import Compared
from ui.review.reading import sheets_read

LONGEST_NAME = 31


class SheetTabs(QTabBar):
    """Which sheet is looked at. ``chosen(name)`` when that changes."""

    chosen = Signal(str)

    def __init__(self, compared: Compared) -> None:
        super().__init__()
        self._sheets = compared.plan.file.grid.sheets
        self.setShape(QTabBar.Shape.RoundedSouth)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName("Sheets of the file")
        for sheet in self._sheets:
            self.setTabToolTip(self.addTab(sheet.name), sheet.name)
        self.setCurrentIndex(self._sheets.index(_most_hopeful(compared)))
        self.currentChanged.connect(lambda _at: self.chosen.emit(self.here()))

    def here(self) -> str:
        """Return the name of the sheet that is looked at."""
        return self._sheets[self.currentIndex()].name

    def look_at(self, name: str) -> None:
        """Look at a sheet by its name."""
        at = next((at for at, sheet in enumerate(self._sheets) if sheet.name == name), None)
        if at is not None:
            self.setCurrentIndex(at)

    def step(self, by: int) -> None:
        """Look at the next sheet, or with -1 at the one before, where the sheets are shown and there is one."""
        if self.isVisible() and 0 <= self.currentIndex() + by < self.count():
            self.setCurrentIndex(self.currentIndex() + by)

    def show_comparison(self, compared: Compared) -> None:
        """Say of each sheet whether it is read now."""
        with QSignalBlocker(self):
            for at, sheet in enumerate(self._sheets):
                self.setTabText(at, tab_words(sheet, compared.plan))


def tab_words(sheet: SheetGrid, plan: ImportPlan) -> str:
    """Return a sheet's name, and whether it is hidden or not read."""
    name = sheet.name if len(sheet.name) <= LONGEST_NAME else f"{sheet.name[: LONGEST_NAME - 1]}…"
    is_read = any(table.sheet == sheet.name for table in plan.read.tables) and sheet.name in sheets_read(plan)
    states = ("hidden" if sheet.hidden else "", "" if is_read else "not read")
    said = ", ".join(state for state in states if state)
    return f"{name} ({said})".replace("&", "&&") if said else name.replace("&", "&&")


def _most_hopeful(compared: Compared) -> SheetGrid:
    """Return the first sheet that is read; else the visible one whose headings are known best, or that says most."""
    sheets = compared.plan.file.grid.sheets
    for sheet in sheets:
        if any(table.is_read for table in compared.sheets[sheet.name].tables):
            return sheet

    def hope(sheet: SheetGrid) -> tuple[bool, int, int]:
        tables = compared.sheets[sheet.name].tables
        known = max((len(table.mapping.mapped) for table in tables), default=0)
        return not sheet.hidden, known, len(sheet.rows) * sheet.width

    return max(sheets, key=hope)
