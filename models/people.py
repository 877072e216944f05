"""Organisations, people, groups and the names they are also known by; the partnership's own profile."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row
from models.vocabulary import GroupKind, Marking, OrganisationKind


class Profile(Row):
    """The partnership this store belongs to; exactly one row, used by every screen and report."""

    __tablename__ = "profile"

    name: Mapped[str]
    area: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    default_marking: Mapped[Marking] = mapped_column(default=Marking.OFFICIAL)
    logo: Mapped[bytes | None] = mapped_column(default=None)


class Organisation(Row):
    """A partner: a council, a police force, a charity, a housing provider."""

    __tablename__ = "organisation"

    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    kind: Mapped[OrganisationKind] = mapped_column(default=OrganisationKind.OTHER)
    statutory_basis: Mapped[str] = mapped_column(default="")


class OrganisationAlias(Row):
    """Another name of an organisation: "WYP" for West Yorkshire Police."""

    __tablename__ = "organisation_alias"
    __table_args__ = (UniqueConstraint("organisation_id", "name_folded"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)


class Person(Row):
    """Someone who leads or supports actions. ``erased_certificate`` is set once their data has been erased."""

    __tablename__ = "person"

    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    job_title: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    erased_certificate: Mapped[str | None] = mapped_column(default=None)


class PersonAlias(Row):
    """Another way a person's name is written: "Shah, A", a maiden name, a shoulder number."""

    __tablename__ = "person_alias"
    __table_args__ = (UniqueConstraint("person_id", "name_folded"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)


class Group(Row):
    """A body that owns plans and meets: the Communities Partnership Board, the Safer Dewsbury Town Centre Group."""

    __tablename__ = "group"

    name: Mapped[str]
    kind: Mapped[GroupKind]
    purpose: Mapped[str] = mapped_column(default="")
    formed: Mapped[date | None] = mapped_column(default=None)
    formed_text: Mapped[str] = mapped_column(default="")


class Membership(Row):
    """An organisation's or a person's seat in a group, with its dates."""

    __tablename__ = "membership"

    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    role: Mapped[str] = mapped_column(default="")
    starts: Mapped[date | None] = mapped_column(default=None)
    ends: Mapped[date | None] = mapped_column(default=None)


class Agreement(Row):
    """An information-sharing agreement that an organisation has signed, and the day it is to be reviewed by."""

    __tablename__ = "agreement"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str]
    signed_on: Mapped[date | None] = mapped_column(default=None)
    review_date: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")


class Deputy(Row):
    """Who stands in for a person, between the days given."""

    __tablename__ = "deputy"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts: Mapped[date | None] = mapped_column(default=None)
    ends: Mapped[date | None] = mapped_column(default=None)
