"""What an import is compared with, what it changes, what it leaves alone: the rules of matching and of applying."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.commands.actions import edit_action, post_update
from csp_desktop.commands.entries import edit_entry
from csp_desktop.commands.imports import undo_import
from csp_desktop.commands.people import add_person
from csp_desktop.commands.plans import add_plan, approve_plan
from csp_desktop.errors import CspError, UnreadableFileError
from csp_desktop.imports.applying import apply_import
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.import_plan import Decisions, ImportPlan
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.records import TablePlace
from csp_desktop.imports.running import ImportRequest, accept, compare, import_files, open_source
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.details import action_facts, list_updates
from csp_desktop.queries.people import list_organisations, list_people
from csp_desktop.queries.plans import find_plan, list_objectives, list_themes
from csp_desktop.queries.records import list_imports
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from models.vocabulary import LifecycleStatus, PlanKind, RowOutcome
from tests.factories import TODAY
from tests.workbooks.handmade_parts import write_sheets

HEADINGS = ("Ref", "Theme", "Action", "Lead officer", "Due date", "RAG", "Update")
RISK = "Reducing risk"
DUE = date(2027, 3, 31)


class Owner:
    """An owner who keeps one workbook and sends it in again and again."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.path = folder / "return.xlsx"
        self.rows: list[list[Any]] = [
            ["1", RISK, "Run the panel", "Amina Shah", DUE, "G", "Panel met."],
            ["2", RISK, "Visit the reservoirs", "Tom Briggs", date(2026, 12, 31), "A", "Two visited."],
        ]

    def write(self, headings: Sequence[str] = HEADINGS) -> Path:
        write_sheets(self.path, {"Return": [list(headings), *self.rows]})
        return self.path

    def plan(self, decisions: Decisions | None = None) -> ImportPlan:
        return plan_import(self.store, open_source(self.write()), decisions or Decisions(), TODAY)

    def send(self, **request: Any) -> dict[str, Any]:
        return import_files(self.store, [self.write()], ImportRequest(**request), TODAY)[0]

    def actions(self) -> dict[str, ActionRow]:
        return {row.title: row for row in list_actions(self.store, View(TODAY))}


@pytest.fixture
def owner(store: Store, tmp_path: Path) -> Owner:
    return Owner(store, tmp_path)


def outcomes(result: dict[str, Any]) -> list[str]:
    return [row["outcome"] for row in result["rows"]]


def test_a_dry_run_changes_nothing_and_says_what_would_come(owner: Owner) -> None:
    result = owner.send(dry_run=True)
    assert (result["counts"]["new"], result["import_id"], result["dry_run"]) == (2, None, True)
    assert result["rows"][0]["changes"]["title"] == [None, "Run the panel"]
    assert result["rows"][0]["ref"] is None
    assert owner.actions() == {}
    assert list_imports(owner.store) == []
    assert list_people(owner.store) == []


def test_new_rows_become_actions_with_refs_of_ours_and_theirs_kept(owner: Owner) -> None:
    result = owner.send()
    assert [row["ref"] for row in result["rows"]] == ["ACT-0001", "ACT-0002"]
    row = owner.actions()["Run the panel"]
    assert (row.source_ref, row.theme, row.lead_officer, row.rag) == ("1", RISK, "Amina Shah", "G")
    assert (row.baseline_due, row.forecast_due, row.due_text) == (DUE, DUE, "31/03/2027")
    assert (row.latest_update, row.latest_update_on, row.status) == ("Panel met.", TODAY, LifecycleStatus.IN_PROGRESS)
    imported = list_imports(owner.store)[0]
    assert (imported.id, imported.file_name, imported.counts["new"]) == (result["import_id"], "return.xlsx", 2)
    assert owner.store.verify_audit().is_whole
    assert list(owner.store.path.parent.glob("*-backups/*.cspbackup"))


def test_a_moved_date_moves_the_forecast_and_a_new_update_is_posted(owner: Owner) -> None:
    owner.send()
    owner.rows[0][4], owner.rows[0][6] = date(2027, 6, 30), "Panel met twice."
    result = owner.send()
    assert outcomes(result) == ["changed", "unchanged"]
    assert result["rows"][0]["changes"] == {
        "forecast_due": ["2027-03-31", "2027-06-30"],
        "due_text": ["31/03/2027", "30/06/2027"],
        "latest_update": ["Panel met.", "Panel met twice."],
    }
    row = owner.actions()["Run the panel"]
    assert (row.baseline_due, row.forecast_due, row.slipped_days) == (DUE, date(2027, 6, 30), 91)
    assert [update.done for update in list_updates(owner.store, row.id)] == ["Panel met twice.", "Panel met."]


def test_blank_cells_clear_nothing_and_missing_rows_delete_nothing(owner: Owner) -> None:
    owner.send()
    owner.rows = [["1", "", "Run the panel", None, None, None, None]]
    result = owner.send()
    assert outcomes(result) == ["unchanged"]
    assert result["import_id"] is None
    assert owner.actions()["Run the panel"].lead_officer == "Amina Shah"
    assert len(owner.actions()) == 2


def test_the_same_file_after_an_office_edit_reverts_nothing(owner: Owner) -> None:
    owner.send()
    row = owner.actions()["Run the panel"]
    edit_action(owner.store, row.id, row.version, forecast_due=date(2027, 9, 30))
    result = import_files(owner.store, [owner.path], ImportRequest(), TODAY)[0]
    assert outcomes(result) == ["unchanged", "unchanged"]
    assert owner.actions()["Run the panel"].forecast_due == date(2027, 9, 30)
    assert "already" not in result
    assert compare(owner.store, open_source(owner.path), ImportRequest(), TODAY).already


def test_a_row_matches_by_our_ref_wherever_it_came_from(owner: Owner) -> None:
    owner.send()
    owner.rows = [["ACT-0002", RISK, "Visit all the reservoirs", "Tom Briggs", None, None, None]]
    result = owner.send()
    assert result["rows"][0]["ref"] == "ACT-0002"
    assert result["rows"][0]["changes"] == {"title": ["Visit the reservoirs", "Visit all the reservoirs"]}
    owner.rows = [["ACT-9999", RISK, "Something else", None, DUE, None, None]]
    result = owner.send()
    assert outcomes(result) == ["new"]
    assert "There is no ACT-9999" in result["problems"][0]["message"]


def test_an_owners_ref_with_quite_another_title_is_asked_about(owner: Owner) -> None:
    owner.send()
    owner.rows = [["1", RISK, "Publish a booklet about water safety", "Amina Shah", DUE, None, None]]
    plan = owner.plan()
    assert (plan.rows[0].outcome, plan.rows[0].question) == (RowOutcome.NEW, "ACT-0001")
    assert any("quite another title" in problem.message for problem in plan.problems)
    action_id = owner.actions()["Run the panel"].id
    same = owner.plan(Decisions(answers={("Return", 2): action_id}))
    assert same.rows[0].outcome is RowOutcome.CHANGED
    apply_import(owner.store, same)
    assert set(owner.actions()) == {"Publish a booklet about water safety", "Visit the reservoirs"}


def test_a_reworded_title_under_the_same_ref_is_the_same_action(owner: Owner) -> None:
    owner.send()
    owner.rows[0][2] = "Run the panel every month"
    assert outcomes(owner.send()) == ["changed", "unchanged"]
    assert "Run the panel every month" in owner.actions()


def test_another_layout_matches_by_exact_title_unless_refs_contradict(owner: Owner) -> None:
    owner.send()
    owner.rows = [["Run the panel", RISK, "Amina Shah", date(2027, 4, 30)]]
    path = owner.write(("What will we do", "Theme", "Owner", "By when"))
    result = import_files(owner.store, [path], ImportRequest(), TODAY)[0]
    assert outcomes(result) == ["changed"]
    owner.rows = [["7", RISK, "Run the panel", "Amina Shah", DUE, None, None]]
    assert outcomes(owner.send()) == ["new"]


def test_two_rows_of_one_title_stay_two_actions(owner: Owner) -> None:
    owner.rows = [[None, RISK, "Attend the meeting", name, DUE, None, None] for name in ("Amina Shah", "Tom Briggs")]
    assert outcomes(owner.send()) == ["new", "new"]
    owner.rows[1][4] = date(2027, 4, 1)
    assert outcomes(owner.send()) == ["unchanged", "changed"]
    assert len(list_actions(owner.store, View(TODAY))) == 2


def test_a_theme_the_plan_does_not_have(owner: Owner) -> None:
    owner.rows[0][1] = "Canals and rivers"
    plan = owner.plan()
    assert plan.proposed_themes == {"Canals and rivers": 1}
    assert any("no theme called" in problem.message for problem in plan.problems)
    apply_import(owner.store, plan)
    row = owner.actions()["Run the panel"]
    assert (row.theme, row.theme_text) == (None, "Canals and rivers")
    again = owner.plan(Decisions(new_themes=frozenset({"canals and rivers"})))
    apply_import(owner.store, owner.plan(Decisions(new_themes=frozenset({"canals and rivers"}))))
    assert again.proposed_themes == {"Canals and rivers": 1}


def test_a_proposed_theme_that_is_wanted_becomes_one(owner: Owner) -> None:
    owner.rows = [[None, "Canals and rivers", title, None, DUE, None, None] for title in ("One", "Two")]
    apply_import(owner.store, owner.plan(Decisions(new_themes=frozenset({"canals and rivers"}))))
    assert {row.theme for row in owner.actions().values()} == {"Canals and rivers"}
    assert [theme.title for theme in list_themes(owner.store)].count("Canals and rivers") == 1
    owner.store.undo()
    assert "Canals and rivers" not in [theme.title for theme in list_themes(owner.store)]


def test_rows_left_out_stay_out(owner: Owner) -> None:
    plan = owner.plan(Decisions(left_out=frozenset({("Return", 3)})))
    assert plan.counts["new"] == 1
    assert "1 new action" in plan.sentence
    applied = apply_import(owner.store, plan)
    assert applied.refs["Return", 2] == "ACT-0001"
    assert set(owner.actions()) == {"Run the panel"}


def test_an_edit_between_the_dry_run_and_accept_stops_it_whole(owner: Owner) -> None:
    owner.send()
    owner.rows[0][4] = date(2027, 6, 30)
    owner.rows.append(["3", RISK, "A third", None, DUE, None, None])
    plan = owner.plan()
    row = owner.actions()["Run the panel"]
    edit_action(owner.store, row.id, row.version, success_measure="Fewer drownings")
    with pytest.raises(CspError, match="ACT-0001 was changed since"):
        accept(owner.store, plan)
    assert "A third" not in owner.actions()


def test_people_are_matched_by_alias_and_new_ones_are_warned_of_once(owner: Owner) -> None:
    amina = add_person(owner.store, "Amina Shah")
    edit_entry(owner.store, Register.PEOPLE, amina, 1, {"aliases": ["A Shah (WYP)", "Shah, A"]})
    owner.rows[0][3] = "Shah, A"
    owner.rows[1][3] = "Briggs, Tom; Street pastors"
    owner.rows.append(["3", RISK, "A third", "Tom Briggs", DUE, None, None])
    result = owner.send()
    unknown = [problem["message"] for problem in result["problems"] if "not known yet" in problem["message"]]
    assert len(unknown) == 2
    assert {person.name for person in list_people(owner.store)} == {"Amina Shah", "Tom Briggs"}
    assert "Street pastors" in {organisation.name for organisation in list_organisations(owner.store)}
    actions = owner.actions()
    assert (actions["Run the panel"].lead_officer, actions["A third"].lead_officer) == ("Amina Shah", "Tom Briggs")
    assert actions["Visit the reservoirs"].supporting_partners == ("Street pastors",)
    assert outcomes(owner.send()) == ["unchanged"] * 3


def test_quarter_columns_are_a_series_and_a_correction_supersedes(owner: Owner) -> None:
    headings = (
        "Ref",
        "Theme",
        "Action",
        "Lead officer",
        "Due date",
        "Q1 2026/27 update",
        "Q1 2026/27 RAG",
        "Q2 2026/27 update",
        "Q2 2026/27 RAG",
    )
    owner.rows = [["1", RISK, "Run the panel", "Amina Shah", DUE, "Begun.", "G", "Slow.", "A"]]
    import_files(owner.store, [owner.write(headings)], ImportRequest(), TODAY)
    row = owner.actions()["Run the panel"]
    assert (row.rag, row.latest_update, row.latest_update_on) == ("A", "Slow.", date(2026, 9, 30))
    series = list_updates(owner.store, row.id)
    assert [(each.period, each.dated, each.rag) for each in series] == [
        ("Q2 2026/27", date(2026, 9, 30), "A"),
        ("Q1 2026/27", date(2026, 6, 30), "G"),
    ]
    owner.rows[0][7] = "Slow, two staff short."
    result = import_files(owner.store, [owner.write(headings)], ImportRequest(), TODAY)[0]
    assert outcomes(result) == ["changed"]
    series = list_updates(owner.store, row.id)
    assert [(each.done, each.superseded) for each in series] == [
        ("Slow, two staff short.", False),
        ("Slow.", True),
        ("Begun.", False),
    ]


def test_an_approved_baseline_stays(owner: Owner) -> None:
    headings = ("Ref", "Theme", "Action", "Lead officer", "Original due date", "Revised due date")
    owner.rows = [["1", RISK, "Run the panel", "Amina Shah", DUE, DUE]]
    import_files(owner.store, [owner.write(headings)], ImportRequest(), TODAY)
    approve_plan(owner.store, find_plan(owner.store).id, TODAY)
    owner.rows = [["1", RISK, "Run the panel", "Amina Shah", date(2027, 1, 31), date(2027, 6, 30)]]
    result = import_files(owner.store, [owner.write(headings)], ImportRequest(), TODAY)[0]
    row = owner.actions()["Run the panel"]
    assert (row.baseline_due, row.forecast_due) == (DUE, date(2027, 6, 30))
    assert any("baseline stays" in problem["message"] for problem in result["problems"])


def test_where_the_rows_go(owner: Owner) -> None:
    add_plan(owner.store, "Safer Batley", PlanKind.TOWN_CENTRE)
    owner.send()
    other = add_plan(owner.store, "Another plan", PlanKind.PARTNERSHIP)
    owner.rows[0][6] = "Panel met again."
    assert outcomes(owner.send()) == ["changed", "unchanged"]
    owner.rows = [["1", "", "Run the panel", "Amina Shah", DUE, None, None]]
    path = owner.write((*HEADINGS[:4], "Deadline", "BRAG", "Comments"))
    with pytest.raises(CspError, match="Several plans are open"):
        import_files(owner.store, [path], ImportRequest(), TODAY)
    result = import_files(owner.store, [path], ImportRequest(plan="another plan"), TODAY)[0]
    assert outcomes(result) == ["new"]
    assert [row.title for row in list_actions(owner.store, View(TODAY), other)] == ["Run the panel"]
    with pytest.raises(CspError, match="no plan called"):
        import_files(owner.store, [path], ImportRequest(plan="nowhere"), TODAY)


def test_a_mapping_the_user_settled_is_remembered_for_the_layout(owner: Owner) -> None:
    headings = ("Nr", "Strand", "Blurb", "Wer", "Due date")
    owner.rows = [["1", RISK, "Run the panel", "Amina Shah", DUE]]
    source = open_source(owner.write(headings))
    layout = {"Nr": "source_ref", "Strand": "theme", "Blurb": "title", "Wer": "lead"}
    decisions = Decisions(mappings={TablePlace("Return", 1): layout})
    apply_import(owner.store, plan_import(owner.store, source, decisions, TODAY))
    owner.rows[0][4] = date(2027, 5, 1)
    result = import_files(owner.store, [owner.write(headings)], ImportRequest(), TODAY)[0]
    assert outcomes(result) == ["changed"]
    assert result["tables"][0]["mapping"] == {**layout, "Due date": "due"}


def test_an_answer_about_dates_reads_the_same_file_anew_and_is_remembered(owner: Owner) -> None:
    owner.rows = [
        ["1", RISK, "Run the panel", "Amina Shah", "03/04/2027", None, None],
        ["2", RISK, "Visit the reservoirs", "Tom Briggs", "03/25/2027", None, None],
    ]
    result = owner.send()
    assert [problem["cell"] for problem in result["problems"] if problem["level"] == "error"]
    assert owner.actions()["Run the panel"].forecast_due is None
    assert owner.actions()["Run the panel"].due_text == "03/04/2027"
    result = import_files(owner.store, [owner.path], ImportRequest(date_order="month_first"), TODAY)[0]
    assert outcomes(result) == ["changed", "changed"]
    assert owner.actions()["Run the panel"].forecast_due == date(2027, 3, 4)
    assert action_facts(owner.store, owner.actions()["Run the panel"].id).unread == {}
    owner.rows[0][4] = "05/04/2027"
    plan = owner.plan()
    assert plan.decisions.date_order is DateOrder.MONTH_FIRST
    assert plan.rows[0].change.values["forecast_due"] == date(2027, 5, 4)


def test_an_import_is_undone_at_any_later_time_but_for_what_was_edited_since(owner: Owner) -> None:
    import_id = owner.send()["import_id"]
    row = owner.actions()["Run the panel"]
    post_update(owner.store, row.id, TODAY, done="Office note", rag="G")
    outcome = undo_import(owner.store, import_id)
    assert {left.name for left in outcome.left} >= {"ACT-0001"}
    assert set(owner.actions()) == {"Run the panel"}
    assert owner.actions()["Run the panel"].source_ref == "1"
    assert list_imports(owner.store)[0].undone
    with pytest.raises(CspError, match="taken back already"):
        undo_import(owner.store, import_id)
    with pytest.raises(CspError, match="no import 99"):
        undo_import(owner.store, 99)
    result = owner.send()
    assert outcomes(result) == ["unchanged", "new"]
    assert owner.store.verify_audit().is_whole


def test_a_file_without_a_table_of_actions_is_refused_with_a_sentence(owner: Owner) -> None:
    owner.rows = [["x", 1], ["y", 2]]
    with pytest.raises(UnreadableFileError, match=r"return\.xlsx"):
        import_files(owner.store, [owner.write(("Item", "Price"))], ImportRequest(), TODAY)


def test_of_several_files_one_unreadable_changes_nothing(owner: Owner, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(UnreadableFileError, match=r"bad\.xlsx"):
        import_files(owner.store, [owner.write(), bad], ImportRequest(), TODAY)
    assert owner.actions() == {}


def test_of_several_files_one_without_a_table_changes_nothing(owner: Owner, tmp_path: Path) -> None:
    shopping = tmp_path / "shopping.csv"
    shopping.write_text("Item,Price\nMilk,1\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"“shopping\.csv”.*Nothing was imported\."):
        import_files(owner.store, [owner.write(), shopping], ImportRequest(), TODAY)
    assert owner.actions() == {}


def test_an_objective_named_where_a_theme_was_expected_gives_both(owner: Owner) -> None:
    objective = list_objectives(owner.store)[0]
    owner.rows[0][1] = objective.title
    owner.send()
    row = owner.actions()["Run the panel"]
    assert (row.objective, row.theme) == (objective.title, objective.theme)


def test_what_has_no_place_in_the_store_is_said_to_be_left_out(owner: Owner) -> None:
    owner.rows = [
        ["1", RISK, "Run the panel", "Amina Shah", DUE, "", "", "01/06/2026", "01/09/2026", "Quarterly"],
        ["2", RISK, "Visit the reservoirs", "Tom Briggs", DUE, "G", "", "01/06/2026", "01/09/2026", "01/12/2026"],
    ]
    owner.write([*HEADINGS, "Date updated", "Recovery date", "Next review"])
    plan = plan_import(owner.store, open_source(owner.path), Decisions(), TODAY)
    left_out = [problem.cell for problem in plan.problems if "left out" in problem.message]
    assert left_out == ["H2", "I2", "J2"]


def test_sheets_of_one_layout_that_hold_different_things_are_read_alike_again(owner: Owner) -> None:
    headings = ["Action", "Lead officer", "Due date", "Progress"]
    first = [["Run the panel", "Amina Shah", DUE, "45%"], ["Visit the reservoirs", "Tom Briggs", DUE, "60%"]]
    second = [["Walk the town", "Amina Shah", DUE, "Walked it once."], ["Light it", "Tom Briggs", DUE, "Asked for it."]]
    write_sheets(owner.path, {"One": [headings, *first], "Two": [headings, *second]})
    once, again = (import_files(owner.store, [owner.path], ImportRequest(), TODAY)[0] for _ in range(2))
    assert [table["mapping"]["Progress"] for table in once["tables"]] == ["percent", "update"]
    assert again["tables"] == once["tables"]
    assert again["counts"]["unchanged"] == 4


def test_a_guess_at_a_blank_column_is_not_remembered(owner: Owner) -> None:
    owner.rows = [["1", RISK, "Run the panel", "Amina Shah", DUE, "", "", None]]
    owner.write([*HEADINGS, "Complete"])
    import_files(owner.store, [owner.path], ImportRequest(), TODAY)
    owner.rows[0][-1] = "45%"
    owner.write([*HEADINGS, "Complete"])
    result = import_files(owner.store, [owner.path], ImportRequest(), TODAY)[0]
    assert result["tables"][0]["mapping"]["Complete"] == "percent"


def test_what_the_user_settled_of_a_layout_is_remembered_though_another_sheet_differs(owner: Owner) -> None:
    headings = ["Action", "Lead officer", "Due date", "Progress"]
    sheets = {"One": [["Run the panel", "Amina Shah", DUE, "45%"]], "Two": [["Walk", "Tom Briggs", DUE, "Walked it."]]}
    write_sheets(owner.path, {name: [headings, *rows] for name, rows in sheets.items()})
    settled = Decisions(mappings={TablePlace("One", 1): {"Progress": "next_steps"}})
    apply_import(owner.store, plan_import(owner.store, open_source(owner.path), settled, TODAY))
    again = plan_import(owner.store, open_source(owner.path), Decisions(), TODAY)
    assert [table.mapping.mapped["Progress"] for table in again.read.tables] == ["next_steps"] * 2


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a name hold any bytes")
def test_a_file_may_have_any_name(store: Store, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"plan\xff\n.csv")
    path.write_text("Action,Lead\nPatrol,Tom\n", encoding="utf-8")
    result = import_files(store, [path], ImportRequest(), TODAY)[0]
    assert result["file"] == "plan··.csv"
    assert list_imports(store)[0].file_name == "plan··.csv"
