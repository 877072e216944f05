"""What a form insists on before it saves; a refusal is one sentence with the field it speaks of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from csp_desktop.errors import CspError

EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 12, 31)


class FieldError(CspError):
    """A value that a form refuses. ``field`` is the column it belongs to."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Refusal:
    """One field's refusal, for forms that show all of them at once."""

    field: str
    sentence: str


def action_refusals(values: Mapping[str, Any]) -> Iterator[Refusal]:
    """Yield every reason not to save an action with these values (column name to value; absent ones unchecked)."""
    if "title" in values and not str(values["title"]).strip():
        yield Refusal("title", "An action needs a title: say in one line what will be done.")
    percent = values.get("percent")
    if percent is not None and not 0 <= percent <= 100:  # noqa: PLR2004 - per cent
        yield Refusal("percent", f"{percent} is not a percentage: give a whole number from 0 to 100.")
    for field in ("start", "baseline_due", "forecast_due", "actual_end", "review_date"):
        value = values.get(field)
        if value is not None and not EARLIEST <= value <= LATEST:
            yield Refusal(field, f"The year {value.year} cannot be right: give a date between 1990 and 2100.")
    start, due = values.get("start"), values.get("forecast_due") or values.get("baseline_due")
    if start and due and due < start:
        yield Refusal("forecast_due", "It would be due before it starts: correct one of the two dates.")
    end = values.get("actual_end")
    if start and end and end < start:
        yield Refusal("actual_end", "It would end before it starts: correct one of the two dates.")


def update_refusals(values: Mapping[str, Any], needs_reason: bool) -> Iterator[Refusal]:
    """Yield every reason not to post an update. ``needs_reason``: its RAG asks for a reason and a recovery date."""
    if not any(values.get(field) for field in ("done", "next_steps", "rag", "percent", "help_needed", "forecast_due")):
        yield Refusal("done", "The update is empty: say what was done, or choose a RAG.")
    if needs_reason and not str(values.get("reason", "")).strip():
        yield Refusal("reason", "Amber and Red need a reason: say in a sentence what holds it up.")
    if needs_reason and values.get("recovery_date") is None:
        yield Refusal("recovery_date", "Amber and Red need a recovery date: when will it be back on track?")
    percent = values.get("percent")
    if percent is not None and not 0 <= percent <= 100:  # noqa: PLR2004 - per cent
        yield Refusal("percent", f"{percent} is not a percentage: give a whole number from 0 to 100.")


def insist(refusals: Iterator[Refusal]) -> None:
    """Raise the first refusal, if there is one."""
    for refusal in refusals:
        raise FieldError(refusal.field, refusal.sentence)
