"""Evidence: what the partnership knows, where it happens, how far the plan answers it, and who was asked."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from typing_extensions import override

from csp_desktop.queries.evidence import list_editions, list_priorities
from csp_desktop.registers.forms import Register
from ui.desk import Desk
from ui.entries.page import RegistersPage
from ui.entries.screen import RegisterScreen
from ui.evidence.edition_form import BEGIN, beginning_edition
from ui.evidence.figures_screen import FiguresScreen
from ui.evidence.hotspots_screen import HotspotsScreen
from ui.evidence.priorities_screen import PrioritiesScreen
from ui.forms.form import FormSpec
from ui.screens.screen import Screen, Where
from ui.search import Found

HERE = "evidence"
PRIORITIES, HOTSPOTS = "priorities", "hotspots"
_FINDINGS = (
    "What was found, edition by edition: by topic, with where it comes from, how sure it is and who may see it. A "
    "finding is followed from one edition to the next by its topic and its name."
)
_EDITIONS = "Editions of the strategic intelligence assessment: a refresh every year, a full review about every three."
_AREAS = "Wards and other areas, with how many people live there: figures are matched to them by code, else by name."
_WARD_SETS = (
    "Boundaries of wards move. Each set holds from one election to another, and its figures are never compared with "
    "those of another set."
)
_CONSULTATIONS = "Who was asked about a plan or an assessment, when and how, what they said, and what changed."

MAKERS: Mapping[str, Callable[[Desk], Screen]] = {
    PRIORITIES: PrioritiesScreen,
    HOTSPOTS: HotspotsScreen,
    Register.EVIDENCE.value: partial(RegisterScreen, register=Register.EVIDENCE, about=_FINDINGS),
    Register.CONSULTATIONS.value: partial(RegisterScreen, register=Register.CONSULTATIONS, about=_CONSULTATIONS),
    Register.ASSESSMENTS.value: partial(RegisterScreen, register=Register.ASSESSMENTS, about=_EDITIONS),
    Register.AREA_FIGURES.value: FiguresScreen,
    Register.AREAS.value: partial(RegisterScreen, register=Register.AREAS, about=_AREAS, lines=1),
    Register.WARD_SETS.value: partial(RegisterScreen, register=Register.WARD_SETS, about=_WARD_SETS, lines=1),
}
TOP: tuple[tuple[str, str], ...] = (
    (PRIORITIES, "Priorities"),
    (HOTSPOTS, "Hotspots"),
    (Register.EVIDENCE.value, "Findings"),
    (Register.CONSULTATIONS.value, "Consultations"),
    (Register.ASSESSMENTS.value, "Editions"),
    (Register.AREA_FIGURES.value, "Figures"),
    (Register.AREAS.value, "Areas"),
    (Register.WARD_SETS.value, "Ward sets"),
)


class EvidencePage(RegistersPage):
    """The screens of evidence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Evidence", MAKERS, TOP)

    @override
    def form_again(self, name: str, ids: tuple[int, ...]) -> tuple[Where, FormSpec] | None:
        if name == BEGIN:
            return Where(PRIORITIES), beginning_edition(self.desk.store, self.desk.today())
        return super().form_again(name, ids)

    @override
    def offered(self) -> Sequence[Found]:
        store = self.desk.store
        screens = [Found(words, "Evidence", self._go(key)) for key, words in TOP]
        newest = list_editions(store)[:1]
        findings = [row for edition in newest for row in list_priorities(store, edition.id).findings]
        return [*screens, *(Found(row.title, "Finding", self._go(Register.EVIDENCE.value, row.id)) for row in findings)]

    def _go(self, kind: str, row_id: int = 0) -> Callable[[], None]:
        return partial(self.went_to.emit, HERE, Where(kind, row_id))
