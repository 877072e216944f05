"""What a register's row is refused for, whether it is typed or brought in: by its form, then by what it is a row of."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from csp_desktop.rules.validation import EARLIEST, LATEST, Refusal
from models.terms import LogStatus

Values = Mapping[str, Any]
MOST_CHARACTERS = 20_000
_AFTER = (
    ("starts", "ends", "It would end before it starts: correct one of the two dates."),
    ("starts", "expires", "It would expire before it starts: correct one of the two dates."),
    ("first_day", "last_day", "The last day lies before the first: correct one of the two."),
    ("signed_on", "review_date", "It would be reviewed before it was signed: correct one of the two dates."),
    ("dated", "answered_on", "It would be answered before it was said: correct one of the two dates."),
    ("completed_on", "closed_on", "It would be closed before it was completed: correct one of the two dates."),
    ("held_on", "minutes_agreed", "Its minutes would be agreed before it was held: correct one of the two dates."),
    ("cut_off", "papers_date", "Papers would go out before the reports are due: correct one of the two dates."),
    ("papers_date", "held_on", "Papers would go out after the meeting: correct one of the two dates."),
)


def entry_refusals(values: Values) -> Iterator[Refusal]:
    """Yield what any row is refused for: dates out of all reason or in the wrong order, and texts without end."""
    for name, value in values.items():
        if isinstance(value, date) and not EARLIEST <= value <= LATEST:
            yield Refusal(name, f"The year {value.year} cannot be right: give a date between 1990 and 2100.")
        elif isinstance(value, str) and len(value) > MOST_CHARACTERS:
            yield Refusal(name, f"This text is longer than {MOST_CHARACTERS:,} characters: keep it in a document.")
    for earlier, later, sentence in _AFTER:
        first, second = values.get(earlier), values.get(later)
        if isinstance(first, date) and isinstance(second, date) and second < first:
            yield Refusal(later, sentence)


def _group_member(values: Values) -> Iterator[Refusal]:
    if not values.get("organisation") and not values.get("person"):
        yield Refusal("person", "A seat is a person's or an organisation's: name one of them.")


def _reading(values: Values) -> Iterator[Refusal]:
    numerator, denominator = values.get("numerator"), values.get("denominator")
    if values.get("value") is None and numerator is None:
        yield Refusal("value", "Give the value that was read, or the numerator and denominator it is worked out of.")
    if denominator == 0:
        yield Refusal("denominator", "Nothing can be divided by 0: leave the reading out until there is a denominator.")


def _log_entry(values: Values) -> Iterator[Refusal]:
    if not values.get("group") and not values.get("meeting"):
        yield Refusal("group", "An entry belongs to a group's log: name the group, or the meeting that raised it.")
    if values.get("status") in {None, "", LogStatus.OPEN, LogStatus.COMPLETED} and values.get("closed_on") is not None:
        yield Refusal("status", "It has a day on which it was closed and is not closed: correct one of the two.")


def _typed_log_entry(values: Values, typed: Values) -> Iterator[Refusal]:
    status, closed = values.get("status"), values.get("closed_on")
    if status == LogStatus.COMPLETED and values.get("completed_on") is None:
        yield Refusal("completed_on", "Its owner completed it: say on which day.")
    # the day on which its owner completed it is not the day on which the group closed it
    is_closing = typed.get("status") == LogStatus.CLOSED and not typed.get("closed_on") and not typed.get("closed_at")
    if status == LogStatus.CLOSED and (closed is None or (is_closing and closed == values.get("completed_on"))):
        yield Refusal("closed_on", "The group closed it: say on which day, or at which meeting.")
    if status == LogStatus.WITHDRAWN and closed is None:
        yield Refusal("closed_on", "It was withdrawn: say on which day, as “Closed on”.")
    if status == LogStatus.WITHDRAWN and not values.get("position"):
        yield Refusal("position", "It was withdrawn: say why, in “Where it stands”.")


def _deputy(values: Values) -> Iterator[Refusal]:
    if values.get("person") and values.get("person") == values.get("deputy"):
        yield Refusal("deputy", "Nobody deputises for themselves: name somebody else.")


OF_REGISTER: Mapping[str, Callable[[Values], Iterator[Refusal]]] = {
    "group-members": _group_member,
    "attendance": _group_member,
    "readings": _reading,
    "log": _log_entry,
    "deputies": _deputy,
}
"""By register: what its rows alone are refused for."""

TYPED: Mapping[str, Callable[[Values, Values], Iterator[Refusal]]] = {"log": _typed_log_entry}
"""By register: what a row is refused for where a person typed it, who can say it. Old spreadsheets often cannot.

Given the row as it would stand, and what was typed of it.
"""
