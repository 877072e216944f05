"""The rows of the registers that the partnership keeps, for the window, the reports and the command line."""

from collections.abc import Iterable

from csp_desktop.errors import CspError
from csp_desktop.registers.forms import Register
from csp_desktop.registers.naming import Names, read_names
from csp_desktop.registers.reading import Entry, read_entries
from csp_desktop.registers.shown import shown_value
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store


def list_entries(store: Store, register: Register, text: str = "", ids: Iterable[int] | None = None) -> list[Entry]:
    """Return the rows of a kept register in their order; ``text`` is looked for in everything that is shown of a row.

    ``ids`` narrows to those rows.
    """
    with store.read() as connection:
        rows = read_entries(connection, register, ids)
    words = fold(text).split()
    return [row for row in rows if _holds(row, words)] if words else rows


def find_entry(store: Store, register: Register, row_id: int) -> Entry:
    """Return one row. Raises CspError where it is gone."""
    found = list_entries(store, register, ids=[row_id])
    if not found:
        raise CspError(f"This {register.noun} is no longer in the store: it was withdrawn, or taken out by an undo.")
    return found[0]


def names_in(store: Store, table: str) -> Names:
    """Return what the rows of a table are called, for a form that names one of them."""
    with store.read() as connection:
        return read_names(connection, table)


def _holds(row: Entry, words: Iterable[str]) -> bool:
    said = fold(" ".join(f"{shown_value(value)} {value}" for value in row.values.values() if value is not None))
    return all(word in said for word in words)
