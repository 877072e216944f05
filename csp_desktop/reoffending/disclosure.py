"""Disclosure control: which counts a published table hides, so that nobody can work a small one out.

A count of 1 or 2 (the threshold is a setting) is hidden, and then as many others as it takes that no hidden count
can be worked out from what is published: totals, and people who reoffended against people who did not. Whether it can
is not a rule of thumb: every table is solved (``bounds``), and more is hidden until no hidden cell has one value only
and every small one could, for all that a reader can tell, be large enough to publish.

Several breakdowns of one cohort share its totals. Each is protected against the same ones: what happens to a
breakdown's totals follows from their own values alone (``protect_cohort``), never from the groups, so no breakdown
publishes a total that another hides. Groups of one breakdown that also stand in another (areas within areas), and
tables of cohorts that differ by a few people, are for whoever publishes them to keep apart.

Source: Ministry of Justice, Proven reoffending statistics (small counts replaced by ~); secondary suppression as in
Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from csp_desktop.reoffending.bounds import Cell, Counts, Network, with_totals

SUPPRESSED = "~"
"""What stands in place of a hidden figure."""

Mask = tuple[tuple[bool, ...], ...]
"""Which cells of a table with its totals (last row, last column) are hidden."""

_REOFFENDERS, _OTHERS, _OFFENDERS = range(3)
_Price = Callable[[Cell], int | None]


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """The two settings, independent of each other.

    Counts above 0 and below ``threshold`` are hidden where a table is published; a rate of fewer than ``reliability``
    people is marked as unreliable. Raises ValueError for a threshold below 1 or a reliability below 0.
    """

    threshold: int = 3
    reliability: int = 30

    def __post_init__(self) -> None:
        """Refuse settings that mean nothing."""
        if self.threshold < 1 or self.reliability < 0:
            raise ValueError("a threshold is at least 1, a reliability at least 0")

    def is_small(self, count: int) -> bool:
        """Say whether a count must not be published: above 0 and below the threshold."""
        return 0 < count < self.threshold

    def is_unreliable(self, offenders: int) -> bool:
        """Say whether a rate of so many people must be marked: fewer than 30 by default."""
        return offenders < self.reliability


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """A group's people, those of them who reoffended, and their reoffences. ValueError where these cannot be."""

    offenders: int
    reoffenders: int
    reoffences: int

    def __post_init__(self) -> None:
        """Refuse counts that cannot be: every reoffender is an offender and has a reoffence, nobody else has one."""
        if not 0 <= self.reoffenders <= self.offenders or self.reoffences < self.reoffenders:
            raise ValueError("reoffenders are offenders, each with a reoffence")
        if self.reoffences and not self.reoffenders:
            raise ValueError("reoffences are somebody's")


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden of a group or of a whole cohort. Its offenders are never hidden without its reoffenders."""

    offenders: bool
    reoffenders: bool

    @property
    def outcomes(self) -> bool:
        """Say whether everything that rests on the reoffenders is hidden.

        That is: reoffences, the rate with its interval, reoffences per reoffender and per offender, severity, time to
        the first reoffence, abstinence, and the adjusted rate.
        """
        return self.reoffenders


@dataclass(frozen=True, slots=True)
class ProtectedBreakdown:
    """What is hidden of each group, in the order given, and of the total row."""

    groups: tuple[Hidden, ...]
    total: Hidden


def protect(table: Counts, rules: DisclosureRules) -> Mask:
    """Return which cells to hide of ``table`` (rows of counts, at least one of one) and of its totals.

    The mask has one row and one column more than the table, for the totals. Small counts and small totals are hidden;
    then the smallest others that keep them from being worked out, a total only where no count will do. The total of
    all is hidden only if it is small itself, and then everything is.
    """
    counts = with_totals(table)
    if rules.is_small(counts[-1][-1]):
        return tuple((True,) * len(row) for row in counts)
    hidden = {cell for cell in _cells(counts) if rules.is_small(_count(counts, cell))}
    _hide_more(counts, hidden, _price(counts), rules)
    return tuple(tuple((i, j) in hidden for j in range(len(row))) for i, row in enumerate(counts))


def protect_cohort(counts: GroupCounts, rules: DisclosureRules) -> Hidden:
    """Return what is hidden of a cohort's own figures, whether or not it is broken down."""
    offenders = rules.is_small(counts.offenders)
    others = counts.offenders - counts.reoffenders
    return Hidden(offenders, offenders or rules.is_small(counts.reoffenders) or rules.is_small(others))


def protect_breakdown(groups: Sequence[GroupCounts], rules: DisclosureRules) -> ProtectedBreakdown:
    """Return what is hidden of a breakdown whose groups add up to the cohort.

    Reoffenders are hidden where they, or the offenders less them, are few; offenders where they are few, and then all
    of the group. Reoffences are hidden with the reoffenders and so never single one out: whatever the reoffenders of
    the hidden groups may be, reoffences can be shared out to fit. A group in which nobody or everybody reoffended is
    shown. Of a cohort that is small itself every group is hidden.
    """
    total = protect_cohort(_sum(groups), rules)
    if total.offenders or not groups:
        return ProtectedBreakdown(tuple(Hidden(offenders=True, reoffenders=True) for _ in groups), total)
    counts = with_totals([(group.reoffenders, group.offenders - group.reoffenders) for group in groups])
    last = len(groups)
    hidden = {cell for cell in _cells(counts) if rules.is_small(_count(counts, cell))}
    if total.reoffenders:
        hidden |= {(last, _REOFFENDERS), (last, _OTHERS)}
    fixed = {(last, column) for column in (_REOFFENDERS, _OTHERS, _OFFENDERS)}
    price = _price(counts, fixed, free=_OTHERS)
    before = -1
    while len(hidden) > before:
        before = len(hidden)
        hidden |= {(i, j) for i in range(last) if (i, _OFFENDERS) in hidden for j in (_REOFFENDERS, _OTHERS)}
        _hide_more(counts, hidden, price, rules)
    rows = tuple(Hidden((i, _OFFENDERS) in hidden, (i, _REOFFENDERS) in hidden) for i in range(last))
    return ProtectedBreakdown(rows, total)


def recoverable(table: Counts, mask: Mask, rules: DisclosureRules) -> list[Cell]:
    """Return the hidden cells that do not hold: with one value only, or small and known to be.

    ``table`` comes without and ``mask`` with the totals; rows and columns are counted from 0. A reader is taken to
    know what is published and that counts are whole numbers from 0 on.
    """
    counts = with_totals(table)
    hidden = {cell for cell in _cells(counts) if mask[cell[0]][cell[1]]}
    network = Network(counts)
    return [cell for cell in sorted(hidden) if not _holds(network, cell, hidden, rules)]


def _holds(network: Network, cell: Cell, hidden: set[Cell], rules: DisclosureRules) -> bool:
    """Say whether a hidden cell can be something else, and a small one large enough to publish."""

    def cost(each: Cell) -> int | None:
        return 0 if each in hidden else None

    need = _need(network.counts, cell, rules)
    if network.move(cell, need, cost, up=True)[0] == need:
        return True
    return not rules.is_small(_count(network.counts, cell)) and network.move(cell, 1, cost, up=False)[0] == 1


def _need(counts: Counts, cell: Cell, rules: DisclosureRules) -> int:
    """Return how far up a hidden cell must be able to go: a small one to the threshold, any other to the next value."""
    return rules.threshold - _count(counts, cell) if rules.is_small(_count(counts, cell)) else 1


def _hide_more(counts: Counts, hidden: set[Cell], price: _Price, rules: DisclosureRules) -> None:
    """Add to ``hidden`` what it takes that every cell in it holds.

    A first round takes the reader to know that a hidden count is not 0, as zeros are published: two hidden counts
    that add up to 3 would then be a 1 and a 2. It hides more where that helps; where it cannot help (three
    reoffenders in all, one in one group and two in another), the second round's bounds stand: from 0 on. A cell that
    holds keeps holding as more is hidden, so each is looked at once a round.
    """

    def cost(cell: Cell) -> int | None:
        return 0 if cell in hidden else price(cell)

    careful, plain = Network(counts, least=1), Network(counts)
    for cell in sorted(hidden, key=lambda each: (_count(counts, each), each)):
        if rules.is_small(_count(counts, cell)):
            need = _need(counts, cell, rules)
            went, moved = careful.move(cell, need, cost, up=True)
            hidden |= moved if went == need else set()
    looked_at: set[Cell] = set()
    while left := hidden - looked_at:
        cell = min(left)
        looked_at.add(cell)
        if not _holds(plain, cell, hidden, rules):
            hidden |= plain.move(cell, _need(counts, cell, rules), cost, up=True)[1]


def _price(counts: Counts, fixed: Iterable[Cell] = (), free: int | None = None) -> _Price:
    """Return what it costs to hide a cell as well: the smaller the count, the less; None for what must not be hidden.

    Zeros cost more than any count, and totals more than zeros. A total of 0, the total of all and the cells ``fixed``
    are never hidden; the column ``free`` is not printed and costs nothing.
    """
    last_row, last_column = len(counts) - 1, len(counts[0]) - 1
    whole = counts[-1][-1] + 1
    never = {*fixed, (last_row, last_column)}

    def price(cell: Cell) -> int | None:
        count = _count(counts, cell)
        if cell[0] == last_row or cell[1] == last_column:
            return None if cell in never or count == 0 else whole * whole + count
        if cell[1] == free:
            return 0
        return count or whole

    return price


def _cells(counts: Counts) -> list[Cell]:
    return [(i, j) for i, row in enumerate(counts) for j in range(len(row))]


def _count(counts: Counts, cell: Cell) -> int:
    return counts[cell[0]][cell[1]]


def _sum(groups: Iterable[GroupCounts]) -> GroupCounts:
    offenders = reoffenders = reoffences = 0
    for group in groups:
        offenders += group.offenders
        reoffenders += group.reoffenders
        reoffences += group.reoffences
    return GroupCounts(offenders, reoffenders, reoffences)
