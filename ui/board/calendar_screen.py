"""The partnership's dates in one list: what is overdue first and apart, then month by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from typing_extensions import override

from csp_desktop.commands.calendar import finish_key_date
from csp_desktop.errors import CspError
from csp_desktop.queries.calendar import CalendarDate, DateKind, list_dates
from csp_desktop.queries.entries import find_entry
from csp_desktop.registers.forms import Register
from csp_desktop.rules.folding import fold
from csp_desktop.rules.periods import MONTH_NAMES
from ui.board.detail import Deed, Detail, Fact
from ui.board.entry_forms import ask_to_add, ask_to_edit
from ui.board.kinds import HERE, Kind, place_of
from ui.board.table_screen import Look, TableScreen
from ui.desk import Desk
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted
from ui.screens.screen import Where
from ui.tables import columns
from ui.tables.columns import Column

LOOK = Look(
    title="Calendar",
    name="Dates of the partnership",
    about="Reporting periods, meetings, orders, agreements, reviews and key dates from every register, for the next 18 "
    "months. Nothing is emailed.",
    empty="There is no date ahead. Add a key date, a reporting period or a meeting.",
)
OVERDUE = "Overdue"
DateKey = tuple[str, int, date, str]
EDITED_HERE = {"reporting_period": Register.REPORTING_PERIODS, "key_date": Register.KEY_DATES}
SHORT = {
    "reporting": (DateKind.REPORTING,),
    "meetings": (DateKind.MEETING,),
    "orders": (DateKind.ORDER,),
    "plans": (DateKind.PLAN, DateKind.ASSESSMENT, DateKind.CONSULTATION),
    "reviews": (DateKind.AGREEMENT, DateKind.REVIEW),
    "other": (DateKind.OTHER,),
}
CHIPS = {
    "reporting": "Reporting",
    "meetings": "Meetings",
    "orders": "Orders",
    "plans": "Plans and evidence",
    "reviews": "Reviews",
    "other": "Other",
}


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date in the list. ``group`` is the month that it stands under; ``leads`` says that it is the first of it.

    ``id`` stays the date's own while others come and go; ``at`` is its place in the list.
    """

    id: int
    at: int
    of: CalendarDate
    group: str
    leads: bool = True


def days_words(days: int) -> str:
    """Return how far off a day is: "today", "in 3 days", "12 days ago"."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


def date_lines(dates: Iterable[CalendarDate], known: dict[DateKey, int]) -> list[DateLine]:
    """Return dates as they stand in the list: overdue ones first, then by month; each group says its name once.

    ``known`` holds the ids that dates have had, and takes in those of new ones.
    """
    in_order = sorted(dates, key=lambda each: not each.is_overdue)
    lines: list[DateLine] = []
    for at, each in enumerate(in_order, start=1):
        group = OVERDUE if each.is_overdue else f"{MONTH_NAMES[each.day.month - 1]} {each.day.year}"
        row_id = known.setdefault((each.table, each.row_id, each.day, each.what), len(known) + 1)
        lines.append(DateLine(row_id, at, each, group, not lines or lines[-1].group != group))
    return lines


def _tone(line: DateLine) -> str:
    if line.of.is_overdue:
        return "error"
    return "muted" if line.of.days_left < 0 else ""


DATES: tuple[Column[DateLine], ...] = (
    Column(
        key="month",
        heading="Month",
        width=17,
        text=lambda line: line.group if line.leads else " ",
        sort_key=lambda line: line.at,
        tone=lambda line: "error" if line.of.is_overdue else "",
    ),
    Column(
        key="day",
        heading="Date",
        kind=columns.Kind.DATE,
        width=12,
        text=lambda line: shown_date(line.of.day),
        sort_key=lambda line: line.of.day.toordinal(),
        tone=_tone,
    ),
    Column(
        key="left",
        heading="When",
        width=14,
        text=lambda line: days_words(line.of.days_left),
        sort_key=lambda line: line.of.days_left,
        tone=_tone,
    ),
    Column(
        key="what",
        heading="What",
        width=0,
        text=lambda line: line.of.what,
        note=lambda line: line.of.note,
        tone=lambda line: "" if line.of.is_overdue else _tone(line),
    ),
    Column(key="kind", heading="Kind", width=14, spare=1, text=lambda line: line.of.kind.label),
)


class CalendarScreen(TableScreen[DateLine]):
    """Enter leads to what says the date, or to its form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LOOK, DATES)
        self.add_tool("Add key date", partial(self.add, Register.KEY_DATES), "primary")
        self.add_tool("Add reporting period", partial(self.add, Register.REPORTING_PERIODS))
        self.add_tool("All key dates", partial(self.opened.emit, Where(Kind.KEY_DATES)))
        self.add_tool("All reporting periods", partial(self.opened.emit, Where(Kind.REPORTING_PERIODS)))
        kinds = {key: (CHIPS[key], partial(_is_of, SHORT[key])) for key in CHIPS}
        self.narrowed_by(
            {"all": ("All", _every), "overdue": ("Overdue", lambda line: line.of.is_overdue), **kinds},
            "Filter by what or kind",
        )
        self._words: list[str] = []
        self._ids: dict[DateKey, int] = {}

    @override
    def rows(self) -> list[DateLine]:
        return date_lines(list_dates(self.desk.store, self.desk.today()), self._ids)

    @override
    def row_id(self, row: DateLine) -> int:
        return row.id

    @override
    def on_filter(self, text: str) -> None:
        """Show the dates that hold what was typed; each month says its name at the first that is left of it."""
        self._words = fold(text).split()
        self.show_rows()

    @override
    def kept(self, rows: list[DateLine]) -> list[DateLine]:
        held = [line for line in rows if all(word in fold(_said(line.of)) for word in self._words)]
        before = [None, *(line.group for line in held)]
        return [
            DateLine(line.id, line.at, line.of, line.group, line.group != group)
            for line, group in zip(held, before, strict=False)
        ]

    @override
    def counts_words(self) -> str:
        late = sum(line.of.is_overdue for line in self.all_rows)
        return f"{counted(len(self.all_rows), 'date')}{f', {late:,} overdue' if late else ''}"

    @override
    def detail(self, row: DateLine) -> Detail:
        one = row.of
        facts: list[Fact] = [
            ("Date", f"{shown_date(one.day)}, {days_words(one.days_left)}"),
            ("Kind", one.kind.label),
            ("Note", one.note),
        ]
        deeds: list[Deed] = [(self._open_words(one), partial(self.open_row, row.id))]
        if one.table == "key_date":
            deeds.insert(0, ("Done", partial(self.finish, row)))
        said = f"{counted(-one.days_left, 'day')} overdue." if one.is_overdue else ""
        return Detail(one.what, said, facts, deeds)

    def _open_words(self, one: CalendarDate) -> str:
        if not one.table:
            return "Set its cut-off and papers"
        return "Edit" if one.table in EDITED_HERE else "Show"

    @override
    def open_row(self, row_id: int) -> None:
        one = self._line(row_id).of
        found = place_of(one.table, one.row_id)
        if found is None:
            self.edit(row_id)
        elif found[0] == HERE:
            self.opened.emit(found[1])
        else:
            self.went_to.emit(*found)

    @override
    def edit(self, row_id: int) -> None:
        one = self._line(row_id).of
        register = EDITED_HERE.get(one.table)
        if register is not None:
            ask_to_edit(self, register, one.row_id)
        elif not one.table:
            ask_to_add(self, Register.REPORTING_PERIODS, {"label": one.what.removesuffix(" ends")}, "cut_off")
        else:
            self.open_row(row_id)

    def add(self, register: Register) -> None:
        """Open the form of a new key date or reporting period."""
        ask_to_add(self, register, {})

    def finish(self, line: DateLine) -> None:
        """Say that a key date is done today; one that comes back moves on."""
        store, today = self.desk.store, self.desk.today()
        row = find_entry(store, Register.KEY_DATES, line.of.row_id)
        again = finish_key_date(store, row.id, row.version, line.of.day, today)
        back = f" It comes back on {shown_date(again)}." if again else ""
        self.told.emit(f"{line.of.what} is done.{back} Ctrl+Z takes that back.")

    def _line(self, row_id: int) -> DateLine:
        line = next((line for line in self.all_rows if line.id == row_id), None)
        if line is None:
            raise CspError("This date is no longer in the calendar: it was done, moved or taken out.")
        return line


def _every(_line: DateLine) -> bool:
    return True


def _is_of(kinds: tuple[DateKind, ...], line: DateLine) -> bool:
    return line.of.kind in kinds


def _said(one: CalendarDate) -> str:
    return f"{one.what} {one.note} {one.kind.label} {shown_date(one.day)} {MONTH_NAMES[one.day.month - 1]}"
