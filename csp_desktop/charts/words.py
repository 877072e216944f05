"""Words and numbers on charts: broken to a width, and said alike in a label, the alternative text and the data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from csp_desktop.charts.scene import Measure
from csp_desktop.rules.periods import MONTH_NAMES, shown_day

SIZE = 12.0
LEADING = 13.5
NO_FIGURES = "There are no figures."
"""What stands in an empty chart."""


def wrap(text: str, width: float, measure: Measure, *, bold: bool = False) -> list[str]:
    """Break a text into lines of at most ``width`` points: between words, and within a word that is wider than that."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, SIZE, bold) <= width:
            lines[-1] = longer
            continue
        lines += _pieces(word, width, measure, bold=bold)
    return lines


def shortened(lines: list[str], most: int) -> list[str]:
    """Return at most so many lines, the last of which then ends in an ellipsis in the place of its last word."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    return [*lines[: most - 1], f"{last.rsplit(' ', 1)[0] if ' ' in last else last[:-2]}\u2026"]


def flowed(parts: list[str], width: float, measure: Measure) -> list[str]:
    """Return parts of a list in lines of at most ``width`` points, broken between parts where that serves."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]} {part}" if lines else part
        if lines and measure(longer, SIZE, False) <= width:
            lines[-1] = longer
        else:
            lines += wrap(part, width, measure)
    return lines


def _pieces(word: str, width: float, measure: Measure, *, bold: bool) -> list[str]:
    """Return a word in pieces that fit; nearly always the word itself."""
    pieces = [""]
    for character in word:
        if pieces[-1] and measure(pieces[-1] + character, SIZE, bold) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


@dataclass(frozen=True, slots=True)
class Unit:
    """What figures count, "%" or a word, and with how many decimals all of them are said."""

    word: str
    places: int = 0

    def shown(self, value: float) -> str:
        """Return "1,234", "12.5" or "40%"; a unit other than % is said elsewhere."""
        return f"{self.plain(value)}{'%' if self.word == '%' else ''}"

    def plain(self, value: float) -> str:
        """Return the number alone, rounded half up; what lies nearer to a half than 1e-12 is one."""
        exact = Decimal(repr(round(float(value), 12)))
        return f"{exact.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP):,}"

    def spoken(self, value: float) -> str:
        """Return the number with its unit, as it is read out: "40%", "12.5 days"."""
        return self.shown(value) if self.word in {"", "%"} else f"{self.plain(value)} {self.word}"

    @property
    def heading(self) -> str:
        """Return what a column's heading adds: " (days)"."""
        return f" ({self.word})" if self.word else ""


def unit_of(word: str, values: Iterable[float | None]) -> Unit:
    """Return the unit in which these values are said alike: with one decimal where one of them needs it."""
    return Unit(word, int(any(value is not None and value != round(value) for value in values)))


def dated(value: date) -> str:
    """Return a date as people read it, ``30 Sep 2024``, in English on every PC."""
    return shown_day(value)


def month_of(value: date) -> str:
    """Return the month of a date: ``Sep 2024``."""
    return f"{MONTH_NAMES[value.month - 1][:3]} {value.year}"


def listed(parts: list[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
