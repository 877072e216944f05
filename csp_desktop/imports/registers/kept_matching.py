"""Which stored row of a kept register each row of a file is.

By its ref, where the register has refs and the row gives a known one; else by what tells the register's rows apart,
texts folded. A part of that which a row leaves blank may be any, so long as one row alone is meant. A ref of digits
alone numbers the lines of a file, and tells nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from csp_desktop.imports.registers.entries import Entry
from csp_desktop.recording import encode
from csp_desktop.registers.forms import FieldKind, Form, Register
from csp_desktop.registers.kept import kept_of
from csp_desktop.registers.reading import Entry as StoredEntry
from csp_desktop.rules.folding import fold
from models.vocabulary import RowOutcome

Key = tuple[Any, ...]
_WITHOUT: Mapping[Register, Mapping[str, str]] = {Register.MINUTES: {"number": "title"}}
"""By register: by what else rows are known that leave a part of their key to the program."""


@dataclass(slots=True)
class KeptMatch:
    """What becomes of one row.

    ``given`` are the staged values to write: all of a new row's, those that change of a stored one's. ``changes`` are
    old and new by field, as shown. ``against`` is the row of the file that it contradicts, ``kept`` the fields that are
    blank here and stay; ``refused`` is what the store refuses it for, by field.
    """

    entry: Entry
    outcome: RowOutcome = RowOutcome.NEW
    target_id: int | None = None
    given: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, list[Any]] = field(default_factory=dict)
    is_folded: bool = False
    against: int | None = None
    kept: tuple[str, ...] = ()
    refused: tuple[str, str] | None = None
    warned: tuple[str, str] | None = None
    key: Key = ()

    def refuse(self, field_name: str, sentence: str) -> None:
        """Leave the row out."""
        self.outcome, self.refused = RowOutcome.ERROR, (field_name, sentence)


class KeptRows:
    """The stored rows of a kept register by their refs and keys."""

    def __init__(self, form: Form, stored: Sequence[StoredEntry]) -> None:
        self._form = form
        kept = kept_of(form.register)
        self.key = kept.key
        self.has_refs = bool(kept.ref)
        self.by_id = {row.id: row for row in stored}
        self._refs = {fold(row.text("ref")): row.id for row in stored} if self.has_refs else {}
        self._parts: dict[tuple[str, Any], list[int]] = defaultdict(list)
        for row in stored:
            for name in {*self.key, *_WITHOUT.get(form.register, {}).values()}:
                self._parts[name, self._held(row, name)].append(row.id)

    def key_of(self, values: Mapping[str, Any]) -> Key:
        """Return what tells a row of a file from others: name and value of each part that it gives."""
        instead = _WITHOUT.get(self._form.register, {})
        names = dict.fromkeys(name if values.get(name) is not None else instead.get(name, name) for name in self.key)
        parts = ((name, _part(values.get(name))) for name in names)
        return tuple(part for part in parts if part[1] is not None)

    def by_ref(self, ref: object) -> int | None:
        """Return the row of a ref, None where none is."""
        return self._refs.get(fold(str(ref))) if ref else None

    def by_key(self, key: Key) -> list[int]:
        """Return the rows that a key may mean: the one that is exactly so, or all that it leaves open."""
        if not key:
            return []
        found = set.intersection(*(set(self._parts.get(part, ())) for part in key))
        given = {name for name, _ in key}
        blank = [each for each in found if all(self._is_blank(each, name) for name in self.key if name not in given)]
        return blank if len(blank) == 1 else sorted(found)

    def _is_blank(self, row_id: int, name: str) -> bool:
        return self._held(self.by_id[row_id], name) is None

    def _held(self, row: StoredEntry, name: str) -> Any:
        if self._form.by_name[name].kind is FieldKind.NAME:
            return row.ids[name]
        return _part(encode(row.values[name]))


def _part(value: Any) -> Any:
    """Return a part of a key as it is compared, None for a blank one."""
    return fold(value) or None if isinstance(value, str) else value


def once_each(matches: Iterable[KeptMatch]) -> list[KeptMatch]:
    """Return the first row of each key, others of it settled: folded into it, or left out where they contradict it.

    Blanks contradict nothing, and are filled by what the other row says.
    """
    first: dict[Key, KeptMatch] = {}
    alone: list[KeptMatch] = []
    for match in matches:
        if match.key and match.key in first:
            repeat(match, first[match.key])
        else:
            first[match.key] = match
            alone.append(match)
    return alone


def repeat(match: KeptMatch, first: KeptMatch) -> None:
    """Settle a row that stood in the file before; in other letters it is still the same."""
    held, given = first.entry.values, match.entry.values
    same = {name for name, _ in match.key}
    if any(held.get(name, value) != value for name, value in given.items() if name not in same):
        match.outcome, match.against = RowOutcome.CONFLICT, first.entry.row
        return
    match.outcome, match.is_folded = RowOutcome.IGNORED, True
    for name, value in given.items():
        held.setdefault(name, value)
