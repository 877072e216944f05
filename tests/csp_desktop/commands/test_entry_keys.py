"""What tells the rows of registers apart, and what they may name: nothing twice, nothing that is gone."""

from datetime import date

import pytest

from csp_desktop.commands.entries import add_entry, edit_entry, withdraw_entry
from csp_desktop.commands.meetings import cancel_meeting, reopen_minutes
from csp_desktop.commands.people import add_person, merge_organisations
from csp_desktop.errors import CspError
from csp_desktop.queries.entries import find_entry, list_entries, names_in
from csp_desktop.queries.meeting_papers import roll_of
from csp_desktop.registers.forms import FieldKind, Register, form_of
from csp_desktop.registers.naming import read_names
from csp_desktop.registers.remembering import RememberedNames
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.meetings import Meeting
from models.people import Group, Organisation, Person, PersonAlias
from models.terms import LogStatus, MeetingStatus
from tests.sample_entries import KEPT, PARTNER, PERSON, add_sample, sample_values

GONE = 987_654
BOARD, TOWN_CENTRE = "Communities Partnership Board", "Safer Dewsbury Town Centre Group"


def test_a_row_that_went_meanwhile_cannot_be_named(store: Store) -> None:
    for register in KEPT:
        row_id = add_sample(store, register)
        row = find_entry(store, register, row_id)
        for field in form_of(register).fields:
            if field.kind.is_name:
                gone = {FieldKind.PARTY: ("person", GONE), FieldKind.NAMES: (GONE,)}.get(field.kind, GONE)
                with pytest.raises(FieldError, match="no longer in the store") as refused:
                    edit_entry(store, register, row_id, row.version, {field.name: gone})
                assert refused.value.field == field.name


def test_a_text_that_a_row_needs_is_more_than_spaces(store: Store) -> None:
    for register in KEPT:
        values = sample_values(store, register)
        for field in form_of(register).fields:
            if field.filled and field.kind is FieldKind.TEXT:
                with pytest.raises(FieldError, match="is needed"):
                    add_entry(store, register, values | {field.name: " \n "})


@pytest.mark.parametrize("register", [Register.LOG, Register.MEASURES, Register.RISKS])
def test_a_ref_is_kept_for_good_and_is_one_rows_alone(store: Store, register: Register) -> None:
    first = add_sample(store, register)
    ref = find_entry(store, register, first).text("ref")
    edit_entry(store, register, first, 1, {"ref": "", "title": "In other words"})
    assert (find_entry(store, register, first).text("ref"), find_entry(store, register, first).version) == (ref, 2)
    brought = f"{ref[:-4]}{int(ref[-4:]) + 1:04d}"
    other = add_entry(store, register, sample_values(store, register, "Other") | {"ref": brought})
    third = add_entry(store, register, sample_values(store, register, "Third"))
    assert find_entry(store, register, third).text("ref") not in {ref, brought}
    for change in (
        lambda: edit_entry(store, register, other, 1, {"ref": ref}),
        lambda: add_entry(store, register, sample_values(store, register, "Fourth") | {"ref": ref}),
    ):
        with pytest.raises(FieldError, match="already") as refused:
            change()
        assert refused.value.field == "ref"


def test_what_is_called_alike_but_for_case_and_accents_is_the_same(store: Store) -> None:
    with pytest.raises(FieldError, match="such a partner already"):
        add_entry(store, Register.ORGANISATIONS, {"name": "west  yorkshire POLICE"})
    row_id = add_entry(store, Register.PLACES, {"name": "Cafe Corner"})
    edit_entry(store, Register.PLACES, row_id, 1, {"name": "Café Corner"})
    assert find_entry(store, Register.PLACES, row_id).text("name") == "Café Corner"


def test_of_two_people_of_one_name_each_can_still_be_put_right(store: Store) -> None:
    first, second = (add_person(store, "Sam Green") for _ in range(2))
    edit_entry(store, Register.PEOPLE, second, 1, {"job_title": "Inspector"})
    assert find_entry(store, Register.PEOPLE, second).text("job_title") == "Inspector"
    edit_entry(store, Register.PEOPLE, first, 1, {"name": "Samuel Green"})
    with pytest.raises(FieldError, match="such a person already"):
        edit_entry(store, Register.PEOPLE, first, 2, {"name": "Sam Green"})


def test_a_meeting_with_minutes_stays_in_its_group_and_no_other_group_closes_an_entry(store: Store) -> None:
    ours, theirs = (
        add_entry(store, Register.MEETINGS, {"group": group, "held_on": date(2031, 6, 3)})
        for group in (BOARD, TOWN_CENTRE)
    )
    edit_entry(store, Register.MEETINGS, ours, 1, {"group": TOWN_CENTRE, "held_on": date(2031, 6, 4)})
    edit_entry(store, Register.MEETINGS, ours, 2, {"group": BOARD})
    add_entry(store, Register.MINUTES, {"meeting": ours, "title": "Welcome"})
    with pytest.raises(FieldError, match="numbered among those of Communities Partnership Board"):
        edit_entry(store, Register.MEETINGS, ours, 3, {"group": TOWN_CENTRE})
    entry = add_entry(store, Register.LOG, {"meeting": ours, "title": "Write to the Chamber"})
    with pytest.raises(FieldError, match="of another group"):
        edit_entry(store, Register.LOG, entry, 1, {"status": LogStatus.CLOSED, "closed_at": theirs})


def test_the_day_on_which_the_group_closed_an_entry_is_said_and_not_guessed(store: Store) -> None:
    values = {"group": BOARD, "title": "Write to the Chamber", "completed_on": date(2026, 9, 1)}
    entry = add_entry(store, Register.LOG, values)
    with pytest.raises(FieldError, match="say on which day, or at which meeting"):
        edit_entry(store, Register.LOG, entry, 1, {"status": LogStatus.CLOSED})
    edit_entry(store, Register.LOG, entry, 1, {"status": LogStatus.CLOSED, "closed_on": date(2026, 9, 15)})
    edit_entry(store, Register.LOG, entry, 2, {"position": "All were written to."})
    assert find_entry(store, Register.LOG, entry).day("closed_on") == date(2026, 9, 15)


def test_a_meeting_with_agreed_minutes_was_held(store: Store) -> None:
    agreed = {"group": BOARD, "held_on": date(2025, 6, 3), "minutes_agreed": date(2025, 9, 2)}
    old = add_entry(store, Register.MEETINGS, agreed)
    assert find_entry(store, Register.MEETINGS, old).values["status"] is MeetingStatus.HELD
    with pytest.raises(FieldError, match="so it was held"):
        cancel_meeting(store, old, 1)
    planned = add_entry(store, Register.MEETINGS, {"group": BOARD, "held_on": date(2031, 6, 3)})
    with pytest.raises(FieldError, match="so it was held"):
        edit_entry(store, Register.MEETINGS, planned, 1, {"minutes_agreed": date(2031, 9, 2)})
    reopen_minutes(store, old, 1)
    cancel_meeting(store, old, 2)


def test_a_merge_is_not_done_again_over_what_was_added_since(store: Store) -> None:
    kept, merged = (add_entry(store, Register.ORGANISATIONS, {"name": name}) for name in ("Night Patrol", "Patrol"))
    values = {"title": "Market", "starts": date(2026, 5, 2), "partners": (merged,)}
    operation = add_entry(store, Register.OPERATIONS, values)
    merge_organisations(store, kept, merged)
    undone = store.undo().step_id
    version = find_entry(store, Register.OPERATIONS, operation).version
    edit_entry(store, Register.OPERATIONS, operation, version, {"partners": (kept, merged)})
    with pytest.raises(CspError, match="has come in again since"):
        store.undo_step(undone)
    assert find_entry(store, Register.OPERATIONS, operation).names("partners") == ("Patrol", "Night Patrol")


def test_nobody_deputises_for_themselves_under_another_name(store: Store) -> None:
    add_entry(store, Register.PEOPLE, {"name": PERSON, "aliases": ("Shah, A",)})
    with pytest.raises(FieldError, match="Nobody deputises for themselves"):
        add_entry(store, Register.DEPUTIES, {"person": PERSON, "deputy": "Shah, A"})
    row_id = add_entry(store, Register.DEPUTIES, {"person": "Shah, A", "deputy": "Jo Ward"})
    row = find_entry(store, Register.DEPUTIES, row_id)
    assert (row.text("person"), row.text("deputy")) == (PERSON, "Jo Ward")
    with pytest.raises(FieldError, match="Nobody deputises for themselves"):
        edit_entry(store, Register.DEPUTIES, row_id, row.version, {"person": "Jo Ward"})


def test_a_row_is_found_by_what_is_shown_of_it(store: Store) -> None:
    row_id = add_entry(
        store, Register.KEY_DATES, {"title": "Refresh", "due": date(2027, 5, 4), "kind": "annual_refresh"}
    )
    for text in ("4 may 2027", "2027-05-04", "annual refresh", "refresh 2027"):
        assert [row.id for row in list_entries(store, Register.KEY_DATES, text)] == [row_id]


def test_the_roll_of_a_meeting_that_went_meanwhile_says_so(store: Store) -> None:
    with pytest.raises(CspError, match="no longer in the store"):
        roll_of(store, GONE)


def test_names_within_a_transaction_are_those_that_it_holds(store: Store) -> None:
    meeting = add_entry(store, Register.MEETINGS, {"group": BOARD, "held_on": date(2031, 6, 3)})
    add_sample(store, Register.GROUP_MEMBERS)
    with store.rehearse() as session:
        names = RememberedNames.of(session)
        assert RememberedNames.of(session) is names

        def check() -> None:
            session.flush()
            for table in ("person", "organisation", "meeting", "group"):
                assert names.read(table) == read_names(session.connection(), table)

        check()
        names.add(Person(name="Jo Ward", name_folded="jo ward"), "Jo Ward")
        check()
        (person_id,) = names.read("person").find(PERSON)
        session.add(PersonAlias(person_id=person_id, name="Shah, A", name_folded="shah, a"))
        check()
        session.get_one(Group, session.get_one(Meeting, meeting).group_id).name = "Community Safety Board"
        check()
        with session.begin_nested() as savepoint:
            names.add(Organisation(name="Night Patrol", name_folded="night patrol"), "Night Patrol")
            check()
            savepoint.rollback()
        check()
        session.delete(session.get_one(Meeting, meeting))
        check()


def test_rows_name_what_was_added_before_them(store: Store) -> None:
    known = len(names_in(store, "person").labels)
    withdraw = add_sample(store, Register.OPERATIONS)
    withdraw_entry(store, Register.OPERATIONS, withdraw, 1)
    operation = add_entry(store, Register.OPERATIONS, {"title": "Market", "starts": date(2026, 5, 2), "lead": PARTNER})
    with store.write("Add follow-ups"):
        for number in range(1, 41):
            owner = f"Officer {chr(64 + number % 8)} Brown"
            values = {"operation": "Market", "title": f"Follow-up {number}", "owner": owner}
            add_entry(store, Register.FOLLOW_UPS, values)
    rows = list_entries(store, Register.FOLLOW_UPS)
    assert {row.row_id("operation") for row in rows} == {operation}
    assert (len(rows), len(names_in(store, "person").labels) - known) == (40, 8)
