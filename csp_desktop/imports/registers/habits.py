"""How each column of a sheet writes its dates and percentages, settled over the whole file before a cell is read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from csp_desktop.imports.dates import DateOrder, order_told
from csp_desktop.imports.grid import CellValue
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.registers.cell_readers import Habits, bare_number
from csp_desktop.imports.registers.day_readers import without_time
from csp_desktop.imports.registers.headings import SheetRead
from csp_desktop.registers.forms import FieldKind, Form
from models.vocabulary import ProblemLevel

_MOST_SEEN = 100_000


@dataclass(slots=True)
class _Watched:
    """What has been seen of one column."""

    column: int
    kind: FieldKind
    seen: set[CellValue] = field(default_factory=set)
    day_first: bool = False
    month_first: bool = False
    whole: bool = False
    shares: bool = False

    def look(self, rows: Iterable[Sequence[CellValue]]) -> None:
        at = self.column - 1
        fresh = {cells[at] for cells in rows if len(cells) > at} - self.seen - {None, ""}
        if len(self.seen) < _MOST_SEEN:
            self.seen |= fresh
        if self.kind.is_date:
            # what only text can be in doubt of: real dates and numbers have no order
            texts = {without_time(value) for value in fresh if isinstance(value, str)}
            day_first, month_first = order_told(texts)
            self.day_first |= day_first
            self.month_first |= month_first
            return
        numbers = [number for value in fresh if (number := bare_number(value)) is not None]
        self.whole |= any(number > 1 for number in numbers)
        self.shares |= any(0 < number < 1 for number in numbers)


class SheetHabits:
    """Watches the columns of one sheet whose cells are read by the column."""

    def __init__(self, form: Form, read: SheetRead) -> None:
        self._read = read
        self._watched = {
            name: _Watched(column.column, form.by_name[name].kind)
            for name, column in read.fields.items()
            if form.by_name[name].kind.is_date or form.by_name[name].kind is FieldKind.SHARE
        }

    def look(self, rows: Sequence[Sequence[CellValue]]) -> None:
        """Look at some rows, the headings not among them."""
        for watched in self._watched.values():
            watched.look(rows)

    def settled(self, answer: DateOrder | None) -> tuple[Mapping[str, Habits], list[Problem]]:
        """Return each column's habits by field, and what to say of columns whose dates go against the answer."""
        habits: dict[str, Habits] = {}
        problems: list[Problem] = []
        for name, watched in self._watched.items():
            if watched.kind is FieldKind.SHARE:
                habits[name] = Habits(shares=not watched.whole, mixed=watched.whole and watched.shares)
                continue
            order = answer or (DateOrder.IN_DOUBT if watched.month_first else DateOrder.DAY_FIRST)
            if answer is DateOrder.MONTH_FIRST and watched.day_first and not watched.month_first:
                order = DateOrder.DAY_FIRST
                told = "This column has dates that can only be day first, so it was read day first."
                problems.append(self._problem(name, ProblemLevel.WARNING, told))
            if order is DateOrder.IN_DOUBT:
                told = (
                    "This column has dates that can only be month first, so the order of day and month is in doubt and "
                    "its rows stay out. Say whether the column is day first or month first."
                )
                problems.append(self._problem(name, ProblemLevel.ERROR, told))
            habits[name] = Habits(order=order)
        return habits, problems

    def doubted(self, habits: Mapping[str, Habits]) -> list[tuple[str, str]]:
        """Return sheet and heading of the columns in doubt."""
        columns = self._read.fields
        return [
            (self._read.name, columns[name].heading)
            for name, habit in habits.items()
            if habit.order is DateOrder.IN_DOUBT
        ]

    def _problem(self, name: str, level: ProblemLevel, message: str) -> Problem:
        return Problem(self._read.name, f"{self._read.fields[name].letters}{self._read.header_row}", level, message)
