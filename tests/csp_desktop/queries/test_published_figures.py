"""Published figures held against one another: what must add up, and what must not be added."""

from typing import Any

from csp_desktop.queries.published import BenchmarkRow, EntrantsRow, counted_once, mismatches


def row(people: str, area: str = "Kirklees", **values: Any) -> BenchmarkRow:
    blank = dict.fromkeys(("first_day", "last_day", "offenders", "reoffenders", "reoffences", "rate", "predicted"))
    given = {"id": 1, "version": 1, "series": "new", "period": "2013/14", "came_by_import": False, **blank, **values}
    return BenchmarkRow(area=area, people=people, **given)


def test_edge_case_32_adults_and_juveniles_add_up_to_all() -> None:
    """The published four quarters from April 2013 reconcile; a digit turned does not, and says so."""
    whole = row("All", offenders=598_848, reoffenders=186_406, reoffences=663_266)
    adult = row("Adult", offenders=546_541, reoffenders=163_962, reoffences=586_711)
    juvenile = row("Juvenile", offenders=52_307, reoffenders=22_444, reoffences=76_555)
    assert mismatches([whole, adult, juvenile]) == []
    wrong = row("Juvenile", offenders=52_307, reoffenders=22_404, reoffences=None)
    (told,) = mismatches([whole, adult, wrong])
    assert told.sentence == (
        "new, Kirklees, 2013/14: adults and juveniles have 186,366 reoffenders together, but all have 186,406. "
        "Check the three rows against the publication."
    )
    assert mismatches([whole, wrong]) == []


def test_totals_are_never_added_to_what_they_are_made_of() -> None:
    whole, adult, juvenile, custody = (row(people) for people in ("All", "Adults", "Youth", "Custody under 12 months"))
    country = row("All", "England and Wales")
    assert counted_once([whole, adult, juvenile, custody, country]) == [whole]
    assert counted_once([adult, juvenile, custody]) == [adult, juvenile]
    assert counted_once([custody]) == []
    assert counted_once([country]) == [country]


def test_a_rate_comes_from_counts_where_they_are_known() -> None:
    known = row("All", offenders=510_433, reoffenders=133_947, reoffences=417_789, rate=260_000)
    assert (round(known.share or 0, 3), round(known.reoffences_per_reoffender or 0, 1)) == (0.262, 3.1)
    assert known.interval is not None
    published = row("All", rate=275_000)
    assert (published.share, published.interval, published.reoffences_per_reoffender) == (0.275, None, None)
    assert row("All").share is None


def test_entrants_without_a_population_have_no_rate() -> None:
    entrants = EntrantsRow(
        id=1, version=1, area="Kirklees", period="2023", first_day=None, last_day=None, people="All", entrants=3,
        population=None, came_by_import=False,
    )  # fmt: skip
    assert (entrants.rate, entrants.interval) == (None, None)
