"""Write the small plans of ``resources/selftest``, one a format: run ``python -m tests.workbooks.build_selftest``."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from csp_desktop.imports.grid import CellValue, SheetGrid, text_of
from tests.workbooks.biff_files import write_xls
from tests.workbooks.ods_files import write_ods
from tests.workbooks.xlsb_files import write_xlsb

SELFTEST = Path(__file__).resolve().parents[2] / "resources" / "selftest"
ROWS: dict[int, list[CellValue]] = {
    1: ["Action", "Lead", "Due date", "RAG"],
    2: ["Patrol the park", "Amina Shah", date(2027, 3, 31), "Green"],
    3: ["Fit lights at the station", "Tom Briggs", date(2027, 6, 30), "Amber"],
}
PLAN = (SheetGrid("Plan", rows=ROWS),)


def write_xlsx(path: Path) -> None:
    """Write the plan as a workbook of Excel's."""
    book = Workbook()
    for row in ROWS.values():
        book.worksheets[0].append(row)
    book.save(path)


def write_text(path: Path, delimiter: str, encoding: str) -> None:
    """Write the plan as delimited text."""
    lines = (delimiter.join(text_of(value) for value in row) for row in ROWS.values())
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))


BUILDERS: dict[str, Callable[[Path], object]] = {
    "plan.csv": lambda path: write_text(path, ",", "cp1252"),
    "plan.ods": lambda path: write_ods(path, PLAN),
    "plan.tsv": lambda path: write_text(path, "\t", "utf-16"),
    "plan.xls": lambda path: write_xls(path, PLAN),
    "plan.xlsb": lambda path: write_xlsb(path, PLAN),
    "plan.xlsx": write_xlsx,
}


def build_all(folder: Path) -> None:
    """Write every plan into ``folder``."""
    for name, build in BUILDERS.items():
        build(folder / name)


if __name__ == "__main__":
    build_all(SELFTEST)
