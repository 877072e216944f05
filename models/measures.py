"""Measures of success: what is measured, what is aimed at, and what was read. Values are kept in thousandths."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row
from models.terms import CohortFigure, Frequency, MeasureUnit, Polarity


class Measure(Row):
    """What is measured. ``baseline_thousandths`` is None while there is none yet.

    ``tolerance_percent`` is how far, in per cent of the target, a reading may miss it and still be amber.
    ``cohort_id`` and ``cohort_figure`` name the outcomes of a cohort that feed it.
    """

    __tablename__ = "measure"

    ref: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True, default=None)
    owner_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, default=None)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    unit: Mapped[MeasureUnit] = mapped_column(default=MeasureUnit.COUNT)
    polarity: Mapped[Polarity] = mapped_column(default=Polarity.LOWER)
    frequency: Mapped[Frequency] = mapped_column(default=Frequency.QUARTERLY)
    baseline_thousandths: Mapped[int | None] = mapped_column(default=None)
    baseline_period: Mapped[str] = mapped_column(default="")
    tolerance_percent: Mapped[int] = mapped_column(default=5)
    source: Mapped[str] = mapped_column(default="")
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True, default=None)
    cohort_figure: Mapped[CohortFigure | None] = mapped_column(default=None)


class MeasureObjective(Row):
    """An objective that a measure tells of."""

    __tablename__ = "measure_objective"
    __table_args__ = (UniqueConstraint("measure_id", "objective_id"),)

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"), index=True)


class Target(Row):
    """What is aimed at in a period."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("measure_id", "first_day", "last_day"),)

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    period: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    thousandths: Mapped[int]


class Reading(Row):
    """What was read for a period: the value, or the numerator and denominator that it is worked out of."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("measure_id", "first_day", "last_day"),)

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    period: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    numerator: Mapped[int | None] = mapped_column(default=None)
    denominator: Mapped[int | None] = mapped_column(default=None)
    thousandths: Mapped[int | None] = mapped_column(default=None)
    is_provisional: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
