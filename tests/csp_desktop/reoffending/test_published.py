"""The figures that the Ministry of Justice published, from its counts to the printed digit."""

from dataclasses import replace

import pytest

from csp_desktop.charts.words import Unit
from csp_desktop.reoffending.outcomes import Outcomes, outcomes_of
from csp_desktop.store import Store
from tests.csp_desktop.reoffending.made import Made

PUBLISHED = [
    # offenders, reoffenders, reoffences, rate in %, reoffences per reoffender
    (468_134, 117_864, 367_605, "25.2", "3.1"),
    (42_299, 16_083, 50_184, "38.0", "3.1"),
    (510_433, 133_947, 417_789, "26.2", "3.1"),
    (546_541, 163_962, 586_711, "29.99994511", "3.578335224"),
    (52_307, 22_444, 76_555, "42.90821496", "3.410933880"),
    (598_848, 186_406, 663_266, "31.12743133", "3.558179458"),
    (158_264, 47_017, 153_770, "29.70795633", "3.270519174"),
]
ADULT, JUVENILE, ALL = 0, 1, 2


def counted(offenders: int, reoffenders: int, reoffences: int) -> Outcomes:
    return replace(outcomes_of([]), offenders=offenders, reoffenders=reoffenders, reoffences=reoffences)


def places(printed: str) -> int:
    return len(printed.partition(".")[2])


@pytest.mark.parametrize(("offenders", "reoffenders", "reoffences", "rate", "frequency"), PUBLISHED)
def test_rates_and_frequencies_come_out_as_printed(
    offenders: int, reoffenders: int, reoffences: int, rate: str, frequency: str
) -> None:
    found = counted(offenders, reoffenders, reoffences)
    assert found.rate is not None
    assert found.reoffences_per_reoffender is not None
    assert Unit("%", places(rate)).plain(found.rate * 100) == rate
    assert Unit("", places(frequency)).plain(found.reoffences_per_reoffender) == frequency
    assert found.reoffences_per_offender == pytest.approx(found.rate * found.reoffences_per_reoffender, rel=1e-12)


@pytest.mark.parametrize("first", [0, 3])
def test_adults_and_juveniles_pool_to_all_by_their_counts_and_not_by_their_rates(first: int) -> None:
    adult, juvenile, everyone = (counted(*PUBLISHED[first + at][:3]) for at in (ADULT, JUVENILE, ALL))
    for name in ("offenders", "reoffenders", "reoffences"):
        assert getattr(adult, name) + getattr(juvenile, name) == getattr(everyone, name)
    assert everyone.rate != pytest.approx(((adult.rate or 0) + (juvenile.rate or 0)) / 2, abs=0.01)


def test_the_adjusted_rate_of_adults_comes_out_as_printed(made_of_adults: Made) -> None:
    adjusted = made_of_adults.outcomes(baseline=0.3372891762).adjusted
    assert adjusted.predicted == pytest.approx(0.3280293539, abs=5e-7)
    assert adjusted.rate is not None
    assert adjusted.observed is not None
    published = 29.70795633 - 32.80293539 + 33.72891762
    assert Unit("%", 8).plain(published) == "30.63393856"
    assert adjusted.rate - adjusted.observed == pytest.approx((33.72891762 - 32.80293539) / 100, abs=5e-7)


@pytest.fixture
def made_of_adults(store: Store) -> Made:
    made = Made(store)
    for number in range(4):
        made.someone(f"P{number}", predicted_score=328_029)
    return made
