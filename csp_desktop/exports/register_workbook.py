"""Writes a register as a workbook that comes back in as it went out: one sheet, and a note that says how.

A heading is the label of its field; days and numbers are real ones, words are chosen from a list, and all else is text,
so that nothing a person typed is ever taken for a formula. Several values stand one to a line.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csp_desktop.errors import CspError
from csp_desktop.exports.layout import Kind, UpdateColumn
from csp_desktop.exports.workbook_looks import (
    SPARE_ROWS,
    Line,
    Page,
    RowLooks,
    lay_columns,
    set_row_height,
    set_up_page,
    text_widths,
    write_headings,
    write_lines,
    write_string,
)
from csp_desktop.queries.area_figures import list_figures
from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.plans import ProfileRow, profile
from csp_desktop.registers.choices import choices_of
from csp_desktop.registers.forms import FieldKind, Register, RegisterField, form_of
from csp_desktop.registers.shown import shown_value
from csp_desktop.reports.files import replace_file
from csp_desktop.reports.sheet import printable
from csp_desktop.store import Store
from models.terms import AreaKind, Topic
from models.vocabulary import Word

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Values = Mapping[str, Any]
NOTE_SHEET, LISTS_SHEET = "How this comes back", "_lists"
FLAGS = ("Yes", "No")
_LONGEST_NAME = 31
_WIDE = 8  # columns that fit a page's width
_KINDS = {
    FieldKind.DATE: Kind.DATE,
    FieldKind.WHOLE: Kind.NUMBER,
    FieldKind.DECIMAL: Kind.NUMBER,
}
_WIDTHS = {Kind.DATE: 13.0, Kind.NUMBER: 12.0}
_FIGURE_WORDS: Mapping[str, Sequence[Word]] = {"topic": tuple(Topic), "area_kind": tuple(AreaKind)}


def write_register(store: Store, register: Register, path: Path) -> int:
    """Write a register's rows to ``path`` as .xlsx and return how many; the audit trail says that they went out.

    Registers that are kept row by row and the figures of areas can be written. Raises CspError for another, for a file
    that does not end in .xlsx, or where it cannot be written; what was there then stays.
    """
    if not can_be_written(register):
        raise CspError(f"{register.label} are not saved as a spreadsheet: they come from one, and a list shows them.")
    if path.suffix.casefold() != ".xlsx":
        raise CspError(f"{path.name} must end in .xlsx; nothing was written.")
    rows = _rows(store, register)
    replace_file(path, register_workbook(register, rows, profile(store)))
    store.record_access(f"Saved {register.label.lower()} as a spreadsheet")
    return len(rows)


def find_register(name: str | None) -> Register:
    """Return the register of a name as the command line writes it. Raises CspError with those that can be written."""
    known = {register.value: register for register in Register if can_be_written(register)}
    found = known.get(name or "")
    if found is None:
        asked = f"“{name}” is no register that is written as a spreadsheet." if name else "Name a register to write."
        raise CspError(f"{asked} There are {', '.join(known)}.")
    return found


def can_be_written(register: Register) -> bool:
    """Say whether a register can be written as a workbook."""
    return register.is_kept or register is Register.AREA_FIGURES


def register_workbook(register: Register, rows: Sequence[Values], partnership: ProfileRow) -> bytes:
    """Return a register's rows, given by field, as the bytes of an .xlsx file."""
    from openpyxl import Workbook

    book = Workbook()
    fields = form_of(register).fields
    columns = [_column(field) for field in fields]
    sheet = book.worksheets[0]
    sheet.title = register.label[:_LONGEST_NAME]
    lay_columns(sheet, columns)
    write_headings(sheet, 1, columns)
    _write_rows(sheet, fields, columns, rows)
    sheet.freeze_panes = "B2"
    _set_up(sheet, register, columns, partnership)
    _write_note(book, register)
    _write_choices(book, sheet, register, len(rows))
    book.properties.title, book.properties.creator = register.label, "CSP Desktop"
    book.properties.language = "en-GB"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _rows(store: Store, register: Register) -> list[Values]:
    if register.is_kept:
        return [entry.values for entry in list_entries(store, register)]
    names = [field.name for field in form_of(register).fields]
    return [{name: getattr(row, name) for name in names} for row in list_figures(store)]


def _column(field: RegisterField) -> UpdateColumn:
    kind = _KINDS.get(field.kind, Kind.TEXT)
    width = _WIDTHS.get(kind) or (48.0 if field.lines > 1 else 32.0 if field.filled else 22.0)
    return UpdateColumn(field.name, field.label, kind, width)


def _write_rows(
    sheet: "Worksheet", fields: Sequence[RegisterField], columns: Sequence[UpdateColumn], rows: Sequence[Values]
) -> None:
    looks, widths = RowLooks.of(sheet, columns), text_widths(columns)
    for at, values in enumerate(rows, start=2):
        texts = [""] * len(fields)
        for number, field in enumerate(fields, start=1):
            value = values[field.name]
            if value is None or value in ("", ()):
                cell = sheet.cell(at, number)
            elif isinstance(value, date | Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
                cell = sheet.cell(at, number, value)
            else:
                texts[number - 1] = printable(cell_words(value))
                cell = write_string(sheet, (at, number), texts[number - 1])
            looks.give(cell, number)
        set_row_height(sheet, at, texts, widths)


def cell_words(value: Any) -> str:
    """Return a value as a cell says it so that it reads back as it is: several values one to a line.

    A comma parts several values too, unless there is another sign that does: a single value with one gets that sign.
    """
    if not isinstance(value, tuple):
        return shown_value(value)
    parts = [f"{each[1]} {each[0]}" if isinstance(each, tuple) else str(each) for each in value]
    return f"{parts[0]};" if len(parts) == 1 and "," in parts[0] else "\n".join(parts)


def _set_up(sheet: "Worksheet", register: Register, columns: Sequence[UpdateColumn], partnership: ProfileRow) -> None:
    from openpyxl.utils import get_column_letter

    page = Page(
        last_column=get_column_letter(len(columns)),
        header_row=1,
        pages_wide=1 if len(columns) <= _WIDE else 2,
        title=register.label,
        scope=partnership.name,
        wanted_back="",
        marking=str(partnership.default_marking),
    )
    set_up_page(sheet, page)


def _write_note(book: "Workbook", register: Register) -> None:
    form = form_of(register)
    needed = ", ".join(f"“{field.label}”" for field in form.fields if field.filled)
    several = ", ".join(f"“{field.label}”" for field in form.fields if field.kind.is_several)
    lines = [
        Line(f"{register.label}: how this comes back", is_title=True),
        Line("Change, add or fill in rows, save the workbook, and bring it in on the screen of this register."),
        Line("You are shown what would change before anything does, and can take it back afterwards."),
        Line("A row that is left out here stays in the program: withdraw it there."),
        Line(f"Each row needs {needed}: by these a row is known again, or what it is of."),
    ]
    if several:
        lines.append(Line(f"Write several, one to a line, under {several}."))
    write_lines(book.create_sheet(NOTE_SHEET), lines, 1)


def _write_choices(book: "Workbook", sheet: "Worksheet", register: Register, rows: int) -> None:
    """Let the cells of words be chosen from a list, which stands on a hidden sheet of its own."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = {
        number: (field, words)
        for number, field in enumerate(form_of(register).fields, start=1)
        if (words := list(_choices(register, field)))
    }
    if not offered:
        return
    lists = book.create_sheet(LISTS_SHEET)
    lists.sheet_state = "hidden"
    for at, (number, (field, words)) in enumerate(offered.items(), start=1):
        for row, word in enumerate((field.label, *words), start=1):
            write_string(lists, (row, at), word)
        letter, here = get_column_letter(at), get_column_letter(number)
        formula = f"'{LISTS_SHEET}'!${letter}$2:${letter}${len(words) + 1}"
        rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
        rule.errorStyle, rule.errorTitle = "warning", field.label
        rule.error = "This is not on the list. To keep what you wrote, choose Yes or OK."
        rule.add(f"{here}2:{here}{rows + 1 + SPARE_ROWS}")
        sheet.add_data_validation(rule)


def _choices(register: Register, field: RegisterField) -> Iterable[str]:
    if field.kind is FieldKind.FLAG:
        return FLAGS
    words = choices_of(register, field) if register.is_kept else _FIGURE_WORDS.get(field.name, ())
    return (str(word.label) for word in words)
