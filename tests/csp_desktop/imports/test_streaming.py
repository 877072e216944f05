"""A register that is streamed is the grid of the same file, cell by cell, and is refused with the same sentence."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from csp_desktop.imports.grid import CellError, MonthDate, SheetGrid, Tell, is_blank
from csp_desktop.imports.reading import delimited, text_encoding
from csp_desktop.imports.reading.blocks import FULL_BLOCK, MOST_LETTERS
from csp_desktop.imports.reading.building import clean
from csp_desktop.imports.reading.limits import EXCEL_ROWS, REGISTER_LIMITS, Limits
from tests.csp_desktop.imports.reading_files import parsed, refused, rewritten, written, zipped
from tests.csp_desktop.imports.streamed_files import check_same, outcome_parsed, outcome_streamed, streamed
from tests.csp_desktop.imports.test_reading_any_format import WRITERS, sheets
from tests.fuzzed_files import DAMAGED, EXAMPLES, FILES, parts_of
from tests.workbooks.biff_files import write_xls

WriteBook = Callable[..., Path]
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_streams_as_its_grid(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, FILES[name])
    found = streamed(path)
    check_same(found, parsed(path))
    assert not found.about.tells & {Tell.HIDDEN, Tell.MERGES}


@pytest.mark.parametrize("kind", WRITERS)
@settings(max_examples=20)
@given(grid=st.lists(sheets(), min_size=1, max_size=3, unique_by=lambda sheet: sheet.name))
def test_any_sheets_stream_as_their_grid(tmp_path: Path, kind: str, grid: list[SheetGrid]) -> None:
    path = WRITERS[kind](tmp_path / f"plan.{kind}", tuple(grid))
    check_same(streamed(path), parsed(path))


cells = st.one_of(
    st.none(), st.text(max_size=12).map(clean), st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9), st.booleans(),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from(["#REF!", " ", "=1+1", "0123", "001/00"]),
)  # fmt: skip


@settings(max_examples=20)
@given(rows=st.lists(st.lists(cells, max_size=6), min_size=1, max_size=12))
def test_any_workbook_streams_as_its_grid(book: WriteBook, rows: list[list[object]]) -> None:
    path = book({"Offences": [["Person"], *rows], "Old": rows})
    check_same(streamed(path), parsed(path))


TEXT = st.text(st.sampled_from("ab1 ,;'\"=#£é\u2013\u3000\u200b\x00\x01\x07\t\r\n\r\n\U0001f600"), max_size=120)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"]


def rows_of(text: str) -> dict[int, list[object]]:
    """The rows of a text with commas, by the plainest way there is: the whole of it, cell by cell."""
    rows: dict[int, list[object]] = {}
    for number, record in enumerate(csv.reader(io.StringIO(text.replace("\x01", ""), newline="")), start=1):
        values: list[object] = []
        for cell in record:
            guarded = cell[:1] == "'" and cell[1:2] in {*"=+-@\t\r"} - {""}
            value = clean(cell[1:] if guarded else cell)
            values.append(CellError(value) if value == "#REF!" else None if is_blank(value) else value)
        while values and values[-1] is None:
            values.pop()
        if values:
            rows[number] = values
    return rows


@settings(max_examples=300 * EXAMPLES)
@given(
    text=TEXT,
    encoding=st.sampled_from(ENCODINGS),
    cut=st.integers(0, 3),
    piece=st.integers(1, 9),
    once=st.integers(1, 3),
)
def test_any_text_streams_as_its_grid_wherever_its_pieces_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, encoding: str, cut: int, piece: int, once: int
) -> None:
    content = ("Person,Offence,Date\nP1,001/00,x\n#REF!,'=1, \n" + text).encode(encoding, errors="replace")
    path = written(tmp_path, content[: len(content) - cut], "offences.csv")
    whole = outcome_parsed(path)
    with monkeypatch.context() as small:
        small.setattr(text_encoding, "_PIECE", piece)
        small.setattr(delimited, "_MOST_AT_ONCE", once)
        found = outcome_streamed(path)
    if isinstance(whole, str) or isinstance(found, str):
        assert found == whole
        return
    check_same(found, whole)
    if not cut and encoding != "cp1252":
        assert dict(found.sheets[0][2]) == rows_of(content.decode(encoding).removeprefix("\ufeff"))


def naively_decoded(content: bytes) -> tuple[str, str, bool]:
    """The text of a file without a mark, its encoding, and whether its end cuts a letter."""
    try:
        return content.decode(), "utf-8", False
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return content[: error.start].decode(), "utf-8", True
    return content.decode("cp1252", errors="replace"), "Windows-1252", False


@settings(max_examples=300 * EXAMPLES)
@given(content=st.binary(max_size=40), piece=st.integers(1, 9))
def test_bytes_are_decoded_in_pieces_as_they_are_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, piece: int
) -> None:
    content = b"Person,Offence\n" * 80 + content
    monkeypatch.setattr(text_encoding, "_PIECE", piece)
    text, survey = text_encoding.find_encoding(written(tmp_path, content, "offences.csv"))
    assert ("".join(text.pieces()), text.encoding, survey.is_cut) == naively_decoded(content)


def test_a_line_with_special_characters_is_found_wherever_pieces_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "Person,Note\nP1,caf\u00e9\n"
        + "P2,plain words\n" * 9
        + "P3,\u201cquiet\u201d since the \u00a3500 grant\nP4,x\n"
    )
    path = written(tmp_path, text.encode(), "offences.csv")
    notes = parsed(path).notes
    assert notes[1] == "A line with special characters reads: P3,\u201cquiet\u201d since the \u00a3500 grant"
    for piece in range(1, 40):
        monkeypatch.setattr(text_encoding, "_PIECE", piece)
        assert streamed(path).about.notes == notes


def test_codes_keep_their_zeros_and_slashes(tmp_path: Path) -> None:
    path = written(tmp_path, b"Person,Code,Date\n0123,001/00,01/02/2024\n1e5,1.10,2024-02-01\n", "offences.csv")
    assert [values for _, values in streamed(path).sheets[0][2]] == [
        ["Person", "Code", "Date"],
        ["0123", "001/00", "01/02/2024"],
        ["1e5", "1.10", "2024-02-01"],
    ]


@settings(max_examples=150 * EXAMPLES)
@given(DAMAGED)
def test_a_damaged_file_streams_as_its_grid_or_is_refused_as_it(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content or b"\x00")
    whole, found = outcome_parsed(path), outcome_streamed(path)
    if isinstance(whole, str):
        assert found == whole
    elif isinstance(found, str):
        assert "is damaged" in found  # a row that comes twice: the grid takes both for one
    else:
        check_same(found, whole)


def bomb(tmp_path: Path) -> Path:
    return zipped(tmp_path / "bomb.xlsx", {"xl/workbook.xml": b"<a/>", SHEET: b" " * 20_000_000})


def encrypted(tmp_path: Path) -> Path:
    return written(tmp_path, OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 40)


def with_a_doctype(tmp_path: Path) -> Path:
    parts = dict(parts_of(FILES["xlsx"]))
    return zipped(tmp_path / "plan.xlsx", {**parts, SHEET: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + parts[SHEET]})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "unsafe size"),
        (encrypted, "password"),
        (with_a_doctype, "unsafe XML"),
        (lambda folder: written(folder, b""), "is empty"),
        (lambda folder: written(folder, b"\r\n \n"), "is empty"),
        (lambda folder: written(folder, b'a,b\nc,d\ne,"f\n', "plan.csv"), "near row 3"),
        (lambda folder: written(folder, b"a,b\n" * 3_000 + b'e,"f\ng,h\n', "plan.csv"), "near row 3001"),
        (lambda folder: written(folder, b'a,b\ne,"' + b"x\n" * 99_000, "plan.csv"), "far too long"),
        (lambda folder: written(folder, b"a,b\n" * 700 + b"e," + b"x" * 32_768 + b"\n", "plan.csv"), "near row 701"),
        (lambda folder: written(folder, b"Milk\nEggs\n", "plan.csv"), "a text without columns"),
        (lambda folder: written(folder, FILES["xlsx"][:3_000]), "is damaged"),
        (lambda folder: written(folder, b"%PDF-1.7"), "a PDF"),
        (lambda folder: written(folder, "a,b\n\udc00,d\n".encode("utf-16", "surrogatepass")), "is damaged"),
        (lambda folder: folder / "none.csv", "cannot be opened"),
        (lambda folder: folder, "folder"),
    ],
)  # fmt: skip
def test_each_wrong_file_gives_the_sentence_of_the_grid(
    tmp_path: Path, make: Callable[[Path], Path], said: str
) -> None:
    path = make(tmp_path)
    found = outcome_streamed(path)
    assert isinstance(found, str)
    assert said in found
    if path.is_file() and path.stat().st_size:
        assert found == refused(path)


def test_a_workbook_without_any_cell_has_no_data(book: WriteBook) -> None:
    path = book({"Plan": [], "Old": []})
    assert outcome_streamed(path) == refused(path)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(rows=10), "more than 10 rows"),
        (Limits(columns=2), "too many columns"),
        (Limits(cells=30), "more than 30 cells"),
        (Limits(text_rows=15), "outside the grid"),
        (Limits(file_size=50), "too large"),
    ],
)
def test_more_than_the_limits_allow_is_refused(tmp_path: Path, limits: Limits, said: str) -> None:
    path = written(tmp_path, b"a,b,c\n" * 20, "plan.csv")
    assert said in str(outcome_streamed(path, limits))


@pytest.mark.parametrize("kind", [*WRITERS, "xlsx"])
def test_more_rows_than_the_limits_allow_are_refused_in_every_format(
    tmp_path: Path, book: WriteBook, kind: str
) -> None:
    rows = {number: ["Person", "Offence"] for number in range(1, 8)}
    if kind == "xlsx":
        path = book({"Plan": list(rows.values())})
    else:
        path = WRITERS[kind](tmp_path / f"plan.{kind}", (SheetGrid("Plan", rows={**rows}),))
    assert "more than 5 rows" in str(outcome_streamed(path, Limits(rows=5)))
    assert "too many columns" in str(outcome_streamed(path, Limits(columns=1)))
    assert "more than 3 cells" in str(outcome_streamed(path, Limits(cells=3)))


def test_a_text_goes_on_below_the_last_row_of_a_sheet(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\n" + b"\n" * EXCEL_ROWS + b"c,d\n", "offences.csv")
    found = streamed(path, REGISTER_LIMITS)
    assert found.sheets[0][2] == [(1, ["a", "b"]), (EXCEL_ROWS + 2, ["c", "d"])]


def test_rows_leave_in_blocks_of_some(tmp_path: Path) -> None:
    few = streamed(written(tmp_path, b"P1,001/00\n" * 9_000, "offences.csv"))
    assert sum(few.blocks) == 9_000
    assert set(few.blocks[:-1]) == {FULL_BLOCK}
    long = b"P1," + b"x" * 20_000 + b"\n"
    wide = streamed(written(tmp_path, long * 400, "offences.csv"))
    assert sum(wide.blocks) == 400
    assert max(wide.blocks) * 20_000 < 2 * MOST_LETTERS


def test_rows_of_a_workbook_leave_in_blocks_too(book: WriteBook) -> None:
    found = streamed(book({"Offences": [["P1", "001/00"]] * 4_500, "Long": [["x" * 30_000]] * 50}))
    assert found.blocks == [FULL_BLOCK, FULL_BLOCK, 500, 34, 16]


def test_what_is_hidden_or_merged_is_read_all_the_same(book: WriteBook) -> None:
    def change(made: Workbook) -> None:
        made["Old"].sheet_state = "hidden"
        made["Plan"].merge_cells("A1:B1")
        made["Plan"].row_dimensions[2].hidden = True
        made["Plan"].column_dimensions["B"].hidden = True

    found = streamed(book({"Plan": [["Plan"], ["a", "b"], ["c", "d"]], "Old": [["e"]]}, change))
    assert found.sheets == [
        ("Plan", False, [(1, ["Plan"]), (2, ["a", "b"]), (3, ["c", "d"])]),
        ("Old", True, [(1, ["e"])]),
    ]


def test_sheets_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    grids = tuple(SheetGrid(name, rows={1: [name]}) for name in ("Plan", "Plan", "Plan"))
    found = streamed(write_xls(tmp_path / "plan.xls", grids))
    assert [name for name, _, _ in found.sheets] == ["Plan", "Plan (2)", "Plan (3)"]
    assert found.about.notes == parsed(tmp_path / "plan.xls").notes


ROW_2 = '<row r="2"><c r="A2" t="inlineStr"><is><t>late</t></is></c></row>'


def test_rows_out_of_order_come_in_the_order_of_the_file(book: WriteBook) -> None:
    path = rewritten(
        book({"Plan": [["a"], [None], ["c"]]}), SHEET, lambda xml: xml.replace("</sheetData>", f"{ROW_2}</sheetData>")
    )
    assert streamed(path).sheets[0][2] == [(1, ["a"]), (3, ["c"]), (2, ["late"])]
    check_same(streamed(path), parsed(path))


def test_a_row_that_comes_back_after_it_has_gone_is_damage(book: WriteBook) -> None:
    path = rewritten(
        book({"Plan": [["a"], ["b"], ["c"]]}), SHEET, lambda xml: xml.replace("</sheetData>", f"{ROW_2}</sheetData>")
    )
    assert "is damaged" in str(outcome_streamed(path))


def test_a_row_in_two_parts_is_one(book: WriteBook) -> None:
    more = '</row><row r="1"><c r="B1"><v>7</v></c></row>'
    path = rewritten(book({"Plan": [["a"]]}), SHEET, lambda xml: xml.replace("</row>", more))
    assert streamed(path).sheets[0][2] == [(1, ["a", 7])]


def test_a_month_stays_a_month(tmp_path: Path) -> None:
    rows = {1: ["Due"], 2: [MonthDate(2027, 3, 1)]}
    for kind, write in WRITERS.items():
        found = streamed(write(tmp_path / f"plan.{kind}", (SheetGrid("Plan", rows={**rows}),)))
        assert type(found.sheets[0][2][1][1][0]) is MonthDate


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\nc,d\n", "plan.csv")
    assert streamed(path).hash == hashlib.sha256(b"a,b\nc,d\n").hexdigest()


def test_a_part_that_ends_within_its_compression_is_damaged(tmp_path: Path) -> None:
    content = bytearray(FILES["xlsx"])
    with zipfile.ZipFile(io.BytesIO(FILES["xlsx"])) as archive:
        at = archive.getinfo(SHEET).header_offset
    content[at + 80 : at + 120] = bytes(40)
    path = written(tmp_path, bytes(content))
    assert outcome_streamed(path) == refused(path)
