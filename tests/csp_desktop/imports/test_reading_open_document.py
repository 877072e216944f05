import zipfile
from datetime import time
from pathlib import Path

import pytest

from csp_desktop.imports.grid import NO_RESULT, CellError, Merge
from csp_desktop.imports.reading.limits import Limits
from tests.csp_desktop.imports.reading_files import parsed, refused, rewritten, zipped
from tests.workbooks.ods_files import KIND, write_ods_body


def table(rows: str, before: str = "") -> str:
    return f'<table:table table:name="Plan">{before}{rows}</table:table>'


def one_row(cells: str) -> str:
    return table(f"<table:table-row>{cells}</table:table-row>")


def cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def test_repeated_cells_and_rows_stand_everywhere_they_are_said_to(tmp_path: Path) -> None:
    twice = cell("x", 'table:number-columns-repeated="2" office:value-type="string"')
    row = f'<table:table-row table:number-rows-repeated="2">{twice}</table:table-row>'
    last = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    sheet = parsed(write_ods_body(tmp_path / "plan.ods", table(row + last))).sheets[0]
    assert sheet.rows == {1: ["x", "x"], 2: ["x", "x"]}


@pytest.mark.parametrize(("rows", "columns", "said"), [(1, 2**31, "large"), (10**9, 1, "grid"), (10**6, 900, "large")])
def test_repeats_that_swell_are_refused_at_once(tmp_path: Path, rows: int, columns: int, said: str) -> None:
    filled = cell("x", f'table:number-columns-repeated="{columns}" office:value-type="string"')
    body = table(f'<table:table-row table:number-rows-repeated="{rows}">{filled}</table:table-row>')
    assert said in refused(write_ods_body(tmp_path / "plan.ods", body))


def test_errors_formulas_and_empty_texts_are_told_apart(tmp_path: Path) -> None:
    formula = 'table:formula="of:=1/0"'
    cells = (
        cell("#DIV/0!", f'{formula} office:value-type="string" office:string-value="" calcext:value-type="error"')
        + cell("Err:502", f'{formula} office:value-type="float" office:value="0"')
        + f"<table:table-cell {formula}/>"
        + f'<table:table-cell {formula} office:value-type="string" office:string-value=""/>'
        + cell("Error rates")
    )
    row = parsed(write_ods_body(tmp_path / "plan.ods", one_row(cells))).sheets[0].rows[1]
    assert row == [CellError("#DIV/0!"), CellError("Err:502"), CellError(NO_RESULT), None, "Error rates"]


def test_a_text_that_looks_like_an_error_is_one_only_where_nothing_says_that_it_is_text(tmp_path: Path) -> None:
    said = 'office:value-type="string" calcext:value-type="string"'
    formula = f'table:formula="of:=&quot;#N/A&quot;" {said}'
    cells = cell("#N/A", said) + cell("Err:502", formula) + cell("#N/A")
    row = parsed(write_ods_body(tmp_path / "plan.ods", one_row(cells))).sheets[0].rows[1]
    assert row == ["#N/A", "Err:502", CellError("#N/A")]


def test_what_stands_beside_a_cells_text_is_not_in_it(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>a note</text:p></office:annotation>"
    drawing = "<draw:frame><draw:text-box><text:p>a box</text:p></draw:text-box></draw:frame>"
    cells = (
        f'<table:table-cell office:value-type="string">{note}<text:p>Tom<text:s text:c="2"/><text:span>Reed</text:span>'
        f"<text:line-break/>{drawing}lead</text:p>\n <text:p>and<text:tab/>Amina</text:p>{drawing}</table:table-cell>"
    )
    change = f"<table:cell-content-change>{cell('old')}</table:cell-content-change>"
    changes = f"<table:tracked-changes>{change}</table:tracked-changes>"
    body = changes + one_row(cells)
    grid = parsed(write_ods_body(tmp_path / "plan.ods", body))
    assert [sheet.rows for sheet in grid.sheets] == [{1: ["Tom  Reed\nlead\nand\tAmina"]}]


def test_times_beyond_a_day_and_values_that_are_none(tmp_path: Path) -> None:
    cells = (
        cell("x", 'office:value-type="time" office:time-value="PT09H30M15.5S"')
        + cell("x", 'office:value-type="time" office:time-value="PT37H05M00S"')
        + cell("x", 'office:value-type="time" office:time-value="-PT1H00M00S"')
        + cell("soon", 'office:value-type="date" office:date-value="soon"')
        + cell("7", 'office:value-type="float"')
        + cell("x", 'office:value-type="currency" office:value="250.5"')
    )
    row = parsed(write_ods_body(tmp_path / "plan.ods", one_row(cells))).sheets[0].rows[1]
    assert row == [time(9, 30, 15), "37:05:00", "-1:00:00", "soon", "7", 250.5]


def test_covered_cells_keep_their_own_values_and_the_span_is_a_merge(tmp_path: Path) -> None:
    row = (
        cell("over", 'table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string"')
        + '<table:covered-table-cell office:value-type="string"><text:p>under</text:p></table:covered-table-cell>'
    )
    sheet = parsed(write_ods_body(tmp_path / "plan.ods", one_row(row))).sheets[0]
    assert sheet.rows == {1: ["over", "under"]}
    assert sheet.merges == (Merge(1, 1, 2, 2),)


def test_a_month_may_be_the_style_of_a_whole_column(tmp_path: Path) -> None:
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="month"/>'
    dated = '<table:table-cell office:value-type="date" office:date-value="2025-03-01"/>'
    body = table(f"<table:table-row>{dated}{dated}</table:table-row>", columns)
    row = parsed(write_ods_body(tmp_path / "plan.ods", body)).sheets[0].rows[1]
    assert [type(value).__name__ for value in row] == ["date", "MonthDate"]


def test_a_long_hidden_end_of_a_sheet_is_not_kept_row_by_row(tmp_path: Path) -> None:
    hidden = '<table:table-row table:visibility="filter" table:number-rows-repeated="{}">{}</table:table-row>'
    rows = hidden.format(2, cell("x")) + hidden.format(1_048_000, "<table:table-cell/>")
    assert parsed(write_ods_body(tmp_path / "plan.ods", table(rows))).sheets[0].hidden_rows == {1, 2}


def test_an_encrypted_document_is_protected(tmp_path: Path) -> None:
    secret = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    assert "password" in refused(write_ods_body(tmp_path / "plan.ods", one_row(cell("x")), manifest=secret))
    whole = {"mimetype": KIND.encode(), "encrypted-package": b"\x00" * 50, "META-INF/manifest.xml": b"<manifest/>"}
    assert "password" in refused(zipped(tmp_path / "whole.ods", whole))


def test_a_text_document_is_no_spreadsheet_and_unsafe_xml_is_refused(tmp_path: Path) -> None:
    path = write_ods_body(tmp_path / "plan.ods", "")
    assert "not a spreadsheet" in refused(path)
    doctype = '<!DOCTYPE a [<!ENTITY b "c">]>'
    assert "unsafe XML" in refused(rewritten(path, "content.xml", lambda text: text.replace("?>", f"?>{doctype}", 1)))
    cut = write_ods_body(tmp_path / "cut.ods", one_row(cell("x")))
    assert "damaged" in refused(rewritten(cut, "content.xml", lambda text: text[:-40]))


def test_the_old_manifests_document_type_is_not_unsafe(tmp_path: Path) -> None:
    path = write_ods_body(tmp_path / "plan.ods", one_row(cell("x")))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Basic/script-lc.xml", '<!DOCTYPE library:libraries PUBLIC "-//x" "libraries.dtd"><a/>')
    assert parsed(path, Limits()).sheets[0].rows == {1: ["x"]}


def test_a_value_that_is_none_is_an_error_where_no_text_says_it(tmp_path: Path) -> None:
    dated = 'office:value-type="date" office:date-value="2025-99-99"'
    body = one_row(cell("soon", dated) + f"<table:table-cell {dated}/>")
    sheet = parsed(write_ods_body(tmp_path / "plan.ods", body)).sheets[0]
    assert sheet.rows == {1: ["soon", CellError("#VALUE!")]}
