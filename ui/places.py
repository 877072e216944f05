"""The places of the window, in the order of the rail; imported after the unlock, and with it every page."""

from ui.pages.history import HistoryPage
from ui.pages.page import Place
from ui.pages.plan import PlanPage

PLACES = (
    Place("plan", "Plan", "plan", PlanPage),
    Place("history", "History", "history", HistoryPage),
)
