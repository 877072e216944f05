"""One import from the file to the log: read, compare, back up, apply. The command line and the window both use it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from csp_desktop.backup import Reason
from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.applying import Applied, Cancelled, Progress, apply_import, problem_object, stop_if
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.import_plan import REGISTER, Decisions, ImportPlan, SourceFile, tables_read
from csp_desktop.imports.merged import NOT_APPLIED
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.problem_book import write_problems
from csp_desktop.imports.reading.reader import ReadFile, read_file
from csp_desktop.imports.reading.refusals import printable_name
from csp_desktop.imports.returns.recording import note_unchanged
from csp_desktop.recording import encode
from csp_desktop.store import Store
from csp_desktop.workspace import back_up_store
from models.vocabulary import CellChoice, RowOutcome

_SIDES = ("base", "theirs", "mine")
_NO_CELLS: dict[str, Any] = {"changes": {}, "conflicts": {}}


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the command line asks for. ``date_order`` answers day or month first; ``dry_run`` changes nothing.

    ``problems`` is where to write the problems of the file as a workbook, None for nowhere. ``resolve``: whose words
    the conflicts of a returned workbook get, None to leave them open. ``clears``: emptied cells are to be emptied.
    ``annotated`` is where to write the file itself once more with the problems on its cells, None for nowhere.
    """

    plan: str | None = None
    date_order: str | None = None
    dry_run: bool = False
    problems: Path | None = None
    resolve: CellChoice | None = None
    clears: bool = False
    annotated: Path | None = None


def open_source(path: Path, progress: Progress | None = None, cancelled: Cancelled | None = None) -> SourceFile:
    """Read a file in the killable child process. Raises UnreadableFileError with the one sentence to show."""
    return _source(read_file(path, progress=progress, cancelled=cancelled))


def _source(read: ReadFile) -> SourceFile:
    return SourceFile(printable_name(read.grid.file_name), read.hash, read.grid)


def compare(store: Store, source: SourceFile, request: ImportRequest, today: date) -> ImportPlan:
    """Compare a read file with the store. Raises UnreadableFileError where it holds no actions at all."""
    decisions = Decisions(
        plan=request.plan,
        date_order=DateOrder(request.date_order) if request.date_order else None,
        resolve=request.resolve,
        confirms_clears=request.clears,
    )
    plan = plan_import(store, source, decisions, today)
    if not plan.read.tables:
        raise UnreadableFileError(
            f"No table of actions was found in “{source.name}”. {plan.read.why_nothing} Nothing was imported."
        )
    return plan


def accept(
    store: Store, plan: ImportPlan, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Applied:
    """Apply a dry run after a verified backup. Where it changes nothing, no backup is made and nothing is logged.

    ``progress(rows_done, rows_expected)`` and ``cancelled()`` are called in this thread. Raises ImportCancelledError
    after a cancel: then nothing was written, though the backup stays.
    """
    if cancelled is not None:
        stop_if(plan, cancelled)
    if plan.changes_anything:
        back_up_store(store, Reason.BEFORE_IMPORT)
    applied = apply_import(store, plan, progress, cancelled)
    if applied.import_id is None:
        note_unchanged(store, plan, store.clock().astimezone().date())
    return applied


def import_files(store: Store, paths: list[Path], request: ImportRequest, today: date) -> list[dict[str, Any]]:
    """Read files and bring them in, in order, and return for each what the command line's JSON says."""
    return import_read(store, [read_file(path) for path in paths], request, today)


def import_read(store: Store, files: list[ReadFile], request: ImportRequest, today: date) -> list[dict[str, Any]]:
    """Bring files in that have been read, in order, and return for each what the command line's JSON says.

    All of them are compared before the first is applied, so that one that is refused changes nothing.
    """
    sources = [_source(file) for file in files]
    for source in sources[1:]:
        compare(store, source, request, today)  # its plan is made anew below: it may match what those before it add
    return [_import(store, source, request, today) for source in sources]


def _import(store: Store, source: SourceFile, request: ImportRequest, today: date) -> dict[str, Any]:
    plan = compare(store, source, request, today)
    if request.problems is not None:
        write_problems(store, plan, request.problems)
    if request.annotated is not None:
        from csp_desktop.imports.annotated_book import write_annotated

        write_annotated(store, plan, request.annotated)
    applied = Applied(None, {row.place: row.ref for row in plan.rows}) if request.dry_run else accept(store, plan)
    return import_object(plan, applied, dry_run=request.dry_run)


def import_object(plan: ImportPlan, applied: Applied, *, dry_run: bool) -> dict[str, Any]:
    """Return an import as the command line's JSON gives it."""
    rows: list[dict[str, Any]] = [
        {
            "sheet": row.record.sheet,
            "row": row.record.row,
            "ref": applied.refs.get(row.place) or None,
            "outcome": row.outcome.value,
            "changes": {name: [encode(old), encode(new)] for name, (old, new) in row.change.shown.items()},
            "conflicts": {cell.field: dict(zip(_SIDES, cell.sides, strict=True)) for cell in row.conflicts},
        }
        for row in plan.rows
    ]
    rows += [
        {"sheet": row.sheet, "row": row.row, "ref": None, "outcome": RowOutcome.ERROR.value, **_NO_CELLS}
        for row in plan.read.refused
    ]
    sheets = {table.sheet: position for position, table in enumerate(plan.read.tables)}
    rows.sort(key=lambda row: (sheets.get(row["sheet"], 0), row["row"]))
    return {
        "file": plan.file.name,
        "register": REGISTER,
        "dry_run": dry_run,
        "import_id": applied.import_id,
        "counts": plan.counts,
        "tables": tables_read(plan.read),
        "problems": [problem_object(problem) for problem in plan.problems],
        "rows": rows,
        **_of_return(plan),
    }


def _of_return(plan: ImportPlan) -> dict[str, Any]:
    """Return what there is to say of an update workbook that came back, nothing of any other file."""
    if plan.returned is None:
        return {}
    return {
        "export": plan.returned.key or None,
        "two_way": plan.is_two_way,
        "not_applied": not_applied(plan),
        "missing": [row.ref for row in plan.returned.missing],
    }


def not_applied(plan: ImportPlan) -> list[dict[str, Any]]:
    """Return every cell of a returned workbook that differs and was not brought in, and why."""
    return [
        {"sheet": row.record.sheet, "cell": cell.cell, "ref": row.ref or None, "field": cell.field, "why": cell.why}
        for row in plan.rows
        for cell in row.cells
        if cell.verdict in NOT_APPLIED and not row.is_left_out
    ]
