"""Handing over what a person owns to another, in one step: nobody has to look for what a leaver left behind."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.commands.rows import get_row
from csp_desktop.errors import CspError
from csp_desktop.queries.owned import SOURCES, OwnedKind, owned_in
from csp_desktop.store import Store
from models.people import Membership, Person

EVERYTHING = frozenset(OwnedKind)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Handover:
    """How many things went over, by kind; kinds of which there was nothing are left out."""

    counts: Mapping[OwnedKind, int]

    @property
    def words(self) -> str:
        """Return what went over in words: "Actions to lead: 3; Risks: 1"."""
        return "; ".join(f"{kind.label}: {count}" for kind, count in self.counts.items())


def hand_over(
    store: Store,
    from_person_id: int,
    to_person_id: int,
    as_of: date,
    kinds: Collection[OwnedKind] = EVERYTHING,
) -> Handover:
    """Give what one person owns on a day to another, as one Step: what ``owned_by`` lists, of the kinds given.

    What is closed stays with whom it was. A seat in a group ends the day before ``as_of`` and begins for the other on
    it; one that had not begun is simply the other's. Raises CspError for one and the same person, for one whose data
    was erased taking over, and where there is nothing to hand over.
    """
    if from_person_id == to_person_id:
        raise CspError("Choose somebody else to hand over to.")
    with store.write("Hand over what a person owns") as session:
        get_row(session, Person, from_person_id)
        if get_row(session, Person, to_person_id).erased_certificate is not None:
            raise CspError("This person's data was erased and stays so: choose somebody else to hand over to.")
        owned = owned_in(session.connection(), from_person_id, as_of, kinds)
        if not owned:
            raise CspError("There is nothing to hand over: this person owns nothing of what was chosen on that day.")
        for each in owned:
            source = SOURCES[each.kind]
            row = get_row(session, source.model, each.id)
            if isinstance(row, Membership):
                _hand_over_seat(session, row, to_person_id, as_of)
            else:
                setattr(row, source.owner.key, to_person_id)
        return Handover(Counter(each.kind for each in owned))


def _hand_over_seat(session: Session, seat: Membership, to_person_id: int, as_of: date) -> None:
    ends = seat.ends
    has_begun = seat.starts is None or seat.starts < as_of
    other = _seat_of(session, seat, to_person_id)
    if not has_begun and other is None:
        seat.person_id = to_person_id
        return
    if has_begun:
        seat.ends = as_of - ONE_DAY
    else:
        session.delete(seat)
    starts = as_of if seat.starts is None else max(as_of, seat.starts)
    if other is None:
        new = Membership(group_id=seat.group_id, person_id=to_person_id, role=seat.role, starts=starts, ends=ends)
        new.organisation_id = seat.organisation_id
        session.add(new)
        return
    if other.ends is not None and other.ends < starts:
        other.starts = starts  # they are back: the days of their first term stay in the history alone
    other.ends = None if ends is None or other.ends is None else max(ends, other.ends)
    other.role = other.role or seat.role


def _seat_of(session: Session, seat: Membership, person_id: int) -> Membership | None:
    """Return the one seat that a person has in the same place: a register holds it once."""
    return session.scalars(
        select(Membership).where(
            Membership.group_id == seat.group_id,
            Membership.organisation_id == seat.organisation_id,
            Membership.person_id == person_id,
        )
    ).first()
