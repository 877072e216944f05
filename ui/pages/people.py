"""People and partners: who leads and supports, what partners have signed, who stands in, and where concerns go."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from typing_extensions import override

from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.people import list_organisations, list_people
from csp_desktop.registers.forms import Register
from ui.desk import Desk
from ui.entries.page import RegistersPage
from ui.entries.screen import RegisterScreen
from ui.forms.form import FormSpec
from ui.forms.people import MERGE_PARTNER, people_form_again
from ui.people.agreements_screen import AgreementsScreen
from ui.people.partners_screen import PartnersScreen
from ui.people.pathways_screen import PathwaysScreen
from ui.people.people_screen import PeopleScreen
from ui.screens.screen import Screen, Where
from ui.search import Found

HERE = "people"
PEOPLE, PARTNERS, PATHWAYS = (each.value for each in (Register.PEOPLE, Register.ORGANISATIONS, Register.PATHWAYS))
ABOUT_DEPUTIES = "Who stands in for whom, and between which days; one without days always does."
MAKERS: Mapping[str, Callable[[Desk], Screen]] = {
    PEOPLE: PeopleScreen,
    PARTNERS: PartnersScreen,
    Register.AGREEMENTS.value: AgreementsScreen,
    Register.DEPUTIES.value: partial(RegisterScreen, register=Register.DEPUTIES, about=ABOUT_DEPUTIES, lines=1),
    PATHWAYS: PathwaysScreen,
}
TOP: Sequence[tuple[str, str]] = (
    (PEOPLE, "People"),
    (PARTNERS, "Partners"),
    (Register.AGREEMENTS.value, "Agreements"),
    (Register.DEPUTIES.value, "Deputies"),
    (PATHWAYS, "Referral pathways"),
)


class PeoplePage(RegistersPage):
    """The screens of people and partners, and the directory of referral pathways."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "People and partners", MAKERS, TOP)

    @override
    def go_to(self, row_id: object) -> None:
        """Show a person by their id, or any screen of the page."""
        super().go_to(Where(PEOPLE, row_id) if isinstance(row_id, int) else row_id)

    @override
    def form_again(self, name: str, ids: tuple[int, ...]) -> tuple[Where, FormSpec] | None:
        spec = people_form_again(self.desk.store, name, ids, self.desk.today())
        if spec is None:
            return super().form_again(name, ids)
        return Where(PARTNERS if name == MERGE_PARTNER else PEOPLE, ids[0]), spec

    @override
    def offered(self) -> Sequence[Found]:
        store = self.desk.store
        people = [
            Found(row.name, "Person", self._go(PEOPLE, row.id))
            for row in list_people(store)
            if not row.erased_certificate
        ]
        partners = [Found(row.name, "Partner", self._go(PARTNERS, row.id)) for row in list_organisations(store)]
        pathways = [
            Found(row.text("concern"), "Pathway", self._go(PATHWAYS, row.id))
            for row in list_entries(store, Register.PATHWAYS)
        ]
        return [*people, *partners, *pathways]

    def _go(self, kind: str, row_id: int) -> Callable[[], None]:
        return partial(self.went_to.emit, HERE, Where(kind, row_id))
