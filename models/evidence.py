"""What the partnership knows: editions of the strategic intelligence assessment, areas, figures, consultations."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row
from models.reoffending import Loaded
from models.terms import (
    AreaKind,
    AssessmentKind,
    EvidenceQuality,
    Movement,
    PriorityRag,
    Sensitivity,
    Topic,
)


class Assessment(Row):
    """An edition of the strategic intelligence assessment."""

    __tablename__ = "assessment"

    title: Mapped[str]
    year: Mapped[int]
    kind: Mapped[AssessmentKind] = mapped_column(default=AssessmentKind.REFRESH)
    first_day: Mapped[date | None] = mapped_column(default=None)
    last_day: Mapped[date | None] = mapped_column(default=None)
    published_on: Mapped[date | None] = mapped_column(default=None)
    next_due: Mapped[date | None] = mapped_column(default=None)
    summary: Mapped[str] = mapped_column(default="")


class WardSet(Row):
    """The wards that held from one election to another: boundaries move, and figures belong to their own set."""

    __tablename__ = "ward_set"

    name: Mapped[str] = mapped_column(unique=True)
    first_day: Mapped[date | None] = mapped_column(default=None)
    last_day: Mapped[date | None] = mapped_column(default=None)


class Area(Row):
    """A ward of a set, or another area. ``ward_id`` is the ward that a small area or place lies in."""

    __tablename__ = "area"

    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(default="", index=True)
    kind: Mapped[AreaKind] = mapped_column(default=AreaKind.WARD)
    ward_set_id: Mapped[int | None] = mapped_column(ForeignKey("ward_set.id"), index=True, default=None)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True, default=None)
    population: Mapped[int | None] = mapped_column(default=None)


class EvidenceItem(Row):
    """A finding of an edition: what was found where, from whom, how sure, and how pressing it is held to be."""

    __tablename__ = "evidence_item"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    topic: Mapped[Topic]
    title: Mapped[str]
    finding: Mapped[str] = mapped_column(default="")
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True, default=None)
    source_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True, default=None)
    source: Mapped[str] = mapped_column(default="")
    quality: Mapped[EvidenceQuality | None] = mapped_column(default=None)
    sensitivity: Mapped[Sensitivity] = mapped_column(default=Sensitivity.PARTNERSHIP)
    priority: Mapped[PriorityRag | None] = mapped_column(default=None)
    movement: Mapped[Movement | None] = mapped_column(default=None)
    is_spotlight: Mapped[bool] = mapped_column(default=False)


class EvidenceObjective(Row):
    """An objective that answers a finding."""

    __tablename__ = "evidence_objective"
    __table_args__ = (UniqueConstraint("evidence_id", "objective_id"),)

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence_item.id"), index=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"), index=True)


class AreaFigure(Loaded):
    """One figure of an area and a period: so many crimes of a category in a month, or an indicator of a ward.

    ``thousandths`` is the figure as given, in thousandths; ``numerator`` and ``denominator`` where they were given.
    ``area_name`` is as its source writes it; ``ward_set`` names the set that a ward's figure belongs to.
    """

    __tablename__ = "area_figure"
    __table_args__ = (Index("ix_area_figure_place", "indicator", "first_day", "area_name"),)

    indicator: Mapped[str]
    topic: Mapped[Topic | None] = mapped_column(default=None)
    area_name: Mapped[str]
    area_code: Mapped[str] = mapped_column(default="")
    area_kind: Mapped[AreaKind] = mapped_column(default=AreaKind.WARD)
    ward_set: Mapped[str] = mapped_column(default="")
    period: Mapped[str]
    first_day: Mapped[date | None] = mapped_column(default=None)
    last_day: Mapped[date | None] = mapped_column(default=None)
    thousandths: Mapped[int | None] = mapped_column(default=None)
    numerator: Mapped[int | None] = mapped_column(default=None)
    denominator: Mapped[int | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(default="")


class Consultation(Row):
    """Who was asked about a plan or an assessment, when and how, what they said, and what changed because of it."""

    __tablename__ = "consultation"

    title: Mapped[str]
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"), index=True, default=None)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True, default=None)
    asked: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    starts: Mapped[date | None] = mapped_column(default=None)
    ends: Mapped[date | None] = mapped_column(default=None)
    responses: Mapped[int | None] = mapped_column(default=None)
    said: Mapped[str] = mapped_column(default="")
    changed: Mapped[str] = mapped_column(default="")
