"""The forms of an action: add, edit, post an update, add and edit a milestone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.charts.rag import RagMark
from csp_desktop.commands.actions import (
    ActionValues,
    MilestoneValues,
    add_action,
    add_milestone,
    edit_action,
    edit_milestone,
    post_update,
    rebaseline,
    set_supporters,
)
from csp_desktop.errors import CspError
from csp_desktop.queries.actions import ActionRow
from csp_desktop.queries.details import (
    ActionFacts,
    SupporterRow,
    action_facts,
    list_milestones,
    list_supporters,
)
from csp_desktop.queries.plans import ObjectiveRow, ThemeRow, list_objectives, list_themes
from csp_desktop.store import Store
from models.vocabulary import DueKind, LifecycleStatus
from ui.forms.fields import (
    ChoiceField,
    DateField,
    Field,
    LongTextField,
    PercentField,
    PersonField,
    RagField,
    TextField,
    Values,
)
from ui.forms.form import FormSpec
from ui.forms.known import Known
from ui.forms.words import shown_date

DUE_KINDS: tuple[tuple[object, str], ...] = (
    (None, "On the date above"),
    *((kind, kind.label) for kind in DueKind),
)
ADD_ACTION, EDIT_ACTION, POST_UPDATE = "add-action", "edit-action", "post-update"
ADD_MILESTONE, EDIT_MILESTONE, REBASELINE = "add-milestone", "edit-milestone", "rebaseline"
STATUSES: tuple[tuple[object, str], ...] = tuple((status, status.label) for status in LifecycleStatus)


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What an action's form offers of its plan: themes and strands, objectives, and everyone known."""

    plan_id: int
    themes: Sequence[ThemeRow]
    objectives: Sequence[ObjectiveRow]
    known: Known
    today: date

    @classmethod
    def read(cls, store: Store, plan_id: int, today: date) -> "PlanWords":
        """Read what the store holds now."""
        themes, objectives = list_themes(store, plan_id), list_objectives(store, plan_id)
        return cls(plan_id, themes, objectives, Known.read(store), today)


def adding(store: Store, words: PlanWords, theme_id: int | None, objective_id: int | None) -> FormSpec:
    """Return the form of a new action, starting where the tree stands."""
    fields = _fields(words, None, ())
    start = {"theme_id": theme_id, "objective_id": objective_id}
    placed = tuple(_starting(field, start) for field in fields)

    def save(values: Values) -> None:
        with store.write("Add an action"):
            supporters = words.known.supporters(store, values.names("supporters"))
            add_action(store, words.plan_id, supporters, **_values(store, words, values, everything=True))

    return FormSpec(
        title="Add an action",
        fields=placed,
        save_words="Add action",
        save=save,
        name=ADD_ACTION,
        ids=(words.plan_id,),
    )


def editing(store: Store, words: PlanWords, action_id: int) -> FormSpec:
    """Return the form of an action as it stands. Raises CspError where it is gone."""
    facts = action_facts(store, action_id)
    supporters = list_supporters(store, action_id)

    def save(values: Values) -> None:
        with store.write("Edit an action"):
            changed = _values(store, words, values, everything=False)
            if changed:
                edit_action(store, action_id, facts.version, **changed)
            if "supporters" in values.changed:
                set_supporters(store, action_id, words.known.supporters(store, values.names("supporters")))

    return FormSpec(
        title=f"Edit {facts.ref}",
        fields=_fields(words, facts, supporters),
        save_words="Save action",
        save=save,
        again=lambda: editing(store, PlanWords.read(store, words.plan_id, words.today), action_id),
        name=EDIT_ACTION,
        ids=(words.plan_id, action_id),
    )


def _fields(words: PlanWords, facts: ActionFacts | None, supporters: Sequence[SupporterRow]) -> tuple[Field, ...]:
    themes = tuple((theme.id, "   " * theme.depth + f"{theme.number} {theme.title}".strip()) for theme in words.themes)
    objectives = tuple((row.id, f"{row.number} {row.title}".strip()) for row in words.objectives)
    known = words.known

    def held(name: str) -> object:
        return None if facts is None else getattr(facts, name)

    lead = known.person_name(facts.lead_person_id) or facts.lead_text if facts else ""
    return (
        LongTextField(key="title", label="Action", required=True, lines=2, value=held("title")),
        ChoiceField(key="theme_id", label="Theme", choices=((None, "No theme"), *themes), value=held("theme_id")),
        ChoiceField(
            key="objective_id",
            label="Objective",
            choices=((None, "No objective"), *objectives),
            value=held("objective_id"),
        ),
        PersonField(key="lead_person_id", label="Lead officer", known=known.people_names, value=lead),
        ChoiceField(
            key="lead_organisation_id",
            label="Lead partner",
            choices=((None, "No partner"), *known.organisation_choices),
            value=held("lead_organisation_id"),
        ),
        PersonField(
            key="supporters",
            label="Supporting people and partners",
            known=known.all_names,
            many=True,
            value=tuple(supporter.name for supporter in supporters),
        ),
        ChoiceField(key="status", label="Status", choices=STATUSES, value=held("status")),
        DateField(key="start", label="Start", today=words.today, value=held("start")),
        DateField(
            key="forecast_due",
            label="Due",
            hint="The date now expected. The first one given stays as the baseline.",
            today=words.today,
            value=held("forecast_due"),
        ),
        ChoiceField(key="due_kind", label="Due is", choices=DUE_KINDS, value=held("due_kind")),
        DateField(key="review_date", label="Next review", today=words.today, value=held("review_date")),
        DateField(key="actual_end", label="Ended", today=words.today, value=held("actual_end")),
        LongTextField(key="success_measure", label="How we will know", lines=2, value=held("success_measure")),
        LongTextField(key="description", label="Description", lines=3, value=held("description")),
        TextField(key="resources", label="Resources", value=held("resources")),
    )


def _starting(field: Field, start: dict[str, int | None]) -> Field:
    if isinstance(field, ChoiceField) and field.key in start:
        return ChoiceField(key=field.key, label=field.label, choices=field.choices, value=start[field.key])
    return field


def _values(store: Store, words: PlanWords, values: Values, *, everything: bool) -> ActionValues:
    """Return what the form holds as the command takes it: all of it, or only what was changed."""

    def wanted(key: str) -> bool:
        return everything or key in values.changed

    made: ActionValues = {}
    if wanted("title"):
        made["title"] = " ".join(values.text("title").split())
    if wanted("theme_id"):
        made["theme_id"] = values.number("theme_id")
    if wanted("objective_id"):
        made["objective_id"] = values.number("objective_id")
    if wanted("lead_person_id"):
        made["lead_person_id"] = words.known.person_id(store, values.text("lead_person_id"))
    if wanted("lead_organisation_id"):
        made["lead_organisation_id"] = values.number("lead_organisation_id")
    return made | _standing(values, wanted) | _texts(values, wanted)


def _standing(values: Values, wanted: Callable[[str], bool]) -> ActionValues:
    made: ActionValues = {}
    if wanted("status"):
        made["status"] = values.one_of("status", LifecycleStatus)
    if wanted("due_kind"):
        made["due_kind"] = values.one_of_or_none("due_kind", DueKind)
    if wanted("start"):
        made["start"] = values.day("start")
    if wanted("forecast_due"):
        made["forecast_due"] = values.day("forecast_due")
    if wanted("review_date"):
        made["review_date"] = values.day("review_date")
    if wanted("actual_end"):
        made["actual_end"] = values.day("actual_end")
    return made


def _texts(values: Values, wanted: Callable[[str], bool]) -> ActionValues:
    made: ActionValues = {}
    if wanted("success_measure"):
        made["success_measure"] = values.text("success_measure")
    if wanted("description"):
        made["description"] = values.text("description")
    if wanted("resources"):
        made["resources"] = values.text("resources")
    return made


def updating(store: Store, row: ActionRow, marks: tuple[RagMark, ...], today: date) -> FormSpec:
    """Return the form of a progress update; it starts from where the action stands."""

    def save(values: Values) -> None:
        percent = values.number("percent")
        forecast = values.day("forecast_due")
        post_update(
            store,
            row.id,
            values.day("dated") or today,
            done=values.text("done"),
            next_steps=values.text("next_steps"),
            rag=values.letter("rag"),
            reason=values.text("reason"),
            recovery_date=values.day("recovery_date"),
            forecast_due=forecast if "forecast_due" in values.changed else None,
            percent=percent if "percent" in values.changed else None,
            help_needed=values.text("help_needed"),
        )

    fields: tuple[Field, ...] = (
        LongTextField(key="done", label="What was done", lines=4),
        RagField(key="rag", label="RAG", marks=marks, value=row.rag),
        LongTextField(key="reason", label="Reason", hint="Needed with Amber and Red.", lines=2),
        DateField(key="recovery_date", label="Back on track by", hint="Needed with Amber and Red.", today=today),
        LongTextField(key="next_steps", label="Next steps", lines=3),
        PercentField(key="percent", label="Percent complete", value=row.percent),
        DateField(key="forecast_due", label="Now expected by", today=today, value=row.forecast_due),
        LongTextField(key="help_needed", label="Help needed from the Board", lines=2),
        DateField(key="dated", label="Dated", today=today, value=today, required=True),
    )
    return FormSpec(
        title=f"Post an update on {row.ref}",
        fields=fields,
        save_words="Post update",
        save=save,
        name=POST_UPDATE,
        ids=(row.plan_id, row.id),
    )


def rebaselining(store: Store, row: ActionRow, today: date) -> FormSpec:
    """Return the form that changes an approved baseline; the old date and the reason are kept."""

    def save(values: Values) -> None:
        rebaseline(store, row.id, values.day("new_due"), values.text("reason"), today)

    before = shown_date(row.baseline_due) or "none"
    fields: tuple[Field, ...] = (
        DateField(
            key="new_due",
            label="New baseline",
            hint=f"The plan is approved; its baseline is {before}. The old date stays in the history.",
            today=today,
            value=row.baseline_due,
        ),
        LongTextField(key="reason", label="Reason", hint="Why the first date no longer holds.", lines=3, required=True),
    )
    return FormSpec(
        title=f"Re-baseline {row.ref}",
        fields=fields,
        save_words="Re-baseline",
        save=save,
        name=REBASELINE,
        ids=(row.plan_id, row.id),
    )


def adding_milestone(store: Store, row: ActionRow, today: date) -> FormSpec:
    """Return the form of a new milestone."""

    def save(values: Values) -> None:
        add_milestone(store, row.id, values.text("title"), values.day("due"))

    fields: tuple[Field, ...] = (
        TextField(key="title", label="What will have been reached", required=True),
        DateField(key="due", label="Due", today=today),
    )
    return FormSpec(
        title=f"Add a milestone to {row.ref}",
        fields=fields,
        save_words="Add milestone",
        save=save,
        name=ADD_MILESTONE,
        ids=(row.plan_id, row.id),
    )


def editing_milestone(store: Store, row: ActionRow, milestone_id: int, today: date) -> FormSpec:
    """Return the form of a milestone as it stands. Raises CspError where it is gone."""
    milestone = next((known for known in list_milestones(store, row.id) if known.id == milestone_id), None)
    if milestone is None:
        raise CspError("This milestone is no longer in the store: it was taken out by an undo.")
    version = milestone.version

    def save(values: Values) -> None:
        made: MilestoneValues = {
            "title": values.text("title"),
            "status": values.one_of("status", LifecycleStatus),
            "forecast_due": values.day("forecast_due"),
            "actual_end": values.day("actual_end"),
        }
        edit_milestone(store, milestone_id, version, **made)

    fields: tuple[Field, ...] = (
        TextField(key="title", label="What will have been reached", required=True, value=milestone.title),
        ChoiceField(key="status", label="Status", choices=STATUSES, value=milestone.status),
        DateField(key="forecast_due", label="Due", today=today, value=milestone.forecast_due),
        DateField(key="actual_end", label="Reached on", today=today, value=milestone.actual_end),
    )
    return FormSpec(
        title="Edit a milestone",
        fields=fields,
        save_words="Save milestone",
        save=save,
        again=lambda: editing_milestone(store, row, milestone_id, today),
        name=EDIT_MILESTONE,
        ids=(row.plan_id, row.id, milestone_id),
    )
