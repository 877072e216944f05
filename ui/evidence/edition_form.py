"""The form that begins the next edition of the assessment."""

from datetime import date

from csp_desktop.commands.evidence import NewEdition, begin_edition
from csp_desktop.queries.evidence import list_editions
from csp_desktop.store import Store
from models.terms import AssessmentKind
from ui.forms.fields import ChoiceField, Field, NumberField, TextField, Values
from ui.forms.form import FormSpec

BEGIN = "begin-edition"
TITLE = "Strategic intelligence assessment"
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_CARRIED = "Its findings are carried over with their ratings and objectives; revise them one by one."


def beginning_edition(store: Store, today: date) -> FormSpec:
    """Return the form; where there is an edition already the new one follows it."""
    editions = list_editions(store)
    year = max([today.year, *(row.year + 1 for row in editions[:1])])

    def save(values: Values) -> None:
        begin_edition(
            store,
            NewEdition(
                values.text("title"),
                values.number("year") or today.year,
                values.one_of("kind", AssessmentKind),
                values.number("copy_from") if editions else None,
            ),
        )

    fields: list[Field] = [
        TextField(key="title", label="Assessment", required=True, value=f"{TITLE} {year}"),
        NumberField(key="year", label="Year", required=True, least=EARLIEST_YEAR, most=LATEST_YEAR, value=year),
        ChoiceField(
            key="kind",
            label="Kind",
            hint="A refresh every year; a full review about every three.",
            choices=tuple((kind, kind.label) for kind in AssessmentKind),
            value=AssessmentKind.REFRESH,
        ),
    ]
    if editions:
        choices = tuple((row.id, row.title) for row in editions)
        fields.append(
            ChoiceField(key="copy_from", label="It follows", hint=_CARRIED, choices=choices, value=editions[0].id)
        )
    return FormSpec(
        title="Begin the next edition" if editions else "Begin the first edition",
        fields=tuple(fields),
        save_words="Begin it",
        save=save,
        name=BEGIN,
    )
