"""Files whose trouble is the text itself: code pages, formula text, control characters, very long cells."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.workbooks.handmade_parts import COMMUNITIES, Case, Rows, write_sheets

POUND, APOSTROPHE, DASH, E_ACUTE = "\N{POUND SIGN}", "\N{RIGHT SINGLE QUOTATION MARK}", "\N{EN DASH}", "\xe9"
CP1252_TITLE = f"Open the women{APOSTROPHE}s caf{E_ACUTE} {DASH} {POUND}250 a month"
LONG_TEXT = "The group met again. " * 1500
assert len(LONG_TEXT) > 30_000


def build_cp1252(path: Path) -> None:
    """Write a CSV in the Windows code page, day first, with quoted commas and a line break inside a cell."""
    lines = [
        "Action,Lead,Target date,% complete,Update,Theme",
        f'{CP1252_TITLE},Zainab Ahmed,31/1/2027,45,"Room found, paint bought.",{COMMUNITIES}',
        f'Paint a mural,"Hirst, Joan",5/2/2027,60,"First line\nsecond line",{COMMUNITIES}',
        f"Clear the path,Kwame Mensah,30/11/2026,100,,{COMMUNITIES}",
    ]
    path.write_bytes("\r\n".join(lines).encode("cp1252") + b"\r\n")


CP1252 = Case(
    name="cp1252",
    suffix=".csv",
    build=build_cp1252,
    actions=(
        {
            "title": CP1252_TITLE, "lead_officer": "Zainab Ahmed", "forecast_due": "2027-01-31", "percent": 45,
            "latest_update": "Room found, paint bought.", "theme": COMMUNITIES,
        },
        {
            "title": "Paint a mural", "lead_officer": "Joan Hirst", "forecast_due": "2027-02-05", "percent": 60,
            "latest_update": "First line\nsecond line",
        },
        {"title": "Clear the path", "forecast_due": "2026-11-30", "percent": 100, "latest_update": None},
    ),
)  # fmt: skip


def build_guarded_csv(path: Path) -> None:
    """Write a CSV with a separator line and cells that a careful program guarded with an apostrophe."""
    lines = [
        "sep=;",
        "Ref;Action;Owner;Deadline;Comments",
        "'-7;'=1+1 is the name of the maths club;Joan Hirst;31/3/2027;'@noon every Friday",
        "8;'Tis the season market;Paul Metcalfe;18/12/2026;Stalls booked\a",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


GUARDED_CSV = Case(
    name="guarded CSV",
    suffix=".csv",
    build=build_guarded_csv,
    actions=(
        {
            "title": "=1+1 is the name of the maths club", "source_ref": "-7", "lead_officer": "Joan Hirst",
            "forecast_due": "2027-03-31", "latest_update": "@noon every Friday",
        },
        {"title": "'Tis the season market", "source_ref": "8", "latest_update": "Stalls booked"},
    ),
)  # fmt: skip


def build_odd_text(path: Path) -> None:
    """Write formula text as text, a formula whose value was never worked out, markup, and a very long cell."""
    rows: Rows = [
        ["Action", "Lead", "Due", "Update"],
        ['=HYPERLINK("http://example.invalid","Press here")', "Tom Briggs", date(2026, 12, 31), "Plain"],
        ["Write <b>bold</b> & <img src='x'> in a report", "Nadia Hussain", date(2026, 12, 31), LONG_TEXT],
        ["Work out the date", "Tom Briggs", None, "The date is a formula"],
    ]
    write_sheets(path, {"Odd": rows})
    book = load_workbook(path)
    title = book["Odd"]["A2"]
    title.data_type = "s"
    book["Odd"]["C4"] = "=TODAY()+30"
    book.save(path)


ODD_TEXT = Case(
    name="odd text",
    suffix=".xlsx",
    build=build_odd_text,
    actions=(
        {"title": '=HYPERLINK("http://example.invalid","Press here")', "forecast_due": "2026-12-31"},
        {"title": "Write <b>bold</b> & <img src='x'> in a report", "latest_update": LONG_TEXT.strip()},
        {"title": "Work out the date", "forecast_due": None, "latest_update": "The date is a formula"},
    ),
    errors=frozenset({("Odd", "C4")}),
)

TEXT_CASES = (CP1252, GUARDED_CSV, ODD_TEXT)
