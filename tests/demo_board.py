"""A made-up year of the Board: partners and people, meetings with their log, pathways, risks and the calendar."""

from datetime import date, timedelta

from csp_desktop.registers.forms import Register
from csp_desktop.rules.periods import Quarter, add_months
from tests.demo_town_centre import BUSINESSES, COUNCIL, FIRE, HEALTH, HOUSING, POLICE, VOLUNTARY, Row, Rows

BOARD, TOWN = "Communities Partnership Board", "Safer Dewsbury Town Centre Group"
THEME_GROUP = "Reducing Reoffending Theme Group"
PROBATION = "Probation Service"
PEOPLE = (
    # name, organisation, post
    ("Ruth Denham", COUNCIL, "Cabinet member for communities"),
    ("Joanne Firth", COUNCIL, "Community safety manager"),
    ("Callum Hargreave", COUNCIL, "Order and enforcement lead"),
    ("Meera Joshi", COUNCIL, "Public health manager"),
    ("Gareth Ellison", COUNCIL, "Town centre manager"),
    ("Imran Sadiq", POLICE, "Neighbourhood inspector"),
    ("Leanne Okoro", COUNCIL, "Housing standards lead"),
    ("Tom Ridgeway", PROBATION, "Head of probation delivery"),
    ("Asha Whitfield", FIRE, "District prevention manager"),
    ("Denise Marlow", VOLUNTARY, "Chief officer of a voluntary sector network"),
    ("Stefan Kowal", BUSINESSES, "Chair of the traders"),
)
LAST_DAYS, FIRST_DAYS, NEXT_DAYS = 75, 180, 17
ITEMS = (
    ("apologies", "Welcome and apologies", "", "", ""),
    ("declarations", "Declarations of interest", "", "", ""),
    ("last_minutes", "Minutes of the last meeting", "Ruth Denham", "", "Agree the minutes"),
    ("matters_arising", "Matters arising and action log", "Joanne Firth", "", "Close what is complete"),
    ("item", "Progress of the plan", "Joanne Firth", "The progress report of the last quarter.", "Note the report"),
    ("item", "Order for Dewsbury town centre", "Callum Hargreave", "Three clauses come up for renewal.", "Consult"),
    ("any_other_business", "Any other business", "", "", ""),
    ("next_meeting", "Date of the next meeting", "", "", ""),
)
PATHWAYS = (
    # concern, when to refer, first contact, out of hours, response, owner, months to its review
    (
        "A child at risk of harm", "You believe that a child is hurt, neglected or exploited, or may be.",
        "Children's front door, 9am to 5pm", "Emergency duty team", "The same day", "Meera Joshi", 5,
        "Children Act 1989, sections 17 and 47",
    ),
    (
        "An adult at risk", "An adult with care needs cannot protect themselves from abuse or neglect.",
        "Adult social care gateway", "Emergency duty team", "One working day", "Meera Joshi", -1,
        "Care Act 2014, section 42",
    ),
    (
        "Domestic abuse, high risk", "Serious harm is likely: the checklist scores high, or your judgement says so.",
        "The independent adviser service", "999", "The same day", "Imran Sadiq", 4, "Domestic Abuse Act 2021",
    ),
    (
        "Someone being drawn into terrorism", "Somebody's views or contacts give you real concern.",
        "The Prevent duty officer", "The police, 101", "Five working days", "Imran Sadiq", 9,
        "Counter-Terrorism and Security Act 2015, section 26",
    ),
    (
        "Exploitation by a drugs gang", "A home is taken over, or a young person carries or sells for others.",
        "The neighbourhood team", "999", "Two working days", "Imran Sadiq", 2, "Modern Slavery Act 2015",
    ),
    (
        "Hate incident", "Somebody is targeted for who they are, or believes that they are.",
        "Any reporting centre", "The police, 101", "Three working days", "Denise Marlow", 7, "",
    ),
    (
        "Anti-social behaviour that persists", "It happened three times within six months, whoever was told.",
        "The community safety team", "", "Ten working days", "Joanne Firth", 6,
        "Anti-social Behaviour, Crime and Policing Act 2014, section 104",
    ),
)  # fmt: skip
RISKS = (
    # risk, cause and effect, likelihood, impact, controls, target, owner, months to its review, status, themes
    (
        "The order lapses before it is renewed", "Consultation starts too late, so clauses expire.", 4, 4,
        "Dates in the calendar; a draft with legal services.", (2, 4), "Callum Hargreave", 1, "open",
        ("Public Spaces Protection Order",),
    ),
    (
        "Money for outreach ends in March", "A grant ends, and nobody has said who pays.", 4, 3,
        "A case for the budget round.", (2, 3), "Meera Joshi", 2, "open", ("Begging and rough sleeping",),
    ),
    (
        "Partners do not share what they know", "Agreements run out, so figures stop.", 3, 4,
        "Agreements are reviewed each year.", (2, 3), "Joanne Firth", -1, "open", (),
    ),
    (
        "Too few officers for days of action", "Demand elsewhere takes them.", 3, 3, "Dates fixed a quarter ahead.",
        (2, 2), "Imran Sadiq", 3, "open", ("Visibility",),
    ),
    (
        "A measure cannot be read", "The source changes what it counts.", 2, 2, "Two people know each source.",
        (1, 2), "Joanne Firth", 5, "open", (),
    ),
    (
        "The signs of the order are wrong", "Old signs name an old order.", 2, 3, "All were changed in spring.",
        (1, 1), "Gareth Ellison", -4, "closed", ("Public Spaces Protection Order",),
    ),
)  # fmt: skip


def partners(today: date) -> Rows:
    """The theme group, people with their posts, seats, agreements and a deputy."""
    found: Rows = [
        (Register.GROUPS, {"name": THEME_GROUP, "kind": "theme_group", "purpose": "Keeps the reoffending work moving."})
    ]
    for name, organisation, post in PEOPLE:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        found.append((Register.PEOPLE, {"name": name, "organisation": organisation, "job_title": post, "email": email}))
    seats = (
        (BOARD, "Ruth Denham", "Chair", 40, None), (BOARD, "Imran Sadiq", "Vice-chair", 28, None),
        (BOARD, "Tom Ridgeway", "Member", 40, None), (BOARD, "Asha Whitfield", "Member", 18, None),
        (BOARD, "Denise Marlow", "Member", 40, 2), (TOWN, "Gareth Ellison", "Chair", 22, None),
        (TOWN, "Stefan Kowal", "Member", 22, None), (TOWN, "Imran Sadiq", "Member", 28, None),
        (THEME_GROUP, "Tom Ridgeway", "Chair", 16, None), (THEME_GROUP, "Meera Joshi", "Member", 16, None),
    )  # fmt: skip
    for group, person, role, since, until in seats:
        seat: Row = {"group": group, "person": person, "role": role, "starts": add_months(today, -since)}
        seat["ends"] = None if until is None else add_months(today, until)
        found.append((Register.GROUP_MEMBERS, seat))
    for organisation, title, since, until in (
        (POLICE, "Sharing of crime and incident data", 20, 4),
        (PROBATION, "Sharing for reducing reoffending", 30, -2),
        (HEALTH, "Treatment figures without names", 11, 13),
        (HOUSING, "Tenancy enforcement", 26, 1),
    ):
        days: Row = {"signed_on": add_months(today, -since), "review_date": add_months(today, until)}
        found.append((Register.AGREEMENTS, {"organisation": organisation, "title": title, **days}))
    stands_in: Row = {"person": "Joanne Firth", "deputy": "Callum Hargreave", "starts": add_months(today, -6)}
    found.append((Register.DEPUTIES, stands_in))
    return found


def meetings(today: date) -> Rows:
    """Two meetings of the Board that were held, one to come; and one of the town-centre group either way."""
    first, last, following = (today - timedelta(days=days) for days in (FIRST_DAYS, LAST_DAYS, -NEXT_DAYS))
    found: Rows = []
    for group, day, status, chair in (
        (BOARD, first, "held", "Ruth Denham"), (BOARD, last, "held", "Ruth Denham"),
        (BOARD, following, "planned", "Ruth Denham"), (TOWN, today - timedelta(days=24), "held", "Gareth Ellison"),
        (TOWN, today + timedelta(days=25), "planned", "Gareth Ellison"),
    ):  # fmt: skip
        meeting: Row = {"group": group, "held_on": day, "status": status, "chair": chair, "begins": "10.00am"}
        meeting |= {"venue": "Town Hall, meeting room 2", "cut_off": day - timedelta(days=14)}
        meeting |= {"papers_date": day - timedelta(days=7), "minutes_agreed": last if day == first else None}
        found.append((Register.MEETINGS, meeting))
    for day in (first, last, following):
        found += _agenda(f"{BOARD}, {day.isoformat()}")
    for day in (first, last):
        found += _kept(f"{BOARD}, {day.isoformat()}", is_first=day == first)
    return found + _log(first, last, today)


def _agenda(meeting: str) -> Rows:
    return [
        (
            Register.AGENDA,
            {
                "meeting": meeting,
                "position": at,
                "kind": kind,
                "title": title,
                "presenter": presenter or None,
                "paper": paper,
                "decision_asked": asked,
            },
        )
        for at, (kind, title, presenter, paper, asked) in enumerate(ITEMS, start=1)
    ]


def _kept(meeting: str, *, is_first: bool) -> Rows:
    """Who was there, the minutes and what was decided."""
    there = {"Ruth Denham": "present", "Imran Sadiq": "present", "Tom Ridgeway": "present", "Joanne Firth": "present"}
    there |= {"Asha Whitfield": "apologies" if is_first else "present", "Callum Hargreave": "in_attendance"}
    found: Rows = [
        (Register.ATTENDANCE, {"meeting": meeting, "person": name, "kind": kind}) for name, kind in there.items()
    ]
    if not is_first:
        absent: Row = {"meeting": meeting, "person": "Denise Marlow", "kind": "apologies", "deputy": "Stefan Kowal"}
        found.append((Register.ATTENDANCE, absent))
    texts = (
        ("Welcome and apologies", "Apologies were received as recorded."),
        ("Minutes of the last meeting", "Agreed as a true record."),
        ("Progress of the plan", "The Board read the progress of the quarter and asked for more on shop theft."),
        ("Order for Dewsbury town centre", "Three clauses come up for renewal; the group is to consult."),
    )
    for title, text in texts:
        item = f"{title}, {meeting.rpartition(', ')[2]}"
        found.append((Register.MINUTES, {"meeting": meeting, "title": title, "text": text, "item": item}))
    wording = (
        "Note the report." if is_first else "Consult on renewing clauses 1 to 3 of the order, and report in spring."
    )
    found.append((Register.DECISIONS, {"meeting": meeting, "wording": wording}))
    return found


def _log(first: date, last: date, today: date) -> Rows:
    early, late = f"{BOARD}, {first.isoformat()}", f"{BOARD}, {last.isoformat()}"
    town = f"{TOWN}, {(today - timedelta(days=24)).isoformat()}"
    rows: tuple[Row, ...] = (
        {
            "meeting": early, "title": "Set out what each partner puts into days of action", "owner": "Joanne Firth",
            "due": first + timedelta(days=60), "status": "closed", "completed_on": first + timedelta(days=52),
            "closed_on": last, "closed_at": late, "position": "One page, agreed by all partners.",
        },
        {
            "meeting": early, "title": "Bring figures of shop theft by month", "owner": "Imran Sadiq",
            "due": first + timedelta(days=90), "status": "open", "position": "First figures came; the method is open.",
        },
        {
            "meeting": early, "title": "Ask the health sector for a member", "owner": HEALTH,
            "due": today - timedelta(days=8), "status": "open", "position": "",
        },
        {
            "meeting": late, "title": "Draft the consultation on the order", "owner": "Callum Hargreave",
            "due": today - timedelta(days=4), "status": "completed", "completed_on": today - timedelta(days=6),
            "position": "Drafted and with legal services.",
        },
        {
            "meeting": late, "title": "Say what ends when the outreach grant ends", "owner": "Meera Joshi",
            "due": today + timedelta(days=14), "status": "open", "position": "",
        },
        {
            "meeting": late, "title": "Visit the covered market with the traders", "owner": "Stefan Kowal",
            "due": None, "due_text": "before Christmas", "status": "open", "position": "",
        },
        {
            "meeting": town, "title": "Map the broken lamps between station and square", "owner": "Gareth Ellison",
            "due": today + timedelta(days=21), "status": "open", "position": "Half of the streets are walked.",
        },
    )  # fmt: skip
    return [(Register.LOG, row) for row in rows]


def delivery(today: date) -> Rows:
    """Pathways, risks, reporting periods and the dates of the calendar."""
    found: Rows = []
    for concern, threshold, contact, after_hours, response, owner, months, basis in PATHWAYS:
        row: Row = {"concern": concern, "threshold": threshold, "first_contact": contact, "out_of_hours": after_hours}
        row |= {"response_time": response, "owner": owner, "review_date": add_months(today, months)}
        found.append((Register.PATHWAYS, row | {"legal_basis": basis, "form": "Referral form on the intranet"}))
    for title, description, likelihood, impact, controls, target, owner, months, status, themes in RISKS:
        row = {"title": title, "description": description, "likelihood": likelihood, "impact": impact}
        row |= {"controls": controls, "target_likelihood": target[0], "target_impact": target[1], "owner": owner}
        row |= {"review_date": add_months(today, months), "status": status, "themes": themes}
        found.append((Register.RISKS, row))
    quarter = Quarter.containing(today)
    for each in (quarter.previous(), quarter, quarter.following()):
        days: Row = {"cut_off": each.last_day + timedelta(days=14), "papers_date": each.last_day + timedelta(days=30)}
        found.append((Register.REPORTING_PERIODS, {"label": each.label, **days}))
    dates: tuple[tuple[str, date, str, int | None, str], ...] = (
        ("Refresh of the plan", add_months(today, 4), "annual_refresh", 12, "Joanne Firth"),
        ("Strategic intelligence assessment", add_months(today, 10), "assessment", 12, "Joanne Firth"),
        ("Consultation on the order closes", add_months(today, 1), "consultation", None, "Callum Hargreave"),
        ("Community safety fund return", add_months(today, -1), "other", 3, "Joanne Firth"),
    )
    for title, due, kind, again, owner in dates:
        key_date: Row = {"title": title, "due": due, "kind": kind, "repeat_months": again, "owner": owner}
        found.append((Register.KEY_DATES, key_date))
    return found
