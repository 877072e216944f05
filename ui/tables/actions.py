"""The columns of a plan's actions: what people compare, overdue and not updated said in words."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Protocol

from csp_desktop.charts.rag import RagMark
from csp_desktop.queries.actions import ActionRow
from models.vocabulary import LifecycleStatus
from ui.forms.words import shown_date
from ui.tables.columns import Column, Kind
from ui.tables.rag import RagCell, mark_of

SOON = timedelta(days=30)


def columns(marks: Sequence[RagMark]) -> tuple[Column[ActionRow], ...]:
    """Return the columns, with the marks of the plan's own scheme."""
    return (
        Column(
            key="ref",
            heading="Ref",
            kind=Kind.REF,
            width=9,
            text=lambda row: row.ref,
            note=lambda row: row.source_ref or "",
            sort_key=lambda row: row.id,
        ),
        Column(key="title", heading="Action", kind=Kind.LONG_TEXT, width=0, text=lambda row: row.title),
        Column(key="lead", heading="Lead", width=12, spare=3, text=lead_words, note=partner_words),
        Column(
            key="due",
            heading="Due",
            kind=Kind.DATE,
            width=13,
            spare=2,
            text=due_words,
            note=lateness_words,
            note_tone=lateness_tone,
            sort_key=lambda row: row.due.toordinal() if row.due else None,
        ),
        Column(
            key="rag",
            heading="RAG",
            kind=Kind.RAG,
            width=13,
            spare=1,
            text=lambda row: row.rag or "",
            rag=partial(rag_cell, marks=tuple(marks)),
            tooltip=lambda row: f"Suggested {row.suggested_rag}. {row.suggested_reason}" if differs(row) else "",
            sort_key=partial(_urgency, marks=tuple(marks)),
        ),
        Column(key="status", heading="Status", width=13, spare=4, text=lambda row: row.status.label),
        Column(
            key="updated",
            heading="Last update",
            kind=Kind.DATE,
            width=14,
            spare=4,
            text=lambda row: shown_date(row.latest_update_on),
            note=lambda row: "update needed" if row.stale else "",
            note_tone=lambda row: "warning" if row.stale else "",
            sort_key=lambda row: row.latest_update_on.toordinal() if row.latest_update_on else None,
        ),
    )


def lead_words(row: ActionRow) -> str:
    """Return who leads: the officer, else the partner."""
    return row.lead or ""


def partner_words(row: ActionRow) -> str:
    """Return the leading partner below the officer."""
    return (row.lead_partner or "") if row.lead_officer else ""


def due_words(row: ActionRow) -> str:
    """Return the due date, or why there is none, or the owner's own words."""
    if row.due:
        return shown_date(row.due)
    return row.due_kind.label if row.due_kind else row.due_text


def lateness_words(row: ActionRow) -> str:
    """Say how late an action is, or by how much its date has slipped."""
    if row.overdue_days:
        return f"{days(row.overdue_days)} late"
    return f"slipped {days(row.slipped_days)}" if row.slipped_days else ""


def lateness_tone(row: ActionRow) -> str:
    """Return the tone of those words, empty for the usual one of a note."""
    return "error" if row.overdue_days else ""


class Due(Protocol):
    """What falls due: an action, whole or at a glance."""

    @property
    def status(self) -> LifecycleStatus:
        """Where it is in its life."""

    @property
    def due(self) -> date | None:
        """The day it is due by what is known."""


def is_due_soon(row: Due, today: date) -> bool:
    """Say whether an open action falls due within thirty days."""
    return row.status.is_open and row.due is not None and today <= row.due <= today + SOON


def asks_for_help(row: ActionRow) -> bool:
    """Say whether an open action's latest update asks the board for help: it waits for a decision."""
    return row.status.is_open and bool(row.help_needed)


def days(count: int) -> str:
    """Return a number of days in words."""
    return "1 day" if count == 1 else f"{count:,} days"


def differs(row: ActionRow) -> bool:
    """Say whether the suggested RAG differs from the owner's."""
    return row.suggested_rag is not None and row.suggested_rag != row.rag


def rag_cell(row: ActionRow, marks: tuple[RagMark, ...]) -> RagCell:
    """Return the owner's mark, and the suggested one where it differs."""
    suggested = mark_of(row.suggested_rag, marks) if differs(row) else None
    return RagCell(mark_of(row.rag, marks), suggested, row.suggested_reason if suggested else "")


def _urgency(row: ActionRow, marks: tuple[RagMark, ...]) -> int | None:
    return next((at for at, mark in enumerate(marks) if mark.letter == row.rag), None)
