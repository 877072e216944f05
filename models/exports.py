"""Owners' update workbooks: what each said when it went out, when it came back, and what was settled of its cells.

What a workbook said is the base of the three-way merge. Exports and returns are records of the program, as reports
are; what was settled of a cell is an import's, so that taking the import back asks again.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Row
from models.vocabulary import CellChoice, ExportScope


class ExportSnapshot(Row):
    """One update workbook that went out. ``key`` stands in the workbook; no other store gives it.

    Nothing of it changes but whom it was sent to, when two people or organisations turn out to be one. ``base``: row
    key ("A12") to column to what the cell said, None for a cell whose words were erased since.
    """

    __tablename__ = "export_snapshot"

    key: Mapped[str] = mapped_column(unique=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    scope: Mapped[ExportScope]
    owner_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True, default=None)
    period: Mapped[str]
    period_end: Mapped[date]
    wanted_back: Mapped[date]
    exported_at: Mapped[datetime]
    exported_on: Mapped[date]
    account: Mapped[str]
    display_name: Mapped[str]
    base: Mapped[dict[str, Any]]


class WorkbookReturn(Base):
    """An update workbook that came back, in the Step that brought it in or, where it said nothing new, said so."""

    __tablename__ = "workbook_return"
    __table_args__ = (UniqueConstraint("export_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    export_id: Mapped[int] = mapped_column(ForeignKey("export_snapshot.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), index=True)
    file_hash: Mapped[str] = mapped_column(index=True)
    file_name: Mapped[str]
    returned_on: Mapped[date]
    changed: Mapped[int]
    conflicts: Mapped[int]
    problems: Mapped[int]


class SettledCell(Row):
    """A cell of a returned workbook that was settled: ``said`` is what the owner's cell said then.

    Taken (theirs, both), it is what a later return is compared with; kept (mine), the same words ask no more.
    ``row_key`` is the row's id in the workbook, also of a row that the owner added.
    """

    __tablename__ = "settled_cell"

    export_id: Mapped[int] = mapped_column(ForeignKey("export_snapshot.id"), index=True)
    row_key: Mapped[str]
    column: Mapped[str]
    said: Mapped[str]
    choice: Mapped[CellChoice]


class ReturnedUpdate(Row):
    """A progress update that an owner's workbook posted: a corrected return supersedes it."""

    __tablename__ = "returned_update"
    __table_args__ = (UniqueConstraint("update_id"),)

    export_id: Mapped[int] = mapped_column(ForeignKey("export_snapshot.id"), index=True)
    update_id: Mapped[int] = mapped_column(ForeignKey("progress_update.id"))
