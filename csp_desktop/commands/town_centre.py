"""Commands on the town centre: hold an operation, finish a follow-up, renew a clause, say what an action serves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.commands.entries import add_in, change_in
from csp_desktop.commands.rows import get_row
from csp_desktop.errors import CspError
from csp_desktop.registers.forms import Register, form_of
from csp_desktop.registers.reading import Count, Entry, read_entries
from csp_desktop.rules.orders import MOST_YEARS, last_day_allowed
from csp_desktop.rules.periods import shown_day
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.base import Row
from models.plan import Action
from models.terms import OperationStatus
from models.town_centre import ActionLink, FollowUp, Operation, OrderClause
from models.vocabulary import LifecycleStatus


@dataclass(frozen=True, slots=True)
class Held:
    """What is said of an operation once it took place: who was there, by name, what it yielded, what came of it."""

    partners: Sequence[str]
    outputs: Sequence[Count]
    outcome: str


def hold_operation(store: Store, operation_id: int, version: int, held: Held, today: date) -> None:
    """Say that an operation took place, and what came of it.

    Raises FieldError for a refused value, CspError for an operation that has not begun on ``today``.
    """
    with store.write("Hold an operation") as session:
        operation = get_row(session, Operation, operation_id)
        if operation.starts > today:
            raise CspError(
                f"{operation.title} is on {shown_day(operation.starts)}, so nothing can have come of it yet. Correct "
                "its date if it was held earlier."
            )
        values = {
            "status": OperationStatus.HELD,
            "partners": tuple(held.partners),
            "outputs": tuple(held.outputs),
            "outcome": held.outcome,
        }
        change_in(session, Register.OPERATIONS, operation_id, values, version)


def complete_follow_up(store: Store, follow_up_id: int, version: int, on: date) -> None:
    """Say that a follow-up was done on a day. Raises CspError where somebody changed it since it was read."""
    with store.write("Complete a follow-up") as session:
        _require_same(get_row(session, FollowUp, follow_up_id), version)
        values = {"status": LifecycleStatus.COMPLETE, "done_on": on}
        change_in(session, Register.FOLLOW_UPS, follow_up_id, values)


def renew_clause(store: Store, clause_id: int, version: int, starts: date, expires: date) -> int:
    """Renew a clause: a new one with the same words from ``starts`` to ``expires``; return its id.

    Raises CspError for a clause that was renewed already or changed since it was read, FieldError for days in the
    wrong order or a term longer than the law allows.
    """
    if expires > last_day_allowed(starts):
        raise FieldError(
            "expires",
            f"An order is made or extended for {MOST_YEARS} years at most: from {shown_day(starts)} it ends by "
            f"{shown_day(last_day_allowed(starts))}.",
        )
    with store.write("Renew a clause") as session:
        clause = get_row(session, OrderClause, clause_id)
        if clause.renewed_by_id is not None:
            raise CspError("This clause was renewed already: renew the one that followed it.")
        _require_same(clause, version)
        (entry,) = read_entries(session.connection(), Register.ORDER_CLAUSES, [clause_id])
        new_id = add_in(session, Register.ORDER_CLAUSES, {**_as_given(entry), "starts": starts, "expires": expires})
        clause.renewed_by_id = new_id
        return new_id


def _require_same(row: Row, version: int) -> None:
    if row.version != version:
        raise CspError("Someone changed this since you opened it. Nothing was saved: look at it again, then decide.")


def _as_given(entry: Entry) -> dict[str, object]:
    """Return a row's values as the commands take them, names by the ids they stand for."""
    names = {field.name for field in form_of(Register.ORDER_CLAUSES).fields if field.kind.is_name}
    return {name: entry.ids[name] if name in names else value for name, value in entry.values.items()}


def link_action(store: Store, action_id: int, serves_id: int) -> None:
    """Say that an action serves one of another plan. Raises CspError where the two are of one plan or linked."""
    with store.write("Link an action") as session:
        action, served = get_row(session, Action, action_id), get_row(session, Action, serves_id)
        if action.plan_id == served.plan_id:
            raise CspError(f"{served.ref} is of the same plan as {action.ref}: choose an action of another plan.")
        if _link(session, action_id, serves_id) is not None:
            raise CspError(f"{action.ref} is linked to {served.ref} already; nothing was changed.")
        session.add(ActionLink(action_id=action_id, serves_id=serves_id))


def unlink_action(store: Store, action_id: int, serves_id: int) -> None:
    """Say that an action no longer serves another. Raises CspError where the two are not linked."""
    with store.write("Unlink an action") as session:
        link = _link(session, action_id, serves_id)
        if link is None:
            raise CspError("The two actions are not linked any more; nothing was changed.")
        session.delete(link)


def _link(session: Session, action_id: int, serves_id: int) -> ActionLink | None:
    query = select(ActionLink).where(ActionLink.action_id == action_id, ActionLink.serves_id == serves_id)
    return session.scalars(query).first()
