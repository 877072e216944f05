import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.imports.grid import CellValue, PercentNumber
from csp_desktop.imports.numbers import read_percents
from models.vocabulary import ProblemLevel


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
        (["45%", "45", 0.45], [45, 45, None]),
        (["45%", 0.45, PercentNumber(0.3)], [45, 45, 30]),
        ([45, 0.5, 1, 0], [45, None, None, 0]),
        ([1, 0, 1], [100, 0, 100]),
        ([PercentNumber(0.01), 45, 1], [1, 45, 1]),
        (["45%", "0.5%", 60], [45, 1, 60]),
    ],
)
def test_percentages_are_decided_for_the_column(values: list[CellValue], read: list[int | None]) -> None:
    assert [parsed.value for parsed in read_percents(values)] == read


def test_a_share_among_whole_percentages_is_asked_about() -> None:
    parsed = read_percents([45, 0.5])
    assert parsed[1].value is None
    assert "write 50" in parsed[1].findings[0].message


def test_what_could_be_either_is_reported_and_never_taken_in_silence() -> None:
    parsed = read_percents(["45%", "45", 0.45])
    assert [bool(each.findings) for each in parsed] == [False, False, True]
    assert "If it means 45 %, write 45; if it means 0.45 %, write 0.45%." in parsed[2].findings[0].message
    one = read_percents(["45%", 1])[1]
    assert (one.value, [finding.level for finding in one.findings]) == (100, [ProblemLevel.WARNING])
    assert not read_percents(["N/A", 1])[1].findings


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


@given(st.lists(st.sampled_from([0, 1, 45, 100, 0.45, 0.5, "45%", "30", PercentNumber(0.2)]), min_size=1))
def test_a_bare_share_is_never_a_whole_percentage_nor_the_other_way(values: list[CellValue]) -> None:
    parsed = read_percents(values)
    whole = any(value in {45, 100, "30"} for value in values if not isinstance(value, PercentNumber))
    for value, each in zip(values, parsed, strict=True):
        if isinstance(value, float) and not isinstance(value, PercentNumber):
            assert each.value == (None if whole else round(value * 100))
        if each.value is None:
            assert each.findings
