"""Whom to chase: owners with what is due of their actions, when their update workbook went out and when it came back.

Everything is judged as at a day that is passed in; what the store holds is what it holds now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, func, select

from csp_desktop.collector import collector_at_rest
from csp_desktop.queries.actions import STANDS
from csp_desktop.rules.chasing import LEFT_OUT, ActionToUpdate, Load, pressing, to_update
from csp_desktop.rules.folding import fold
from csp_desktop.rules.rag import DEFAULT_CYCLE_MONTHS, Standing
from csp_desktop.store import Store
from models.exports import ExportSnapshot, WorkbookReturn
from models.people import Organisation, Person
from models.plan import Action, Plan, ProgressUpdate, Theme
from models.records import AuditEntry
from models.vocabulary import ExportScope, Word

_Lead: TypeAlias = tuple[int | None, int | None]
"""Who leads: the id of a person, else of an organisation; neither where nobody does."""

_NOBODY: _Lead = (None, None)


class WorkbookStanding(Word):
    """How it stands with the latest update workbook that an owner was sent."""

    NOT_SENT = "not_sent"
    OUT = "out"
    OVERDUE_TO_COME_BACK = "overdue_to_come_back"
    CAME_BACK = "came_back"
    CAME_BACK_WITH_QUESTIONS = "came_back_with_questions"


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """An update workbook that went out, with the latest return of it that stands.

    ``holds`` says what it is of: "Led by Amina Shah", a theme's title, "The whole plan"; ``owner`` is "" but for an
    owner's. ``newer_on`` is the day the newest of the same scope went out, None where this is the newest. Not back,
    ``returned_on`` is None and the counts of that return are 0. ``returns`` counts the returns that stand.
    """

    export_id: int
    key: str
    plan_id: int
    plan: str
    scope: ExportScope
    holds: str
    owner: str
    owner_person_id: int | None
    owner_organisation_id: int | None
    theme_id: int | None
    period: str
    period_end: date
    exported_on: date
    exported_at: datetime
    who: str
    wanted_back: date
    newer_on: date | None = None
    returned_on: date | None = None
    changed: int = 0
    conflicts: int = 0
    problems: int = 0
    returns: int = 0

    @property
    def questions(self) -> int:
        """How many cells of its return are still to be settled with the owner: conflicts, and what was not read."""
        return self.conflicts + self.problems

    def standing(self, today: date) -> WorkbookStanding:
        """Say how it stands with it today; the day it is wanted back is not late."""
        if self.returned_on is None:
            return WorkbookStanding.OVERDUE_TO_COME_BACK if self.days_late(today) else WorkbookStanding.OUT
        return WorkbookStanding.CAME_BACK_WITH_QUESTIONS if self.questions else WorkbookStanding.CAME_BACK

    def days_late(self, today: date) -> int:
        """Return for how many days it has been overdue to come back, 0 where it is not."""
        return 0 if self.returned_on is not None else max(0, (today - self.wanted_back).days)


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """Who leads actions of a plan: a person, or an organisation where no person leads.

    ``actions`` counts what a workbook for them holds, complete ones too; ``open_actions`` those still to be done, and
    the counts after it are of these. ``needed``: those that need an update, the latest first. ``workbook`` is the
    latest that was sent to them as an owner, None where none was: a theme's or a plan's is nobody's.
    """

    name: str
    person_id: int | None
    organisation_id: int | None
    email: str
    is_erased: bool
    actions: int
    open_actions: int
    overdue: int
    due_soon: int
    stale: int
    needed: tuple[ActionToUpdate, ...]
    workbook: WorkbookRow | None
    standing: WorkbookStanding


@dataclass(frozen=True, slots=True)
class Unled:
    """The open actions that nobody leads, and counts of them; those that need an update come first."""

    load: Load
    actions: tuple[ActionToUpdate, ...]


@dataclass(frozen=True, slots=True)
class Chase:
    """A plan's owners, people first and by name, and its actions without a lead, read from one state of the store."""

    owners: tuple[OwnerRow, ...]
    unled: Unled


def read_chase(store: Store, plan_id: int, today: date) -> Chase:
    """Return who is to be chased for what, as at ``today``; a workbook or a return of a later day is not counted."""
    with store.read() as connection, collector_at_rest():
        led = _led(connection, plan_id, today)
        sent: dict[_Lead, WorkbookRow] = {}
        for workbook in _workbooks(connection, plan_id, today):
            if workbook.scope is ExportScope.OWNER:
                sent.setdefault((workbook.owner_person_id, workbook.owner_organisation_id), workbook)
        nobodys = led.pop(_NOBODY, _Leads())
        names = _leads_named(connection)
        owners = [_owner(names[lead], leads, sent.get(lead), today) for lead, leads in led.items()]
    owners.sort(key=lambda row: (row.person_id is None, fold(row.name), row.person_id or row.organisation_id or 0))
    return Chase(tuple(owners), Unled(Load.of(nobodys.open), tuple(sorted(nobodys.open, key=pressing))))


def list_owners(store: Store, plan_id: int, today: date) -> list[OwnerRow]:
    """Return everyone who leads an action of the plan that is neither closed nor cancelled, people first, by name."""
    return list(read_chase(store, plan_id, today).owners)


def unled(store: Store, plan_id: int, today: date) -> Unled:
    """Return the plan's open actions that nobody leads."""
    return read_chase(store, plan_id, today).unled


def list_workbooks(store: Store, plan_id: int | None = None) -> list[WorkbookRow]:
    """Return every update workbook that went out for a plan, or for any, the newest first."""
    with store.read() as connection:
        return list(_workbooks(connection, plan_id, None))


@dataclass(slots=True)
class _Leads:
    """What one lead leads: how many actions a workbook of theirs holds, and those of them that are open."""

    actions: int = 0
    open: list[ActionToUpdate] = field(default_factory=list)


class _Named(NamedTuple):
    """A lead by id and name."""

    lead: _Lead
    name: str
    email: str = ""
    is_erased: bool = False


def _led(connection: Connection, plan_id: int, today: date) -> dict[_Lead, _Leads]:
    """Return the actions of a plan by who leads them, a person before the organisation that leads beside them."""
    query = select(
        Action.lead_person_id,
        Action.lead_organisation_id,
        Action.id,
        Action.ref,
        Action.title,
        Action.status,
        Action.start,
        Action.baseline_due,
        Action.forecast_due,
    ).where(Action.plan_id == plan_id, Action.status.not_in(LEFT_OUT))
    cycle = connection.scalar(select(Plan.update_cycle_months).where(Plan.id == plan_id)) or DEFAULT_CYCLE_MONTHS
    updated = _updated(connection, plan_id)
    led: dict[_Lead, _Leads] = {}
    # a row is unpacked and not asked by name: of 49,000 that saves a third of the time
    for person, organisation, action_id, ref, title, status, start, baseline, forecast in connection.execute(query):
        leads = led.setdefault((person, organisation if person is None else None), _Leads())
        leads.actions += 1
        if status.is_open:
            standing = Standing(
                status=status,
                start=start,
                baseline_due=baseline,
                forecast_due=forecast,
                last_update=updated.get(action_id),
                cycle_months=cycle,
            )
            leads.open.append(to_update((action_id, ref, title), standing, today))
    return led


def _updated(connection: Connection, plan_id: int) -> dict[int, date]:
    """Return by action the day of its latest update, of those that have one."""
    query = select(ProgressUpdate.action_id, func.max(ProgressUpdate.dated)).where(STANDS)
    query = query.join(Action, Action.id == ProgressUpdate.action_id).where(Action.plan_id == plan_id)
    return dict(connection.execute(query.group_by(ProgressUpdate.action_id)).all())


def _leads_named(connection: Connection) -> Mapping[_Lead, _Named]:
    """Return everyone who can lead, as the store names them: an erased person by the words that stand for the name."""
    named: list[_Named] = []
    people = select(Person.id, Person.name, Person.email, Person.erased_certificate)
    for key, name, email, erased in connection.execute(people):
        named.append(_Named((key, None), name, email.strip(), erased is not None))
    for key, name in connection.execute(select(Organisation.id, Organisation.name)):
        named.append(_Named((None, key), name))
    return {each.lead: each for each in named}


def _owner(named: _Named, leads: _Leads, workbook: WorkbookRow | None, today: date) -> OwnerRow:
    load = Load.of(leads.open)
    needed = sorted((action for action in leads.open if action.needs_update), key=pressing)
    return OwnerRow(
        name=named.name,
        person_id=named.lead[0],
        organisation_id=named.lead[1],
        email=named.email,
        is_erased=named.is_erased,
        actions=leads.actions,
        open_actions=load.open_actions,
        overdue=load.overdue,
        due_soon=load.due_soon,
        stale=load.stale,
        needed=tuple(needed),
        workbook=workbook,
        standing=workbook.standing(today) if workbook else WorkbookStanding.NOT_SENT,
    )


class _Return(NamedTuple):
    """A return as ``WorkbookRow`` names its parts."""

    returned_on: date
    changed: int
    conflicts: int
    problems: int
    returns: int


def _workbooks(connection: Connection, plan_id: int | None, until: date | None) -> Iterator[WorkbookRow]:
    """Give the workbooks that went out, the newest first; ``until`` leaves out what is of a later day."""
    returned = _returned(connection, until)
    newest: dict[tuple[Any, ...], date] = {}
    for row in connection.execute(_sent(plan_id, until)):
        fact = row._asdict()
        scope = (row.plan_id, row.scope, row.owner_person_id, row.owner_organisation_id, row.theme_id)
        newer_on = newest.get(scope)
        newest.setdefault(scope, row.exported_on)
        theme = fact.pop("theme")
        fact["owner"] = row.owner or ""
        back = returned.get(row.export_id)
        yield WorkbookRow(
            **fact, holds=_holds(row.scope, row.owner, theme), newer_on=newer_on, **(back._asdict() if back else {})
        )


def _sent(plan_id: int | None, until: date | None) -> Any:
    query = (
        select(
            ExportSnapshot.id.label("export_id"),
            ExportSnapshot.key,
            ExportSnapshot.plan_id,
            Plan.title.label("plan"),
            ExportSnapshot.scope,
            func.coalesce(Person.name, Organisation.name).label("owner"),
            ExportSnapshot.owner_person_id,
            ExportSnapshot.owner_organisation_id,
            ExportSnapshot.theme_id,
            Theme.title.label("theme"),
            ExportSnapshot.period,
            ExportSnapshot.period_end,
            ExportSnapshot.exported_on,
            ExportSnapshot.exported_at,
            ExportSnapshot.display_name.label("who"),
            ExportSnapshot.wanted_back,
        )
        .join(Plan, Plan.id == ExportSnapshot.plan_id)
        .outerjoin(Person, Person.id == ExportSnapshot.owner_person_id)
        .outerjoin(Organisation, Organisation.id == ExportSnapshot.owner_organisation_id)
        .outerjoin(Theme, Theme.id == ExportSnapshot.theme_id)
        .order_by(ExportSnapshot.id.desc())
    )
    if plan_id is not None:
        query = query.where(ExportSnapshot.plan_id == plan_id)
    return query if until is None else query.where(ExportSnapshot.exported_on <= until)


def _holds(scope: ExportScope, owner: str | None, theme: str | None) -> str:
    """Say what a workbook holds, in the words of the workbook itself."""
    if scope is ExportScope.OWNER:
        return f"Led by {owner}" if owner else "Led by someone who is not in this store any more"
    return theme or "A theme that was removed" if scope is ExportScope.THEME else "The whole plan"


def _returned(connection: Connection, until: date | None) -> dict[int, _Return]:
    """Return by export the latest return that stands: one whose import was undone was taken back."""
    query = select(
        WorkbookReturn.export_id,
        WorkbookReturn.entry_id,
        WorkbookReturn.returned_on,
        WorkbookReturn.changed,
        WorkbookReturn.conflicts,
        WorkbookReturn.problems,
    ).order_by(WorkbookReturn.id)
    if until is not None:
        query = query.where(WorkbookReturn.returned_on <= until)
    undone = _undone(connection)
    found: dict[int, _Return] = {}
    for export_id, entry_id, on, changed, conflicts, problems in connection.execute(query):
        if entry_id not in undone:
            before = found.get(export_id)
            times = before.returns + 1 if before else 1
            found[export_id] = _Return(on, changed, conflicts, problems, times)
    return found


def _undone(connection: Connection) -> set[int | None]:
    """Return the ids of all Steps that stand taken back, as ``store.is_undone`` says of one."""
    query = select(AuditEntry.id, AuditEntry.undoes_id).where(AuditEntry.undoes_id.is_not(None))
    undone: set[int | None] = set()
    for taker, taken in connection.execute(query.order_by(AuditEntry.id.desc())):
        if taker not in undone:  # what undid the undo is of a later Step, and was seen before it
            undone.add(taken)
    return undone
