"""What an update workbook says, before it is laid out: its rows, its timing, and the marks it is known again by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from csp_desktop.errors import CspError
from csp_desktop.exports.positions import Contents
from csp_desktop.exports.scopes import Scope
from csp_desktop.queries.plans import RagValueRow
from csp_desktop.rules.periods import Period, Quarter, parse_period

DAYS_TO_ANSWER = 14


@dataclass(frozen=True, slots=True)
class Timing:
    """When a workbook goes out (``today``), for which period it asks, and by when it is wanted back."""

    today: date
    period: Period
    wanted_back: date

    @classmethod
    def of(cls, today: date, period: str | None = None, wanted_back: date | None = None) -> "Timing":
        """Return the timing asked for: by default the quarter that is running, and an answer within a fortnight.

        Raises CspError for a period that is not understood, or a day that has passed.
        """
        asked = parse_period(period) if period else Quarter.containing(today).period
        back = wanted_back or today + timedelta(days=DAYS_TO_ANSWER)
        if back < today:
            raise CspError(f"{back:%d/%m/%Y} has passed already; give a day to come. Nothing was written.")
        return cls(today, asked, back)


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """One row of a workbook: its id in it, and its cells by column key, blank ones left out."""

    row_id: str
    cells: Contents


@dataclass(frozen=True, slots=True)
class WorkbookContent:
    """Everything an update workbook says. ``base`` is row key ("A12") to column key to what the cell says.

    ``shortened``: the cells (row id, column key) whose text was cut to what a cell can hold.
    """

    key: str
    store_mark: str
    scope: Scope
    timing: Timing
    partnership: str
    marking: str
    sender: str
    rag_values: tuple[RagValueRow, ...]
    actions: tuple[WorkbookRow, ...]
    milestones: tuple[WorkbookRow, ...]
    base: Mapping[str, Mapping[str, str]]
    shortened: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """An update workbook as the bytes of an .xlsx file, and the addresses of cells whose text was shortened."""

    data: bytes
    shortened: tuple[str, ...] = ()
