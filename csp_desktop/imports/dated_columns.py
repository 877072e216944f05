"""Columns that say of themselves when they were: "Q1", "Update March 2025", or "RAG" under "Q2 2024/25"."""

import re

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.tables import Table
from csp_desktop.imports.weighing import FEW, MOST, Column
from csp_desktop.rules.periods import FIRST_MONTH, MONTH_NUMBERS, Period, Quarter, find_period, full_year, month_period

_QUARTER = r"(?:q|qtr|quarter)\s*[1-4]"
_YEARS = r"(?:fy\s*)?\d{4}\s*[/\-\u2013]\s*(?:\d{4}|\d{2})"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_QUARTER_WORDS = re.compile(r"\b(?:q|qtr|quarter)\s*([1-4])\b", re.IGNORECASE)
_PERIOD_WORDS = re.compile(
    rf"\b{_QUARTER}[\s,]*(?:{_YEARS}|(?:fy\s*)?\d{{2}}\s*/\s*\d{{2}})|\b{_YEARS}[\s,:\-]*{_QUARTER}\b"
    rf"|\b{_MONTHS}\.?[\s\-/']*(?:20\d{{2}}|\d{{2}})\b",
    re.IGNORECASE,
)
_YEAR_WORDS = re.compile(r"\b(?:fy\s*)?(20\d{2})\s*[/\-\u2013]\s*(20\d{2}|\d{2})\b", re.IGNORECASE)
_MONTH_ALONE = re.compile(rf"\b({'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\b", re.IGNORECASE)
_UPDATE_WORDS = re.compile(
    r"update|progress|comment|position|narrative|report|commentary|review|status|rag", re.IGNORECASE
)


def dated_column(column: Column, year: int | None) -> tuple[ActionField, Period | None, str] | None:
    """Return the field and period of a column such as "Q1", "Update March 2025" or, in its group, "Q2: RAG"."""
    whole = f"{column.heading.group} {column.heading.label}".strip()
    telling = _UPDATE_WORDS.search(whole)
    named, quarter, month = (words.search(whole) for words in (_PERIOD_WORDS, _QUARTER_WORDS, _MONTH_ALONE))
    if column.marks >= MOST:  # the bars of a Gantt chart
        return None
    if column.dates >= MOST or (column.percents >= MOST and not column.rags):
        return None
    if not telling and not _period_alone(whole, named, quarter):
        return None
    meant = ActionField.RAG if column.rags >= MOST and column.long < FEW else ActionField.UPDATE
    if named:
        period = find_period(" ".join(named[0].replace("'", " ").split()))
        return meant, period, period.label if period else " ".join(named[0].split())
    if quarter:
        found = Quarter(year, int(quarter[1])).period if year else None
        return meant, found, found.label if found else f"Q{quarter[1]}"
    return _month_dated(meant, month[1], year) if month else None


def _period_alone(whole: str, named: re.Match[str] | None, quarter: re.Match[str] | None) -> bool:
    """Say whether a heading is a period and nothing else."""
    match = named or quarter
    return match is not None and not re.sub(r"[\W_]+", "", whole[: match.start()] + whole[match.end() :])


def _month_dated(meant: ActionField, name: str, year: int | None) -> tuple[ActionField, Period | None, str]:
    number = MONTH_NUMBERS[name.casefold()]
    if year is None:
        return meant, None, name
    period = month_period(year if number >= FIRST_MONTH else year + 1, number)
    return meant, period, period.label


def year_of(table: Table) -> int | None:
    """Return the first year of the financial year that the headings, title rows or sheet name state, if only one."""
    for texts in ([heading.text for heading in table.headings], table.above, (table.sheet.name,)):
        years = {
            full_year(found[1])
            for text in texts
            for found in _YEAR_WORDS.finditer(text)
            if find_period(f"{found[1]}/{found[2]}") is not None
        }
        if len(years) == 1:
            return years.pop()
    return None
