"""The forms of registers that the Board's screens open: without the fields that the screen itself answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from csp_desktop.commands.entries import withdraw_entry
from csp_desktop.queries.entries import find_entry
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from ui.entries.forms import adding_entry, editing_entry
from ui.forms.fields import Values
from ui.forms.form import FormSpec
from ui.screens.screen import Screen

OWNERS: Mapping[Register, str] = {
    Register.GROUP_MEMBERS: "group",
    Register.AGENDA: "meeting",
    Register.ATTENDANCE: "meeting",
    Register.MINUTES: "meeting",
    Register.DECISIONS: "meeting",
}
"""By register whose rows belong to one of another: the field that names it."""
_BELONGS: Mapping[Register, str] = {**OWNERS, Register.LOG: "meeting"}
_BESIDE = ("item", "minute", "person", "organisation")
"""What else a new row begins with by its id, in the order in which the ids are kept with its form; 0 for none."""
_ANSWERED: Mapping[Register, frozenset[str]] = {
    Register.AGENDA: frozenset({"position"}),
    Register.MINUTES: frozenset({"municipal_year", "item"}),
}
"""By register: what the place on a meeting's screen says, or follows from the meeting."""
_LATER = frozenset({"status", "completed_on", "closed_on", "closed_at", "action"})
"""What a new entry of the log has no need of: its steps come later."""


def ask_to_edit(screen: Screen, register: Register, row_id: int, begins: str = "") -> None:
    """Open the form of a row, which also offers to withdraw it. Raises CspError where it is gone."""
    store = screen.desk.store
    row = find_entry(store, register, row_id)
    hidden = _ANSWERED.get(register, frozenset()) | {OWNERS.get(register, "")}
    spec = narrowed(replace(editing_entry(store, register, row_id, screen.desk.today()), begins=begins), hidden)
    deed = partial(withdraw_entry, store, register, row_id, row.version)
    screen.keep_focus()
    screen.form_asked.emit(screen.with_withdrawal(spec, f"The {register.noun}", deed))


def ask_to_add(screen: Screen, register: Register, given: Mapping[str, Any], begins: str = "") -> None:
    """Open the form of a new row that begins with what is ``given``, by field; the keyboard goes to ``begins``.

    What it belongs to is kept with the form, so that it is found again after a lock.
    """
    names = (_BELONGS.get(register, ""), *_BESIDE)
    ids = tuple(each if isinstance(each := given.get(name), int) else 0 for name in names)
    spec = _adding(screen.desk.store, register, given, screen.desk.today())
    screen.keep_focus()
    screen.form_asked.emit(replace(spec, begins=begins, ids=ids if any(ids) else ()))


def added_again(store: Store, register: Register, ids: tuple[int, ...], today: date) -> FormSpec:
    """Return the form of a new row that belongs to what its ids name, and begins with what else they name.

    Raises CspError where that is gone.
    """
    named = zip((_BELONGS.get(register, ""), *_BESIDE), ids, strict=False)
    given: dict[str, Any] = {name: each for name, each in named if each}
    if register is Register.MINUTES and "item" in given:
        given["title"] = find_entry(store, Register.AGENDA, given["item"]).text("title")
    if register is Register.LOG and "meeting" in given:
        given["group"] = find_entry(store, Register.MEETINGS, given["meeting"]).row_id("group")
    return replace(_adding(store, register, given, today), ids=ids)


def narrowed(spec: FormSpec, hidden: frozenset[str]) -> FormSpec:
    """Return a form without some of its fields, which keep what they hold."""
    held = {field.key: field.value for field in spec.fields if field.key in hidden}
    again = spec.again

    def save(values: Values) -> None:
        spec.save(Values(held | values.held(), values.changed))

    return replace(
        spec,
        fields=tuple(field for field in spec.fields if field.key not in hidden),
        save=save,
        again=None if again is None else lambda: narrowed(again(), hidden),
    )


def _adding(store: Store, register: Register, given: Mapping[str, Any], today: date) -> FormSpec:
    spec = adding_entry(store, register, today, given)
    answered = frozenset({"meeting", "group"} & set(given)) | _ANSWERED.get(register, frozenset())
    return narrowed(spec, answered | (_LATER if register is Register.LOG else frozenset()))
