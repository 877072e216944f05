"""Which stored row each row of a file is, and what it changes there.

A row is known by its key. Offences have the rule of edge case 25 of their own: with a reference that decides; without
one, for each person, offence date, code and date of proof the store keeps as many as the file with the most of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from csp_desktop.imports.registers.entries import OFFENCE, Entry, Values
from csp_desktop.imports.registers.forms import Register
from csp_desktop.imports.registers.known import StoredRow
from csp_desktop.imports.registers.targets import Target
from models.vocabulary import OffenceOutcome, RowOutcome

Changes = dict[str, list[Any]]
_BLANK = (None, "")


@dataclass(slots=True)
class Match:
    """What becomes of one row: the stored row that it is, and by column what it changes there, old then new.

    ``is_folded``: the row was taken as the same as another, of this file or of an earlier one. ``against`` is the row
    of the file that it contradicts. ``kept`` are columns that are blank here and stay as they are stored.
    """

    entry: Entry
    outcome: RowOutcome = RowOutcome.NEW
    target_id: int | None = None
    changes: Changes = field(default_factory=dict)
    is_folded: bool = False
    against: int | None = None
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches the rows of some people, or of everything where a register is of no people.

    ``person_of`` gives the id that a person is counted under; ``read`` the fields that a sheet has columns for.
    """

    register: Register
    target: Target
    person_of: Callable[[str], str]
    read: dict[int, frozenset[str]]

    def match(self, entries: Sequence[Entry], stored: Iterable[StoredRow]) -> list[Match]:
        """Return what becomes of each row, in the order given."""
        of_person: dict[str, list[StoredRow]] = defaultdict(list)
        for row in stored:
            of_person[row.person].append(row)
        matches = [Match(entry) for entry in entries]
        by_person: dict[str, list[Match]] = defaultdict(list)
        for match in matches:
            by_person[self.person_of(match.entry.values.get("person", ""))].append(match)
        match_rows = self._offences if self.register is Register.OFFENCES else self._keyed
        for person, own in by_person.items():
            match_rows(own, of_person.get(person, []))
        return matches

    def _key(self, values: Values) -> tuple[Any, ...]:
        blanks = self.target.blanks
        return tuple(values.get(name) or blanks.get(name) for name in self.target.key)

    def _keyed(self, matches: Sequence[Match], stored: Iterable[StoredRow]) -> None:
        """Match rows of which there is one of each key."""
        known: dict[tuple[Any, ...], StoredRow] = {}
        for row in stored:
            known.setdefault(self._key(row.values), row)
        first: dict[tuple[Any, ...], Match] = {}
        for match in matches:
            key = self._key(match.entry.values)
            if key in first:
                self._repeat(match, first[key])
                continue
            first[key] = match
            found = known.pop(key, None) or self._but_for_offence(key, known)
            if found is not None:
                self._compare(match, found)

    def _but_for_offence(self, key: tuple[Any, ...], known: dict[tuple[Any, ...], StoredRow]) -> StoredRow | None:
        """Return the stored index event of that day which one side alone gives the offence of, if there is just one."""
        if self.register is not Register.COHORT_MEMBERS:
            return None
        index_date, offence = key
        near = [each for each in known if each[0] == index_date and (offence is None or each[1] is None)]
        return known.pop(near[0]) if len(near) == 1 else None

    def _repeat(self, match: Match, first: Match) -> None:
        """Settle a row whose key stood in the file before: the same once more is folded, another is left out."""
        if match.entry.values == first.entry.values:
            match.outcome, match.is_folded = RowOutcome.IGNORED, True
        else:
            match.outcome, match.against = RowOutcome.CONFLICT, first.entry.row

    def _compare(self, match: Match, stored: StoredRow) -> None:
        match.target_id = stored.id
        match.changes = self._changes(match.entry.values, stored.values)
        match.outcome = RowOutcome.CHANGED if match.changes else RowOutcome.UNCHANGED
        read = self.read[match.entry.sheet]
        match.kept = tuple(
            name
            for name in self.target.columns
            if name in read and match.entry.values.get(name) in _BLANK and stored.values[name] not in _BLANK
        )

    def _changes(self, new: Values, old: Values) -> Changes:
        """Return what a row changes: a blank cell never clears, and what is equal moves nothing."""
        return {
            name: [old[name], new[name]]
            for name in self.target.compared
            if new.get(name) not in _BLANK and old[name] != new[name]
        }

    def _offences(self, matches: Sequence[Match], stored: Sequence[StoredRow]) -> None:
        free = {row.id: row for row in stored}
        waiting = self._by_reference(matches, free)
        if free:
            waiting = self._by_key(waiting, free)
            self._by_outcome(waiting, free)

    def _by_reference(self, matches: Sequence[Match], free: dict[int, StoredRow]) -> list[Match]:
        """Match offences by their references; return those that are still open."""
        known = {row.values["reference"]: row for row in free.values() if row.values["reference"]}
        best: dict[str, Match] = {}
        for match in matches:
            reference = match.entry.values.get("reference")
            if reference and (reference not in best or _is_further(match, best[reference])):
                best[reference] = match
        waiting = []
        for match in matches:
            reference = match.entry.values.get("reference")
            if reference and best[reference] is not match:
                self._repeat(match, best[reference])
            elif reference in known:
                self._compare(match, free.pop(known[reference].id))
            else:
                waiting.append(match)
        return waiting

    def _by_key(self, matches: Sequence[Match], free: dict[int, StoredRow]) -> list[Match]:
        """Match offences by date, code and date of proof, equal ones first; return those that are still open."""
        known: dict[tuple[Any, ...], list[StoredRow]] = defaultdict(list)
        for row in free.values():
            known[self._key(row.values)].append(row)
        waiting = list(matches)
        for rule in (self._is_same, _may_be):
            still = []
            for match in waiting:
                there = known.get(self._key(match.entry.values), [])
                found = next((row for row in there if rule(match.entry.values, row.values)), None)
                if found is None:
                    still.append(match)
                    continue
                there.remove(found)
                self._compare(match, free.pop(found.id))
                match.is_folded = not match.entry.values.get("reference")
            waiting = still
        return waiting

    def _is_same(self, new: Values, old: Values) -> bool:
        return _may_be(new, old) and not self._changes(new, old)

    def _by_outcome(self, matches: Iterable[Match], free: dict[int, StoredRow]) -> None:
        """Match an offence that was pending and is decided now; one that a file still calls pending changes nothing."""
        known: dict[tuple[Any, Any], list[StoredRow]] = defaultdict(list)
        for row in free.values():
            known[row.values["offence_date"], row.values[OFFENCE]].append(row)
        for match in matches:
            values = match.entry.values
            there = known.get((values.get("offence_date"), values.get(OFFENCE)), [])
            is_open = _is_open(values)
            found = next(
                (row for row in there if _is_open(row.values) is not is_open and _may_be(values, row.values)), None
            )
            if found is None:
                continue
            there.remove(found)
            if is_open:
                match.outcome, match.target_id, match.is_folded = RowOutcome.UNCHANGED, found.id, True
            else:
                self._compare(match, found)


def _may_be(new: Values, old: Values) -> bool:
    """Say whether two offences can be one: two references of their own are two offences."""
    return not (new.get("reference") and old["reference"])


def _is_open(values: Values) -> bool:
    """Say whether an offence waits for its outcome."""
    return values["outcome"] == OffenceOutcome.PENDING.value and not values.get("proof_date")


def _is_further(match: Match, other: Match) -> bool:
    """Say whether a row knows an outcome that another of the same reference does not."""
    return _is_open(other.entry.values) and not _is_open(match.entry.values)
