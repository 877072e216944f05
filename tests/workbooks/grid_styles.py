"""How the writers of grids in other formats than .xlsx show each kind of value: one style a kind."""

from datetime import date, datetime, time

from csp_desktop.imports.grid import CellValue, MonthDate, PercentNumber

GENERAL, PERCENT, DAY, MONTH, MOMENT, CLOCK = range(6)
BUILT_IN_FORMATS = (0, 9, 14, 17, 22, 21)
ERROR_CODES = {
    "#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A,
}  # fmt: skip
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone


def style_of(value: CellValue) -> int:
    """Return the style that shows ``value`` as what it is."""
    if isinstance(value, PercentNumber):
        return PERCENT
    if isinstance(value, MonthDate):
        return MONTH
    if isinstance(value, datetime):
        return MOMENT
    if isinstance(value, date):
        return DAY
    return CLOCK if isinstance(value, time) else GENERAL


def serial_of(value: float | date | time) -> float:
    """Return the number that Excel stores for ``value``; dates from March 1900 on."""
    if isinstance(value, datetime):
        return (value - _FIRST_DAY).total_seconds() / 86_400
    if isinstance(value, date):
        return float((datetime(value.year, value.month, value.day) - _FIRST_DAY).days)  # noqa: DTZ001 - as above
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    return float(value)
