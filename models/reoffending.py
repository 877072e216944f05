"""Reoffending: cohorts and their people, offences, spells, needs, and the tables they are weighed and compared by.

Rows of large registers come in by the hundred thousand. Such a row names the ``load`` that brought it; the load is one
row of a Step, and taking it back takes all of its rows back.
"""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Row
from models.offending import (
    CohortDefinition,
    Disposal,
    IndexRule,
    IomCohort,
    IomRag,
    OffenceGroup,
    OffenceOutcome,
    Pathway,
    Severity,
    SeverityClass,
    Sex,
    SpellKind,
)


class Load(Row):
    """Rows that one import brought into a register all at once; ``digest`` is the SHA-256 of them in their order."""

    __tablename__ = "load"

    register: Mapped[str]
    rows: Mapped[int]
    digest: Mapped[str] = mapped_column(default="")


class Loaded(Row):
    """A row that a load may have brought; ``load_id`` is None for one entered by hand."""

    __abstract__ = True

    load_id: Mapped[int | None] = mapped_column(ForeignKey("load.id"), index=True, default=None, kw_only=True)


class Cohort(Row):
    """People whose reoffending is followed, and the definition it is counted by.

    ``period_first`` and ``period_last`` are None where the period runs from the first to the last index date.
    ``breach_codes`` are offence codes that are breaches of an order or licence; ``proofs`` are outcomes that prove an
    offence. ``baseline_score`` is the baseline's mean predicted score as a share in millionths, for the adjusted rate.
    """

    __tablename__ = "cohort"

    name: Mapped[str] = mapped_column(unique=True)
    definition: Mapped[CohortDefinition]
    follow_up_months: Mapped[int]
    waiting_months: Mapped[int]
    index_rule: Mapped[IndexRule]
    counts_index_day: Mapped[bool] = mapped_column(default=True)
    breach_codes: Mapped[list[Any]]
    proofs: Mapped[list[Any]]
    period_first: Mapped[date | None] = mapped_column(default=None)
    period_last: Mapped[date | None] = mapped_column(default=None)
    data_date: Mapped[date | None] = mapped_column(default=None)
    baseline_score: Mapped[int | None] = mapped_column(default=None)
    baseline_note: Mapped[str] = mapped_column(default="")


class Offender(Loaded):
    """A person by the id that the source systems use; shown by that id and never by name unless it is asked for.

    One person under two ids: the second is merged into the first, and both keep their own rows.
    """

    __tablename__ = "offender"

    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("offender.id"), index=True, default=None)
    lead_agency: Mapped[str] = mapped_column(default="")
    lead_officer: Mapped[str] = mapped_column(default="")
    next_review: Mapped[date | None] = mapped_column(default=None)


class OffenceCode(Loaded):
    """A code as the source systems write it, with its group and severity; ``code`` is "" for a group given in words."""

    __tablename__ = "offence_code"
    __table_args__ = (UniqueConstraint("code", "description"),)

    code: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    offence_group: Mapped[OffenceGroup | None] = mapped_column(default=None)
    severity_class: Mapped[SeverityClass | None] = mapped_column(default=None)
    is_breach: Mapped[bool | None] = mapped_column(default=None)


class CohortMember(Loaded):
    """One index event of a person in a cohort, as the source gives it; which of them start a follow-up is a rule.

    ``predicted_score`` is a share in millionths; ``sentence_months`` the custodial sentence's length.
    """

    __tablename__ = "cohort_member"
    __table_args__ = (Index("ix_cohort_member_event", "cohort_id", "offender_id", "index_date"),)

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    offender_id: Mapped[int] = mapped_column(ForeignKey("offender.id"), index=True)
    index_date: Mapped[date]
    disposal: Mapped[Disposal | None] = mapped_column(default=None)
    offence_code_id: Mapped[int | None] = mapped_column(ForeignKey("offence_code.id"), index=True, default=None)
    birth_date: Mapped[date | None] = mapped_column(default=None)
    age: Mapped[int | None] = mapped_column(default=None)
    sex: Mapped[Sex | None] = mapped_column(default=None)
    ethnicity: Mapped[str] = mapped_column(default="")
    previous_offences: Mapped[int | None] = mapped_column(default=None)
    sentence_months: Mapped[int | None] = mapped_column(default=None)
    area: Mapped[str] = mapped_column(default="")
    predicted_score: Mapped[int | None] = mapped_column(default=None)
    instrument: Mapped[str] = mapped_column(default="")
    custody_start: Mapped[date | None] = mapped_column(default=None)
    custody_end: Mapped[date | None] = mapped_column(default=None)
    died_on: Mapped[date | None] = mapped_column(default=None)
    iom_cohort: Mapped[IomCohort | None] = mapped_column(default=None)
    iom_rag: Mapped[IomRag | None] = mapped_column(default=None)
    iom_rag_on: Mapped[date | None] = mapped_column(default=None)


class Offence(Loaded):
    """An offence as recorded; ``offence_date`` is the first day of a range, ``offence_date_to`` its last."""

    __tablename__ = "offence"
    __table_args__ = (
        Index("ix_offence_counting", "offender_id", "offence_date", "proof_date", "outcome", "offence_code_id"),
    )

    offender_id: Mapped[int] = mapped_column(ForeignKey("offender.id"))
    offence_date: Mapped[date | None] = mapped_column(default=None)
    offence_date_to: Mapped[date | None] = mapped_column(default=None)
    offence_code_id: Mapped[int | None] = mapped_column(ForeignKey("offence_code.id"), index=True, default=None)
    proof_date: Mapped[date | None] = mapped_column(default=None)
    outcome: Mapped[OffenceOutcome]
    disposal: Mapped[str] = mapped_column(default="")
    reference: Mapped[str | None] = mapped_column(index=True, default=None)


class Spell(Loaded):
    """A stretch of time of a person: in custody, under Integrated Offender Management, or in an intervention."""

    __tablename__ = "spell"

    offender_id: Mapped[int] = mapped_column(ForeignKey("offender.id"), index=True)
    kind: Mapped[SpellKind]
    name: Mapped[str] = mapped_column(default="")
    started: Mapped[date]
    ended: Mapped[date | None] = mapped_column(default=None)
    iom_cohort: Mapped[IomCohort | None] = mapped_column(default=None)
    selected_because: Mapped[str] = mapped_column(default="")
    deselected_because: Mapped[str] = mapped_column(default="")


class IomStatus(Row):
    """A dated judgement of how active a person under Integrated Offender Management is."""

    __tablename__ = "iom_status"

    offender_id: Mapped[int] = mapped_column(ForeignKey("offender.id"), index=True)
    dated: Mapped[date]
    rag: Mapped[IomRag]
    iom_cohort: Mapped[IomCohort | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")


class NeedScore(Loaded):
    """How great a person's need on a pathway was found to be on a day; a higher score is a greater need."""

    __tablename__ = "need_score"

    offender_id: Mapped[int] = mapped_column(ForeignKey("offender.id"), index=True)
    pathway: Mapped[Pathway]
    dated: Mapped[date]
    score: Mapped[int]
    instrument: Mapped[str] = mapped_column(default="")


class SeverityIndex(Row):
    """One version of an index of severity; editing the weights makes the next version, and figures name theirs."""

    __tablename__ = "severity_index"
    __table_args__ = (UniqueConstraint("severity", "edition"),)

    severity: Mapped[Severity]
    edition: Mapped[str]
    unit: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    in_use: Mapped[bool] = mapped_column(default=True)


class SeverityWeight(Row):
    """What an index gives a kind of offence, in thousandths of its unit."""

    __tablename__ = "severity_weight"
    __table_args__ = (UniqueConstraint("index_id", "severity_class"),)

    index_id: Mapped[int] = mapped_column(ForeignKey("severity_index.id"), index=True)
    severity_class: Mapped[SeverityClass]
    thousandths: Mapped[int]


class Benchmark(Loaded):
    """A published figure to compare with. ``people`` is "All", "Adult", "Juvenile" or the detail that a row is of."""

    __tablename__ = "benchmark"

    series: Mapped[str] = mapped_column(default="")
    area: Mapped[str]
    people: Mapped[str] = mapped_column(default="All")
    period: Mapped[str]
    first_day: Mapped[date | None] = mapped_column(default=None)
    last_day: Mapped[date | None] = mapped_column(default=None)
    offenders: Mapped[int | None] = mapped_column(default=None)
    reoffenders: Mapped[int | None] = mapped_column(default=None)
    reoffences: Mapped[int | None] = mapped_column(default=None)
    rate: Mapped[int | None] = mapped_column(default=None)  # a share, in millionths
    predicted: Mapped[int | None] = mapped_column(default=None)  # the mean predicted score, a share in millionths


class FirstTimeEntrants(Loaded):
    """Young people of 10 to 17 at their first caution or conviction, counted for an area and period."""

    __tablename__ = "first_time_entrants"

    area: Mapped[str]
    period: Mapped[str]
    first_day: Mapped[date | None] = mapped_column(default=None)
    last_day: Mapped[date | None] = mapped_column(default=None)
    people: Mapped[str] = mapped_column(default="All")
    entrants: Mapped[int]
    population: Mapped[int | None] = mapped_column(default=None)


class WindowEnd(Base):
    """Where the windows that begin on an index date end; a function of the date, so it is never stale nor undone."""

    __tablename__ = "window_end"

    index_date: Mapped[date] = mapped_column(primary_key=True)
    follow_up_months: Mapped[int] = mapped_column(primary_key=True)
    waiting_months: Mapped[int] = mapped_column(primary_key=True)
    follow_up_ends: Mapped[date]
    proof_ends: Mapped[date]


class Publication(Row):
    """By what rule figures are published; at most one row. Without it the program's own holds."""

    __tablename__ = "publication"

    threshold: Mapped[int]
