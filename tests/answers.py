"""Update workbooks as their owners send them back: filled in with openpyxl, saved under another name."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from csp_desktop.exports.layout import ACTIONS_SHEET, read_mark

Answered = Mapping[tuple[str, str], str | date | int | None]


def columns_of(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """Return the row of the marks and the number of each column by its key."""
    for row in sheet.iter_rows(max_row=40):
        marks = {cell.column: read_mark(cell.value) for cell in row if isinstance(cell.value, str)}
        keys = {mark[1]: number for number, mark in marks.items() if mark is not None and number is not None}
        if len(keys) > 3:
            return row[0].row, keys
    raise AssertionError("this is no update workbook")


def answer(sent: Path, back: Path, answered: Answered) -> Path:
    """Save a workbook that was sent as ``back``, with what its owner put into (ref, column key)."""
    book = openpyxl.load_workbook(sent)
    sheet = book[ACTIONS_SHEET]
    marks, columns = columns_of(sheet)
    rows = {sheet.cell(row, 1).value: row for row in range(marks + 1, sheet.max_row + 1)}
    for (ref, key), value in answered.items():
        sheet.cell(rows[ref], columns[key]).value = value
    book.save(back)
    return back
