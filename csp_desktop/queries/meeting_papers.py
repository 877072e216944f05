"""What belongs to one meeting: its agenda, who was there, its minutes and decisions, and the files kept with it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from csp_desktop.errors import CspError
from csp_desktop.queries.meetings import MeetingRow
from csp_desktop.queries.parties import Parties, Party
from csp_desktop.store import Store
from models.meetings import AgendaItem, Attendance, Decision, Document, Meeting, Minute
from models.people import Deputy, Membership
from models.terms import AgendaKind, AttendanceKind


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item of an agenda, in its order."""

    id: int
    version: int
    position: int
    kind: AgendaKind
    title: str
    presenter: Party | None
    paper: str
    decision_asked: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Whom a line of the roll is about: a person, an organisation, or a person for an organisation."""

    person_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class RollLine:
    """How a member or guest stands to a meeting. ``kind`` is None, with ``row_id``, until somebody said.

    ``deputies`` are those who may come in a member's place on that day, ``deputy`` the one who came.
    """

    seat: Seat
    party: Party
    role: str
    is_member: bool
    deputies: tuple[Party, ...] = ()
    kind: AttendanceKind | None = None
    deputy: Party | None = None
    row_id: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What a meeting decided, and the minute that says so."""

    id: int
    version: int
    wording: str
    minute_id: int | None


@dataclass(frozen=True, slots=True)
class MinuteLine:
    """A minute with what was decided in it."""

    id: int
    version: int
    municipal_year: int
    number: int
    title: str
    text: str
    agenda_item_id: int | None
    decisions: tuple[DecisionLine, ...]

    @property
    def label(self) -> str:
        """Return it as it is cited through the municipal year: "Minute 38"."""
        return f"Minute {self.number}"


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A file that is kept with a meeting; ``size`` in bytes."""

    id: int
    version: int
    title: str
    file_name: str
    size: int


def agenda_of(store: Store, meeting_id: int) -> list[AgendaLine]:
    """Return a meeting's agenda in its order."""
    query = (
        select(
            AgendaItem.id, AgendaItem.version, AgendaItem.position, AgendaItem.kind, AgendaItem.title,
            AgendaItem.presenter_person_id, AgendaItem.paper, AgendaItem.decision_asked,
        )
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position, AgendaItem.id)
    )  # fmt: skip
    with store.read() as connection:
        parties = Parties(connection)
        rows = [dict(row) for row in connection.execute(query).mappings()]
    return [AgendaLine(presenter=parties.find(row.pop("presenter_person_id")), **row) for row in rows]


def chair_of(store: Store, meeting: MeetingRow) -> Party | None:
    """Return who chairs a meeting, None where nobody is named."""
    with store.read() as connection:
        return Parties(connection).find(meeting.chair_id)


def roll_of(store: Store, meeting_id: int) -> list[RollLine]:
    """Return who sat in the group on the meeting's day, each with how they stood to it; then its guests."""
    with store.read() as connection:
        return roll_in(connection, meeting_id)


def roll_in(connection: Connection, meeting_id: int) -> list[RollLine]:
    """Return the roll of a meeting, on an open connection. Raises CspError where the meeting is gone."""
    meeting = connection.execute(select(Meeting.group_id, Meeting.held_on).where(Meeting.id == meeting_id)).first()
    if meeting is None:
        raise CspError("This meeting is no longer in the store: it was withdrawn, or taken out by an undo.")
    parties = Parties(connection)
    columns = (
        Attendance.id, Attendance.version, Attendance.person_id, Attendance.organisation_id, Attendance.kind,
        Attendance.deputy_person_id,
    )  # fmt: skip
    said = list(connection.execute(select(*columns).where(Attendance.meeting_id == meeting_id).order_by(Attendance.id)))
    deputies = _deputies(connection, meeting.held_on)
    lines: list[RollLine] = []
    members = select(Membership.person_id, Membership.organisation_id, Membership.role).where(
        Membership.group_id == meeting.group_id, *_holds_on(Membership, meeting.held_on)
    )
    seats = list(connection.execute(members.order_by(Membership.id)))
    named = {person_id for person_id, _organisation_id, _role in seats if person_id is not None}
    for person_id, organisation_id, role in seats:
        seat, party = Seat(person_id, organisation_id), parties.find(person_id, organisation_id)
        if party is None or any(line.seat == seat for line in lines):
            continue
        may_come = tuple(filter(None, (parties.find(each) for each in deputies.get(person_id or 0, ()))))
        row = next((row for row in said if _is_of(seat, row.person_id, row.organisation_id, named)), None)
        if row is None:
            lines.append(RollLine(seat, party, role, is_member=True, deputies=may_come))
            continue
        said.remove(row)
        who = parties.find(row.person_id, row.organisation_id) or party
        came = parties.find(row.deputy_person_id)
        lines.append(RollLine(seat, who, role, True, may_come, row.kind, came, row.id, row.version))
    for row in said:
        guest = parties.find(row.person_id, row.organisation_id) or Party()
        came = parties.find(row.deputy_person_id)
        seat = Seat(row.person_id, row.organisation_id)
        lines.append(RollLine(seat, guest, "", False, (), row.kind, came, row.id, row.version))
    return lines


def minutes_of(store: Store, meeting_id: int) -> list[MinuteLine]:
    """Return a meeting's minutes by number, each with its decisions."""
    query = (
        select(
            Minute.id, Minute.version, Minute.municipal_year, Minute.number, Minute.title, Minute.text,
            Minute.agenda_item_id,
        )
        .where(Minute.meeting_id == meeting_id)
        .order_by(Minute.number, Minute.id)
    )  # fmt: skip
    decided = decisions_of(store, meeting_id)
    with store.read() as connection:
        rows = connection.execute(query).mappings().all()
    return [MinuteLine(**row, decisions=tuple(each for each in decided if each.minute_id == row["id"])) for row in rows]


def decisions_of(store: Store, meeting_id: int) -> list[DecisionLine]:
    """Return what a meeting decided, in order."""
    columns = (Decision.id, Decision.version, Decision.wording, Decision.minute_id)
    query = select(*columns).where(Decision.meeting_id == meeting_id).order_by(Decision.id)
    with store.read() as connection:
        return [DecisionLine(**row) for row in connection.execute(query).mappings()]


def documents_of(store: Store, meeting_id: int) -> list[DocumentLine]:
    """Return the files that are kept with a meeting."""
    columns = (Document.id, Document.version, Document.title, Document.file_name, Document.size)
    query = select(*columns).where(Document.meeting_id == meeting_id).order_by(Document.id)
    with store.read() as connection:
        return [DocumentLine(**row) for row in connection.execute(query).mappings()]


def _deputies(connection: Connection, day: date) -> dict[int, list[int]]:
    query = select(Deputy.person_id, Deputy.deputy_id).where(*_holds_on(Deputy, day)).order_by(Deputy.id)
    found: dict[int, list[int]] = {}
    for person_id, deputy_id in connection.execute(query):
        found.setdefault(person_id, []).append(deputy_id)
    return found


def _holds_on(table: type[Membership | Deputy], day: date) -> Iterable[ColumnElement[bool]]:
    """Return the conditions under which a seat or a deputising holds on a day; an open end holds for ever."""
    return (
        table.starts.is_(None) | (table.starts <= day),
        table.ends.is_(None) | (table.ends >= day),
    )


def _is_of(seat: Seat, person_id: int | None, organisation_id: int | None, named: Collection[int]) -> bool:
    """Say whether an attendance is this seat's: a person's own, or that of anybody else who came for the organisation.

    ``named`` are the people with a seat of their own.
    """
    if seat.person_id is not None:
        return seat.person_id == person_id
    return seat.organisation_id == organisation_id and person_id not in named
