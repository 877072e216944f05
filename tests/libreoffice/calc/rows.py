"""What an owner does to rows: sorts, inserts, copies, fills down, deletes, filters, merges."""

from typing import Any

import uno
from cells import put
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet import TableFilterField
from com.sun.star.sheet.CellDeleteMode import UP
from com.sun.star.sheet.CellInsertMode import DOWN
from com.sun.star.sheet.FillDateMode import FILL_DATE_DAY
from com.sun.star.sheet.FillDirection import TO_BOTTOM
from com.sun.star.sheet.FillMode import SIMPLE
from com.sun.star.sheet.FilterOperator import EQUAL
from com.sun.star.table import TableSortField
from tables import Table, insist

FURTHEST = 1e9


def sort(book: Any, first: str, last: str, by: str, sheet: str = "Actions") -> None:
    """Sort the cells of the columns from one heading to another, the greatest first."""
    table = Table(book, sheet)
    columns = (table.columns[first], table.columns[last])
    chosen = table.block(columns, (table.first, table.last))
    before = chosen.getDataArray()
    field = TableSortField()
    field.Field, field.IsAscending = table.columns[by] - columns[0], False
    fields, header = PropertyValue(), PropertyValue()
    fields.Name = "SortFields"
    fields.Value = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    header.Name, header.Value = "ContainsHeader", False
    chosen.sort((fields, header))
    insist(that=chosen.getDataArray() != before, otherwise="the sort moved nothing")


def insert_row(book: Any, before: str, texts: dict[str, str], sheet: str = "Actions") -> None:
    """Insert a row above the one that bears a Ref and type into it."""
    table = Table(book, sheet)
    row = table.row(before)
    table.sheet.Rows.insertByIndex(row, 1)
    for heading, text in texts.items():
        put(table.cell_at(row, heading), text)


def delete_rows(book: Any, refs: list[str], sheet: str = "Actions") -> None:
    """Delete whole rows."""
    for ref in refs:
        table = Table(book, sheet)
        table.sheet.Rows.removeByIndex(table.row(ref), 1)


def copy_row(book: Any, ref: str, texts: dict[str, str], sheet: str = "Actions") -> None:
    """Copy a row below the table and type into the copy."""
    table = Table(book, sheet)
    source, below = table.row(ref), table.last + 1
    whole = table.block((0, table.width - 1), (source, source))
    table.sheet.copyRange(table.sheet.getCellByPosition(0, below).CellAddress, whole.RangeAddress)
    for heading, text in texts.items():
        put(table.cell_at(below, heading), text)


def cut_row(book: Any, ref: str, before: str, sheet: str = "Actions") -> None:
    """Cut a row and put it in above another."""
    table = Table(book, sheet)
    target = table.row(before)
    table.sheet.Rows.insertByIndex(target, 1)
    source = Table(book, sheet).row(ref)
    whole = table.block((0, table.width - 1), (source, source))
    table.sheet.moveRange(table.sheet.getCellByPosition(0, target).CellAddress, whole.RangeAddress)
    table.sheet.Rows.removeByIndex(source, 1)


def fill_down(book: Any, ref: str, heading: str, rows: int, sheet: str = "Actions") -> None:
    """Pull the fill handle of a cell down over more rows: Calc counts up what ends in a number."""
    _down(book, ref, heading, rows, sheet).fillAuto(TO_BOTTOM, 1)


def fill_same(book: Any, ref: str, heading: str, rows: int, sheet: str = "Actions") -> None:
    """Pull the fill handle with Ctrl held, or press Ctrl+D: the cell is copied down."""
    _down(book, ref, heading, rows, sheet).fillSeries(TO_BOTTOM, SIMPLE, FILL_DATE_DAY, 0, FURTHEST)


def push_down(book: Any, ref: str, first: str, last: str, sheet: str = "Actions") -> None:
    """Insert cells above those of a row, from one heading to another, which pushes all below them down."""
    table, cells = _part(book, ref, first, last, sheet)
    table.sheet.insertCells(cells.RangeAddress, DOWN)


def pull_up(book: Any, ref: str, first: str, last: str, sheet: str = "Actions") -> None:
    """Delete the cells of a row, from one heading to another, which pulls all below them up."""
    table, cells = _part(book, ref, first, last, sheet)
    table.sheet.removeRange(cells.RangeAddress, UP)


def _part(book: Any, ref: str, first: str, last: str, sheet: str) -> tuple[Table, Any]:
    table = Table(book, sheet)
    row = table.row(ref)
    return table, table.block((table.columns[first], table.columns[last]), (row, row))


def repeat_headings(book: Any, before: str, sheet: str = "Actions") -> None:
    """Insert a row above another and copy the headings into it."""
    table = Table(book, sheet)
    target = table.row(before)
    table.sheet.Rows.insertByIndex(target, 1)
    headings = table.block((0, table.width - 1), (table.header, table.header))
    table.sheet.copyRange(table.sheet.getCellByPosition(0, target).CellAddress, headings.RangeAddress)


def _down(book: Any, ref: str, heading: str, rows: int, sheet: str) -> Any:
    table = Table(book, sheet)
    row, column = table.row(ref), table.columns[heading]
    return table.block((column, column), (row, row + rows))


def keep_only(book: Any, heading: str, text: str, sheet: str = "Actions") -> None:
    """Let the filter of the table show the rows alone that say ``text`` below a heading."""
    table = Table(book, sheet)
    whole = table.block((0, table.width - 1), (table.header, table.last))
    asked = whole.createFilterDescriptor(True)
    field = TableFilterField()
    field.Field, field.Operator, field.StringValue = table.columns[heading], EQUAL, text
    asked.setFilterFields((field,))
    asked.ContainsHeader = True
    whole.filter(asked)
    seen = [table.sheet.Rows.getByIndex(row).IsVisible for row in range(table.first, table.last + 1)]
    insist(that=any(seen) and not all(seen), otherwise=f"the filter shows {sum(seen)} of {len(seen)} rows")


def hide_rows(book: Any, refs: list[str], sheet: str = "Actions") -> None:
    """Hide rows."""
    table = Table(book, sheet)
    for ref in refs:
        table.sheet.Rows.getByIndex(table.row(ref)).IsVisible = False


def merge_down(book: Any, ref: str, heading: str, rows: int, sheet: str = "Actions") -> None:
    """Merge a cell with those below it; Calc keeps the first one's words and empties the others."""
    block = _down(book, ref, heading, rows, sheet)
    for row in range(1, rows + 1):
        block.getCellByPosition(0, row).setString("")
    block.merge(True)
    insist(that=block.getIsMerged(), otherwise=f"{heading} is not merged")


DEEDS = {
    "sort": sort,
    "insert_row": insert_row,
    "delete_rows": delete_rows,
    "copy_row": copy_row,
    "cut_row": cut_row,
    "fill_down": fill_down,
    "fill_same": fill_same,
    "keep_only": keep_only,
    "hide_rows": hide_rows,
    "push_down": push_down,
    "pull_up": pull_up,
    "repeat_headings": repeat_headings,
    "merge_down": merge_down,
}
