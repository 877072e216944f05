"""The demo registers: a made-up cohort with its offences, spells, needs and codes, as staff would keep them."""

import csv
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from tests.workbooks import demo_lists

Row = Sequence[object]
PEOPLE = 260
FIRST, DAYS = date(2024, 4, 1), 456
LAST_KNOWN = date(2026, 10, 31)
CODES: tuple[tuple[str, str, str, str, str, int], ...] = (
    # code, offence, group, severity, breach, how common
    ("046/00", "Theft from shop", "Theft", "Shoplifting", "", 9),
    ("049/00", "Other theft", "Theft", "Other theft", "", 4),
    ("105/01", "Common assault", "Summary non-motoring", "Violence without injury", "", 5),
    ("008/06", "Assault occasioning actual bodily harm", "Violence against the person", "Violence with injury", "", 3),
    ("092/40", "Possession of a controlled drug", "Drug", "Drug possession", "", 3),
    ("092/10", "Supply of a controlled drug", "Drug", "Drug trafficking", "", 1),
    ("028/01", "Burglary in a dwelling", "Theft", "Residential burglary", "", 1),
    ("034/01", "Robbery", "Robbery", "Robbery", "", 1),
    ("058/00", "Criminal damage", "Criminal damage and arson", "Criminal damage", "", 3),
    ("125/09", "Public order", "Public order", "Public order", "", 3),
    ("803/01", "Driving while disqualified", "Summary motoring", "", "", 2),
    ("195/94", "Breach of a community order", "Miscellaneous crimes against society", "", "Yes", 2),
    ("066/91", "Breach of a restraining order", "Miscellaneous crimes against society", "", "No", 1),
)
AREAS = ("Batley and Spen", "Colne Valley", "Dewsbury", "Huddersfield North", "Huddersfield South", "Mirfield")
DISPOSALS = (
    "Released from custody", "Community order", "Community order", "Suspended sentence order", "Fine", "Fine",
    "Conditional discharge", "Caution",
)  # fmt: skip
OUTCOMES = (*("Conviction",) * 14, "Caution", "Community resolution", "Pending", "No further action")
PATHWAYS = ("Accommodation", "Drugs and alcohol", "Education, training and employment", "Finance, benefit and debt")
BENCHMARKS: tuple[Row, ...] = (
    (
        "Series",
        "Area",
        "People",
        "Period",
        "Number of offenders",
        "Number of reoffenders",
        "Number of reoffences",
        "Rate",
    ),
    ("Three-month cohorts", "England and Wales", "All", "Apr 2023 to Jun 2023", "", "", "", "27.5%"),
    ("Three-month cohorts", "England and Wales", "Adult", "Apr 2023 to Jun 2023", "", "", "", "27.3%"),
    ("Three-month cohorts", "England and Wales", "Juvenile", "Apr 2023 to Jun 2023", "", "", "", "31.6%"),
    ("Old twelve-month measure", "England and Wales", "All", "Apr 2013 to Mar 2014", 510433, 133947, 417789, "26.2%"),
    ("Old twelve-month measure", "England and Wales", "Adult", "Apr 2013 to Mar 2014", 468134, 117864, 367605, "25.2%"),
    ("Old twelve-month measure", "England and Wales", "Juvenile", "Apr 2013 to Mar 2014", 42299, 16083, 50184, "38.0%"),
)
ENTRANTS: tuple[Row, ...] = (
    ("Area", "Period", "First time entrants", "Population aged 10-17"),
    ("Kirklees", "2022/23", 78, 45210),
    ("Kirklees", "2023/24", 71, 45480),
    ("Kirklees", "2024/25", 64, 45730),
    ("Kirklees", "2025/26", 69, 45905),
)


def _person(number: int) -> str:
    return f"KL{number:04}"


def _offender(pick: Random, number: int) -> list[object]:
    disposal = pick.choice(DISPOSALS)
    previous = min(int(pick.expovariate(0.14)), 60)
    index = FIRST + timedelta(days=pick.randrange(DAYS))
    years = pick.triangular(13, 66, 27)
    iom = pick.choice(("Fixed", "Flex", "Free")) if number % 11 == 0 else ""
    return [
        _person(number),
        index,
        disposal,
        pick.choices([each[0] for each in CODES], [each[-1] for each in CODES])[0],
        index - timedelta(days=int(years * 365.25)) if number % 83 else None,
        pick.choices(("Male", "Female"), (82, 18))[0],
        pick.choices(("White", "Asian", "Black", "Mixed", ""), (68, 18, 5, 4, 5))[0],
        previous,
        pick.choice((3, 6, 9, 14, 20, 30, 60)) if disposal == DISPOSALS[0] else None,
        pick.choices(AREAS, (20, 8, 25, 19, 21, 7))[0],
        round(min(0.05 + previous * 0.028 + 0.1 * pick.random(), 0.95), 3) if number % 23 else None,
        index + timedelta(days=190) if number % 131 == 0 else None,
        iom,
        pick.choice(("Red", "Amber", "Green")) if iom else "",
        index + timedelta(days=20) if iom else None,
    ]


def _offences(pick: Random, member: Sequence[object]) -> list[Row]:
    index, previous = member[1], member[7]
    assert isinstance(index, date)
    assert isinstance(previous, int)
    days = [-pick.randrange(30, 1500) for _ in range(min(previous, 3))]
    if pick.random() < 0.34 * (0.45 + min(previous, 20) * 0.085):
        days += [int(pick.triangular(0, 420, 90)) for _ in range(1 + min(int(pick.expovariate(0.45)), 9))]
    found: list[Row] = []
    for day in days:
        offended = index + timedelta(days=day)
        outcome = pick.choice(OUTCOMES)
        proven = offended + timedelta(days=1 + int(pick.expovariate(1 / 70)))
        if offended > LAST_KNOWN:
            continue
        if proven > LAST_KNOWN:
            outcome = "Pending"
        code = pick.choices(CODES, [each[-1] for each in CODES])[0]
        shown = "" if outcome == "Pending" else f"{proven:%d/%m/%Y}"
        found.append((member[0], f"{offended:%d/%m/%Y}", code[0], code[1], shown, outcome))
    return found


def members_and_offences() -> tuple[list[list[object]], list[Row]]:
    """The cohort and its offences; always the same."""
    pick = Random(2024)  # noqa: S311 - made-up people
    members = [_offender(pick, number) for number in range(1, PEOPLE + 1)]
    return members, [offence for member in members for offence in _offences(pick, member)]


def build_members(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Cohort"
    sheet["A1"] = "Reducing reoffending cohort 2024/25 (made-up people)"
    sheet["A1"].font = Font(bold=True, size=13)
    headings = (
        "Person ID", "Index date", "Index disposal", "Offence code", "Date of birth", "Sex", "Ethnicity",
        "Previous offences", "Sentence length (months)", "Area", "OGRS4/G", "Date of death", "IOM cohort", "IOM RAG",
        "RAG date",
    )  # fmt: skip
    sheet.append([])
    sheet.append(list(headings))
    for cell in sheet[3]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for member in members_and_offences()[0]:
        sheet.append([None if value == "" else value for value in member])
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"
        row[10].number_format = "0.0%"
    for column in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 16
    sheet.freeze_panes = "B4"
    book.save(path)


def _csv(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)


def build_offences(path: Path) -> None:
    head = ("Person ID", "Offence date", "Offence code", "Offence", "Date of proof", "Outcome")
    _csv(path, [head, *members_and_offences()[1]])


def build_codes(path: Path) -> None:
    head = ("Offence code", "Offence", "Offence group", "Severity", "Breach of an order")
    _csv(path, [head, *(code[:5] for code in CODES)])


def _managed() -> list[list[object]]:
    return [member for member in members_and_offences()[0] if member[12]]


def build_spells(path: Path) -> None:
    head = (
        "Person ID",
        "Type",
        "Start date",
        "End date",
        "IOM cohort",
        "Reason for selection",
        "Reason for de-selection",
    )
    rows: list[Row] = [head]
    for at, member in enumerate(_managed()):
        index = member[1]
        assert isinstance(index, date)
        start = index + timedelta(days=20)
        end = start + timedelta(days=240) if at % 3 == 0 else None
        why, left = (
            ("Prolific acquisitive offending", "High risk of serious harm")[at % 2],
            "Risk reduced" if end else "",
        )
        rows.append((member[0], "IOM", f"{start:%d/%m/%Y}", f"{end:%d/%m/%Y}" if end else "", member[12], why, left))
        if at % 4 == 0:
            inside = start + timedelta(days=60)
            rows.append(
                (member[0], "Custody", f"{inside:%d/%m/%Y}", f"{inside + timedelta(days=45):%d/%m/%Y}", "", "", "")
            )
    _csv(path, rows)


def build_needs(path: Path) -> None:
    rows: list[Row] = [("Person ID", "Date", "Pathway", "Score")]
    pick = Random(7)  # noqa: S311 - made-up people
    for member in _managed():
        index = member[1]
        assert isinstance(index, date)
        for pathway in PATHWAYS:
            before = pick.randrange(3, 10)
            after = max(before - pick.randrange(-1, 5), 0)
            for day, score in ((index + timedelta(days=25), before), (index + timedelta(days=205), after)):
                rows.append((member[0], f"{day:%d/%m/%Y}", pathway, score))
    _csv(path, rows)


BUILDERS: dict[str, Callable[[Path], None]] = {
    "cohort-members.xlsx": build_members,
    "offence-codes.csv": build_codes,
    "offences.csv": build_offences,
    "spells.csv": build_spells,
    "needs.csv": build_needs,
    "benchmarks.csv": lambda path: _csv(path, BENCHMARKS),
    "first-time-entrants.csv": lambda path: _csv(path, ENTRANTS),
    **demo_lists.BUILDERS,
}
