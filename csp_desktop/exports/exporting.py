"""Sending an update workbook out: it is written to a file and kept as the base of the merge, or neither is done."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csp_desktop.errors import CspError
from csp_desktop.exports.content import Timing, WorkbookContent, WorkbookRow
from csp_desktop.exports.layout import STORE_MARK, action_row, milestone_row
from csp_desktop.exports.positions import (
    Contents,
    action_cells,
    all_said,
    milestone_cells,
    milestones_of,
)
from csp_desktop.exports.scopes import Scope, actions_of
from csp_desktop.queries.plans import list_rag_values, profile
from csp_desktop.store import Store
from models.exports import ExportSnapshot
from models.records import Setting
from models.vocabulary import StepKind


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook that was written: its id and key in the store, its file, its rows, what was shortened to fit a cell.

    ``shortened`` names each such cell: "Actions K12".
    """

    export_id: int
    key: str
    path: Path
    actions: int
    shortened: tuple[str, ...] = ()


def export_workbook(store: Store, scope: Scope, timing: Timing, path: Path) -> Exported:
    """Write the update workbook of a scope to ``path`` and keep what it says; the audit trail says that it went out.

    Raises CspError where there is nothing to report on, or the file cannot be written; then nothing is kept.
    """
    from csp_desktop.exports.update_workbook import update_workbook
    from csp_desktop.reports.files import replace_file

    if path.suffix.casefold() != ".xlsx":
        raise CspError(f"{path.name} must end in .xlsx; nothing was written.")
    made: list[Exported] = []

    def keep(session: Session, _step_id: int) -> None:
        content = _content(store, session, scope, timing)
        written = update_workbook(content)
        replace_file(path, written.data)
        snapshot = _snapshot(store, content)
        session.add(snapshot)
        session.flush()
        made.append(Exported(snapshot.id, content.key, path, len(content.actions), written.shortened))

    with store.write("Export an update workbook", kind=StepKind.ACCESS, recorded=keep):
        pass  # what goes out changes no row: the snapshot is kept beside the Step that says so
    return made[0]


def _content(store: Store, session: Session, scope: Scope, timing: Timing) -> WorkbookContent:
    rows = actions_of(store, scope, timing.today)
    if not rows:
        raise CspError(f"{scope.words}: there are no actions to report on in {scope.plan.title}; nothing was written.")
    key = f"EXP-{(session.scalar(select(func.max(ExportSnapshot.id))) or 0) + 1:04d}-{secrets.token_hex(4)}"
    values = tuple(list_rag_values(store, scope.plan.rag_scheme_id))
    words = {value.letter: value.word for value in values}
    actions = {row.id: action_cells(row, words) for row in rows}
    milestones = {fact.id: milestone_cells(fact) for fact in milestones_of(session.connection(), list(actions))}
    listed = [(action_row(key, row), cells) for row, cells in actions.items()]
    listed += [(milestone_row(key, row), cells) for row, cells in milestones.items()]
    shortened = tuple((row_id, column) for row_id, cells in listed for column in fit(cells))
    base = {f"A{row}": all_said(cells) for row, cells in actions.items()}
    base |= {f"M{row}": all_said(cells) for row, cells in milestones.items()}
    about = profile(store)
    return WorkbookContent(
        key=key,
        store_mark=store_mark(session),
        scope=scope,
        timing=timing,
        partnership=about.name,
        marking=about.default_marking.value,
        sender=store.who.display_name,
        rag_values=values,
        actions=tuple(WorkbookRow(action_row(key, row), cells) for row, cells in actions.items()),
        milestones=tuple(WorkbookRow(milestone_row(key, row), cells) for row, cells in milestones.items()),
        base=base,
        shortened=shortened,
    )


def fit(cells: Contents) -> list[str]:
    """Make every text one that a cell can hold, and return the columns where it had to be cut."""
    from csp_desktop.reports.sheet import MOST_CHARACTERS, printable

    cut = []
    for key, content in cells.items():
        if isinstance(content, str):
            cells[key] = printable(content)
            if len(content) > MOST_CHARACTERS:
                cut.append(key)
    return cut


def _snapshot(store: Store, content: WorkbookContent) -> ExportSnapshot:
    scope, timing, owner = content.scope, content.timing, content.scope.owner
    return ExportSnapshot(
        key=content.key,
        plan_id=scope.plan.id,
        scope=scope.kind,
        owner_person_id=owner.person_id if owner else None,
        owner_organisation_id=owner.organisation_id if owner else None,
        theme_id=scope.theme.id if scope.theme else None,
        period=timing.period.label,
        period_end=timing.period.last_day,
        wanted_back=timing.wanted_back,
        exported_at=store.clock(),
        exported_on=timing.today,
        account=store.who.account,
        display_name=store.who.display_name,
        base={row: dict(cells) for row, cells in content.base.items()},
    )


def store_mark(session: Session) -> str:
    """Return what tells this store from every other, restored copies of it apart; it is made when first asked for."""
    setting = session.get(Setting, STORE_MARK)
    if setting is None:
        setting = Setting(key=STORE_MARK, value={"mark": secrets.token_hex(8)})
        session.add(setting)
    value: dict[str, Any] = setting.value
    return str(value["mark"])
