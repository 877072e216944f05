"""Files damaged in every way: each gives a grid or the one sentence that refuses it, soon and in little memory."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import CellValue, WorkbookGrid, text_of
from csp_desktop.imports.reading.limits import EXCEL_COLUMNS, EXCEL_ROWS, Limits
from csp_desktop.imports.reading.parsing import parse
from csp_desktop.imports.reading.reader import read_file
from tests.fuzzed_files import (
    BYTES,
    DAMAGED,
    EXAMPLES,
    FILES,
    MARKUP,
    PARTS,
    ZIPS,
    Hurt,
    bounded,
    compressed_otherwise,
    damaged,
    damaged_inside,
    damaged_stream,
    hurts,
    parts_of,
    zipped,
)


def unheard(_done: int, _expected: int) -> None:
    return


def check(grid: WorkbookGrid) -> None:
    """Whatever was read is what a grid promises to be."""
    assert any(sheet.rows for sheet in grid.sheets)
    for sheet in grid.sheets:
        assert list(sheet.rows) == sorted(sheet.rows)
        assert all(1 <= number <= EXCEL_ROWS for number in sheet.rows)
        assert all(len(values) <= EXCEL_COLUMNS for values in sheet.rows.values())
        assert all(isinstance(text_of(value), str) for values in sheet.rows.values() for value in values)
        assert all(merge.width > 0 and merge.height > 0 for merge in sheet.merges)
        texts = [value for values in sheet.rows.values() for value in values if isinstance(value, str)]
        "".join([sheet.name, *texts, *grid.notes]).encode()


def outcome(read: Callable[[Path], WorkbookGrid], path: Path) -> WorkbookGrid | str:
    """The grid or the sentence; anything else flies."""
    try:
        return read(path)
    except UnreadableFileError as refusal:
        return str(refusal)


def parsed_or_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with bounded():
        found = outcome(lambda path: parse(path, Limits(), unheard), path)
    if isinstance(found, WorkbookGrid):
        check(found)
    else:
        assert found.startswith(f"“{path.name}” ")
        assert found.endswith("Nothing was imported.")
        assert "\n" not in found


@pytest.mark.parametrize("name", FILES)
def test_the_files_to_damage_are_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(FILES[name])
    values: list[CellValue] = [
        value for sheet in parse(path, Limits(), unheard).sheets for row in sheet.rows.values() for value in row
    ]
    assert "Action" in values


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60 * EXAMPLES)
@given(wounds=hurts(BYTES))
def test_damaged_bytes_give_a_grid_or_a_sentence(tmp_path: Path, name: str, wounds: list[Hurt]) -> None:
    parsed_or_refused(tmp_path / "plan.xlsx", damaged(FILES[name], wounds))


@pytest.mark.parametrize("name", ZIPS)
@settings(max_examples=400 * EXAMPLES)
@given(wounds=hurts(MARKUP, *PARTS))
def test_damaged_parts_of_a_sound_container_give_a_grid_or_a_sentence(
    tmp_path: Path, name: str, wounds: list[Hurt]
) -> None:
    parsed_or_refused(tmp_path / "plan.xlsx", damaged_inside(ZIPS[name], wounds))


@settings(max_examples=400 * EXAMPLES)
@given(wounds=hurts(BYTES))
def test_damaged_records_of_a_sound_container_give_a_grid_or_a_sentence(tmp_path: Path, wounds: list[Hurt]) -> None:
    parsed_or_refused(tmp_path / "plan.xlsx", damaged_stream(wounds))


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@settings(max_examples=10 * EXAMPLES)
@given(wounds=hurts(BYTES))
def test_containers_that_no_spreadsheet_program_writes_are_damaged(
    tmp_path: Path, compression: int, wounds: list[Hurt]
) -> None:
    content = compressed_otherwise(ZIPS["xlsx"], compression)
    parsed_or_refused(tmp_path / "plan.xlsx", damaged(content, wounds))
    (tmp_path / "plan.xlsx").write_bytes(content)
    with pytest.raises(UnreadableFileError, match="is damaged"):
        parse(tmp_path / "plan.xlsx", Limits(), unheard)


@settings(max_examples=150 * EXAMPLES)
@given(st.binary(max_size=4_000))
def test_any_bytes_give_a_grid_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    parsed_or_refused(tmp_path / "plan.xlsx", content or b"\x00")


@settings(max_examples=25 * EXAMPLES)
@given(DAMAGED)
def test_damaged_files_come_through_the_real_reader(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(content)
    found = outcome(lambda path: read_file(path).grid, path)
    if isinstance(found, WorkbookGrid):
        check(found)
    else:
        assert "fault of its own" not in found
        assert "ended without" not in found


def test_columns_hidden_again_and_again_cost_nothing(tmp_path: Path) -> None:
    hidden = b'<col min="1" max="16384" hidden="1"/>' * 20_000
    parts = dict(parts_of(ZIPS["xlsx"]))
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<sheetData>", b"<cols>" + hidden + b"</cols><sheetData>")
    parsed_or_refused(tmp_path / "plan.xlsx", zipped(list(parts.items())))
