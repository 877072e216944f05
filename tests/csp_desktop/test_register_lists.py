"""The lists of reoffending on the command line: ids and never names, and a trace of who looked."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.cli import main
from csp_desktop.commands.cohorts import create_cohort
from csp_desktop.commands.lookups import add_code
from csp_desktop.commands.members import add_member
from csp_desktop.commands.needs import add_need
from csp_desktop.commands.offences import add_offence
from csp_desktop.commands.offenders import add_offender
from csp_desktop.commands.published import add_benchmark, add_entrants
from csp_desktop.commands.spells import add_spell
from csp_desktop.listing import list_objects, list_text
from csp_desktop.queries.records import list_steps
from csp_desktop.register_lists import REGISTER_COLUMNS
from csp_desktop.store import Store
from csp_desktop.workspace import open_store
from models.offending import CohortDefinition, IomCohort, OffenceGroup, OffenceOutcome, Pathway, SpellKind
from tests.factories import TODAY, Clock, bare_store
from tests.vault import OFFICER, PASSPHRASE


@pytest.fixture
def path(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    store = bare_store(tmp_path, clock)
    store.close()
    return store.path


def listed(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["--store", str(path), "list", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def fill(store: Store) -> None:
    cohort = create_cohort(store, "Adults", CohortDefinition.LOCAL)
    person = add_offender(store, "P1", name="Sam Smith", lead_officer="R. Khan")
    add_member(store, cohort, person, date(2023, 1, 1))
    code = add_code(store, "001/00", offence_group=OffenceGroup.THEFT)
    add_offence(store, person, OffenceOutcome.YOUTH_CAUTION, offence_date=date(2023, 2, 1), offence_code_id=code)
    add_offence(store, person, OffenceOutcome.PENDING)
    add_spell(store, person, SpellKind.IOM, date(2023, 1, 1), iom_cohort=IomCohort.FIXED)
    add_need(store, person, Pathway.HEALTH, date(2023, 1, 1), score=3)
    add_benchmark(store, "Kirklees", "2023", offenders=200, reoffenders=50, predicted=300_000)
    add_entrants(store, "Kirklees", "2023", 44, population=44_000)


def test_an_empty_store_lists_nothing(bare: Store) -> None:
    for subject in REGISTER_COLUMNS:
        found = list_objects(bare, subject, plan=None, text="", as_of=TODAY)
        assert found == []
        assert list(list_text(subject, found)) == [f"No {subject.replace('-', ' ')} to list."]


def test_every_list_speaks_of_people_by_id_and_looking_is_recorded(
    path: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(path, PASSPHRASE, OFFICER, clock)
    fill(store)
    store.close()
    found = {subject: listed(path, capsys, subject) for subject in REGISTER_COLUMNS}
    assert "Smith" not in json.dumps(found)
    assert found["cohorts"][0] | {"people": 1, "handling": "OFFICIAL-SENSITIVE"} == found["cohorts"][0]
    assert [(row["person"], row["offence"], row["outcome"]) for row in found["offences"]] == [
        ("P1", "001/00 Theft", "youth_caution"),
        ("P1", None, "pending"),
    ]
    assert (found["spells"][0]["person"], found["spells"][0]["kind"], found["spells"][0]["ended"]) == (
        "P1",
        "iom",
        None,
    )
    member = found["cohort-members"][0]
    assert (member["cohort"], member["person"], member["index_date"]) == ("Adults", "P1", "2023-01-01")
    assert (found["needs"][0]["pathway"], found["needs"][0]["score"]) == ("health", 3)
    assert (found["offenders"][0]["reference"], found["offenders"][0]["offences"]) == ("P1", 2)
    assert (found["offence-codes"][0]["uses"], found["benchmarks"][0]["rate"]) == (1, 0.25)
    assert found["first-time-entrants"][0]["rate"] == pytest.approx(100.0)
    for subject, columns in REGISTER_COLUMNS.items():
        assert set(columns) <= set(found[subject][0])
    assert listed(path, capsys, "offences", "--filter", "youth p1") == found["offences"][:1]
    assert main(["--store", str(path), "list", "offences"]) == 0
    assert "youth caution" in capsys.readouterr().out
    store = open_store(path, PASSPHRASE, OFFICER, clock)
    looked = [step.label for step in list_steps(store) if step.label.startswith("Listed")]
    store.close()
    assert sorted(set(looked)) == [
        f"Listed {subject} on the command line"
        for subject in ("cohort-members", "needs", "offences", "offenders", "spells")
    ]
    assert len(looked) == 7
