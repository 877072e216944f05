"""Risks to delivery: their scores and levels, the order they stand in, and what they threaten."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.commands.entries import add_entry
from csp_desktop.queries.risks import AtRisk, by_place, list_risks
from csp_desktop.registers.forms import Register
from csp_desktop.rules.risk_levels import RiskLevel, risk_level, risk_score
from csp_desktop.store import Store
from tests.factories import TODAY

GRADES = st.integers(1, 5)


def test_the_gravest_open_risk_stands_first_and_closed_ones_last(store: Store) -> None:
    for title, likelihood, impact, status in (
        ("Small", 1, 2, "open"),
        ("Closed", 5, 5, "closed"),
        ("Great", 4, 4, "open"),
        ("Middle", 3, 3, "open"),
    ):
        values = {"title": title, "likelihood": likelihood, "impact": impact, "status": status}
        add_entry(store, Register.RISKS, values)
    rows = list_risks(store, TODAY)
    assert [(row.title, row.score, row.level) for row in rows] == [
        ("Great", 16, RiskLevel.VERY_HIGH),
        ("Middle", 9, RiskLevel.MEDIUM),
        ("Small", 2, RiskLevel.LOW),
        ("Closed", 25, RiskLevel.VERY_HIGH),
    ]
    assert {place: [row.title for row in held] for place, held in by_place(rows).items()} == {
        (1, 2): ["Small"],
        (4, 4): ["Great"],
        (3, 3): ["Middle"],
    }


def test_a_risk_tells_its_target_its_review_and_what_it_threatens(store: Store) -> None:
    measure = add_entry(store, Register.MEASURES, {"title": "ASB incidents", "unit": "count"})
    values = {
        "title": "Money",
        "likelihood": 4,
        "impact": 3,
        "target_likelihood": 2,
        "target_impact": 2,
        "review_date": TODAY - timedelta(days=9),
        "measures": [measure],
    }
    add_entry(store, Register.RISKS, values)
    (row,) = list_risks(store, TODAY)
    assert (row.target_score, row.target_level, row.review_overdue_days) == (4, RiskLevel.LOW, 9)
    assert row.at_risk == (AtRisk("measure", measure, "MEA-0001 ASB incidents"),)
    assert list_risks(store, TODAY - timedelta(days=9))[0].review_overdue_days == 0


@given(likelihood=GRADES, impact=GRADES)
def test_a_graver_risk_is_never_of_a_lower_level(likelihood: int, impact: int) -> None:
    levels = list(RiskLevel)
    here = levels.index(risk_level(risk_score(likelihood, impact)))
    assert here <= levels.index(risk_level(risk_score(min(likelihood + 1, 5), impact)))
    assert here <= levels.index(risk_level(risk_score(likelihood, min(impact + 1, 5))))


def test_the_levels_begin_where_they_are_said_to() -> None:
    found = {score: risk_level(score).label for score in (1, 4, 5, 9, 10, 14, 15, 25)}
    assert list(found.values()) == ["Low", "Low", "Medium", "Medium", "High", "High", "Very high", "Very high"]
