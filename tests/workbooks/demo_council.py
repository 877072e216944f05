"""The council officer's action plan: title rows, two rows of merged headings, RAG in words, dates half in text."""

from datetime import date
from pathlib import Path

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from tests.workbooks.demo_style import (
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

VIOLENCE = "Tackling violence, abuse and exploitation"
NEIGHBOURHOODS = "Reducing anti-social behaviour and neighbourhood crime"
COMMUNITIES = "Building resilient and inclusive communities"
GREEN, AMBER, RED, BLUE = "Green - on track", "Amber - at risk", "Red - off track", "Blue - complete"

FIRST_ROW = 7
ROWS: tuple[tuple[Cell, ...], ...] = (
    # ref, theme, action, leads, partners, start, due, status, Q1 update, Q1 RAG, Q2 update, Q2 RAG, success measure
    (
        "1.1", VIOLENCE, "Agree one referral pathway for adults and children at risk of exploitation",
        "Shah, Amina", "West Yorkshire Police; Health; Housing", date(2026, 4, 1), date(2026, 12, 31), "In progress",
        "Pathway drafted with the police and both safeguarding teams.", GREEN,
        "Tested with two teams in Batley and Huddersfield. Sign-off planned for the December Board.", GREEN,
        "Pathway in use by every partner; referrals counted monthly",
    ),
    (
        "1.2", VIOLENCE, "Run exploitation awareness week in schools and with taxi firms",
        "Nadia Hussain", "Police, Voluntary sector", date(2026, 9, 1), "w/c 16/11/2026", "In progress",
        None, None,
        "Dates agreed with 14 schools; briefing for taxi firms booked.", GREEN,
        "At least 20 schools and 6 taxi firms take part",
    ),
    (
        "1.3", VIOLENCE, "Train front-line staff to recognise domestic abuse and coercive control",
        "Claire Thornton / Yusuf Patel", "Health; Housing", "April 2025", "31st March 2026", "In progress",
        "212 of 400 staff trained. Two sessions cancelled for want of a trainer.", AMBER,
        "268 of 400 trained. The new trainer starts in November; catch-up sessions run to February.", RED,
        "400 staff trained; 90% say they know how to refer",
    ),
    (
        "1.4", VIOLENCE, "Commission support for men and boys harmed by violence at home",
        "Rebecca Lowe; Imran Dadabhoy", "Voluntary sector", date(2025, 10, 1), date(2026, 6, 30), "Complete",
        "Contract let; the service opened on 8 June 2026.", BLUE,
        "31 referrals in the first quarter.", BLUE,
        "Service open by the end of June 2026",
    ),
    (
        "1.5", VIOLENCE, "Publish the domestic abuse needs assessment",
        "Oliver Marsden", "Health", date(2026, 1, 5), "30 September 2026", "In progress",
        "Data received from the police and housing.", GREEN,
        "Draft written. Health figures came six weeks late, so publication moves past the target.", AMBER,
        "Published and presented to the Board",
    ),
    (
        "1.6", VIOLENCE, "Agree a safety charter with licensed premises",
        "Priya Chauhan & Tom Briggs", "West Yorkshire Police", "Apr 2026", "Mar-27", "On hold",
        "First meeting with 9 premises held in May.", GREEN,
        "On hold while the licensing policy is reviewed; back to the group in January 2027.", None,
        "25 premises signed up",
    ),
    (
        "2.1", NEIGHBOURHOODS, "Renew the town centre Public Spaces Protection Order",
        "Tom Briggs", "West Yorkshire Police", date(2026, 2, 2), date(2026, 11, 30), "In progress",
        "Evidence gathered; draft order written.", GREEN,
        "Consultation began two weeks late and legal advice is awaited. The order should still be made in time.", AMBER,
        "New order in force before the old one ends",
    ),
    (
        "2.2", NEIGHBOURHOODS, "Tackle fly-tipping at the 12 worst sites with cameras and clean-ups",
        "Gareth Sykes, Hafsa Bibi", "Housing", date(2025, 4, 1), date(2027, 3, 31), "In progress",
        "Cameras at 7 of 12 sites. Reports down from 61 to 48 a month.", GREEN,
        "Cameras at 9 of 12 sites; 4 fixed penalties served.", GREEN,
        "Reports at the 12 sites fall by a third",
    ),
    (
        "2.3", NEIGHBOURHOODS, "Open a single front door for noise and neighbour nuisance",
        "Lena Wójcik", "Housing", date(2025, 7, 1), date(2026, 7, 31), "In progress",
        "Telephone line ready. The web form waits for IT.", AMBER,
        "Web form still not live. IT has promised 15 January 2027.", RED,
        "One number and one form for all reports",
    ),
    (
        "2.4", NEIGHBOURHOODS, "Hold joint days of action on off-road bikes",
        "Dale Whitworth", "Police; Fire and Rescue", date(2025, 4, 1), "Ongoing", "Ongoing",
        None, None, None, None,
        "One day of action every two months",
    ),
    (
        "4.1", COMMUNITIES, "Hold community conversations in the ten wards where belonging is lowest",
        "Hafsa Bibi / Samina Akhtar", "Voluntary sector", date(2026, 4, 1), date(2027, 2, 26), "In progress",
        "Three conversations held, 94 people.", GREEN,
        "Six held, 187 people. The Ravensthorpe evening opened in Urdu: خوش آمدید (welcome).", GREEN,
        "Ten conversations; a short report on each",
    ),
    (
        "4.2", COMMUNITIES, "Give small grants to projects that bring generations together",
        "Imran Dadabhoy", "Voluntary sector", date(2025, 4, 1), "31/03/2026", "Complete",
        "19 of 22 grants paid; three projects run late.", AMBER,
        "All 22 grants paid. The last project ended on 18 August 2026.", BLUE,
        "22 projects finished",
    ),
    (
        "4.3", COMMUNITIES, "Refresh the hate incident reporting centres in eight libraries",
        "Nadia Hussain & Oliver Marsden", "Police", date(2027, 1, 4), date(2027, 3, 31), "Not started",
        None, None, None, None,
        "Eight centres with trained staff",
    ),
    (
        "4.4", COMMUNITIES, "Start volunteer-led English conversation groups",
        "To be recruited", "Voluntary sector", date(2026, 4, 1), "31st December 2026", "Not started",
        "Co-ordinator post advertised; no appointment.", AMBER,
        "Advertised twice without success. Asking the Board whether a partner can lend someone.", RED,
        "Five groups meeting weekly",
    ),
    (
        "4.5", COMMUNITIES, "Keep a welcome offer for newly settled refugee families",
        "Samina Akhtar", "Health; Housing; Voluntary sector", "1 April 2025", "March 2027", "In progress",
        "17 families met in their first week.", GREEN,
        None, None,
        "Every family met within seven days",
    ),
    (
        "4.6", COMMUNITIES, "Run a youth exchange with neighbouring districts",
        "Kieran Booth", "Voluntary sector", date(2026, 1, 5), date(2026, 10, 30), "Cancelled",
        "Withdrawn: the funding bid failed. The Board agreed on 16 June 2026.", None,
        None, None,
        "60 young people take part",
    ),
)  # fmt: skip

SINGLE_HEADINGS = {
    "A": "Ref", "B": "Theme", "C": "Action", "D": "Lead officer(s)", "E": "Partners", "H": "Status",
    "M": "How will we know?",
}  # fmt: skip
DOUBLE_HEADINGS = {
    "F": ("Timescale", "Start", "Due"),
    "I": ("Q1 2026/27", "Update", "RAG"),
    "K": ("Q2 2026/27", "Update", "RAG"),
}


def build(path: Path) -> None:
    """Write the council's workbook to ``path``."""
    book, sheet = new_book("Action plan")
    sheet["A1"] = "Communities Partnership Plan 2022-2027"
    sheet["A2"] = "Action plan: actions led by Kirklees Council"
    sheet["A3"] = "Position at the end of Q2 2026/27. Please return to Community Safety by 16 October 2026."
    for address, size in (("A1", 16), ("A2", 12), ("A3", 10)):
        style_title(sheet, address, size, bold=size > 10)
        sheet.merge_cells(f"{address}:M{address[1:]}")
    for column, words in SINGLE_HEADINGS.items():
        sheet[f"{column}5"] = words
        sheet.merge_cells(f"{column}5:{column}6")
    for column, (over, left, right) in DOUBLE_HEADINGS.items():
        beside = chr(ord(column) + 1)
        sheet[f"{column}5"] = over
        sheet.merge_cells(f"{column}5:{beside}5")
        sheet[f"{column}6"], sheet[f"{beside}6"] = left, right
    style_heading(sheet, "A5:M6", "1F4E78")
    for row, values in enumerate(ROWS, start=FIRST_ROW):
        write_row(sheet, row, values)
    last = FIRST_ROW + len(ROWS) - 1
    colour_rag(sheet, "JL", range(FIRST_ROW, last + 1))
    sheet[f"A{last + 2}"] = "RAG is the lead officer's judgement at the end of the quarter."
    sheet[f"A{last + 2}"].font = Font(name="Arial", size=9, color="666666")
    sheet[f"A{last + 2}"].alignment = Alignment(wrap_text=False)
    statuses = DataValidation(type="list", formula1='"Not started,In progress,Ongoing,On hold,Complete,Cancelled"')
    sheet.add_data_validation(statuses)
    statuses.add(f"H{FIRST_ROW}:H{last}")
    set_widths(sheet, (6, 22, 32, 20, 20, 12, 15, 12, 30, 11, 34, 11, 26))
    fit_heights(sheet, range(FIRST_ROW, last + 1))
    set_up_page(sheet, "5:6", "D7")
    save_signed(book, path, "Communities Partnership Plan: council actions", "Community Safety, Kirklees Council")
