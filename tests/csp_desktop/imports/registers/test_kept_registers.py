"""Every register that is kept row by row: a dry run, brought in, one cell changed, and all of it taken back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.commands.entries import add_entry
from csp_desktop.errors import CspError
from csp_desktop.imports.registers.applying import apply_register
from csp_desktop.imports.registers.planning import drop_register, plan_register, said_rows
from csp_desktop.imports.registers.register_plan import RegisterPlan, RegisterRequest
from csp_desktop.queries.entries import list_entries, names_in
from csp_desktop.registers.choices import choices_of
from csp_desktop.registers.forms import FieldKind, Register, RegisterField, form_of
from csp_desktop.registers.kept import kept_of
from csp_desktop.registers.shown import shown_value
from csp_desktop.store import Store
from models.vocabulary import RowOutcome
from tests.csp_desktop.imports.registers.conftest import Desk
from tests.factories import TODAY
from tests.sample_entries import KEPT, sample_values

UNKNOWN = "Unheard Newcomer 2031"  # an assessment is known by its year
_CHANGES: tuple[tuple[FieldKind, Any, Any], ...] = (
    (FieldKind.TEXT, "First words", "Second words"),
    (FieldKind.DECIMAL, 10.5, 11.25),
    (FieldKind.DATE, date(2026, 5, 4), date(2026, 5, 5)),
)


class Table:
    """A workbook of a register: two good rows, one with an error, and one that names what nobody knows."""

    def __init__(self, desk: Desk, register: Register) -> None:
        self._desk = desk
        self._form = form_of(register)
        store = desk.store
        self.changing, self._first, self._second = self._changed_field()
        self.unknown = self._unknown_field()
        rows = [sample_values(store, register, name) for name in ("Sample", "Other", "Third", "Fourth")]
        rows[2][self._wrong().name] = "31/04/2026" if self._wrong().kind is FieldKind.DATE else None
        rows[2][self.changing.name] = self._first
        rows[3] |= {name: date(2026, 7, 13) for name, value in rows[3].items() if isinstance(value, date)}
        if self.unknown is not None:
            rows[3][self.unknown.name] = UNKNOWN
        self._rows = rows if self.unknown is not None else rows[:3]
        self._names = [field.name for field in self._form.fields if any(field.name in row for row in self._rows)]
        if self.changing.name not in self._names:
            self._names.append(self.changing.name)

    def file(self, *, changed: bool = False) -> Path:
        self._rows[0][self.changing.name] = self._second if changed else self._first
        headings = [self._form.by_name[name].label for name in self._names]
        cells = [[self._cell(name, row.get(name)) for name in self._names] for row in self._rows]
        return self._desk.xlsx({"Register": [headings, *cells]}, f"{self._form.register.value}-{changed}.xlsx")

    def _cell(self, name: str, value: Any) -> Any:
        field = self._form.by_name[name]
        if field.kind is FieldKind.NAME and isinstance(value, int):
            return names_in(self._desk.store, field.of).labels[value]
        if isinstance(value, Decimal):
            return float(value)
        return value if isinstance(value, date | int | float) else shown_value(value)

    def _changed_field(self) -> tuple[RegisterField, Any, Any]:
        key = {*kept_of(self._form.register).key, "ref", "label"}
        free = [field for field in self._form.fields if field.name not in key and not field.filled]
        for kind, first, second in _CHANGES:
            for field in free:
                if field.kind is kind:
                    return field, first, second
        for field in (*free, *self._form.fields):
            words = choices_of(self._form.register, field)
            if words:
                return field, words[0].label, words[1].label
            if field.kind is FieldKind.DECIMAL:
                return field, 10.5, 11.25
        # a wording is the same row in other letters
        field = next(field for field in self._form.fields if field.kind is FieldKind.TEXT)
        return field, "Agreed as asked", "AGREED AS ASKED"

    def _unknown_field(self) -> RegisterField | None:
        own = kept_of(self._form.register).table.name
        names = [field for field in self._form.fields if field.kind is FieldKind.NAME and field.of != own]
        return next((field for field in names if field.adds), names[0] if names else None)

    def _wrong(self) -> RegisterField:
        """The field that the row with an error has it in: a day that is none, or a blank that may not be."""
        dates = (field for field in self._form.fields if field.kind is FieldKind.DATE and field is not self.changing)
        return next(dates, None) or next(field for field in self._form.fields if field.filled)


def _plan(store: Store, register: Register, path: Path) -> RegisterPlan:
    return plan_register(store, path, RegisterRequest(register), TODAY)


def _counts(plan: RegisterPlan) -> dict[str, int]:
    return {name: count for name, count in plan.counts.items() if count}


@pytest.mark.parametrize("register", KEPT)
def test_a_kept_register_comes_in_changes_and_goes(store: Store, tmp_path: Path, register: Register) -> None:
    table = Table(Desk(store, tmp_path), register)
    before = list_entries(store, register)

    plan = _plan(store, register, table.file())
    adds = table.unknown is not None and table.unknown.adds
    errors = 1 + (table.unknown is not None and not adds)
    assert _counts(plan) == {"new": 2 + adds, "errors": errors}, plan.problems
    assert plan.sheets[0].unmapped == ()
    if table.unknown is not None:
        said = [problem for problem in plan.problems if UNKNOWN in problem.message]
        assert [problem.cell for problem in said] == [f"{plan.sheets[0].fields[table.unknown.name].letters}5"]
        assert ("is not known yet and is added" if adds else " in the store. ") in said[0].message
    assert list_entries(store, register) == before
    apply_register(store, plan)
    assert len(list_entries(store, register)) == len(before) + 2 + adds

    plan = _plan(store, register, table.file(changed=True))
    assert _counts(plan) == {"changed": 1, "unchanged": 1 + adds, "errors": errors}, plan.problems
    (changed,) = said_rows(store, plan, (RowOutcome.CHANGED,))
    assert list(changed.changes) == [table.changing.name]
    apply_register(store, plan)
    store.undo()
    store.undo()
    assert list_entries(store, register) == before
    assert not any(row.text("name") == UNKNOWN for row in list_entries(store, Register.ORGANISATIONS))
    assert store.verify_audit().is_whole


LOG = [
    ["No", "Action", "Lead", "Due date", "Status", "Raised at", "Group"],
    [1, "Bring the figures", "Shah, Amina", "31/12/2026", "Done", "12/11/2026", "Communities Partnership Board"],
    [2, "Ask the police", "A Shah", "Ongoing", "Agreed closed", "12/11/2026", "Safer Dewsbury Town Centre Group"],
    [3, "Whose meeting?", "Amina Shah", "", "", "12/11/2026", ""],
]


def _meetings(desk: Desk) -> None:
    groups = ("Communities Partnership Board", "Safer Dewsbury Town Centre Group")
    rows = [["Group", "Date"], *([group, "12/11/2026"] for group in groups)]
    assert desk.counts(Register.MEETINGS, rows) == {"new": 2}


def _said(result: Any) -> list[tuple[str, str]]:
    return [(each["cell"], each["message"]) for each in result["problems"]]


def test_log_entries_find_their_meeting_their_owner_and_their_two_steps(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, tmp_path)
    _meetings(desk)
    desk.bring(Register.PEOPLE, [["Name", "Organisation"], ["Insp Amina Shah", "WYP"]])
    result = desk.bring(Register.LOG, LOG)
    assert {name: count for name, count in result["counts"].items() if count} == {"new": 2, "errors": 1}
    said = dict(_said(result))
    assert "though it may be “Insp Amina Shah”" in said["C3"]
    assert said["F4"].startswith("Several meetings may be meant")
    entries = {row.text("title"): row for row in list_entries(store, Register.LOG)}
    first, second = entries["Bring the figures"], entries["Ask the police"]
    assert (first.ids["owner"][0], first.text("owner")) == ("person", "Insp Amina Shah")
    assert (second.text("owner"), second.day("due"), second.text("due_text")) == ("A Shah", None, "Ongoing")
    assert "D3" not in said
    assert [str(row.values["status"]) for row in (first, second)] == ["completed", "closed"]
    assert second.text("meeting").startswith("Safer Dewsbury Town Centre Group")
    refs = [["Ref", "Action", "Status"], [first.text("ref"), "Bring the figures for the year", "Open"]]
    assert desk.counts(Register.LOG, refs) == {"changed": 1}


def test_each_numeric_column_of_operations_is_an_output_of_its_own(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, tmp_path)
    rows = [
        ["Operation", "Date", "Partners", "Outputs", "Arrests", "Taxi checks", "Remarks"],
        ["Op Calm", "01/10/2026", "WYP, Kirklees Council", "4 searches; 1 arrests", 2, "1,200", "Cold."],
        ["Op Storm", "02/10/2026", "", "many", "", 0, ""],
    ]
    result = desk.bring(Register.OPERATIONS, rows)
    assert _said(result) == [("D3", "“many” is not a count: write how many of what, like “12 taxi checks”.")]
    (operation,) = list_entries(store, Register.OPERATIONS)
    assert dict(operation.counts("outputs")) == {"searches": 4, "Arrests": 3, "Taxi checks": 1_200}
    assert set(operation.names("partners")) == {"West Yorkshire Police", "Kirklees Council"}
    assert desk.counts(Register.OPERATIONS, rows) == {"unchanged": 1, "errors": 1}


def test_readings_are_what_people_read_and_belong_to_their_days(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, tmp_path)
    desk.bring(Register.MEASURES, [["Measure", "Unit", "Good is"], ["Feel safe", "%", "▲"]])
    head = ["Measure", "Quarter", "Actual", "Numerator", "Denominator"]
    rows = [
        head,
        ["Feel safe", "Q1 2026/27", "45%", "", ""],
        ["MEA-0001", "2026/27 Q2", "", 9, 20],
        ["Feel safe", "whenever", 1, "", ""],
        ["Feel safe", "Q3 2026/27", "", 1, 0],
        ["Feel safe", "Q4 2026/27", 0.45, "", ""],
    ]
    result = desk.bring(Register.READINGS, rows)
    assert [cell for cell, _ in _said(result)] == ["B4", "E5", "C6"]
    assert _said(result)[2][1] == "This was taken as 0.45 %. If it means 45 %, write 45%."
    assert sorted(
        (row.day("first_day"), row.values["value"], row.number("numerator"))
        for row in list_entries(store, Register.READINGS)
    ) == [(date(2026, 4, 1), Decimal(45), None), (date(2026, 7, 1), None, 9), (date(2027, 1, 1), Decimal("0.45"), None)]
    assert desk.counts(Register.READINGS, [head, ["Feel safe", "2026/27 Q1", 45, "", ""]]) == {"unchanged": 1}


def test_a_person_is_known_in_other_words_and_initials_are_only_told_of(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, tmp_path)
    head = ["Name", "Job title", "Also known as"]
    assert desk.counts(Register.PEOPLE, [head, ["Briggs, Tom", "Inspector", "Tommo"]]) == {"new": 1}
    assert desk.counts(Register.PEOPLE, [head, ["Insp Tom Briggs", "Chief Inspector", ""]]) == {"changed": 1}
    result = desk.bring(Register.PEOPLE, [head, ["T Briggs", "", ""], ["Tommo", "Chief Inspector", ""]])
    assert {name: count for name, count in result["counts"].items() if count} == {"new": 1, "unchanged": 1}
    assert ("A2", "This is added as somebody new, though it may be “Tom Briggs”.") in _said(result)
    assert [row.text("name") for row in list_entries(store, Register.PEOPLE)] == ["T Briggs", "Tom Briggs"]


def test_a_row_may_name_another_of_its_own_file(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, tmp_path)
    rows = [
        ["Area", "Type", "Code", "Lies in ward"],
        ["Kirklees 001A", "LSOA", "E01000001", "Batley North"],
        ["Batley North", "Ward", "E05000001", ""],
        ["Kirklees 001B", "LSOA", "E01000002", "Batley South"],
    ]
    result = desk.bring(Register.AREAS, rows)
    assert [cell for cell, _ in _said(result)] == ["D4"]
    assert {row.text("name"): row.text("ward") for row in list_entries(store, Register.AREAS)} == {
        "Kirklees 001A": "Batley North",
        "Batley North": "",
    }


HEAD = ("Crime ID", "Month", "Falls within", "Location", "LSOA code", "LSOA name", "Crime type")


def _crimes(*rows: tuple[str, str, str, str]) -> Sequence[Sequence[str]]:
    return [HEAD, *(["x", "2011-12", "WYP", place, code, name, kind] for place, code, name, kind in rows)]


def test_an_extract_is_counted_by_ward_and_place_and_replaces_its_month(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, tmp_path)
    desk.bring(
        Register.AREAS,
        [["Area", "Type", "Code", "Lies in ward"], ["Batley North", "Ward", "E05000001", ""],
         ["Kirklees 001A", "LSOA", "E01000001", "Batley North"]],
    )  # fmt: skip
    station = ("On or near Station Road", "E01000001", "Kirklees 001A", "Burglary")
    drugs = ("On or near High Street", "E01000001", "Kirklees 001A", "Drugs")
    nowhere = ("No Location", "E01000009", "Kirklees 009A", "Anti-social behaviour")
    assert desk.counts(Register.STREET_CRIME, _crimes(station, station, drugs, nowhere)) == {"new": 6}
    query = "SELECT indicator, area_kind, area_name, thousandths / 1000 FROM area_figure ORDER BY indicator, area_kind"
    assert desk.rows(query) == [
        ("Anti-social behaviour", "place", "Unknown place", 1),
        ("Anti-social behaviour", "small_area", "Kirklees 009A", 1),
        ("Burglary", "place", "Station Road", 2),
        ("Burglary", "ward", "Batley North", 2),
        ("Drugs", "place", "High Street", 1),
        ("Drugs", "ward", "Batley North", 1),
    ]
    assert desk.rows("SELECT DISTINCT period, first_day, last_day FROM area_figure") == [
        ("December 2011", "2011-12-01", "2011-12-31")
    ]
    assert desk.counts(Register.STREET_CRIME, _crimes(station, nowhere)) == {"changed": 4, "unchanged": 2}
    assert [row[3] for row in desk.rows(query)] == [1, 1, 1, 1, 0, 0]
    store.undo()
    assert [row[3] for row in desk.rows(query)] == [1, 1, 2, 2, 1, 1]


def test_figures_by_area_know_their_kind_by_code_and_their_period_however_it_is_written(
    store: Store, tmp_path: Path
) -> None:
    desk = Desk(store, tmp_path)
    head = ["Indicator", "Topic", "Ward", "Code", "Period", "Rate"]
    rows = [
        head,
        ["Feel safe", "Perceptions", "Batley", "E08000034", "2024/25", "45.5%"],
        [*["Feel safe", "", "X", ""], "2024/25", "-"],
    ]
    result = desk.bring(Register.AREA_FIGURES, rows)
    assert _said(result) == [("F3", "The row gives no figure. Write its value, or its numerator.")]
    assert desk.rows("SELECT area_kind, period, topic, thousandths FROM area_figure") == [
        ("district", "2024/25", "perceptions", 45_500)
    ]
    again = [head, ["Feel safe", "", "Batley", "E08000034", "April 2024 to March 2025", 46]]
    assert desk.counts(Register.AREA_FIGURES, again) == {"changed": 1}


def test_a_table_with_a_column_for_each_figure_is_read_figure_by_figure(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, tmp_path)
    rows = [
        ["Feel safe after dark, 2024/25", "", "", ""],
        ["Ward", "Residents", "Town centre 2023/24", "Comments"],
        ["Batley East", "45%", 40.5, "Up."],
        ["Dewsbury West", "-", 41, ""],
    ]
    result = desk.bring(Register.AREA_FIGURES, rows)
    assert result["counts"]["new"] == 3
    assert result["tables"][0]["mapping"] == {"Ward": "area_name", "Residents": "value", "Town centre 2023/24": "value"}
    assert desk.rows("SELECT indicator, area_name, period, thousandths FROM area_figure ORDER BY id") == [
        ("Residents", "Batley East", "2024/25", 45_000),
        ("Town centre", "Batley East", "2023/24", 40_500),
        ("Town centre", "Dewsbury West", "2023/24", 41_000),
    ]
    rows[2][1] = "46%"
    assert desk.counts(Register.AREA_FIGURES, rows) == {"changed": 1, "unchanged": 2}
    (problem,) = desk.bring(Register.AREA_FIGURES, [["Ward", "Burglary"], ["Batley East", 5]])["problems"]
    assert (problem["cell"], problem["level"]) == ("B1", "error")
    assert problem["message"].startswith("Nothing says when the figures under “Burglary” are of")


def test_of_rows_that_are_one_the_first_holds_and_blanks_are_filled(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, tmp_path)
    rows = [
        ["Place", "Note"],
        ["Market Place", ""],
        ["market place", ""],
        ["Market Place", "Busy on Wednesdays."],
        ["Market Place", "Quiet."],
    ]
    result = desk.bring(Register.PLACES, rows)
    counts = {name: count for name, count in result["counts"].items() if count}
    assert counts == {"new": 1, "ignored": 2, "folded": 2, "conflicts": 1}
    assert [cell for cell, _ in _said(result)] == ["A5"]
    (place,) = list_entries(store, Register.PLACES)
    assert (place.text("name"), place.text("note")) == ("Market Place", "Busy on Wednesdays.")


def test_what_was_compared_is_what_is_brought_in_or_nothing_is(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, tmp_path)
    path = desk.csv([["Operation", "Date", "Location"], ["Op Calm", "01/10/2026", "Market Place"]])
    plan = _plan(store, Register.OPERATIONS, path)
    assert _counts(plan) == {"new": 1}
    add_entry(store, Register.PLACES, {"name": "Market Place"})
    with pytest.raises(CspError, match="was compared with was changed since"):
        apply_register(store, plan)
    assert list_entries(store, Register.OPERATIONS) == []
    drop_register(store, plan)
    assert desk.is_clean()


@pytest.mark.parametrize(
    ("headings", "row", "register"),
    [
        ("Month,LSOA code,LSOA name,Location,Crime type", "2026-09,E01,Kirklees 025B,On or near Northgate,Burglary",
         Register.STREET_CRIME),
        ("Ward,Indicator,Period,Value", "Dewsbury East,Fires,2025/26,41.2", Register.AREA_FIGURES),
        ("Assessment,Topic,Finding,RAG", "Assessment 2026,Crime,Shop theft,Red", Register.EVIDENCE),
    ],
)  # fmt: skip
def test_a_file_of_evidence_is_read_as_what_it_holds(
    store: Store, tmp_path: Path, headings: str, row: str, register: Register
) -> None:
    path = tmp_path / "evidence.csv"
    path.write_text(f"{headings}\n{row}\n", encoding="utf-8")
    plan = _plan(store, Register.EVIDENCE, path)
    assert plan.request.register is register
    assert any("read so" in note for note in plan.notes) == (register is not Register.EVIDENCE)
    assert plan.counts["new"] >= 1
    drop_register(store, plan)
