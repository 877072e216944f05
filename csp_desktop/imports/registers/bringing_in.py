"""Registers as the command line brings them in, one file after the other, and what its JSON says of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from csp_desktop.imports.applying import problem_object
from csp_desktop.imports.registers.applying import apply_register
from csp_desktop.imports.registers.planning import drop_register, plan_register, said_rows, unheard
from csp_desktop.imports.registers.register_plan import RegisterPlan, RegisterRequest, tables_object
from csp_desktop.imports.registers.staging import Progress
from csp_desktop.store import Store
from models.vocabulary import RowOutcome

MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A file that was brought in: what the command line's JSON says of it, and how it was read."""

    result: Mapping[str, Any]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """How files are brought in: ``dry_run`` changes nothing; ``progress`` is called in this thread."""

    dry_run: bool = False
    progress: Progress = unheard


def import_registers(
    store: Store, paths: Sequence[Path], request: RegisterRequest, today: date, run: Run | None = None
) -> list[BroughtIn]:
    """Bring files in, each compared and applied before the next, for its rows may be what the next adds to.

    Raises CspError for the first that is refused; those before it stay, as an import of their own each.
    """
    return [_import(store, path, request, today, run or Run()) for path in paths]


def _import(store: Store, path: Path, request: RegisterRequest, today: date, run: Run) -> BroughtIn:
    watch = (run.progress, None)
    plan = plan_register(store, path, request, today, watch)
    try:
        rows = _rows(store, plan)
        import_id = None if run.dry_run else apply_register(store, plan, watch).import_id
    finally:
        drop_register(store, plan)
    return BroughtIn(_object(plan, rows, import_id, dry_run=run.dry_run), plan.notes)


def _rows(store: Store, plan: RegisterPlan) -> list[dict[str, Any]]:
    """Return the rows with problems or conflicts, one more than are listed where there are more."""
    listed: list[dict[str, Any]] = []
    offset = 0
    while len(listed) <= MOST_LISTED:
        page = said_rows(store, plan, offset=offset, limit=MOST_LISTED)
        listed += [
            {
                "sheet": row.sheet,
                "row": row.row,
                "ref": None,
                "outcome": row.outcome.value,
                "changes": {name: list(moved) for name, moved in row.changes.items()},
                "conflicts": {},
            }
            for row in page
            if row.problems or row.outcome is RowOutcome.CONFLICT
        ]
        if len(page) < MOST_LISTED:
            break
        offset += len(page)
    return listed


def _object(
    plan: RegisterPlan, rows: Sequence[dict[str, Any]], import_id: int | None, *, dry_run: bool
) -> dict[str, Any]:
    problems = [problem_object(problem) for problem in plan.problems[:MOST_LISTED]]
    return {
        "file": plan.staged.name,
        "register": plan.request.register.value,
        "dry_run": dry_run,
        "import_id": import_id,
        **({"cohort": plan.cohort.name, "definition": plan.cohort.definition.value} if plan.cohort else {}),
        "counts": dict(plan.counts),
        "tables": tables_object(plan),
        "problems": problems,
        "problems_truncated": plan.problem_count > len(problems),
        "rows": list(rows[:MOST_LISTED]),
        "rows_truncated": len(rows) > MOST_LISTED,
    }
