"""Comparing a staged file with the store, in memory that does not grow with the file.

Its rows are read three times: for the habits of its columns, to understand them, and people by people to match them.
For the last, understood rows are laid out in parts, by person, so that a part holds everything of its people.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, Protocol

from csp_desktop.collector import collector_at_rest
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.grid import CellValue, address, is_blank, text_of
from csp_desktop.imports.problems import Problem, quote
from csp_desktop.imports.reading.refusals import cancelled_error
from csp_desktop.imports.registers.cell_readers import CellReader, Habits, Setting, reader_for
from csp_desktop.imports.registers.entries import OFFENCE, Entry, OffenceWords, SheetReader
from csp_desktop.imports.registers.gathering import Gathered
from csp_desktop.imports.registers.habits import SheetHabits
from csp_desktop.imports.registers.headings import SheetRead
from csp_desktop.imports.registers.known import StoredRows, known_codes, known_merges
from csp_desktop.imports.registers.matching import Match, Matcher
from csp_desktop.imports.registers.staging import (
    BLOCK_ROWS,
    Blocks,
    Cancelled,
    Numbered,
    Progress,
    StagedFile,
    staged_parts,
)
from csp_desktop.imports.registers.street_crime import StreetCounts, wards_of_small_areas
from csp_desktop.imports.registers.targets import target_of
from csp_desktop.imports.registers.wide_figures import WideFigures
from csp_desktop.registers.forms import Form, Register
from csp_desktop.store import Store
from models.vocabulary import ProblemLevel, RowOutcome, Stage

PART_ROWS = 30_000
_HELD_ROWS = 60_000
KEPT_BLANK = "This cell is blank; what is stored there stays as it is."
_AS_CODE = "This code was taken as “{}”, which is known and differs by leading noughts alone; the longer one is kept."
_STANDS = "This offence is stored as acquitted or quashed, and stays so. If that is wrong, correct it in the program."


@dataclass(frozen=True, slots=True)
class Found:
    """What a comparison leaves behind beside what it gathered; ``RegisterPlan`` tells what each is."""

    parts: int
    offences: tuple[OffenceWords, ...]
    digest: str
    doubted: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Count:
    """How far a pass is, and whether it goes on."""

    name: str
    total: int
    words: str
    progress: Progress
    cancelled: Cancelled | None
    done: int = 0

    def step(self, rows: int) -> None:
        """Tell of rows that were passed. Raises ReadCancelledError after a cancel."""
        if self.cancelled is not None and self.cancelled():
            raise cancelled_error(self.name)
        self.done += rows
        self.progress(min(self.done, self.total), self.total, self.words)


@dataclass(slots=True)
class Comparison:
    """One comparison under way. ``cohort_id`` is that of the cohort that members go to, None for a new one or none.

    ``wide`` are, by sheet, the field and the headings of columns that each hold one kind of it: outputs, or figures.
    """

    store: Store
    staged: StagedFile
    form: Form
    sheets: tuple[SheetRead, ...]
    cohort_id: int | None
    gathered: Gathered = field(init=False)
    wide: dict[str, tuple[str, tuple[str, ...]]] = field(init=False, default_factory=dict)
    _offences: dict[str, OffenceWords] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with nothing gathered."""
        self.gathered = Gathered(self.store, self.staged.id)

    @collector_at_rest()
    def run(self, answer: DateOrder | None, today: date, watch: tuple[Progress, Cancelled | None]) -> Found:
        """Compare. ``answer`` says day or month first, None where nobody has said."""
        rows = sum(self.staged.sheets[sheet.sheet].rows for sheet in self.sheets)
        target = target_of(self.form.register)
        with self.store.read() as connection:
            codes, merges = known_codes(connection), known_merges(connection)
        parts = -(-rows // PART_ROWS) or 1 if target.has_person else 1
        count = Count(self.staged.name, rows * 3, f"Comparing {self.staged.name}", *watch)
        layout = self._layout(parts, merges.person)
        # the register of codes is compared whole, for it may know a code better than the store does
        setting = Setting(today, {} if self.form.register is Register.OFFENCE_CODES else codes.without_noughts)
        doubted: list[tuple[str, str]] = []
        for sheet in self.sheets:
            habits = self._habits(sheet, answer, count)
            doubted += habits[1]
            self._understand(sheet, (habits[0], setting), layout, count)
        layout.write()
        matcher = Matcher(
            self.form.register, target, merges.person, {s.sheet: frozenset(s.fields) for s in self.sheets}
        )
        stored = StoredRows(target, codes, merges, self.cohort_id)
        needed, digest = self._match(parts, matcher, stored, count)
        self.gathered.write()
        new = [offence for ident, offence in self._offences.items() if ident in needed and ident not in codes.ids]
        return Found(parts, tuple(new), digest, tuple(doubted), _notes(layout))

    def _layout(self, parts: int, person_of: Callable[[str], str]) -> "Layout":
        layout = _Parts(Blocks(self.store, self.staged.id, Stage.ENTRIES), parts, person_of)
        if self.form.register is not Register.STREET_CRIME:
            return layout
        with self.store.read() as connection:
            return StreetCounts(self.store, layout, wards_of_small_areas(connection))

    def _habits(
        self, sheet: SheetRead, answer: DateOrder | None, count: Count
    ) -> tuple[Mapping[str, Habits], list[tuple[str, str]]]:
        watched = SheetHabits(self.form, sheet)
        for block in staged_parts(self.store, self.staged.id, Stage.CELLS, sheet.sheet):
            count.step(len(block))
            watched.look([cells for number, cells in block if number > sheet.header_row])
        habits, problems = watched.settled(answer)
        self.gathered.add_problems(problems)
        return habits, watched.doubted(habits)

    def _understand(
        self, sheet: SheetRead, settled: tuple[Mapping[str, Habits], Setting], layout: "Layout", count: Count
    ) -> None:
        """Read the rows of a sheet; those with errors stay out, the others are laid out by person."""
        habits, setting = settled
        wide = self._wide_figures(sheet)
        if wide is not None:
            sheet = wide.read
        readers: dict[str, CellReader] = {
            name: reader_for(self.form.by_name[name], habits.get(name, Habits()), setting) for name in sheet.fields
        }
        reader = SheetReader(self.form, sheet, readers, setting.today)
        for block in staged_parts(self.store, self.staged.id, Stage.CELLS, sheet.sheet):
            count.step(len(block))
            below: Iterable[Numbered] = (row for row in block if row[0] > sheet.header_row)
            if wide is not None:
                below = chain.from_iterable(map(wide.rows, below))
            for row in below:
                self._understand_row(reader, row, layout)
            layout.thin()
        for ident, offence in reader.offences.items():
            self._offences.setdefault(ident, offence)

    def _wide_figures(self, sheet: SheetRead) -> WideFigures | None:
        """Return how a table is read that has a column for each indicator or period, None for any other."""
        if self.form.register is not Register.AREA_FIGURES:
            return None
        wide = WideFigures(sheet, self.staged.sheets[sheet.sheet].head)
        for block in staged_parts(self.store, self.staged.id, Stage.CELLS, sheet.sheet):
            wide.look([cells for number, cells in block if number > sheet.header_row])
        if not wide.is_wide:
            return None
        self.gathered.add_problems(wide.problems())
        self.wide[sheet.name] = ("value", tuple(wide.headings))
        return wide

    def _understand_row(self, reader: SheetReader, row: Numbered, layout: "Layout") -> None:
        number, cells = row
        entry = reader.entry(number, cells)
        if entry is None:
            self.gathered.count(RowOutcome.IGNORED)
            return
        if entry.problems:
            self.gathered.add_problems(entry.problems)
            if entry.is_error:
                self.gathered.count(RowOutcome.ERROR)
                place = (entry.sheet, entry.row)
                self.gathered.say(place, RowOutcome.ERROR, _cells(reader.read, cells), entry.problems)
                return
        layout.add(entry)

    def _match(self, parts: int, matcher: Matcher, stored: StoredRows, count: Count) -> tuple[set[str], str]:
        """Match part by part; return the offences that rows need, and the digest of the new rows."""
        digest, needed = hashlib.sha256(), set[str]()
        new = Blocks(self.store, self.staged.id, Stage.NEW)
        for part in range(parts):
            entries = self._entries(part)
            entries.sort(key=lambda entry: (entry.values.get("person", ""), entry.sheet, entry.row))
            with self.store.read() as connection:
                people = {matcher.person_of(entry.values.get("person", "")) for entry in entries}
                within = {entry.values.get(matcher.target.within, "") for entry in entries}
                rows = stored.of(connection, people, within)
            coming = []
            for match in matcher.match(entries, rows):
                self._settle(match)
                if match.outcome is RowOutcome.NEW:
                    coming.append(match.entry.values)
                    needed.add(match.entry.values.get(OFFENCE, ""))
                elif match.changes:
                    needed.add(match.changes.get(OFFENCE, ("", ""))[1])
            for at in range(0, len(coming), BLOCK_ROWS):
                digest.update(new.add(part, coming[at : at + BLOCK_ROWS]))
            count.step(len(entries))
        new.write()
        return needed, digest.hexdigest()

    def _entries(self, part: int) -> list[Entry]:
        names = {sheet.sheet: sheet.name for sheet in self.sheets}
        return [
            Entry(
                sheet,
                row,
                values,
                [Problem(names[sheet], c, ProblemLevel(v), m) for c, v, m in told[0]] if told else [],
            )
            for block in staged_parts(self.store, self.staged.id, Stage.ENTRIES, part)
            for sheet, row, values, *told in block
        ]

    def _settle(self, match: Match) -> None:
        """Count a row, and keep it to be looked at where there is something to say of it."""
        entry = match.entry
        self.gathered.count(match.outcome)
        self.gathered.counts["folded"] += match.is_folded
        told = [*entry.problems]
        if match.kept or match.stands or match.as_code or match.against is not None:
            more = self._more(match)
            self.gathered.add_problems(more)
            told += more
        if told or match.outcome is RowOutcome.CHANGED:
            place, target = (entry.sheet, entry.row), (match.target_id, match.changes)
            self.gathered.say(place, match.outcome, _values(entry, self.form), told, target)

    def _more(self, match: Match) -> list[Problem]:
        entry = match.entry
        sheet = next(each for each in self.sheets if each.sheet == entry.sheet)
        if match.against is not None:
            return [contradiction(sheet, entry.row, match.against)]
        columns = sheet.fields
        if match.as_code:
            cell = address(entry.row, columns["code"].column)
            return [Problem(sheet.name, cell, ProblemLevel.WARNING, _AS_CODE.format(match.as_code))]
        if match.stands:
            cell = address(entry.row, columns["outcome"].column)
            return [Problem(sheet.name, cell, ProblemLevel.WARNING, _STANDS)]
        told_of = {problem.cell for problem in entry.problems}
        cells = (address(entry.row, columns[name].column) for name in match.kept)
        return [Problem(sheet.name, cell, ProblemLevel.WARNING, KEPT_BLANK) for cell in cells if cell not in told_of]


class Layout(Protocol):
    """Where understood rows go."""

    def add(self, entry: Entry) -> None:
        """Take a row."""

    def thin(self) -> None:
        """Write out what is held once it is much."""

    def write(self) -> None:
        """Write out what is held, all rows having come."""


class _Parts:
    """Lays understood rows out in parts by person; what is held in memory does not grow with their number."""

    def __init__(self, blocks: Blocks, parts: int, person_of: Callable[[str], str]) -> None:
        self._blocks = blocks
        self._held: list[list[Any]] = [[] for _ in range(parts)]
        self._person_of = person_of
        self._count = 0

    def add(self, entry: Entry) -> None:
        person = entry.values.get("person", "")
        part = zlib.crc32(self._person_of(person).encode()) % len(self._held) if len(self._held) > 1 else 0
        self._held[part].append(entry.packed)
        self._count += 1

    def thin(self) -> None:
        """Write out what is held once it is much."""
        if self._count >= _HELD_ROWS:
            self.write()

    def write(self) -> None:
        for part, rows in enumerate(self._held):
            self._blocks.add(part, rows)
        self._blocks.write()
        self._held = [[] for _ in self._held]
        self._count = 0


def _notes(layout: Layout) -> tuple[str, ...]:
    if not isinstance(layout, StreetCounts):
        return ()
    told = f"{layout.crimes:,} crimes were counted into {layout.figures:,} figures, by area and by place."
    return (f"{told} No single crime is stored.",)


def contradiction(sheet: SheetRead, row: int, against: int) -> Problem:
    """Return what is said of a row that contradicts another one of its file."""
    told = f"This row contradicts row {against}, which was taken. Leave one of the two in the file."
    return Problem(sheet.name, address(row, 1), ProblemLevel.WARNING, told)


def _cells(sheet: SheetRead, cells: Sequence[CellValue]) -> dict[str, str]:
    """Return by heading what a row of the file says, in columns that are read."""
    found = {}
    for column in sheet.columns:
        value = cells[column.column - 1] if column.column <= len(cells) else None
        if column.field and not is_blank(value):
            found[column.heading] = quote(text_of(value))[1:-1]
    return found


def _values(entry: Entry, form: Form) -> dict[str, str]:
    """Return by label what was understood of a row."""
    labels = {field.name: field.label for field in form.fields}
    return {labels.get(name, name): str(value).strip() for name, value in entry.values.items()}
