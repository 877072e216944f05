"""Writes a scene as SVG: shapes as shapes, text as text in the product's font, with its title and finding in words."""

import unicodedata
from xml.sax.saxutils import escape

from csp_desktop.charts.scene import PAPER, Anchor, Area, Dot, Line, Polyline, Primitive, Rectangle, Scene, Text

FAMILIES = "Liberation Sans, Arial, Helvetica, Noto Naskh Arabic, Noto Sans Gujarati, Noto Sans Gurmukhi, sans-serif"
"""The product's fonts, with what a PC without them has in their widths."""

_ANCHORS = {Anchor.START: "start", Anchor.MIDDLE: "middle", Anchor.END: "end"}
_REFUSED = {"Cc", "Cs", "Cn"}


def svg(scene: Scene, title: str, description: str) -> str:
    """Return the scene as an SVG document on white; ``title`` and ``description`` are read out in its place."""
    width, height = _number(scene.width), _number(scene.height)
    look = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" font-family="{FAMILIES}"'
    spoken = 'role="img" aria-labelledby="chart-title chart-description" xml:lang="en-GB"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {look} font-kerning="none" {spoken}>',
        f'<title id="chart-title">{_text(title)}</title>',
        f'<desc id="chart-description">{_text(description)}</desc>',
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        *(_drawn(primitive) for primitive in scene.primitives),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _drawn(primitive: Primitive) -> str:
    if isinstance(primitive, Text):
        return _words(primitive)
    if isinstance(primitive, Line | Polyline):
        points = primitive.points if isinstance(primitive, Polyline) else (primitive.start, primitive.end)
        dash = f' stroke-dasharray="{" ".join(map(_number, primitive.dash))}"' if primitive.dash else ""
        return (
            f'<polyline points="{_points(points)}" fill="none" stroke="{primitive.colour}" '
            f'stroke-width="{_number(primitive.width)}" stroke-linejoin="round"{dash}/>'
        )
    look = f'fill="{primitive.fill or "none"}"'
    if primitive.stroke is not None:
        look += f' stroke="{primitive.stroke}" stroke-width="{_number(primitive.width)}"'
    if isinstance(primitive, Area):
        return f'<polygon points="{_points(primitive.points)}" {look}/>'
    if isinstance(primitive, Rectangle):
        (x, y), (width, height) = (tuple(map(_number, pair)) for pair in (primitive.corner, primitive.size))
        return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" {look}/>'
    return _circle(primitive, look)


def _circle(dot: Dot, look: str) -> str:
    x, y = map(_number, dot.centre)
    return f'<circle cx="{x}" cy="{y}" r="{_number(dot.radius)}" {look}/>'


def _words(text: Text) -> str:
    x, y = map(_number, text.at)
    weight = ' font-weight="bold"' if text.bold else ""
    turn = f' transform="rotate({_number(-text.turn)} {x} {y})"' if text.turn else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{_number(text.size)}"{weight} text-anchor="{_ANCHORS[text.anchor]}" '
        f'fill="{text.colour}"{turn}>{_text(text.text)}</text>'
    )


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _text(text: str) -> str:
    """Return text as XML allows it."""
    allowed = (" " if unicodedata.category(letter) in _REFUSED else letter for letter in text)
    return escape("".join(allowed))
