"""How the offences of a cohort's people stand, for all of them at once: the rule of ``reoffending.counting`` in SQL.

Only offences of the follow-up are handed over one by one; those outside it are only counted.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from csp_desktop.queries.cohort_basis import CohortBasis
from csp_desktop.reoffending.definition import OUT_OF_COURT
from models.offending import OffenceOutcome, OffenceStanding
from models.reoffending import CohortMember, Offence, OffenceCode, WindowEnd

_Columns = TypeVarTuple("_Columns")
STANDINGS = tuple(OffenceStanding)
_AT = {standing: at for at, standing in enumerate(STANDINGS)}
_NEVER = (
    (OffenceOutcome.RECALL, OffenceStanding.RECALL),
    (OffenceOutcome.ACQUITTED, OffenceStanding.ACQUITTED),
    (OffenceOutcome.QUASHED, OffenceStanding.QUASHED),
    (OffenceOutcome.NO_FURTHER_ACTION, OffenceStanding.NO_FURTHER_ACTION),
    (OffenceOutcome.PENDING, OffenceStanding.PENDING),
)


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass is about: the cohort, the data date, and the index events that it leaves out."""

    basis: CohortBasis
    data_date: date
    left_out: Collection[int] = ()


def offences_of_follow_up(connection: Connection, wanted: Pass) -> Iterator[Any]:
    """Yield (member id, offence code id, offence date as text, place in STANDINGS), the rows of a member together."""
    query = _joined(
        select(
            CohortMember.id,
            Offence.offence_code_id,
            type_coerce(Offence.offence_date, String),
            _standing(wanted),
        ),
        wanted,
    ).where(Offence.offence_date >= CohortMember.index_date, Offence.offence_date < WindowEnd.follow_up_ends)
    query = query.outerjoin(OffenceCode, OffenceCode.id == Offence.offence_code_id)
    yield from connection.execution_options(yield_per=10_000).execute(query)


def offences_outside(connection: Connection, wanted: Pass) -> dict[OffenceStanding, int]:
    """Count the offences that their day alone rules out, by why."""
    missing, before = Offence.offence_date.is_(None), Offence.offence_date < CohortMember.index_date
    after = Offence.offence_date >= WindowEnd.follow_up_ends
    query = _joined(select(*(func.count().filter(why) for why in (missing, before, after))), wanted)
    counts = connection.execute(query).one()
    ruled_out = (OffenceStanding.MISSING_OFFENCE_DATE, OffenceStanding.BEFORE_INDEX, OffenceStanding.AFTER_FOLLOW_UP)
    return {standing: count for standing, count in zip(ruled_out, counts, strict=True) if count}


def _joined(query: Select[*_Columns], wanted: Pass) -> Select[*_Columns]:
    """Return the query over a cohort's members, their windows and offences.

    Members are walked in the order of their ids, so that the rows of one come together without sorting: the sum with
    nothing keeps SQLite from walking them by the cohort's index.
    """
    definition = wanted.basis.definition
    query = (
        query.select_from(CohortMember)
        .join(
            WindowEnd,
            and_(
                WindowEnd.index_date == CohortMember.index_date,
                WindowEnd.follow_up_months == definition.follow_up_months,
                WindowEnd.waiting_months == definition.waiting_months,
            ),
        )
        .join(Offence, Offence.offender_id == CohortMember.offender_id)
        .where(CohortMember.cohort_id + literal_column("0") == wanted.basis.id)
    )
    if wanted.left_out:
        listed = func.json_each(json.dumps(sorted(wanted.left_out))).table_valued("value")
        query = query.where(CohortMember.id.not_in(select(listed.c.value)))
    return query


def _standing(wanted: Pass) -> ColumnElement[int]:
    """Return how an offence of the follow-up stands, as a place in STANDINGS: the first rule that holds."""
    definition = wanted.basis.definition
    index_day = Offence.offence_date == CohortMember.index_date
    index_case = (
        and_(index_day, Offence.proof_date <= CohortMember.index_date) if definition.counts_index_day else index_day
    )
    by_word = OffenceOutcome.BREACH
    breach: ColumnElement[bool] = func.coalesce(OffenceCode.is_breach, Offence.outcome == by_word)
    if definition.breach_codes:
        breach = or_(OffenceCode.code.in_(definition.breach_codes), breach)
    return case(
        (index_case, _AT[OffenceStanding.INDEX_CASE]),
        (Offence.offence_date > wanted.data_date, _AT[OffenceStanding.AFTER_DATA_DATE]),
        *((Offence.outcome == outcome, _AT[standing]) for outcome, standing in _NEVER),
        (breach, _AT[OffenceStanding.BREACH]),
        (Offence.outcome.not_in([*definition.proofs, by_word]), _not_proof(definition.proofs)),
        (Offence.proof_date.is_(None), _AT[OffenceStanding.MISSING_PROOF_DATE]),
        (Offence.proof_date >= WindowEnd.proof_ends, _AT[OffenceStanding.LATE_CONVICTION]),
        (Offence.proof_date > wanted.data_date, _AT[OffenceStanding.PENDING]),
        else_=_AT[OffenceStanding.COUNTS],
    )


def _not_proof(proofs: Collection[OffenceOutcome]) -> ColumnElement[int]:
    """Return how an offence stands whose outcome proves nothing under the definition."""
    out_of_court = [outcome for outcome in OffenceOutcome if outcome in OUT_OF_COURT and outcome not in proofs]
    return case(
        (Offence.outcome.in_(out_of_court), _AT[OffenceStanding.OUT_OF_COURT]),
        else_=_AT[OffenceStanding.OUTCOME_NOT_COUNTED],
    )
