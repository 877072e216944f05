"""Paints a scene's primitives on paper, as raw operators: the twin of the painter on screen."""

import math
from collections.abc import Iterable

from csp_desktop.charts.scene import Anchor, Area, Dot, Line, Point, Polyline, Primitive, Rectangle, Text
from csp_desktop.reports.pdf.typesetter import Typesetter, clean

_ARC = 0.5522847498
"""How far a Bezier's handles lie along a quarter circle of radius 1."""


def colour(value: str) -> str:
    """Return ``#RRGGBB`` as three numbers of PDF."""
    return " ".join(f"{int(value[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5))


def paint(primitives: Iterable[Primitive], corner: Point, type_: Typesetter) -> str:
    """Return the operators that draw primitives with their origin at ``corner``, the top left, in page points."""
    return "\n".join(_paint_one(primitive, corner, type_) for primitive in primitives)


def _paint_one(primitive: Primitive, corner: Point, type_: Typesetter) -> str:
    if isinstance(primitive, Text):
        return _text(primitive, corner, type_)
    if isinstance(primitive, Line):
        return _stroke((primitive.start, primitive.end), primitive, corner)
    if isinstance(primitive, Polyline):
        return _stroke(primitive.points, primitive, corner)
    return _filled(primitive, corner)


def _stroke(points: tuple[Point, ...], line: Line | Polyline, corner: Point) -> str:
    dash = " ".join(f"{length:g}" for length in line.dash)
    return f"q {colour(line.colour)} RG {line.width:g} w 1 j [{dash}] 0 d {_path(points, corner)} S Q"


def _filled(shape: Area | Rectangle | Dot, corner: Point) -> str:
    """Return a closed shape, filled and outlined as it asks."""
    if shape.fill is None and shape.stroke is None:
        return ""
    paint_operator = {(True, True): "B", (True, False): "f", (False, True): "S"}[
        (shape.fill is not None, shape.stroke is not None)
    ]
    fill = f"{colour(shape.fill)} rg " if shape.fill else ""
    stroke = f"{colour(shape.stroke)} RG {shape.width:g} w " if shape.stroke else ""
    return f"q {fill}{stroke}{_outline(shape, corner)} {paint_operator} Q"


def _outline(shape: Area | Rectangle | Dot, corner: Point) -> str:
    left, top = corner
    if isinstance(shape, Area):
        return f"{_path(shape.points, corner)} h"
    if isinstance(shape, Rectangle):
        (x, y), (width, height) = shape.corner, shape.size
        return f"{left + x:.2f} {top - y - height:.2f} {width:.2f} {height:.2f} re"
    x, y, r = left + shape.centre[0], top - shape.centre[1], shape.radius
    k = r * _ARC
    return (
        f"{x + r:.2f} {y:.2f} m {x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c h"
    )


def _path(points: tuple[Point, ...], corner: Point) -> str:
    left, top = corner
    places = [f"{left + x:.2f} {top - y:.2f}" for x, y in points]
    return f"{places[0]} m " + " ".join(f"{place} l" for place in places[1:])


def _text(text: Text, corner: Point, type_: Typesetter) -> str:
    words = clean(text.text)
    if not words:
        return ""
    width = type_.width(words, text.size, text.bold)
    shift = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[text.anchor]
    x, y = corner[0] + text.at[0], corner[1] - text.at[1]
    shown = type_.line((-shift, 0) if text.turn else (x - shift, y), words, text.size, text.bold)
    turn = ""
    if text.turn:
        angle = math.radians(text.turn)
        cos, sin = math.cos(angle), math.sin(angle)
        turn = f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.2f} {y:.2f} cm "
    return f"q {turn}{colour(text.colour)} rg BT {shown} ET Q"
