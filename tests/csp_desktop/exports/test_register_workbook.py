"""A register goes out as a workbook and comes back in as it was."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from csp_desktop.cli import main
from csp_desktop.commands.entries import add_entry
from csp_desktop.errors import CspError
from csp_desktop.exports.register_workbook import can_be_written, cell_words, write_register
from csp_desktop.imports.registers.planning import plan_register
from csp_desktop.imports.registers.register_plan import RegisterRequest
from csp_desktop.queries.records import list_steps
from csp_desktop.registers.forms import Register, form_of
from csp_desktop.store import Store
from models.vocabulary import StepKind
from tests.demo_partnership import fill
from tests.factories import TODAY
from tests.vault import PASSPHRASE


def test_every_register_comes_back_without_a_change(store: Store, tmp_path: Path) -> None:
    fill(store, TODAY)
    for register in filter(can_be_written, Register):
        path = tmp_path / f"{register.value}.xlsx"
        rows = write_register(store, register, path)
        plan = plan_register(store, path, RegisterRequest(register), TODAY)
        assert {name: count for name, count in plan.counts.items() if count} == {"unchanged": rows}, register
        assert [problem.message for problem in plan.problems] == []


def test_headings_values_and_choices_stand_as_they_should(store: Store, tmp_path: Path) -> None:
    outputs = (("Taxi checks", 1_200), ("Arrests", 3))
    values = {"title": "=cmd()", "starts": date(2026, 5, 2), "partners": ["WYP", "Kirklees Council"]}
    add_entry(store, Register.OPERATIONS, {**values, "outputs": outputs, "summary": "_x0041_ two\nlines"})
    path = tmp_path / "operations.xlsx"
    assert write_register(store, Register.OPERATIONS, path) == 1
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    fields = form_of(Register.OPERATIONS).fields
    assert [cell.value for cell in sheet[1]] == [field.label for field in fields]
    cells = {field.name: sheet.cell(2, at) for at, field in enumerate(fields, start=1)}
    assert (cells["title"].value, cells["title"].data_type) == ("=cmd()", "s")
    assert cells["starts"].number_format == "d mmm yyyy"
    assert cells["partners"].value == "West Yorkshire Police\nKirklees Council"
    assert cells["outputs"].value == "1200 Taxi checks\n3 Arrests"
    assert (cells["status"].value, cells["ends"].value) == ("Held", None)
    assert sheet.freeze_panes == "B2"
    assert [each.type for each in sheet.data_validations.dataValidation] == ["list"]
    assert book.sheetnames == ["Operations", "How this comes back", "_lists"]
    plan = plan_register(store, path, RegisterRequest(Register.OPERATIONS), TODAY)
    assert (plan.counts["unchanged"], plan.counts["changed"]) == (1, 0)


def test_a_changed_cell_and_a_new_row_come_back_as_such(store: Store, tmp_path: Path) -> None:
    add_entry(store, Register.MEASURES, {"title": "Calls", "baseline": Decimal("12.5")})
    path = tmp_path / "measures.xlsx"
    write_register(store, Register.MEASURES, path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = {str(cell.value): at for at, cell in enumerate(sheet[1], start=1)}
    assert sheet.cell(2, column["Baseline"]).value == pytest.approx(12.5)
    sheet.cell(2, column["Baseline"], 13)
    sheet.cell(3, column["Measure"], "Visits")
    book.save(path)
    plan = plan_register(store, path, RegisterRequest(Register.MEASURES), TODAY)
    assert (plan.counts["changed"], plan.counts["new"], plan.counts["errors"]) == (1, 1, 0)


def test_a_single_value_with_a_comma_stays_one() -> None:
    assert cell_words(("Fire, rescue",)) == "Fire, rescue;"
    assert cell_words(("Fire, rescue", "Police")) == "Fire, rescue\nPolice"
    assert cell_words((("Arrests", 3),)) == "3 Arrests"


def test_what_went_out_stands_in_the_audit_trail_and_others_are_refused(store: Store, tmp_path: Path) -> None:
    write_register(store, Register.PEOPLE, tmp_path / "people.xlsx")
    step = list_steps(store)[0]
    assert (step.label, step.kind) == ("Saved people as a spreadsheet", StepKind.ACCESS)
    with pytest.raises(CspError, match="not saved as a spreadsheet"):
        write_register(store, Register.OFFENCES, tmp_path / "offences.xlsx")
    with pytest.raises(CspError, match="must end in"):
        write_register(store, Register.PEOPLE, tmp_path / "people.csv")
    assert [file.name for file in tmp_path.iterdir() if file.suffix in {".csv", ".xlsx"}] == ["people.xlsx"]


def test_a_register_is_written_by_command(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    store.close()
    command = ["--store", str(store.path), "export", "register"]
    out = tmp_path / "meetings.xlsx"
    assert main([*command, "meetings", "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"register": "meetings", "file": str(out), "rows": 8}
    for words in (["cats"], [], ["meetings", "--plan", "x"]):
        assert main([*command, *words, "--out", str(tmp_path / "none.xlsx")]) == 1
    assert not (tmp_path / "none.xlsx").exists()
    assert "update-workbook" in capsys.readouterr().err
