"""How stored fields and values are said to people."""

from datetime import date, datetime

from csp_desktop.queries.records import StepChangeRow
from ui.forms.words import shown_date

FIELDS = {
    "title": "Title",
    "description": "Description",
    "theme_id": "Theme",
    "objective_id": "Objective",
    "lead_person_id": "Lead officer",
    "lead_organisation_id": "Lead partner",
    "lead_text": "Lead as written",
    "status": "Status",
    "start": "Start",
    "start_text": "Start as written",
    "theme_text": "Theme as written",
    "objective_text": "Objective as written",
    "baseline_due": "Baseline due",
    "forecast_due": "Forecast due",
    "actual_end": "Ended",
    "review_date": "Next review",
    "due_kind": "Due",
    "due_text": "Due as written",
    "percent": "Percent complete",
    "old_due": "Due before",
    "new_due": "Due now",
    "superseded_by_id": "Replaced by",
    "rag_scheme_id": "RAG scheme",
    "scheme_id": "RAG scheme",
    "parent_id": "Within",
    "owner_person_id": "Owner",
    "owner_organisation_id": "Owning partner",
    "erased_certificate": "Certificate of erasure",
    "default_marking": "Handling mark",
    "formed_text": "Formed as written",
    "success_measure": "How we will know",
    "resources": "Resources",
    "done": "What was done",
    "next_steps": "Next steps",
    "rag": "RAG",
    "dated": "Dated",
    "reason": "Reason",
    "recovery_date": "Recovery date",
    "help_needed": "Help needed",
    "author_text": "Written by",
    "author_person_id": "Written by",
    "rag_text": "RAG as written",
    "person_id": "Person",
    "organisation_id": "Organisation",
    "source_ref": "Reference in the file",
    "name": "Name",
    "kind": "Kind",
    "e_mail": "E-mail",
    "email": "E-mail",
    "update_cycle_months": "Months between updates",
    "unread": "Columns kept unread",
    "across": "Across the drawn plan",
    "down": "Down the drawn plan",
    "due": "Due",
    "order_name": "Order",
    "requirement": "What it requires",
    "area_text": "Area as written",
    "warn_months": "Warn months ahead",
    "said": "What was said",
    "answer": "What was answered",
    "serves_id": "Serves",
    "outcome": "What came of it",
    "held_on": "Date",
    "dated_text": "Date in words",
    "chair_person_id": "Chair",
    "cut_off": "Reports due",
    "papers_date": "Papers out",
    "minutes_agreed": "Minutes agreed on",
    "presenter_person_id": "Presented by",
    "deputy_person_id": "Deputy who came",
    "municipal_year": "Municipal year begins",
    "wording": "Decision",
    "position": "Where it stands",
    "file_name": "File",
    "polarity": "Good is",
    "frequency": "Read",
    "thousandths": "Value",
    "baseline_thousandths": "Baseline",
    "tolerance_percent": "Tolerance in per cent",
    "cohort_id": "Cohort",
    "is_provisional": "Provisional",
    "is_spotlight": "Spotlight",
    "ward_id": "Lies in ward",
    "population": "People",
    "source_organisation_id": "Source agency",
    "asked": "Who was asked",
    "method": "How",
    "changed": "What changed",
    "threshold": "When to refer",
    "repeat_months": "Comes back every (months)",
    "starts": "From",
    "ends": "Until",
    "evidence_id": "Finding",
}
TABLES = {
    "action": "action",
    "progress_update": "update of",
    "milestone": "milestone",
    "rebaseline": "re-baseline of",
    "action_source": "file reference of",
    "action_support": "support for",
    "person": "person",
    "person_alias": "other name of",
    "organisation": "partner",
    "organisation_alias": "other name of",
    "membership": "membership of",
    "objective_theme": "second theme of",
    "rag_value": "value of the RAG scheme",
    "rag_scheme": "RAG scheme",
    "profile": "partnership's details",
    "export_snapshot": "update workbook",
    "settled_cell": "cell settled in",
    "returned_update": "update by workbook of",
    "operation_partner": "partner at",
    "output": "count of",
    "follow_up": "follow-up",
    "order_clause": "clause",
    "feedback": "feedback on",
    "action_link": "link to a plan's action of",
    "agenda_item": "agenda item",
    "attendance": "attendance of",
    "decision": "decision of",
    "log_entry": "log entry",
    "measure_objective": "objective of",
    "target": "target of",
    "reading": "reading of",
    "evidence_item": "finding",
    "evidence_objective": "objective that answers",
    "area_figure": "figure of",
    "referral_pathway": "referral pathway for",
    "risk_link": "what is at risk by",
    "agreement": "information-sharing agreement",
    "deputy": "deputy of",
}
WORD_FIELDS = {"status", "due_kind", "kind"}
NOTHING: tuple[object, ...] = (None, "", [], {})
LONGEST = 160


def shown_instant(at: datetime) -> str:
    """Return an instant in this PC's time zone, ``30 Sep 2024 14:05``."""
    local = at.astimezone()
    return f"{shown_date(local.date())} {local:%H:%M}"


def field_words(name: str) -> str:
    """Return a stored column's name as people say it."""
    return FIELDS.get(name, name.removesuffix("_id").replace("_", " ").capitalize())


def value_words(value: object) -> str:
    """Return a recorded value as people read it: dates in full, "none" for nothing, long text cut."""
    if value in NOTHING:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return str(value)
    try:
        return shown_date(date.fromisoformat(value))
    except ValueError:  # not a date: the text itself
        return value if len(value) <= LONGEST else f"{value[:LONGEST].rstrip()} …"


def row_words(change: StepChangeRow) -> str:
    """Say what happened to a row by its name: "Added person Zainab Ahmed", "Changed update of ACT-0042 Renew ..."."""
    table = TABLES.get(change.table, change.table.replace("_", " "))
    return f"{change.change.label} {table} {change.name}".rstrip().removesuffix(" of")


def _plain_word(word: object) -> object:
    """Return a word that is still as it is stored as people read it."""
    return word.replace("_", " ").capitalize() if isinstance(word, str) and word.islower() else word


def change_words(name: str, old: object, new: object) -> str:
    """Return one field's change in words: "Forecast due: 30 Sep 2024 → 31 Oct 2024"; what was taken out as it was."""
    if name.endswith("_id") and any(isinstance(value, int) for value in (old, new)):
        return f"{field_words(name)}: {'taken out' if new is None else 'set' if old is None else 'changed'}"
    if name in WORD_FIELDS:
        old, new = (_plain_word(word) for word in (old, new))
    if old in NOTHING or new in NOTHING:
        gone = " (taken out)" if new in NOTHING else ""
        return f"{field_words(name)}: {value_words(old if gone else new)}{gone}"
    return f"{field_words(name)}: {value_words(old)} \N{RIGHTWARDS ARROW} {value_words(new)}"
