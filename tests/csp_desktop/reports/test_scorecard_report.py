"""The measure scorecard: what stands where, its exceptions, its public version, and the page of an empty store."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from csp_desktop.commands.entries import add_entry
from csp_desktop.commands.measures import feed_measure, record_reading, set_target
from csp_desktop.errors import CspError
from csp_desktop.measures.spans import periods_of_year
from csp_desktop.queries.plans import list_themes
from csp_desktop.registers.forms import Register
from csp_desktop.reoffending.disclosure import SUPPRESSED
from csp_desktop.reports.blocks import Figure, Paragraph, Report, Table, cell_text, flatten
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.reports.scorecard import NOTHING, ScorecardScope, scorecard
from csp_desktop.reports.sheet import write_workbook
from csp_desktop.rules.periods import financial_year
from csp_desktop.store import Store
from models.terms import Frequency
from tests.csp_desktop.reoffending.sample_cohorts import DATA_DATE, sample_cohort
from tests.csp_desktop.reports.pdf_checker import check, dump
from tests.factories import TODAY

GOLDEN = Path(__file__).parents[2] / "golden" / "scorecard_structure.txt"
QUARTERS = (*periods_of_year(Frequency.QUARTERLY, 2024), *periods_of_year(Frequency.QUARTERLY, 2025))
SCOPE = ScorecardScope(TODAY, "2025/26")


@pytest.fixture
def measured(store: Store) -> Store:
    """A measure that meets its target, one that misses it by far, and one without a reading."""
    theme = list_themes(store)[0].title
    shops = add_entry(store, Register.MEASURES, {"title": "Theft from shops", "theme": theme, "owner": "Imran Sadiq"})
    safe = add_entry(
        store, Register.MEASURES, {"title": "People who feel safe", "unit": "percent", "polarity": "higher"}
    )
    add_entry(store, Register.MEASURES, {"title": "Deliberate fires", "baseline": Decimal("1.4")})
    for at, period in enumerate(QUARTERS):
        record_reading(store, shops, period, {"value": Decimal(100 + 5 * at), "is_provisional": period is QUARTERS[-1]})
        record_reading(store, safe, period, {"numerator": 60 + at, "denominator": 100})
    set_target(store, shops, {QUARTERS[-1]: Decimal(110)})
    set_target(store, safe, {financial_year(2025): Decimal(65)})
    return store


def words(report: Report) -> str:
    found = [block.text for block in flatten(report.blocks) if isinstance(block, Paragraph)]
    tables = [block for block in flatten(report.blocks) if isinstance(block, Table)]
    return "\n".join([*found, *(cell_text(cell) for table in tables for row in table.rows for cell in row)])


def test_a_store_without_measures_has_a_page_that_says_so(store: Store) -> None:
    report = scorecard(store, ScorecardScope(TODAY))
    assert [block.text for block in report.blocks if isinstance(block, Paragraph)] == [NOTHING]
    assert pdf_bytes(report).startswith(b"%PDF")


def test_the_first_page_says_how_many_stand_where(measured: Store) -> None:
    report = scorecard(measured, SCOPE)
    first = report.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text == (
        "1 of 2 measures with a target meets it; 0 miss it within the tolerance and 1 by more. 1 measure is not "
        "judged, for want of a reading or a target."
    )


def test_each_measure_stands_in_its_theme_with_its_figures(measured: Store) -> None:
    tables = [block for block in scorecard(measured, SCOPE).blocks if isinstance(block, Table)]
    theme = list_themes(measured)[0].title
    shops = next(table for table in tables if table.caption == f"{theme}: 1 measure")
    assert [cell_text(cell) for cell in shops.rows[0]] == [
        "MEA-0001", "Theft from shops", "number", "135", "Q4 2025/26,\nprovisional", "110", "Red", "+5, worse",
        "+20, worse", "510",
    ]  # fmt: skip
    safe, fires = next(table for table in tables if table.caption == "No theme: 2 measures").rows
    assert [cell_text(cell) for cell in safe[3:]] == [
        "67.0", "Q4 2025/26", "65.0", "Green", "+1.0 points, better", "+4.0 points, better", "65.5",
    ]  # fmt: skip
    assert [cell_text(cell) for cell in fires[3:]] == [
        "none", "none", "none", "No reading", "not known", "not known", "none",
    ]  # fmt: skip


def test_what_misses_its_target_is_told_with_its_chart(measured: Store) -> None:
    report = scorecard(measured, SCOPE)
    (figure,) = (block for block in report.blocks if isinstance(block, Figure))
    assert figure.title == "135 in Q4 2025/26, against a target of 110"
    assert "latest 135 in Q4 2025/26" in figure.alt
    told = words(report)
    assert "In Q4 2025/26 135 misses the target of 110 by 25, beyond the tolerance of 5%. It is up 5 on" in told
    assert "1.4" in told


def test_the_file_is_tagged_as_it_was(measured: Store) -> None:
    content = pdf_bytes(scorecard(measured, SCOPE))
    assert check(content) == []
    assert dump(content) == GOLDEN.read_text(encoding="utf-8")


def test_a_workbook_keeps_figures_as_numbers(measured: Store, tmp_path: Path) -> None:
    write_workbook(scorecard(measured, SCOPE), tmp_path / "scorecard.xlsx")
    book = load_workbook(tmp_path / "scorecard.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]
    assert {135, 110, 510} <= {cell for cell in cells if isinstance(cell, int | float)}


def test_the_public_reads_no_owner(measured: Store) -> None:
    assert "Imran Sadiq" in words(scorecard(measured, SCOPE))
    assert "Imran Sadiq" not in words(scorecard(measured, ScorecardScope(TODAY, "2025/26", public=True)))


def test_the_public_reads_no_figure_of_very_few_people(store: Store) -> None:
    cohort = sample_cohort(store, 5, 1)
    measure = add_entry(
        store,
        Register.MEASURES,
        {"title": "Reoffenders", "frequency": "yearly", "cohort": cohort, "cohort_figure": "reoffenders"},
    )
    feed_measure(store, measure, DATA_DATE)
    report, public = (scorecard(store, ScorecardScope(TODAY, public=each)) for each in (False, True))
    assert SUPPRESSED not in words(report)
    assert SUPPRESSED in words(public)


def test_without_a_period_it_is_of_the_last_full_quarter_or_of_what_there_is(store: Store) -> None:
    measure = add_entry(store, Register.MEASURES, {"title": "Incidents", "frequency": "monthly"})
    record_reading(store, measure, periods_of_year(Frequency.MONTHLY, 2026)[6], {"value": Decimal(12)})
    assert scorecard(store, ScorecardScope(TODAY)).period == "to 23 Nov 2026"
    record_reading(store, measure, periods_of_year(Frequency.MONTHLY, 2026)[5], {"value": Decimal(11)})
    assert scorecard(store, ScorecardScope(TODAY)).period == "Q2 2026/27"


def test_a_period_that_has_not_begun_is_refused(store: Store) -> None:
    with pytest.raises(CspError, match="has not begun"):
        scorecard(store, ScorecardScope(date(2026, 3, 1), "2026/27"))
