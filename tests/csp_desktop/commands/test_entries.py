"""The three commands on rows of any kept register: each works, refuses, undoes, is audited."""

from datetime import date
from decimal import Decimal

import pytest

from csp_desktop.commands.entries import add_entry, edit_entry, withdraw_entry
from csp_desktop.errors import CspError, RowChangedError
from csp_desktop.queries.entries import find_entry, list_entries
from csp_desktop.queries.records import list_steps
from csp_desktop.registers.forms import FieldKind, Register, form_of
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.terms import LogStatus, OperationStatus
from tests.sample_entries import KEPT, PARTNER, add_sample, sample_values


@pytest.mark.parametrize("register", KEPT)
def test_a_row_of_any_register_is_added_changed_withdrawn_and_each_is_undone(store: Store, register: Register) -> None:
    before = {row.id for row in list_entries(store, register)}
    values = sample_values(store, register)
    row_id = add_entry(store, register, values)
    row = find_entry(store, register, row_id)
    text = next((f.name for f in form_of(register).fields if f.kind is FieldKind.TEXT and f.filled), None)
    if text is not None:
        edit_entry(store, register, row_id, row.version, {text: "Another one"})
        assert find_entry(store, register, row_id).values[text] == "Another one"
        store.undo()
        assert find_entry(store, register, row_id).values == row.values
    withdraw_entry(store, register, row_id, find_entry(store, register, row_id).version)
    assert {each.id for each in list_entries(store, register)} == before
    store.undo()
    assert find_entry(store, register, row_id).values == row.values
    noun = register.noun
    assert [step.label for step in list_steps(store)[:2]][1].endswith(noun)
    assert store.verify_audit().is_whole


@pytest.mark.parametrize("register", KEPT)
def test_what_every_row_needs_is_insisted_on(store: Store, register: Register) -> None:
    values = sample_values(store, register)
    for field in form_of(register).fields:
        if field.filled and field.name not in {"first_day", "last_day"}:
            with pytest.raises(FieldError) as refused:
                add_entry(store, register, values | {field.name: None})
            assert refused.value.field == field.name
            assert field.label in str(refused.value)


@pytest.mark.parametrize("register", [Register.OPERATIONS, Register.PATHWAYS, Register.MEASURES, Register.READINGS])
def test_there_are_no_two_rows_of_one_key(store: Store, register: Register) -> None:
    add_sample(store, register)
    with pytest.raises(FieldError, match="already"):
        add_sample(store, register)


def test_an_operation_holds_its_partners_and_outputs_and_edits_those_alone_that_change(store: Store) -> None:
    values = {
        "title": "Operation Market", "starts": date(2026, 5, 2), "place": "Market Place", "lead": "WYP",
        "partners": ["WYP", "Kirklees Council"], "outputs": [("Arrests", 3), ("arrests", 1), ("taxi checks", 12)],
    }  # fmt: skip
    row_id = add_entry(store, Register.OPERATIONS, values)
    row = find_entry(store, Register.OPERATIONS, row_id)
    assert row.names("partners") == ("West Yorkshire Police", "Kirklees Council")
    assert row.counts("outputs") == (("arrests", 4), ("taxi checks", 12))
    assert row.text("place") == "Market Place"
    assert list_entries(store, Register.PLACES)[0].text("name") == "Market Place"
    changes = {"outputs": [("taxi checks", 13)], "status": "held"}
    edit_entry(store, Register.OPERATIONS, row_id, row.version, changes)
    changed = find_entry(store, Register.OPERATIONS, row_id)
    assert changed.counts("outputs") == (("taxi checks", 13),)
    assert changed.word("status", OperationStatus) is OperationStatus.HELD
    assert changed.names("partners") == row.names("partners")
    store.undo()
    assert find_entry(store, Register.OPERATIONS, row_id).counts("outputs") == (("arrests", 4), ("taxi checks", 12))


def test_a_row_that_others_name_stays(store: Store) -> None:
    measure = add_sample(store, Register.MEASURES)
    add_entry(store, Register.READINGS, {"measure": measure, "period": "Q1 2026/27", "value": Decimal(1)})
    with pytest.raises(CspError, match="1 row of the readings names this measure, so it stays"):
        withdraw_entry(store, Register.MEASURES, measure, 1)


def test_an_unknown_name_is_added_where_it_may_be_and_refused_where_not(store: Store) -> None:
    row_id = add_entry(
        store, Register.LOG, {"title": "Ask", "group": "Communities Partnership Board", "owner": "Jo Ray"}
    )
    row = find_entry(store, Register.LOG, row_id)
    assert row.text("ref") == "LOG-0001"
    assert row.ids["owner"][0] == "person"
    assert row.word("status", LogStatus) is LogStatus.OPEN
    other = add_entry(store, Register.LOG, {"title": "Tell", "group": 1, "owner": "Dewsbury Housing Association"})
    assert find_entry(store, Register.LOG, other).ids["owner"][0] == "organisation"
    with pytest.raises(FieldError, match="no measure in the store"):
        add_entry(store, Register.READINGS, {"measure": "Nothing", "period": "Q1 2026/27", "value": Decimal(1)})


def test_a_period_tells_its_days_and_one_that_does_not_is_refused(store: Store) -> None:
    measure = add_sample(store, Register.MEASURES)
    row_id = add_entry(store, Register.READINGS, {"measure": measure, "period": "Q1 2026/27", "value": Decimal(1)})
    row = find_entry(store, Register.READINGS, row_id)
    assert (row.day("first_day"), row.day("last_day")) == (date(2026, 4, 1), date(2026, 6, 30))
    edit_entry(store, Register.READINGS, row_id, row.version, {"period": "Q2 2026/27"})
    assert find_entry(store, Register.READINGS, row_id).day("last_day") == date(2026, 9, 30)
    with pytest.raises(FieldError, match="does not say its days"):
        add_entry(store, Register.READINGS, {"measure": measure, "period": "last spring", "value": Decimal(1)})


def test_dates_in_the_wrong_order_and_numbers_out_of_bounds_are_refused(store: Store) -> None:
    values = sample_values(store, Register.OPERATIONS) | {"ends": date(2025, 1, 1)}
    with pytest.raises(FieldError, match="end before it starts"):
        add_entry(store, Register.OPERATIONS, values)
    with pytest.raises(FieldError, match="lies between 1 and 5"):
        add_entry(store, Register.RISKS, {"title": "Money", "likelihood": 6, "impact": 1})


def test_minutes_are_numbered_through_the_municipal_year(store: Store) -> None:
    board = "Communities Partnership Board"
    days = (date(2026, 4, 20), date(2026, 5, 20), date(2026, 9, 20))
    meetings = [add_entry(store, Register.MEETINGS, {"group": board, "held_on": day}) for day in days]
    for meeting in (*meetings, meetings[1]):
        add_entry(store, Register.MINUTES, {"meeting": meeting, "title": f"Item {meeting}"})
    told = [(row.number("municipal_year"), row.number("number")) for row in list_entries(store, Register.MINUTES)]
    assert told == [(2026, 3), (2026, 2), (2026, 1), (2025, 1)]


def test_somebody_elses_change_is_met_field_by_field(store: Store) -> None:
    row_id = add_sample(store, Register.RISKS)
    edit_entry(store, Register.RISKS, row_id, 1, {"title": "Theirs"})
    with pytest.raises(RowChangedError) as met:
        edit_entry(store, Register.RISKS, row_id, 1, {"title": "Mine"})
    assert (met.value.mine, met.value.theirs) == ({"title": "Mine"}, {"title": "Theirs"})


def test_several_values_changed_since_are_met_too(store: Store) -> None:
    row_id = add_sample(store, Register.OPERATIONS)
    edit_entry(store, Register.OPERATIONS, row_id, 1, {"summary": "Theirs", "partners": [PARTNER]})
    with pytest.raises(RowChangedError):
        edit_entry(store, Register.OPERATIONS, row_id, 1, {"partners": ["Kirklees Council"]})


def test_a_person_of_the_register_is_the_person_of_the_plan(store: Store) -> None:
    row_id = add_entry(store, Register.PEOPLE, {"name": "Amina Shah", "aliases": ["Shah, A"], "organisation": "WYP"})
    row = find_entry(store, Register.PEOPLE, row_id)
    edit_entry(store, Register.PEOPLE, row_id, row.version, {"job_title": "Inspector"})
    now = find_entry(store, Register.PEOPLE, row_id)
    assert (now.text("job_title"), now.names("aliases"), now.text("organisation")) == (
        "Inspector", ("Shah, A",), "West Yorkshire Police",
    )  # fmt: skip
    assert list_entries(store, Register.PEOPLE, "inspector shah")[0].id == row_id
    assert list_entries(store, Register.PEOPLE, "nobody") == []


def test_a_group_and_an_assessment_that_are_not_known_come_with_what_names_them(store: Store) -> None:
    add_entry(store, Register.MEETINGS, {"group": "Theme group for roads", "held_on": date(2026, 5, 4)})
    assert "Theme group for roads" in {row.text("name") for row in list_entries(store, Register.GROUPS)}
    finding = {"topic": "crime", "title": "Shop theft"}
    add_entry(store, Register.EVIDENCE, finding | {"assessment": "Assessment 2026"})
    assert [row.number("year") for row in list_entries(store, Register.ASSESSMENTS)] == [2026]
    with pytest.raises(FieldError, match="write it with its year"):
        add_entry(store, Register.EVIDENCE, finding | {"assessment": "The big one"})


def test_an_operation_that_comes_with_what_it_yielded_was_held(store: Store) -> None:
    told = {"title": "Told", "starts": date(2026, 5, 2), "outputs": [("arrests", 3)]}
    rows = [add_entry(store, Register.OPERATIONS, told), add_sample(store, Register.OPERATIONS)]
    rows.append(add_entry(store, Register.OPERATIONS, told | {"title": "Said", "status": "planned"}))
    found = [find_entry(store, Register.OPERATIONS, row_id).values["status"] for row_id in rows]
    assert found == [OperationStatus.HELD, OperationStatus.PLANNED, OperationStatus.PLANNED]
