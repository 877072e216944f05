"""A made-up year of the Safer Dewsbury group: places, days of action with their outputs, order clauses, feedback."""

from datetime import date, timedelta
from random import Random

from csp_desktop.registers.forms import Register
from csp_desktop.rules.periods import add_months

Row = dict[str, object]
Rows = list[tuple[Register, Row]]
COUNCIL, POLICE, FIRE = "Kirklees Council", "West Yorkshire Police", "West Yorkshire Fire and Rescue Authority"
BUSINESSES, HEALTH = "Dewsbury town centre businesses", "Health sector"
VOLUNTARY, HOUSING = "Community and voluntary sector providers", "Housing providers"
PLACES = (
    # name, across, down
    ("Market Place", 500, 470),
    ("Covered Market", 620, 380),
    ("Bus Station", 300, 620),
    ("Railway Station", 190, 330),
    ("Town Hall Square", 440, 300),
    ("Church Gardens", 560, 720),
    ("Northgate", 480, 140),
    ("Riverside Car Park", 790, 640),
)
KINDS = (
    # what the day was, strand, lead, who came, what it yields with the most of it
    (
        "Market Place day of action", "Visibility", POLICE, (COUNCIL, BUSINESSES),
        (("Directions to leave", 9), ("Stop and searches", 12), ("Arrests", 4), ("Shops visited", 40)),
    ),
    (
        "Licensing checks", "Licensing", COUNCIL, (POLICE, FIRE),
        (("Premises checked", 18), ("Licensing seizures", 6), ("Illegal cigarettes seized", 4200), ("Arrests", 1)),
    ),
    (
        "Taxi and vehicle checks", "Vehicles", POLICE, (COUNCIL,),
        (("Taxi checks", 34), ("Taxis taken off the road", 5), ("Vehicles seized", 3), ("Fixed penalties", 11)),
    ),
    (
        "Homes above the shops", "Housing standards", COUNCIL, (FIRE, POLICE),
        (("Homes inspected", 22), ("Meter tampering found", 4), ("Housing standards notices", 7)),
    ),
    (
        "Early outreach walk", "Begging and rough sleeping", COUNCIL, (VOLUNTARY, HEALTH, HOUSING),
        (("People spoken to", 14), ("Referrals to accommodation", 5), ("Referrals to treatment", 4)),
    ),
    (
        "Order patrols", "Street drinking", POLICE, (COUNCIL,),
        (("Directions to leave", 16), ("Alcohol surrendered", 21), ("Fixed penalties", 6)),
    ),
    (
        "Shop theft week", "Retail crime", POLICE, (BUSINESSES,),
        (("Arrests", 8), ("Shops visited", 28), ("Exclusion notices", 7), ("Goods recovered", 60)),
    ),
    (
        "Drug supply warrants", "Drugs supply", POLICE, (COUNCIL, HOUSING),
        (("Warrants", 4), ("Arrests", 6), ("Closure notices", 2)),
    ),
)  # fmt: skip
OUTCOMES = (
    "Calls about the square fell in the week after, and came back after three.",
    "Two premises go to a licence review; the rest were given advice and are seen again.",
    "Traders said they saw officers for the first time in weeks.",
    "Nothing was found at most addresses; the landlord of the rest has been written to.",
    "Four people took up an offer of help on the day.",
)
CLAUSES = (
    # clause, what it requires, place, months since it began, months until it expires
    ("Clause 1: alcohol", "No drinking of alcohol in the street once asked to stop.", "Market Place", 33, 3),
    ("Clause 2: begging", "No begging in a way that causes alarm or distress.", "Bus Station", 33, 3),
    ("Clause 3: groups", "Groups that cause alarm leave when they are told to.", "Town Hall Square", 33, 3),
    ("Clause 4: substances", "No use of intoxicating substances in the street.", "Church Gardens", 14, 22),
    ("Clause 5: vehicles", "No gathering of vehicles that causes noise or danger.", "Riverside Car Park", 38, -2),
)
FEEDBACK = (
    # days ago, from, place, strand, what was said, what was answered
    (12, "business", "Market Place", "Retail crime", "We see the same people take goods three times a week.", ""),
    (
        31, "resident", "Church Gardens", "Street drinking", "The gardens feel better on weekdays; not on Saturdays.",
        "Patrols have been moved to Saturday afternoons.",
    ),
    (
        58, "councillor", "Bus Station", "Visibility", "People ask when they will see an officer here.",
        "The rota now has one there at school closing time.",
    ),
    (95, "visitor", "Railway Station", "Design and CCTV", "The path from the station is dark after five.", ""),
    (
        140, "survey", "Town Hall Square", "Town-centre economy", "Six in ten would come more often if it felt safer.",
        "The survey is repeated each autumn.",
    ),
    (201, "partner", "Riverside Car Park", "Vehicles", "Cars gather on Friday nights and the noise carries.", ""),
)  # fmt: skip
ACTIONS = (
    # what will be done, strand number, months until it is due, who leads it
    ("Agree a rota of visible presence for market days", "A", 4, "Joanne Firth"),
    ("Review the Public Spaces Protection Order before its clauses expire", "B", 3, "Callum Hargreave"),
    ("Open a day centre offer for people who drink on the street", "C", 7, "Meera Joshi"),
    ("Share a list of persistent shop theft with the businesses each month", "F", -1, "Imran Sadiq"),
    ("Inspect every home above the shops on Northgate", "H", 10, "Leanne Okoro"),
    ("Replace the cameras on the path to the railway station", "J", 6, "Gareth Ellison"),
)
OPERATIONS_OF_A_YEAR = 20
DAYS_BETWEEN = 19


def places() -> Rows:
    found: Rows = [(Register.PLACES, {"name": name, "across": across, "down": down}) for name, across, down in PLACES]
    return found


def operations(today: date) -> Rows:
    """Days of action of the year up to today, and two that are to come."""
    pick = Random(11)  # noqa: S311 - made-up outputs
    found: Rows = []
    for at in range(OPERATIONS_OF_A_YEAR + 2):
        starts = today - timedelta(days=DAYS_BETWEEN * (OPERATIONS_OF_A_YEAR - at) - 6)
        title, strand, lead, partners, outputs = KINDS[at % len(KINDS)]
        row: Row = {
            "title": title,
            "starts": starts,
            "strand": strand,
            "place": PLACES[(at * 3) % len(PLACES)][0],
            "lead": lead,
            "partners": (lead, *partners),
            "status": "planned",
        }
        if starts <= today:
            row |= {
                "status": "cancelled" if at == OPERATIONS_OF_A_YEAR // 2 else "held",
                "outputs": tuple((kind, pick.randint(most // 4, most)) for kind, most in outputs),
                "outcome": OUTCOMES[at % len(OUTCOMES)],
                "summary": f"Officers met at nine and worked {row['place']} and the streets round it until four.",
            }
        if row["status"] == "cancelled":
            row |= {"outputs": (), "outcome": "Called off: officers were needed elsewhere.", "summary": ""}
        if at == 1:
            row["ends"] = starts + timedelta(days=1)
        found.append((Register.OPERATIONS, row))
    return found


def follow_ups(today: date) -> Rows:
    held = [row for _, row in operations(today) if row["status"] == "held"]

    def follow(at: int, title: str, owner: str, days: int, status: str) -> tuple[Register, Row]:
        operation = held[at]
        starts = operation["starts"]
        assert isinstance(starts, date)
        row: Row = {
            "operation": f"{operation['title']}, {starts.isoformat()}",
            "title": title,
            "owner": owner,
            "due": starts + timedelta(days=days),
            "status": status,
        }
        if status == "complete":
            row["done_on"] = starts + timedelta(days=days - 3)
        return Register.FOLLOW_UPS, row

    return [
        follow(-1, "Write to the landlord of the three addresses", "Leanne Okoro", 14, "in_progress"),
        follow(-2, "Take two premises to a licence review", "Meera Joshi", 20, "not_started"),
        follow(-3, "Repair the gate of the gardens", COUNCIL, 10, "not_started"),
        follow(-5, "Give the shops the new number to call", "Imran Sadiq", 21, "complete"),
        follow(-6, "Ask for a camera at the corner", "Gareth Ellison", 30, "complete"),
    ]


def clauses(today: date) -> Rows:
    found: Rows = []
    for clause, requirement, place, since, until in CLAUSES:
        row: Row = {
            "order_name": "Dewsbury town centre order",
            "clause": clause,
            "requirement": requirement,
            "strand": "Public Spaces Protection Order",
            "place": place,
            "area_text": "The town centre within the ring road",
            "starts": add_months(today, -since),
            "expires": add_months(today, until),
            "owner": "Callum Hargreave",
        }
        found.append((Register.ORDER_CLAUSES, row))
    return found


def feedback(today: date) -> Rows:
    found: Rows = []
    for days, source, place, strand, said, answer in FEEDBACK:
        dated = today - timedelta(days=days)
        row: Row = {"dated": dated, "source": source, "place": place, "strand": strand, "said": said, "answer": answer}
        if answer:
            row["answered_on"] = dated + timedelta(days=9)
        found.append((Register.FEEDBACK, row))
    return found


def rows(today: date) -> Rows:
    """Everything of the town centre, what is named before what names it."""
    return [*places(), *operations(today), *follow_ups(today), *clauses(today), *feedback(today)]
