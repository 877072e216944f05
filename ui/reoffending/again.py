"""Which screen a form belongs to that is opened again after a lock, so that it is seen whose it is."""

from ui.forms.cohorts import ADD_COHORT, EDIT_COHORT
from ui.forms.offenders import ADD_MEMBER
from ui.forms.reoffending_again import LOOKUPS
from ui.reoffending.kinds import Kind
from ui.screens.screen import Where

_OF_COHORT = frozenset({EDIT_COHORT, ADD_MEMBER})


def where_again(name: str, ids: tuple[int, ...]) -> Where:
    """Return the screen of a form by its name and ids; every other form than those named is a person's."""
    if name == ADD_COHORT:
        return Where(Kind.COHORTS)
    if name in LOOKUPS:
        return Where(Kind.TABLES)
    return Where(Kind.COHORT if name in _OF_COHORT else Kind.PERSON, ids[0])
