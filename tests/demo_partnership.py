"""A made-up year of the partnership in a store that was founded with the plan of 2022-2027: ``fill(store, today)``.

Run ``python -m tests.demo_partnership STORE`` to fill a store; its passphrase is in ``CSP_PASSPHRASE``.
"""

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from csp_desktop.commands.actions import add_action
from csp_desktop.commands.entries import add_in, change_in
from csp_desktop.queries.plans import find_plan, list_objectives, list_themes
from csp_desktop.registers.forms import Register
from csp_desktop.registers.naming import read_names
from csp_desktop.rules.periods import add_months
from csp_desktop.secret import find_passphrase
from csp_desktop.store import Store
from csp_desktop.terminal import now, today, who_is
from csp_desktop.workspace import open_store
from models.people import Person
from tests import demo_board, demo_evidence, demo_town_centre

MONTHS_BEFORE = 5


def fill(store: Store, day: date) -> None:
    """Enter a year up to ``day`` into every register that is kept, as one step, and the town-centre plan's actions."""
    rows = [
        *demo_board.partners(day),
        *demo_evidence.rows(day),
        *demo_town_centre.rows(day),
        *demo_board.meetings(day),
        *demo_board.delivery(day),
    ]
    with store.write("Enter the demo of the partnership") as session:
        places = read_names(session.connection(), "place")
        for register, row in rows:
            there = places.find(str(row["name"])) if register is Register.PLACES else ()
            if there:  # an import of operations names places too
                change_in(session, register, there[0], row)
            else:
                add_in(session, register, row)
        session.add_all(demo_evidence.area_figures(day))
    _add_actions(store, day)


def is_filled(store: Store) -> bool:
    """Say whether the demo is in a store already: it is entered once."""
    with store.read() as connection:
        name = demo_board.PEOPLE[0][0]
        return connection.exec_driver_sql("SELECT 1 FROM person WHERE name = ?", (name,)).first() is not None


def _add_actions(store: Store, day: date) -> None:
    plan = find_plan(store, "safer-dewsbury")
    strands = {theme.number: theme.id for theme in list_themes(store, plan.id)}
    objectives = {objective.theme_id: objective.id for objective in reversed(list_objectives(store, plan.id))}
    with store.read() as connection:
        people = dict(connection.execute(Person.__table__.select().with_only_columns(Person.name, Person.id)).all())
    for title, number, months, lead in demo_town_centre.ACTIONS:
        add_action(
            store,
            plan.id,
            title=title,
            theme_id=strands[number],
            objective_id=objectives[strands[number]],
            lead_person_id=people[lead],
            start=add_months(day, -MONTHS_BEFORE),
            baseline_due=add_months(day, months),
        )


def main(arguments: Sequence[str]) -> int:
    """Fill the store at the path given, unless it is filled already."""
    path = Path(arguments[0])
    store = open_store(path, find_passphrase(path, None, os.environ), who_is(None), now)
    try:
        if not is_filled(store):
            fill(store, today())
    finally:
        store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
