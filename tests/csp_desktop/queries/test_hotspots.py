"""Areas ranked by a figure, within one set of wards, against the year before."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.commands.entries import add_entry
from csp_desktop.queries.area_figures import list_indicators, name_key
from csp_desktop.queries.hotspot_words import change_words
from csp_desktop.queries.hotspots import AreaRef, hotspots, trend
from csp_desktop.registers.forms import Register
from csp_desktop.rules.periods import financial_year, month_period
from csp_desktop.rules.ranking import ranks, shares
from csp_desktop.rules.spans import Span, made_up_of, steps
from csp_desktop.store import Store
from models.evidence import AreaFigure
from models.reoffending import Load
from models.terms import AreaKind

ASB = "Anti-social behaviour"
COUNTS = st.lists(st.decimals(0, 10_000, places=0), min_size=1, max_size=30)
MONTHS = st.integers(0, 400)


def month(number: int) -> Span:
    """The month so many after January 2024."""
    found = month_period(2024 + number // 12, number % 12 + 1)
    return Span(found.first_day, found.last_day)


def put(
    store: Store,
    indicator: str,
    runs: Mapping[str, Mapping[Span, float | None]],
    register: Register | None = None,
    **more: object,
) -> None:
    with store.write("Bring in figures") as session:
        load = None
        if register is not None:
            load = Load(register=register.value, rows=1)
            session.add(load)
            session.flush()
        session.add_all(
            AreaFigure(
                indicator=indicator,
                area_name=name,
                period=span.label,
                first_day=span.first,
                last_day=span.last,
                thousandths=None if value is None else round(value * 1000),
                load_id=load.id if load else None,
                **more,  # type: ignore[arg-type]
            )
            for name, run in runs.items()
            for span, value in run.items()
        )


def monthly(first: int, values: Sequence[float]) -> dict[Span, float | None]:
    return {month(first + at): value for at, value in enumerate(values)}


@given(COUNTS)
def test_ranks_follow_values_and_ties_share_one(values: list[Decimal]) -> None:
    found = ranks(values)
    for value, rank in zip(values, found, strict=True):
        assert rank == 1 + sum(other > value for other in values)


@given(COUNTS)
def test_shares_add_up_to_one_unless_there_is_nothing(values: list[Decimal]) -> None:
    found = shares(values)
    if any(values):
        assert sum((share for share in found if share is not None), Decimal(0)) == pytest.approx(Decimal(1))
    else:
        assert found == [None] * len(values)


@given(MONTHS, st.sampled_from([1, 3, 12]), st.integers(0, 60))
def test_going_back_and_forth_by_months_leads_to_the_same_span(at: int, length: int, months: int) -> None:
    span = Span(month(at).first, month(at + length - 1).last)
    assert span.months == length
    assert span.back(months).back(-months) == span
    assert [each.months for each in steps(span, span.back(12).first)] == [length] * (12 // length + 1)


def test_months_and_years_of_the_same_time_are_never_added_together() -> None:
    whole = Span(month(0).first, month(11).last)
    months = [month(at) for at in range(12)]
    assert made_up_of([whole, *months], whole) == tuple(months)
    assert made_up_of([whole, *months[:11]], whole) == (whole,)
    rolling = [Span(month(at - 2).first, month(at).last) for at in range(2, 12)]
    assert [span.last for span in made_up_of(rolling, whole)] == [month(at).last for at in (2, 5, 8, 11)]


def test_wards_are_ranked_by_their_last_twelve_months_against_the_year_before(bare: Store) -> None:
    wards = add_entry(bare, Register.WARD_SETS, {"name": "Wards 2004", "first_day": date(2004, 6, 10)})
    for name, people in (("Dewsbury East", 20_000), ("Batley West", 16_000)):
        add_entry(bare, Register.AREAS, {"name": name, "ward_set": wards, "population": people})
    put(
        bare,
        ASB,
        {
            "Dewsbury East Ward": monthly(0, [1] * 12 + [4] * 12),
            "batley west": monthly(0, [2] * 24),
            "Heckmondwike": monthly(0, [2] * 24),
        },
    )
    found = hotspots(bare, ASB, None, AreaKind.WARD)
    assert found.period == Span(date(2025, 1, 1), date(2025, 12, 31))
    assert [(row.rank, row.name, row.value, row.before, row.climbed) for row in found.rows] == [
        (1, "Dewsbury East", 48, 12, 2),
        (2, "Batley West", 24, 24, -1),
        (2, "Heckmondwike", 24, 24, -1),
    ]
    assert [row.per_people for row in found.rows] == [Decimal("2.4"), Decimal("1.5"), None]
    assert found.rows[0].share == Decimal("0.5")
    assert found.total == 96
    assert len(found.rows[0].run) == 24
    assert found.ward_set == "Wards 2004"
    assert found.notes == ()


def test_two_sets_of_wards_are_never_compared(bare: Store) -> None:
    for name, first, last in (("Old", date(2004, 6, 10), date(2025, 4, 30)), ("New", date(2025, 5, 1), None)):
        add_entry(bare, Register.WARD_SETS, {"name": name, "first_day": first, "last_day": last})
    put(bare, ASB, {"Dewsbury East": monthly(0, [5] * 16)})
    put(bare, ASB, {"Dewsbury East": monthly(16, [3] * 8)})
    found = hotspots(bare, ASB, None, AreaKind.WARD)
    assert found.ward_set == "New"
    assert found.ward_sets == ("Old", "New")
    assert [(row.value, row.before) for row in found.rows] == [(24, None)]
    assert "boundaries differ" in found.notes[0]
    assert found.notes[1] == "There are figures for 8 of the 12 months."
    assert found.notes[2] == "The year before is not compared: its figures are by wards of other boundaries."
    old = hotspots(bare, ASB, None, AreaKind.WARD, "Old")
    assert [(row.value, row.before) for row in old.rows] == [(60, None)]


def test_an_older_set_of_wards_is_ranked_by_its_own_last_year_against_the_year_before(bare: Store) -> None:
    for name, first, last in (("Old", date(2004, 6, 10), date(2026, 4, 30)), ("New", date(2026, 5, 1), None)):
        add_entry(bare, Register.WARD_SETS, {"name": name, "first_day": first, "last_day": last})
    put(bare, ASB, {"Dewsbury East": monthly(0, [5] * 12 + [6] * 16)})
    put(bare, ASB, {"Dewsbury East": monthly(28, [3] * 24)})
    assert hotspots(bare, ASB, None, AreaKind.WARD).ward_sets == ("Old", "New")
    old = hotspots(bare, ASB, None, AreaKind.WARD, "Old")
    assert old.period == Span(date(2025, 5, 1), date(2026, 4, 30))
    assert [(row.value, row.before) for row in old.rows] == [(72, 5 * 8 + 6 * 4)]


def test_a_rate_is_not_added_up_and_has_no_shares(store: Store) -> None:
    put(store, "Feels safe after dark (%)", {"Batley": {month(0): 61.5, month(1): 58.25}}, area_kind=AreaKind.TOWN)
    put(store, "Households in need", {"Batley": {month(0): None}}, area_kind=AreaKind.TOWN, numerator=1, denominator=8)
    found = hotspots(store, "Feels safe after dark (%)", None, AreaKind.TOWN)
    assert [(row.value, row.share) for row in found.rows] == [(Decimal("58.25"), None)]
    assert found.total is None
    worked_out = hotspots(store, "Households in need", None, AreaKind.TOWN)
    assert [row.value for row in worked_out.rows] == [Decimal("12.5")]


def test_of_nobody_there_is_no_share_and_of_less_than_nothing_no_percentage(store: Store) -> None:
    town = {"area_kind": AreaKind.TOWN}
    put(store, "Households in need", {"Batley": {month(0): None}}, numerator=5, denominator=0, **town)
    assert hotspots(store, "Households in need", None, AreaKind.TOWN).rows == ()
    for name, before, now in (("Batley", -3, 9), ("Mirfield", 4, 6)):
        put(store, "Net moves", {name: {month(at): value for at, value in ((0, before), (12, now))}}, **town)
    found = hotspots(store, "Net moves", financial_year(2024), AreaKind.TOWN)
    assert [change_words(row) for row in found.rows] == ["+12", "+2 (+50%)"]


def test_a_month_without_a_row_is_a_gap_unless_an_extract_of_crimes_was_read_for_it(store: Store) -> None:
    runs = {"Kirklees 021C": {month(0): 3.0, month(2): 2.0}, "Kirklees 022A": {month(1): 1.0}}
    put(store, "Burglary", runs, area_kind=AreaKind.SMALL_AREA)
    put(store, "Robbery", runs, Register.STREET_CRIME, area_kind=AreaKind.SMALL_AREA)
    assert trend(store, "Burglary", AreaRef(AreaKind.SMALL_AREA, "Kirklees 021C")).values == (3, None, 2)
    assert trend(store, "Robbery", AreaRef(AreaKind.SMALL_AREA, "kirklees 021c")).values == (3, 0, 2)
    assert trend(store, "Robbery", AreaRef(AreaKind.SMALL_AREA, "Kirklees 022A")).values == (0, 1, 0)
    assert "no figure of some of the months" in " ".join(hotspots(store, "Burglary", None, AreaKind.SMALL_AREA).notes)


def test_a_period_that_was_asked_for_is_taken(store: Store) -> None:
    put(store, ASB, {"Batley": monthly(0, [1] * 24)}, area_kind=AreaKind.TOWN)
    found = hotspots(store, ASB, financial_year(2024), AreaKind.TOWN)
    assert found.period == Span(date(2024, 4, 1), date(2025, 3, 31))
    assert [row.value for row in found.rows] == [12]
    assert found.notes == ("The year before is not compared: there are no figures of all its months.",)
    nothing = hotspots(store, ASB, financial_year(2010), AreaKind.TOWN)
    assert (nothing.period, nothing.rows) == (None, ())
    assert [(row.indicator, row.area_kind, row.figures) for row in list_indicators(store)] == [(ASB, AreaKind.TOWN, 24)]


@pytest.mark.parametrize(
    ("one", "other"), [("Heckmondwike Ward", "HECKMONDWIKE"), ("Holme Valley & Denby", "holme valley and  denby")]
)
def test_names_of_areas_are_matched_however_they_are_written(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_places_of_one_name_are_told_apart_and_an_unknown_one_is_not_ranked(store: Store) -> None:
    for code, count in (("E01011100", 3), ("E01011200", 5)):
        put(store, ASB, {"Parking Area": {month(0): count}}, area_kind=AreaKind.PLACE, area_code=code)
    put(store, ASB, {"Unknown place": {month(0): 9}}, area_kind=AreaKind.PLACE)
    found = hotspots(store, ASB, None, AreaKind.PLACE)
    assert [(row.name, row.code, row.value) for row in found.rows] == [
        ("Parking Area", "E01011200", 5), ("Parking Area", "E01011100", 3),
    ]  # fmt: skip
    assert "9 at no known place, in all periods, are not ranked." in found.notes
    assert trend(store, ASB, AreaRef(AreaKind.PLACE, "Parking Area", "E01011100")).values == (3,)
