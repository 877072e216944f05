"""The words that a column of a register may hold."""

from collections.abc import Sequence

from sqlalchemy import Enum

from csp_desktop.registers.forms import FieldKind, Register, RegisterField
from csp_desktop.registers.kept import kept_of
from models.vocabulary import Word


def choices_of(register: Register, field: RegisterField) -> Sequence[Word]:
    """Return the words of a field in their order; none for a field of another kind."""
    if field.kind is not FieldKind.WORD:
        return ()
    kind = kept_of(register).table.c[field.stored_in[0]].type
    return tuple(kind.enum_class) if isinstance(kind, Enum) and kind.enum_class is not None else ()


def may_be_blank(register: Register, field: RegisterField) -> bool:
    """Say whether a row can be without a field of one value: a column of its own that may be null."""
    if field.filled:
        return False
    return all(kept_of(register).table.c[name].nullable for name in field.stored_in)


def starting_value(register: Register, field: RegisterField) -> object:
    """Return what a new row holds of a field of one value where nothing is said."""
    default = kept_of(register).table.c[field.stored_in[0]].default
    return getattr(default, "arg", None)
