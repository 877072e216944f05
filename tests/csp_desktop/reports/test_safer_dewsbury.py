from datetime import date
from pathlib import Path

import pytest

from csp_desktop.commands.town_centre import link_action
from csp_desktop.errors import CspError
from csp_desktop.reports.blocks import Figure, Heading, Paragraph, Report, Table, cell_text, flatten
from csp_desktop.reports.pdf.writer import write_pdf
from csp_desktop.reports.safer_dewsbury import NOTHING, TownCentreScope, safer_dewsbury
from csp_desktop.reports.town_centre_figures import two_years
from csp_desktop.store import Store
from tests.csp_desktop.queries.town_centres import Town, fill
from tests.factories import TODAY


@pytest.fixture
def store(empty_plan_store: Store) -> Store:
    return empty_plan_store


@pytest.fixture
def town(store: Store) -> Town:
    town = fill(store)
    link_action(store, town.patrols, town.served)
    return town


def told(report: Report) -> str:
    """Everything that the report says, on one line."""
    said = []
    for block in flatten(report.blocks):
        if isinstance(block, Table):
            said += [block.caption, *(cell_text(cell) for row in block.rows for cell in row)]
        elif isinstance(block, Figure):
            said += [block.title, block.alt]
        elif text := getattr(block, "text", ""):
            said.append(text)
    return " | ".join(said)


def table(report: Report, caption: str) -> Table:
    return next(each for each in report.blocks if isinstance(each, Table) and caption in each.caption)


def test_the_report_tells_what_is_on_and_what_came_of_it(store: Store, town: Town, tmp_path: Path) -> None:
    assert town.plan
    report = safer_dewsbury(store, TownCentreScope(TODAY))
    words = told(report)

    assert "2 operations were held from 1 Apr 2026 to 23 Nov 2026. " in words
    assert "2 operations held in 2026/27 to 23 Nov 2026, 1 more than a year before" in words
    assert [row[0] for row in table(report, "follow-ups open").rows] == ["Write to the landlord", "Repair the camera"]
    assert [row[5] for row in table(report, "clauses").rows] == [
        "Expired on 30 Sep 2026",
        "Up for renewal: expires on 28 Feb 2027",
        "In force to 28 Feb 2028",
    ]
    assert "Visible presence in town centres" in words
    assert "Lights were mended" in words
    write_pdf(report, tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").stat().st_size > 10_000


def test_the_public_learns_no_name_and_nothing_that_was_said(store: Store, town: Town) -> None:
    assert town.plan
    words = told(safer_dewsbury(store, TownCentreScope(TODAY, period="2026/27", public=True)))

    for hidden in ("Amira Khan", "Mrs Smith", "Too dark", "Lights were mended", "lost their licence", "landlord"):
        assert hidden not in words
    assert "12 Taxi checks" in words
    assert "2 pieces of feedback" in words


def test_an_earlier_period_counts_its_own_operations_alone(store: Store, town: Town) -> None:
    assert town.plan
    report = safer_dewsbury(store, TownCentreScope(TODAY, period="Q1 2026/27"))

    assert [row[1] for row in table(report, "operation held").rows] == ["Operation Jericho"]
    assert report.data_date == date(2026, 6, 30)
    by_quarter = table(report, "Outputs by type and quarter")
    assert [row[-1] for row in by_quarter.rows] == sorted((row[-1] for row in by_quarter.rows), reverse=True)
    assert all(row[-1] == sum(row[1:-1]) for row in by_quarter.rows)


def test_the_quarters_of_two_years_end_on_the_day() -> None:
    periods, earlier = two_years(date(2026, 11, 23))

    assert (periods[0].label, periods[-1].label, periods[-1].last_day) == ("Q1 2025/26", "Q3 2026/27", TODAY)
    assert (earlier.periods, earlier.before, earlier.now) == (4, "2025/26", "2026/27 to 23 Nov 2026")


def test_with_nothing_recorded_the_report_says_so(store: Store) -> None:
    report = safer_dewsbury(store, TownCentreScope(TODAY))

    assert report.blocks == (Paragraph(NOTHING),)
    assert not any(isinstance(each, Heading) for each in report.blocks)
    with pytest.raises(CspError, match="has not begun"):
        safer_dewsbury(store, TownCentreScope(TODAY, period="2028/29"))
