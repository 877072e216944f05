"""How people and partners stand: whom they belong with, who stands in for them, what they have signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.people import list_people
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from csp_desktop.rules.periods import shown_day
from csp_desktop.store import Store


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """A person's seats, deputies and those they stand in for, as on a day, in words; past ones are left out."""

    seats: tuple[str, ...]
    deputies: tuple[str, ...]
    stands_in_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An information-sharing agreement. ``overdue_days`` is how late its review is, 0 for in time or undated."""

    id: int
    title: str
    signed_on: date | None
    review_date: date | None
    overdue_days: int


@dataclass(frozen=True, slots=True)
class PartnerStanding:
    """A partner's people (id and name with post), its seats in words, and its agreements."""

    people: tuple[tuple[int, str], ...]
    seats: tuple[str, ...]
    agreements: tuple[AgreementRow, ...]


def person_standing(store: Store, person_id: int, as_of: date) -> PersonStanding:
    """Return how a person stands on a day."""
    seats = [row for row in _current(store, Register.GROUP_MEMBERS, as_of) if row.row_id("person") == person_id]
    deputies = _current(store, Register.DEPUTIES, as_of)
    return PersonStanding(
        tuple(_seat(row) for row in seats),
        tuple(_with_days(row, "deputy") for row in deputies if row.row_id("person") == person_id),
        tuple(_with_days(row, "person") for row in deputies if row.row_id("deputy") == person_id),
    )


def deputies_of(store: Store, as_of: date) -> Mapping[int, tuple[tuple[int, str], ...]]:
    """Return who stands in for whom on a day: by person, each deputy's id and name."""
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    for row in _current(store, Register.DEPUTIES, as_of):
        person_id, deputy_id = row.row_id("person"), row.row_id("deputy")
        if person_id is not None and deputy_id is not None:
            found[person_id] = (*found.get(person_id, ()), (deputy_id, row.text("deputy")))
    return found


def partner_standing(store: Store, organisation_id: int, as_of: date) -> PartnerStanding:
    """Return how a partner stands on a day."""
    people = [
        row for row in list_people(store) if row.organisation_id == organisation_id and not row.erased_certificate
    ]
    seats = _current(store, Register.GROUP_MEMBERS, as_of)
    agreements = list_entries(store, Register.AGREEMENTS)
    return PartnerStanding(
        tuple((row.id, ", ".join(part for part in (row.name, row.job_title) if part)) for row in people),
        tuple(_seat(row) for row in seats if row.row_id("organisation") == organisation_id),
        tuple(_agreement(row, as_of) for row in agreements if row.row_id("organisation") == organisation_id),
    )


def overdue_days(review: date | None, as_of: date) -> int:
    """Return how many days a review is late on a day; the day itself is not late."""
    return max(0, (as_of - review).days) if review is not None else 0


def _current(store: Store, register: Register, as_of: date) -> Sequence[Entry]:
    """Return rows that hold on a day or are to come."""
    return [row for row in list_entries(store, register) if (ends := row.day("ends")) is None or ends >= as_of]


def _seat(row: Entry) -> str:
    named = ", ".join(part for part in (row.text("group"), row.text("role")) if part)
    return f"{named}{_days(row)}"


def _with_days(row: Entry, name: str) -> str:
    return f"{row.text(name)}{_days(row)}"


def _days(row: Entry) -> str:
    starts, ends = row.day("starts"), row.day("ends")
    said = [f"from {shown_day(starts)}" if starts else "", f"until {shown_day(ends)}" if ends else ""]
    told = " ".join(part for part in said if part)
    return f" ({told})" if told else ""


def _agreement(row: Entry, as_of: date) -> AgreementRow:
    review = row.day("review_date")
    return AgreementRow(row.id, row.text("title"), row.day("signed_on"), review, overdue_days(review, as_of))
