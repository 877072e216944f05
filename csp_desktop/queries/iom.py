"""The Integrated Offender Management list: who is selected, how active they are held to be, and what has changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, select

from csp_desktop.queries.cohort_basis import merged_ids
from csp_desktop.queries.histories import among, ids_of_people, proven_days
from csp_desktop.queries.person_reads import needs_of, spells_of, statuses_of
from csp_desktop.queries.person_rows import NeedRow, SpellRow, StatusRow
from csp_desktop.reoffending.abstinence import completed_months
from csp_desktop.reoffending.windows import add_months
from csp_desktop.store import Store
from models.offending import IomCohort, IomRag, Pathway, SpellKind
from models.reoffending import NeedScore, Offender, Spell

R = TypeVar("R", SpellRow, StatusRow, NeedRow)


@dataclass(frozen=True, slots=True)
class NeedChange:
    """A person's need on a pathway as first and as last scored, by the same instrument; a higher score is greater."""

    pathway: Pathway
    instrument: str
    first: int
    first_on: date
    latest: int
    latest_on: date

    @property
    def change(self) -> int:
        """Return latest - first; below 0 the need has become smaller."""
        return self.latest - self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class IomRow:
    """A person who is or was under Integrated Offender Management, as at a day.

    ``is_current``: a spell goes on, or no spell is recorded and a status is. ``spell`` is the one that goes on, else
    the last. ``months_since_last_offence`` are completed months since the last proven offence, None where there is
    none; ``offences_in_months`` counts proven offences of the last months asked for.
    """

    offender_id: int
    version: int
    reference: str
    is_current: bool
    iom_cohort: IomCohort | None
    rag: IomRag | None
    rag_since: date | None
    statuses: tuple[StatusRow, ...]
    lead_agency: str
    lead_officer: str
    spell: SpellRow | None
    spells: tuple[SpellRow, ...]
    next_review: date | None
    is_review_overdue: bool
    needs: tuple[NeedChange, ...]
    last_offence_on: date | None
    months_since_last_offence: int | None
    offences_in_months: int


def list_iom(store: Store, as_of: date, months: int = 12) -> list[IomRow]:
    """Return everyone with an Integrated Offender Management spell or status, those selected now first, by id.

    Offences are the proven ones known on ``as_of``; the last ``months`` end with that day.
    """
    with store.read() as connection:
        making = _Making(connection, as_of, months)
        query = select(Offender.__table__).where(among(Offender.id, making.people))
        found = [making.row(person) for person in connection.execute(query)]
    return sorted(found, key=lambda each: (not each.is_current, each.reference))


class _Making:
    """Makes the row of each person."""

    def __init__(self, connection: Connection, as_of: date, months: int) -> None:
        merged = merged_ids(connection)
        self._as_of = as_of
        self._since = add_months(as_of, -months)
        self.spells = _by_person(spells_of(connection, Spell.kind == SpellKind.IOM), merged)
        self.statuses = _by_person(statuses_of(connection), merged)
        self.people = {*self.spells, *self.statuses}
        wanted = ids_of_people(self.people, merged)
        self._needs = _by_person(needs_of(connection, among(NeedScore.offender_id, wanted)), merged)
        self._days = proven_days(connection, self.people, as_of)

    def row(self, person: Row[Any]) -> IomRow:
        """Return the row of a person; ``person`` is what the store holds of the id that stands for them."""
        spells, statuses = self.spells.get(person.id, []), self.statuses.get(person.id, [])
        statuses = [each for each in statuses if each.dated <= self._as_of]
        spell = next((each for each in reversed(spells) if each.holds(self._as_of)), spells[-1] if spells else None)
        current = spell.holds(self._as_of) if spell else bool(statuses)
        days = [day for day in self._days.get(person.id, []) if day <= self._as_of]
        review = person.next_review
        return IomRow(
            offender_id=person.id,
            version=person.version,
            reference=person.reference,
            is_current=current,
            iom_cohort=_cohort(spell, statuses),
            rag=statuses[-1].rag if statuses else None,
            rag_since=_since(statuses),
            statuses=tuple(statuses),
            lead_agency=person.lead_agency,
            lead_officer=person.lead_officer,
            spell=spell,
            spells=tuple(spells),
            next_review=review,
            is_review_overdue=current and review is not None and review < self._as_of,
            needs=tuple(_changes(self._needs.get(person.id, []))),
            last_offence_on=days[-1] if days else None,
            months_since_last_offence=completed_months(days[-1], self._as_of) if days else None,
            offences_in_months=sum(day > self._since for day in days),
        )


def _cohort(spell: SpellRow | None, statuses: Sequence[StatusRow]) -> IomCohort | None:
    """Return the cohort of the latest status that names one, else the spell's."""
    named = [each.iom_cohort for each in statuses if each.iom_cohort]
    return named[-1] if named else spell.iom_cohort if spell else None


def _since(statuses: Sequence[StatusRow]) -> date | None:
    """Return since when the present status has stood without a change."""
    since = None
    for each in reversed(statuses):
        if each.rag is not statuses[-1].rag:
            break
        since = each.dated
    return since


def _changes(needs: Iterable[NeedRow]) -> list[NeedChange]:
    """Return the change of each pathway, between scores of one instrument alone: scales of two cannot be compared."""
    scored: dict[tuple[Pathway, str], list[NeedRow]] = defaultdict(list)
    for each in needs:
        scored[each.pathway, each.instrument].append(each)
    order = list(Pathway)
    return [
        NeedChange(pathway, instrument, rows[0].score, rows[0].dated, rows[-1].score, rows[-1].dated)
        for (pathway, instrument), rows in sorted(
            scored.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    ]


def _by_person(rows: Iterable[R], merged: Mapping[int, int]) -> dict[int, list[R]]:
    """Return rows by the id that stands for their person, in the order given."""
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[merged.get(row.offender_id, row.offender_id)].append(row)
    return found
