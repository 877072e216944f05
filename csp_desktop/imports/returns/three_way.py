"""Three-way merge of one cell: what went out, what the owner's cell says now, what the office holds now.

Texts are compared as ``Comparison`` finds them equal: days, percentages and list words by their meaning, names in any
order and way of writing, other text letter by letter once tidied.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache

from csp_desktop.exports.layout import Kind
from csp_desktop.exports.positions import tidied
from csp_desktop.imports.merged import Verdict
from csp_desktop.rules.folding import fold
from csp_desktop.rules.names import Organisations, name_words, split_names
from models.vocabulary import CellChoice

_BY_CHOICE = {CellChoice.THEIRS: Verdict.TAKEN, CellChoice.MINE: Verdict.KEPT, CellChoice.BOTH: Verdict.JOINED}


class Comparison:
    """Says whether two texts of a column are the same to whoever reads them."""

    def __init__(self, organisations: Organisations) -> None:
        self._names: Callable[[str], frozenset[str]] = lru_cache(maxsize=4_096)(
            lambda text: frozenset(_name(each.name) for each in split_names(text, organisations).names)
        )

    def same(self, kind: Kind, one: str, other: str) -> bool:
        """Say whether two texts mean the same."""
        if one == other:
            return True
        if not one or not other:
            return False
        if kind is Kind.NAMES:
            return bool(self._names(one)) and self._names(one) == self._names(other)
        if kind is Kind.TEXT:
            return tidied(one) == tidied(other)
        return fold(one) == fold(other)


def _name(name: str) -> str:
    return " ".join(sorted(name_words(name))) or fold(name)


@dataclass(frozen=True, slots=True)
class Sides:
    """The three sides of a cell, as texts; ``kept`` are words of the owner's that somebody kept out before."""

    base: str
    theirs: str
    mine: str
    kept: Collection[str] = ()


def merge_cell(
    kind: Kind, sides: Sides, comparison: Comparison, choice: CellChoice | None, *, confirms_clears: bool
) -> Verdict | None:
    """Return what becomes of a cell, None where nothing does: the owner changed nothing, or both sides agree.

    ``choice`` is what a person decided of this cell. A blank is listed as a clear until it is confirmed.
    """
    if comparison.same(kind, sides.theirs, sides.base) or comparison.same(kind, sides.theirs, sides.mine):
        return None
    if any(comparison.same(kind, sides.theirs, words) for words in sides.kept) and choice is None:
        return None
    if choice is not None:
        return _BY_CHOICE[choice]
    if not comparison.same(kind, sides.mine, sides.base):
        return Verdict.CONFLICT
    if not sides.theirs:
        return Verdict.TAKEN if confirms_clears else Verdict.CLEAR
    return Verdict.TAKEN


def joined(mine: str, theirs: str, *, on_one_line: bool) -> str:
    """Return both texts, the office's first; one that holds the other is both."""
    if theirs in mine:
        return mine
    if mine in theirs:
        return theirs
    return f"{mine}{' / ' if on_one_line else chr(10)}{theirs}"
