import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.imports.grid import CellValue, PercentNumber
from csp_desktop.imports.numbers import read_percents


@pytest.mark.parametrize(
    ("values", "read"),
    [
        (["45 %", "45", "100"], [45, 45, 100]),
        ([0.45, 1, 0], [45, 100, 0]),
        (["0.45", "0.5"], [45, 50]),
        ([45, 1, 0], [45, 1, 0]),
        ([PercentNumber(0.45), PercentNumber(1.0)], [45, 100]),
        ([PercentNumber(0.45), 45], [45, 45]),
        (["45%", 0.5], [45, 50]),
        (["12.5%"], [13]),
        (["about 50% complete"], [50]),
    ],
)
def test_percentages_are_decided_for_the_column(values: list[CellValue], read: list[int]) -> None:
    assert [parsed.value for parsed in read_percents(values)] == read


def test_a_share_among_whole_percentages_is_asked_about() -> None:
    parsed = read_percents([45, 0.5])
    assert parsed[1].value is None
    assert "write 50" in parsed[1].findings[0].message


@pytest.mark.parametrize("value", [101, -1, "150 %", "half", True])
def test_what_is_no_percentage_is_a_problem(value: CellValue) -> None:
    assert read_percents([value, 50])[0].value is None
    assert read_percents([value, 50])[0].findings


@given(st.lists(st.integers(2, 100), min_size=1))
def test_whole_percentages_come_back_in_every_form(numbers: list[int]) -> None:
    percents = [f"{number} %" for number in numbers]
    shown = [PercentNumber(number / 100) for number in numbers]
    for form in ([*numbers], percents, shown):
        assert [parsed.value for parsed in read_percents(form)] == numbers
