"""Edits of columns, headings and sheets, and of what is hidden from the owner."""

from models.vocabulary import LifecycleStatus
from tests.csp_desktop.imports.returns.owner_desk import LIGHTS, ORDER, WARDENS
from tests.libreoffice.edits import Edit, Outcome, do, due, each, reported
from tests.libreoffice.partnership import GATES

COMPLETE = LifecycleStatus.COMPLETE
WRITTEN = [do("type", ref=ORDER, texts={"Your update": "Written first.", "Due (forecast)": "01/10/2027"})]
TAKEN = reported(ORDER, "Written first.") | due([ORDER], "2027-10-01")
DAYS = ["Start", "Due (original)", "Due (forecast)"]

EDITS = (
    Edit(
        "columns moved",
        [
            *WRITTEN,
            do("move_column", heading="Due (forecast)", before="Action"),
            do("move_column", heading="Your update", before="Theme"),
        ],
        Outcome(takes=TAKEN),
    ),
    Edit(
        "columns moved without the hidden cell above them",
        [
            *WRITTEN,
            do("move_cells", heading="Due (forecast)", before="Action"),
            do("move_cells", heading="Your update", before="Start"),
        ],
        Outcome(takes=TAKEN),
    ),
    Edit(
        "headings renamed",
        [
            *WRITTEN,
            do("rename", heading="Your update", to="What we did"),
            do("rename", heading="Due (forecast)", to="Deadline"),
            do("rename", heading="Ref", to="Our number"),
        ],
        Outcome(takes=TAKEN),
    ),
    Edit(
        "a column of the owner's own",
        [*WRITTEN, do("insert_column", before="Status", heading="Budget code", texts={ORDER: "X-100", GATES: "X-200"})],
        Outcome(takes=TAKEN, says=("“Budget code” is a column that the owner added",)),
    ),
    Edit(
        "a column copied beside the table",
        [*WRITTEN, do("copy_column", heading="Your update")],
        Outcome(takes=TAKEN, says=("“Your update” is a column that the owner added",)),
    ),
    Edit(
        "columns deleted",
        [*WRITTEN, do("delete_columns", headings=["Success measure", "Start", "Theme"])],
        Outcome(takes=TAKEN),
        request={"clears": True},
    ),
    Edit(
        "the hidden row id shown and deleted",
        [*WRITTEN, do("show_all"), do("delete_columns", headings=["_rid"])],
        Outcome(takes=TAKEN),
    ),
    Edit(
        "everything hidden shown, and the row above the headings deleted",
        [*WRITTEN, do("show_all"), do("delete_marks")],
        Outcome(takes=TAKEN),
    ),
    Edit(
        "everything hidden shown, saved as .ods and then .xls",
        [*WRITTEN, do("show_all")],
        Outcome(takes=TAKEN),
        saves=("ods", "xls"),
    ),
    Edit(
        "the hidden sheets deleted",
        [*WRITTEN, do("delete_sheet", name="_csp"), do("delete_sheet", name="_lists")],
        Outcome(takes=TAKEN),
    ),
    Edit(
        "everything above the headings deleted, and the hidden sheet too",
        [*WRITTEN, do("delete_lines_above"), do("delete_sheet", name="_csp")],
        Outcome(takes=TAKEN),
    ),
    Edit(
        "a line put in at the top of the sheet",
        [do("insert_line_above", text="Amina\u2019s copy, second draft"), *WRITTEN],
        Outcome(takes=TAKEN),
    ),
    Edit(
        "a sheet copied, and the copy filled in",
        [
            do("type", ref=ORDER, texts={"Your update": "In the first"}),
            do("copy_sheet", name="Actions", to="Actions_2"),
            do("type", sheet="Actions_2", ref=LIGHTS, texts={"Your update": "In the copy"}),
            do("type", sheet="Actions_2", ref=WARDENS, texts={"Status": "Complete"}),
        ],
        Outcome(
            takes=reported(ORDER, "In the first") | reported(LIGHTS, "In the copy") | each([WARDENS], status=COMPLETE)
        ),
    ),
    Edit(
        "sheets renamed",
        [
            *WRITTEN,
            do("rename_sheet", name="Actions", to="Amina\u2019s actions"),
            do("rename_sheet", name="Milestones", to="Steps"),
        ],
        Outcome(takes=TAKEN),
    ),
    Edit("the first sheet saved as .csv", WRITTEN, Outcome(takes=TAKEN), saves=("csv",)),
    Edit(
        "the first sheet saved as .csv, its days in figures",
        [*WRITTEN, do("show_as", headings=DAYS, code="DD/MM/YYYY")],
        Outcome(takes=TAKEN),
        saves=("csv",),
    ),
)
