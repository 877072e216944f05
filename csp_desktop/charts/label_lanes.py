"""Words over a line of dates in lanes: each beside its own upright line, which passes through no other words."""

from dataclasses import dataclass

CLEAR = 3.0
"""Between words and their own upright line, in points."""

_PASSES = 1.5  # nearer than this a line that passes would touch words
_GAP = 8.0


@dataclass(frozen=True, slots=True)
class Hung:
    """Words ``wide`` points wide that hang from an upright line at ``x``."""

    x: float
    wide: float


@dataclass(frozen=True, slots=True)
class Lane:
    """Where words stand: in which lane, 0 the lowest, and whether to the right of their line or to the left."""

    lane: int
    to_right: bool


def in_lanes(hung: list[Hung], left: float, right: float) -> list[Lane] | None:
    """Return a lane for each, in their order, in as few lanes as are found; None where some words have no room.

    Words whose line is further right than another's are turned to the left from some place on: each place is tried.
    """
    order = sorted(range(len(hung)), key=lambda at: hung[at].x)
    best: list[Lane] | None = None
    for turned_from in range(len(order), -1, -1):
        to_right = [True] * len(order)
        for at in order[turned_from:]:
            to_right[at] = False
        spans = [_span(each, way) for each, way in zip(hung, to_right, strict=True)]
        if any(span[0] < left or span[1] > right for span in spans):
            continue
        lanes = _stacked(hung, spans)
        if lanes is not None and (best is None or max(lanes) < max(lane.lane for lane in best)):
            best = [Lane(lane, way) for lane, way in zip(lanes, to_right, strict=True)]
    return [] if not hung else best


def _span(each: Hung, to_right: bool) -> tuple[float, float]:
    """Return from where to where words reach."""
    return (each.x + CLEAR, each.x + CLEAR + each.wide) if to_right else (each.x - CLEAR - each.wide, each.x - CLEAR)


def _stacked(hung: list[Hung], spans: list[tuple[float, float]]) -> list[int] | None:
    """Return the lowest lanes in which no words stand in others and no line in words; None where there are none."""
    count = range(len(hung))
    over = [[at for at in count if at != mine and _passes(hung[at].x, spans[mine])] for mine in count]
    lanes: dict[int, int] = {}
    while len(lanes) < len(hung):
        ready = [at for at in count if at not in lanes and all(other in lanes for other in over[at])]
        if not ready:
            return None
        for at in ready:
            lane = 1 + max((lanes[other] for other in over[at]), default=-1)
            while any(lanes[other] == lane and _touch(spans[at], spans[other]) for other in lanes):
                lane += 1
            lanes[at] = lane
    return [lanes[at] for at in count]


def _passes(x: float, span: tuple[float, float]) -> bool:
    return span[0] - _PASSES < x < span[1] + _PASSES


def _touch(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] + _GAP and other[0] < one[1] + _GAP
