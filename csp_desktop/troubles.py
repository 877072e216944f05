"""Says in words what a disk does to a store: the errors of files and of the database, one sentence for each."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from csp_desktop.disk import IN_USE, NO_ACCESS, NO_SPACE, UNREADABLE, Advice, file_troubles
from csp_desktop.errors import CspError, StoreDamagedError
from models.engine import Trouble, trouble_of

DAMAGED = Advice("the store's file is damaged.", "Restore the newest good backup.")
_BY_TROUBLE = {
    Trouble.DAMAGED: DAMAGED,
    Trouble.FULL: NO_SPACE,
    Trouble.READ_ONLY: NO_ACCESS,
    Trouble.BUSY: IN_USE,
    Trouble.UNREADABLE: UNREADABLE,
}


@contextmanager
def disk_troubles(refused: str, kept: str) -> Iterator[None]:
    """Turn what ``file_troubles`` turns, and the same troubles met by the database, into one sentence.

    Raises CspError, or StoreDamagedError where the store's file is damaged. Any other database error flies: a bug.
    """
    try:
        with file_troubles(refused, kept):
            yield
    except (dbapi2.Error, DBAPIError) as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        sentence = _BY_TROUBLE[trouble].sentence(refused, kept)
        if trouble is Trouble.DAMAGED:
            raise StoreDamagedError(sentence) from error
        raise CspError(sentence) from error
