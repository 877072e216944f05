"""What a public table hides: whatever a reader may try, no small count can be worked out."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.reoffending.bounds import with_totals
from csp_desktop.reoffending.disclosure import (
    DisclosureRules,
    GroupCounts,
    Hidden,
    Mask,
    protect,
    protect_breakdown,
    protect_cohort,
    recoverable,
)
from tests.csp_desktop.reoffending.tables import TABLES, Cell, cells_of, possible_tables

RULES = DisclosureRules()
ROOM = 3
LARGE_TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 2, 3, 5, 8, 40, 300]), min_size=width, max_size=width),
        min_size=1,
        max_size=20,
    )
)
Outcome = tuple[int, int, int]
"""Offenders, reoffenders, reoffences."""


def hidden_in(mask: Mask) -> set[Cell]:
    return {(i, j) for i, j in cells_of(mask) if mask[i][j]}


def holds(actual: int, thinkable: set[int], rules: DisclosureRules = RULES) -> bool:
    """Say whether somebody who is left with ``thinkable`` has not learnt the count, nor that it is small."""
    return len(thinkable) > 1 and not (rules.is_small(actual) and max(thinkable) < rules.threshold)


@settings(max_examples=400)
@given(TABLES)
def test_no_hidden_cell_of_a_table_can_be_worked_out(table: list[list[int]]) -> None:
    counts, mask = with_totals(table), protect(table, RULES)
    possible = possible_tables(counts, hidden_in(mask), ROOM)
    assert counts in possible
    for i, j in hidden_in(mask):
        assert holds(counts[i][j], {each[i][j] for each in possible})
    assert recoverable(table, mask, RULES) == []


@given(LARGE_TABLES, st.integers(1, 11))
def test_every_small_cell_is_hidden_and_large_tables_hold_too(table: list[list[int]], threshold: int) -> None:
    rules = DisclosureRules(threshold)
    counts, mask = with_totals(table), protect(table, rules)
    assert all(mask[i][j] for i, j in cells_of(counts) if rules.is_small(counts[i][j]))
    assert recoverable(table, mask, rules) == []


@given(LARGE_TABLES)
def test_a_table_without_small_cells_is_shown_whole(table: list[list[int]]) -> None:
    table = [[0 if RULES.is_small(count) else count for count in row] for row in table]
    assert hidden_in(protect(table, RULES)) == set()


@given(st.lists(st.lists(st.integers(3, 400), min_size=3, max_size=3), min_size=3, max_size=15), st.integers(1, 2))
def test_one_small_cell_takes_no_more_with_it_than_the_cheapest_rectangle(table: list[list[int]], count: int) -> None:
    table = [[count, *table[0][1:]], *table[1:]]
    hidden = hidden_in(protect(table, RULES))
    assert all(i < len(table) and j < 3 for i, j in hidden)
    rectangles = [table[0][j] + table[i][0] + table[i][j] for i in range(1, len(table)) for j in (1, 2)]
    assert sum(table[i][j] for i, j in hidden) <= count + min(rectangles)
    assert len(hidden) in {4, 6}


def test_the_verifier_tells_of_a_cell_that_totals_give_away() -> None:
    table = [[1, 9], [20, 30]]
    alone = ((True, False, False), (False, False, False), (False, False, False))
    assert recoverable(table, alone, RULES) == [(0, 0)]
    in_a_row = ((True, True, False), (False, False, False), (False, False, False))
    assert recoverable(table, in_a_row, RULES) == [(0, 0), (0, 1)]


def test_the_verifier_tells_of_a_cell_known_to_be_small() -> None:
    table = [[1, 1, 9]]
    two_hidden = ((True, True, False, False), (True, True, False, False))
    assert recoverable(table, two_hidden, RULES) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert recoverable(table, two_hidden, DisclosureRules(threshold=2)) == []


def test_the_next_smallest_goes_with_a_small_one() -> None:
    assert hidden_in(protect([[1], [9], [4], [30]], RULES)) == {(0, 0), (2, 0), (0, 1), (2, 1)}


def test_two_that_could_only_be_1_and_2_take_a_third() -> None:
    assert {i for i, _ in hidden_in(protect([[1], [2], [4], [30]], RULES))} == {0, 1, 2}
    assert {i for i, _ in hidden_in(protect([[1], [2]], RULES))} == {0, 1}


def test_a_small_total_of_all_hides_everything() -> None:
    assert protect([[2, 0], [0, 0]], RULES) == ((True,) * 3,) * 3
    assert hidden_in(protect([[0, 0]], RULES)) == set()


@st.composite
def groups(draw: st.DrawFn) -> list[GroupCounts]:
    """Return up to three small groups, so that everything a reader could think of can be counted up."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        offenders = draw(st.sampled_from([0, 1, 2, 3, 4]))
        reoffenders = draw(st.integers(0, offenders))
        more = draw(st.integers(0, 2)) if reoffenders else 0
        found.append(GroupCounts(offenders, reoffenders, reoffenders + more))
    return found


def thinkable_outcomes(group: GroupCounts, hidden: Hidden, most: Outcome) -> set[Outcome]:
    """Return what a group could be for a reader who sees what is not hidden of it and knows the most there can be."""
    return {
        (offenders, reoffenders, reoffences)
        for offenders in (range(most[0] + 1) if hidden.offenders else (group.offenders,))
        for reoffenders in (range(min(offenders, most[1]) + 1) if hidden.reoffenders else (group.reoffenders,))
        for reoffences in (range(reoffenders, most[2] + 1) if hidden.outcomes else (group.reoffences,))
        if reoffenders <= offenders and (reoffences > 0) == (reoffenders > 0)
    }


def plus(sums: set[Outcome], more: set[Outcome], most: Outcome) -> set[Outcome]:
    added = {(a + x, b + y, c + z) for a, b, c in sums for x, y, z in more}
    return {each for each in added if all(one <= end for one, end in zip(each, most, strict=True))}


def fitting_outcomes(
    found: Sequence[GroupCounts], hidden: Sequence[Hidden], total: Hidden, shown: Outcome
) -> list[set[Outcome]]:
    """Return for each group every outcome that, with some outcomes of the others, adds up to the totals shown."""
    room = (total.offenders, total.reoffenders, total.outcomes)
    most = (
        shown[0] + ROOM * room[0],
        shown[1] if not room[1] else shown[0] + ROOM * room[0],
        shown[2] if not room[2] else shown[2] + ROOM,
    )
    each = [thinkable_outcomes(group, covered, most) for group, covered in zip(found, hidden, strict=True)]
    nothing = {(0, 0, 0)}
    before = list(accumulate(each, lambda sums, more: plus(sums, more, most), initial=nothing))
    after = list(accumulate(reversed(each), lambda sums, more: plus(sums, more, most), initial=nothing))[::-1]

    def seen(outcome: Iterable[int]) -> Outcome:
        one, two, three = (0 if unknown else part for part, unknown in zip(outcome, room, strict=True))
        return one, two, three

    left = []
    for i, outcomes in enumerate(each):
        others = set(map(seen, plus(before[i], after[i + 1], most)))
        left.append(
            {one for one in outcomes if seen(end - part for end, part in zip(shown, one, strict=True)) in others}
        )
    return left


def figures(outcome: Outcome) -> tuple[int, int, int, int]:
    """Return the four counts that a reader may be after: the three, and those who did not reoffend."""
    offenders, reoffenders, reoffences = outcome
    return offenders, reoffenders, offenders - reoffenders, reoffences


def added(found: Iterable[GroupCounts]) -> GroupCounts:
    found = list(found)
    return GroupCounts(
        sum(group.offenders for group in found),
        sum(group.reoffenders for group in found),
        sum(group.reoffences for group in found),
    )


@settings(max_examples=150)
@given(groups())
def test_no_hidden_figure_of_a_breakdown_can_be_worked_out(found: list[GroupCounts]) -> None:
    protected, whole = protect_breakdown(found, RULES), added(found)
    shown = (whole.offenders, whole.reoffenders, whole.reoffences)
    left = fitting_outcomes(found, protected.groups, protected.total, shown)
    for group, hidden, outcomes in zip(found, protected.groups, left, strict=True):
        actual = figures((group.offenders, group.reoffenders, group.reoffences))
        covered = (hidden.offenders, hidden.reoffenders, hidden.reoffenders, hidden.outcomes)
        for place, value in enumerate(actual):
            assert covered[place] or not RULES.is_small(value)
            if figures(shown)[place] == 0:
                continue  # a total of 0 is shown, and says that it is 0 in every group
            assert not covered[place] or holds(value, {figures(one)[place] for one in outcomes})


@given(
    st.lists(st.tuples(st.sampled_from([0, 0, 1, 2, 3, 4, 9, 70]), st.sampled_from([0, 1, 2, 3, 5, 30])), max_size=20),
    st.integers(1, 6),
)
def test_large_breakdowns_hold_too(pairs: list[tuple[int, int]], threshold: int) -> None:
    rules = DisclosureRules(threshold)
    protected = protect_breakdown([GroupCounts(some + others, some, some) for some, others in pairs], rules)
    masks = [(hidden.reoffenders, hidden.reoffenders, hidden.offenders) for hidden in protected.groups]
    if pairs and not protected.total.offenders:
        mask = (*masks, (protected.total.reoffenders, protected.total.reoffenders, False))
        given_away = recoverable(pairs, mask, rules)
        assert all(pairs[i][j] == sum(pair[j] for pair in pairs) == 0 for i, j in given_away)


@given(groups())
def test_what_is_hidden_of_the_totals_does_not_depend_on_the_groups(found: list[GroupCounts]) -> None:
    assert protect_breakdown(found, RULES).total == protect_cohort(added(found), RULES)


@given(groups())
def test_offenders_are_never_hidden_without_their_outcomes(found: list[GroupCounts]) -> None:
    protected = protect_breakdown(found, RULES)
    assert all(hidden.outcomes for hidden in (*protected.groups, protected.total) if hidden.offenders)


@given(st.lists(st.tuples(st.integers(3, 500), st.integers(3, 500)), max_size=60))
def test_a_breakdown_without_small_counts_is_shown_whole(pairs: list[tuple[int, int]]) -> None:
    found = [GroupCounts(reoffenders + others, reoffenders, 2 * reoffenders) for reoffenders, others in pairs]
    protected = protect_breakdown(found, RULES)
    assert not any(hidden.reoffenders for hidden in (*protected.groups, protected.total))


def test_few_reoffenders_take_the_next_fewest_with_them() -> None:
    found = [GroupCounts(40, 1, 6), GroupCounts(50, 20, 44), GroupCounts(90, 7, 9), GroupCounts(30, 0, 0)]
    protected = protect_breakdown(found, RULES)
    assert [hidden.reoffenders for hidden in protected.groups] == [True, False, True, False]
    assert not any(hidden.offenders for hidden in protected.groups)


def test_few_who_did_not_reoffend_are_as_few_who_did() -> None:
    found = [GroupCounts(40, 39, 90), GroupCounts(50, 20, 44), GroupCounts(90, 50, 99)]
    assert [hidden.reoffenders for hidden in protect_breakdown(found, RULES).groups] == [True, True, False]


def test_few_offenders_hide_their_group_whole_and_the_next_smallest() -> None:
    found = [GroupCounts(2, 0, 0), GroupCounts(50, 20, 44), GroupCounts(9, 4, 9)]
    assert protect_breakdown(found, RULES).groups == (
        Hidden(offenders=True, reoffenders=True),
        Hidden(offenders=False, reoffenders=False),
        Hidden(offenders=True, reoffenders=True),
    )


def test_a_cohort_of_two_is_hidden_in_every_group() -> None:
    protected = protect_breakdown([GroupCounts(2, 1, 1), GroupCounts(0, 0, 0)], RULES)
    assert protected.groups == (protected.total,) * 2 == (Hidden(offenders=True, reoffenders=True),) * 2


def test_a_cohort_with_two_reoffenders_hides_them_and_those_who_did_not() -> None:
    found = [GroupCounts(12, 2, 5), GroupCounts(38, 0, 0)]
    protected = protect_breakdown(found, RULES)
    assert protected.total == Hidden(offenders=False, reoffenders=True)
    assert [hidden.reoffenders for hidden in protected.groups] == [True, False]


def test_no_groups_have_nothing_to_hide() -> None:
    protected = protect_breakdown([], RULES)
    assert (protected.groups, protected.total) == ((), Hidden(offenders=False, reoffenders=False))


def test_a_threshold_of_1_hides_nothing() -> None:
    rules = DisclosureRules(threshold=1)
    assert hidden_in(protect([[1, 2], [1, 0]], rules)) == set()
    assert not protect_cohort(GroupCounts(2, 1, 1), rules).outcomes


def test_a_rate_of_fewer_than_30_people_is_unreliable() -> None:
    assert [RULES.is_unreliable(offenders) for offenders in (0, 29, 30)] == [True, True, False]
    assert not DisclosureRules(reliability=10).is_unreliable(29)


@pytest.mark.parametrize("counts", [(3, 4, 4), (3, -1, 0), (3, 2, 1), (3, 0, 1)])
def test_counts_that_cannot_be_are_refused(counts: Outcome) -> None:
    with pytest.raises(ValueError, match="reoff"):
        GroupCounts(*counts)


@pytest.mark.parametrize("settings", [(0, 30), (3, -1)])
def test_settings_that_mean_nothing_are_refused(settings: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="threshold"):
        DisclosureRules(*settings)
