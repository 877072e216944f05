"""The columns of the action log, the same on its own screen and among a meeting's matters arising."""

from collections.abc import Sequence
from datetime import date

from csp_desktop.queries.action_log import LogLine
from csp_desktop.rules.periods import shown_day
from models.terms import LogStatus
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted
from ui.tables.columns import Column, Kind

STATUS_WORDS = {
    LogStatus.OPEN: "Open",
    LogStatus.COMPLETED: "Completed",
    LogStatus.CLOSED: "Closed",
    LogStatus.WITHDRAWN: "Withdrawn",
}


def raised_words(line: LogLine) -> str:
    """Return where an entry was raised: "22 Mar 2023, minute 38"."""
    day = shown_day(line.raised_on) if line.raised_on else ""
    return ", ".join(part for part in (day, f"minute {line.minute}" if line.minute else "") if part)


def status_note(line: LogLine) -> str:
    """Return since when an entry stands as it does, or what is next."""
    if line.status is LogStatus.COMPLETED:
        return "to be closed"
    if line.is_ended:
        return f"on {shown_date(line.closed_on)}" if line.closed_on else ""
    return "its plan action is complete" if line.suggests_completion else ""


def log_columns(today: date, *, with_group: bool = True) -> Sequence[Column[LogLine]]:
    """Return the columns; how late an entry is, is counted to ``today``. A meeting's own need no group."""

    def late(line: LogLine) -> str:
        days = line.days_late(today)
        return f"{counted(days, 'day')} late" if days else ""

    columns: tuple[Column[LogLine], ...] = (
        Column(
            key="ref", heading="Ref", kind=Kind.REF, width=10, text=lambda line: line.ref, sort_key=lambda line: line.id
        ),
        Column(
            key="title",
            heading="Action",
            width=0,
            text=lambda line: line.title,
            note=lambda line: line.action_ref or "",
        ),
        Column(
            key="owner", heading="Owner", width=18, spare=1, text=lambda line: line.owner.name if line.owner else ""
        ),
        Column(
            key="due",
            heading="Due",
            kind=Kind.DATE,
            width=14,
            text=lambda line: shown_date(line.due) or line.due_text,
            note=late,
            note_tone=lambda line: "error" if line.days_late(today) else "",
            sort_key=lambda line: line.due.toordinal() if line.due else None,
        ),
        Column(
            key="status",
            heading="Status",
            width=20,
            spare=1,
            text=lambda line: STATUS_WORDS[line.status],
            note=status_note,
            note_tone=lambda line: "warning" if line.status is LogStatus.COMPLETED else "",
        ),
        Column(key="raised", heading="Raised", width=18, spare=2, text=raised_words),
    )
    group: Column[LogLine] = Column(key="group", heading="Group", width=24, spare=3, text=lambda line: line.group)
    return (*columns, group) if with_group else columns
