"""What the command line lists of reoffending: plain objects, people by the id of the source systems and never by name.

Looking through rows of persons leaves an entry in the audit trail.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from csp_desktop.queries.cohort_basis import code_facts
from csp_desktop.queries.cohorts import list_cohorts
from csp_desktop.queries.lookups import list_codes
from csp_desktop.queries.offenders import list_offenders
from csp_desktop.queries.paging import Page
from csp_desktop.queries.published import list_benchmarks, list_entrants
from csp_desktop.recording import encode
from csp_desktop.reoffending.definition import definition_of
from csp_desktop.store import Store
from models.offending import CohortDefinition
from models.reoffending import Cohort, CohortMember, Loaded, NeedScore, Offence, OffenceCode, Offender, Spell

REGISTER_COLUMNS = {
    "cohorts": ("name", "definition", "first_day", "last_day", "people", "index_events", "data_date"),
    "offenders": ("reference", "merged_into", "lead_agency", "lead_officer", "next_review", "index_events", "offences"),
    "cohort-members": ("cohort", "person", "index_date", "disposal", "previous_offences", "area"),
    "offences": ("person", "offence_date", "offence", "outcome", "proof_date", "disposal", "reference"),
    "spells": ("person", "kind", "name", "started", "ended", "iom_cohort", "selected_because"),
    "needs": ("person", "pathway", "dated", "score", "instrument"),
    "offence-codes": ("code", "description", "offence_group", "severity_class", "is_breach", "uses"),
    "benchmarks": ("series", "area", "people", "period", "offenders", "reoffenders", "reoffences", "rate"),
    "first-time-entrants": ("area", "people", "period", "entrants", "population", "rate"),
}
"""The lists there are, each with the columns that are printed for people; JSON has all."""
_OF_PERSONS = frozenset({"offenders", "cohort-members", "offences", "spells", "needs"})
_OURS = frozenset({"id", "version", "load_id", "offender_id", "offence_code_id", "cohort_id"})
_MILLION = 1_000_000
_EVERYONE = 2**31
Found = Iterator[dict[str, Any]]


def register_objects(store: Store, subject: str, keeps: Callable[[Mapping[str, Any]], bool]) -> list[dict[str, Any]]:
    """Return the rows of a list that ``keeps`` says yes to as plain objects: dates ISO, absent values None."""
    if subject in _OF_PERSONS:
        store.record_access(f"Listed {subject} on the command line")
    plain = ({name: _plain(value) for name, value in found.items()} for found in _LISTS[subject](store))
    return [found for found in plain if keeps(found)]


def _plain(value: Any) -> Any:
    return None if value == "" else encode(value)


def _cohorts(store: Store) -> Found:
    for row in list_cohorts(store):
        definition = row.definition
        yield {
            "name": row.name,
            "definition": definition.kind,
            "follow_up_months": definition.follow_up_months,
            "waiting_months": definition.waiting_months,
            "index_rule": definition.index_rule,
            "first_day": row.first_day,
            "last_day": row.last_day,
            "people": row.people,
            "index_events": row.index_events,
            "data_date": row.data_date,
            "handling": row.handling,
        }


def _offenders(store: Store) -> Found:
    for row in list_offenders(store, page=Page(size=_EVERYONE)).rows:
        yield {name: getattr(row, name) for name in REGISTER_COLUMNS["offenders"]}


def _of_people(model: type[Loaded]) -> Callable[[Store], Found]:
    """Return the list of a register whose rows are of persons."""
    table = model.__table__
    columns = [column for column in table.columns if column.name not in _OURS]
    ordered = (table.c.offender_id, table.c.id)
    query = select(Offender.reference.label("person"), *columns).join(Offender, Offender.id == table.c.offender_id)

    def rows(store: Store) -> Found:
        with store.read() as connection:
            for row in connection.execute(query.order_by(*ordered)).mappings():
                yield dict(row)

    return rows


def _members(store: Store) -> Found:
    columns = [column for column in CohortMember.__table__.columns if column.name not in _OURS]
    query = (
        select(
            Cohort.name.label("cohort"), Offender.reference.label("person"), OffenceCode.code.label("offence"), *columns
        )
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .join(Offender, Offender.id == CohortMember.offender_id)
        .outerjoin(OffenceCode, OffenceCode.id == CohortMember.offence_code_id)
        .order_by(Cohort.id, CohortMember.index_date, CohortMember.id)
    )
    with store.read() as connection:
        for row in connection.execute(query).mappings():
            score = row["predicted_score"]
            yield {**row, "predicted_score": None if score is None else score / _MILLION}


def _offences(store: Store) -> Found:
    columns = [column for column in Offence.__table__.columns if column.name not in _OURS]
    query = (
        select(Offender.reference.label("person"), Offence.offence_code_id, *columns)
        .join(Offender, Offender.id == Offence.offender_id)
        .order_by(Offence.offender_id, Offence.id)
    )
    with store.read() as connection:
        codes = code_facts(connection, definition_of(CohortDefinition.LOCAL))
        for row in connection.execute(query).mappings():
            values = dict(row)
            code_id = values.pop("offence_code_id")
            code = None if code_id is None else codes[code_id]
            yield {
                **values,
                "offence": None if code is None else code.label,
                "offence_group": None if code is None else code.group,
                "severity_class": None if code is None else code.severity_class,
            }


def _codes(store: Store) -> Found:
    for row in list_codes(store):
        yield {name: getattr(row, name) for name in REGISTER_COLUMNS["offence-codes"]}


def _benchmarks(store: Store) -> Found:
    for row in list_benchmarks(store):
        yield {
            **{name: getattr(row, name) for name in REGISTER_COLUMNS["benchmarks"]},
            "first_day": row.first_day,
            "last_day": row.last_day,
            "rate": row.share,
            "predicted": None if row.predicted is None else row.predicted / _MILLION,
        }


def _entrants(store: Store) -> Found:
    for row in list_entrants(store):
        interval = row.interval
        yield {
            **{name: getattr(row, name) for name in REGISTER_COLUMNS["first-time-entrants"]},
            "first_day": row.first_day,
            "last_day": row.last_day,
            "rate_interval": None if interval is None else [interval.lower, interval.upper],
        }


_LISTS: Mapping[str, Callable[[Store], Found]] = {
    "cohorts": _cohorts,
    "offenders": _offenders,
    "cohort-members": _members,
    "offences": _offences,
    "spells": _of_people(Spell),
    "needs": _of_people(NeedScore),
    "offence-codes": _codes,
    "benchmarks": _benchmarks,
    "first-time-entrants": _entrants,
}
