"""What comparing spells and abstinence look at: by person, proven offences, custody and death, under all of their ids.

A proven offence here is one that the shipped definition of Integrated Offender Management would count, whatever day it
was committed: an outcome that proves it, dated by the data date, and no breach of an order or licence.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Connection, String, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from csp_desktop.queries.cohort_basis import CodeFacts, code_facts, merged_ids
from csp_desktop.queries.counted import offences_of
from csp_desktop.reoffending.counting import OffenceFacts
from csp_desktop.reoffending.definition import Definition, definition_of
from csp_desktop.reoffending.liberty import Stretch, joined
from models.offending import CohortDefinition, OffenceOutcome, SpellKind
from models.reoffending import CohortMember, Offence, Spell

_SHIPPED = definition_of(CohortDefinition.IOM)


@dataclass(slots=True)
class History:
    """What is known of a person: days of proven offences in order, when in custody as ``joined``, the day they died."""

    offences: list[date] = field(default_factory=list)
    custody: tuple[Stretch, ...] = ()
    died_on: date | None = None


def histories_of(
    connection: Connection,
    people: Collection[int],
    data_date: date,
    definition: Definition = _SHIPPED,
    since: date = date.min,
) -> dict[int, History]:
    """Return by person what is known on ``data_date``; ``people`` are the ids that stand for them.

    ``since``: offences committed before are not asked for.
    """
    merged = merged_ids(connection)
    found = {person: History() for person in people}
    for person, days in proven_days(connection, people, data_date, definition, since).items():
        found[person].offences = days
    for person, custody in custody_of(connection, people).items():
        found[person].custody = custody
    died = select(CohortMember.offender_id, CohortMember.died_on).where(
        CohortMember.died_on.is_not(None), among(CohortMember.offender_id, ids_of_people(people, merged))
    )
    for offender_id, day in connection.execute(died):
        history = found[merged.get(offender_id, offender_id)]
        if day is not None:
            history.died_on = min(day, history.died_on or day)
    return found


def custody_of(connection: Connection, people: Collection[int]) -> dict[int, tuple[Stretch, ...]]:
    """Return by person when they were in custody: their spells, and the custody that a cohort's register gives."""
    merged = merged_ids(connection)
    ids = ids_of_people(people, merged)
    spells = select(Spell.offender_id, Spell.started, Spell.ended).where(
        Spell.kind == SpellKind.CUSTODY, among(Spell.offender_id, ids)
    )
    members = select(CohortMember.offender_id, CohortMember.custody_start, CohortMember.custody_end).where(
        CohortMember.custody_start.is_not(None), among(CohortMember.offender_id, ids)
    )
    found: dict[int, list[Stretch]] = defaultdict(list)
    for offender_id, started, ended in connection.execute(spells):
        found[merged.get(offender_id, offender_id)].append(Stretch(started, ended))
    for offender_id, inside_from, released in connection.execute(members):
        if inside_from is not None:
            found[merged.get(offender_id, offender_id)].append(Stretch(inside_from, released))
    return {person: joined(custody) for person, custody in found.items()}


def proven_days(
    connection: Connection,
    people: Collection[int],
    data_date: date,
    definition: Definition = _SHIPPED,
    since: date = date.min,
) -> dict[int, list[date]]:
    """Return by person the days of their proven offences as known on ``data_date``, in order, each offence once.

    ``since``: offences committed before are not asked for.
    """
    merged = merged_ids(connection)
    codes = code_facts(connection, definition)
    several = {*merged.values()} & set(people)
    found: dict[int, list[date]] = defaultdict(list)
    query = select(
        Offence.offender_id, type_coerce(Offence.offence_date, String), Offence.outcome, Offence.offence_code_id
    ).where(
        among(Offence.offender_id, set(people) - several),
        Offence.offence_date >= since,
        Offence.proof_date <= data_date,
        Offence.outcome.in_([*definition.proofs, OffenceOutcome.BREACH]),
    )
    breaches = _Breaches(codes)
    for person, day, outcome, code_id in connection.execution_options(yield_per=10_000).execute(query):
        if not breaches[outcome, code_id]:
            found[person].append(date.fromisoformat(day))
    for person in several:
        for each in offences_of(connection, ids_of_people([person], merged)):
            day_of = each.offence_date
            if day_of is not None and day_of >= since and _is_proven(each.facts(codes), definition, data_date):
                found[person].append(day_of)
    return {person: sorted(days) for person, days in found.items()}


class _Breaches(dict[tuple[OffenceOutcome, int | None], bool]):
    """Whether an outcome with a code is a breach of an order or licence, asked of the rule once for each pair."""

    def __init__(self, codes: Mapping[int, CodeFacts]) -> None:
        super().__init__()
        self._codes = codes

    def __missing__(self, pair: tuple[OffenceOutcome, int | None]) -> bool:
        outcome, code_id = pair
        breach = None if code_id is None else self._codes[code_id].breach
        found = self[pair] = OffenceFacts(None, None, outcome, breach).is_breach
        return found


def _is_proven(offence: OffenceFacts, definition: Definition, data_date: date) -> bool:
    """Say whether an offence is proven by the data date under a definition, whatever window it lies in."""
    proves = offence.outcome in definition.proofs or offence.outcome is OffenceOutcome.BREACH
    return proves and not offence.is_breach and offence.proof_date is not None and offence.proof_date <= data_date


def ids_of_people(people: Iterable[int], merged: Mapping[int, int]) -> set[int]:
    """Return every id of these people."""
    wanted = set(people)
    return wanted | {alias for alias, kept in merged.items() if kept in wanted}


def among(column: InstrumentedAttribute[int], ids: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that a column is one of these ids, however many they are."""
    listed = func.json_each(json.dumps(sorted(ids))).table_valued("value")
    return column.in_(select(listed.c.value))
