"""An update workbook, read back as a spreadsheet program and as our own reader would."""

import json
import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from csp_desktop.commands.actions import add_action, add_milestone, post_update
from csp_desktop.commands.people import add_person
from csp_desktop.exports.content import Timing, WorkbookContent, WorkbookRow, Written
from csp_desktop.exports.exporting import Exported, export_workbook
from csp_desktop.exports.layout import (
    ACTION_COLUMNS,
    BASE_FROM,
    MILESTONE_COLUMNS,
    UpdateColumn,
    action_row,
    milestone_row,
    row_number,
)
from csp_desktop.exports.scopes import find_scope
from csp_desktop.exports.update_workbook import update_workbook
from csp_desktop.imports.running import open_source
from csp_desktop.queries.plans import list_plans, list_themes
from csp_desktop.store import Store
from models.exports import ExportSnapshot
from models.plan import RagScheme, RagValue
from models.vocabulary import DueKind, RagShape
from tests.factories import TODAY

STATUSES = ["Not started", "In progress", "On hold", "Ongoing", "Complete", "Cancelled"]
LONG = "The provider has withdrawn and a new tender is out. " * 20


class Opened:
    """An exported workbook as openpyxl reads it, with the places of its cells by column key."""

    def __init__(self, path: Path, done: Exported) -> None:
        self.path, self.done, self.key = path, done, done.key
        self.book: Any = openpyxl.load_workbook(path)
        self.actions: Worksheet = self.book["Actions"]
        self.milestones: Worksheet = self.book["Milestones"]

    def sheet(self, columns: tuple[UpdateColumn, ...]) -> Worksheet:
        return self.actions if columns is ACTION_COLUMNS else self.milestones

    def header(self, sheet: Worksheet) -> int:
        return next(row for row in range(1, 20) if str(sheet.cell(row, 1).value).startswith("EXP-")) + 1

    def cell(self, key: str, row: int = 1) -> Any:
        columns = MILESTONE_COLUMNS if key.startswith("milestone.") else ACTION_COLUMNS
        sheet = self.sheet(columns)
        return sheet.cell(self.header(sheet) + row, [column.key for column in columns].index(key) + 1)

    def column(self, key: str) -> list[Any]:
        first = self.cell(key)
        return [first.parent.cell(row, first.column).value for row in range(first.row, first.parent.max_row + 1)]

    def rules_at(self, cell: Any) -> list[Any]:
        return [each for each in cell.parent.data_validations.dataValidation if cell.coordinate in each.sqref]

    def rule(self, key: str, row: int = 1) -> Any:
        (found,) = self.rules_at(self.cell(key, row))
        return found

    def colours(self, cell: Any) -> dict[str, tuple[str, str]]:
        """What the words that colour a cell make of it: fill and ink."""
        found = {}
        for each in cell.parent.conditional_formatting:
            if cell.coordinate in each.sqref:
                for rule in each.rules:
                    word = rule.formula[0][1:-1].replace('""', '"')
                    found[word] = (rule.dxf.fill.bgColor.rgb[-6:], rule.dxf.font.color.rgb[-6:])
        return found

    def chosen_from(self, rule: Any) -> list[str]:
        sheet, _, cells = rule.formula1.rpartition("!")
        return [row[0].value for row in self.book[sheet.strip("'")][cells.replace("$", "")]]


Export = Callable[..., Opened]


@pytest.fixture
def exported(store: Store, tmp_path: Path) -> Export:
    def export(owner: str | None = None, wanted_back: date | None = None) -> Opened:
        path = tmp_path / "update.xlsx"
        scope = find_scope(store, TODAY, owner=owner, theme=None, plan=None)
        return Opened(path, export_workbook(store, scope, Timing.of(TODAY, None, wanted_back), path))

    return export


def an_action(store: Store, title: str = "Renew the order", **values: Any) -> int:
    plan = list_plans(store)[0]
    values = {"theme_id": list_themes(store, plan.id)[0].id, "forecast_due": date(2027, 3, 31)} | values
    return add_action(store, plan.id, title=title, **values)


@pytest.fixture
def content(store: Store, tmp_path: Path) -> WorkbookContent:
    """What a workbook of one action and one milestone says, as the export hands it on."""
    add_milestone(store, an_action(store), "Tender out", date(2026, 12, 14))
    held: list[WorkbookContent] = []

    def hold(given: WorkbookContent) -> Written:
        held.append(given)
        return update_workbook(given)

    with patch("csp_desktop.exports.update_workbook.update_workbook", hold):
        scope = find_scope(store, TODAY, owner=None, theme=None, plan=None)
        export_workbook(store, scope, Timing.of(TODAY), tmp_path / "held.xlsx")
    return held[0]


def opened(content: WorkbookContent, tmp_path: Path) -> Opened:
    path = tmp_path / "written.xlsx"
    written = update_workbook(content)
    path.write_bytes(written.data)
    return Opened(path, Exported(0, content.key, path, len(content.actions), written.shortened))


@pytest.mark.parametrize("columns", [ACTION_COLUMNS, MILESTONE_COLUMNS], ids=["actions", "milestones"])
def test_the_headings_stand_in_order_with_the_keys_hidden_above(
    store: Store, exported: Export, columns: tuple[UpdateColumn, ...]
) -> None:
    an_action(store)
    found = exported()
    sheet = found.sheet(columns)
    header = found.header(sheet)
    assert [cell.value for cell in sheet[header]] == [column.heading for column in columns]
    assert [cell.value for cell in sheet[header - 1]] == [f"{found.key} {column.key}" for column in columns]
    hidden = [row for row in range(1, sheet.max_row + 1) if sheet.row_dimensions[row].hidden]
    assert hidden == [header - 1]
    letters = [letter for letter, dimension in sheet.column_dimensions.items() if dimension.hidden]
    assert letters == [sheet.cell(header, len(columns)).column_letter]
    assert not sheet.merged_cells.ranges


@pytest.mark.parametrize("columns", [ACTION_COLUMNS, MILESTONE_COLUMNS], ids=["actions", "milestones"])
def test_rows_are_a_table_that_filters_below_frozen_headings(
    store: Store, exported: Export, columns: tuple[UpdateColumn, ...]
) -> None:
    action = an_action(store)
    an_action(store, "Train the wardens")
    for title in ("Tender out", "Contract signed"):
        add_milestone(store, action, title, date(2026, 12, 14))
    found = exported()
    sheet = found.sheet(columns)
    header = found.header(sheet)
    last = sheet.cell(header, len(columns)).column_letter
    (table,) = sheet.tables.values()
    assert table.displayName == sheet.title
    assert table.ref == table.autoFilter.ref == f"A{header}:{last}{header + 2}"
    assert [column.name for column in table.tableColumns] == [column.heading for column in columns]
    frozen = {"Actions": "E", "Milestones": "B"}[sheet.title]
    assert sheet.freeze_panes == f"{frozen}{header + 1}"
    assert sheet.auto_filter.ref is None  # one filter: a second over the same cells is a damaged file to Excel


def test_each_row_carries_its_hidden_id(store: Store, exported: Export) -> None:
    first, second = an_action(store), an_action(store, "Train the wardens")
    milestone = add_milestone(store, second, "First ten trained", date(2026, 12, 14))
    found = exported()
    assert found.column("_rid") == [action_row(found.key, first), action_row(found.key, second)]
    assert found.column("milestone._rid") == [milestone_row(found.key, milestone)]
    assert found.column("milestone.ref") == [found.column("ref")[1]]


def test_what_is_above_says_what_is_asked_for(store: Store, exported: Export) -> None:
    an_action(store, lead_person_id=add_person(store, "Amina Shah"))
    found = exported("Amina Shah", date(2026, 12, 14))
    sheet = found.actions
    lines = [str(sheet.cell(row, 1).value) for row in range(1, found.header(sheet) - 1)]
    assert lines[0] == f"Action update: {list_plans(store)[0].title}"
    assert lines[1] == "Led by Amina Shah · 1 action · Q3 2026/27, 1 Oct 2026 to 31 Dec 2026"
    assert lines[2].startswith("Please send it back by 14 December 2026")
    assert [row for row in range(2, 8) if sheet.cell(row, 1).font.b] == [3, 7]
    steps = " ".join(lines[3:6])
    assert all(words in steps for words in ("Your update to Next steps", "Grey columns", "leave Ref blank"))
    assert lines[6] == "OFFICIAL"
    assert found.book.active.title == "Actions"
    assert found.book.sheetnames[:2] == ["Actions", "Milestones"]


def test_the_key_lies_in_three_places(store: Store, exported: Export) -> None:
    an_action(store)
    found = exported()
    hidden = found.book["_csp"]
    assert hidden.sheet_state == "hidden"
    assert [each.value for each in found.book.custom_doc_props if each.name == "CSP export"] == [found.key]
    assert found.actions.cell(found.header(found.actions) - 1, 1).value == f"{found.key} ref"
    with store.read() as connection:
        kept = connection.execute(select(ExportSnapshot.key, ExportSnapshot.period)).one()
    assert kept.key == found.key
    pairs = {hidden.cell(row, 1).value: hidden.cell(row, 2).value for row in range(1, BASE_FROM)}
    assert hidden["A1"].value == "csp-update-workbook"
    mark = pairs.pop("store")
    assert re.fullmatch(r"[0-9a-f]{16}", mark)
    assert {name: value for name, value in pairs.items() if name not in {None, "csp-update-workbook"}} == {
        "version": "1",
        "export": found.key,
        "plan": list_plans(store)[0].key,
        "period": kept.period,
        "period_end": "2026-12-31",
        "exported_on": "2026-11-23",
        "wanted_back": "2026-12-07",
    }


def test_the_hidden_sheet_holds_the_base_of_every_row(store: Store, exported: Export) -> None:
    action = an_action(store, "=1+1 “œuf” 🙂\nsecond line", description="")
    add_milestone(store, action, "Tender out", date(2026, 12, 14))
    found = exported()
    hidden = found.book["_csp"]
    read = {}
    for row in hidden.iter_rows(min_row=BASE_FROM):
        assert {cell.data_type for cell in row if cell.value is not None} == {"s"}
        read[row[0].value] = json.loads("".join(cell.value or "" for cell in row[1:]))
    with store.read() as connection:
        base = connection.execute(select(ExportSnapshot.base)).scalar_one()
    assert read == base
    assert read[f"A{action}"]["title"] == "=1+1 “œuf” 🙂\nsecond line"


def test_a_base_too_long_for_a_cell_lies_in_several(content: WorkbookContent, tmp_path: Path) -> None:
    said = {"title": "🙂" * 20_000, "update": '=" \\ ' * 9_000}
    found = opened(replace(content, base={"A1": said}), tmp_path)
    row = next(found.book["_csp"].iter_rows(min_row=BASE_FROM))
    chunks = [cell.value for cell in row[1:]]
    assert len(chunks) > 4
    assert all(len(chunk.encode("utf-16-le")) // 2 <= 32_767 for chunk in chunks)
    assert json.loads("".join(chunks)) == said


def test_the_document_says_what_it_is(store: Store, exported: Export) -> None:
    an_action(store)
    properties = exported().book.properties
    assert properties.title == f"Action update: {list_plans(store)[0].title}"
    assert (properties.creator, properties.language) == ("CSP Desktop", "en-GB")


def test_cells_hold_what_the_store_says(store: Store, exported: Export) -> None:
    person = add_person(store, "Amina Shah")
    action = an_action(store, lead_person_id=person, start=date(2026, 4, 1), success_measure="007")
    post_update(store, action, date(2026, 9, 28), done="- Consulted", rag="G", percent=45, next_steps="Publish")
    an_action(store, "Ring the trust", forecast_due=None, due_kind=DueKind.ONGOING)
    found = exported()
    assert found.cell("start").value == datetime(2026, 4, 1)  # noqa: DTZ001 - as openpyxl reads a day
    assert found.cell("due").value == datetime(2027, 3, 31)  # noqa: DTZ001 - as above
    assert {found.cell(key).number_format for key in ("start", "baseline_due", "due")} == {"d mmm yyyy"}
    percent = found.cell("percent")
    assert (percent.value, percent.data_type, percent.number_format) == (0.45, "n", "0%")
    texts = {key: found.cell(key).value for key in ("title", "lead", "status", "success_measure", "last_update")}
    assert texts == {
        "title": "Renew the order",
        "lead": "Amina Shah",
        "status": "In progress",
        "success_measure": "007",
        "last_update": "- Consulted",
    }
    assert (found.cell("last_rag").value, found.cell("next_steps").value) == ("Green", "Publish")
    assert [found.cell(key).value for key in ("update", "rag", "reason")] == [None, None, None]
    assert found.cell("due", 2).value == "Ongoing"
    assert found.cell("percent", 2).value is None


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+44 1924", "-1", "@SUM(A1)", "007", "3/4", "_x0041_x0042_"])
def test_text_stays_text_whatever_it_looks_like(store: Store, exported: Export, text: str, tmp_path: Path) -> None:
    action = an_action(store, text, success_measure=text)
    add_milestone(store, action, text, date(2026, 12, 14))
    found = exported()
    cells = [found.cell(key) for key in ("title", "success_measure", "milestone.title", "milestone.action")]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}  # typed over, it is text again
    grid = open_source(tmp_path / "update.xlsx").grid
    values = [value for sheet in grid.visible for row in sheet.rows.values() for value in row]
    assert values.count(text) == 4


def test_control_characters_go_and_what_was_shortened_is_told(store: Store, exported: Export) -> None:
    an_action(store, "a\x0bb\x85c\r\nd", success_measure="x" * 40_000)
    an_action(store, "Train the wardens", success_measure="y")
    found = exported()
    assert found.cell("title").value == "a b c\nd"
    cell = found.cell("success_measure")
    assert len(cell.value) <= 32_767
    assert found.done.shortened == (f"Actions {cell.coordinate}",)


def test_a_shortened_milestone_is_told_by_its_own_sheet(content: WorkbookContent) -> None:
    row_id = content.milestones[0].row_id
    written = update_workbook(replace(content, shortened=((row_id, "milestone.title"), ("A9zz", "title"))))
    assert written.shortened == ("Milestones C7",)


def test_a_day_before_spreadsheets_know_days_is_written_as_text(content: WorkbookContent, tmp_path: Path) -> None:
    cells = {"title": "Old", "start": date(1066, 10, 14), "due": date(1901, 1, 1)}
    found = opened(replace(content, actions=(WorkbookRow("A1bb", cells),)), tmp_path)
    assert found.cell("start").value == "1066-10-14"
    assert found.cell("due").value == datetime(1901, 1, 1)  # noqa: DTZ001 - as openpyxl reads a day


def test_dropdowns_offer_the_words_also_in_rows_to_come(store: Store, exported: Export) -> None:
    an_action(store)
    found = exported()
    for row in (1, 2, 150):
        assert found.chosen_from(found.rule("status", row)) == STATUSES
        assert found.chosen_from(found.rule("rag", row)) == ["Blue", "Green", "Amber", "Red"]
        assert found.chosen_from(found.rule("milestone.status", row)) == STATUSES
    assert found.book["_lists"].sheet_state == "hidden"
    rule = found.rule("rag")
    assert (rule.showErrorMessage, rule.errorStyle) == (True, "stop")
    assert rule.error == "Choose one from the list: Blue, Green, Amber or Red; or leave it empty."
    assert rule.prompt == "Amber and Red need a reason and a recovery date beside it."
    assert not found.rules_at(found.cell("last_rag"))


@pytest.mark.parametrize("key", ["start", "due", "milestone.due", "milestone.actual_end"])
def test_a_date_is_asked_for_but_words_may_stay(store: Store, exported: Export, key: str) -> None:
    an_action(store)
    found = exported()
    rule = found.rule(key, 150)
    assert (rule.type, rule.errorStyle, rule.showErrorMessage) == ("date", "warning", True)
    assert "30 Sep 2027" in rule.error
    assert ("Ongoing" in rule.error) == (key == "due")
    below = found.cell(key, 150)
    letter = below.column_letter
    assert below.parent.column_dimensions[letter].number_format == "d mmm yyyy"
    assert not found.rules_at(found.cell("baseline_due"))
    assert not found.rules_at(found.cell("milestone.baseline_due"))


def test_a_percentage_is_from_none_to_all(store: Store, exported: Export) -> None:
    an_action(store)
    found = exported()
    rule = found.rule("percent", 150)
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == ("decimal", "between", "0", "1")
    assert "0% to 100%" in rule.error
    letter = found.cell("percent").column_letter
    assert found.actions.column_dimensions[letter].number_format == "0%"


def test_a_milestone_chooses_the_ref_of_its_action(store: Store, exported: Export) -> None:
    an_action(store)
    an_action(store, "Train the wardens")
    found = exported()
    rule = found.rule("milestone.ref", 5)
    assert found.chosen_from(rule) == found.column("ref")
    assert rule.errorStyle == "warning"


def test_what_a_cell_says_is_no_longer_than_excel_takes(store: Store, exported: Export) -> None:
    an_action(store)
    found = exported()
    rules = [each for sheet in (found.actions, found.milestones) for each in sheet.data_validations.dataValidation]
    assert len(rules) == 9
    for rule in rules:
        assert 0 < len(rule.error) <= 255
        assert len(rule.prompt or "") <= 255
        assert all(len(title or "") <= 32 for title in (rule.errorTitle, rule.promptTitle))
        assert "invalid" not in rule.error.casefold()


def test_rag_is_coloured_by_the_word_in_the_cell(store: Store, exported: Export) -> None:
    action = an_action(store)
    post_update(store, action, date(2026, 9, 28), done="Consulted", rag="G")
    found = exported()
    palette = {
        "Blue": ("0B2E59", "FFFFFF"),
        "Green": ("3E9B6E", "000000"),
        "Amber": ("FFC83D", "000000"),
        "Red": ("8C1C13", "FFFFFF"),
    }
    for key in ("last_rag", "rag"):
        assert found.colours(found.cell(key)) == palette
        assert found.colours(found.cell(key, 150)) == palette
    assert found.cell("last_rag").value == "Green"
    assert found.colours(found.cell("percent")) == {}


def test_a_plan_s_own_rag_scheme_is_offered_and_coloured(store: Store, exported: Export) -> None:
    with store.write("A scheme of our own") as session:
        scheme = session.scalars(select(RagScheme)).one()
        for value in session.scalars(select(RagValue).where(RagValue.scheme_id == scheme.id, RagValue.letter != "R")):
            session.delete(value)
        late = session.scalars(select(RagValue).where(RagValue.letter == "R")).one()
        late.word, late.fill, late.ink = 'Late, or "stuck"', "#112233", "#FEDCBA"
        fine = RagValue(
            scheme_id=scheme.id,
            letter="F",
            word="=Fine",
            meaning="",
            position=9,
            shape=RagShape.CIRCLE,
            fill="#445566",
            ink="#000000",
        )
        session.add(fine)
    an_action(store)
    found = exported()
    assert found.chosen_from(found.rule("rag")) == ['Late, or "stuck"', "=Fine"]
    expected = {'Late, or "stuck"': ("112233", "FEDCBA"), "=Fine": ("445566", "000000")}
    assert found.colours(found.cell("rag")) == found.colours(found.cell("last_rag")) == expected
    assert found.rule("rag").prompt.startswith('Late, or "stuck" needs a reason')


@pytest.mark.parametrize("columns", [ACTION_COLUMNS, MILESTONE_COLUMNS], ids=["actions", "milestones"])
def test_what_is_for_reading_is_grey_and_what_is_asked_for_stands_out(
    store: Store, exported: Export, columns: tuple[UpdateColumn, ...]
) -> None:
    an_action(store)
    found = exported()
    shades: dict[tuple[bool, bool], set[str]] = {}
    for column in columns:
        cell, heading = found.cell(column.key), found.cell(column.key, 0)
        colour = cell.fill.fgColor.rgb[-6:] if cell.fill.fill_type else "FFFFFF"
        shade = f"{colour} under {heading.fill.fgColor.rgb[-6:]}"
        shades.setdefault((column.is_read_only, column.posts), set()).add(shade)
    assert all(len(found) == 1 for found in shades.values())
    assert len(set.union(*shades.values())) == len(shades)
    assert shades[False, False] == {"FFFFFF under FFFFFF"}
    assert not found.actions.protection.sheet


def test_rows_are_wrapped_high_enough_and_still_grow(store: Store, exported: Export) -> None:
    an_action(store)
    tall = an_action(store, "Find a new provider")
    post_update(store, tall, date(2026, 9, 28), done=LONG[:420])
    huge = an_action(store, "Find another")
    post_update(store, huge, date(2026, 9, 28), done=LONG * 5)
    found = exported()
    header = found.header(found.actions)
    heights = [found.actions.row_dimensions[header + row].height or 0 for row in (1, 2, 3)]
    assert heights[0] < 45 < heights[1] < heights[2] <= 160
    assert found.cell("last_update", 2).alignment.wrap_text
    assert found.cell("update", 2).alignment.vertical == "top"
    with zipfile.ZipFile(found.path) as package:
        text = package.read("xl/worksheets/sheet1.xml").decode()
    rows = re.findall(r"<row [^>]*>", text)[header - 1 :]
    assert len(rows) == 4
    assert ["customHeight" in row for row in rows] == [True, False, False, False]
    assert found.actions.column_dimensions[found.cell("update").column_letter].alignment.wrap_text


def test_columns_are_as_wide_as_laid_out(store: Store, exported: Export) -> None:
    an_action(store)
    found = exported()
    for columns in (ACTION_COLUMNS, MILESTONE_COLUMNS):
        dimensions = found.sheet(columns).column_dimensions
        letters = [found.cell(column.key).column_letter for column in columns]
        assert [dimensions[letter].width for letter in letters] == [column.width for column in columns]


def test_without_milestones_their_sheet_waits_for_them(store: Store, exported: Export) -> None:
    an_action(store)
    found = exported()
    header = found.header(found.milestones)
    assert found.milestones.tables["Milestones"].ref == f"A{header}:H{header + 1}"
    assert [cell.value for cell in found.milestones[header + 1]] == [None] * len(MILESTONE_COLUMNS)
    lines = [str(found.milestones.cell(row, 1).value) for row in range(1, header - 1)]
    assert "To add a milestone, use a new row and give it the Ref of its action." in lines


def test_milestones_are_listed_with_what_they_are_of(store: Store, exported: Export) -> None:
    add_milestone(store, an_action(store), "Tender out", date(2026, 12, 14))
    found = exported()
    row = {column.key: found.cell(column.key).value for column in MILESTONE_COLUMNS[:-1]}
    assert row == {
        "milestone.ref": "ACT-0001",
        "milestone.action": "Renew the order",
        "milestone.title": "Tender out",
        "milestone.baseline_due": datetime(2026, 12, 14),  # noqa: DTZ001 - as openpyxl reads a day
        "milestone.due": datetime(2026, 12, 14),  # noqa: DTZ001 - as above
        "milestone.status": "Not started",
        "milestone.actual_end": None,
    }


@pytest.mark.parametrize("columns", [ACTION_COLUMNS, MILESTONE_COLUMNS], ids=["actions", "milestones"])
def test_it_prints_on_a4_with_headings_mark_and_page_numbers(
    store: Store, exported: Export, columns: tuple[UpdateColumn, ...]
) -> None:
    an_action(store)
    found = exported()
    sheet = found.sheet(columns)
    header = found.header(sheet)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    wide = {"Actions": 2, "Milestones": 1}[sheet.title]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (wide, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${header}:${header}"
    visible = sheet.cell(header, len(columns) - 1).column_letter
    assert sheet.print_area == f"'{sheet.title}'!$A${header}:${visible}$1048576"
    assert (sheet.oddHeader.center.text, sheet.oddFooter.center.text) == ("OFFICIAL", "OFFICIAL")
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert sheet.oddHeader.right.text == "Back by 7 December 2026"


def test_names_of_any_length_fit_the_margins(content: WorkbookContent, tmp_path: Path) -> None:
    plan = replace(content.scope.plan, title="Law & order\n" + "x" * 300)
    found = opened(replace(content, scope=replace(content.scope, plan=plan)), tmp_path)
    margin = found.actions.oddHeader.left.text
    assert margin.startswith("Action update: Law && order xxx")
    assert len(margin) <= 70
    assert margin.endswith("…")


def test_without_a_handling_mark_no_line_is_left_for_it(content: WorkbookContent, tmp_path: Path) -> None:
    found = opened(replace(content, marking=""), tmp_path)
    filled = [row for row in range(1, found.header(found.actions)) if found.actions.cell(row, 1).value]
    assert filled == list(range(1, found.header(found.actions)))
    assert found.actions.oddHeader.center.text is None


def test_our_own_reader_takes_it_and_sees_the_hidden_ids(store: Store, exported: Export) -> None:
    actions = [an_action(store), an_action(store, "=Train the wardens")]
    add_milestone(store, actions[0], "Tender out", date(2026, 12, 14))
    found = exported()
    grid = open_source(found.path).grid
    assert [sheet.name for sheet in grid.visible] == ["Actions", "Milestones"]
    sheet = grid.visible[0]
    header = found.header(found.actions)
    assert sheet.hidden_rows == {header - 1}
    assert sheet.hidden_columns == {len(ACTION_COLUMNS)}
    ids = [str(sheet.value(row, len(ACTION_COLUMNS))) for row in sheet.rows if row > header]
    assert [row_number(found.key, text) for text in ids] == [("A", actions[0]), ("A", actions[1])]
    assert sheet.last_row == header + 2


def test_rows_to_come_cost_no_cells(store: Store, exported: Export) -> None:
    an_action(store)
    found = exported()
    assert found.actions.max_row == found.header(found.actions) + 1
    assert found.path.stat().st_size < 20_000


def test_a_thousand_actions_take_a_moment(content: WorkbookContent) -> None:
    cells = dict(content.actions[0].cells) | {"last_update": LONG[:300], "percent": 40}
    rows = tuple(WorkbookRow(action_row(content.key, number), cells) for number in range(1000))
    base = {f"A{number}": {"last_update": LONG[:300]} for number in range(1000)}
    started = time.process_time()
    written = update_workbook(replace(content, actions=rows, base=base))
    assert time.process_time() - started < 6  # a tenth of that on a PC of one's own; build servers are slow
    sheet = openpyxl.load_workbook(BytesIO(written.data))["Actions"]
    assert sheet.tables["Actions"].ref.endswith("S1009")
    assert len(written.data) < 300_000
