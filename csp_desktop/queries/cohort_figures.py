"""A cohort with everything its page and its report say: what it is counted by, its people, and their figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from csp_desktop.queries.cohort_basis import CohortBasis, cohort_basis
from csp_desktop.queries.following import follow
from csp_desktop.queries.severities import Edition, editions_in_use
from csp_desktop.reoffending.following import FollowedCohort
from csp_desktop.reoffending.outcomes import Outcomes, outcomes_of
from csp_desktop.store import Store
from models.offending import Severity


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """A cohort counted on ``followed.data_date``. ``outcomes`` pool all of its index events."""

    basis: CohortBasis
    editions: Mapping[Severity, Edition]
    followed: FollowedCohort
    outcomes: Outcomes


def cohort_figures(store: Store, cohort_id: int, today: date, data_date: date | None = None) -> CohortFigures:
    """Return a cohort's figures on ``data_date``; without one on the cohort's own, else on ``today``.

    Raises CspError where the cohort is not in the store any more.
    """
    with store.read() as connection:
        basis = cohort_basis(connection, cohort_id)
        followed = follow(connection, basis, data_date or basis.data_date or today)
        editions = editions_in_use(connection)
    return CohortFigures(basis, editions, followed, outcomes_of(followed.people, basis.baseline))
