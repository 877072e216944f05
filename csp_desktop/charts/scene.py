"""A chart is a scene of six primitives. Points, x to the right, y down from the top left corner.

Two painters draw it: ``ui.charts.painter`` on screen and ``csp_desktop.reports.pdf.drawing`` on paper.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Measure = Callable[[str, float, bool], float]
"""Width in points of a text at a size in points, in bold or not."""

Point = tuple[float, float]

INK = "#0B0C0C"
MUTED = "#505A5F"
RULE = "#B1B4B6"
PAPER = "#FFFFFF"
GROUND = "#FFFFFE"
"""What a chart stands on, in shapes that are hollow and around lines that are kept clear of what lies under them.

It is white on paper. Its value differs from that of white letters, so that a theme can draw it as its own ground.
"""
BAR = "#9DB8D9"
"""The ground of a bar whose value is of no RAG; it is always outlined in ink."""

SERIES = ("#12436D", "#F46A25", "#28A197", "#801650")
"""Lines in the order they are given; each has dashes and a mark of its own as well."""

BANDS = ("#CBD8E6", "#FBDDCB", "#C7E9E6", "#E6CEDA")
"""The ground of what may lie around a line of SERIES; its edges are drawn as well."""


class Anchor(StrEnum):
    """Which part of a text stands at its point."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight stroke. ``dash`` is the lengths of stroke and gap in points, empty for solid."""

    start: Point
    end: Point
    colour: str = INK
    width: float = 0.8
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polyline:
    """An open run of strokes through two or more points."""

    points: tuple[Point, ...]
    colour: str = INK
    width: float = 1.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A closed, filled shape. No ``stroke`` colour, no outline."""

    points: tuple[Point, ...]
    fill: str | None
    stroke: str | None = None
    width: float = 0.6


@dataclass(frozen=True, slots=True)
class Rectangle:
    """An upright rectangle by its top left corner and its size."""

    corner: Point
    size: Point
    fill: str | None
    stroke: str | None = None
    width: float = 0.6


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle by its centre and radius."""

    centre: Point
    radius: float
    fill: str | None
    stroke: str | None = None
    width: float = 0.6


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``at`` is on its baseline. ``turn`` is in degrees, anticlockwise."""

    at: Point
    text: str
    size: float = 12.0
    bold: bool = False
    anchor: Anchor = Anchor.START
    colour: str = INK
    turn: float = 0.0


Primitive = Line | Polyline | Area | Rectangle | Dot | Text


@dataclass(frozen=True, slots=True)
class Scene:
    """A finished drawing: its size in points and its primitives, painted in order."""

    width: float
    height: float
    primitives: tuple[Primitive, ...]
