"""A chart whole: what is drawn, what it shows in words, and its figures; and the drawing with its title and source."""

from dataclasses import dataclass, replace

from csp_desktop.charts.scene import INK, MUTED, Area, Dot, Line, Measure, Polyline, Primitive, Rectangle, Scene, Text
from csp_desktop.charts.words import wrap

Value = str | int | float

_TITLE, _SMALL = 14.0, 12.0
_TITLE_LEADING, _LEADING = 18.0, 15.0
_GAP = 8.0
_MARGIN = 12.0


@dataclass(frozen=True, slots=True)
class ChartData:
    """The figures of a chart as a table: headings, and rows of the same length whose first value names the row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A scene with its finding in words and its figures."""

    scene: Scene
    alt: str
    data: ChartData


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around a chart: an active title, what is measured where and when, and the source. "" for none."""

    title: str
    subtitle: str = ""
    source: str = ""


def with_caption(scene: Scene, caption: Caption, measure: Measure) -> Scene:
    """Return the scene as a picture that stands alone: its caption around it, and a margin."""
    drawn: list[Primitive] = []
    y = _MARGIN
    for text, size, leading, bold in (
        (caption.title, _TITLE, _TITLE_LEADING, True),
        (caption.subtitle, _SMALL, _LEADING, False),
    ):
        for line in wrap(text, scene.width * _SMALL / size, measure, bold=bold):
            drawn.append(Text((_MARGIN, y + size), line, size, bold, colour=INK))
            y += leading
    y += _GAP if drawn else 0.0
    drawn += [moved(primitive, _MARGIN, y) for primitive in scene.primitives]
    y += scene.height
    for index, line in enumerate(wrap(caption.source, scene.width, measure)):
        y += _LEADING if index else _GAP + _SMALL
        drawn.append(Text((_MARGIN, y), line, _SMALL, colour=MUTED))
    return Scene(scene.width + 2 * _MARGIN, y + _MARGIN, tuple(drawn))


def moved(primitive: Primitive, right: float, down: float) -> Primitive:
    """Return a primitive further to the right and down."""
    if isinstance(primitive, Line):
        (x, y), (to_x, to_y) = primitive.start, primitive.end
        return replace(primitive, start=(x + right, y + down), end=(to_x + right, to_y + down))
    if isinstance(primitive, Polyline | Area):
        return replace(primitive, points=tuple((x + right, y + down) for x, y in primitive.points))
    if isinstance(primitive, Rectangle):
        return replace(primitive, corner=(primitive.corner[0] + right, primitive.corner[1] + down))
    if isinstance(primitive, Dot):
        return replace(primitive, centre=(primitive.centre[0] + right, primitive.centre[1] + down))
    return replace(primitive, at=(primitive.at[0] + right, primitive.at[1] + down))
