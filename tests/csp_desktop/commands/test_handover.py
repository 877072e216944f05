"""What one person owns goes to another in one step, and comes back with one undo."""

from datetime import date, timedelta

import pytest

from csp_desktop.commands.actions import add_action, set_status
from csp_desktop.commands.entries import add_entry
from csp_desktop.commands.erasure import erase_person
from csp_desktop.commands.handover import hand_over
from csp_desktop.commands.people import add_person
from csp_desktop.errors import CspError
from csp_desktop.queries.entries import find_entry, list_entries
from csp_desktop.queries.owned import Owned, OwnedKind, counts_owned, owned_by
from csp_desktop.queries.plans import find_plan
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from models.plan import Strategy
from models.vocabulary import LifecycleStatus
from tests.factories import TODAY

BOARD = "Communities Partnership Board"
LATER = TODAY + timedelta(days=30)
BEFORE = TODAY - timedelta(days=30)
SEATS = Register.GROUP_MEMBERS


def of_everything(store: Store, owner: int) -> None:
    """Let a person own one thing of every kind that is open, and one that is closed where there is such."""
    plan = find_plan(store).id
    add_action(store, plan, title="Renew the order", lead_person_id=owner, forecast_due=LATER)
    done = add_action(store, plan, title="Done", lead_person_id=owner)
    set_status(store, done, LifecycleStatus.COMPLETE, TODAY)
    who = ("person", owner)
    add_entry(store, Register.OPERATIONS, {"title": "Jericho", "starts": BEFORE})
    for title, status in (("Call back", "not_started"), ("Called", "complete")):
        add_entry(store, Register.FOLLOW_UPS, {"operation": "Jericho", "title": title, "owner": who, "status": status})
    for clause, expires in (("1", LATER), ("2", BEFORE)):
        values = {"order_name": "PSPO", "clause": clause, "expires": expires, "owner": who}
        add_entry(store, Register.ORDER_CLAUSES, values)
    meetings = [
        add_entry(store, Register.MEETINGS, {"group": BOARD, "held_on": day, "status": status, "chair": owner})
        for day, status in ((LATER, "planned"), (BEFORE, "held"))
    ]
    for meeting in meetings:
        add_entry(store, Register.AGENDA, {"meeting": meeting, "title": "Budget", "position": 1, "presenter": owner})
    days: dict[str, dict[str, object]] = {"open": {}, "completed": {"completed_on": BEFORE}}
    days["closed"] = {"completed_on": BEFORE, "closed_on": BEFORE, "closed_at": meetings[1]}
    for title, status in (("Write", "open"), ("Written", "completed"), ("Closed", "closed")):
        entry = {"group": BOARD, "title": title, "owner": who, "status": status, **days[status]}
        add_entry(store, Register.LOG, entry)
    add_entry(store, Register.MEASURES, {"title": "ASB incidents", "unit": "count", "owner": who})
    for title, status in (("Money", "open"), ("Gone", "closed")):
        risk = {"title": title, "likelihood": 3, "impact": 4, "owner": who, "status": status}
        add_entry(store, Register.RISKS, risk)
    add_entry(store, Register.PATHWAYS, {"concern": "Hoarding", "owner": who})
    for title, done_on in (("Refresh", None), ("Refreshed", BEFORE)):
        add_entry(store, Register.KEY_DATES, {"title": title, "due": LATER, "owner": who, "done_on": done_on})
    with store.write("Name who owns a strategy") as session:
        session.get_one(Strategy, 1).owner_person_id = owner
    add_entry(store, SEATS, {"group": BOARD, "person": owner, "role": "Chair", "starts": BEFORE})


def said(owned: tuple[Owned, ...]) -> dict[OwnedKind, list[str]]:
    return {kind: [each.title for each in owned if each.kind is kind] for kind in OwnedKind}


@pytest.fixture
def owner(store: Store) -> int:
    owner = add_person(store, "Amina Shah")
    of_everything(store, owner)
    return owner


def test_everything_open_goes_over_and_one_undo_brings_it_back(store: Store, owner: int) -> None:
    heir = add_person(store, "Tom Briggs")
    before = owned_by(store, owner, TODAY)
    assert said(before) == {
        OwnedKind.ACTIONS: ["Renew the order"],
        OwnedKind.LOG: ["Write", "Written"],
        OwnedKind.FOLLOW_UPS: ["Call back"],
        OwnedKind.CLAUSES: ["PSPO: 1"],
        OwnedKind.MEASURES: ["ASB incidents"],
        OwnedKind.RISKS: ["Money"],
        OwnedKind.PATHWAYS: ["Hoarding"],
        OwnedKind.STRATEGIES: said(before)[OwnedKind.STRATEGIES],
        OwnedKind.KEY_DATES: ["Refresh"],
        OwnedKind.MEETINGS: [BOARD],
        OwnedKind.AGENDA: ["Budget"],
        OwnedKind.SEATS: [f"{BOARD}, Chair"],
    }
    assert counts_owned(store, TODAY) == {owner: len(before)}
    done = hand_over(store, owner, heir, TODAY)
    assert done.counts == {kind: len(titles) for kind, titles in said(before).items()}
    assert owned_by(store, owner, TODAY) == ()
    after = owned_by(store, heir, TODAY)
    assert [(each.kind, each.title) for each in after] == [(each.kind, each.title) for each in before]
    assert [row.text("owner") for row in list_entries(store, Register.RISKS)] == ["Tom Briggs", "Amina Shah"]
    seats = {row.text("person"): row for row in list_entries(store, SEATS) if row.text("person")}
    assert seats["Amina Shah"].day("ends") == TODAY - timedelta(days=1)
    assert (seats["Tom Briggs"].day("starts"), seats["Tom Briggs"].text("role")) == (TODAY, "Chair")
    store.undo()
    assert owned_by(store, owner, TODAY) == before
    assert owned_by(store, heir, TODAY) == ()


def test_only_the_kinds_chosen_go_over(store: Store, owner: int) -> None:
    heir = add_person(store, "Tom Briggs")
    done = hand_over(store, owner, heir, TODAY, {OwnedKind.RISKS, OwnedKind.MEASURES})
    assert done.words == "Measures: 1; Risks: 1"
    assert {each.kind for each in owned_by(store, heir, TODAY)} == {OwnedKind.RISKS, OwnedKind.MEASURES}
    with pytest.raises(CspError, match="nothing to hand over"):
        hand_over(store, owner, heir, TODAY, {OwnedKind.RISKS})


def test_somebody_who_comes_back_has_one_seat_again(store: Store) -> None:
    away, cover = add_person(store, "Amina Shah"), add_person(store, "Tom Briggs")
    add_entry(store, SEATS, {"group": BOARD, "person": away, "role": "Chair", "starts": date(2024, 5, 1)})
    hand_over(store, away, cover, TODAY)
    hand_over(store, cover, away, LATER)
    seats = {row.text("person"): row for row in list_entries(store, SEATS) if row.text("person")}
    assert (seats["Amina Shah"].day("starts"), seats["Amina Shah"].day("ends")) == (LATER, None)
    assert seats["Tom Briggs"].day("ends") == LATER - timedelta(days=1)


def test_a_seat_that_has_not_begun_is_simply_the_others(store: Store) -> None:
    leaver, heir = add_person(store, "Amina Shah"), add_person(store, "Tom Briggs")
    seat = add_entry(store, SEATS, {"group": BOARD, "person": leaver, "starts": LATER})
    hand_over(store, leaver, heir, TODAY)
    row = find_entry(store, SEATS, seat)
    assert (row.text("person"), row.day("starts"), row.day("ends")) == ("Tom Briggs", LATER, None)


def test_nobody_hands_over_to_themselves_or_to_an_erased_person(store: Store, owner: int) -> None:
    gone = add_person(store, "Tom Briggs")
    erase_person(store, gone, "Erasure certificate 1")
    with pytest.raises(CspError, match="somebody else"):
        hand_over(store, owner, owner, TODAY)
    with pytest.raises(CspError, match="was erased"):
        hand_over(store, owner, gone, TODAY)
