"""Update workbooks by command: made for one owner, several or all, listed, and brought back by the file or folder."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from csp_desktop.cli import main
from csp_desktop.commands.actions import edit_action
from csp_desktop.commands.erasure import erase_person
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.people import list_people
from tests.answers import answer
from tests.factories import TODAY, Clock, new_store
from tests.vault import PASSPHRASE, opened
from tests.workbooks.handmade_parts import RISK, write_sheets

EXPORTED = [
    "export_id", "key", "file", "scope", "owner", "theme", "plan", "period", "wanted_back", "actions", "milestones",
    "shortened",
]  # fmt: skip
LISTED = ["key", "owner", "scope", "period", "exported_on", "wanted_back", "returned_on", "standing"]
OF_A_RETURN = {"export", "two_way", "not_applied", "missing"}
PLAN = "kirklees-2022-2027"


class Desk:
    """A person at a terminal whose plan has three owners."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self.folder = path.parent
        self._capsys = capsys
        self.err = ""

    def run(self, *words: str | Path, expect: int = 0) -> str:
        code = main(["--store", str(self.path), *map(str, words)])
        printed = self._capsys.readouterr()
        self.err = printed.err
        assert code == expect, printed.err
        return printed.out

    def json(self, *words: str | Path, expect: int = 0) -> Any:
        return json.loads(self.run(*words, "--json", expect=expect))

    def export(self, *words: str | Path, expect: int = 0) -> Any:
        return self.json("export", "update-workbook", *words, "--as-of", str(TODAY), expect=expect)

    def send(self, owner: str, name: str) -> Path:
        """Send an owner their workbook and return the file."""
        path = self.folder / name
        self.export("--owner", owner, "--out", path)
        return path

    def action(self, ref: str) -> ActionRow:
        with_store = opened(self.path)
        try:
            return next(row for row in list_actions(with_store, View(TODAY)) if row.ref == ref)
        finally:
            with_store.close()

    def edit(self, ref: str, title: str) -> None:
        """Let the office change an action's title."""
        row = self.action(ref)
        store = opened(self.path)
        edit_action(store, row.id, row.version, title=title)
        store.close()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    new_store(tmp_path, clock).close()
    made = Desk(tmp_path / "test.csp", capsys)
    rows = [
        ["Ref", "Theme", "Action", "Lead officer", "Due date", "RAG", "Update"],
        ["R1", RISK, "Run the panel", "Amina Shah", date(2026, 10, 31), "A", "Met."],
        ["R2", RISK, "Visit the reservoirs", "Tom Briggs", date(2027, 3, 31), "G", None],
        ["R3", RISK, "Map the cameras", "Amina Shah", date(2027, 6, 30), "G", None],
        ["R4", RISK, "Open the hub", "Wei Chen", date(2027, 6, 30), "G", None],
    ]  # fmt: skip
    write_sheets(tmp_path / "plan.xlsx", {"Plan": rows})
    made.run("import", tmp_path / "plan.xlsx")
    return made


def cells(path: Path) -> str:
    """Return all that the first sheet of a workbook says above its table."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return "\n".join(str(sheet.cell(row, 1).value) for row in range(1, 6))


def test_one_owners_workbook_is_a_file_and_an_object_with_everything_in_it(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "for Amina.xlsx"
    said = desk.export("--owner", "amina shah", "--out", out)
    assert list(said) == EXPORTED
    assert (said["scope"], said["owner"], said["theme"], said["actions"], said["milestones"]) == (
        "owner", "Amina Shah", None, 2, 0,
    )  # fmt: skip
    assert (said["period"], said["wanted_back"], said["shortened"]) == ("Q3 2026/27", "2026-12-07", [])
    assert (said["file"], said["key"][:9]) == (str(out), "EXP-0001-")
    assert "Led by Amina Shah" in cells(out)
    (listed,) = desk.json("list", "exports", "--as-of", str(TODAY))
    assert list(listed) == LISTED
    assert [listed[name] for name in LISTED[1:]] == [
        "Amina Shah", "owner", "Q3 2026/27", "2026-11-23", "2026-12-07", None, "out",
    ]  # fmt: skip
    (later,) = desk.json("list", "exports", "--as-of", "2026-12-08")
    assert later["standing"] == "overdue_to_come_back"
    assert "overdue to come back" in desk.run("list", "exports", "--as-of", "2026-12-08")


def test_a_theme_and_the_whole_plan_are_one_file_each_and_a_period_and_a_day_can_be_named(
    desk: Desk, tmp_path: Path
) -> None:
    theme = desk.export(
        "--theme", RISK, "--out", tmp_path / "theme.xlsx", "--period", "2026/27", "--back", "2026-12-18"
    )
    assert (theme["scope"], theme["owner"], theme["theme"], theme["actions"]) == ("theme", None, RISK, 4)
    assert (theme["period"], theme["wanted_back"]) == ("2026/27", "2026-12-18")
    whole = desk.export("--plan", PLAN, "--out", tmp_path / "whole.xlsx")
    assert (whole["scope"], whole["theme"], whole["actions"]) == ("plan", None, 4)


def test_every_owner_has_a_file_and_no_files_name_holds_a_persons(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "to send"
    out.mkdir()
    said = desk.export("--every-owner", "--out", out)
    assert [(each["owner"], Path(each["file"]).name) for each in said] == [
        ("Amina Shah", "EXP-0001 update workbook.xlsx"),
        ("Tom Briggs", "EXP-0002 update workbook.xlsx"),
        ("Wei Chen", "EXP-0003 update workbook.xlsx"),
    ]
    assert all(f"Led by {each['owner']}" in cells(Path(each["file"])) for each in said)
    told = desk.run(
        "export", "update-workbook", "--owner", "Tom Briggs", "--owner", "Wei Chen", "--out", out, "--as-of", str(TODAY)
    )
    first, second = told.splitlines()
    assert first.startswith("EXP-0004  Tom Briggs: Q3 2026/27, 1 action, 0 milestones, wanted back by 07/12/2026")
    assert second.startswith("EXP-0005  Wei Chen: ")
    assert second.endswith(str(out / "EXP-0005 update workbook.xlsx"))


def test_what_lies_in_the_folder_already_is_not_replaced(desk: Desk, tmp_path: Path) -> None:
    there = tmp_path / "EXP-0001 update workbook.xlsx"
    there.write_bytes(b"another store's")
    said = desk.export("--owner", "Amina Shah", "--out", tmp_path)
    assert Path(said["file"]).name == "EXP-0001 update workbook (2).xlsx"
    assert there.read_bytes() == b"another store's"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--owner", "Amina Shah", "--owner", "Nobody Known"), "Nobody called “Nobody Known”"),
        (("--owner", "Amina Shah", "--owner", "Tom Briggs"), "go into a folder"),
        (("--every-owner",), "go into a folder"),
        (("--owner", "Amina Shah", "--period", "next week"), "next week"),
        (("--owner", "Amina Shah", "--back", "2026-11-01"), "has passed already"),
        (("--theme", "Gardening"), "no theme “Gardening”"),
        (("--owner", "Amina Shah", "--plan", "no-such-plan"), "no-such-plan"),
    ],
)
def test_what_cannot_be_made_is_one_sentence_and_nothing_is_written(
    desk: Desk, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "out.xlsx"
    desk.run("export", "update-workbook", *words, "--out", out, "--as-of", str(TODAY), expect=1)
    assert says in desk.err
    assert len(desk.err.splitlines()) == 1
    assert not out.exists()
    assert desk.json("list", "exports") == []


@pytest.mark.parametrize(
    "words",
    [
        ("--owner", "Amina Shah", "--every-owner"),
        ("--theme", RISK, "--owner", "Amina Shah"),
        ("--owner", "Amina Shah", "--back", "soon"),
    ],
)
def test_what_contradicts_itself_is_wrong_usage(desk: Desk, tmp_path: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        desk.run("export", "update-workbook", *words, "--out", tmp_path / "out.xlsx")
    assert stopped.value.code == 2


def test_an_owner_whose_details_were_erased_is_passed_over_when_all_are_asked(desk: Desk, tmp_path: Path) -> None:
    store = opened(desk.path)
    erase_person(store, next(row.id for row in list_people(store) if row.name == "Wei Chen"), "ER-1")
    store.close()
    *sent, passed_over = desk.export("--every-owner", "--out", tmp_path)
    assert [each["owner"] for each in sent] == ["Amina Shah", "Tom Briggs"]
    assert "details of this owner were erased" in passed_over["refused"]
    assert "Say who leads these actions now." in desk.err


def test_a_returned_workbook_is_an_object_that_says_what_was_not_applied(desk: Desk, tmp_path: Path) -> None:
    sent = desk.send("Amina Shah", "sent.xlsx")
    desk.edit("ACT-0001", "Run both panels")
    back = answer(
        sent,
        tmp_path / "back.xlsx",
        {
            ("ACT-0001", "title"): "Run the panel monthly",
            ("ACT-0001", "update"): "Met twice.",
            ("ACT-0003", "due"): None,
            ("ACT-0003", "percent"): "lots",
        },
    )
    tried = desk.json("import", back, "--dry-run")
    assert set(tried) >= OF_A_RETURN
    assert (tried["two_way"], tried["missing"], tried["export"][:9]) == (False, [], "EXP-0001-")
    assert {(cell["ref"], cell["field"]) for cell in tried["not_applied"]} == {
        ("ACT-0001", "title"),
        ("ACT-0003", "forecast_due"),
        ("ACT-0003", "percent"),
    }
    conflict = next(row["conflicts"] for row in tried["rows"] if row["ref"] == "ACT-0001")
    assert conflict == {
        "title": {"base": "Run the panel", "theirs": "Run the panel monthly", "mine": "Run both panels"}
    }
    told = desk.run("import", back)
    lines = [line.strip() for line in told.splitlines()]
    assert sum(line.startswith("not applied: Actions ") for line in lines) == 3
    assert sum("was changed on both sides" in line for line in lines) == 1
    assert "1 conflict" in lines[0]
    assert "Compared two ways" not in told
    assert desk.action("ACT-0001").title == "Run both panels"
    assert desk.action("ACT-0001").latest_update == "Met twice."
    assert desk.json("list", "exports")[0]["standing"] == "came_back_with_questions"


def test_conflicts_and_clears_are_settled_by_command(desk: Desk, tmp_path: Path) -> None:
    sent = desk.send("Amina Shah", "sent.xlsx")
    desk.edit("ACT-0001", "Run both panels")
    said = {("ACT-0001", "title"): "Run the panel monthly", ("ACT-0003", "due"): None}
    back = answer(sent, tmp_path / "back.xlsx", said)
    desk.json("import", back, "--resolve", "mine")
    assert desk.action("ACT-0001").title == "Run both panels"
    assert desk.action("ACT-0003").forecast_due == date(2027, 6, 30)
    desk.run("undo", "2")
    done = desk.json("import", back, "--resolve", "theirs", "--clears")
    assert done["not_applied"] == []
    assert desk.action("ACT-0001").title == "Run the panel monthly"
    assert desk.action("ACT-0003").forecast_due is None
    with pytest.raises(SystemExit):
        desk.run("import", back, "--resolve", "both")


def test_a_workbook_of_another_store_says_that_it_was_compared_two_ways(desk: Desk, tmp_path: Path) -> None:
    sent = desk.send("Amina Shah", "sent.xlsx")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    new_store(elsewhere, Clock()).close()
    other = Desk(elsewhere / "test.csp", desk._capsys)
    assert "Compared two ways." in other.run("import", sent, "--dry-run")
    assert other.json("import", sent, "--dry-run")["two_way"] is True


@pytest.fixture
def returns(desk: Desk, tmp_path: Path) -> Path:
    """A folder with an answered, an untouched, a foreign, a broken file, a letter, and what is no spreadsheet."""
    folder = tmp_path / "returns"
    folder.mkdir()
    sent = {name: desk.send(name, f"{name[:3]}.xlsx") for name in ("Amina Shah", "Tom Briggs", "Wei Chen")}
    answer(sent["Amina Shah"], folder / "a answered.xlsx", {("ACT-0001", "update"): "Met twice."})
    shutil.copy(sent["Tom Briggs"], folder / "b untouched.xlsx")
    headings = ["Action", "Lead officer", "Due date"]
    write_sheets(folder / "c foreign.xlsx", {"Ours": [headings, ["Tidy the square", "Jo Hirst", date(2027, 2, 1)]]})
    (folder / "d broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (folder / "e letter.txt").write_text("Dear Priya,\nI am on leave until Monday.\n", encoding="utf-8")
    (folder / "f picture.png").write_bytes(b"\x89PNG")
    (folder / "~$a answered.xlsx").write_bytes(b"lock")
    deeper = folder / "deeper"
    deeper.mkdir()
    shutil.copy(sent["Wei Chen"], deeper / "not looked at.xlsx")
    return folder


def test_a_folder_comes_in_file_by_file_and_says_who_has_answered(desk: Desk, returns: Path) -> None:
    said = desk.json("import", returns)
    assert list(said) == ["folder", "files", "answered", "not_answered", "refused"]
    assert said["folder"] == str(returns)
    assert [file["file"] for file in said["files"]] == [
        "a answered.xlsx", "b untouched.xlsx", "c foreign.xlsx", "d broken.xlsx", "e letter.txt",
    ]  # fmt: skip
    answered, untouched, foreign = said["files"][:3]
    assert set(answered) >= OF_A_RETURN
    assert (answered["import_id"], untouched["import_id"], foreign["import_id"]) == (2, None, 3)
    assert [(each["owner"], each["file"]) for each in said["answered"]] == [
        ("Amina Shah", "a answered.xlsx"),
        ("Tom Briggs", "b untouched.xlsx"),
    ]
    assert [(each["owner"], each["wanted_back"]) for each in said["not_answered"]] == [("Wei Chen", "2026-12-07")]
    assert [(set(each), each["file"]) for each in said["refused"]] == [
        ({"file", "refused"}, "d broken.xlsx"),
        ({"file", "refused"}, "e letter.txt"),
    ]
    assert said["refused"] == said["files"][3:]
    standings = {each["owner"]: each["standing"] for each in desk.json("list", "exports", "--as-of", str(TODAY))}
    assert standings == {"Wei Chen": "out", "Tom Briggs": "came_back", "Amina Shah": "came_back"}


def test_a_folder_tells_people_who_has_answered_and_who_has_not(desk: Desk, returns: Path) -> None:
    tried = desk.json("import", returns, "--dry-run")
    assert [each["owner"] for each in tried["answered"]] == ["Amina Shah", "Tom Briggs"]
    assert {each["returned_on"] for each in desk.json("list", "exports")} == {None}
    told = desk.run("import", returns).splitlines()
    assert "Answered: Amina Shah (EXP-0001); Tom Briggs (EXP-0002)." in told
    assert "Not answered yet: Wei Chen (EXP-0003, by 07/12/2026)." in told
    assert [line[:26] for line in told if line.startswith("Refused")] == [
        "Refused: “d broken.xlsx” i",
        "Refused: No table of actio",
    ]
    assert "  Not read, because they are no spreadsheets: f picture.png." in told
    assert desk.err == ""


def test_a_folder_of_refused_files_alone_is_refused_and_an_empty_one_is_not(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    assert desk.json("import", folder)["files"] == []
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    said = desk.json("import", folder, expect=1)
    assert [file["file"] for file in said["refused"]] == ["broken.xlsx"]
    assert desk.err.splitlines() == ["Every file was refused; nothing was imported."]


def test_plain_files_beside_a_folder_are_still_all_compared_before_the_first_is_applied(
    desk: Desk, returns: Path, tmp_path: Path
) -> None:
    good = tmp_path / "good.csv"
    good.write_text("Action,Owner,Deadline\nTidy the square,Jo Hirst,1/2/2027\n", encoding="utf-8")
    desk.run("import", good, returns / "d broken.xlsx", returns, expect=1)
    assert [each["id"] for each in desk.json("list", "imports")] == [1]
    both = desk.json("import", good, returns)
    assert [next(iter(each)) for each in both] == ["file", "folder"]
    desk.run("import", returns, "--problems", tmp_path / "p.xlsx", expect=1)
    assert "one file at a time" in desk.err


def test_an_older_import_is_undone_after_later_ones(desk: Desk, returns: Path) -> None:
    desk.run("import", returns)
    foreign = next(each for each in desk.json("list", "imports") if each["file"] == "c foreign.xlsx")
    desk.run("import", answer(desk.folder / "Wei.xlsx", returns / "z.xlsx", {("ACT-0004", "title"): "Open two hubs"}))
    assert "was taken back" in desk.run("undo", str(foreign["id"] - 1))
    assert desk.action("ACT-0001").latest_update == "Met."
    assert desk.action("ACT-0004").title == "Open two hubs"
    standings = {each["owner"]: each["standing"] for each in desk.json("list", "exports", "--as-of", str(TODAY))}
    assert standings == {"Wei Chen": "came_back", "Tom Briggs": "came_back", "Amina Shah": "out"}


def test_the_help_names_the_new_commands(capsys: pytest.CaptureFixture[str]) -> None:
    run: Callable[[list[str]], int] = main
    for words, told in ((["export", "--help"], "--every-owner"), (["import", "--help"], "--resolve")):
        with pytest.raises(SystemExit) as stopped:
            run(words)
        assert stopped.value.code == 0
        assert told in capsys.readouterr().out
