"""Edits that owners are asked for: boxes filled in, dates, percentages and words typed, in every format."""

from models.vocabulary import DueKind, LifecycleStatus
from tests.csp_desktop.imports.returns.owner_desk import LIGHTS, ORDER, TRADERS, WARDENS
from tests.libreoffice.edits import Edit, Outcome, day, do, due, each, reported
from tests.libreoffice.partnership import GATES, GUIDE, OUTREACH, PANEL

COMPLETE, ON_HOLD = LifecycleStatus.COMPLETE, LifecycleStatus.ON_HOLD
LINES = "Order drafted,\n\nand consulted on \u2013 “yes” from 12 of 14; £3,000 left 👍"
REASON = "Legal advice late; back on track by 31/01/2027"
BOXES = {
    "Your update": LINES,
    "Your RAG": "Amber",
    "Reason and recovery date": REASON,
    "Percent done": "45%",
    "Next steps": "Seal the order",
}
SIGNS = {
    ORDER: "=1+1 is how the form was headed",
    LIGHTS: "+44 1484 221000 is the number to call",
    WARDENS: "007",
    TRADERS: "-20% thefts; @Dewsbury market",
    OUTREACH: "'=SUM(A1)",
    GUIDE: "Café\n\nnaïve \u2013 “ok” 🚔🏽 日本語 _x0041_",
    PANEL: "TRUE",
}
PERCENTS = {ORDER: ("45%", 45), LIGHTS: ("0.5", 50), WARDENS: ("60.0%", 60), TRADERS: ("0%", 0), GUIDE: ("90%", 90)}


def filled(*saves: str) -> Edit:
    takes = reported(ORDER, LINES, rag="A", percent=45, next_steps="Seal the order", reason=REASON)
    name = f"all boxes of a row filled in, saved as .{' and then .'.join(saves)}"
    return Edit(name, [do("type", ref=ORDER, texts=BOXES)], Outcome(takes=takes), saves=saves)


EDITS = (
    Edit(
        "one update filled in",
        [do("type", ref=LIGHTS, texts={"Your update": "Lamps are up."})],
        Outcome(takes=reported(LIGHTS, "Lamps are up.")),
    ),
    filled("xlsx"),
    filled("ods"),
    filled("xls"),
    filled("ods", "xlsx"),
    Edit(
        "everything else of a row changed",
        [
            do(
                "type",
                ref=ORDER,
                texts={
                    "Action": "Renew the order for three more years",
                    "Lead officer": "Tom Briggs; Leah Stone",
                    "Supporting": "Northshire Police",
                    "Start": "01/06/2026",
                    "Due (forecast)": "31/03/2027",
                    "Status": "Complete",
                    "Success measure": "No breach in a year",
                },
            )
        ],
        Outcome(
            takes=due([ORDER], "2027-03-31")
            | each(
                [ORDER],
                title="Renew the order for three more years",
                lead_officer="Tom Briggs",
                supporting_people=("Leah Stone",),
                supporting_partners=("Northshire Police",),
                start=day("2026-06-01"),
                start_text="01/06/2026",
                status=COMPLETE,
                success_measure="No breach in a year",
            ),
            says=("Leah Stone",),
        ),
    ),
    Edit(
        "dates typed, pasted as text, and words in their place",
        [
            do("type", ref=ORDER, texts={"Due (forecast)": "31/03/2027"}),
            do("paste_text", ref=LIGHTS, texts={"Due (forecast)": "31/03/2027"}),
            do("type", ref=WARDENS, texts={"Due (forecast)": "Ongoing"}),
            do("paste_cells", ref=TRADERS, texts={"Due (forecast)": "05/04/2027"}),
            do("paste_text", ref=GATES, texts={"Due (forecast)": "by 30th June 2027"}),
        ],
        Outcome(
            takes=due([ORDER, LIGHTS], "2027-03-31")
            | each([WARDENS], forecast_due=None, due_kind=DueKind.ONGOING, due_text="Ongoing")
            | due([TRADERS], "2027-04-05")
            | due([GATES], "2027-06-30", "by 30th June 2027")
        ),
    ),
    Edit(
        "all days shown in figures",
        [
            do("show_as", headings=["Start", "Due (forecast)", "Due (original)"], code="DD/MM/YY"),
            do("type", ref=ORDER, texts={"Due (forecast)": "02/03/27"}),
        ],
        Outcome(takes=due([ORDER], "2027-03-02")),
    ),
    Edit(
        "percentages typed with a sign and as shares",
        [do("type", ref=ref, texts={"Percent done": text}) for ref, (text, _) in PERCENTS.items()],
        Outcome(
            takes={
                key: value
                for ref, (_, of) in PERCENTS.items()
                for key, value in reported(ref, None, percent=of).items()
            }
        ),
    ),
    Edit(
        "45 pasted where 45% belongs",
        [do("paste_cells", ref=ORDER, texts={"Percent done": "45"})],
        Outcome(takes=reported(ORDER, None, percent=45)),
    ),
    Edit(
        "words that begin like formulas, or look like something else",
        [do("type", ref=ref, texts={"Your update": text}) for ref, text in SIGNS.items()],
        Outcome(takes={key: value for ref, text in SIGNS.items() for key, value in reported(ref, text).items()}),
    ),
    Edit(
        "list words typed in small letters, by their letter, in another form",
        [
            do("type", ref=ORDER, texts={"Your RAG": "amber", "Reason and recovery date": REASON}),
            do("type", ref=LIGHTS, texts={"Your RAG": "r", "Reason and recovery date": REASON}),
            do("type", ref=WARDENS, texts={"Status": "completed"}),
            do("type", ref=GATES, texts={"Status": "ON HOLD"}),
        ],
        Outcome(
            takes=reported(ORDER, None, rag="A", reason=REASON)
            | reported(LIGHTS, None, rag="R", reason=REASON)
            | each([WARDENS], status=COMPLETE)
            | each([GATES], status=ON_HOLD)
        ),
    ),
    Edit(
        "spaces alone, and a name the other way round",
        [
            do("paste_text", ref=ORDER, texts={"Status": "  In   progress ", "Success measure": " Measure\u00a00 "}),
            do("paste_text", ref=LIGHTS, texts={"Action": "Light  the underpass\n", "Lead officer": "Shah, Amina"}),
        ],
    ),
    Edit(
        "words replaced in the whole sheet",
        [do("replace", old="Go on", new="Carry on")],
        Outcome(takes=each([ORDER, LIGHTS, WARDENS, TRADERS], next_steps="Carry on", updates=2)),
    ),
)
