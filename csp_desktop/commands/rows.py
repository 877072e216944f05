"""Getting a row to change: it exists, and it still is as the caller read it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from csp_desktop.errors import CspError, RowChangedError
from models.base import Row

R = TypeVar("R", bound=Row)


def get_row(session: Session, table: type[R], row_id: int) -> R:
    """Return the row. Raises CspError where it is not there any more."""
    row = session.get(table, row_id)
    if row is None:
        kind = table.__tablename__.replace("_", " ")
        raise CspError(f"This {kind} is no longer in the store: it was taken out by an undo. Nothing was changed.")
    return row


def change_row(row: Row, version: int | None, values: Mapping[str, Any]) -> None:
    """Set the given columns, after checking that the row still has the version the caller read.

    ``version=None`` is for callers that read the row in this same transaction. Raises RowChangedError with mine and
    theirs for the fields that differ, so that the user can choose field by field.
    """
    if version is not None and row.version != version:
        theirs = {name: getattr(row, name) for name in values}
        differing = {name for name, value in values.items() if theirs[name] != value and not name.endswith("_folded")}
        if differing:
            raise RowChangedError(
                "Someone changed this while you were editing. Nothing was saved yet: choose which to keep.",
                {name: values[name] for name in sorted(differing)},
                {name: theirs[name] for name in sorted(differing)},
            )
    known = {attribute.key for attribute in inspect(type(row)).column_attrs}
    for name, value in values.items():
        if name not in known:
            raise AttributeError(f"{type(row).__name__} has no column {name}")
        if getattr(row, name) != value:
            setattr(row, name, value)
