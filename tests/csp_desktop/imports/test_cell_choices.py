"""Deciding the cells of a returned workbook: together or one by one, and finding again what was decided."""

from pathlib import Path

import pytest

from csp_desktop.imports.cell_choices import (
    NO_ASKS,
    Asks,
    CellGroup,
    asks_of,
    can_decide,
    cells_in,
    columns_of,
    with_cells,
    with_decided,
    with_row_cells,
)
from csp_desktop.imports.grid_words import candidates, said_in_fields
from csp_desktop.imports.import_plan import Decisions, ImportPlan, RowPlan
from csp_desktop.imports.merged import Verdict
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.reviewing import Sieve, Standing, first_look, review_rows, settled, with_answer, with_plan
from csp_desktop.imports.running import open_source
from csp_desktop.store import Store
from models.vocabulary import CellChoice
from tests.factories import TODAY
from tests.ui.returned_files import MEASURE, TITLES, Returned, give_another_ref, returned_file, row_of
from tests.ui.review_files import bring_in, first_rows, write

THEIRS, MINE = CellChoice.THEIRS, CellChoice.MINE


@pytest.fixture
def plan(store: Store, tmp_path: Path) -> ImportPlan:
    return first_look(store, open_source(returned_file(store, tmp_path)), TODAY)


def again(store: Store, plan: ImportPlan, decisions: Decisions) -> ImportPlan:
    return plan_import(store, plan.file, decisions, TODAY)


def row(plan: ImportPlan, title: str) -> RowPlan:
    return next(each for each in plan.rows if each.record.title.value == title)


def test_what_asked_is_found_again_once_it_is_decided_and_forgotten_with_the_decision(
    store: Store, plan: ImportPlan
) -> None:
    asks = asks_of(plan)
    conflicts = list(cells_in(plan, asks, CellGroup.CONFLICTS))
    assert [key for _, key in conflicts] == ["due", "success_measure", "due"]
    assert [key for _, key in cells_in(plan, asks, CellGroup.EMPTIED)] == ["start", "success_measure"]
    decided = again(store, plan, with_decided(settled(plan), conflicts, asks, MINE))
    assert not any(each.conflicts for each in decided.rows)
    assert asks_of(decided).conflicts == frozenset()
    kept = asks_of(decided, asks)
    assert kept == asks
    assert list(cells_in(decided, kept, CellGroup.CONFLICTS)) == conflicts
    undone = again(store, plan, with_decided(settled(decided), conflicts, kept, None))
    assert asks_of(undone, kept) == asks
    assert undone.decisions == settled(plan)


def test_a_row_is_taken_or_kept_as_a_whole(store: Store, plan: ImportPlan) -> None:
    asks = asks_of(plan)
    first, second = row(plan, TITLES[0]), row(plan, TITLES[1])
    both = with_row_cells(settled(plan), first, asks, THEIRS)
    assert set(both.cells.values()) == {THEIRS}
    assert len(both.cells) == 2
    assert with_row_cells(both, first, asks, None) == settled(plan)
    kept = with_row_cells(settled(plan), second, asks, MINE)
    found = row(again(store, plan, kept), TITLES[1])
    assert {cell.verdict for cell in found.cells} == {Verdict.KEPT}
    assert not found.change.changes
    assert with_row_cells(kept, second, asks, THEIRS) == settled(plan)  # nobody contests it: it is taken anyway


def test_what_is_for_reading_only_or_cannot_be_read_is_nobodys_to_decide(plan: ImportPlan) -> None:
    fifth = row(plan, TITLES[4])
    assert {cell.key: can_decide(fifth, cell, NO_ASKS) for cell in fifth.cells} == {
        "theme": False,
        "due": False,
        "next_steps": True,
    }
    assert list(with_row_cells(settled(plan), fifth, NO_ASKS, MINE).cells) == [(fifth.place, "next_steps")]


def test_columns_count_what_can_be_decided_together_and_rows_left_out_have_nothing(
    store: Store, plan: ImportPlan
) -> None:
    asks = asks_of(plan)
    counts = {column.key: column.counts for column in columns_of(plan, asks)}
    assert counts["due"] == {CellGroup.CONFLICTS: 2}
    assert counts["success_measure"] == {CellGroup.CONFLICTS: 1, CellGroup.EMPTIED: 1}
    assert counts["milestone.due"] == {CellGroup.CHANGES: 1}
    out = again(store, plan, Decisions(plan=plan.plan.key, left_out=frozenset({row(plan, TITLES[0]).place})))
    assert {column.key: column.counts for column in columns_of(out, asks)}["due"] == {CellGroup.CONFLICTS: 1}


def test_a_conflict_that_cannot_be_emptied_after_all_can_still_be_undecided(store: Store, tmp_path: Path) -> None:
    def empty_status(returned: Returned) -> None:
        returned.write("due", row_of(returned, TITLES[0]), None)

    plan = first_look(store, open_source(returned_file(store, tmp_path, empty_status)), TODAY)
    asks = asks_of(plan)
    (key,) = cells_in(plan, asks, CellGroup.CONFLICTS)
    emptied = again(store, plan, with_cells(settled(plan), [key], THEIRS))
    assert row(emptied, TITLES[0]).cells[0].verdict is Verdict.TAKEN
    assert asks_of(emptied, asks).group(key) is CellGroup.CONFLICTS
    assert Asks().group(key) is CellGroup.CHANGES


def test_rows_stand_as_they_come_out_and_missing_ones_come_last(store: Store, plan: ImportPlan) -> None:
    asks = asks_of(plan)
    rows = {each.words: each for each in review_rows(plan, asks)}
    assert rows[TITLES[0]].standing is Standing.OPEN
    assert rows[TITLES[2]].standing is Standing.OPEN
    assert rows[TITLES[3]].standing is Standing.UNCHANGED
    assert rows["Course booked"].standing is Standing.CHANGED
    assert rows["Lamps ordered"].standing is Standing.NEW
    gone = list(rows.values())[-1]
    assert (gone.standing, gone.ref, gone.words, gone.row) == (Standing.MISSING, "ACT-0006", TITLES[5], 0)
    assert gone.id < 0
    assert [sieve for sieve in Sieve if gone.shows_in(sieve)] == [Sieve.MISSING]
    assert [sieve for sieve in Sieve if rows[TITLES[0]].shows_in(sieve)] == [Sieve.ALL, Sieve.CONFLICTS]
    left = again(store, plan, Decisions(plan=plan.plan.key, left_out=frozenset({rows[TITLES[0]].place})))
    out = next(each for each in review_rows(left, asks) if each.words == TITLES[0])
    assert [sieve for sieve in Sieve if out.shows_in(sieve)] == [Sieve.ALL, Sieve.LEFT_OUT]


def test_what_a_row_says_is_known_by_field(plan: ImportPlan) -> None:
    said = said_in_fields(plan, row(plan, TITLES[3]))
    assert said["lead"] == "Amina Shah"
    assert said["success_measure"] == MEASURE
    assert said["update"] is None


def test_a_row_that_may_be_either_of_two_actions_names_both(store: Store, tmp_path: Path) -> None:
    plan = first_look(store, open_source(returned_file(store, tmp_path, give_another_ref)), TODAY)
    waiting = next(each for each in plan.rows if each.waits)
    assert set(candidates(plan, waiting)) == {"ACT-0004", "ACT-0006"}
    assert candidates(plan, row(plan, TITLES[0])) == ()
    review = next(each for each in review_rows(plan) if each.plan is waiting)
    assert (review.standing, review.answered) == (Standing.REFUSED, False)


def test_the_title_and_the_theme_of_any_other_files_row_can_be_kept_out(store: Store, tmp_path: Path) -> None:
    bring_in(store, write(tmp_path / "safer.xlsx", first_rows()))
    rows = first_rows()
    rows[0][1], rows[0][5] = "Walk the estate each week", "Red"
    source = open_source(write(tmp_path / "later.xlsx", rows))
    plan = first_look(store, source, TODAY)
    first = plan.rows[0]
    assert {cell.key: can_decide(first, cell, NO_ASKS) for cell in first.cells} == {"title": True, "rag": True}
    kept = plan_import(store, source, with_cells(settled(plan), [(first.place, "title")], MINE), TODAY).rows[0]
    assert "title" not in kept.change.shown
    assert "rag" in kept.change.shown


def test_an_answer_and_another_plan_forget_the_choices_about_cells() -> None:
    said = with_cells(Decisions(), [(("A", 1), "due"), (("A", 2), "due")], THEIRS)
    assert list(with_answer(said, ("A", 1), 7).cells) == [(("A", 2), "due")]
    assert with_plan(said, "other").cells == {}
