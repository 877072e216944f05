"""Workbooks with several tables on a sheet: below each other, side by side, one for every project, keys beside them."""

from tests.workbooks.handmade_parts import COMMUNITIES, NEIGHBOURHOODS, RISK, VIOLENCE
from tests.workbooks.handmade_wild import Wild, wild_case

DUE = "31/03/2027"

SIDE_BY_SIDE = wild_case(
    "side by side",
    Wild(
        {
            "Two wards": [
                ["Safer streets 2026/27"],
                [],
                ["Action", "Lead", "Due date", "RAG", None, "Action", "Lead", "Due date", "RAG"],
                ["Fit gates in Ash Lane", "Al Bo", DUE, "G", None, "Light Beck Park", "Joan Hirst", "30/06/2026", "A"],
                ["Walk the estate", "Al Bo", "30/09/2026", "R", None, "Mend the Beck fence", "Jo Lee", DUE, "G"],
                [None, None, None, None, None, "Clear the Beck path", "Joan Hirst", DUE, "B"],
            ]
        }
    ),
    {
        "Fit gates in Ash Lane": {"lead_officer": "Al Bo", "forecast_due": "2027-03-31", "rag": "G"},
        "Walk the estate": {"forecast_due": "2026-09-30", "rag": "R"},
        "Light Beck Park": {"lead_officer": "Joan Hirst", "forecast_due": "2026-06-30", "rag": "A"},
        "Mend the Beck fence": {"lead_officer": "Jo Lee", "forecast_due": "2027-03-31", "rag": "G"},
        "Clear the Beck path": {"lead_officer": "Joan Hirst", "rag": "B"},
    },
)  # fmt: skip

SIDE_BY_SIDE_NAMED = wild_case(
    "side by side with names",
    Wild(
        {
            "Plan": [
                ["Delivery plan 2026/27"],
                [],
                [VIOLENCE, None, None, None, RISK],
                ["Ref", "Action", "Owner", None, "Ref", "Action", "Owner", "Deadline"],
                ["V1", "Open a safe room", "Rebecca Lowe", None, "R1", "Map repeat offenders", "Karen Holroyd", DUE],
                ["V2", "Brief taxi drivers", "Sadia Rehman", None, "R2", "Meet each month", "Karen Holroyd", "Ongoing"],
            ]
        },
        merges={"Plan": ["A3:C3", "E3:H3"]},
    ),
    {
        "Open a safe room": {"theme": VIOLENCE, "source_ref": "V1", "forecast_due": None},
        "Brief taxi drivers": {"theme": VIOLENCE, "lead_officer": "Sadia Rehman"},
        "Map repeat offenders": {"theme": RISK, "source_ref": "R1", "forecast_due": "2027-03-31"},
        "Meet each month": {"theme": RISK, "due_text": "Ongoing"},
    },
)

OFFSET_TABLES = wild_case(
    "side by side at different heights",
    Wild(
        {
            "Plan": [
                ["Action", "Lead", "Due"],
                ["Fit locks", "Tom Briggs", DUE],
                ["Mark bicycles", "Lucy Haigh", DUE, None, "Task", "Owner", "Deadline", "Comments"],
                ["Walk the market", "Tom Briggs", DUE, None, "Print leaflets", "Joan Hirst", "30/06/2026", "Printed"],
                [None, None, None, None, "Post leaflets", "Joan Hirst", "31/07/2026", None],
            ]
        }
    ),
    {
        "Fit locks": {"lead_officer": "Tom Briggs"},
        "Mark bicycles": {"lead_officer": "Lucy Haigh"},
        "Walk the market": {"latest_update": None},
        "Print leaflets": {"lead_officer": "Joan Hirst", "latest_update": "Printed"},
        "Post leaflets": {"forecast_due": "2026-07-31"},
    },
)  # fmt: skip

PROJECTS = wild_case(
    "a table for every project",
    Wild(
        {
            "Sheet1": [
                ["Safer Kirklees programme 2026/27"],
                [],
                [f"Theme: {NEIGHBOURHOODS}"],
                ["Action", "Lead", "Due", "RAG"],
                ["Mark 200 bicycles", "Lucy Haigh", DUE, "G"],
                ["Patrol the station", "Karen Holroyd", DUE, "A"],
                ["* Subject to funding"],
                [],
                [f"Theme: {COMMUNITIES}"],
                ["Action", "Lead", "Due", "RAG"],
                ["Hold an open day", "Hafsa Bibi", DUE, "G"],
                [],
                [f"Theme: {RISK}"],
                ["Action", "Lead", "Due", "RAG"],
                ["Share risk scores", "Sadia Rehman", DUE, "R"],
            ]
        }
    ),
    {
        "Mark 200 bicycles": {"theme": NEIGHBOURHOODS},
        "Patrol the station": {"theme": NEIGHBOURHOODS},
        "Hold an open day": {"theme": COMMUNITIES},
        "Share risk scores": {"theme": RISK},
    },
)

NAMES_ALONE = wild_case(
    "a name alone above each table",
    Wild(
        {
            "Sheet1": [
                ["Delivery plan 2026/27"],
                [None, VIOLENCE],
                ["Ref", "Action", "Lead", "Due"],
                [1, "Open a safe room", "Rebecca Lowe", DUE],
                ["Total", None, None, 1],
                [None, COMMUNITIES],
                ["Ref", "Action", "Lead", "Due"],
                [1, "Hold an open day", "Hafsa Bibi", DUE],
                [2, "Print a welcome pack", "Hafsa Bibi", DUE],
            ]
        }
    ),
    {
        "Open a safe room": {"theme": VIOLENCE},
        "Hold an open day": {"theme": COMMUNITIES},
        "Print a welcome pack": {"theme": COMMUNITIES, "source_ref": "2"},
    },
)

FORM_ABOVE = wild_case(
    "a form above each table",
    Wild(
        {
            "Projects": [
                ["Project:", NEIGHBOURHOODS, None, "Sponsor:", "Lucy Haigh"],
                [],
                ["Task", "Owner", "Deadline", "Progress", "RAG"],
                ["Mark 200 bicycles", "Lucy Haigh", DUE, "80 marked", "A"],
                [],
                ["Project:", COMMUNITIES, None, "Sponsor:", "Joan Hirst"],
                [],
                ["Task", "Owner", "Deadline", "Progress", "RAG"],
                ["Hold an open day", "Hafsa Bibi", DUE, "Room booked", "G"],
            ]
        }
    ),
    {
        "Mark 200 bicycles": {"theme": NEIGHBOURHOODS, "latest_update": "80 marked", "rag": "A"},
        "Hold an open day": {"theme": COMMUNITIES, "latest_update": "Room booked", "rag": "G"},
    },
)

OTHER_HEADINGS = wild_case(
    "tables with other headings below each other",
    Wild(
        {
            "Sheet1": [
                [VIOLENCE],
                ["Action", "Lead", "Due date", "RAG"],
                ["Open a safe room", "Rebecca Lowe", DUE, "G"],
                [COMMUNITIES],
                ["No.", "What will we do?", "Who", "By when", "Update"],
                ["7", "Hold an open day", "Hafsa Bibi", "30/06/2026", "Room booked"],
                ["Note: dates as agreed by the board"],
            ]
        },
        merges={"Sheet1": ["A1:D1", "A4:E4"]},
    ),
    {
        "Open a safe room": {"theme": VIOLENCE, "rag": "G"},
        "Hold an open day": {"theme": COMMUNITIES, "source_ref": "7", "latest_update": "Room booked"},
    },
)

KEY_BESIDE = wild_case(
    "a key beside the table",
    Wild(
        {
            "Plan": [
                ["Action", "Lead", "Due date", "RAG", None, "RAG", "Meaning"],
                ["Fit alley gates", "Tom Briggs", DUE, "G", None, "R", "Off track"],
                ["Light the underpass", "Nadia Hussain", DUE, "A", None, "A", "At risk"],
                [None, None, None, None, None, "G", "On track"],
                [None, None, None, None, None, "B", "Complete"],
            ]
        }
    ),
    {"Fit alley gates": {"rag": "G"}, "Light the underpass": {"rag": "A"}},
)

REPEATED_PAGES = wild_case(
    "headings on every page",
    Wild(
        {
            "Sheet1": [
                ["Kirklees delivery plan 2026/27"],
                ["Theme", "Action", "Lead", "Due"],
                [RISK, "Share risk scores", "Sadia Rehman", DUE],
                ["Kirklees delivery plan 2026/27"],
                ["Theme", "Action", "Lead", "Due"],
                [RISK, "Map repeat offenders", "Karen Holroyd", DUE],
                ["Page 2"],
            ]
        }
    ),
    {"Share risk scores": {"theme": RISK}, "Map repeat offenders": {"theme": RISK}},
)

SPACERS = wild_case(
    "narrow blank columns between",
    Wild(
        {
            "Plan": [
                ["Ref", None, "Action", None, "Lead", None, "Due date", None, "RAG", None, "Comments"],
                ["1", None, "Fit alley gates", None, "Tom Briggs", None, DUE, None, "G", None, "Two of five fitted"],
            ]
        }
    ),
    {"Fit alley gates": {"lead_officer": "Tom Briggs", "rag": "G", "latest_update": "Two of five fitted"}},
)

SHEETS_OF_OTHER_THINGS = wild_case(
    "sheets of other things",
    Wild(
        {
            "Cover": [["Safer Kirklees"], ["Prepared by Tom Briggs"]],
            "Plan": [["Action", "Lead", "Due date"], ["Fit alley gates", "Tom Briggs", DUE]],
            "Contacts": [["Name", "Lead agency", "Email"], ["Tom Briggs", "Kirklees Council", "t@example.org"]],
            "Pivot": [["Lead", "RAG", "Count of Action"], ["Tom Briggs", "G", 3], ["Grand Total", None, 3]],
            "Meetings": [["Date", "Meeting", "Venue", "Chair"], ["01/06/2026", "Board", "Town hall", "Joan Hirst"]],
            "May": [["Monday", "Tuesday", "Wednesday"], [4, 5, 6], ["Board", None, "Patrol with police"]],
            "Lists": [["Status", "RAG", "Lead"], ["Open", "R", "Tom Briggs"], ["Closed", "G", "Joan Hirst"]],
            "Risks": [["Risk", "Impact", "Mitigation", "Owner"], ["Funding ends", 4, "Bid", "Joan Hirst"]],
            "Empty plan": [["Action", "Lead", "Due date"]],
            "Letter": [["Dear Tom,"], ["Please find the plan enclosed."], ["Yours, Joan"]],
        }
    ),
    {"Fit alley gates": {"lead_officer": "Tom Briggs"}},
)  # fmt: skip

TABLE_CASES = (
    SIDE_BY_SIDE,
    SIDE_BY_SIDE_NAMED,
    OFFSET_TABLES,
    PROJECTS,
    NAMES_ALONE,
    FORM_ABOVE,
    OTHER_HEADINGS,
    KEY_BESIDE,
    REPEATED_PAGES,
    SPACERS,
    SHEETS_OF_OTHER_THINGS,
)
