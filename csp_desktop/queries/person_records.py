"""Everything recorded of one person under all of their ids, and how each offence stands to each index event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Connection, select

from csp_desktop.errors import CspError
from csp_desktop.queries.cohort_basis import CodeFacts, CohortBasis, code_facts, cohort_basis
from csp_desktop.queries.counted import StoredOffence, offences_of
from csp_desktop.queries.members import MemberRow, code_labels, member_rows, members_query
from csp_desktop.queries.offenders import ids_of_person
from csp_desktop.queries.person_reads import needs_of, spells_of, statuses_of
from csp_desktop.queries.person_rows import NeedRow, OffenceRow, SpellRow, StatusRow
from csp_desktop.reoffending.counting import standing_of
from csp_desktop.reoffending.definition import Definition, definition_of
from csp_desktop.reoffending.selecting import IndexEvent, NotFollowed, select_events
from csp_desktop.reoffending.windows import Windows
from csp_desktop.store import Store
from models.offending import CohortDefinition, OffenceStanding
from models.reoffending import CohortMember, NeedScore, Offence, Offender, Spell


@dataclass(frozen=True, slots=True)
class OtherId:
    """Another id of the same person, merged into the one that stands for them."""

    id: int
    version: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An index event of a person, and how each of their offences stands to it on ``data_date``, by offence id.

    ``not_followed`` says why the event starts no follow-up, None where it starts one.
    """

    member: MemberRow
    cohort: str
    definition: Definition
    windows: Windows
    data_date: date
    not_followed: NotFollowed | None
    standings: Mapping[int, OffenceStanding]

    @property
    def is_measurable(self) -> bool:
        """Say whether everything that could count is known."""
        return self.windows.is_measurable(self.data_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """A person by the id that stands for them. ``has_name``: a name is stored, shown only where it is asked for."""

    offender_id: int
    version: int
    reference: str
    has_name: bool
    lead_agency: str
    lead_officer: str
    next_review: date | None
    other_ids: tuple[OtherId, ...]
    memberships: tuple[Membership, ...]
    offences: tuple[OffenceRow, ...]
    spells: tuple[SpellRow, ...]
    statuses: tuple[StatusRow, ...]
    needs: tuple[NeedRow, ...]


def person_record(store: Store, offender_id: int, data_date: date) -> PersonRecord:
    """Return what is recorded of the person that any of their ids belongs to.

    ``data_date`` is for cohorts without one of their own. Raises CspError where the person is not in the store.
    """
    with store.read() as connection:
        ids = ids_of_person(connection, offender_id)
        people = {row.id: row for row in connection.execute(select(Offender.__table__).where(Offender.id.in_(ids)))}
        if offender_id not in people:
            raise CspError("This person is no longer in the store: their register was taken back.")
        codes = code_facts(connection, definition_of(CohortDefinition.LOCAL))
        kept = offences_of(connection, ids)
        person = people[ids[0]]
        return PersonRecord(
            offender_id=person.id,
            version=person.version,
            reference=person.reference,
            has_name=any(row.name for row in people.values()),
            lead_agency=person.lead_agency,
            lead_officer=person.lead_officer,
            next_review=person.next_review,
            other_ids=tuple(OtherId(each, people[each].version, people[each].reference) for each in ids[1:]),
            memberships=tuple(_memberships(connection, ids, kept, data_date)),
            offences=tuple(_offences(connection, ids, codes, {each.id for each in kept})),
            spells=tuple(spells_of(connection, Spell.offender_id.in_(ids))),
            statuses=tuple(statuses_of(connection, ids)),
            needs=tuple(needs_of(connection, NeedScore.offender_id.in_(ids))),
        )


def _memberships(
    connection: Connection, ids: Sequence[int], offences: Sequence[StoredOffence], data_date: date
) -> list[Membership]:
    query = members_query().where(CohortMember.offender_id.in_(ids)).order_by(CohortMember.cohort_id, CohortMember.id)
    found: list[Membership] = []
    rows = member_rows(connection.execute(query).mappings(), code_labels(connection))
    for cohort_id, members in groupby(rows, key=lambda each: each.cohort_id):
        basis = cohort_basis(connection, cohort_id)
        found += _of_cohort(connection, basis, list(members), offences, basis.data_date or data_date)
    return sorted(found, key=lambda each: (each.member.index_date, each.member.id))


def _of_cohort(
    connection: Connection,
    basis: CohortBasis,
    members: Sequence[MemberRow],
    offences: Sequence[StoredOffence],
    data_date: date,
) -> list[Membership]:
    codes = code_facts(connection, basis.definition)
    reasons = _reasons(basis, members, codes)
    found = []
    for member in members:
        definition = basis.definition
        windows = definition.windows(member.index_date)
        found.append(
            Membership(
                member=member,
                cohort=basis.name,
                definition=definition,
                windows=windows,
                data_date=data_date,
                not_followed=reasons.get(member.id),
                standings={
                    each.id: standing_of(each.facts(codes), windows, definition, data_date) for each in offences
                },
            )
        )
    return found


def _reasons(
    basis: CohortBasis, members: Sequence[MemberRow], codes: Mapping[int, CodeFacts]
) -> dict[int, NotFollowed]:
    """Return why index events of one person start no follow-up, by member."""
    events = (
        IndexEvent(
            each.id,
            0,
            each.index_date,
            each.disposal is None or each.disposal.is_index_event,
            _weight(codes, each.offence_code_id),
        )
        for each in members
    )
    _selected, others = select_events(events, basis.definition, basis.period)
    return {member_id: why for why, member_ids in others.items() for member_id in member_ids}


def _weight(codes: Mapping[int, CodeFacts], code_id: int | None) -> int:
    return 0 if code_id is None else codes[code_id].weights[0] or 0


def _offences(
    connection: Connection, ids: Sequence[int], codes: Mapping[int, CodeFacts], kept: set[int]
) -> list[OffenceRow]:
    query = (
        select(Offence.__table__, Offender.reference.label("recorded_under"))
        .join(Offender, Offender.id == Offence.offender_id)
        .where(Offence.offender_id.in_(ids))
        .order_by(Offence.offence_date.is_(None), Offence.offence_date, Offence.id)
    )
    found = []
    for row in connection.execute(query).mappings():
        values = dict(row)
        load_id, code_id = values.pop("load_id"), row["offence_code_id"]
        code = None if code_id is None else codes[code_id]
        found.append(
            OffenceRow(
                **values,
                code="" if code is None else code.label,
                offence_group=None if code is None else code.group,
                severity_class=None if code is None else code.severity_class,
                came_by_import=load_id is not None,
                is_twin=row["id"] not in kept,
            )
        )
    return found
