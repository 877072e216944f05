"""The forms of a need: a score on one of the pathways at a day."""

from datetime import date

from csp_desktop.commands.needs import NeedValues, add_need, edit_need
from csp_desktop.errors import CspError
from csp_desktop.queries.person_records import person_record
from csp_desktop.queries.person_rows import NeedRow
from csp_desktop.store import Store
from models.offending import Pathway
from ui.forms.fields import ChoiceField, DateField, Field, NumberField, TextField, Values
from ui.forms.form import FormSpec
from ui.forms.offences import GONE
from ui.forms.past_days import refusing_days_ahead

ADD_NEED, EDIT_NEED = "add-need", "edit-need"
MOST = 1000


def adding_need(store: Store, offender_id: int, today: date) -> FormSpec:
    """Return the form of a new score."""

    def save(values: Values) -> None:
        add_need(
            store,
            offender_id,
            values.one_of("pathway", Pathway),
            values.one_of("dated", date),
            score=values.one_of("score", int),
            instrument=values.text("instrument"),
        )

    return FormSpec(
        title="Record a need",
        fields=_fields(None, today),
        save_words="Record need",
        save=save,
        check=refusing_days_ahead(today, "dated"),
        name=ADD_NEED,
        ids=(offender_id,),
    )


def editing_need(store: Store, offender_id: int, need_id: int, today: date) -> FormSpec:
    """Return the form of a score as it stands. Raises CspError where it is gone."""
    row = next((row for row in person_record(store, offender_id, today).needs if row.id == need_id), None)
    if row is None:
        raise CspError(GONE.format("score"))

    def save(values: Values) -> None:
        edit_need(store, row.id, row.version, **_values(values))

    return FormSpec(
        title="Edit a need",
        fields=_fields(row, today),
        save_words="Save need",
        save=save,
        check=refusing_days_ahead(today, "dated"),
        again=lambda: editing_need(store, offender_id, need_id, today),
        name=EDIT_NEED,
        ids=(offender_id, need_id),
    )


def _values(values: Values) -> NeedValues:
    return {
        "pathway": values.one_of("pathway", Pathway),
        "dated": values.one_of("dated", date),
        "score": values.one_of("score", int),
        "instrument": values.text("instrument"),
    }


def _fields(row: NeedRow | None, today: date) -> tuple[Field, ...]:
    return (
        ChoiceField(
            key="pathway",
            label="Pathway",
            choices=tuple((each, each.label) for each in Pathway),
            value=row.pathway if row else Pathway.ACCOMMODATION,
        ),
        DateField(key="dated", label="Scored on", required=True, today=today, value=row.dated if row else today),
        NumberField(
            key="score",
            label="Score",
            hint="A higher score is a greater need.",
            required=True,
            least=0,
            most=MOST,
            value=row.score if row else None,
        ),
        TextField(
            key="instrument",
            label="Instrument",
            hint="Scores are compared within one instrument alone.",
            value=row.instrument if row else "",
        ),
    )
