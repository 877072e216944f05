"""One cohort: its headline figures, how soon, how often and how seriously, by group, and what is not known yet."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.charts.chart import Caption
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.survival_curve import survival_curve
from csp_desktop.charts.survival_numbers import GroupCurve
from csp_desktop.commands.consulting import note_consulted
from csp_desktop.errors import CspError
from csp_desktop.queries.cohort_figures import CohortFigures
from csp_desktop.queries.cohorts import list_cohorts
from models.offending import Severity
from ui.charts.widget import ChartWidget
from ui.desk import Desk
from ui.forms.controls import ChoiceBox
from ui.forms.editors import DateEditor
from ui.forms.past_days import ahead
from ui.forms.words import shown_date
from ui.reoffending.breakdown_card import BreakdownCard
from ui.reoffending.cohort_form import cohort_form
from ui.reoffending.counting import Beyond, Counting
from ui.reoffending.explained import ExplainedPane
from ui.reoffending.explanations import INDEX_WORDS, Explanation, Figure, explain, headline_notes
from ui.reoffending.figure_words import counted
from ui.reoffending.hatched import HatchedBand
from ui.reoffending.kinds import Kind
from ui.reoffending.people_screen import Listed
from ui.reoffending.sections import (
    ABSTINENCE_HEADINGS,
    SEVERITY_HEADINGS,
    Card,
    DefinitionCard,
    Grid,
    abstinence_rows,
    frequency_words,
    pending_words,
    provisional_words,
    quality_rows,
    severity_rows,
    since_words,
)
from ui.reoffending.tiles import HOW, Tiles
from ui.screens.screen import Screen, Where
from ui.theme import px
from ui.widgets import button, label, scrolling

HEADLINES = (Figure.RATE, Figure.PER_REOFFENDER, Figure.PER_PERSON, Figure.HARM, Figure.MEDIAN, Figure.LATER)
CURVE_PT = 495.0
WIDEST_CURVE_PX = 620
LEFT_OUT = "What is left out of the counting and what is doubtful in it, with the reason."
SOON = "With what is known of people not yet measurable, so that its end may differ from the rate."
BESIDE_PX = 1000


class CohortScreen(Screen):
    """The figures of one cohort on a data date. The last ones stay in place while newer are counted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Cohort", sensitive=True)
        self.cohort_id = 0
        self.data_date: date | None = None
        self.figures: CohortFigures | None = None
        self.counting = Counting(desk, self)
        self.counting.counted.connect(self._show)
        self.counting.followed.connect(self._show_beyond)
        self.counting.busy.connect(self._on_busy)
        self._add_tools(desk)
        self.about, self._busy = label("", "muted", wrap=True), label("", "muted")
        about = QHBoxLayout()
        about.addWidget(self.about, 1)
        about.addWidget(self._busy)
        self.column.addLayout(about)
        self._room = scrolling(self._inside(desk), "The cohort's figures")
        self.column.addWidget(self._room, 1)

    def _on_busy(self, busy: bool) -> None:
        self._busy.setText("counting \N{HORIZONTAL ELLIPSIS}" if busy else "")

    def _add_tools(self, desk: Desk) -> None:
        self.add_beside(label("Data date", "muted"))
        self.date = DateEditor(desk.today())
        self.date.setFixedWidth(px(120))
        self.date.control.setAccessibleName("Data date")
        self.date.setToolTip("Figures as known on this day. Clear it to go by the cohort's own data date, or today.")
        self.date.line.editingFinished.connect(self._on_date)
        self.add_beside(self.date)
        self.add_tool("Edit", self.edit)
        self.add_tool("People", self._on_members)
        self.add_tool("Bring in", self.register_asked.emit)
        self.add_tool("Print", self.print_page).setToolTip("Ctrl+P")

    def _inside(self, desk: Desk) -> QWidget:
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), px(12))
        column.setSpacing(px(10))
        self.severity = ChoiceBox()
        self.severity.setAccessibleName("Index of severity")
        self.severity.addItems([INDEX_WORDS[each] for each in Severity])
        self.severity.setToolTip("\n".join(each.label for each in Severity))
        self.severity.activated.connect(lambda _at: self._show_again())
        self.tiles = Tiles(HEADLINES, self.ask, {Figure.HARM: self.severity})
        column.addWidget(self.tiles)
        column.addLayout(self._middle_row(desk))
        column.addWidget(self._weighed())
        column.addWidget(self._abstained())
        column.addWidget(self._apart())
        column.addWidget(self._waiting())
        column.addWidget(self._doubtful())
        self.definition = DefinitionCard()
        self.edit_button = button("Edit the definition", self.edit, "link")
        self.definition.top.addWidget(self.edit_button)
        column.addWidget(self.definition)
        column.addStretch()
        return inside

    def _middle_row(self, desk: Desk) -> QBoxLayout:
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(px(10))
        self.curve = Card("How soon people reoffend", SOON)
        self.chart: ChartWidget | None = None
        self.breakdown = BreakdownCard(desk)
        self.breakdown.people_asked.connect(self._on_band)
        self.breakdown.told.connect(self.told)
        self._middle.addWidget(self.curve, 5, alignment=Qt.AlignmentFlag.AlignTop)
        self._middle.addWidget(self.breakdown, 6, alignment=Qt.AlignmentFlag.AlignTop)
        return self._middle

    def _weighed(self) -> QWidget:
        self.weighed = Card("How often and how seriously")
        self._severities = Grid(SEVERITY_HEADINGS)
        self.weighed.column.addWidget(self._severities)
        return self.weighed

    def _abstained(self) -> QWidget:
        self.abstinence = Card("Who has stayed out of trouble")
        self._abstinence = Grid(ABSTINENCE_HEADINGS)
        self.abstinence.column.addWidget(self._abstinence)
        return self.abstinence

    def _apart(self) -> QWidget:
        self.provisional = HatchedBand("Provisional: not yet measurable")
        self.provisional.column.addWidget(label("Provisional: known so far of people not yet measurable", "section"))
        self._provisional = label("", wrap=True)
        self.provisional.column.addWidget(self._provisional)
        self.provisional.column.addLayout(self._links((HOW, Figure.PROVISIONAL)))
        return self.provisional

    def _waiting(self) -> QWidget:
        self.pending = Card("What if all that is pending were proven")
        self._pending = label("", wrap=True)
        self.pending.column.addWidget(self._pending)
        self.pending.column.addLayout(self._links((HOW, Figure.PENDING)))
        return self.pending

    def _links(self, *wanted: tuple[str, Figure]) -> QHBoxLayout:
        row = QHBoxLayout()
        for words, figure in wanted:
            link = button(words, partial(self.ask, figure), "link")
            link.setAccessibleName(f"{words}: {figure.value}")
            row.addWidget(link)
        row.addStretch(1)
        return row

    def _doubtful(self) -> QWidget:
        self.quality = Card("Data quality", LEFT_OUT)
        self._doubts = Grid(("Reason", "How many"))
        self.quality.column.addWidget(self._doubts)
        return self.quality

    @override
    def show_where(self, where: Where) -> None:
        if where.id != self.cohort_id:
            self.cohort_id, self.data_date, self.figures, self.was_at = where.id, None, None, None
            self.date.set_value(None)
            self._room.verticalScrollBar().setValue(0)
            self.pane_wanted.emit(None)

    @override
    def written(self) -> bool:
        self.counting.written()
        return True

    @override
    def reread(self) -> None:
        row = next((row for row in list_cohorts(self.desk.store) if row.id == self.cohort_id), None)
        if row is None:
            self.left.emit()  # an undo took it out
            return
        self.say_title(row.name)
        self.say_counts(f"{counted(row.index_events, 'index event')} of {row.people:,} people")
        first, last = shown_date(row.first_day), shown_date(row.last_day)
        period = f"index dates from {first} to {last}" if first else "no index dates yet"
        self.about.setText(f"{row.definition.kind.label}; {period}.")
        self.counting.want(self.cohort_id, self.data_date)

    def _on_date(self) -> None:
        shown = self.figures.followed.data_date if self.figures else None
        wanted: date | None = None
        try:
            wanted = self.date.value()
            refused = ahead(wanted, self.desk.today())
        except ValueError as unreadable:
            refused = str(unreadable)
        if refused:
            self.date.set_value(shown)
            raise CspError(refused)
        if wanted in {self.data_date, shown}:
            self.date.set_value(shown)
            return
        self.data_date = wanted
        self.counting.want(self.cohort_id, wanted)

    def _show_again(self) -> None:
        if self.figures is not None:
            self._show(self.figures)

    def index(self) -> Severity:
        """Return the index that harm is weighed by."""
        return tuple(Severity)[self.severity.currentIndex()]

    def _show(self, figures: CohortFigures) -> None:
        if figures.basis.id != self.cohort_id:
            return
        self.figures = figures
        if not self.date.line.hasFocus():
            self.date.set_value(figures.followed.data_date)
        notes = headline_notes(figures, self.index())
        for figure, tile in self.tiles.tiles.items():
            tile.say(explain(figure, figures, self.index()).value, notes[figure])
        self._show_curve(figures)
        self.breakdown.show_figures(figures)
        self.weighed.say(frequency_words(figures))
        self._severities.show_rows(severity_rows(figures))
        self.provisional.setVisible(bool(figures.outcomes.not_yet_measurable))
        self._provisional.setText(provisional_words(figures))
        self._pending.setText(pending_words(figures))
        self.definition.show_figures(figures)
        if self.pane is not None:
            self.ask(Figure(self.pane.explanation.title), take_keyboard=self.pane.show_people.hasFocus())

    def _show_beyond(self, found: Beyond) -> None:
        if self.figures is None:
            return
        quality = found.quality
        self._abstinence.show_rows(abstinence_rows(found.abstinence))
        self.abstinence.say(since_words(found.since_last, self.figures.basis.definition.waiting_months))
        self._doubts.show_rows(quality_rows(quality))
        self._doubts.setVisible(bool(quality))
        self.quality.say(LEFT_OUT if quality else "Nothing is left out or doubtful.")

    def _show_curve(self, figures: CohortFigures) -> None:
        months = figures.basis.definition.follow_up_months
        drawn = survival_curve(
            (GroupCurve(figures.basis.name, figures.outcomes.curve),), text_width, CURVE_PT, months=months
        )
        title = "How soon people reoffend"
        if self.chart is None:
            self.chart = ChartWidget(drawn.scene, title, drawn.alt)
            self.chart.setMaximumWidth(px(WIDEST_CURVE_PX))
            self.curve.column.addWidget(self.chart)
            self.curve.column.addStretch(1)
        else:
            self.chart.show_scene(drawn.scene, title, drawn.alt)
        data_date = shown_date(figures.followed.data_date)
        self.chart.captioned(Caption(title, f"{figures.basis.name}, {data_date}", figures.basis.definition.in_words))

    def ask(self, figure: Figure, *, take_keyboard: bool = True) -> None:
        """Explain a figure in the pane."""
        if self.figures is None:
            return
        self.keep_focus()
        before = self.pane
        pane = ExplainedPane(explain(figure, self.figures, self.index()), self.figures)
        pane.people_asked.connect(self._on_people)
        pane.closed.connect(self._on_pane_closed)
        self.pane = pane
        self.pane_wanted.emit(pane)
        if before is not None:
            before.deleteLater()
        if take_keyboard:
            pane.show_people.setFocus()

    pane: ExplainedPane | None = None

    def _on_pane_closed(self) -> None:
        self.pane_gone()
        self.pane_wanted.emit(None)
        self.take_focus()

    @override
    def pane_gone(self) -> None:
        pane, self.pane = self.pane, None
        if pane is not None:
            pane.deleteLater()

    def _on_people(self, explanation: Explanation) -> None:
        self._list(explanation.title, explanation.whose, explanation.holds)

    def _on_band(self, words: str, way: str, holds: Callable[..., bool]) -> None:
        self._list(f"{way}: {words}", f"{way.lower()}: {words}", holds)

    def _list(self, title: str, whose: str, holds: Callable[..., bool]) -> None:
        """List people, and note that somebody looked."""
        if self.figures is None:
            return
        self.keep_focus()
        people = tuple(one for one in self.figures.followed.people if holds(one))
        name = self.figures.basis.name
        note_consulted(self.desk.store, f"Listed the people behind “{title}” of the cohort {name}")
        self.opened.emit(Where(Kind.PEOPLE, self.cohort_id, Listed(whose, name, people, holds, self.data_date)))

    def _on_members(self) -> None:
        self._list("Everyone", "everyone who is followed", lambda _one: True)

    def edit(self) -> None:
        """Open the form of the definition."""
        self.keep_focus()
        self.form_asked.emit(cohort_form(self, self.cohort_id))

    @override
    def print_page(self) -> None:
        """Lead to this cohort's report as of the data date that is shown."""
        self.report_asked.emit(self.title, self.data_date)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.edit()
        else:
            super().keyPressEvent(event)

    @override
    def step_back(self) -> bool:
        if self.pane is not None:
            self._on_pane_closed()
            return True
        return super().step_back()

    @override
    def take_focus(self) -> None:
        self.focus_again(self.tiles.tiles[Figure.RATE].how)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._middle.setDirection(across if self.width() >= px(BESIDE_PX) else down)
