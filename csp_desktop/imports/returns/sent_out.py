"""What the rows of a workbook said when it went out, and how a row that came back is told by it."""

from collections.abc import Iterable, Mapping, Sequence

from csp_desktop.exports.layout import COLUMNS, Kind
from csp_desktop.imports.matching import likeness
from csp_desktop.rules.folding import fold

Said = Mapping[str, str]
"""What the cells of a row say, by column key, as they are compared."""

_REWORDED = 0.85
TITLES = ("title", "milestone.title")


class SentOut:
    """The base of one kind of rows. ``order`` are the columns of the returned table from the left, without the ids."""

    def __init__(self, base: Mapping[str, Said], order: Sequence[str]) -> None:
        self.base = base
        self.order = tuple(key for key in order if COLUMNS[key].kind not in {Kind.REF, Kind.ROW_ID})
        self._weights = _distinctness(base.values(), self.order)
        self._homes: dict[str, dict[str, str]] = {}

    def likeness(self, said: Said, row: str) -> float:
        """Return how alike a row is to a row of the base: a cell that says the same counts as its column tells."""
        before = self.base[row]
        return sum(weight for key, weight in self._weights.items() if before.get(key) and said.get(key) == before[key])

    def bears_out(self, said: Said, row: str) -> bool:
        """Say whether a row's title is that of a row of the base, be it reworded."""
        before, now = _title(self.base[row]), _title(said)
        if self.base[row].get("milestone.ref"):  # a milestone stands by its action: its title is the owner's to change
            return now == before or said.get("milestone.ref", "").upper() == self.base[row]["milestone.ref"].upper()
        return not now or not before or is_reworded(now, before)

    def is_titled(self, said: Said, row: str) -> bool:
        """Say whether a row bears the very title of a row of the base."""
        return bool(_title(said)) and _title(said) == _title(self.base[row])

    def homes(self, key: str) -> Mapping[str, str]:
        """Return the row of each text of a column that went out in one row alone."""
        if key not in self._homes:
            rows: dict[str, list[str]] = {}
            for row, said in self.base.items():
                if said.get(key):
                    rows.setdefault(said[key], []).append(row)
            self._homes[key] = {text: those[0] for text, those in rows.items() if len(those) == 1}
        return self._homes[key]

    def beside(self, moved: Iterable[str], stayed: Iterable[str]) -> frozenset[str]:
        """Return the columns that went with ``moved``: those, and the ones beside them that nothing else tells of.

        Beside them now, or beside them as they went out: the columns may have been put in another order since.
        """
        known = dict.fromkeys(moved, True) | dict.fromkeys(stayed, False)
        found = {key for key, went in known.items() if went}
        sent = tuple(key for key in COLUMNS if key in self.order)
        for ordered in (self.order, self.order[::-1], sent, sent[::-1]):
            last = False
            for key in ordered:
                last = known.get(key, last)
                if last and key not in known:
                    found.add(key)
        return frozenset(found)


def is_reworded(one: str, other: str) -> bool:
    """Say whether two titles differ by little: much less than two actions of one plan may."""
    return fold(one) == fold(other) or likeness(fold(one), fold(other)) >= _REWORDED


def _title(said: Said) -> str:
    return next((said[key] for key in TITLES if said.get(key)), "")


def _distinctness(rows: Iterable[Said], keys: Iterable[str]) -> dict[str, float]:
    """Return by column how many of its filled cells differ from each other, as a share of one."""
    values: dict[str, list[str]] = {key: [] for key in keys}
    for said in rows:
        for key, texts in values.items():
            if said.get(key):
                texts.append(said[key])
    return {key: len(set(texts)) / len(texts) for key, texts in values.items() if texts}
