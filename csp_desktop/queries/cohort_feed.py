"""What a cohort's outcomes say for the measure that they feed, and whether what was fed is still what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, or_, select

from csp_desktop.errors import CspError
from csp_desktop.measures.spans import label_of
from csp_desktop.queries.cohort_figures import cohort_figures
from csp_desktop.queries.cohorts import find_cohort
from csp_desktop.registers.forms import Register
from csp_desktop.registers.naming import read_names
from csp_desktop.reoffending.outcomes import Outcomes
from csp_desktop.rules.periods import Period, add_months, shown_day
from csp_desktop.store import Store
from models.measures import Measure, Reading
from models.records import AuditChange
from models.reoffending import CohortMember, Load
from models.terms import CohortFigure, MeasureUnit
from models.vocabulary import Change

_OF_ALL = ("offence", "offence_code", "offender")
"""The tables that every cohort is counted from."""
_LOADS = (Register.OFFENCES.value, Register.OFFENCE_CODES.value)
"""The registers that every cohort is counted from, which leave their trace as a load where they come in bulk."""
UNITS = {
    CohortFigure.RATE: MeasureUnit.PERCENT,
    CohortFigure.REOFFENCES_PER_REOFFENDER: MeasureUnit.AVERAGE,
    CohortFigure.REOFFENCES_PER_OFFENDER: MeasureUnit.AVERAGE,
    CohortFigure.REOFFENDERS: MeasureUnit.COUNT,
}
"""What each figure of a cohort is measured in."""


@dataclass(frozen=True, slots=True)
class Feed:
    """How a measure that a cohort feeds stands to it. ``fed`` is the period of the newest reading, "" before the first.

    ``is_stale``: something that the cohort is counted from was changed or brought in since.
    """

    cohort: str
    fed: str
    is_stale: bool

    @property
    def words(self) -> str:
        """Return how it stands in a sentence."""
        if not self.fed:
            return f"Fed by the cohort {self.cohort}, but not yet: take its figure now."
        if self.is_stale:
            return f"Data of the cohort {self.cohort} has changed since it fed this measure: take its figure again."
        return f"Fed by the cohort {self.cohort}."


@dataclass(frozen=True, slots=True)
class FedReading:
    """What a cohort gives a measure for a period. ``denominator`` is None of a count."""

    period: Period
    numerator: int
    denominator: int | None
    is_provisional: bool
    note: str


def feeds_in(connection: Connection) -> Mapping[int, Feed]:
    """Return by measure how it stands to the cohort that feeds it."""
    fed = connection.execute(
        select(Measure.id, Measure.cohort_id).where(Measure.cohort_id.is_not(None), Measure.cohort_figure.is_not(None))
    ).all()
    if not fed:
        return {}
    last_changes = {cohort_id: _last_change(connection, cohort_id) for cohort_id in {row.cohort_id for row in fed}}
    names = read_names(connection, "cohort").labels
    found = {}
    for measure_id, cohort_id in fed:
        newest = connection.execute(
            select(Reading.id, Reading.period)
            .where(Reading.measure_id == measure_id)
            .order_by(Reading.last_day.desc(), Reading.id.desc())
            .limit(1)
        ).one_or_none()
        taken = _changed_at(connection, newest.id) if newest else 0
        found[measure_id] = Feed(
            names[cohort_id or 0], newest.period if newest else "", bool(newest) and taken < last_changes[cohort_id]
        )
    return found


def cohort_gives(store: Store, measure_id: int, data_date: date) -> FedReading:
    """Return what a measure's cohort gives it on a data date. It is counted afresh, which a large cohort makes long.

    Raises CspError where no cohort feeds the measure, and where nobody in it is measurable yet.
    """
    with store.read() as connection:
        wanted = connection.execute(
            select(Measure.cohort_id, Measure.cohort_figure, Measure.unit).where(Measure.id == measure_id)
        ).one_or_none()
    if wanted is None or wanted.cohort_id is None or wanted.cohort_figure is None:
        raise CspError("No cohort feeds this measure: name one, and which of its figures, in the measure's form.")
    if wanted.unit is not UNITS[wanted.cohort_figure]:
        raise CspError(
            f"{wanted.cohort_figure.label} of a cohort is in “{UNITS[wanted.cohort_figure].label}” and this measure "
            f"in “{wanted.unit.label}”: correct the unit in the measure's form."
        )
    figures = cohort_figures(store, wanted.cohort_id, data_date, data_date)
    row = find_cohort(store, wanted.cohort_id)
    if not figures.outcomes.offenders or row.first_day is None or row.last_day is None:
        raise CspError(f"Nobody in {row.name} is measurable on {shown_day(data_date)} yet: there is no figure to take.")
    numerator, denominator = _figure(figures.outcomes, wanted.cohort_figure)
    if denominator == 0:
        raise CspError(f"Nobody in {row.name} has reoffended, so there are no reoffences per reoffender to take.")
    return FedReading(
        _whole_months(row.first_day, row.last_day),
        numerator,
        denominator,
        bool(figures.outcomes.not_yet_measurable),
        _provenance(row.name, data_date, store.clock()),
    )


def _whole_months(first_day: date, last_day: date) -> Period:
    """Return the calendar months that a cohort's period lies in: its days may be those of two people."""
    first = first_day.replace(day=1)
    last = add_months(last_day.replace(day=1), 1) - timedelta(days=1)
    return Period(label_of(first, last), first, last)


def _provenance(cohort: str, data_date: date, now: datetime) -> str:
    """Return where a reading came from, and when: so that taking the same figure again leaves its trace."""
    counted = f"{shown_day(now.date())} at {now:%H:%M} UTC"
    return f"Taken from the cohort {cohort}, data of {shown_day(data_date)}; counted on {counted}."


def _figure(outcomes: Outcomes, figure: CohortFigure) -> tuple[int, int | None]:
    """Return a figure as what it is worked out of."""
    return {
        CohortFigure.RATE: (outcomes.reoffenders, outcomes.offenders),
        CohortFigure.REOFFENCES_PER_REOFFENDER: (outcomes.reoffences, outcomes.reoffenders),
        CohortFigure.REOFFENCES_PER_OFFENDER: (outcomes.reoffences, outcomes.offenders),
        CohortFigure.REOFFENDERS: (outcomes.reoffenders, None),
    }[figure]


def _last_change(connection: Connection, cohort_id: int) -> int:
    """Return the newest Step that touched what a cohort is counted from, 0 for none.

    A row that is gone no longer says whose it was, so it counts. A new offender is counted once something names them.
    """
    own_members = select(CohortMember.id).where(CohortMember.cohort_id == cohort_id)
    own_loads = select(CohortMember.load_id).where(
        CohortMember.cohort_id == cohort_id, CohortMember.load_id.is_not(None)
    )
    row_id, table = AuditChange.row_id, AuditChange.table_name
    touches = or_(
        table.in_(_OF_ALL) & ~((table == "offender") & (AuditChange.change == Change.ADDED)),
        (table == "cohort") & (row_id == cohort_id),
        (table == "cohort_member") & (row_id.in_(own_members) | row_id.not_in(select(CohortMember.id))),
        (table == "load")
        & (
            row_id.in_(own_loads)
            | row_id.in_(select(Load.id).where(Load.register.in_(_LOADS)))
            | row_id.not_in(select(Load.id))
        ),
    )
    return connection.scalar(select(func.max(AuditChange.entry_id)).where(touches)) or 0


def _changed_at(connection: Connection, reading_id: int) -> int:
    query = select(func.max(AuditChange.entry_id)).where(
        AuditChange.table_name == Reading.__tablename__, AuditChange.row_id == reading_id
    )
    return connection.scalar(query) or 0
