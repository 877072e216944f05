from datetime import date

import pytest

from csp_desktop.commands.town_centre import (
    Held,
    complete_follow_up,
    hold_operation,
    link_action,
    renew_clause,
    unlink_action,
)
from csp_desktop.errors import CspError
from csp_desktop.queries.entries import find_entry
from csp_desktop.queries.town_centre import read_town_centre, served_actions
from csp_desktop.registers.forms import Register
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.terms import OperationStatus
from models.vocabulary import LifecycleStatus
from tests.csp_desktop.queries.town_centres import Town, fill
from tests.factories import TODAY

STARTS, EXPIRES = date(2027, 3, 1), date(2030, 2, 28)


@pytest.fixture
def store(empty_plan_store: Store) -> Store:
    return empty_plan_store


@pytest.fixture
def town(store: Store) -> Town:
    return fill(store)


def test_a_held_operation_says_what_came_of_it_and_an_undo_takes_it_back(store: Store, town: Town) -> None:
    held = Held(("West Yorkshire Police",), (("Stalls checked", 30),), "All had a licence")
    hold_operation(store, town.untold, 1, held, TODAY)

    found = find_entry(store, Register.OPERATIONS, town.untold)
    assert found.word("status", OperationStatus) is OperationStatus.HELD
    assert found.counts("outputs") == (("Stalls checked", 30),)
    assert found.names("partners") == ("West Yorkshire Police",)
    store.undo()
    before = find_entry(store, Register.OPERATIONS, town.untold)
    assert before.word("status", OperationStatus) is OperationStatus.PLANNED
    assert before.counts("outputs") == ()


def test_nothing_can_have_come_of_an_operation_that_has_not_begun(store: Store, town: Town) -> None:
    with pytest.raises(CspError, match="4 Dec 2026"):
        hold_operation(store, town.to_come, 1, Held((), (), ""), TODAY)


def test_a_follow_up_that_is_done_is_no_longer_asked_for(store: Store, town: Town) -> None:
    complete_follow_up(store, town.late, 1, TODAY)

    found = find_entry(store, Register.FOLLOW_UPS, town.late)
    assert (found.word("status", LifecycleStatus), found.day("done_on")) == (LifecycleStatus.COMPLETE, TODAY)
    assert [row.id for row in read_town_centre(store, TODAY).open_follow_ups] == [town.due]
    with pytest.raises(CspError, match="Someone changed this"):
        complete_follow_up(store, town.late, 1, TODAY)


def test_a_renewed_clause_is_followed_by_one_with_the_same_words(store: Store, town: Town) -> None:
    before = find_entry(store, Register.ORDER_CLAUSES, town.warned)
    new = renew_clause(store, town.warned, before.version, STARTS, EXPIRES)

    after = find_entry(store, Register.ORDER_CLAUSES, new)
    assert after.values == {**before.values, "starts": STARTS, "expires": EXPIRES}
    assert after.ids == before.ids
    assert [row.id for row in read_town_centre(store, TODAY).asking_clauses] == [town.expired]
    now = find_entry(store, Register.ORDER_CLAUSES, town.warned)
    with pytest.raises(CspError, match="renewed already"):
        renew_clause(store, town.warned, now.version, STARTS, EXPIRES)
    store.undo()
    assert [row.id for row in read_town_centre(store, TODAY).asking_clauses] == [town.expired, town.warned]


@pytest.mark.parametrize(
    ("starts", "expires"),
    [(STARTS, date(2030, 3, 1)), (STARTS, date(2027, 2, 1))],
    ids=["too long", "before it starts"],
)
def test_a_renewal_keeps_to_the_law_and_to_the_calendar(store: Store, town: Town, starts: date, expires: date) -> None:
    with pytest.raises(FieldError) as refused:
        renew_clause(store, town.warned, 1, starts, expires)
    assert refused.value.field == "expires"


def test_an_action_serves_one_of_another_plan_once(store: Store, town: Town) -> None:
    link_action(store, town.patrols, town.served)

    (link,) = served_actions(store, town.plan)[town.patrols]
    assert (link.serves_id, link.title) == (town.served, "Visible presence in town centres")
    with pytest.raises(CspError, match="already"):
        link_action(store, town.patrols, town.served)
    with pytest.raises(CspError, match="same plan"):
        link_action(store, town.patrols, town.patrols)
    unlink_action(store, town.patrols, town.served)
    assert served_actions(store, town.plan) == {}
