"""A measure's headline: a few figures side by side, each with what it rests on and an arrow where it moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.charts.rag import RagMark
from csp_desktop.charts.scene import Scene
from csp_desktop.measures.drawn import arrow
from csp_desktop.measures.trends import Change
from csp_desktop.measures.values import difference_words, shown
from csp_desktop.queries.measures import ScorecardRow
from ui.charts.painter import paint
from ui.charts.widget import inks_of
from ui.measures.words import period_words
from ui.tables.rag import RagCell, RagShown
from ui.theme import px
from ui.widgets import emptied, label

LEAST_PX = 190
ABREAST = (5, 3, 2, 1)
NOT_KNOWN = "not known"
ARROW_PX = 18


@dataclass(frozen=True, slots=True)
class Told:
    """One figure: what it is, its value, what it rests on, and its mark or its arrow."""

    name: str
    value: str
    note: str
    mark: RagMark | None = None
    drawn: Scene | None = None


def told(row: ScorecardRow) -> tuple[Told, ...]:
    """Return the figures of a measure."""
    unit, latest, target, rolling = row.measure.unit, row.latest, row.target, row.rolling
    aim = f"for {target.period}" if target else "none for the period that was read"
    year = f"{rolling.first_period} to {rolling.last_period}" if rolling and rolling.value is not None else ""
    return (
        Told("Latest reading", shown(latest.value, unit) if latest else "none yet", period_words(row), row.judged.mark),
        Told("Target", shown(target.value, unit) if target else "none", row.judged.reason if target else aim),
        _change("Since the period before", row.change),
        _change("Since a year ago", row.year_change),
        Told(
            "Rolling year",
            shown(rolling.value, unit) if rolling and rolling.value is not None else NOT_KNOWN,
            year or (rolling.reason if rolling else ""),
        ),
    )


def _change(name: str, change: Change | None) -> Told:
    if change is None or change.difference is None or change.moved is None:
        return Told(name, NOT_KNOWN, change.reason if change else "")
    size = difference_words(change.difference, change.unit)
    meaning = f", {change.verdict.value}" if change.verdict.value else ""
    provisional = ", provisional" if change.is_provisional else ""
    return Told(
        name, size, f"{change.moved.value} on {change.against}{meaning}{provisional}", drawn=arrow(change.moved)
    )


class Drawn(QWidget):
    """A small scene beside words; what it shows is said by these."""

    def __init__(self, scene: Scene, side: int) -> None:
        super().__init__()
        self._scene = scene
        self._scale = side / scene.width
        self.setFixedSize(QSize(side, round(scene.height * self._scale)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.scale(self._scale, self._scale)
        paint(painter, self._scene.primitives, inks_of(self.palette()))
        painter.end()


class Headline(QWidget):
    """The figures as cards, as many abreast as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(8))
        self._cards: list[QWidget] = []
        self._abreast = 0

    def show_figures(self, figures: Sequence[Told]) -> None:
        """Show figures in the place of others."""
        emptied(self._grid)
        self._cards = [_card(each) for each in figures]
        self._abreast = 0
        self._place()

    def _place(self) -> None:
        room = self.width() + px(8)
        abreast = next((many for many in ABREAST if room >= many * px(LEAST_PX + 8)), 1)
        if abreast == self._abreast:
            return
        for at in range(ABREAST[0]):
            self._grid.setColumnStretch(at, int(at < abreast))
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // abreast, at % abreast)
        self._abreast = abreast

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()


def _card(figure: Told) -> QWidget:
    card = QFrame()
    card.setProperty("zone", "card")
    mark = f" {figure.mark.word}." if figure.mark else ""
    card.setAccessibleName(f"{figure.name}: {figure.value}. {figure.note}.{mark}")
    column = QVBoxLayout(card)
    column.setContentsMargins(px(12), px(10), px(12), px(10))
    column.setSpacing(px(2))
    column.addWidget(label(figure.name, "muted", wrap=True))
    value = QHBoxLayout()
    value.setSpacing(px(8))
    if figure.drawn is not None:
        value.addWidget(Drawn(figure.drawn, px(ARROW_PX)))
    value.addWidget(label(figure.value, "title", wrap=True), 1)
    if figure.mark is not None:
        value.addWidget(RagShown(RagCell(figure.mark)))
    column.addLayout(value)
    column.addWidget(label(figure.note, "muted", wrap=True))
    column.addStretch()
    return card
