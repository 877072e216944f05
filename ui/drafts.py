"""What was being typed when the program locked: kept in the store, and offered back after the next unlock."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from csp_desktop.drafts import Draft, drop_draft, list_drafts
from csp_desktop.store import Store
from ui.theme import px
from ui.widgets import button, label


class DraftBar(QFrame):
    """One kept form after the other. ``resume`` opens one again; False where another is in its place."""

    def __init__(self, store: Store, resume: Callable[[Draft], bool]) -> None:
        super().__init__()
        self._store = store
        self._resume = resume
        self._draft: Draft | None = None
        self.setProperty("zone", "message")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(8), px(12), px(8))
        row.setSpacing(px(8))
        self.words = label("", wrap=True)
        self.go_on = button("Go on", self._on_go_on)
        self.discard = button("Discard", self._on_discard)
        row.addWidget(self.words, 1)
        row.addWidget(self.go_on)
        row.addWidget(self.discard)
        self.hide()

    def offer(self) -> None:
        """Offer the first draft there is, or nothing."""
        drafts = list_drafts(self._store)
        self._draft = drafts[0] if drafts else None
        self.setVisible(self._draft is not None)
        if self._draft is not None:
            title = f"{self._draft.title[0].lower()}{self._draft.title[1:]}"
            self.words.setText(f"You were about to {title} when the program locked. What you had typed was kept.")

    def _on_go_on(self) -> None:
        draft = self._draft
        if draft is not None and self._resume(draft):
            drop_draft(self._store, draft)
            self.offer()

    def _on_discard(self) -> None:
        if self._draft is not None:
            drop_draft(self._store, self._draft)
            self.offer()
