"""The places of the window, in the order of the rail; imported after the unlock, and with it every page."""

from ui.pages.history import HistoryPage
from ui.pages.home import HomePage
from ui.pages.imports import ImportsPage
from ui.pages.page import Place
from ui.pages.people import PeoplePage
from ui.pages.plan import PlanPage
from ui.pages.reoffending import ReoffendingPage
from ui.pages.reports import ReportsPage
from ui.pages.workbooks import WorkbooksPage
from ui.setup.page import SetupPage

PLACES = (
    Place("home", "Home", "home", HomePage),
    Place("plan", "Plan", "plan", PlanPage),
    Place("reoffending", "Reoffending", "reoffending", ReoffendingPage),
    Place("people", "People", "people", PeoplePage),
    Place("reports", "Reports", "reports", ReportsPage),
    Place("workbooks", "Workbooks", "workbooks", WorkbooksPage),
    Place("imports", "Imports", "imports", ImportsPage),
    Place("history", "History", "history", HistoryPage),
    Place("setup", "Set-up", "setup", SetupPage, at_foot=True),
)
