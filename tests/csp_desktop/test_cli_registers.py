"""Registers on the command line: what is printed, what is refused, what the log says, and taking one back."""

from pathlib import Path

import pytest

from tests.factories import Clock, new_store
from tests.terminals import Terminal
from tests.vault import PASSPHRASE

MEMBERS = "Person ID,Index date,Disposal,Notes\nA1,12/03/2024,Fine,x\nA2,31/04/2024,Fine,\n"
OFFENCES = "Person ID,Offence date,Offence code,Outcome,Proof date\nA1,12/05/2024,001/01,Convicted,12/06/2024\n"


class Registers(Terminal):
    """A terminal with two registers at hand."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        super().__init__(folder, capsys)
        self.members = self.file("members.csv", MEMBERS)
        self.offences = self.file("offences.csv", OFFENCES)


@pytest.fixture
def terminal(
    tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Registers:
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    new_store(tmp_path, clock).close()
    return Registers(tmp_path, capsys)


def test_members_print_one_object_with_their_cohort(terminal: Registers) -> None:
    said = terminal.json("import", "--as", "cohort-members", "--cohort", "Dewsbury", terminal.members)
    assert set(said) == {
        "file", "register", "dry_run", "import_id", "cohort", "definition", "counts", "tables", "problems",
        "problems_truncated", "rows", "rows_truncated",
    }  # fmt: skip
    assert (said["file"], said["register"], said["import_id"]) == ("members.csv", "cohort-members", 1)
    assert (said["cohort"], said["definition"], said["rows_truncated"]) == ("Dewsbury", "local", False)
    assert said["counts"] == {
        "new": 1, "changed": 0, "unchanged": 0, "conflicts": 0, "errors": 1, "ignored": 0, "folded": 0,
    }  # fmt: skip
    assert said["tables"] == [
        {
            "sheet": "members",
            "header_row": 1,
            "mapping": {"Person ID": "person", "Index date": "index_date", "Disposal": "disposal"},
            "unmapped": ["Notes"],
        }
    ]
    assert said["rows"] == [
        {"sheet": "members", "row": 3, "ref": None, "outcome": "error", "changes": {}, "conflicts": {}}
    ]


def test_a_register_prints_lines_for_people(terminal: Registers) -> None:
    printed = terminal.run("import", "--as", "cohort-members", "--cohort", "Dewsbury", terminal.members)
    assert "members.csv, cohort-members into “Dewsbury”: 1 new, 1 error." in printed
    assert "members: columns that were not read: Notes." in printed
    assert "error: members B3: “31/04/2024” is not a real date." in printed
    assert "take it back with “undo 1”" in printed


def test_the_log_shows_registers_and_takes_them_back(terminal: Registers) -> None:
    terminal.run("import", "--as", "cohort-members", "--cohort", "Dewsbury", terminal.members)
    terminal.run("import", "--as", "offences", terminal.offences)
    log = terminal.json("list", "imports")
    assert [(row["register"], row["file"], row["plan"], row["undone"]) for row in log] == [
        ("offences", "offences.csv", None, False),
        ("cohort-members", "members.csv", None, False),
    ]
    assert "offences.csv" in terminal.run("list", "imports")
    assert "was taken back" in terminal.run("undo", "2")
    assert "was taken back" in terminal.run("undo", "1")
    assert [row["undone"] for row in terminal.json("list", "imports")] == [True, True]
    assert "is whole" in terminal.run("check")
    assert "whole" in terminal.run("audit", "verify")


def test_several_files_come_in_one_after_the_other(terminal: Registers) -> None:
    more = terminal.folder / "more.csv"
    more.write_text(OFFENCES.replace("12/05/2024", "12/07/2024").replace("12/06/2024", "12/08/2024"))
    both = terminal.json("import", "--as", "offences", terminal.offences, more)
    assert [(each["file"], each["import_id"]) for each in both] == [("offences.csv", 1), ("more.csv", 2)]
    tried = terminal.json("import", "--as", "offences", terminal.offences, "--dry-run")
    assert (tried["dry_run"], tried["import_id"], tried["counts"]["unchanged"]) == (True, None, 1)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--as", "cohort-members"), "Name the cohort"),
        (("--cohort", "Dewsbury"), "--cohort and --definition go with --as cohort-members"),
        (("--as", "offences", "--cohort", "Dewsbury"), "cohort members alone"),
        (("--as", "offences", "--plan", "kirklees"), "--plan goes with actions alone"),
        (("--as", "spells"), "“Kind of spell”"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_sentence(
    terminal: Registers, words: tuple[str, ...], sentence: str
) -> None:
    said = terminal.run("import", *words, terminal.members, expect=1)
    assert sentence in said
    assert terminal.json("list", "imports") == []
