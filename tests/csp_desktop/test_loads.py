"""Taking a load back and bringing it in again: what was edited stays, what is needed stays, nothing else does."""

from pathlib import Path

import pytest
from sqlalchemy import select

from csp_desktop.checking import check_store
from csp_desktop.commands.imports import undo_import
from csp_desktop.commands.offences import withdraw_offence
from csp_desktop.errors import CspError
from csp_desktop.imports.registers.bringing_in import import_registers
from csp_desktop.imports.registers.register_plan import RegisterRequest
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from csp_desktop.undo import LeftRow
from models.reoffending import CohortMember, Offence, Offender
from tests.factories import TODAY
from tests.vault import opened

MEMBERS = RegisterRequest(Register.COHORT_MEMBERS, cohort="Dewsbury")
OFFENCES = RegisterRequest(Register.OFFENCES)
TABLES = ("cohort", "cohort_member", "offence", "offence_code", "offender", "load")


def bring(store: Store, folder: Path, request: RegisterRequest, text: str) -> int:
    path = folder / "register.csv"
    path.write_text(text)
    (brought,) = import_registers(store, [path], request, TODAY)
    import_id = brought.result["import_id"]
    assert isinstance(import_id, int)
    return import_id


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


@pytest.fixture
def members(bare: Store, files: Path) -> int:
    """Two people in a cohort, under two codes."""
    text = "Person ID,Index date,Offence code,Sex\nA1,12/03/2024,001/01,M\nA2,13/03/2024,019,F\n"
    return bring(bare, files, MEMBERS, text)


@pytest.fixture
def offences(bare: Store, files: Path, members: int) -> int:
    """An offence of one of them, and one of somebody new."""
    text = (
        "Person ID,Offence date,Offence code,Outcome,Proof date\n"
        "A1,12/05/2024,001/01,Convicted,12/06/2024\nB1,12/05/2024,195/00,Charged,\n"
    )
    return bring(bare, files, OFFENCES, text) + 0 * members


def counts(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {t: connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar_one() for t in TABLES}  # noqa: S608


def column(store: Store, sql: str) -> list[object]:
    with store.read() as connection:
        return list(connection.exec_driver_sql(sql).scalars())


def test_people_and_codes_that_others_need_stay_without_a_word(bare: Store, members: int, offences: int) -> None:
    assert offences > members
    outcome = undo_import(bare, members)
    assert outcome.left == ()
    assert outcome.taken_back > 3
    left = {"cohort": 0, "cohort_member": 0, "offence": 2, "offence_code": 2, "offender": 2, "load": 1}
    assert counts(bare) == left
    assert column(bare, "SELECT reference FROM offender ORDER BY 1") == ["A1", "B1"]
    assert check_store(bare).is_whole
    bare.redo()
    assert counts(bare) == {t: n for t, n in zip(TABLES, (1, 2, 2, 3, 3, 2), strict=True)}  # noqa: C416
    assert check_store(bare).is_whole


def test_what_was_edited_since_stays_with_all_it_needs_and_is_told(bare: Store, members: int) -> None:
    with bare.write("By hand") as session:
        session.get_one(CohortMember, 1).area = "Batley"
    outcome = undo_import(bare, members)
    assert LeftRow("cohort_member", 1, "index event of A1") in outcome.left
    assert LeftRow("cohort", 1, "Dewsbury") in outcome.left
    assert counts(bare) == {"cohort": 1, "cohort_member": 1, "offence": 0, "offence_code": 1, "offender": 1, "load": 0}
    assert column(bare, "SELECT load_id FROM cohort_member") == [None]
    assert check_store(bare).is_whole


def test_in_a_session_undo_moves_nothing_where_a_row_was_edited(bare: Store, members: int) -> None:
    assert members
    with bare.write("By hand") as session:
        session.get_one(CohortMember, 1).area = "Batley"
    bare.undo()
    with bare.write("By hand") as session:
        session.get_one(CohortMember, 1).area = "Leeds"
    before = counts(bare)
    bare._undoable.pop()
    with pytest.raises(CspError, match="changed since"):
        bare.undo()
    assert counts(bare) == before


def test_a_row_changed_and_changed_back_goes_with_its_load(bare: Store, members: int) -> None:
    assert members
    with bare.write("By hand") as session:
        session.get_one(CohortMember, 1).area = "Batley"
    bare.undo()
    assert column(bare, "SELECT version FROM cohort_member ORDER BY id") == [3, 1]
    assert bare.undo().left == ()
    assert counts(bare) == dict.fromkeys(TABLES, 0)


def test_two_imports_go_back_and_come_again_in_their_order(bare: Store, members: int, offences: int) -> None:
    assert members < offences
    before = {t: column(bare, f"SELECT * FROM {t} ORDER BY id") for t in TABLES}  # noqa: S608
    bare.undo()
    bare.undo()
    assert counts(bare) == dict.fromkeys(TABLES, 0)
    bare.redo()
    bare.redo()
    assert {t: column(bare, f"SELECT * FROM {t} ORDER BY id") for t in TABLES} == before  # noqa: S608
    assert column(bare, "SELECT count(*) FROM taken_out_rows") == [0]
    assert check_store(bare).is_whole


def test_rows_taken_back_are_gone_at_the_next_start_and_say_so(bare: Store, members: int) -> None:
    outcome = undo_import(bare, members)
    path = bare.path
    bare.close()
    again = opened(path)
    try:
        with pytest.raises(CspError, match="Bring its file in again"):
            again.undo_step(outcome.step_id)
        assert counts(again) == dict.fromkeys(TABLES, 0)
        assert check_store(again).is_whole
    finally:
        again.close()


def test_what_came_in_again_since_cannot_come_back_beside_it(bare: Store, files: Path, members: int) -> None:
    outcome = undo_import(bare, members)
    bring(bare, files, MEMBERS, "Person ID,Index date\nA1,12/03/2024\n")
    before = counts(bare)
    with pytest.raises(CspError, match="come in again"):
        bare.undo_step(outcome.step_id)
    assert counts(bare) == before


def test_rows_cannot_come_back_before_those_they_name(bare: Store, members: int, offences: int) -> None:
    second = undo_import(bare, offences)
    undo_import(bare, members)
    with pytest.raises(CspError, match="Bring those back first"):
        bare.undo_step(second.step_id)
    assert counts(bare) == dict.fromkeys(TABLES, 0)


def test_a_withdrawn_row_comes_back_without_the_load_that_is_gone(bare: Store, offences: int) -> None:
    with bare.write("Withdraw") as session:
        session.delete(session.get_one(Offence, 1))
    with bare.read() as connection:
        withdrawn = connection.exec_driver_sql("SELECT max(id) FROM audit_entry").scalar_one()
    undo_import(bare, offences)
    bare.undo_step(withdrawn)
    assert column(bare, "SELECT load_id FROM offence") == [None]
    assert check_store(bare).is_whole


def test_a_person_who_was_given_a_name_by_hand_stays_and_is_told(bare: Store, members: int) -> None:
    with bare.write("By hand") as session:
        session.get_one(Offender, 1).lead_agency = "Probation"
    outcome = undo_import(bare, members)
    assert [row.table for row in outcome.left] == ["offender"]
    assert column(bare, "SELECT reference FROM offender") == ["A1"]


def test_a_row_that_was_withdrawn_does_not_come_back_without_its_person(bare: Store, offences: int) -> None:
    with bare.read() as connection:
        query = "SELECT o.id FROM offence o JOIN offender p ON p.id = o.offender_id WHERE p.reference = 'B1'"
        offence_id = connection.exec_driver_sql(query).scalar_one()
    withdraw_offence(bare, offence_id, 1)
    undo_import(bare, offences)
    before = counts(bare)
    with pytest.raises(CspError, match="Bring those back first"):
        bare.undo()
    assert counts(bare) == before
    assert bare.verify_audit().is_whole


def test_who_is_left_is_told_by_reference_and_never_by_name(bare: Store, offences: int) -> None:
    with bare.write("Name someone") as session:
        offender = session.scalars(select(Offender).where(Offender.reference == "B1")).one()
        offender.name = "Somebody Real"
    outcome = undo_import(bare, offences)
    assert {row.name for row in outcome.left} == {"B1"}
