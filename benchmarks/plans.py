"""Made-up plans of any length, in words and proportions of real ones; the same for the same number of rows."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

HEADINGS = (
    "Ref", "Priority", "Action", "Lead", "Supporting partners", "Start date", "Due date", "Status", "RAG",
    "% complete", "Progress update", "Next steps",
)  # fmt: skip
_PRIORITIES = (
    "Reducing reoffending", "Serious violence", "Anti-social behaviour", "Domestic abuse", "Drugs and alcohol",
    "Hate crime and cohesion", "Violence against women and girls", "Acquisitive crime",
)  # fmt: skip
_VERBS = (
    "Deliver", "Review", "Commission", "Extend", "Pilot", "Publish", "Agree", "Map", "Evaluate", "Promote",
    "Strengthen", "Refresh",
)  # fmt: skip
_THINGS = (
    "the integrated offender management cohort", "a knife crime prevention offer", "the night-time economy patrols",
    "trauma-informed training", "the public spaces protection order", "a bystander programme", "the refuge provision",
    "supported housing for prison leavers", "the hotspot policing plan", "restorative justice referrals",
    "the substitute prescribing pathway", "a reporting centre for hate incidents", "the problem-solving plan",
    "employment support on release", "the youth diversion scheme", "CCTV and lighting improvements",
)  # fmt: skip
_PLACES = (
    "in the town centre", "across the district", "with secondary schools", "in the north locality", "at the hospital",
    "along the canal corridor", "on the Riverside estate", "with registered landlords", "in custody suites",
    "for 18 to 25 year olds",
)  # fmt: skip
_FIRST = ("Amina", "Tom", "Priya", "Gareth", "Siân", "Wei", "Joanne", "Mohammed", "Ruth", "Kofi", "Ewa", "Liam")
_LAST = ("Shah", "Hale", "Okafor", "Lewis", "Kowalska", "Begum", "O’Neill", "Wright", "Chen", "Davies", "Iqbal")
_BODIES = (
    "Police", "Probation Service", "Public Health", "Housing Services", "Youth Justice Service", "Fire and Rescue",
    "Adult Social Care", "Children’s Services", "Integrated Care Board", "Victim Support", "Neighbourhood Team",
)  # fmt: skip
_STATUSES = ("Not started", "In progress", "In progress", "In progress", "Delayed", "Complete")
_COLOURS = ("Green", "Green", "Amber", "Amber", "Red", "Complete")
_DONE = (
    "First meeting held on {day}; terms of reference agreed by all partners.",
    "{number} people were referred in the quarter, {less} of whom have engaged.",
    "Funding of £{number},000 confirmed. Recruitment is under way and due to close on {day}.",
    "Delayed by the change of provider; a revised timetable went to the board on {day}.",
    "Training delivered to {number} front-line staff. Feedback was positive – {less} asked for a follow-up.",
)
_NEXT = (
    "Report to the board by {day}.", "Hold a review with {body}.", "Recruit {less} volunteers.",
    "Sign the data-sharing agreement with {body} by {day}.", "Publish the results.", "",
)  # fmt: skip
_BEGIN = date(2025, 4, 1)


def write_workbook(path: Path, rows: int) -> None:
    """Write a workbook with ``rows`` actions in twelve columns below a title and the headings."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Action plan")
    sheet.append(["Community safety partnership: action plan"])
    sheet.append([])
    sheet.append(HEADINGS)
    pick = Random(rows)
    for number in range(1, rows + 1):
        sheet.append(_row(pick, number))
    book.save(path)


def _row(pick: Random, number: int) -> list[object]:
    start = _BEGIN + timedelta(days=pick.randrange(365))
    bodies = pick.sample(_BODIES, k=pick.randrange(1, 4))
    return [
        f"CSP-{number:05d}",
        pick.choice(_PRIORITIES),
        f"{pick.choice(_VERBS)} {pick.choice(_THINGS)} {pick.choice(_PLACES)} (strand {number})",
        f"{pick.choice(_FIRST)} {pick.choice(_LAST)}",
        "; ".join(bodies),
        start,
        start + timedelta(days=pick.randrange(30, 700)),
        pick.choice(_STATUSES),
        pick.choice(_COLOURS),
        pick.randrange(0, 101, 5) / 100,
        _sentence(pick, _DONE),
        _sentence(pick, _NEXT),
    ]


def _sentence(pick: Random, forms: tuple[str, ...]) -> str:
    day = _BEGIN + timedelta(days=pick.randrange(500))
    number = pick.randrange(12, 240)
    shown = f"{day.day} {day:%B %Y}"
    return pick.choice(forms).format(day=shown, number=number, less=number // 3, body=pick.choice(_BODIES))
