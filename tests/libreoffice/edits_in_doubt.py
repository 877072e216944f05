"""Edits that cannot simply be taken: cells emptied, spoilt, written over, changed on both sides; and milestones."""

from models.vocabulary import CellChoice, LifecycleStatus
from tests.csp_desktop.imports.returns.owner_desk import LIGHTS, ORDER, WARDENS, Desk
from tests.libreoffice.edits import Edit, Outcome, cells, day, do, due, each, reported
from tests.libreoffice.partnership import GATES

COMPLETE, ON_HOLD = LifecycleStatus.COMPLETE, LifecycleStatus.ON_HOLD
STEP = "First step of "
BROKEN = ("Due (forecast)", "Status", "Your update", "Percent done", "Lead officer")
BROKEN_FIELDS = cells([ORDER], "forecast_due", "status", "latest_update", "percent", "lead_officer")
NEVER_EMPTY = cells([ORDER], "title", "status")
EMPTIED = (
    do("clear", refs=[ORDER], headings=["Success measure", "Due (forecast)", "Action", "Status"]),
    do("clear", refs=[LIGHTS], headings=["Lead officer"]),
    do("clear", refs=[GATES], headings=["Next steps"]),
)


def office_moves_on(desk: Desk) -> None:
    desk.office_edits(LIGHTS, forecast_due=day("2027-05-31"))
    desk.office_edits(ORDER, success_measure="Measured by the office")
    desk.office_edits(WARDENS, status=ON_HOLD)


def conflict(name: str, outcome: Outcome, **request: CellChoice) -> Edit:
    """One cell that the office has changed otherwise since, beside one that it left alone and one where both agree."""
    deeds = (
        do("type", ref=LIGHTS, texts={"Due (forecast)": "31/07/2027"}),
        do("type", ref=ORDER, texts={"Due (forecast)": "30/06/2027"}),
        do("type", ref=WARDENS, texts={"Status": "On hold"}),
    )
    return Edit(name, deeds, outcome, meanwhile=office_moves_on, request=request)


def broken(how: str, shown: str, save: str) -> Edit:
    """Errors in five cells: never blanks, even where blanks are confirmed."""
    outcome = Outcome(left=BROKEN_FIELDS, errors=1, says=(f"The cell shows {shown}",))
    deeds = (do("break", ref=ORDER, headings=list(BROKEN), how=how),)
    return Edit(f"{shown} in five cells, saved as .{save}", deeds, outcome, saves=(save,), request={"clears": True})


EDITS = (
    Edit(
        "a day that does not exist",
        [do("paste_text", ref=ORDER, texts={"Due (forecast)": "31/04/2027"})],
        Outcome(left=cells([ORDER], "forecast_due"), errors=1, says=("31/04/2027",)),
    ),
    Edit(
        "45 in a cell that shows it as 4500%",
        [do("type", ref=ORDER, texts={"Percent done": "45"})],
        Outcome(takes=reported(ORDER, None, percent=45)),
    ),
    Edit(
        "words that no list offers",
        [
            do("type", ref=ORDER, texts={"Status": "Compleet"}),
            do("type", ref=LIGHTS, texts={"Your update": "Lamps are up.", "Your RAG": "Ambre"}),
        ],
        Outcome(
            takes=reported(LIGHTS, "Lamps are up."),
            left=cells([ORDER], "status") | cells([LIGHTS], "rag"),
            errors=2,
            says=("“Complete”", "“Amber”"),
        ),
    ),
    Edit(
        "cells emptied",
        EMPTIED,
        Outcome(
            left=NEVER_EMPTY
            | cells([ORDER], "success_measure", "forecast_due")
            | cells([LIGHTS], "lead_officer")
            | cells([GATES], "next_steps"),
            errors=1,
            says=("cannot be empty", "was emptied"),
        ),
    ),
    Edit(
        "cells emptied, and that confirmed",
        EMPTIED,
        Outcome(
            takes=each([ORDER], success_measure="", forecast_due=None)
            | each([LIGHTS], lead_officer=None)
            | each([GATES], next_steps="", updates=2, superseded=1),
            left=NEVER_EMPTY,
            errors=1,
            says=("cannot be empty",),
        ),
        request={"clears": True},
    ),
    Edit(
        "a percentage emptied, and that confirmed",
        [do("clear", refs=[LIGHTS], headings=["Percent done"])],
        Outcome(takes=each([LIGHTS], percent=None)),
        request={"clears": True},
    ),
    broken("=1/0", "#DIV/0!", "xlsx"),
    broken("#REF!", "#REF!", "xlsx"),
    broken("#REF!", "#REF!", "ods"),
    broken("=1/0", "#DIV/0!", "xls"),
    Edit(
        "columns for reading only written over",
        [
            do("type", ref=ORDER, texts={"Theme": "Ours", "Last update": "Mine", "Objective": "None"}),
            do("type", ref=ORDER, texts={"Due (original)": "01/01/2020", "Last RAG": "Blue"}),
        ],
        Outcome(
            left=cells([ORDER], "theme", "last_update", "last_rag", "baseline_due", "objective"),
            says=("for reading only",),
        ),
    ),
    Edit(
        "the last RAG written over beside the new one",
        [
            do("type", ref=ORDER, texts={"Your RAG": "Green", "Last RAG": "Red", "Your update": "On course."}),
            do("type", ref=LIGHTS, texts={"Your RAG": "Amber", "Reason and recovery date": "Late", "Last RAG": "Red"}),
        ],
        Outcome(
            takes=reported(ORDER, "On course.") | reported(LIGHTS, None, rag="A", reason="Late"),
            left=cells([ORDER, LIGHTS], "last_rag"),
            says=("for reading only",),
        ),
    ),
    conflict(
        "a date that the office has moved meanwhile",
        Outcome(
            takes=due([ORDER], "2027-06-30"),
            left=cells([LIGHTS], "forecast_due"),
            conflicts=cells([LIGHTS], "forecast_due"),
            says=("changed on both sides",),
        ),
    ),
    conflict(
        "a date that the office has moved meanwhile, settled for the owner",
        Outcome(takes=due([ORDER], "2027-06-30") | due([LIGHTS], "2027-07-31")),
        resolve=CellChoice.THEIRS,
    ),
    Edit(
        "milestones reached, moved and added",
        [
            do("type", sheet="Milestones", ref=ORDER, texts={"Status": "Complete", "Reached on": "20/11/2026"}),
            do("type", sheet="Milestones", ref=LIGHTS, texts={"Due (forecast)": "15/01/2027"}),
            do(
                "type_below",
                sheet="Milestones",
                lines=[
                    {"Ref": WARDENS, "Milestone": "Course chosen", "Due (forecast)": "01/02/2027"},
                    {"Ref": "ACT-0999", "Milestone": "Of nothing"},
                ],
            ),
        ],
        Outcome(
            takes={
                (ORDER, f"{STEP}Renew the order"): (COMPLETE, day("2026-12-01"), day("2026-11-20")),
                (LIGHTS, f"{STEP}Light the underpass"): (LifecycleStatus.NOT_STARTED, day("2027-01-15"), None),
                (WARDENS, "Course chosen"): (LifecycleStatus.NOT_STARTED, day("2027-02-01"), None),
            },
            errors=1,
            says=("ACT-0999",),
        ),
    ),
)
