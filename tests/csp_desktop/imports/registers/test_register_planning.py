"""The dry run of a register: every format, nothing left staged whatever ends it, answers without a second reading."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.errors import CspError
from csp_desktop.imports.grid import CellValue, SheetGrid
from csp_desktop.imports.reading.refusals import ReadCancelledError
from csp_desktop.imports.registers.applying import apply_register
from csp_desktop.imports.registers.planning import drop_register, plan_register, replan_register, said_rows
from csp_desktop.imports.registers.register_plan import RegisterRequest
from csp_desktop.registers.forms import Register
from models.reoffending import Offence
from models.vocabulary import RowOutcome
from tests.csp_desktop.imports.registers.conftest import Desk
from tests.factories import TODAY
from tests.vault import opened
from tests.workbooks.biff_files import write_xls
from tests.workbooks.ods_files import write_ods

OFFENCES = RegisterRequest(Register.OFFENCES)
HEAD = ["Person ID", "Offence date", "Offence code", "Outcome", "Proof date"]
ROWS: list[list[CellValue]] = [
    ["A1", date(2024, 3, 12), "001/01", "Convicted", date(2024, 4, 12)],
    ["A2", date(2024, 3, 13), "001/01", "Charged", None],
]
TEXTS = [["A1", "12/03/2024", "001/01", "Convicted", "12/04/2024"], ["A2", "13/03/2024", "001/01", "Charged", ""]]


def grid(rows: list[list[Any]]) -> tuple[SheetGrid, ...]:
    return (SheetGrid("Offences", rows={at: list(row) for at, row in enumerate([HEAD, *rows], start=1)}),)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "xls"])
def test_every_format_gives_the_same_offences(desk: Desk, kind: str) -> None:
    path = desk.folder / f"offences.{kind}"
    match kind:
        case "csv":
            desk.csv([HEAD, *TEXTS], path.name)
        case "xlsx":
            desk.xlsx({"Offences": [HEAD, *ROWS]}, path.name)
        case "ods":
            write_ods(path, grid(ROWS))
        case _:
            write_xls(path, grid(ROWS))
    assert desk.counts(Register.OFFENCES, path) == {"new": 2}
    assert desk.rows("SELECT offence_date, outcome, proof_date FROM offence ORDER BY offence_date") == [
        ("2024-03-12", "conviction", "2024-04-12"),
        ("2024-03-13", "pending", None),
    ]
    assert desk.counts(Register.OFFENCES, path) == {"unchanged": 2, "folded": 2}


def test_a_dry_run_changes_nothing_and_leaves_nothing(desk: Desk) -> None:
    result = desk.bring(Register.OFFENCES, [HEAD, *TEXTS], dry_run=True)
    assert (result["dry_run"], result["import_id"], result["counts"]["new"]) == (True, None, 2)
    assert [desk.number(table) for table in ("offence", "offender", "audit_entry", "import_batch")] == [0] * 4
    assert desk.is_clean()


@pytest.mark.parametrize("phase", ["Reading", "Comparing"])
def test_a_cancel_leaves_nothing_staged(desk: Desk, phase: str) -> None:
    path = desk.csv([HEAD, *TEXTS * 3_000])
    heard: list[str] = []

    def progress(_done: int, _expected: int, words: str) -> None:
        heard.append(words)

    def cancelled() -> bool:
        return any(words.startswith(phase) for words in heard)

    with pytest.raises(ReadCancelledError, match="Nothing was imported"):
        plan_register(desk.store, path, OFFENCES, TODAY, (progress, cancelled))
    assert desk.is_clean()


def test_a_cancel_while_it_is_written_leaves_no_row(desk: Desk) -> None:
    plan = plan_register(desk.store, desk.csv([HEAD, *TEXTS]), OFFENCES, TODAY)

    def progress(_done: int, _expected: int, _words: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply_register(desk.store, plan, (progress, None))
    assert desk.number("offence") == 0
    apply_register(desk.store, plan)
    assert desk.number("offence") == 2
    assert desk.is_clean()


def test_what_was_staged_is_dropped_at_the_next_start(desk: Desk) -> None:
    plan_register(desk.store, desk.csv([HEAD, *TEXTS]), OFFENCES, TODAY)
    assert not desk.is_clean()
    path = desk.store.path
    desk.store.close()
    again = opened(path)
    try:
        assert Desk(again, desk.folder).is_clean()
    finally:
        again.close()


def test_nothing_is_written_outside_the_folder_of_the_store(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setenv("TMPDIR", str(elsewhere))
    monkeypatch.setenv("SQLITE_TMPDIR", str(elsewhere))
    path = desk.csv([HEAD, *TEXTS * 2_000])
    seen: set[Path] = set()

    def progress(_done: int, _expected: int, _words: str) -> None:
        seen.update(elsewhere.rglob("*"), desk.folder.rglob("*"))

    plan = plan_register(desk.store, path, OFFENCES, TODAY, (progress, None))
    apply_register(desk.store, plan, (progress, None))
    assert seen == {path}


def test_another_mapping_is_compared_without_reading_the_file_again_and_is_remembered(desk: Desk) -> None:
    head = ["Person ID", "Offence date", "Crime type", "Outcome", "Listed", "Proof date"]
    path = desk.csv([head, ["A1", "12/03/2024", "Shoplifting", "Convicted", "12/04/2024", "13/04/2024"]])
    plan = plan_register(desk.store, path, OFFENCES, TODAY)
    assert plan.sheets[0].unmapped == ("Listed",)
    path.unlink()
    asked = RegisterRequest(Register.OFFENCES, mappings={"register": {"Listed": "proof_date", "Proof date": ""}})
    plan = replan_register(desk.store, plan, asked, TODAY)
    apply_register(desk.store, plan)
    assert desk.column("SELECT proof_date FROM offence") == ["2024-04-12"]
    later = desk.csv([head, ["A2", "12/03/2024", "Shoplifting", "Convicted", "12/05/2024", "13/04/2024"]])
    desk.bring(Register.OFFENCES, later)
    assert desk.column("SELECT proof_date FROM offence ORDER BY id") == ["2024-04-12", "2024-05-12"]


def test_two_headings_of_one_name_are_told_apart_and_can_be_settled_each(desk: Desk) -> None:
    head = ["Person ID", "Date", "Outcome", "Date"]
    row = ["A1", "12/03/2024", "Convicted", "12/04/2024"]
    path = desk.csv([head, row, head])
    plan = plan_register(desk.store, path, OFFENCES, TODAY)
    assert plan.sheets[0].unmapped == ("Date (column D)",)
    assert plan.counts["ignored"] == 1
    asked = RegisterRequest(Register.OFFENCES, mappings={"register": {"Date (column D)": "proof_date"}})
    apply_register(desk.store, replan_register(desk.store, plan, asked, TODAY))
    assert desk.rows("SELECT offence_date, proof_date FROM offence") == [("2024-03-12", "2024-04-12")]
    desk.bring(Register.OFFENCES, desk.csv([head, ["A2", *row[1:]]]))
    assert desk.column("SELECT proof_date FROM offence") == ["2024-04-12", "2024-04-12"]


def test_what_there_is_to_look_at_comes_in_pages(desk: Desk) -> None:
    desk.bring(Register.OFFENCES, [HEAD, *TEXTS])
    path = desk.csv(
        [HEAD, TEXTS[0], ["A2", "13/03/2024", "001/01", "Guilty", "12/09/2024"], ["", "13/03/2024", "", "NFA"]]
    )
    plan = plan_register(desk.store, path, OFFENCES, TODAY)
    rows = said_rows(desk.store, plan)
    assert [(row.row, row.outcome) for row in rows] == [(3, RowOutcome.CHANGED), (4, RowOutcome.ERROR)]
    assert rows[0].changes == {"outcome": ("pending", "conviction"), "proof_date": (None, "2024-09-12")}
    assert rows[1].cells["Outcome"] == "NFA"
    assert [problem.cell for problem in rows[1].problems] == ["A4"]
    assert said_rows(desk.store, plan, (RowOutcome.ERROR,), limit=1) == rows[1:]
    assert said_rows(desk.store, plan, offset=1) == rows[1:]
    drop_register(desk.store, plan)
    assert desk.is_clean()


def test_what_was_changed_since_the_comparison_refuses_to_be_written_over(desk: Desk) -> None:
    desk.bring(Register.OFFENCES, [HEAD, *TEXTS])
    path = desk.csv([HEAD, ["A2", "13/03/2024", "001/01", "Guilty", "12/09/2024"]])
    plan = plan_register(desk.store, path, OFFENCES, TODAY)
    with desk.store.write("By hand") as session:
        session.get_one(Offence, 2).disposal = "Fine"
    with pytest.raises(CspError, match="changed since"):
        apply_register(desk.store, plan)
    assert desk.column("SELECT outcome FROM offence ORDER BY id") == ["conviction", "pending"]
    drop_register(desk.store, plan)


def test_many_problems_are_counted_whole_and_listed_in_part(desk: Desk) -> None:
    rows = [[f"A{at}", "31/04/2024", "001/01", "Convicted", ""] for at in range(2_500)]
    result = desk.bring(Register.OFFENCES, [HEAD, *rows])
    assert result["counts"]["errors"] == 2_500
    assert (len(result["problems"]), result["problems_truncated"]) == (1_000, True)
    assert (len(result["rows"]), result["rows_truncated"]) == (1_000, True)
    plan = plan_register(desk.store, desk.csv([HEAD, *rows]), OFFENCES, TODAY)
    assert (plan.problem_count, len(plan.problems), sum(plan.more_problems.values())) == (2_500, 2_000, 500)
    assert list(plan.more_problems) == ["… is not a real date. Expected a date; write …."]
    drop_register(desk.store, plan)


def test_people_are_matched_whole_where_a_file_has_several_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csp_desktop.imports.registers.comparing.PART_ROWS", 7)
    monkeypatch.setattr("csp_desktop.imports.registers.comparing._HELD_ROWS", 5)
    rows = [[f"A{at % 9}", f"{at % 28 + 1:02d}/03/2024", "1", "Convicted", "12/04/2024"] for at in range(120)]
    assert desk.counts(Register.OFFENCES, [HEAD, *rows]) == {"new": 120}
    assert desk.number("offender") == 9
    assert desk.counts(Register.OFFENCES, [HEAD, *reversed(rows)]) == {"unchanged": 120, "folded": 120}
