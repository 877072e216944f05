"""Applying a dry run: what the review showed is what is written, as one Step, after a verified backup."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csp_desktop.commands.refs import next_refs
from csp_desktop.errors import CspError
from csp_desktop.imports.comparing import PlannedUpdate
from csp_desktop.imports.planning import REGISTER, ImportPlan, Place, RowPlan, choices_made
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.wanted import Someone
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.people import Organisation, Person
from models.plan import Action, ActionSource, ActionSupport, ProgressUpdate, Theme
from models.records import ImportBatch, ImportLayout
from models.vocabulary import StepKind


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written. ``import_id`` is None where nothing changed; ``refs`` gives each row's ref of ours."""

    import_id: int | None
    refs: dict[Place, str]


@dataclass(slots=True)
class _Progress:
    """What one application has made so far: people and organisations by key, themes by heading, the batch's id."""

    people: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    themes: dict[str, int] = field(default_factory=dict)
    batch: list[int] = field(default_factory=list)


def apply_import(store: Store, plan: ImportPlan) -> Applied:
    """Write what a dry run found, in one transaction; the rows the user left out stay out.

    Raises CspError where an action was changed between the dry run and now; then nothing is written.
    """
    rows = [row for row in plan.rows if row.change.writes and not row.is_left_out]
    progress = _Progress()

    def record(session: Session, step_id: int) -> None:
        batch = ImportBatch(
            entry_id=step_id,
            register=REGISTER,
            file_name=plan.file.name,
            file_hash=plan.file.hash,
            plan_id=plan.plan.id,
            tables=[choices_made(plan)],
            counts=plan.counts,
            problems=[problem_object(problem) for problem in plan.problems],
        )
        session.add(batch)
        session.flush()
        progress.batch.append(batch.id)

    with store.write(f"Import {plan.file.name}", kind=StepKind.IMPORT, recorded=record) as session:
        _remember_layouts(session, plan, store)
        refs = _write(session, plan, rows, progress)
    known = {row.place: refs.get(row.place) or row.ref for row in plan.rows}
    return Applied(progress.batch[0] if progress.batch else None, known)


def problem_object(problem: Problem) -> dict[str, str]:
    """Return a problem as plain values."""
    return {
        "sheet": problem.sheet,
        "cell": problem.cell,
        "level": problem.level.value,
        "message": problem.message,
    }


def _write(session: Session, plan: ImportPlan, rows: list[RowPlan], progress: _Progress) -> dict[Place, str]:
    _add_themes(session, plan, rows, progress)
    _add_people(session, rows, progress)
    fresh = [row for row in rows if row.change.is_new]
    refs = dict(zip([row.place for row in fresh], next_refs(session, len(fresh)), strict=True)) if fresh else {}
    actions = {row.place: _new_action(plan.plan.id, refs[row.place]) for row in fresh}
    present = _present(session, rows)
    for row in rows:
        if not row.change.is_new:
            actions[row.place] = present[row.change.action_id or 0]
            _require_unchanged(row, actions[row.place])
        _set_columns(actions[row.place], row, progress)
    session.add_all(actions[row.place] for row in fresh)
    session.flush()
    for row in rows:
        _add_belongings(session, row, actions[row.place], progress)
    session.flush()
    _supersede(session, rows, actions)
    return refs


def _present(session: Session, rows: list[RowPlan]) -> dict[int, Action]:
    ids = [row.change.action_id for row in rows if row.change.action_id is not None]
    found: dict[int, Action] = {}
    for first in range(0, len(ids), 500):
        part = session.scalars(select(Action).where(Action.id.in_(ids[first : first + 500])))
        found |= {action.id: action for action in part}
    if len(found) != len(set(ids)):
        raise CspError(
            "An action of this file was taken out since it was compared. Nothing was brought in; do it again."
        )
    return found


def _require_unchanged(row: RowPlan, action: Action) -> None:
    if action.version != row.change.version:
        raise CspError(
            f"{action.ref} was changed since the file was compared with it. Nothing was brought in; compare it again."
        )


def _new_action(plan_id: int, ref: str) -> Action:
    return Action(ref=ref, plan_id=plan_id, title="", title_folded="")


def _set_columns(action: Action, row: RowPlan, progress: _Progress) -> None:
    values: dict[str, Any] = dict(row.change.values)
    if "title" in values:
        values["title_folded"] = fold(values["title"])
    if row.change.lead_person is not None:
        values["lead_person_id"] = _person_id(row.change.lead_person, progress)
    if row.change.lead_organisation is not None:
        values["lead_organisation_id"] = _organisation_id(row.change.lead_organisation, progress)
    if row.change.new_theme:
        values |= {"theme_id": progress.themes[fold(row.change.new_theme)], "theme_text": ""}
    for name, value in values.items():
        setattr(action, name, value)


def _add_belongings(session: Session, row: RowPlan, action: Action, progress: _Progress) -> None:
    change = row.change
    if change.source_ref:
        _set_source(session, action, change.source, change.source_ref, is_new=change.is_new)
    if change.supporters is not None:
        _set_supporters(session, action, change.supporters, progress, is_new=change.is_new)
    session.add_all(_update(action, planned, progress) for planned in change.updates)


def _set_source(session: Session, action: Action, source: str, ref: str, *, is_new: bool) -> None:
    known = None
    if not is_new:
        query = select(ActionSource).where(ActionSource.action_id == action.id, ActionSource.source == source)
        known = session.scalar(query)
    if known is None:
        session.add(ActionSource(action_id=action.id, source=source, source_ref=ref))
    else:
        known.source_ref = ref


def _set_supporters(
    session: Session, action: Action, supporters: tuple[Someone, ...], progress: _Progress, *, is_new: bool
) -> None:
    if not is_new:
        for present in session.scalars(select(ActionSupport).where(ActionSupport.action_id == action.id)):
            session.delete(present)
    session.add_all(
        ActionSupport(
            action_id=action.id,
            person_id=_person_id(each, progress),
            organisation_id=_organisation_id(each, progress),
            position=position,
        )
        for position, each in enumerate(supporters)
    )


def _update(action: Action, planned: PlannedUpdate, progress: _Progress) -> ProgressUpdate:
    wanted = planned.wanted
    return ProgressUpdate(
        action_id=action.id,
        dated=wanted.dated,
        period=wanted.period,
        author_person_id=action.lead_person_id if not wanted.author else progress.people.get(fold(wanted.author)),
        author_text=wanted.author,
        done=wanted.done,
        next_steps=wanted.next_steps,
        rag=wanted.rag,
        rag_text=wanted.rag_text,
        reason=wanted.reason,
        recovery_date=wanted.recovery_date,
        percent=wanted.percent,
        help_needed=wanted.help_needed,
    )


def _supersede(session: Session, rows: list[RowPlan], actions: dict[Place, Action]) -> None:
    """Point each corrected report of a quarter at the one that corrects it; neither is overwritten."""
    for row in rows:
        for planned in row.change.updates:
            if planned.supersedes is None:
                continue
            newer = session.scalar(
                select(func.max(ProgressUpdate.id)).where(
                    ProgressUpdate.action_id == actions[row.place].id, ProgressUpdate.period == planned.wanted.period
                )
            )
            session.get_one(ProgressUpdate, planned.supersedes).superseded_by_id = newer


def _add_themes(session: Session, plan: ImportPlan, rows: list[RowPlan], progress: _Progress) -> None:
    headings = dict.fromkeys(row.change.new_theme for row in rows if row.change.new_theme)
    last = session.scalar(select(func.max(Theme.position)).where(Theme.plan_id == plan.plan.id)) or 0
    themes = {
        fold(heading): Theme(plan_id=plan.plan.id, title=heading, position=last + position)
        for position, heading in enumerate(headings, start=1)
    }
    session.add_all(themes.values())
    session.flush()
    progress.themes = {heading: theme.id for heading, theme in themes.items()}


def _add_people(session: Session, rows: list[RowPlan], progress: _Progress) -> None:
    people: dict[str, Person] = {}
    bodies: dict[str, Organisation] = {}
    for someone in _newcomers(rows):
        name, folded = someone.name, fold(someone.name)
        if someone.is_organisation:
            bodies.setdefault(someone.key, Organisation(name=name, name_folded=folded))
        else:
            people.setdefault(someone.key, Person(name=name, name_folded=folded, organisation_id=someone.home_id))
    session.add_all([*people.values(), *bodies.values()])
    session.flush()
    progress.people = {key: person.id for key, person in people.items()}
    progress.organisations = {key: body.id for key, body in bodies.items()}


def _newcomers(rows: list[RowPlan]) -> Iterable[Someone]:
    for row in rows:
        change = row.change
        for someone in (change.lead_person, change.lead_organisation, *(change.supporters or ())):
            if someone is not None and someone.is_new:
                yield someone


def _person_id(someone: Someone, progress: _Progress) -> int | None:
    return someone.person_id if someone.person_id is not None else progress.people.get(someone.key)


def _organisation_id(someone: Someone, progress: _Progress) -> int | None:
    known = someone.organisation_id
    return known if known is not None else progress.organisations.get(someone.key)


def _remember_layouts(session: Session, plan: ImportPlan, store: Store) -> None:
    """Remember for each layout what its columns mean, where its rows went, and how its dates are ordered."""
    for table in plan.read.tables:
        mark = table.mapping.fingerprint
        query = select(ImportLayout).where(ImportLayout.register == REGISTER, ImportLayout.fingerprint == mark)
        layout = session.scalar(query)
        if layout is None:
            layout = ImportLayout(register=REGISTER, fingerprint=mark, mapping={})
            session.add(layout)
        layout.mapping = table.mapping.memory
        layout.name = plan.decisions.layout_names.get(mark, layout.name)
        layout.plan_id = plan.plan.id
        layout.date_order = plan.date_order
        layout.last_used = store.clock()
        session.flush()
