"""The forms of a register's rows: a new one, and one as it stands."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from csp_desktop.commands.entries import add_entry, edit_entry, with_article
from csp_desktop.queries.entries import find_entry
from csp_desktop.registers.forms import Register
from csp_desktop.rules.case_words import WARNINGS
from csp_desktop.store import Store
from ui.entries.fields import fields_of, values_of
from ui.forms.fields import Values
from ui.forms.form import FormSpec

ADD, EDIT = "add-entry", "edit-entry"
NOTHING: Mapping[str, Any] = {}


def form_name(register: Register, deed: str) -> str:
    """Return the name that a form of a register is found by after a lock."""
    return f"{deed}:{register.value}"


def warned_of(register: Register, values: Values) -> Mapping[str, str]:
    """Return by field what is to be looked at again in a row of a register."""
    warn = WARNINGS.get(register.value)
    return {} if warn is None else warn(values.held())


def adding_entry(store: Store, register: Register, today: date, given: Mapping[str, Any] = NOTHING) -> FormSpec:
    """Return the form of a new row; ``given`` is where its fields begin, by name (the id of a row that is named)."""

    def save(values: Values) -> None:
        add_entry(store, register, values_of(register, values))

    return FormSpec(
        title=f"Add {with_article(register.noun)}",
        fields=fields_of(store, register, None, today, given),
        save_words=f"Add {register.noun}",
        save=save,
        warn=partial(warned_of, register),
        name=form_name(register, ADD),
    )


def editing_entry(store: Store, register: Register, row_id: int, today: date) -> FormSpec:
    """Return the form of a row as it stands. Raises CspError where it is gone."""
    row = find_entry(store, register, row_id)

    def save(values: Values) -> None:
        held = values_of(register, values)
        changed = {name: held[name] for name in held if name in values.changed}
        if changed:
            edit_entry(store, register, row.id, row.version, changed)

    return FormSpec(
        title=f"Edit {with_article(register.noun)}",
        fields=fields_of(store, register, row, today, NOTHING),
        save_words=f"Save {register.noun}",
        save=save,
        warn=partial(warned_of, register),
        again=lambda: editing_entry(store, register, row_id, today),
        name=form_name(register, EDIT),
        ids=(row_id,),
    )


def entry_form_again(store: Store, name: str, ids: tuple[int, ...], today: date) -> tuple[Register, FormSpec] | None:
    """Return a register's form by its name, with the register; None for a form of another kind."""
    deed, _, register = name.partition(":")
    if deed not in {ADD, EDIT} or register not in set(Register):
        return None
    of = Register(register)
    return of, adding_entry(store, of, today) if deed == ADD else editing_entry(store, of, ids[0], today)
