"""Which of a person's index events start a follow-up: the first of the period, or of each quarter, and no others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from typing_extensions import override

from csp_desktop.reoffending.definition import Definition
from csp_desktop.reoffending.windows import quarter_of
from models.vocabulary import Word


class NotFollowed(Word):
    """Why an index event starts no follow-up."""

    NO_INDEX_EVENT = "no_index_event"
    OUTSIDE_PERIOD = "outside_period"
    LATER_INDEX_EVENT = "later_index_event"
    SAME_INDEX_EVENT = "same_index_event"

    @property
    @override
    def label(self) -> str:
        """Return the reason as people read it."""
        return _NAMES[self]


_NAMES = {
    NotFollowed.NO_INDEX_EVENT: "No index event: recall, temporary release, transfer or remand",
    NotFollowed.OUTSIDE_PERIOD: "Outside the cohort's period",
    NotFollowed.LATER_INDEX_EVENT: "Not the first index event of the person",
    NotFollowed.SAME_INDEX_EVENT: "A less serious offence of the same index event",
}


class IndexEvent(NamedTuple):
    """An index event as the source gives it. ``person`` is the id all of a person's ids stand for.

    ``weight`` is the severity of its offence, 0 where that is not known.
    """

    member_id: int
    person: int
    index_date: date
    is_index_event: bool
    weight: int


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day of a cohort's period; None is open: the period runs as far as the index dates do."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Say whether a day lies in the period."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


def select_events(
    events: Iterable[IndexEvent], definition: Definition, period: Period
) -> tuple[set[int], Mapping[NotFollowed, list[int]]]:
    """Return the ids of the events that start a follow-up, and of the others by reason.

    A person's first event of the period (or of each calendar quarter) is taken; of several offences on its day the
    most serious, and of equal ones the first entered.
    """
    is_quarterly = definition.is_quarterly
    others: dict[NotFollowed, list[int]] = {}
    first: dict[tuple[int, ...] | int, IndexEvent] = {}
    for event in events:
        member_id, person, index_date, is_index_event, _ = event
        if not is_index_event:
            others.setdefault(NotFollowed.NO_INDEX_EVENT, []).append(member_id)
        elif not period.holds(index_date):
            others.setdefault(NotFollowed.OUTSIDE_PERIOD, []).append(member_id)
        else:
            key = (person, *quarter_of(index_date)) if is_quarterly else person
            taken = first.setdefault(key, event)
            if taken is not event:
                kept, left = (event, taken) if _rank(event) < _rank(taken) else (taken, event)
                first[key] = kept
                same = kept.index_date == left.index_date
                why = NotFollowed.SAME_INDEX_EVENT if same else NotFollowed.LATER_INDEX_EVENT
                others.setdefault(why, []).append(left.member_id)
    return {event.member_id for event in first.values()}, others


def _rank(event: IndexEvent) -> tuple[date, int, int]:
    return event.index_date, -event.weight, event.member_id
