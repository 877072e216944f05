"""Whom a cohort follows and what counts against them: one pass over the store gives a row for each person.

Windows come from the stored ends of each index date. People who stand under several ids are few; they are counted
offence by offence, so that the same offence under two ids counts once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, String, select, type_coerce

from csp_desktop.collector import collector_at_rest
from csp_desktop.queries.cohort_basis import NO_CODE, CodeFacts, CohortBasis, code_facts, cohort_basis, merged_ids
from csp_desktop.queries.counted import Counted, count_by_pass, count_by_rule, harm_of, offences_of
from csp_desktop.queries.standings import Pass
from csp_desktop.reoffending.following import Followed, FollowedCohort, Harm
from csp_desktop.reoffending.selecting import IndexEvent, NotFollowed, select_events
from csp_desktop.reoffending.survival import Observed
from csp_desktop.reoffending.tallies import People
from csp_desktop.reoffending.windows import Windows
from csp_desktop.store import Store
from models.offending import Disposal, IomCohort, Sex
from models.reoffending import CohortMember, Offender

_MILLION = 1_000_000
_YEAR, _DAY_OF_YEAR = slice(0, 4), slice(5, 10)


class _Event(NamedTuple):
    """What an index date alone decides. ``time`` is that of someone who lives on and does not reoffend."""

    day: date
    windows: Windows
    is_measurable: bool
    until: date
    time: Observed | None
    year: int
    day_of_year: str


@dataclass(slots=True)
class _Days:
    """What days decide, worked out once each: a cohort has few and names them often."""

    basis: CohortBasis
    data_date: date
    known: dict[str, _Event] = field(default_factory=dict)
    births: dict[str, tuple[int, str]] = field(default_factory=dict)

    def event(self, text: str) -> _Event:
        found = self.known.get(text)
        if found is None:
            windows = self.basis.definition.windows(date.fromisoformat(text))
            until = windows.observed_until(self.data_date, self.basis.definition.waiting_months)
            days = (until - windows.index_date).days
            found = self.known[text] = _Event(
                windows.index_date,
                windows,
                windows.is_measurable(self.data_date),
                until,
                (days, False) if days > 0 else None,
                windows.index_date.year,
                text[_DAY_OF_YEAR],
            )
        return found

    def age(self, birth_date: str, event: _Event) -> int:
        """Return the age in completed years on an index date."""
        born = self.births.get(birth_date)
        if born is None:
            born = self.births[birth_date] = int(birth_date[_YEAR]), birth_date[_DAY_OF_YEAR]
        return event.year - born[0] - (event.day_of_year < born[1])


def follow_cohort(store: Store, cohort_id: int, data_date: date) -> FollowedCohort:
    """Return everyone followed in a cohort with what is known of them on ``data_date``, in order of member id.

    Raises CspError where the cohort is not in the store any more.
    """
    with store.read() as connection:
        return follow(connection, cohort_basis(connection, cohort_id), data_date)


@collector_at_rest()
def follow(connection: Connection, basis: CohortBasis, data_date: date) -> FollowedCohort:
    """Return what ``follow_cohort`` does, on a connection of the caller's."""
    codes = code_facts(connection, basis.definition)
    merged = merged_ids(connection)
    days = _Days(basis, data_date)
    members: Sequence[Any] = connection.execute(_members(basis.id)).all()
    selected, others = _selected(members, basis, codes, merged)
    several = {*merged, *merged.values()}
    apart = [each for each in members if each[1] in several and each[0] in selected] if several else []
    left_out = {each[0] for each in apart}.union(*others.values())
    counted, standings = count_by_pass(connection, Pass(basis, data_date, left_out))
    for member_id, offender_id, _reference, index_date, *_ in apart:
        person = merged.get(offender_id, offender_id)
        ids = [person, *(alias for alias, kept in merged.items() if kept == person)]
        windows = days.event(index_date).windows
        found, ways = count_by_rule(offences_of(connection, ids), codes, windows, Pass(basis, data_date))
        counted[member_id] = found
        standings.update(ways)
    making = _Making(days, codes, merged, counted)
    people = People.of([making.followed(*each) for each in members if each[0] in selected])
    return FollowedCohort(people, dict(standings), {why: len(ids) for why, ids in others.items()}, data_date)


def _selected(
    members: Sequence[Any], basis: CohortBasis, codes: Mapping[int, CodeFacts], merged: Mapping[int, int]
) -> tuple[set[int], Mapping[NotFollowed, list[int]]]:
    """Return the ids of the members that start a follow-up, and of the others by reason."""
    weights = {code_id: code.weights[0] or 0 for code_id, code in codes.items()}
    days = {text: date.fromisoformat(text) for text in {each[3] for each in members}}
    events = (
        IndexEvent(
            member_id,
            merged.get(offender_id, offender_id),
            days[index_date],
            disposal not in _NO_EVENTS,
            weights.get(code_id, 0),
        )
        for member_id, offender_id, _reference, index_date, disposal, code_id, *_ in members
    )
    return select_events(events, basis.definition, basis.period)


def _members(cohort_id: int) -> Any:
    return (
        select(
            CohortMember.id,
            CohortMember.offender_id,
            Offender.reference,
            type_coerce(CohortMember.index_date, String).label("index_date"),
            type_coerce(CohortMember.disposal, String).label("disposal"),
            CohortMember.offence_code_id,
            type_coerce(CohortMember.birth_date, String).label("birth_date"),
            CohortMember.age,
            type_coerce(CohortMember.sex, String).label("sex"),
            CohortMember.ethnicity,
            CohortMember.previous_offences,
            CohortMember.sentence_months,
            CohortMember.area,
            CohortMember.predicted_score,
            type_coerce(CohortMember.died_on, String).label("died_on"),
            type_coerce(CohortMember.iom_cohort, String).label("iom_cohort"),
        )
        .join(Offender, Offender.id == CohortMember.offender_id)
        .where(CohortMember.cohort_id == cohort_id)
        .order_by(CohortMember.id)
    )


_DISPOSALS: Mapping[str | None, Disposal | None] = {None: None} | {word.value: word for word in Disposal}
_SEXES: Mapping[str | None, Sex | None] = {None: None} | {word.value: word for word in Sex}
_IOM: Mapping[str | None, IomCohort | None] = {None: None} | {word.value: word for word in IomCohort}
_NO_EVENTS = frozenset(word.value for word in Disposal if not word.is_index_event)
_NOTHING = Counted()


@dataclass(slots=True)
class _Making:
    """Makes the row of each person."""

    days: _Days
    codes: Mapping[int, CodeFacts]
    merged: Mapping[int, int]
    counted: Mapping[int, Counted]
    harms: dict[tuple[int | None, ...], tuple[Harm, ...]] = field(default_factory=dict)

    def followed(  # noqa: PLR0913, PLR0917 - the columns of the pass, a million times
        self,
        member_id: int,
        offender_id: int,
        reference: str,
        index_date: str,
        disposal: str | None,
        code_id: int | None,
        birth_date: str | None,
        age: int | None,
        sex: str | None,
        ethnicity: str,
        previous_offences: int | None,
        sentence_months: int | None,
        area: str,
        predicted: int | None,
        died_on: str | None,
        iom_cohort: str | None,
    ) -> Followed:
        event = self.days.event(index_date)
        counted = self.counted.get(member_id, _NOTHING)
        died = date.fromisoformat(died_on) if died_on else None
        first = (date.fromisoformat(counted.first) - event.day).days if counted.first else None
        return Followed(
            member_id,
            self.merged.get(offender_id, offender_id),
            reference,
            event.day,
            event.windows.follow_up_ends,
            event.is_measurable,
            event.time if first is None and died is None else _time(event, first, died),
            len(counted.codes),
            first,
            counted.pending,
            self._harm((code_id, *counted.codes)),
            self.days.age(birth_date, event) if birth_date else age,
            _SEXES[sex],
            ethnicity,
            _DISPOSALS[disposal],
            NO_CODE.group if code_id is None else self.codes[code_id].group,
            previous_offences,
            sentence_months,
            area,
            None if predicted is None else predicted / _MILLION,
            _IOM[iom_cohort],
            died,
        )

    def _harm(self, code_ids: tuple[int | None, ...]) -> tuple[Harm, ...]:
        """Return the severity for the codes of the index offence and of the reoffences: most people share theirs."""
        found = self.harms.get(code_ids)
        if found is None:
            index, *offences = (NO_CODE if code_id is None else self.codes[code_id] for code_id in code_ids)
            found = self.harms[code_ids] = harm_of(index, offences)
        return found


def _time(event: _Event, first: int | None, died: date | None) -> Observed | None:
    """Return how long someone is observed and whether a reoffence ended it, None where they are not observed.

    An offence of the last day still counts where death ended the observation.
    """
    dies = died is not None and died < event.until
    until = died if died is not None and dies else event.until
    days = (until - event.day).days
    if days <= 0:
        return None
    if first is not None and (first < days or (dies and first == days)):
        return first, True
    return days, False
