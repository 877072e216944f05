"""A day that cannot lie ahead: what was recorded has happened, and what was read from a source was read by today."""

from collections.abc import Mapping
from datetime import date

from ui.forms.fields import Values
from ui.forms.form import Check
from ui.forms.words import shown_date


def ahead(day: date | None, today: date) -> str:
    """Return the refusal of a day after today, "" for any other and for none."""
    return f"{shown_date(day)} is still to come. Check the year." if day is not None and day > today else ""


def refusing_days_ahead(today: date, *keys: str) -> Check:
    """Return the check of a form that refuses days after today where they were typed; what came with a file stays."""

    def check(values: Values) -> Mapping[str, str]:
        found = {key: ahead(values.day(key), today) for key in keys if key in values.changed}
        return {key: sentence for key, sentence in found.items() if sentence}

    return check
