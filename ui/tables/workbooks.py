"""Update workbooks in tables: those that were sent and those that came back, each standing with a mark and its word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget
from typing_extensions import override

from csp_desktop.exports.several import number_of
from csp_desktop.imports.folder import Finding, FolderFile
from csp_desktop.queries.chasing import WorkbookRow, WorkbookStanding
from ui.forms.words import shown_date
from ui.tables.columns import Column, Kind
from ui.tables.delegates import CellPainter
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px, theme_of

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
MARK_PX, ROOM_PX = 15, 19


class Mark(Enum):
    """A drawing that says how something stands, beside its word: no two are the same in grey."""

    RING = auto()
    OUT = auto()
    LATE = auto()
    BACK = auto()
    ASKS = auto()
    CROSS = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Look:
    """How a standing is shown: its words, its mark, and the role of its colour, which says nothing by itself."""

    words: str
    mark: Mark
    tone: str = ""


STANDINGS = {
    WorkbookStanding.NOT_SENT: Look(WorkbookStanding.NOT_SENT.label, Mark.RING, "muted"),
    WorkbookStanding.OUT: Look(WorkbookStanding.OUT.label, Mark.OUT),
    WorkbookStanding.OVERDUE_TO_COME_BACK: Look(WorkbookStanding.OVERDUE_TO_COME_BACK.label, Mark.LATE, "error"),
    WorkbookStanding.CAME_BACK: Look(WorkbookStanding.CAME_BACK.label, Mark.BACK, "ok"),
    WorkbookStanding.CAME_BACK_WITH_QUESTIONS: Look(
        WorkbookStanding.CAME_BACK_WITH_QUESTIONS.label, Mark.ASKS, "warning"
    ),
}
REPLACED = Look("A newer one was sent", Mark.OTHER, "muted")
FINDINGS = {
    Finding.CHANGES: Look("Changes", Mark.OUT),
    Finding.NOTHING_NEW: Look("Nothing new", Mark.RING),
    Finding.CONFLICTS: Look("Conflicts", Mark.LATE, "error"),
    Finding.QUESTIONS: Look("Questions", Mark.ASKS, "warning"),
    Finding.PROBLEMS: Look("Problems", Mark.LATE, "warning"),
    Finding.OTHER_FILE: Look("Not an update workbook", Mark.OTHER, "muted"),
    Finding.REFUSED: Look("Refused", Mark.CROSS, "error"),
    Finding.BROUGHT_IN: Look("Brought in", Mark.BACK, "ok"),
}


@dataclass(frozen=True, slots=True)
class SentLine:
    """A workbook that was sent, as at a day."""

    row: WorkbookRow
    today: date

    @property
    def look(self) -> Look:
        """How it stands; one that is not back and was followed by another is awaited no more."""
        if self.row.returned_on is None and self.row.newer_on is not None:
            return REPLACED
        return STANDINGS[self.row.standing(self.today)]


@dataclass(frozen=True, slots=True)
class FolderLine:
    """A file of a folder of returns, by its place in it."""

    id: int
    file: FolderFile

    @property
    def look(self) -> Look:
        """What it is."""
        return FINDINGS[self.file.finding]

    @property
    def note(self) -> str:
        """What else there is to say of it in one line: why it is refused, what is to be asked, what it brings."""
        return self.file.refusal or " ".join(self.file.to_ask) or self.file.brings


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


SENT_COLUMNS: tuple[Column[SentLine], ...] = (
    Column(
        key="number",
        heading="Workbook",
        kind=Kind.REF,
        width=11,
        text=lambda line: number_of(line.row.key),
        sort_key=lambda line: line.row.export_id,
    ),
    Column(key="for", heading="For", width=0, text=lambda line: line.row.owner or line.row.holds),
    Column(
        key="period",
        heading="Period",
        width=13,
        spare=2,
        text=lambda line: line.row.period,
        sort_key=lambda line: _day(line.row.period_end),
    ),
    Column(
        key="sent",
        heading="Sent",
        kind=Kind.DATE,
        width=12,
        spare=1,
        text=lambda line: shown_date(line.row.exported_on),
        sort_key=lambda line: line.row.export_id,
    ),
    Column(
        key="wanted",
        heading="Wanted back",
        kind=Kind.DATE,
        width=13,
        spare=3,
        text=lambda line: shown_date(line.row.wanted_back),
        sort_key=lambda line: _day(line.row.wanted_back),
    ),
    Column(
        key="back",
        heading="Came back",
        kind=Kind.DATE,
        width=12,
        spare=3,
        text=lambda line: shown_date(line.row.returned_on),
        sort_key=lambda line: _day(line.row.returned_on),
    ),
    Column(
        key="standing",
        heading="How it stands",
        width=27,
        text=lambda line: line.look.words,
        tone=lambda line: line.look.tone,
    ),
    Column(key="plan", heading="Plan", width=24, spare=4, text=lambda line: line.row.plan),
)
FOLDER_COLUMNS: tuple[Column[FolderLine], ...] = (
    Column(key="file", heading="File", width=0, text=lambda line: line.file.name, note=lambda line: line.note),
    Column(key="whose", heading="Whose", width=24, spare=1, text=lambda line: line.file.whose),
    Column(
        key="finding",
        heading="What it is",
        width=26,
        text=lambda line: line.look.words,
        tone=lambda line: line.look.tone,
        sort_key=lambda line: list(FINDINGS).index(line.file.finding),
    ),
)


def draw_mark(painter: QPainter, left: float, middle: float, mark: Mark, colour: QColor) -> None:
    """Draw a mark with its left edge and vertical middle given."""
    side = px(MARK_PX)
    box = QRectF(left, middle - side / 2, side, side).adjusted(1.5, 1.5, -1.5, -1.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, px(1.6), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    if mark in {Mark.RING, Mark.ASKS}:
        painter.drawEllipse(box)
    elif mark is Mark.OTHER:
        painter.drawRect(box.adjusted(1, 1, -1, -1))
    for line in _STROKES[mark]:
        painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x * box.width(), y * box.height()) for x, y in line]))
    painter.restore()


Stroke = tuple[tuple[float, float], ...]
_STROKES: Mapping[Mark, tuple[Stroke, ...]] = {
    Mark.RING: (),
    Mark.OUT: (((0.05, 0.5), (0.95, 0.5)), ((0.6, 0.15), (0.95, 0.5), (0.6, 0.85))),
    Mark.LATE: (
        ((0.5, 0.02), (1, 0.95), (0, 0.95), (0.5, 0.02)),
        ((0.5, 0.38), (0.5, 0.62)),
        ((0.5, 0.78), (0.5, 0.79)),
    ),
    Mark.BACK: (((0.05, 0.55), (0.38, 0.88), (0.95, 0.15)),),
    Mark.ASKS: (
        ((0.36, 0.38), (0.42, 0.27), (0.58, 0.27), (0.64, 0.38), (0.5, 0.52), (0.5, 0.6)),
        ((0.5, 0.75), (0.5, 0.76)),
    ),
    Mark.CROSS: (((0.1, 0.1), (0.9, 0.9)), ((0.9, 0.1), (0.1, 0.9))),
    Mark.OTHER: (),
}


def tone_colour(tone: str) -> QColor:
    """Return the colour of a role of text, the usual one for ""."""
    palette = QGuiApplication.palette()
    return QColor(getattr(theme_of(palette), tone or "text"))


class MarkedPainter(CellPainter):
    """Paints the cells of some columns with a mark before the word. ``looks``: column number to how a row is shown."""

    def __init__(self, looks: Mapping[int, Callable[[Any], Look]], parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown, model = self._looks.get(index.column()), index.model()
        if shown is None or not isinstance(model, TableModel):
            super().paint(painter, option, index)
            return
        self.paint_ground(painter, option, index)
        beside = QStyleOptionViewItem(option)
        beside.rect = option.rect.adjusted(px(ROOM_PX), 0, 0, 0)
        super().paint(painter, beside, index)
        look = shown(model.row_at(index.row()))
        box = QRectF(option.rect)
        draw_mark(painter, box.left() + px(8), box.center().y(), look.mark, tone_colour(look.tone))

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint what lies under a cell: whether it is chosen or lit, and the line below it."""
        palette, box = QGuiApplication.palette(), QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, palette.color(QPalette.ColorRole.Highlight))
        elif index.row() == self.lit_row:
            painter.fillRect(box, palette.color(QPalette.ColorRole.AlternateBase))
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(QPointF(box.left(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))


class MarkedView(TableView[Row], Generic[Row]):
    """A table with a mark in the columns that ``looks`` names by their keys."""

    def __init__(
        self, model: TableModel[Row], name: str, looks: Mapping[str, Callable[[Any], Look]], *, lines: int = 1
    ) -> None:
        super().__init__(model, name, lines=lines)
        keys = [column.key for column in model.columns]
        self._painter = self.painter_of({keys.index(key): look for key, look in looks.items()})
        self.setItemDelegate(self._painter)

    def painter_of(self, looks: Mapping[int, Callable[[Any], Look]]) -> MarkedPainter:
        """Return what paints its cells."""
        return MarkedPainter(looks, self)


def sent_lines(rows: Sequence[WorkbookRow], today: date) -> list[SentLine]:
    """Return workbooks as a table shows them."""
    return [SentLine(row, today) for row in rows]
