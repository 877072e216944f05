"""The field of an offence code: typed with the known ones offered, for there are too many for a list."""

from collections.abc import Mapping

from csp_desktop.queries.members import code_labels
from csp_desktop.rules.folding import fold
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from ui.forms.fields import PersonField

KEY = "offence_code_id"
HINT = "Begin to type the code or the offence and choose. A code that is missing is added under “Tables”."


def known_codes(store: Store) -> dict[int, str]:
    """Return every offence code in words by its id."""
    with store.read() as connection:
        return code_labels(connection)


def code_field(codes: Mapping[int, str], code_id: int | None, label: str = "Offence code") -> PersonField:
    """Return the field; its value is the code in words, "" for none."""
    known = tuple(sorted(codes.values(), key=fold))
    value = "" if code_id is None else codes.get(code_id, "")
    return PersonField(key=KEY, label=label, hint=HINT, known=known, value=value)


def code_typed(codes: Mapping[int, str], typed: str) -> int | None:
    """Return the id of the code that was typed or chosen, None for nothing. Raises FieldError for one not known."""
    words = fold(typed)
    if not words:
        return None
    found = [code_id for code_id, label in codes.items() if fold(label) == words]
    found = found or [code_id for code_id, label in codes.items() if fold(label).split(" ")[0] == words]
    if len(found) != 1:
        raise FieldError(KEY, f"“{typed}” is not one of the codes in the store: choose one, or add it under “Tables”.")
    return found[0]
