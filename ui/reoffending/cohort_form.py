"""The form of a cohort as its screens open it: to be edited, or withdrawn with its index events."""

from functools import partial

from csp_desktop.commands.cohorts import withdraw_cohort
from csp_desktop.queries.cohorts import find_cohort
from ui.forms.cohorts import editing_cohort
from ui.forms.form import FormSpec
from ui.screens.screen import Screen


def cohort_form(screen: Screen, cohort_id: int) -> FormSpec:
    """Return the form of a cohort. Raises CspError where it is gone."""
    store = screen.desk.store
    row = find_cohort(store, cohort_id)
    spec = editing_cohort(store, cohort_id, screen.desk.today())
    return screen.with_withdrawal(spec, f"The cohort {row.name}", partial(withdraw_cohort, store, row.id, row.version))
