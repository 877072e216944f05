"""Rows many at a time: they are stored, recorded, taken back and done again as if each had been written alone."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Connection, Table, select
from sqlalchemy.exc import IntegrityError

from csp_desktop import audit
from csp_desktop.errors import CspError
from csp_desktop.recording import encode
from csp_desktop.store import Step, Store
from csp_desktop.stored import StoredTable, add_rows
from models.base import Base
from models.people import Group, Person, Profile
from models.plan import Action, Plan, ProgressUpdate, RagScheme, RagValue
from models.records import AuditChange
from models.vocabulary import Change, DueKind, GroupKind, LifecycleStatus, PlanKind, RagShape, StepKind


def add_plan(store: Store) -> int:
    with store.write("Add a plan") as session:
        scheme = RagScheme(name="BRAG")
        session.add(scheme)
        session.flush()
        session.add(
            RagValue(
                scheme_id=scheme.id,
                letter="R",
                word="Red",
                meaning="",
                position=1,
                shape=RagShape.DIAMOND,
                fill="#000000",
                ink="#ffffff",
                needs_reason=True,
            )
        )
        plan = Plan(key="p", title="Plan", kind=PlanKind.PARTNERSHIP, rag_scheme_id=scheme.id)
        session.add(plan)
        session.flush()
        return plan.id


def action_rows(plan_id: int, count: int) -> list[dict[str, Any]]:
    return [
        {
            "ref": f"ACT-{number:04d}",
            "plan_id": plan_id,
            "title": f"Gate alley {number}",
            "title_folded": f"gate alley {number}",
            "status": LifecycleStatus.ONGOING,
            "due_kind": DueKind.ONGOING,
            "start": date(2026, 4, number),
            "unread": {"due": "soon"},
        }
        for number in range(1, count + 1)
    ]


def mapped(connection: Connection, table: Table) -> list[dict[str, Any]]:
    rows = connection.execute(select(table).order_by(table.c.id)).mappings()
    return [{name: encode(value) for name, value in row.items()} for row in rows]


def test_rows_added_at_once_are_those_that_the_session_adds(bare: Store) -> None:
    plan_id = add_plan(bare)
    table = Base.metadata.tables["action"]
    with bare.write("One by one") as session:
        session.add_all(Action(**row) for row in action_rows(plan_id, 3))
    with bare.read() as connection:
        alone, recorded = mapped(connection, table), audit.changes_of(connection, 2)
    bare.undo()
    news: list[Step] = []
    bare.subscribe(news.append)
    with bare.write("At once") as session:
        ids = add_rows(session, Action, action_rows(plan_id, 3))
        assert session.get_one(Action, ids[0]).title == "Gate alley 1"
    with bare.read() as connection:
        together, noted = mapped(connection, table), audit.changes_of(connection, 4)
    assert ids == [4, 5, 6]  # an id once given is not given again
    assert [row | {"id": row["id"] - 3} for row in together] == alone
    assert [change.after for change in noted] == together
    assert [change.after for change in recorded] == alone
    assert news[0].rows == {"action": frozenset(ids)}
    assert bare.verify_audit().is_whole


def test_rows_added_at_once_go_and_come_back_by_undo_and_redo(bare: Store) -> None:
    plan_id = add_plan(bare)
    with bare.write("At once", kind=StepKind.IMPORT) as session:
        ids = add_rows(session, Action, action_rows(plan_id, 3))
        reports = [{"action_id": action_id, "dated": date(2026, 10, 1), "done": "Begun"} for action_id in ids]
        first, *others = add_rows(session, ProgressUpdate, reports)
        session.get_one(ProgressUpdate, first).superseded_by_id = None
        session.get_one(Action, ids[1]).title = "Renamed in the same write"
    table = Base.metadata.tables["action"]
    with bare.read() as connection:
        before = mapped(connection, table)
    assert before[1]["title"] == "Renamed in the same write"
    outcome = bare.undo()
    assert outcome.taken_back == 6
    with bare.read() as connection:
        assert mapped(connection, table) == []
    bare.redo()
    with bare.read() as connection:
        assert mapped(connection, table) == [row | {"version": row["version"] + 1} for row in before]
        assert connection.scalars(select(ProgressUpdate.id)).all() == [first, *others]
    assert bare.verify_audit().is_whole


def test_a_row_added_and_taken_out_in_one_write_leaves_no_change(bare: Store) -> None:
    plan_id = add_plan(bare)
    with bare.write("Try") as session:
        [action_id] = add_rows(session, Action, action_rows(plan_id, 1))
        session.delete(session.get_one(Action, action_id))
    with bare.read() as connection:
        assert audit.changes_of(connection, 2) == []


def test_a_row_that_the_table_refuses_leaves_nothing(bare: Store) -> None:
    with pytest.raises(IntegrityError), bare.write("Of no plan") as session:
        add_rows(session, Action, action_rows(99, 1))
    with bare.read() as connection:
        assert connection.scalars(select(Action.id)).all() == []


def test_every_kind_of_column_is_read_as_it_is_recorded(bare: Store) -> None:
    plan_id = add_plan(bare)
    with bare.write("Fill") as session:
        session.add(Profile(name="Kirklees", logo=b"\x00\xff\x89PNG"))
        session.add(Group(name="Board", kind=GroupKind.BOARD, formed=date(1999, 1, 2)))
        session.add(Person(name="Zoë", name_folded="zoe"))
        session.add_all(Action(**row) for row in action_rows(plan_id, 2))
    with bare.read() as connection:
        for name in ("profile", "group", "person", "action", "plan", "rag_value"):
            table = Base.metadata.tables[name]
            expected = {row["id"]: row for row in mapped(connection, table)}
            assert expected
            assert StoredTable(connection, table).read(expected) == expected
    assert isinstance(Base.metadata.tables["rag_value"].c.needs_reason.type, Boolean)


def test_a_row_recorded_before_a_column_came_is_restored_with_its_default(bare: Store) -> None:
    plan_id = add_plan(bare)
    with bare.engines.write.begin() as connection:
        row = {**action_rows(plan_id, 1)[0], "id": 9, "version": 4}
        recorded = {name: encode(value) for name, value in row.items()}
        StoredTable(connection, Base.metadata.tables["action"]).insert([recorded])
    with bare.read() as connection:
        [action] = mapped(connection, Base.metadata.tables["action"])
    assert (action["id"], action["version"], action["title"], action["resources"]) == (9, 4, "Gate alley 1", "")


def test_many_rows_edited_in_one_step_are_taken_back_whole_or_not_at_all(bare: Store) -> None:
    plan_id = add_plan(bare)
    with bare.write("Add") as session:
        ids = add_rows(session, Action, action_rows(plan_id, 9))
    with bare.write("Edit") as session:
        for action_id in ids:
            action = session.get_one(Action, action_id)
            action.title = f"Edited {action_id}"
            if action_id % 2:
                action.start = None
    bare.undo()
    with bare.read() as connection:
        now = mapped(connection, Base.metadata.tables["action"])
    assert [(row["title"], row["start"]) for row in now] == [
        (f"Gate alley {number}", f"2026-04-{number:02d}") for number in range(1, 10)
    ]
    bare.redo()
    with bare.engines.write.begin() as connection:
        connection.exec_driver_sql("UPDATE action SET title = 'x' WHERE id = 5")
    with pytest.raises(CspError, match="ACT-0005 changed since"):
        bare.undo()
    with bare.read() as connection:
        assert mapped(connection, Base.metadata.tables["action"])[0]["title"] == "Edited 1"


@given(
    st.dictionaries(st.text(), st.none() | st.text() | st.integers() | st.floats(allow_nan=False) | st.booleans()),
    st.sampled_from(Change),
)
@settings(max_examples=60)
def test_a_change_is_stored_in_the_words_that_its_digest_covers(values: dict[str, Any], change: Change) -> None:
    row = audit.RowChange("action", 7, change, None, values)
    written = audit._write(row)
    whole = audit._canonical(["action", 7, change.value, None, values])
    assert whole == f'["action",7,"{change.value}",{written.before},{written.after}]'.encode()


def test_the_digests_of_an_older_spelling_still_verify(bare: Store) -> None:
    add_plan(bare)
    with bare.engines.write.begin() as connection:
        after = connection.scalar(select(AuditChange.after).where(AuditChange.table_name == "plan"))
        assert after is not None
        spaced = str(dict(reversed(after.items()))).replace("'", '"').replace("None", "null")
        connection.exec_driver_sql("UPDATE audit_change SET after = ? WHERE table_name = 'plan'", (spaced,))
    assert bare.verify_audit().is_whole
