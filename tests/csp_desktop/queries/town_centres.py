"""A town centre with a little of everything, for tests of what is made of it."""

from dataclasses import dataclass
from datetime import date

from csp_desktop.commands.actions import add_action, post_update
from csp_desktop.commands.entries import add_entry
from csp_desktop.commands.plans import add_plan, add_theme
from csp_desktop.queries.plans import list_plans
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from models.vocabulary import PlanKind


@dataclass(frozen=True, slots=True)
class Town:
    """Ids of what is there."""

    plan: int
    patrols: int
    served: int
    jericho: int
    to_come: int
    untold: int
    late: int
    due: int
    expired: int
    warned: int
    said: int


def fill(store: Store) -> Town:
    """Add a plan, three operations with outputs and follow-ups, an order and feedback, as at 23 November 2026."""
    partnership = list_plans(store)[0].id
    plan = add_plan(store, "Safer Dewsbury", PlanKind.TOWN_CENTRE, starts=date(2026, 4, 1))
    strand = add_theme(store, plan, title="Visibility")
    patrols = add_action(store, plan, title="Patrol the town centre every day", theme_id=strand)
    post_update(store, patrols, date(2026, 11, 2), done="Two officers started", rag="G")
    served = add_action(store, partnership, title="Visible presence in town centres")

    def add(register: Register, **values: object) -> int:
        return add_entry(store, register, values)

    jericho = add(
        Register.OPERATIONS,
        title="Operation Jericho",
        starts=date(2026, 5, 14),
        status="held",
        place="Market Place",
        lead="West Yorkshire Police",
        partners=("West Yorkshire Police", "Kirklees Council"),
        outputs=(("Taxi checks", 12), ("Arrests", 3)),
        outcome="Two drivers lost their licence",
        strand=strand,
    )
    add(
        Register.OPERATIONS,
        title="Night patrol",
        starts=date(2026, 9, 4),
        status="held",
        place="Station",
        outputs=(("taxi checks", 8),),
    )
    add(Register.OPERATIONS, title="Day of action", starts=date(2025, 6, 7), status="held", outputs=(("Arrests", 5),))
    to_come = add(Register.OPERATIONS, title="Winter lights", starts=date(2026, 12, 4), place="Market Place")
    untold = add(Register.OPERATIONS, title="Market checks", starts=date(2026, 11, 10))
    late = add(
        Register.FOLLOW_UPS, operation=jericho, title="Write to the landlord", owner="Amira Khan", due=date(2026, 11, 1)
    )
    due = add(
        Register.FOLLOW_UPS,
        operation=jericho,
        title="Repair the camera",
        owner="Kirklees Council",
        due=date(2027, 1, 15),
    )
    order = {"order_name": "Dewsbury PSPO", "starts": date(2023, 10, 1)}
    expired = add(Register.ORDER_CLAUSES, **order, clause="1 Drinking in the street", expires=date(2026, 9, 30))
    warned = add(Register.ORDER_CLAUSES, **order, clause="2 Begging", expires=date(2027, 2, 28), owner="Amira Khan")
    add(Register.ORDER_CLAUSES, **order, clause="3 Vehicles", expires=date(2028, 2, 28))
    said = add(
        Register.FEEDBACK, dated=date(2026, 11, 5), source="resident", place="Station", said="Mrs Smith feels unsafe"
    )
    add(
        Register.FEEDBACK,
        dated=date(2026, 10, 5),
        source="business",
        place="Market Place",
        said="Too dark after five",
        answer="Lights were mended",
        answered_on=date(2026, 10, 20),
    )
    return Town(plan, patrols, served, jericho, to_come, untold, late, due, expired, warned, said)
