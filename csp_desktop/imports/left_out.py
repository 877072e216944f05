"""What a row says that has no place in the store: told of, for nothing that an owner wrote goes without a word."""

from collections.abc import Iterator

from csp_desktop.imports.dates import DateValue
from csp_desktop.imports.problems import Problem, Read, quote
from csp_desktop.imports.records import ActionRecord
from models.vocabulary import DueKind, ProblemLevel

_SAYING = frozenset({DueKind.ONGOING, DueKind.RECURRING})


def left_out(record: ActionRecord) -> Iterator[Problem]:
    """Yield what of a record is not kept: the date of an update that is not there, "Quarterly" for a review date."""
    report = (record.update, record.rag, record.next_steps, record.reason, record.help_needed)
    if not any(read is not None and read.value for read in report):
        about: tuple[Read[DateValue] | Read[str] | None, ...]
        about = (record.update_date, record.update_author, record.recovery_date)
        for read in about:
            if read is not None and read.value is not None:
                message = f"{quote(read.text)} belongs to a progress update, which this row has not; it was left out."
                yield Problem(record.sheet, read.cell, ProblemLevel.WARNING, message)
    for day in (record.baseline_due, record.actual_end, record.review_date):
        if day is not None and day.value is not None and day.value.kind in _SAYING:
            message = f"{quote(day.text)} is not a date, and only a due date may say so; it was left out."
            yield Problem(record.sheet, day.cell, ProblemLevel.WARNING, message)
