"""A row of any kept register, with what it needs: for tests that hold for all of them."""

from datetime import date
from decimal import Decimal
from typing import Any

from csp_desktop.commands.entries import add_entry
from csp_desktop.queries.entries import names_in
from csp_desktop.registers.choices import choices_of
from csp_desktop.registers.forms import FieldKind, Register, RegisterField, form_of
from csp_desktop.registers.kept import register_of
from csp_desktop.store import Store

KEPT = tuple(register for register in Register if register.is_kept)
PERSON, PARTNER = "Amina Shah", "West Yorkshire Police"
OTHER_PERSON = "Tom Briggs"
_SEATS = frozenset({Register.GROUP_MEMBERS, Register.ATTENDANCE})


def sample_values(store: Store, register: Register, name: str = "Sample") -> dict[str, Any]:
    """The least that a row of a register needs; rows that it must name are added where there are none."""
    values = {field.name: _sample(store, register, field, name) for field in form_of(register).fields if field.filled}
    if register in _SEATS:
        values["person"] = PERSON if name == "Sample" else OTHER_PERSON
    if register is Register.LOG:
        values["group"] = "Communities Partnership Board"
    if register is Register.READINGS:
        values["value"] = Decimal("12.5")
    if register is Register.DEPUTIES:
        values["deputy"] = OTHER_PERSON if name == "Sample" else "Jo Ward"
    return values


def add_sample(store: Store, register: Register, name: str = "Sample") -> int:
    """Add such a row; return its id."""
    return add_entry(store, register, sample_values(store, register, name))


def _sample(store: Store, register: Register, field: RegisterField, name: str) -> object:
    is_first = name == "Sample"
    if field.kind is FieldKind.NAME:
        return _named(store, field)
    if field.kind is FieldKind.WORD:
        return choices_of(register, field)[0]
    plain: dict[FieldKind, object] = {
        FieldKind.DATE: date(2026, 5, 4) if is_first else date(2026, 6, 8),
        FieldKind.WHOLE: field.least or 1,
        FieldKind.DECIMAL: Decimal(10),
        FieldKind.PERIOD: "Q1 2026/27" if is_first else "Q2 2026/27",
    }
    return plain.get(field.kind, f"{name} {field.label.lower()}")


def _named(store: Store, field: RegisterField) -> object:
    if field.of == "person":
        return PERSON
    if field.of == "organisation":
        return PARTNER
    known = names_in(store, field.of).labels
    of = register_of(field.of)
    return next(iter(known)) if known or of is None else add_sample(store, of)
