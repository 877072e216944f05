"""Cohorts as they are listed: how each is counted, how many people are in it, and from when to when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from csp_desktop.errors import CspError
from csp_desktop.queries.cohort_basis import cohort_basis, merged_ids
from csp_desktop.reoffending.definition import Definition
from csp_desktop.reoffending.selecting import Period
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.reoffending import Cohort, CohortMember
from models.vocabulary import Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortRow:
    """A cohort as it is listed.

    ``people`` counts persons and not their ids; ``index_events`` counts the rows of the register. ``first_index`` and
    ``last_index`` are None where there are none. ``baseline_score`` is a share in millionths.
    """

    id: int
    version: int
    name: str
    definition: Definition
    period: Period
    first_index: date | None
    last_index: date | None
    people: int
    index_events: int
    data_date: date | None
    baseline_score: int | None
    baseline_note: str

    @property
    def handling(self) -> Marking:
        """Return how what is behind the cohort is to be handled: it is about persons."""
        return Marking.OFFICIAL_SENSITIVE

    @property
    def first_day(self) -> date | None:
        """Return the period's first day, the first index date where none was given."""
        return self.period.first or self.first_index

    @property
    def last_day(self) -> date | None:
        """Return the period's last day, the last index date where none was given."""
        return self.period.last or self.last_index


@dataclass(frozen=True, slots=True)
class _Reach:
    first: date
    last: date
    people: int
    events: int


def list_cohorts(store: Store) -> list[CohortRow]:
    """Return every cohort by name."""
    with store.read() as connection:
        return _rows(connection, connection.scalars(select(Cohort.id).order_by(func.lower(Cohort.name))).all())


def find_cohort(store: Store, wanted: str | int) -> CohortRow:
    """Return a cohort by its id or its name. Raises CspError where there is none, with the names that there are."""
    with store.read() as connection:
        names = {row.id: row.name for row in connection.execute(select(Cohort.id, Cohort.name))}
        if isinstance(wanted, int):
            return _rows(connection, [wanted])[0]
        found = [cohort_id for cohort_id, name in names.items() if fold(name) == fold(wanted)]
        if not found:
            known = ", ".join(f"“{name}”" for name in sorted(names.values(), key=fold)) or "none yet"
            raise CspError(f"There is no cohort “{' '.join(wanted.split())}” in this store. Its cohorts: {known}.")
        return _rows(connection, found)[0]


def _rows(connection: Connection, cohort_ids: Iterable[int]) -> list[CohortRow]:
    reaches = _reaches(connection)
    found = []
    for cohort_id in cohort_ids:
        basis = cohort_basis(connection, cohort_id)
        reach = reaches.get(cohort_id)
        score = connection.scalar(select(Cohort.baseline_score).where(Cohort.id == cohort_id))
        found.append(
            CohortRow(
                id=basis.id,
                version=basis.version,
                name=basis.name,
                definition=basis.definition,
                period=basis.period,
                first_index=reach.first if reach else None,
                last_index=reach.last if reach else None,
                people=reach.people if reach else 0,
                index_events=reach.events if reach else 0,
                data_date=basis.data_date,
                baseline_score=score,
                baseline_note=basis.baseline_note,
            )
        )
    return found


def _reaches(connection: Connection) -> dict[int, _Reach]:
    """Return by cohort how far its index dates reach and how many there are."""
    query = select(
        CohortMember.cohort_id,
        func.min(CohortMember.index_date),
        func.max(CohortMember.index_date),
        func.count(CohortMember.offender_id.distinct()),
        func.count(),
    ).group_by(CohortMember.cohort_id)
    twice = _counted_twice(connection, merged_ids(connection))
    return {
        cohort_id: _Reach(first, last, ids - twice.get(cohort_id, 0), events)
        for cohort_id, first, last, ids, events in connection.execute(query)
    }


def _counted_twice(connection: Connection, merged: Mapping[int, int]) -> dict[int, int]:
    """Return by cohort how many more ids than persons are in it."""
    if not merged:
        return {}
    query = select(CohortMember.cohort_id, CohortMember.offender_id).where(
        CohortMember.offender_id.in_({*merged, *merged.values()})
    )
    ids: dict[int, set[int]] = defaultdict(set)
    for cohort_id, offender_id in connection.execute(query.distinct()):
        ids[cohort_id].add(offender_id)
    return {cohort_id: len(found) - len({merged.get(each, each) for each in found}) for cohort_id, found in ids.items()}
