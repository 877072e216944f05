"""Which action each row of a returned table is, by the Ref that its owner sees and the row id that they do not.

Either can go wrong: sorting some of the columns parts them from their rows, copying a row doubles both, filling down
rewrites the Ref. What the cells said when the workbook went out decides between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from csp_desktop.imports.returns.adrift import Adrift, Claim, votes
from csp_desktop.imports.returns.sent_out import Said, SentOut

_PARTIAL_SORT = 2
_CLEARLY = 1.5


@dataclass(slots=True)
class Identified:
    """Which row of the base each row is, by its place in the list of claims.

    ``rows``: None for a row that went out with none. ``copies``: rows that are another's copy, with whose. ``unclear``:
    rows whose Ref and row id disagree beyond telling, with both, or with the one that is not borne out. ``adrift``: by
    row, the columns that a sort parted from it: what they say belongs to no row for certain.
    """

    rows: dict[int, str | None] = field(default_factory=dict)
    copies: dict[int, str] = field(default_factory=dict)
    unclear: dict[int, tuple[str, str]] = field(default_factory=dict)
    adrift: Mapping[int, frozenset[str]] = field(default_factory=dict)


def identify(claims: Sequence[Claim], base: Mapping[str, Said], order: Sequence[str]) -> Identified:
    """Return which row each claim is. ``order``: the keys of the table's columns from the left."""
    return _Identity(claims, SentOut(base, order)).find()


class _Identity:
    """Settles which row each claim is, those that stand together first."""

    def __init__(self, claims: Sequence[Claim], sent: SentOut) -> None:
        self._claims = claims
        self._sent = sent
        self._found = Identified(rows={claim.at: claim.by_ref or claim.by_row_id for claim in claims})

    def find(self) -> Identified:
        """Return what was found."""
        parted = _parted(self._claims)
        behind = frozenset[str]()
        alone: list[Claim] = []
        if len(parted) >= _PARTIAL_SORT and _is_unique(parted):
            behind = self._settle_sorted(parted)
        else:
            alone = [claim for claim in parted if claim.disagrees]
            for claim in alone:
                self._settle_alone(claim)
        self._doubt_hidden_ids()
        self._part_copies()
        adrift = Adrift(self._sent, self._claims, self._found.rows)
        for claim in parted:
            adrift.add(claim.at, behind)
        for claim in alone:
            adrift.leave_behind(claim)
        self._found.adrift = adrift.find()
        return self._found

    def _settle_sorted(self, claims: Sequence[Claim]) -> frozenset[str]:
        """Settle rows whose Refs and row ids were parted by a sort: each column went with the one or with the other.

        The Ref is what the owner saw beside the cells. Returns the columns that stayed behind with the row ids.
        """
        pairs = [(claim.said, claim.by_ref, claim.by_row_id) for claim in claims]
        counted = {key: votes(key, pairs, self._sent) for key in self._sent.order}
        with_ref = {key for key, (ref, row_id) in counted.items() if ref > row_id}
        with_row_id = {key for key, (ref, row_id) in counted.items() if row_id > ref}
        by_row_id = bool(with_row_id) and not with_ref
        for claim in claims:
            self._found.rows[claim.at] = claim.by_row_id if by_row_id else claim.by_ref
        return self._sent.beside(with_row_id, with_ref) if with_ref else frozenset()

    def _settle_alone(self, claim: Claim) -> None:
        """Settle one row by what its cells say: one of the two is taken only where it is clearly the closer."""
        ref, row_id = claim.by_ref or "", claim.by_row_id or ""
        by_ref, by_row_id = self._sent.likeness(claim.said, ref), self._sent.likeness(claim.said, row_id)
        if by_ref > by_row_id * _CLEARLY:
            self._found.rows[claim.at] = ref
        elif by_row_id > by_ref * _CLEARLY:
            self._found.rows[claim.at] = row_id
        else:
            self._found.rows[claim.at] = None
            self._found.unclear[claim.at] = (ref, row_id)

    def _doubt_hidden_ids(self) -> None:
        """Ask about rows whose hidden id alone is left, beside words that have nothing to do with its action."""
        for claim in self._claims:
            row = self._found.rows[claim.at]
            if claim.by_ref is None and row is not None and not self._sent.bears_out(claim.said, row):
                self._found.rows[claim.at] = None
                self._found.unclear[claim.at] = (row, "")

    def _part_copies(self) -> None:
        """Let of several rows with one id the most similar keep it; the others are copies.

        Where each of them was given another title, nobody can tell which was first: all of them are asked about.
        """
        by_row: dict[str, list[Claim]] = {}
        for claim in self._claims:
            row = self._found.rows[claim.at]
            if row is not None:
                by_row.setdefault(row, []).append(claim)
        for row, those in by_row.items():
            if len(those) == 1:
                continue
            ranks = {claim.at: self._rank(claim, row) for claim in those}
            best = max(ranks.values())
            is_titled, *_ = best
            for claim in those:
                if not is_titled or ranks[claim.at] != best:
                    self._found.rows[claim.at] = None
                    self._found.copies[claim.at] = row

    def _rank(self, claim: Claim, row: str) -> tuple[bool, float, int]:
        """Return how good a row's claim is: by its title first, for a copy is given another; then the upper row."""
        return self._sent.is_titled(claim.said, row), self._sent.likeness(claim.said, row), -claim.at


def _parted(claims: Sequence[Claim]) -> list[Claim]:
    """Return the rows whose Ref and row id do not stand together: they disagree, or each stands in a row of its own.

    The latter is how a sort of some columns leaves a row that its owner had put in, which has neither.
    """
    whole = {claim.by_ref for claim in claims if claim.by_ref is not None and claim.by_ref == claim.by_row_id}
    refs = {claim.by_ref for claim in claims} - whole
    row_ids = {claim.by_row_id for claim in claims} - whole
    return [
        claim
        for claim in claims
        if claim.disagrees
        or (claim.by_row_id is None and claim.by_ref is not None and claim.by_ref in row_ids)
        or (claim.by_ref is None and claim.by_row_id is not None and claim.by_row_id in refs)
    ]


def _is_unique(claims: Sequence[Claim]) -> bool:
    """Say whether no two rows bear the same Ref."""
    refs = [claim.by_ref for claim in claims if claim.by_ref is not None]
    return len(refs) == len(set(refs))
