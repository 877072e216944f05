"""What lies in the store for a while only: a register's file while it is looked at, and rows that were taken back.

None of it is part of what the store records: it is dropped when it has served, or at the next start. Rows lie in packed
blocks, as JSON under zlib: two million of them take tens of megabytes, and nothing is ever looked for inside a block.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.vocabulary import RowOutcome, Stage


class StagedImport(Base):
    """A register's file while it is looked at; it and its rows are dropped when that ends, or at the next start."""

    __tablename__ = "staged_import"

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    register: Mapped[str]
    started: Mapped[datetime]


class StagedBlock(Base):
    """Some rows of a staged file at one stage: as read, as understood, or ready to be stored.

    ``part`` is the sheet of rows as read, and the share of the people that rows further on belong to.
    """

    __tablename__ = "staged_block"
    __table_args__ = (Index("ix_staged_block_order", "staged_id", "stage", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    staged_id: Mapped[int] = mapped_column(ForeignKey("staged_import.id"))
    stage: Mapped[Stage]
    part: Mapped[int]
    rows: Mapped[int]
    packed: Mapped[bytes] = mapped_column(LargeBinary)


class StagedRow(Base):
    """One row of a staged file that there is something to say of: it changes a stored row, or has a problem.

    ``cells`` are what the file says, as people read it, and ``problems`` what is wrong, both JSON. ``target_id`` is the
    stored row that it is, None for one that is not there yet; ``changes`` is JSON of column to (old, new).
    """

    __tablename__ = "staged_row"
    __table_args__ = (Index("ix_staged_row_outcome", "staged_id", "outcome", "sheet", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    staged_id: Mapped[int] = mapped_column(ForeignKey("staged_import.id"))
    sheet: Mapped[int]
    row: Mapped[int]
    outcome: Mapped[RowOutcome]
    cells: Mapped[str]
    problems: Mapped[str] = mapped_column(default="[]")
    target_id: Mapped[int | None] = mapped_column(default=None)
    changes: Mapped[str] = mapped_column(default="{}")


class TakenOutRows(Base):
    """Rows of a load that was taken back, packed, for doing it again; dropped at the next start."""

    __tablename__ = "taken_out_rows"

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    load_id: Mapped[int] = mapped_column(index=True)
    table_name: Mapped[str]
    rows: Mapped[bytes] = mapped_column(LargeBinary)
