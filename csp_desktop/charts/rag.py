"""The look of a RAG value: shape, letter, word and colour, the same on screen, on paper and in charts.

The palette can be told apart under three kinds of colour blindness; in grey the shape and the letter carry it.
"""

from dataclasses import dataclass

from csp_desktop.charts.scene import INK, Anchor, Area, Dot, Point, Primitive, Rectangle, Text
from models.vocabulary import RagShape


@dataclass(frozen=True, slots=True)
class RagMark:
    """One value of a RAG scheme as it is drawn and said. Colours are ``#RRGGBB``; ``ink`` is the letter's."""

    letter: str
    word: str
    shape: RagShape
    fill: str
    ink: str


RED = RagMark("R", "Red", RagShape.DIAMOND, "#8C1C13", "#FFFFFF")
AMBER = RagMark("A", "Amber", RagShape.TRIANGLE, "#FFC83D", "#000000")
GREEN = RagMark("G", "Green", RagShape.CIRCLE, "#3E9B6E", "#000000")
BLUE = RagMark("B", "Blue", RagShape.SQUARE, "#0B2E59", "#FFFFFF")
NO_RAG_FILL = "#DEE0E2"
NO_RAG_INK = "#000000"

BRAG: tuple[RagMark, ...] = (RED, AMBER, GREEN, BLUE)
"""The default scheme, the most pressing first: the order in bars and in counts."""

_LETTER_SHARE = 1.15
_SIDE = 0.86


def rag_mark(mark: RagMark, centre: Point, radius: float, *, outlined: bool = False) -> tuple[Primitive, ...]:
    """Draw a mark's shape with its letter; ``outlined`` is the thin form of a suggested value."""
    fill = None if outlined else mark.fill
    ink = INK if outlined else mark.ink
    x, y = centre
    drop = radius * (0.62 if mark.shape is RagShape.TRIANGLE else 0.41)
    letter = Text((x, y + drop), mark.letter, radius * _LETTER_SHARE, True, Anchor.MIDDLE, ink)
    return (_shape(mark.shape, centre, radius, fill), letter)


def _shape(shape: RagShape, centre: Point, radius: float, fill: str | None) -> Primitive:
    """Return the outline of a shape that fills a circle of ``radius``."""
    x, y = centre
    r = radius
    if shape is RagShape.DIAMOND:
        return Area(((x, y - r), (x + r, y), (x, y + r), (x - r, y)), fill, INK)
    if shape is RagShape.TRIANGLE:
        return Area(((x, y - r), (x + r, y + r * _SIDE), (x - r, y + r * _SIDE)), fill, INK)
    if shape is RagShape.CIRCLE:
        return Dot(centre, r * 0.94, fill, INK)
    side = r * _SIDE
    return Rectangle((x - side, y - side), (2 * side, 2 * side), fill, INK)
