"""Comparing a staged file with a kept register: read as any register is, then tried row by row.

A kept register is small enough to be held at once, and its rows name one another, so all of them are tried together.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from typing_extensions import override

from csp_desktop.collector import collector_at_rest
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.grid import address, text_of
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.registers.cell_readers import Setting
from csp_desktop.imports.registers.comparing import KEPT_BLANK, Comparison, Count, Found, contradiction
from csp_desktop.imports.registers.day_readers import NOTHING
from csp_desktop.imports.registers.entries import Entry, SheetReader
from csp_desktop.imports.registers.headings import SheetRead
from csp_desktop.imports.registers.kept_matching import KeptMatch
from csp_desktop.imports.registers.kept_rows import WideCounts, shown
from csp_desktop.imports.registers.kept_trial import Trial
from csp_desktop.imports.registers.known_names import KnownTable, known_tables
from csp_desktop.imports.registers.staging import BLOCK_ROWS, Blocks, Cancelled, Numbered, Progress, staged_parts
from csp_desktop.registers.kept import kept_of
from csp_desktop.rules.folding import fold
from models.vocabulary import ProblemLevel, RowOutcome, Stage


@dataclass(slots=True)
class _Held:
    """The rows that were understood, in the file's order, and the columns of the sheet at hand that each count."""

    entries: list[Entry] = field(default_factory=list)
    wide: WideCounts | None = None

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)

    def thin(self) -> None:
        """Write nothing out: all of it is tried together."""

    def write(self) -> None:
        """Write nothing out."""


@dataclass(slots=True)
class KeptComparison(Comparison):
    """One comparison with a kept register under way."""

    _tables: Mapping[str, KnownTable] = field(init=False, default_factory=dict)

    @override
    @collector_at_rest()
    def run(self, answer: DateOrder | None, today: date, watch: tuple[Progress, Cancelled | None]) -> Found:
        """Compare, as ``Comparison`` does. What is found is what bringing it in will do, or nothing is brought in."""
        rows = sum(self.staged.sheets[sheet.sheet].rows for sheet in self.sheets)
        with self.store.read() as connection:
            self._tables = known_tables(connection, self.form)
        in_words = frozenset(name for name in self.form.by_name if f"{name}_text" in self.form.by_name)
        own = kept_of(self.form.register).table.name
        setting = Setting(today, tables=self._tables, own=own, in_words=in_words)
        count = Count(self.staged.name, rows * 3, f"Comparing {self.staged.name}", *watch)
        held = _Held()
        doubted: list[tuple[str, str]] = []
        for sheet in self.sheets:
            habits, in_doubt = self._habits(sheet, answer, count)
            doubted += in_doubt
            held.wide = self._wide(sheet)
            self._understand(sheet, (habits, setting), held, count)
        matches = self._tried(held.entries, count)
        digest = self._stage(matches)
        for match in sorted(matches, key=lambda each: (each.entry.sheet, each.entry.row)):
            self._say(match)
        self.gathered.write()
        return Found(1, (), digest, tuple(doubted))

    def _wide(self, sheet: SheetRead) -> WideCounts:
        wide = WideCounts(self.form, sheet)
        for block in staged_parts(self.store, self.staged.id, Stage.CELLS, sheet.sheet):
            wide.look([cells for number, cells in block if number > sheet.header_row])
        if wide.headings:
            self.wide[sheet.name] = (wide.field, tuple(wide.headings))
        return wide

    @override
    def _understand_row(self, reader: SheetReader, row: Numbered, layout: Any) -> None:
        before = len(layout.entries)
        Comparison._understand_row(self, reader, row, layout)  # noqa: SLF001 - a class with slots has no bare super()
        for entry in layout.entries[before:]:
            counts = layout.wide.of(row[1])
            if counts:
                entry.values[layout.wide.field] = [*entry.values.get(layout.wide.field, ()), *counts]
            self._keep_words(reader.read, row, entry)

    def _keep_words(self, sheet: SheetRead, row: Numbered, entry: Entry) -> None:
        """Keep words in the place of a day ("Ongoing") where the register has a field for them."""
        for name, column in sheet.fields.items():
            in_words, at = f"{name}_text", column.column - 1
            if in_words not in self.form.by_name or {name, in_words} & entry.values.keys() or at >= len(row[1]):
                continue
            text = " ".join(text_of(row[1][at]).split())
            if fold(text) not in NOTHING | {""}:
                entry.values[in_words] = text

    def _tried(self, entries: list[Entry], count: Count) -> list[KeptMatch]:
        read = {sheet.sheet: frozenset(sheet.fields) for sheet in self.sheets}
        with self.store.rehearse() as session:
            return Trial(session, self.form, self._tables, read).run(entries, count.step)

    def _stage(self, matches: list[KeptMatch]) -> str:
        """Lay out what is to be written, in its order; return its digest."""
        digest = hashlib.sha256()
        blocks = Blocks(self.store, self.staged.id, Stage.NEW)
        rows = [
            [match.target_id, match.given] for match in matches if match.outcome in {RowOutcome.NEW, RowOutcome.CHANGED}
        ]
        for at in range(0, len(rows), BLOCK_ROWS):
            digest.update(blocks.add(0, rows[at : at + BLOCK_ROWS]))
        blocks.write()
        return digest.hexdigest()

    def _say(self, match: KeptMatch) -> None:
        """Count a row, and keep it to be looked at where there is something to say of it."""
        entry = match.entry
        self.gathered.count(match.outcome)
        self.gathered.counts["folded"] += match.is_folded
        more = self._said_of(match)
        self.gathered.add_problems(more)
        told = [*entry.problems, *more]
        if told or match.outcome is RowOutcome.CHANGED:
            cells = {
                field.label: str(shown(field, entry.values[field.name], self._tables))
                for field in self.form.fields
                if field.name in entry.values
            }
            self.gathered.say((entry.sheet, entry.row), match.outcome, cells, told, (match.target_id, match.changes))

    def _said_of(self, match: KeptMatch) -> list[Problem]:
        entry = match.entry
        sheet = next(each for each in self.sheets if each.sheet == entry.sheet)
        if match.against is not None:
            return [contradiction(sheet, entry.row, match.against)]
        if match.refused is not None:
            return [_at(sheet, entry.row, ProblemLevel.ERROR, match.refused)]
        told = [_at(sheet, entry.row, ProblemLevel.WARNING, match.warned)] if match.warned else []
        kept = [_at(sheet, entry.row, ProblemLevel.WARNING, (name, KEPT_BLANK)) for name in match.kept]
        there = {problem.cell for problem in entry.problems}
        return told + [problem for problem in kept if problem.cell not in there]


def _at(sheet: SheetRead, row: int, level: ProblemLevel, said: tuple[str, str]) -> Problem:
    name, sentence = said
    column = sheet.fields.get(name)
    return Problem(sheet.name, address(row, column.column) if column else f"row {row}", level, sentence)
