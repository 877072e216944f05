"""The names of cohorts, to choose one by; counting whom each holds takes longer than a choice may."""

from sqlalchemy import func, select

from csp_desktop.store import Store
from models.reoffending import Cohort


def cohort_names(store: Store) -> list[str]:
    """Return the names of all cohorts in alphabetical order."""
    with store.read() as connection:
        return list(connection.scalars(select(Cohort.name).order_by(func.lower(Cohort.name))))
