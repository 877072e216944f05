from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.imports.date_forms import Precision
from csp_desktop.imports.dates import DateOrder, DateRules, DateValue, is_datelike, read_dates
from csp_desktop.imports.grid import NO_RESULT, CellError, CellValue, MonthDate
from csp_desktop.imports.problems import Parsed
from models.vocabulary import DueKind, ProblemLevel

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
SWAPPABLE = DAYS.filter(lambda day: day.day <= 12 and day.day != day.month)


def read(*values: CellValue, order: DateOrder | None = None) -> tuple[Parsed[DateValue], ...]:
    return read_dates(values, DateRules(order)).cells


def day_of(value: CellValue) -> date | None:
    parsed = read(value)[0].value
    assert parsed is None or parsed.first == parsed.last
    return parsed.last if parsed else None


def message(value: CellValue) -> str:
    parsed = read(value)[0]
    assert parsed.value is None
    return parsed.findings[0].message


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/03/2025", date(2025, 3, 31)),
        ("3/4/2025", date(2025, 4, 3)),
        ("3.4.25", date(2025, 4, 3)),
        ("03-04-2025", date(2025, 4, 3)),
        ("2024-03-12", date(2024, 3, 12)),
        ("2024-03-12 00:00:00", date(2024, 3, 12)),
        ("2024-03-12T09:30:00Z", date(2024, 3, 12)),
        ("12th March 2024", date(2024, 3, 12)),
        ("12 Mar 24", date(2024, 3, 12)),
        ("12-Mar-2024", date(2024, 3, 12)),
        ("Tuesday 12th of March 2024", date(2024, 3, 12)),
        ("March 12, 2024", date(2024, 3, 12)),
        ("  1st\u00a0Sept 2024 ", date(2024, 9, 1)),
    ],
)
def test_a_day_is_read_in_every_form_that_owners_write(text: str, day: date) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "note", "day"),
    [
        ("by 31st March 2025", "by", date(2025, 3, 31)),
        ("by the 31st of March 2025", "by the", date(2025, 3, 31)),
        ("on or before 31 March 2025", "on or before", date(2025, 3, 31)),
        ("w/c 12/03/2024", "w/c", date(2024, 3, 12)),
        ("mid-March 2025", "mid", date(2025, 3, 31)),
        ("Due: 1/2/2025", "Due", date(2025, 2, 1)),
        ("31/03/2025 (revised)", "revised", date(2025, 3, 31)),
    ],
)
def test_what_stands_around_a_date_is_kept_as_its_note(text: str, note: str, day: date) -> None:
    value = read(text)[0].value
    assert value is not None
    assert (value.note, value.last) == (note, day)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("Mar-25", date(2025, 3, 1), date(2025, 3, 31), Precision.MONTH),
        ("March 2025", date(2025, 3, 1), date(2025, 3, 31), Precision.MONTH),
        ("end of Feb 2024", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        ("03/2025", date(2025, 3, 1), date(2025, 3, 31), Precision.MONTH),
        (MonthDate(2025, 3, 1), date(2025, 3, 1), date(2025, 3, 31), Precision.MONTH),
        ("Q2 2024/25", date(2024, 7, 1), date(2024, 9, 30), Precision.QUARTER),
        ("FY24/25", date(2024, 4, 1), date(2025, 3, 31), Precision.YEAR),
        ("2024/25", date(2024, 4, 1), date(2025, 3, 31), Precision.YEAR),
    ],
)
def test_months_quarters_and_years_keep_both_ends(
    text: CellValue, first: date, last: date, precision: Precision
) -> None:
    value = read(text)[0].value
    assert value is not None
    assert (value.first, value.last, value.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ongoing", DueKind.ONGOING),
        ("on-going", DueKind.ONGOING),
        ("Continuous", DueKind.ONGOING),
        ("Ongoing - review annually", DueKind.ONGOING),
        ("TBC", DueKind.TO_BE_CONFIRMED),
        ("TBA", DueKind.TO_BE_CONFIRMED),
        ("TBD", DueKind.TO_BE_CONFIRMED),
        ("N/A", DueKind.NOT_APPLICABLE),
        ("-", DueKind.NOT_APPLICABLE),
        ("Monthly", DueKind.RECURRING),
        ("Quarterly", DueKind.RECURRING),
    ],
)
def test_typed_non_dates_are_neither_errors_nor_blank(text: str, kind: DueKind) -> None:
    parsed = read(text)[0]
    assert parsed.findings == ()
    assert parsed.value is not None
    assert (parsed.value.kind, parsed.value.last) == (kind, None)


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("Q2 2024", "Q2 2024/25"),
        ("Q3", "Q3"),
        ("Summer 2024", "a month"),
        ("March", "March with its year"),
        ("by 31st March", "31st March with its year"),
        ("2024", "31/12/2024"),
        (2024, "31/12/2024"),
        ("2024-2026", "the day by which it is due"),
        ("31/04/2025", "30/04/2025"),
        ("29/02/2025", "28/02/2025"),
        ("2025-02-30", "28/02/2025"),
        ("31st June 2025", "30/06/2025"),
        ("47727", "01/09/2030"),
        (47727, "01/09/2030"),
        ("9-Nove-07", "09/11/2007"),
        ("31 Febuary 2025", "31/03/2025"),
        ("01/04/2024 - 31/03/2025", "01/04/2024 alone"),
        ("when the money comes", "31/03/2025"),
        (True, "31/03/2025"),
    ],
)
def test_what_is_no_sure_date_is_asked_about_with_a_suggestion(value: CellValue, suggestion: str) -> None:
    assert suggestion in message(value)


def test_error_cells_say_what_to_mend() -> None:
    assert "#REF!" in message(CellError("#REF!"))
    assert "save it" in message(CellError(NO_RESULT))


def test_one_cell_that_can_only_be_month_first_puts_the_column_in_doubt() -> None:
    column = read_dates(["03/04/2025", "03/25/2025", date(2025, 4, 3), "ongoing", "12 March 2025"], DateRules())
    assert column.order is DateOrder.IN_DOUBT
    assert column.finding is not None
    assert column.finding.level is ProblemLevel.ERROR
    values = [parsed.value for parsed in column.cells]
    assert values[:3] == [None, None, None]
    assert values[3] is not None
    assert values[4] is not None
    assert [len(parsed.findings) for parsed in column.cells] == [0, 1, 0, 0, 0]
    assert "25/03/2025" in column.cells[1].findings[0].message


def test_month_first_answers_the_doubt() -> None:
    cells = read("03/04/2025", "03/25/2025", "25/03/2025", order=DateOrder.MONTH_FIRST)
    assert [parsed.value.last if parsed.value else None for parsed in cells] == [
        date(2025, 3, 4),
        date(2025, 3, 25),
        None,
    ]
    assert "25/03/2025" in cells[2].findings[0].message


def test_day_first_answers_the_doubt_and_leaves_the_impossible_out() -> None:
    cells = read("03/04/2025", "03/25/2025", order=DateOrder.DAY_FIRST)
    assert [parsed.value.last if parsed.value else None for parsed in cells] == [date(2025, 4, 3), None]


def test_a_real_date_far_from_the_plan_is_taken_with_a_warning() -> None:
    column = read_dates([date(2052, 3, 31), datetime(2025, 3, 31, 9, 0)], DateRules(plan_years=(2022, 2027)))  # noqa: DTZ001 - a cell has no zone
    assert column.cells[0].value == DateValue(date(2052, 3, 31), date(2052, 3, 31))
    assert column.cells[0].findings[0].level is ProblemLevel.WARNING
    assert column.cells[1].findings == ()


FORMS = ["{:%d/%m/%Y}", "{:%d.%m.%y}", "{:%d-%m-%Y}", "{:%Y-%m-%d}", "{:%d %B %Y}", "{:%d-%b-%y}"]


@given(DAYS, st.sampled_from(FORMS))
def test_every_day_comes_back_from_every_form(day: date, form: str) -> None:
    assert day_of(form.format(day)) == day


@given(st.lists(SWAPPABLE, min_size=1, max_size=8))
def test_no_day_is_ever_swapped_with_its_month(days: list[date]) -> None:
    for cell, day in zip(read(*(f"{day:%d/%m/%Y}" for day in days)), days, strict=True):
        assert cell.value is not None
        assert cell.value.last == day


@given(st.lists(DAYS, max_size=8), DAYS.filter(lambda day: day.day > 12))
def test_in_a_column_in_doubt_no_date_of_digits_is_taken(days: list[date], only: date) -> None:
    column = read_dates([*(f"{day:%m/%d/%Y}" for day in days), f"{only:%m/%d/%Y}"], DateRules())
    assert column.order is DateOrder.IN_DOUBT
    assert all(cell.value is None for cell in column.cells)


@given(st.text(max_size=40) | st.floats() | st.integers() | st.booleans())
def test_any_cell_gives_a_value_or_a_finding(value: CellValue) -> None:
    if value == "" or (isinstance(value, str) and not value.strip()):
        return
    parsed = read(value)[0]
    assert (parsed.value is None) == bool(parsed.findings)


@pytest.mark.parametrize("text", ["by 31st March", "31 March", "before 1st of April", "w/c 12 May"])
def test_a_day_without_a_year_is_asked_about_with_what_stands_around_it(text: str) -> None:
    assert "has no year" in message(text)
    assert is_datelike(text)


def test_a_day_without_a_year_in_numbers_is_asked_about_and_says_nothing_of_its_column() -> None:
    assert "has no year" in message("by 31/03")
    assert not is_datelike("24/7")


def test_a_sentence_that_names_a_day_is_no_date() -> None:
    report = "Met the partners on 12/03/2026 and agreed the route of the new patrols"
    assert not is_datelike(report)
    assert "holds more than a date" in message(report)
    assert is_datelike("12/03/2026 or 15/03/2026")
    assert "holds more than one date" in message("12/03/2026 or 15/03/2026")
