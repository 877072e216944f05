"""The foot of a review: in one sentence what bringing in will do, the two ways out, and a word before work is lost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from csp_desktop.imports.import_plan import ImportPlan
from ui.theme import px
from ui.widgets import button, label

CLOSE, SHORT_CLOSE = "Close without bringing in", "Close"
ASKED = "What you have settled in this review is not kept if you close it now."


class ReviewFoot(QFrame):
    """``wanted()`` to bring the file in, ``closing()`` to leave it, ``left()`` to leave it whatever is lost."""

    wanted = Signal()
    closing = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("zone", "foot")
        self._sentence = ""
        self._came_from: QWidget | None = None
        self.words = label("", "strong", wrap=True)
        self.close_button = button(CLOSE, self.closing.emit)
        self.accept_button = button("Bring in", self.wanted.emit, "primary")
        self.accept_button.setToolTip("Ctrl+Enter")
        self.lose_button = button("Close and lose it", self.left.emit)
        self.stay_button = button("Keep looking", self.stay)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(10), px(20), px(10))
        row.setSpacing(px(12))
        row.addWidget(self.words, 1)
        for made in (self.close_button, self.accept_button, self.lose_button, self.stay_button):
            row.addWidget(made)
        self._show()

    @property
    def is_asking(self) -> bool:
        """Say whether the question before closing stands."""
        return not self.stay_button.isHidden()

    def say(self, sentence: str) -> None:
        """Say what bringing in will do, or what is under way."""
        self._sentence = sentence
        if not self.is_asking:
            self.words.setText(sentence)

    def offer(self, plan: ImportPlan, *, is_busy: bool) -> None:
        """Offer to bring the file in where that does anything; conflicts that are left open do not stand in the way.

        An update workbook that says nothing new is offered to be noted: whoever sent it has answered.
        """
        returned = plan.returned
        is_answer = returned is not None and returned.export_id is not None and not plan.changes_anything
        self.accept_button.setText("Note that it came back" if is_answer else "Bring in")
        self.accept_button.setEnabled(not is_busy and (plan.changes_anything or is_answer))

    def shorten(self, *, is_short: bool) -> None:
        """Leave the room to the sentence where the screen is small."""
        if not self.accept_button.isHidden():
            self.close_button.setText(SHORT_CLOSE if is_short else CLOSE)
            self.close_button.setToolTip(CLOSE if is_short else "")

    def ask(self) -> None:
        """Ask before what was settled is lost."""
        self._came_from = self.window().focusWidget()
        self._show(asking=True)
        self.stay_button.setFocus()

    def stay(self) -> None:
        """Go on with the review, where it was left."""
        self._show()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()

    def end(self) -> None:
        """Leave nothing but the way out, once the file is in."""
        self._show()
        self.accept_button.hide()
        self.close_button.setText(SHORT_CLOSE)
        self.close_button.setFocus()

    def _show(self, *, asking: bool = False) -> None:
        self.words.setText(ASKED if asking else self._sentence)
        for made, is_shown in (
            (self.close_button, not asking),
            (self.accept_button, not asking),
            (self.lose_button, asking),
            (self.stay_button, asking),
        ):
            made.setVisible(is_shown)
