"""What an owner does to single cells: types, pastes, clears, spoils."""

from typing import Any

from tables import Table, insist

VALUE, DATE_TIME, TEXT, FORMULAS = 1, 2, 4, 16  # com.sun.star.sheet.CellFlags
PARAGRAPH_BREAK = 0  # com.sun.star.text.ControlCharacter
EVERYTHING = VALUE | DATE_TIME | TEXT | FORMULAS


def type_in(book: Any, ref: str, texts: dict[str, str], sheet: str = "Actions") -> None:
    """Type into cells of a row, by heading, as at the keyboard: Calc makes of it what the cell's format lets it."""
    table = Table(book, sheet)
    for heading, text in texts.items():
        put(table.cell(ref, heading), text)


def put(cell: Any, text: str) -> None:
    """Type into a cell; Ctrl+Enter begins a new line, which makes a paragraph of each."""
    first, *further = text.split("\n")
    if not further:
        cell.FormulaLocal = first
        return
    cell.setString(first)
    cursor = cell.createTextCursor()
    for line in further:
        cursor.gotoEnd(False)
        cell.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        cursor.gotoEnd(False)
        cell.insertString(cursor, line, False)


def type_below(book: Any, lines: list[dict[str, str]], sheet: str = "Actions") -> None:
    """Type lines below the table, by heading."""
    table = Table(book, sheet)
    for row, texts in enumerate(lines, start=table.last + 1):
        for heading, text in texts.items():
            put(table.cell_at(row, heading), text)


def paste_text(book: Any, ref: str, texts: dict[str, str], sheet: str = "Actions") -> None:
    """Put text into cells that stays text whatever it looks like, as after an apostrophe or a paste without format."""
    table = Table(book, sheet)
    for heading, text in texts.items():
        table.cell(ref, heading).setString(text)


def paste_cells(book: Any, ref: str, texts: dict[str, str], sheet: str = "Actions") -> None:
    """Paste cells from a plain workbook: they bring their own format, which is General."""
    table = Table(book, sheet)
    scratch = book.Sheets.getByIndex(0).getCellByPosition(60, 400)  # far from anything
    for heading, text in texts.items():
        scratch.FormulaLocal = text
        table.sheet.copyRange(table.cell(ref, heading).CellAddress, scratch.RangeAddress)
        scratch.clearContents(EVERYTHING)


def clear(book: Any, refs: list[str], headings: list[str], sheet: str = "Actions") -> None:
    """Press Delete on cells."""
    table = Table(book, sheet)
    for ref in refs:
        for heading in headings:
            cell = table.cell(ref, heading)
            insist(that=bool(cell.String), otherwise=f"{heading} of {ref} is empty already")
            cell.clearContents(EVERYTHING)


def type_over(book: Any, ref: str, texts: dict[str, str], sheet: str = "Actions") -> None:
    """Empty every visible cell of a row and type something else into it; what is hidden stays."""
    table = Table(book, sheet)
    row = table.row(ref)
    table.block((0, table.columns["Next steps"]), (row, row)).clearContents(EVERYTHING)
    for heading, text in texts.items():
        put(table.cell_at(row, heading), text)


def break_cells(book: Any, ref: str, headings: list[str], how: str, sheet: str = "Actions") -> None:
    """Leave an error in cells: of a formula ("=1/0"), or of one that lost the column that it looked at ("#REF!")."""
    table = Table(book, sheet)
    aside = 30
    for heading in headings:
        cell = table.cell(ref, heading)
        cell.NumberFormat = 0
        cell.setFormula("=$AE$1" if how == "#REF!" else how)
    table.sheet.Columns.removeByIndex(aside, 1)
    for heading in headings:
        cell = table.cell(ref, heading)
        insist(that=cell.Type.value == "FORMULA" and cell.getError() != 0, otherwise=f"{heading} shows {cell.String}")


def replace_words(book: Any, old: str, new: str, sheet: str = "Actions") -> None:
    """Find and replace in a whole sheet."""
    table = Table(book, sheet)
    asked = table.sheet.createReplaceDescriptor()
    asked.SearchString, asked.ReplaceString = old, new
    insist(that=table.sheet.replaceAll(asked) > 0, otherwise=f"“{old}” is not in the sheet")


def show_as(book: Any, headings: list[str], code: str, sheet: str = "Actions") -> None:
    """Give columns another number format."""
    table = Table(book, sheet)
    formats, none = book.NumberFormats, book.CharLocale
    key = formats.queryKey(code, none, False)
    key = formats.addNew(code, none) if key == -1 else key
    for heading in headings:
        table.column(heading).NumberFormat = key


DEEDS = {
    "type": type_in,
    "type_below": type_below,
    "paste_text": paste_text,
    "paste_cells": paste_cells,
    "clear": clear,
    "type_over": type_over,
    "break": break_cells,
    "replace": replace_words,
    "show_as": show_as,
}
