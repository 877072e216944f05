"""Tables side by side and hidden rows, from workbook to stored actions and back again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.import_plan import Decisions, ImportPlan
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.reviewing import review_rows, settled, with_hidden_rows, with_row
from csp_desktop.imports.running import ImportRequest, accept, import_files, open_source
from csp_desktop.listing import list_objects
from csp_desktop.store import Store
from models.vocabulary import RowOutcome
from tests.factories import TODAY

Book = Callable[..., Path]
HEADINGS = ["Action", "Lead", "Due date", "RAG"]
DUE = "31/03/2027"
BESIDE = [
    [*HEADINGS, None, *HEADINGS],
    ["Fit gates", "Al Bo", DUE, "G", None, "Light the park", "Jo Lee", "31/04/2027", "B"],
    ["Walk the estate", "Al Bo", DUE, "G", None, "Mend the fence", "Jo Lee", DUE, "G"],
]


def titles(store: Store) -> set[str]:
    return {action["title"] for action in list_objects(store, "actions", plan=None, text="", as_of=TODAY)}


def outcomes(plan: ImportPlan) -> dict[str, RowOutcome]:
    return {row.record.title.value or "": row.outcome for row in plan.rows}


def test_two_actions_in_one_row_are_two_rows_of_the_review(store: Store, book: Book) -> None:
    plan = plan_import(store, open_source(book({"Plan": BESIDE})), Decisions(), TODAY)
    rows = review_rows(plan)
    assert [(row.row, row.words) for row in rows] == [
        (2, "Fit gates"),
        (2, "Light the park"),
        (3, "Walk the estate"),
        (3, "Mend the fence"),
    ]
    assert len({row.id for row in rows}) == 4
    columns = [{problem.cell[0] for problem in row.problems} for row in rows]
    assert columns[0] <= set("ABCD")
    assert "H" in columns[1] <= set("FGHI")


def test_one_of_two_actions_in_a_row_can_be_left_out(store: Store, book: Book) -> None:
    source = open_source(book({"Plan": BESIDE}))
    plan = plan_import(store, source, Decisions(), TODAY)
    light = next(row for row in review_rows(plan) if row.words == "Light the park")
    chosen = plan_import(store, source, with_row(settled(plan), light.place, wanted=False), TODAY)
    accept(store, chosen)
    assert titles(store) == {"Fit gates", "Walk the estate", "Mend the fence"}
    again = plan_import(store, source, settled(chosen), TODAY)
    assert not again.changes_anything
    late = plan_import(store, source, replace(settled(chosen), left_out=frozenset()), TODAY)
    accept(store, late)
    assert titles(store) == {"Fit gates", "Light the park", "Walk the estate", "Mend the fence"}


def test_hidden_rows_that_were_left_out_are_new_when_they_are_read_later(store: Store, book: Book) -> None:
    def hide(made: Workbook) -> None:
        made["Plan"].row_dimensions[3].hidden = True

    rows = [HEADINGS, ["Fit gates", "Al Bo", DUE, "G"], ["Walk the estate", "Al Bo", DUE, "G"]]
    source = open_source(book({"Plan": rows}, hide))
    shown = plan_import(store, source, with_hidden_rows(Decisions(), "Plan", wanted=False), TODAY)
    accept(store, shown)
    assert titles(store) == {"Fit gates"}
    whole = plan_import(store, source, Decisions(), TODAY)
    assert outcomes(whole) == {"Fit gates": RowOutcome.UNCHANGED, "Walk the estate": RowOutcome.NEW}
    accept(store, whole)
    assert not plan_import(store, source, Decisions(), TODAY).changes_anything


def test_a_row_that_is_hidden_the_next_time_is_no_change(store: Store, book: Book) -> None:
    def hide(made: Workbook) -> None:
        made["Plan"].row_dimensions[2].hidden = True

    rows = [HEADINGS, ["Fit gates", "Al Bo", DUE, "G"], ["Walk the estate", "Al Bo", DUE, "G"]]
    accept(store, plan_import(store, open_source(book({"Plan": rows})), Decisions(), TODAY))
    again = plan_import(store, open_source(book({"Plan": rows}, hide)), Decisions(), TODAY)
    assert set(outcomes(again).values()) == {RowOutcome.UNCHANGED}
    assert not again.changes_anything


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ({"Plan": [HEADINGS]}, "It has headings but no actions below them. Fill in its rows"),
        ({"Plan": [["Ward", "Rate"], ["East", 4]]}, "It has no column for the action. Give it one heading row"),
        ({"Cover": [["Safer Dewsbury"]], "Plan": [HEADINGS]}, "It has headings on the sheet “Plan” but no actions"),
    ],
)
def test_a_file_without_actions_is_refused_with_what_it_holds(
    store: Store, book: Book, sheets: dict[str, list[list[str]]], told: str
) -> None:
    with pytest.raises(UnreadableFileError, match="No table of actions") as refusal:
        import_files(store, [book(sheets)], ImportRequest(), TODAY)
    assert told in str(refusal.value)
    assert str(refusal.value).endswith("Nothing was imported.")
