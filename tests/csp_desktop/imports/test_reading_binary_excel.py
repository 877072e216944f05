import struct
from datetime import date
from pathlib import Path

from csp_desktop.imports.grid import CellError, CellValue, SheetGrid
from csp_desktop.imports.reading.limits import Limits
from tests.csp_desktop.imports.reading_files import parsed, refused, zipped
from tests.workbooks.xlsb_files import record, write_xlsb, xlsb_parts

SHEET = "xl/worksheets/sheet1.bin"


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def with_cells(tmp_path: Path, cells: bytes) -> Path:
    """Write a workbook whose first row holds the records ``cells``."""
    parts = xlsb_parts((SheetGrid("Plan", rows={1: ["a"]}),))
    row = record(0, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0))
    parts[SHEET] = record(129) + record(145) + row + cells + record(146) + record(130)
    return zipped(tmp_path / "plan.xlsb", parts)


def place(column: int, style: int = 0) -> bytes:
    return struct.pack("<II", column, style)


def test_a_cells_text_or_result_may_stand_in_itself(tmp_path: Path) -> None:
    cells = (
        record(6, place(0) + wide("plain"))
        + record(62, place(1) + b"\x00" + wide("rich"))
        + record(8, place(2) + wide("worked out") + bytes(8))
        + record(9, place(3) + struct.pack("<d", 7.0) + bytes(8))
        + record(10, place(4) + b"\x01" + bytes(8))
        + record(11, place(5) + b"\x17" + bytes(8))
        + record(1, place(6))
        + record(3, place(7) + b"\xee")
        + record(8, place(8) + wide("") + bytes(8))
    )
    row = parsed(with_cells(tmp_path, cells)).sheets[0].rows[1]
    assert row == ["plain", "rich", "worked out", 7, True, CellError("#REF!"), None, CellError("#VALUE!")]


def test_a_style_that_is_not_there_shows_plain_numbers(tmp_path: Path) -> None:
    cells = record(5, place(0, 99) + struct.pack("<d", 45_000.0)) + record(5, place(1, 2) + struct.pack("<d", 45_000.0))
    assert parsed(with_cells(tmp_path, cells)).sheets[0].rows == {1: [45_000, date(2023, 3, 15)]}


def test_one_cell_at_the_last_corner_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "too many columns" in refused(with_cells(tmp_path, record(5, place(16_383) + bytes(8))))
    assert "outside the grid" in refused(with_cells(tmp_path, record(5, place(16_384) + bytes(8))))


def test_a_record_longer_than_its_part_ends_the_sheet(tmp_path: Path) -> None:
    cells = record(6, place(0) + wide("kept")) + b"\x06\xff\xff\xff\x7f"
    assert parsed(with_cells(tmp_path, cells)).sheets[0].rows == {1: ["kept"]}


def test_a_text_longer_than_its_record_and_a_string_that_is_not_there_are_damage(tmp_path: Path) -> None:
    assert "damaged" in refused(with_cells(tmp_path, record(6, place(0) + b"\xff\xff\xff\x7f")))
    assert "damaged" in refused(with_cells(tmp_path, record(7, place(0) + struct.pack("<I", 50))))


def test_records_are_read_across_the_windows_of_a_long_part(tmp_path: Path) -> None:
    rows: dict[int, list[CellValue]] = {number: [f"text {number}" * 5, number] for number in range(1, 20_000)}
    path = write_xlsb(tmp_path / "plan.xlsb", (SheetGrid("Plan", rows=rows),))
    assert parsed(path).sheets[0].rows == rows


def test_without_strings_and_styles_numbers_are_read(tmp_path: Path) -> None:
    parts = xlsb_parts((SheetGrid("Plan", rows={1: [5, True]}),))
    del parts["xl/sharedStrings.bin"], parts["xl/styles.bin"]
    assert parsed(zipped(tmp_path / "plan.xlsb", parts)).sheets[0].rows == {1: [5, True]}


def test_more_strings_than_cells_are_too_many(tmp_path: Path) -> None:
    texts: list[CellValue] = [f"text {number}" for number in range(20)]
    path = write_xlsb(tmp_path / "plan.xlsb", (SheetGrid("Plan", rows={1: texts}),))
    assert "too large" in refused(path, Limits(cells=9))


def test_two_sheets_of_one_part_are_damage(tmp_path: Path) -> None:
    grid = SheetGrid("Plan", rows={1: ["a"]})
    parts = xlsb_parts((grid, grid))
    links = "xl/_rels/workbook.bin.rels"
    parts[links] = parts[links].replace(b"sheet2.bin", b"sheet1.bin")
    assert "damaged" in refused(zipped(tmp_path / "plan.xlsb", parts))


def test_a_workbook_without_a_sheet_is_damaged(tmp_path: Path) -> None:
    assert "damaged" in refused(write_xlsb(tmp_path / "plan.xlsb", ()))
