"""How a priority of the assessment is drawn: its rating as a RAG mark, and an arrow for how it moved."""

from csp_desktop.charts.rag import AMBER, GREEN, RED
from csp_desktop.charts.scene import INK, Area, Point, Scene
from models.terms import Movement, PriorityRag

RATING_MARKS = {PriorityRag.RED: RED, PriorityRag.AMBER: AMBER, PriorityRag.GREEN: GREEN}
_UP: tuple[Point, ...] = ((0, -6), (5.5, 0), (2, 0), (2, 6), (-2, 6), (-2, 0), (-5.5, 0))
_PLUS: tuple[Point, ...] = (
    (-1.8, -6), (1.8, -6), (1.8, -1.8), (6, -1.8), (6, 1.8), (1.8, 1.8), (1.8, 6), (-1.8, 6), (-1.8, 1.8), (-6, 1.8),
    (-6, -1.8), (-1.8, -1.8),
)  # fmt: skip
_SHAPES: dict[Movement, tuple[Point, ...]] = {
    Movement.WORSENED: _UP,
    Movement.IMPROVED: tuple((x, -y) for x, y in _UP),
    Movement.UNCHANGED: tuple((-y, x) for x, y in _UP),
    Movement.NEW: _PLUS,
}


def movement_mark(movement: Movement, side: float = 14.0) -> Scene:
    """Return an arrow up for worsened, down for improved, to the right for unchanged, and a plus for new.

    The drawing is a square of ``side`` points. It stands beside the word, and says nothing that the word does not.
    """
    scale = side / 14
    points = tuple((side / 2 + x * scale, side / 2 + y * scale) for x, y in _SHAPES[movement])
    return Scene(side, side, (Area(points, INK),))
