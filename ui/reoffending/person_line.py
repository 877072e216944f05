"""One person's record as the chart of a timeline takes it."""

from datetime import date, timedelta

from csp_desktop.charts.timeline_events import MarkKind, SpanKind, Timeline, TimelineMark, TimelineSpan, TimelineWindow
from csp_desktop.queries.person_records import Membership, PersonRecord
from csp_desktop.queries.person_rows import OffenceRow
from models.offending import OffenceOutcome, OffenceStanding, SpellKind

_SPANS = {SpellKind.CUSTODY: SpanKind.CUSTODY, SpellKind.IOM: SpanKind.IOM, SpellKind.INTERVENTION: SpanKind.OTHER}
_COUNTED = {OffenceStanding.COUNTS: True, OffenceStanding.PENDING: None}
_DAY = timedelta(days=1)


def timeline_of(record: PersonRecord, membership: Membership | None, today: date) -> Timeline:
    """Return the line; offences count or not towards ``membership``, without one by their outcome alone."""
    marks: list[TimelineMark] = []
    for offence in record.offences:
        marks += _offence(offence, membership)
    marks += [
        TimelineMark(each.member.index_date, MarkKind.INDEX, each.member.disposal.label if each.member.disposal else "")
        for each in record.memberships
    ]
    died = {each.member.died_on for each in record.memberships if each.member.died_on}
    marks += [TimelineMark(day, MarkKind.DEATH, "") for day in sorted(died)]
    windows = {
        TimelineWindow(each.windows.index_date, each.windows.follow_up_ends, each.windows.proof_ends)
        for each in ([membership] if membership else [])
    }
    return Timeline(
        membership.data_date if membership else today,
        tuple(marks),
        (*_spells(record), *_custody(record)),
        tuple(windows),
    )


def _offence(offence: OffenceRow, membership: Membership | None) -> list[TimelineMark]:
    if offence.is_twin or offence.offence_date is None:
        return []
    standing = membership.standings.get(offence.id) if membership else None
    counted = False if standing is None else _COUNTED.get(standing, False)
    if standing is None and offence.outcome is OffenceOutcome.PENDING:
        counted = None
    marks = [TimelineMark(offence.offence_date, MarkKind.OFFENCE, offence.code, counted)]
    if offence.proof_date is not None:
        marks.append(TimelineMark(offence.proof_date, MarkKind.PROOF, offence.outcome.label, counted))
    return marks


def _spells(record: PersonRecord) -> list[TimelineSpan]:
    return [
        TimelineSpan(
            spell.started,
            None if spell.ended is None else max(spell.started, spell.ended - _DAY),
            _SPANS[spell.kind],
            spell.name or (spell.iom_cohort.label if spell.iom_cohort else ""),
        )
        for spell in record.spells
    ]


def _custody(record: PersonRecord) -> list[TimelineSpan]:
    """Return time in custody that a cohort's register gives and no spell does."""
    known = {spell.started for spell in record.spells if spell.kind is SpellKind.CUSTODY}
    members = [each.member for each in record.memberships]
    inside = {each.custody_start: each.custody_end for each in members if each.custody_start}
    return [
        TimelineSpan(first, None if last is None else max(first, last - _DAY), SpanKind.CUSTODY, "")
        for first, last in inside.items()
        if first not in known
    ]
