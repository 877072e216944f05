"""Spells compared, and abstinence, over what the store holds of people."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from csp_desktop.queries.cohort_basis import cohort_basis, merged_ids
from csp_desktop.queries.following import follow
from csp_desktop.queries.histories import custody_of, histories_of
from csp_desktop.queries.person_reads import spells_of
from csp_desktop.reoffending.abstinence import MONTHS, Abstinence, Life, SinceLast, abstinence, known_until, since_last
from csp_desktop.reoffending.definition import definition_of
from csp_desktop.reoffending.following import FollowedCohort
from csp_desktop.reoffending.liberty import Stretch, days_at_liberty
from csp_desktop.reoffending.spells_compared import YEAR_DAYS, Exposure, SpellHistory, SpellsCompared, compare_spells
from csp_desktop.store import Store
from models.offending import CohortDefinition, SpellKind
from models.reoffending import Spell


def spells_compared(
    store: Store, kind: SpellKind, data_date: date, name: str | None = None, longest: int = YEAR_DAYS
) -> SpellsCompared:
    """Return all spells of a kind, of an intervention's ``name`` where one is given, compared with the time before.

    Offences are known up to ``data_date`` less the waiting months of the shipped definition.
    """
    end = known_until(data_date, definition_of(CohortDefinition.IOM).waiting_months)
    with store.read() as connection:
        merged = merged_ids(connection)
        spells = [each for each in spells_of(connection, Spell.kind == kind) if name in {None, each.name}]
        person_of = {each.offender_id: merged.get(each.offender_id, each.offender_id) for each in spells}
        histories = histories_of(connection, set(person_of.values()), data_date)
    return compare_spells(
        (
            SpellHistory(
                person,
                Stretch(each.started, each.ended),
                tuple(histories[person].offences),
                histories[person].custody,
                histories[person].died_on,
            )
            for each in spells
            for person in (person_of[each.offender_id],)
        ),
        end,
        longest,
    )


def cohort_abstinence(
    store: Store, cohort_id: int, followed: FollowedCohort, months: Sequence[int] = MONTHS, *, at_liberty: bool = False
) -> tuple[tuple[Abstinence, ...], SinceLast]:
    """Return the abstinence of a cohort's people since each one's first index date, and the time since they offended.

    ``followed`` is what ``follow_cohort`` gives of the cohort; its data date holds. ``at_liberty``: only days outside
    custody make up the months. Raises CspError where the cohort is not in the store.
    """
    data_date = followed.data_date
    with store.read() as connection:
        basis = cohort_basis(connection, cohort_id)
        first: dict[int, date] = {}
        for each in followed.people:
            first[each.offender_id] = min(each.index_date, first.get(each.offender_id, each.index_date))
        since = min(first.values(), default=data_date)
        histories = histories_of(connection, first, data_date, basis.definition, since)
    lives = [
        Life(first[person], tuple(history.offences), history.custody, history.died_on)
        for person, history in histories.items()
    ]
    end = known_until(data_date, basis.definition.waiting_months)
    return abstinence(lives, end, months, at_liberty=at_liberty), since_last(lives, end)


def cohort_at_liberty(store: Store, cohort_id: int, data_date: date) -> Exposure:
    """Return the reoffences of a cohort's measurable people, and their days at liberty in follow-up (edge case 18).

    The proven rate keeps people in custody in its denominator; this one gives them no days. Days end with follow-up or
    death; reoffences are those that count under the cohort's definition, in custody or not. Raises CspError where the
    cohort is not in the store.
    """
    with store.read() as connection:
        basis = cohort_basis(connection, cohort_id)
        people = [each for each in follow(connection, basis, data_date).people if each.is_measurable]
        custody = custody_of(connection, {each.offender_id for each in people})
    days = 0
    for each in people:
        end = each.follow_up_ends if each.died_on is None else min(each.follow_up_ends, each.died_on)
        days += days_at_liberty(each.index_date, end, custody.get(each.offender_id, ()))
    return Exposure(sum(each.reoffences for each in people), days)


def intervention_names(store: Store) -> list[str]:
    """Return the names of the interventions that spells are recorded of."""
    query = select(Spell.name).where(Spell.kind == SpellKind.INTERVENTION, Spell.name != "").distinct()
    with store.read() as connection:
        return sorted(connection.scalars(query), key=str.casefold)
