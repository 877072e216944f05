"""Words placed where nothing else stands, and the key that says what each shape means."""

from dataclasses import dataclass, field

from csp_desktop.charts.axes import Plot
from csp_desktop.charts.chart import moved
from csp_desktop.charts.scene import MUTED, Line, Measure, Point, Primitive, Text
from csp_desktop.charts.words import LEADING, SIZE

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points."""

_ASCENT, _DESCENT = 9.5, 3.0
_LINE = _ASCENT + _DESCENT
_CLEAR = 7.0  # of the mark's middle
_FURTHER = (0.0, 10.0, 22.0, 36.0)
_LED_FROM = 10.0
_LOOKS = 12
_KEY_GAP = 18.0
_SHAPE_ROOM = 18.0


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A shape drawn around (0, 0), at most 18 points wide, and what it means."""

    shape: tuple[Primitive, ...]
    words: str


def key(entries: list[KeyEntry], y: float, width: float, measure: Measure) -> tuple[list[Primitive], float]:
    """Draw a key from ``y`` down, in as many lines as it takes; return it and where the next thing may begin."""
    drawn: list[Primitive] = []
    x = 0.0
    for entry in entries:
        wide = _SHAPE_ROOM + 4 + measure(entry.words, SIZE, False)
        if x and x + wide > width:
            x, y = 0.0, y + LEADING + 3
        drawn += [moved(part, x + _SHAPE_ROOM / 2, y + 8) for part in entry.shape]
        drawn.append(Text((x + _SHAPE_ROOM + 4, y + 12.3), entry.words, SIZE))
        x += wide + _KEY_GAP
    return drawn, y + LEADING + 3 if entries else y


def overlap(one: Box, other: Box) -> bool:
    """Say whether two boxes share room."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def box_around(centre: Point, radius: float) -> Box:
    """Return the box of a mark."""
    x, y = centre
    return x - radius, y - radius, x + radius, y + radius


@dataclass(slots=True)
class Placing:
    """Places words in a plot: never over other words or what is ``taken``, and where it can over no ``marks``."""

    plot: Plot
    measure: Measure
    taken: list[Box]
    marks: list[Box]
    leaders: list[Line] = field(default_factory=list)

    def place(self, words: str, at: Point, *, clear: bool = False) -> list[Primitive]:
        """Return the words beside the mark at a point, led to where they stand apart; nothing where no room is left.

        ``clear`` words stand over no marks either.
        """
        best: tuple[int, Box] | None = None
        wide = self.measure(words, SIZE, True)
        for further in _FURTHER:
            for box in _around(at, wide, _CLEAR + further):
                if self._is_free(box, at):
                    over = sum(overlap(box, mark) for mark in self.marks)
                    best = (over, box) if best is None or over < best[0] else best
            if best is not None and best[0] == 0:
                break
        if best is None or (clear and best[0]):
            return []
        return self._keep(words, best[1], at)

    def _keep(self, words: str, box: Box, at: Point) -> list[Primitive]:
        """Return the words in their box, which is taken from now on, as their leader is."""
        leader = _leader(box, at)
        self.taken.append(box)
        self.leaders += leader
        return [*leader, Text((box[0], box[1] + _ASCENT), words, SIZE, True)]

    def _is_free(self, box: Box, at: Point) -> bool:
        inside = (
            box[0] >= self.plot.left + 2
            and box[2] <= self.plot.right
            and box[1] >= self.plot.top - _LINE
            and box[3] <= self.plot.bottom - 1
        )
        return (
            inside
            and not any(overlap(box, other) for other in self.taken)
            and not any(_crosses(line, box) for line in self.leaders)
            and not any(
                _crosses(line, other) for line in _leader(box, at) for other in self.taken if not _holds(other, at)
            )
        )


def _holds(box: Box, at: Point) -> bool:
    return box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3]


def _crosses(line: Line, box: Box) -> bool:
    """Say whether a short line enters a box, by looking at places along it that are closer than a line of words."""
    (x, y), (to_x, to_y) = line.start, line.end
    if max(x, to_x) < box[0] or min(x, to_x) > box[2] or max(y, to_y) < box[1] or min(y, to_y) > box[3]:
        return False
    along = (at / _LOOKS for at in range(_LOOKS + 1))
    return any(_holds(box, (x + (to_x - x) * share, y + (to_y - y) * share)) for share in along)


def _around(at: Point, wide: float, clear: float) -> list[Box]:
    """Return the places around a point, the best first: right, left, above, below, then the corners."""
    x, y = at
    half = _LINE / 2
    corners = [
        (x + clear, y - half),
        (x - clear - wide, y - half),
        (x - wide / 2, y - clear - _LINE),
        (x - wide / 2, y + clear),
        (x + clear / 2, y - clear - _LINE),
        (x + clear / 2, y + clear),
        (x - clear / 2 - wide, y - clear - _LINE),
        (x - clear / 2 - wide, y + clear),
    ]
    return [(left, top, left + wide, top + _LINE) for left, top in corners]


def _leader(box: Box, at: Point) -> list[Line]:
    """Return the thin line from a mark to words that stand apart from it."""
    near = (min(max(at[0], box[0]), box[2]), min(max(at[1], box[1]), box[3]))
    if abs(near[0] - at[0]) + abs(near[1] - at[1]) <= _LED_FROM:
        return []
    return [Line(at, near, MUTED, 0.6)]
