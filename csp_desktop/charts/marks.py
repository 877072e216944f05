"""Shapes by which series and events are told apart without colour: dashes, marks, hatching."""

from csp_desktop.charts.scene import INK, SERIES, Area, Dot, Line, Point, Primitive, Rectangle

DASHES: tuple[tuple[float, ...], ...] = ((), (6.0, 3.0), (2.0, 2.5), (9.0, 3.0, 2.0, 3.0))
"""One for each colour of SERIES."""

RADIUS = 3.2


def series_mark(centre: Point, number: int) -> Primitive:
    """Return the shape that stands at the values of series ``number``: dot, square, triangle up, triangle down."""
    colour = SERIES[number]
    if number == 0:
        return Dot(centre, RADIUS, colour, INK, 0.5)
    if number == 1:
        return square(centre, RADIUS, colour)
    return triangle(centre, RADIUS, colour, up=number == 2)  # noqa: PLR2004 - the third points up, the fourth down


def square(centre: Point, radius: float, fill: str | None) -> Rectangle:
    """Return an outlined square of twice ``radius``."""
    x, y = centre
    return Rectangle((x - radius, y - radius), (2 * radius, 2 * radius), fill, INK, 0.5)


def triangle(centre: Point, radius: float, fill: str | None, *, up: bool) -> Area:
    """Return an outlined triangle that points up or down."""
    x, y = centre
    down = -1 if up else 1
    tip, base = (x, y + down * 1.3 * radius), y - down * radius
    return Area((tip, (x + 1.2 * radius, base), (x - 1.2 * radius, base)), fill, INK, 0.5)


def diamond(centre: Point, radius: float, fill: str | None) -> Area:
    """Return an outlined diamond."""
    x, y = centre
    return Area(((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)), fill, INK, 0.7)


def hatched(corner: Point, size: Point, colour: str = INK, apart: float = 5.0) -> list[Primitive]:
    """Return strokes that rise to the right across a rectangle, ``apart`` points from each other: not final."""
    (left, top), (wide, tall) = corner, size
    drawn: list[Primitive] = []
    shift = apart
    while shift < wide + tall:
        start = (left + max(0.0, shift - tall), top + min(tall, shift))
        end = (left + min(wide, shift), top + max(0.0, shift - wide))
        drawn.append(Line(start, end, colour, 0.6))
        shift += apart
    return drawn
