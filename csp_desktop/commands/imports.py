"""Commands on imports that were made: taking one back."""

from csp_desktop.errors import CspError
from csp_desktop.queries.records import find_import
from csp_desktop.store import Store
from csp_desktop.undo import UndoOutcome


def undo_import(store: Store, import_id: int) -> UndoOutcome:
    """Take an import back, whenever it was made; what was edited since is left alone and listed.

    Raises CspError where there is no such import, or it was taken back already.
    """
    found = find_import(store, import_id)
    if found.undone:
        raise CspError(f"Import {import_id} ({found.file_name}) has been taken back already; nothing was changed.")
    return store.undo_step(found.step_id)
