"""Commands on people, organisations and the partnership's profile."""

from collections.abc import Iterable
from typing import Any, TypedDict, TypeVar, Unpack

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from csp_desktop.commands.moving import fill_blanks, move_everything
from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.errors import CspError
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.people import Organisation, OrganisationAlias, Person, PersonAlias, Profile
from models.vocabulary import Marking, OrganisationKind


class PersonValues(TypedDict, total=False):
    """What can be changed of a person."""

    organisation_id: int | None
    job_title: str
    email: str


def add_person(store: Store, name: str, **values: Unpack[PersonValues]) -> int:
    """Add a person; return their id. Raises CspError for an empty name."""
    name = _required(name, "person")
    with store.write("Add a person") as session:
        person = Person(name=name, name_folded=fold(name), **values)
        session.add(person)
        session.flush()
        return person.id


def edit_person(
    store: Store, person_id: int, version: int, name: str | None = None, **values: Unpack[PersonValues]
) -> None:
    """Change a person's name, organisation, job title or e-mail address."""
    with store.write("Edit a person") as session:
        person = get_row(session, Person, person_id)
        if person.erased_certificate is not None:
            raise CspError("This person's data was erased and stays so; add a new person instead.")
        changes: dict[str, object] = dict(values)
        if name is not None:
            changes |= {"name": _required(name, "person"), "name_folded": fold(name)}
        change_row(person, version, changes)


def set_person_aliases(store: Store, person_id: int, names: Iterable[str]) -> None:
    """Say under which other names a person appears in owners' files."""
    with store.write("Set a person's other names") as session:
        get_row(session, Person, person_id)
        wanted = {fold(name): name.strip() for name in names if name.strip()}
        for alias in session.scalars(select(PersonAlias).where(PersonAlias.person_id == person_id)):
            if wanted.pop(alias.name_folded, None) is None:
                session.delete(alias)
        session.add_all(
            PersonAlias(person_id=person_id, name=name, name_folded=folded) for folded, name in wanted.items()
        )


def add_organisation(
    store: Store, name: str, kind: OrganisationKind = OrganisationKind.OTHER, aliases: Iterable[str] = ()
) -> int:
    """Add an organisation with its other names; return its id."""
    name = _required(name, "organisation")
    with store.write("Add an organisation") as session:
        organisation = Organisation(name=name, name_folded=fold(name), kind=kind)
        session.add(organisation)
        session.flush()
        _set_organisation_aliases(session, organisation.id, aliases)
        return organisation.id


class OrganisationValues(TypedDict, total=False):
    """What can be changed of an organisation; ``aliases`` replaces its other names."""

    name: str
    kind: OrganisationKind
    statutory_basis: str
    aliases: Iterable[str]


def edit_organisation(store: Store, organisation_id: int, version: int, **values: Unpack[OrganisationValues]) -> None:
    """Change an organisation's name, kind, statutory basis and other names."""
    with store.write("Edit an organisation") as session:
        changes: dict[str, object] = dict(values)
        aliases = values.get("aliases")
        changes.pop("aliases", None)
        if "name" in values:
            name = _required(values["name"], "organisation")
            changes |= {"name": name, "name_folded": fold(name)}
        change_row(get_row(session, Organisation, organisation_id), version, changes)
        if aliases is not None:
            _set_organisation_aliases(session, organisation_id, aliases)


def _set_organisation_aliases(session: Session, organisation_id: int, names: Iterable[str]) -> None:
    wanted = {fold(name): name.strip() for name in names if name.strip()}
    found = select(OrganisationAlias).where(OrganisationAlias.organisation_id == organisation_id)
    for alias in session.scalars(found):
        if wanted.pop(alias.name_folded, None) is None:
            session.delete(alias)
    session.add_all(
        OrganisationAlias(organisation_id=organisation_id, name=name, name_folded=folded)
        for folded, name in wanted.items()
    )


class ProfileValues(TypedDict, total=False):
    """What can be changed of the partnership's profile. ``logo`` is a PNG or JPEG file's bytes."""

    name: str
    area: str
    contact: str
    default_marking: Marking
    logo: bytes | None


def edit_profile(store: Store, version: int, **values: Unpack[ProfileValues]) -> None:
    """Change the partnership's name, area, contact, logo or default marking. Raises CspError for a bad logo."""
    logo = values.get("logo")
    if logo is not None and not logo.startswith((b"\x89PNG", b"\xff\xd8")):
        raise CspError("The logo is neither a PNG nor a JPEG picture; save it as one of them and choose it again.")
    with store.write("Edit the partnership's profile") as session:
        profile = session.scalars(select(Profile)).one()
        if "name" in values:
            values["name"] = _required(values["name"], "partnership")
        change_row(profile, version, values)


def merge_people(store: Store, keep_id: int, merge_id: int) -> None:
    """Make two entries of one person into one: everything of ``merge_id`` goes to ``keep_id``, names included.

    What the kept entry does not say, a post or an e-mail address, is taken from the other. Raises CspError for one
    entry given twice, one that is gone, and one whose data was erased.
    """
    if keep_id == merge_id:
        raise CspError("Choose two different people to merge.")
    with store.write("Merge two people") as session:
        keep, merged = get_row(session, Person, keep_id), get_row(session, Person, merge_id)
        if keep.erased_certificate or merged.erased_certificate:
            raise CspError("One of the two was erased and stays so; nothing was merged.")
        _merge(session, keep, merged, PersonAlias)


def merge_organisations(store: Store, keep_id: int, merge_id: int) -> None:
    """Make two entries of one partner into one, as ``merge_people`` does. Raises CspError likewise."""
    if keep_id == merge_id:
        raise CspError("Choose two different partners to merge.")
    with store.write("Merge two partners") as session:
        keep, merged = get_row(session, Organisation, keep_id), get_row(session, Organisation, merge_id)
        if keep.kind is OrganisationKind.OTHER:
            keep.kind = merged.kind
        _merge(session, keep, merged, OrganisationAlias)


Called = Person | Organisation
Alias = TypeVar("Alias", PersonAlias, OrganisationAlias)


def _merge(session: Session, keep: Called, merged: Called, alias_type: type[Alias]) -> None:
    fill_blanks(keep, merged)
    move_everything(session, keep, merged)
    _merge_aliases(session, keep, merged, alias_type)
    session.flush()
    session.delete(merged)


def _merge_aliases(session: Session, keep: Called, merged: Called, alias_type: type[Alias]) -> None:
    """Let the kept row go by all names of both, each once."""
    owner = f"{keep.__tablename__}_id"
    of: InstrumentedAttribute[int] = getattr(alias_type, owner)
    taken = {keep.name_folded}
    taken |= {alias.name_folded for alias in session.scalars(select(alias_type).where(of == keep.id))}
    for alias in session.scalars(select(alias_type).where(of == merged.id)):
        if alias.name_folded in taken:
            session.delete(alias)
        else:
            setattr(alias, owner, keep.id)
            taken.add(alias.name_folded)
    if merged.name_folded not in taken:
        values: dict[str, Any] = {owner: keep.id, "name": merged.name, "name_folded": merged.name_folded}
        session.add(alias_type(**values))


def _required(name: str, kind: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise CspError(f"The {kind} needs a name; type one and save again.")
    return name
