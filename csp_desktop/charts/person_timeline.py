"""One person's events on one line of dates: offences by shape, proof, windows, spells, and where the data end."""

import math
from datetime import date

from csp_desktop.charts.chart import Chart
from csp_desktop.charts.date_axis import date_axis, drawn_axis
from csp_desktop.charts.labels import key
from csp_desktop.charts.scene import INK, MUTED, Line, Measure, Primitive, Scene
from csp_desktop.charts.timeline_events import Event, Timeline, events_of, timeline_alt, timeline_data
from csp_desktop.charts.timeline_labels import Labelled, labelled, listing
from csp_desktop.charts.timeline_rows import Rows, draw_rows, key_of, names_of
from csp_desktop.charts.words import SIZE

_NAME_GAP = 12.0
_BESIDE = 30.0  # right of the line of dates, for words that hang at its end
_FOOT = 5.0
_ASCENT = 9.0
_DASH = (4.0, 3.0)


def person_timeline(timeline: Timeline, measure: Measure, width: float = 720.0, *, tallest: float = math.inf) -> Chart:
    """Return the chart ``width`` points wide, 420 or more; its height follows what there is.

    Each event has its words over it. Where they have no room events are numbered, and the numbers explained below:
    as many as fit where the chart may be at most ``tallest`` points high. Rows are never left out for that.
    """
    gutter = max(measure(name, SIZE, True) for name in names_of(timeline)) + _NAME_GAP
    axis = date_axis(_days(timeline), gutter, width - _BESIDE)
    events = events_of(timeline)
    words = labelled(events, axis, measure, width)
    rows = Rows(axis, measure, width, words.height)
    draw_rows(rows, timeline)
    entries, y = key(key_of(timeline), rows.y + 26, width, measure)
    lines, y = listing(words.numbered, (y, tallest - _FOOT), width, measure)
    drawn = (
        *drawn_axis(axis, words.height, rows.y, measure),
        *_uprights(rows, events, words),
        *_hung(rows, words),
        *rows.drawn,
        *entries,
        *lines,
    )
    return Chart(Scene(width, y + _FOOT, drawn), timeline_alt(timeline), timeline_data(timeline))


def _days(timeline: Timeline) -> list[date]:
    """Return every day that is drawn."""
    days = [timeline.data_date, *(mark.day for mark in timeline.marks)]
    days += [day for span in timeline.spans for day in (span.first, span.last) if day]
    return days + [day for window in timeline.windows for day in (window.index, window.proof_ends)]


def _uprights(rows: Rows, events: list[Event], words: Labelled) -> list[Primitive]:
    """Draw the ends of windows and the data date through all rows, up to their words where they have their own."""
    tops = {
        label.events[0]: words.base(at) - _ASCENT for at, label in enumerate(words.labels) if label.events[0].is_upright
    }
    drawn: list[Primitive] = []
    for event in events:
        if event.is_upright:
            x = rows.axis.x(event.day)
            dash = _DASH if event.dashed else ()
            drawn.append(Line((x, tops.get(event, words.height)), (x, rows.y), INK, 1.0, dash))
    return drawn


def _hung(rows: Rows, words: Labelled) -> list[Primitive]:
    """Write the words in their lanes, with a thin line down to what they are of."""
    drawn: list[Primitive] = []
    for at, label in enumerate(words.labels):
        event = label.events[0]
        x = rows.axis.x(event.day)
        if not event.is_upright:
            drawn.append(Line((x, words.base(at) - _ASCENT), (x, rows.tops[event.day]), MUTED, 0.6))
        elif len(label.events) > 1 or label.words != event.words:
            drawn.append(Line((x, words.base(at) - _ASCENT), (x, words.height), MUTED, 0.6))
        drawn.append(words.text(at, x))
    return drawn
