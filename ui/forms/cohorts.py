"""The forms of a cohort and of how it is counted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from csp_desktop.commands.cohorts import create_cohort, edit_cohort
from csp_desktop.queries.cohorts import CohortRow, find_cohort
from csp_desktop.reoffending.definition import Definition, definition_of
from csp_desktop.store import Store
from models.offending import CohortDefinition, IndexRule, OffenceOutcome
from ui.forms.fields import (
    CheckField,
    ChoiceField,
    DateField,
    Field,
    NumberField,
    PersonField,
    SeveralField,
    TextField,
    Values,
)
from ui.forms.form import FormSpec
from ui.forms.past_days import refusing_days_ahead
from ui.forms.scaled import PERCENT, ScaledField

ADD_COHORT, EDIT_COHORT = "add-cohort", "edit-cohort"
MOST_MONTHS = 120
OUTCOMES = tuple(OffenceOutcome)
INDEX_RULES = {
    IndexRule.FIRST_IN_PERIOD: "the first of the period",
    IndexRule.FIRST_IN_QUARTER: "the first of each calendar quarter",
}


def adding_cohort(store: Store, today: date) -> FormSpec:
    """Return the form of a new cohort: its name and definition; the rest is as that definition has it."""

    def save(values: Values) -> None:
        create_cohort(
            store,
            values.text("name"),
            values.one_of("definition", CohortDefinition),
            period_first=values.day("period_first"),
            period_last=values.day("period_last"),
            data_date=values.day("data_date"),
        )

    fields = (
        TextField(key="name", label="Name", required=True, value=""),
        _kind(CohortDefinition.LOCAL),
        *_days(None, today),
    )
    return FormSpec(
        title="Make a new cohort",
        fields=fields,
        save_words="Create cohort",
        save=save,
        check=refusing_days_ahead(today, "data_date"),
        name=ADD_COHORT,
    )


def editing_cohort(store: Store, cohort_id: int, today: date) -> FormSpec:
    """Return the form of a cohort as it stands. Raises CspError where it is gone."""
    row = find_cohort(store, cohort_id)

    def save(values: Values) -> None:
        edit_cohort(store, row.id, row.version, **_changed(values))

    return FormSpec(
        title="Edit the cohort",
        fields=_fields(row, today),
        save_words="Save cohort",
        save=save,
        check=refusing_days_ahead(today, "data_date"),
        again=lambda: editing_cohort(store, cohort_id, today),
        name=EDIT_COHORT,
        ids=(cohort_id,),
    )


def _changed(values: Values) -> Any:
    """Return what changed, as the command takes it; another definition brings its own rules where none was typed."""
    reading = {
        "name": values.text,
        "definition": lambda key: values.one_of(key, CohortDefinition),
        "follow_up_months": values.number,
        "waiting_months": values.number,
        "index_rule": lambda key: values.one_of(key, IndexRule),
        "counts_index_day": values.flag,
        "breach_codes": lambda key: _codes(values.names(key)),
        "proofs": lambda key: [OUTCOMES[at] for at in sorted(values.ids(key))],
        "period_first": values.day,
        "period_last": values.day,
        "data_date": values.day,
        "baseline_score": values.number,
        "baseline_note": values.text,
    }
    return {key: read(key) for key, read in reading.items() if key in values.changed}


def _codes(typed: Sequence[str]) -> list[str]:
    """Return codes once each; no code has a comma in it, so one that stands between two was meant as ; is."""
    parts = (part.strip() for each in typed for part in each.split(","))
    return list(dict.fromkeys(part for part in parts if part))


def _kind(value: CohortDefinition) -> Field:
    return ChoiceField(
        key="definition",
        label="Definition",
        choices=tuple((kind, kind.label) for kind in CohortDefinition),
        hint="Another definition brings its own months, index events and proofs.",
        value=value,
    )


def _days(row: CohortRow | None, today: date) -> tuple[Field, ...]:
    period = row.period if row else None
    return (
        DateField(
            key="period_first",
            label="Period from",
            hint="Left blank, the period begins with the first index date.",
            today=today,
            value=period.first if period else None,
        ),
        DateField(
            key="period_last",
            label="Period to",
            hint="Left blank, it ends with the last.",
            today=today,
            value=period.last if period else None,
        ),
        DateField(
            key="data_date",
            label="Data date",
            hint="The day that the source systems were read. Left blank, figures are as at today.",
            today=today,
            value=row.data_date if row else None,
        ),
    )


def _fields(row: CohortRow, today: date) -> tuple[Field, ...]:
    definition = row.definition
    return (
        TextField(key="name", label="Name", required=True, value=row.name),
        _kind(definition.kind),
        *_rules(definition),
        *_days(row, today),
        ScaledField(
            key="baseline_score",
            label="Baseline predicted score (%)",
            hint="The mean predicted score of the baseline, for the adjusted rate.",
            scale=PERCENT,
            most=100,
            value=row.baseline_score,
        ),
        TextField(key="baseline_note", label="Where the baseline comes from", value=row.baseline_note),
    )


def _rules(definition: Definition) -> tuple[Field, ...]:
    shipped = definition_of(definition.kind)
    usual = f"Usually {shipped.follow_up_months} and {shipped.waiting_months}."
    chosen = frozenset(at for at, outcome in enumerate(OUTCOMES) if outcome in definition.proofs)
    return (
        NumberField(
            key="follow_up_months",
            label="Months of follow-up",
            required=True,
            least=1,
            most=MOST_MONTHS,
            value=definition.follow_up_months,
        ),
        NumberField(
            key="waiting_months",
            label="Months of waiting for proof",
            hint=usual,
            required=True,
            least=0,
            most=MOST_MONTHS,
            value=definition.waiting_months,
        ),
        ChoiceField(
            key="index_rule",
            label="Index event",
            choices=tuple(INDEX_RULES.items()),
            value=definition.index_rule,
        ),
        CheckField(
            key="counts_index_day",
            label="The index date itself",
            beside="An offence on it counts",
            hint="Unless it was proven by that day: then it is part of the index case.",
            value=definition.counts_index_day,
        ),
        SeveralField(
            key="proofs",
            label="What proves an offence",
            choices=tuple((at, outcome.label) for at, outcome in enumerate(OUTCOMES)),
            value=chosen,
        ),
        PersonField(
            key="breach_codes",
            label="Offence codes of breaches",
            hint="Codes of an order or licence being broken, with ; between them. They do not count.",
            many=True,
            value=definition.breach_codes,
        ),
    )
