"""Keeping where windows end: one row for each index date of a cohort, which counting joins to.

A row is a function of its date and months alone. So it is no record of what people did: it is not audited, an undo
leaves it, and one more than is needed does no harm.
"""

from sqlalchemy import Connection, exists, select
from sqlalchemy.dialects.sqlite import insert

from csp_desktop.reoffending.windows import windows_of
from models.reoffending import Cohort, CohortMember, WindowEnd


def keep_window_ends(connection: Connection, cohort_id: int) -> None:
    """Write the window ends that are missing for a cohort's index dates, in the caller's transaction."""
    cohort = connection.execute(
        select(Cohort.follow_up_months, Cohort.waiting_months).where(Cohort.id == cohort_id)
    ).one()
    follow_up, waiting = cohort
    known = exists().where(
        WindowEnd.index_date == CohortMember.index_date,
        WindowEnd.follow_up_months == follow_up,
        WindowEnd.waiting_months == waiting,
    )
    dates = connection.scalars(
        select(CohortMember.index_date).where(CohortMember.cohort_id == cohort_id, ~known).distinct()
    ).all()
    if dates:
        ends = [windows_of(day, follow_up, waiting) for day in dates]
        connection.execute(
            insert(WindowEnd).on_conflict_do_nothing(),
            [
                {
                    "index_date": each.index_date,
                    "follow_up_months": follow_up,
                    "waiting_months": waiting,
                    "follow_up_ends": each.follow_up_ends,
                    "proof_ends": each.proof_ends,
                }
                for each in ends
            ],
        )
