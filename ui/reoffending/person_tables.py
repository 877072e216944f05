"""The tables of one person: index events, offences and how each stands, spells, statuses and needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from csp_desktop.queries.person_records import Membership, PersonRecord
from csp_desktop.queries.person_rows import NeedRow, OffenceRow, SpellRow, StatusRow
from models.offending import OffenceStanding
from ui.forms.spells import RAG_WORDS
from ui.forms.words import shown_date
from ui.tables.columns import Column, Kind


@dataclass(frozen=True, slots=True)
class StandingRow:
    """An offence and how it stands to the index event that is looked at; None where there is none to stand to."""

    offence: OffenceRow
    standing: OffenceStanding | None


def _day(of: Callable[[StandingRow], date | None]) -> Callable[[StandingRow], int | None]:
    def key(row: StandingRow) -> int | None:
        day = of(row)
        return day.toordinal() if day else None

    return key


def standing_rows(record: PersonRecord, membership: Membership | None) -> list[StandingRow]:
    """Return a person's offences with how each stands to an index event."""
    standings = membership.standings if membership else {}
    return [StandingRow(offence, standings.get(offence.id)) for offence in record.offences]


def standing_words(row: StandingRow) -> str:
    """Return how an offence stands in words."""
    if row.offence.is_twin:
        return "Recorded under another id too, and counted there"
    return row.standing.label if row.standing else ""


def committed(row: OffenceRow) -> str:
    """Return when an offence was committed, a range with both days."""
    until = f" to {shown_date(row.offence_date_to)}" if row.offence_date_to else ""
    return f"{shown_date(row.offence_date)}{until}" if row.offence_date else "no date"


OFFENCES: tuple[Column[StandingRow], ...] = (
    Column(
        key="committed",
        heading="Committed",
        kind=Kind.DATE,
        width=13,
        text=lambda row: committed(row.offence),
        sort_key=_day(lambda row: row.offence.offence_date),
    ),
    Column(key="code", heading="Offence", width=0, text=lambda row: row.offence.code),
    Column(key="outcome", heading="Outcome", width=20, text=lambda row: row.offence.outcome.label),
    Column(
        key="proven",
        heading="Proven",
        kind=Kind.DATE,
        width=13,
        text=lambda row: shown_date(row.offence.proof_date),
        sort_key=_day(lambda row: row.offence.proof_date),
    ),
    Column(
        key="standing",
        heading="How it stands",
        width=36,
        text=standing_words,
        tone=lambda row: "" if row.standing is OffenceStanding.COUNTS else "muted",
    ),
    Column(key="reference", heading="Reference", width=16, spare=2, text=lambda row: row.offence.reference or ""),
    Column(key="under", heading="Under id", width=14, spare=1, text=lambda row: row.offence.recorded_under),
)


def followed_words(membership: Membership) -> str:
    """Return whether an index event starts a follow-up, and whether that is over."""
    if membership.not_followed is not None:
        return membership.not_followed.label
    return "measurable" if membership.is_measurable else "not yet measurable"


EVENTS: tuple[Column[Membership], ...] = (
    Column(
        key="index",
        heading="Index date",
        kind=Kind.DATE,
        width=13,
        text=lambda each: shown_date(each.member.index_date),
        sort_key=lambda each: each.member.index_date.toordinal(),
    ),
    Column(key="cohort", heading="Cohort", width=0, text=lambda each: each.cohort),
    Column(
        key="disposal",
        heading="Disposal",
        width=20,
        spare=1,
        text=lambda each: each.member.disposal.label if each.member.disposal else "",
    ),
    Column(key="offence", heading="Index offence", width=24, spare=2, text=lambda each: each.member.offence),
    Column(
        key="follow_up",
        heading="Follow-up ends",
        kind=Kind.DATE,
        width=15,
        text=lambda each: shown_date(each.windows.follow_up_ends),
        sort_key=lambda each: each.windows.follow_up_ends.toordinal(),
    ),
    Column(
        key="proof",
        heading="Proof by",
        kind=Kind.DATE,
        width=13,
        text=lambda each: shown_date(each.windows.proof_ends),
        sort_key=lambda each: each.windows.proof_ends.toordinal(),
    ),
    Column(key="followed", heading="Followed", width=32, text=followed_words),
)
SPELLS: tuple[Column[SpellRow], ...] = (
    Column(key="kind", heading="Kind", width=30, text=lambda row: row.kind.label),
    Column(key="name", heading="Intervention", width=20, spare=1, text=lambda row: row.name),
    Column(
        key="from",
        heading="From",
        kind=Kind.DATE,
        width=13,
        text=lambda row: shown_date(row.started),
        sort_key=lambda row: row.started.toordinal(),
    ),
    Column(
        key="to",
        heading="To",
        kind=Kind.DATE,
        width=13,
        text=lambda row: shown_date(row.ended) or "goes on",
        sort_key=lambda row: row.ended.toordinal() if row.ended else None,
    ),
    Column(key="selected", heading="Why selected", width=0, text=lambda row: row.selected_because),
    Column(key="deselected", heading="Why de-selected", width=0, text=lambda row: row.deselected_because),
)
STATUSES: tuple[Column[StatusRow], ...] = (
    Column(
        key="dated",
        heading="From",
        kind=Kind.DATE,
        width=13,
        text=lambda row: shown_date(row.dated),
        sort_key=lambda row: row.dated.toordinal(),
    ),
    Column(key="rag", heading="RAG", width=26, text=lambda row: RAG_WORDS[row.rag]),
    Column(
        key="cohort",
        heading="IOM cohort",
        width=14,
        text=lambda row: row.iom_cohort.label if row.iom_cohort else "",
    ),
    Column(
        key="note",
        heading="Why",
        width=0,
        text=lambda row: row.note or ("came with a cohort's register" if row.id is None else ""),
    ),
)
NEEDS: tuple[Column[NeedRow], ...] = (
    Column(
        key="dated",
        heading="Scored on",
        kind=Kind.DATE,
        width=13,
        text=lambda row: shown_date(row.dated),
        sort_key=lambda row: row.dated.toordinal(),
    ),
    Column(key="pathway", heading="Pathway", width=0, text=lambda row: row.pathway.label),
    Column(
        key="score",
        heading="Score",
        kind=Kind.NUMBER,
        width=8,
        text=lambda row: str(row.score),
        sort_key=lambda row: row.score,
    ),
    Column(key="instrument", heading="Instrument", width=20, text=lambda row: row.instrument),
)
