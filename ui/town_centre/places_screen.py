"""Places on a screen: the register, and below it the drawn plan with what was held at each."""

from typing_extensions import override

from csp_desktop.charts.chart import Caption
from csp_desktop.queries.town_centre import read_town_centre
from csp_desktop.registers.forms import Register
from csp_desktop.reports.blocks import Figure
from csp_desktop.reports.town_centre_figures import places_figure
from ui.charts.widget import ChartWidget
from ui.desk import Desk
from ui.reoffending.sections import Card
from ui.theme import px
from ui.town_centre.led_to import LedToScreen
from ui.widgets import scrolling

ABOUT = "Places that work happens at. Say where one lies on the drawn plan, and it is drawn below."
NOWHERE = (
    "No place lies on the plan yet: open a place and say how far across and down it lies, each from 0 to 1000. It is a "
    "drawn plan, not a map."
)
MOST_CHART_PX = 520


class PlacesScreen(LedToScreen):
    """The table takes the room that the plan leaves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Register.PLACES, ABOUT)
        self.card = Card("Operations held by place")
        self.chart: ChartWidget | None = None
        self.column.addWidget(scrolling(self.card, "Operations held by place", sideways=False), 2)

    @override
    def reread(self) -> None:
        super().reread()
        centre = read_town_centre(self.desk.store, self.desk.today())
        figure = places_figure(centre, centre.operations, "in all")
        self.card.say(NOWHERE if figure is None else f"{figure.title}.")
        if figure is not None:
            self._draw(figure)
        if self.chart is not None:
            self.chart.setVisible(figure is not None)

    def _draw(self, figure: Figure) -> None:
        if self.chart is None:
            self.chart = ChartWidget(figure.scene, figure.title, figure.alt)
            self.chart.setMaximumWidth(px(MOST_CHART_PX))
            self.card.column.addWidget(self.chart)
            self.card.column.addStretch()
        else:
            self.chart.show_scene(figure.scene, figure.title, figure.alt)
        self.chart.captioned(Caption(figure.title, figure.subtitle, figure.source))
