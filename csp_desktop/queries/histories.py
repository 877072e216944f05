"""What comparing spells and abstinence look at: by person, proven offences, custody and death, under all of their ids.

A proven offence here is one that the shipped definition of Integrated Offender Management would count, whatever day it
was committed: an outcome that proves it, dated by the data date, and no breach of an order or licence.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from csp_desktop.queries.cohort_basis import code_facts, merged_ids
from csp_desktop.queries.counted import offences_of
from csp_desktop.reoffending.counting import OffenceFacts
from csp_desktop.reoffending.definition import Definition, definition_of
from csp_desktop.reoffending.liberty import Stretch
from models.reoffending import CohortMember, Offence, Spell
from models.vocabulary import CohortDefinition, OffenceOutcome, SpellKind

_SHIPPED = definition_of(CohortDefinition.IOM)


@dataclass(slots=True)
class History:
    """What is known of a person: days of proven offences in order, stretches in custody, and the day they died."""

    offences: list[date] = field(default_factory=list)
    custody: list[Stretch] = field(default_factory=list)
    died_on: date | None = None


def histories_of(
    connection: Connection, people: Collection[int], data_date: date, definition: Definition = _SHIPPED
) -> dict[int, History]:
    """Return by person what is known on ``data_date``; ``people`` are the ids that stand for them."""
    merged = merged_ids(connection)
    found = {person: History() for person in people}
    for person, days in proven_days(connection, people, data_date, definition).items():
        found[person].offences = days
    ids = ids_of_people(people, merged)
    spells = select(Spell.offender_id, Spell.started, Spell.ended).where(
        Spell.kind == SpellKind.CUSTODY, among(Spell.offender_id, ids)
    )
    for offender_id, started, ended in connection.execute(spells):
        found[merged.get(offender_id, offender_id)].custody.append(Stretch(started, ended))
    members = select(
        CohortMember.offender_id, CohortMember.custody_start, CohortMember.custody_end, CohortMember.died_on
    ).where(
        among(CohortMember.offender_id, ids),
        or_(CohortMember.custody_start.is_not(None), CohortMember.died_on.is_not(None)),
    )
    for offender_id, inside_from, released, died_on in connection.execute(members):
        history = found[merged.get(offender_id, offender_id)]
        if inside_from is not None:
            history.custody.append(Stretch(inside_from, released))
        if died_on is not None:
            history.died_on = min(died_on, history.died_on or died_on)
    return found


def proven_days(
    connection: Connection, people: Collection[int], data_date: date, definition: Definition = _SHIPPED
) -> dict[int, list[date]]:
    """Return by person the days of their proven offences as known on ``data_date``, in order, each offence once."""
    merged = merged_ids(connection)
    codes = code_facts(connection, definition)
    breaches = {code_id: code.breach for code_id, code in codes.items()}
    several = {*merged.values()} & set(people)
    found: dict[int, list[date]] = defaultdict(list)
    query = select(
        Offence.offender_id, Offence.offence_date, Offence.proof_date, Offence.outcome, Offence.offence_code_id
    ).where(among(Offence.offender_id, set(people) - several), Offence.proof_date <= data_date)
    for person, day, proof, outcome, code_id in connection.execute(query):
        breach = None if code_id is None else breaches.get(code_id)
        facts = OffenceFacts(day, proof, outcome, breach)
        if day is not None and is_proven(facts, definition, data_date):
            found[person].append(day)
    for person in several:
        for each in offences_of(connection, ids_of_people([person], merged)):
            if each.offence_date is not None and is_proven(each.facts(codes), definition, data_date):
                found[person].append(each.offence_date)
    return {person: sorted(days) for person, days in found.items()}


def is_proven(offence: OffenceFacts, definition: Definition, data_date: date) -> bool:
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
