"""The Store: one Step a write, undo and redo as audited writes, rows changed since left alone, a chain that holds."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from csp_desktop import audit
from csp_desktop.errors import CspError
from csp_desktop.recording import decode, encode
from csp_desktop.store import Step, Store, is_undone
from models.base import Base
from models.people import Person
from models.plan import Action, Milestone, Plan, ProgressUpdate, RagScheme
from models.records import AuditChange, AuditEntry, Setting
from models.vocabulary import Change, LifecycleStatus, PlanKind, StepKind
from tests.factories import Clock, bare_store


def add_plan(store: Store) -> int:
    with store.write("Add a plan") as session:
        scheme = RagScheme(name="BRAG")
        session.add(scheme)
        session.flush()
        plan = Plan(key="p", title="Plan", kind=PlanKind.PARTNERSHIP, rag_scheme_id=scheme.id)
        session.add(plan)
        session.flush()
        return plan.id


def add_action(store: Store, plan_id: int, ref: str = "ACT-0001", title: str = "Gate the alleys") -> int:
    with store.write("Add an action") as session:
        action = Action(ref=ref, plan_id=plan_id, title=title, title_folded=title.lower())
        session.add(action)
        session.flush()
        return action.id


def title_of(store: Store, action_id: int) -> str | None:
    with store.read() as connection:
        return connection.scalar(select(Action.title).where(Action.id == action_id))


def retitle(store: Store, action_id: int, title: str) -> None:
    with store.write("Edit an action") as session:
        session.get_one(Action, action_id).title = title


def entries(store: Store) -> list[tuple[str, StepKind]]:
    with store.read() as connection:
        rows = connection.execute(select(AuditEntry.label, AuditEntry.kind).order_by(AuditEntry.id))
        return [(row.label, row.kind) for row in rows]


def test_a_write_leaves_one_step_and_the_news(bare: Store) -> None:
    news: list[Step] = []
    end = bare.subscribe(news.append)
    plan_id = add_plan(bare)
    assert entries(bare) == [("Add a plan", StepKind.WRITE)]
    assert news[0].rows == {"rag_scheme": frozenset({1}), "plan": frozenset({plan_id})}
    end()
    add_action(bare, plan_id)
    assert len(news) == 1


def test_a_failed_write_leaves_nothing(bare: Store) -> None:
    plan_id = add_plan(bare)
    with pytest.raises(ZeroDivisionError), bare.write("Add two") as session:
        session.add(Action(ref="ACT-0001", plan_id=plan_id, title="x", title_folded="x"))
        session.flush()
        raise ZeroDivisionError
    with bare.read() as connection:
        assert connection.scalar(select(func.count()).select_from(Action)) == 0
    assert len(entries(bare)) == 1


def test_a_write_that_changes_no_row_leaves_no_step(bare: Store) -> None:
    with bare.write("Remember a layout") as session:
        session.add(Setting(key="window", value={"width": 3}))
    assert entries(bare) == []
    with bare.read() as connection:
        assert connection.scalar(select(Setting.value)) == {"width": 3}


def test_each_change_raises_the_row_version(bare: Store) -> None:
    action_id = add_action(bare, add_plan(bare))
    retitle(bare, action_id, "Gate all alleys")
    retitle(bare, action_id, "Gate all alleys")
    with bare.read() as connection:
        assert connection.scalar(select(Action.version)) == 2


def test_undo_and_redo_write_back_as_new_audited_steps(bare: Store) -> None:
    action_id = add_action(bare, add_plan(bare))
    retitle(bare, action_id, "Gate all alleys")
    assert bare.undo_label == "Edit an action"
    bare.undo()
    assert title_of(bare, action_id) == "Gate the alleys"
    assert bare.redo_label == "Edit an action"
    bare.redo()
    assert title_of(bare, action_id) == "Gate all alleys"
    bare.undo()
    bare.undo()
    assert title_of(bare, action_id) is None
    bare.redo()
    assert title_of(bare, action_id) == "Gate the alleys"
    kinds = [kind for _, kind in entries(bare)]
    assert kinds[3:] == [StepKind.UNDO, StepKind.REDO, StepKind.UNDO, StepKind.UNDO, StepKind.REDO]
    assert bare.verify_audit().is_whole


def test_undo_refuses_whole_where_a_row_changed_since(bare: Store) -> None:
    action_id = add_action(bare, add_plan(bare))
    retitle(bare, action_id, "Gate all alleys")
    step = bare.undo_label
    with bare.engines.write.begin() as connection:
        connection.execute(update(Base.metadata.tables["action"]).values(title="Someone else's"))
    with pytest.raises(CspError, match="ACT-0001 changed since"):
        bare.undo()
    assert title_of(bare, action_id) == "Someone else's"
    assert bare.undo_label == step


def test_undo_of_an_earlier_step_leaves_alone_what_was_edited_since(bare: Store) -> None:
    plan_id = add_plan(bare)
    with bare.write("Import", kind=StepKind.IMPORT) as session:
        actions = [
            Action(ref=f"ACT-{n:04d}", plan_id=plan_id, title=f"Action {n}", title_folded=f"action {n}")
            for n in (1, 2, 3)
        ]
        session.add_all(actions)
        session.flush()
        session.add_all(
            ProgressUpdate(action_id=action.id, dated=date(2026, 10, 1), done="Begun") for action in actions
        )
        session.flush()
        ids = [action.id for action in actions]
    step_id = bare._undoable[-1][0]
    retitle(bare, ids[0], "Edited by the office")
    with bare.write("Add a milestone") as session:
        session.add(Milestone(action_id=ids[1], title="Half of them"))
    outcome = bare.undo_step(step_id)
    # the first was edited, the second is needed by a milestone: both stay with their updates; the third goes with its
    assert {(row.table, row.row_id) for row in outcome.left} == {
        ("action", ids[0]),
        ("action", ids[1]),
        ("progress_update", 1),
        ("progress_update", 2),
    }
    assert outcome.left[0].name == "ACT-0001"
    assert title_of(bare, ids[2]) is None
    assert title_of(bare, ids[0]) == "Edited by the office"
    with bare.read() as connection:
        assert connection.scalars(select(ProgressUpdate.action_id)).all() == ids[:2]
        assert is_undone(connection, step_id)
    with pytest.raises(CspError, match="undone already"):
        bare.undo_step(step_id)
    bare.redo()
    assert title_of(bare, ids[2]) == "Action 3"
    with bare.read() as connection:
        assert not is_undone(connection, step_id)


def test_bulk_change_of_rows_is_refused(bare: Store) -> None:
    add_action(bare, add_plan(bare))
    with pytest.raises(RuntimeError, match="would leave no trace"), bare.write("Sweep") as session:
        session.execute(update(Action).values(title="x"))


def test_what_is_added_and_removed_in_one_write_leaves_no_change(bare: Store) -> None:
    plan_id = add_plan(bare)
    with bare.write("Try") as session:
        action = Action(ref="ACT-0001", plan_id=plan_id, title="x", title_folded="x")
        session.add(action)
        session.flush()
        session.delete(action)
    assert len(entries(bare)) == 1


def test_the_chain_shows_a_changed_value_a_changed_label_and_a_cut_tail(bare: Store) -> None:
    plan_id = add_plan(bare)
    add_action(bare, plan_id)
    anchored = bare.audit_anchor()
    assert bare.verify_audit(anchored).is_whole
    with bare.engines.write.begin() as connection:
        connection.execute(update(AuditEntry).where(AuditEntry.id == 2).values(label="Another"))
    assert bare.verify_audit().broken_at == 2
    with bare.engines.write.begin() as connection:
        connection.execute(update(AuditEntry).where(AuditEntry.id == 2).values(label="Add an action"))
    assert bare.verify_audit().is_whole
    with bare.engines.write.begin() as connection:
        after = connection.scalar(select(AuditChange.after).where(AuditChange.table_name == "action"))
        assert after is not None
        connection.execute(
            update(AuditChange).where(AuditChange.table_name == "action").values(after=after | {"title": "Forged"})
        )
    assert bare.verify_audit().broken_at == 2
    with bare.engines.write.begin() as connection:
        connection.execute(Base.metadata.tables["audit_change"].delete().where(AuditChange.entry_id == 2))
        connection.execute(Base.metadata.tables["audit_entry"].delete().where(AuditEntry.id == 2))
    assert bare.verify_audit().is_whole
    assert bare.verify_audit(anchored).broken_at == 2


def test_erased_values_keep_the_chain_whole_but_a_blanked_value_does_not(bare: Store) -> None:
    add_action(bare, add_plan(bare))
    with bare.engines.write.begin() as connection:
        connection.execute(update(AuditChange).where(AuditChange.id == 3).values(after=None, salt=None))
    assert bare.verify_audit().broken_at == 2
    with bare.engines.write.begin() as connection:
        audit.erase_values(connection, [3], "certificate 1")
    assert bare.verify_audit().broken_at == 2  # no erasure was recorded under that name
    with bare.write("certificate 1", kind=StepKind.ERASURE) as session:
        session.get_one(Action, 1).lead_text = "erased"
    verdict = bare.verify_audit()
    assert verdict.is_whole
    assert verdict.erased_changes == 2


def test_the_read_connection_cannot_write(bare: Store) -> None:
    with pytest.raises(CspError, match="may not write"), bare.read() as connection:
        connection.execute(Base.metadata.tables["setting"].insert().values(key="x", value={}))


def test_a_store_is_of_no_use_to_other_keys(tmp_path: Path, clock: Clock) -> None:
    store = bare_store(tmp_path, clock)
    with store.write("Add a person") as session:
        session.add(Person(name="Amina Shah", name_folded="amina shah"))
    store.close()
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Amina" not in raw
    assert not raw.startswith(b"SQLite format 3")


@given(st.dates(), st.sampled_from(LifecycleStatus), st.text(), st.dictionaries(st.text(), st.text()))
@settings(max_examples=50)
def test_recorded_values_come_back_as_they_were(
    day: date, status: LifecycleStatus, text: str, unread: dict[str, str]
) -> None:
    table = Base.metadata.tables["action"]
    for column, value in {"start": day, "status": status, "title": text, "unread": unread, "percent": None}.items():
        assert decode(table, column, encode(value)) == value
    logo = text.encode("utf-8", "replace")
    assert decode(Base.metadata.tables["profile"], "logo", encode(logo)) == logo


def test_a_change_row_names_only_what_moved(bare: Store) -> None:
    action_id = add_action(bare, add_plan(bare))
    retitle(bare, action_id, "New")
    with bare.read() as connection:
        change = audit.changes_of(connection, 3)
    assert [(c.change, c.before, c.after) for c in change] == [
        (Change.CHANGED, {"title": "Gate the alleys", "version": 1}, {"title": "New", "version": 2})
    ]


def test_a_write_within_a_write_is_one_step(bare: Store) -> None:
    plan_id = add_plan(bare)
    with bare.write("Add two actions"):
        first = add_action(bare, plan_id)
        add_action(bare, plan_id, "ACT-0002", "Light the alleys")
    assert [label for label, _ in entries(bare)] == ["Add a plan", "Add two actions"]
    bare.undo()
    assert title_of(bare, first) is None


def test_a_failure_within_a_joined_write_leaves_nothing_of_either(bare: Store) -> None:
    plan_id = add_plan(bare)
    with pytest.raises(CspError), bare.write("Add two actions"):
        add_action(bare, plan_id)
        with bare.write("Refused"):
            raise CspError("No.")
    assert len(entries(bare)) == 1
    assert title_of(bare, 1) is None
    assert add_action(bare, plan_id) == 1
