"""Cells that a sort parted from their rows: what they say stands beside another action's Ref, or may do.

A spreadsheet lets its owner sort some columns and leave the others where they are. What the cells said when they went
out shows which columns went along; where nothing shows it, a cell beside them is taken for no action's.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from csp_desktop.exports.layout import COLUMNS, Kind
from csp_desktop.imports.returns.sent_out import TITLES, Said, SentOut

_LEAST_MOVED = 3
_MOST = 0.6
_NOT_THE_OWNERS = frozenset({"title", "last_update", "milestone.title", "milestone.action"})
"""Columns in which nobody writes what another row says."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that says which it is: ``by_ref`` and ``by_row_id`` name rows of the base, None where they name none."""

    at: int
    by_ref: str | None
    by_row_id: str | None
    said: Said

    @property
    def disagrees(self) -> bool:
        """Say whether its Ref and its row id name two different rows."""
        return self.by_ref is not None and self.by_row_id is not None and self.by_ref != self.by_row_id


def votes(key: str, pairs: Iterable[tuple[Said, str | None, str | None]], sent: SentOut) -> tuple[int, int]:
    """Return how many cells of a column say what the one row said, and how many what the other did.

    ``pairs``: what a row says, and the two rows of the base that it may be, None for none.
    """
    one = other = 0
    for said, first, second in pairs:
        text = said.get(key, "")
        before = sent.base[first].get(key, "") if first is not None else None
        after = sent.base[second].get(key, "") if second is not None else None
        if before != after and (text or (before is not None and after is not None)):
            one += text == before
            other += text == after
    return one, other


class Adrift:
    """Finds the columns of each row that are adrift. ``rows``: which row of the base each claim is, None for none."""

    def __init__(self, sent: SentOut, claims: Sequence[Claim], rows: Mapping[int, str | None]) -> None:
        self._sent = sent
        self._claims = claims
        self._rows = rows
        self._own = [(claim, row) for claim in claims if (row := rows[claim.at]) is not None]
        self.found: dict[int, frozenset[str]] = {}

    def add(self, at: int, columns: frozenset[str]) -> None:
        """Add columns of a row that are known to be adrift."""
        if columns:
            self.found[at] = self.found.get(at, frozenset()) | columns

    def find(self) -> dict[int, frozenset[str]]:
        """Return, by row, the columns that are adrift."""
        self._find_guests()
        self._find_bereft()
        self._find_torn()
        return self.found

    def leave_behind(self, claim: Claim) -> None:
        """Find cells of a row that was settled by itself which are the other row's: what only that one said."""
        row = self._rows[claim.at]
        other = claim.by_row_id if row == claim.by_ref else claim.by_ref
        if row is None or other is None:
            return
        base, sent = self._sent.base, self._sent
        gone = {
            key
            for key in sent.order
            if _is_lent(key, base[row], claim.said, base[other]) and claim.said[key] in sent.homes(key)
        }
        if gone:
            stayed = {key for key in sent.order if _is_lent(key, base[other], claim.said, base[row])}
            self.add(claim.at, sent.beside(gone, stayed))

    def _find_guests(self) -> None:
        """Find rows that say what went out in another row: nobody writes another action's very title into a row."""
        guests: dict[int, str] = {}
        for key in self._sent.order:
            here = {
                claim.at: home
                for claim, row in self._own
                if key not in self.found.get(claim.at, ()) and (home := self._other_home(claim, row, key)) is not None
            }
            if key in _NOT_THE_OWNERS:
                guests = here | guests
            else:
                self._find_reordered(key)
        parted = [(claim.said, guests[claim.at], row) for claim, row in self._own if claim.at in guests]
        if not parted:
            return
        counted = {key: votes(key, parted, self._sent) for key in self._sent.order}
        gone = {key for key, (moved, stayed) in counted.items() if moved > stayed}
        stayed_there = {key for key, (moved, stayed) in counted.items() if stayed > moved}
        behind = self._sent.beside(gone, stayed_there)
        for at in guests:
            self.add(at, behind)

    def _find_reordered(self, key: str) -> None:
        """Find a column whose cells are its own in another order, though an owner may change each of them.

        What came into the rows that differ is what left them; or most of it is, and the column stands in order now or
        several cells say what another row alone said. Words that left their row for another are as telling.
        """
        base = self._sent.base
        unlike = [
            (claim, row)
            for claim, row in self._own
            if key not in self.found.get(claim.at, ()) and claim.said.get(key, "") != base[row].get(key, "")
        ]
        if not self._is_moved(key, unlike):
            return
        stayed = {
            each for each in self._sent.order if any(each in self._as_sent(claim.said, row) for claim, row in unlike)
        }
        behind = self._sent.beside({key}, stayed - {key})
        for claim, _ in unlike:
            self.add(claim.at, behind)
        if len(unlike) >= _LEAST_MOVED:  # of rows whose cell here is blank either way nothing tells whether they moved
            for claim, _ in self._own:
                self.add(claim.at, behind - {key})

    def _is_moved(self, key: str, unlike: Sequence[tuple[Claim, str]]) -> bool:
        """Say whether the cells of a column that differ say what went out in others of its rows."""
        came = Counter(claim.said.get(key, "") for claim, _ in unlike)
        left = Counter(self._sent.base[row].get(key, "") for _, row in unlike)
        homes = [home for claim, row in unlike if (home := self._other_home(claim, row, key)) is not None]
        bereft = {row for _, row in unlike}
        if COLUMNS[key].kind is Kind.TEXT and any(home in bereft for home in homes):
            return True
        if len(unlike) < _LEAST_MOVED:
            return False
        is_mostly = sum((came & left).values()) >= len(unlike) * _MOST
        return came == left or (is_mostly and (len(homes) >= _LEAST_MOVED or self._is_in_order(key)))

    def _is_in_order(self, key: str) -> bool:
        """Say whether a column's filled cells stand in order from the top, or from the bottom."""
        texts = [claim.said[key].casefold() for claim in self._claims if claim.said.get(key)]
        return texts in (sorted(texts), sorted(texts, reverse=True))

    def _other_home(self, claim: Claim, row: str, key: str) -> str | None:
        """Return the other row that a cell's text went out in, None where it is its own row's or nobody's."""
        said = claim.said.get(key, "")
        home = self._sent.homes(key).get(said)
        return home if said != self._sent.base[row].get(key, "") and home != row else None

    def _find_bereft(self) -> None:
        """Find rows whose own words stand in another row, and in them no more: a sort took a row without an id."""
        base = self._sent.base
        by_row = {row: claim for claim, row in self._own}
        for key in _NOT_THE_OWNERS.intersection(self._sent.order):
            for guest in self._claims:
                row = self._sent.homes(key).get(guest.said.get(key, ""))
                own = by_row.get(row or "")
                if row is None or own is None or own is guest or own.said.get(key, "") == base[row][key]:
                    continue
                gone = {each for each in self._sent.order if _is_lent(each, own.said, guest.said, base[row])}
                self.add(own.at, self._sent.beside(gone, self._as_sent(own.said, row)))

    def _find_torn(self) -> None:
        """Find rows of which a part is another's that is in the file no more: what is there to be read is not theirs.

        Either their hidden id is gone where other rows have theirs, or they bear another title.
        """
        base = self._sent.base
        has_row_ids = sum(claim.by_row_id is not None for claim in self._claims) * 2 >= len(self._claims)
        read_only = [key for key in self._sent.order if COLUMNS[key].is_read_only]
        for claim, row in self._own:
            is_titled = self._sent.bears_out(claim.said, row)
            if is_titled and (claim.by_row_id is not None or not has_row_ids):
                continue
            gone = {key for key in read_only if base[row].get(key) and claim.said.get(key, "") != base[row][key]}
            if gone:
                titles = set() if is_titled else {key for key in TITLES if key in self._sent.order}
                self.add(claim.at, self._sent.beside(gone | titles, self._as_sent(claim.said, row) - titles))

    def _as_sent(self, said: Said, row: str) -> set[str]:
        """Return the columns in which a row says what it said."""
        before = self._sent.base[row]
        return {key for key in self._sent.order if before.get(key) and said.get(key, "") == before[key]}


def _is_lent(key: str, own: Said, guest: Said, base: Said) -> bool:
    """Say whether what a row said when it went out stands in another row, and not in it any more."""
    before = base.get(key, "")
    return bool(before) and guest.get(key, "") == before != own.get(key, "")
