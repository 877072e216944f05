"""What an owner does to columns, headings and sheets, and to what is hidden from them."""

from typing import Any

from tables import Table, insist


def move_column(book: Any, heading: str, before: str, sheet: str = "Actions") -> None:
    """Cut a whole column, hidden cell above it and all, and put it in before another."""
    _move(book, heading, before, sheet, from_top=True)


def move_cells(book: Any, heading: str, before: str, sheet: str = "Actions") -> None:
    """Cut the heading of a column and the cells below it alone, and put them in before another column."""
    _move(book, heading, before, sheet, from_top=False)


def _move(book: Any, heading: str, before: str, sheet: str, *, from_top: bool) -> None:
    table = Table(book, sheet)
    target = table.columns[before]
    table.sheet.Columns.insertByIndex(target, 1)
    source = Table(book, sheet).columns[heading]
    top = 0 if from_top else table.header
    cells = table.block((source, source), (top, table.last))
    table.sheet.moveRange(table.sheet.getCellByPosition(target, top).CellAddress, cells.RangeAddress)
    table.sheet.Columns.removeByIndex(source, 1)
    moved = Table(book, sheet).columns
    insist(that=moved[heading] == moved[before] - 1, otherwise=f"{heading} is not before {before}")


def insert_column(book: Any, before: str, heading: str, texts: dict[str, str], sheet: str = "Actions") -> None:
    """Insert a column of one's own and type into it, by Ref."""
    table = Table(book, sheet)
    at = table.columns[before]
    table.sheet.Columns.insertByIndex(at, 1)
    table = Table(book, sheet)
    table.sheet.getCellByPosition(at, table.header).setString(heading)
    for ref, text in texts.items():
        table.sheet.getCellByPosition(at, table.row(ref)).FormulaLocal = text


def copy_column(book: Any, heading: str, sheet: str = "Actions") -> None:
    """Copy a whole column, hidden cell above it and all, to the right of the table."""
    table = Table(book, sheet)
    at, end = table.columns[heading], table.width
    whole = table.block((at, at), (table.header - 1, table.last))
    table.sheet.copyRange(table.sheet.getCellByPosition(end, table.header - 1).CellAddress, whole.RangeAddress)


def delete_columns(book: Any, headings: list[str], sheet: str = "Actions") -> None:
    """Delete whole columns."""
    for heading in headings:
        table = Table(book, sheet)
        table.sheet.Columns.removeByIndex(table.columns[heading], 1)


def rename(book: Any, heading: str, to: str, sheet: str = "Actions") -> None:
    """Type another heading over one."""
    table = Table(book, sheet)
    table.cell_at(table.header, heading).setString(to)


def copy_sheet(book: Any, name: str, to: str) -> None:
    """Copy a sheet to the end of the workbook."""
    book.Sheets.copyByName(name, to, book.Sheets.Count)


def rename_sheet(book: Any, name: str, to: str) -> None:
    """Rename a sheet."""
    book.Sheets.getByName(name).Name = to


def delete_sheet(book: Any, name: str) -> None:
    """Delete a sheet."""
    book.Sheets.removeByName(name)


def show_all(book: Any, sheet: str = "Actions") -> None:
    """Show every hidden sheet, and the hidden row and column of a table."""
    hidden = [each for each in book.Sheets if not each.IsVisible]
    insist(that=len(hidden) > 1, otherwise="there are no hidden sheets")
    for each in hidden:
        each.IsVisible = True
    table = Table(book, sheet)
    marks = table.sheet.Rows.getByIndex(table.header - 1)
    insist(that=not marks.IsVisible, otherwise="there is no hidden row above the headings")
    marks.IsVisible = True
    table.sheet.Columns.getByIndex(table.columns["_rid"]).IsVisible = True


def delete_marks(book: Any, sheet: str = "Actions") -> None:
    """Delete the row above the headings."""
    table = Table(book, sheet)
    marks = table.sheet.getCellByPosition(0, table.header - 1).String
    insist(that=marks.startswith("EXP-"), otherwise=f"above the headings stands {marks}")
    table.sheet.Rows.removeByIndex(table.header - 1, 1)


def insert_line_above(book: Any, text: str, sheet: str = "Actions") -> None:
    """Insert a line at the top of the sheet."""
    table = Table(book, sheet)
    table.sheet.Rows.insertByIndex(0, 1)
    table.sheet.getCellByPosition(0, 0).setString(text)


def delete_lines_above(book: Any, sheet: str = "Actions") -> None:
    """Delete everything that stands above the headings, as before pasting a table into a report."""
    table = Table(book, sheet)
    table.sheet.Rows.removeByIndex(0, table.header)


DEEDS = {
    "move_column": move_column,
    "move_cells": move_cells,
    "insert_column": insert_column,
    "copy_column": copy_column,
    "insert_line_above": insert_line_above,
    "delete_columns": delete_columns,
    "rename": rename,
    "copy_sheet": copy_sheet,
    "rename_sheet": rename_sheet,
    "delete_sheet": delete_sheet,
    "show_all": show_all,
    "delete_marks": delete_marks,
    "delete_lines_above": delete_lines_above,
}
