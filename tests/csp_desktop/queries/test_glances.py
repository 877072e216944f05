"""A glance says of an action what the whole action says, in fewer words."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from csp_desktop.commands.actions import Supporter, add_action, post_update
from csp_desktop.commands.people import add_person
from csp_desktop.queries.actions import ActionRow, View, actions_by_id, list_actions
from csp_desktop.queries.glances import Glance, list_glances, search_texts
from csp_desktop.queries.plans import list_objectives, list_plans, list_themes
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.vocabulary import LifecycleStatus
from tests.factories import TODAY, Clock, new_store

ME = "Priya Patel"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A plan whose actions differ in everything that is compared."""
    made = new_store(tmp_path, Clock())
    plan = list_plans(made)[0]
    themes = list_themes(made, plan.id)
    objective = list_objectives(made, plan.id)[0]
    me, amira = add_person(made, ME), add_person(made, "Z\N{LATIN SMALL LETTER E WITH ACUTE}lie Khan")
    for number, status in enumerate(LifecycleStatus):
        for day in (date(2024, 5, 31), TODAY, TODAY + timedelta(days=10)):
            action = add_action(
                made,
                plan.id,
                (Supporter(person_id=me),) if number == 1 else (),
                title=f"Renew the order, part {number}",
                theme_id=None if number == 1 else themes[number % len(themes)].id,
                lead_person_id=(me, amira, None)[number % 3],
                status=status,
                start=day - timedelta(days=400),
                baseline_due=day,
            )
            if number % 2:
                said = {"done": "Caf\u00e9 held.", "help_needed": "A van." if number == 3 else ""}
                post_update(made, action, TODAY - timedelta(days=100 * number), rag="G", **said)
    add_action(made, plan.id, title="No dates at all", objective_id=objective.id)
    return made


def glance_of(row: ActionRow) -> Glance:
    return Glance(
        row.id,
        row.ref,
        row.title,
        fold(row.title),
        row.theme_id,
        row.objective_id,
        row.lead,
        row.due,
        row.rag,
        row.status,
        row.latest_update_on,
        ME in {row.lead_officer, *row.supporting_people},
        row.overdue_days > 0,
        row.stale,
        row.status.is_open and bool(row.help_needed),
    )


@pytest.mark.parametrize("day", [TODAY, date(2024, 6, 1), date(2028, 1, 1)])
def test_a_glance_judges_as_the_whole_action_does(store: Store, day: date) -> None:
    plan = list_plans(store)[0]
    whole = list_actions(store, View(day), plan.id)
    assert list_glances(store, day, plan.id, ME) == [glance_of(row) for row in whole]
    assert {row.overdue_days > 0 for row in whole} == {True, False}
    store.close()


def test_the_words_to_search_are_those_of_the_whole_action(store: Store) -> None:
    plan = list_plans(store)[0]
    texts = search_texts(store, plan.id)
    for row in list_actions(store, View(TODAY), plan.id):
        assert sorted(texts[row.id].split()) == sorted(row.search_text().split())
    store.close()


def test_a_page_of_actions_comes_in_the_order_asked_without_those_that_went(store: Store) -> None:
    plan = list_plans(store)[0]
    rows = {row.id: row for row in list_actions(store, View(TODAY), plan.id)}
    asked = [*sorted(rows, reverse=True)[:5], 999_999]
    assert actions_by_id(store, View(TODAY), asked) == [rows[row_id] for row_id in asked[:-1]]
    store.close()
