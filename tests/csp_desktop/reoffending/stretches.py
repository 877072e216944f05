"""Stretches of time for properties, drawn within a span of days."""

from datetime import date, timedelta

from hypothesis import strategies as st

from csp_desktop.reoffending.liberty import Stretch


@st.composite
def stretches(draw: st.DrawFn, days: st.SearchStrategy[date], longest: int) -> Stretch:
    """Draw a stretch from one of the days on, of so many days at most or without an end."""
    first = draw(days)
    length = draw(st.none() | st.integers(0, longest))
    return Stretch(first, None if length is None else first + timedelta(days=length))
