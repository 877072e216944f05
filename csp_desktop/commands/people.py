"""People and organisations added by their names alone, two entries made one, and the partnership's profile.

Their rows are edited as those of any register, by ``csp_desktop.commands.entries``.
"""

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


def add_organisation(
    store: Store, name: str, kind: OrganisationKind = OrganisationKind.OTHER, aliases: Iterable[str] = ()
) -> int:
    """Add an organisation with its other names; return its id."""
    name = _required(name, "organisation")
    with store.write("Add an organisation") as session:
        organisation = Organisation(name=name, name_folded=fold(name), kind=kind)
        session.add(organisation)
        session.flush()
        wanted = {fold(name): name.strip() for name in aliases if name.strip()}
        session.add_all(
            OrganisationAlias(organisation_id=organisation.id, name=written, name_folded=folded)
            for folded, written in wanted.items()
        )
        return organisation.id


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
