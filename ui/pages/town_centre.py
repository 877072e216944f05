"""The town centre: what is on, its actions, operations, orders, feedback and places."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from typing_extensions import override

from csp_desktop.queries.entries import names_in
from csp_desktop.registers.forms import Register
from ui.desk import Desk
from ui.entries.page import RegistersPage
from ui.forms.actions import ADD_ACTION, PlanWords, adding
from ui.forms.form import FormSpec
from ui.screens.screen import Screen, Where
from ui.search import Found
from ui.town_centre import kinds
from ui.town_centre.actions_screen import ActionsScreen
from ui.town_centre.forms import HOLD, RENEW, town_centre_form_again
from ui.town_centre.led_to import FollowUpsScreen, LedToScreen
from ui.town_centre.now_screen import NowScreen
from ui.town_centre.operations_screen import OperationsScreen
from ui.town_centre.orders_screen import OrdersScreen
from ui.town_centre.places_screen import PlacesScreen

ABOUT_FEEDBACK = "What people say of the town centre and what was answered: you said, we did. Name no person here."
MAKERS: Mapping[str, Callable[[Desk], Screen]] = {
    kinds.NOW: NowScreen,
    kinds.ACTIONS: ActionsScreen,
    kinds.OPERATIONS: OperationsScreen,
    kinds.FOLLOW_UPS: FollowUpsScreen,
    kinds.ORDERS: OrdersScreen,
    kinds.FEEDBACK: partial(LedToScreen, register=Register.FEEDBACK, about=ABOUT_FEEDBACK),
    kinds.PLACES: PlacesScreen,
}
TOP: Sequence[tuple[str, str]] = (
    (kinds.NOW, "What is on"),
    (kinds.ACTIONS, "Actions"),
    (kinds.OPERATIONS, "Operations"),
    (kinds.ORDERS, "Orders"),
    (kinds.FEEDBACK, "Feedback"),
    (kinds.PLACES, "Places"),
)
HERE = "town-centre"
_SHOWN_ON = {HOLD: kinds.OPERATIONS, RENEW: kinds.ORDERS}


class TownCentrePage(RegistersPage):
    """The screens of the town centre."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Town centre", MAKERS, TOP)

    @override
    def offered(self) -> Sequence[Found]:
        return [
            Found(label, "Operation", partial(self.went_to.emit, HERE, Where(kinds.OPERATIONS, row_id)))
            for row_id, label in names_in(self.desk.store, "operation").labels.items()
        ]

    @override
    def form_again(self, name: str, ids: tuple[int, ...]) -> tuple[Where, FormSpec] | None:
        store, today = self.desk.store, self.desk.today()
        spec = town_centre_form_again(store, name, ids, today)
        if spec is not None:
            return Where(_SHOWN_ON.get(name, kinds.ACTIONS)), spec
        if name == ADD_ACTION:
            return Where(kinds.ACTIONS), adding(store, PlanWords.read(store, ids[0], today), None, None)
        return super().form_again(name, ids)
