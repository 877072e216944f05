"""One answer about day and month goes for a file, but turns no column round that says its own order."""

from datetime import date

from csp_desktop.imports.dates import DateColumn, DateOrder, DateRules, read_dates
from models.vocabulary import ProblemLevel


def read(*values: str, order: DateOrder) -> DateColumn:
    return read_dates(values, DateRules(order))


def days(column: DateColumn) -> list[date | None]:
    return [cell.value.last if cell.value else None for cell in column.cells]


def test_month_first_turns_no_column_round_whose_own_dates_put_the_day_first() -> None:
    column = read("03/04/2026", "25/12/2026", order=DateOrder.MONTH_FIRST)
    assert (column.order, days(column)) == (DateOrder.DAY_FIRST, [date(2026, 4, 3), date(2026, 12, 25)])
    assert column.finding is not None
    assert column.finding.level is ProblemLevel.WARNING
    assert "25/12/2026" in column.finding.message


def test_month_first_holds_for_a_column_that_could_be_either() -> None:
    column = read("03/04/2026", "05/06/2026", order=DateOrder.MONTH_FIRST)
    assert (column.order, column.finding) == (DateOrder.MONTH_FIRST, None)
    assert days(column) == [date(2026, 3, 4), date(2026, 5, 6)]


def test_month_first_holds_for_a_column_that_says_both() -> None:
    column = read("03/25/2026", "25/12/2026", order=DateOrder.MONTH_FIRST)
    assert (column.order, days(column)) == (DateOrder.MONTH_FIRST, [date(2026, 3, 25), None])


def test_day_first_is_the_answer_to_the_doubt_of_a_month_first_column() -> None:
    column = read("03/04/2026", "03/25/2026", order=DateOrder.DAY_FIRST)
    assert (column.order, days(column)) == (DateOrder.DAY_FIRST, [date(2026, 4, 3), None])
