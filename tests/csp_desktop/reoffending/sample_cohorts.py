"""A made-up cohort of any size with rates as they are in England and Wales, written straight into a store."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, insert, select

from csp_desktop.commands.window_ends import keep_window_ends
from csp_desktop.reoffending.definition import definition_of
from csp_desktop.store import Store
from models.offending import (
    CohortDefinition,
    Disposal,
    IomCohort,
    OffenceGroup,
    OffenceOutcome,
    SeverityClass,
    Sex,
    SpellKind,
)
from models.reoffending import Cohort, CohortMember, Offence, OffenceCode, Offender, Spell

FIRST_INDEX, DAYS = date(2024, 1, 1), 366
DATA_DATE = date(2026, 9, 30)
CODES = (
    ("046/00", "Shoplifting", OffenceGroup.THEFT, SeverityClass.SHOPLIFTING, 9),
    ("049/00", "Other theft", OffenceGroup.THEFT, SeverityClass.OTHER_THEFT, 4),
    ("105/01", "Common assault", OffenceGroup.SUMMARY_NON_MOTORING, SeverityClass.VIOLENCE_WITHOUT_INJURY, 5),
    ("008/06", "Assault with injury", OffenceGroup.VIOLENCE_AGAINST_THE_PERSON, SeverityClass.VIOLENCE_WITH_INJURY, 3),
    ("092/40", "Drug possession", OffenceGroup.DRUG, SeverityClass.DRUG_POSSESSION, 3),
    ("092/10", "Supply of drugs", OffenceGroup.DRUG, SeverityClass.DRUG_TRAFFICKING, 1),
    ("028/01", "Burglary, dwelling", OffenceGroup.THEFT, SeverityClass.RESIDENTIAL_BURGLARY, 1),
    ("034/01", "Robbery", OffenceGroup.ROBBERY, SeverityClass.ROBBERY, 1),
    ("058/00", "Criminal damage", OffenceGroup.CRIMINAL_DAMAGE_AND_ARSON, SeverityClass.CRIMINAL_DAMAGE, 3),
    ("125/09", "Public order", OffenceGroup.PUBLIC_ORDER, SeverityClass.PUBLIC_ORDER, 3),
    ("803/01", "Driving while disqualified", OffenceGroup.SUMMARY_MOTORING, None, 2),
    ("195/94", "Breach of a community order", OffenceGroup.MISCELLANEOUS_CRIMES_AGAINST_SOCIETY, None, 2),
)
"""Code, description, group, severity and how common it is. The last is a breach."""
AREAS = ("Batley and Spen", "Colne Valley", "Dewsbury", "Huddersfield North", "Huddersfield South", "Mirfield", "Rural")
ETHNICITIES = ("White", "Asian", "Black", "Mixed", "")
_DISPOSALS = (
    Disposal.CUSTODY,
    Disposal.COMMUNITY_ORDER,
    Disposal.COMMUNITY_ORDER,
    Disposal.SUSPENDED_SENTENCE,
    Disposal.FINE,
    Disposal.FINE,
    Disposal.DISCHARGE,
    Disposal.CAUTION,
)
_OUTCOMES = (
    *(OffenceOutcome.CONVICTION,) * 14,
    OffenceOutcome.CAUTION,
    OffenceOutcome.COMMUNITY_RESOLUTION,
    OffenceOutcome.PENDING,
    OffenceOutcome.NO_FURTHER_ACTION,
)
_LIKELIHOOD = 0.34
_AGAIN, _REMANDED, _UNDATED = 9, 150, 400
_BLOCK = 5_000


@dataclass
class Making:
    """Rows as they are made up. ``first_id`` is free in every table that they go to."""

    pick: Random
    first_id: int
    first_code: int
    cohort_id: int
    name: str

    def code(self) -> int:
        at = self.pick.choices(range(len(CODES)), [code[-1] for code in CODES])[0]
        return self.first_code + at

    def member(self, at: int) -> dict[str, Any]:
        """Return an index event; how likely the person is to reoffend grows with what came before."""
        pick = self.pick
        disposal = Disposal.REMAND if at % _REMANDED == _REMANDED - 1 else pick.choice(_DISPOSALS)
        previous = min(int(pick.expovariate(0.14)), 60)
        index = FIRST_INDEX + timedelta(days=pick.randrange(DAYS))
        predicted = min(0.05 + previous * 0.028 + 0.1 * pick.random(), 0.95)
        return {
            "id": self.first_id + at,
            "version": 1,
            "cohort_id": self.cohort_id,
            "offender_id": self.first_id + at,
            "index_date": index,
            "disposal": disposal,
            "offence_code_id": self.code(),
            "birth_date": None if at % 97 == 0 else index - timedelta(days=int(pick.triangular(12, 70, 26) * 365.25)),
            "sex": pick.choices((Sex.MALE, Sex.FEMALE), (82, 18))[0],
            "ethnicity": pick.choices(ETHNICITIES, (68, 18, 5, 4, 5))[0],
            "previous_offences": previous,
            "sentence_months": pick.choice((3, 6, 9, 14, 20, 30, 60)) if disposal is Disposal.CUSTODY else None,
            "area": pick.choices(AREAS, (20, 8, 25, 18, 20, 6, 3))[0],
            "predicted_score": None if at % 23 == 0 else round(predicted * 1_000_000),
            "instrument": "OGRS4/G",
            "custody_start": index - timedelta(days=90) if disposal is Disposal.CUSTODY else None,
            "custody_end": index if disposal is Disposal.CUSTODY else None,
            "died_on": index + timedelta(days=200) if at % 211 == 210 else None,
            "iom_cohort": pick.choice(tuple(IomCohort)) if at % 12 == 0 else None,
        }

    def offences(self, member: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the offences of one person: before the index date, and for some after it."""
        pick, index = self.pick, member["index_date"]
        days = [-pick.randrange(30, 2000) for _ in range(min(member["previous_offences"], 4))]
        if pick.random() < _LIKELIHOOD * (0.45 + min(member["previous_offences"], 20) * 0.085):
            days += [int(pick.triangular(0, 420, 90)) for _ in range(1 + min(int(pick.expovariate(0.45)), 14))]
        found = []
        for day in days:
            outcome = pick.choice(_OUTCOMES)
            offended = index + timedelta(days=day)
            proven = offended + timedelta(days=1 + int(pick.expovariate(1 / 70)))
            found.append({
                "version": 1,
                "offender_id": member["offender_id"],
                "offence_date": None if pick.randrange(_UNDATED) == 0 else offended,
                "offence_code_id": self.code(),
                "proof_date": None if outcome is OffenceOutcome.PENDING else proven,
                "outcome": outcome,
                "disposal": "",
            })  # fmt: skip
        return found


def sample_cohort(
    store: Store,
    people: int,
    seed: int = 1,
    *,
    name: str = "Kirklees 2024",
    kind: CohortDefinition = CohortDefinition.LOCAL,
) -> int:
    """Write a cohort of ``people`` with index dates in 2024 and return its id; the same seed makes the same people.

    About 28 % reoffend. Rows are inserted past the audit trail, as a load does, but without a load. ``DATA_DATE`` is a
    day on which all are measurable; about a year before it, half are not.
    """
    with store.engines.write.begin() as connection:
        ids = [
            connection.scalar(select(func.coalesce(func.max(table.id), 0))) or 0
            for table in (CohortMember, Offender, OffenceCode, Cohort)
        ]
        making = Making(Random(seed), max(ids[:2]) + 1, ids[2] + 1, ids[3] + 1, name)  # noqa: S311 - made-up people
        connection.execute(insert(Cohort), [_cohort(making, kind)])
        known = {code: code_id for code_id, code in connection.execute(select(OffenceCode.id, OffenceCode.code))}
        if CODES[0][0] in known:
            making.first_code = known[CODES[0][0]]
        else:
            connection.execute(insert(OffenceCode), [_code(making, at) for at in range(len(CODES))])
        for start in range(0, people, _BLOCK):
            places = range(start, min(start + _BLOCK, people))
            connection.execute(insert(Offender), [_offender(making, at) for at in places])
            members = [making.member(at) for at in places]
            if definition_of(kind).is_quarterly:
                _repeat(members)
            connection.execute(insert(CohortMember), members)
            offences = [offence for member in members for offence in making.offences(member)]
            spells = [_spell(member) for member in members if member["iom_cohort"]]
            for table, rows in ((Offence, offences), (Spell, spells)):
                if rows:
                    connection.execute(insert(table), rows)
        keep_window_ends(connection, making.cohort_id)
    return making.cohort_id


def _repeat(members: list[dict[str, Any]]) -> None:
    """Let some index events be a person's second, in a later quarter."""
    for at in range(_AGAIN - 1, len(members), _AGAIN):
        first = members[at - 1]
        day = first["index_date"] + timedelta(days=120)
        members[at] |= {"offender_id": first["offender_id"], "index_date": min(day, FIRST_INDEX + timedelta(DAYS - 1))}


def _cohort(making: Making, kind: CohortDefinition) -> dict[str, Any]:
    definition = definition_of(kind)
    return {
        "id": making.cohort_id,
        "version": 1,
        "name": making.name,
        "definition": kind,
        "follow_up_months": definition.follow_up_months,
        "waiting_months": definition.waiting_months,
        "index_rule": definition.index_rule,
        "counts_index_day": definition.counts_index_day,
        "breach_codes": list(definition.breach_codes),
        "proofs": [proof.value for proof in definition.proofs],
        "period_first": None,
        "period_last": None,
        "data_date": None,
        "baseline_score": 285_000,
        "baseline_note": "England and Wales, 2011 cohort",
    }


def _code(making: Making, at: int) -> dict[str, Any]:
    code, description, group, severity, _ = CODES[at]
    return {
        "id": making.first_code + at,
        "version": 1,
        "code": code,
        "description": description,
        "offence_group": group,
        "severity_class": severity,
        "is_breach": True if at == len(CODES) - 1 else None,
    }


def _offender(making: Making, at: int) -> dict[str, Any]:
    return {
        "id": making.first_id + at,
        "version": 1,
        "reference": f"P{making.first_id + at:07}",
        "name": "",
        "lead_agency": "Probation" if at % 2 else "Police",
        "lead_officer": "",
        "next_review": DATA_DATE + timedelta(days=at % 120) if at % 12 == 0 else None,
    }


def _spell(member: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": 1,
        "offender_id": member["offender_id"],
        "kind": SpellKind.IOM,
        "name": "",
        "started": member["index_date"],
        "ended": None,
        "iom_cohort": member["iom_cohort"],
        "selected_because": "Score and recent offences",
        "deselected_because": "",
    }
