"""What is put on pages: pieces with a height that can be drawn, and some of which can be cut in two."""

from dataclasses import dataclass, replace
from typing import Protocol

from csp_desktop.charts.scene import INK, MUTED, Primitive, Scene
from csp_desktop.reports.pdf.canvas import TaggedCanvas
from csp_desktop.reports.pdf.drawing import colour, paint
from csp_desktop.reports.pdf.structure import Element, pdf_text

ASCENT = 0.92
"""How far the first baseline lies below the top of a line, as a share of the size."""

_FEWEST_LINES = 2


class Piece(Protocol):
    """Something that stands on a page. Heights and spaces are points; ``least`` is the room it needs to begin."""

    @property
    def height(self) -> float:
        """Return its whole height."""

    @property
    def least(self) -> float:
        """Return the least room in which a part of it may stand."""

    @property
    def space_before(self) -> float:
        """Return the room kept free above it, except at the top of a page."""

    @property
    def space_after(self) -> float:
        """Return the least room kept free below it."""

    @property
    def keeps_with_next(self) -> bool:
        """Say whether what follows must begin on the same page."""

    def split(self, room: float) -> "tuple[Piece, Piece] | None":
        """Cut off what fits into ``room``, or return None where nothing may be cut off."""

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw it with its top left corner there."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is set: sizes and spaces in points."""

    size: float = 12.0
    leading: float = 15.5
    bold: bool = False
    colour: str = INK
    space_before: float = 6.0
    keeps_with_next: bool = False


BODY = TextStyle(leading=15.0, space_before=5.0)
LEAD = TextStyle(size=13.5, leading=17.0, space_before=8.0)
QUIET = TextStyle(colour=MUTED, leading=14.5, space_before=3.0)
CAPTION = TextStyle(bold=True, leading=15.0, space_before=10.0, keeps_with_next=True)
TITLE = TextStyle(size=21.0, leading=25.0, bold=True, space_before=0.0, keeps_with_next=True)
HEADINGS = {
    1: TextStyle(size=20.0, leading=24.0, bold=True, space_before=24.0, keeps_with_next=True),
    2: TextStyle(size=16.0, leading=19.5, bold=True, space_before=11.5, keeps_with_next=True),
    3: TextStyle(size=13.5, leading=17.0, bold=True, space_before=12.0, keeps_with_next=True),
}


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The outline entry of a heading; levels count from 0. ``name`` is what links call it."""

    title: str
    level: int
    name: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """What stands to the left of a text's first line: a bullet's text or a drawing, and how far the text is set in."""

    indent: float
    label: Element | None = None
    text: str = ""
    primitives: tuple[Primitive, ...] = ()


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Lines of one text, belonging to one element of the structure; cut parts belong to the same."""

    lines: tuple[str, ...]
    element: Element
    style: TextStyle
    hanging: Hanging | None = None
    bookmark: Bookmark | None = None
    whole: bool = True

    @property
    def height(self) -> float:
        """Return its whole height."""
        return len(self.lines) * self.style.leading

    @property
    def least(self) -> float:
        """Return the height of two lines: one alone looks lost."""
        if self.style.keeps_with_next or len(self.lines) <= _FEWEST_LINES + 1:
            return self.height
        return _FEWEST_LINES * self.style.leading

    @property
    def space_before(self) -> float:
        """Return the room above; none for the rest of a cut text."""
        return self.style.space_before if self.whole else 0.0

    @property
    def space_after(self) -> float:
        """Return none: texts leave it to what follows."""
        return 0.0

    @property
    def keeps_with_next(self) -> bool:
        """Say whether what follows must begin on the same page."""
        return self.style.keeps_with_next

    def split(self, room: float) -> "tuple[TextPiece, TextPiece] | None":
        """Cut between lines, with at least two on either side where there are enough."""
        fitting = int((room + 0.01) / self.style.leading)
        count = min(fitting, max(len(self.lines) - _FEWEST_LINES, 1))
        if count < min(_FEWEST_LINES, len(self.lines) - 1) or count < 1 or len(self.lines) == 1:
            return None
        first = replace(self, lines=self.lines[:count])
        hanging = None if self.hanging is None else Hanging(self.hanging.indent)
        return first, replace(self, lines=self.lines[count:], whole=False, bookmark=None, hanging=hanging)

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw the label, then the lines."""
        if self.bookmark is not None:
            canvas.bookmark(self.bookmark.name, self.bookmark.title, self.bookmark.level, top)
        x = left
        if self.hanging is not None:
            self._draw_label(canvas, left, top)
            x += self.hanging.indent
        canvas.emit(text_block(canvas, self.element, self.lines, (x, top), self.style))

    def _draw_label(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        hanging = self.hanging
        if hanging is None:
            return
        if hanging.primitives:
            with canvas.artifact():
                canvas.emit(paint(hanging.primitives, (left, top), canvas.type))
        if hanging.label is not None:
            indent = left + (hanging.indent - 12 if not hanging.primitives else 0)
            canvas.emit(text_block(canvas, hanging.label, (hanging.text,), (indent, top), self.style))


def text_block(
    canvas: TaggedCanvas, element: Element, lines: tuple[str, ...], corner: tuple[float, float], style: TextStyle
) -> str:
    """Return the operators for an element's lines from a top left corner down."""
    x, top = corner
    first = top - style.size * ASCENT - (style.leading - style.size * 1.15) / 2
    stretches = [
        stretch
        for index, line in enumerate(lines)
        if line
        for stretch in canvas.type.stretches((x, first - index * style.leading), line, style.size, style.bold)
    ]
    return f"q {colour(style.colour)} rg BT {canvas.words(element, stretches)} ET Q"


@dataclass(frozen=True, slots=True)
class FigurePiece:
    """A scene as one figure with its alternative text. It is never cut; one wider than the page does not occur."""

    scene: Scene
    alt: str
    parent: Element | None = None
    space_before: float = 5.0
    space_after: float = 3.0
    keeps_with_next: bool = True

    @property
    def height(self) -> float:
        """Return the scene's height."""
        return self.scene.height

    @property
    def least(self) -> float:
        """Return the whole height: a figure is not cut."""
        return self.scene.height

    def split(self, room: float) -> None:
        """Refuse."""

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw the scene with the box it fills."""
        box = f"{left:.2f} {top - self.height:.2f} {left + self.scene.width:.2f} {top:.2f}"
        attributes = f"/Alt{pdf_text(self.alt)}/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        with canvas.content(Element("Figure", self.parent, attributes)):
            canvas.emit(paint(self.scene.primitives, (left, top), canvas.type))
