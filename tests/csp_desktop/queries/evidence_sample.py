"""A store with two editions of the assessment, two years of figures and a consultation."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from csp_desktop.commands.entries import add_entry, edit_entry
from csp_desktop.commands.evidence import NewEdition, begin_edition
from csp_desktop.queries.entries import list_entries, names_in
from csp_desktop.queries.plans import find_plan, list_objectives
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import THOUSAND
from csp_desktop.rules.periods import month_period
from csp_desktop.store import Store
from models.evidence import AreaFigure
from models.reoffending import Load
from models.terms import AreaKind, AssessmentKind, Topic

ASB, BURGLARY, SAFE = "Anti-social behaviour", "Burglary", "Feels safe after dark (%)"
WARDS = ("Dewsbury East", "Batley West", "Heckmondwike", "Newsome", "Crosland Moor and Netherton", "Almondbury")
SMALL = ("Kirklees 021C", "Kirklees 022A", "Kirklees 035B", "Kirklees 040D")
WARD_SET = "Wards until May 2026"
FINDINGS = (
    ("crime", "Burglary of homes", "red", "public", True),
    ("crime", "Knife crime among young people", "amber", "restricted", True),
    ("asb_nuisance", "Off-road bikes", "red", "public", False),
    ("asb_personal", "Neighbour disputes", "amber", "partnership", False),
    ("environment", "Fly-tipping in back streets", "green", "public", False),
    ("substance_misuse", "Street drinking in town centres", "amber", "public", False),
    ("perceptions", "Feeling safe after dark", "amber", "public", False),
    ("demography", "An ageing district", None, "public", False),
)


def fill_evidence(store: Store) -> int:
    """Fill a founded store; return the id of the newest edition, of 2026."""
    first = add_entry(store, Register.ASSESSMENTS, {"title": "SIA 2025", "year": 2025, "kind": "full"})
    objectives = [row.id for row in list_objectives(store, find_plan(store).id)]
    for at, (topic, title, rating, sensitivity, is_spotlight) in enumerate(FINDINGS):
        values = {
            "topic": topic,
            "title": title,
            "priority": rating,
            "sensitivity": sensitivity,
            "is_spotlight": is_spotlight,
            "finding": f"{title}: what records and residents say over the twelve months, with where and when it falls.",
            "quality": ("high", "medium", "low")[at % 3],
            "source_organisation": "West Yorkshire Police",
            "source": "Recorded incidents",
            "objectives": objectives[at : at + 1] if at % 2 else (),
        }
        add_entry(store, Register.EVIDENCE, {"assessment": first, **values})
    made = begin_edition(store, NewEdition("SIA 2026", 2026, AssessmentKind.REFRESH))
    _revise(store, made, "Burglary of homes", priority="amber", movement="improved")
    _revise(store, made, "Street drinking in town centres", priority="red", movement="unchanged")
    new = {"topic": "asb_environmental", "title": "Graffiti on the ring road", "priority": "red"}
    add_entry(store, Register.EVIDENCE, {"assessment": made, "sensitivity": "public", **new})
    _fill_figures(store)
    add_entry(
        store,
        Register.CONSULTATIONS,
        {
            "title": "Priorities survey",
            "assessment": made,
            "asked": "Residents of every ward, ward councillors and business owners",
            "method": "Online and in libraries",
            "starts": date(2026, 6, 1),
            "ends": date(2026, 7, 12),
            "responses": 214,
            "said": "Street drinking and off-road bikes trouble people most; few know whom to tell.",
            "changed": "Street drinking was rated red, and a reporting point was added to the plan.",
        },
    )
    return made


def _revise(store: Store, edition: int, called: str, **values: object) -> None:
    for row in list_entries(store, Register.EVIDENCE):
        if row.row_id("assessment") == edition and row.text("title") == called:
            edit_entry(store, Register.EVIDENCE, row.id, row.version, values)


def _fill_figures(store: Store) -> None:
    if WARD_SET not in names_in(store, "ward_set").labels.values():
        add_entry(store, Register.WARD_SETS, {"name": WARD_SET, "last_day": date(2026, 5, 6)})
    known = {row.text("name") for row in list_entries(store, Register.AREAS)}
    for at, name in enumerate(WARDS):
        if name not in known:
            add_entry(store, Register.AREAS, {"name": name, "ward_set": WARD_SET, "population": 15_000 + at * 1_000})
    with store.write("Bring in figures") as session:
        load = Load(register=Register.STREET_CRIME.value, rows=1)
        session.add(load)
        session.flush()
        session.add_all([*_wards(), *_safe(), *_small(load.id)])


def _wards() -> Iterable[AreaFigure]:
    for indicator, topic, base in ((ASB, Topic.ASB_NUISANCE, 20), (BURGLARY, Topic.CRIME, 6)):
        for at, name in enumerate(WARDS):
            for month in range(24):
                count = base - 2 * at + (month * (at + 3)) % 7 + (month // 8 if at == 1 else 0)
                if count >= 0 and (name, month) != ("Newsome", 20):
                    yield _figure(indicator, name, month, Decimal(count), topic=topic, ward_set=WARD_SET)


def _safe() -> Iterable[AreaFigure]:
    for at, name in enumerate(WARDS):
        for month in (11, 23):
            yield _figure(SAFE, name, month, Decimal("52.5") + at * 3 + month, ward_set=WARD_SET)


def _small(load_id: int) -> Iterable[AreaFigure]:
    for at, name in enumerate(SMALL):
        for month in range(at, 24, 2 * at + 1):
            kind = AreaKind.SMALL_AREA
            yield _figure("Robbery", name, month, Decimal(1), area_kind=kind, topic=Topic.CRIME, load_id=load_id)


def _figure(indicator: str, name: str, month: int, value: Decimal, **more: object) -> AreaFigure:
    period = month_period(2024 + (month + 3) // 12, (month + 3) % 12 + 1)
    return AreaFigure(
        indicator=indicator,
        area_name=name,
        period=period.label,
        first_day=period.first_day,
        last_day=period.last_day,
        thousandths=int(value * THOUSAND),
        source="data.police.uk" if "load_id" in more else "Police recorded crime",
        **more,  # type: ignore[arg-type]
    )
