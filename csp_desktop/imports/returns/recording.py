"""What is recorded of a returned workbook beside its rows: that it came back, and what it said when it went out."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.imports.import_plan import ImportPlan
from csp_desktop.imports.merged import ReturnedWorkbook
from csp_desktop.store import Store, is_undone
from models.exports import ExportSnapshot, WorkbookReturn
from models.vocabulary import RowOutcome, StepKind


def exported_as(session: Session, returned: ReturnedWorkbook, store: Store) -> int | None:
    """Return the id of a workbook's export, None where it is compared two ways.

    One that only the workbook itself tells of, as after a backup came back, is kept anew.
    """
    if returned.export_id is not None or not returned.is_three_way:
        return returned.export_id
    found = session.scalar(select(ExportSnapshot.id).where(ExportSnapshot.key == returned.key))
    if found is not None:
        return found
    today = store.clock().astimezone().date()
    snapshot = ExportSnapshot(
        key=returned.key,
        plan_id=returned.plan_id or 0,
        scope=returned.scope,
        period=returned.period,
        period_end=returned.period_end or today,
        wanted_back=returned.wanted_back or today,
        exported_at=store.clock(),
        exported_on=returned.exported_on or today,
        account=store.who.account,
        display_name=store.who.display_name,
        base={row: dict(cells) for row, cells in returned.base.items()},
    )
    session.add(snapshot)
    session.flush()
    return snapshot.id


def note_return(session: Session, plan: ImportPlan, step_id: int, on: date) -> None:
    """Keep that an update workbook came back, with the Step that says so; any other file is none."""
    returned = plan.returned
    if returned is None:
        return
    export_id = session.scalar(select(ExportSnapshot.id).where(ExportSnapshot.key == returned.key))
    if export_id is not None:
        session.add(_noted(plan, export_id, step_id, on))


def note_unchanged(store: Store, plan: ImportPlan, on: date) -> None:
    """Keep that an update workbook came back that says nothing new: whoever sent it has answered.

    The same file again is nothing.
    """
    returned = plan.returned
    if returned is None or returned.export_id is None or _is_known(store, returned.export_id, plan.file.hash):
        return
    export_id = returned.export_id

    def keep(session: Session, step_id: int) -> None:
        session.add(_noted(plan, export_id, step_id, on))

    with store.write("Note that an update workbook came back", kind=StepKind.ACCESS, recorded=keep):
        pass  # nothing of it is brought in


def _noted(plan: ImportPlan, export_id: int, step_id: int, on: date) -> WorkbookReturn:
    return WorkbookReturn(
        export_id=export_id,
        entry_id=step_id,
        file_hash=plan.file.hash,
        file_name=plan.file.name,
        returned_on=on,
        changed=sum(row.change.changes and not row.is_left_out for row in plan.rows),
        conflicts=sum(len(row.conflicts) for row in plan.rows),
        problems=sum(row.outcome is RowOutcome.ERROR for row in plan.rows) + len(plan.read.refused),
    )


def _is_known(store: Store, export_id: int, file_hash: str) -> bool:
    query = select(WorkbookReturn.entry_id).where(
        WorkbookReturn.export_id == export_id, WorkbookReturn.file_hash == file_hash
    )
    with store.read() as connection:
        return any(not is_undone(connection, entry) for entry in connection.scalars(query).all())
