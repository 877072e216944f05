"""The places of the window, in the order of the rail; imported after the unlock, and with it every page."""

from ui.pages.board import BoardPage
from ui.pages.evidence import EvidencePage
from ui.pages.history import HistoryPage
from ui.pages.home import HomePage
from ui.pages.imports import ImportsPage
from ui.pages.measures import MeasuresPage
from ui.pages.page import Place
from ui.pages.people import PeoplePage
from ui.pages.plan import PlanPage
from ui.pages.reoffending import ReoffendingPage
from ui.pages.reports import ReportsPage
from ui.pages.town_centre import TownCentrePage
from ui.pages.workbooks import WorkbooksPage
from ui.setup.page import SetupPage

PLACES = (
    Place("home", "Home", "home", HomePage),
    Place("plan", "Plan", "plan", PlanPage),
    Place("town-centre", "Town centre", "town-centre", TownCentrePage),
    Place("reoffending", "Reoffending", "reoffending", ReoffendingPage),
    Place("board", "Board", "board", BoardPage),
    Place("evidence", "Evidence", "evidence", EvidencePage),
    Place("measures", "Measures", "measures", MeasuresPage),
    Place("people", "People", "people", PeoplePage),
    Place("reports", "Reports", "reports", ReportsPage),
    Place("workbooks", "Workbooks", "workbooks", WorkbooksPage),
    Place("imports", "Imports", "imports", ImportsPage),
    Place("history", "History", "history", HistoryPage),
    Place("setup", "Set-up", "setup", SetupPage, at_foot=True),
)
