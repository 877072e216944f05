"""The town centre's page: what waits for somebody leads on, and what is said of it is stored."""

from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.commands.town_centre import link_action
from csp_desktop.queries.entries import find_entry, list_entries
from csp_desktop.queries.town_centre import read_town_centre, served_actions, town_centre_plan
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from models.terms import OperationStatus
from tests.csp_desktop.queries.town_centres import Town
from tests.factories import TODAY
from tests.ui.town_centre.conftest import shown
from ui.desk import Desk
from ui.pages.town_centre import MAKERS, TownCentrePage
from ui.screens.screen import Where
from ui.town_centre.actions_screen import ActionsScreen
from ui.town_centre.kinds import ACTIONS, NOW, OPERATIONS, ORDERS, PLACES
from ui.town_centre.now_screen import NowScreen
from ui.town_centre.operations_screen import OperationsScreen
from ui.town_centre.orders_screen import OrdersScreen
from ui.town_centre.places_screen import PlacesScreen
from ui.widgets import RowLink

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
S = TypeVar("S")


def screen(page: TownCentrePage, kind: type[S], where: Where | None = None) -> S:
    """The screen that is shown, or the one that the page is led to."""
    if where is not None:
        page.go_to(where)
    found = page.screen_shown()
    assert isinstance(found, kind)
    return found


def said(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel) if each.text()]


def leads(widget: QWidget) -> dict[str, RowLink]:
    return {each.toolTip(): each for each in widget.findChildren(RowLink)}


def fill(page: TownCentrePage, **values: object) -> None:
    assert page.form is not None
    for key, value in values.items():
        page.form.editor(key).set_value(value)
    page.form.save()


def deed(page: TownCentrePage, words: str) -> None:
    assert page.form is not None
    next(each for each in page.form.findChildren(QPushButton) if each.text() == words).click()


def test_what_waits_for_somebody_is_said_and_leads_on(page: TownCentrePage, town: Town) -> None:
    now = screen(page, NowScreen)
    operations, follow_ups, orders, feedback = now.cards
    assert "10 Nov 2026, was it held?" in said(operations)
    assert "Amira Khan, 22 days late" in said(follow_ups)
    assert "expired on 30 Sep 2026" in said(orders)
    assert list(leads(feedback)) == ["Mrs Smith feels unsafe"]

    leads(operations)["Market checks"].click()

    shown_now = screen(page, OperationsScreen)
    assert shown_now.table.chosen() == town.untold
    assert shown_now.pane is not None
    page.go_back()
    leads(screen(page, NowScreen).cards[2])["Dewsbury PSPO: 2 Begging"].click()
    orders_screen = screen(page, OrdersScreen)
    assert orders_screen.table.chosen() == town.warned
    assert [column.key for column in orders_screen.columns() if not column.width] == ["clause"]


def test_a_follow_up_is_done_from_what_is_on(page: TownCentrePage, town: Town, store: Store) -> None:
    leads(screen(page, NowScreen).cards[1])["Write to the landlord"].click()
    deed(page, "Mark as done")

    assert [row.id for row in read_town_centre(store, TODAY).open_follow_ups] == [town.due]
    page.reread()
    assert "Write to the landlord" not in leads(screen(page, NowScreen).cards[1])


def test_what_is_on_stays_where_it_was_when_it_is_read_again(page: TownCentrePage, qtbot: QtBot) -> None:
    page.resize(900, 300)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    now = screen(page, NowScreen)
    now.take_focus()
    held = page.focusWidget()
    assert isinstance(held, QPushButton)
    page.reread()
    QApplication.processEvents()
    focused = page.focusWidget()
    assert isinstance(focused, QPushButton)
    assert (focused is not held, focused.accessibleName()) == (True, held.accessibleName())
    bar = now.findChildren(QScrollArea)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == 0


def test_an_operation_is_held_with_its_outputs_and_leaves_something_to_do(
    page: TownCentrePage, town: Town, store: Store
) -> None:
    operations = screen(page, OperationsScreen, Where(OPERATIONS, town.untold))
    assert operations.pane is not None
    assert "Its last day has passed: say what came of it." in said(operations.pane)
    operations.hold(town.untold)
    fill(page, outputs="many stalls")
    assert page.form is not None
    assert "is not a count" in page.form.refusal("outputs")
    fill(page, outputs="30 stalls checked\nArrests: 1", outcome="One stall was closed")
    assert page.form is None

    held = find_entry(store, Register.OPERATIONS, town.untold)
    assert held.word("status", OperationStatus) is OperationStatus.HELD
    assert dict(held.counts("outputs")) == {"stalls checked": 30, "Arrests": 1}

    operations.add_follow_up(town.untold)
    fill(page, title="Visit the stall again", owner="Kirklees Council")
    added = next(
        row for row in list_entries(store, Register.FOLLOW_UPS) if row.text("title") == "Visit the stall again"
    )
    assert added.row_id("operation") == town.untold
    operations.reread()
    assert operations.pane is not None
    assert "Visit the stall again" in leads(operations.pane)


def test_a_clause_is_renewed_from_the_day_after_it_expires(page: TownCentrePage, town: Town, store: Store) -> None:
    orders = screen(page, OrdersScreen, Where(ORDERS, town.warned))
    assert orders.words(town.expired) == "Expired on 30 Sep 2026"
    orders.renew_chosen()
    assert page.form is not None
    page.form.save()

    orders.reread()
    assert orders.words(town.warned) == "In force to 28 Feb 2027"
    renewed = max(orders.shown, key=lambda row: row.id)
    assert orders.words(renewed.id) == "From 1 Mar 2027"
    assert len(read_town_centre(store, TODAY).asking_clauses) == 1


def test_an_action_is_linked_to_the_partnership_action_it_serves(
    page: TownCentrePage, town: Town, store: Store, qtbot: QtBot
) -> None:
    actions = screen(page, ActionsScreen, Where(ACTIONS))
    actions.table.choose(town.patrols)
    actions.link(town.patrols)
    fill(page, serves=town.served)
    (link,) = served_actions(store, town.plan)[town.patrols]
    actions.reread()
    assert actions.pane is not None
    assert list(leads(actions.pane)) == [f"{link.ref} Visible presence in town centres"]

    with qtbot.waitSignal(page.went_to) as went:
        actions.table.row_opened.emit(town.patrols)
    assert went.args == ["plan", town.patrols]
    actions.unlink(link)
    assert served_actions(store, town.plan) == {}


def test_search_finds_an_operation_and_leads_to_it(page: TownCentrePage, town: Town, qtbot: QtBot) -> None:
    found = next(each for each in page.offered() if each.words.startswith("Operation Jericho"))
    with qtbot.waitSignal(page.went_to) as went:
        found.go()
    page.go_to(went.args[1])
    assert screen(page, OperationsScreen).table.chosen() == town.jericho


def test_without_a_plan_the_page_offers_the_starter_plan(desk: Desk, qtbot: QtBot, store: Store) -> None:
    page = shown(desk, qtbot)
    now = screen(page, NowScreen)
    assert now.absent is not None
    assert not now.cards[0].findChildren(RowLink)
    now.absent.adopt_button.click()

    plan = town_centre_plan(store)
    assert plan is not None
    assert plan.key == "safer-dewsbury"
    page.reread()
    assert screen(page, NowScreen).absent is None


def test_places_are_drawn_once_one_lies_on_the_plan(page: TownCentrePage) -> None:
    places = screen(page, PlacesScreen, Where(PLACES))
    assert places.chart is None
    market = next(row.id for row in places.shown if row.text("name") == "Market Place")
    places.edit(market)
    fill(page, across=400, down=600)
    places.reread()

    assert places.chart is not None
    assert "Market Place 1" in places.chart.accessibleDescription()
    assert places.chart.isVisible()


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind != NOW])
def test_every_table_keeps_the_rules_of_its_model(
    page: TownCentrePage, town: Town, store: Store, kind: str, qtmodeltester: ModelTester
) -> None:
    link_action(store, town.patrols, town.served)
    page.go_to(Where(kind))
    found = page.screen_shown()
    model = getattr(found, "model")  # noqa: B009 - every screen but the first has one
    assert model.rowCount()
    qtmodeltester.check(model)


@pytest.mark.parametrize("asked", ["hold", "renew", "link", "add", "follow-up"])
def test_a_form_is_found_again_after_a_lock(page: TownCentrePage, town: Town, asked: str) -> None:
    operations = screen(page, OperationsScreen, Where(OPERATIONS))
    if asked == "hold":
        operations.hold(town.untold)
    elif asked == "follow-up":
        operations.edit_follow_up(town.late)
    elif asked == "renew":
        screen(page, OrdersScreen, Where(ORDERS)).renew(town.warned)
    else:
        actions = screen(page, ActionsScreen, Where(ACTIONS))
        actions.link(town.patrols) if asked == "link" else actions.add()
    assert page.form is not None
    spec = page.form.spec()

    page.open_again(spec.name, spec.ids)

    assert page.form is not None
    assert page.form.spec().title == spec.title
