"""Two entries of one person, or of one partner, become one, whatever names them, and come apart again."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from csp_desktop.commands.actions import Supporter, add_action
from csp_desktop.commands.entries import add_entry, edit_entry
from csp_desktop.commands.erasure import erase_person
from csp_desktop.commands.moving import columns_naming
from csp_desktop.commands.people import add_organisation, add_person, merge_organisations, merge_people
from csp_desktop.errors import CspError
from csp_desktop.queries.entries import find_entry, list_entries
from csp_desktop.queries.people import list_organisations, list_people
from csp_desktop.queries.plans import find_plan
from csp_desktop.queries.records import list_steps
from csp_desktop.registers.choices import choices_of
from csp_desktop.registers.forms import FieldKind, Register, form_of
from csp_desktop.store import Store
from models.base import Base
from models.people import OrganisationAlias, PersonAlias
from models.terms import AttendanceKind

BOARD = "Communities Partnership Board"
DAY = date(2026, 6, 1)
FILLED = {FieldKind.DATE: date(2026, 7, 1), FieldKind.WHOLE: 2, FieldKind.PERIOD: "Q1 2026/27", FieldKind.TEXT: "Some"}
GIVEN = {"group": BOARD, "operation": "Jericho", "meeting": f"{BOARD} {DAY}", "assessment": "Refresh"}
APART = {PersonAlias.__tablename__, OrganisationAlias.__tablename__}


def rows_of(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows of every table that an undo restores, without their versions."""
    found = {}
    with store.read() as connection:
        for table in Base.metadata.sorted_tables:
            if "version" in table.c:
                columns = [column for column in table.c if column.name != "version"]
                found[table.name] = [tuple(row) for row in connection.execute(select(*columns).order_by(table.c.id))]
    return found


def filled(store: Store, register: Register, person: int, partner: int) -> int:
    """Add a row to a register that names a person and a partner wherever it can; return its id."""
    named = {"person": person, "organisation": partner}
    values: dict[str, object] = {}
    for field in form_of(register).fields:
        if field.kind is FieldKind.PARTY:
            values[field.name] = ("person", person)
        elif field.kind is FieldKind.NAME and field.of in named:
            values[field.name] = named[field.of]
        elif field.kind is FieldKind.NAMES and field.of in named:
            values[field.name] = (named[field.of],)
        elif field.kind is FieldKind.NAME and field.of in GIVEN:
            values[field.name] = GIVEN[field.of]
        elif field.filled and field.kind is FieldKind.WORD:
            values[field.name] = choices_of(register, field)[0].value
        elif field.filled and field.kind in FILLED:
            values[field.name] = FILLED[field.kind]
    return add_entry(store, register, values)


NAMES_SOMEBODY = [
    register
    for register in (each for each in Register if each.is_kept)
    if any(
        field.kind is FieldKind.PARTY or field.of in {"person", "organisation"} for field in form_of(register).fields
    )
    and register is not Register.DEPUTIES
]


@pytest.fixture
def held(store: Store) -> Store:
    if not list_entries(store, Register.MEETINGS, text=DAY.isoformat()):
        add_entry(store, Register.MEETINGS, {"group": BOARD, "held_on": DAY})
    add_entry(store, Register.OPERATIONS, {"title": "Jericho", "starts": DAY})
    add_entry(store, Register.ASSESSMENTS, {"title": "Refresh", "year": 2026})
    return store


def test_every_column_that_names_a_person_or_a_partner_moves() -> None:
    for named in ("person", "organisation"):
        moved = {(column.class_.__tablename__, column.key) for column in columns_naming(named)}
        naming = {
            (table.name, key.parent.name)
            for table in Base.metadata.sorted_tables
            for key in table.foreign_keys
            if key.column.table.name == named and table.name not in APART
        }
        assert moved == naming


def test_a_row_of_every_register_goes_over_and_comes_back_even_later(held: Store) -> None:
    store = held
    keep, merged = add_person(store, "Amina Shah"), add_person(store, "Shah A", job_title="Sergeant")
    partner = add_organisation(store, "Canal Trust")
    twin = add_organisation(store, "Towpath Trust", aliases=["TT"])
    rows = {register: filled(store, register, merged, twin) for register in NAMES_SOMEBODY}
    before = rows_of(store)
    merge_people(store, keep, merged)
    people_step = list_steps(store)[0].id
    merge_organisations(store, partner, twin)
    partners_step = list_steps(store)[0].id
    for register, row in rows.items():
        said = str(find_entry(store, register, row).values)
        assert "Shah A" not in said.replace("Amina Shah", "")
        assert "Towpath Trust" not in said
        assert "Amina Shah" in said or "Canal Trust" in said
    assert next(each for each in list_people(store) if each.id == keep).job_title == "Sergeant"
    assert set(next(each for each in list_organisations(store) if each.id == partner).aliases) == {
        "TT",
        "Towpath Trust",
    }
    add_person(store, "Somebody since")
    assert not store.undo_step(partners_step).left
    assert not store.undo_step(people_step).left
    after = rows_of(store)
    after["person"].pop()
    assert after == before
    assert store.verify_audit().is_whole


def test_what_would_stand_there_twice_becomes_one(held: Store) -> None:
    store = held
    keep, merged, boss = (add_person(store, name) for name in ("Amina Shah", "Shah A", "Lena Boss"))
    action = add_action(store, find_plan(store).id, title="Led", supporters=[Supporter(keep), Supporter(merged)])
    seats = Register.GROUP_MEMBERS
    add_entry(store, seats, {"group": BOARD, "person": keep, "ends": date(2024, 1, 1), "starts": date(2022, 1, 1)})
    add_entry(store, seats, {"group": BOARD, "person": merged, "role": "Chair", "starts": date(2023, 1, 1)})
    meeting = list_entries(store, Register.MEETINGS, ids=None)
    day = next(row.id for row in meeting if row.day("held_on") == DAY)
    add_entry(store, Register.ATTENDANCE, {"meeting": day, "person": keep, "kind": "apologies", "deputy": merged})
    add_entry(store, Register.ATTENDANCE, {"meeting": day, "person": merged, "kind": "present"})
    add_entry(store, Register.DEPUTIES, {"person": keep, "deputy": merged})
    add_entry(store, Register.DEPUTIES, {"person": boss, "deputy": merged})
    add_entry(store, Register.DEPUTIES, {"person": boss, "deputy": keep})
    before = rows_of(store)
    merge_people(store, keep, merged)
    (seat,) = list_entries(store, seats, text="Amina")
    assert (seat.text("role"), seat.day("starts"), seat.day("ends")) == ("Chair", date(2022, 1, 1), None)
    (came,) = list_entries(store, Register.ATTENDANCE)
    assert (came.word("kind", AttendanceKind), came.text("deputy")) == (AttendanceKind.PRESENT, "")
    assert [(row.text("person"), row.text("deputy")) for row in list_entries(store, Register.DEPUTIES)] == [
        ("Lena Boss", "Amina Shah")
    ]
    with store.read() as connection:
        supports = "SELECT count(*) FROM action_support WHERE action_id = ?"
        assert connection.exec_driver_sql(supports, (action,)).scalar() == 1
    store.undo()
    assert rows_of(store) == before


def test_two_entries_of_a_partner_in_one_operation(held: Store) -> None:
    store = held
    keep, twin = add_organisation(store, "Canal Trust"), add_organisation(store, "KCT")
    operation = list_entries(store, Register.OPERATIONS)[0]
    edit_entry(store, Register.OPERATIONS, operation.id, operation.version, {"partners": (keep, twin)})
    add_entry(store, Register.AGREEMENTS, {"organisation": keep, "title": "Tier 2"})
    add_entry(store, Register.AGREEMENTS, {"organisation": twin, "title": "Tier 2", "review_date": DAY})
    before = rows_of(store)
    merge_organisations(store, keep, twin)
    assert list_entries(store, Register.OPERATIONS)[0].names("partners") == ("Canal Trust",)
    (agreement,) = list_entries(store, Register.AGREEMENTS)
    assert agreement.day("review_date") == DAY
    store.undo()
    assert rows_of(store) == before


@pytest.mark.parametrize("merge", [merge_people, merge_organisations])
def test_one_entry_is_not_merged_with_itself(store: Store, merge: Callable[[Store, int, int], None]) -> None:
    with pytest.raises(CspError, match="two different"):
        merge(store, 1, 1)


def test_an_erased_person_is_not_merged(store: Store) -> None:
    keep, erased = add_person(store, "Amina Shah"), add_person(store, "Shah A")
    erase_person(store, erased, "Erasure certificate 1")
    with pytest.raises(CspError, match="was erased"):
        merge_people(store, keep, erased)


def test_what_was_changed_since_stays_when_a_merge_is_taken_back(held: Store) -> None:
    store = held
    keep, merged = add_person(store, "Amina Shah"), add_person(store, "Shah A")
    risk = add_entry(store, Register.RISKS, {"title": "Money", "likelihood": 1, "impact": 1, "owner": "Shah A"})
    clause = add_entry(store, Register.ORDER_CLAUSES, {"order_name": "PSPO", "clause": "1", "owner": "Shah A"})
    merge_people(store, keep, merged)
    step = list_steps(store)[0].id
    row = find_entry(store, Register.RISKS, risk)
    edit_entry(store, Register.RISKS, risk, row.version, {"owner": "Kirklees Council"})
    left = store.undo_step(step).left
    assert [each.table for each in left] == ["risk"]
    assert find_entry(store, Register.ORDER_CLAUSES, clause).text("owner") == "Shah A"
    assert find_entry(store, Register.RISKS, risk).text("owner") == "Kirklees Council"
