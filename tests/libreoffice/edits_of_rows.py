"""Edits of rows: sorted in whole, inserted, copied, filled down, deleted, filtered, merged."""

from models.vocabulary import LifecycleStatus
from tests.csp_desktop.imports.returns.owner_desk import LIGHTS, ORDER, TRADERS, WARDENS
from tests.libreoffice.edits import Edit, Outcome, day, do, due, each, reported
from tests.libreoffice.partnership import GATES, GUIDE, OUTREACH, PANEL

COMPLETE = LifecycleStatus.COMPLETE
UPDATES = {ORDER: "Of the order.", LIGHTS: "Of the lights.", GUIDE: "Of the guide."}
WRITTEN = [do("type", ref=ref, texts={"Your update": text}) for ref, text in UPDATES.items()]
TAKEN = {key: value for ref, text in UPDATES.items() for key, value in reported(ref, text).items()}
COPY = "is a copy of"
LOCK = "Fit a lock to the depot gate"
NEW_ROW = {
    "Action": LOCK,
    "Lead officer": "Tom Briggs",
    "Due (forecast)": "31/12/2027",
    "Your update": "Quotes are in.",
}
ADDED = {LOCK: {"lead_officer": "Tom Briggs", "baseline_due": day("2027-12-31"), "latest_update": "Quotes are in."}}
VISIBLE = {"first": "Ref", "last": "Next steps"}
WHOLE = {"first": "Ref", "last": "_rid"}


def sorted_(name: str, columns: dict[str, str], save: str) -> Edit:
    """Updates written into three rows, then a sort that every visible cell takes part in."""
    deeds = [*WRITTEN, do("sort", **columns, by="Success measure")]
    return Edit(f"{name}, saved as .{save}", deeds, Outcome(takes=TAKEN), saves=(save,))


EDITS = (
    sorted_("whole rows sorted", WHOLE, "xlsx"),
    sorted_("all but the hidden row id sorted", VISIBLE, "xlsx"),
    sorted_("all but the hidden row id sorted", VISIBLE, "xls"),
    Edit(
        "a row added, then whole rows sorted",
        [*WRITTEN, do("type_below", lines=[NEW_ROW]), do("sort", **WHOLE, by="Action")],
        Outcome(takes=TAKEN, adds=ADDED),
    ),
    Edit(
        "a row added, then all but the hidden row id sorted",
        [*WRITTEN, do("type_below", lines=[NEW_ROW]), do("sort", **VISIBLE, by="Action")],
        Outcome(takes=TAKEN, adds=ADDED),
    ),
    Edit(
        "rows copied below with other titles",
        [
            do("copy_row", ref=ORDER, texts={"Action": "Quite another piece of work", "Your update": "Of the new one"}),
            do("copy_row", ref=LIGHTS, texts={"Action": "Something else again"}),
            do("type", ref=ORDER, texts={"Your update": "Of the old one"}),
        ],
        Outcome(takes=reported(ORDER, "Of the old one"), errors=2, says=(COPY,)),
    ),
    Edit(
        "a row copied below with the same title",
        [
            do("copy_row", ref=ORDER, texts={"Your update": "In the copy"}),
            do("type", ref=ORDER, texts={"Your update": "In the first"}),
        ],
        Outcome(takes=reported(ORDER, "In the first"), errors=1, says=(COPY,)),
    ),
    Edit("a row cut and put in elsewhere", [*WRITTEN, do("cut_row", ref=GUIDE, before=ORDER)], Outcome(takes=TAKEN)),
    Edit(
        "the fill handle pulled down over the Refs, which count up",
        [*WRITTEN, do("fill_down", ref=ORDER, heading="Ref", rows=3)],
        Outcome(takes=TAKEN, says=("whatever its Ref says",)),
    ),
    Edit(
        "one Ref copied down over others",
        [*WRITTEN, do("fill_same", ref=ORDER, heading="Ref", rows=3)],
        Outcome(takes=TAKEN, says=("whatever its Ref says",)),
    ),
    Edit("Refs emptied", [*WRITTEN, do("clear", refs=[PANEL, ORDER, LIGHTS], headings=["Ref"])], Outcome(takes=TAKEN)),
    Edit(
        "a status copied down over rows",
        [do("type", ref=ORDER, texts={"Status": "Complete"}), do("fill_same", ref=ORDER, heading="Status", rows=2)],
        Outcome(takes=each([ORDER, WARDENS, LIGHTS], status=COMPLETE)),
    ),
    Edit(
        "a lead copied down over rows",
        [do("fill_same", ref=TRADERS, heading="Lead officer", rows=2)],
        Outcome(takes=each([GATES, GUIDE], lead_officer="Amina Shah")),
    ),
    Edit(
        "a date pulled down over rows, which counts up by days",
        [
            do("type", ref=ORDER, texts={"Due (forecast)": "31/08/2027"}),
            do("fill_down", ref=ORDER, heading="Due (forecast)", rows=2),
        ],
        Outcome(takes=due([ORDER], "2027-08-31") | due([WARDENS], "2027-09-01") | due([LIGHTS], "2027-09-02")),
    ),
    Edit(
        "a row inserted in between with a new action",
        [
            do(
                "insert_row",
                before=WARDENS,
                texts=NEW_ROW | {"Theme": "Tackling violence, abuse and exploitation", "Your RAG": "Green"},
            ),
            *WRITTEN,
        ],
        Outcome(
            takes=TAKEN,
            adds={LOCK: ADDED[LOCK] | {"theme": "Tackling violence, abuse and exploitation", "rag": "G"}},
        ),
    ),
    Edit(
        "rows added below the table, one of them without an action",
        [
            do(
                "type_below",
                lines=[
                    {"Action": "Survey the market traders", "Due (forecast)": "30/11/2027", "Percent done": "10%"},
                    {"Action": "=Write to every shop", "Lead officer": "Amina Shah"},
                    {"Your update": "A row that says no action"},
                    {"Ref": "Please note: figures are provisional"},
                ],
            )
        ],
        Outcome(
            adds={
                "Survey the market traders": {"baseline_due": day("2027-11-30"), "percent": 10},
                "=Write to every shop": {"lead_officer": "Amina Shah"},
            },
            errors=2,
            says=("in no cell of “Action”",),
        ),
    ),
    Edit(
        "a line of totals below the table",
        [*WRITTEN, do("type_below", lines=[{"Action": "Total", "Percent done": "44%"}])],
        Outcome(takes=TAKEN),
    ),
    Edit(
        "a row emptied and another action typed into it",
        [*WRITTEN, do("type_over", ref=PANEL, texts=NEW_ROW)],
        Outcome(takes=TAKEN, errors=1, says=(f"stands where {PANEL} went out",)),
    ),
    Edit(
        "a title typed over with another action's",
        [do("type", ref=PANEL, texts={"Action": LOCK})],
        Outcome(takes=each([PANEL], title=LOCK)),
    ),
    Edit(
        "rows deleted",
        [do("delete_rows", refs=[LIGHTS, OUTREACH]), do("type", ref=ORDER, texts={"Your update": "Still here."})],
        Outcome(takes=reported(ORDER, "Still here."), missing=(LIGHTS, OUTREACH), says=("not in this file",)),
    ),
    Edit(
        "the visible cells of a row deleted, those below pulled up",
        [*WRITTEN, do("pull_up", ref=TRADERS, **VISIBLE)],
        Outcome(takes=TAKEN, missing=(TRADERS,), says=("not in this file",)),
    ),
    Edit(
        "visible cells inserted, those below pushed down",
        [*WRITTEN, do("push_down", ref=LIGHTS, **VISIBLE)],
        Outcome(takes=TAKEN),
    ),
    Edit(
        "rows filtered away and hidden, and one that shows edited",
        [
            do("keep_only", heading="Lead officer", text="Amina Shah"),
            do("type", ref=TRADERS, texts={"Your update": "They met."}),
            do("hide_rows", refs=[TRADERS]),
        ],
        Outcome(takes=reported(TRADERS, "They met.")),
    ),
    Edit(
        "rows filtered away, saved as .ods",
        [
            do("keep_only", heading="Lead officer", text="Tom Briggs"),
            do("type", ref=GUIDE, texts={"Your update": "They met."}),
        ],
        Outcome(takes=reported(GUIDE, "They met.")),
        saves=("ods",),
    ),
    Edit(
        "cells of columns merged over three rows",
        [
            do("type", ref=ORDER, texts={"Your update": "Said of the first."}),
            do("merge_down", ref=ORDER, heading="Success measure", rows=2),
            do("merge_down", ref=ORDER, heading="Your update", rows=2),
        ],
        Outcome(takes=reported(ORDER, "Said of the first."), says=("is merged with the cell above",)),
        request={"clears": True},
    ),
    Edit("the headings copied in between", [*WRITTEN, do("repeat_headings", before=LIGHTS)], Outcome(takes=TAKEN)),
)
