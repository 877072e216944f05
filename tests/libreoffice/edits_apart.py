"""Edits that part some columns from the others: sorts of a selection, cells pushed down and pulled up.

Into three rows something was written first. What it says may come to its own action, or be told of; what any cell says
may come to no other action.
"""

from models.vocabulary import LifecycleStatus
from tests.csp_desktop.imports.returns.owner_desk import LIGHTS, ORDER, TRADERS, WARDENS
from tests.libreoffice.edits import Edit, Outcome, day, do, due, reported
from tests.libreoffice.partnership import GUIDE

WRITTEN = [
    do("type", ref=ORDER, texts={"Your update": "Of the order.", "Due (forecast)": "01/12/2027"}),
    do("type", ref=LIGHTS, texts={"Your update": "Of the lights."}),
    do("type", ref=GUIDE, texts={"Your update": "Of the guide."}),
]
OWN = Outcome(
    takes=due([ORDER], "2027-12-01")
    | reported(ORDER, "Of the order.")
    | reported(LIGHTS, "Of the lights.")
    | reported(GUIDE, "Of the guide.")
)
STEP = "First step of Meet the traders"


def sorted_(first: str, last: str, by: str) -> Edit:
    deeds = [*WRITTEN, do("sort", first=first, last=last, by=by)]
    return Edit(f"{first} to {last} sorted by {by}", deeds, OWN)


EDITS = (
    sorted_("Ref", "Success measure", "Success measure"),
    sorted_("Ref", "Action", "Action"),
    sorted_("Theme", "Next steps", "Action"),
    sorted_("Action", "_rid", "Action"),
    sorted_("Lead officer", "Status", "Start"),
    sorted_("Action", "Action", "Action"),
    sorted_("Due (forecast)", "Due (forecast)", "Due (forecast)"),
    sorted_("Last update", "Next steps", "Last update"),
    sorted_("Success measure", "Success measure", "Success measure"),
    sorted_("Lead officer", "Lead officer", "Lead officer"),
    sorted_("Status", "Status", "Status"),
    sorted_("Your update", "Next steps", "Next steps"),
    Edit(
        "a cell inserted above a success measure, those below pushed down",
        [*WRITTEN, do("push_down", ref=GUIDE, first="Success measure", last="Success measure")],
        OWN,
    ),
    Edit(
        "all but the hidden row id of the milestones sorted",
        [
            do("type", sheet="Milestones", ref=TRADERS, texts={"Status": "Complete"}),
            do("sort", sheet="Milestones", first="Ref", last="Reached on", by="Milestone"),
        ],
        Outcome(takes={(TRADERS, STEP): (LifecycleStatus.COMPLETE, day("2026-12-04"), None)}),
    ),
    Edit(
        "a title's cell deleted, those below pulled up",
        [*WRITTEN, do("pull_up", ref=WARDENS, first="Action", last="Action")],
        OWN,
    ),
    Edit(
        "the boxes of a row deleted, those below pulled up",
        [*WRITTEN, do("pull_up", ref=WARDENS, first="Your update", last="Next steps")],
        OWN,
    ),
)
