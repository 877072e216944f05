"""The forms of the tables used for counting: offence codes, weights of severity, published figures, entrants."""

from datetime import date

from csp_desktop.commands.lookups import CodeMeaning, NewEdition, add_code, edit_code, replace_weights
from csp_desktop.commands.published import (
    BenchmarkFigures,
    EntrantsFigures,
    add_benchmark,
    add_entrants,
    edit_benchmark,
    edit_entrants,
)
from csp_desktop.errors import CspError
from csp_desktop.queries.lookups import CodeRow, EditionRow, list_codes, list_editions
from csp_desktop.queries.published import BenchmarkRow, EntrantsRow, list_benchmarks, list_entrants
from csp_desktop.store import Store
from models.offending import OffenceGroup, Severity, SeverityClass
from ui.forms.fields import ChoiceField, DateField, Field, NumberField, TextField, Values
from ui.forms.form import FormSpec
from ui.forms.offences import GONE
from ui.forms.scaled import PERCENT, THOUSANDTHS, ScaledField

ADD_CODE, EDIT_CODE = "add-code", "edit-code"
REPLACE_WEIGHTS = "replace-weights"
ADD_BENCHMARK, EDIT_BENCHMARK = "add-benchmark", "edit-benchmark"
ADD_ENTRANTS, EDIT_ENTRANTS = "add-entrants", "edit-entrants"
MOST = 999_999_999
BREACH: tuple[tuple[object, str], ...] = (
    (None, "Not said: the outcome decides"),
    (True, "Yes: it never counts"),
    (False, "No: an offence of its own"),
)


def adding_code(store: Store) -> FormSpec:
    """Return the form of a new offence code."""

    def save(values: Values) -> None:
        add_code(store, values.text("code"), **_meaning(values))

    return FormSpec(
        title="Add an offence code", fields=_code_fields(None), save_words="Add code", save=save, name=ADD_CODE
    )


def editing_code(store: Store, code_id: int) -> FormSpec:
    """Return the form of an offence code as it stands. Raises CspError where it is gone."""
    row = next((row for row in list_codes(store) if row.id == code_id), None)
    if row is None:
        raise CspError(GONE.format("offence code"))

    def save(values: Values) -> None:
        edit_code(store, row.id, row.version, code=values.text("code"), **_meaning(values))

    return FormSpec(
        title="Edit an offence code",
        fields=_code_fields(row),
        save_words="Save code",
        save=save,
        again=lambda: editing_code(store, code_id),
        name=EDIT_CODE,
        ids=(code_id,),
    )


def _meaning(values: Values) -> CodeMeaning:
    return {
        "description": values.text("description"),
        "offence_group": values.one_of_or_none("offence_group", OffenceGroup),
        "severity_class": values.one_of_or_none("severity_class", SeverityClass),
        "is_breach": values.one_of_or_none("is_breach", bool),
    }


def _code_fields(row: CodeRow | None) -> tuple[Field, ...]:
    none = ((None, "Not known"),)
    return (
        TextField(
            key="code",
            label="Code",
            hint="As the source systems write it, leading zeros kept. Blank for an offence given in words.",
            value=row.code if row else "",
        ),
        TextField(key="description", label="Description", value=row.description if row else ""),
        ChoiceField(
            key="offence_group",
            label="Group",
            choices=(*none, *((each, each.label) for each in OffenceGroup)),
            value=row.offence_group if row else None,
        ),
        ChoiceField(
            key="severity_class",
            label="Kind, for its severity",
            choices=(*none, *((each, each.label) for each in SeverityClass)),
            value=row.severity_class if row else None,
        ),
        ChoiceField(
            key="is_breach",
            label="Is it a breach of an order or licence?",
            hint="A breach of a restraining order, of a criminal behaviour order or of a sexual harm prevention order "
            "is an offence of its own.",
            choices=BREACH,
            value=row.is_breach if row else None,
        ),
    )


def replacing_weights(store: Store, severity: Severity) -> FormSpec:
    """Return the form of a new edition of an index, beginning with the weights in use; former editions stay."""
    now = next(row for row in list_editions(store) if row.severity is severity and row.in_use)

    def save(values: Values) -> None:
        weights = {kind: weight for kind in SeverityClass if (weight := values.number(kind.value)) is not None}
        edition = NewEdition(severity, values.text("edition"), values.text("unit"), values.text("source"), weights)
        replace_weights(store, edition)

    return FormSpec(
        title=f"Set new weights for the {severity.label}",
        fields=_weight_fields(now),
        save_words="Use these weights",
        save=save,
        name=REPLACE_WEIGHTS,
        ids=(list(Severity).index(severity),),
    )


def _weight_fields(now: EditionRow) -> tuple[Field, ...]:
    return (
        TextField(
            key="edition",
            label="Name of the edition",
            hint=f"Every score is printed with it. In use now: {now.edition}.",
            required=True,
            value="",
        ),
        TextField(key="unit", label="Unit", required=True, value=now.unit),
        TextField(key="source", label="Where the weights come from", hint=f"Those in use now: {now.source}.", value=""),
        *(
            ScaledField(key=kind.value, label=kind.label, scale=THOUSANDTHS, most=MOST, value=now.weights.get(kind))
            for kind in SeverityClass
        ),
    )


def adding_benchmark(store: Store, today: date) -> FormSpec:
    """Return the form of a new published figure."""

    def save(values: Values) -> None:
        add_benchmark(store, values.text("area"), values.text("period"), **_figures(values))

    return FormSpec(
        title="Add a published figure",
        fields=_benchmark_fields(None, today),
        save_words="Add figure",
        save=save,
        name=ADD_BENCHMARK,
    )


def editing_benchmark(store: Store, benchmark_id: int, today: date) -> FormSpec:
    """Return the form of a published figure as it stands. Raises CspError where it is gone."""
    row = next((row for row in list_benchmarks(store) if row.id == benchmark_id), None)
    if row is None:
        raise CspError(GONE.format("figure"))

    def save(values: Values) -> None:
        area, period = values.text("area"), values.text("period")
        edit_benchmark(store, row.id, row.version, area=area, period=period, **_figures(values))

    return FormSpec(
        title="Edit a published figure",
        fields=_benchmark_fields(row, today),
        save_words="Save figure",
        save=save,
        again=lambda: editing_benchmark(store, benchmark_id, today),
        name=EDIT_BENCHMARK,
        ids=(benchmark_id,),
    )


def _figures(values: Values) -> BenchmarkFigures:
    return {
        "series": values.text("series"),
        "people": values.text("people"),
        "first_day": values.day("first_day"),
        "last_day": values.day("last_day"),
        "offenders": values.number("offenders"),
        "reoffenders": values.number("reoffenders"),
        "reoffences": values.number("reoffences"),
        "rate": values.number("rate"),
        "predicted": values.number("predicted"),
    }


def _benchmark_fields(row: BenchmarkRow | None, today: date) -> tuple[Field, ...]:
    return (
        TextField(
            key="series", label="Series", hint="Which publication and definition.", value=row.series if row else ""
        ),
        TextField(key="area", label="Area", required=True, value=row.area if row else ""),
        TextField(
            key="people", label="People", hint="All, Adult, Juvenile, or a detail.", value=row.people if row else "All"
        ),
        *_period(row.period if row else "", (row.first_day, row.last_day) if row else (None, None), today),
        *(
            NumberField(key=key, label=words, least=0, most=MOST, value=getattr(row, key) if row else None)
            for key, words in (("offenders", "Offenders"), ("reoffenders", "Reoffenders"), ("reoffences", "Reoffences"))
        ),
        ScaledField(
            key="rate",
            label="Rate (%)",
            hint="As published, where the counts are not.",
            scale=PERCENT,
            most=100,
            value=row.rate if row else None,
        ),
        ScaledField(
            key="predicted",
            label="Mean predicted score (%)",
            scale=PERCENT,
            most=100,
            value=row.predicted if row else None,
        ),
    )


def _period(period: str, days: tuple[date | None, date | None], today: date) -> tuple[Field, ...]:
    return (
        TextField(
            key="period", label="Period", hint="As published, like Apr 2023 to Mar 2024.", required=True, value=period
        ),
        DateField(key="first_day", label="First day", today=today, value=days[0]),
        DateField(key="last_day", label="Last day", today=today, value=days[1]),
    )


def adding_entrants(store: Store, today: date) -> FormSpec:
    """Return the form of a new count of first-time entrants."""

    def save(values: Values) -> None:
        entrants = values.one_of("entrants", int)
        add_entrants(store, values.text("area"), values.text("period"), entrants, **_entrants(values))

    return FormSpec(
        title="Add first-time entrants",
        fields=_entrants_fields(None, today),
        save_words="Add entrants",
        save=save,
        name=ADD_ENTRANTS,
    )


def editing_entrants(store: Store, entrants_id: int, today: date) -> FormSpec:
    """Return the form of a count as it stands. Raises CspError where it is gone."""
    row = next((row for row in list_entrants(store) if row.id == entrants_id), None)
    if row is None:
        raise CspError(GONE.format("count"))

    def save(values: Values) -> None:
        edit_entrants(
            store,
            row.id,
            row.version,
            area=values.text("area"),
            period=values.text("period"),
            entrants=values.one_of("entrants", int),
            **_entrants(values),
        )

    return FormSpec(
        title="Edit first-time entrants",
        fields=_entrants_fields(row, today),
        save_words="Save entrants",
        save=save,
        again=lambda: editing_entrants(store, entrants_id, today),
        name=EDIT_ENTRANTS,
        ids=(entrants_id,),
    )


def _entrants(values: Values) -> EntrantsFigures:
    return {
        "first_day": values.day("first_day"),
        "last_day": values.day("last_day"),
        "people": values.text("people"),
        "population": values.number("population"),
    }


def _entrants_fields(row: EntrantsRow | None, today: date) -> tuple[Field, ...]:
    return (
        TextField(key="area", label="Area", required=True, value=row.area if row else ""),
        TextField(key="people", label="People", hint="All, or a part of them.", value=row.people if row else "All"),
        *_period(row.period if row else "", (row.first_day, row.last_day) if row else (None, None), today),
        NumberField(
            key="entrants",
            label="First-time entrants",
            required=True,
            least=0,
            most=MOST,
            value=row.entrants if row else None,
        ),
        NumberField(
            key="population",
            label="People aged 10 to 17",
            hint="For the rate per 100,000.",
            least=0,
            most=MOST,
            value=row.population if row else None,
        ),
    )
