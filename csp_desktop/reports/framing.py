"""What the reports on the registers round the plan share: the frame of a report, and a register's rows as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from csp_desktop.queries.plans import profile
from csp_desktop.registers.forms import FieldKind, Register, form_of
from csp_desktop.registers.reading import Entry
from csp_desktop.registers.shown import shown_value
from csp_desktop.reports.blocks import Block, Cell, Column, ColumnKind, Report, Table
from csp_desktop.store import Store

NONE = "none"
_KINDS = {
    FieldKind.DATE: ColumnKind.DATE, FieldKind.WHOLE: ColumnKind.NUMBER, FieldKind.DECIMAL: ColumnKind.NUMBER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round a report. ``period`` is "" for one that is of a day; ``public`` names no author."""

    title: str
    subject: str
    data_date: date
    subtitle: str = ""
    period: str = ""
    public: bool = False


def framed(store: Store, frame: Frame, blocks: Sequence[Block]) -> Report:
    """Return a report of these blocks in the partnership's own frame."""
    about = profile(store)
    return Report(
        title=frame.title,
        subtitle=frame.subtitle or about.area or about.name,
        organisation=about.name,
        marking=about.default_marking.value,
        data_date=frame.data_date,
        author=about.name if frame.public else store.who.display_name,
        subject=frame.subject,
        period=frame.period,
        blocks=tuple(blocks),
        logo=about.logo,
    )


def entries_table(
    register: Register, rows: Sequence[Entry], columns: Sequence[tuple[str, float]], caption: str, empty: str
) -> Table:
    """Return rows of a register as a table. ``columns`` are fields with their share of the width, in order."""
    by_name = form_of(register).by_name
    heads = tuple(
        Column(by_name[name].label, _KINDS.get(by_name[name].kind, ColumnKind.TEXT), weight) for name, weight in columns
    )
    cells = tuple(tuple(entry_cell(row.values[name]) for name, _ in columns) for row in rows)
    return Table(caption, heads, cells, empty)


def entry_cell(value: object) -> Cell:
    """Return a value of a register as a cell; "none" where there is none."""
    if isinstance(value, date | Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return shown_value(value).strip() or NONE
