"""What can be brought in on the command line: every register by its name, and the town centre's actions."""

from pathlib import Path

import pytest

from csp_desktop.cli_import import ACTIONS, REGISTERS, TOWN_CENTRE
from csp_desktop.registers.forms import Register
from tests.factories import Clock, new_store
from tests.terminals import Terminal
from tests.vault import PASSPHRASE

ACTION_ROWS = "Ref,Action,Lead officer,Due date\nT1,Light the underpass,Amina Shah,31/03/2027\n"
LOG = (
    "Action,Group,Owner,Status\nBring the figures,Communities Partnership Board,Amina Shah,Done\nAsk,No such group,,\n"
)


@pytest.fixture
def terminal(
    tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    new_store(tmp_path, clock).close()
    return Terminal(tmp_path, capsys)


def test_every_register_can_be_brought_in_by_its_name(terminal: Terminal) -> None:
    assert set(REGISTERS) == {ACTIONS, TOWN_CENTRE, *(register.value for register in Register)}
    for register in REGISTERS:
        given = ("--cohort", "Dewsbury") if register == Register.COHORT_MEMBERS.value else ()
        refused = terminal.run("import", "--as", register, *given, terminal.folder / "nowhere.csv", expect=1)
        assert "nowhere.csv" in refused


def test_a_kept_register_prints_one_object_and_a_dry_run_leaves_nothing(terminal: Terminal) -> None:
    log = terminal.file("log.csv", LOG)
    tried = terminal.json("import", "--as", "log", log, "--dry-run")
    assert (tried["dry_run"], tried["import_id"], tried["counts"]["new"], tried["counts"]["errors"]) == (
        True,
        None,
        1,
        1,
    )
    assert terminal.json("list", "log") == []
    said = terminal.json("import", "--as", "log", log)
    assert (said["register"], said["import_id"], said["counts"]["new"]) == ("log", 1, 1)
    assert [(row["row"], row["outcome"]) for row in said["rows"]] == [(2, "new"), (3, "error")]
    (entry,) = terminal.json("list", "log")
    assert (entry["title"], entry["owner"], entry["status"]) == ("Bring the figures", "Amina Shah", "completed")
    terminal.run("undo", "1")
    assert terminal.json("list", "log") == []


def test_the_town_centres_actions_go_to_its_own_plan(terminal: Terminal) -> None:
    actions = terminal.file("actions.csv", ACTION_ROWS)
    said = terminal.json("import", "--as", "town-centre", actions)
    assert (said["register"], said["counts"]["new"]) == ("actions", 1)
    assert [row["title"] for row in terminal.json("list", "town-centre")] == ["Light the underpass"]
