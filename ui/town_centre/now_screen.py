"""What is on in the town centre: what waits for somebody, each line leading to it, and outputs beside last year's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from csp_desktop.charts.chart import Caption
from csp_desktop.queries.town_centre import TownCentre, read_town_centre, town_centre_plan
from csp_desktop.registers.forms import Register
from csp_desktop.registers.shown import shown_value
from csp_desktop.reports.blocks import cell_text
from csp_desktop.reports.town_centre_figures import SCREEN_PT, YearSoFar, outputs_figure, year_so_far
from csp_desktop.reports.town_centre_tables import years_table
from ui.charts.widget import ChartWidget
from ui.desk import Desk
from ui.entries.forms import adding_entry
from ui.forms.words import shown_date
from ui.reoffending.sections import Card, Grid
from ui.screens.screen import Screen, Where
from ui.theme import px
from ui.town_centre.kinds import FEEDBACK, FOLLOW_UPS, OPERATIONS, ORDERS
from ui.town_centre.led_to import editing_follow_up
from ui.town_centre.operations_screen import follow_up_words, left_words, operation_words
from ui.town_centre.orders_screen import TONES
from ui.town_centre.plan_absent import PlanAbsent
from ui.widgets import RowLink, button, emptied, label, rule, scrolling

MOST = 5
NARROW_PX = 700
NO_OUTPUTS = (
    "The picture appears with the first operation that was held and yielded something counted, such as 12 taxi checks."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: its words, a note with its tone ("error" for what is late), and where it leads."""

    words: str
    note: str
    go: Callable[[], None]
    tone: str = "muted"


@dataclass(frozen=True, slots=True)
class Listed:
    """One list: its heading, what it says when it is empty, its lines, and the screen that shows all of them."""

    heading: str
    empty: str
    lines: Sequence[Line]
    all_on: str


class NowScreen(Screen):
    """The first screen of the page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Town centre")
        self.add_button = self.add_tool("Add an operation", self.add, "primary")
        self.cards: list[Card] = []
        self.absent: PlanAbsent | None = None
        self._wide: Card | None = None
        self._beside: QBoxLayout | None = None
        inside = QWidget()
        inside.setProperty("zone", "inside")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, px(4), px(8), px(4))
        self._grid.setSpacing(px(12))
        self._scroll = scrolling(inside, "What is on in the town centre", sideways=False)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self._scroll, 1)

    def add(self) -> None:
        """Open the form of a new operation."""
        self.form_asked.emit(adding_entry(self.desk.store, Register.OPERATIONS, self.desk.today()))

    @override
    def reread(self) -> None:
        focused: QWidget | None = self.window().focusWidget()
        if focused is None or not self._scroll.isAncestorOf(focused):
            self._read()
            return
        name, at = focused.accessibleName(), self._scroll.verticalScrollBar().value()
        self.setFocus()  # or what is taken away passes the keyboard on, down the page, which scrolls after it
        self._read()
        again = (each for each in self._buttons() if each.accessibleName() == name)
        (next(again, None) or self._first()).setFocus()
        self._scroll.verticalScrollBar().setValue(at)

    def _read(self) -> None:
        emptied(self._grid)
        centre = read_town_centre(self.desk.store, self.desk.today())
        self.absent = PlanAbsent(self) if town_centre_plan(self.desk.store) is None else None
        self.cards = [self._card(one) for one in self._lists(centre)]
        self._wide = self._outputs(centre)
        self._place()
        self.say_counts(left_words(centre.open_follow_ups) if not centre.is_empty else "")

    def _lists(self, centre: TownCentre) -> tuple[Listed, ...]:
        return (
            Listed("Operations", "No operation is planned.", self._operations(centre), OPERATIONS),
            Listed("Follow-ups", "Nothing is left to be done.", self._follow_ups(centre), FOLLOW_UPS),
            Listed("Orders up for renewal", "No clause expires soon.", self._clauses(centre), ORDERS),
            Listed("Feedback not answered", "All feedback has been answered.", self._feedback(centre), FEEDBACK),
        )

    def _operations(self, centre: TownCentre) -> list[Line]:
        return [
            Line(
                row.entry.text("title"),
                operation_words(row),
                partial(self.opened.emit, Where(OPERATIONS, row.id)),
                "warning" if row.is_untold else "muted",
            )
            for row in (*centre.untold, *centre.to_come)
        ]

    def _follow_ups(self, centre: TownCentre) -> list[Line]:
        return [
            Line(
                row.entry.text("title"),
                follow_up_words(row),
                partial(self.edit_follow_up, row.id),
                "error" if row.overdue_days else "muted",
            )
            for row in centre.open_follow_ups
        ]

    def _clauses(self, centre: TownCentre) -> list[Line]:
        return [
            Line(
                row.name,
                row.term.in_words(centre.as_of),
                partial(self.opened.emit, Where(ORDERS, row.id)),
                TONES[row.term.standing(centre.as_of)],
            )
            for row in centre.asking_clauses
        ]

    def _feedback(self, centre: TownCentre) -> list[Line]:
        return [
            Line(
                row.text("said"),
                f"{shown_value(row.values['source'])}, {shown_date(row.day('dated'))}",
                partial(self.opened.emit, Where(FEEDBACK, row.id)),
            )
            for row in centre.unanswered
        ]

    def edit_follow_up(self, follow_up_id: int) -> None:
        """Open the form of a follow-up."""
        self.form_asked.emit(editing_follow_up(self, follow_up_id))

    def _card(self, one: Listed) -> Card:
        card = Card(one.heading)
        if one.lines:
            every = button(f"{len(one.lines):,}", partial(self.opened.emit, Where(one.all_on)), "link")
            every.setAccessibleName(f"{one.heading}: show all {len(one.lines)}")
            card.top.addWidget(every)
        card.column.addWidget(rule())
        if not one.lines:
            card.column.addWidget(label(one.empty, "muted", wrap=True))
        for line in one.lines[:MOST]:
            card.column.addLayout(_row(line))
        if len(one.lines) > MOST:
            more = button(f"{len(one.lines) - MOST:,} more", partial(self.opened.emit, Where(one.all_on)), "link")
            card.column.addWidget(more, alignment=Qt.AlignmentFlag.AlignLeft)
        card.column.addStretch()
        return card

    def _outputs(self, centre: TownCentre) -> Card:
        card, self._beside = Card("Outputs this financial year and the last"), None
        figure = outputs_figure(centre, centre.as_of, SCREEN_PT)
        if figure is None:
            card.say(NO_OUTPUTS)
            return card
        year = year_so_far(centre, centre.as_of)
        card.say(f"{figure.title}.")
        self._beside = beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        beside.setSpacing(px(24))
        chart = ChartWidget(figure.scene, figure.title, figure.alt)
        chart.captioned(Caption(figure.title, figure.subtitle, figure.source))
        beside.addWidget(chart, 3)
        beside.addWidget(_years(year), 2, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(beside)
        return card

    def _place(self) -> None:
        """Lay the lists out two abreast, or one below the other where there is little room."""
        across = 1 if self.width() < px(NARROW_PX) else 2
        first = 0
        if self.absent is not None:
            self._grid.addWidget(self.absent, 0, 0, 1, across)
            first = 1
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, first + at // across, at % across)
        last = first + len(self.cards)
        if self._wide is not None:
            self._grid.addWidget(self._wide, last, 0, 1, across)
        if self._beside is not None:
            direction = QBoxLayout.Direction
            self._beside.setDirection(direction.TopToBottom if across == 1 else direction.LeftToRight)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, across - 1)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(last + 1, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def take_focus(self) -> None:
        self._first().setFocus()

    def _buttons(self) -> Iterator[QPushButton]:
        return (found for card in self.cards for found in card.findChildren(QPushButton))

    def _first(self) -> QPushButton:
        return next(self._buttons(), self.add_button)


def _row(line: Line) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(10))
    go = RowLink(line.words, line.go)
    go.setAccessibleName(f"{' '.join(line.words.split())}, {line.note}")
    row.addWidget(go, 1)
    row.addWidget(label(line.note, line.tone))
    return row


def _years(year: YearSoFar) -> Grid:
    table = years_table(year)
    grid = Grid(tuple(column.title.replace(" to ", "\nto ") for column in table.columns))
    grid.show_rows([[cell_text(cell) for cell in row] for row in table.rows])
    return grid
