"""The command line as scripts and scheduled tasks see it: what is printed, exit codes, sentences on stderr."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from csp_desktop.cli import main
from tests.factories import Clock, new_store
from tests.vault import PASSPHRASE
from tests.workbooks.handmade_parts import RISK, write_sheets

APRIL = date(2026, 4, 1)
ACTION_KEYS = [
    "ref", "source_ref", "title", "plan", "theme", "objective", "lead_officer", "supporting_people",
    "lead_partner", "supporting_partners", "start", "baseline_due", "forecast_due", "actual_end", "due_text",
    "status", "percent", "rag", "suggested_rag", "overdue_days", "stale", "latest_update", "success_measure",
]  # fmt: skip


class Terminal:
    """A person at a terminal, with one store."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capsys = capsys
        self.err = ""

    def run(self, *words: str | Path, expect: int = 0) -> str:
        code = main(["--store", str(self.path), *map(str, words)])
        printed = self._capsys.readouterr()
        self.err = printed.err
        assert code == expect, printed.err
        return printed.out

    def json(self, *words: str | Path) -> Any:
        return json.loads(self.run(*words, "--json"))


@pytest.fixture
def terminal(
    tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    new_store(tmp_path, clock).close()
    return Terminal(tmp_path / "test.csp", capsys)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "return.xlsx"
    rows = [
        ["Reducing risk: returns for quarter 2"],
        [],
        ["Ref", "Theme", "Action", "Lead officer", "Support", "Start", "Due date", "% complete", "RAG", "Update"],
        ["R1", RISK, "Run the panel", "Amina Shah", "WYP; Tom Briggs", APRIL, date(2026, 10, 31), 40, "A", "Met."],
        ["R2", RISK, "Visit the reservoirs", "Tom Briggs", None, None, "31/04/2027", None, "G", None],
        [None, None, None, "Nobody", None, None, None, None, None, "No title here."],
    ]  # fmt: skip
    write_sheets(path, {"Return": rows})
    return path


def test_import_prints_one_object_with_everything_in_it(terminal: Terminal, workbook: Path) -> None:
    said = terminal.json("import", workbook)
    assert set(said) == {"file", "register", "dry_run", "import_id", "counts", "tables", "problems", "rows"}
    assert (said["file"], said["register"], said["dry_run"], said["import_id"]) == ("return.xlsx", "actions", False, 1)
    assert said["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "conflicts": 0, "errors": 2, "ignored": 0}
    table = said["tables"][0]
    assert (table["sheet"], table["header_row"], table["unmapped"]) == ("Return", 3, [])
    assert table["mapping"]["Due date"] == "due"
    errors = {problem["cell"] for problem in said["problems"] if problem["level"] == "error"}
    assert errors == {"G5", "C6"}
    assert {tuple(problem) for problem in said["problems"]} == {("sheet", "cell", "level", "message")}
    assert {tuple(row) for row in said["rows"]} == {("sheet", "row", "ref", "outcome", "changes", "conflicts")}
    assert [(row["row"], row["ref"], row["outcome"]) for row in said["rows"]] == [
        (4, "ACT-0001", "new"),
        (5, "ACT-0002", "error"),
        (6, None, "error"),
    ]
    assert said["rows"][0]["changes"]["forecast_due"] == [None, "2026-10-31"]


def test_actions_are_listed_with_dates_iso_and_absent_values_null(terminal: Terminal, workbook: Path) -> None:
    terminal.run("import", workbook)
    first, second = terminal.json("list", "actions", "--as-of", "2026-11-23")
    assert list(first) == ACTION_KEYS
    assert first["supporting_partners"] == ["West Yorkshire Police"]
    assert first["supporting_people"] == ["Tom Briggs"]
    assert (first["forecast_due"], first["overdue_days"], first["rag"], first["suggested_rag"]) == (
        "2026-10-31",
        23,
        "A",
        "R",
    )
    assert (first["percent"], first["status"], first["stale"]) == (40, "in_progress", False)
    assert (second["forecast_due"], second["due_text"], second["theme"]) == (None, "31/04/2027", RISK)
    assert second["success_measure"] is None
    assert terminal.json("list", "actions", "--as-of", "2026-10-31")[0]["overdue_days"] == 0
    assert [row["ref"] for row in terminal.json("list", "actions", "--filter", "RESERVOIRS")] == ["ACT-0002"]
    assert "Run the panel" in terminal.run("list", "actions")


def test_a_dry_run_several_files_and_the_same_again(terminal: Terminal, workbook: Path, tmp_path: Path) -> None:
    assert terminal.json("import", workbook, "--dry-run")["dry_run"] is True
    assert terminal.json("list", "actions") == []
    other = tmp_path / "other.csv"
    other.write_text("Action,Owner,Deadline\nTidy the square,Jo Hirst,1/2/2027\n", encoding="utf-8")
    both = terminal.json("import", workbook, other, "--as", "actions")
    assert [said["import_id"] for said in both] == [1, 2]
    again = terminal.json("import", workbook)
    assert (again["import_id"], again["counts"]["new"], again["counts"]["changed"]) == (None, 0, 0)
    assert "unchanged" in terminal.run("import", other)


def test_the_problems_of_a_file_are_written_as_a_workbook(terminal: Terminal, workbook: Path, tmp_path: Path) -> None:
    out = tmp_path / "to check.xlsx"
    said = terminal.json("import", workbook, "--dry-run", "--problems", out)
    sheet = load_workbook(out).worksheets[0]
    written = [[sheet.cell(row, column).value or "" for column in (1, 2, 5)] for row in range(4, sheet.max_row + 1)]
    assert written == [[each["sheet"], each["cell"], each["message"]] for each in said["problems"]]
    assert terminal.json("list", "actions") == []
    terminal.run("import", workbook, workbook, "--problems", out, expect=1)
    terminal.run("import", workbook, "--problems", tmp_path / "nowhere" / "x.xlsx", expect=1)
    assert terminal.json("list", "actions") == []


def test_plans_themes_objectives_and_imports_are_listed(terminal: Terminal, workbook: Path) -> None:
    plans = terminal.json("list", "plans")
    assert [plan["key"] for plan in plans] == ["kirklees-2022-2027", "safer-dewsbury"]
    themes = terminal.json("list", "themes", "--plan", "kirklees-2022-2027")
    assert len([theme for theme in themes if theme["parent"] is None]) == 4
    assert terminal.json("list", "objectives")
    assert terminal.run("list", "imports") == "No imports to list.\n"
    terminal.run("import", workbook)
    imports = terminal.json("list", "imports")
    assert [(each["id"], each["file"], each["undone"]) for each in imports] == [(1, "return.xlsx", False)]
    assert terminal.run("list", "exports") == "No exports to list.\n"
    for subject in ("plans", "themes", "objectives", "actions", "imports", "headings"):
        assert len(terminal.run("list", subject).splitlines()) > 1


def test_the_known_headings_are_listed_with_what_they_are_read_as(terminal: Terminal) -> None:
    assert terminal.json("list", "headings", "--filter", "perchennog tasg") == [
        {"heading": "Perchennog tasg", "field": "lead", "sureness": "sure", "from": "welsh"}
    ]


def test_undo_check_and_audit(terminal: Terminal, workbook: Path) -> None:
    terminal.run("import", workbook)
    assert "whole" in terminal.run("check")
    assert "was taken back" in terminal.run("undo", "1")
    assert terminal.json("list", "actions") == []
    assert "whole" in terminal.run("audit", "verify")
    terminal.run("undo", "1", expect=1)
    assert "taken back already" in terminal.err


def test_backup_prints_its_path_and_restore_brings_it_back(terminal: Terminal, workbook: Path) -> None:
    backup = Path(terminal.run("backup").strip())
    assert backup.is_file()
    terminal.run("import", workbook)
    terminal.run("restore", backup)
    assert terminal.json("list", "actions") == []
    assert "whole" in terminal.run("audit", "verify")
    terminal.run("restore", workbook, expect=1)
    assert "Traceback" not in terminal.err


def test_reports_are_written_as_pdf_and_workbook(terminal: Terminal, workbook: Path, tmp_path: Path) -> None:
    terminal.run("import", workbook)
    for name, start in (("report.pdf", b"%PDF-"), ("report.xlsx", b"PK")):
        out = tmp_path / name
        assert terminal.run("report", "board-progress", "--out", out, "--as-of", "2026-11-23").strip() == str(out)
        assert out.read_bytes().startswith(start)
    terminal.run("report", "board-progress", "--out", tmp_path / "q.pdf", "--period", "Q2 2026/27")
    terminal.run("report", "board-progress", "--out", tmp_path / "x.pdf", "--period", "next week", expect=1)
    assert "next week" in terminal.err
    terminal.run("report", "board-progress", "--out", tmp_path / "x.doc", expect=1)
    terminal.run("report", "board-progress", "--out", tmp_path / "missing" / "x.pdf", expect=1)
    assert not (tmp_path / "x.pdf").exists()


def test_a_file_that_cannot_be_read_is_one_sentence(terminal: Terminal, tmp_path: Path) -> None:
    for name, content in (("empty.xlsx", b""), ("text.xlsx", b"hello"), ("cut.xlsx", b"PK\x03\x04abc")):
        path = tmp_path / name
        path.write_bytes(content)
        assert terminal.run("import", path, expect=1) == ""
        assert name in terminal.err
        assert len(terminal.err.strip().splitlines()) == 1
    terminal.run("import", tmp_path / "nothing.xlsx", expect=1)
    assert "nothing.xlsx" in terminal.err
    assert terminal.json("list", "imports") == []


def test_a_wrong_passphrase_no_passphrase_and_no_store(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSP_PASSPHRASE", "quite another passphrase")
    terminal.run("list", "plans", expect=1)
    assert "does not open this store" in terminal.err
    secret = tmp_path / "secret.txt"
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8-sig")
    assert main(["--store", str(terminal.path), "--passphrase-file", str(secret), "list", "plans"]) == 0
    monkeypatch.delenv("CSP_PASSPHRASE")
    monkeypatch.setattr("sys.stdin", None)
    terminal.run("list", "plans", expect=1)
    assert "CSP_PASSPHRASE" in terminal.err
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    elsewhere = Terminal(tmp_path / "none.csp", terminal._capsys)
    elsewhere.run("list", "plans", expect=1)
    assert "There is no store" in elsewhere.err


def test_a_second_program_is_told_who_holds_the_store(terminal: Terminal) -> None:
    from tests.vault import opened

    held = opened(terminal.path)
    try:
        terminal.run("list", "plans", expect=1)
        assert "officer1" in terminal.err
    finally:
        held.close()


def test_init_creates_an_encrypted_store_and_prints_the_recovery_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSP_PASSPHRASE", "short")
    terminal = Terminal(tmp_path / "new" / "kirklees.csp", capsys)
    printed = terminal.run("init", "--plan", "kirklees-2018-2021", "--name", "Priya Patel")
    key = next(line.partition(": ")[2] for line in printed.splitlines() if line.startswith("Recovery key"))
    assert "should have at least 12" in terminal.err
    assert not terminal.path.read_bytes().startswith(b"SQLite format 3")
    assert len(terminal.json("list", "objectives", "--plan", "kirklees-2018-2021")) == 24
    monkeypatch.setenv("CSP_PASSPHRASE", key)
    assert [plan["kind"] for plan in terminal.json("list", "plans")] == ["partnership", "town_centre"]
    source = tmp_path / "return.csv"
    source.write_text("Action,Owner,Deadline\nTidy the square,Jo Hirst,1/2/2027\n", encoding="utf-8")
    terminal.run("import", source)
    assert [each["who"] for each in terminal.json("list", "imports")] == ["Priya Patel"]
    terminal.run("init", expect=1)
    assert "exists" in terminal.err or "already" in terminal.err


@pytest.mark.parametrize("words", [[], ["dance"], ["list", "cats"], ["import"], ["list", "actions", "--as-of", "soon"]])
def test_wrong_usage_exits_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_the_store_may_be_named_behind_the_command_too(terminal: Terminal) -> None:
    assert main(["list", "plans", "--store", str(terminal.path)]) == 0
    assert main(["--store", "elsewhere.csp", "list", "plans", "--store", str(terminal.path)]) == 0


def test_many_new_names_are_one_line_for_people(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    names = ("Amina Shah", "Tom Briggs", "Jo Hirst", "Marta Nowak")
    rows = "".join(f"Action of {name},{name},1/2/2027\n" for name in names)
    path.write_text(f"Action,Owner,Deadline\n{rows}", encoding="utf-8")
    lines = terminal.run("import", path).splitlines()
    assert "  warning: 4 names are not known yet and are added: " + ", ".join(names) + "." in lines
    assert len([line for line in lines if "not known yet" in line]) == 1
