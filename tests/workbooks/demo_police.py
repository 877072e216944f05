"""The police tracker: section rows, RAG letters, timescales in words, select boxes left alone, notes at the foot."""

from datetime import date
from pathlib import Path

from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from tests.workbooks.demo_style import (
    CENTRE,
    Cell,
    colour_rag,
    fit_heights,
    new_book,
    save_signed,
    set_up_page,
    set_widths,
    style_heading,
    style_title,
    write_row,
)

FONT = "Calibri"
SELECT = "< Select >"
HEADINGS = (
    "No.", "Timescale", "Task", "RAG Q1 2026/27", "RAG Q2 2026/27", "Owner", "Support", "% complete",
    "Comments Q1 2026/27", "Comments Q2 2026/27", "KPI",
)  # fmt: skip
FIRST_ROW = 6
SPARE_ROWS = 3

VIOLENCE: tuple[tuple[Cell, ...], ...] = (
    (
        "NP01", date(2027, 3, 31), "Knife crime: weapon sweeps and surrender bins at six sites", "G", "G",
        "Insp Karen Holroyd", "Kirklees Council; VCS", 0.6,
        "Four bins in place, 38 blades handed in.", "All six bins in place, 71 blades handed in.",
        "Six sites swept monthly",
    ),
    (
        "NP02", "Ongoing", "Serious violence: hot-spot patrols on Friday and Saturday nights", "G", "A",
        "Sgt Dean Ainley", "Street pastors", None,
        "104 patrols.", "81 patrols against 104 planned; officers moved to another operation until October.",
        "104 patrols a quarter",
    ),
    (
        "NP03", "Dec 2026", "County lines: safeguarding visit to every child who is flagged", "A", "G",
        "DI Sadia Rehman", "Council; Health", 0.75,
        "17 of 26 visited. One social worker short.", "All 31 visited within five days.",
        "Visit within five days",
    ),
    (
        "NP04", date(2026, 7, 31), "Modern slavery: joint inspections of hand car washes and nail bars", "G", "B",
        "DS Mark Oldroyd", "Fire and Rescue; Kirklees Council", 1,
        "9 of 14 inspected.", "14 inspected, 3 referrals made. Finished 24 July.",
        "14 premises inspected",
    ),
    (
        "NP05", "Ongoing", "Domestic abuse: review repeat victims every fortnight", "G", "G",
        "DI Sadia Rehman / Claire Thornton", "Probation; Health; Housing", None,
        "Six panels, 44 cases.", "Seven panels, 52 cases.",
        "Every repeat case reviewed",
    ),
)  # fmt: skip

NEIGHBOURHOODS: tuple[tuple[Cell, ...], ...] = (
    (
        "NP06", date(2026, 12, 31), "Burglary: better locks for 300 repeat and vulnerable homes", "G", "A",
        "Sgt Tracey Beaumont", "Housing; Fire and Rescue", 0.45,
        "98 homes done.", "136 homes done. The supplier is six weeks behind; more fitters from November.",
        "300 homes fitted",
    ),
    (
        "NP07", date(2026, 6, 30), "Vehicle crime: steering lock loans in hot-spot streets", "A", "R",
        "PC Bilal Arshad", "Kirklees Council", 0.4,
        "Locks ordered, not arrived.", "120 of 300 locks lent. The second order was never placed.",
        "300 locks lent",
    ),
    (
        "NP08", "March 2027", "Shop theft: sign businesses up to the crime reduction scheme", "G", "G",
        "Insp Karen Holroyd", "Kirklees Council", 0.55,
        "41 shops signed up.", "58 shops signed up.",
        "100 shops",
    ),
    (
        "NP09", date(2026, 9, 30), "Rural crime: quad bike and trailer marking", "G", "B",
        "PC Lucy Haigh", "Farmers' groups", 1,
        "Five events, 140 machines.", "Eight events, 226 machines. Finished.",
        "200 machines marked",
    ),
    (
        "NP10", "Ongoing", "ASB: weekly case conference for repeat callers", "G", "G",
        "Sgt Tracey Beaumont; Lena Wójcik", "Housing; Health", None,
        "12 of 13 held.", "13 of 13 held; repeat calls down from 214 to 187.",
        "Repeat calls fall by 10%",
    ),
    (
        "NP11", date(2026, 11, 30), "Off-road bikes: seizures and filling-station appeal", "A", "A",
        "PC Bilal Arshad", "Kirklees Council", 0.5,
        "Eleven seized. No drone pilot until July.", "Nineteen seized; six filling stations still to visit.",
        "40 seized",
    ),
    (
        "NP12", date(2026, 9, 4), "Youth ASB: summer activities in four parks", "G", "B",
        "PCSO Aisha Kazi", "VCS", 1,
        "Parks and dates agreed.", "212 young people came. Finished 28 August.",
        "150 young people",
    ),
    (
        "NP13", date(2026, 11, 9), "Bonfire Night: joint plan with fire and council", SELECT, "G",
        "Insp Karen Holroyd", "Fire and Rescue; Kirklees Council", 0.3,
        None, "Planning group met twice; retailer visits booked for October.",
        "No injuries to crews",
    ),
    (
        "NP14", "Q4 2026/27", "Anti-social driving: community speed watch in six villages", "G", SELECT,
        "PC Lucy Haigh", "Parish councils", 0.35,
        "Two of six trained.", "---",
        "Six groups trained",
    ),
    (
        "NP15", "TBC", "Rogue traders: briefing pack for neighbourhood teams", SELECT, SELECT,
        "Vacant", "Kirklees Council", 0,
        None, None,
        "Pack issued",
    ),
    (
        "NP16", "31/11/2026", "CCTV: move four mobile cameras to new hot spots", "R", "A",
        "Sgt Dean Ainley", "Kirklees Council", 0.5,
        "Power supply refused at three sites.", "Two of four moved; power agreed at the third.",
        "Four cameras moved",
    ),
)  # fmt: skip

SECTIONS = (
    ("Priority 1: Tackling violence, abuse and exploitation", VIOLENCE),
    ("Priority 2: Reducing anti-social behaviour and neighbourhood crime", NEIGHBOURHOODS),
)
NOTES = (
    "Total tasks: 16",
    "Notes: RAG agreed at the monthly tasking meeting. R = off track, A = at risk, G = on track, B = complete.",
    "Next update due 15 January 2027.",
)


def build(path: Path) -> None:
    """Write the police tracker to ``path``."""
    book, sheet = new_book("NP tracker")
    sheet["A1"] = "West Yorkshire Police, Kirklees District"
    sheet["A2"] = "Neighbourhood policing: partnership tracker 2026/27"
    sheet["A3"] = "OFFICIAL"
    for address, size in (("A1", 14), ("A2", 12), ("A3", 10)):
        style_title(sheet, address, size, FONT)
    for column, words in enumerate(HEADINGS, start=1):
        sheet.cell(5, column, words)
    style_heading(sheet, "A5:K5", "D9E1F2", "000000", FONT)
    row = FIRST_ROW
    for section, tasks in SECTIONS:
        sheet.cell(row, 1, section)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(HEADINGS))
        sheet.cell(row, 1).font = Font(name=FONT, bold=True, size=11)
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor="EDEDED")
        for at, values in enumerate(tasks, start=row + 1):
            write_row(sheet, at, values, FONT)
        row += 1 + len(tasks)
    for at in range(row, row + SPARE_ROWS):
        write_row(sheet, at, (None, None, None, SELECT, SELECT, *(None,) * 6), FONT)
    for at in range(FIRST_ROW, row + SPARE_ROWS):
        sheet.cell(at, 8).number_format = "0%"
        sheet.cell(at, 8).alignment = CENTRE
    colour_rag(sheet, "DE", range(FIRST_ROW + 1, row + SPARE_ROWS))
    for at, note in enumerate(NOTES, start=row + SPARE_ROWS + 1):
        sheet.cell(at, 1, note).font = Font(name=FONT, size=9)
    letters = DataValidation(type="list", formula1=f'"{SELECT},R,A,G,B"')
    sheet.add_data_validation(letters)
    letters.add(f"D{FIRST_ROW + 1}:E{row + SPARE_ROWS - 1}")
    set_widths(sheet, (7, 12, 36, 9, 9, 20, 20, 10, 30, 36, 22))
    fit_heights(sheet, range(FIRST_ROW - 1, row + SPARE_ROWS), 18)
    set_up_page(sheet, "5:5", "D6")
    save_signed(book, path, "Neighbourhood policing: partnership tracker", "Kirklees District")
