"""The forms of people and partner organisations."""

from collections.abc import Sequence
from typing import TypeVar

from csp_desktop.commands.people import (
    add_organisation,
    add_person,
    edit_organisation,
    edit_person,
    merge_people,
    set_person_aliases,
)
from csp_desktop.errors import CspError
from csp_desktop.queries.people import OrganisationRow, PersonRow, list_organisations, list_people
from csp_desktop.store import Store
from models.vocabulary import OrganisationKind
from ui.forms.fields import ChoiceField, Field, PersonField, TextField, Values
from ui.forms.form import FormSpec

Found = TypeVar("Found", PersonRow, OrganisationRow)
ADD_PERSON, EDIT_PERSON = "add-person", "edit-person"
ADD_PARTNER, EDIT_PARTNER = "add-partner", "edit-partner"
ALSO = "As owners' files write it; with ; between several."


def adding_person(store: Store) -> FormSpec:
    """Return the form of a new person."""

    def save(values: Values) -> None:
        with store.write("Add a person"):
            person = add_person(
                store,
                values.text("name"),
                organisation_id=values.number("organisation_id"),
                job_title=values.text("job_title"),
                email=values.text("email"),
            )
            set_person_aliases(store, person, values.names("aliases"))

    fields = _person_fields(None, list_organisations(store))
    return FormSpec(title="Add a person", fields=fields, save_words="Add person", save=save, name=ADD_PERSON)


def editing_person(store: Store, person_id: int) -> FormSpec:
    """Return the form of a person as they stand. Raises CspError where they are gone."""
    row = _standing(list_people(store), person_id, "person")

    def save(values: Values) -> None:
        with store.write("Edit a person"):
            if values.changed - {"aliases"}:
                edit_person(
                    store,
                    row.id,
                    row.version,
                    values.text("name"),
                    organisation_id=values.number("organisation_id"),
                    job_title=values.text("job_title"),
                    email=values.text("email"),
                )
            if "aliases" in values.changed:
                set_person_aliases(store, row.id, values.names("aliases"))

    return FormSpec(
        title="Edit a person",
        fields=_person_fields(row, list_organisations(store)),
        save_words="Save person",
        save=save,
        again=lambda: editing_person(store, person_id),
        name=EDIT_PERSON,
        ids=(person_id,),
    )


def merging_person(store: Store, person_id: int) -> FormSpec:
    """Return the form that makes two entries of one person into one. Raises CspError where there is no other."""
    people = [row for row in list_people(store) if row.erased_certificate is None]
    keep = _standing(people, person_id, "person")
    others: tuple[tuple[object, str], ...] = tuple((row.id, row.name) for row in people if row.id != person_id)
    if not others:
        raise CspError("There is no other person to merge with this one.")

    def save(values: Values) -> None:
        other = values.number("other")
        if other is not None:
            merge_people(store, keep.id, other)

    hint = f"Everything of the other entry goes to {keep.name}, and its name becomes another name. Undo takes it back."
    fields = (
        ChoiceField(
            key="other", label="Is the same person as", hint=hint, choices=((None, "Choose"), *others), required=True
        ),
    )
    return FormSpec(title=f"Merge into {keep.name}", fields=fields, save_words="Merge", save=save)


def _standing(rows: Sequence[Found], row_id: int, kind: str) -> Found:
    row = next((row for row in rows if row.id == row_id), None)
    if row is None:
        raise CspError(f"This {kind} is no longer in the store: it was merged, or taken out by an undo.")
    return row


def _person_fields(row: PersonRow | None, partners: Sequence[OrganisationRow]) -> tuple[Field, ...]:
    choices: tuple[tuple[object, str], ...] = ((None, "None"), *((partner.id, partner.name) for partner in partners))
    return (
        TextField(key="name", label="Name", required=True, value=row.name if row else ""),
        ChoiceField(
            key="organisation_id",
            label="Organisation",
            choices=choices,
            value=row.organisation_id if row else None,
        ),
        TextField(key="job_title", label="Job title", value=row.job_title if row else ""),
        TextField(key="email", label="E-mail", value=row.email if row else ""),
        PersonField(key="aliases", label="Also known as", hint=ALSO, many=True, value=row.aliases if row else ()),
    )


def adding_organisation(store: Store) -> FormSpec:
    """Return the form of a new partner."""

    def save(values: Values) -> None:
        kind = values.one_of("kind", OrganisationKind)
        add_organisation(store, values.text("name"), kind, values.names("aliases"))

    return FormSpec(
        title="Add a partner",
        fields=_partner_fields(None),
        save_words="Add partner",
        save=save,
        name=ADD_PARTNER,
    )


def editing_organisation(store: Store, organisation_id: int) -> FormSpec:
    """Return the form of a partner as it stands. Raises CspError where it is gone."""
    row = _standing(list_organisations(store), organisation_id, "partner")

    def save(values: Values) -> None:
        edit_organisation(
            store,
            row.id,
            row.version,
            name=values.text("name"),
            kind=values.one_of("kind", OrganisationKind),
            aliases=values.names("aliases"),
        )

    return FormSpec(
        title="Edit a partner",
        fields=_partner_fields(row),
        save_words="Save partner",
        save=save,
        again=lambda: editing_organisation(store, organisation_id),
        name=EDIT_PARTNER,
        ids=(organisation_id,),
    )


def _partner_fields(row: OrganisationRow | None) -> tuple[Field, ...]:
    kinds: tuple[tuple[object, str], ...] = tuple((kind, kind.label) for kind in OrganisationKind)
    return (
        TextField(key="name", label="Name", required=True, value=row.name if row else ""),
        ChoiceField(key="kind", label="Kind", choices=kinds, value=row.kind if row else OrganisationKind.OTHER),
        PersonField(key="aliases", label="Also known as", hint=ALSO, many=True, value=row.aliases if row else ()),
    )
