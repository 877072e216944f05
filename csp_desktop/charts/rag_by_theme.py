"""RAG by theme: one bar a theme from zero, counts written in it, and the last period as a thin bar under it."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from csp_desktop.charts.chart import ChartData, Value
from csp_desktop.charts.rag import NO_RAG_FILL, NO_RAG_INK, RagMark, rag_mark
from csp_desktop.charts.scene import INK, MUTED, Anchor, Line, Measure, Primitive, Rectangle, Scene, Text
from csp_desktop.charts.words import LEADING, SIZE, shortened, wrap

NO_RAG = "No RAG"
"""The label of what has no RAG value; its letter is empty in counts."""

_BAR = 19.0
_THIN = 7.0
_GAP = 8.0
_KEY_HEIGHT = 27.0
_LABEL_SHARE = 0.4
_ROOM = 8.0
_SHRINK = 0.96
_CLEAR = 4.0  # of the line from which bars begin
_FAIR_SHARE = 0.5  # of the room: with less for the bars, labels go below them
_WORTH_A_LINE = 1.4
_ROUNDS = 120
_MOST_LINES = 4  # of a theme's name; the whole stands in the data and the alternative text


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """How many actions of a theme have each RAG letter; the letter "" counts those without one.

    ``before`` is the same at the last period, None where there is no earlier position.
    """

    theme: str
    now: dict[str, int]
    before: dict[str, int] | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where bars stand: their left edge and the points one action takes.

    ``below`` says that the last period's counts stand under their bar: beside it they would leave the bars no room.
    """

    left: float
    step: float
    below: bool = False


@dataclass(slots=True)
class _Drawing:
    """The primitives so far and what every part of the chart needs to know."""

    scheme: tuple[RagMark, ...]
    measure: Measure
    width: float = 0.0
    primitives: list[Primitive] = field(default_factory=list)

    def parts(self, counts: dict[str, int]) -> list[tuple[RagMark | None, int]]:
        """Return the non-zero parts of a bar in the scheme's order, those without a RAG last."""
        parts: list[tuple[RagMark | None, int]] = [(mark, counts.get(mark.letter, 0)) for mark in self.scheme]
        known = {mark.letter for mark in self.scheme}
        parts.append((None, sum(count for letter, count in counts.items() if letter not in known)))
        return [(mark, count) for mark, count in parts if count]


def rag_by_theme(
    rows: tuple[ThemeCounts, ...], scheme: tuple[RagMark, ...], measure: Measure, width: float = 495.0
) -> Scene:
    """Return the chart ``width`` points wide; its height follows the themes. ``scheme`` is most pressing first."""
    return _part(rows, _Drawing(scheme, measure, width), _frame(rows, scheme, measure, width))


def rag_by_theme_parts(
    rows: tuple[ThemeCounts, ...], scheme: tuple[RagMark, ...], measure: Measure, tallest: float, width: float = 495.0
) -> list[tuple[tuple[ThemeCounts, ...], Scene]]:
    """Return the chart in as many parts as keep each at most ``tallest`` points high, all to one scale, with its rows.

    The parts hold about as many themes each; no part holds fewer than one, however tall that is.
    """
    frame = _frame(rows, scheme, measure, width)

    def cut(count: int) -> list[tuple[tuple[ThemeCounts, ...], Scene]]:
        bounds = [len(rows) * part // count for part in range(count + 1)]
        groups = [rows[start:end] for start, end in pairwise(bounds)]
        return [(group, _part(group, _Drawing(scheme, measure, width), frame)) for group in groups]

    parts = cut(1)
    while len(parts) < len(rows) and any(scene.height > tallest for _group, scene in parts):
        parts = cut(len(parts) + 1)
    return parts


def _frame(rows: tuple[ThemeCounts, ...], scheme: tuple[RagMark, ...], measure: Measure, width: float) -> _Frame:
    """Return where the bars of all rows stand."""
    label_width = min(width * _LABEL_SHARE, max((measure(row.theme, SIZE, False) for row in rows), default=0.0))
    return _fit(_Drawing(scheme, measure, width), rows, label_width + _ROOM, width)


def _part(rows: tuple[ThemeCounts, ...], drawing: _Drawing, frame: _Frame) -> Scene:
    """Return a chart of some rows."""
    width = drawing.width
    _draw_key(drawing)
    y = _KEY_HEIGHT
    for row in rows:
        y = _draw_row(drawing, row, frame, y)
    drawing.primitives.append(Line((frame.left, _KEY_HEIGHT - 4), (frame.left, max(y - _GAP + 4, _KEY_HEIGHT)), INK))
    return Scene(width, max(y - _GAP + 5, _KEY_HEIGHT), tuple(drawing.primitives))


def rag_by_theme_alt(rows: tuple[ThemeCounts, ...], scheme: tuple[RagMark, ...]) -> str:
    """Return the chart's finding in words, with every count in it."""
    total = sum(sum(row.now.values()) for row in rows)
    if not total:
        return "Bar chart of actions by theme and RAG: there are no actions."
    drawing = _Drawing(scheme, lambda _text, _size, _bold: 0.0)
    worst = scheme[0]
    most = max(rows, key=lambda row: row.now.get(worst.letter, 0))
    count = most.now.get(worst.letter, 0)
    finding = (
        f"{most.theme} has the most {worst.word.lower()} actions, {count:,}."
        if count
        else f"No action is {worst.word.lower()}."
    )
    sentences = [f"Bar chart of {_actions(total)} by theme and RAG. {finding}"]
    for row in rows:
        now = _in_words(drawing.parts(row.now))
        before = "" if row.before is None else f"; last period {_in_words(drawing.parts(row.before))}"
        sentences.append(f"{row.theme}: {now}{before}.")
    return " ".join(sentences)


def rag_by_theme_data(rows: tuple[ThemeCounts, ...], scheme: tuple[RagMark, ...]) -> ChartData:
    """Return every count: a row for each theme now, and one for it at the last period where there is one."""
    found: list[tuple[Value, ...]] = []
    for row in rows:
        for when, counts in (("now", row.now), ("last period", row.before)):
            if counts is not None:
                known = [counts.get(mark.letter, 0) for mark in scheme]
                found.append((row.theme, when, *known, sum(counts.values()) - sum(known)))
    return ChartData(("Theme", "When", *(mark.word for mark in scheme), NO_RAG), tuple(found))


def _actions(count: int) -> str:
    return f"{count} action" if count == 1 else f"{count:,} actions"


def _in_words(parts: list[tuple[RagMark | None, int]]) -> str:
    """Return "2 red, 5 green, 1 with no RAG"."""
    return (
        ", ".join(f"{n:,} {mark.word.lower()}" if mark else f"{n:,} with no RAG" for mark, n in parts) or "no actions"
    )


def _label(mark: RagMark | None, count: int) -> str:
    return f"{mark.letter} {count:,}" if mark else f"{NO_RAG} {count:,}"


def _draw_key(drawing: _Drawing) -> None:
    """Draw every mark with its word, so that letters in bars need no legend elsewhere."""
    x = 0.0
    for mark in drawing.scheme:
        drawing.primitives += rag_mark(mark, (x + 8, 9), 8)
        drawing.primitives.append(Text((x + 20, 13.3), mark.word, SIZE))
        x += 20 + drawing.measure(mark.word, SIZE, False) + 16
    drawing.primitives.append(Rectangle((x, 2), (14, 14), NO_RAG_FILL, INK))
    drawing.primitives.append(Text((x + 20, 13.3), NO_RAG, SIZE))


def _fit(drawing: _Drawing, rows: tuple[ThemeCounts, ...], left: float, width: float) -> _Frame:
    """Choose the largest step, to within a few parts in a hundred, at which bars and their labels stay in ``width``."""
    longest = max((_longest(row) for row in rows), default=1)
    widest = (width - left) / longest
    beside = _shrunk(drawing, rows, _Frame(left, widest), width)
    if beside.step >= widest * _FAIR_SHARE:
        return beside
    below = _shrunk(drawing, rows, _Frame(left, widest, below=True), width)
    return below if below.step > beside.step * _WORTH_A_LINE else beside


def _shrunk(drawing: _Drawing, rows: tuple[ThemeCounts, ...], frame: _Frame, width: float) -> _Frame:
    """Return the frame with its step made smaller until every row stays in ``width``."""
    for _ in range(_ROUNDS):
        if all(_right_edge(drawing, row, frame) <= width for row in rows):
            break
        frame = replace(frame, step=frame.step * _SHRINK)
    return frame


def _longest(row: ThemeCounts) -> int:
    return max(1, sum(row.now.values()), sum((row.before or {}).values()))


def _right_edge(drawing: _Drawing, row: ThemeCounts, frame: _Frame) -> float:
    """Return how far right this row reaches with its labels."""
    end = frame.left + frame.step * sum(row.now.values())
    label = drawing.measure(_overflow(drawing, row.now, frame), SIZE, True)
    thin = frame.left + frame.step * sum((row.before or {}).values())
    was = 0.0 if frame.below else _ROOM + drawing.measure(_was(drawing, row), SIZE, False)
    return max(end + (label + _ROOM if label else 0), thin + was)


def _fits(drawing: _Drawing, label: str, room: float) -> bool:
    return drawing.measure(label, SIZE, True) + 6 <= room


def _overflow(drawing: _Drawing, counts: dict[str, int], frame: _Frame) -> str:
    """Return the labels of the parts that are too narrow to hold them."""
    parts = drawing.parts(counts)
    return ", ".join(
        _label(mark, n) for mark, n in parts if not any(_fits(drawing, w, n * frame.step) for w in _labels(mark, n))
    )


def _labels(mark: RagMark | None, count: int) -> tuple[str, ...]:
    """Return what may stand in a part, the fullest first."""
    return (_label(mark, count),) if mark else (_label(mark, count), f"{count:,}")


def _was(drawing: _Drawing, row: ThemeCounts) -> str:
    """Return the thin bar's own label."""
    if row.before is None:
        return ""
    return "was " + (", ".join(_label(mark, n) for mark, n in drawing.parts(row.before)) or "none")


def _draw_row(drawing: _Drawing, row: ThemeCounts, frame: _Frame, y: float) -> float:
    """Draw one theme from ``y`` down and return where the next begins."""
    lines = shortened(wrap(row.theme, frame.left - _ROOM, drawing.measure), _MOST_LINES)
    for index, line in enumerate(lines):
        drawing.primitives.append(Text((0, y + 14 + index * LEADING), line, SIZE))
    end = _draw_bar(drawing, row.now, frame, y)
    overflow = _overflow(drawing, row.now, frame)
    if overflow:
        drawing.primitives.append(Text((end + 6, y + 14), overflow, SIZE, True))
    elif not sum(row.now.values()):
        drawing.primitives.append(Text((end + 6, y + 14), "no actions", SIZE, colour=MUTED))
    height = _BAR
    if row.before is not None and (any(row.before.values()) or any(row.now.values())):
        height += 3
        x = frame.left
        for mark, count in drawing.parts(row.before):
            size = (count * frame.step, _THIN)
            drawing.primitives.append(Rectangle((x, y + height), size, mark.fill if mark else NO_RAG_FILL, INK, 0.5))
            x += count * frame.step
        if frame.below:
            x = frame.left + _CLEAR
            for line in wrap(_was(drawing, row), drawing.width - x, drawing.measure):
                height += LEADING
                drawing.primitives.append(Text((x, y + height + _THIN), line, SIZE, colour=MUTED))
        else:
            drawing.primitives.append(Text((x + 6, y + height + _THIN + 2), _was(drawing, row), SIZE, colour=MUTED))
        height += _THIN + 4
    height = max(height, 3 + len(lines) * LEADING)
    return y + height + _GAP


def _draw_bar(drawing: _Drawing, counts: dict[str, int], frame: _Frame, y: float) -> float:
    """Draw the bar of this period and return its right end."""
    x = frame.left
    for mark, count in drawing.parts(counts):
        wide = count * frame.step
        drawing.primitives.append(Rectangle((x, y), (wide, _BAR), mark.fill if mark else NO_RAG_FILL, INK, 0.8))
        fitting = [label for label in _labels(mark, count) if _fits(drawing, label, wide)]
        if fitting:
            at = (x + wide / 2, y + 14)
            ink = mark.ink if mark else NO_RAG_INK
            drawing.primitives.append(Text(at, fitting[0], SIZE, True, Anchor.MIDDLE, ink))
        x += wide
    return x
