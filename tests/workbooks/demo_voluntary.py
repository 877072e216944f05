"""The voluntary sector's list: a CSV as a charity's co-ordinator saves it, day first, status and RAG in one column."""

import csv
from pathlib import Path

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
COMMUNITIES = "Building resilient and inclusive communities"
VIOLENCE = "Tackling violence, abuse and exploitation"

ROWS: tuple[tuple[str, ...], ...] = (
    (
        "What we will do", "Who", "Working with", "Start date", "Deadline", "Status", "Progress Q2 2026/27",
        "Measure of success", "Funding", "Theme",
    ),
    (
        "Train 20 community connectors in Huddersfield and Dewsbury", "ગીતા પટેલ", "Kirklees Council", "1/4/2026",
        "31/3/2027", "On track", "13 connectors trained; the next course starts on 2/11/2026.",
        "20 connectors at work", "£6,500", COMMUNITIES,
    ),
    (
        "Open the women" + APOSTROPHE + "s drop-in on two more mornings", "Zainab Ahmed; Joan Hirst", "Health",
        "5/1/2026", "31/8/2026", "At risk", "One morning open since May. Still looking for a second room.",
        "Three mornings a week", "£4,200", COMMUNITIES,
    ),
    (
        "Hold an interfaith walk in every town", "Paul Metcalfe", "Police; Kirklees Council", "1/4/2026",
        "30/9/2026", "Complete", "Seven walks, 640 people. The last was on 20/9/2026.",
        "Seven walks", "£1,100", COMMUNITIES,
    ),
    (
        "Run sports evenings for young people at four mosques and two churches", "Kwame Mensah & Yasmin Raja",
        "Police", "6/4/2026", "26/2/2027", "On track", "Five of six venues running, about 110 young people a week.",
        "Six venues", "£9,800", COMMUNITIES,
    ),
    (
        "Help residents" + APOSTROPHE + " groups apply for their first grant", "Shabnam Lorgat", "", "1/4/2025",
        "31/3/2027", "On track", "27 groups helped, £38,400 won.",
        "30 groups helped", "none", COMMUNITIES,
    ),
    (
        "Set up a befriending line in Urdu, Gujarati and Punjabi", "Rukhsana Iqbal / Joan Hirst", "Health",
        "1/10/2025", "30/6/2026", "Off track", "Volunteers ready; the telephone supplier withdrew. New quote expected.",
        "Line open six evenings a week", "£7,250", COMMUNITIES,
    ),
    (
        "Publish a welcome booklet in seven languages", "Marta Nowak", "Kirklees Council; Housing", "1/1/2027",
        "31/3/2027", "Not started", "",
        "5,000 copies given out", "£3,000", COMMUNITIES,
    ),
    (
        "Offer a helpline worker for families affected by hate crime", "Zainab Ahmed", "Police", "1/9/2025",
        "31/12/2026", "On hold", "Worker on leave until January 2027; calls go to the national line.",
        "Every caller rung back in a day", "£18,000", VIOLENCE,
    ),
    (
        "Place peer supporters with families in the recovery service", "Michael Fearnley", "Health; Probation",
        "1/4/2026", "31/1/2027", "On track", "Eight supporters placed.",
        "Ten supporters", "£12,000", "Substance misuse",
    ),
)  # fmt: skip


def build(path: Path) -> None:
    """Write the voluntary sector's CSV to ``path``: UTF-8 with a byte order mark, CRLF, as a spreadsheet saves it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(ROWS)
