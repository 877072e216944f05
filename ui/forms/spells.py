"""The forms of spells and of how active a person is held to be."""

from datetime import date

from csp_desktop.commands.spells import SpellValues, StatusValues, add_spell, add_status, edit_spell, edit_status
from csp_desktop.errors import CspError
from csp_desktop.queries.person_records import person_record
from csp_desktop.queries.person_rows import SpellRow, StatusRow
from csp_desktop.store import Store
from models.offending import IomCohort, IomRag, SpellKind
from ui.forms.fields import ChoiceField, DateField, Field, LongTextField, TextField, Values
from ui.forms.form import FormSpec
from ui.forms.offences import GONE
from ui.forms.past_days import refusing_days_ahead

ADD_SPELL, EDIT_SPELL, ADD_STATUS, EDIT_STATUS = "add-spell", "edit-spell", "add-status", "edit-status"
IOM_COHORTS: tuple[tuple[object, str], ...] = (
    (None, "None"), *((each, each.label) for each in IomCohort)
)  # fmt: skip


def adding_spell(store: Store, offender_id: int, today: date, kind: SpellKind = SpellKind.CUSTODY) -> FormSpec:
    """Return the form of a new spell of a person."""

    def save(values: Values) -> None:
        add_spell(
            store,
            offender_id,
            values.one_of("kind", SpellKind),
            values.one_of("started", date),
            name=values.text("name"),
            ended=values.day("ended"),
            iom_cohort=values.one_of_or_none("iom_cohort", IomCohort),
            selected_because=values.text("selected_because"),
            deselected_because=values.text("deselected_because"),
        )

    return FormSpec(
        title="Record a spell",
        fields=_spell_fields(None, kind, today),
        save_words="Record spell",
        save=save,
        name=ADD_SPELL,
        ids=(offender_id,),
    )


def editing_spell(store: Store, offender_id: int, spell_id: int, today: date) -> FormSpec:
    """Return the form of a spell as it stands. Raises CspError where it is gone."""
    row = next((row for row in person_record(store, offender_id, today).spells if row.id == spell_id), None)
    if row is None:
        raise CspError(GONE.format("spell"))

    def save(values: Values) -> None:
        edit_spell(store, row.id, row.version, **_spell_values(values))

    return FormSpec(
        title="Edit a spell",
        fields=_spell_fields(row, row.kind, today),
        save_words="Save spell",
        save=save,
        again=lambda: editing_spell(store, offender_id, spell_id, today),
        name=EDIT_SPELL,
        ids=(offender_id, spell_id),
    )


def _spell_values(values: Values) -> SpellValues:
    return {
        "kind": values.one_of("kind", SpellKind),
        "name": values.text("name"),
        "started": values.one_of("started", date),
        "ended": values.day("ended"),
        "iom_cohort": values.one_of_or_none("iom_cohort", IomCohort),
        "selected_because": values.text("selected_because"),
        "deselected_because": values.text("deselected_because"),
    }


def _spell_fields(row: SpellRow | None, kind: SpellKind, today: date) -> tuple[Field, ...]:
    return (
        ChoiceField(key="kind", label="Kind", choices=tuple((each, each.label) for each in SpellKind), value=kind),
        TextField(
            key="name",
            label="Name of the intervention",
            hint="Spells of the same name are compared together.",
            value=row.name if row else "",
        ),
        DateField(key="started", label="From", required=True, today=today, value=row.started if row else None),
        DateField(
            key="ended",
            label="To",
            hint="The first day on which it no longer holds. Blank while it goes on.",
            today=today,
            value=row.ended if row else None,
        ),
        ChoiceField(key="iom_cohort", label="IOM cohort", choices=IOM_COHORTS, value=row.iom_cohort if row else None),
        LongTextField(
            key="selected_because",
            label="Why selected",
            lines=2,
            value=row.selected_because if row else "",
        ),
        LongTextField(
            key="deselected_because",
            label="Why de-selected",
            lines=2,
            value=row.deselected_because if row else "",
        ),
    )


def adding_status(store: Store, offender_id: int, today: date) -> FormSpec:
    """Return the form that says how active a person is held to be from a day on."""

    def save(values: Values) -> None:
        add_status(
            store,
            offender_id,
            values.one_of("dated", date),
            values.one_of("rag", IomRag),
            iom_cohort=values.one_of_or_none("iom_cohort", IomCohort),
            note=values.text("note"),
        )

    return FormSpec(
        title="Record a RAG status",
        fields=_status_fields(None, today),
        save_words="Record status",
        save=save,
        check=refusing_days_ahead(today, "dated"),
        name=ADD_STATUS,
        ids=(offender_id,),
    )


def editing_status(store: Store, offender_id: int, status_id: int, today: date) -> FormSpec:
    """Return the form of a status as it stands. Raises CspError where it is gone."""
    rows = person_record(store, offender_id, today).statuses
    row = next((row for row in rows if row.id == status_id), None)
    if row is None or row.version is None:
        raise CspError(GONE.format("status"))
    version = row.version

    def save(values: Values) -> None:
        edit_status(store, status_id, version, **_status_values(values))

    return FormSpec(
        title="Edit a RAG status",
        fields=_status_fields(row, today),
        save_words="Save status",
        save=save,
        check=refusing_days_ahead(today, "dated"),
        again=lambda: editing_status(store, offender_id, status_id, today),
        name=EDIT_STATUS,
        ids=(offender_id, status_id),
    )


def _status_values(values: Values) -> StatusValues:
    return {
        "dated": values.one_of("dated", date),
        "rag": values.one_of("rag", IomRag),
        "iom_cohort": values.one_of_or_none("iom_cohort", IomCohort),
        "note": values.text("note"),
    }


def _status_fields(row: StatusRow | None, today: date) -> tuple[Field, ...]:
    return (
        DateField(key="dated", label="From", required=True, today=today, value=row.dated if row else today),
        ChoiceField(
            key="rag",
            label="RAG",
            choices=tuple((each, RAG_WORDS[each]) for each in IomRag),
            value=row.rag if row else IomRag.AMBER,
        ),
        ChoiceField(key="iom_cohort", label="IOM cohort", choices=IOM_COHORTS, value=row.iom_cohort if row else None),
        LongTextField(key="note", label="Why", lines=3, value=row.note if row else ""),
    )


RAG_WORDS = {
    IomRag.RED: "Red: actively offending",
    IomRag.AMBER: "Amber",
    IomRag.GREEN: "Green",
    IomRag.BLUE: "Blue: in custody",
}
