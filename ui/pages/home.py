"""Home: four quiet lists of what waits for somebody, and the plan's RAG by theme beside the last period."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.charts.chart import Caption
from csp_desktop.charts.rag import RagMark
from csp_desktop.charts.rag_by_theme import ThemeCounts, rag_by_theme
from csp_desktop.queries.actions import ActionRow
from csp_desktop.queries.plans import PlanRow, list_plans
from csp_desktop.reports.positions import Position, overdue, read_position, theme_counts
from csp_desktop.rules.periods import Quarter
from csp_desktop.store import Store
from ui.charts.widget import ChartWidget
from ui.desk import Desk
from ui.forms.words import shown_date
from ui.pages.page import Page
from ui.tables.actions import asks_for_help, days, is_due_soon, lead_words
from ui.theme import FAMILY, px
from ui.widgets import RowLink, button, emptied, label, rule

MOST = 4
MANY = 5_000  # from so many actions on the plan is read behind the page
NARROW_PX = 700
_MEASURED_AT = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """One list: its heading, what to say when it is empty, its rows, and each row's note in words."""

    key: str
    heading: str
    empty: str
    rows: Sequence[ActionRow]
    note: Callable[[ActionRow], str]


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows, read and sorted: all of the work that a long plan makes long."""

    position: Position
    lists: tuple[Waiting, ...]
    counts: tuple[ThemeCounts, ...]


def _read(store: Store, plan: PlanRow, today: date) -> _Read:
    position = read_position(store, plan, today, Quarter.containing(today).label)
    return _Read(position, waiting(position, today), theme_counts(position))


class HomePage(Page):
    """What needs somebody today; every row and every number leads to it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Home")
        self._cards: list[QWidget] = []
        self._chart: QWidget | None = None
        self._wanted = 0
        inside = QWidget()
        inside.setProperty("zone", "inside")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, px(4), px(8), px(4))
        self._grid.setSpacing(px(12))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)

    @override
    def reread(self) -> None:
        plans = list_plans(self.desk.store)
        if not plans:
            self._clear()
            self._grid.addWidget(label("This store has no plan yet.", "muted"), 0, 0)
            return
        store, plan, today = self.desk.store, plans[0], self.desk.today()
        self.title.say(plan.title)
        self.say_counts(f"{plan.actions:,} actions in this plan")
        self._wanted += 1
        if plan.actions < MANY:
            self._show(_read(store, plan, today))
            return
        if not self._cards:
            self._grid.addWidget(label("Looking through the plan \N{HORIZONTAL ELLIPSIS}", "muted"), 0, 0)
        wanted = self._wanted
        self.desk.tasks.run(
            "Looking through the plan",
            lambda _progress: _read(store, plan, today),
            lambda read: self._show(read) if wanted == self._wanted else None,
        )

    def _show(self, read: _Read) -> None:
        self._clear()
        self._cards = [self._card(one) for one in read.lists]
        self._chart = self._picture(read)
        self._place()

    def _clear(self) -> None:
        emptied(self._grid)
        self._cards, self._chart = [], None

    def _place(self) -> None:
        """Lay the lists out two abreast, or one below the other where there is little room."""
        across = 1 if self.width() < px(NARROW_PX) else 2
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // across, at % across)
        if self._chart is not None:
            self._grid.addWidget(self._chart, len(self._cards), 0, 1, across)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, across - 1)
        self._grid.setRowStretch(len(self._cards) + 1, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _card(self, one: Waiting) -> QWidget:
        card = QFrame()
        card.setProperty("zone", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(4))
        top = QHBoxLayout()
        heading = label(one.heading, "section")
        heading.setMinimumHeight(px(24))  # as high as the number that stands beside it where there is one
        top.addWidget(heading)
        top.addStretch()
        if one.rows:
            count = button(f"{len(one.rows):,}", partial(self.went_to.emit, "plan", one.key), "link")
            count.setAccessibleName(f"{one.heading}: show all {len(one.rows)}")
            top.addWidget(count)
        column.addLayout(top)
        column.addWidget(rule())
        if not one.rows:
            column.addWidget(label(one.empty, "muted", wrap=True))
        for row in one.rows[:MOST]:
            column.addLayout(self._line(row, one.note(row)))
        if len(one.rows) > MOST:
            more = button(f"{len(one.rows) - MOST:,} more", partial(self.went_to.emit, "plan", one.key), "link")
            column.addWidget(more)
        column.addStretch()
        return card

    def _line(self, row: ActionRow, note: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(px(10))
        go = RowLink(row.title, partial(self.went_to.emit, "plan", row.id))
        go.setAccessibleName(f"{row.ref} {row.title}, {note}")
        line.addWidget(go, 1)
        line.addWidget(label(note, "muted"))
        return line

    def _picture(self, read: _Read) -> QWidget:
        position = read.position
        card = QFrame()
        card.setProperty("zone", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(16), px(12), px(16), px(16))
        column.setSpacing(px(8))
        column.addWidget(label("RAG by theme", "section"))
        beside = f", beside {shown_date(position.span.before)} (thin bars)" if position.before is not None else ""
        measured = f"Actions, {shown_date(position.span.as_at)}{beside}"
        column.addWidget(label(measured, "muted", wrap=True))
        if any(row.now for row in read.counts):
            scene = rag_by_theme(read.counts, position.marks, measure, CHART_PT)
            chart = ChartWidget(scene, "RAG by theme", finding(read.counts, position.marks))
            chart.captioned(Caption("RAG by theme", measured, position.plan.title))
            column.addWidget(chart)
        else:
            column.addWidget(label("The picture appears with the first action.", "muted", wrap=True))
        return card

    @override
    def take_focus(self) -> None:
        first = next(iter(self.findChildren(QPushButton)), None)
        (first or self).setFocus()


CHART_PT = 940.0


def measure(text: str, size: float, bold: bool) -> float:
    """Return a text's width in points, as the screen's own font gives it: the twin of paper's measure."""
    font = QFont(FAMILY)
    font.setPixelSize(_MEASURED_AT)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setKerning(False)
    return QFontMetricsF(font).horizontalAdvance(text) * size / _MEASURED_AT


def finding(counts: Sequence[ThemeCounts], marks: Sequence[RagMark]) -> str:
    """Say the picture in words, theme by theme."""
    said = []
    for row in counts:
        parts = [f"{row.now[mark.letter]} {mark.word}" for mark in marks if row.now.get(mark.letter)]
        without = row.now.get("", 0)
        if without:
            parts.append(f"{without} without RAG")
        said.append(f"{row.theme}: {', '.join(parts) or 'no actions'}")
    return ". ".join(said)


def waiting(position: Position, today: date) -> tuple[Waiting, ...]:
    """Return the four lists as at today; each action stands in every list that it belongs to."""
    stale = sorted((row for row in position.actions if row.stale), key=lambda row: row.stale_since or today)
    soon = [row for row in position.actions if is_due_soon(row, today)]
    asking = [row for row in position.actions if asks_for_help(row)]
    return (
        Waiting("Not updated", "Needs an update", "Every open action has been reported on.", stale, _stale_words),
        Waiting(
            "Overdue",
            "Overdue",
            "Nothing is overdue.",
            overdue(position),
            lambda row: f"{days(row.overdue_days)} late",
        ),
        Waiting(
            "Due soon",
            "Due soon",
            "Nothing falls due in the next 30 days.",
            sorted(soon, key=lambda row: row.due or today),
            lambda row: shown_date(row.due),
        ),
        Waiting("Help needed", "Waiting for a decision", "No owner has asked the Board for help.", asking, lead_words),
    )


def _stale_words(row: ActionRow) -> str:
    return f"last report {shown_date(row.latest_update_on)}" if row.latest_update_on else "never reported"
