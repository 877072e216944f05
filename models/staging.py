"""What lies in the store for a while only: a register's file while it is looked at, and rows that were taken back.

None of it is part of what the store records: it is dropped when it has served, or at the next start.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class StagedImport(Base):
    """A register's file while it is looked at; it and its rows are dropped when that ends, or at the next start."""

    __tablename__ = "staged_import"

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    register: Mapped[str]
    started: Mapped[datetime]


class StagedRow(Base):
    """One row of a staged file. ``match_key`` is what tells it from others; ``outcome`` a ``RowOutcome``."""

    __tablename__ = "staged_row"
    __table_args__ = (Index("ix_staged_row_match", "staged_id", "match_key"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    staged_id: Mapped[int] = mapped_column(ForeignKey("staged_import.id"))
    sheet: Mapped[int]
    row: Mapped[int]
    cells: Mapped[str]
    entry: Mapped[str | None] = mapped_column(default=None)
    match_key: Mapped[str | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    target_id: Mapped[int | None] = mapped_column(default=None)
    problems: Mapped[str | None] = mapped_column(default=None)


class TakenOutRows(Base):
    """Rows of a load that was taken back, packed, for doing it again; dropped at the next start."""

    __tablename__ = "taken_out_rows"

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    load_id: Mapped[int] = mapped_column(index=True)
    table_name: Mapped[str]
    rows: Mapped[bytes] = mapped_column(LargeBinary)
