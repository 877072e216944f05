"""Commands on cohorts: create, edit how one is counted, withdraw."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.commands.window_ends import keep_window_ends
from csp_desktop.commands.withdrawing import withdraw
from csp_desktop.errors import CspError
from csp_desktop.reoffending.definition import definition_of
from csp_desktop.rules.folding import fold
from csp_desktop.rules.reoffending_refusals import cohort_refusals
from csp_desktop.rules.validation import FieldError, insist
from csp_desktop.store import Store
from models.offending import CohortDefinition, IndexRule, OffenceOutcome
from models.reoffending import Cohort, CohortMember

MOST_AT_ONCE = 20_000
"""Index events that one withdrawal takes along: each is kept in the audit trail by itself."""


class CohortRules(TypedDict, total=False):
    """How a cohort is counted."""

    definition: CohortDefinition
    follow_up_months: int
    waiting_months: int
    index_rule: IndexRule
    counts_index_day: bool
    breach_codes: list[str]
    proofs: list[OffenceOutcome]
    period_first: date | None
    period_last: date | None
    data_date: date | None
    baseline_score: int | None
    baseline_note: str


class CohortValues(CohortRules, total=False):
    """What can be changed of a cohort. ``baseline_score`` is a mean predicted score as a share in millionths."""

    name: str


def create_cohort(store: Store, name: str, kind: CohortDefinition, **values: Unpack[CohortRules]) -> int:
    """Create a cohort; return its id. What is not given is as the shipped definition of ``kind`` has it.

    Raises FieldError for a value a form would refuse, a name that another cohort has among them.
    """
    given = _tidy({**_shipped(kind), **values, "name": name})
    insist(cohort_refusals(given))
    with store.write("Create a cohort") as session:
        _check_name(session, given["name"], None)
        cohort = Cohort(**given)
        session.add(cohort)
        session.flush()
        return cohort.id


def edit_cohort(store: Store, cohort_id: int, version: int, **values: Unpack[CohortValues]) -> None:
    """Change a cohort; ``version`` is the one the caller read.

    Another ``definition`` brings its own months, index rule and proofs along where none are given. Raises FieldError
    for a refused value, RowChangedError where someone changed it since.
    """
    with store.write("Edit a cohort") as session:
        cohort = get_row(session, Cohort, cohort_id)
        kind = values.get("definition")
        given = _tidy({**(_shipped(kind) if kind and kind is not cohort.definition else {}), **values})
        present = {name: getattr(cohort, name) for name in ("period_first", "period_last")}
        insist(cohort_refusals(present | given))
        if "name" in given:
            _check_name(session, given["name"], cohort_id)
        change_row(cohort, version, given)
        session.flush()
        keep_window_ends(session.connection(), cohort_id)


def withdraw_cohort(store: Store, cohort_id: int, version: int) -> None:
    """Take a cohort out with its index events; the people and their offences stay.

    Raises CspError where it has more index events than one Step should hold: taking their import back is the way.
    """
    with store.write("Withdraw a cohort") as session:
        cohort = get_row(session, Cohort, cohort_id)
        of_cohort = CohortMember.cohort_id == cohort_id
        events = session.scalar(select(func.count()).where(of_cohort)) or 0
        if events > MOST_AT_ONCE:
            raise CspError(
                f"This cohort has {events:,} index events, too many to withdraw by hand. Take the imports that brought "
                "them back first; nothing was changed."
            )
        for member in session.scalars(select(CohortMember).where(of_cohort)):
            session.delete(member)
        session.flush()
        withdraw(session, cohort, version)


def _shipped(kind: CohortDefinition) -> dict[str, Any]:
    shipped = definition_of(kind)
    return {
        "definition": kind,
        "follow_up_months": shipped.follow_up_months,
        "waiting_months": shipped.waiting_months,
        "index_rule": shipped.index_rule,
        "counts_index_day": shipped.counts_index_day,
        "breach_codes": list(shipped.breach_codes),
        "proofs": list(shipped.proofs),
    }


def _tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as they are stored: names without stray spaces, lists of plain words, each once."""
    given = dict(values)
    if "name" in given:
        given["name"] = " ".join(given["name"].split())
    if "proofs" in given:
        given["proofs"] = [str(outcome.value) for outcome in OffenceOutcome if outcome in given["proofs"]]
    if "breach_codes" in given:
        given["breach_codes"] = list(dict.fromkeys(code.strip() for code in given["breach_codes"] if code.strip()))
    return given


def _check_name(session: Session, name: str, own_id: int | None) -> None:
    names = session.execute(select(Cohort.id, Cohort.name))
    if any(fold(other) == fold(name) for cohort_id, other in names if cohort_id != own_id):
        raise FieldError("name", f"There is a cohort “{name}” already: give this one another name.")
