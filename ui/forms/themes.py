"""The forms of a plan's themes, strands and objectives."""

from csp_desktop.commands.plans import (
    add_objective,
    add_theme,
    edit_objective,
    edit_theme,
    set_served_themes,
)
from csp_desktop.errors import CspError
from csp_desktop.queries.plans import ObjectiveRow, list_objectives, list_strategies, list_themes
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from ui.forms.fields import ChoiceField, Field, LongTextField, SeveralField, TextField, Values
from ui.forms.form import FormSpec

THEME, NEW_THEME = "theme", "add-theme"
OBJECTIVE, NEW_OBJECTIVE = "objective", "add-objective"
_GONE = "This is no longer in the store: it was taken out by an undo. Nothing was changed."


def theme_form(store: Store, plan_id: int, theme_id: int | None) -> FormSpec:
    """Return the form of a theme or strand as it stands, or of a new one. Raises CspError where it is gone."""
    themes = list_themes(store, plan_id)
    row = next((theme for theme in themes if theme.id == theme_id), None)
    if theme_id is not None and row is None:
        raise CspError(_GONE)

    def save(values: Values) -> None:
        title, number, summary = values.text("title"), values.text("number"), values.text("summary")
        parent = values.number("parent_id")
        if row is None:
            add_theme(store, plan_id, title=title, number=number, summary=summary, parent_id=parent)
        else:
            edit_theme(store, row.id, row.version, title=title, number=number, summary=summary, parent_id=parent)

    above: tuple[tuple[object, str], ...] = (
        (None, "Nothing: it is a theme"),
        *((theme.id, f"{theme.number} {theme.title}".strip()) for theme in themes if theme.id != theme_id),
    )
    fields: tuple[Field, ...] = (
        TextField(key="number", label="Number", value=row.number if row else ""),
        LongTextField(key="title", label="Title", lines=2, required=True, value=row.title if row else ""),
        ChoiceField(
            key="parent_id",
            label="Lies within",
            hint="Within another theme it is a strand.",
            choices=above,
            value=row.parent_id if row else None,
        ),
        LongTextField(key="summary", label="Summary", lines=4, value=row.summary if row else ""),
    )
    return FormSpec(
        title="Add a theme" if row is None else "Edit a theme",
        fields=fields,
        save_words="Add theme" if row is None else "Save theme",
        save=save,
        again=None if row is None else lambda: theme_form(store, plan_id, theme_id),
        name=NEW_THEME if row is None else THEME,
        ids=(plan_id,) if theme_id is None else (plan_id, theme_id),
    )


def objective_form(store: Store, plan_id: int, objective_id: int | None) -> FormSpec:
    """Return the form of an objective as it stands, or of a new one. Raises CspError where it is gone."""
    row = next((found for found in list_objectives(store, plan_id) if found.id == objective_id), None)
    if objective_id is not None and row is None:
        raise CspError(_GONE)

    def save(values: Values) -> None:
        home = values.number("theme_id")
        if home is None:
            raise FieldError("theme_id", "An objective needs a home theme; choose one.")
        with store.write("Add an objective" if row is None else "Edit an objective"):
            set_served_themes(store, _saved(store, row, home, values), values.ids("serves"))

    return FormSpec(
        title="Add an objective" if row is None else "Edit an objective",
        fields=_objective_fields(store, plan_id, row),
        save_words="Add objective" if row is None else "Save objective",
        save=save,
        again=None if row is None else lambda: objective_form(store, plan_id, objective_id),
        name=NEW_OBJECTIVE if row is None else OBJECTIVE,
        ids=(plan_id,) if objective_id is None else (plan_id, objective_id),
    )


def _saved(store: Store, row: ObjectiveRow | None, home: int, values: Values) -> int:
    title, number, strategy = values.text("title"), values.text("number"), values.number("strategy_id")
    if row is None:
        return add_objective(store, home, title, number, strategy)
    edit_objective(store, row.id, row.version, theme_id=home, title=title, number=number, strategy_id=strategy)
    return row.id


def _objective_fields(store: Store, plan_id: int, row: ObjectiveRow | None) -> tuple[Field, ...]:
    themes = list_themes(store, plan_id)
    named = tuple((theme.id, f"{theme.number} {theme.title}".strip()) for theme in themes)
    offered = {theme.id for theme in themes if theme.depth == 0} | (row.serves_ids if row else frozenset())
    strategies = tuple((strategy.id, strategy.name) for strategy in list_strategies(store))
    return (
        TextField(key="number", label="Number", value=row.number if row else ""),
        LongTextField(key="title", label="Objective", lines=3, required=True, value=row.title if row else ""),
        ChoiceField(
            key="theme_id",
            label="Home theme",
            choices=(*((key, words) for key, words in named),),
            value=row.theme_id if row else None,
        ),
        SeveralField(
            key="serves",
            label="Also serves",
            hint="The other themes that it helps.",
            choices=tuple((key, words) for key, words in named if key in offered),
            value=row.serves_ids if row else frozenset(),
        ),
        ChoiceField(
            key="strategy_id",
            label="Delivered by",
            choices=((None, "No strategy"), *strategies),
            value=row.strategy_id if row else None,
        ),
    )
