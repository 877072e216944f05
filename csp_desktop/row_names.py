"""By what rows are told apart when people read of them: their own columns, else the row that they belong to."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Enum

from csp_desktop.rules.periods import shown_day
from models.base import Base
from models.vocabulary import Word

NAMED_BY: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("action", "measure", "risk", "log_entry"), ("ref", "title")),
    **dict.fromkeys(("plan", "theme", "objective", "milestone", "agenda_item", "document", "follow_up"), ("title",)),
    **dict.fromkeys(("assessment", "evidence_item", "consultation", "key_date", "agreement"), ("title",)),
    **dict.fromkeys(("person", "organisation", "group", "strategy", "rag_scheme", "place"), ("name",)),
    **dict.fromkeys(("cohort", "ward_set", "area"), ("name",)),
    "export_snapshot": ("key",),
    "offender": ("reference",),
    "offence_code": ("code", "description"),
    "severity_index": ("edition",),
    "benchmark": ("series", "area", "people", "period"),
    "first_time_entrants": ("area", "people", "period"),
    "area_figure": ("indicator", "area_name", "period"),
    "operation": ("title", "starts"),
    "order_clause": ("order_name", "clause"),
    "feedback": ("place_id", "dated"),
    "meeting": ("group_id", "held_on"),
    "minute": ("number", "title"),
    "referral_pathway": ("concern",),
    "reporting_period": ("label",),
    "known_heading": ("name",),
    "report_snapshot": ("title", "period"),
}
"""The columns whose values a row is called by; an id stands for what its row is called."""

BELONGS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("progress_update", "rebaseline", "action_source", "action_support", "action_link"), ("action_id",)
    ),
    **dict.fromkeys(("person_alias", "deputy"), ("person_id",)),
    "organisation_alias": ("organisation_id",),
    "objective_theme": ("objective_id",),
    "rag_value": ("scheme_id",),
    "settled_cell": ("export_id",),
    "returned_update": ("update_id",),
    **dict.fromkeys(("membership", "attendance"), ("person_id", "organisation_id")),
    **dict.fromkeys(("cohort_member", "offence", "spell", "iom_status", "need_score"), ("offender_id",)),
    "severity_weight": ("index_id",),
    **dict.fromkeys(("operation_partner", "output"), ("operation_id",)),
    "decision": ("meeting_id",),
    **dict.fromkeys(("measure_objective", "target", "reading"), ("measure_id",)),
    "evidence_objective": ("evidence_id",),
    "risk_link": ("risk_id",),
}
"""The columns that hold what a row without a name of its own belongs to; the first that is filled counts."""

NAMELESS = frozenset({
    "audit_entry", "audit_change", "forgotten_layout", "import_batch", "import_layout", "language_choice", "load",
    "profile", "publication", "staged_block", "staged_import", "staged_row", "taken_out_rows", "workbook_return",
})  # fmt: skip
"""Rows of the program's own doing, and those of which there is one: the name of the table says what they are."""


_LENGTH_OF_A_DAY = len("2026-11-23")


def points_at(table: str, column: str) -> str | None:
    """Return the table whose rows a column holds the ids of, None for another column."""
    held = Base.metadata.tables.get(table)
    keys = held.c[column].foreign_keys if held is not None and column in held.c else ()
    return next((key.target_fullname.partition(".")[0] for key in keys if key.target_fullname.endswith(".id")), None)


def word_of(table: str, column: str, value: Any) -> Any:
    """Return a stored word of a column as people read it, anything else as it is."""
    held = Base.metadata.tables.get(table)
    kind = held.c[column].type if held is not None and column in held.c else None
    if not isinstance(value, str) or not isinstance(kind, Enum) or kind.enum_class is None:
        return value
    found = kind.enum_class(value)
    return found.label if isinstance(found, Word) else value


def joined(parts: Iterable[Any]) -> str:
    """Return the parts of a name as one text: days as people read them, what is empty left out."""
    return " ".join(_part(part) for part in parts if part not in {None, ""})


def _part(part: Any) -> str:
    if isinstance(part, date):
        return shown_day(part)
    text = str(part)
    if len(text) != _LENGTH_OF_A_DAY:
        return text
    try:
        return shown_day(date.fromisoformat(text))
    except ValueError:  # not a day: the text itself
        return text
