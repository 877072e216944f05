"""Writing the rows of an import: new actions many at a time, changed ones as mapped rows, each with what belongs to it.

Twenty thousand new actions are some sixty thousand rows, far too many to map one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csp_desktop.commands.refs import next_refs
from csp_desktop.errors import CspError
from csp_desktop.imports.changes import PlannedUpdate
from csp_desktop.imports.import_plan import Place, RowPlan
from csp_desktop.imports.milestone_writing import MilestoneWriter, settled_cells
from csp_desktop.imports.wanted import Someone
from csp_desktop.rules.folding import fold
from csp_desktop.stored import add_rows
from models.exports import ReturnedUpdate, SettledCell
from models.people import Organisation, Person
from models.plan import Action, ActionSource, ActionSupport, ProgressUpdate, Theme

T = TypeVar("T")
_AT_ONCE = 500
Columns = dict[str, Any]


@dataclass(slots=True)
class _Belongings:
    """What a batch of rows adds beside its actions; ``corrected`` are updates that a new one supersedes, or None."""

    sources: list[Columns] = field(default_factory=list)
    supporters: list[Columns] = field(default_factory=list)
    updates: list[Columns] = field(default_factory=list)
    corrected: list[int | None] = field(default_factory=list)
    settled: list[Columns] = field(default_factory=list)


class RowWriter:
    """Writes rows into one plan, in the caller's transaction. ``heed`` is told of the number of rows done so far.

    ``export_id`` is the update workbook that the rows come from, None for any other file.
    """

    def __init__(
        self, session: Session, plan_id: int, heed: Callable[[int], None], export_id: int | None = None
    ) -> None:
        self._session = session
        self._plan_id = plan_id
        self._heed = heed
        self._export_id = export_id
        self._people: dict[str, int] = {}
        self._organisations: dict[str, int] = {}
        self._themes: dict[str, int] = {}

    def write(self, rows: Sequence[RowPlan]) -> dict[Place, str]:
        """Write the rows and return the refs of those that are new.

        Raises CspError where an action was changed or taken out since it was compared.
        """
        self._add_themes(rows)
        self._add_people(rows)
        steps = [row for row in rows if row.change.milestone is not None]
        fresh = [row for row in rows if row.change.is_new]
        present = [row for row in rows if not row.change.is_new and row.change.milestone is None]
        refs = next_refs(self._session, len(fresh)) if fresh else []
        self._session.flush()
        done = 0
        for batch in _batches(list(zip(fresh, refs, strict=True))):
            self._add(batch)
            done += len(batch)
            self._heed(done)
        for changed in _batches(present):
            self._change(changed)
            done += len(changed)
            self._heed(done)
        if steps:
            self._settle(MilestoneWriter(self._session).write(steps))
            self._heed(done + len(steps))
        return {row.place: ref for row, ref in zip(fresh, refs, strict=True)}

    def _add(self, batch: Sequence[tuple[RowPlan, str]]) -> None:
        actions = [
            {"ref": ref, "plan_id": self._plan_id, "title": "", "title_folded": "", **self._columns(row)}
            for row, ref in batch
        ]
        ids = add_rows(self._session, Action, actions)
        belongings = _Belongings()
        for (row, _), action_id, columns in zip(batch, ids, actions, strict=True):
            if row.change.source_ref:
                belongings.sources.append(_source(row, action_id))
            self._gather(row, action_id, columns.get("lead_person_id"), belongings)
        self._add_belongings(belongings)

    def _change(self, rows: Sequence[RowPlan]) -> None:
        actions = self._present(rows)
        belongings = _Belongings()
        self._set_sources(rows, belongings)
        self._drop_supporters(rows)
        for row in rows:
            action = actions[row.change.action_id or 0]
            if action.version != row.change.version:
                raise CspError(
                    f"{action.ref} was changed since the file was compared with it. Nothing was brought in; compare it "
                    "again."
                )
            for name, value in self._columns(row).items():
                setattr(action, name, value)
            self._gather(row, action.id, action.lead_person_id, belongings)
        self._session.flush()
        self._add_belongings(belongings)
        self._session.flush()

    def _present(self, rows: Sequence[RowPlan]) -> dict[int, Action]:
        ids = {row.change.action_id for row in rows}
        found = {action.id: action for action in self._session.scalars(select(Action).where(Action.id.in_(ids)))}
        if len(found) != len(ids):
            raise CspError(
                "An action of this file was taken out since it was compared. Nothing was brought in; do it again."
            )
        return found

    def _columns(self, row: RowPlan) -> Columns:
        """Return the columns of its action that a row sets."""
        change = row.change
        values: Columns = dict(change.values)
        if "title" in values:
            values["title_folded"] = fold(values["title"])
        if change.lead_person is not None:
            values["lead_person_id"] = self._person_id(change.lead_person)
        if change.lead_organisation is not None:
            values["lead_organisation_id"] = self._organisation_id(change.lead_organisation)
        if change.new_theme:
            values |= {"theme_id": self._themes[fold(change.new_theme)], "theme_text": ""}
        return values

    def _set_sources(self, rows: Sequence[RowPlan], belongings: _Belongings) -> None:
        """Set the owner's refs of actions that are there; those of a source that is new to an action are added."""
        wanted = {row.change.action_id or 0: row for row in rows if row.change.source_ref}
        known = {
            (source.action_id, source.source): source
            for source in self._session.scalars(select(ActionSource).where(ActionSource.action_id.in_(wanted)))
        }
        for action_id, row in wanted.items():
            source = known.get((action_id, row.change.source))
            if source is None:
                belongings.sources.append(_source(row, action_id))
            else:
                source.source_ref = row.change.source_ref

    def _drop_supporters(self, rows: Sequence[RowPlan]) -> None:
        ids = [row.change.action_id for row in rows if row.change.supporters is not None]
        for support in self._session.scalars(select(ActionSupport).where(ActionSupport.action_id.in_(ids))):
            self._session.delete(support)

    def _gather(self, row: RowPlan, action_id: int, lead_id: int | None, belongings: _Belongings) -> None:
        belongings.settled.extend(settled_cells(row.change, f"A{action_id}"))
        for position, each in enumerate(row.change.supporters or ()):
            belongings.supporters.append(
                {
                    "action_id": action_id,
                    "person_id": self._person_id(each),
                    "organisation_id": self._organisation_id(each),
                    "position": position,
                }
            )
        for planned in row.change.updates:
            belongings.updates.append(self._update(planned, action_id, lead_id))
            belongings.corrected.append(planned.supersedes)

    def _update(self, planned: PlannedUpdate, action_id: int, lead_id: int | None) -> Columns:
        wanted = planned.wanted
        return {
            "action_id": action_id,
            "dated": wanted.dated,
            "period": wanted.period,
            "author_person_id": lead_id if wanted.writer is None else self._person_id(wanted.writer),
            "author_text": wanted.author,
            "done": wanted.done,
            "next_steps": wanted.next_steps,
            "rag": wanted.rag,
            "rag_text": wanted.rag_text,
            "reason": wanted.reason,
            "recovery_date": wanted.recovery_date,
            "percent": wanted.percent,
            "help_needed": wanted.help_needed,
        }

    def _add_belongings(self, belongings: _Belongings) -> None:
        add_rows(self._session, ActionSource, belongings.sources)
        add_rows(self._session, ActionSupport, belongings.supporters)
        ids = add_rows(self._session, ProgressUpdate, belongings.updates)
        # each corrected report of a quarter points at the one that corrects it; neither is overwritten
        for newer, older in zip(ids, belongings.corrected, strict=True):
            if older is not None:
                self._session.get_one(ProgressUpdate, older).superseded_by_id = newer

        if self._export_id is not None:
            posted = [{"export_id": self._export_id, "update_id": update} for update in ids]
            add_rows(self._session, ReturnedUpdate, posted)
        self._settle(belongings.settled)

    def _settle(self, cells: Iterable[Columns]) -> None:
        """Keep what is settled of a returned workbook's cells by bringing it in."""
        if self._export_id is not None:
            add_rows(self._session, SettledCell, [{"export_id": self._export_id, **cell} for cell in cells])

    def _add_themes(self, rows: Iterable[RowPlan]) -> None:
        headings = dict.fromkeys(row.change.new_theme for row in rows if row.change.new_theme)
        if not headings:
            return
        query = select(func.max(Theme.position)).where(Theme.plan_id == self._plan_id)
        last = self._session.scalar(query) or 0
        themes: dict[str, Columns] = {}
        for position, heading in enumerate(headings, start=last + 1):
            themes[fold(heading)] = {"plan_id": self._plan_id, "title": heading, "position": position}
        self._themes = dict(zip(themes, add_rows(self._session, Theme, list(themes.values())), strict=True))

    def _add_people(self, rows: Iterable[RowPlan]) -> None:
        people: dict[str, Columns] = {}
        bodies: dict[str, Columns] = {}
        for someone in _newcomers(rows):
            named = {"name": someone.name, "name_folded": fold(someone.name)}
            if someone.is_organisation:
                bodies.setdefault(someone.key, named)
            else:
                people.setdefault(someone.key, named | {"organisation_id": someone.home_id})
        self._people = dict(zip(people, add_rows(self._session, Person, list(people.values())), strict=True))
        ids = add_rows(self._session, Organisation, list(bodies.values()))
        self._organisations = dict(zip(bodies, ids, strict=True))

    def _person_id(self, someone: Someone) -> int | None:
        return someone.person_id if someone.person_id is not None else self._people.get(someone.key)

    def _organisation_id(self, someone: Someone) -> int | None:
        known = someone.organisation_id
        return known if known is not None else self._organisations.get(someone.key)


def _newcomers(rows: Iterable[RowPlan]) -> Iterator[Someone]:
    seen: set[Someone] = set()
    for row in rows:
        change = row.change
        for someone in (change.lead_person, change.lead_organisation, *(change.supporters or ())):
            if someone is not None and someone.is_new and someone not in seen:
                seen.add(someone)
                yield someone


def _source(row: RowPlan, action_id: int) -> Columns:
    return {"action_id": action_id, "source": row.change.source, "source_ref": row.change.source_ref}


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[first : first + _AT_ONCE] for first in range(0, len(items), _AT_ONCE))
