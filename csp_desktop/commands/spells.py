"""Commands on spells (custody, Integrated Offender Management, interventions) and on how active people are."""

from datetime import date
from typing import Any, TypedDict, Unpack

from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.commands.withdrawing import withdraw
from csp_desktop.rules.reoffending_refusals import spell_refusals, status_refusals
from csp_desktop.rules.validation import FieldError, insist
from csp_desktop.store import Store
from models.offending import IomCohort, IomRag, SpellKind
from models.reoffending import IomStatus, Offender, Spell


class SpellDetails(TypedDict, total=False):
    """What belongs to a spell."""

    name: str
    ended: date | None
    iom_cohort: IomCohort | None
    selected_because: str
    deselected_because: str


class SpellValues(SpellDetails, total=False):
    """What can be changed of a spell. ``ended`` is the day it no longer holds; ``name`` that of an intervention."""

    kind: SpellKind
    started: date


def add_spell(store: Store, offender_id: int, kind: SpellKind, started: date, **values: Unpack[SpellDetails]) -> int:
    """Record a spell of a person; return its id. Raises FieldError for a value a form would refuse."""
    given: dict[str, Any] = {**values, "kind": kind, "started": started}
    _insist(given)
    with store.write("Record a spell") as session:
        get_row(session, Offender, offender_id)
        spell = Spell(offender_id=offender_id, kind=kind, started=started)
        change_row(spell, None, given)
        session.add(spell)
        session.flush()
        return spell.id


def edit_spell(store: Store, spell_id: int, version: int, **values: Unpack[SpellValues]) -> None:
    """Change a spell. Raises FieldError for a refused value, RowChangedError where someone changed it since."""
    with store.write("Edit a spell") as session:
        spell = get_row(session, Spell, spell_id)
        present = {name: getattr(spell, name) for name in ("kind", "name", "started", "ended", "deselected_because")}
        _insist(present | dict(values))
        change_row(spell, version, dict(values))


def withdraw_spell(store: Store, spell_id: int, version: int) -> None:
    """Take a spell out of the register."""
    with store.write("Withdraw a spell") as session:
        withdraw(session, get_row(session, Spell, spell_id), version)


class StatusDetails(TypedDict, total=False):
    """What belongs to a status."""

    iom_cohort: IomCohort | None
    note: str


class StatusValues(StatusDetails, total=False):
    """What can be changed of a status."""

    dated: date
    rag: IomRag


def add_status(store: Store, offender_id: int, dated: date, rag: IomRag, **values: Unpack[StatusDetails]) -> int:
    """Record how active a person is held to be from a day on; return the status's id."""
    given: dict[str, Any] = {**values, "dated": dated, "rag": rag}
    insist(status_refusals(given))
    with store.write("Record a status") as session:
        get_row(session, Offender, offender_id)
        status = IomStatus(offender_id=offender_id, dated=dated, rag=rag)
        change_row(status, None, given)
        session.add(status)
        session.flush()
        return status.id


def edit_status(store: Store, status_id: int, version: int, **values: Unpack[StatusValues]) -> None:
    """Change a status. Raises FieldError for a refused value, RowChangedError where someone changed it since."""
    insist(status_refusals(dict(values)))
    with store.write("Edit a status") as session:
        change_row(get_row(session, IomStatus, status_id), version, dict(values))


def withdraw_status(store: Store, status_id: int, version: int) -> None:
    """Take a status out."""
    with store.write("Withdraw a status") as session:
        withdraw(session, get_row(session, IomStatus, status_id), version)


def _insist(values: dict[str, Any]) -> None:
    insist(spell_refusals(values))
    if values["kind"] is SpellKind.INTERVENTION and not values.get("name", "").strip():
        raise FieldError("name", "Name the intervention: spells of the same name are compared together.")
