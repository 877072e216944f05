"""The same offence from two systems counts once; two alike offences of one day in one system are two.

With a reference, rows of one reference are one offence. Without, each (offence date, code, proof date) is kept as often
as the load with the most of them holds it. Loads fold what they bring by this rule as they come in; it is needed once
more where two ids turn out to be one person.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an offence: ``source`` is where it came from (an id and a load), ``alike`` what makes rows alike."""

    row: int
    source: Hashable
    alike: Hashable
    reference: str | None = None


def once_each(entries: Iterable[Entry]) -> list[Entry]:
    """Return the rows to count, in their order; the first row of what is the same offence stands for it."""
    kept: list[Entry] = []
    references: set[str] = set()
    by_alike: dict[Hashable, Counter[Hashable]] = {}
    taken: Counter[Hashable] = Counter()
    for entry in entries:
        if entry.reference is not None:
            if entry.reference not in references:
                references.add(entry.reference)
                kept.append(entry)
            continue
        seen = by_alike.setdefault(entry.alike, Counter())
        seen[entry.source] += 1
        if seen[entry.source] > taken[entry.alike]:
            taken[entry.alike] += 1
            kept.append(entry)
    return kept
