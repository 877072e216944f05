"""Turns a report's blocks into pieces with their elements in the structure tree."""

from dataclasses import dataclass, replace
from typing import assert_never

from csp_desktop.charts.rag import rag_mark
from csp_desktop.reports.blocks import (
    BulletList,
    Figure,
    Heading,
    Key,
    PageBlock,
    Paragraph,
    Role,
    Table,
    Verdict,
)
from csp_desktop.reports.pdf.layout import Frame
from csp_desktop.reports.pdf.pieces import (
    BODY,
    CAPTION,
    HEADINGS,
    LEAD,
    QUIET,
    Bookmark,
    FigurePiece,
    Hanging,
    Piece,
    TextPiece,
    TextStyle,
)
from csp_desktop.reports.pdf.structure import LIST_BULLETS, LIST_PLAIN, Element
from csp_desktop.reports.pdf.tables import TablePiece, lay_out
from csp_desktop.reports.pdf.typesetter import Typesetter, clean

_ROLES = {Role.BODY: BODY, Role.LEAD: LEAD, Role.MUTED: QUIET}
_ITEM = replace(BODY, space_before=2.5)
_FIRST_ITEM = replace(BODY, space_before=4.0)
_VERDICT = replace(LEAD, leading=17.5, space_before=8.0)
_ABOVE_FIGURE = replace(BODY, keeps_with_next=True, space_before=2.0)
_SOURCE = replace(QUIET, space_before=2.0)
_BULLET_INDENT = 18.0
_MARK_INDENT = 30.0
_UNDER_HEADING = 4.0
_SHORT_OPENING = 3


@dataclass(slots=True)
class Numbering:
    """The last numbers given to tables, figures and headings."""

    tables: int = 0
    figures: int = 0
    headings: int = 0


@dataclass(slots=True)
class Composer:
    """Makes the pieces of one document. ``frame`` is that of the pages being filled."""

    type: Typesetter
    frame: Frame
    numbering: Numbering

    def compose(self, blocks: tuple[PageBlock, ...]) -> list[Piece]:
        """Return the pieces of blocks that follow each other.

        A caption under a heading stands close to it, and so does a short paragraph, which stays with what it opens. A
        paragraph before a list opens that list.
        """
        pieces: list[Piece] = []
        for index, block in enumerate(blocks):
            made = self.pieces(block)
            first = made[0] if made else None
            if isinstance(first, TextPiece) and index and isinstance(blocks[index - 1], Heading):
                made[0] = _under_heading(first, opens=isinstance(block, Paragraph) and index + 1 < len(blocks))
            elif isinstance(first, TextPiece) and isinstance(block, Paragraph) and _opens_list(blocks, index):
                made[0] = replace(first, style=replace(first.style, keeps_with_next=True))
            pieces += made
        return pieces

    def pieces(self, block: PageBlock) -> list[Piece]:  # noqa: PLR0911 - one line a kind of block, and no more
        """Return the pieces of one block."""
        match block:
            case Heading():
                return [self._heading(block)]
            case Paragraph():
                return [self.text(block.text, Element("P"), _ROLES[block.role])]
            case BulletList():
                return self._bullets(block)
            case Verdict():
                return [self._verdict(block)]
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Key():
                return self._key(block)
        assert_never(block)

    def text(self, text: str, element: Element, style: TextStyle, hanging: Hanging | None = None) -> TextPiece:
        """Break a text into the lines of a piece."""
        width = self.frame.width - (hanging.indent if hanging else 0.0)
        return TextPiece(self.type.wrap(text, style.size, style.bold, width), element, style, hanging)

    def _heading(self, block: Heading) -> Piece:
        piece = self.text(block.text, Element(f"H{block.level}"), HEADINGS[block.level])
        self.numbering.headings += 1
        return replace(piece, bookmark=Bookmark(one_line(block.text), block.level - 1, f"h{self.numbering.headings}"))

    def _bullets(self, block: BulletList) -> list[Piece]:
        list_ = Element("L", attributes=LIST_BULLETS)
        pieces: list[Piece] = []
        for index, item in enumerate(block.items):
            element = Element("LI", list_)
            hanging = Hanging(_BULLET_INDENT, Element("Lbl", element), "\u2022")
            style = _ITEM if index else _FIRST_ITEM
            pieces.append(self.text(item, Element("LBody", element), style, hanging))
        return pieces

    def _verdict(self, block: Verdict) -> Piece:
        if block.mark is None:
            return self.text(block.sentence, Element("P"), _VERDICT)
        shape = rag_mark(block.mark, (11.0, 10.0), 11.0)
        return self.text(block.sentence, Element("P"), _VERDICT, Hanging(_MARK_INDENT, primitives=shape))

    def _table(self, block: Table) -> list[Piece]:
        if not block.rows:
            return [self.text(block.empty, Element("P"), BODY)]
        self.numbering.tables += 1
        element = Element("Table")
        caption = self.text(f"Table {self.numbering.tables}: {block.caption}", Element("Caption", element), CAPTION)
        return [caption, TablePiece(lay_out(block, element, (self.frame.width, self.frame.height), self.type))]

    def _figure(self, block: Figure) -> list[Piece]:
        self.numbering.figures += 1
        title = self.text(f"Figure {self.numbering.figures}: {block.title}", Element("P"), CAPTION)
        pieces: list[Piece] = [
            title,
            self.text(block.subtitle, Element("P"), _ABOVE_FIGURE),
            FigurePiece(block.scene, clean(block.alt)),
            self.text(block.source, Element("P"), _SOURCE),
        ]
        return pieces + (self._table(block.data) if block.data else [])

    def _key(self, block: Key) -> list[Piece]:
        list_ = Element("L", attributes=LIST_PLAIN)
        pieces: list[Piece] = []
        for index, entry in enumerate(block.entries):
            shape = rag_mark(entry.mark, (8.0, 8.0), 8.0)
            style = replace(_ITEM, space_before=6.0, keeps_with_next=index < len(block.entries) - 1)
            body = Element("LBody", Element("LI", list_))
            pieces.append(
                self.text(f"{entry.mark.word}: {entry.meaning}", body, style, Hanging(_MARK_INDENT, primitives=shape))
            )
        return pieces


def _opens_list(blocks: tuple[PageBlock, ...], index: int) -> bool:
    return index + 1 < len(blocks) and isinstance(blocks[index + 1], BulletList)


def one_line(text: str) -> str:
    """Return text for a bookmark, which is one line and never empty."""
    return " ".join(clean(text).split()) or "Untitled"


def _under_heading(piece: TextPiece, *, opens: bool) -> TextPiece:
    """Return a piece as it stands right under a heading."""
    keeps = piece.style.keeps_with_next or (opens and len(piece.lines) <= _SHORT_OPENING)
    space = min(piece.style.space_before, _UNDER_HEADING)
    return replace(piece, style=replace(piece.style, keeps_with_next=keeps, space_before=space))
