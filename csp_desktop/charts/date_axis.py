"""An axis of dates: days to points, and ticks at the first of months or years, as close as words have room."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from csp_desktop.charts.scene import INK, RULE, Anchor, Line, Measure, Primitive, Text
from csp_desktop.charts.words import SIZE, month_of

_LEAST_DAYS = 90
_PADDING = 0.02
_GAP = 14.0
_YEAR = 12
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000)
_LAST_MONTH = date.max.year * _YEAR + 11


@dataclass(frozen=True, slots=True)
class DateAxis:
    """Where days stand: ``first`` and ``last`` are day numbers (ordinals) at the ends."""

    left: float
    right: float
    first: float
    last: float

    def x(self, day: date) -> float:
        """Return how far right a day stands."""
        return self.left + (self.right - self.left) * (day.toordinal() - self.first) / (self.last - self.first)

    def ticks(self, measure: Measure) -> list[tuple[float, str]]:
        """Return where ticks stand and what they say."""
        widest = measure("Mmm 0000", SIZE, False) + _GAP
        for step in _STEPS:
            found = self._every(step)
            apart = min((b - a for (a, _), (b, _) in pairwise(found)), default=widest)
            if apart >= widest - (0 if step < _YEAR else measure("Mmm ", SIZE, False)):
                return found
        return []

    def _every(self, step: int) -> list[tuple[float, str]]:
        """Return the ticks at every ``step`` months that lie in the room."""
        begin = date.fromordinal(max(int(self.first), 1))
        month = -(-(begin.year * _YEAR + begin.month - 1) // step) * step
        found: list[tuple[float, str]] = []
        while month <= _LAST_MONTH:
            day = date(max(month // _YEAR, 1), month % _YEAR + 1, 1)
            if day.toordinal() > self.last:
                break
            if day.toordinal() >= self.first:
                found.append((self.x(day), f"{day.year}" if step >= _YEAR else month_of(day)))
            month += step
        return found


def date_axis(days: list[date], left: float, right: float) -> DateAxis:
    """Return the axis from ``left`` to ``right`` that holds the days, of which there is at least one."""
    first, last = min(days).toordinal(), max(days).toordinal()
    short = max(_LEAST_DAYS - (last - first), 0) / 2
    room = (last - first) * _PADDING + short
    return DateAxis(left, right, first - room, last + room)


def drawn_axis(axis: DateAxis, top: float, bottom: float, measure: Measure) -> list[Primitive]:
    """Draw the line of dates at ``bottom``, its ticks with their words below, and a rule up from each to ``top``."""
    drawn: list[Primitive] = [Line((axis.left, bottom), (axis.right, bottom), INK, 0.8)]
    for x, words in axis.ticks(measure):
        drawn.append(Line((x, top), (x, bottom), RULE, 0.5))
        drawn.append(Line((x, bottom), (x, bottom + 4), INK, 0.8))
        half = measure(words, SIZE, False) / 2
        drawn.append(Text((min(max(x, half), axis.right - half), bottom + 17), words, SIZE, anchor=Anchor.MIDDLE))
    return drawn
