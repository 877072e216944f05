"""Reports that were issued: the list of them, and the words above the preview while one of them is shown."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csp_desktop.queries.records import IssuedReport
from ui.pages.wording import shown_instant
from ui.theme import px
from ui.widgets import RowLink, button, emptied, label

FIRST = 5  # so many are listed before a person asks for all
NONE_YET = "Nothing has been issued yet. Issuing keeps a report as it is now, to be printed again at any time."


class IssuedList(QWidget):
    """The issued reports, newest first. ``chosen(IssuedReport)`` when one is to be shown."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[IssuedReport] = ()
        self._all = False
        self.links: list[RowLink] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(label("Issued", "section"))
        self.nothing = label(NONE_YET, "muted", wrap=True)
        column.addWidget(self.nothing)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(2))
        column.addLayout(self._lines)
        self.more = button("", self._on_more, "link")
        column.addWidget(self.more)

    def show_rows(self, rows: Sequence[IssuedReport]) -> None:
        """List these."""
        if list(rows) == list(self._rows) and self.links:
            return  # the link that has the focus keeps it
        self._rows = rows
        self._fill()

    def take_focus(self, row: IssuedReport) -> None:
        """Put the focus on a report's line."""
        for link, listed in zip(self.links, self._rows, strict=False):
            if listed.id == row.id:
                link.setFocus()

    def _fill(self) -> None:
        emptied(self._lines)
        shown = self._rows if self._all else self._rows[:FIRST]
        self.links = [self._line(row) for row in shown]
        for before, after in pairwise((self.more, *self.links, self.more)):  # or Tab would come to new ones last
            QWidget.setTabOrder(before, after)
        self.nothing.setVisible(not self._rows)
        self.more.setVisible(len(shown) < len(self._rows))
        self.more.setText(f"Show all {len(self._rows):,}")

    def _line(self, row: IssuedReport) -> RowLink:
        link = RowLink(f"{shown_instant(row.issued_at)} \N{MIDDLE DOT} {row.period}", partial(self.chosen.emit, row))
        told = issued_words(row)
        link.setToolTip(told)
        link.setAccessibleName(told)
        self._lines.addWidget(link)
        link.show()  # at once, or it could not take the focus yet
        return link

    def _on_more(self) -> None:
        self._all = True
        self._fill()
        self.links[FIRST].setFocus()


class IssuedBanner(QFrame):
    """Says that an issued report is shown, not the current one. ``left()`` to go back to that."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("zone", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(12))
        self.words = label("", "strong", wrap=True)
        self.back = button("Back to the current report", self.left.emit)
        self.back.setToolTip("Esc")
        row.addWidget(self.words, 1)
        row.addWidget(self.back)
        self.hide()

    def show_row(self, row: IssuedReport | None) -> None:
        """Speak of this report; None hides the words."""
        if row is not None:
            self.words.setText(f"{issued_words(row)}. These pages no longer change.")
        self.setVisible(row is not None)


def issued_words(row: IssuedReport) -> str:
    """Return which report it was, when it was issued, and by whom."""
    return f"{row.title}, {row.period}, as issued on {shown_instant(row.issued_at)} by {row.who}"
