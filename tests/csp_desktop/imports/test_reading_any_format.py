"""The same grid, whatever the format it is written in; and an independent reader finds the same values."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from csp_desktop.imports.grid import (
    TELLS_ALL,
    CellError,
    CellValue,
    Merge,
    MonthDate,
    PercentNumber,
    SheetGrid,
    is_blank,
)
from csp_desktop.imports.reading.limits import Limits
from tests.csp_desktop.imports.reading_files import parsed, readable_or_refused, refused
from tests.workbooks.biff_files import write_xls
from tests.workbooks.grid_styles import ERROR_CODES
from tests.workbooks.ods_files import write_ods
from tests.workbooks.xlsb_files import write_xlsb

Write = Callable[[Path, tuple[SheetGrid, ...]], Path]
WRITERS: dict[str, Write] = {"xls": write_xls, "xlsb": write_xlsb, "ods": write_ods}
EVERY_FORMAT = pytest.mark.parametrize("kind", WRITERS)

days = st.dates(date(1900, 3, 1), date(2100, 1, 1))
clocks = st.times().map(lambda clock: clock.replace(microsecond=0))
letters = st.characters(codec="utf-16-le", exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"])
numbers = st.floats(-1e12, 1e12).map(lambda number: int(number) if number.is_integer() else number)
values: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.text(letters, min_size=1, max_size=30).filter(lambda text: not is_blank(text) and text[0] not in "#E"),
    st.just("two\nlines"),
    st.integers(-(10**14), 10**14),
    numbers,
    st.booleans(),
    days,
    st.builds(lambda day: MonthDate(day.year, day.month, 1), st.dates(date(1900, 4, 1), date(2100, 1, 1))),
    st.builds(datetime.combine, days, clocks.filter(lambda clock: clock != time())),
    clocks,
    st.integers(-1_000, 1_000).map(lambda number: PercentNumber(number / 400)),
    st.sampled_from(sorted(ERROR_CODES)).map(CellError),
)


@st.composite
def sheets(draw: st.DrawFn) -> SheetGrid:
    rows: dict[int, list[CellValue]] = {}
    for number in sorted(draw(st.sets(st.integers(1, 300), min_size=1, max_size=6))):
        row = draw(st.lists(values, max_size=8))
        rows[number] = [*row, draw(values.filter(lambda value: value is not None))]
    corner = draw(st.tuples(st.integers(1, 300), st.integers(1, 9)))
    merge = Merge(*corner, corner[0] + draw(st.integers(0, 3)), corner[1] + draw(st.integers(1, 3)))
    return SheetGrid(
        name=draw(st.text(letters, min_size=1, max_size=20)),
        hidden=draw(st.booleans()),
        rows=rows,
        merges=draw(st.sampled_from([(), (merge,)])),
        hidden_rows=draw(st.frozensets(st.sampled_from(sorted(rows)))),
        hidden_columns=draw(st.frozensets(st.integers(1, 9), max_size=3)),
    )


def kinds(sheet: SheetGrid) -> list[list[type]]:
    return [[type(value) for value in row] for row in sheet.rows.values()]


@EVERY_FORMAT
@settings(max_examples=60)
@given(grid=st.lists(sheets(), min_size=1, max_size=3, unique_by=lambda sheet: sheet.name))
def test_what_is_written_is_read(tmp_path: Path, kind: str, grid: list[SheetGrid]) -> None:
    path = WRITERS[kind](tmp_path / f"plan.{kind}", tuple(grid))
    read = parsed(path)
    assert (read.format, read.tells) == (kind, TELLS_ALL)
    assert list(read.sheets) == grid
    assert [kinds(sheet) for sheet in read.sheets] == [kinds(sheet) for sheet in grid]


EVERY_KIND: list[CellValue] = [
    "text", 7, 2.5, True, date(2025, 3, 31), datetime(2025, 3, 31, 9, 30), PercentNumber(0.45), "£ \u2013 é",  # noqa: DTZ001
]  # fmt: skip


@EVERY_FORMAT
def test_another_reader_finds_the_same_in_what_our_writers_write(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path / f"plan.{kind}", (SheetGrid("Plan", rows={1: ["a"], 2: EVERY_KIND}),))
    rows = load_workbook(str(path)).get_sheet_by_name("Plan").to_python()
    assert rows[0][0] == "a"
    assert rows[1] == EVERY_KIND


@EVERY_FORMAT
def test_a_file_is_read_by_content_and_the_review_says_so(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path / "plan.xlsx", (SheetGrid("Plan", rows={1: ["a"]}),))
    notes = " ".join(parsed(path).notes)
    assert f"(.{kind})" in notes
    assert "ends in “.xlsx”" in notes
    plain = path.rename(tmp_path / "plan")
    assert "has no ending" in " ".join(parsed(plain).notes)


@EVERY_FORMAT
def test_too_many_cells_and_columns_are_refused(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path / f"plan.{kind}", (SheetGrid("Plan", rows={1: ["a", "b"], 2: ["c", "d"]}),))
    assert "too large" in refused(path, Limits(cells=3))
    assert "too many columns" in refused(path, Limits(columns=1))
    assert "too large" in refused(path, Limits(sheets=0))


@EVERY_FORMAT
def test_far_cells_in_many_rows_are_refused_before_they_fill_the_memory(tmp_path: Path, kind: str) -> None:
    far: list[CellValue] = [*[None] * 200, "x"]
    path = WRITERS[kind](tmp_path / f"plan.{kind}", (SheetGrid("Plan", rows=dict.fromkeys(range(1, 200), far)),))
    assert "too large" in refused(path, Limits(cells=1_000))


SMALL = SheetGrid("Plan", rows={1: ["Action", "Lead"], 2: ["Patrol", date(2025, 3, 31)]}, merges=(Merge(1, 1, 1, 2),))


@EVERY_FORMAT
@settings(max_examples=100)
@given(share=st.floats(0, 1))
def test_a_cut_file_gives_a_grid_or_a_sentence(tmp_path: Path, kind: str, share: float) -> None:
    path = WRITERS[kind](tmp_path / f"plan.{kind}", (SMALL,))
    content = path.read_bytes()
    path.write_bytes(content[: max(int(len(content) * share), 1)])
    assert readable_or_refused(path)


@EVERY_FORMAT
@settings(max_examples=200)
@given(changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_changed_bytes_give_a_grid_or_a_sentence(tmp_path: Path, kind: str, changes: list[tuple[float, int]]) -> None:
    path = WRITERS[kind](tmp_path / f"plan.{kind}", (SMALL,))
    content = bytearray(path.read_bytes())
    for share, byte in changes:
        content[int(share * (len(content) - 1))] = byte
    path.write_bytes(content)
    assert readable_or_refused(path)
