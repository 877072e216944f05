"""The details of an action in its pane, with what could not be read and where it was carried over from."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from csp_desktop.queries.actions import ActionRow
from csp_desktop.queries.details import RebaselineRow, action_facts, list_rebaselines
from csp_desktop.store import Store
from ui.forms.words import shown_date
from ui.pages.wording import field_words
from ui.tables.actions import days, due_words
from ui.theme import px
from ui.widgets import button, label

NAME_PX = 100


def add_details(column: QVBoxLayout, row: ActionRow, store: Store, go: Callable[[int], None]) -> None:
    """Fill a column with an action's facts; ``go`` shows the action that this one was carried over from."""
    facts = action_facts(store, row.id)
    support = "; ".join((*row.supporting_people, *row.supporting_partners))
    slipped = f" (slipped {days(row.slipped_days)})" if row.slipped_days else ""
    _pair(column, "Theme", row.theme or row.theme_text)
    _pair(column, "Objective", row.objective or "")
    _pair(column, "Lead officer", row.lead_officer or "")
    _pair(column, "Lead partner", row.lead_partner or "")
    _pair(column, "Supporting", support)
    _pair(column, "Start", shown_date(row.start) or facts.start_text)
    _pair(column, "Due", due_words(row) + slipped)
    _pair(column, "Baseline due", shown_date(row.baseline_due))
    for moved in list_rebaselines(store, row.id):
        _pair(column, "", rebaseline_words(moved))
    if row.review_date:
        _pair(column, "Next review", shown_date(row.review_date))
    if row.actual_end:
        _pair(column, "Ended", shown_date(row.actual_end))
    _pair(column, "Complete", "" if row.percent is None else f"{row.percent} %")
    if facts.carried_from_id is not None:
        _add_origin(column, store, facts.carried_from_id, go)
    for heading, text in (
        ("Could not be read", "\n".join(unread_words(name, text) for name, text in facts.unread.items())),
        ("Latest update", row.latest_update or ""),
        ("Next steps", row.next_steps),
        ("Help needed", row.help_needed),
        ("How we will know", row.success_measure),
        ("Description", facts.description),
        ("Resources", facts.resources),
    ):
        if text:
            _paragraph(column, heading, text)


def unread_words(field: str, text: object) -> str:
    """Say what an owner's file held for a field that could not be read: "Forecast due: 31/04/2025"."""
    return f"{field_words(field)}: {text}"


def rebaseline_words(moved: RebaselineRow) -> str:
    """Say how a baseline was moved, when and why."""
    before = shown_date(moved.old_due) or "none"
    after = shown_date(moved.new_due) or "none"
    return f"Re-baselined {shown_date(moved.on)}, {before} \N{RIGHTWARDS ARROW} {after}: {moved.reason}"


def _add_origin(column: QVBoxLayout, store: Store, origin: int, go: Callable[[int], None]) -> None:
    row = QHBoxLayout()
    row.setSpacing(px(8))
    heading = label("Carried over", "muted")
    heading.setFixedWidth(px(NAME_PX))
    row.addWidget(heading)
    row.addWidget(button(f"from {action_facts(store, origin).ref}", partial(go, origin), "link"))
    row.addStretch()
    column.addLayout(row)


def _pair(column: QVBoxLayout, name: str, value: str) -> None:
    row = QHBoxLayout()
    row.setSpacing(px(8))
    heading = label(name, "muted")
    heading.setFixedWidth(px(NAME_PX))
    row.addWidget(heading, alignment=Qt.AlignmentFlag.AlignTop)
    told = label(value or "none", "body" if value else "muted", wrap=True)
    told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row.addWidget(told, 1)
    column.addLayout(row)


def _paragraph(column: QVBoxLayout, heading: str, text: str) -> None:
    column.addSpacing(px(8))
    column.addWidget(label(heading, "muted"))
    told = label(text, wrap=True)
    told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(told)
