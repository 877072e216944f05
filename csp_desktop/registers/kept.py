"""Where the rows of a kept register are stored, what tells them apart, and where their several values lie."""

from dataclasses import dataclass
from functools import cache, cached_property

from sqlalchemy import Table

from csp_desktop.recording import tables_by_name
from csp_desktop.registers.forms import FieldKind, Register, RegisterField
from models.base import Row
from models.delivery import KeyDate, ReferralPathway, ReportingPeriod, Risk
from models.evidence import Area, AreaFigure, Assessment, Consultation, EvidenceItem, WardSet
from models.measures import Measure, Reading, Target
from models.meetings import AgendaItem, Attendance, Decision, LogEntry, Meeting, Minute
from models.people import Agreement, Deputy, Group, Membership, Organisation, Person
from models.town_centre import Feedback, FollowUp, Operation, OrderClause, Place


@dataclass(frozen=True)
class Kept:
    """A kept register's table. ``key`` names the fields that tell its rows apart, ``order`` the columns they stand by.

    A column of ``order`` that begins with "-" goes from the last to the first. ``ref`` begins the refs that are given
    to its rows, "" for rows without one.
    """

    model: type[Row]
    key: tuple[str, ...]
    order: tuple[str, ...]
    ref: str = ""

    @cached_property
    def table(self) -> Table:
        """The table."""
        return tables_by_name()[self.model.__tablename__]


@dataclass(frozen=True, slots=True)
class Through:
    """The table that several values of a row lie in: ``owner`` names the row, ``item`` the column of one value."""

    table: Table
    owner: str
    item: str


_KEPT = {
    Register.OPERATIONS: Kept(Operation, ("title", "starts"), ("-starts", "title")),
    Register.FOLLOW_UPS: Kept(FollowUp, ("operation", "title"), ("due", "id")),
    Register.ORDER_CLAUSES: Kept(OrderClause, ("order_name", "clause", "starts"), ("order_name", "id")),
    Register.FEEDBACK: Kept(Feedback, ("dated", "said"), ("-dated", "id")),
    Register.PLACES: Kept(Place, ("name",), ("name_folded",)),
    Register.GROUPS: Kept(Group, ("name",), ("id",)),
    Register.GROUP_MEMBERS: Kept(Membership, ("group", "organisation", "person"), ("group_id", "id")),
    Register.MEETINGS: Kept(Meeting, ("group", "held_on"), ("-held_on", "group_id")),
    Register.AGENDA: Kept(AgendaItem, ("meeting", "title"), ("meeting_id", "position", "id")),
    Register.ATTENDANCE: Kept(Attendance, ("meeting", "person", "organisation"), ("meeting_id", "kind", "id")),
    Register.MINUTES: Kept(Minute, ("meeting", "number"), ("-municipal_year", "-number")),
    Register.DECISIONS: Kept(Decision, ("meeting", "wording"), ("-meeting_id", "id")),
    Register.LOG: Kept(LogEntry, ("group", "title", "meeting"), ("status", "due", "id"), ref="LOG"),
    Register.ORGANISATIONS: Kept(Organisation, ("name",), ("name_folded",)),
    Register.PEOPLE: Kept(Person, ("name",), ("name_folded",)),
    Register.AGREEMENTS: Kept(Agreement, ("organisation", "title"), ("organisation_id", "id")),
    Register.DEPUTIES: Kept(Deputy, ("person", "deputy"), ("person_id", "id")),
    Register.ASSESSMENTS: Kept(Assessment, ("title",), ("-year", "-id")),
    Register.EVIDENCE: Kept(EvidenceItem, ("assessment", "topic", "title"), ("-assessment_id", "topic", "id")),
    Register.WARD_SETS: Kept(WardSet, ("name",), ("first_day", "id")),
    Register.AREAS: Kept(Area, ("name", "kind", "ward_set"), ("kind", "name_folded")),
    Register.AREA_FIGURES: Kept(  # loaded, and entered by hand as well
        AreaFigure,
        ("indicator", "area_name", "area_kind", "ward_set", "period"),
        ("-last_day", "indicator", "area_name"),
    ),
    Register.CONSULTATIONS: Kept(Consultation, ("title", "starts"), ("-starts", "id")),
    Register.MEASURES: Kept(Measure, ("title",), ("ref",), ref="MEA"),
    Register.TARGETS: Kept(Target, ("measure", "first_day", "last_day"), ("measure_id", "first_day")),
    Register.READINGS: Kept(Reading, ("measure", "first_day", "last_day"), ("measure_id", "first_day")),
    Register.PATHWAYS: Kept(ReferralPathway, ("concern",), ("concern", "id")),
    Register.RISKS: Kept(Risk, ("title",), ("ref",), ref="RSK"),
    Register.REPORTING_PERIODS: Kept(ReportingPeriod, ("label",), ("-first_day",)),
    Register.KEY_DATES: Kept(KeyDate, ("title", "due"), ("due", "id")),
}


def kept_of(register: Register) -> Kept:
    """Return where a kept register's rows are stored."""
    return _KEPT[register]


@cache
def through_of(register: Register, field: RegisterField) -> Through:
    """Return the table that several values of a field lie in; ``field.column`` says which column holds one value."""
    table, own = tables_by_name()[field.through], kept_of(register).table.name
    pointing = {key.parent.name: key.column.table.name for key in table.foreign_keys}
    item = {FieldKind.TEXTS: "name", FieldKind.COUNTS: "kind"}.get(field.kind, field.column)
    if not item:
        item = next(name for name, of in pointing.items() if of == field.of)
    owner = next(name for name, of in pointing.items() if of == own and name != item)
    return Through(table, owner, item)


def register_of(table: str) -> Register | None:
    """Return the kept register whose rows lie in a table, None for a table of another kind."""
    return next((register for register, kept in _KEPT.items() if kept.model.__tablename__ == table), None)
