"""The forms of an offence."""

from collections.abc import Mapping
from datetime import date

from csp_desktop.commands.offences import OffenceValues, add_offence, edit_offence
from csp_desktop.errors import CspError
from csp_desktop.queries.person_records import person_record
from csp_desktop.queries.person_rows import OffenceRow
from csp_desktop.store import Store
from models.offending import OffenceOutcome
from ui.forms.fields import ChoiceField, DateField, Field, TextField, Values
from ui.forms.form import FormSpec
from ui.forms.offence_codes import KEY, code_field, code_typed, known_codes
from ui.forms.past_days import refusing_days_ahead

ADD_OFFENCE, EDIT_OFFENCE = "add-offence", "edit-offence"
PAST = ("offence_date", "offence_date_to", "proof_date")
GONE = "This {} is no longer in the store: it was withdrawn, or taken out by an undo."


def adding_offence(store: Store, offender_id: int, today: date) -> FormSpec:
    """Return the form of a new offence of a person."""
    codes = known_codes(store)

    def save(values: Values) -> None:
        code_id = code_typed(codes, values.text(KEY))
        add_offence(
            store,
            offender_id,
            values.one_of("outcome", OffenceOutcome),
            offence_date=values.day("offence_date"),
            offence_date_to=values.day("offence_date_to"),
            offence_code_id=code_id,
            proof_date=values.day("proof_date"),
            disposal=values.text("disposal"),
            reference=values.text("reference") or None,
        )

    days = refusing_days_ahead(today, *PAST)

    def check(values: Values) -> Mapping[str, str]:
        return days(values) if values.changed else {"offence_date": "Type the day of the offence first, or its code."}

    fields = _fields(None, codes, today)
    return FormSpec(
        title="Record an offence",
        fields=fields,
        save_words="Record offence",
        save=save,
        check=check,
        name=ADD_OFFENCE,
        ids=(offender_id,),
    )


def editing_offence(store: Store, offender_id: int, offence_id: int, today: date) -> FormSpec:
    """Return the form of an offence as it stands. Raises CspError where it is gone."""
    record = person_record(store, offender_id, today)
    row = next((row for row in record.offences if row.id == offence_id), None)
    if row is None:
        raise CspError(GONE.format("offence"))
    codes = known_codes(store)

    def save(values: Values) -> None:
        edit_offence(store, row.id, row.version, **_values(values, code_typed(codes, values.text(KEY))))

    return FormSpec(
        title="Edit an offence",
        fields=_fields(row, codes, today),
        save_words="Save offence",
        save=save,
        check=refusing_days_ahead(today, *PAST),
        again=lambda: editing_offence(store, offender_id, offence_id, today),
        name=EDIT_OFFENCE,
        ids=(offender_id, offence_id),
    )


def _values(values: Values, code_id: int | None) -> OffenceValues:
    return {
        "offence_date": values.day("offence_date"),
        "offence_date_to": values.day("offence_date_to"),
        "offence_code_id": code_id,
        "proof_date": values.day("proof_date"),
        "outcome": values.one_of("outcome", OffenceOutcome),
        "disposal": values.text("disposal"),
        "reference": values.text("reference") or None,
    }


def _fields(row: OffenceRow | None, codes: dict[int, str], today: date) -> tuple[Field, ...]:
    return (
        DateField(
            key="offence_date",
            label="Committed on",
            hint="The first day, where it is a range. Without a date it cannot count.",
            today=today,
            value=row.offence_date if row else None,
        ),
        DateField(
            key="offence_date_to",
            label="to",
            hint="The last day of a range, else blank.",
            today=today,
            value=row.offence_date_to if row else None,
        ),
        code_field(codes, row.offence_code_id if row else None),
        ChoiceField(
            key="outcome",
            label="Outcome",
            choices=tuple((outcome, outcome.label) for outcome in OffenceOutcome),
            value=row.outcome if row else OffenceOutcome.CONVICTION,
        ),
        DateField(
            key="proof_date",
            label="Proven on",
            hint="The day of the conviction or caution.",
            today=today,
            value=row.proof_date if row else None,
        ),
        TextField(key="disposal", label="Disposal", value=row.disposal if row else ""),
        TextField(
            key="reference",
            label="Reference",
            hint="The source system's own, if it gives one.",
            value=(row.reference or "") if row else "",
        ),
    )
