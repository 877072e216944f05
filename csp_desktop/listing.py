"""What the command line prints of lists: plain objects for JSON, lines for people."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from csp_desktop.entry_lists import ENTRY_COLUMNS, ENTRY_WORDS, entry_objects
from csp_desktop.imports.wordings import WordingRow, list_wordings
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.chasing import WorkbookRow, list_workbooks
from csp_desktop.queries.plans import find_plan, list_objectives, list_plans, list_themes
from csp_desktop.queries.records import list_imports
from csp_desktop.queries.town_centre import town_centre_plan
from csp_desktop.recording import encode
from csp_desktop.register_lists import REGISTER_COLUMNS, register_objects
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store

if TYPE_CHECKING:
    from csp_desktop.exports.several import Sent
    from csp_desktop.imports.folder import FolderImport

COLUMNS = {
    "plans": ("key", "title", "kind", "starts", "ends", "actions"),
    "themes": ("plan", "number", "title", "parent", "actions"),
    "objectives": ("plan", "theme", "number", "title", "strategy"),
    "actions": ("ref", "source_ref", "title", "lead_officer", "forecast_due", "status", "rag", "overdue_days"),
    "imports": ("id", "at", "register", "file", "plan", "counts", "undone"),
    "exports": ("key", "owner", "scope", "period", "exported_on", "wanted_back", "returned_on", "standing"),
    "headings": ("heading", "field", "sureness", "from"),
    **REGISTER_COLUMNS,
    **ENTRY_COLUMNS,
}
COLUMNS["town-centre"] = COLUMNS["actions"]
IN_WORDS = ENTRY_WORDS | {
    "status", "kind", "standing", "pathway", "offence_group", "severity_class", "iom_cohort", "disposal", "outcome",
}  # fmt: skip
WIDEST = 60
NEW_NAME, GONE = "is not known yet", "not in this file"
FEW = 3
MANY = 40


def list_objects(store: Store, subject: str, *, plan: str | None, text: str, as_of: date) -> list[dict[str, Any]]:
    """Return a list as plain objects, ready for JSON: dates ISO, absent values None. ``text`` filters, folded."""
    if subject in REGISTER_COLUMNS:
        return register_objects(store, subject, lambda found: _holds(found, text))
    if subject in ENTRY_COLUMNS:
        return [found for found in entry_objects(store, subject, as_of) if _holds(found, text)]
    plan_id = find_plan(store, plan).id if plan else None
    if subject == "town-centre":
        return _town_centre(store, plan_id, text, as_of)
    if subject == "actions":
        return [action_object(row) for row in list_actions(store, View(as_of), plan_id, text)]
    rows: Sequence[Any]
    if subject == "plans":
        rows = [row for row in list_plans(store) if plan_id in {None, row.id}]
    elif subject == "themes":
        rows = list_themes(store, plan_id)
    elif subject == "objectives":
        rows = list_objectives(store, plan_id)
    else:
        made = _records(store, subject, plan_id, as_of)
        return [found for found in made if _holds(found, text)]
    return [found for found in map(_plain, rows) if _holds(found, text)]


def _town_centre(store: Store, plan_id: int | None, text: str, as_of: date) -> list[dict[str, Any]]:
    """Return the actions of the town centre's plan as objects, none where there is no such plan."""
    town = town_centre_plan(store)
    if town is None or plan_id not in {None, town.id}:
        return []
    return [action_object(row) for row in list_actions(store, View(as_of), town.id, text)]


def _records(store: Store, subject: str, plan_id: int | None, as_of: date) -> Iterable[dict[str, Any]]:
    """Return what the program keeps of its own doing as plain objects: imports, exports, known headings."""
    if subject == "headings":
        return map(heading_object, list_wordings(store))
    if subject == "exports":
        return (workbook_object(row, as_of) for row in list_workbooks(store, plan_id))
    return map(import_object, list_imports(store))


def action_object(row: ActionRow) -> dict[str, Any]:
    """Return an action as the command line's JSON gives it."""
    return {
        "ref": row.ref,
        "source_ref": row.source_ref,
        "title": row.title,
        "plan": row.plan,
        "theme": row.theme,
        "objective": row.objective,
        "lead_officer": row.lead_officer,
        "supporting_people": list(row.supporting_people),
        "lead_partner": row.lead_partner,
        "supporting_partners": list(row.supporting_partners),
        "start": encode(row.start),
        "baseline_due": encode(row.baseline_due),
        "forecast_due": encode(row.forecast_due),
        "actual_end": encode(row.actual_end),
        "due_text": row.due_text or None,
        "status": row.status.value,
        "percent": row.percent,
        "rag": row.rag,
        "suggested_rag": row.suggested_rag,
        "overdue_days": row.overdue_days,
        "stale": row.stale,
        "latest_update": row.latest_update,
        "success_measure": row.success_measure or None,
    }


def import_object(row: Any) -> dict[str, Any]:
    """Return an import of the log as plain values."""
    return {
        "id": row.id,
        "at": row.at.isoformat(),
        "who": row.who,
        "register": row.register,
        "file": row.file_name,
        "file_hash": row.file_hash,
        "plan": row.plan,
        "counts": row.counts,
        "undone": row.undone,
    }


def workbook_object(row: WorkbookRow, as_of: date) -> dict[str, Any]:
    """Return an update workbook that went out as plain values; ``owner`` is None for a theme's or a plan's."""
    return {
        "key": row.key,
        "owner": row.owner or None,
        "scope": row.scope.value,
        "period": row.period,
        "exported_on": encode(row.exported_on),
        "wanted_back": encode(row.wanted_back),
        "returned_on": encode(row.returned_on),
        "standing": row.standing(as_of).value,
    }


def heading_object(row: WordingRow) -> dict[str, Any]:
    """Return a known heading as plain values; ``from`` is a language of the program's lists, or "here"."""
    return {
        "heading": row.heading,
        "field": row.field.value,
        "sureness": row.sureness.value,
        "from": row.language.value if row.language else "here",
    }


def _plain(row: Any) -> dict[str, Any]:
    bookkeeping = {"version", "rag_scheme_id", "serves_ids", "strategy_id"}
    return {
        name: list(value) if isinstance(value, tuple) else encode(value) if value != "" else None
        for name, value in dataclasses.asdict(row).items()
        if name not in bookkeeping
    }


def _holds(found: Mapping[str, Any], text: str) -> bool:
    words = fold(text).split()
    everything = fold(" ".join(str(value) for value in found.values() if value is not None))
    return all(word in everything for word in words)


def list_text(subject: str, objects: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a list as lines of columns for people; an empty list says so."""
    if not objects:
        yield f"No {subject.replace('-', ' ')} to list."
        return
    columns = COLUMNS[subject]
    table = [[name.replace("_", " ") for name in columns]]
    table += [[_cell(_for_people(name, found.get(name))) for name in columns] for found in objects]
    widths = [max(len(line[position]) for line in table) for position in range(len(columns))]
    for line in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def counted(number: int, what: str) -> str:
    """Return "1 row", "2 rows"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _for_people(name: str, value: Any) -> Any:
    """Return a value as people read it: words for a status or kind, this PC's time for an instant."""
    if name in IN_WORDS and value:
        return str(value).replace("_", " ")
    if name == "at":
        return f"{datetime.fromisoformat(value).astimezone():%d/%m/%Y %H:%M}"
    return value


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in value.items() if count) or "-"
    if isinstance(value, list):
        return "; ".join(map(str, value)) or "-"
    text = " ".join(str(value).split())
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def export_line(sent: "Sent") -> str:
    """Say of a workbook that was written whose it is, for its file's name does not: "EXP-0007  Amina Shah: ..."."""
    from csp_desktop.exports.several import number_of

    exported = sent.exported
    if exported is None:
        return f"{sent.whose}: {sent.refusal}"
    parts = [counted(exported.actions, "action"), counted(sent.milestones, "milestone")]
    back = f"wanted back by {sent.timing.wanted_back:%d/%m/%Y}"
    cut = f"; shortened to fit: {', '.join(exported.shortened)}" if exported.shortened else ""
    asked = f"{sent.timing.period.label}, {', '.join(parts)}, {back}{cut}"
    return f"{number_of(exported.key)}  {sent.whose}: {asked}  {exported.path}"


def folder_object(brought: "FolderImport") -> dict[str, Any]:
    """Return a folder that was brought in as the command line's JSON gives it."""
    return {
        "folder": str(brought.contents.folder),
        "files": list(brought.files),
        "answered": [
            {"owner": each.owner or None, "key": each.key or None, "file": each.file, "import_id": each.import_id}
            for each in brought.answered
        ],
        "not_answered": [
            {"owner": row.owner or None, "key": row.key, "plan": row.plan, "wanted_back": encode(row.wanted_back)}
            for row in brought.not_answered
        ],
        "refused": list(brought.refused),
    }


def folder_lines(brought: "FolderImport") -> Iterator[str]:
    """Yield what came of a folder, for people: each file, then who has answered, who has not, what was refused."""
    from csp_desktop.exports.several import number_of

    contents = brought.contents
    yield f"{contents.folder}: {counted(len(brought.files), 'spreadsheet')}."
    for file in brought.files:
        if "refused" not in file:
            yield from (f"  {line}" for line in import_lines(file))
    if contents.others:
        yield f"  Not read, because they are no spreadsheets: {', '.join(contents.others)}."
    answers = [f"{each.whose or 'a workbook not known here'} ({number_of(each.key)})" for each in brought.answered]
    yield f"Answered: {'; '.join(answers) or 'nobody'}."
    waited = [f"{row.owner} ({number_of(row.key)}, by {row.wanted_back:%d/%m/%Y})" for row in brought.not_answered]
    yield f"Not answered yet: {'; '.join(waited) or 'nobody; every workbook is back'}."
    for file in brought.refused:
        yield f"Refused: {file['refused']}"


def import_lines(result: Mapping[str, Any], notes: Iterable[str] = ()) -> Iterator[str]:
    """Yield what an import did, for people; ``notes`` say how its file was read.

    Of an update workbook that came back, every cell that was not brought in is told with the reason, and rows that
    went out and are not in it.
    """
    counts = ", ".join(_row_words(name, count) for name, count in result["counts"].items() if count) or "no rows"
    ways = " Compared two ways." if result.get("two_way") else ""
    tried = " Nothing was changed: this was a dry run." if result["dry_run"] else ""
    yield f"{result['file']}: {counts}.{ways}{tried}"
    for note in notes:
        yield f"  {note}"
    not_applied, missing = result.get("not_applied", ()), result.get("missing", ())
    left = {(cell["sheet"], cell["cell"], cell["why"]) for cell in not_applied}
    problems = [each for each in result["problems"] if (each["sheet"], each["cell"], each["message"]) not in left]
    yield from _problem_lines(problems)
    for cell in not_applied:
        of = f" ({cell['ref']})" if cell["ref"] else ""
        yield f"  not applied: {cell['sheet']} {cell['cell']}{of}: {cell['why']}"
    if missing and not any(GONE in problem["message"] for problem in problems):
        yield f"  warning: {GONE}: {', '.join(missing)}. Nothing is done about a missing row."
    if result["import_id"] is not None:
        yield f"  import {result['import_id']}: take it back with “undo {result['import_id']}”."


def register_lines(result: Mapping[str, Any], notes: Iterable[str] = ()) -> Iterator[str]:
    """Yield what bringing a register in did, for people: its counts, how it was read, and its first problems."""
    into = f" into “{result['cohort']}”" if "cohort" in result else ""
    counts = ", ".join(_row_words(name, count) for name, count in result["counts"].items() if count) or "no rows"
    tried = " Nothing was changed: this was a dry run." if result["dry_run"] else ""
    yield f"{result['file']}, {result['register']}{into}: {counts}.{tried}"
    for note in notes:
        yield f"  {note}"
    for table in result["tables"]:
        if table["unmapped"]:
            yield f"  {table['sheet']}: columns that were not read: {', '.join(table['unmapped'])}."
    yield from _problem_lines(result["problems"][:MANY])
    if len(result["problems"]) > MANY or result["problems_truncated"]:
        yield f"  Only the first {MANY} problems are listed; “--json” gives more."
    if result["import_id"] is not None:
        yield f"  import {result['import_id']}: take it back with “undo {result['import_id']}”."


def _row_words(name: str, count: int) -> str:
    """Return "3 changed", "1 conflict", "2 errors"."""
    return f"{count:,} {name[:-1] if count == 1 and name in {'conflicts', 'errors'} else name}"


def _problem_lines(problems: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield problems, each with its place; of many new names one line says all."""
    newcomers = [problem for problem in problems if NEW_NAME in problem["message"]]
    for problem in problems:
        if len(newcomers) > FEW and problem in newcomers:
            continue
        where = " ".join(part for part in (problem["sheet"], problem["cell"]) if part)
        yield f"  {problem['level']}: {where}: {problem['message']}"
    if len(newcomers) > FEW:
        names = ", ".join(problem["message"].partition("”")[0].lstrip("“") for problem in newcomers)
        yield f"  warning: {len(newcomers)} names are not known yet and are added: {names}."
