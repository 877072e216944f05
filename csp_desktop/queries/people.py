"""People, organisations and groups, with the names they are also known by."""

from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, select

from csp_desktop.store import Store
from models.people import Group, Membership, Organisation, OrganisationAlias, Person, PersonAlias
from models.plan import Action
from models.vocabulary import GroupKind, OrganisationKind


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person; ``leads`` counts the actions they lead."""

    id: int
    version: int
    name: str
    organisation_id: int | None
    organisation: str | None
    job_title: str
    email: str
    aliases: tuple[str, ...]
    leads: int
    erased_certificate: str | None


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation; ``leads`` counts the actions it leads."""

    id: int
    version: int
    name: str
    kind: OrganisationKind
    statutory_basis: str
    aliases: tuple[str, ...]
    leads: int


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with its members' names."""

    id: int
    version: int
    name: str
    kind: GroupKind
    purpose: str
    formed_text: str
    members: tuple[str, ...]


def list_people(store: Store) -> list[PersonRow]:
    """Return everyone by name; erased people come last."""
    leads = select(func.count()).where(Action.lead_person_id == Person.id).correlate(Person).scalar_subquery()
    query = (
        select(
            Person.id,
            Person.version,
            Person.name,
            Person.organisation_id,
            Organisation.name.label("organisation"),
            Person.job_title,
            Person.email,
            leads.label("leads"),
            Person.erased_certificate,
        )
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .order_by(Person.erased_certificate.is_not(None), Person.name_folded)
    )
    with store.read() as connection:
        aliases = person_aliases(connection)
        return [PersonRow(**row, aliases=aliases.get(row["id"], ())) for row in connection.execute(query).mappings()]


def person_aliases(connection: Connection) -> dict[int, tuple[str, ...]]:
    """Return each person's other names by id."""
    return _grouped(connection, select(PersonAlias.person_id, PersonAlias.name).order_by(PersonAlias.id))


def organisation_aliases(connection: Connection) -> dict[int, tuple[str, ...]]:
    """Return each organisation's other names by id."""
    query = select(OrganisationAlias.organisation_id, OrganisationAlias.name).order_by(OrganisationAlias.id)
    return _grouped(connection, query)


def list_organisations(store: Store) -> list[OrganisationRow]:
    """Return every organisation by name."""
    leads = select(func.count()).where(Action.lead_organisation_id == Organisation.id).correlate(Organisation)
    query = select(
        Organisation.id,
        Organisation.version,
        Organisation.name,
        Organisation.kind,
        Organisation.statutory_basis,
        leads.scalar_subquery().label("leads"),
    ).order_by(Organisation.name_folded)
    with store.read() as connection:
        aliases = organisation_aliases(connection)
        return [
            OrganisationRow(**row, aliases=aliases.get(row["id"], ())) for row in connection.execute(query).mappings()
        ]


def list_groups(store: Store) -> list[GroupRow]:
    """Return every group with the organisations and people that sit on it."""
    member = func.coalesce(Person.name, Organisation.name)
    members = (
        select(Membership.group_id, member)
        .outerjoin(Person, Person.id == Membership.person_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .order_by(member)
    )
    query = select(Group.id, Group.version, Group.name, Group.kind, Group.purpose, Group.formed_text).order_by(Group.id)
    with store.read() as connection:
        seats = _grouped(connection, members)
        return [GroupRow(**row, members=seats.get(row["id"], ())) for row in connection.execute(query).mappings()]


def _grouped(connection: Connection, query: Select[int, str]) -> dict[int, tuple[str, ...]]:
    names: dict[int, list[str]] = {}
    for owner, name in connection.execute(query):
        names.setdefault(owner, []).append(name)
    return {owner: tuple(found) for owner, found in names.items()}
