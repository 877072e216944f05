"""One row against the action it is: what it would change, field by field, old to new; what it would add."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from csp_desktop.imports.changes import NO_AMENDMENT, Amendment, Belonging, PlannedUpdate, RowChange
from csp_desktop.imports.known import KnownAction, KnownPlan, KnownUpdate
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.records import ActionRecord, ThemeSource
from csp_desktop.imports.wanted import Asking, Someone, Wanted, WantedUpdate, first_status, proposes_complete
from csp_desktop.recording import encode
from csp_desktop.rules.folding import fold
from models.vocabulary import LifecycleStatus, ProblemLevel

TEXT_OF = {"due_text": ("forecast_due", "due_kind"), "start_text": ("start",)}
UNSHOWN = frozenset({"start_text", "lead_text", "unread"})
SHOWN_AS = {
    "theme_id": "theme",
    "objective_id": "objective",
    "lead_person_id": "lead_officer",
    "lead_organisation_id": "lead_partner",
}


class Comparer:
    """Compares rows with the actions of one plan."""

    def __init__(self, known: KnownPlan, asking: Asking, today: date) -> None:
        self._known = known
        self._asking = asking
        self._today = today
        self._themes = {theme.id: theme.title for theme in known.themes}
        self._objectives = {key: title for key, _theme, _number, title in known.objectives}

    def compare(
        self, record: ActionRecord, action_id: int | None, belonging: Belonging, amendment: Amendment = NO_AMENDMENT
    ) -> tuple[RowChange, list[Problem]]:
        """Return what the row writes, and what is to be said of it."""
        wanted = self._asking.of(record)
        if amendment.replaces_update:
            wanted = replace(wanted, updates=(amendment.update.wanted,) if amendment.update else ())
        problems = list(wanted.problems)
        if action_id is None:
            return self._new(wanted, record, belonging, amendment), problems
        action, ref = self._known.actions[action_id], belonging.ref
        values = self._moved(record, wanted, action, problems) | self._moved_home(record, action, belonging)
        people = self._moved_people(wanted, action)
        if people.leads:
            values["lead_text"] = wanted.lead_text
        told = [amendment.update] if amendment.replaces_update else self._new_updates(wanted, action)
        updates = tuple(each for each in told if each is not None)
        change = RowChange(
            action_id,
            action.values["version"],
            values | amendment.values,
            {},
            people.lead_person,
            people.lead_organisation,
            people.supporters if amendment.supporters is None else amendment.supporters,
            updates,
            source=belonging.source,
            source_ref=ref if ref and fold(action.sources.get(belonging.source, "")) != fold(ref) else "",
            new_theme=belonging.new_theme if action.values["theme_id"] is None else "",
            due_before=action.values["forecast_due"],
            settles=amendment.settles,
            agrees=amendment.agrees,
        )
        shown = self._shown(change, action)
        if amendment.replaces_update and len(shown) > 1:
            shown = {name: pair for name, pair in shown.items() if pair[0] != pair[1]} or shown
        change.shown.update(shown)
        return change, problems

    def _new(self, wanted: Wanted, record: ActionRecord, belonging: Belonging, amendment: Amendment) -> RowChange:
        home, objective_id = belonging.home, belonging.objective_id
        values = dict(wanted.values)
        due = values.get("baseline_due") or values.get("forecast_due")
        if due is not None:
            values.setdefault("baseline_due", due)
            values.setdefault("forecast_due", due)
        values["status"] = first_status(wanted, self._today)
        values["theme_id"], values["theme_text"] = home.theme_id, "" if home.theme_id else home.text
        values["objective_id"] = objective_id
        if record.objective is not None and objective_id is None:
            values["objective_text"] = record.objective.text
        values["lead_text"] = wanted.lead_text
        change = RowChange(
            None,
            0,
            values,
            {},
            wanted.lead_person,
            wanted.lead_organisation,
            wanted.supporters,
            tuple(PlannedUpdate(update) for update in wanted.updates),
            source=belonging.source,
            source_ref=belonging.ref,
            new_theme=belonging.new_theme,
            settles=amendment.settles,
        )
        change.shown.update(self._shown(change, _NO_ACTION))
        return change

    def _moved(
        self, record: ActionRecord, wanted: Wanted, action: KnownAction, problems: list[Problem]
    ) -> dict[str, Any]:
        """Return the columns whose value the file changes."""
        now = action.values
        moved = {name: value for name, value in wanted.values.items() if now[name] != value}
        if "baseline_due" in moved and self._known.plan.approved_on is not None:
            del moved["baseline_due"]
            message = "The plan is approved, so its baseline stays; change it by hand with a reason if it must change."
            cell = record.baseline_due.cell if record.baseline_due else ""
            problems.append(Problem(record.sheet, cell, ProblemLevel.WARNING, message))
        if proposes_complete(wanted) and now["status"].is_open:
            moved["status"] = LifecycleStatus.COMPLETE
        if now["baseline_due"] is None and "forecast_due" in moved:
            moved.setdefault("baseline_due", moved["forecast_due"])
        for text, dates in TEXT_OF.items():
            # the same date written otherwise is no change; words that could not be read are
            could_read = any(name in wanted.values for name in dates)
            if text in moved and could_read and not any(name in moved for name in dates):
                del moved[text]
        if "forecast_due" in moved and now["due_kind"] is not None:
            moved["due_kind"] = None
        unread = _unread(record, now["unread"])
        if unread != now["unread"]:
            moved["unread"] = unread
        return moved

    def _moved_home(self, record: ActionRecord, action: KnownAction, belonging: Belonging) -> dict[str, Any]:
        now, home, objective_id = action.values, belonging.home, belonging.objective_id
        moved: dict[str, Any] = {}
        if objective_id is not None and objective_id != now["objective_id"]:
            moved["objective_id"] = objective_id
        weak = record.theme_source is ThemeSource.SHEET and now["theme_id"] is not None
        if home.theme_id is not None and home.theme_id != now["theme_id"] and not weak:
            moved |= {"theme_id": home.theme_id, "theme_text": ""}
        elif home.theme_id is None and home.text and now["theme_id"] is None and home.text != now["theme_text"]:
            moved["theme_text"] = home.text
        return moved

    def _moved_people(self, wanted: Wanted, action: KnownAction) -> "_People":
        """Return who is to lead and support where that changes, None each where it stays."""
        now = action.values
        person, organisation, supporters = wanted.lead_person, wanted.lead_organisation, wanted.supporters
        if person is not None and not person.is_new and person.person_id == now["lead_person_id"]:
            person = None
        if (
            organisation is not None
            and not organisation.is_new
            and organisation.organisation_id == now["lead_organisation_id"]
        ):
            organisation = None
        if supporters is not None and not any(each.is_new for each in supporters):
            asked = {(each.person_id, each.organisation_id) for each in supporters}
            supporters = None if asked == set(action.supporters) else supporters
        return _People(person, organisation, supporters)

    def _new_updates(self, wanted: Wanted, action: KnownAction) -> Iterator[PlannedUpdate]:
        for update in wanted.updates:
            same_period = [each for each in action.updates if update.period and each.period == update.period]
            if any(_says(each, update) for each in same_period):
                continue
            if same_period:
                yield PlannedUpdate(update, same_period[-1].id)
            elif not _is_known(update, action):
                yield PlannedUpdate(update)

    def _shown(self, change: RowChange, action: KnownAction) -> dict[str, tuple[Any, Any]]:
        """Return each change for people, and for JSON, under the names that lists use."""
        now, values = action.values, change.values
        shown: dict[str, tuple[Any, Any]] = {}
        for name, value in values.items():
            before = now.get(name)
            if not (value or before) or (name in UNSHOWN and not (name == "unread" and len(values) == 1)):
                continue
            old, new = self._named(name, before), self._named(name, value)
            if (old or None) != (new or None):
                shown[SHOWN_AS.get(name, name)] = (old if old != "" else None, new)
        if change.source_ref and not change.is_new:
            shown["source_ref"] = (action.sources.get(change.source), change.source_ref)
        shown |= self._shown_people(change, action)
        for planned in change.updates:
            shown |= _shown_update(planned.wanted, action)
        if len(shown) > 1:
            shown.pop("unread", None)  # what could be read now says it better
        return shown

    def _shown_people(self, change: RowChange, action: KnownAction) -> dict[str, tuple[Any, Any]]:
        now = action.values
        shown: dict[str, tuple[Any, Any]] = {}
        if change.lead_person is not None:
            shown["lead_officer"] = (self._asking.person_name(now.get("lead_person_id")), change.lead_person.name)
        if change.lead_organisation is not None:
            old_partner = self._asking.organisation_name(now.get("lead_organisation_id"))
            shown["lead_partner"] = (old_partner, change.lead_organisation.name)
        if change.supporters is not None:
            shown |= self._shown_supporters(change.supporters, action)
        return shown

    def _shown_supporters(self, supporters: tuple[Someone, ...], action: KnownAction) -> dict[str, tuple[Any, Any]]:
        people = [self._asking.person_name(person) for person, _ in action.supporters if person is not None]
        partners = [self._asking.organisation_name(other) for _, other in action.supporters if other is not None]
        new_people = [each.name for each in supporters if not each.is_organisation]
        new_partners = [each.name for each in supporters if each.is_organisation]
        shown: dict[str, tuple[Any, Any]] = {}
        if people != new_people:
            shown["supporting_people"] = (people or None, new_people)
        if partners != new_partners:
            shown["supporting_partners"] = (partners or None, new_partners)
        return shown

    def _named(self, name: str, value: Any) -> Any:
        if value is None:
            return None
        if name == "theme_id":
            return self._themes.get(value)
        if name == "objective_id":
            return self._objectives.get(value)
        if name == "lead_person_id":
            return self._asking.person_name(value)
        if name == "lead_organisation_id":
            return self._asking.organisation_name(value)
        return encode(value)


class _People(NamedTuple):
    """Who is to lead and support an action, None each where that stays as it is."""

    lead_person: Someone | None
    lead_organisation: Someone | None
    supporters: tuple[Someone, ...] | None

    @property
    def leads(self) -> bool:
        """Say whether the lead changes."""
        return self.lead_person is not None or self.lead_organisation is not None


_TOLD_BESIDE = ("next_steps", "reason", "help_needed", "recovery_date")
"""What a report says beside what was done and its rating."""

_NO_ACTION = KnownAction({"version": 0})


def _unread(record: ActionRecord, before: dict[str, str]) -> dict[str, str]:
    """Return, by field, the words that stay unread: those of before whose cells are blank now, and those of the row."""
    unread = record.unread if record.problems else {}
    if not before:
        return unread
    filled = {name for name, _ in record.filled()}
    return {name: text for name, text in before.items() if name not in filled} | unread


def _says(known: KnownUpdate, update: WantedUpdate) -> bool:
    """Say whether an update in the store says all that the file's says."""
    return (
        (not update.done or known.done == update.done)
        and (update.rag is None or known.rag == update.rag)
        and all(not (told := getattr(update, name)) or getattr(known, name) == told for name in _TOLD_BESIDE)
    )


def _is_known(update: WantedUpdate, action: KnownAction) -> bool:
    """Say whether the file's update is in the store: its words were posted before, or its RAG is the present one."""
    if update.done:
        return any(_says(each, update) for each in action.updates)
    for name in _TOLD_BESIDE:
        told = getattr(update, name)
        if told and all(getattr(each, name) != told for each in action.updates):
            return False
    return update.rag is None or update.rag == action.rag


def _shown_update(update: WantedUpdate, action: KnownAction) -> dict[str, tuple[Any, Any]]:
    shown: dict[str, tuple[Any, Any]] = {}
    if update.done:
        latest = next((each.done for each in reversed(action.updates) if each.done), None)
        if latest != update.done:
            shown["latest_update"] = (latest, update.done)
    if update.rag is not None and update.rag != action.rag:
        shown["rag"] = (action.rag, update.rag)
    for name in _TOLD_BESIDE:
        told = getattr(update, name)
        before = getattr(action.updates[-1], name) if action.updates else None
        if told and (told != before or name == "next_steps"):
            shown[name] = (encode(before) or None, encode(told))
    if not shown:
        shown["update"] = (None, update.done or update.rag)
    return shown
