"""The program's own records: Steps as history, imports as a log."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from csp_desktop.errors import CspError
from csp_desktop.queries.details import changed_fields
from csp_desktop.queries.naming import Names
from csp_desktop.store import Store, is_undone
from models.plan import Plan
from models.records import AuditChange, AuditEntry, ImportBatch, ReportSnapshot
from models.vocabulary import Change, StepKind


@dataclass(frozen=True, slots=True)
class StepRow:
    """One recorded Step, newest first; ``changes`` counts its rows."""

    id: int
    at: datetime
    kind: StepKind
    label: str
    who: str
    account: str
    changes: int


@dataclass(frozen=True, slots=True)
class StepChangeRow:
    """One row's change within a Step: (column, old, new) for each column that moved, in names and not in ids.

    ``name`` is what the row is called, or for a part of something what that is called; empty where it has none.
    """

    table: str
    row_id: int
    name: str
    change: Change
    fields: tuple[tuple[str, Any, Any], ...]
    erased_certificate: str | None


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file that was brought in. ``undone`` says whether it stands taken back."""

    id: int
    at: datetime
    who: str
    register: str
    file_name: str
    file_hash: str
    plan: str | None
    step_id: int
    counts: dict[str, int]
    tables: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    undone: bool


def list_steps(store: Store, limit: int = 1000) -> list[StepRow]:
    """Return the newest Steps, audit entries without changes included."""
    query = (
        select(
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.kind,
            AuditEntry.label,
            AuditEntry.display_name,
            AuditEntry.account,
            AuditEntry.change_count,
        )
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    with store.read() as connection:
        names = _names_given(connection)
        steps = [StepRow(*row) for row in connection.execute(query)]
    return [replace(row, who=names.get(row.account, row.who)) if row.who == row.account else row for row in steps]


def was_undone(store: Store, step_id: int) -> bool:
    """Say whether a Step stands taken back."""
    with store.read() as connection:
        return is_undone(connection, step_id)


def step_changes(store: Store, step_id: int, limit: int = 500) -> list[StepChangeRow]:
    """Return what one Step changed, up to ``limit`` rows."""
    query = (
        select(
            AuditChange.table_name,
            AuditChange.row_id,
            AuditChange.change,
            AuditChange.before,
            AuditChange.after,
            AuditChange.erased_certificate,
        )
        .where(AuditChange.entry_id == step_id)
        .order_by(AuditChange.id)
        .limit(limit)
    )
    with store.read() as connection:
        changes = connection.execute(query).all()
        names = Names(connection)
        for row in changes:
            names.note(row.table_name, row.row_id, row.before, row.after)
        return [
            StepChangeRow(
                table=row.table_name,
                row_id=row.row_id,
                name=names.of(row.table_name, row.row_id),
                change=row.change,
                fields=names.said(changed_fields(row.before, row.after, row.table_name), row.table_name),
                erased_certificate=row.erased_certificate,
            )
            for row in changes
        ]


def list_imports(store: Store) -> list[ImportRow]:
    """Return the import log, newest first."""
    query = (
        select(
            ImportBatch.id,
            AuditEntry.at,
            AuditEntry.display_name.label("who"),
            AuditEntry.account,
            ImportBatch.register,
            ImportBatch.file_name,
            ImportBatch.file_hash,
            Plan.title.label("plan"),
            ImportBatch.entry_id.label("step_id"),
            ImportBatch.counts,
            ImportBatch.tables,
            ImportBatch.problems,
        )
        .join(AuditEntry, AuditEntry.id == ImportBatch.entry_id)
        .outerjoin(Plan, Plan.id == ImportBatch.plan_id)
        .order_by(ImportBatch.id.desc())
    )
    with store.read() as connection:
        names = _names_given(connection)
        found = [dict(row) for row in connection.execute(query).mappings()]
        for row in found:
            account = row.pop("account")
            if row["who"] == account:
                row["who"] = names.get(account, account)
        return [ImportRow(**row, undone=is_undone(connection, row["step_id"])) for row in found]


def find_import(store: Store, import_id: int) -> ImportRow:
    """Return one import. Raises CspError where there is none of that number."""
    for row in list_imports(store):
        if row.id == import_id:
            return row
    raise CspError(f"There is no import {import_id} in this store; “list imports” shows those there are.")


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """A report as it was issued, newest first; its PDF is read with ``commands.reports.issued_pdf``."""

    id: int
    kind: str
    title: str
    period: str
    data_date: date
    issued_at: datetime
    who: str
    content_hash: str


def list_issued_reports(store: Store) -> list[IssuedReport]:
    """Return the reports that were issued, newest first."""
    query = select(
        ReportSnapshot.id,
        ReportSnapshot.kind,
        ReportSnapshot.title,
        ReportSnapshot.period,
        ReportSnapshot.data_date,
        ReportSnapshot.issued_at,
        ReportSnapshot.display_name,
        ReportSnapshot.content_hash,
    ).order_by(ReportSnapshot.id.desc())
    with store.read() as connection:
        return [IssuedReport(*row) for row in connection.execute(query)]


def display_name_of(store: Store, account: str) -> str | None:
    """Return the name that an account goes by in this store, None where it gave none here yet."""
    with store.read() as connection:
        return _names_given(connection).get(account)


def _names_given(connection: Connection) -> dict[str, str]:
    """Return by account the name given last; what was done before one was given carries the account in its place."""
    last = (
        select(func.max(AuditEntry.id))
        .where(AuditEntry.display_name != AuditEntry.account)
        .group_by(AuditEntry.account)
    )
    query = select(AuditEntry.account, AuditEntry.display_name).where(AuditEntry.id.in_(last))
    return {row.account: row.display_name for row in connection.execute(query)}
