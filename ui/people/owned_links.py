"""What somebody owns as lines that lead to it."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtWidgets import QWidget

from csp_desktop.queries.owned import Owned, OwnedKind
from csp_desktop.registers.forms import Register
from ui.board.detail import Below
from ui.board.kinds import place_of
from ui.forms.words import shown_date
from ui.screens.screen import Where
from ui.widgets import RowLink, label

Go = Callable[[str, object], None]
TABLES = {
    OwnedKind.ACTIONS: "action",
    OwnedKind.LOG: "log_entry",
    OwnedKind.CLAUSES: "order_clause",
    OwnedKind.MEASURES: "measure",
    OwnedKind.RISKS: "risk",
    OwnedKind.PATHWAYS: "referral_pathway",
    OwnedKind.STRATEGIES: "strategy",
    OwnedKind.MEETINGS: "meeting",
}
"""The tables of what a place of its own shows; the rest is named without a link."""


def owned_lists(owned: Sequence[Owned], go: Go) -> list[Below]:
    """Return what somebody owns as lists, one for each kind."""
    by_kind = groupby(owned, key=lambda one: one.kind)
    return [(kind.label, [_line(one, go) for one in each]) for kind, each in by_kind]


def owned_words(one: Owned) -> str:
    """Return one thing in words, with the day by which it is next looked at."""
    return f"{one.words} ({shown_date(one.due)})" if one.due else one.words


def _line(one: Owned, go: Go) -> QWidget:
    place = _place(one)
    words = owned_words(one)
    return label(words, wrap=True) if place is None else RowLink(words, partial(go, *place))


def _place(one: Owned) -> tuple[str, object] | None:
    if one.kind is OwnedKind.KEY_DATES:
        return "board", Where(Register.KEY_DATES.value, one.id)
    table = TABLES.get(one.kind)
    return None if table is None else place_of(table, one.id)
