"""The forms of the set-up: the partnership, its plans and its strategies."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from csp_desktop.commands.people import ProfileValues, edit_profile
from csp_desktop.commands.plans import (
    StrategyValues,
    add_plan,
    add_strategy,
    approve_plan,
    edit_plan,
    edit_strategy,
    supersede_plan,
)
from csp_desktop.commands.starting import adopt_starter_plan
from csp_desktop.errors import CspError
from csp_desktop.queries.plans import PlanRow, StrategyRow, list_plans, list_strategies, profile
from csp_desktop.rules.validation import FieldError
from csp_desktop.starter import adoptable_names, load_starter
from csp_desktop.store import Store
from models.vocabulary import Marking, PlanKind
from ui.files import read_picture
from ui.forms.fields import (
    CheckField,
    ChoiceField,
    DateField,
    Field,
    LongTextField,
    NumberField,
    PathField,
    PersonField,
    TextField,
    Values,
)
from ui.forms.form import FormSpec
from ui.forms.known import Known

LONGEST_CYCLE = 24
PROFILE, STRATEGY, NEW_STRATEGY = "profile", "strategy", "add-strategy"
PLAN, NEW_PLAN = "plan", "add-plan"
MARKINGS: tuple[tuple[object, str], ...] = tuple((marking, marking.value or "None") for marking in Marking)
Found = TypeVar("Found", PlanRow, StrategyRow)


def standing(rows: Sequence[Found], row_id: int) -> Found:
    """Return the row of this id. Raises CspError where it is gone."""
    row = next((row for row in rows if row.id == row_id), None)
    if row is None:
        raise CspError("This is no longer in the store: it was taken out by an undo. Nothing was changed.")
    return row


def editing_profile(store: Store, choose: Callable[[Path], Path | None]) -> FormSpec:
    """Return the form of the partnership's profile; ``choose`` asks for the picture file of its logo."""
    about = profile(store)

    def save(values: Values) -> None:
        made: ProfileValues = {
            "name": values.text("name"),
            "area": values.text("area"),
            "contact": values.text("contact"),
            "default_marking": values.one_of("default_marking", Marking),
        }
        if values.text("logo"):
            made["logo"] = read_picture(Path(values.text("logo")))
        elif values.flag("without"):
            made["logo"] = None
        edit_profile(store, about.version, **made)

    fields: tuple[Field, ...] = (
        TextField(key="name", label="Name", hint="Stands on every screen and report.", required=True, value=about.name),
        TextField(key="area", label="Area", value=about.area),
        LongTextField(key="contact", label="Contact", lines=3, value=about.contact),
        ChoiceField(
            key="default_marking",
            label="Handling mark",
            hint="Printed at the top and the bottom of every page.",
            choices=MARKINGS,
            value=about.default_marking,
        ),
        PathField(key="logo", label="Another logo", hint="A PNG or JPEG picture.", choose=choose, value=""),
        CheckField(key="without", label="Logo", beside="Use no logo", value=False),
    )
    return FormSpec(
        title="Edit the partnership",
        fields=fields,
        save_words="Save partnership",
        save=save,
        again=lambda: editing_profile(store, choose),
        name=PROFILE,
    )


def adding_plan(store: Store, today: date) -> FormSpec:
    """Return the form of a new, empty plan."""

    def save(values: Values) -> None:
        add_plan(
            store,
            values.text("title"),
            values.one_of("kind", PlanKind),
            starts=values.day("starts"),
            ends=values.day("ends"),
            update_cycle_months=values.number("cycle") or 3,
        )

    kinds: tuple[tuple[object, str], ...] = tuple((kind, kind.label) for kind in PlanKind)
    fields: tuple[Field, ...] = (
        TextField(key="title", label="Title", required=True),
        ChoiceField(key="kind", label="Kind", choices=kinds, value=PlanKind.PARTNERSHIP),
        *_plan_dates(None, today),
    )
    return FormSpec(
        title="Add a plan", fields=fields, save_words="Add plan", save=save, check=_check_plan, name=NEW_PLAN
    )


def editing_plan(store: Store, plan_id: int, today: date) -> FormSpec:
    """Return the form of a plan as it stands. Raises CspError where it is gone."""
    row = standing(list_plans(store), plan_id)

    def save(values: Values) -> None:
        edit_plan(
            store,
            plan_id,
            row.version,
            title=values.text("title"),
            starts=values.day("starts"),
            ends=values.day("ends"),
            update_cycle_months=values.number("cycle") or row.update_cycle_months,
        )

    fields: tuple[Field, ...] = (
        TextField(key="title", label="Title", required=True, value=row.title),
        *_plan_dates(row, today),
    )
    return FormSpec(
        title="Edit the plan",
        fields=fields,
        save_words="Save plan",
        save=save,
        check=_check_plan,
        again=lambda: editing_plan(store, plan_id, today),
        name=PLAN,
        ids=(plan_id,),
    )


def _plan_dates(row: PlanRow | None, today: date) -> tuple[Field, ...]:
    return (
        DateField(key="starts", label="Starts", today=today, value=row.starts if row else None),
        DateField(key="ends", label="Ends", today=today, value=row.ends if row else None),
        NumberField(
            key="cycle",
            least=1,
            most=LONGEST_CYCLE,
            label="Months between updates",
            hint="An action without an update for so long is shown as not updated.",
            required=True,
            value=row.update_cycle_months if row else 3,
        ),
    )


def _check_plan(values: Values) -> Mapping[str, str]:
    starts, ends = values.day("starts"), values.day("ends")
    if starts and ends and ends < starts:
        return {"ends": "The plan would end before it starts; correct one of the two dates."}
    return {}


def adopting_plan(store: Store, today: date) -> FormSpec:
    """Return the form that adds a starter plan. Raises CspError where the store has them all."""
    present = {plan.key for plan in list_plans(store)}
    starters = [load_starter(name) for name in adoptable_names() if name not in present]
    if not starters:
        raise CspError("Every starter plan is in this store already.")
    hint = "With its themes and objectives. A plan in this store that it follows is superseded; its actions stay."
    choices: tuple[tuple[object, str], ...] = tuple((plan.key, plan.title) for plan in starters)
    fields: tuple[Field, ...] = (
        ChoiceField(key="plan", label="Starter plan", hint=hint, choices=choices, value=starters[0].key),
        DateField(key="on", label="From", today=today, value=today, required=True),
    )

    def save(values: Values) -> None:
        adopt_starter_plan(store, values.one_of("plan", str), values.day("on") or today)

    return FormSpec(title="Adopt a starter plan", fields=fields, save_words="Adopt plan", save=save)


def approving_plan(store: Store, plan_id: int, today: date) -> FormSpec:
    """Return the form that approves a plan."""
    row = standing(list_plans(store), plan_id)
    hint = "From then on a baseline date changes only by a re-baseline with its reason."
    fields: tuple[Field, ...] = (
        DateField(key="on", label="Approved on", hint=hint, today=today, value=today, required=True),
    )

    def save(values: Values) -> None:
        approve_plan(store, plan_id, values.day("on") or today)

    return FormSpec(title=f"Approve {row.title}", fields=fields, save_words="Approve plan", save=save)


def superseding_plan(store: Store, plan_id: int, today: date) -> FormSpec:
    """Return the form that supersedes a plan by another of its kind. Raises CspError where no such plan is open."""
    plans = list_plans(store)
    row = standing(plans, plan_id)
    following = [plan for plan in plans if plan.is_open and plan.kind is row.kind and plan.id != plan_id]
    others: tuple[tuple[object, str], ...] = tuple((plan.id, plan.title) for plan in following)
    if not others:
        raise CspError("There is no other open plan of this kind to follow this one; add or adopt it first.")
    fields: tuple[Field, ...] = (
        ChoiceField(key="by", label="Followed by", choices=others, value=others[0][0]),
        DateField(key="on", label="From", today=today, value=today, required=True),
        CheckField(
            key="carry",
            label="Open actions",
            beside="Carry open actions over",
            hint="Each becomes a new action of the plan that follows and points back to the old one, which is closed.",
            value=True,
        ),
    )

    def save(values: Values) -> None:
        follower = values.number("by")
        if follower is None:
            raise FieldError("by", "Choose the plan that follows.")
        supersede_plan(store, plan_id, follower, values.day("on") or today, carry_over=values.flag("carry"))

    return FormSpec(title=f"Supersede {row.title}", fields=fields, save_words="Supersede plan", save=save)


def strategy_form(store: Store, strategy_id: int | None, today: date) -> FormSpec:
    """Return the form of a strategy as it stands, or of a new one. Raises CspError where it is gone."""
    row = None if strategy_id is None else standing(list_strategies(store), strategy_id)
    known = Known.read(store)

    def save(values: Values) -> None:
        with store.write("Add a strategy" if row is None else "Edit a strategy"):
            made: StrategyValues = {
                "name": values.text("name"),
                "owner_person_id": known.person_id(store, values.text("owner")),
                "owner_organisation_id": values.number("organisation"),
                "review_date": values.day("review_date"),
                "summary": values.text("summary"),
            }
            if row is None:
                add_strategy(store, **made)
            else:
                edit_strategy(store, row.id, row.version, **made)

    partners: tuple[tuple[object, str], ...] = ((None, "None"), *known.organisation_choices)
    owner = known.person_name(row.owner_person_id) if row else ""
    fields: tuple[Field, ...] = (
        TextField(key="name", label="Name", required=True, value=row.name if row else ""),
        PersonField(key="owner", label="Owner", known=known.people_names, value=owner),
        ChoiceField(
            key="organisation",
            label="Owning partner",
            choices=partners,
            value=row.owner_organisation_id if row else None,
        ),
        DateField(key="review_date", label="To be reviewed", today=today, value=row.review_date if row else None),
        LongTextField(key="summary", label="Summary", lines=4, value=row.summary if row else ""),
    )
    return FormSpec(
        title="Add a strategy" if row is None else "Edit a strategy",
        fields=fields,
        save_words="Add strategy" if row is None else "Save strategy",
        save=save,
        again=None if row is None else lambda: strategy_form(store, strategy_id, today),
        name=NEW_STRATEGY if row is None else STRATEGY,
        ids=() if row is None else (row.id,),
    )
