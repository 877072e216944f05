"""Applying an import of many rows: told of as it goes, stopped on request, one Step whatever its size."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from csp_desktop.commands.erasure import erase_person
from csp_desktop.commands.imports import undo_import
from csp_desktop.errors import CspError
from csp_desktop.imports.applying import ImportCancelledError, apply_import
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.import_plan import Decisions, ImportPlan, SourceFile
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.running import accept
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.people import list_people
from csp_desktop.store import Step, Store
from models.plan import Action, ActionSource, ActionSupport, ProgressUpdate
from models.records import AuditEntry, Setting
from tests.factories import TODAY

Grids = Callable[..., WorkbookGrid]
HEADINGS = ["Ref", "Theme", "Action", "Lead officer", "Supported by", "Due date", "RAG", "Q1 2026/27", "Update"]
MANY = 1_203  # more than two batches of the writer


def many_rows(count: int = MANY) -> list[list[Any]]:
    return [
        [
            f"A{number}",
            "Reducing risk",
            f"Gate alley {number}",
            f"Officer Surname{number % 7}",
            "Street pastors; Sam Holt",
            date(2027, 1, 1 + number % 28),
            "Green",
            f"Met group {number}",
            f"Gate {number} was measured",
        ]
        for number in range(1, count + 1)
    ]


def planned(store: Store, grid: Grids, rows: list[list[Any]], headings: list[str] | None = None) -> ImportPlan:
    source = SourceFile("return.xlsx", f"{hash(str(rows)):x}", grid([headings or HEADINGS, *rows], "Return"))
    return plan_import(store, source, Decisions(), TODAY)


def counted(store: Store) -> dict[str, int]:
    tables = (Action, ActionSource, ActionSupport, ProgressUpdate, AuditEntry, Setting)
    with store.read() as connection:
        return {
            table.__tablename__: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables
        }


def test_many_new_rows_are_one_step_told_of_as_they_go_and_taken_back_whole(store: Store, grid: Grids) -> None:
    before = counted(store)
    told: list[tuple[int, int]] = []
    news: list[Step] = []
    store.subscribe(news.append)
    applied = apply_import(store, planned(store, grid, many_rows()), progress=lambda *done: told.append(done))
    assert told == [(0, MANY), (500, MANY), (1000, MANY), (MANY, MANY)]
    assert [(len(step.rows["action"]), len(step.rows["progress_update"])) for step in news] == [(MANY, 2 * MANY)]
    now = counted(store)
    assert (now["action_source"], now["action_support"]) == (MANY, 2 * MANY)
    assert now["audit_entry"] == before["audit_entry"] + 1
    refs = list(applied.refs.values())
    assert (refs[0], refs[-1], len(set(refs))) == ("ACT-0001", f"ACT-{MANY}", MANY)
    row = next(row for row in list_actions(store, View(TODAY)) if row.title == "Gate alley 700")
    assert (row.ref, row.source_ref, row.lead_officer, row.rag) == ("ACT-0700", "A700", "Officer Surname0", "G")
    assert row.latest_update == "Gate 700 was measured"
    assert store.verify_audit().is_whole

    assert not planned(store, grid, many_rows()).changes_anything
    assert applied.import_id is not None
    outcome = undo_import(store, applied.import_id)
    assert (outcome.left, counted(store)["action"], counted(store)["progress_update"]) == ((), 0, 0)
    assert list_people(store) == []
    assert store.verify_audit().is_whole


def test_new_and_changed_rows_of_one_file_come_together(store: Store, grid: Grids) -> None:
    apply_import(store, planned(store, grid, many_rows(600)))
    rows = many_rows(610)
    for row in rows[:600]:
        row[4], row[5] = "Lee Marsh", date(2027, 6, 30)
    rows[3][7] = "Met group 4, and again"
    plan = planned(store, grid, rows)
    assert (plan.counts["changed"], plan.counts["new"]) == (600, 10)
    told: list[tuple[int, int]] = []
    apply_import(store, plan, progress=lambda *done: told.append(done))
    assert told == [(0, 610), (10, 610), (510, 610), (610, 610)]
    with store.read() as connection:
        due = connection.execute(select(Action.forecast_due, Action.version).where(Action.id <= 600)).all()
        assert set(due) == {(date(2027, 6, 30), 2)}
        assert connection.scalar(select(func.count()).select_from(ActionSupport)) == 600 + 20
        older, newer = connection.execute(
            select(ProgressUpdate.superseded_by_id, ProgressUpdate.id)
            .where(ProgressUpdate.action_id == 4, ProgressUpdate.period == "Q1 2026/27")
            .order_by(ProgressUpdate.id)
        ).all()
    assert (older[0], newer[0]) == (newer[1], None)
    store.undo()
    with store.read() as connection:
        assert set(connection.scalars(select(Action.version))) == {3}
    assert not planned(store, grid, many_rows(600)).changes_anything
    assert store.verify_audit().is_whole


@pytest.mark.parametrize("asked", [0, 1, 2])
def test_a_cancelled_import_leaves_nothing(store: Store, grid: Grids, asked: int) -> None:
    before = counted(store)
    plan = planned(store, grid, many_rows())
    answers = iter([False] * asked + [True])
    with pytest.raises(ImportCancelledError, match="was cancelled"):
        accept(store, plan, cancelled=lambda: next(answers))
    assert counted(store) == before
    assert store.undo_label is None
    assert issubclass(ImportCancelledError, CspError)
    assert apply_import(store, plan).refs["Return", 2] == "ACT-0001"


def test_who_wrote_a_report_is_known_by_any_way_of_writing_the_name(store: Store, grid: Grids) -> None:
    headings = ["Action", "Lead officer", "Due date", "RAG", "Update", "Update author"]
    rows: list[list[Any]] = [
        ["Gate the alley", "Amina Shah", date(2027, 1, 1), "Green", "Measured", "Briggs, Tom"],
        ["Light the alley", "Tom Briggs", date(2027, 1, 1), "Green", "Costed", ""],
        ["Sweep the alley", "Amina Shah", date(2027, 1, 1), "Green", "Swept", "A neighbour"],
    ]
    apply_import(store, planned(store, grid, rows, headings))
    people = {person.name: person.id for person in list_people(store)}
    assert set(people) == {"Amina Shah", "Tom Briggs"}
    with store.read() as connection:
        wrote = select(ProgressUpdate.author_person_id, ProgressUpdate.author_text).order_by(ProgressUpdate.id)
        assert connection.execute(wrote).all() == [
            (people["Tom Briggs"], "Briggs, Tom"),
            (people["Tom Briggs"], ""),
            (None, "A neighbour"),
        ]
    erase_person(store, people["Tom Briggs"], "certificate 1")
    with store.read() as connection:
        assert "Briggs, Tom" not in set(connection.scalars(select(ProgressUpdate.author_text)))
    assert store.verify_audit().is_whole
