"""The forms of a person of the registers, of merging two ids, and of an index event."""

from collections.abc import Callable
from datetime import date

from csp_desktop.commands.members import MemberDetails, add_member, edit_member
from csp_desktop.commands.offenders import add_offender, edit_offender, merge_offenders
from csp_desktop.errors import CspError
from csp_desktop.queries.members import MemberRow
from csp_desktop.queries.offenders import find_offender
from csp_desktop.queries.person_records import PersonRecord, person_record
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.offending import Disposal, IomCohort, IomRag, Sex
from ui.forms.fields import ChoiceField, DateField, Field, NumberField, TextField, Values
from ui.forms.form import FormSpec
from ui.forms.offence_codes import KEY, code_field, code_typed, known_codes
from ui.forms.offences import GONE
from ui.forms.past_days import refusing_days_ahead
from ui.forms.scaled import PERCENT, ScaledField
from ui.forms.spells import IOM_COHORTS, RAG_WORDS

EDIT_OFFENDER, MERGE_OFFENDER = "edit-offender", "merge-offender"
ADD_MEMBER, EDIT_MEMBER = "add-member", "edit-member"
OLDEST, MOST = 120, 9999
PAST = ("index_date", "birth_date", "custody_start", "died_on", "iom_rag_on")
MERGED = (
    "The same person under another id. Offences of both count for this one, the same offence once. Each id keeps its "
    "own rows, so the two can be taken apart at any time."
)


def editing_offender(store: Store, offender_id: int, today: date) -> FormSpec:
    """Return the form of a person as they stand, without their name. Raises CspError where they are gone."""
    record = person_record(store, offender_id, today)

    def save(values: Values) -> None:
        edit_offender(
            store,
            record.offender_id,
            record.version,
            reference=values.text("reference"),
            lead_agency=values.text("lead_agency"),
            lead_officer=values.text("lead_officer"),
            next_review=values.day("next_review"),
        )

    return FormSpec(
        title=f"Edit {record.reference}",
        fields=_offender_fields(record, today),
        save_words="Save person",
        save=save,
        again=lambda: editing_offender(store, offender_id, today),
        name=EDIT_OFFENDER,
        ids=(offender_id,),
    )


def _offender_fields(record: PersonRecord, today: date) -> tuple[Field, ...]:
    return (
        TextField(key="reference", label="Id", required=True, value=record.reference),
        TextField(key="lead_agency", label="Lead agency", value=record.lead_agency),
        TextField(key="lead_officer", label="Lead officer", value=record.lead_officer),
        DateField(key="next_review", label="Next review", today=today, value=record.next_review),
    )


def finding_offender(store: Store, found: Callable[[int], None]) -> FormSpec:
    """Return the form that asks for a person's id; ``found`` is handed ours."""

    def save(values: Values) -> None:
        found(_known(store, values.text("reference"), "reference"))

    field = TextField(
        key="reference", label="Person's id", hint="As the source systems write it.", required=True, value=""
    )
    return FormSpec(title="Find a person by id", fields=(field,), save_words="Open the record", save=save)


def merging_offender(store: Store, offender_id: int, today: date) -> FormSpec:
    """Return the form that lets another id stand for the same person. Raises CspError where the person is gone."""
    record = person_record(store, offender_id, today)

    def save(values: Values) -> None:
        merge_offenders(store, record.offender_id, _known(store, values.text("other"), "other"))

    field = TextField(key="other", label="The other id", hint=MERGED, required=True, value="")
    return FormSpec(
        title=f"Merge another id into {record.reference}",
        fields=(field,),
        save_words="Merge",
        save=save,
        name=MERGE_OFFENDER,
        ids=(offender_id,),
    )


def _known(store: Store, reference: str, key: str) -> int:
    try:
        return find_offender(store, reference)
    except CspError as unknown:
        raise FieldError(key, str(unknown)) from unknown


def adding_member(store: Store, cohort_id: int, today: date, reference: str = "") -> FormSpec:
    """Return the form of a new index event; a person who is not in the store yet is added with it."""
    codes = known_codes(store)

    def save(values: Values) -> None:
        given = _member_values(values, code_typed(codes, values.text(KEY)))
        with store.write("Add an index event"):
            try:
                person = find_offender(store, values.text("reference"))
            except CspError:  # the first that is recorded of them
                person = add_offender(store, values.text("reference"))
            add_member(store, cohort_id, person, values.one_of("index_date", date), **given)

    who = TextField(
        key="reference",
        label="Person's id",
        hint="As the source systems write it; never a name.",
        required=True,
        value=reference,
    )
    return FormSpec(
        title="Add an index event",
        fields=(who, *_member_fields(None, codes, today)),
        save_words="Add index event",
        save=save,
        check=refusing_days_ahead(today, *PAST),
        name=ADD_MEMBER,
        ids=(cohort_id,),
    )


def editing_member(store: Store, offender_id: int, member_id: int, today: date) -> FormSpec:
    """Return the form of an index event as it stands. Raises CspError where it is gone."""
    rows = (each.member for each in person_record(store, offender_id, today).memberships)
    row = next((row for row in rows if row.id == member_id), None)
    if row is None:
        raise CspError(GONE.format("index event"))
    codes = known_codes(store)

    def save(values: Values) -> None:
        given = _member_values(values, code_typed(codes, values.text(KEY)))
        edit_member(store, row.id, row.version, **given, index_date=values.one_of("index_date", date))

    return FormSpec(
        title="Edit an index event",
        fields=_member_fields(row, codes, today),
        save_words="Save index event",
        save=save,
        check=refusing_days_ahead(today, *PAST),
        again=lambda: editing_member(store, offender_id, member_id, today),
        name=EDIT_MEMBER,
        ids=(offender_id, member_id),
    )


def _member_values(values: Values, code_id: int | None) -> MemberDetails:
    return {
        "disposal": values.one_of_or_none("disposal", Disposal),
        "offence_code_id": code_id,
        "birth_date": values.day("birth_date"),
        "age": values.number("age"),
        "sex": values.one_of_or_none("sex", Sex),
        "ethnicity": values.text("ethnicity"),
        "previous_offences": values.number("previous_offences"),
        "sentence_months": values.number("sentence_months"),
        "area": values.text("area"),
        "predicted_score": values.number("predicted_score"),
        "instrument": values.text("instrument"),
        "custody_start": values.day("custody_start"),
        "custody_end": values.day("custody_end"),
        "died_on": values.day("died_on"),
        "iom_cohort": values.one_of_or_none("iom_cohort", IomCohort),
        "iom_rag": values.one_of_or_none("iom_rag", IomRag),
        "iom_rag_on": values.day("iom_rag_on"),
    }


def _member_fields(row: MemberRow | None, codes: dict[int, str], today: date) -> tuple[Field, ...]:
    none = ((None, "Not known"),)
    return (
        DateField(
            key="index_date", label="Index date", required=True, today=today, value=row.index_date if row else None
        ),
        ChoiceField(
            key="disposal",
            label="Index disposal",
            choices=(*none, *((each, each.label) for each in Disposal)),
            value=row.disposal if row else None,
        ),
        code_field(codes, row.offence_code_id if row else None, "Index offence code"),
        *_about(row, today),
        NumberField(
            key="sentence_months",
            label="Custodial sentence (months)",
            least=0,
            most=MOST,
            value=row.sentence_months if row else None,
        ),
        DateField(key="custody_start", label="In custody from", today=today, value=row.custody_start if row else None),
        DateField(key="custody_end", label="Released on", today=today, value=row.custody_end if row else None),
        DateField(key="died_on", label="Died on", today=today, value=row.died_on if row else None),
        ChoiceField(key="iom_cohort", label="IOM cohort", choices=IOM_COHORTS, value=row.iom_cohort if row else None),
        ChoiceField(
            key="iom_rag",
            label="IOM RAG",
            choices=(*none, *((each, RAG_WORDS[each]) for each in IomRag)),
            value=row.iom_rag if row else None,
        ),
        DateField(key="iom_rag_on", label="RAG as at", today=today, value=row.iom_rag_on if row else None),
    )


def _about(row: MemberRow | None, today: date) -> tuple[Field, ...]:
    return (
        DateField(key="birth_date", label="Born on", today=today, value=row.birth_date if row else None),
        NumberField(
            key="age",
            label="Age at the index date",
            hint="Where the day of birth is not known.",
            least=0,
            most=OLDEST,
            value=row.age if row else None,
        ),
        ChoiceField(
            key="sex",
            label="Sex",
            choices=((None, "Not known"), *((each, each.label) for each in Sex)),
            value=row.sex if row else None,
        ),
        TextField(key="ethnicity", label="Ethnicity", value=row.ethnicity if row else ""),
        NumberField(
            key="previous_offences",
            label="Previous offences",
            least=0,
            most=MOST,
            value=row.previous_offences if row else None,
        ),
        TextField(key="area", label="Area", value=row.area if row else ""),
        ScaledField(
            key="predicted_score",
            label="Predicted score (%)",
            scale=PERCENT,
            most=100,
            value=row.predicted_score if row else None,
        ),
        TextField(key="instrument", label="Instrument of the score", value=row.instrument if row else ""),
    )
