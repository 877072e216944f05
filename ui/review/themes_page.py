"""Headings of the file that the plan has no theme for: each is added as a theme, or kept as text."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csp_desktop.imports.reviewing import with_theme
from csp_desktop.rules.folding import fold
from ui.forms.controls import TickBox
from ui.review.comparison import Compared
from ui.review.rooms import in_turn
from ui.review.session import Session
from ui.review.words import counted
from ui.theme import px
from ui.widgets import emptied, label, scrolling


class ThemesPage(QWidget):
    """One box for each heading."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.boxes: dict[str, TickBox] = {}
        self._told = label("", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(8))
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(self._told)
        column.addLayout(self._list)
        column.addStretch()
        self._scroll = scrolling(inside, "Themes the plan does not have")
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._scroll)

    def show_comparison(self, compared: Compared) -> None:
        """Show the headings as they stand now."""
        plan = compared.plan
        self._told.setText(
            f"{plan.plan.title} has no theme for these headings. Tick those to add as themes; the actions under the "
            "others go to “No theme” and keep the heading as text."
        )
        if list(self.boxes) != list(plan.proposed_themes):
            self._build(list(plan.proposed_themes.items()))
        for heading, box in self.boxes.items():
            box.setChecked(fold(heading) in plan.decisions.new_themes)

    def _build(self, headings: Sequence[tuple[str, int]]) -> None:
        emptied(self._list)
        self.boxes = {}
        for heading, count in headings:
            box = TickBox(f"Add “{heading}” as a theme")
            box.clicked.connect(lambda wanted, heading=heading: self._on_ticked(heading, wanted))
            self.boxes[heading] = box
            row = QHBoxLayout()
            row.addWidget(box)
            row.addWidget(label(counted(count, "row"), "muted"))
            row.addStretch()
            self._list.addLayout(row)
        in_turn(self._scroll, self.boxes.values())

    def take_focus(self) -> None:
        """Put the keyboard on the first box."""
        for box in self.boxes.values():
            box.setFocus()
            break

    def _on_ticked(self, heading: str, wanted: bool) -> None:
        self._session.decide(with_theme(self._session.decisions, heading, wanted=wanted))
