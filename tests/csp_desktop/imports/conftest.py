from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from csp_desktop.imports.grid import CellValue, SheetGrid, WorkbookGrid
from csp_desktop.store import Store
from tests.factories import Clock, new_store

Rows = Sequence[Sequence[Any]]


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook; ``sheets`` are name to rows, ``change`` may do more to it before it is saved."""

    def write(sheets: dict[str, Rows], change: Callable[[Workbook], None] | None = None) -> Path:
        made = Workbook()
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        made.remove(made.worksheets[0])
        if change:
            change(made)
        path = tmp_path / "plan.xlsx"
        made.save(path)
        return path

    return write


@pytest.fixture
def grid() -> Callable[..., WorkbookGrid]:
    """Make a grid of one sheet without a file: rows from row 1, merges and hidden parts as given."""

    def make(rows: Sequence[Sequence[CellValue]], name: str = "ASB", **parts: Any) -> WorkbookGrid:
        numbered = {number: list(row) for number, row in enumerate(rows, start=1) if any(v is not None for v in row)}
        return WorkbookGrid("plan.xlsx", "xlsx", (SheetGrid(name, rows=numbered, **parts),))

    return make


@pytest.fixture
def first_plan_store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """A store with the plan of 2018-2021."""
    store = new_store(tmp_path, clock, "kirklees-2018-2021")
    yield store
    store.close()
