"""A workbook's tables fit a page, and their rows show all of their text."""

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.reports.blocks import Column, ColumnKind, Table
from csp_desktop.reports.sheet_fit import LINE_HEIGHT, PAGE_WIDTH, TALLEST, column_widths, row_height

LONG = "Consultation began two weeks late and legal advice is awaited; the order should still be made in time. " * 3


def table(*texts: str) -> Table:
    columns = tuple(Column(f"Column {number}") for number in range(len(texts)))
    return Table("Caption", (*columns, Column("Late", ColumnKind.NUMBER)), ((*texts, 12),))


def test_short_columns_are_as_wide_as_their_text_and_no_wider() -> None:
    assert sum(column_widths(table("ACT-0001", "Amina Shah"))) < PAGE_WIDTH / 2


def test_long_columns_shrink_to_the_page_together() -> None:
    widths = column_widths(table("ACT-0001", LONG, LONG))
    assert sum(widths) <= PAGE_WIDTH + 0.1
    assert widths[1] == widths[2] > 30
    assert widths[-1] == 10.0


def test_a_row_is_as_high_as_its_tallest_cell() -> None:
    assert row_height(["short", "x" * 100], [20, 20]) >= 5 * LINE_HEIGHT
    assert row_height(["one\ntwo\nthree", "x"], [20, 20]) >= 3 * LINE_HEIGHT
    assert row_height(["short"], [20], 18) > row_height(["short"], [20])


@given(st.lists(st.text(max_size=200), min_size=1, max_size=8))
def test_every_table_fits_and_every_row_has_a_height(texts: list[str]) -> None:
    widths = column_widths(table(*(f"{text}." for text in texts)))
    assert all(width > 0 for width in widths)
    assert sum(widths) <= max(PAGE_WIDTH + 0.5, 14.0 * len(widths))
    assert row_height([*texts, "12"], widths) >= LINE_HEIGHT


def test_a_row_is_no_higher_than_a_workbook_allows() -> None:
    assert row_height(["x" * 30_000], [20]) == TALLEST
