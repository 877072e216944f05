"""A desk at which registers are brought in from real files into a real store."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from csp_desktop.imports.registers.bringing_in import Run, import_registers
from csp_desktop.imports.registers.register_plan import RegisterRequest
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from tests.factories import TODAY

Rows = Sequence[Sequence[Any]]


@dataclass
class Desk:
    """A store, and a folder that owners' files come in."""

    store: Store
    folder: Path

    def csv(self, rows: Rows, name: str = "register.csv") -> Path:
        path = self.folder / name
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        return path

    def xlsx(self, sheets: Mapping[str, Rows], name: str = "register.xlsx") -> Path:
        book = Workbook()
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        book.remove(book.worksheets[0])
        path = self.folder / name
        book.save(path)
        return path

    def bring(self, register: Register, file: Rows | Path, *, dry_run: bool = False, **asked: Any) -> Mapping[str, Any]:
        """Bring a file in, or rows in a file of their own, and return what the JSON says."""
        path = file if isinstance(file, Path) else self.csv(file)
        if register is Register.COHORT_MEMBERS:
            asked = {"cohort": "Dewsbury 2024"} | asked
        request = RegisterRequest(register, **asked)
        (brought,) = import_registers(self.store, [path], request, TODAY, Run(dry_run=dry_run))
        return brought.result

    def counts(self, register: Register, file: Rows | Path, **asked: Any) -> dict[str, int]:
        """Bring a file in and return the counts that are not 0."""
        return {name: count for name, count in self.bring(register, file, **asked)["counts"].items() if count}

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.store.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

    def column(self, sql: str) -> list[Any]:
        return [row[0] for row in self.rows(sql)]

    def number(self, table: str) -> int:
        return int(self.column(f"SELECT count(*) FROM {table}")[0])  # noqa: S608 - tests' own names

    def is_clean(self) -> bool:
        """Say whether nothing is staged."""
        return not any(self.number(table) for table in ("staged_import", "staged_block", "staged_row"))


@pytest.fixture
def desk(bare: Store, tmp_path: Path) -> Desk:
    folder = tmp_path / "files"
    folder.mkdir()
    return Desk(bare, folder)


@pytest.fixture
def said(desk: Desk) -> Callable[..., list[tuple[str, str, str]]]:
    """Bring a file in and return its problems: cell, level, message."""

    def bring(register: Register, rows: Rows, **asked: Any) -> list[tuple[str, str, str]]:
        result = desk.bring(register, rows, **asked)
        return [(each["cell"], each["level"], each["message"]) for each in result["problems"]]

    return bring
