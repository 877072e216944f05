"""An owner's file as actions: one record a row, every field with its own words and its address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from csp_desktop.imports.dates import DateOrder, DateValue
from csp_desktop.imports.mapping import ProposedMapping
from csp_desktop.imports.problems import Problem, Read
from csp_desktop.imports.synonyms import Wordings, shipped
from csp_desktop.rules.names import NO_ORGANISATIONS, Organisations, Parties
from csp_desktop.rules.periods import Period
from models.vocabulary import LifecycleStatus, ProblemLevel, Word

_MOST_SAID = 3
NO_ROWS = "It has headings but no actions below them."
HIDDEN = "The sheet is hidden."
_UNHIDE = "If the actions are on a hidden sheet, show it in Excel, save the file and import it again."
_ADVICE = "Give it one heading row with a column for the action and one for its lead, due date, RAG or update."
RowPlace: TypeAlias = tuple[str, int] | tuple[str, int, int]
"""Where a row stands: sheet and number, and where its table stands to the right of another, the column of its part."""


def row_place(sheet: str, row: int, part: int) -> RowPlace:
    """Return where a row stands; ``part`` is the first column of its part of the sheet, 1 for the leftmost."""
    return (sheet, row) if part == 1 else (sheet, row, part)


class TablePlace(NamedTuple):
    """Which table of a file: its sheet, the row of its headings (the lowest), and the column of its first heading."""

    sheet: str
    header_row: int
    column: int = 1


class ThemeSource(Word):
    """Where a record's theme text comes from."""

    COLUMN = "column"
    SECTION = "section"
    SHEET = "sheet"
    NONE = "none"


class Ignored(Word):
    """Why a row below the headings is no data."""

    FILLER = "filler"
    REPEATED_HEADING = "repeated_heading"
    SECTION = "section"
    HINT = "hint"
    EXAMPLE = "example"
    TOTAL = "total"
    NOTE = "note"
    CONTINUATION = "continuation"
    HIDDEN = "hidden"
    OUTSIDE = "outside"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user (or the command line, or memory) has settled beforehand. Everything may be left out.

    ``sheets``: the names of the sheets to read, None for every visible sheet with actions. ``header_rows``: sheet name
    to the heading rows of its tables. ``mappings``: table to (heading as shown to field, "" for none).
    ``unread_tables``: those not to read. ``unhidden_only``: the sheets whose hidden rows stay out. ``remembered``:
    layout fingerprint to (normalised heading to field). ``order``: the answer for date columns in doubt.
    ``known_themes``: the titles of the plan's themes. ``plan_years``: its first and last year. ``wordings``: the
    headings that are known.
    """

    sheets: tuple[str, ...] | None = None
    header_rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    mappings: Mapping[TablePlace, Mapping[str, str]] = field(default_factory=dict)
    unread_tables: frozenset[TablePlace] = frozenset()
    unhidden_only: frozenset[str] = frozenset()
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    order: DateOrder | None = None
    organisations: Organisations = NO_ORGANISATIONS
    known_themes: tuple[str, ...] = ()
    plan_years: tuple[int, int] | None = None
    wordings: Wordings = field(default_factory=shipped)


@dataclass(frozen=True, slots=True)
class DatedUpdate:
    """What a column such as "Q1" says of an action. ``period`` is None where its year is not known.

    ``cell`` is where its text stands, ``rag_cell`` where its rating does, "" each where there is none.
    """

    period: Period | None
    period_text: str
    text: str = ""
    rag: str | None = None
    rag_text: str = ""
    cell: str = ""
    rag_cell: str = ""

    @property
    def dated(self) -> date | None:
        """The last day of its period, None where that is not known."""
        return self.period.last_day if self.period else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRecord:
    """One row of an owner's file as an action. A field is None where its cell is blank or no column holds it.

    A field whose ``value`` is None was filled but could not be read, or says "none" on purpose: its words are in
    ``text``. ``status`` and ``rag`` may come from the same cell. ``theme_cell`` is "" where the sheet's name is
    the theme. ``updates`` are those of dated columns, oldest first. ``part`` is the first column of its part of the
    sheet, 1 unless its table stands to the right of another.
    """

    sheet: str
    row: int
    title: Read[str]
    our_ref: str = ""
    source_ref: Read[str] | None = None
    theme_text: str = ""
    theme_source: ThemeSource = ThemeSource.NONE
    theme_cell: str = ""
    objective: Read[str] | None = None
    description: Read[str] | None = None
    lead: Read[Parties] | None = None
    lead_partner: Read[Parties] | None = None
    supporting: Read[Parties] | None = None
    supporting_partners: Read[Parties] | None = None
    start: Read[DateValue] | None = None
    baseline_due: Read[DateValue] | None = None
    due: Read[DateValue] | None = None
    review_date: Read[DateValue] | None = None
    actual_end: Read[DateValue] | None = None
    status: Read[LifecycleStatus] | None = None
    percent: Read[int] | None = None
    rag: Read[str] | None = None
    update: Read[str] | None = None
    update_date: Read[DateValue] | None = None
    update_author: Read[str] | None = None
    next_steps: Read[str] | None = None
    reason: Read[str] | None = None
    recovery_date: Read[DateValue] | None = None
    help_needed: Read[str] | None = None
    success_measure: Read[str] | None = None
    resources: Read[str] | None = None
    priority: Read[str] | None = None
    updates: tuple[DatedUpdate, ...] = ()
    problems: tuple[Problem, ...] = ()
    part: int = 1

    @property
    def place(self) -> RowPlace:
        """Where it stands."""
        return row_place(self.sheet, self.row, self.part)

    @property
    def unread(self) -> dict[str, str]:
        """Return, by field, the words of the cells that could not be read."""
        faulty = {problem.cell for problem in self.problems if problem.level is ProblemLevel.ERROR}
        return {name: read.text for name, read in self.filled() if read.value is None and read.cell in faulty}

    def filled(self) -> Iterator[tuple[str, Read[object]]]:
        """Yield the name and reading of every filled field."""
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, Read):
                yield name, value


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A row below the headings that is no data, and why."""

    sheet: str
    row: int
    why: Ignored
    part: int = 1


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was left out because it has no title; ``text`` is what its other cells say."""

    sheet: str
    row: int
    problem: Problem
    text: str = ""
    part: int = 1


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """A date column whose order of day and month is in doubt; ``samples`` are some of its texts."""

    sheet: str
    column: int
    heading: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table that was read, with the mapping it was read by.

    ``records`` counts its actions, ``hidden_rows`` those of its rows that the owner's program does not show. ``top`` is
    the upper row of its headings and ``last_row`` the last that is its own. ``part`` is the first column of its part of
    the sheet, 1 unless it stands to the right of another.
    """

    place: TablePlace
    mapping: ProposedMapping
    records: int
    hidden_rows: int = 0
    top: int = 0
    last_row: int = 0
    part: int = 1

    @property
    def sheet(self) -> str:
        """Return the name of its sheet."""
        return self.place.sheet

    @property
    def header_row(self) -> int:
        """Return the row of its headings, the lowest where there are two."""
        return self.place.header_row


@dataclass(frozen=True, slots=True)
class SkippedTable:
    """A table (or a sheet without one, then ``mapping`` is None) that was not read, and why in words."""

    place: TablePlace
    why: str
    mapping: ProposedMapping | None = None
    top: int = 0
    last_row: int = 0

    @property
    def sheet(self) -> str:
        """Return the name of its sheet."""
        return self.place.sheet

    @property
    def header_row(self) -> int:
        """Return the row of its headings, 0 for a sheet without a table."""
        return self.place.header_row


@dataclass(frozen=True, slots=True)
class ReadTables:
    """Everything read from a file in one pass. ``problems`` are all of them, those of the records included."""

    tables: tuple[ReadTable, ...] = ()
    skipped: tuple[SkippedTable, ...] = ()
    records: tuple[ActionRecord, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    ignored: tuple[IgnoredRow, ...] = ()
    questions: tuple[DateQuestion, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def why_nothing(self) -> str:
        """Say of a file without a table of actions what stands on its sheets instead, the most telling first."""
        told = sorted(self.skipped, key=lambda each: (each.mapping is None, each.why != NO_ROWS))
        if not told:
            return "It has no sheets."
        if told[0].why == NO_ROWS:
            on_sheet = f" on the sheet “{told[0].sheet}”" if len(told) > 1 else ""
            return f"It has headings{on_sheet} but no actions below them. Fill in its rows and import it again."
        if len(told) == 1:
            return f"{told[0].why} {_UNHIDE if told[0].why == HIDDEN else _ADVICE}"
        said = [f"On “{each.sheet}”: {each.why}" for each in told[:_MOST_SAID]]
        more = len(told) - _MOST_SAID
        if more > 0:
            said.append(
                f"The other {more} sheets hold none either." if more > 1 else "The last sheet holds none either."
            )
        return " ".join([*said, _UNHIDE if any(each.why == HIDDEN for each in told) else _ADVICE])
