"""The annotated workbook: the owner's own rows, marked, and known again when they come back mended."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.cli import main
from csp_desktop.commands.actions import add_action, add_milestone, edit_action
from csp_desktop.commands.people import add_person
from csp_desktop.exports.content import Timing
from csp_desktop.exports.exporting import export_workbook
from csp_desktop.exports.layout import ACTION_COLUMNS, MILESTONE_COLUMNS, PROPERTY
from csp_desktop.exports.scopes import find_scope
from csp_desktop.imports.annotated.cells import plain
from csp_desktop.imports.annotated_book import annotated_workbook, free_title, sheet_titles, write_annotated
from csp_desktop.imports.grid import (
    NO_RESULT,
    CellError,
    CellValue,
    Merge,
    MonthDate,
    PercentNumber,
    SheetGrid,
    WorkbookGrid,
    text_of,
)
from csp_desktop.imports.import_plan import Decisions, ImportPlan, SourceFile
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.parsing import parse
from csp_desktop.imports.records import ReadTables
from csp_desktop.imports.running import ImportRequest, accept, import_files
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.plans import PlanRow, list_plans, list_themes
from csp_desktop.store import Store
from models.vocabulary import ProblemLevel
from tests.csp_desktop.imports.any_cells import CELLS, MERGES
from tests.factories import TODAY
from tests.vault import PASSPHRASE
from tests.workbooks.handmade import CASES
from tests.workbooks.handmade_parts import Case, write_sheets

DUE, ACTIONS = date(2027, 3, 31), "Actions"
TITLES = ("Renew the order", "Train the wardens", "Light the underpass", "Visit the schools", "Count the bins")


class Sent:
    """An update workbook that went out, as its owner has it: cells by column key and number of their row."""

    def __init__(self, store: Store, folder: Path, path: Path) -> None:
        self.store = store
        self.folder = folder
        self.path = path
        self.book: Any = openpyxl.load_workbook(path)

    def sheet(self, key: str) -> Any:
        return self.book["Milestones" if key.startswith("milestone.") else ACTIONS]

    def cell(self, key: str, row: int = 1) -> Any:
        columns = MILESTONE_COLUMNS if key.startswith("milestone.") else ACTION_COLUMNS
        sheet = self.sheet(key)
        mark = next(row for row in range(1, 20) if str(sheet.cell(row, 1).value).startswith("EXP-"))
        return sheet.cell(mark + 1 + row, [column.key for column in columns].index(key) + 1)

    def write(self, words: Mapping[tuple[str, int], Any]) -> "Sent":
        for (key, row), value in words.items():
            cell = self.cell(key, row)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        self.book.save(self.path)
        return self

    def plan(self) -> ImportPlan:
        return looked_at(self.store, self.path)

    def annotated(self, plan: ImportPlan | None = None) -> "Sent":
        path = self.folder / f"{self.path.stem} annotated.xlsx"
        write_annotated(self.store, plan or self.plan(), path)
        return Sent(self.store, self.folder, path)

    def listed(self) -> list[list[Any]]:
        return [[cell.value for cell in row] for row in self.book.worksheets[0].iter_rows()]


@pytest.fixture
def sent(store: Store, tmp_path: Path) -> Sent:
    plan = list_plans(store)[0]
    theme, lead = list_themes(store, plan.id)[0].id, add_person(store, "Amina Shah")
    actions = [
        add_action(store, plan.id, title=title, theme_id=theme, forecast_due=DUE, lead_person_id=lead)
        for title in TITLES
    ]
    add_milestone(store, actions[0], "Tender out", date(2026, 12, 14))
    path = tmp_path / "update.xlsx"
    export_workbook(store, find_scope(store, TODAY, owner=None, theme=None, plan=None), Timing.of(TODAY), path)
    return Sent(store, tmp_path, path)


def after(store: Store, title: str) -> ActionRow:
    return next(row for row in list_actions(store, View(TODAY)) if row.title == title)


def told(plan: ImportPlan) -> list[tuple[str, str, str]]:
    return [(problem.sheet, problem.cell, problem.message) for problem in plan.problems]


def test_a_mended_cell_comes_in_and_nothing_else_is_asked_anew(store: Store, sent: Sent) -> None:
    words = {("due", 1): "31/04/2027", ("update", 1): "The panel met.", ("percent", 2): 0.4, ("due", 3): "TBC"}
    first = sent.write(words).plan()
    assert [problem.cell for problem in first.problems if problem.level is ProblemLevel.ERROR] == ["I10"]
    accept(store, first)
    back = sent.annotated(first)
    assert not back.plan().changes_anything
    mended = back.write({("due", 1): date(2027, 4, 30)}).plan()
    assert (mended.counts["changed"], mended.counts["errors"], mended.counts["conflicts"]) == (1, 0, 0)
    assert {name for row in mended.rows for name in row.change.shown} == {"forecast_due", "due_text"}
    assert mended.returned is not None
    assert first.returned is not None
    assert (mended.returned.export_id, mended.returned.missing) == (first.returned.export_id, ())
    accept(store, mended)
    row = after(store, TITLES[0])
    assert (row.forecast_due, row.latest_update) == (date(2027, 4, 30), "The panel met.")
    assert not back.plan().changes_anything


def test_annotated_before_anything_is_brought_in_it_comes_back_as_the_file_itself_would(sent: Sent) -> None:
    first = sent.write(
        {("due", 1): "31/04/2027", ("update", 2): "=1+1", ("rag", 3): "Purple", ("lead", 4): None}
    ).plan()
    again = sent.annotated(first).plan()
    assert told(again) == told(first)
    assert [(row.outcome, row.cells) for row in again.rows] == [(row.outcome, row.cells) for row in first.rows]
    sheets = {sheet.name: sheet for sheet in again.file.grid.sheets}
    for sheet in first.file.grid.sheets:
        assert sheets[sheet.name] == sheet
    assert again.file.grid.properties == first.file.grid.properties
    assert PROPERTY in again.file.grid.properties


def test_each_cell_says_what_was_found_and_is_marked_by_more_than_colour(store: Store, sent: Sent) -> None:
    row = after(store, TITLES[2])
    words = {("due", 1): "31/04/2027", ("theme", 2): "Elsewhere", ("due", 3): date(2027, 6, 30), ("lead", 4): None}
    sent.write(words)
    edit_action(store, row.id, row.version, forecast_due=date(2027, 9, 30))
    back = sent.annotated()
    cells = [back.cell(*place) for place in words]
    assert [cell.border.top.style for cell in cells] == ["thick", "mediumDashed", "double", "double"]
    assert len({cell.fill.fgColor.rgb for cell in cells}) == 3
    assert {cell.comment.author for cell in cells} == {"CSP Desktop"}
    left_out, look, conflict, emptied = (cell.comment.text for cell in cells)
    assert left_out.startswith("Left out. “31/04/2027” is not a real date.")
    assert look.startswith("Worth a look. “Theme” is for reading only")
    for side in ("It went out as: “31 Mar 2027”", "You say: “30 Jun 2027”", "The office says: “30 Sep 2027”"):
        assert side in conflict
    assert "If that is right, write it in the cell" in conflict
    assert emptied.startswith("Emptied. The office has: “Amina Shah”")
    assert not back.cell("title", 1).comment
    assert back.cell("title", 1).border.top.style == "thin"


def test_the_first_sheet_lists_all_of_it_with_links_and_says_what_to_do(store: Store, sent: Sent) -> None:
    sent.write({("due", 1): "31/04/2027", ("due", 3): date(2027, 6, 30), ("lead", 4): None})
    row = after(store, TITLES[2])
    edit_action(store, row.id, row.version, forecast_due=date(2027, 9, 30))
    sent.sheet("ref").delete_rows(sent.cell("ref", 5).row)
    sent.book.save(sent.path)
    back = sent.annotated()
    assert back.book.sheetnames[:2] == ["To check", ACTIONS]
    rows = back.listed()
    lines = [line[0] for line in rows if line[0] and not line[1]]
    assert lines[:4] == [
        "To check in update.xlsx",
        "OFFICIAL",
        "Left out: 1 · Changed on both sides: 1 · Emptied: 1",
        "Mend the cells marked in colour and send this file back.",
    ]
    tables = [[line[1:] for line in rows[at + 1 :]] for at, line in enumerate(rows) if line[0] == "No."]
    problems, conflicts, emptied, missing = (table[0] for table in tables)
    assert problems[:4] == [ACTIONS, "I10", "Left out", "31/04/2027"]
    assert conflicts == [ACTIONS, "I12", "ACT-0003: Due (forecast)", "31 Mar 2027", "30 Jun 2027", "30 Sep 2027"]
    assert emptied[:4] == [ACTIONS, "E13", "ACT-0004: Lead officer", "Amina Shah"]
    assert [missing[0], missing[3]] == ["ACT-0005", TITLES[4]]
    links = {cell.value: cell.hyperlink.location for line in back.book.worksheets[0] for cell in line if cell.hyperlink}
    assert links == {cell: f"'Actions'!{cell}" for cell in ("I10", "I12", "E13")}


def test_rows_of_a_copied_sheet_are_told_as_copies(sent: Sent) -> None:
    sent.write({("update", 1): "The panel met."})
    copied = sent.book.copy_worksheet(sent.sheet("ref"))
    copied.cell(sent.cell("update", 1).row, sent.cell("update", 1).column).value = None
    sent.book.save(sent.path)
    rows = sent.annotated().listed()
    at = next(at for at, line in enumerate(rows) if "Copied rows" in str(line[0]))
    assert [line[4] for line in rows[at + 2 : at + 2 + len(TITLES)]] == list(TITLES)
    assert {line[3] for line in rows[at + 2 : at + 2 + len(TITLES)]} == {"A copy"}


def rules_of(sheet: Any) -> list[tuple[str, ...]]:
    rules = sheet.data_validations.dataValidation
    return sorted((str(rule.sqref), rule.type, str(rule.formula1).replace("'", ""), str(rule.error)) for rule in rules)


@pytest.mark.parametrize("name", [ACTIONS, "Milestones"])
def test_an_update_workbook_has_its_dropdowns_widths_colours_and_table_again(sent: Sent, name: str) -> None:
    before, now = (each.book[name] for each in (sent.write({("rag", 1): "Purple"}), sent.annotated()))
    assert rules_of(now) == rules_of(before)
    assert [str(each.sqref) for each in now.conditional_formatting] == [
        str(each.sqref) for each in before.conditional_formatting
    ]
    assert {key: (each.width, each.hidden) for key, each in now.column_dimensions.items()} == {
        key: (each.width, each.hidden) for key, each in before.column_dimensions.items()
    }
    assert [each.hidden for each in now.row_dimensions.values()] == [
        each.hidden for each in before.row_dimensions.values()
    ]
    assert now.tables.items() == before.tables.items()
    assert (now.freeze_panes, now.print_title_rows) == (before.freeze_panes, before.print_title_rows)
    formats = [[cell.number_format for cell in row] for row in now.iter_rows(min_row=10, max_row=12)]
    assert formats == [[cell.number_format for cell in row] for row in before.iter_rows(min_row=10, max_row=12)]


def test_a_column_that_its_owner_added_and_a_merge_make_it_no_worse(sent: Sent) -> None:
    sheet = sent.sheet("ref")
    header = sent.cell("ref", 0).row
    sheet.insert_cols(5)
    sheet.cell(header, 5).value = "My notes"
    sheet.cell(header + 1, 5).value = "Ask Tom"
    sheet.tables.clear()
    sheet.merge_cells(start_row=header + 2, end_row=header + 3, start_column=2, end_column=2)
    sent.book.save(sent.path)
    first = sent.plan()
    back = sent.annotated(first)
    again = back.plan()
    assert told(again) == told(first)
    now = back.book[ACTIONS]
    assert now.cell(header, 5).value == "My notes"
    assert [str(each) for each in now.merged_cells.ranges] == [f"B{header + 2}:B{header + 3}"]
    assert not now.tables  # a spreadsheet's table may hold no merged cells
    assert now.auto_filter.ref == f"A{header}:T{header + 5}"


def test_annotated_twice_it_has_one_list(sent: Sent) -> None:
    back = sent.write({("due", 1): "31/04/2027"}).annotated()
    twice = back.annotated()
    assert twice.book.sheetnames == back.book.sheetnames
    assert twice.plan().counts == back.plan().counts


HEADINGS = ["Ref", "Theme", "Action", "Lead officer", "Due date", "RAG", "Update"]
ROW = ["1", "Reducing risk", "Run the panel", "Amina Shah", "31/04/2027", "G", "Panel met."]


def read(path: Path) -> WorkbookGrid:
    """What the reader's child process makes of a file, without the process."""
    return parse(path, Limits(), lambda _done, _all: None)


def looked_at(store: Store, path: Path) -> ImportPlan:
    return plan_import(store, SourceFile(path.name, "0" * 64, read(path)), Decisions(), TODAY)


def written(store: Store, plan: ImportPlan, folder: Path) -> Path:
    path = folder / "annotated.xlsx"
    write_annotated(store, plan, path)
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_any_other_file_is_read_as_before_with_its_list_passed_over(store: Store, tmp_path: Path, case: Case) -> None:
    path = tmp_path / f"plan{case.suffix}"
    case.build(path)
    before = looked_at(store, path)
    now = looked_at(store, written(store, before, tmp_path))
    assert [table.header_row for table in now.read.tables] == [table.header_row for table in before.read.tables]
    assert [row.record.title for row in now.rows] == [row.record.title for row in before.rows]
    assert [row.outcome for row in now.rows] == [row.outcome for row in before.rows]
    assert [problem.cell for problem in now.problems] == [problem.cell for problem in before.problems]


def test_headings_stand_out_and_stay_in_view(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_sheets(path, {"Return": [["Our actions"], [], HEADINGS, ROW]})
    sheet = openpyxl.load_workbook(written(store, looked_at(store, path), tmp_path))["Return"]
    assert [(cell.value, cell.font.bold, cell.fill.fgColor.rgb) for cell in sheet[3]] == [
        (heading, True, "00E3E9F0") for heading in HEADINGS
    ]
    assert sheet.freeze_panes == "A4"
    assert not sheet["A1"].alignment.wrap_text  # a title runs on over the cells beside it
    assert all((sheet.column_dimensions[letter].width or 0) >= 9 for letter in "ABCDEFG")
    assert sheet["E4"].border.top.style == "thick"
    assert sheet.oddHeader.center.text == "OFFICIAL"


def a_plan(grid: WorkbookGrid, problems: Sequence[Problem] = ()) -> ImportPlan:
    """A comparison that found these problems and nothing else."""
    nowhere = cast("PlanRow", None)
    return ImportPlan(SourceFile(grid.file_name, "", grid), nowhere, Decisions(), ReadTables(), (), tuple(problems), {})


def opened(grid: WorkbookGrid, problems: Sequence[Problem] = ()) -> Any:
    return openpyxl.load_workbook(BytesIO(annotated_workbook(a_plan(grid, problems), "")))


def one_sheet(rows: Mapping[int, list[CellValue]], **parts: Any) -> WorkbookGrid:
    return WorkbookGrid("plan.xlsx", "xlsx", (SheetGrid("Plan", rows=dict(rows), **parts),))


def error(cell: str, message: str = "No.", sheet: str = "Plan") -> Problem:
    return Problem(sheet, cell, ProblemLevel.ERROR, message)


def test_values_keep_their_types_and_are_shown_as_people_write_them() -> None:
    moment = datetime(2027, 3, 31, 14, 30)  # noqa: DTZ001 - a cell has no zone
    values: list[CellValue] = [DUE, moment, time(9, 5), MonthDate(2025, 3, 1), PercentNumber(0.45), 7, 2.5, True]
    values += ["=1+1", "007", "\u0007bell", CellError("#REF!"), CellError("no stored result"), date(1066, 10, 14)]
    cells = opened(one_sheet({3: values}))["Plan"][3]
    assert [cell.number_format for cell in cells][:6] == [
        "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm", "mmm-yy", "0%", "General",
    ]  # fmt: skip
    assert [cell.value for cell in cells][4:] == [
        0.45, 7, 2.5, True, "=1+1", "007", " bell", "#REF!", "#N/A", "14/10/1066",
    ]  # fmt: skip
    assert [cell.data_type for cell in cells][5:] == ["n", "n", "b", "s", "s", "s", "e", "e", "s"]


def test_what_is_merged_or_hidden_stays_so_and_a_note_stands_on_the_first_of_merged_cells() -> None:
    grid = one_sheet(
        {2: ["Theme", None, "x"], 3: [None, "y"], 4: ["z"]},
        merges=(Merge(2, 1, 3, 2), Merge(3, 2, 4, 2)),
        hidden_rows=frozenset({4, 90}),
        hidden_columns=frozenset({3, 90}),
    )
    sheet = opened(grid, [error("B3", "Not this."), error("A2", "Nor that.")])["Plan"]
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A2:B3"]  # the other one overlaps it
    assert [number for number, row in sheet.row_dimensions.items() if row.hidden] == [4]
    assert [letter for letter, column in sheet.column_dimensions.items() if column.hidden] == ["C"]
    assert sheet["A2"].comment.text == "Left out. Not this.\n\nLeft out. Nor that."


def test_a_cell_with_several_notes_is_marked_by_the_gravest() -> None:
    problems = [Problem("Plan", "A1", ProblemLevel.WARNING, "Perhaps."), error("A1")]
    cell = opened(one_sheet({1: ["x"]}), problems)["Plan"]["A1"]
    assert (cell.border.left.style, cell.comment.text) == ("thick", "Left out. No.\n\nWorth a look. Perhaps.")


def test_a_blank_cell_and_one_outside_every_row_are_marked_too() -> None:
    sheet = opened(one_sheet({1: ["x"]}), [error("C9"), error(""), error("XFE1"), error("A1", sheet="Gone")])["Plan"]
    assert [cell.coordinate for row in sheet for cell in row if cell.comment] == ["C9"]


def test_beyond_so_many_notes_the_gravest_have_one_and_all_are_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csp_desktop.imports.annotated.notes.MOST_NOTES", 2)
    monkeypatch.setattr("csp_desktop.imports.annotated.to_check.MOST_NOTES", 2)
    monkeypatch.setattr("csp_desktop.imports.annotated.to_check._MOST_LISTED", 3)
    problems = [Problem("Plan", f"A{row}", ProblemLevel.WARNING, "Look.") for row in (1, 2, 3)]
    book = opened(one_sheet({1: ["x"]}), [*problems, error("A8")])
    sheet = book["Plan"]
    assert [row for row in range(1, 9) if sheet.cell(row, 1).comment] == [1, 8]
    assert [row for row in range(1, 9) if sheet.cell(row, 1).border.top.style] == [1, 2, 3, 8]
    said = [row[0].value for row in book.worksheets[0].iter_rows()]
    assert "4 cells are marked; 2 of them have a note." in said
    assert "1 more are not listed here." in said
    assert [row[2].value for row in book.worksheets[0].iter_rows() if row[2].hyperlink] == ["A8", "A1", "A2"]


def test_the_list_leaves_room_for_the_file_to_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csp_desktop.imports.annotated.to_check.Limits", lambda: Limits(rows=205))
    rows: dict[int, list[CellValue]] = {1: ["x"], 2: ["y"]}
    said = opened(one_sheet(rows), [error(f"A{row}") for row in range(1, 9)]).worksheets[0]
    assert [row[0].value for row in said.iter_rows()][-4:] == [1, 2, 3, "5 more are not listed here."]


def test_texts_are_clean_and_within_what_cells_and_notes_hold() -> None:
    grid = one_sheet({1: ["x" * 40_000, "\x00\x0ba"]})
    data = annotated_workbook(a_plan(grid, [error("A1", "y\x01" * 40_000), error("B1")]), "R&D")
    book = openpyxl.load_workbook(BytesIO(data))
    assert all(len(str(cell.value or "")) <= 32_767 for sheet in book for row in sheet.iter_rows() for cell in row)
    note = book["Plan"]["A1"].comment
    assert len(note.text) <= 2_000
    assert "\x01" not in note.text
    (shapes,) = (text for name, text in parts(data) if name.endswith(".vml"))
    heights = [int(height) for height in re.findall(r"height:(\d+)px", shapes)]
    assert heights == [756, 36]
    assert book["Plan"].oddHeader.center.text == "R&&D"


def parts(data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode()


def test_nothing_in_it_is_a_formula_or_leads_out_of_it() -> None:
    rows: dict[int, list[CellValue]] = {1: ["=HYPERLINK(1)", "http://example.org", "@SUM(1)", "+44 1924"]}
    data = annotated_workbook(a_plan(one_sheet(rows), [error("A1", "=1+1")]), "")
    for name, text in parts(data):
        assert "<f>" not in text, name
        assert "TargetMode" not in text, name
        ET.fromstring(text)  # noqa: S314 - written a moment ago


def test_the_boxes_of_its_notes_are_numbered_apart_over_all_sheets() -> None:
    sheets = tuple(SheetGrid(name, rows={1: ["x"]}) for name in ("One", "Two", "Three"))
    problems = [error(f"A{row}", sheet="One") for row in range(1, 1_500)]
    problems += [error("A1", sheet="Two"), error("A1", sheet="Three")]
    data = annotated_workbook(a_plan(WorkbookGrid("plan.xlsx", "xlsx", sheets), problems), "")
    shapes = [text for name, text in parts(data) if name.endswith(".vml")]
    assert [re.findall(r'data="([\d,]+)"', text) for text in shapes] == [["1,2"], ["3"], ["4"]]
    for text, blocks in zip(shapes, ((1, 2), (3,), (4,)), strict=True):
        numbers = [int(number) for number in re.findall(r'id="_x0000_s(\d+)"', text)]
        assert len(set(numbers)) == len(numbers)
        assert {number // 1_024 for number in numbers} == set(blocks)
    assert sum(text.count('"_x0000_s') for text in shapes) == 1_501


def test_sheets_have_names_that_a_workbook_takes() -> None:
    names = ["Plan", "PLAN", "a/b:c", "'quoted'", "x" * 40, "x" * 41, "History", "", "\U0001f600" * 20, "Bins [old]?"]
    titles = sheet_titles([SheetGrid(name) for name in names])
    assert list(titles.values())[:4] == ["Plan", "PLAN (2)", "a b c", "quoted"]
    assert titles[""] == "Sheet1"
    assert titles["History"].casefold() != "history"
    assert len({title.casefold() for title in titles.values()}) == len(names)
    for title in titles.values():
        assert 0 < len(title.encode("utf-16-le")) <= 62
        assert not set(title) & set("[]:*?/\\")
    assert free_title("To check", ["to CHECK", "To check (2)"]) == "To check (3)"


def test_an_owners_own_sheet_of_that_name_stays_beside_the_list() -> None:
    sheets = tuple(SheetGrid(name, rows={1: ["Ours"]}) for name in ("To check", "It's"))
    grid = WorkbookGrid("plan.xlsx", "xlsx", sheets)
    book = opened(grid, [error("A1", sheet="To check"), error("A1", sheet="It's")])
    assert book.sheetnames == ["To check (2)", "To check", "It's"]
    links = [cell.hyperlink.location for row in book.worksheets[0] for cell in row if cell.hyperlink]
    assert links == ["'To check'!A1", "'It''s'!A1"]


def test_a_hidden_sheet_stays_hidden_and_no_link_leads_there() -> None:
    sheets = (SheetGrid("Plan", rows={1: ["x"]}), SheetGrid("Lists", hidden=True, rows={1: ["y"]}))
    book = opened(WorkbookGrid("plan.xlsx", "xlsx", sheets), [error("A1"), error("A1", sheet="Lists")])
    assert (book["Plan"].sheet_state, book["Lists"].sheet_state) == ("visible", "hidden")
    assert [cell.hyperlink.location for row in book.worksheets[0] for cell in row if cell.hyperlink] == ["'Plan'!A1"]


def test_with_nothing_to_mend_it_says_so() -> None:
    said = [row[0].value for row in opened(one_sheet({1: ["x"]})).worksheets[0].iter_rows()]
    assert said == ["To check in plan.xlsx", "Nothing was found in this file that needs mending."]


def test_where_nothing_is_left_out_nothing_has_to_be_mended() -> None:
    look = Problem("Plan", "A1", ProblemLevel.WARNING, "“Amina Shah” is not known yet.")
    said = [row[0].value for row in opened(one_sheet({1: ["x"]}), [look]).worksheets[0].iter_rows()]
    assert str(said[2]).startswith("Nothing has to be mended. Look at the cells marked in colour")
    assert "On the sheets: worth a look, a dashed amber border." in said


ROWS = st.dictionaries(st.integers(1, 9), st.lists(CELLS, min_size=1, max_size=6), max_size=5)
PLACES = st.lists(st.tuples(st.integers(1, 9), st.sampled_from("ABCDEFG")), max_size=6)


def is_exact(value: CellValue) -> bool:
    """Say whether a spreadsheet holds the value as it is, and does not round it or know it by another code."""
    if isinstance(value, datetime | time) or value == CellError(NO_RESULT):
        return False
    return not isinstance(value, int | float) or abs(value) < 10**15


@settings(max_examples=60)
@given(ROWS, st.lists(MERGES, max_size=4), PLACES, st.text(max_size=40))
def test_whatever_a_file_holds_is_written_and_can_be_read_again(
    tmp_path_factory: pytest.TempPathFactory,
    rows: dict[int, list[CellValue]],
    merges: list[Merge],
    places: list[tuple[int, str]],
    message: str,
) -> None:
    grid = one_sheet(dict(sorted(rows.items())), merges=tuple(merges))
    problems = [error(f"{letter}{row}", message) for row, letter in places]
    path = tmp_path_factory.mktemp("any") / "annotated.xlsx"
    path.write_bytes(annotated_workbook(a_plan(grid, problems), ""))
    sheet = read(path).sheets[1]
    for row, values in rows.items():
        for column, value in enumerate(values, start=1):
            expected = plain(value)
            if is_exact(expected):
                assert text_of(sheet.value(row, column)) == text_of(expected)


def test_the_command_line_writes_it(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    path, annotated = tmp_path / "plan.xlsx", tmp_path / "annotated.xlsx"
    write_sheets(path, {"Return": [HEADINGS, ROW]})
    store.close()
    words = ["--store", str(store.path), "import", str(path), "--dry-run", "--annotated", str(annotated)]
    assert main(words) == 0
    assert openpyxl.load_workbook(annotated)["Return"]["E2"].comment
    words.insert(3, str(path))
    assert main(words) == 1


def test_an_import_that_asks_for_it_writes_what_it_met(store: Store, tmp_path: Path) -> None:
    path, annotated = tmp_path / "plan.xlsx", tmp_path / "annotated.xlsx"
    write_sheets(path, {"Return": [HEADINGS, ROW]})
    import_files(store, [path], ImportRequest(annotated=annotated), TODAY)
    assert "is not a real date" in openpyxl.load_workbook(annotated)["Return"]["E2"].comment.text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_saves_it_with_its_notes_and_it_is_known_again(sent: Sent, tmp_path: Path) -> None:
    back = sent.write({("due", 1): "31/04/2027", ("milestone.due", 1): "31/06/2027"}).annotated()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "saved"),
        str(back.path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own file
    saved = Sent(sent.store, tmp_path, tmp_path / "saved" / back.path.name)
    for key in ("due", "milestone.due"):
        assert saved.cell(key).comment.text == back.cell(key).comment.text
    assert told(saved.plan()) == told(back.plan())
    mended = saved.write({("due", 1): date(2027, 4, 30), ("milestone.due", 1): date(2027, 6, 30)}).plan()
    assert (mended.counts["changed"], mended.counts["errors"], mended.counts["conflicts"]) == (2, 0, 0)
