"""The words over a timeline: each event's own where they have room, else numbers that are explained below it."""

from dataclasses import dataclass

from csp_desktop.charts.date_axis import DateAxis
from csp_desktop.charts.label_lanes import CLEAR, Hung, Lane, in_lanes
from csp_desktop.charts.scene import Anchor, Measure, Primitive, Text
from csp_desktop.charts.timeline_events import Event, counted_words
from csp_desktop.charts.words import LEADING, SIZE, wrap

LANE = 15.0
"""The height of a lane in points."""

_MOST_LANES = 12
_MOST_WORDED = 30
_CLUSTER = 16.0
_TWO_COLUMNS_FROM = 480.0
_COLUMN_GAP = 16.0
_BASE = 4.0
_NUMBER_GAP = 6.0
_REST = "The table with this chart names every event in this order."


@dataclass(frozen=True, slots=True)
class Label:
    """Words over events that stand at one place, or so close that their numbers are said together."""

    words: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Labels with their lanes, and the events that have numbers instead of words, in the order of their numbers."""

    labels: list[Label]
    lanes: list[Lane]
    numbered: list[Event]

    @property
    def height(self) -> float:
        """Return the height of all lanes in points."""
        return (1 + max((lane.lane for lane in self.lanes), default=0)) * LANE

    def base(self, at: int) -> float:
        """Return the height of the baseline of a label."""
        return self.height - self.lanes[at].lane * LANE - _BASE

    def text(self, at: int, x: float) -> Text:
        """Return a label's words beside its upright line at ``x``."""
        lane = self.lanes[at]
        aside, anchor = (CLEAR, Anchor.START) if lane.to_right else (-CLEAR, Anchor.END)
        return Text((x + aside, self.base(at)), self.labels[at].words, SIZE, anchor=anchor)


def labelled(events: list[Event], axis: DateAxis, measure: Measure, width: float) -> Labelled:
    """Return the labels of events: all in words; else numbers for what is marked; else numbers for all."""
    worded = [Label(event.words, (event,)) for event in events]
    marked = [event for event in events if not event.is_upright]
    uprights = [label for label in worded if label.events[0].is_upright]
    for labels, numbered in (
        (worded, []),
        ([*uprights, *_clusters(marked, axis)], marked),
        (_clusters(events, axis), events),
    ):
        if len(labels) > _MOST_WORDED and labels is worded:
            continue
        hung = [Hung(axis.x(label.events[0].day), measure(label.words, SIZE, False)) for label in labels]
        lanes = in_lanes(hung, 0.0, width)
        if lanes is not None and (max((lane.lane for lane in lanes), default=0) < _MOST_LANES or numbered is events):
            return Labelled(labels, lanes, numbered)
    return Labelled([], [], [])


def _clusters(events: list[Event], axis: DateAxis) -> list[Label]:
    """Return numbers for events, those that stand close together as one: "3", "4-9"."""
    groups: list[list[int]] = []
    for number, event in enumerate(events, start=1):
        if groups and axis.x(event.day) - axis.x(events[groups[-1][0] - 1].day) < _CLUSTER:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [
        Label(
            f"{group[0]}" if len(group) == 1 else f"{group[0]}\u2013{group[-1]}",
            tuple(events[number - 1] for number in group),
        )
        for group in groups
    ]


def listing(
    numbered: list[Event], room: tuple[float, float], width: float, measure: Measure
) -> tuple[list[Primitive], float]:
    """Return what each number stands for, and where that ends: in ``room``, from a height down to another.

    It takes two columns where they fit; what has no room is left to the table, and that is said.
    """
    top, bottom = room
    columns = 2 if width >= _TWO_COLUMNS_FROM and len(numbered) > 1 else 1
    wide = (width - (columns - 1) * _COLUMN_GAP) / columns
    indent = measure(f"{len(numbered)}", SIZE, True) + _NUMBER_GAP
    entries = [wrap(_explained(event), wide - indent, measure) for event in numbered]
    rest = wrap(_REST, width, measure)
    most = max((bottom - top) // LEADING - len(rest), 0) * columns
    while entries and sum(map(len, entries)) + max(map(len, entries)) > most:
        entries.pop()
    rest = rest if len(entries) < len(numbered) else []
    half = -(-sum(map(len, entries)) // columns)
    drawn: list[Primitive] = []
    left, line, lowest = 0.0, 0, 0
    for number, entry in enumerate(entries, start=1):
        if line >= half:
            left, line = left + wide + _COLUMN_GAP, 0
        first = top + (line + 1) * LEADING
        drawn.append(Text((left + indent - _NUMBER_GAP, first), f"{number}", SIZE, True, Anchor.END))
        drawn += [Text((left + indent, first + at * LEADING), words, SIZE) for at, words in enumerate(entry)]
        line += len(entry)
        lowest = max(lowest, line)
    drawn += [Text((0, top + (lowest + 1 + at) * LEADING), words, SIZE) for at, words in enumerate(rest)]
    return drawn, top + (lowest + len(rest)) * LEADING


def _explained(event: Event) -> str:
    counts = counted_words(event.marks[0]) if event.marks else ""
    return f"{event.words}, {counts}" if counts else event.words
