import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from csp_desktop.imports.grid import NO_RESULT, CellError, MonthDate, PercentNumber, address
from csp_desktop.imports.reading.limits import MIB, Limits
from csp_desktop.imports.reading.reader import read_workbook
from tests.csp_desktop.imports.reading_files import parsed, refused, rewritten, zipped

WriteBook = Callable[..., Path]
SHEET = "xl/worksheets/sheet1.xml"


def test_values_come_with_their_kinds_and_addresses(book: WriteBook) -> None:
    def change(made: Workbook) -> None:
        sheet = made["Plan"]
        sheet["A3"], sheet["B3"] = 0.45, date(2025, 3, 1)
        sheet["A3"].number_format, sheet["B3"].number_format = "0%", "mmm-yy"
        sheet["C3"] = "#REF!"
        sheet["C3"].data_type = "e"
        sheet["D3"] = "=1+1"
        sheet["E15"] = "far"
        sheet.merge_cells("A1:E1")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        made.create_sheet("Old").sheet_state = "hidden"

    rows = [["Title"], ["text", 7, 2.5, True, datetime(2025, 3, 31)]]  # noqa: DTZ001 - a cell has no zone
    path = book({"Plan": rows}, change)
    grid = read_workbook(path)
    sheet = grid.sheets[0]
    assert sheet.rows[2] == ["text", 7, 2.5, True, date(2025, 3, 31)]
    assert sheet.rows[3] == [PercentNumber(0.45), MonthDate(2025, 3, 1), CellError("#REF!"), CellError(NO_RESULT)]
    assert isinstance(sheet.rows[3][0], PercentNumber)
    assert isinstance(sheet.rows[3][1], MonthDate)
    assert sheet.value(15, 5) == "far"
    assert address(15, 5) == "E15"
    assert [(merge.first_row, merge.width) for merge in sheet.merges] == [(1, 5)]
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset({2}), frozenset({2}))
    assert [(each.name, each.hidden) for each in grid.sheets] == [("Plan", False), ("Old", True)]


def test_dates_of_the_1904_system(book: WriteBook) -> None:
    def change(made: Workbook) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        made.epoch = CALENDAR_MAC_1904

    assert parsed(book({"Plan": [[date(2025, 3, 31)]]}, change)).sheets[0].rows[1] == [date(2025, 3, 31)]


def test_control_characters_and_line_ends_are_cleaned(book: WriteBook) -> None:
    path = book({"Plan": [["one_x000D_two", "three"]]})
    rewritten(path, SHEET, lambda text: text.replace("one_x000D_two", "one_x000D_\ntwo_x0007_"))
    assert parsed(path).sheets[0].rows[1] == ["one\ntwo", "three"]


def test_rows_and_cells_out_of_order_are_put_in_order(book: WriteBook) -> None:
    path = book({"Plan": [["a", "b"], ["c"]]})

    def turn(text: str) -> str:
        start, end = text.index("<row"), text.index("</sheetData>")
        first, second = text[start:end].split("</row>")[:2]
        return f"{text[:start]}{second}</row>{first}</row>{text[end:]}"

    assert parsed(rewritten(path, SHEET, turn)).sheets[0].rows == {1: ["a", "b"], 2: ["c"]}


def test_what_is_broken_beside_the_cells_does_not_matter(book: WriteBook) -> None:
    path = book({"Plan": [["a"]]})
    broken = (
        '<conditionalFormatting sqref="A1"><cfRule type="nonsense" priority="x"/></conditionalFormatting></worksheet>'
    )
    rewritten(path, SHEET, lambda text: text.replace("</worksheet>", broken))
    assert parsed(path).sheets[0].rows == {1: ["a"]}


def test_bombs_are_refused_before_they_are_parsed(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    assert "unsafe size" in refused(zipped(path, {"xl/workbook.xml": b"<a/>", "xl/media/x.xml": b" " * (16 * MIB)}))
    entity = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]><workbook/>'
    assert "unsafe XML" in refused(zipped(path, {"xl/workbook.xml": entity}))
    assert "unsafe XML" in refused(zipped(path, {"xl/workbook.xml": entity.decode().encode("utf-16")}))
    many = {f"xl/{number}.xml": b"<a/>" for number in range(50)}
    assert "50 parts" in refused(zipped(path, many), Limits(parts=40))


def test_cells_outside_the_grid_and_too_many_of_them_are_refused(book: WriteBook) -> None:
    path = book({"Plan": [["a", "b"], ["c", "d"]]})
    assert "too large" in refused(path, Limits(cells=3))
    assert "too large" in refused(path, Limits(marked=3))
    assert "too many columns" in refused(path, Limits(columns=1))
    outside = rewritten(path, SHEET, lambda text: text.replace('r="B2"', 'r="XFE2"'))
    assert "outside the grid" in refused(outside)


def test_a_sheet_that_is_coloured_to_the_bottom_is_read(book: WriteBook) -> None:
    def colour(made: Workbook) -> None:
        for row in range(3, 300):
            for column in range(1, 21):
                made["Plan"].cell(row, column).border = Border(left=Side(style="thin"))

    path = book({"Plan": [["Action", "Lead"], ["Walk the park", "Amina Shah"]]}, colour)
    found = parsed(path, Limits(cells=10))
    assert list(found.sheets[0].rows) == [1, 2]
    assert "too large" in refused(path, Limits(marked=5_000))


def test_one_cell_at_the_last_corner_costs_nothing(book: WriteBook) -> None:
    path = book({"Plan": [["a"], ["b"]]})
    corner = rewritten(
        path, SHEET, lambda text: text.replace('<row r="2"', '<row r="1048576"').replace('"A2"', '"A1048576"')
    )
    assert parsed(corner).sheets[0].rows == {1: ["a"], 1_048_576: ["b"]}


def test_strict_workbooks_are_read(book: WriteBook) -> None:
    path = book({"Plan": [["a"]]})
    old, new = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", SHEET):
        rewritten(path, part, lambda text: text.replace(f"{old}spreadsheetml/2006/", f"{new}spreadsheetml/"))
        rewritten(path, part, lambda text: text.replace(f"{old}officeDocument/2006/", f"{new}officeDocument/"))
    grid = parsed(path)
    assert grid.sheets[0].rows == {1: ["a"]}
    assert "Strict" in grid.notes[0]


def with_cells(book: WriteBook, cells: str) -> Path:
    """Write a workbook whose sheet has the XML ``cells`` for rows."""

    def change(text: str) -> str:
        start, end = text.index("<sheetData"), text.index("</sheetData>")
        return f"{text[:start]}<sheetData>{cells}{text[end:]}"

    return rewritten(book({"Plan": [["a"]]}), SHEET, change)


def test_an_empty_text_is_a_formulas_result_and_a_missing_one_is_none(book: WriteBook) -> None:
    cells = (
        '<row r="1"><c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c><c r="B1"><f>1+1</f><v></v></c>'
        '<c r="C1" t="str"><f>A2</f></c><c r="D1"><f>1+1</f><v>2</v></c></row>'
    )
    missing = CellError(NO_RESULT)
    assert parsed(with_cells(book, cells)).sheets[0].rows == {1: [None, missing, missing, 2]}


def test_cells_without_addresses_follow_each_other(book: WriteBook) -> None:
    cells = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>"
    assert parsed(with_cells(book, cells)).sheets[0].rows == {1: [1, None, 3], 2: [4]}


def test_a_cell_may_stand_in_another_row_than_its_address_says(book: WriteBook) -> None:
    cells = (
        '<row r="1"><c r="A3"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="5"/>'
        '<row r="3"><c r="B3"><v>4</v></c></row>'
    )
    assert parsed(with_cells(book, cells)).sheets[0].rows == {1: [None, 2], 3: [1, 4]}


def test_inline_text_in_runs_leaves_out_how_it_is_pronounced(book: WriteBook) -> None:
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>Tom </t></r><r><t>Reed</t></r><rPh sb="0" eb="1"><t>x</t></rPh>'
        "</is></c></row>"
    )
    assert parsed(with_cells(book, cells)).sheets[0].rows == {1: ["Tom Reed"]}


def test_a_workbook_with_another_prefix_for_its_names(book: WriteBook) -> None:
    def prefix(text: str) -> str:
        for name in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
            text = text.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>")
            text = text.replace(f"</{name}>", f"</x:{name}>")
        return text.replace("xmlns=", "xmlns:x=")

    def keep_cells(text: str) -> str:
        root = text[: text.index(">", text.index("<worksheet")) + 1]
        return f"{root}{text[text.index('<sheetData') : text.index('</sheetData>')]}</sheetData></worksheet>"

    path = with_cells(book, '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>')
    cut = rewritten(path, SHEET, keep_cells)
    assert parsed(rewritten(cut, SHEET, prefix)).sheets[0].rows == {1: ["a"]}


def test_a_workbook_without_styles_and_with_two_parts_of_one_name(book: WriteBook) -> None:
    path = book({"Plan": [["old"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "xl/styles.xml"}
    zipped(path, parts)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, parts[SHEET].replace(b">old<", b">new<"))
    assert parsed(path).sheets[0].rows == {1: ["new"]}


def test_names_of_parts_in_other_letters_and_slashes(book: WriteBook) -> None:
    path = book({"Plan": [["a"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name.replace("xl/work", "XL/Work"): archive.read(name) for name in archive.namelist()}
    assert parsed(zipped(path, parts)).sheets[0].rows == {1: ["a"]}


def test_a_row_that_is_styled_to_the_bottom_holds_nothing(book: WriteBook) -> None:
    rows = "".join(f'<row r="{row}" s="1"><c r="A{row}" s="1"/></row>' for row in range(2, 60_000))
    path = with_cells(book, f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}')
    assert parsed(path).sheets[0].rows == {1: [1]}


def test_twenty_thousand_merges_are_kept_and_more_than_the_limit_are_refused(book: WriteBook) -> None:
    merges = "".join(f'<mergeCell ref="B{row}:A{row}"/>' for row in range(1, 20_001))
    path = rewritten(
        book({"Plan": [["a"]]}),
        SHEET,
        lambda text: text.replace("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>"),
    )
    found = parsed(path).sheets[0].merges
    assert (len(found), found[0].width, found[0].first_column) == (20_000, 2, 1)
    assert "merged ranges" in refused(path, Limits(merges=19_999))


def test_sheets_of_charts_and_macros_are_left_out(book: WriteBook) -> None:
    path = book({"Plan": [["a"]], "Macro1": [["=HALT()"]]})
    links = "xl/_rels/workbook.xml.rels"

    def change(text: str) -> str:
        link = re.search(r"<Relationship [^>]*sheet2\.xml[^>]*>", text)
        assert link
        return text.replace(link[0], link[0].replace("relationships/worksheet", "relationships/xlMacrosheet"))

    assert [sheet.name for sheet in parsed(rewritten(path, links, change)).sheets] == ["Plan"]


def test_two_sheets_of_one_part_are_damage(book: WriteBook) -> None:
    path = book({"Plan": [["a"]], "Other": [["b"]]})
    links = "xl/_rels/workbook.xml.rels"
    assert "damaged" in refused(rewritten(path, links, lambda text: text.replace("sheet2.xml", "sheet1.xml")))


def test_the_scan_is_not_misled_by_comments(book: WriteBook) -> None:
    commented = rewritten(
        book({"Plan": [["a"]]}), SHEET, lambda text: text.replace("<sheetData>", "<!-- x --><sheetData>")
    )
    assert parsed(commented).sheets[0].rows == {1: ["a"]}


def test_sheets_of_the_same_name_are_told_apart(book: WriteBook) -> None:
    path = book({"Plan": [["one"]], "Plan (2)": [["two"]], "Other": [["three"]]})
    rewritten(path, "xl/workbook.xml", lambda text: text.replace('"Other"', '"Plan"'))
    grid = parsed(path)
    assert [(sheet.name, sheet.rows[1]) for sheet in grid.sheets] == [
        ("Plan", ["one"]), ("Plan (2)", ["two"]), ("Plan (3)", ["three"]),
    ]  # fmt: skip
    assert "same name" in grid.notes[-1]


def test_a_sheet_that_is_listed_and_not_there_is_told_of(book: WriteBook) -> None:
    path = book({"Plan": [["one"]], "Gone": [["two"]]})
    rewritten(path, "xl/_rels/workbook.xml.rels", lambda text: text.replace("sheet2.xml", "sheet9.xml"))
    grid = parsed(path)
    assert [sheet.name for sheet in grid.sheets] == ["Plan"]
    assert "“Gone”" in grid.notes[-1]
