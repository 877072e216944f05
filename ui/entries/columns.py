"""The columns of a register's table, made from the description of the register."""

from collections.abc import Callable
from datetime import date
from functools import partial

from csp_desktop.registers.forms import FieldKind, Register, RegisterField, form_of
from csp_desktop.registers.reading import Entry
from csp_desktop.registers.shown import shown_value
from ui.tables.columns import Column, Kind, SortKey

WIDTHS = {
    FieldKind.DATE: 11,
    FieldKind.WHOLE: 9,
    FieldKind.DECIMAL: 10,
    FieldKind.WORD: 14,
    FieldKind.FLAG: 9,
    FieldKind.PERIOD: 11,
    FieldKind.NAME: 20,
    FieldKind.PARTY: 18,
    FieldKind.NAMES: 22,
    FieldKind.COUNTS: 22,
    FieldKind.TEXTS: 18,
}
TEXT_WIDTH, LONG_WIDTH = 18, 26
KINDS = {FieldKind.DATE: Kind.DATE, FieldKind.WHOLE: Kind.NUMBER, FieldKind.DECIMAL: Kind.NUMBER}
GAP = 2


def columns_of(register: Register, widest_name: str = "") -> tuple[Column[Entry], ...]:
    """Return the columns that a register's table shows.

    The one that is named takes the room that is left, or the first text that is always filled.
    """
    shown = [field for field in form_of(register).fields if field.spare is not None]
    named = [field for field in shown if field.name == widest_name]
    widest = next((field for field in (*named, *shown) if field in named or _may_be_widest(field)), shown[0])
    return tuple(_column(field, takes_rest=field is widest) for field in shown)


def _may_be_widest(field: RegisterField) -> bool:
    return field.kind is FieldKind.TEXT and field.filled


def _column(field: RegisterField, *, takes_rest: bool) -> Column[Entry]:
    width = 0 if takes_rest else max(_width(field), len(field.label) + GAP)
    return Column(
        key=field.name,
        heading=field.label,
        width=width,
        spare=field.spare or 0,
        kind=KINDS.get(field.kind, Kind.TEXT),
        text=partial(shown, field.name),
        sort_key=_sort_key(field),
    )


def _width(field: RegisterField) -> int:
    if field.kind is FieldKind.TEXT:
        return LONG_WIDTH if field.lines > 1 else TEXT_WIDTH
    return WIDTHS.get(field.kind, TEXT_WIDTH)


def shown(name: str, row: Entry) -> str:
    """Return what is shown of a field of a row, empty for none."""
    return shown_value(row.values[name])


def _sort_key(field: RegisterField) -> Callable[[Entry], SortKey | None] | None:
    def of_number(row: Entry) -> SortKey | None:
        value = row.values[field.name]
        return float(value) if value is not None else None

    def of_day(row: Entry) -> SortKey | None:
        value = row.values[field.name]
        return value.toordinal() if isinstance(value, date) else None

    return {FieldKind.DATE: of_day, FieldKind.WHOLE: of_number, FieldKind.DECIMAL: of_number}.get(field.kind)
