"""The forms of the set-up's column headings: what a heading is read as, and how surely."""

from csp_desktop.errors import CspError
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.rewording import Meaning, add_wording, edit_wording, restore_wording
from csp_desktop.imports.wordings import WordingRow, list_wordings
from csp_desktop.store import Store
from models.vocabulary import Sureness
from ui.forms.fields import CheckField, ChoiceField, Field, TextField, Values
from ui.forms.form import FormSpec
from ui.review.words import FIELDS

HEADING, NEW_HEADING = "heading", "add-heading"
_GONE = "This heading is no longer in the list: it was taken out by an undo. Nothing was changed."
_READ_AS: tuple[tuple[object, str], ...] = tuple(FIELDS.items())
_HOW_SURE: tuple[tuple[object, str], ...] = (
    (Sureness.SURE, "Sure: taken without asking"),
    (Sureness.TO_BE_CONFIRMED, "To be confirmed: taken, and shown to be checked"),
)


def adding_heading(store: Store, field: ActionField | None) -> FormSpec:
    """Return the form of a new heading; ``field`` is what it is first offered to be read as."""

    def save(values: Values) -> None:
        add_wording(store, _meaning(values, values.text("heading")), moving=values.flag("moving"))

    return FormSpec(
        title="Add a heading",
        fields=(_words(""), *_meant(field or ActionField.TITLE, Sureness.SURE)),
        save_words="Add heading",
        save=save,
        name=NEW_HEADING,
    )


def editing_heading(store: Store, row_id: int) -> FormSpec:
    """Return the form of a heading as it stands; the words of one that comes with the program stay.

    Raises CspError where it is gone.
    """
    row = next((row for row in list_wordings(store) if row.id == row_id), None)
    if row is None:
        raise CspError(_GONE)

    withdrawn = row.sureness is Sureness.WITHDRAWN

    def save(values: Values) -> None:
        if withdrawn and not values.changed:
            restore_wording(store, row_id)
            return
        heading = values.text("heading") if row.language is None else row.heading
        edit_wording(store, row_id, row.version, _meaning(values, heading), moving=values.flag("moving"))

    fields: tuple[Field, ...] = _meant(row.field, (row.came_as if withdrawn else None) or row.sureness)
    called = f"The heading “{row.heading}”" + (", withdrawn" if withdrawn else "")
    return FormSpec(
        title=called if row.language else "Edit a heading",
        fields=fields if row.language else (_words(row.heading), *fields),
        save_words="Read it again" if withdrawn else "Save heading",
        save=save,
        again=lambda: editing_heading(store, row_id),
        name=HEADING,
        ids=(row_id,),
    )


def _words(heading: str) -> Field:
    hint = "As it stands above the column. Capitals, accents and punctuation do not count."
    return TextField(key="heading", label="Heading", hint=hint, required=True, value=heading)


def _meant(field: ActionField, sureness: Sureness) -> tuple[Field, ...]:
    return (
        ChoiceField(key="field", label="Read as", choices=_READ_AS, value=field),
        ChoiceField(key="sureness", label="How sure", choices=_HOW_SURE, value=sureness),
        CheckField(
            key="moving",
            label="Read as something else already",
            beside="Move it here",
            hint="Takes the heading away from what it was read as before.",
            value=False,
        ),
    )


def _meaning(values: Values, heading: str) -> Meaning:
    return Meaning(heading, values.one_of("field", ActionField), values.one_of("sureness", Sureness))


def comes_from(row: WordingRow) -> str:
    """Say where a heading comes from."""
    if row.language is None:
        return "Added here"
    return f"The program, {row.language.label}" + (": changed" if row.is_changed else "")
