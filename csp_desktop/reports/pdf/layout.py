"""Puts pieces on pages. Nothing is drawn here, so the number of pages is known before the first one is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from csp_desktop.reports.pdf.pieces import Piece

A4 = (595.28, 841.89)
_EPSILON = 0.01


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that pieces may fill, in points; ``size`` is the whole page's."""

    size: tuple[float, float]
    left: float = 46.0
    right: float = 46.0
    top: float = 38.0
    bottom: float = 55.0

    @property
    def width(self) -> float:
        """Return the room across."""
        return self.size[0] - self.left - self.right

    @property
    def height(self) -> float:
        """Return the room from top to bottom."""
        return self.size[1] - self.top - self.bottom


PORTRAIT = Frame(A4)
LANDSCAPE = Frame((A4[1], A4[0]), left=40.0, right=40.0)


def frame(landscape: bool) -> Frame:
    """Return the frame of a page of this shape."""
    return LANDSCAPE if landscape else PORTRAIT


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece with the distance of its top from the top of the frame."""

    piece: Piece
    down: float


@dataclass(slots=True)
class PagePlan:
    """What stands on one page."""

    frame: Frame
    placed: list[Placed] = field(default_factory=list)
    used: float = 0.0

    @property
    def room(self) -> float:
        """Return the room that is left."""
        return self.frame.height - self.used

    def gap(self, piece: Piece) -> float:
        """Return the space above a piece if it came next."""
        return max(piece.space_before, self.placed[-1].piece.space_after) if self.placed else 0.0

    def put(self, piece: Piece) -> None:
        """Place a piece below what is there."""
        self.used += self.gap(piece)
        self.placed.append(Placed(piece, self.used))
        self.used += piece.height


def fits_one_page(pieces: Iterable[Piece], shape: Frame, used: float = 0.0) -> bool:
    """Say whether pieces stand on one page below ``used`` points that are taken."""
    after = 0.0
    for piece in pieces:
        used += (max(piece.space_before, after) if used else 0.0) + piece.height
        after = piece.space_after
    return used <= shape.height + _EPSILON


def place(pieces: list[Piece], pages: list[PagePlan]) -> None:
    """Put pieces on the last of ``pages`` and on new pages of its shape as it fills."""
    waiting = list(reversed(pieces))
    while waiting:
        piece = waiting.pop()
        page = pages[-1]
        if page.placed and _needed(page, piece, waiting) > page.room + _EPSILON:
            page = _next_page(pages)
        room = page.room - page.gap(piece)
        if piece.height <= room + _EPSILON:
            page.put(piece)
            continue
        parts = piece.split(room)
        if parts is not None:
            page.put(parts[0])
            waiting.append(parts[1])
            _next_page(pages)
        elif page.placed:
            _next_page(pages)
            waiting.append(piece)
        else:
            page.put(piece)


def _next_page(pages: list[PagePlan]) -> PagePlan:
    pages.append(PagePlan(pages[-1].frame))
    return pages[-1]


def _needed(page: PagePlan, piece: Piece, waiting: list[Piece]) -> float:
    """Return the room that must be free for ``piece`` to begin here, with all that it must not be parted from.

    A chain that no page could hold is not kept together.
    """
    alone = page.gap(piece) + piece.least
    needed = page.gap(piece)
    for follower in reversed(waiting):
        if not piece.keeps_with_next:
            break
        needed += piece.height + follower.space_before
        piece = follower
    needed += piece.least
    return needed if needed <= page.frame.height else alone
