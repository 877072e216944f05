"""Demo files of the registers beside the plan, as their keepers write them: made-up operations, risks and crimes."""

import csv
from collections.abc import Callable
from pathlib import Path
from random import Random

Rows = tuple[tuple[object, ...], ...]
OPERATIONS: Rows = (
    ("Date", "Operation", "Strand", "Location", "Led by", "Agencies involved", "Results", "What happened"),
    (
        "14/03/2026", "Operation Lantern", "Visibility", "Bus Station", "WYP", "WYP; Kirklees Council",
        "31 stop and accounts; 4 directions to leave; 2 arrests", "Officers met people off the buses after school.",
    ),
    (
        "11/04/2026", "Taxi checks", "Vehicles", "Railway Station", "Kirklees Council", "Kirklees Council, WYP",
        "Taxi checks: 27; Taxis taken off the road: 3", "One plate in nine was not as it should be.",
    ),
    (
        "23/05/2026", "Homes above the shops", "Housing standards", "Northgate", "Kirklees Council", "WYFRS; WYP",
        "19 homes inspected; 5 meter tampering found; 6 housing standards notices", "Two flats were closed that day.",
    ),
    (
        "27/06/2026", "Licensing evening", "Licensing", "Market Place", "Kirklees Council", "WYP; Trading standards",
        "14 premises checked; 3 licensing seizures; 1,850 illegal cigarettes seized", "",
    ),
    ("05/12/2026", "Operation Tinsel", "Retail crime", "Market Place", "WYP", "Town centre businesses", "", ""),
)  # fmt: skip
RISKS: Rows = (
    ("Risk", "Cause and effect", "Likelihood (1-5)", "Impact (1-5)", "Mitigation", "Risk owner", "Review date"),
    (
        "Signs of the order are out of date", "Penalties are appealed and fail", 3, 4, "New signs are ordered",
        "Kirklees Council", "31/01/2027",
    ),
    (
        "Outreach is one person deep", "Leave and sickness stop it", 4, 3, "A second post is advertised",
        "Kirklees Council", "15/12/2026",
    ),
)  # fmt: skip
CRIME_HEAD = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
CRIME_TYPES = ("Shoplifting", "Anti-social behaviour", "Violence and sexual offences", "Criminal damage and arson")
STREETS = ("On or near Market Place", "On or near Northgate", "On or near Shopping Area", "On or near Bus Station")
MONTHS = ("2025-08", "2025-09", "2026-08", "2026-09")
AREAS = (("E01999001", "Made-up 001A"), ("E01999002", "Made-up 001B"), ("E01999003", "Made-up 002A"))
FORCE = "West Yorkshire Police"


def crimes() -> list[tuple[object, ...]]:
    """Crimes of four months, as the police publish them month by month; always the same."""
    pick = Random(26)  # noqa: S311 - made-up crimes
    found: list[tuple[object, ...]] = [CRIME_HEAD]
    for month in MONTHS:
        for number in range(pick.randint(34, 52)):
            code, name = pick.choices(AREAS, (5, 3, 2))[0]
            kind = pick.choices(CRIME_TYPES, (5, 4, 4, 2))[0]
            crime = "" if kind == "Anti-social behaviour" else f"madeup{month.replace('-', '')}{number:03}"
            street = pick.choices(STREETS, (4, 2, 3, 2))[0]
            found.append((crime, month, FORCE, FORCE, "", "", street, code, name, kind, "", ""))
    return found


def _csv(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)


BUILDERS: dict[str, Callable[[Path], None]] = {
    "operations.csv": lambda path: _csv(path, OPERATIONS),
    "risks.csv": lambda path: _csv(path, RISKS),
    "street-crime.csv": lambda path: _csv(path, tuple(crimes())),
}
