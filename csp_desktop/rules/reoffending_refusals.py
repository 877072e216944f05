"""What the forms of reoffending insist on: dates that can be, in an order that can be, and numbers that make sense.

Each function takes the values of a whole row (column name to value; absent ones unchecked) and yields refusals. Dates
follow edge case 24 of the domain rules: proof before the offence, birth after the index date, an end before its start.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from csp_desktop.rules.validation import LATEST, Refusal

EARLIEST = date(1900, 1, 1)
MILLION = 1_000_000
_OLDEST = 120
_LONGEST_MONTHS = 120
Values = Mapping[str, Any]


def cohort_refusals(values: Values) -> Iterator[Refusal]:
    """Yield every reason not to save a cohort."""
    yield from _blank(
        values, "name", "A cohort needs a name: type one that says who is in it, such as “Adults 2024/25”."
    )
    follow_up, waiting = values.get("follow_up_months"), values.get("waiting_months")
    if follow_up is not None and not 1 <= follow_up <= _LONGEST_MONTHS:
        yield Refusal("follow_up_months", "People are followed for 1 to 120 months: correct the follow-up.")
    if waiting is not None and not 0 <= waiting <= _LONGEST_MONTHS:
        yield Refusal("waiting_months", "Waiting for proof takes 0 to 120 months: correct the waiting period.")
    if "proofs" in values and not values["proofs"]:
        yield Refusal("proofs", "Choose at least one outcome that proves an offence.")
    yield from _days(values, "period_first", "period_last", "data_date")
    yield from _order(
        values, "period_first", "period_last", "The period ends before it begins: correct one of the two."
    )
    yield from _share(values, "baseline_score", "The baseline")


def offender_refusals(values: Values) -> Iterator[Refusal]:
    """Yield every reason not to save a person."""
    yield from _blank(values, "reference", "A person needs an id: type the one that the source system uses.")
    yield from _days(values, "next_review")


def member_refusals(values: Values) -> Iterator[Refusal]:
    """Yield every reason not to save an index event."""
    days = ("index_date", "birth_date", "custody_start", "custody_end", "died_on", "iom_rag_on")
    if "index_date" in values and values["index_date"] is None:
        yield Refusal("index_date", "An index event needs its date: follow-up starts on it.")
    yield from _days(values, *days)
    yield from _order(values, "birth_date", "index_date", "The index date lies before the date of birth: correct one.")
    yield from _order(values, "custody_start", "custody_end", "Custody ends before it starts: correct one of the two.")
    yield from _order(values, "index_date", "died_on", "The death lies before the index date: correct one of the two.")
    age = values.get("age")
    if age is not None and not 0 <= age <= _OLDEST:
        yield Refusal("age", f"{age} is no age: give completed years at the index date.")
    yield from _not_below(values, "previous_offences", "Previous offences")
    yield from _not_below(values, "sentence_months", "The length of the sentence")
    yield from _share(values, "predicted_score", "The predicted score")


def offence_refusals(values: Values) -> Iterator[Refusal]:
    """Yield every reason not to save an offence. An offence without a date is stored, and counted as left out."""
    yield from _days(values, "offence_date", "offence_date_to", "proof_date")
    yield from _order(values, "offence_date", "offence_date_to", "The offence ends before it begins: correct one.")
    yield from _order(
        values, "offence_date", "proof_date", "The proof lies before the offence: correct one of the two."
    )
    if values.get("offence_date") is None and values.get("offence_date_to") is not None:
        yield Refusal("offence_date", "Give the first day of the range too: the offence is counted by it.")


def spell_refusals(values: Values) -> Iterator[Refusal]:
    """Yield every reason not to save a spell."""
    yield from _required_day(values, "started", "A spell needs the day it started.")
    yield from _days(values, "started", "ended")
    yield from _order(values, "started", "ended", "The spell ends before it starts: correct one of the two.")
    if str(values.get("deselected_because") or "").strip() and values.get("ended") is None:
        yield Refusal("ended", "Give the day of de-selection: a reason for it is there, and no end.")


def status_refusals(values: Values) -> Iterator[Refusal]:
    """Yield every reason not to save a status."""
    yield from _required_day(values, "dated", "A status needs the day from which it holds.")
    yield from _days(values, "dated")


def need_refusals(values: Values) -> Iterator[Refusal]:
    """Yield every reason not to save the score of a need."""
    yield from _required_day(values, "dated", "A score needs the day it was given.")
    yield from _days(values, "dated")
    if "score" in values and values["score"] is None:
        yield Refusal("score", "Give the score as a whole number; a higher one is a greater need.")
    yield from _not_below(values, "score", "The score")


def code_refusals(values: Values) -> Iterator[Refusal]:
    """Yield every reason not to save an offence code."""
    if {"code", "description"} <= set(values) and not (
        str(values["code"]).strip() or str(values["description"]).strip()
    ):
        yield Refusal("code", "Type the code as the source system writes it, or describe the offence.")


def benchmark_refusals(values: Values) -> Iterator[Refusal]:
    """Yield every reason not to save a published figure."""
    yield from _published(values)
    counts = ("offenders", "reoffenders", "reoffences")
    for field in counts:
        yield from _not_below(values, field, f"The number of {field}")
    yield from _share(values, "rate", "The rate")
    yield from _share(values, "predicted", "The predicted score")
    offenders, reoffenders, reoffences = (values.get(field) for field in counts)
    if offenders is not None and reoffenders is not None and reoffenders > offenders:
        yield Refusal("reoffenders", "There are more reoffenders than offenders: correct one of the two.")
    if reoffences is not None and reoffenders is not None and reoffences < reoffenders:
        yield Refusal("reoffences", "There are fewer reoffences than reoffenders: correct one of the two.")


def entrants_refusals(values: Values) -> Iterator[Refusal]:
    """Yield every reason not to save a count of first-time entrants."""
    yield from _published(values)
    yield from _not_below(values, "entrants", "The number of first-time entrants")
    population = values.get("population")
    if population is not None and population < 1:
        yield Refusal("population", "The population aged 10 to 17 is a whole number above 0.")
    entrants = values.get("entrants")
    if population is not None and entrants is not None and entrants > population > 0:
        yield Refusal("population", "There are more first-time entrants than people aged 10 to 17: correct one.")


def _published(values: Values) -> Iterator[Refusal]:
    yield from _blank(values, "area", "Say which area the figure is of.")
    yield from _blank(values, "period", "Say which period the figure is of, such as “Apr-Jun 2023”.")
    yield from _days(values, "first_day", "last_day")
    yield from _order(values, "first_day", "last_day", "The period ends before it begins: correct one of the two.")


def _blank(values: Values, field: str, sentence: str) -> Iterator[Refusal]:
    if field in values and not str(values[field]).strip():
        yield Refusal(field, sentence)


def _required_day(values: Values, field: str, sentence: str) -> Iterator[Refusal]:
    if field in values and values[field] is None:
        yield Refusal(field, sentence)


def _days(values: Values, *fields: str) -> Iterator[Refusal]:
    for field in fields:
        day = values.get(field)
        if day is not None and not EARLIEST <= day <= LATEST:
            yield Refusal(field, f"The year {day.year} cannot be right: give a date between 1900 and 2100.")


def _order(values: Values, earlier: str, later: str, sentence: str) -> Iterator[Refusal]:
    first, second = values.get(earlier), values.get(later)
    if first is not None and second is not None and second < first:
        yield Refusal(later, sentence)


def _not_below(values: Values, field: str, what: str) -> Iterator[Refusal]:
    number = values.get(field)
    if number is not None and number < 0:
        yield Refusal(field, f"{what} cannot be below 0.")


def _share(values: Values, field: str, what: str) -> Iterator[Refusal]:
    share = values.get(field)
    if share is not None and not 0 <= share <= MILLION:
        yield Refusal(field, f"{what} is a percentage from 0 to 100: correct it.")
