"""Made-up evidence and measures: two editions of the assessment, figures of areas, and measures with their readings."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from csp_desktop.registers.forms import Register
from csp_desktop.rules.periods import Quarter, add_months, financial_year, month_period
from models.evidence import AreaFigure
from models.terms import AreaKind, Topic
from tests.demo_town_centre import COUNCIL, HEALTH, POLICE, Row, Rows

WARD_SET = "Wards from May 2026"
AREAS = (
    # name, kind, people
    ("Dewsbury town centre", "town", None),
    ("Made-up North", "ward", 17_400), ("Made-up South", "ward", 16_900), ("Made-up East", "ward", 18_250),
    ("Made-up West", "ward", 15_800), ("Made-up Valley", "ward", 17_050),
)  # fmt: skip
FINDINGS = (
    # topic, finding, what was found, priority in the full review, priority now, movement, objectives, spotlight
    (
        "crime", "Theft from shops", "Recorded theft from shops rose by a fifth; a few people account for most of it.",
        "amber", "red", "worsened", ("Reduce neighbourhood crime",), True,
    ),
    (
        "crime", "Serious violence", "Fewer injuries with a knife were seen at the hospitals than the year before.",
        "red", "amber", "improved", ("Tackle violence",), False,
    ),
    (
        "asb_nuisance", "Nuisance vehicles", "Complaints cluster on Friday evenings in two car parks.",
        "amber", "amber", "unchanged", ("Reduce anti-social behaviour",), False,
    ),
    (
        "asb_personal", "Neighbour disputes", "Cases that last longer than six months halved.",
        "amber", "green", "improved", ("Reduce anti-social behaviour",), False,
    ),
    (
        "asb_environmental", "Fly-tipping", "A third of all reports come from two wards.",
        "green", "amber", "worsened", (), False,
    ),
    (
        "substance_misuse", "Drug deaths", "Treatment reaches more people, and later than elsewhere.",
        "red", "red", "unchanged", (), True,
    ),
    (
        "perceptions", "Safety after dark", "Fewer than half feel safe in the town centre after dark.",
        None, "amber", "new", (), False,
    ),
    (
        "demography", "A younger population", "The share of people under 25 grows in three wards.",
        "green", "green", "unchanged", (), False,
    ),
)  # fmt: skip
MEASURES = (
    # title, unit, good is, read, baseline, target, first level, drift a period, spread, theme, owner, source
    (
        "Theft from shops in the town centre", "count", "lower", "quarterly", 96, 90, 88, 3, 6,
        "Retail crime", "Imran Sadiq", "Police recorded crime",
    ),
    (
        "Anti-social behaviour incidents", "count", "lower", "monthly", 410, 380, 415, -2, 22,
        "Reducing anti-social behaviour and neighbourhood crime", "Joanne Firth", "Police incident log",
    ),
    (
        "People who feel safe in the town centre", "percent", "higher", "yearly", Decimal("51.5"), 60, 52, 2, 2,
        "Town-centre economy", COUNCIL, "Residents' survey",
    ),
    (
        "Treatment completed as planned", "percent", "higher", "quarterly", None, 45, 38, 1, 2,
        "Substance misuse", "Meera Joshi", "Treatment monitoring",
    ),
    (
        "Deliberate fires", "rate_per_1000", "lower", "quarterly", Decimal("1.4"), Decimal("1.2"), 1, 0, 0,
        "Building resilient and inclusive communities", "Asha Whitfield", "Fire service records",
    ),
    (
        "Calls about the town centre", "count", "neither", "quarterly", None, None, 230, 2, 15,
        "Visibility", "Gareth Ellison", "Contact centre",
    ),
)  # fmt: skip
READ = {"monthly": 26, "quarterly": 11, "yearly": 4}
SURVEYED, HOUSEHOLDS = 1_180, 187_000
INDICATORS = (
    # indicator, topic, about how many in a month
    ("Anti-social behaviour", Topic.ASB_NUISANCE, 38),
    ("Shoplifting", Topic.CRIME, 22),
    ("Violence and sexual offences", Topic.CRIME, 45),
    ("Criminal damage and arson", Topic.CRIME, 14),
)
MONTHS_KNOWN = 14


def areas() -> Rows:
    found: Rows = []
    for name, kind, people in AREAS:
        ward_set = WARD_SET if kind == "ward" else None
        found.append((Register.AREAS, {"name": name, "kind": kind, "population": people, "ward_set": ward_set}))
    return found


def assessments(today: date) -> Rows:
    """A full review last year and its refresh this year, which moves priorities."""
    found: Rows = []
    for back, kind, name in ((1, "full", "review"), (0, "refresh", "refresh")):
        published = add_months(today, -12 * back - 2)
        year = published.year
        title = f"Strategic intelligence assessment {year} ({name})"
        edition: Row = {"title": title, "year": year, "kind": kind, "published_on": published}
        edition |= {"first_day": date(year - 1, 4, 1), "last_day": date(year, 3, 31)}
        edition |= {"next_due": add_months(published, 12), "summary": "What the partnership knows, by topic."}
        found.append((Register.ASSESSMENTS, edition))
        found += _findings(title, is_now=back == 0)
    return found


def _findings(assessment: str, *, is_now: bool) -> Rows:
    found: Rows = []
    for at, (topic, title, said, before, now, movement, objectives, spotlight) in enumerate(FINDINGS):
        if before is None and not is_now:
            continue
        row: Row = {"assessment": assessment, "topic": topic, "title": title, "finding": said}
        row |= {"priority": now if is_now else before, "movement": movement if is_now else None}
        row |= {"source_organisation": HEALTH if topic == "substance_misuse" else POLICE, "is_spotlight": spotlight}
        row |= {"quality": ("high", "medium", "low")[at % 3], "objectives": objectives}
        row |= {"sensitivity": "restricted" if topic == "substance_misuse" else "partnership"}
        row |= {"area": AREAS[0][0] if title == "Theft from shops" else None}
        found.append((Register.EVIDENCE, row))
    return found


def consultations(today: date) -> Rows:
    row: Row = {"title": "Feeling safe in Dewsbury", "asked": "Residents, traders and visitors", "responses": 412}
    row |= {"method": "Survey on line and in the market", "starts": today - timedelta(days=150)}
    row |= {"ends": today - timedelta(days=110), "said": "More lighting, more officers, fewer empty shops."}
    row |= {"changed": "The lamps on the way to the station were put first."}
    following: Row = {"title": "Renewing the order", "asked": "Everyone who lives or works in the town centre"}
    following |= {"method": "Survey on line, drop-in sessions", "starts": today - timedelta(days=3)}
    following |= {"ends": add_months(today, 1), "responses": None, "said": "", "changed": ""}
    return [(Register.CONSULTATIONS, row), (Register.CONSULTATIONS, following)]


def measures(today: date) -> Rows:
    """Measures with what is aimed at and what was read; theft from shops turns red, incidents come down."""
    pick = Random(5)  # noqa: S311 - made-up readings
    found: Rows = []
    for title, unit, polarity, frequency, baseline, target, level, drift, spread, theme, owner, source in MEASURES:
        row: Row = {"title": title, "unit": unit, "polarity": polarity, "frequency": frequency, "owner": owner}
        row |= {"baseline": baseline, "baseline_period": "2022/23" if baseline else "", "theme": theme}
        row |= {"source": source, "definition": f"{title}, as the source counts them at the end of the period."}
        found.append((Register.MEASURES, row))
        periods = list(_periods(frequency, today))
        for at, (label, first, last) in enumerate(periods):
            reading: Row = {"measure": title, "period": label, "first_day": first, "last_day": last}
            value = level + drift * at + (pick.randint(-spread, spread) if spread else 0)
            reading |= _read(unit, value, pick) | {"is_provisional": at == len(periods) - 1}
            found.append((Register.READINGS, reading))
        if target is not None:
            found += _targets(title, target, _aimed_at(unit, [label for label, _, _ in periods], today))
    return found


def _read(unit: str, value: int, pick: Random) -> Row:
    if unit == "percent":
        return {"numerator": SURVEYED * value // 100, "denominator": SURVEYED}
    if unit == "rate_per_1000":
        return {"numerator": HOUSEHOLDS * value // 1_000 + pick.randint(0, 70), "denominator": HOUSEHOLDS}
    return {"value": Decimal(value)}


def _aimed_at(unit: str, periods: Sequence[str], today: date) -> Sequence[str]:
    """Return the periods of targets: of a count the ones it was read for lately, of all else this year and the last."""
    year = Quarter.containing(today).year
    return periods[-8:] if unit == "count" else [financial_year(each).label for each in (year - 1, year)]


def _targets(title: str, target: object, periods: Sequence[str]) -> Rows:
    value = Decimal(str(target))
    return [(Register.TARGETS, {"measure": title, "period": period, "value": value}) for period in periods]


def _periods(frequency: str, today: date) -> Iterator[tuple[str, date, date]]:
    """Yield the last periods that had ended before today, the oldest first: label, first and last day."""
    count = READ[frequency]
    if frequency == "monthly":
        for back in range(count, 0, -1):
            day = add_months(today.replace(day=1), -back)
            month = month_period(day.year, day.month)
            yield month.label, month.first_day, month.last_day
    elif frequency == "quarterly":
        quarter = Quarter.containing(add_months(today, -3 * count))
        for _ in range(count):
            yield quarter.label, quarter.first_day, quarter.last_day
            quarter = quarter.following()
    else:
        for back in range(count, 0, -1):
            year = financial_year(Quarter.containing(today).year - back)
            yield year.label, year.first_day, year.last_day


def area_figures(today: date) -> Iterator[AreaFigure]:
    """Yield figures of areas: crimes of four categories, by ward and month."""
    pick = Random(3)  # noqa: S311 - made-up figures
    wards = [name for name, kind, _ in AREAS if kind == "ward"]
    for back in range(MONTHS_KNOWN, 0, -1):
        day = add_months(today.replace(day=1), -back)
        month = month_period(day.year, day.month)
        for indicator, topic, usual in INDICATORS:
            for at, ward in enumerate(wards):
                count = max(0, int(pick.gauss(usual * (1.5 - at * 0.2), usual**0.5)))
                yield AreaFigure(
                    indicator=indicator,
                    topic=topic,
                    area_name=ward,
                    area_kind=AreaKind.WARD,
                    ward_set=WARD_SET,
                    period=month.label,
                    first_day=month.first_day,
                    last_day=month.last_day,
                    thousandths=count * 1_000,
                    source="Made-up monthly extract",
                )


def rows(today: date) -> Rows:
    """Everything of evidence and measures, what is named before what names it."""
    return [*areas(), *assessments(today), *consultations(today), *measures(today)]
