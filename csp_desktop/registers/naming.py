"""What rows are called when another row names them, and which rows a written name may mean."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection, RowMapping, Select, Table, select
from sqlalchemy.sql.visitors import iterate

from csp_desktop.rules.folding import fold
from csp_desktop.rules.periods import shown_day
from models.evidence import Area, Assessment, WardSet
from models.measures import Measure
from models.meetings import AgendaItem, LogEntry, Meeting, Minute
from models.people import Group, Organisation, OrganisationAlias, Person, PersonAlias
from models.plan import Action, Objective, Plan, Theme
from models.reoffending import Cohort
from models.town_centre import Operation, OrderClause, Place

ERASED = "(erased)"
Called = tuple[str, tuple[str, ...]]
"""What a row is called, and how it may be written beside."""


@dataclass(frozen=True, slots=True)
class Names:
    """The rows of one table: what each is called, by id; and by written name, folded, the ids it may mean."""

    labels: Mapping[int, str]
    written: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Called]]) -> "Names":
        """Return the names of rows given as (id, what it is called); of two called alike the id tells them apart."""
        found = list(rows)
        labels: dict[int, str] = {}
        taken: set[str] = set()
        written: dict[str, dict[int, None]] = {}
        for row_id, (label, others) in found:
            own = f"{label} [{row_id}]" if fold(label) in taken else label
            taken.add(fold(label))
            labels[row_id] = own
            for each in (own, label, *others):
                written.setdefault(fold(each), {})[row_id] = None
        return cls(labels, {name: tuple(ids) for name, ids in written.items() if name})

    def find(self, name: str) -> tuple[int, ...]:
        """Return the rows that a written name may mean; one that is called exactly so goes before all others."""
        ids = self.written.get(fold(name), ())
        exact = tuple(row_id for row_id in ids if fold(self.labels[row_id]) == fold(name))
        return exact if len(exact) == 1 else ids

    def with_new(self, row_id: int, name: str) -> "Names":
        """Return the names with a new row's, which meant no row before."""
        return Names({**self.labels, row_id: name}, {**self.written, fold(name): (row_id,)})


def read_names(connection: Connection, table: str) -> Names:
    """Return what the rows of a table are called. KeyError for a table whose rows nothing names."""
    query, called = _CALLED[table]
    rows = [(row["id"], called(row)) for row in connection.execute(query).mappings()]
    aliases = _ALIASES.get(table)
    if aliases is not None:
        others: dict[int, list[str]] = {}
        for owner, name in connection.execute(aliases):
            others.setdefault(owner, []).append(name)
        rows = [(row_id, (label, (*more, *others.get(row_id, ())))) for row_id, (label, more) in rows]
    return Names.of(rows)


@cache
def said_by(table: str) -> frozenset[str]:
    """Return the tables that say what the rows of a table are called."""
    queries = [_CALLED[table][0], *([_ALIASES[table]] if table in _ALIASES else ())]
    parts = (part for query in queries for source in query.get_final_froms() for part in iterate(source))
    return frozenset(part.name for part in parts if isinstance(part, Table))


def _plain(row: RowMapping) -> Called:
    return row["name"], ()


def _dated(name: str, day: date) -> Called:
    return f"{name}, {shown_day(day)}", (f"{name} {day.isoformat()}", f"{name}, {day.isoformat()}")


def _on_its_day(row: RowMapping) -> Called:
    label, others = _dated(row["title"], row["starts"])
    return label, (*others, row["title"])


def _meeting(row: RowMapping) -> Called:
    label, others = _dated(row["name"], row["held_on"])
    day = row["held_on"]
    if row["dated_text"]:
        label, others = f"{row['name']}, {row['dated_text']}", (label, *others)
    return label, (*others, day.isoformat(), shown_day(day), f"{day:%d/%m/%Y}")


def _with_ref(row: RowMapping) -> Called:
    return f"{row['ref']} {row['title']}", (row["ref"], row["title"])


def _theme(row: RowMapping) -> Called:
    number, title = row["number"], row["title"]
    others = (f"{number} {title}", f"{title} ({row['plan']})") if number else (f"{title} ({row['plan']})",)
    return title, others


def _objective(row: RowMapping) -> Called:
    return row["title"], (f"{row['number']} {row['title']}", row["number"])


def _person(row: RowMapping) -> Called:
    return (ERASED, ()) if row["erased_certificate"] else (row["name"], ())


def _area(row: RowMapping) -> Called:
    return row["name"], tuple(each for each in (row["code"], f"{row['name']} ({row['ward_set']})") if each)


def _minute(row: RowMapping) -> Called:
    year = row["municipal_year"]
    return f"Minute {row['number']} of {year}/{(year + 1) % 100:02d}: {row['title']}", (f"Minute {row['number']}",)


_CALLED: dict[str, tuple[Select[*tuple[object, ...]], Callable[[RowMapping], Called]]] = {
    "organisation": (select(Organisation.id, Organisation.name).order_by(Organisation.id), _plain),
    "person": (select(Person.id, Person.name, Person.erased_certificate).order_by(Person.id), _person),
    "group": (select(Group.id, Group.name).order_by(Group.id), _plain),
    "place": (select(Place.id, Place.name).order_by(Place.id), _plain),
    "ward_set": (select(WardSet.id, WardSet.name).order_by(WardSet.id), _plain),
    "cohort": (select(Cohort.id, Cohort.name).order_by(Cohort.id), _plain),
    "plan": (
        select(Plan.id, Plan.title, Plan.key).order_by(Plan.superseded_by_id.is_not(None), Plan.id),
        lambda row: (row["title"], (row["key"],)),
    ),
    "theme": (
        select(Theme.id, Theme.number, Theme.title, Plan.title.label("plan"))
        .join(Plan, Plan.id == Theme.plan_id)
        .order_by(Plan.superseded_by_id.is_not(None), Plan.kind.desc(), Theme.id),
        _theme,
    ),
    "objective": (
        select(Objective.id, Objective.number, Objective.title)
        .join(Theme, Theme.id == Objective.theme_id)
        .join(Plan, Plan.id == Theme.plan_id)
        .order_by(Plan.superseded_by_id.is_not(None), Objective.id),
        _objective,
    ),
    "action": (select(Action.id, Action.ref, Action.title).order_by(Action.id), _with_ref),
    "measure": (select(Measure.id, Measure.ref, Measure.title).order_by(Measure.id), _with_ref),
    "log_entry": (select(LogEntry.id, LogEntry.ref, LogEntry.title).order_by(LogEntry.id), _with_ref),
    "operation": (
        select(Operation.id, Operation.title, Operation.starts).order_by(Operation.starts, Operation.id),
        _on_its_day,
    ),
    "order_clause": (
        select(OrderClause.id, OrderClause.order_name, OrderClause.clause).order_by(OrderClause.id),
        lambda row: (f"{row['order_name']}: {row['clause']}", (row["clause"],)),
    ),
    "meeting": (
        select(Meeting.id, Meeting.held_on, Meeting.dated_text, Group.name)
        .join(Group, Group.id == Meeting.group_id)
        .order_by(Meeting.held_on, Meeting.id),
        _meeting,
    ),
    "agenda_item": (
        select(AgendaItem.id, AgendaItem.title, Meeting.held_on.label("starts"))
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .order_by(Meeting.held_on.desc(), AgendaItem.meeting_id, AgendaItem.position),
        _on_its_day,
    ),
    "minute": (
        select(Minute.id, Minute.number, Minute.municipal_year, Minute.title).order_by(
            Minute.municipal_year, Minute.number
        ),
        _minute,
    ),
    "assessment": (
        select(Assessment.id, Assessment.title, Assessment.year).order_by(Assessment.year, Assessment.id),
        lambda row: (row["title"], (str(row["year"]),)),
    ),
    "area": (
        select(Area.id, Area.name, Area.code, WardSet.name.label("ward_set"))
        .outerjoin(WardSet, WardSet.id == Area.ward_set_id)
        .order_by(WardSet.first_day.desc(), Area.id),
        _area,
    ),
}
_ALIASES = {
    "organisation": select(OrganisationAlias.organisation_id, OrganisationAlias.name).order_by(OrganisationAlias.id),
    "person": select(PersonAlias.person_id, PersonAlias.name).order_by(PersonAlias.id),
}
