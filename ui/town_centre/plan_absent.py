"""What stands where there is no plan of the town centre: ways to adopt the starter plan or to make one."""

from functools import partial

from PySide6.QtWidgets import QWidget

from csp_desktop.commands.starting import adopt_starter_plan
from ui.flow import Flow
from ui.forms.setup import adding_plan
from ui.reoffending.sections import Card
from ui.screens.screen import Screen
from ui.theme import px
from ui.widgets import button

STARTER = "safer-dewsbury"
ABSENT = (
    "There is no action plan of the town centre in this store yet. Adopt the starter plan, which brings its strands "
    "and objectives, or make a plan of the kind “Town centre” of your own. Operations, orders and feedback can be kept "
    "without one."
)


class PlanAbsent(Card):
    """A card with the two ways, for a screen to show."""

    def __init__(self, screen: Screen) -> None:
        super().__init__("No plan of the town centre yet", ABSENT)
        deeds = QWidget()
        row = Flow(px(8), deeds)
        self.adopt_button = button("Adopt the Safer Dewsbury starter plan", partial(adopt, screen), "primary")
        self.make_button = button("Make a plan", partial(_make, screen))
        row.addWidget(self.adopt_button)
        row.addWidget(self.make_button)
        self.column.addWidget(deeds)


def adopt(screen: Screen) -> None:
    """Adopt the starter plan from today. Raises CspError where the store has it already."""
    adopt_starter_plan(screen.desk.store, STARTER, screen.desk.today())
    screen.told.emit("The starter plan was adopted, with its strands and objectives. Ctrl+Z takes it back.")


def _make(screen: Screen) -> None:
    screen.form_asked.emit(adding_plan(screen.desk.store, screen.desk.today()))
