"""Workbooks to review: an owner's plan, the same a quarter later, and one that nobody's headings fit."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from csp_desktop.imports.import_plan import Decisions
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.reviewing import first_look
from csp_desktop.imports.running import accept, open_source
from csp_desktop.store import Store
from tests.factories import TODAY
from tests.workbooks.handmade_parts import Cell, write_sheets
from ui.desk import Desk
from ui.dialogs.import_review import ImportReview
from ui.review.session import compared

TITLE: list[Cell] = ["Safer streets plan"]
HEADINGS: list[Cell] = ["Ref", "Action", "Theme", "Lead officer", "Due date", "RAG", "Progress update", "Grid square"]
RISK = "Reducing risk"


def first_rows() -> list[list[Cell]]:
    """Return three actions, one under a theme that the plan does not have."""
    return [
        ["S1", "Walk the estate every week", RISK, "Amira Khan", date(2027, 3, 31), "Green", "Six walks so far", "X1"],
        ["S2", "Mend the street lights", RISK, "Tom Briggs", date(2027, 1, 29), "Amber", "Two lamps of nine", "X2"],
        ["S3", "Open a youth club", "Young people first", "Amira Khan", date(2027, 6, 30), "Green", "Hall found", "X3"],
    ]


def later_rows() -> list[list[Cell]]:
    """Return them a quarter later: S1 as it was, S2 moved on, S3 quite another title, one new, one without a title."""
    rows = first_rows()
    rows[1][3:7] = ["Tom Briggs", date(2027, 2, 26), "Red", "The contractor withdrew"]
    rows[2][1] = "Buy radios for shop staff"
    rows.append(["S4", "Train taxi drivers", RISK, "Lena Wolf", "31/04/2027", "Green", "Course booked", "X4"])
    rows.append(["S5", None, RISK, "Lena Wolf", None, "Green", "What is this?", "X5"])
    return rows


def write(path: Path, rows: Sequence[Sequence[Cell]], headings: Sequence[Cell] = HEADINGS) -> Path:
    """Write a sheet "Plan" with a title in row 1 and headings in row 3."""
    write_sheets(path, {"Plan": [TITLE, [], headings, *rows]})
    return path


def bring_in(store: Store, path: Path) -> None:
    """Bring a file in without looking."""
    accept(store, plan_import(store, open_source(path), Decisions(), TODAY))


def review(desk: Desk, path: Path) -> ImportReview:
    """Open the review of a file."""
    return ImportReview(desk, compared(desk.store, first_look(desk.store, open_source(path), TODAY)))
