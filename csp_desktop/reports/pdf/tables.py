"""Tables of any length: each cell is broken into lines once, pages are cut by bisection, rows stay whole.

The header row is repeated on every page; only the first is in the structure, the others are artifacts. Rules,
backgrounds and RAG shapes are artifacts; the word is the cell's text. A row taller than a page is the one thing
that is cut, between lines.
"""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple

from csp_desktop.charts.rag import RagMark, rag_mark
from csp_desktop.charts.scene import INK, RULE
from csp_desktop.reports.blocks import Cell, ColumnKind, RagCell, Table, cell_text
from csp_desktop.reports.pdf.canvas import TaggedCanvas
from csp_desktop.reports.pdf.drawing import colour, paint
from csp_desktop.reports.pdf.pieces import ASCENT
from csp_desktop.reports.pdf.structure import SCOPE_COLUMN, SCOPE_ROW, Element
from csp_desktop.reports.pdf.typesetter import Stretch, Typesetter
from csp_desktop.reports.pdf.widths import PAD_X, SIZE, column_widths, indent_of

LEADING = 14.2
PAD_Y = 4.0
_MARK_RADIUS = 7.0
_HEADER_FILL = "#E3E9F0"
_TOTAL_FILL = "#F1F3F5"
FIRST_LINE = PAD_Y + SIZE * ASCENT
_EPSILON = 0.01
_HEADINGS = 100.0  # points of the headings and the caption above a table
_FEWEST_ROWS = 2
_WHOLE_ROWS, _WHOLE_HEIGHT = 6, 240.0


@dataclass(frozen=True, slots=True)
class Strip:
    """A row as it is drawn on one page: whole, or some lines of a row that is taller than a page."""

    row: int
    first: int = 0
    last: int | None = None


class ColumnPlace(NamedTuple):
    """Where a column's text stands, in points from the table's left edge; ``inset`` is from its own."""

    left: float
    width: float
    inset: float
    right_aligned: bool


class _Place(NamedTuple):
    """Where the text of a cell stands, in page points."""

    left: float
    top: float
    column: ColumnPlace
    bold: bool


@dataclass(slots=True)
class TableLayout:
    """What all parts of a table share: widths and broken lines in the order of columns, heights, and drawn marks."""

    table: Table
    element: Element
    widths: list[float]
    head: list[tuple[str, ...]]
    head_height: float
    rows: list[tuple[tuple[str, ...], ...]]
    columns: list[ColumnPlace]
    strips: list[Strip] = field(default_factory=list)
    down: list[float] = field(default_factory=list)
    fewest: int = _FEWEST_ROWS
    cut_rows: dict[int, list[Element]] = field(default_factory=dict)
    marks: dict[tuple[RagMark, bool], str] = field(default_factory=dict)


def lay_out(table: Table, element: Element, size: tuple[float, float], type_: Typesetter) -> TableLayout:
    """Break a table's cells into lines for a frame of this width and height, in points."""
    width, height = size
    texts = [[cell_text(cell) for cell in column] for column in zip(*table.rows, strict=True)]
    widths = column_widths(table.columns, texts, width, type_)
    head = [
        type_.wrap(column.title, SIZE, True, wide - 2 * PAD_X)
        for column, wide in zip(table.columns, widths, strict=True)
    ]
    broken = []
    for column, wide, cells in zip(table.columns, widths, texts, strict=True):
        room = wide - 2 * PAD_X - indent_of(column.kind)
        lines = type_.wrap_all(cells, SIZE, False, room)
        if table.total:
            lines[-1] = type_.wrap(cells[-1], SIZE, True, room)
        broken.append(lines)
    rows = list(zip(*broken, strict=True))
    head_height = max(len(lines) for lines in head) * LEADING + 2 * PAD_Y
    columns = [
        ColumnPlace(left, wide, PAD_X + indent_of(column.kind), column.kind is ColumnKind.NUMBER)
        for left, wide, column in zip(accumulate(widths, initial=0.0), widths, table.columns, strict=False)
    ]
    layout = TableLayout(table, element, widths, head, head_height, rows, columns)
    _cut_into_strips(layout, height - head_height)
    return layout


def _cut_into_strips(layout: TableLayout, room: float) -> None:
    """Give every row a strip, and a row taller than ``room`` as many as it needs.

    The first row, and the first strip of a tall one, leave room for the headings and the caption they stand under.
    """
    most = max(int((room - 2 * PAD_Y) / LEADING), 1)
    opening = max(int((room - _HEADINGS - 2 * PAD_Y) / LEADING), 1)
    down = [0.0]
    for index, row in enumerate(layout.rows):
        lines = max(len(cell) for cell in row)
        fits = lines <= (most if index else opening)
        first = 0
        while first < lines:
            last = lines if fits else min(first + (most if first else opening), lines)
            layout.strips.append(Strip(index, first, None if fits else last))
            down.append(down[-1] + (last - first) * LEADING + 2 * PAD_Y)
            first = last
    layout.down = down
    layout.fewest = _FEWEST_ROWS if down[min(_FEWEST_ROWS, len(down) - 1)] <= room - _HEADINGS else 1


@dataclass(frozen=True, slots=True)
class TablePiece:
    """The strips from ``start`` up to ``end`` of a table, under its header row."""

    layout: TableLayout
    start: int = 0
    end: int | None = None
    space_before: float = 4.0
    space_after: float = 9.0
    keeps_with_next: bool = False

    @property
    def stop(self) -> int:
        """Return the strip after the last."""
        return len(self.layout.strips) if self.end is None else self.end

    @property
    def height(self) -> float:
        """Return the height with the header row."""
        down = self.layout.down
        return self.layout.head_height + down[self.stop] - down[self.start]

    @property
    def least(self) -> float:
        """Return the height of the header and the first two rows, or of one where two are too tall for any page.

        A small table begins where all of it fits.
        """
        if self.stop - self.start <= _WHOLE_ROWS and self.height <= _WHOLE_HEIGHT:
            return self.height
        down = self.layout.down
        return self.layout.head_height + down[min(self.start + self.layout.fewest, self.stop)] - down[self.start]

    def split(self, room: float) -> "tuple[TablePiece, TablePiece] | None":
        """Cut after the last strip that fits; one row alone is not left for the next page."""
        down = self.layout.down
        free = down[self.start] + room - self.layout.head_height + _EPSILON
        cut = bisect_right(down, free, self.start, self.stop + 1) - 1
        if cut <= self.start:
            return None
        if cut == self.stop - 1 and cut - self.start > _FEWEST_ROWS:
            cut -= 1
        return (
            replace(self, end=cut),
            replace(self, start=cut, space_before=0.0),
        )

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw what is decoration, then the header, then every cell as content of its own."""
        with canvas.artifact():
            canvas.emit(_decoration(self, left, top))
            canvas.emit(_marks(self, canvas, left, top))
        _draw_head(self, canvas, left, top)
        canvas.emit(f"{colour(INK)} rg")
        for index in range(self.start, self.stop):
            _draw_strip(self, index, canvas, (left, top))


def _strip_top(piece: TablePiece, index: int, top: float) -> float:
    down = piece.layout.down
    return top - piece.layout.head_height - (down[index] - down[piece.start])


def _decoration(piece: TablePiece, left: float, top: float) -> str:
    """Return the header's ground, a total's ground and the rules under rows."""
    layout = piece.layout
    right = left + sum(layout.widths)
    below = top - layout.head_height
    parts = [
        "q",
        f"{colour(_HEADER_FILL)} rg {left:.2f} {below:.2f} {right - left:.2f} {layout.head_height:.2f} re f",
    ]
    last = layout.strips[piece.stop - 1]
    if layout.table.total and last.row == len(layout.rows) - 1:
        total_top = _strip_top(piece, piece.stop - 1, top)
        total_bottom = top - piece.height
        parts.append(
            f"{colour(_TOTAL_FILL)} rg {left:.2f} {total_bottom:.2f} {right - left:.2f} "
            f"{total_top - total_bottom:.2f} re f"
        )
    parts.append(f"{colour(RULE)} RG 0.6 w")
    for index in range(piece.start + 1, piece.stop + 1):
        y = _strip_top(piece, index, top)
        parts.append(f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l")
    parts.append(f"S {colour(INK)} RG 1.1 w {left:.2f} {below:.2f} m {right:.2f} {below:.2f} l S Q")
    return "\n".join(parts)


def _marks(piece: TablePiece, canvas: TaggedCanvas, left: float, top: float) -> str:
    """Return the shapes of all RAG cells of this part."""
    layout = piece.layout
    columns = [index for index, column in enumerate(layout.table.columns) if column.kind is ColumnKind.RAG]
    drawn = layout.marks
    parts: list[str] = []
    for index in range(piece.start, piece.stop):
        strip = layout.strips[index]
        if strip.first:
            continue
        y = _strip_top(piece, index, top) - PAD_Y
        for column in columns:
            cell = layout.table.rows[strip.row][column]
            for line, mark, outlined in _marks_of(cell, layout.rows[strip.row][column]):
                key = (mark, outlined)
                if key not in drawn:
                    drawn[key] = paint(rag_mark(mark, (0, 0), _MARK_RADIUS, outlined=outlined), (0, 0), canvas.type)
                x = left + layout.columns[column].left + PAD_X + _MARK_RADIUS
                parts.append(f"q 1 0 0 1 {x:.2f} {y - line * LEADING - LEADING / 2:.2f} cm {drawn[key]} Q")
    return "\n".join(parts)


def _marks_of(cell: Cell, lines: tuple[str, ...]) -> list[tuple[int, RagMark, bool]]:
    """Return the marks of a cell, each with its line and whether it is only suggested."""
    if not isinstance(cell, RagCell):
        return []
    marks = [(0, cell.mark, False)] if cell.mark else []
    if cell.suggested:
        line = next((at for at, text in enumerate(lines) if at and text.startswith(cell.suggested.word)), 1)
        marks.append((line, cell.suggested, True))
    return marks


def _draw_head(piece: TablePiece, canvas: TaggedCanvas, left: float, top: float) -> None:
    """Draw the header row: content on the first page, an artifact where it is repeated."""
    layout = piece.layout
    # a heading stands over the text it heads, a RAG column's over its marks
    places = [_Place(left + column.left, top, column._replace(inset=PAD_X), bold=True) for column in layout.columns]
    canvas.emit(f"{colour(INK)} rg BT")
    if piece.start:
        shown = [_lines(canvas.type, lines, place) for lines, place in zip(layout.head, places, strict=True)]
        with canvas.artifact():
            canvas.emit("\n".join(stretch.operators for cell in shown for stretch in cell))
    else:
        row = Element("TR", layout.element)
        for lines, place in zip(layout.head, places, strict=True):
            canvas.emit(canvas.words(Element("TH", row, SCOPE_COLUMN), _lines(canvas.type, lines, place)))
    canvas.emit("ET")


def _draw_strip(piece: TablePiece, index: int, canvas: TaggedCanvas, corner: tuple[float, float]) -> None:
    """Draw the cells of one strip. A whole row in one font, as nearly all are, needs no elements of its own."""
    layout = piece.layout
    strip = layout.strips[index]
    left, top = corner[0], _strip_top(piece, index, corner[1])
    bold = layout.table.total and strip.row == len(layout.rows) - 1
    texts = layout.rows[strip.row]
    if strip.last is not None:
        texts = tuple([lines[strip.first : strip.last] for lines in texts])
    shown = _plain_cells(canvas.type, layout, texts, (left, top), bold)
    if strip.last is None and all(shown):
        first = canvas.tree.own_row(layout.element, len(shown))
        parts = [f"/{'TD' if at else 'TH'}<</MCID {first + at}>>BDC {text} EMC" for at, text in enumerate(shown)]
    else:
        parts = []
        for column, lines, plain, element in zip(
            layout.columns, texts, shown, _row_elements(layout, strip), strict=True
        ):
            if plain:
                parts.append(f"{canvas.begin_content(element)} {plain} EMC")
            else:
                place = _Place(left + column.left, top, column, bold)
                parts.append(canvas.words(element, _lines(canvas.type, lines, place)))
    canvas.emit("\n".join([f"BT {LEADING} TL", *parts, "ET"]))
    if strip.first and not texts[0]:
        _draw_ref_again(layout, strip, canvas, _Place(left + layout.columns[0].left, top, layout.columns[0], bold))


def _draw_ref_again(layout: TableLayout, strip: Strip, canvas: TaggedCanvas, place: _Place) -> None:
    """Say on the next page which row goes on there, as an artifact: the row has said it."""
    shown = _lines(canvas.type, layout.rows[strip.row][0], place)
    with canvas.artifact():
        canvas.emit("\n".join(["BT", *(stretch.operators for stretch in shown), "ET"]))


def _plain_cells(
    type_: Typesetter, layout: TableLayout, texts: tuple[tuple[str, ...], ...], corner: tuple[float, float], bold: bool
) -> list[str]:
    """Return the operators of each cell of a row, "" for a cell that is not all in one font or is set line by line."""
    left, y = corner[0], f"{corner[1] - FIRST_LINE:.2f}"
    parts = []
    for column, lines in zip(layout.columns, texts, strict=True):
        shown = type_.column(lines, SIZE, bold) if lines else ""
        x = left + column.left + column.inset
        if column.right_aligned and shown:
            x = left + column.left + column.width - PAD_X - type_.width(lines[0], SIZE, bold)
            shown = shown if len(lines) == 1 else ""
        parts.append(shown and f"1 0 0 1 {x:.2f} {y} Tm {shown}")
    return parts


def _row_elements(layout: TableLayout, strip: Strip) -> list[Element]:
    """Return the cells' elements of a row: new ones, or those of the part of this row that is on the page before."""
    known = layout.cut_rows.get(strip.row)
    if known is not None:
        return known
    row = Element("TR", layout.element)
    elements = [Element("TH", row, SCOPE_ROW)]
    elements += [Element("TD", row) for _ in layout.table.columns[1:]]
    if strip.last is not None:
        layout.cut_rows[strip.row] = elements
    return elements


def _lines(type_: Typesetter, lines: tuple[str, ...], place: _Place) -> list[Stretch]:
    """Return the lines of one cell, each at its own place."""
    y = place.top - FIRST_LINE
    shown = []
    for index, line in enumerate(lines):
        x = place.left + place.column.inset
        if place.column.right_aligned:
            x = place.left + place.column.width - PAD_X - type_.width(line.rstrip(), SIZE, place.bold)
        shown += type_.stretches((x, y - index * LEADING), line, SIZE, place.bold) if line else []
    return shown
