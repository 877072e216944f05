from datetime import date

import pytest

from csp_desktop.charts.rag import AMBER, GREEN
from csp_desktop.reports.blocks import (
    Column,
    DueCell,
    Heading,
    OnePage,
    Paragraph,
    RagCell,
    Table,
    cell_text,
    day,
    flatten,
)
from tests.csp_desktop.reports.samples import report


@pytest.mark.parametrize("levels", [(3,), (2, 1, 3), (4,), (0,)])
def test_a_heading_level_that_skips_is_refused(levels: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="heading of level"):
        report(*(Heading(level, "x") for level in levels))


def test_a_skip_in_any_variant_is_refused() -> None:
    with pytest.raises(ValueError, match="heading of level"):
        report(OnePage(((Heading(2, "a"),), (Paragraph("b"),))), Heading(3, "c"))


def test_rows_of_another_length_and_empty_cells_are_refused() -> None:
    columns = (Column("a"), Column("b"))
    with pytest.raises(ValueError, match="a row of 1 cells"):
        Table("t", columns, (("x",),))
    with pytest.raises(ValueError, match="empty cell"):
        Table("t", columns, (("x", " \n"),))


def test_cells_say_what_they_hold() -> None:
    assert cell_text(RagCell(GREEN, AMBER)) == "Green\nAmber suggested"
    assert cell_text(RagCell(None)) == "No RAG"
    assert cell_text(12345) == "12,345"
    assert cell_text(date(2024, 9, 3)) == day(date(2024, 9, 3)) == "3 Sep 2024"
    assert cell_text(DueCell(date(2024, 1, 1), date(2024, 2, 1))) == "1 Feb 2024\nwas 1 Jan 2024"
    assert cell_text(DueCell(date(2024, 1, 1), None)) == "1 Jan 2024"
    assert cell_text(DueCell(None, None, "TBC")) == "TBC"


def test_a_choice_is_told_at_one_length() -> None:
    choice = OnePage(((Paragraph("long"), Paragraph("er")), (Paragraph("short"),)))
    assert flatten((choice,), 0) == (Paragraph("long"), Paragraph("er"))
    assert flatten((choice,), 5) == (Paragraph("short"),)


def test_a_report_needs_a_title() -> None:
    with pytest.raises(ValueError, match="title"):
        report(title=" ")
