"""What a person owns on a day: what is still to be done or kept by them, of every kind that there is."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from typing_extensions import override

from csp_desktop.store import Store
from models.base import Row
from models.delivery import KeyDate, ReferralPathway, Risk
from models.measures import Measure
from models.meetings import AgendaItem, LogEntry, Meeting
from models.people import Group, Membership
from models.plan import Action, Strategy
from models.terms import LogStatus, MeetingStatus, RiskStatus
from models.town_centre import FollowUp, OrderClause
from models.vocabulary import LifecycleStatus, Word


class OwnedKind(Word):
    """What somebody can own, in the order that it is listed in."""

    ACTIONS = "actions"
    LOG = "log"
    FOLLOW_UPS = "follow_ups"
    CLAUSES = "clauses"
    MEASURES = "measures"
    RISKS = "risks"
    PATHWAYS = "pathways"
    STRATEGIES = "strategies"
    KEY_DATES = "key_dates"
    MEETINGS = "meetings"
    AGENDA = "agenda"
    SEATS = "seats"

    @property
    @override
    def label(self) -> str:
        """Return the kind as people read it, several of them."""
        return _LABELS[self]


_LABELS = {
    OwnedKind.ACTIONS: "Actions to lead",
    OwnedKind.LOG: "Action log entries",
    OwnedKind.FOLLOW_UPS: "Follow-ups of operations",
    OwnedKind.CLAUSES: "Order clauses",
    OwnedKind.MEASURES: "Measures",
    OwnedKind.RISKS: "Risks",
    OwnedKind.PATHWAYS: "Referral pathways",
    OwnedKind.STRATEGIES: "Strategies",
    OwnedKind.KEY_DATES: "Key dates",
    OwnedKind.MEETINGS: "Meetings to chair",
    OwnedKind.AGENDA: "Agenda items to present",
    OwnedKind.SEATS: "Seats in groups",
}


@dataclass(frozen=True, slots=True)
class Owned:
    """One thing that a person owns. ``ref`` is "" for what has none, ``due`` the day by which it is next looked at."""

    kind: OwnedKind
    id: int
    ref: str
    title: str
    due: date | None

    @property
    def words(self) -> str:
        """Return its ref and title."""
        return f"{self.ref} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Source:
    """Where one kind of thing lies: the column that names its owner, and what makes it one that is still theirs."""

    model: type[Row]
    owner: InstrumentedAttribute[int | None]
    title: ColumnElement[Any]
    due: ColumnElement[Any]
    is_open: Callable[[date], ColumnElement[bool]] | None = None
    ref: ColumnElement[Any] | None = None
    along: tuple[tuple[type[Row], ColumnElement[bool]], ...] = ()


_OPEN = tuple(status for status in LifecycleStatus if status.is_open)
_MEETING_OF_ITEM = ((Meeting, Meeting.id == AgendaItem.meeting_id),)
SOURCES: Mapping[OwnedKind, Source] = {
    OwnedKind.ACTIONS: Source(
        Action,
        Action.lead_person_id,
        Action.title.expression,
        func.coalesce(Action.forecast_due, Action.baseline_due, Action.review_date),
        lambda _day: Action.status.in_(_OPEN),
        Action.ref.expression,
    ),
    OwnedKind.LOG: Source(
        LogEntry,
        LogEntry.owner_person_id,
        LogEntry.title.expression,
        LogEntry.due.expression,
        lambda _day: LogEntry.status.in_((LogStatus.OPEN, LogStatus.COMPLETED)),
        LogEntry.ref.expression,
    ),
    OwnedKind.FOLLOW_UPS: Source(
        FollowUp,
        FollowUp.owner_person_id,
        FollowUp.title.expression,
        FollowUp.due.expression,
        lambda _day: FollowUp.status.in_(_OPEN),
    ),
    OwnedKind.CLAUSES: Source(
        OrderClause,
        OrderClause.owner_person_id,
        OrderClause.order_name + ": " + OrderClause.clause,
        OrderClause.expires.expression,
        lambda day: and_(
            OrderClause.renewed_by_id.is_(None), or_(OrderClause.expires.is_(None), OrderClause.expires >= day)
        ),
    ),
    OwnedKind.MEASURES: Source(
        Measure,
        Measure.owner_person_id, Measure.title.expression, literal(None), ref=Measure.ref.expression
    ),
    OwnedKind.RISKS: Source(
        Risk,
        Risk.owner_person_id,
        Risk.title.expression,
        Risk.review_date.expression,
        lambda _day: Risk.status == RiskStatus.OPEN,
        Risk.ref.expression,
    ),
    OwnedKind.PATHWAYS: Source(
        ReferralPathway,
        ReferralPathway.owner_person_id, ReferralPathway.concern.expression, ReferralPathway.review_date.expression
    ),
    OwnedKind.STRATEGIES: Source(
        Strategy,
        Strategy.owner_person_id, Strategy.name.expression, Strategy.review_date.expression
    ),
    OwnedKind.KEY_DATES: Source(
        KeyDate,
        KeyDate.owner_person_id,
        KeyDate.title.expression,
        KeyDate.due.expression,
        lambda _day: KeyDate.done_on.is_(None),
    ),
    OwnedKind.MEETINGS: Source(
        Meeting,
        Meeting.chair_person_id,
        Group.name.expression,
        Meeting.held_on.expression,
        lambda day: and_(Meeting.status == MeetingStatus.PLANNED, Meeting.held_on >= day),
        along=((Group, Group.id == Meeting.group_id),),
    ),
    OwnedKind.AGENDA: Source(
        AgendaItem,
        AgendaItem.presenter_person_id,
        AgendaItem.title.expression,
        Meeting.held_on.expression,
        lambda day: and_(Meeting.status == MeetingStatus.PLANNED, Meeting.held_on >= day),
        along=_MEETING_OF_ITEM,
    ),
    OwnedKind.SEATS: Source(
        Membership,
        Membership.person_id,
        case((Membership.role != "", Group.name + ", " + Membership.role), else_=Group.name),
        Membership.ends.expression,
        lambda day: or_(Membership.ends.is_(None), Membership.ends >= day),
        along=((Group, Group.id == Membership.group_id),),
    ),
}  # fmt: skip


def owned_by(store: Store, person_id: int, as_of: date) -> tuple[Owned, ...]:
    """Return what a person owns on a day, kind by kind and within a kind by its day; what is closed is left out."""
    with store.read() as connection:
        return owned_in(connection, person_id, as_of)


def owned_in(
    connection: Connection, person_id: int, as_of: date, kinds: Collection[OwnedKind] = tuple(OwnedKind)
) -> tuple[Owned, ...]:
    """Return what a person owns of the kinds given, on a connection of the caller's, as ``owned_by`` does."""
    return tuple(
        Owned(kind, row.id, row.ref, row.title, row.due)
        for kind in OwnedKind
        if kind in kinds
        for row in connection.execute(_query(SOURCES[kind], as_of).where(SOURCES[kind].owner == person_id))
    )


def counts_owned(store: Store, as_of: date) -> Mapping[int, int]:
    """Return how many things each person owns on a day, by their id; those who own nothing are left out."""
    found: Counter[int] = Counter()
    with store.read() as connection:
        for source in SOURCES.values():
            found.update(
                row.owner for row in connection.execute(_query(source, as_of).where(source.owner.is_not(None)))
            )
    return found


def led_by_partner(store: Store, organisation_id: int, as_of: date) -> Mapping[OwnedKind, int]:
    """Return how many things a partner itself leads or owns on a day, by kind; seats are no such things."""
    counts: Counter[OwnedKind] = Counter()
    with store.read() as connection:
        for kind, source in SOURCES.items():
            leads = getattr(source.model, source.owner.key.replace("person", "organisation"), None)
            if leads is not None and kind is not OwnedKind.SEATS:
                counts[kind] = len(connection.execute(_query(source, as_of).where(leads == organisation_id)).all())
    return {kind: count for kind, count in counts.items() if count}


def _query(source: Source, as_of: date) -> Select[int, int | None, str, str, date | None]:
    model = source.model
    query = select(
        model.id,
        source.owner.label("owner"),
        (literal("") if source.ref is None else source.ref).label("ref"),
        source.title.label("title"),
        source.due.label("due"),
    ).select_from(model)
    for other, on in source.along:
        query = query.join(other, on)
    if source.is_open is not None:
        query = query.where(source.is_open(as_of))
    return query.order_by(source.due.asc().nulls_last(), model.id)
