"""The detail pane of an owner: what to ask them and why, the workbooks they were sent, the words of an e-mail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.exports.several import number_of
from csp_desktop.queries.chasing import OwnerRow, WorkbookRow
from csp_desktop.rules.chasing import ActionToUpdate
from ui.flow import Flow
from ui.forms.words import shown_date
from ui.review.words import counted
from ui.tables.owners import OwnerLine
from ui.tables.workbooks import MARK_PX, Look, Mark, SentLine, draw_mark, tone_colour
from ui.theme import px
from ui.widgets import RowLink, button, emptied, label, rule, scrolling

MOST = 30
NOTHING_TO_ASK = "No action of theirs is overdue, due soon or without an update for too long."


@dataclass(frozen=True, slots=True)
class OwnerShown:
    """An owner as the pane shows them: the workbooks they were sent, and the words of an e-mail for today."""

    line: OwnerLine
    workbooks: tuple[WorkbookRow, ...]
    email_text: str
    today: date


class MarkShown(QWidget):
    """A mark on its own, outside a table."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(MARK_PX) + 1, px(MARK_PX) + 4)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_mark(painter, 0, self.height() / 2, self._look.mark, tone_colour(self._look.tone))
        painter.end()


class WorkbookPane(QWidget):
    """Shows an owner, or one workbook that was sent.

    ``action_asked(id)`` follows an action to the plan, ``make_asked()`` and ``copy_asked()`` are for the chosen owner.
    """

    action_asked = Signal(int)
    make_asked = Signal()
    copy_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        inside.setProperty("zone", "inside")
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(px(20), px(14), px(16), px(16))
        self._body.setSpacing(px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolling(inside, "Details of the workbook", sideways=False), 1)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        self.foot = QFrame()
        self.foot.setProperty("zone", "foot")
        row = Flow(px(8), self.foot)
        row.setContentsMargins(px(20), px(10), px(16), px(10))
        self.make_button = button("Make workbook", self.make_asked.emit)
        self.copy_button = button("Copy e-mail text", self.copy_asked.emit)
        self.copy_button.setToolTip("Ctrl+E")
        row.addWidget(self.make_button)
        row.addWidget(self.copy_button)
        return self.foot

    def show_owner(self, shown: OwnerShown) -> None:
        """Show an owner."""
        owner = shown.line.owner
        emptied(self._body)
        self.foot.show()
        self.make_button.setEnabled(not owner.is_erased)
        self._body.addWidget(label(shown.line.name, "section", wrap=True))
        self._body.addWidget(
            _selectable(owner.email or "No e-mail address is kept", "body" if owner.email else "muted")
        )
        self._body.addLayout(standing_line(shown.line.look, standing_words(owner, shown.today)))
        self._heading("Needs an update" if owner.needed else "Nothing to ask")
        self._add_needed(owner.needed)
        self._heading("Workbooks sent")
        self._add_workbooks(shown.workbooks, shown.today)
        self._heading("Words of an e-mail")
        text = _selectable(shown.email_text)
        text.setAccessibleName("Words of an e-mail")
        self._body.addWidget(text)
        self._body.addStretch()

    def _add_needed(self, needed: Sequence[ActionToUpdate]) -> None:
        if not needed:
            self._body.addWidget(label(NOTHING_TO_ASK, "muted", wrap=True))
        for action in needed[:MOST]:
            words = f"{action.ref}  {action.title}"
            self._body.addWidget(RowLink(words, partial(self.action_asked.emit, action.action_id)))
            self._body.addWidget(label(action.why, "muted", wrap=True))
            self._body.addSpacing(px(2))
        if len(needed) > MOST:
            self._body.addWidget(
                label(f"and {len(needed) - MOST:,} more; the Plan page has them all", "muted", wrap=True)
            )

    def _add_workbooks(self, rows: Iterable[WorkbookRow], today: date) -> None:
        rows = list(rows)
        if not rows:
            self._body.addWidget(label("None yet.", "muted"))
        for row in rows[:MOST]:
            line = SentLine(row, today)
            self._body.addWidget(label(f"{number_of(row.key)}, {row.period}", wrap=True))
            self._body.addWidget(label(f"{sent_words(row)} {line.look.words}.", "muted", wrap=True))
            self._body.addSpacing(px(2))

    def show_sent(self, line: SentLine) -> None:
        """Show one workbook that was sent."""
        row = line.row
        emptied(self._body)
        self.foot.hide()
        self._body.addWidget(label(number_of(row.key), "muted"))
        self._body.addWidget(label(row.holds, "section", wrap=True))
        self._body.addWidget(label(row.plan, "muted", wrap=True))
        self._body.addLayout(standing_line(line.look, line.look.words))
        self._body.addSpacing(px(6))
        self._body.addWidget(rule())
        for name, words in sent_facts(line):
            self._pair(name, words)
        self._body.addStretch()

    def _heading(self, words: str) -> None:
        self._body.addSpacing(px(8))
        self._body.addWidget(rule())
        self._body.addSpacing(px(2))
        self._body.addWidget(label(words, "strong"))

    def _pair(self, name: str, words: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        heading = label(name, "muted")
        heading.setFixedWidth(px(100))
        row.addWidget(heading, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(_selectable(words), 1)
        self._body.addLayout(row)

    def focus_first(self) -> None:
        """Put the keyboard on the first thing to do."""
        if not self.foot.isHidden():
            (self.make_button if self.make_button.isEnabled() else self.copy_button).setFocus()


def _selectable(words: str, kind: str = "body") -> QLabel:
    made = label(words, kind, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def standing_line(look: Look, words: str) -> QHBoxLayout:
    """Return a mark with its words beside it."""
    row = QHBoxLayout()
    row.setSpacing(px(6))
    row.addWidget(MarkShown(look), alignment=Qt.AlignmentFlag.AlignTop)
    tone = look.tone if look.mark is not Mark.OTHER else "muted"
    row.addWidget(label(words, tone or "body", wrap=True), 1)
    return row


def standing_words(owner: OwnerRow, today: date) -> str:
    """Say how it stands with an owner's latest workbook, with the days that matter."""
    workbook, words = owner.workbook, owner.standing.label
    if workbook is None:
        return words
    if workbook.returned_on is None:
        late = workbook.days_late(today)
        return (
            f"{words}: {counted(late, 'day')} late"
            if late
            else f"{words}, wanted back {shown_date(workbook.wanted_back)}"
        )
    asks = f": {counted(workbook.questions, 'question')}" if workbook.questions else ""
    return f"{words}{asks}, {shown_date(workbook.returned_on)}"


def sent_words(row: WorkbookRow) -> str:
    """Say when a workbook went out, when it was wanted back, and when it came back."""
    back = f" Came back {shown_date(row.returned_on)}." if row.returned_on else ""
    return f"Sent {shown_date(row.exported_on)}, wanted back {shown_date(row.wanted_back)}.{back}"


def sent_facts(line: SentLine) -> list[tuple[str, str]]:
    """Return what is known of a workbook that was sent, each with its name."""
    row = line.row
    late = row.days_late(line.today) if row.newer_on is None else 0
    facts = [
        ("Period", row.period),
        ("Sent", f"{shown_date(row.exported_on)}, by {row.who}"),
        ("Wanted back", shown_date(row.wanted_back) + (f", {counted(late, 'day')} late" if late else "")),
        ("Came back", shown_date(row.returned_on) or "not yet"),
    ]
    if row.returned_on is not None:
        facts.append(("Changed", counted(row.changed, "row")))
        facts.append(("Questions", f"{row.questions:,} still open" if row.questions else "none"))
    if row.returns > 1:
        facts.append(("Returns", f"{row.returns:,}, the latest counts"))
    if row.newer_on is not None:
        facts.append(("Newer one", f"sent {shown_date(row.newer_on)}"))
    return facts
