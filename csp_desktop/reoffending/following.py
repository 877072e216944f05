"""A person followed from one index event: what is known of them, and what counts. One row makes every figure."""

from datetime import date
from typing import NamedTuple

from csp_desktop.reoffending.selecting import NotFollowed
from csp_desktop.reoffending.survival import Observed
from models.offending import Disposal, IomCohort, OffenceGroup, OffenceStanding, Severity, Sex

SEVERITIES = tuple(Severity)


class Harm(NamedTuple):
    """The severity of a person's reoffences by one index, in thousandths of its unit.

    ``scored`` counts the reoffences that the index has a weight for; ``index_offence`` is the weight of that one,
    None where it has none.
    """

    total: int = 0
    most: int = 0
    scored: int = 0
    index_offence: int | None = None


class Followed(NamedTuple):
    """One index event that started a follow-up, with what came of it by the data date.

    ``reoffences`` count under the definition; ``first_day`` is the first one's day after the index date, ``pending``
    the offences within follow-up that are not proven yet. ``predicted`` is a share. ``harm`` is by ``SEVERITIES``.
    ``time`` is the days observed, up to death or the first reoffence, and whether a reoffence ended them; None where
    nothing of the follow-up is observed.
    """

    member_id: int
    offender_id: int
    reference: str
    index_date: date
    follow_up_ends: date
    is_measurable: bool
    time: Observed | None
    reoffences: int
    first_day: int | None
    pending: int
    harm: tuple[Harm, ...]
    age: int | None
    sex: Sex | None
    ethnicity: str
    disposal: Disposal | None
    offence_group: OffenceGroup | None
    previous_offences: int | None
    sentence_months: int | None
    area: str
    predicted: float | None
    iom_cohort: IomCohort | None
    died_on: date | None

    @property
    def has_reoffended(self) -> bool:
        """Say whether at least one offence counts."""
        return self.reoffences > 0


class FollowedCohort(NamedTuple):
    """Everyone followed in a cohort on a data date, and what was left out of the counting, by reason.

    ``not_counted`` counts offences of followed people by standing. ``not_followed`` counts index events that start no
    follow-up, by reason.
    """

    people: tuple[Followed, ...]
    not_counted: dict[OffenceStanding, int]
    not_followed: dict[NotFollowed, int]
    data_date: date
