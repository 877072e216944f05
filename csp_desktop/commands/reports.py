"""Issuing a report: what was printed is frozen, with who, when, and where the audit trail stood."""

import hashlib
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.audit import anchor
from csp_desktop.errors import CspError
from csp_desktop.reports.blocks import Report
from csp_desktop.store import Store
from models.records import ReportSnapshot
from models.vocabulary import StepKind


def issue_report(store: Store, kind: str, report: Report, on: date) -> int:
    """Freeze a report as it is printed today and return the snapshot's id; later edits do not change it.

    The PDF itself is kept in the store, with its hash and the audit trail's anchor as of the issue. Raises CspError
    where the report's figures are of a later day than ``on``.
    """
    from csp_desktop.reports.pdf.writer import pdf_bytes

    if report.data_date > on:
        raise CspError(f"The report speaks of {report.data_date:%d/%m/%Y}, which is yet to come; issue it then.")
    content = pdf_bytes(report)
    made: list[int] = []

    def keep(session: Session, _step_id: int) -> None:
        standing = anchor(session.connection())
        snapshot = ReportSnapshot(
            kind=kind,
            title=report.title,
            period=report.period,
            data_date=report.data_date,
            issued_at=store.clock(),
            account=store.who.account,
            display_name=store.who.display_name,
            content=content,
            content_hash=hashlib.sha256(content).hexdigest(),
            audit_count=standing.count,
            audit_mac=standing.mac,
        )
        session.add(snapshot)
        session.flush()
        made.append(snapshot.id)

    with store.write(f"Issue the {report.title.lower()}", kind=StepKind.ACCESS, recorded=keep):
        pass  # issuing changes no row: the snapshot is kept beside the Step that says so
    return made[0]


def issued_pdf(store: Store, snapshot_id: int) -> bytes:
    """Return an issued report's PDF as it was. Raises CspError where there is none, or it was altered since."""
    query = select(ReportSnapshot.content, ReportSnapshot.content_hash).where(ReportSnapshot.id == snapshot_id)
    with store.read() as connection:
        found = connection.execute(query).first()
    if found is None:
        raise CspError(f"There is no issued report {snapshot_id} in this store.")
    content: bytes = found.content
    if hashlib.sha256(content).hexdigest() != found.content_hash:
        raise CspError("This issued report was altered outside the program; do not use it. Restore a backup.")
    return content
