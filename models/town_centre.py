"""What a town-centre plan has beside its actions: places, days of action with what they yielded, orders, feedback."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row
from models.terms import FeedbackSource, OperationStatus
from models.vocabulary import LifecycleStatus


class Place(Row):
    """A place that work happens at. ``across`` and ``down`` are where it lies on a drawn plan, in thousandths of it."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("across IS NULL OR (across >= 0 AND across <= 1000)", name="across"),
        CheckConstraint("down IS NULL OR (down >= 0 AND down <= 1000)", name="down"),
    )

    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True, default=None)
    across: Mapped[int | None] = mapped_column(default=None)
    down: Mapped[int | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")


class Operation(Row):
    """A day of action, or several days: partners at a place, what they did and what came of it."""

    __tablename__ = "operation"

    title: Mapped[str]
    starts: Mapped[date]
    ends: Mapped[date | None] = mapped_column(default=None)
    status: Mapped[OperationStatus] = mapped_column(default=OperationStatus.PLANNED)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True, default=None)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True, default=None)
    lead_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True, default=None)
    summary: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")


class OperationPartner(Row):
    """An organisation that took part in an operation."""

    __tablename__ = "operation_partner"
    __table_args__ = (UniqueConstraint("operation_id", "organisation_id"),)

    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)


class Output(Row):
    """So many of something that an operation yielded: arrests, taxi checks, directions to leave."""

    __tablename__ = "output"
    __table_args__ = (UniqueConstraint("operation_id", "kind_folded"),)

    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id"), index=True)
    kind: Mapped[str]
    kind_folded: Mapped[str]
    count: Mapped[int]


class FollowUp(Row):
    """What an operation left to be done, with its owner and date."""

    __tablename__ = "follow_up"

    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id"), index=True)
    title: Mapped[str]
    owner_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    due: Mapped[date | None] = mapped_column(default=None)
    status: Mapped[LifecycleStatus] = mapped_column(default=LifecycleStatus.NOT_STARTED)
    done_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")


class OrderClause(Row):
    """A clause of a public spaces protection order, which ends on ``expires`` unless it is renewed by another.

    Source: an order lasts three years at most unless extended (Anti-social Behaviour, Crime and Policing Act 2014,
    section 60). ``warn_months`` before it expires it comes up for renewal.
    """

    __tablename__ = "order_clause"

    order_name: Mapped[str]
    clause: Mapped[str]
    requirement: Mapped[str] = mapped_column(default="")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True, default=None)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True, default=None)
    area_text: Mapped[str] = mapped_column(default="")
    starts: Mapped[date | None] = mapped_column(default=None)
    expires: Mapped[date | None] = mapped_column(default=None)
    warn_months: Mapped[int] = mapped_column(default=6)
    owner_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    renewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("order_clause.id"), index=True, default=None)
    note: Mapped[str] = mapped_column(default="")


class Feedback(Row):
    """What the community said of a place, and what was answered."""

    __tablename__ = "feedback"

    dated: Mapped[date]
    source: Mapped[FeedbackSource] = mapped_column(default=FeedbackSource.OTHER)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True, default=None)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True, default=None)
    said: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None] = mapped_column(default=None)


class ActionLink(Row):
    """A partnership action that another plan's action serves."""

    __tablename__ = "action_link"
    __table_args__ = (UniqueConstraint("action_id", "serves_id"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    serves_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
