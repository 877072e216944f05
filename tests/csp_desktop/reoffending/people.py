"""Followed people of a test's own making."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from csp_desktop.reoffending.following import SEVERITIES, Followed, Harm

_NUMBERS = count(1_000)
_DAY = date(2024, 1, 1)


def person(**changes: Any) -> Followed:
    """Return a person followed for a whole year without a reoffence, changed as asked."""
    number = next(_NUMBERS)
    usual = Followed(
        member_id=number,
        offender_id=number,
        reference=f"P{number}",
        index_date=_DAY,
        follow_up_ends=_DAY + timedelta(days=366),
        is_measurable=True,
        time=(366, False),
        reoffences=0,
        first_day=None,
        pending=0,
        harm=(Harm(),) * len(SEVERITIES),
        age=30,
        sex=None,
        ethnicity="",
        disposal=None,
        offence_group=None,
        previous_offences=None,
        sentence_months=None,
        area="",
        predicted=None,
        iom_cohort=None,
        died_on=None,
    )
    return usual._replace(**changes)
