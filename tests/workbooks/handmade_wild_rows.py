"""Workbooks whose rows are the trouble: prepared and hidden ones, prompts, ticks, merged cells, totals, asides."""

from datetime import date

from tests.workbooks.handmade_parts import COMMUNITIES, NEIGHBOURHOODS, VIOLENCE
from tests.workbooks.handmade_wild import Told, Wild, wild_case

DUE = "31/03/2027"

PREPARED = wild_case(
    "rows made ready",
    Wild(
        {
            "Plan": [
                ["No.", "Action", "Lead", "Start", "Due", "% complete", "RAG", "Done?"],
                [1, "Fit alley gates", "Tom Briggs", "01/04/2026", DUE, 45, "G", "\u2610"],
                [2, None, None, None, date(1900, 1, 30), 0, "< Select >", "\u2610"],
                [3, None, None, None, date(1900, 1, 30), 0, "< Select >", "\u2610"],
                [4, None, "Please select", None, "dd/mm/yyyy", "0%", "Choose an item.", False],
                [5, "[insert action]", "[insert name]", "xx/xx/xxxx", "dd/mm/yy", None, "-", None],
            ]
        }
    ),
    {"Fit alley gates": {"source_ref": "1", "percent": 45, "rag": "G"}},
)

DEFAULTS = wild_case(
    "defaults in every spare row",
    Wild(
        {
            "Plan": [
                ["Ref", "Action", "Lead", "Due", "Status", "RAG"],
                ["1", "Fit alley gates", "Tom Briggs", DUE, "In progress", "G"],
                *([str(number), None, None, None, "Not started", "Green"] for number in range(2, 9)),
            ]
        }
    ),
    {"Fit alley gates": {"status": "in_progress"}},
)

PROMPTS = wild_case(
    "prompts left in the cells",
    Wild(
        {
            "Plan": [
                ["Action", "Lead", "Due date", "RAG", "Progress update"],
                ["Click or tap here to enter text.", "Choose an item.", "Click or tap to enter a date.", None, "[ ]"],
                ["Select a venue for the fair", "Joan Hirst", "Click or tap to enter a date.", "--Select--", "xxx"],
                ["Choose an evaluator", "Please select", "TBC", "Please choose", "[Insert text]"],
            ]
        }
    ),
    {
        "Select a venue for the fair": {
            "lead_officer": "Joan Hirst", "due_text": None, "rag": None, "latest_update": None,
        },
        "Choose an evaluator": {"lead_officer": None, "due_text": "TBC", "rag": None, "latest_update": None},
    },
)  # fmt: skip

HELP_ROWS = wild_case(
    "types, help and an example",
    Wild(
        {
            "Plan": [
                ["Theme", "Action", "Lead", "Due date", "RAG"],
                ["Drop-down list", "Free text", "Free text", "dd/mm/yyyy", "R/A/G/B"],
                ["Choose the theme", "What will be done?", "Name of one person", "When will it end?", "How is it?"],
                ["Example", "Hold a street party", "A. N. Other", "01/01/2026", "G"],
                [COMMUNITIES, "Hold an open day", "Hafsa Bibi", DUE, "G"],
            ]
        }
    ),
    {"Hold an open day": {"theme": COMMUNITIES}},
)  # fmt: skip

MERGED_DOWN = wild_case(
    "merged cells that mean the same as above",
    Wild(
        {
            "Plan": [
                ["Theme", "Action", "Lead", "Start", "Due", "RAG"],
                [VIOLENCE, "Open a safe room", "Rebecca Lowe", "Ongoing", None, "G"],
                [None, "Brief taxi drivers", None, "01/04/2026", DUE, None],
                [None, "Train door staff", "Sadia Rehman", "01/05/2026", DUE, "A"],
            ]
        },
        merges={"Plan": ["A2:A4", "C2:C3", "D2:E2", "F2:F3"]},
    ),
    {
        "Open a safe room": {"theme": VIOLENCE, "lead_officer": "Rebecca Lowe", "due_text": "Ongoing", "rag": "G"},
        "Brief taxi drivers": {"theme": VIOLENCE, "lead_officer": "Rebecca Lowe", "rag": "G"},
        "Train door staff": {"theme": VIOLENCE, "lead_officer": "Sadia Rehman", "rag": "A"},
    },
)

HIDDEN_ROWS = wild_case(
    "rows and a column that a filter hides",
    Wild(
        {
            "Plan": [
                ["Action", "Lead", "Due", "Comments"],
                ["Fit alley gates", "Tom Briggs", DUE, "Two fitted"],
                ["Light the underpass", "Nadia Hussain", DUE, "Lights on"],
                ["Repair the mast", "Tom Briggs", DUE, None],
                ["Walk the estate", "Tom Briggs", DUE, None],
            ],
            "Last year": [["Action", "Lead", "Due"], ["Long finished", "Tom Briggs", "31/03/2025"]],
        },
        hidden_rows={"Plan": [3, 4]},
        hidden_columns={"Plan": ["D"]},
        hidden=["Last year"],
    ),
    {
        "Fit alley gates": {"latest_update": "Two fitted"},
        "Light the underpass": {"latest_update": "Lights on"},
        "Repair the mast": {},
        "Walk the estate": {},
    },
    Told(warnings=frozenset({("Plan", "D1")})),
)

TOTALS = wild_case(
    "totals and asides below",
    Wild(
        {
            "Plan": [
                ["Ref", "Action", "Lead", "Due", "Cost"],
                ["1", "Fit alley gates", "Tom Briggs", DUE, "500"],
                ["2", "Light the underpass", "Nadia Hussain", DUE, "750"],
                [None, "Total", None, None, "1250"],
                ["Average", None, None, None, "625"],
                [],
                [None, "These costs were agreed by the board in March."],
                ["* Before VAT"],
                ["Source: finance team"],
            ]
        }
    ),
    {"Fit alley gates": {}, "Light the underpass": {}},
)

MARKERS = wild_case(
    "marker cells of a form",
    Wild(
        {
            "Return": [
                ["KC-USER_RETURN-START"],
                ["Action", "Lead", "Due date", "RAG", "KC-USER_END"],
                ["Fit alley gates", "Tom Briggs", DUE, "G", None],
                ["KC-USER_ROWS-END", None, None, None, "KC-USER_RETURN-END"],
            ]
        }
    ),
    {"Fit alley gates": {"rag": "G"}},
)

SECTIONS_AND_DITTO = wild_case(
    "section rows and ditto marks",
    Wild(
        {
            "Plan": [
                ["Ref", "Action", "Lead", "Due", "RAG"],
                [NEIGHBOURHOODS],
                ["1.1", "Mark 200 bicycles", "Lucy Haigh", DUE, "G"],
                ["1.2", "Fit alley gates", '"', "ditto", "A"],
                [COMMUNITIES],
                ["2.1", "Hold an open day", "Hafsa Bibi", "As above", "G"],
            ]
        }
    ),
    {
        "Mark 200 bicycles": {"theme": NEIGHBOURHOODS},
        "Fit alley gates": {"theme": NEIGHBOURHOODS, "lead_officer": "Lucy Haigh", "forecast_due": "2027-03-31"},
        "Hold an open day": {"theme": COMMUNITIES, "forecast_due": "2027-03-31"},
    },
)

MIXED_ORDERS = wild_case(
    "one column month first, the other day first",
    Wild(
        {
            "Plan": [
                ["Action", "Lead", "Start date", "Due date"],
                ["Fit alley gates", "Tom Briggs", "25/05/2026", "03/25/2027"],
                ["Light the underpass", "Nadia Hussain", "03/04/2026", "04/05/2027"],
            ]
        }
    ),
    {
        "Fit alley gates": {"start": "2026-05-25", "forecast_due": "2027-03-25"},
        "Light the underpass": {"start": "2026-04-03", "forecast_due": "2027-04-05"},
    },
    Told(options=("--month-first",), warnings=frozenset({("Plan", "C1")})),
)

THEME_ABOVE = wild_case(
    "the theme in a cell above",
    Wild(
        {
            "ASB": [
                ["Delivery plan 2026/27"],
                ["Theme:", NEIGHBOURHOODS],
                ["Owner:", "Lucy Haigh"],
                [],
                ["Action", "Lead", "Due", "RAG"],
                ["Mark 200 bicycles", "Lucy Haigh", DUE, "G"],
            ]
        }
    ),
    {"Mark 200 bicycles": {"theme": NEIGHBOURHOODS}},
)

ROW_CASES = (
    PREPARED,
    DEFAULTS,
    PROMPTS,
    HELP_ROWS,
    MERGED_DOWN,
    HIDDEN_ROWS,
    TOTALS,
    MARKERS,
    SECTIONS_AND_DITTO,
    MIXED_ORDERS,
    THEME_ABOVE,
)
