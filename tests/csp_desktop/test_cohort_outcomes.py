"""``cohort outcomes``: what it prints, in full and for the public."""

import json
from pathlib import Path

import pytest

from csp_desktop.cli import main
from csp_desktop.cohort_outcomes import OutcomesRequest, cohort_outcomes
from csp_desktop.errors import CspError
from csp_desktop.reoffending.bands import Breakdown
from csp_desktop.store import Store
from tests.csp_desktop.reoffending.sample_cohorts import DATA_DATE, sample_cohort
from tests.factories import TODAY
from tests.vault import PASSPHRASE

KEYS = {
    "cohort", "definition", "data_date", "unique_people", "offenders", "reoffenders", "reoffences", "rate",
    "rate_interval", "reoffences_per_reoffender", "reoffences_per_offender", "not_yet_measurable", "provisional",
    "pending", "predicted", "adjusted", "n_scored", "severity", "kaplan_meier", "excluded", "groups",
}  # fmt: skip


@pytest.fixture
def filled(store: Store) -> Store:
    sample_cohort(store, 900, name="Kirklees 2024")
    return store


def asked(by: Breakdown | None = None, *, public: bool = False) -> OutcomesRequest:
    return OutcomesRequest("kirklees 2024", TODAY, by, DATA_DATE, public)


def test_every_figure_is_there_and_groups_add_up(filled: Store) -> None:
    found = cohort_outcomes(filled, asked(Breakdown.AREA))
    assert found.keys() >= KEYS
    assert found["rate"] == found["reoffenders"] / found["offenders"]
    assert found["rate_interval"][0] < found["rate"] < found["rate_interval"][1]
    assert found["kaplan_meier"][0]["at_risk"] == found["offenders"]
    assert set(found["severity"]) == {"cambridge", "ons", "home_office"}
    assert {"sum", "mean", "max"} <= set(found["severity"]["cambridge"])
    for name in ("offenders", "reoffenders", "reoffences", "not_yet_measurable"):
        assert sum(group[name] for group in found["groups"]) == found[name]
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("by", list(Breakdown))
def test_in_public_no_small_count_stands_anywhere(filled: Store, by: Breakdown) -> None:
    found = cohort_outcomes(filled, asked(by, public=True))
    for figures in (found, *found["groups"]):
        for name in ("unique_people", "offenders", "reoffenders"):
            assert figures[name] == "~" or figures[name] == 0 or figures[name] >= 3
        if figures["reoffenders"] == "~":
            assert figures["rate"] == figures["rate_interval"] == figures["reoffences"] == "~"
        assert figures["severity"]["cambridge"]["max"] == "~"
    assert all(count == "~" or count >= 3 for count in found["excluded"].values())


def test_in_public_lengths_of_sentence_are_of_those_in_custody(filled: Store) -> None:
    whole, public = cohort_outcomes(filled, asked(Breakdown.DISPOSAL)), asked(Breakdown.SENTENCE_LENGTH, public=True)
    custody = next(group["offenders"] for group in whole["groups"] if group["value"] == "custody")
    groups = cohort_outcomes(filled, public)["groups"]
    assert groups
    assert sum(group["offenders"] for group in groups if group["offenders"] != "~") <= custody


def test_in_public_a_period_that_nobody_set_is_not_told_by_single_days(filled: Store) -> None:
    assert cohort_outcomes(filled, asked())["period"][0].startswith("2024-01")
    assert cohort_outcomes(filled, asked(public=True))["period"] == [None, None]


def test_a_cohort_that_is_not_there_is_refused_with_those_that_are(filled: Store) -> None:
    with pytest.raises(CspError, match="Kirklees 2024"):
        cohort_outcomes(filled, OutcomesRequest("Leeds", TODAY))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def test_the_command_prints_one_document_or_lines_for_people(
    filled: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path: Path = filled.path
    filled.close()
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    words = ("--store", str(path), "cohort", "outcomes", "Kirklees 2024", "--data-date", DATA_DATE.isoformat())
    found = json.loads(printed(capsys, *words, "--by", "age", "--json"))
    assert found["data_date"] == DATA_DATE.isoformat()
    assert [group["value"] for group in found["groups"]][:2] == ["10-14", "15-17"]
    text = printed(capsys, *words, "--by", "previous-offences")
    assert f"{found['reoffenders']} of {found['offenders']} reoffended" in text
    assert "By previous offences:" in text
