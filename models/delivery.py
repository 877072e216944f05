"""What keeps delivery going: referral pathways, risks, and the partnership's calendar."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row
from models.terms import KeyDateKind, RiskStatus


class ReferralPathway(Row):
    """Where a concern goes: one line of the directory that front-line officers use. No case is ever kept here."""

    __tablename__ = "referral_pathway"

    concern: Mapped[str]
    threshold: Mapped[str] = mapped_column(default="")
    first_contact: Mapped[str] = mapped_column(default="")
    out_of_hours: Mapped[str] = mapped_column(default="")
    form: Mapped[str] = mapped_column(default="")
    legal_basis: Mapped[str] = mapped_column(default="")
    response_time: Mapped[str] = mapped_column(default="")
    owner_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    review_date: Mapped[date | None] = mapped_column(default=None)


class Risk(Row):
    """A risk to delivery: how likely and how grave it is now, and is to be; 1 is least, 5 is most."""

    __tablename__ = "risk"
    __table_args__ = (
        CheckConstraint("likelihood BETWEEN 1 AND 5", name="likelihood"),
        CheckConstraint("impact BETWEEN 1 AND 5", name="impact"),
    )

    ref: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    likelihood: Mapped[int]
    impact: Mapped[int]
    controls: Mapped[str] = mapped_column(default="")
    target_likelihood: Mapped[int | None] = mapped_column(default=None)
    target_impact: Mapped[int | None] = mapped_column(default=None)
    owner_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    review_date: Mapped[date | None] = mapped_column(default=None)
    status: Mapped[RiskStatus] = mapped_column(default=RiskStatus.OPEN)


class RiskLink(Row):
    """What a risk is a risk to; exactly one column names it."""

    __tablename__ = "risk_link"

    risk_id: Mapped[int] = mapped_column(ForeignKey("risk.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True, default=None)
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"), index=True, default=None)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True, default=None)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True, default=None)
    operation_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"), index=True, default=None)
    order_clause_id: Mapped[int | None] = mapped_column(ForeignKey("order_clause.id"), index=True, default=None)
    log_entry_id: Mapped[int | None] = mapped_column(ForeignKey("log_entry.id"), index=True, default=None)


class ReportingPeriod(Row):
    """A period that is reported on: when figures are cut off, when papers go out, which meeting reads them."""

    __tablename__ = "reporting_period"

    label: Mapped[str] = mapped_column(unique=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    cut_off: Mapped[date | None] = mapped_column(default=None)
    papers_date: Mapped[date | None] = mapped_column(default=None)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True, default=None)


class KeyDate(Row):
    """A date of the calendar that no other register holds. One that comes back does so every ``repeat_months``."""

    __tablename__ = "key_date"

    title: Mapped[str]
    due: Mapped[date]
    kind: Mapped[KeyDateKind] = mapped_column(default=KeyDateKind.OTHER)
    repeat_months: Mapped[int | None] = mapped_column(default=None)
    owner_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    done_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
