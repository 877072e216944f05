"""The engine against the naive implementation on random cohorts, month ends and leap years among them."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from csp_desktop.commands.window_ends import keep_window_ends
from csp_desktop.queries.following import follow_cohort
from csp_desktop.reoffending.bands import Breakdown
from csp_desktop.reoffending.definition import Definition, definition_of
from csp_desktop.reoffending.outcomes import groups_of, outcomes_of
from csp_desktop.store import Store
from models.offending import CohortDefinition, Disposal, OffenceOutcome, Severity, SeverityClass
from models.reoffending import Cohort, CohortMember, Offence, OffenceCode, Offender
from tests.csp_desktop.reoffending import oracle
from tests.factories import Clock, bare_store

MANY = int(os.environ.get("CSP_FUZZ", "1"))
COHORTS = 8
"""Cohorts in one example: a store is written and read once for all of them."""
PEOPLE = 6
YEAR = 12
FIRST = date(2019, 1, 1)
EDGES = [
    date(year, month, day)
    for year in (2019, 2020, 2021, 2023, 2024)
    for month, day in ((1, 31), (2, 28), (3, 1), (5, 31), (8, 30), (8, 31), (12, 31))
] + [date(2020, 2, 29), date(2024, 2, 29)]
CODES = (
    {"id": 1, "code": "001/00", "severity_class": SeverityClass.SHOPLIFTING, "is_breach": None, "weight": 1},
    {"id": 2, "code": "034/01", "severity_class": SeverityClass.ROBBERY, "is_breach": False, "weight": 365},
    {"id": 3, "code": "195/94", "severity_class": None, "is_breach": True, "weight": 0},
    {"id": 4, "code": "066/91", "severity_class": None, "is_breach": None, "weight": 0},
)
days = st.one_of(st.sampled_from(EDGES), st.integers(0, 2200).map(lambda count: FIRST + timedelta(days=count)))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("oracle")
    store = bare_store(folder, Clock())
    with store.engines.write.begin() as connection:
        connection.execute(
            insert(OffenceCode),
            [{name: value for name, value in code.items() if name != "weight"} for code in CODES],
        )
    yield store
    store.close()


@st.composite
def near(draw: st.DrawFn, start: date) -> date:
    """A day where rules turn: on an end of a window, beside it, or anywhere in two years."""
    months = draw(st.sampled_from((0, 3, 6, 12, 18)))
    turn = oracle.months_later(start, months) + timedelta(days=draw(st.integers(-2, 2)))
    return draw(st.one_of(st.just(turn), st.integers(-60, 800).map(lambda count: start + timedelta(days=count))))


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    return replace(
        definition_of(draw(st.sampled_from(CohortDefinition))),
        follow_up_months=draw(st.sampled_from((12, 12, 12, 3, 6, 24))),
        waiting_months=draw(st.sampled_from((6, 6, 3, 0))),
        counts_index_day=draw(st.booleans()),
        breach_codes=draw(st.sampled_from(((), ("066/91",)))),
    )


@st.composite
def cohorts(draw: st.DrawFn) -> dict[str, Any]:
    events, offences = [], []
    for person in range(draw(st.integers(0, PEOPLE))):
        starts = [draw(days) for _ in range(draw(st.integers(1, 3)))]
        events += [
            {
                "person": person,
                "index": start,
                "disposal": draw(st.sampled_from((None, None, *(word.value for word in Disposal)))),
                "code": draw(st.sampled_from((None, *CODES))),
                "died": draw(st.one_of(st.none(), st.none(), near(start))),
                "area": draw(st.sampled_from(("", "Batley", "Dewsbury"))),
            }
            for start in starts
        ]
        for _ in range(draw(st.integers(0, 4))):
            day = draw(st.one_of(st.none(), near(starts[0]), near(starts[0]), near(starts[-1])))
            base = day or starts[0]
            late = st.integers(0, 700).map(lambda count, base=base: base + timedelta(days=count))
            proof = draw(st.one_of(st.none(), late, near(starts[0])))
            offences.append(
                {
                    "person": person,
                    "day": day,
                    "proof": None if proof is not None and day is not None and proof < day else proof,
                    "outcome": draw(
                        st.sampled_from(("conviction",) * 6 + tuple(word.value for word in OffenceOutcome))
                    ),
                    "code": draw(st.sampled_from((None, *CODES))),
                }
            )
    definition = draw(definitions())
    first, last = draw(st.sampled_from(((None, None), (None, None), (date(2019, 6, 1), date(2023, 6, 30)))))
    end = draw(st.one_of(st.just(date(2027, 1, 1)), days, near(draw(days))))
    return {"events": events, "offences": offences, "definition": definition, "period": (first, last), "data_date": end}


def written(store: Store, made: list[dict[str, Any]]) -> None:
    """Put the cohorts of one example into the store, in place of those before."""
    with store.engines.write.begin() as connection:
        for table in (CohortMember, Offence, Cohort, Offender):
            connection.execute(delete(table))
        for at, cohort in enumerate(made, start=1):
            definition: Definition = cohort["definition"]
            people = range(PEOPLE)
            connection.execute(
                insert(Offender), [{"id": at * 100 + each, "reference": f"{at}/{each}"} for each in people]
            )
            connection.execute(
                insert(Cohort).values(
                    id=at,
                    name=str(at),
                    definition=definition.kind,
                    follow_up_months=definition.follow_up_months,
                    waiting_months=definition.waiting_months,
                    index_rule=definition.index_rule,
                    counts_index_day=definition.counts_index_day,
                    breach_codes=list(definition.breach_codes),
                    proofs=[each.value for each in definition.proofs],
                    period_first=cohort["period"][0],
                    period_last=cohort["period"][1],
                )
            )
            for event in cohort["events"]:
                connection.execute(
                    insert(CohortMember).values(
                        cohort_id=at,
                        offender_id=at * 100 + event["person"],
                        index_date=event["index"],
                        disposal=event["disposal"] and Disposal(event["disposal"]),
                        offence_code_id=event["code"] and event["code"]["id"],
                        died_on=event["died"],
                        area=event["area"],
                    )
                )
            for offence in cohort["offences"]:
                connection.execute(
                    insert(Offence).values(
                        offender_id=at * 100 + offence["person"],
                        offence_date=offence["day"],
                        proof_date=offence["proof"],
                        outcome=OffenceOutcome(offence["outcome"]),
                        offence_code_id=offence["code"] and offence["code"]["id"],
                    )
                )
            keep_window_ends(connection, at)


def expected(cohort: dict[str, Any]) -> dict[str, Any]:
    definition: Definition = cohort["definition"]
    rules = {
        "follow_up": definition.follow_up_months,
        "waiting": definition.waiting_months,
        "index_day": definition.counts_index_day,
        "breach_codes": definition.breach_codes,
        "quarterly": definition.kind is CohortDefinition.PROVEN_3_MONTH,
        "period": cohort["period"],
    }
    events = [
        event | {"number": number, "weight": event["code"]["weight"] if event["code"] else 0}
        for number, event in enumerate(cohort["events"])
    ]
    return oracle.outcomes(events, cohort["offences"], rules, cohort["data_date"])


@settings(max_examples=25 * MANY)
@given(made=st.lists(cohorts(), min_size=COHORTS, max_size=COHORTS))
def test_the_engine_counts_as_the_naive_implementation_does(shared: Store, made: list[dict[str, Any]]) -> None:
    written(shared, made)
    for at, cohort in enumerate(made, start=1):
        naive = expected(cohort)
        people = follow_cohort(shared, at, cohort["data_date"]).people
        found = outcomes_of(people)
        harm = found.severity[Severity.CAMBRIDGE]
        assert {
            "offenders": found.offenders,
            "reoffenders": found.reoffenders,
            "reoffences": found.reoffences,
            "not_yet": found.not_yet_measurable,
            "pending": found.pending.offences,
            "what_if": found.pending.what_if_reoffenders,
            "early": found.provisional.reoffenders,
            "unique": found.unique_people,
            "harm": harm.sum or 0,
            "worst": harm.max,
            "without": found.without_time,
        } == {name: value for name, value in naive.items() if name != "times"} | {"without": naive["times"].count(None)}
        assert Counter(each.time for each in people) == Counter(naive["times"])
        check_curve(found.curve.points, [time for time in naive["times"] if time is not None])
        parts = groups_of(people, Breakdown.AREA)
        for name in ("offenders", "reoffenders", "reoffences", "not_yet_measurable", "without_time"):
            assert sum(getattr(part.outcomes, name) for part in parts) == getattr(found, name)
        complete = found.offenders == len(people) and not any(each.died_on for each in people)
        if complete and found.rate is not None and cohort["definition"].follow_up_months == YEAR:
            assert found.curve.points[-1].survival == pytest.approx(1 - found.rate, abs=1e-9)


def check_curve(points: Any, times: list[tuple[int, bool]]) -> None:
    found = [(point.day, point.survival) for point in points if point.events]
    naive = oracle.survivors(times)
    assert [day for day, _ in found] == [day for day, _ in naive]
    assert [share for _, share in found] == pytest.approx([share for _, share in naive], abs=1e-9)
