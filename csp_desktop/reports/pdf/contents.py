"""The contents page of a long report: every heading with its page, each line a link."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from csp_desktop.reports.pdf.canvas import TaggedCanvas
from csp_desktop.reports.pdf.compose import Composer
from csp_desktop.reports.pdf.layout import PORTRAIT, PagePlan, place
from csp_desktop.reports.pdf.pieces import BODY, HEADINGS, Bookmark, Piece, TextPiece, text_block
from csp_desktop.reports.pdf.structure import Element

LONG_FROM = 21
"""A report of this many pages has a contents page."""

_MOST_ENTRIES = 90
_INDENT = 16.0
_NUMBER_ROOM = 40.0
_STYLE = replace(BODY, space_before=4.0)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A heading as the contents list it; pages count from 0."""

    bookmark: Bookmark
    page: int


@dataclass(frozen=True, slots=True)
class EntryPiece:
    """One line of the contents, a link to its heading."""

    lines: tuple[str, ...]
    number: str
    target: Bookmark
    toc: Element
    width: float
    space_before: float = _STYLE.space_before
    space_after: float = 0.0
    keeps_with_next: bool = False

    @property
    def height(self) -> float:
        """Return its height."""
        return len(self.lines) * _STYLE.leading

    @property
    def least(self) -> float:
        """Return the whole height: a line of contents is not cut."""
        return self.height

    def split(self, room: float) -> None:
        """Refuse."""

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw the heading's text and its page number, and lay the link over both."""
        link = Element("Link", Element("Reference", Element("TOCI", self.toc)))
        indent = left + _INDENT * (self.target.level - 1)
        right = left + self.width - canvas.type.width(self.number, _STYLE.size, False)
        lines = (*self.lines[:-1], f"{self.lines[-1]} ")
        canvas.emit(text_block(canvas, link, lines, (indent, top), _STYLE))
        bottom_line = top - (len(lines) - 1) * _STYLE.leading
        canvas.emit(text_block(canvas, link, (self.number,), (right, bottom_line), _STYLE))
        box = (left, top - self.height, left + self.width, top)
        canvas.link_to(link, box, f"{self.target.title}, page {self.number}", self.target.name)


def with_contents(plans: list[PagePlan], composer: Composer) -> list[PagePlan]:
    """Return the pages with a contents page after the first where there are many, else as they are."""
    entries = [entry for entry in _entries(plans) if entry.bookmark.level]
    if len(plans) < LONG_FROM or not entries:
        return plans
    if len(entries) > _MOST_ENTRIES:
        entries = [entry for entry in entries if entry.bookmark.level == 1]
    portrait = replace(composer, frame=PORTRAIT)
    added = len(_pages(entries, portrait, 0))
    return [plans[0], *_pages(entries, portrait, added), *plans[1:]]


def _entries(plans: list[PagePlan]) -> Iterator[_Entry]:
    for page, plan in enumerate(plans):
        for placed in plan.placed:
            if isinstance(placed.piece, TextPiece) and placed.piece.bookmark is not None:
                yield _Entry(placed.piece.bookmark, page)


def _pages(entries: list[_Entry], composer: Composer, added: int) -> list[PagePlan]:
    """Return the contents pages, where ``added`` pages stand between the first page and the rest."""
    heading = composer.text("Contents", Element("H2"), HEADINGS[2])
    pieces: list[Piece] = [replace(heading, bookmark=Bookmark("Contents", 1, "contents"))]
    toc = Element("TOC")
    width = composer.frame.width
    for entry in entries:
        number = entry.page + 1 + (added if entry.page else 0)
        room = width - _NUMBER_ROOM - _INDENT * (entry.bookmark.level - 1)
        lines = composer.type.wrap(entry.bookmark.title, _STYLE.size, _STYLE.bold, room)
        pieces.append(EntryPiece(lines, str(number), entry.bookmark, toc, width))
    pages = [PagePlan(PORTRAIT)]
    place(pieces, pages)
    return pages
