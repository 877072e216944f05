"""The forms of the action log's steps: complete, close, withdraw, and make it a plan's action."""

from datetime import date

from csp_desktop.commands.log import close_entry, complete_entry, drop_entry, promote_entry
from csp_desktop.errors import CspError
from csp_desktop.queries.action_log import LogLine, list_log
from csp_desktop.queries.meetings import list_meetings
from csp_desktop.queries.plans import list_plans, list_themes
from csp_desktop.store import Store
from ui.forms.fields import ChoiceField, DateField, LongTextField, Values
from ui.forms.form import FormSpec

COMPLETE, CLOSE, DROP, PROMOTE = "complete-log-entry", "close-log-entry", "drop-log-entry", "promote-log-entry"
BETWEEN = "Between meetings, on the day below"
INDENT = "    "


def completing(store: Store, line: LogLine, today: date) -> FormSpec:
    """Return the form with which its owner's completion is noted."""

    def save(values: Values) -> None:
        complete_entry(store, line.id, line.version, values.day("completed_on") or today, values.text("position"))

    return FormSpec(
        title=f"Complete {line.ref}",
        fields=(
            DateField(key="completed_on", label="Completed on", required=True, today=today, value=today),
            LongTextField(
                key="position",
                label="How it was done",
                hint="Added to where it stands. The group closes it at its next meeting.",
                value="",
            ),
        ),
        save_words="Complete",
        save=save,
        name=COMPLETE,
        ids=(line.id,),
    )


def closing(store: Store, line: LogLine, today: date) -> FormSpec:
    """Return the form with which the group closes what its owner has completed."""
    meetings = [each for each in list_meetings(store, line.group_id) if each.held_on <= today]

    def save(values: Values) -> None:
        close_entry(store, line.id, line.version, values.number("closed_at"), values.day("closed_on"))

    return FormSpec(
        title=f"Close {line.ref}",
        fields=(
            ChoiceField(
                key="closed_at",
                label="Closed at",
                hint="Only the group closes an entry of its log.",
                choices=(*((each.id, each.name) for each in meetings), (None, BETWEEN)),
                value=meetings[0].id if meetings else None,
            ),
            DateField(
                key="closed_on", label="Closed on", hint="Blank for the day of the meeting.", today=today, value=None
            ),
        ),
        save_words="Close entry",
        save=save,
        name=CLOSE,
        ids=(line.id,),
    )


def dropping(store: Store, line: LogLine, today: date) -> FormSpec:
    """Return the form that withdraws an entry which will not be done, with the reason."""

    def save(values: Values) -> None:
        drop_entry(store, line.id, line.version, today, values.text("position"))

    return FormSpec(
        title=f"{line.ref} will not be done",
        fields=(
            LongTextField(
                key="position",
                label="Why it will not be done",
                hint="The entry stays to be read, with its reason, and is no longer carried forward.",
                required=True,
                value="",
            ),
        ),
        save_words="Take it off the log",
        save=save,
        name=DROP,
        ids=(line.id,),
    )


def promoting(store: Store, line: LogLine) -> FormSpec:
    """Return the form that makes an entry an action of an open plan. Raises CspError where no plan is open."""
    plans = [plan for plan in list_plans(store) if plan.is_open]
    if not plans:
        raise CspError("No plan is open, so there is none to take this action. Open or add a plan first.")
    choices: list[tuple[object, str]] = []
    for plan in plans:
        choices.append(((plan.id, None), f"{plan.title}, no theme"))
        for theme in list_themes(store, plan.id):
            number = f"{theme.number} " if theme.number else ""
            choices.append(((plan.id, theme.id), f"{INDENT}{INDENT * theme.depth}{number}{theme.title}"))

    def save(values: Values) -> None:
        plan_id, theme_id = values.one_of("theme", tuple)
        promote_entry(store, line.id, plan_id, theme_id)

    return FormSpec(
        title=f"Make {line.ref} a plan action",
        fields=(
            ChoiceField(
                key="theme",
                label="Plan and theme",
                hint="The action takes its words, owner and date. The entry stays in the log until it is closed.",
                choices=tuple(choices),
                value=choices[0][0],
            ),
        ),
        save_words="Make plan action",
        save=save,
        name=PROMOTE,
        ids=(line.id,),
    )


def log_form_again(store: Store, name: str, ids: tuple[int, ...], today: date) -> FormSpec | None:
    """Return a form of the log by its name, None for a form of another kind. Raises CspError where it is gone."""
    if name not in {COMPLETE, CLOSE, DROP, PROMOTE}:
        return None
    line = next((line for line in list_log(store) if line.id == ids[0]), None)
    if line is None:
        raise CspError("This entry is no longer in the log: it was taken out by an undo.")
    if name == PROMOTE:
        return promoting(store, line)
    return {COMPLETE: completing, CLOSE: closing, DROP: dropping}[name](store, line, today)
