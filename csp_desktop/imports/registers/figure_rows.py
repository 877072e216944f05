"""Rows of figures by area as they are stored: in thousandths, by periods that are called one way."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from csp_desktop.registers.reading import THOUSAND
from csp_desktop.rules.periods import Quarter, add_months, financial_year, month_period
from models.terms import AreaKind

Values = dict[str, Any]
_KINDS = {
    "E01": AreaKind.SMALL_AREA,
    "E02": AreaKind.SMALL_AREA,
    "E05": AreaKind.WARD,
    "E06": AreaKind.DISTRICT,
    "E07": AreaKind.DISTRICT,
    "E08": AreaKind.DISTRICT,
    "E09": AreaKind.DISTRICT,
}
"""The kind of area by the beginning of its code. Source: the code structure of the Office for National Statistics."""
_MONTH = re.compile(r"^(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?:-\d{2})?$")
_DAY = re.compile(r"^\d{2}/(?P<month>0[1-9]|1[0-2])/(?P<year>\d{4})$")


def take_figure(values: Values) -> bool:
    """Put what a row of figures says as it is stored, in place. Return False where it gives no figure at all."""
    value = values.pop("value", None)
    if value is not None:
        values["thousandths"] = int(Decimal(value) * THOUSAND)
    if "area_kind" not in values:
        values["area_kind"] = _KINDS.get(values.get("area_code", "")[:3].upper(), AreaKind.WARD).value
    values["period"] = period_label(values)
    return value is not None or values.get("numerator") is not None


def period_label(values: Values) -> str:
    """Return what a row's period is called: the same days are the same period, however a file writes them."""
    text, first, last = str(values["period"]), values.get("first_day"), values.get("last_day")
    if not first or not last:
        return text
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    year = financial_year(Quarter.containing(begins).year)
    for period in (month_period(begins.year, begins.month), Quarter.containing(begins).period, year):
        if (period.first_day, period.last_day) == (begins, ends):
            return period.label
    return text


def take_month(values: Values) -> bool:
    """Put the first and last day of an extract's month in a row, in place. Return False where it names no month.

    A month is written "2011-12" there, which elsewhere is a financial year.
    """
    text, first, last = values.pop("month")
    written = _MONTH.match(text) or _DAY.match(text)
    if written:
        period = month_period(int(written["year"]), int(written["month"]))
        first, last = period.first_day.isoformat(), period.last_day.isoformat()
    if not first or add_months(date.fromisoformat(first), 1) <= date.fromisoformat(last):
        return False
    values["first_day"], values["last_day"] = first, last
    values["period"] = period_label({"period": text, "first_day": first, "last_day": last})
    return True
