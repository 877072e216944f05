"""The pages of a report small, to see at a glance and to go to; each is drawn when it first comes into sight."""

from collections import OrderedDict

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.theme import px

_PAGE_PX, _NUMBER_PX, _GAP_PX = 96, 20, 8
_KEPT = 200  # pictures of pages; a long report has more pages than anyone looks at
_PAPER, _EDGE = QColor("#FFFFFF"), 1
_FINER = 3
_Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    """The pages by number."""

    def __init__(self, document: QPdfDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._count = 0

    def read(self) -> None:
        """Count the pages anew."""
        self.beginResetModel()
        self._count = self._document.pageCount()
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        return f"Page {index.row() + 1}" if role == Qt.ItemDataRole.AccessibleTextRole else None


class _Painter(QStyledItemDelegate):
    """Paints a page as it is known so far; ``wanted(page)`` asks for its picture."""

    wanted = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pictures: OrderedDict[int, QPixmap] = OrderedDict()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(px(_PAGE_PX + 2 * _GAP_PX), px(_PAGE_PX + _NUMBER_PX + 2 * _GAP_PX))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the page on its paper, with its number below, both on the ground of what is chosen."""
        shown, box = option.palette, option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, shown.color(QPalette.ColorRole.Highlight))
        picture = self.pictures.get(index.row())
        if picture is None:
            self.wanted.emit(index.row())
        else:
            size = picture.deviceIndependentSize().toSize()
            place = QRect(QPoint(), size)
            place.moveCenter(QPoint(box.center().x(), box.y() + px(_GAP_PX) + px(_PAGE_PX) // 2))
            painter.drawPixmap(place, picture)
            painter.setPen(QPen(shown.color(QPalette.ColorRole.Dark), _EDGE))
            painter.drawRect(place)
        below = QRect(box.x(), box.bottom() - px(_NUMBER_PX + 2), box.width(), px(_NUMBER_PX))
        painter.setPen(shown.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
        painter.restore()


class ReportThumbnails(QListView):
    """The list. ``chosen(page)`` when a person goes to one, counted from 0."""

    chosen = Signal(int)

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self._document = document
        self._pages = _Pages(document, self)
        self._painter = _Painter(self)
        self._waiting: list[int] = []
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._draw_one)
        self._painter.wanted.connect(self._want)
        self.setModel(self._pages)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Pages of the report")
        self.setFixedWidth(px(_PAGE_PX + 2 * _GAP_PX) + self.verticalScrollBar().sizeHint().width() + 2)
        self.selectionModel().currentChanged.connect(lambda now, _before: self._on_current(now))
        self._following = False

    def read(self) -> None:
        """Show the pages of the document anew."""
        self._waiting.clear()
        self._painter.pictures.clear()
        self._pages.read()

    def follow(self, page: int) -> None:
        """Mark the page that is shown elsewhere."""
        self._following = True
        self.setCurrentIndex(self._pages.index(page))
        self._following = False

    def _on_current(self, now: QModelIndex) -> None:
        if now.isValid() and not self._following:
            self.chosen.emit(now.row())

    def _want(self, page: int) -> None:
        if page not in self._waiting:
            self._waiting.append(page)
            self._turn.start()

    def _draw_one(self) -> None:
        """Draw the page that was asked for last: it is the likeliest to be in sight still."""
        if not self._waiting:
            self._turn.stop()
            return
        page = self._waiting.pop()
        if not self.visualRect(self._pages.index(page)).intersects(self.viewport().rect()):
            return
        size = self._document.pagePointSize(page)
        ratio = self.devicePixelRatioF()
        scale = px(_PAGE_PX) / max(size.width(), size.height()) * ratio
        wanted = QSize(round(size.width() * scale), round(size.height() * scale))
        drawn = self._document.render(page, wanted * _FINER)  # small, its thin lines would be drawn a pixel wide
        picture = QPixmap(wanted)
        picture.fill(_PAPER)
        painter = QPainter(picture)
        smooth = Qt.TransformationMode.SmoothTransformation
        painter.drawImage(0, 0, drawn.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        self._painter.pictures[page] = picture
        while len(self._painter.pictures) > _KEPT:
            self._painter.pictures.popitem(last=False)
        self.update(self._pages.index(page))
