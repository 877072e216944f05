"""The forms that make two entries of one person or partner into one, and that hand over what a person owns."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from csp_desktop.commands.handover import hand_over
from csp_desktop.commands.people import merge_organisations, merge_people
from csp_desktop.errors import CspError
from csp_desktop.queries.owned import Owned, OwnedKind, owned_by
from csp_desktop.queries.people import OrganisationRow, PersonRow, list_organisations, list_people
from csp_desktop.queries.standing_people import deputies_of
from csp_desktop.store import Store
from ui.forms.fields import ChoiceField, DateField, SeveralField, Values
from ui.forms.form import FormSpec

Found = TypeVar("Found", PersonRow, OrganisationRow)
MERGE_PERSON, MERGE_PARTNER, HAND_OVER = "merge-person", "merge-partner", "hand-over"
KINDS = tuple(OwnedKind)
CHOOSE: tuple[object, str] = (None, "Choose")
MOST_NAMED = 4


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
        ChoiceField(key="other", label="Is the same person as", hint=hint, choices=(CHOOSE, *others), required=True),
    )
    return FormSpec(
        title=f"Merge into {keep.name}",
        fields=fields,
        save_words="Merge",
        save=save,
        name=MERGE_PERSON,
        ids=(person_id,),
    )


def merging_partner(store: Store, organisation_id: int) -> FormSpec:
    """Return the form that makes two entries of one partner into one. Raises CspError where there is no other."""
    partners = list_organisations(store)
    keep = _standing(partners, organisation_id, "partner")
    others: tuple[tuple[object, str], ...] = tuple((row.id, row.name) for row in partners if row.id != organisation_id)
    if not others:
        raise CspError("There is no other partner to merge with this one.")

    def save(values: Values) -> None:
        other = values.number("other")
        if other is not None:
            merge_organisations(store, keep.id, other)

    hint = f"Everything of the other entry goes to {keep.name}, and its name becomes another name. Undo takes it back."
    fields = (
        ChoiceField(key="other", label="Is the same partner as", hint=hint, choices=(CHOOSE, *others), required=True),
    )
    return FormSpec(
        title=f"Merge into {keep.name}",
        fields=fields,
        save_words="Merge",
        save=save,
        name=MERGE_PARTNER,
        ids=(organisation_id,),
    )


def handing_over(store: Store, person_id: int, today: date) -> FormSpec:
    """Return the form that gives what a person owns to another, with all that goes over.

    Raises CspError where they own nothing that is open, or nobody else is known.
    """
    people = list_people(store)
    giver = _standing(people, person_id, "person")
    owned = owned_by(store, person_id, today)
    others: tuple[tuple[object, str], ...] = tuple(
        (row.id, row.name) for row in people if row.id != person_id and row.erased_certificate is None
    )
    if not owned:
        raise CspError("There is nothing to hand over: this person owns nothing that is open.")
    if not others:
        raise CspError("There is nobody to hand over to: add the person who takes over first.")

    def save(values: Values) -> None:
        to, day = values.number("to"), values.day("as_of")
        if to is not None and day is not None:
            hand_over(store, person_id, to, day, {KINDS[at] for at in values.ids("kinds")})

    deputy = next((deputy_id for deputy_id, _ in deputies_of(store, today).get(person_id, ())), None)
    by_kind = {kind: [one for one in owned if one.kind is kind] for kind in KINDS}
    choices = tuple((at, f"{kind.label} ({len(by_kind[kind])})") for at, kind in enumerate(KINDS) if by_kind[kind])
    fields = (
        ChoiceField(
            key="to",
            label="To",
            hint="Their deputy is offered first." if deputy else "",
            choices=(CHOOSE, *others),
            required=True,
            value=deputy,
        ),
        DateField(
            key="as_of",
            label="From",
            hint="Seats in groups end the day before. What is closed stays with whom it was.",
            required=True,
            today=today,
            value=today,
        ),
        SeveralField(
            key="kinds",
            label="What goes over",
            hint=_preview(by_kind),
            choices=choices,
            required=True,
            value=frozenset(at for at, _ in choices),
        ),
    )
    name = giver.name if giver.erased_certificate is None else "an erased person"
    return FormSpec(
        title=f"Hand over from {name}",
        fields=fields,
        save_words="Hand over",
        save=save,
        name=HAND_OVER,
        ids=(person_id,),
    )


def people_form_again(store: Store, name: str, ids: tuple[int, ...], today: date) -> FormSpec | None:
    """Return a form of this module by its name, None for another's. Raises CspError as its maker does."""
    if name == HAND_OVER:
        return handing_over(store, ids[0], today)
    maker = {MERGE_PERSON: merging_person, MERGE_PARTNER: merging_partner}.get(name)
    return None if maker is None else maker(store, ids[0])


def _preview(by_kind: Mapping[OwnedKind, Sequence[Owned]]) -> str:
    """Return what goes over in words, a line for each kind; of many, how many more there are."""
    lines = []
    for kind, owned in by_kind.items():
        more = f" and {len(owned) - MOST_NAMED} more" if len(owned) > MOST_NAMED else ""
        if owned:
            lines.append(f"{kind.label}: {'; '.join(one.words for one in owned[:MOST_NAMED])}{more}.")
    return "\n".join(lines)


def _standing(rows: Sequence[Found], row_id: int, kind: str) -> Found:
    row = next((row for row in rows if row.id == row_id), None)
    if row is None:
        raise CspError(f"This {kind} is no longer in the store: it was merged, or taken out by an undo.")
    return row
