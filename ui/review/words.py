"""How an import is said to people: its fields, its values old and new, its rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.import_plan import ImportPlan, RowPlan
from csp_desktop.imports.mapping import Confidence
from csp_desktop.imports.problems import Problem, Read
from csp_desktop.imports.records import ActionRecord, DatedUpdate
from csp_desktop.imports.reviewing import ReviewRow, Sieve, Standing
from csp_desktop.undo import UndoOutcome
from models.vocabulary import DueKind, LifecycleStatus
from ui.forms.words import shown_date

FIELDS = {each: each.label for each in (ActionField.TITLE, *ActionField)}
CONFIDENCE = {
    Confidence.CERTAIN: "Sure",
    Confidence.LIKELY: "Likely: please check",
    Confidence.UNMAPPED: "Not read",
}
STANDING = {
    Standing.NEW: "New",
    Standing.CHANGED: "Changed",
    Standing.UNCHANGED: "Unchanged",
    Standing.OPEN: "Open",
    Standing.LEFT_OUT: "Left out by you",
    Standing.REFUSED: "Cannot come in",
    Standing.MISSING: "Not in the file",
    Standing.IGNORED: "Not read",
}
SIEVES = {
    Sieve.ALL: "All rows",
    Sieve.NEW: "New",
    Sieve.CHANGED: "Changed",
    Sieve.UNCHANGED: "Unchanged",
    Sieve.CONFLICTS: "Conflicts",
    Sieve.EMPTIED: "Emptied",
    Sieve.QUESTIONS: "Questions",
    Sieve.PROBLEMS: "Problems",
    Sieve.WARNINGS: "Worth a look",
    Sieve.LEFT_OUT: "Left out",
    Sieve.MISSING: "Not in the file",
    Sieve.IGNORED: "Not read",
}
MOST_NAMES = 8
_ASK = "rows still ask which action they are"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A changed field: its words, where the record keeps its cell, and how its values are said."""

    words: str
    field: str = ""
    say: Callable[[Any], str] = str


def _day(value: str) -> str:
    return shown_date(date.fromisoformat(value))


def _names(value: list[str]) -> str:
    return "; ".join(value)


def _unread(value: Mapping[str, str]) -> str:
    return "; ".join(value.values())


# in the order people read them; the names are those that lists and the command line use
_SHOWN = {
    "title": _Shown("Action", "title"),
    "theme": _Shown("Theme"),
    "theme_text": _Shown("Theme as written"),
    "objective": _Shown("Objective", "objective"),
    "objective_text": _Shown("Objective as written", "objective"),
    "lead_officer": _Shown("Lead officer", "lead"),
    "lead_partner": _Shown("Lead partner", "lead_partner"),
    "supporting_people": _Shown("Supporting people", "supporting", _names),
    "supporting_partners": _Shown("Supporting partners", "supporting_partners", _names),
    "status": _Shown("Status", "status", lambda value: LifecycleStatus(value).label),
    "rag": _Shown("RAG", "rag"),
    "forecast_due": _Shown("Due", "due", _day),
    "due_kind": _Shown("Due", "due", lambda value: DueKind(value).label),
    "due_text": _Shown("Due as written", "due"),
    "baseline_due": _Shown("Original due date", "baseline_due", _day),
    "start": _Shown("Start", "start", _day),
    "actual_end": _Shown("Date completed", "actual_end", _day),
    "review_date": _Shown("Next review", "review_date", _day),
    "percent": _Shown("Percent complete", "percent", lambda value: f"{value} %"),
    "latest_update": _Shown("Latest update", "update"),
    "update": _Shown("Update", "update"),
    "next_steps": _Shown("Next steps", "next_steps"),
    "reason": _Shown("Reason for RAG", "reason"),
    "recovery_date": _Shown("Back on track by", "recovery_date", _day),
    "help_needed": _Shown("Help needed", "help_needed"),
    "success_measure": _Shown("How we will know", "success_measure"),
    "description": _Shown("Description", "description"),
    "resources": _Shown("Resources", "resources"),
    "priority": _Shown("Priority", "priority"),
    "source_ref": _Shown("Owner's ref", "source_ref"),
    "unread": _Shown("Words that could not be read", "", _unread),
    "milestone": _Shown("Milestone", "title"),
    "milestone_due": _Shown("Due", "due", _day),
    "milestone_status": _Shown("Status", "status", lambda value: LifecycleStatus(value).label),
    "milestone_reached": _Shown("Reached on", "actual_end", _day),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One field's change as people read it; ``old`` is empty where there was nothing, ``cell`` where it has no cell."""

    key: str
    words: str
    old: str
    new: str
    cell: str


def told(row: RowPlan, marks: Mapping[str, str]) -> list[Told]:
    """Return what a row changes, field by field, in the order people read them. ``marks``: RAG letter to word."""
    shown = {name: pair for name, pair in row.change.shown.items() if not _goes_without_saying(name, row)}
    known = [name for name in _SHOWN if name in shown]
    changes = [_told(name, shown[name], row.record, marks) for name in (*known, *(set(shown) - set(known)))]
    due = row.change.due_before
    return changes if due is None else [_with_due(each, due) for each in changes]


def _with_due(change: Told, due: date) -> Told:
    """Say the day an action is due as every other day is said, not as the last file happened to type it."""
    return replace(change, old=shown_date(due)) if change.key == "due_text" else change


def field_words(name: str) -> str:
    """Return what people call a field by its name in lists."""
    return (_SHOWN.get(name) or _Shown(name.replace("_", " ").capitalize())).words


def value_words(name: str, value: object, marks: Mapping[str, str]) -> str:
    """Return how a field's value is said to people. ``marks``: RAG letter to word."""
    said = _said(_SHOWN.get(name) or _Shown(""), value)
    return marks.get(said, said) if name == "rag" else said


def _told(name: str, pair: tuple[Any, Any], record: ActionRecord, marks: Mapping[str, str]) -> Told:
    entry = _SHOWN.get(name) or _Shown(name.replace("_", " ").capitalize())
    old, new = (_said(entry, value) for value in pair)
    if name == "rag":
        old, new = marks.get(old, old), marks.get(new, new)
    read = getattr(record, entry.field) if entry.field else None
    cell = read.cell if isinstance(read, Read) else ""
    if not cell:
        cell = _cell_in_updates(name, record.updates)
    return Told(name, entry.words, old, new, cell)


def _cell_in_updates(name: str, updates: Sequence[DatedUpdate]) -> str:
    """Return where the newest of the dated updates that say such a thing says it."""
    if name == "rag":
        return next((update.rag_cell for update in reversed(updates) if update.rag is not None), "")
    if name in {"latest_update", "update"}:
        return next((update.cell for update in reversed(updates) if update.text), "")
    return ""


def _said(entry: _Shown, value: object) -> str:
    return "" if value is None or value in ("", [], {}) else entry.say(value)


def _goes_without_saying(name: str, row: RowPlan) -> bool:
    """Say whether a change only repeats another: a date's own words, a new action's first due date."""
    shown = row.change.shown
    if name == "due_text":
        return bool({"forecast_due", "due_kind"} & set(shown))
    if name == "due_kind":
        return shown[name][1] is None or "forecast_due" in shown
    if name == "baseline_due":
        return bool(shown.get("forecast_due", (None, None))[1] == shown[name][1])
    return bool(shown[name] == (None, None))


def outcome_words(row: ReviewRow) -> str:
    """Return what will come of a row: first what it asks, then how it stands."""
    if not row.answered:
        return "Which action?"
    if row.standing is not Standing.LEFT_OUT and row.plan is not None:
        if row.plan.conflicts:
            return counted(len(row.plan.conflicts), "conflict")
        if row.standing is Standing.OPEN:
            return f"{len(row.plan.clears):,} emptied"
        if (row.conflicts or row.emptied) and not row.plan.clears and not row.has_errors:
            return "Decided"
    return f"{STANDING[row.standing]} in part" if is_part(row) else STANDING[row.standing]


def is_part(row: ReviewRow) -> bool:
    """Say whether something of a row comes in and something does not."""
    return row.answered and row.has_errors and row.standing in {Standing.NEW, Standing.CHANGED}


def place_words(row: ReviewRow) -> str:
    """Return where a row stands, the sheet last, for its name may be cut: "Row 7, Action plan"."""
    return f"Row {row.row}, {row.sheet}" if row.row else STANDING[row.standing]


def problem_place(problem: Problem) -> str:
    """Return where a problem lies: "Action plan E15", or the sheet alone."""
    return f"{problem.sheet} {problem.cell}".rstrip()


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: "1 row", "1,200 rows"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def foot_words(plan: ImportPlan) -> str:
    """Say what bringing the file in will do, and what becomes of questions that nobody has answered."""
    asking = [row for row in plan.rows if row.question and row.place not in plan.decisions.answers]
    asking = [row for row in asking if not row.is_left_out]
    waiting = sum(row.waits for row in asking)
    fresh = len(asking) - waiting
    said = [plan.sentence]
    if fresh:
        ask, come = ("row still asks which action it is", "it comes") if fresh == 1 else (_ASK, "they come")
        said.append(f"{fresh:,} {ask}; unanswered, {come} in as new.")
    if waiting:
        ask, stay = ("row still asks which action it is", "it stays") if waiting == 1 else (_ASK, "they stay")
        said.append(f"{waiting:,} {ask}; unanswered, {stay} out.")
    return " ".join(said)


def about_words(plan: ImportPlan) -> str:
    """Say in one sentence which file it is and what it is compared with."""
    returned = plan.returned
    if returned is None:
        return "Compared with what the office holds alone; blank cells clear nothing."
    whose = f"{returned.owner}\N{RIGHT SINGLE QUOTATION MARK}s update workbook" if returned.owner else "Update workbook"
    period = f" for {returned.period}" if returned.period else ""
    out = f", sent out on {shown_date(returned.exported_on)}" if returned.exported_on else ""
    if plan.is_two_way:
        return f"{whose}{period}{out}, compared with what the office holds alone; blank cells clear nothing."
    return f"{whose}{period}{out}, compared three ways: what went out, what the owner says, what the office holds."


def taken_back_words(outcome: UndoOutcome) -> str:
    """Say what taking an import back did, and what it left alone."""
    if not outcome.left:
        return "Taken back: nothing of this import is left."
    names = sorted({left.name for left in outcome.left})
    listed = ", ".join(names[:MOST_NAMES])
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return f"Taken back, but for what was changed since, which was left alone: {listed}{more}."
