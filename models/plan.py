"""The plan model: one for every plan, whatever its kind. See the domain's three dates, four separate judgements."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row
from models.vocabulary import DueKind, LifecycleStatus, PlanKind, RagShape


class RagScheme(Row):
    """How a plan judges progress: its values lie in ``rag_value``. The default is BRAG."""

    __tablename__ = "rag_scheme"

    name: Mapped[str]


class RagValue(Row):
    """One value of a scheme: letter, word, meaning, and how it is drawn (shape and colours, never colour alone)."""

    __tablename__ = "rag_value"
    __table_args__ = (UniqueConstraint("scheme_id", "letter"),)

    scheme_id: Mapped[int] = mapped_column(ForeignKey("rag_scheme.id"), index=True)
    letter: Mapped[str]
    word: Mapped[str]
    meaning: Mapped[str]
    position: Mapped[int]
    shape: Mapped[RagShape]
    fill: Mapped[str]
    ink: Mapped[str]
    needs_reason: Mapped[bool] = mapped_column(default=False)


class Strategy(Row):
    """A named strategy that delivers objectives: anti-social behaviour, drugs and alcohol, and so on."""

    __tablename__ = "strategy"

    name: Mapped[str]
    owner_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    review_date: Mapped[date | None] = mapped_column(default=None)
    summary: Mapped[str] = mapped_column(default="")


class Plan(Row):
    """A dated plan of a group. Open until it is closed or superseded by another."""

    __tablename__ = "plan"

    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    kind: Mapped[PlanKind]
    rag_scheme_id: Mapped[int] = mapped_column(ForeignKey("rag_scheme.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"), index=True, default=None)
    starts: Mapped[date | None] = mapped_column(default=None)
    ends: Mapped[date | None] = mapped_column(default=None)
    approved_on: Mapped[date | None] = mapped_column(default=None)
    closed_on: Mapped[date | None] = mapped_column(default=None)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True, default=None)
    update_cycle_months: Mapped[int] = mapped_column(default=3)


class Theme(Row):
    """A theme of a plan, or, where it lies within another theme, a strand."""

    __tablename__ = "theme"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True, default=None)
    number: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class Objective(Row):
    """What a theme sets out to do. One home theme; it may serve others and name the strategy that delivers it."""

    __tablename__ = "objective"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    number: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    strategy_id: Mapped[int | None] = mapped_column(ForeignKey("strategy.id"), index=True, default=None)
    position: Mapped[int] = mapped_column(default=0)


class ObjectiveTheme(Row):
    """A theme that an objective serves beside its home."""

    __tablename__ = "objective_theme"
    __table_args__ = (UniqueConstraint("objective_id", "theme_id"),)

    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"), index=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)


class Action(Row):
    """A piece of work with one accountable lead.

    ``*_text`` keep the words that a file gave beside what was read from them; ``unread`` keeps, by field, text that
    could not be read at all. ``theme_text`` is the heading an action arrived under when the plan has no such theme.
    """

    __tablename__ = "action"
    __table_args__ = (CheckConstraint("percent IS NULL OR (percent >= 0 AND percent <= 100)", name="percent"),)

    ref: Mapped[str] = mapped_column(unique=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True, default=None)
    theme_text: Mapped[str] = mapped_column(default="")
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"), index=True, default=None)
    objective_text: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    title_folded: Mapped[str] = mapped_column(index=True)
    description: Mapped[str] = mapped_column(default="")
    lead_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    lead_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    lead_text: Mapped[str] = mapped_column(default="")
    status: Mapped[LifecycleStatus] = mapped_column(default=LifecycleStatus.NOT_STARTED)
    start: Mapped[date | None] = mapped_column(default=None)
    start_text: Mapped[str] = mapped_column(default="")
    baseline_due: Mapped[date | None] = mapped_column(default=None)
    forecast_due: Mapped[date | None] = mapped_column(default=None)
    due_kind: Mapped[DueKind | None] = mapped_column(default=None)
    due_text: Mapped[str] = mapped_column(default="")
    actual_end: Mapped[date | None] = mapped_column(default=None)
    review_date: Mapped[date | None] = mapped_column(default=None)
    percent: Mapped[int | None] = mapped_column(default=None)
    success_measure: Mapped[str] = mapped_column(default="")
    resources: Mapped[str] = mapped_column(default="")
    unread: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True, default=None)


class ActionSource(Row):
    """The ref that an owner's file gives an action. ``source`` names the owner or layout; refs are theirs, not ours."""

    __tablename__ = "action_source"
    __table_args__ = (UniqueConstraint("action_id", "source"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    source: Mapped[str] = mapped_column(index=True)
    source_ref: Mapped[str]


class ActionSupport(Row):
    """A person or organisation that supports an action, in the order given."""

    __tablename__ = "action_support"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    position: Mapped[int] = mapped_column(default=0)


class Milestone(Row):
    """A dated step on the way of an action, with the same three dates."""

    __tablename__ = "milestone"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    title: Mapped[str]
    status: Mapped[LifecycleStatus] = mapped_column(default=LifecycleStatus.NOT_STARTED)
    baseline_due: Mapped[date | None] = mapped_column(default=None)
    forecast_due: Mapped[date | None] = mapped_column(default=None)
    actual_end: Mapped[date | None] = mapped_column(default=None)
    position: Mapped[int] = mapped_column(default=0)


class ProgressUpdate(Row):
    """One dated report on an action; never overwritten. ``rag`` is a letter of the plan's scheme."""

    __tablename__ = "progress_update"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    dated: Mapped[date]
    period: Mapped[str] = mapped_column(default="")
    author_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    author_text: Mapped[str] = mapped_column(default="")
    done: Mapped[str] = mapped_column(default="")
    next_steps: Mapped[str] = mapped_column(default="")
    rag: Mapped[str | None] = mapped_column(default=None)
    rag_text: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    recovery_date: Mapped[date | None] = mapped_column(default=None)
    forecast_due: Mapped[date | None] = mapped_column(default=None)
    percent: Mapped[int | None] = mapped_column(default=None)
    help_needed: Mapped[str] = mapped_column(default="")
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("progress_update.id"), index=True, default=None)


class Rebaseline(Row):
    """A change of an approved baseline, with its reason: moving a date hides nothing."""

    __tablename__ = "rebaseline"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    on: Mapped[date]
    old_due: Mapped[date | None] = mapped_column(default=None)
    new_due: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str]
