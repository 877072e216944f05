"""Which stored row each row of a file is, and what it changes there.

A row is known by its key. Offences have the rule of edge case 25 of their own: with a reference that decides; without
one, for each person, offence date, code and date of proof the store keeps as many as the file with the most of them.

What is taken for an offence's reference may number a case of several offences. So a reference that comes with several
offence dates or codes, in the file or in the store, decides only together with date and code, and otherwise is as none.
One that comes with a single date and code on either side is its offence's own: outcome, date of proof, and either of
offence date and code may have been corrected; where both of these differ it is another offence.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from csp_desktop.imports.registers.cell_readers import bare_code
from csp_desktop.imports.registers.entries import OFFENCE, Entry, Values
from csp_desktop.imports.registers.known import StoredRow
from csp_desktop.imports.registers.targets import Target
from csp_desktop.registers.forms import Register
from models.offending import OffenceOutcome
from models.vocabulary import RowOutcome

Changes = dict[str, list[Any]]
Key = Callable[[Values], tuple[Any, ...]]
_BLANK = (None, "")
_CLEARED = frozenset({OffenceOutcome.ACQUITTED.value, OffenceOutcome.QUASHED.value})


@dataclass(slots=True)
class Match:
    """What becomes of one row: the stored row that it is, and by column what it changes there, old then new.

    ``is_folded``: the row was taken as the same as another, of this file or of an earlier one. ``against`` is the row
    of the file that it contradicts. ``kept`` are columns that are blank here and stay as they are stored. ``stands``:
    it was stored as quashed or acquitted, which this row does not undo. ``as_code`` is the stored code that its own is
    but for leading noughts.
    """

    entry: Entry
    outcome: RowOutcome = RowOutcome.NEW
    target_id: int | None = None
    changes: Changes = field(default_factory=dict)
    is_folded: bool = False
    against: int | None = None
    kept: tuple[str, ...] = ()
    stands: bool = False
    as_code: str = ""


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
        but_for_noughts = self._codes_but_for_noughts(matches, known)
        for match in self._once_each(matches):
            key = self._key(match.entry.values)
            found = known.pop(key, None) or self._but_for_offence(key, known)
            if found is None and key in but_for_noughts:
                self._take_code(match, known.pop((but_for_noughts[key],)))
            elif found is not None:
                self._compare(match, found)

    def _once_each(self, matches: Sequence[Match]) -> Iterable[Match]:
        """Return the first row of each key, others of it settled; a member without offence is that day's one member."""
        offences: dict[Any, set[Any]] = defaultdict(set)
        if self.register is Register.COHORT_MEMBERS:
            for match in matches:
                offences[match.entry.values["index_date"]].add(match.entry.values.get(OFFENCE))
        first: dict[tuple[Any, ...], Match] = {}
        for match in matches:
            key = self._key(match.entry.values)
            others = offences.get(key[0], set()) - {None}
            if len(others) == 1:
                key = (key[0], *others)
            if key in first:
                self._repeat(match, first[key])
            else:
                first[key] = match
        return first.values()

    def _codes_but_for_noughts(
        self, matches: Sequence[Match], known: Mapping[tuple[Any, ...], StoredRow]
    ) -> dict[tuple[Any, ...], str]:
        """Return the stored code that a file's code is but for leading noughts, where each side knows a single one."""
        if self.register is not Register.OFFENCE_CODES:
            return {}
        stored, coming = _by_bare(code for (code,) in known), _by_bare(match.entry.values["code"] for match in matches)
        return {
            (code,): known_as
            for bare, (code, *more) in coming.items()
            for known_as, *others in (stored.get(bare, ["", ""]),)
            if not more and not others and known_as != code
        }

    def _take_code(self, match: Match, stored: StoredRow) -> None:
        """Take a code as the stored one it is but for noughts: what a spreadsheet cut is no correction."""
        match.as_code = stored.values["code"]
        if len(match.entry.values["code"]) < len(match.as_code):
            match.entry.values["code"] = match.as_code
        self._compare(match, stored)

    def _but_for_offence(self, key: tuple[Any, ...], known: dict[tuple[Any, ...], StoredRow]) -> StoredRow | None:
        """Return the stored index event of that day which one side alone gives the offence of, if there is just one."""
        if self.register is not Register.COHORT_MEMBERS:
            return None
        index_date, offence = key
        near = [each for each in known if each[0] == index_date and (offence is None or each[1] is None)]
        return known.pop(near[0]) if len(near) == 1 else None

    def _repeat(self, match: Match, first: Match) -> None:
        """Settle a row whose key stood in the file before: one that contradicts it is left out, another folded into it.

        Blanks contradict nothing, and are filled by what the other row says.
        """
        held, given = first.entry.values, match.entry.values
        if any(name != "person" and held.get(name, value) != value for name, value in given.items()):
            match.outcome, match.against = RowOutcome.CONFLICT, first.entry.row
            return
        match.outcome, match.is_folded = RowOutcome.IGNORED, True
        for name, value in given.items():
            held.setdefault(name, value)

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
            waiting = self._paired(waiting, list(free.values()), free, self._key)
            self._by_outcome(waiting, free)

    def _by_reference(self, matches: Sequence[Match], free: dict[int, StoredRow]) -> list[Match]:
        """Match offences by their references; return those that are still open."""
        named: dict[str, list[Match]] = defaultdict(list)
        waiting = []
        for match in matches:
            reference = match.entry.values.get("reference")
            if reference:
                named[reference].append(match)
            else:
                waiting.append(match)
        known: dict[str, list[StoredRow]] = defaultdict(list)
        for row in free.values() if named else ():
            known[row.values["reference"] or ""].append(row)
        for reference, own in named.items():
            there = known.get(reference, [])
            if not there and len(own) == 1:
                waiting += own
            elif _is_of_case([match.entry.values for match in own], [row.values for row in there]):
                still = self._paired(own, there, free, self._key)
                left = [row for row in there if row.id in free]
                waiting += self._paired(still, left, free, _date_and_code)
            else:
                waiting += self._one_offence(own, there, free)
        return waiting

    def _one_offence(
        self, matches: Sequence[Match], there: Sequence[StoredRow], free: dict[int, StoredRow]
    ) -> list[Match]:
        """Match the rows of one offence's own reference; return the row that stands for them if it is still open."""
        first = matches[0]
        for match in matches:
            if _is_further(match, first):
                first = match
        for match in matches:
            if match is not first:
                self._repeat(match, first)
        found = next((row for row in there if _is_near(first.entry.values, row.values)), None)
        if found is None:
            return [first]
        self._compare(first, free.pop(found.id))
        return []

    def _paired(
        self, matches: Iterable[Match], rows: Iterable[StoredRow], free: dict[int, StoredRow], key: Key
    ) -> list[Match]:
        """Match offences by a key, equal ones first, then of one outcome; return those that are still open."""
        known: dict[tuple[Any, ...], list[StoredRow]] = defaultdict(list)
        for row in rows:
            known[key(row.values)].append(row)
        waiting = list(matches)
        for rule in (self._is_same, _has_outcome, _may_be):
            still = []
            for match in waiting:
                there = known.get(key(match.entry.values), [])
                found = next((row for row in there if rule(match.entry.values, row.values)), None)
                if found is None:
                    still.append(match)
                    continue
                there.remove(found)
                self._take(match, free.pop(found.id))
            waiting = still
        return waiting

    def _is_same(self, new: Values, old: Values) -> bool:
        return _may_be(new, old) and not self._changes(new, old)

    def _take(self, match: Match, stored: StoredRow) -> None:
        """Settle an offence without a reference of its own: it undoes no outcome, and no acquittal or quashing."""
        values = match.entry.values
        stands = stored.values["outcome"] in _CLEARED and values["outcome"] not in _CLEARED
        if stands or (_is_open(values) and not _is_open(stored.values)):
            match.outcome, match.target_id, match.is_folded = RowOutcome.UNCHANGED, stored.id, True
            match.stands = stands and not _is_open(values)
            return
        self._compare(match, stored)
        match.is_folded = not values.get("reference")

    def _by_outcome(self, matches: Iterable[Match], free: dict[int, StoredRow]) -> None:
        """Match an offence that was pending and is decided now; one that a file still calls pending changes nothing."""
        known: dict[tuple[Any, ...], list[StoredRow]] = defaultdict(list)
        for row in free.values():
            known[_date_and_code(row.values)].append(row)
        for match in matches:
            values = match.entry.values
            there = known.get(_date_and_code(values), [])
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


def _by_bare(codes: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in dict.fromkeys(codes):
        found.setdefault(bare_code(code), []).append(code)
    return found


def _date_and_code(values: Values) -> tuple[Any, ...]:
    return values.get("offence_date"), values.get(OFFENCE)


def _is_of_case(coming: Sequence[Values], stored: Sequence[Values]) -> bool:
    """Say whether a reference of these rows covers several offences, on either side or across the two."""
    is_other = bool(stored) and not any(_is_near(new, old) for new in coming for old in stored)
    return is_other or _are_several(coming) or _are_several(stored)


def _are_several(offences: Iterable[Values]) -> bool:
    """Say whether rows of one reference are several offences: of more than one offence date or code."""
    told = [_date_and_code(values) for values in offences]
    return any(len(set(each) - {None}) > 1 for each in zip(*told, strict=True))


def _is_near(new: Values, old: Values) -> bool:
    """Say whether two rows of one reference are one offence: date and code are not both others."""
    pairs = zip(_date_and_code(new), _date_and_code(old), strict=True)
    return not all(one is not None and other is not None and one != other for one, other in pairs)


def _may_be(new: Values, old: Values) -> bool:
    """Say whether two offences can be one: two references of their own are two offences."""
    return not new.get("reference") or not old["reference"] or new["reference"] == old["reference"]


def _has_outcome(new: Values, old: Values) -> bool:
    """Say whether two offences can be one and have the same outcome."""
    return _may_be(new, old) and bool(new["outcome"] == old["outcome"])


def _is_open(values: Values) -> bool:
    """Say whether an offence waits for its outcome."""
    return values["outcome"] == OffenceOutcome.PENDING.value and not values.get("proof_date")


def _is_further(match: Match, other: Match) -> bool:
    """Say whether a row knows an outcome that another of the same reference does not."""
    return _is_open(other.entry.values) and not _is_open(match.entry.values)
