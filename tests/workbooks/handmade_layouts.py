"""Workbooks whose trouble is their layout: titles above, merged headings, other orders, sections, many sheets."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.workbooks.handmade_parts import COMMUNITIES, NEIGHBOURHOODS, VIOLENCE, Case, Cell, Rows, write_sheets


def build_title_rows(path: Path) -> None:
    """Write a table that starts in row 7, column B, below titles and a note, and ends in a total and footnotes."""
    rows: Rows = [
        [None, "Kirklees Communities Partnership"],
        [],
        [None, "Action plan 2026/27: owner's return"],
        [None, "Last updated", date(2026, 10, 2), None, "Version", "0.3 draft"],
        [None, "Please send questions about the action plan to the lead for the theme."],
        [],
        [None, "No.", "Action ", "Lead\nofficer", "Start date", "Due date", "% complete", "RAG", "Progress"],
        [
            None,
            1,
            "Fit alley gates",
            "Tom Briggs",
            date(2026, 4, 1),
            date(2026, 12, 18),
            0.45,
            "G",
            "Two of five fitted.",
        ],
        [None, 2, "Light the underpass", "Nadia Hussain", date(2026, 5, 5), date(2026, 7, 31), 1, "B", "Lights on."],
        [None, 3, "Repair the CCTV mast", "Tom Briggs", None, date(2027, 1, 29), 0, None, None],
        [],
        [None, "Total", None, None, None, None, 0.48],
        [None, "* Gates need planning permission."],
        [None, "Source: owners' returns"],
    ]
    write_sheets(path, {"Plan 26-27": rows})
    book = load_workbook(path)
    for row in range(8, 13):
        book["Plan 26-27"].cell(row, 7).number_format = "0%"
    book.save(path)


TITLE_ROWS = Case(
    name="title rows",
    suffix=".xlsx",
    build=build_title_rows,
    header_rows={"Plan 26-27": 7},
    actions=(
        {
            "title": "Fit alley gates", "source_ref": "1", "lead_officer": "Tom Briggs", "start": "2026-04-01",
            "baseline_due": "2026-12-18", "forecast_due": "2026-12-18", "percent": 45, "rag": "G",
            "latest_update": "Two of five fitted.", "theme": None,
        },
        {
            "title": "Light the underpass", "source_ref": "2", "lead_officer": "Nadia Hussain", "percent": 100,
            "rag": "B", "latest_update": "Lights on.",
        },
        {
            "title": "Repair the CCTV mast", "source_ref": "3", "start": None, "forecast_due": "2027-01-29",
            "percent": 0, "rag": None, "latest_update": None,
        },
    ),
)  # fmt: skip


def build_merged_headings(path: Path) -> None:
    """Write two rows of headings, some merged across and some down, above plain rows."""
    rows: Rows = [
        ["Delivery plan"],
        ["Ref", "Theme", "What will we do?", "Lead", None, "Timescale", None, "Quarter 2 2026/27", None],
        [None, None, None, "Officer", "Organisation", "Start", "End", "RAG", "Commentary"],
        [
            "VA1", VIOLENCE, "Open a safe room", "Rebecca Lowe", "Kirklees Council", date(2026, 4, 1), "31/03/2027",
            "Amber", "Room found, works late.",
        ],
        [
            "VA2", VIOLENCE, "Brief taxi drivers", "Sadia Rehman", "West Yorkshire Police", "1 May 2026",
            date(2026, 11, 30), "Green", "Four briefings held.",
        ],
    ]  # fmt: skip
    merges = ["A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:I2"]
    write_sheets(path, {"Delivery plan": rows}, {"Delivery plan": merges})


MERGED_HEADINGS = Case(
    name="merged headings",
    suffix=".xlsx",
    build=build_merged_headings,
    actions=(
        {
            "title": "Open a safe room", "source_ref": "VA1", "theme": VIOLENCE, "lead_officer": "Rebecca Lowe",
            "lead_partner": "Kirklees Council", "start": "2026-04-01", "forecast_due": "2027-03-31",
            "due_text": "31/03/2027", "rag": "A", "latest_update": "Room found, works late.",
        },
        {
            "title": "Brief taxi drivers", "source_ref": "VA2", "lead_officer": "Sadia Rehman",
            "lead_partner": "West Yorkshire Police", "start": "2026-05-01", "forecast_due": "2026-11-30", "rag": "G",
            "latest_update": "Four briefings held.",
        },
    ),
)  # fmt: skip


def build_column_order(path: Path) -> None:
    """Write the columns back to front, with odd and misspelt headings and one that means nothing to a plan."""
    rows: Rows = [
        [
            "BRAG", "Position", "By when?", "Budget code", "With", "Respnsible officer", "Deliverable",
            "How will we know?", "ID", "Theme",
        ],
        [
            "Green", "Meeting held", date(2026, 12, 4), "HX-104", "Housing; Police", "Lena Wójcik",
            "Start a landlords' forum", "Forum meets twice", "C/7", COMMUNITIES,
        ],
        [
            "Red", "No venue", date(2026, 9, 11), "HX-105", "VCS", "Imran Dadabhoy", "Hold a residents' fair",
            "300 visitors", "C/8", COMMUNITIES,
        ],
    ]  # fmt: skip
    write_sheets(path, {"Sheet1": rows})


COLUMN_ORDER = Case(
    name="column order",
    suffix=".xlsx",
    build=build_column_order,
    header_rows={"Sheet1": 1},
    unmapped=("Budget code",),
    actions=(
        {
            "title": "Start a landlords' forum", "source_ref": "C/7", "lead_officer": "Lena Wójcik",
            "supporting_partners": ["Housing providers", "West Yorkshire Police"], "forecast_due": "2026-12-04",
            "rag": "G", "latest_update": "Meeting held", "success_measure": "Forum meets twice", "theme": COMMUNITIES,
        },
        {
            "title": "Hold a residents' fair", "source_ref": "C/8", "lead_officer": "Imran Dadabhoy",
            "supporting_partners": ["Community and voluntary sector providers"], "rag": "R",
        },
    ),
)  # fmt: skip


def build_section_rows(path: Path) -> None:
    """Write rows under section rows, merged and not; the plan has no theme like the third."""
    rows: Rows = [
        ["Ref", "Action", "Owner", "Deadline"],
        ["Priority 1: Tackling violence, abuse and exploitation"],
        ["1.1", "Patrol the bus station", "Karen Holroyd", "31/12/2026"],
        ["1.2", "Review repeat victims", "Sadia Rehman", "Ongoing"],
        ["Priority 2 - Reducing anti-social behaviour and neighbourhood crime"],
        ["2.1", "Mark 200 bicycles", "Lucy Haigh", "30/09/2026"],
        [],
        ["Priority 9: Growing the town centre economy"],
        ["9.1", "Fill five empty shops", "Kieran Booth", "31/03/2027"],
    ]
    write_sheets(path, {"Actions": rows}, {"Actions": ["A2:D2", "A8:D8"]})


SECTION_ROWS = Case(
    name="section rows",
    suffix=".xlsx",
    build=build_section_rows,
    actions=(
        {"title": "Patrol the bus station", "source_ref": "1.1", "theme": VIOLENCE, "forecast_due": "2026-12-31"},
        {
            "title": "Review repeat victims", "theme": VIOLENCE, "baseline_due": None, "forecast_due": None,
            "due_text": "Ongoing",
        },
        {"title": "Mark 200 bicycles", "source_ref": "2.1", "theme": NEIGHBOURHOODS},
        {"title": "Fill five empty shops", "source_ref": "9.1", "theme": None, "lead_officer": "Kieran Booth"},
    ),
)  # fmt: skip


def build_sheet_names(path: Path) -> None:
    """Write a sheet for each strand without a theme column, a guide that is no table, and a hidden sheet."""
    heading: list[Cell] = ["Action", "Lead", "Due", "RAG"]
    sheets: dict[str, Rows] = {
        "Guidance": [["How to fill this in"], ["Use one row for each action."], ["RAG", "Meaning"], ["R", "Off track"]],
        "Road safety": [heading, ["Paint a zebra crossing", "Bethan Royle", date(2026, 10, 30), "G"]],
        "Water safety": [heading, ["Fix throw lines", "Stephen Crowther", date(2026, 6, 30), "A"]],
        "Old 2024": [heading, ["Long finished work", "Bethan Royle", date(2024, 6, 30), "B"]],
    }
    write_sheets(path, sheets)
    book = load_workbook(path)
    book["Old 2024"].sheet_state = "hidden"
    book.save(path)


SHEET_NAMES = Case(
    name="sheet names",
    suffix=".xlsx",
    build=build_sheet_names,
    header_rows={"Road safety": 1, "Water safety": 1},
    actions=(
        {"title": "Paint a zebra crossing", "theme": "Road safety", "lead_officer": "Bethan Royle", "rag": "G"},
        {"title": "Fix throw lines", "theme": "Water safety", "forecast_due": "2026-06-30", "rag": "A"},
    ),
)


def build_fillers(path: Path) -> None:
    """Write select boxes left alone, help, example, marker, spare and total rows, and one row without a title."""
    rows: Rows = [
        ["Ref", "Theme", "Action", "Lead officer", "Due date", "RAG", "Update"],
        ["Our number", "Choose from the list", "What will be done", "Name of one person", "dd/mm/yyyy", "R, A, G or B",
         "What has been done since last time"],
        ["e.g. X1", COMMUNITIES, "Example: hold an open day", "Jo Bloggs", "31/03/2026", "G", "Example text"],
        ["KC-USER_ROWS-START"],
        ["C1", COMMUNITIES, "Hold an open day", "Hafsa Bibi", "30/10/2026", "< Select >", "---"],
        ["C2", "Please select an option", "Print a welcome pack", "---", "< Select >", "G", "At the printer"],
        ["C3", COMMUNITIES, None, "Samina Akhtar", "30/11/2026", "A", "Waiting for a room"],
        [None, "Please select an option", None, None, None, "< Select >", None],
        [None, "Please select an option", None, None, None, "< Select >", None],
        ["KC-USER_ROWS-END"],
        ["Total", None, None, None, None, 3, None],
        ["Note: green means that the date is safe."],
    ]  # fmt: skip
    write_sheets(path, {"Return": rows})


FILLERS = Case(
    name="fillers",
    suffix=".xlsx",
    build=build_fillers,
    header_rows={"Return": 1},
    refused_rows=frozenset({("Return", 7)}),
    actions=(
        {
            "title": "Hold an open day", "source_ref": "C1", "lead_officer": "Hafsa Bibi", "theme": COMMUNITIES,
            "forecast_due": "2026-10-30", "rag": None, "latest_update": None,
        },
        {
            "title": "Print a welcome pack", "source_ref": "C2", "theme": None, "lead_officer": None,
            "forecast_due": None, "rag": "G", "latest_update": "At the printer",
        },
    ),
)  # fmt: skip

LAYOUT_CASES = (TITLE_ROWS, MERGED_HEADINGS, COLUMN_ORDER, SECTION_ROWS, SHEET_NAMES, FILLERS)
