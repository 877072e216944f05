from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from csp_desktop.commands.plans import add_plan, supersede_plan
from csp_desktop.errors import CspError, UnreadableFileError
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import CellValue, SheetGrid, WorkbookGrid
from csp_desktop.imports.grid_words import row_words, samples
from csp_desktop.imports.import_plan import Decisions, ImportPlan, SourceFile
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.reading.reader import read_workbook
from csp_desktop.imports.records import TablePlace
from csp_desktop.imports.reviewing import (
    Sieve,
    Standing,
    action_named,
    first_look,
    review_rows,
    settled,
    with_answer,
    with_field,
    with_heading_rows,
    with_hidden_rows,
    with_layout_forgotten,
    with_layout_name,
    with_plan,
    with_row,
    with_sheet,
    with_table,
    with_theme,
)
from csp_desktop.queries.plans import list_plans
from csp_desktop.store import Store
from models.vocabulary import PlanKind
from tests.factories import TODAY
from tests.workbooks.handmade_parts import Cell, write_sheets

HEADINGS: list[Cell] = ["Ref", "Action", "Lead officer", "Due date", "RAG"]


@pytest.fixture
def source(tmp_path: Path) -> SourceFile:
    path = tmp_path / "plan.xlsx"
    rows: list[list[Cell]] = [
        ["A1", "Walk the estate", "Amira Khan", date(2027, 3, 31), "Green"],
        ["A2", None, "Amira Khan", date(2027, 3, 31), "Green"],
        ["A3", "Mend the lights", "Tom Briggs", "31/04/2027", "Amber"],
        ["<Select>", "<Select>", "<Select>", "<Select>", "<Select>"],
    ]
    write_sheets(path, {"One": [HEADINGS, *rows], "Two": [HEADINGS, ["B1", "Light it", "Lena Wolf", None, "Red"]]})
    return SourceFile("plan.xlsx", "0" * 64, read_workbook(path))


@pytest.fixture
def plan(store: Store, source: SourceFile) -> ImportPlan:
    return first_look(store, source, TODAY)


def test_every_row_below_the_headings_stands_once_in_the_files_order(plan: ImportPlan) -> None:
    rows = review_rows(plan)
    assert [(row.sheet, row.row, row.standing) for row in rows] == [
        ("One", 2, Standing.NEW),
        ("One", 3, Standing.REFUSED),
        ("One", 4, Standing.NEW),
        ("One", 5, Standing.IGNORED),
        ("Two", 2, Standing.NEW),
    ]
    assert len({row.id for row in rows}) == 5
    assert rows[3].words == "<Select> | <Select> | <Select> | <Select> | <Select>"
    assert rows[3].why.startswith("Nothing but filler")
    assert rows[1].why.startswith("This row has no action")


def test_a_row_shows_under_every_way_to_look_that_fits_it(plan: ImportPlan) -> None:
    rows = {row.row: row for row in review_rows(plan) if row.sheet == "One"}
    shown = {number: {sieve for sieve in Sieve if row.shows_in(sieve)} for number, row in rows.items()}
    assert shown[3] == {Sieve.ALL, Sieve.PROBLEMS}
    assert shown[4] == {Sieve.ALL, Sieve.NEW, Sieve.PROBLEMS}
    assert shown[5] == {Sieve.IGNORED}
    assert Sieve.NEW in shown[2]


def test_ids_are_the_same_after_every_decision(store: Store, source: SourceFile, plan: ImportPlan) -> None:
    before = {row.place: row.id for row in review_rows(plan)}
    out = with_row(settled(plan), ("One", 2), wanted=False)
    after = review_rows(plan_import(store, source, out, TODAY))
    assert {row.place: row.id for row in after} == before
    assert after[0].standing is Standing.LEFT_OUT
    again = with_row(out, ("One", 2), wanted=True)
    assert again.left_out == frozenset()


def test_a_field_holds_one_column_but_updates_may_hold_several() -> None:
    table = TablePlace("One", 1)
    one = with_field(Decisions(), table, "Who", ActionField.LEAD)
    two = with_field(one, table, "Officer", ActionField.LEAD)
    assert two.mappings == {table: {"Who": "", "Officer": "lead"}}
    several = with_field(with_field(two, table, "Q1", ActionField.UPDATE), table, "Q2", ActionField.UPDATE)
    assert several.mappings[table] == {"Who": "", "Officer": "lead", "Q1": "update", "Q2": "update"}
    assert with_field(several, table, "Q1", None).mappings[table]["Q1"] == ""


def test_a_slip_of_the_heading_row_keeps_what_was_said_of_the_columns() -> None:
    one, two = TablePlace("One", 1), TablePlace("Two", 1)
    said = with_field(with_field(Decisions(), one, "Who", ActionField.LEAD), two, "Who", ActionField.LEAD)
    moved = with_heading_rows(said, "One", [7])
    assert moved.header_rows == {"One": (7,)}
    assert moved.mappings == said.mappings
    assert with_heading_rows(moved, "One", []) == said


def test_two_tables_of_one_sheet_keep_their_own_choices() -> None:
    upper, lower = TablePlace("One", 1), TablePlace("One", 9)
    said = with_field(with_field(Decisions(), upper, "Who", ActionField.LEAD), lower, "Who", None)
    assert said.mappings == {upper: {"Who": "lead"}, lower: {"Who": ""}}
    without = with_table(said, lower, wanted=False)
    assert without.unread_tables == {lower}
    assert with_table(without, lower, wanted=True) == said


def test_sheets_themes_and_plans_are_chosen_one_at_a_time() -> None:
    assert with_sheet(Decisions(), ("One", "Two"), "One", wanted=False).sheets == ("Two",)
    assert with_sheet(Decisions(), ("Two",), "One", wanted=True).sheets == ("Two", "One")
    ticked = with_theme(Decisions(), "Young People", wanted=True)
    assert ticked.new_themes == {"young people"}
    assert with_theme(ticked, "young people", wanted=False).new_themes == frozenset()
    answered = with_answer(replace(ticked, left_out=frozenset({("One", 2)})), ("One", 2), 7)
    assert answered.answers == {("One", 2): 7}
    assert answered.left_out == frozenset()
    assert with_plan(answered, "other").answers == {}


def test_the_first_look_takes_the_newest_open_plan_where_nothing_says_which(store: Store, source: SourceFile) -> None:
    newest = add_plan(store, "Safer streets", PlanKind.PARTNERSHIP)
    look = first_look(store, source, TODAY)
    assert look.plan.id == newest
    assert settled(look).plan == look.plan.key


def test_a_letter_that_calls_itself_a_workbook_is_refused_in_one_sentence(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    lines = ("Dear Priya,", "", "Thank you, all, for the plan, which came on Monday.", "We have, as said, begun.")
    path.write_text("\n".join((*lines, "Yours,", "Tom Briggs, Safer Streets")), encoding="utf-8")
    with pytest.raises(UnreadableFileError) as refused:
        first_look(store, SourceFile(path.name, "1" * 64, read_workbook(path)), TODAY)
    assert str(refused.value).startswith("“letter.xlsx” reads like a letter, not like a table")


def test_a_table_whose_headings_nobody_knows_is_no_letter(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "fremd.csv"
    path.write_text("Nr,Vorhaben,Wer\n1,Laufen,Amira\n2,Gehen\n3,Stehen,Tom\n", encoding="utf-8")
    assert first_look(store, SourceFile(path.name, "1" * 64, read_workbook(path)), TODAY).read.tables == ()


def test_forgetting_a_layout_drops_what_was_said_of_its_tables_its_name_and_its_dates() -> None:
    one, two = TablePlace("One", 1), TablePlace("Two", 1)
    said = with_field(with_field(Decisions(), one, "Who", ActionField.LEAD), two, "Who", ActionField.LEAD)
    said = replace(
        with_layout_name(with_layout_name(said, "a", " Return "), "b", "Other"), date_order=DateOrder.MONTH_FIRST
    )
    left = with_layout_forgotten(said, [one], "a")
    assert (set(left.mappings), dict(left.layout_names), left.date_order) == ({two}, {"b": "Other"}, None)
    assert said.layout_names["a"] == "Return"


def test_hidden_rows_are_read_until_somebody_says_no() -> None:
    without = with_hidden_rows(Decisions(), "One", wanted=False)
    assert without.unhidden_only == {"One"}
    assert with_hidden_rows(without, "One", wanted=True) == Decisions()


def test_without_an_open_plan_a_sentence_says_so(empty_plan_store: Store, source: SourceFile) -> None:
    store = empty_plan_store
    (only,) = list_plans(store)
    after = add_plan(store, "After", PlanKind.PARTNERSHIP)
    supersede_plan(store, only.id, after, TODAY)
    third = add_plan(store, "Last", PlanKind.PARTNERSHIP)
    supersede_plan(store, after, third, TODAY)
    supersede_plan(store, third, only.id, TODAY)
    with pytest.raises(CspError) as refused:
        first_look(store, source, TODAY)
    assert str(refused.value) == "This store has no open plan to bring actions into; nothing was brought in."


def test_samples_are_the_first_different_values_below_the_headings(source: SourceFile) -> None:
    assert samples(source.grid, "One", 1, 5) == ("Green", "Amber")
    assert samples(source.grid, "One", 1, 3) == ("Amira Khan", "Tom Briggs")
    assert samples(source.grid, "One", 1, 9) == ()
    assert samples(source.grid, "One", 1, 5, 3) == ("Green",)
    assert row_words(source.grid, "Two", 2) == "B1 | Light it | Lena Wolf | Red"


def test_an_action_that_is_gone_is_said(store: Store) -> None:
    with pytest.raises(CspError) as refused:
        action_named(store, "ACT-0404")
    assert "ACT-0404" in str(refused.value)


def test_a_heading_that_is_repeated_further_down_is_no_sample() -> None:
    said: list[CellValue] = ["Action", "Walk the estate", "Action", "Mend the lights"]
    rows = {row: [value] for row, value in enumerate(said, start=1)}
    grid = WorkbookGrid("plan.xlsx", "xlsx", (SheetGrid("One", rows=rows),))
    assert samples(grid, "One", 1, 1) == ("Walk the estate", "Mend the lights")
