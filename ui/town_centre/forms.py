"""The forms of the town centre beside those of its registers: hold an operation, renew a clause, link an action."""

from datetime import date, timedelta

from csp_desktop.commands.town_centre import Held, hold_operation, link_action, renew_clause
from csp_desktop.errors import CspError
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.entries import find_entry
from csp_desktop.queries.plans import list_plans
from csp_desktop.queries.town_centre import served_actions
from csp_desktop.registers.forms import Register
from csp_desktop.registers.numbers import read_counts
from csp_desktop.rules.orders import last_day_allowed
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from ui.entries.fields import fields_of
from ui.forms.fields import ChoiceField, DateField, Values
from ui.forms.form import FormSpec

HOLD, RENEW, LINK = "hold-operation", "renew-clause", "link-action"
_TOLD = ("partners", "outputs", "outcome")


def holding_operation(store: Store, operation_id: int, today: date) -> FormSpec:
    """Return the form that says an operation was held. Raises CspError where it is gone."""
    row = find_entry(store, Register.OPERATIONS, operation_id)
    fields = fields_of(store, Register.OPERATIONS, row, today, {})

    def save(values: Values) -> None:
        try:
            outputs = read_counts(values.text("outputs"))
        except ValueError as refusal:
            raise FieldError("outputs", str(refusal)) from None
        held = Held(values.names("partners"), outputs, values.text("outcome"))
        hold_operation(store, operation_id, row.version, held, today)

    return FormSpec(
        title=f"{row.text('title')} was held",
        fields=tuple(field for field in fields if field.key in _TOLD),
        save_words="Record what came of it",
        save=save,
        again=lambda: holding_operation(store, operation_id, today),
        name=HOLD,
        ids=(operation_id,),
    )


def renewing_clause(store: Store, clause_id: int, today: date) -> FormSpec:
    """Return the form that renews a clause from the day after it expires. Raises CspError where it is gone."""
    row = find_entry(store, Register.ORDER_CLAUSES, clause_id)
    expires = row.day("expires")
    starts = today if expires is None else expires + timedelta(days=1)

    def save(values: Values) -> None:
        first, last = values.day("starts"), values.day("expires")
        if first is None or last is None:
            raise FieldError("expires", "A renewed clause needs its first and its last day.")
        renew_clause(store, clause_id, row.version, first, last)

    hint = "An order is made or extended for three years at most."
    return FormSpec(
        title=f"Renew {row.text('clause')}",
        fields=(
            DateField(key="starts", label="Starts", today=today, value=starts, required=True),
            DateField(
                key="expires",
                label="Expires",
                hint=hint,
                today=today,
                value=last_day_allowed(starts),
                required=True,
            ),
        ),
        save_words="Renew clause",
        save=save,
        name=RENEW,
        ids=(clause_id,),
    )


def linking_action(store: Store, plan_id: int, action_id: int, today: date) -> FormSpec:
    """Return the form that says which action of another plan an action serves.

    Raises CspError where no other open plan has one that it does not serve already.
    """
    linked = {link.serves_id for link in served_actions(store, plan_id).get(action_id, ())}
    other = [plan.id for plan in list_plans(store) if plan.is_open and plan.id != plan_id]
    rows = [row for each in other for row in list_actions(store, View(today), each) if row.id not in linked]
    if not rows:
        raise CspError("No other open plan has an action to link to: add one there first.")
    choices: tuple[tuple[object, str], ...] = tuple((row.id, f"{row.ref} {row.title}") for row in rows)

    def save(values: Values) -> None:
        link_action(store, action_id, values.one_of("serves", int))

    return FormSpec(
        title="Link to a partnership action",
        fields=(
            ChoiceField(
                key="serves",
                label="Action that this one serves",
                hint="The town centre report says which partnership actions are served.",
                choices=choices,
                value=rows[0].id,
                required=True,
            ),
        ),
        save_words="Link action",
        save=save,
        name=LINK,
        ids=(plan_id, action_id),
    )


def town_centre_form_again(store: Store, name: str, ids: tuple[int, ...], today: date) -> FormSpec | None:
    """Return one of these forms by its name, None for a form of another kind."""
    if name == HOLD:
        return holding_operation(store, ids[0], today)
    if name == RENEW:
        return renewing_clause(store, ids[0], today)
    return linking_action(store, ids[0], ids[1], today) if name == LINK else None
