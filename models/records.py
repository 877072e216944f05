"""What the program itself records: Steps and their changes (undo and audit in one), imports, reports, settings.

The audit chain covers a keyed digest of each change, so that a change's values can be erased and the chain still
verifies. These tables are written by the Store alone; they are not themselves undone.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.vocabulary import Change, StepKind


class AuditEntry(Base):
    """One Step: what was done, by whom, when; chained by HMAC in the order of ``id``."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[StepKind]
    label: Mapped[str]
    account: Mapped[str]
    display_name: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("audit_entry.id"), index=True, default=None)
    change_count: Mapped[int]
    digest: Mapped[bytes]
    mac: Mapped[bytes]


class AuditChange(Base):
    """One row's change within a Step; ``before`` and ``after`` hold the columns that differ (all, if added or removed).

    Erased: ``salt``, ``before`` and ``after`` are null and ``erased_certificate`` is set; ``digest`` stays.
    """

    __tablename__ = "audit_change"
    __table_args__ = (Index("ix_audit_change_row", "table_name", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    change: Mapped[Change]
    digest: Mapped[bytes]
    salt: Mapped[bytes | None] = mapped_column(default=None)
    before: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    after: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    erased_certificate: Mapped[str | None] = mapped_column(default=None)


class ImportBatch(Base):
    """One file brought in: what it was, how it was read, what came of it. Its Step can be undone at any later time."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), index=True)
    register: Mapped[str]
    file_name: Mapped[str]
    file_hash: Mapped[str] = mapped_column(index=True)
    layout_id: Mapped[int | None] = mapped_column(ForeignKey("import_layout.id"), index=True, default=None)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True, default=None)
    tables: Mapped[list[Any]]
    counts: Mapped[dict[str, Any]]
    problems: Mapped[list[Any]]


class ImportLayout(Base):
    """A layout seen before: which heading means which field, where its rows went, and how its dates are ordered."""

    __tablename__ = "import_layout"
    __table_args__ = (UniqueConstraint("register", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    register: Mapped[str]
    fingerprint: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    mapping: Mapped[dict[str, Any]]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True, default=None)
    date_order: Mapped[str] = mapped_column(default="")
    last_used: Mapped[datetime | None] = mapped_column(default=None)


class ReportSnapshot(Base):
    """A report as it was issued: later edits do not change it. Anchored to the audit chain's length and last MAC."""

    __tablename__ = "report_snapshot"

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    kind: Mapped[str]
    title: Mapped[str]
    period: Mapped[str] = mapped_column(default="")
    data_date: Mapped[date]
    issued_at: Mapped[datetime]
    account: Mapped[str]
    display_name: Mapped[str]
    content: Mapped[bytes]
    content_hash: Mapped[str]
    audit_count: Mapped[int]
    audit_mac: Mapped[bytes]


class Setting(Base):
    """A setting of this store by name; its value is JSON."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]
