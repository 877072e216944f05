import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import NO_RESULT, CellError, MonthDate, PercentNumber, WorkbookGrid, address
from csp_desktop.imports.reading.child import parse
from csp_desktop.imports.reading.limits import MIB, Limits
from csp_desktop.imports.reading.reader import read_workbook
from csp_desktop.imports.reading.refusals import ReadCancelledError

WriteBook = Callable[..., Path]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def unheard(_done: int, _expected: int) -> None:
    return


def parsed(path: Path, limits: Limits | None = None) -> WorkbookGrid:
    return parse(path, limits or Limits(), unheard)


def written(tmp_path: Path, content: bytes, name: str = "plan.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        parsed(path, limits)
    sentence = str(caught.value)
    assert sentence.startswith(f"“{path.name}” ")
    assert sentence.endswith("Nothing was imported.")
    assert str(path.parent) not in sentence
    return sentence


def readable_or_refused(path: Path) -> bool:
    """Say whether a file gives a grid with data, or a sentence that names it; anything else flies."""
    try:
        grid = parsed(path)
    except UnreadableFileError as refusal:
        return path.name in str(refusal)
    return any(sheet.rows for sheet in grid.sheets)


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


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


@pytest.mark.parametrize("name", ["plan.csv", "plan", "plan.xls"])
def test_the_kind_is_told_by_content(book: WriteBook, tmp_path: Path, name: str) -> None:
    content = book({"Plan": [["a", "b"]]}).read_bytes()
    assert parsed(written(tmp_path, content, name)).format == "xlsx"
    assert parsed(written(tmp_path, b"a,b\nc,d\n", name)).format == "csv"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\r\n \n", "is empty"),
        (b"PK\x03\x04 rubbish", "damaged"),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 40, "password"),
        (OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le") + b"\x00" * 40, "(.xls)"),
        (OLE + b"\x00" * 600 + "Book".encode("utf-16-le") + b"\x00" * 40, "very old"),
        (OLE + b"\x00" * 600, "damaged"),
        (b"\x09\x04\x06\x00\x00\x04\x10\x00" + b"\x00" * 50, "very old"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "an XML spreadsheet, which cannot be read yet",
        ),
        (b'{"actions": [1, 2]}', "JSON"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07\x08" * 30, "not text"),
        (b'a,b\n"' + b"x,y\n" * 10_000, "near row 2"),
        (b"," * 2_000 + b"x", "too many columns"),
    ],
)
def test_each_wrong_file_gives_its_own_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refused(written(tmp_path, content))


def zipped(tmp_path: Path, parts: dict[str, bytes]) -> Path:
    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    assert "compressed archive" in refused(zipped(tmp_path, {"readme.txt": b"hello"}))
    assert "another Office document" in refused(zipped(tmp_path, {"word/document.xml": b"<a/>"}))
    assert "(.ods)" in refused(zipped(tmp_path, {"content.xml": b"<a/>"}))
    assert "(.xlsb)" in refused(zipped(tmp_path, {"xl/workbook.bin": b"x"}))
    assert "damaged" in refused(zipped(tmp_path, {"xl/workbook.xml": b"<a/>"}))


def test_bombs_are_refused_before_they_are_parsed(tmp_path: Path) -> None:
    assert "unsafe size" in refused(zipped(tmp_path, {"xl/workbook.xml": b"<a/>", "xl/media/x.xml": b" " * (16 * MIB)}))
    entity = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]><workbook/>'
    assert "unsafe XML" in refused(zipped(tmp_path, {"xl/workbook.xml": entity}))
    assert "unsafe XML" in refused(zipped(tmp_path, {"xl/workbook.xml": entity.decode().encode("utf-16")}))
    many = {f"xl/{number}.xml": b"<a/>" for number in range(50)}
    assert "50 parts" in refused(zipped(tmp_path, many), Limits(parts=40))


def test_cells_outside_the_grid_and_too_many_of_them_are_refused(book: WriteBook) -> None:
    path = book({"Plan": [["a", "b"], ["c", "d"]]})
    assert "too large" in refused(path, Limits(cells=3))
    assert "too many columns" in refused(path, Limits(columns=1))
    outside = rewritten(path, SHEET, lambda text: text.replace('r="B2"', 'r="XFE2"'))
    assert "outside the grid" in refused(outside)


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


def test_a_workbook_without_any_cell_has_no_data(book: WriteBook) -> None:
    assert "no data rows" in refused(book({"Plan": []}))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_damaged(book: WriteBook, tmp_path: Path, share: float) -> None:
    content = book({"Plan": [["a", "b"]] * 50}).read_bytes()
    assert "damaged" in refused(written(tmp_path, content[: int(len(content) * share)], "cut.xlsx"))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="cannot be opened"):
        read_workbook(tmp_path / "none.xlsx")
    with pytest.raises(UnreadableFileError, match="folder"):
        read_workbook(tmp_path)
    with pytest.raises(UnreadableFileError, match="too large"):
        read_workbook(written(tmp_path, b"a,b\n" * 1_000), limits=Limits(file_size=100))


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_encodings_are_found_out_and_said(tmp_path: Path, encoding: str, said: str) -> None:
    text = "Action,Cost\nO\u2019Neill \u2013 caf\u00e9,\u00a3250\nplain words,7\n"
    grid = parsed(written(tmp_path, text.encode(encoding), "plan.csv"))
    assert grid.sheets[0].rows[2] == ["O\u2019Neill \u2013 caf\u00e9", "\u00a3250"]
    assert said in grid.notes[0]
    assert "O\u2019Neill" in grid.notes[1]


@pytest.mark.parametrize(
    "text",
    [
        "a,b;x,c\n1,2,3\n4,5,6\n",
        "a;b,x;c\n1;2;3\n4;5;6\n",
        "a\tb, x\tc\n1\t2\t3\n",
        "a|b|c\n1|2|3\n",
        "sep=~\na~b~c\n1~2~3\n",
        'a,"b\nb",c\n1,"2, 3",4\n',
    ],
)
def test_delimiters_are_found_out(tmp_path: Path, text: str) -> None:
    rows = parsed(written(tmp_path, text.encode(), "plan.csv")).sheets[0].rows
    assert {len(row) for row in rows.values()} == {3}


def test_a_guard_against_formulas_is_taken_off_and_no_other_quote(tmp_path: Path) -> None:
    rows = parsed(written(tmp_path, b"'=1+1,'@x,'Tis,'-7\nb,c,d,e\n", "plan.csv")).sheets[0].rows
    assert rows[1] == ["=1+1", "@x", "'Tis", "-7"]


def test_csv_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    rows = parsed(written(tmp_path, b'a,b\n\n"c\nd",e\nf,g\n', "plan.csv")).sheets[0].rows
    assert list(rows) == [1, 3, 4]


@given(st.binary(max_size=600))
def test_any_bytes_give_a_grid_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    assert readable_or_refused(path)


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_gives_a_grid_or_a_sentence(tmp_path: Path, text: str, encoding: str) -> None:
    path = written(tmp_path, text.encode(encoding, errors="replace"), "plan.csv")
    assert readable_or_refused(path)


def small_book() -> bytes:
    made = Workbook()
    made.active.append(["Action", "Lead", date(2025, 3, 31)])  # type: ignore[union-attr]  # a new workbook has a sheet
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


BOOK = small_book()


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_workbook_with_any_bytes_changed_gives_a_grid_or_a_sentence(
    tmp_path: Path, changes: list[tuple[int, int]]
) -> None:
    content = bytearray(BOOK)
    for at, byte in changes:
        content[at] = byte
    assert readable_or_refused(written(tmp_path, bytes(content)))


SHEET_XML = zipfile.ZipFile(io.BytesIO(BOOK)).read(SHEET)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(SHEET_XML) - 1), st.integers(32, 126)), min_size=1, max_size=6))
def test_a_sheet_with_any_letters_changed_gives_a_grid_or_a_sentence(
    tmp_path: Path, changes: list[tuple[int, int]]
) -> None:
    content = bytearray(SHEET_XML)
    for at, byte in changes:
        content[at] = byte
    path = rewritten(written(tmp_path, BOOK), SHEET, lambda _: content.decode())
    assert readable_or_refused(path)


def large_csv(tmp_path: Path) -> Path:
    return written(tmp_path, b"Action,Lead,Due\n" + b"Do the thing,Tom,31/03/2025\n" * 150_000, "large.csv")


def test_progress_is_told_and_a_cancel_ends_the_reading(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = large_csv(tmp_path)
    with pytest.raises(ReadCancelledError, match=r"large\.csv"):
        read_workbook(
            path, progress=lambda done, expected: told.append((done, expected)), cancelled=lambda: len(told) > 3
        )
    assert told[0] == (500, 150_002)


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableFileError, match="longer than"):
        read_workbook(large_csv(tmp_path), limits=Limits(seconds=0.2))
    assert time.monotonic() - started < 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no address-space limit")
def test_a_reader_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="reader stopped"):
        read_workbook(large_csv(tmp_path), limits=Limits(memory=60 * MIB))


PARENT = """
import sys
from pathlib import Path
from csp_desktop.imports.reading.reader import read_workbook

def tell(done, expected):
    from multiprocessing import active_children
    print(active_children()[0].pid, flush=True)
    sys.stdin.read()

if __name__ == "__main__":
    read_workbook(Path(sys.argv[1]), progress=tell)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="asks for the process by a POSIX signal")
def test_the_reader_leaves_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    project = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(project)}
    parent = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script), str(large_csv(tmp_path))],
        stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert parent.stdin is not None
    parent.stdin.close()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not is_running(child):
            return
    pytest.fail("the reader outlived its parent")


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and ") Z " in status.read_text(encoding="utf-8"))
