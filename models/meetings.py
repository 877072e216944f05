"""Meetings of a group: agenda, attendance, minutes, decisions, the action log, and the documents of a meeting."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Row
from models.terms import AgendaKind, AttendanceKind, LogStatus, MeetingStatus


class Meeting(Row):
    """A meeting of a group. ``dated_text`` is what is known of its date where that is no day ("Sep 2021").

    ``cut_off`` is the day by which reports are due, ``papers_date`` the day on which papers go out.
    """

    __tablename__ = "meeting"

    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    held_on: Mapped[date]
    dated_text: Mapped[str] = mapped_column(default="")
    begins: Mapped[str] = mapped_column(default="")
    venue: Mapped[str] = mapped_column(default="")
    status: Mapped[MeetingStatus] = mapped_column(default=MeetingStatus.PLANNED)
    chair_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    cut_off: Mapped[date | None] = mapped_column(default=None)
    papers_date: Mapped[date | None] = mapped_column(default=None)
    minutes_agreed: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")


class AgendaItem(Row):
    """One item of a meeting's agenda, in its order."""

    __tablename__ = "agenda_item"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    kind: Mapped[AgendaKind] = mapped_column(default=AgendaKind.ITEM)
    title: Mapped[str]
    presenter_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    paper: Mapped[str] = mapped_column(default="")
    decision_asked: Mapped[str] = mapped_column(default="")


class Attendance(Row):
    """How a member or guest stood to a meeting; ``deputy_person_id`` came in their place."""

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    kind: Mapped[AttendanceKind] = mapped_column(default=AttendanceKind.PRESENT)
    deputy_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)


class Minute(Row):
    """A minute, numbered through the municipal year of its group (``municipal_year`` 2025 is 2025/26)."""

    __tablename__ = "minute"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True, default=None)
    municipal_year: Mapped[int]
    number: Mapped[int]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")


class Decision(Row):
    """What a meeting decided, in its wording."""

    __tablename__ = "decision"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    minute_id: Mapped[int | None] = mapped_column(ForeignKey("minute.id"), index=True, default=None)
    wording: Mapped[str]


class LogEntry(Row):
    """An entry of a group's action log. The owner completes it, the group closes it; until then it is carried forward.

    ``action_id`` is the plan's action that it was promoted to.
    """

    __tablename__ = "log_entry"

    ref: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True, default=None)
    minute_id: Mapped[int | None] = mapped_column(ForeignKey("minute.id"), index=True, default=None)
    title: Mapped[str]
    owner_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    due: Mapped[date | None] = mapped_column(default=None)
    due_text: Mapped[str] = mapped_column(default="")
    status: Mapped[LogStatus] = mapped_column(default=LogStatus.OPEN)
    completed_on: Mapped[date | None] = mapped_column(default=None)
    position: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None] = mapped_column(default=None)
    closed_at_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True, default=None)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True, default=None)


class Document(Row):
    """A file that belongs to a meeting, kept in the store under an id of our own; its bytes lie in ``kept_file``."""

    __tablename__ = "document"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    title: Mapped[str]
    file_name: Mapped[str]
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(ForeignKey("kept_file.digest"), index=True)


class KeptFile(Base):
    """The bytes of a document under their SHA-256; they stay while the audit trail can still bring a document back."""

    __tablename__ = "kept_file"

    digest: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, repr=False)
