"""Commands on imports that were made: taking one back, and forgetting what was remembered of a layout."""

from sqlalchemy import select

from csp_desktop.errors import CspError
from csp_desktop.queries.layouts import is_forgotten
from csp_desktop.queries.records import find_import
from csp_desktop.store import Store
from csp_desktop.undo import UndoOutcome
from models.headings import ForgottenLayout
from models.records import ImportLayout


def undo_import(store: Store, import_id: int) -> UndoOutcome:
    """Take an import back, whenever it was made; what was edited since is left alone and listed.

    Raises CspError where there is no such import, or it was taken back already.
    """
    found = find_import(store, import_id)
    if found.undone:
        raise CspError(f"Import {import_id} ({found.file_name}) has been taken back already; nothing was changed.")
    return store.undo_step(found.step_id)


def forget_layout(store: Store, layout_id: int) -> None:
    """Forget what the columns of a layout were said to hold; the next file with its headings is read as a new one.

    What was brought in by it stays. Raises CspError where it is forgotten already.
    """
    with store.write("Forget the layout of a file") as session:
        layout = session.scalar(select(ImportLayout).where(ImportLayout.id == layout_id, ~is_forgotten()))
        if layout is None:
            raise CspError("What was remembered for these headings is forgotten already; nothing was changed.")
        session.add(ForgottenLayout(register=layout.register, fingerprint=layout.fingerprint, at=store.clock()))
