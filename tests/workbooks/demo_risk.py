"""The reducing-risk workbook: a sheet for each strand, percent, original and revised dates, milestones in notes."""

from datetime import date
from pathlib import Path

from openpyxl.styles import Alignment, Font, PatternFill

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
HEADINGS = (
    "Action no.", "Objective", "Action", "Lead agency", "Lead officer", "Supporting partners", "Start",
    "Original target date", "Revised target date", "Date completed", "Status", "% complete", "RAG Q1 2026/27",
    "RAG Q2 2026/27", "Position Q2 2026/27", "Success measure", "Milestones",
)  # fmt: skip
FIRST_ROW = 5
GUIDE = (
    ("Reducing risk: action plan 2026/27", 14),
    ("How to use this workbook", 12),
    ("One sheet for each part of the theme. Please keep to one row for each action.", 10),
    ("Do not change the original target date. If the work will finish later, fill in the revised target date.", 10),
    ("RAG: B complete, G on track, A at risk, R off track. Leave it blank if the work has not started.", 10),
    ("ਪੰਜਾਬੀ, ગુજરાતી or اردو text is fine in any cell.", 10),
)

REOFFENDING: tuple[tuple[Cell, ...], ...] = (
    (
        "RR1", "Reduce reoffending", "Agree a joint plan for each person in the integrated offender management cohort",
        "Probation", "Harpreet Kaur", "Police; Health; Housing", date(2026, 4, 1), date(2026, 9, 30), None,
        date(2026, 9, 18), "Complete", 1, "G", "B",
        "Every plan agreed and dated; reviews every six weeks from October.",
        "100% of the cohort have a plan", "Panel set up Apr 2026 (done); half of plans Jul 2026 (done)",
    ),
    (
        "RR2", "Reduce reoffending", "Open a same-day housing appointment for people leaving custody",
        "Kirklees Council", "Marcus Doyle", "Probation; Housing", date(2025, 10, 1), date(2026, 3, 31),
        date(2026, 12, 18), None, "In progress", 0.6, "R", "A",
        "Two landlords signed; third expected in November. Date moved because the first offer fell through.",
        "Nine in ten offered a same-day appointment", "Protocol agreed Jan 2026 (done Mar); pilot Sep 2026 (done)",
    ),
    (
        "RR3", "Reduce reoffending", "Place 40 people on probation in work or training with local employers",
        "Probation", "Harpreet Kaur; Daniel Osei", "Voluntary sector", date(2026, 4, 1), date(2027, 3, 31), None,
        None, "In progress", 0.55, "G", "G",
        "22 placed; two new employers in Cleckheaton. Poster also in Punjabi: ਜੀ ਆਇਆਂ ਨੂੰ.",
        "40 people placed for 13 weeks or more", "20 placed by Sep 2026 (done)",
    ),
    (
        "RR4", "Reduce reoffending", "Set up a women's centre outreach morning in Dewsbury",
        "Community and voluntary sector", "Ruth Ellam", "Probation; Health", date(2026, 2, 2), date(2026, 8, 31),
        None, None, "In progress", 0.4, "A", "R", "Building survey found damp. No other room agreed yet.",
        "One morning a week, 15 women", "Room found Apr 2026 (missed)",
    ),
    (
        "RR5", "Reduce reoffending", "Turnaround offer for young people on the edge of the justice system",
        "Kirklees Council", "Farah Siddiqui", "Police; Voluntary sector", date(2025, 4, 1), date(2027, 3, 31), None,
        None, "In progress", 0.7, "G", "G", "61 young people since April 2025; 49 with no further offence so far.",
        "80 young people", "Yearly review Apr 2026 (done)",
    ),
)  # fmt: skip

SUBSTANCES: tuple[tuple[Cell, ...], ...] = (
    (
        "SM1", "Reduce substance misuse", "Carry naloxone in every neighbourhood policing team",
        "West Yorkshire Police", "Insp Karen Holroyd", "Health", date(2026, 1, 5), date(2026, 6, 30),
        date(2026, 9, 30), date(2026, 9, 25), "Complete", 1, "A", "B",
        "All teams carry it. Finished three months late.",
        "All teams trained and carrying", "Training pack Feb 2026 (done)",
    ),
    (
        "SM2", "Reduce substance misuse", "Test purchases of alcohol and vapes at 60 premises",
        "Kirklees Council", "Priya Chauhan", "Police", date(2026, 4, 1), date(2027, 2, 26), None, None, "In progress",
        0.25, "G", "G", "17 visited, three sales. Two seasonal officers left, so visits slowed.",
        "60 premises tested", "30 by Sep 2026 (missed)",
    ),
    (
        "SM3", "Reduce substance misuse", "Treatment workers in both custody suites",
        "Health", "Anil Mistry", "Police", date(2025, 4, 1), date(2026, 3, 31), None, None, "In progress", 0.8,
        None, None, None, "Worker on duty seven days a week", "Six days a week from Jan 2026 (done)",
    ),
    (
        "SM4", "Reduce substance misuse", "Drug-related litter: agree who collects where",
        "Kirklees Council", "Gareth Sykes", "Housing", date(2027, 1, 4), date(2027, 3, 31), None, None, "Not started",
        0, None, None, None, "One map, one number to ring", None,
    ),
)  # fmt: skip

ROADS: tuple[tuple[Cell, ...], ...] = (
    (
        "RS1", "Make roads safer", "20 mph zones outside six schools", "Kirklees Council", "Bethan Royle",
        "Police", date(2025, 9, 1), date(2026, 8, 31), date(2027, 1, 29), None, "In progress", 0.5, "A", "A",
        "Three zones live; objections to the others heard in November.", "Six zones in force",
        "First three Mar 2026 (done)",
    ),
    (
        "RS2", "Make roads safer", "Fatal four roadside operations, one each month", "West Yorkshire Police",
        "PC Lucy Haigh", "Fire and Rescue", date(2026, 4, 1), "Ongoing", None, None, "Ongoing", None, "G", "G",
        "Six held, 412 drivers stopped.", "12 operations a year", None,
    ),
    (
        "RS3", "Make roads safer", "Young driver days at the fire station", "Fire and Rescue", "Stephen Crowther",
        "Police; Health", date(2026, 5, 1), date(2026, 11, 27), None, None, "In progress", 0.65, "G", "G",
        "Four of six days held, 188 learners.", "Six days, 250 learners", None,
    ),
)  # fmt: skip

WATER: tuple[tuple[Cell, ...], ...] = (
    (
        "WS1", "Make people safer in and near water", "Throw lines and signs at nine reservoirs and quarries",
        "Fire and Rescue", "Stephen Crowther", "Kirklees Council", date(2026, 3, 2), date(2026, 7, 17), None,
        date(2026, 7, 10), "Complete", 1, "G", "B", "All nine fitted before the school holidays.",
        "Nine sites fitted", None,
    ),
    (
        "WS2", "Make people safer in and near water", "Cold water shock lesson in every secondary school",
        "Fire and Rescue", "Abida Khalid", "Voluntary sector", date(2026, 4, 13), date(2027, 3, 26), None, None,
        "In progress", 0.4, "G", "G", "11 of 27 schools; the rest are booked for spring.", "27 schools", None,
    ),
    (
        "WS3", "Make people safer in and near water", "Open water group for landowners", "Kirklees Council",
        "Kieran Booth", "Fire and Rescue; Police", date(2026, 1, 5), date(2026, 12, 31), None, None, "On hold", 0.1,
        "A", None, "Paused until a new chair is found.", "Group meets each quarter", None,
    ),
)  # fmt: skip

SHEETS = (
    ("Reoffending", REOFFENDING),
    ("Substance misuse", SUBSTANCES),
    ("Road safety", ROADS),
    ("Water safety", WATER),
)


def build(path: Path) -> None:
    """Write the reducing-risk workbook to ``path``."""
    book, guide = new_book("Read me")
    for row, (words, size) in enumerate(GUIDE, start=1):
        guide.cell(row, 1, words)
        style_title(guide, f"A{row}", size, FONT, bold=size > 10)
    guide.column_dimensions["A"].width = 100
    for title, rows in SHEETS:
        sheet = book.create_sheet(title)
        sheet["A1"] = "Reducing risk"
        sheet["A2"] = f"{title}: action plan 2026/27"
        style_title(sheet, "A1", 10, FONT, bold=False)
        style_title(sheet, "A2", 14, FONT)
        for column, words in enumerate(HEADINGS, start=1):
            sheet.cell(4, column, words)
        style_heading(sheet, "A4:Q4", "375623", font=FONT)
        for row, values in enumerate(rows, start=FIRST_ROW):
            write_row(sheet, row, values, FONT)
            sheet.cell(row, 8).fill = PatternFill("solid", fgColor="F2F2F2")
            sheet.cell(row, 12).number_format = "0%"
            sheet.cell(row, 12).alignment = CENTRE
        last = FIRST_ROW + len(rows) - 1
        colour_rag(sheet, "MN", range(FIRST_ROW, last + 1))
        sheet.cell(last + 2, 1, "Grey dates were agreed by the Board and do not change.")
        sheet.cell(last + 2, 1).font = Font(name=FONT, size=9, color="666666")
        sheet.cell(last + 2, 1).alignment = Alignment(wrap_text=False)
        set_widths(sheet, (8, 18, 32, 17, 17, 18, 11, 11, 11, 11, 11, 10, 9, 9, 32, 22, 26))
        fit_heights(sheet, range(FIRST_ROW - 1, last + 1))
        set_up_page(sheet, "4:4", "D5")
    save_signed(book, path, "Reducing risk: action plan", "Safer Kirklees")
