"""Workbooks whose trouble is in the cells: dates of every form, several owners, status against RAG, refs twice."""

from datetime import date
from pathlib import Path

from tests.workbooks.handmade_parts import COMMUNITIES, NEIGHBOURHOODS, RISK, Case, Cell, Rows, Value, write_sheets

# what the cell holds -> the due date that must be read from it
DATES_READ: tuple[tuple[Cell, str], ...] = (
    (date(2026, 3, 31), "2026-03-31"),
    ("31/03/2026", "2026-03-31"),
    ("5/6/2026", "2026-06-05"),
    ("1.4.26", "2026-04-01"),
    ("30-6-2026", "2026-06-30"),
    ("2026-09-30", "2026-09-30"),
    ("12th March 2026", "2026-03-12"),
    ("1 Sept 2026", "2026-09-01"),
    ("by 31st March 2027", "2027-03-31"),
    ("w/c 12/10/2026", "2026-10-12"),
    ("Mar-27", "2027-03-31"),
    ("February 2027", "2027-02-28"),
    ("Q2 2026/27", "2026-09-30"),
    ("FY26/27", "2027-03-31"),
    (date(2040, 1, 31), "2040-01-31"),
)
# words that are no date and no mistake
WORDS_FOR_DATES = ("Ongoing", "Continuous", "TBC", "TBA", "TBD", "N/A", "-", "Monthly")
# what cannot be read without asking: the field stays empty, its text is kept
DATES_UNREAD = ("31/04/2026", "46112", "Q2 2026", "Summer 2026", "March", "9-Nove-26")
FAR_DATE = date(2040, 1, 31)
_DATE_CELLS: tuple[Cell, ...] = (*(cell for cell, _iso in DATES_READ), *WORDS_FOR_DATES, *DATES_UNREAD)


def build_text_dates(path: Path) -> None:
    """Write one action for each form of date, in column C from row 2."""
    rows: list[list[Cell]] = [["Action", "Owner", "Target date"]]
    rows += [[f"Action {number}", "Tom Briggs", cell] for number, cell in enumerate(_DATE_CELLS, start=1)]
    write_sheets(path, {"Dates": rows})


def _dated_actions() -> tuple[dict[str, Value], ...]:
    actions: list[dict[str, Value]] = []
    for number, (cell, iso) in enumerate(DATES_READ, start=1):
        action: dict[str, Value] = {"title": f"Action {number}", "baseline_due": iso, "forecast_due": iso}
        actions.append(action | ({"due_text": cell} if isinstance(cell, str) else {}))
    for number, words in enumerate((*WORDS_FOR_DATES, *DATES_UNREAD), start=len(DATES_READ) + 1):
        actions.append({"title": f"Action {number}", "baseline_due": None, "forecast_due": None, "due_text": words})
    return tuple(actions)


TEXT_DATES = Case(
    name="text dates",
    suffix=".xlsx",
    build=build_text_dates,
    actions=_dated_actions(),
    errors=frozenset(("Dates", f"C{_DATE_CELLS.index(words) + 2}") for words in DATES_UNREAD),
    warnings=frozenset({("Dates", f"C{_DATE_CELLS.index(FAR_DATE) + 2}")}),
)

# lead cell -> lead officer, lead partner, supporting people, supporting partners
OWNERS: tuple[tuple[str, str | None, str | None, list[str], list[str]], ...] = (
    ("Amina Shah", "Amina Shah", None, [], []),
    ("Shah, Amina", "Amina Shah", None, [], []),
    ("Tom Briggs; Amina Shah", "Tom Briggs", None, ["Amina Shah"], []),
    ("Tom Briggs / Nadia Hussain", "Tom Briggs", None, ["Nadia Hussain"], []),
    ("Tom Briggs\nNadia Hussain\nYusuf Patel", "Tom Briggs", None, ["Nadia Hussain", "Yusuf Patel"], []),
    ("Nadia Hussain and Tom Briggs", "Nadia Hussain", None, ["Tom Briggs"], []),
    ("Nadia Hussain & Yusuf Patel", "Nadia Hussain", None, ["Yusuf Patel"], []),
    ("Gareth Sykes, Hafsa Bibi", "Gareth Sykes", None, ["Hafsa Bibi"], []),
    ("Tom Briggs, Nadia Hussain, Yusuf Patel", "Tom Briggs", None, ["Nadia Hussain", "Yusuf Patel"], []),
    ("Shah, Amina; Briggs, Tom", "Amina Shah", None, ["Tom Briggs"], []),
    ("WYP", None, "West Yorkshire Police", [], []),
    ("Fire and Rescue", None, "West Yorkshire Fire and Rescue Authority", [], []),
    ("Police / Kirklees Council", None, "West Yorkshire Police", [], ["Kirklees Council"]),
    ("Tom Briggs, Kirklees Council", "Tom Briggs", None, [], ["Kirklees Council"]),
    ("Community and voluntary sector", None, "Community and voluntary sector providers", [], []),
    ("To be recruited", None, None, [], []),
    ("Vacant", None, None, [], []),
    ("N/A", None, None, [], []),
    ("آمنہ شاہ", "آمنہ شاہ", None, [], []),
)


def build_several_owners(path: Path) -> None:
    """Write one action for each way of naming who leads it, in column C from row 2."""
    rows: list[list[Cell]] = [["Theme", "Action", "Who", "By when"]]
    rows += [[RISK, f"Task {number}", owner[0], date(2026, 12, 31)] for number, owner in enumerate(OWNERS, start=1)]
    write_sheets(path, {"Who": rows})


SEVERAL_OWNERS = Case(
    name="several owners",
    suffix=".xlsx",
    build=build_several_owners,
    actions=tuple(
        {
            "title": f"Task {number}",
            "theme": RISK,
            "lead_officer": officer,
            "lead_partner": partner,
            "supporting_people": people,
            "supporting_partners": partners,
        }
        for number, (_cell, officer, partner, people, partners) in enumerate(OWNERS, start=1)
    ),
)


def build_status_and_rag(path: Path) -> None:
    """Write three sheets: status beside RAG, one status column with both kinds of word, and RAG alone in words."""
    apart: Rows = [
        ["Theme", "Action", "Lead", "Status", "RAG"],
        [RISK, "Apart 1", "Marcus Doyle", "Not started", None],
        [RISK, "Apart 2", "Marcus Doyle", "In progress", "Amber"],
        [RISK, "Apart 3", "Marcus Doyle", "On hold", "R"],
        [RISK, "Apart 4", "Marcus Doyle", "Completed", "Blue"],
        [RISK, "Apart 5", "Marcus Doyle", "Cancelled", None],
        [RISK, "Apart 6", "Marcus Doyle", "Ongoing", "green"],
    ]
    both: Rows = [
        ["Theme", "Action", "Lead", "Status"],
        [RISK, "Both 1", "Ruth Ellam", "Not started"],
        [RISK, "Both 2", "Ruth Ellam", "On track"],
        [RISK, "Both 3", "Ruth Ellam", "At risk"],
        [RISK, "Both 4", "Ruth Ellam", "Off track"],
        [RISK, "Both 5", "Ruth Ellam", "Complete"],
    ]
    alone: Rows = [
        ["Theme", "Action", "Lead", "Delivery RAG"],
        [RISK, "Alone 1", "Anil Mistry", "Complete"],
        [RISK, "Alone 2", "Anil Mistry", "Green"],
        [RISK, "Alone 3", "Anil Mistry", "A"],
        [RISK, "Alone 4", "Anil Mistry", "Red - off track"],
        [RISK, "Alone 5", "Anil Mistry", "purple"],
    ]
    write_sheets(path, {"Apart": apart, "Both": both, "Alone": alone})


STATUS_AND_RAG = Case(
    name="status and RAG",
    suffix=".xlsx",
    build=build_status_and_rag,
    actions=(
        {"title": "Apart 1", "status": "not_started", "rag": None},
        {"title": "Apart 2", "status": "in_progress", "rag": "A"},
        {"title": "Apart 3", "status": "on_hold", "rag": "R"},
        {"title": "Apart 4", "status": "complete", "rag": "B"},
        {"title": "Apart 5", "status": "cancelled", "rag": None},
        {"title": "Apart 6", "status": "ongoing", "rag": "G"},
        {"title": "Both 1", "status": "not_started", "rag": None},
        {"title": "Both 2", "rag": "G"},
        {"title": "Both 3", "rag": "A"},
        {"title": "Both 4", "rag": "R"},
        {"title": "Both 5", "status": "complete"},
        {"title": "Alone 1", "status": "complete", "rag": "B"},
        {"title": "Alone 2", "rag": "G"},
        {"title": "Alone 3", "rag": "A"},
        {"title": "Alone 4", "rag": "R"},
        {"title": "Alone 5", "rag": None},
    ),
    errors=frozenset({("Alone", "D6")}),
    warnings=frozenset({("Apart", "E3"), ("Apart", "E4")}),
)


def build_duplicate_refs(path: Path) -> None:
    """Write one ref on two quite different actions."""
    rows: Rows = [
        ["Ref", "Theme", "Action", "Lead", "Due"],
        ["A1", NEIGHBOURHOODS, "Plant a community orchard", "Lena Wójcik", date(2026, 11, 27)],
        ["A2", NEIGHBOURHOODS, "Visit repeat callers", "Tracey Beaumont", date(2026, 12, 18)],
        ["A1", NEIGHBOURHOODS, "Seize off-road bikes", "Bilal Arshad", date(2027, 1, 29)],
    ]
    write_sheets(path, {"Plan": rows})


DUPLICATE_REFS = Case(
    name="duplicate refs",
    suffix=".xlsx",
    build=build_duplicate_refs,
    actions=(
        {"title": "Plant a community orchard", "forecast_due": "2026-11-27", "lead_officer": "Lena Wójcik"},
        {"title": "Visit repeat callers", "source_ref": "A2"},
        {"title": "Seize off-road bikes", "forecast_due": "2027-01-29", "lead_officer": "Bilal Arshad"},
    ),
    warnings=frozenset({("Plan", "A4")}),
)


def build_month_first(path: Path) -> None:
    """Write a column of dates in text, two of which can only be month first."""
    rows: Rows = [
        ["Theme", "Action", "Lead", "Deadline"],
        [COMMUNITIES, "Open a reading room", "Marta Nowak", "03/31/2026"],
        [COMMUNITIES, "Start a choir", "Kwame Mensah", "04/05/2026"],
        [COMMUNITIES, "Plant bulbs", "Joan Hirst", "12/06/2026"],
        [COMMUNITIES, "Run a lunch club", "Zainab Ahmed", "10/14/2026"],
    ]
    write_sheets(path, {"Projects": rows})


def _month_first(name: str, dues: tuple[str | None, str | None, str | None, str | None], **rest: object) -> Case:
    titles = ("Open a reading room", "Start a choir", "Plant bulbs", "Run a lunch club")
    texts = ("03/31/2026", "04/05/2026", "12/06/2026", "10/14/2026")
    actions = tuple(
        {"title": title, "forecast_due": due, "baseline_due": due, "due_text": text}
        for title, due, text in zip(titles, dues, texts, strict=True)
    )
    return Case(name, ".xlsx", build_month_first, actions, **rest)  # type: ignore[arg-type]  # the fields of a Case


_ONLY_MONTH_FIRST = frozenset({("Projects", "D2"), ("Projects", "D5")})

MONTH_FIRST_IN_DOUBT = _month_first(
    "month first, nobody asked",
    (None, None, None, None),
    errors=_ONLY_MONTH_FIRST,
    column_errors=frozenset({("Projects", "D")}),
)
MONTH_FIRST_SAID = _month_first(
    "month first, said",
    ("2026-03-31", "2026-04-05", "2026-12-06", "2026-10-14"),
    options=("--month-first",),
)
DAY_FIRST_SAID = _month_first(
    "day first, said",
    (None, "2026-05-04", "2026-06-12", None),
    errors=_ONLY_MONTH_FIRST,
    options=("--day-first",),
)

VALUE_CASES = (
    TEXT_DATES,
    SEVERAL_OWNERS,
    STATUS_AND_RAG,
    DUPLICATE_REFS,
    MONTH_FIRST_IN_DOUBT,
    MONTH_FIRST_SAID,
    DAY_FIRST_SAID,
)
