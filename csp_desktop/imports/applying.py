"""Applying a dry run: what the review showed is what is written, as one Step, after a verified backup."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.collector import collector_at_rest
from csp_desktop.errors import CspError
from csp_desktop.imports.import_plan import REGISTER, ImportPlan, Place, choices_made
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.returns.recording import exported_as, note_return
from csp_desktop.imports.synonyms import normalise
from csp_desktop.imports.writing import RowWriter
from csp_desktop.queries.layouts import is_forgotten
from csp_desktop.store import Store
from models.records import ImportBatch, ImportLayout
from models.vocabulary import StepKind

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class ImportCancelledError(CspError):
    """The user stopped an import while it was being written; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written. ``import_id`` is None where nothing changed; ``refs`` gives each row's ref of ours."""

    import_id: int | None
    refs: dict[Place, str]


@collector_at_rest()
def apply_import(
    store: Store, plan: ImportPlan, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Applied:
    """Write what a dry run found, in one transaction; the rows the user left out stay out.

    ``progress(rows_done, rows_expected)`` and ``cancelled()`` are called in this thread, every few hundred rows.
    Raises CspError where an action was changed between the dry run and now, ImportCancelledError after a cancel; then
    nothing is written.
    """
    rows = [row for row in plan.rows if row.change.writes and not row.is_left_out]
    batches: list[ImportBatch] = []
    returned_on = store.clock().astimezone().date()

    def heed(done: int) -> None:
        if cancelled is not None:
            stop_if(plan, cancelled)
        if progress is not None:
            progress(done, len(rows))

    def record(session: Session, step_id: int) -> None:
        batch = ImportBatch(
            entry_id=step_id,
            register=REGISTER,
            file_name=plan.file.name,
            file_hash=plan.file.hash,
            plan_id=plan.plan.id,
            tables=[choices_made(plan)],
            counts=plan.counts,
            problems=[problem_object(problem) for problem in plan.problems],
        )
        session.add(batch)
        batches.append(batch)
        note_return(session, plan, step_id, returned_on)

    with store.write(f"Import {plan.file.name}", kind=StepKind.IMPORT, recorded=record) as session:
        heed(0)
        if plan.returned is None:
            _remember_layouts(session, plan, store)
        export_id = exported_as(session, plan.returned, store) if rows and plan.returned is not None else None
        refs = RowWriter(session, plan.plan.id, heed, export_id).write(rows)
    known = {row.place: refs.get(row.place) or row.ref for row in plan.rows}
    return Applied(batches[0].id if batches else None, known)


def stop_if(plan: ImportPlan, cancelled: Cancelled) -> None:
    """Raise ImportCancelledError where the user has cancelled."""
    if cancelled():
        raise ImportCancelledError(f"Bringing in “{plan.file.name}” was cancelled. Nothing was imported.")


def problem_object(problem: Problem) -> dict[str, str]:
    """Return a problem as plain values."""
    return {
        "sheet": problem.sheet,
        "cell": problem.cell,
        "level": problem.level.value,
        "message": problem.message,
    }


def _remember_layouts(session: Session, plan: ImportPlan, store: Store) -> None:
    """Remember for each layout what its columns mean, where its rows went, and how its dates are ordered."""
    for mark, memory in _agreed(plan).items():
        query = select(ImportLayout).where(ImportLayout.register == REGISTER, ImportLayout.fingerprint == mark)
        layout = session.scalar(query)
        if layout is None:
            layout = ImportLayout(register=REGISTER, fingerprint=mark, mapping={})
            session.add(layout)
        elif session.scalar(query.where(is_forgotten())) is not None:
            layout.name = ""
        layout.mapping = memory
        layout.name = plan.decisions.layout_names.get(mark, layout.name)
        layout.plan_id = plan.plan.id
        layout.date_order = plan.date_order
        layout.last_used = store.clock()
        session.flush()


def _agreed(plan: ImportPlan) -> dict[str, dict[str, str]]:
    """Return by layout what to remember of it: what the user settled, and what its tables do not disagree on.

    Sheets of one layout may hold different things under one heading; those are looked at each time.
    """
    taken: dict[str, dict[str, set[str]]] = {}
    settled: dict[str, dict[str, str]] = {}
    for table in plan.read.tables:
        mark = table.mapping.fingerprint
        for name, meant in table.mapping.memory.items():
            taken.setdefault(mark, {}).setdefault(name, set()).add(meant)
        chosen = plan.decisions.mappings.get(table.place, {})
        settled.setdefault(mark, {}).update({normalise(heading): meant for heading, meant in chosen.items()})
    return {
        mark: {name: meant for name, (meant, *others) in names.items() if not others} | settled[mark]
        for mark, names in taken.items()
    }
