"""What is told of an import afterwards, and the report that it makes."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from csp_desktop.imports.applying import Applied
from csp_desktop.imports.cell_choices import with_cells
from csp_desktop.imports.import_plan import Decisions, ImportPlan
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.reviewing import first_look, settled
from csp_desktop.imports.running import accept, not_applied, open_source
from csp_desktop.imports.summing_up import brought_words, facts_of, left_behind
from csp_desktop.reports.blocks import Table
from csp_desktop.reports.import_summary import ImportFacts, LeftBehind, import_summary
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.store import Store
from models.vocabulary import CellChoice
from tests.factories import TODAY
from tests.ui.returned_files import TITLES, Returned, fill_in, returned_file
from tests.ui.review_files import bring_in, first_rows, later_rows, write

PLAN = "Communities Partnership Plan 2022-2027"


@pytest.fixture
def plan(store: Store, tmp_path: Path) -> ImportPlan:
    def with_a_column_of_their_own(returned: Returned) -> None:
        fill_in(returned)
        heading = returned.cell("title", 0)
        for row, text in ((heading.row, "My notes"), (heading.row + 1, "Ask Tom first")):
            heading.parent.cell(row, 20).value = text

    return first_look(store, open_source(returned_file(store, tmp_path, with_a_column_of_their_own)), TODAY)


def test_everything_that_was_not_applied_is_named_once(plan: ImportPlan) -> None:
    left = left_behind(plan)
    assert len(left) == len(set(left))
    told = {(each.sheet, each.cell, each.why) for each in left}
    assert {(each["sheet"], each["cell"], each["why"]) for each in not_applied(plan)} <= told
    assert ("Actions", "T9", "“My notes” is a column that the owner added; what it says was not brought in.") in told
    unreadable = next(each for each in left if each.cell == "I14")
    assert (unreadable.ref, unreadable.what, unreadable.place) == ("ACT-0005", "Due (forecast)", "Actions I14")
    assert [each.row for each in left] == sorted(each.row for each in left)


def test_a_cell_that_was_kept_and_a_row_left_out_say_who_decided(store: Store, plan: ImportPlan) -> None:
    first = next(row for row in plan.rows if row.record.title.value == TITLES[0])
    kept = with_cells(settled(plan), [(first.place, "due")], CellChoice.MINE)
    out = next(row for row in plan.rows if row.record.title.value == TITLES[4])
    again = plan_import(store, plan.file, replace(kept, left_out=frozenset({out.place})), TODAY)
    left = {(each.place, each.what): each.why for each in left_behind(again)}
    assert left["Actions I10", "Due (forecast)"] == "You kept what the office has: “31 May 2027”."
    assert left["Actions, row 14", TITLES[4]] == "You left this row out."
    assert not any(place == "Actions I14" for place, _ in left)


def test_what_was_done_is_said_in_a_sentence(plan: ImportPlan) -> None:
    assert brought_words(plan) == (
        f"1 action was added to {PLAN}, 2 were changed and 2 milestones were added or changed. A backup was made first."
    )
    assert brought_words(replace(plan, rows=())) == f"Nothing in this file was new, and nothing of {PLAN} was changed."
    steps = tuple(row for row in plan.rows if row.change.milestone is not None)
    assert brought_words(replace(plan, rows=steps)).startswith(f"2 milestones were added or changed in {PLAN}.")
    changed = tuple(row for row in plan.rows if row.change.changes and row not in steps and not row.change.is_new)
    assert brought_words(replace(plan, rows=changed)).startswith(f"2 actions of {PLAN} were changed.")


def test_a_decision_alone_is_said_to_be_kept(store: Store, tmp_path: Path) -> None:
    returned = returned_file(store, tmp_path, lambda book: book.write("due", 1, fill_day()))
    plan = first_look(store, open_source(returned), TODAY)
    (row,) = (row for row in plan.rows if row.cells)
    kept = plan_import(store, plan.file, with_cells(settled(plan), [(row.place, "due")], CellChoice.MINE), TODAY)
    assert brought_words(kept) == f"Nothing of {PLAN} was changed; what you decided is kept. A backup was made first."
    assert facts_of(kept, Applied(None, {}), "").came_in == ()


def fill_day() -> str:
    return "30/04/2027"


def test_the_report_says_it_all_and_is_made_into_pages(store: Store, plan: ImportPlan) -> None:
    applied = accept(store, plan)
    facts = facts_of(plan, applied, "An update workbook.")
    assert facts.period == "Q3 2026/27"
    assert [(each.ref, each.what) for each in facts.came_in] == [
        ("ACT-0002", "Status, Your update, Your RAG, Reason and recovery date"),
        ("ACT-0005", "Next steps"),
        ("ACT-0008", "New action"),
        ("ACT-0002", "Due (forecast)"),
        ("ACT-0003", "New milestone"),
    ]
    report = import_summary(store, facts, TODAY)
    tables = [block for block in report.blocks if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [5, len(facts.left), 1]
    assert tables[2].rows == (("ACT-0006", TITLES[5]),)
    text = "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(BytesIO(pdf_bytes(report))))
    for said in ("What was not brought in, and why", "Actions I14", "Put up a camera", "Q3 2026/27"):
        assert said in text


def test_the_report_of_a_file_that_came_in_whole_has_nothing_to_list(store: Store) -> None:
    facts = ImportFacts("plan.xlsx", PLAN, "Nothing was new.", "Compared.", "", (), ())
    report = import_summary(store, facts, TODAY)
    tables = [block for block in report.blocks if isinstance(block, Table)]
    assert [table.empty for table in tables] == [
        "Nothing came in: all of it was known.",
        "Every row that was read came in whole.",
    ]
    assert report.period == "Q3 2026/27"
    assert LeftBehind("Plan", 0, "", "", "", "why").place == "Plan"


def test_any_other_file_names_its_columns_as_the_program_does(store: Store, tmp_path: Path) -> None:
    bring_in(store, write(tmp_path / "safer.xlsx", first_rows()))
    source = open_source(write(tmp_path / "later.xlsx", later_rows()))
    plan = plan_import(store, source, Decisions(cells={(("Plan", 5), "due"): CellChoice.MINE}), TODAY)
    facts = facts_of(plan, accept(store, plan), "")
    assert ("ACT-0002", "Update, RAG") in [(each.ref, each.what) for each in facts.came_in]
    left = {each.place: (each.what, each.why) for each in facts.left}
    assert left["Plan E5"][0] == "Due now"
    assert left["Plan E5"][1].startswith("You kept what the office has")
    assert left["Plan E7"][0] == "Due date"
    assert "its cell under “Action” is empty" in left["Plan B8"][1]
