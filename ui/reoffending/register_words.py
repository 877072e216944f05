"""What the review of a register says: rows and values as people read them, and what is in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from csp_desktop.imports.registers.register_plan import RegisterPlan, RowSaid
from csp_desktop.registers.forms import FieldKind, Form, RegisterField
from csp_desktop.registers.numbers import shown_decimal
from csp_desktop.registers.reading import THOUSAND
from models.vocabulary import ProblemLevel, RowOutcome
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted, percent
from ui.tables.columns import Column, Kind

MILLION = 1_000_000
OUTCOMES: Mapping[RowOutcome, str] = {
    RowOutcome.NEW: "new",
    RowOutcome.CHANGED: "changes",
    RowOutcome.UNCHANGED: "unchanged",
    RowOutcome.CONFLICT: "contradicts another row",
    RowOutcome.ERROR: "left out",
    RowOutcome.IGNORED: "folded",
}
COUNT_WORDS: tuple[tuple[str, str], ...] = (
    ("new", "new"),
    ("changed", "changed"),
    ("unchanged", "unchanged"),
    ("folded", "twice in the file, taken once"),
    ("errors", "left out"),
    ("conflicts", "contradict another row, left out"),
)


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A row of the file that there is something to say of, with its place in the list."""

    at: int
    said: RowSaid
    changes: str
    problems: str


def numbered(form: Form, rows: list[RowSaid]) -> list[NumberedRow]:
    """Return rows with what is said of them in words."""
    return [
        NumberedRow(at, row, changes_words(form, row), " ".join(each.message for each in row.problems))
        for at, row in enumerate(rows)
    ]


def changes_words(form: Form, row: RowSaid) -> str:
    """Return what a row changes: "Proof date: none to 3 May 2025; Outcome: Pending to Conviction"."""
    return "; ".join(
        f"{label_of(form, name)}: {stored_words(form, name, old)} to {stored_words(form, name, new)}"
        for name, (old, new) in row.changes.items()
    )


def label_of(form: Form, name: str) -> str:
    """Return what a field is called."""
    field = field_of(form, name)
    return field.label if field else name.replace("_", " ").capitalize()


def field_of(form: Form, name: str) -> RegisterField | None:
    """Return a field by its name or by the column that it is stored in."""
    by_column = {field.column: field for field in form.fields if field.column}
    return form.by_name.get(name) or by_column.get(name)


def stored_words(form: Form, name: str, value: object) -> str:
    """Return a value as stored in words."""
    if value is None or value == "":
        return "none"
    field = field_of(form, name)
    kind = field.kind if field else FieldKind.TEXT
    if kind is FieldKind.DECIMAL and isinstance(value, int):
        return shown_decimal(Decimal(value) / THOUSAND)
    if kind is FieldKind.SHARE and isinstance(value, int):
        return percent(value / MILLION)
    if kind is FieldKind.WORD and isinstance(value, str):
        return value.replace("_", " ").capitalize()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _text(str(value))


def _text(text: str) -> str:
    try:
        return shown_date(date.fromisoformat(text)) if len(text) == len("2025-01-01") else text.strip()
    except ValueError:
        return text.strip()


def about_words(plan: RegisterPlan) -> str:
    """Return what a file is and where it goes."""
    into = ""
    if plan.cohort is not None:
        new = "a new cohort" if plan.cohort.id is None else "the cohort"
        into = f" into {new}, {plan.cohort.name} ({plan.cohort.definition.label})"
    already = " This very file came in before." if plan.already else ""
    sheets = ", ".join(sheet.name for sheet in plan.sheets)
    return f"{plan.request.register.label}{into}; {counted(sum(plan.counts.values()), 'row')} of {sheets}.{already}"


def doubt_words(plan: RegisterPlan) -> str:
    """Return the question about dates, empty where none is in doubt."""
    if not plan.doubted:
        return ""
    columns = ", ".join(f"“{heading}”" for _sheet, heading in plan.doubted[:4])
    more = f" and {len(plan.doubted) - 4} more" if len(plan.doubted) > 4 else ""  # noqa: PLR2004 - those named
    return f"Is 3/4 the 3rd of April or the 4th of March? The dates of {columns}{more} can be read both ways."


def counts_words(plan: RegisterPlan) -> list[tuple[str, int]]:
    """Return the counts that are not nought, each with its words."""
    return [(words, plan.counts[name]) for name, words in COUNT_WORDS if plan.counts[name]]


SAID_COLUMNS: tuple[Column[NumberedRow], ...] = (
    Column(
        key="row",
        heading="Row",
        kind=Kind.NUMBER,
        width=8,
        text=lambda row: f"{row.said.row:,}",
        sort_key=lambda row: row.said.row,
    ),
    Column(key="sheet", heading="Sheet", width=16, spare=1, text=lambda row: row.said.sheet),
    Column(
        key="outcome",
        heading="What comes of it",
        width=22,
        text=lambda row: OUTCOMES[row.said.outcome],
        tone=lambda row: "error" if row.said.outcome in {RowOutcome.ERROR, RowOutcome.CONFLICT} else "",
    ),
    Column(
        key="said",
        heading="Changes and what to check",
        width=0,
        text=lambda row: row.changes or row.problems,
        note=lambda row: row.problems if row.changes else "",
        note_tone=lambda _row: "warning",
        tooltip=lambda row: "\n".join(part for part in (row.changes, row.problems) if part),
    ),
)


@dataclass(frozen=True, slots=True)
class NumberedProblem:
    """One problem of the file with its place in the list; ``cell`` is "" for those that are only counted."""

    at: int
    sheet: str
    cell: str
    level: ProblemLevel | None
    message: str


def numbered_problems(plan: RegisterPlan) -> list[NumberedProblem]:
    """Return the problems, and after them how many more there are of each kind."""
    found = [
        NumberedProblem(at, each.sheet, each.cell, each.level, each.message) for at, each in enumerate(plan.problems)
    ]
    more = sorted(plan.more_problems.items(), key=lambda pair: -pair[1])
    return found + [
        NumberedProblem(len(found) + at, "", "", None, f"{counted(count, 'more', 'more')}: {message}")
        for at, (message, count) in enumerate(more)
    ]


PROBLEM_COLUMNS: tuple[Column[NumberedProblem], ...] = (
    Column(key="sheet", heading="Sheet", width=16, text=lambda each: each.sheet),
    Column(key="cell", heading="Cell", kind=Kind.REF, width=9, text=lambda each: each.cell),
    Column(
        key="level",
        heading="What came of it",
        width=15,
        text=lambda each: {ProblemLevel.ERROR: "left out", ProblemLevel.WARNING: "worth a look", None: ""}[each.level],
        tone=lambda each: "error" if each.level is ProblemLevel.ERROR else "",
    ),
    Column(
        key="message",
        heading="What was found and what to do",
        width=0,
        text=lambda each: each.message,
        tooltip=lambda each: each.message,
    ),
)
