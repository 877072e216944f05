"""Owners in a table: what is due of them, how their workbook stands, and a tick that says whom a workbook is for."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from csp_desktop.queries.chasing import OwnerRow, WorkbookRow
from csp_desktop.rules.folding import fold
from ui.forms.words import shown_date
from ui.tables.columns import Column, Kind
from ui.tables.model import TableModel
from ui.tables.workbooks import STANDINGS, Index, Look, MarkedPainter, MarkedView
from ui.theme import px

TICK = 0  # the column of ticks is the first
TICK_PX = 16
ERASED = "Erased"


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """An owner as the table shows them. ``id`` is the same after every reading."""

    owner: OwnerRow

    @property
    def id(self) -> int:
        """Even for a person, odd for an organisation."""
        person, body = self.owner.person_id, self.owner.organisation_id
        return person * 2 if person is not None else (body or 0) * 2 + 1

    @property
    def name(self) -> str:
        """Their name, one word for somebody whose details were erased."""
        return ERASED if self.owner.is_erased else self.owner.name

    @property
    def look(self) -> Look:
        """How their workbook stands."""
        return STANDINGS[self.owner.standing]


def owner_lines(owners: Iterable[OwnerRow]) -> list[OwnerLine]:
    """Return owners as a table shows them."""
    return [OwnerLine(owner) for owner in owners]


def searched(line: OwnerLine) -> str:
    """Return what the filter finds an owner by: their name and how their workbook stands."""
    return fold(f"{line.name}\n{line.look.words}")


def _count(key: str, heading: str, width: int, spare: int) -> Column[OwnerLine]:
    def number(line: OwnerLine) -> int:
        return int(getattr(line.owner, key))

    return Column(
        key=key,
        heading=heading,
        kind=Kind.NUMBER,
        width=width,
        spare=spare,
        text=lambda line: f"{number(line):,}" if number(line) else "",
        sort_key=lambda line: number(line) or None,
    )


def _dated(key: str, heading: str, spare: int, of: Callable[[WorkbookRow], date | None]) -> Column[OwnerLine]:
    def day(line: OwnerLine) -> date | None:
        return of(line.owner.workbook) if line.owner.workbook is not None else None

    def sort_key(line: OwnerLine) -> int | None:
        shown = day(line)
        return None if shown is None else shown.toordinal()

    return Column(
        key=key,
        heading=heading,
        kind=Kind.DATE,
        width=12,
        spare=spare,
        text=lambda line: shown_date(day(line)),
        sort_key=sort_key,
    )


def owner_columns(ticked: AbstractSet[int]) -> tuple[Column[OwnerLine], ...]:
    """Return the columns; ``ticked`` are the ids that bear a tick, as they are when a cell is painted."""
    return (
        Column(
            key="tick",
            heading="",
            width=4,
            text=lambda line: "ticked" if line.id in ticked else "not ticked",
            sort_key=lambda line: int(line.id not in ticked),
        ),
        Column(
            key="name",
            heading="Owner",
            width=0,
            text=lambda line: line.name,
            tone=lambda line: "muted" if line.owner.is_erased else "",
        ),
        _count("open_actions", "Open actions", 13, 3),
        _count("overdue", "Overdue", 10, 1),
        _count("due_soon", "Due soon", 11, 3),
        _count("stale", "Not updated", 13, 2),
        _dated("sent", "Sent", 4, lambda workbook: workbook.exported_on),
        _dated("wanted", "Wanted back", 2, lambda workbook: workbook.wanted_back),
        _dated("back", "Came back", 4, lambda workbook: workbook.returned_on),
        Column(
            key="standing",
            heading="Workbook",
            width=27,
            text=lambda line: line.look.words,
            tone=lambda line: line.look.tone,
            sort_key=lambda line: list(STANDINGS).index(line.owner.standing),
        ),
    )


class OwnersPainter(MarkedPainter):
    """Paints the ticks besides."""

    def __init__(self, looks: Mapping[int, Callable[[Any], Look]], view: "OwnersView") -> None:
        super().__init__(looks, view)
        self._view = view

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() != TICK:
            super().paint(painter, option, index)
            return
        self.paint_ground(painter, option, index)
        line = self._view.line_at(index.row())
        if not line.owner.is_erased:
            draw_tick(painter, QRectF(option.rect), is_ticked=line.id in self._view.ticked)


class OwnersView(MarkedView[OwnerLine]):
    """The table of owners. Space, or a click on it, turns a row's tick; ``ticked`` holds the ids that have one.

    ``ticks_changed()`` after every change. Somebody whose details were erased has none: nobody can ask them.
    """

    ticks_changed = Signal()

    def __init__(self, model: TableModel[OwnerLine], ticked: set[int]) -> None:
        self.ticked = ticked
        self._owners = model
        super().__init__(model, "Owners", {"standing": lambda line: line.look})

    @override
    def painter_of(self, looks: Mapping[int, Callable[[Any], Look]]) -> MarkedPainter:
        return OwnersPainter(looks, self)

    def line_at(self, position: int) -> OwnerLine:
        """Return the owner shown at a position."""
        return self._owners.row_at(position)

    def turn(self, position: int) -> None:
        """Give the owner at a position a tick, or take it away."""
        line = self.line_at(position)
        if not line.owner.is_erased:
            self._set({line.id} ^ self.ticked)

    def tick_all(self) -> None:
        """Give everyone who is shown a tick; those whom the filter hides keep theirs."""
        lines = [self.line_at(at) for at in range(self._owners.rowCount())]
        self._set(self.ticked | {line.id for line in lines if not line.owner.is_erased})

    def tick_none(self) -> None:
        """Take every tick away."""
        self._set(set())

    def keep_ticks_of(self, lines: Iterable[OwnerLine]) -> None:
        """Forget the ticks of owners who lead nothing any more."""
        self._set(self.ticked & {line.id for line in lines if not line.owner.is_erased})

    def _set(self, ticked: set[int]) -> None:
        if ticked == self.ticked:
            return
        self.ticked.clear()
        self.ticked.update(ticked)
        last = self._owners.rowCount() - 1
        if last >= 0:
            self._owners.dataChanged.emit(self._owners.index(0, TICK), self._owners.index(last, TICK))
        self.ticks_changed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        at = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and at >= 0:
            self.turn(at)
        elif event.key() == Qt.Key.Key_A and with_control:
            no_ticks = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.tick_none if no_ticks else self.tick_all)()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == TICK:
            self.setFocus()
            self.turn(index.row())
        else:
            super().mousePressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).column() == TICK:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)


def draw_tick(painter: QPainter, cell: QRectF, *, is_ticked: bool) -> None:
    """Draw a box to tick in the middle of a cell, with an edge that is seen in every theme."""
    palette, side = QGuiApplication.palette(), px(TICK_PX)
    box = QRectF(0, 0, side, side)
    box.moveCenter(cell.center())
    role = QPalette.ColorRole
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.color(role.Accent if is_ticked else role.Dark), 1))
    painter.setBrush(palette.color(role.Accent if is_ticked else role.Base))
    painter.drawRoundedRect(box, px(3), px(3))
    if is_ticked:
        painter.setPen(QPen(palette.color(role.BrightText), 2))
        corners = ((0.24, 0.52), (0.44, 0.72), (0.78, 0.3))
        painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x * side, y * side) for x, y in corners]))
    painter.restore()
