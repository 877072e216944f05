"""Withdrawing a row by hand: it goes in a Step, which keeps it for the audit and can bring it back."""

from sqlalchemy.orm import Session

from csp_desktop.errors import CspError
from models.base import Row


def withdraw(session: Session, row: Row, version: int) -> None:
    """Take a row out. Raises CspError where someone changed it since the caller read ``version`` of it."""
    if row.version != version:
        raise CspError(
            "Someone changed this since you opened it. Nothing was withdrawn: look at it again, then decide."
        )
    session.delete(row)
