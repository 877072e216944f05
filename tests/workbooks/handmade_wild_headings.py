"""Workbooks whose headings are the trouble: in several rows, merged, in two languages, with odd spaces, or missing."""

from tests.workbooks.handmade_parts import VIOLENCE
from tests.workbooks.handmade_wild import Told, Wild, wild_case

DUE = "31/03/2027"

THREE_ROWS = wild_case(
    "three heading rows",
    Wild(
        {
            "Plan": [
                ["Delivery plan"],
                ["Ref", "Action", "Who", None, "When", None, "Progress", None],
                [None, None, "Lead", "Partners", "Planned", None, "RAG", "Comments"],
                [None, None, None, None, "Start", "End", None, None],
                ["1", "Open a safe room", "Rebecca Lowe", "Police", "01/04/2026", DUE, "A", "Room found"],
            ]
        },
        merges={"Plan": ["A2:A4", "B2:B4", "C2:D2", "E2:F2", "G2:H2", "C3:C4", "D3:D4", "E3:F3", "G3:G4", "H3:H4"]},
    ),
    {
        "Open a safe room": {
            "source_ref": "1", "lead_officer": "Rebecca Lowe", "start": "2026-04-01", "forecast_due": "2027-03-31",
            "rag": "A", "latest_update": "Room found",
        },
    },
    Told(header_rows={"Plan": 4}),
)  # fmt: skip

UNMERGED_GROUPS = wild_case(
    "group headings without merging",
    Wild(
        {
            "Plan": [
                ["Action", "Who", None, "When", None, "RAG"],
                [None, "Lead", "Support", "Start", "End", None],
                ["Open a safe room", "Rebecca Lowe", "Sadia Rehman", "01/04/2026", DUE, "G"],
            ]
        }
    ),
    {
        "Open a safe room": {
            "lead_officer": "Rebecca Lowe", "supporting_people": ["Sadia Rehman"], "start": "2026-04-01",
            "forecast_due": "2027-03-31", "rag": "G",
        },
    },
    Told(header_rows={"Plan": 2}),
)  # fmt: skip

TWO_LANGUAGES = wild_case(
    "headings in two languages",
    Wild(
        {
            "Cynllun": [
                ["Cynllun gweithredu / Action plan"],
                ["Cyf", "Cam gweithredu", "Arweinydd", "Dyddiad cwblhau", "Cynnydd"],
                ["Ref", "Action", "Lead", "Completion date", "Progress"],
                ["1", "Open a safe room", "Rebecca Lowe", DUE, "Room found"],
            ]
        }
    ),
    {
        "Open a safe room": {
            "source_ref": "1", "lead_officer": "Rebecca Lowe", "forecast_due": "2027-03-31",
            "latest_update": "Room found",
        },
    },
    Told(header_rows={"Cynllun": 3}),
)  # fmt: skip

ENGLISH_FIRST = wild_case(
    "English above another language",
    Wild(
        {
            "Plan": [
                ["Action", "Lead", "Due date", "Comments"],
                ["Cam gweithredu", "Arweinydd", "Dyddiad cwblhau", "Sylwadau"],
                ["Open a safe room", "Rebecca Lowe", DUE, "Room found"],
            ]
        }
    ),
    {"Open a safe room": {"lead_officer": "Rebecca Lowe", "latest_update": "Room found"}},
    Told(header_rows={"Plan": 2}),
)

ONE_CELL_TWO_LANGUAGES = wild_case(
    "two languages in one cell",
    Wild(
        {
            "Plan": [
                ["Cam gweithredu / Action", "Arweinydd / Lead", "Erbyn pryd\nBy when", "Cynnydd / Progress"],
                ["Open a safe room", "Rebecca Lowe", DUE, "Room found"],
            ]
        }
    ),
    {"Open a safe room": {"lead_officer": "Rebecca Lowe", "forecast_due": "2027-03-31", "latest_update": "Room found"}},
)

UNSEEN_LETTERS = wild_case(
    "unseen letters in headings",
    Wild(
        {
            "Plan": [
                ["Ac\u00adtion", "Lead\u00a0officer", "Due\u2003date", "\ufeffR\u200bAG", "Prog\u00adress\nupdate\t"],
                ["Open a safe room", "Rebecca Lowe", DUE, "G", "Room found"],
            ]
        }
    ),
    {
        "Open a safe room": {
            "lead_officer": "Rebecca Lowe", "forecast_due": "2027-03-31", "rag": "G", "latest_update": "Room found",
        },
    },
)  # fmt: skip

NO_HEADING = wild_case(
    "a filled column without a heading",
    Wild(
        {
            "Plan": [
                [None, "Action", "Lead", None, "Due date", "Comments"],
                ["1", "Open a safe room", "Rebecca Lowe", "north", DUE, "Room found"],
                ["2", "Brief taxi drivers", "Sadia Rehman", "south", DUE, "Begun"],
                ["3", "Train door staff", "Sadia Rehman", "west", DUE, "Booked"],
            ]
        }
    ),
    {"Open a safe room": {}, "Brief taxi drivers": {"latest_update": "Begun"}, "Train door staff": {}},
    Told(unmapped=("Column A", "Column D")),
)

SAME_TWICE = wild_case(
    "the same heading twice",
    Wild(
        {
            "Plan": [
                ["Action", "Lead", "Comments", "Due date", "Comments", "RAG", "RAG"],
                ["Open a safe room", "Rebecca Lowe", "Room found", DUE, "Keys late", "G", "A"],
            ]
        }
    ),
    {"Open a safe room": {"latest_update": "Room found", "rag": "G"}},
    Told(unmapped=("Comments (2)", "RAG (2)")),
)

EXPLAINED = wild_case(
    "headings that explain themselves",
    Wild(
        {
            "Plan": [
                [
                    "What will we do?\n(one sentence, start with a verb)", "Who is responsible?\n(one name only)",
                    "Target date\n(dd/mm/yyyy)", "RAG\n(R/A/G/B)",
                ],
                ["Open a safe room", "Rebecca Lowe", DUE, "G"],
            ]
        }
    ),
    {"Open a safe room": {"lead_officer": "Rebecca Lowe", "forecast_due": "2027-03-31", "rag": "G"}},
)  # fmt: skip

HASHTAGS = wild_case(
    "a row of hashtags",
    Wild(
        {
            "Plan": [
                ["Theme", "Action", "Lead", "Due date"],
                ["#sector+name", "#activity +name", None, "#date +end"],
                [VIOLENCE, "Open a safe room", "Rebecca Lowe", DUE],
            ]
        }
    ),
    {"Open a safe room": {"theme": VIOLENCE, "forecast_due": "2027-03-31"}},
)

TITLE_OVER_HALF = wild_case(
    "a title merged over part of the table",
    Wild(
        {
            "Plan": [
                ["Our actions to keep women safe"],
                ["Action", "Lead", "Start date", "Due date", "RAG", "Comments"],
                ["Open a safe room", "Rebecca Lowe", "01/04/2026", DUE, "G", "Room found"],
            ]
        },
        merges={"Plan": ["A1:D1"]},
    ),
    {"Open a safe room": {"start": "2026-04-01", "forecast_due": "2027-03-31", "latest_update": "Room found"}},
)

HEADING_CASES = (
    THREE_ROWS,
    UNMERGED_GROUPS,
    TWO_LANGUAGES,
    ENGLISH_FIRST,
    ONE_CELL_TWO_LANGUAGES,
    UNSEEN_LETTERS,
    NO_HEADING,
    SAME_TWICE,
    EXPLAINED,
    HASHTAGS,
    TITLE_OVER_HALF,
)
