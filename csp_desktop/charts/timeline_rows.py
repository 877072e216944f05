"""The rows of a timeline: events on the line of life, proof, windows, and a row for each kind of spell."""

from dataclasses import dataclass, field, replace
from datetime import date

from csp_desktop.charts.date_axis import DateAxis
from csp_desktop.charts.labels import KeyEntry
from csp_desktop.charts.marks import diamond, hatched, square, triangle
from csp_desktop.charts.scene import (
    BANDS,
    BAR,
    GROUND,
    INK,
    MUTED,
    SERIES,
    Anchor,
    Area,
    Dot,
    Line,
    Measure,
    Point,
    Primitive,
    Rectangle,
    Text,
)
from csp_desktop.charts.timeline_events import MarkKind, SpanKind, Timeline, TimelineMark, TimelineSpan, counted_words
from csp_desktop.charts.words import SIZE

EVENTS, PROVED, WINDOWS = "Events", "Proved", "Windows"

_R = 5.0
_LEVEL = 12.0
_MOST_LEVELS = 6
_BAR = 16.0
_STEP = 20.0
_ROW_GAP = 6.0
_LEAST = 2.0
_PAD = 4.0
_COUNTED = (True, False, None)
_AROUND = 1.0  # the ground about words beside their bar
_FILLS = {SpanKind.CUSTODY: BAR, SpanKind.IOM: BANDS[2], SpanKind.OTHER: GROUND}


@dataclass(slots=True)
class Rows:
    """What is drawn so far and what all rows need. ``y`` is where the next row begins, ``ends`` the scene's width."""

    axis: DateAxis
    measure: Measure
    ends: float
    y: float
    drawn: list[Primitive] = field(default_factory=list)
    tops: dict[date, float] = field(default_factory=dict)

    def name(self, words: str, y: float) -> None:
        """Write a row's name at the left, its middle at ``y``."""
        self.drawn.append(Text((0, y + 4.3), words, SIZE, True))


def names_of(timeline: Timeline) -> list[str]:
    """Return the names of the rows that a timeline has."""
    names = [EVENTS]
    names += [PROVED] if any(mark.kind is MarkKind.PROOF for mark in timeline.marks) else []
    names += [WINDOWS] if timeline.windows else []
    return names + [str(kind) for kind in SpanKind if any(span.kind is kind for span in timeline.spans)]


def draw_rows(rows: Rows, timeline: Timeline) -> None:
    """Draw all rows that have something in them; ``rows.tops`` then says how high the marks of each day reach."""
    _events(rows, timeline)
    if PROVED in names_of(timeline):
        _proofs(rows, timeline)
    if timeline.windows:
        _windows(rows, timeline)
    for kind in SpanKind:
        spans = [span for span in timeline.spans if span.kind is kind]
        if spans:
            _spans(rows, spans, timeline.data_date)
    rows.y += _ROW_GAP


def _events(rows: Rows, timeline: Timeline) -> None:
    """Draw the line of life with its marks, those that would stand in each other above each other."""
    kinds = list(MarkKind)
    seen = {(mark.day, mark.kind, mark.counted): mark for mark in timeline.marks if mark.kind is not MarkKind.PROOF}
    marks = sorted(seen.values(), key=lambda mark: (mark.day, kinds.index(mark.kind), str(mark.counted)))
    levels = _levels([rows.axis.x(mark.day) for mark in marks])
    line = rows.y + max(levels, default=0) * _LEVEL + _R + 5
    rows.drawn.append(Line((rows.axis.left, line), (rows.axis.right, line), INK, 1.4))
    rows.name(EVENTS, line)
    for mark, level in sorted(zip(marks, levels, strict=True), key=lambda pair: -pair[1]):
        y = line - level * _LEVEL
        rows.drawn += mark_shape(mark, (rows.axis.x(mark.day), y))
        rows.tops[mark.day] = min(rows.tops.get(mark.day, line), y - _R)
    rows.y = line + _R + _ROW_GAP


def _levels(places: list[float]) -> list[int]:
    """Return the lowest level for each of places in order at which it touches none before it; the last is crowded."""
    ends: list[float] = []
    levels: list[int] = []
    for x in places:
        free = [level for level, end in enumerate(ends) if x - end >= _LEVEL]
        if not free and len(ends) < _MOST_LEVELS:
            ends.append(x)
            levels.append(len(ends) - 1)
            continue
        level = free[0] if free else ends.index(min(ends))
        ends[level] = x
        levels.append(level)
    return levels


def mark_shape(mark: TimelineMark, at: Point) -> list[Primitive]:
    """Return the shape of an event around its place: kinds and what counts differ by shape."""
    x, y = at
    if mark.kind is MarkKind.OFFENCE:
        return [_offence(mark.counted, at)]
    if mark.kind is MarkKind.PROOF:
        return [square(at, 3.4, SERIES[0])]
    if mark.kind is MarkKind.INDEX:
        return [square(at, _R, INK)]
    if mark.kind is MarkKind.DEATH:
        arms = (((x - 4, y - 4), (x + 4, y + 4)), ((x - 4, y + 4), (x + 4, y - 4)))
        return [Line(*arm, INK, 2.2) for arm in arms]
    return [triangle(at, 4.0, BAR, up=False)]


def _offence(counted: bool | None, at: Point) -> Primitive:
    if counted is None:
        return replace(triangle(at, 4.2, GROUND, up=True), width=1.0)
    return diamond(at, _R + 0.6, SERIES[1]) if counted else Dot(at, _R - 0.6, GROUND, INK, 1.0)


def _proofs(rows: Rows, timeline: Timeline) -> None:
    y = rows.y + _R
    rows.name(PROVED, y)
    rows.drawn.append(Line((rows.axis.left, y), (rows.axis.right, y), MUTED, 0.6))
    for day in sorted({mark.day for mark in timeline.marks if mark.kind is MarkKind.PROOF}):
        rows.drawn += mark_shape(TimelineMark(day, MarkKind.PROOF, ""), (rows.axis.x(day), y))
    rows.y = y + _R + _ROW_GAP


def _windows(rows: Rows, timeline: Timeline) -> None:
    """Draw each pair of windows as a bar: the follow-up filled, the waiting hatched."""
    rows.name(WINDOWS, rows.y + _BAR / 2)
    windows = sorted(set(timeline.windows), key=lambda window: (window.index, window.proof_ends, window.follow_up_ends))
    places = [tuple(map(rows.axis.x, (each.index, each.follow_up_ends, each.proof_ends))) for each in windows]
    lanes = _packed([(place[0], place[2]) for place in places])
    for (begins, middle, ends), lane in zip(places, lanes, strict=True):
        y = rows.y + lane * _STEP
        rows.drawn += _waiting((middle, y), (ends - middle, _BAR))
        rows.drawn.append(Rectangle((begins, y), (middle - begins, _BAR), BANDS[0], INK, 0.8))
    rows.y += (max(lanes) + 1) * _STEP + _ROW_GAP - (_STEP - _BAR)


def _waiting(corner: Point, size: Point) -> list[Primitive]:
    return [Rectangle(corner, size, GROUND, INK, 0.8), *hatched(corner, size, INK, 6.0)]


def _packed(extents: list[tuple[float, float]]) -> list[int]:
    """Return the lowest lane for each extent, in order of their left ends, in which it touches no other."""
    ends: list[float] = []
    lanes = [0] * len(extents)
    for at in sorted(range(len(extents)), key=lambda at: extents[at]):
        left, right = extents[at]
        lane = next((lane for lane, end in enumerate(ends) if left >= end + _PAD), len(ends))
        ends[lane : lane + 1] = [right]
        lanes[at] = lane
    return lanes


def _spans(rows: Rows, spans: list[TimelineSpan], data_date: date) -> None:
    """Draw the spells of one kind as bars with their words in them or beside them; one that goes on has an arrow."""
    rows.name(str(spans[0].kind), rows.y + _BAR / 2)
    laid = [_laid(rows, span, data_date) for span in spans]
    lanes = _packed([extent for _bar, extent, _text in laid])
    for span, (bar, _extent, text), lane in zip(spans, laid, lanes, strict=True):
        y = rows.y + lane * _STEP
        left, right = bar
        rows.drawn.append(Rectangle((left, y), (right - left, _BAR), _FILLS[span.kind], INK, 0.8))
        if span.last is None:
            rows.drawn.append(_arrow(right, y))
        if text is not None:
            rows.drawn += _words(rows, span.label, text, y)
    rows.y += (max(lanes) + 1) * _STEP + _ROW_GAP - (_STEP - _BAR)


def _words(rows: Rows, words: str, place: tuple[float, Anchor], y: float) -> list[Primitive]:
    """Write a spell's words; those beside their bar stand on the ground, which interrupts the lines behind them."""
    x, anchor = place
    text = Text((x, y + 12.3), words, SIZE, anchor=anchor)
    if anchor is Anchor.MIDDLE:
        return [text]
    wide = rows.measure(words, SIZE, False)
    left = x if anchor is Anchor.START else x - wide
    return [Rectangle((left - _AROUND, y + 1), (wide + 2 * _AROUND, _BAR - 2), GROUND), text]


def _laid(
    rows: Rows, span: TimelineSpan, data_date: date
) -> tuple[tuple[float, float], tuple[float, float], tuple[float, Anchor] | None]:
    """Return where a bar reaches, where it reaches with its words, and where these stand: None where they cannot."""
    left = rows.axis.x(span.first)
    right = max(rows.axis.x(max(span.last or data_date, span.first)), left + _LEAST)
    tip = right + (_BAR / 2 if span.last is None else 0)
    wide = rows.measure(span.label, SIZE, False)
    if wide + 2 * _PAD <= right - left:
        return (left, right), (left, tip), ((left + right) / 2, Anchor.MIDDLE)
    if tip + _PAD + wide + _AROUND <= rows.ends:
        return (left, right), (left, tip + _PAD + wide), (tip + _PAD, Anchor.START)
    if left - _PAD - wide >= rows.axis.left:
        return (left, right), (left - _PAD - wide, tip), (left - _PAD, Anchor.END)
    return (left, right), (left, tip), None


def _arrow(x: float, y: float) -> Area:
    return Area(((x, y), (x + _BAR / 2, y + _BAR / 2), (x, y + _BAR)), INK, INK, 0.8)


def key_of(timeline: Timeline) -> list[KeyEntry]:
    """Return what each shape of a timeline means, for those that it has."""
    found = {(mark.kind, mark.counted if mark.kind is MarkKind.OFFENCE else None) for mark in timeline.marks}
    entries: list[KeyEntry] = []
    for kind, counted in sorted(found, key=lambda pair: (list(MarkKind).index(pair[0]), _COUNTED.index(pair[1]))):
        mark = TimelineMark(date.min, kind, "", counted)
        words = f"{kind.value} {counted_words(mark)}".strip()
        entries.append(KeyEntry(tuple(mark_shape(mark, (0.0, 0.0))), words))
    if timeline.windows:
        entries.append(KeyEntry((Rectangle((-8, -5), (16, 10), BANDS[0], INK, 0.8),), "Follow-up"))
        entries.append(KeyEntry(tuple(_waiting((-8, -5), (16, 10))), "Waiting for proof"))
    if any(span.last is None for span in timeline.spans):
        entries.append(KeyEntry((_arrow(-4, -8),), "Goes on"))
    return entries
