import struct
from datetime import date
from pathlib import Path

import pytest

from csp_desktop.imports.grid import CellError, CellValue, PercentNumber, SheetGrid
from csp_desktop.imports.reading.limits import Limits
from tests.csp_desktop.imports.reading_files import parsed, refused, written
from tests.workbooks.biff_files import begin, container, record, workbook_stream, write_xls

EXCEL_5 = 0x0500
END = record(0x000A)


def place(row: int, column: int, style: int = 0) -> bytes:
    return struct.pack("<HHH", row, column, style)


def book_of(cells: bytes, *, before: bytes = b"", version: int = 0x0600) -> bytes:
    """Return a workbook of one sheet that holds the records ``cells``."""
    name = b"\x04Plan" if version == EXCEL_5 else b"\x04\x00Plan"
    head = begin(0x0005, version) + before
    at = len(head) + 4 + 6 + len(name) + len(END)
    return head + record(0x0085, struct.pack("<IBB", at, 0, 0) + name) + END + begin(0x0010, version) + cells + END


def rows_of(tmp_path: Path, stream: bytes, name: str = "Workbook") -> dict[int, list[CellValue]]:
    return parsed(written(tmp_path, container({name: stream}), "plan.xls")).sheets[0].rows


def test_a_formulas_result_may_be_of_any_kind(tmp_path: Path) -> None:
    def formula(column: int, result: bytes) -> bytes:
        return record(0x0006, place(0, column) + result + bytes(6))

    special = b"\xff\xff"
    text = record(0x0207, struct.pack("<HB", 4, 0) + b"done")
    cells = (
        formula(0, struct.pack("<d", 2.5))
        + formula(1, b"\x00" * 6 + special)
        + record(0x04BC, bytes(10))
        + text
        + formula(2, b"\x01\x00\x01\x00\x00\x00" + special)
        + formula(3, b"\x02\x00\x17\x00\x00\x00" + special)
        + formula(4, b"\x03\x00\x00\x00\x00\x00" + special)
        + text
        + formula(5, struct.pack("<d", 7))
    )
    assert rows_of(tmp_path, book_of(cells)) == {1: [2.5, "done", True, CellError("#REF!"), None, 7]}


def test_packed_numbers_whole_or_not_in_hundredths_or_not(tmp_path: Path) -> None:
    half = struct.unpack("<Q", struct.pack("<d", 0.5))[0] >> 32
    packed = [-5 << 2 & 0xFFFFFFFF | 2, 1234 << 2 | 3, half, half | 1]
    cells = record(
        0x00BD, struct.pack("<HH", 0, 1) + b"".join(struct.pack("<HI", 0, each) for each in packed) + b"\x04\x00"
    )
    assert rows_of(tmp_path, book_of(cells)) == {1: [None, -5, 12.34, 0.5, 0.005]}


def test_formats_make_percentages_and_dates_of_numbers(tmp_path: Path) -> None:
    def style(number: int) -> bytes:
        return record(0x00E0, struct.pack("<HH", 0, number).ljust(20, b"\x00"))

    code = record(0x041E, struct.pack("<HHB", 164, 10, 0) + b"dd/mm/yyyy")
    cells = record(0x0203, place(0, 0, 1) + struct.pack("<d", 0.45)) + record(
        0x0203, place(0, 1, 2) + struct.pack("<d", 1)
    )
    cells += record(0x0203, place(0, 2, 9) + struct.pack("<d", 3))
    before = code + style(0) + style(10) + style(164) + record(0x0022, b"\x01\x00")
    row = rows_of(tmp_path, book_of(cells, before=before))[1]
    assert row == [PercentNumber(0.45), date(1904, 1, 2), 3]
    assert isinstance(row[0], PercentNumber)


@pytest.mark.parametrize(("page", "letters"), [(1252, b"caf\xe9"), (1251, b"\xef\xeb\xe0\xed"), (9999, b"caf\xe9")])
def test_excel_5_writes_letters_of_a_code_page(tmp_path: Path, page: int, letters: bytes) -> None:
    before = record(0x0042, struct.pack("<H", page)) + record(0x041E, struct.pack("<HB", 164, 2) + b"0%")
    text = place(0, 0) + struct.pack("<H", len(letters)) + letters
    cells = record(0x0204, text) + record(0x00D6, place(0, 1) + text[6:] + b"\x01\x00\x00")
    expected = letters.decode("cp1251" if page == 1251 else "cp1252")
    rows = rows_of(tmp_path, book_of(cells, before=before, version=EXCEL_5), "Book")
    assert rows == {1: [expected, expected]}


def test_strings_go_on_in_the_records_behind(tmp_path: Path) -> None:
    texts: list[CellValue] = [chr(0x61 + number % 26) * (4_000 + number) for number in range(12)]
    grid = SheetGrid("Plan", rows={1: texts})
    assert parsed(write_xls(tmp_path / "plan.xls", (grid,))).sheets == (grid,)


def test_a_string_may_change_its_width_and_carry_formats(tmp_path: Path) -> None:
    strings = record(0x00FC, struct.pack("<II", 1, 9) + struct.pack("<HBH", 6, 8, 1) + b"ab") + record(
        0x003C, b"\x01" + "c\u2013".encode("utf-16-le")
    )
    strings += record(0x003C, b"\x00ef" + bytes(4) + struct.pack("<HBI", 2, 4, 3) + b"gh" + bytes(3))
    cells = record(0x00FD, place(0, 0) + struct.pack("<I", 0)) + record(0x00FD, place(0, 1) + struct.pack("<I", 1))
    assert rows_of(tmp_path, book_of(cells, before=strings)) == {1: ["abc\u2013ef", "gh"]}


def test_records_without_a_container_are_read(tmp_path: Path) -> None:
    cells = record(0x0204, place(0, 0) + struct.pack("<HB", 1, 0) + b"a")
    assert parsed(written(tmp_path, book_of(cells), "plan.xls")).sheets[0].rows == {1: ["a"]}


def test_a_chart_inside_a_sheet_brings_no_cells(tmp_path: Path) -> None:
    inside = begin(0x0020) + record(0x0203, place(0, 0) + struct.pack("<d", 9)) + END
    cells = inside + record(0x0203, place(0, 1) + struct.pack("<d", 1))
    assert rows_of(tmp_path, book_of(cells)) == {1: [None, 1]}


def test_the_newer_of_two_workbooks_in_one_file_is_read(tmp_path: Path) -> None:
    new = workbook_stream((SheetGrid("Plan", rows={1: ["new"]}),))
    path = written(tmp_path, container({"Book": b"\x09\x08\x00\x00", "WORKBOOK": new}), "plan.xls")
    assert parsed(path).sheets[0].rows == {1: ["new"]}


@pytest.mark.parametrize("scheme", [b"\x00\x00\x34\x12\xcd\xab", b"\x01\x00" + bytes(52)])
def test_a_workbook_with_a_password_says_so(tmp_path: Path, scheme: bytes) -> None:
    grid = SheetGrid("Plan", rows={1: ["a"]})
    assert "password" in refused(write_xls(tmp_path / "plan.xls", (grid,), before=record(0x002F, scheme)))


def test_a_workbook_older_than_excel_5_says_so(tmp_path: Path) -> None:
    old = record(0x0409, bytes(6))
    assert "very old" in refused(written(tmp_path, container({"Book": old}), "plan.xls"))
    older = begin(0x0005, 0x0400)
    assert "very old" in refused(written(tmp_path, container({"Book": older}), "plan.xls"))


def test_another_office_document_with_a_workbook_inside_is_none(tmp_path: Path) -> None:
    assert "another Office document" in refused(written(tmp_path, container({"WordDocument": b"x"}), "plan.xls"))


def test_a_workbook_without_sheets_is_damaged(tmp_path: Path) -> None:
    assert "damaged" in refused(written(tmp_path, container({"Workbook": begin(0x0005) + END}), "plan.xls"))
    assert "damaged" in refused(written(tmp_path, container({"Workbook": record(0x1234)}), "plan.xls"))


def test_sectors_that_run_in_a_circle_are_damaged(tmp_path: Path) -> None:
    content = bytearray(write_xls(tmp_path / "plan.xls", (SheetGrid("Plan", rows={1: ["a"]}),)).read_bytes())
    table = len(content) - 512  # the only one, and the last sector
    content[table : table + 4] = struct.pack("<I", 0)
    assert "damaged" in refused(written(tmp_path, bytes(content), "circle.xls"))
    content[68:72] = struct.pack("<I", 1)
    content[512 + 1_024 - 4 : 512 + 1_024] = struct.pack("<I", 1)
    assert "damaged" in refused(written(tmp_path, bytes(content), "more.xls"))


def test_a_file_larger_than_its_first_tables_say_is_read(tmp_path: Path) -> None:
    filler = b"".join(record(0x0FFF, bytes(8_000)) for _ in range(1_000))
    cells = filler + record(0x0204, place(0, 0) + struct.pack("<HB", 1, 0) + b"a")
    assert rows_of(tmp_path, book_of(cells)) == {1: ["a"]}


def test_sheets_that_lie_within_each_other_are_damaged(tmp_path: Path) -> None:
    listed = b"".join(record(0x0085, struct.pack("<IBB", 0, 0, 0) + b"\x04\x00Plan") for _ in range(3))
    stream = begin(0x0005) + listed + record(0x0203, place(0, 0) + bytes(8)) + record(0x0FFF, bytes(5_000)) + END
    assert "damaged" in refused(written(tmp_path, container({"Workbook": stream}), "plan.xls"))


def test_a_cell_that_names_a_string_that_is_not_there_is_damage(tmp_path: Path) -> None:
    cells = record(0x00FD, place(0, 0) + struct.pack("<I", 5))
    assert "damaged" in refused(written(tmp_path, container({"Workbook": book_of(cells)}), "plan.xls"))


def test_more_strings_than_cells_are_too_many(tmp_path: Path) -> None:
    texts: list[CellValue] = [f"text {number}" for number in range(20)]
    assert "too large" in refused(
        write_xls(tmp_path / "plan.xls", (SheetGrid("Plan", rows={1: texts}),)), Limits(cells=9)
    )


def test_a_letter_of_two_halves_may_be_parted_between_two_pieces(tmp_path: Path) -> None:
    high, low = "\U0001f642".encode("utf-16-le")[:2], "\U0001f642".encode("utf-16-le")[2:]
    strings = record(0x00FC, struct.pack("<II", 1, 1) + struct.pack("<HB", 3, 1) + b"a\x00" + high)
    strings += record(0x003C, b"\x01" + low)
    cells = record(0x00FD, place(0, 0) + struct.pack("<I", 0))
    assert rows_of(tmp_path, book_of(cells, before=strings)) == {1: ["a\U0001f642"]}
