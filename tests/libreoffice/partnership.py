"""The office that these workbooks come from: a plan of eight actions, sent out once, to be brought back many times."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from csp_desktop.commands.actions import add_action, add_milestone, post_update
from csp_desktop.exports.positions import milestones_of
from models.plan import Action, ProgressUpdate
from models.vocabulary import LifecycleStatus
from tests.csp_desktop.imports.returns.owner_desk import Desk
from tests.factories import Clock, new_store
from tests.vault import opened

GATES, OUTREACH, GUIDE, PANEL = "ACT-0005", "ACT-0006", "ACT-0007", "ACT-0008"
PLAN = "kirklees-2022-2027"
STORE = "test.csp"
SENT = "sent.xlsx"
STANDING = (
    "title", "theme", "objective", "lead_officer", "lead_partner", "supporting_people", "supporting_partners", "start",
    "baseline_due", "forecast_due", "due_kind", "due_text", "status", "percent", "rag", "latest_update", "next_steps",
    "reason", "success_measure",
)  # fmt: skip
Facts = dict[tuple[str, str], Any]
"""What holds of every action: (Ref, name) to value."""

_MORE: tuple[dict[str, Any], ...] = (
    {
        "title": "Gate the alleys behind Halifax Road & Crackenedge Lane",
        "success_measure": "Fly-tipping reports \u201350% on 2025/26;\n≥ 80% of residents “feel safer”",
        "status": LifecycleStatus.IN_PROGRESS,
        "done": "Consent from 41 of 58 households.\n\nLegal: s.129A order drafted \u2013 £12,500 set aside.",
        "rag": "A",
        "percent": 35,
        "next_steps": "1. Chase the 17 households\n2. Seal the order",
    },
    {
        "title": "Outreach to rough sleepers in Dewsbury and Huddersfield town centres",
        "success_measure": "Fewer than 10 people sleeping rough on any night",
        "status": LifecycleStatus.NOT_STARTED,
        "done": "Tender out; two bids expected.",
        "rag": "R",
        "percent": 0,
        "next_steps": "Open the bids",
    },
    {
        "title": "Publish a guide for licensees (“Ask for Angela”)",
        "success_measure": "",
        "status": LifecycleStatus.COMPLETE,
        "done": "Sent to 212 premises. Café owners\u2019 reply: très bien 👍",
        "rag": "B",
        "percent": 100,
        "next_steps": "",
    },
    {
        "title": "Hold a residents\u2019 panel each quarter",
        "success_measure": "Four panels a year",
        "status": LifecycleStatus.ON_HOLD,
        "done": "Spring panel held; 23 came.",
        "rag": "G",
        "percent": None,
        "next_steps": "Book the hall",
    },
)


@dataclass(frozen=True, slots=True)
class Seed:
    """A store that a workbook of the whole plan went out of, closed; every test has a copy of both."""

    desk: Desk
    folder: Path

    @classmethod
    def made(cls, folder: Path) -> "Seed":
        store = new_store(folder, Clock())
        desk = Desk(store, folder)
        _add_more(desk)
        desk.send_out(owner=None, plan=PLAN)
        store.close()
        return cls(desk, folder)

    @contextmanager
    def copied(self, folder: Path) -> Iterator[Desk]:
        """Open a copy of the store, beside a copy of the workbook that went out of it."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        clock = Clock()
        clock.set_day(date(2026, 11, 24))
        desk = copy(self.desk)
        desk.store, desk.folder = opened(folder / STORE, clock=clock), folder
        try:
            yield desk
        finally:
            desk.store.close()


def _add_more(desk: Desk) -> None:
    """Add four actions whose words are long, of several lines and full of signs, each led by somebody else."""
    leads = ("Tom Briggs", "Priya Patel", "Tom Briggs", "Priya Patel")
    for at, (told, lead) in enumerate(zip(_MORE, leads, strict=True)):
        action = add_action(
            desk.store,
            desk.plan_id,
            title=told["title"],
            theme_id=desk.themes[at % 2 + 1].id,
            lead_person_id=desk.people[lead],
            start=date(2026, 5, 1 + at),
            baseline_due=date(2027, 6, 1 + at),
            success_measure=told["success_measure"],
            status=told["status"],
        )
        reason = {"reason": "Bids came late", "recovery_date": date(2027, 2, 1)} if told["rag"] in "AR" else {}
        report = {key: told[key] for key in ("done", "rag", "percent", "next_steps")} | reason
        post_update(desk.store, action, date(2026, 9, 2 + at), **report)
        if at % 2 == 0:
            add_milestone(desk.store, action, f"Milestone of {lead} \u2013 “{at + 1}”", date(2027, 1, 10 + at))


def facts(desk: Desk) -> Facts:
    """Return everything that the store holds of every action, its updates and its milestones."""
    rows = desk.actions()
    found = {(ref, name): getattr(row, name) for ref, row in rows.items() for name in STANDING}
    refs = {row.id: ref for ref, row in rows.items()}
    found |= {(ref, name): 0 for ref in rows for name in ("updates", "superseded")}
    with desk.store.read() as connection:
        for action_id, text in connection.execute(select(Action.id, Action.start_text)):
            found[refs[action_id], "start_text"] = text
        for action_id, by in connection.execute(select(ProgressUpdate.action_id, ProgressUpdate.superseded_by_id)):
            found[refs[action_id], "updates"] += 1
            found[refs[action_id], "superseded"] += by is not None
        for step in milestones_of(connection, list(refs)):
            found[step.action_ref, step.title] = (step.status, step.forecast_due, step.actual_end)
    return found
