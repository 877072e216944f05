"""Cells and merges of every kind a reader can give."""

from datetime import date, datetime, time

from hypothesis import strategies as st

from csp_desktop.imports.grid import NO_RESULT, CellError, CellValue, Merge, MonthDate, PercentNumber

WORDS = [
    "Action",
    "Lead",
    "Due date",
    "RAG",
    "Status",
    "% complete",
    "Q1",
    "Theme",
    "Ref",
    "Update March 2025",
    "Priority",
]
TEXTS = [
    "Priority 1: ASB",
    "Total",
    "---",
    "TBC",
    "Green",
    "Amber/Red",
    "45%",
    "03/25/2025",
    "31/04/2025",
    '"',
    "1.",
    "#",
]
CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.sampled_from(TEXTS),
    st.text(max_size=30),
    st.text("\x00\x07\t\n\r\u00a0\u200b\u202e\ufeff =+-@'", max_size=6),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.sampled_from([CellError("#REF!"), CellError(NO_RESULT), PercentNumber(0.5), MonthDate(2025, 3, 1)]),
    st.sampled_from([date(1, 1, 1), date(9999, 12, 31), datetime(9999, 12, 31, 23, 59), time(0, 0)]),  # noqa: DTZ001 - a cell has no zone
)
SMALL = st.integers(1, 9)
MERGES = st.builds(
    lambda row, column, height, width: Merge(row, column, row + height - 1, column + width - 1),
    SMALL,
    SMALL,
    SMALL,
    SMALL,
)
