"""The lists of the registers beside the plan: the fields of their forms, and what follows from them."""

import json
from datetime import date

import pytest

from csp_desktop.cli import LISTS
from csp_desktop.commands.entries import add_entry
from csp_desktop.entry_lists import ENTRY_COLUMNS
from csp_desktop.listing import COLUMNS, list_objects, list_text
from csp_desktop.register_lists import REGISTER_COLUMNS
from csp_desktop.registers.forms import Register, form_of
from csp_desktop.store import Store
from tests.demo_partnership import fill
from tests.factories import TODAY


def listed(store: Store, subject: str, text: str = "", plan: str | None = None) -> list[dict[str, object]]:
    found = list_objects(store, subject, plan=plan, text=text, as_of=TODAY)
    assert json.loads(json.dumps(found)) == found
    return found


def test_the_command_line_names_every_list_and_every_register() -> None:
    assert set(LISTS) == set(COLUMNS)
    assert {register.value for register in Register} <= set(LISTS)
    assert {*ENTRY_COLUMNS, *REGISTER_COLUMNS, "town-centre"} <= set(LISTS)


def test_every_list_of_an_empty_store_is_empty(empty_plan_store: Store) -> None:
    for subject in (*ENTRY_COLUMNS, *REGISTER_COLUMNS, "town-centre"):
        assert listed(empty_plan_store, subject) == [], subject
        assert list(list_text(subject, [])) == [f"No {subject.replace('-', ' ')} to list."]


def test_the_rows_of_every_register_are_listed_by_the_fields_of_its_form(store: Store) -> None:
    fill(store, TODAY)
    for subject in ENTRY_COLUMNS:
        found = listed(store, subject)
        if subject != "street-crime":
            assert set(found[0]) >= {field.name for field in form_of(Register(subject)).fields}, subject
            assert set(COLUMNS[subject]) <= set(found[0]), subject
            assert len(list(list_text(subject, found))) == len(found) + 1
    assert len(listed(store, "town-centre")) == 6
    assert listed(store, "town-centre", plan="kirklees-2022-2027") == []
    assert len(listed(store, "town-centre", "cameras")) == 1


def test_an_operation_has_its_partners_and_what_was_counted(store: Store) -> None:
    outputs = (("Taxi checks", 12), ("Arrests", 3))
    values = {"title": "Evening checks", "starts": date(2026, 5, 2), "partners": ["WYP"], "outputs": outputs}
    add_entry(store, Register.OPERATIONS, values)
    (found,) = listed(store, "operations", "evening")
    assert (found["starts"], found["ends"], found["status"]) == ("2026-05-02", None, "held")
    assert (found["partners"], found["outputs"]) == (["West Yorkshire Police"], {"Taxi checks": 12, "Arrests": 3})
    assert listed(store, "operations", "morning") == []


def test_what_follows_from_a_row_stands_beside_it(store: Store) -> None:
    fill(store, TODAY)
    (lapses,) = listed(store, "risks", "order lapses")
    assert (lapses["score"], lapses["level"], lapses["target_score"]) == (16, "very_high", 8)
    late = {row["title"]: row["overdue_days"] for row in listed(store, "log")}
    assert late["Ask the health sector for a member"] == 8
    assert late["Draft the consultation on the order"] == 0
    measures = {row["title"]: row for row in listed(store, "measures")}
    theft = measures["Theft from shops in the town centre"]
    assert (theft["latest_period"], theft["target"], theft["rag"]) == ("Q2 2026/27", 90, "R")
    assert measures["Deliberate fires"]["baseline"] == pytest.approx(1.4)
    assert measures["Treatment completed as planned"]["baseline"] is None
    standings = {row["clause"]: row["standing"] for row in listed(store, "order-clauses")}
    assert standings["Clause 5: vehicles"] == "expired"
    assert standings["Clause 1: alcohol"] == "up for renewal"
    assert max(int(str(row["overdue_days"])) for row in listed(store, "follow-ups")) > 0
