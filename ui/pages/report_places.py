"""Where a place of a page stands in the preview, which scrolls to pages alone and not to places in them."""

from PySide6.QtCore import QRectF
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QScrollBar

_POINTS = 72  # in an inch
_AT = 3  # a place that was out of sight is shown a third down


def show_place(view: QPdfView, page: int, place: QRectF) -> None:
    """Scroll so that ``place``, in points from a page's top left corner, is in sight; no further than is needed."""
    size, shown = scale(view, page), view.viewport().size()
    wide = view.document().pagePointSize(page).width() * size
    left = max(view.documentMargins().left(), (shown.width() - wide) / 2) + place.left() * size
    above = top(view, page) + place.top() * size
    _bring(view.verticalScrollBar(), above, place.height() * size, shown.height())
    _bring(view.horizontalScrollBar(), left, place.width() * size, shown.width())


def scale(view: QPdfView, page: int) -> float:
    """Return how many pixels a point of a page takes."""
    size, margins = view.document().pagePointSize(page), view.documentMargins()
    room = view.viewport().width() - margins.left() - margins.right()
    match view.zoomMode():
        case QPdfView.ZoomMode.FitToWidth:
            return room / size.width()
        case QPdfView.ZoomMode.FitInView:
            return min(room / size.width(), (view.viewport().height() - view.pageSpacing()) / size.height())
        case _:
            return view.zoomFactor() * view.logicalDpiX() / _POINTS


def top(view: QPdfView, page: int) -> float:
    """Return how far the top of a page lies below that of the first, in pixels, with the margin above it."""
    above = (view.document().pagePointSize(each).height() * scale(view, each) for each in range(page))
    return view.documentMargins().top() + sum(tall + view.pageSpacing() for tall in above)


def _bring(bar: QScrollBar, begins: float, long: float, room: int) -> None:
    if not bar.value() <= begins <= bar.value() + room - long:
        bar.setValue(round(begins - room / _AT))
