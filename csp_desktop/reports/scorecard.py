"""The measure scorecard: how many measures meet their targets, each by theme, those that do not with their charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from csp_desktop.charts.rag import AMBER, GREEN, RED
from csp_desktop.errors import CspError
from csp_desktop.measures.drawn import measure_chart, no_chart_words
from csp_desktop.measures.values import shown
from csp_desktop.queries.measures import NO_THEME, ScorecardRow, list_scorecard
from csp_desktop.queries.publication import publication
from csp_desktop.reoffending.disclosure import SUPPRESSED, DisclosureRules
from csp_desktop.reports.action_tables import count
from csp_desktop.reports.blocks import (
    Block,
    BulletList,
    Column,
    Figure,
    Heading,
    Key,
    KeyEntry,
    PageBreak,
    Paragraph,
    Report,
    Role,
    Table,
    day,
)
from csp_desktop.reports.framing import Frame, framed
from csp_desktop.reports.scorecard_tables import counts_table, definitions_table, measures_table, targets_missed
from csp_desktop.rules.periods import Period, last_full_quarter, parse_period
from csp_desktop.store import Store

TITLE = "Measure scorecard"
NOTHING = (
    "There is no measure in this store yet. Define what the partnership is judged by on the Measures page, or bring in "
    "a spreadsheet of measures, and this report will say how each stands against its target."
)
RULE = (
    KeyEntry(GREEN, "The latest reading meets the target or is better; where neither way is better, it is within the "
                    "tolerance on either side."),
    KeyEntry(AMBER, "It misses the target by no more than the tolerance, in per cent of the target."),
    KeyEntry(RED, "It misses the target by more than the tolerance."),
)  # fmt: skip
HOW = (
    "A difference of two shares is in percentage points. A rolling year is the last twelve months: counts are added "
    "up, and a rate is all numerators over all denominators, never the mean of rates. A reading of a rate is held "
    "against the target of the year where its own period has none; a count is not. A control limit is what chance and "
    "ordinary ups and downs keep within; on fewer than twelve readings it is a first guess."
)
HIDDEN = f"{SUPPRESSED} stands for a figure of a cohort that is not published, because it is about very few people."


@dataclass(frozen=True, slots=True)
class ScorecardScope:
    """What the scorecard is of. ``period`` None is the last full quarter, or today where nothing is read by then.

    ``public`` leaves out who owns a measure, and figures of a cohort that are about very few people.
    """

    today: date
    period: str | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class _Position:
    """The rows of a scorecard with the words of its period; ``hidden`` are the ids whose figures are not published."""

    rows: tuple[ScorecardRow, ...]
    period: str
    hidden: frozenset[int]
    public: bool


def scorecard(store: Store, scope: ScorecardScope) -> Report:
    """Build the scorecard. Raises CspError for a period that cannot be understood or has not begun."""
    position = _position(store, scope)
    frame = Frame(
        title=TITLE,
        subject=f"How the partnership's measures stand, {position.period}",
        data_date=scope.today,
        period=position.period,
        public=scope.public,
    )
    return framed(store, frame, _blocks(position) if position.rows else [Paragraph(NOTHING, Role.LEAD)])


def _position(store: Store, scope: ScorecardScope) -> _Position:
    period, label = _period(scope)
    rows = list_scorecard(store, scope.today, period)
    if scope.period is None and not any(row.latest for row in rows):
        rows, label = list_scorecard(store, scope.today), f"to {day(scope.today)}"
    rules = publication(store).rules
    hidden = frozenset(row.id for row in rows if scope.public and _is_of_few(row, rules))
    return _Position(tuple(rows), label, hidden, scope.public)


def _period(scope: ScorecardScope) -> tuple[Period, str]:
    wanted = last_full_quarter(scope.today).period if scope.period is None else parse_period(scope.period)
    if wanted.first_day > scope.today:
        raise CspError(f"{wanted.label} has not begun, so there is nothing to report; choose an earlier period.")
    return wanted, wanted.label if wanted.last_day < scope.today else f"{wanted.label}, to {day(scope.today)}"


def _is_of_few(row: ScorecardRow, rules: DisclosureRules) -> bool:
    """Say whether a figure of a cohort, or what is left of it, is about too few people to be published."""
    if row.feed is None:
        return False
    counts = [(each.numerator or 0, each.denominator) for each in row.run]
    return any(rules.is_small(part) or (whole and rules.is_small(whole - part)) for part, whole in counts)


def _blocks(position: _Position) -> list[Block]:
    blocks: list[Block] = [Paragraph(_headline(position), Role.LEAD)]
    blocks += [Paragraph(HIDDEN, Role.MUTED)] if position.hidden else []
    by_theme = _by_theme(position)
    blocks += [Heading(2, "By theme"), counts_table(by_theme), Key(RULE), *_told(position)]
    blocks += [PageBreak(landscape=True), Heading(2, "Every measure")]
    for theme, rows in by_theme:
        blocks += [Heading(3, theme), measures_table(theme, rows, position.hidden)]
    blocks.append(Paragraph(HOW, Role.MUTED))
    blocks += [PageBreak(), *_exceptions(position)]
    blocks += [PageBreak(landscape=True), Heading(2, "What is measured")]
    return [*blocks, definitions_table(position.rows, public=position.public)]


def _by_theme(position: _Position) -> list[tuple[str, tuple[ScorecardRow, ...]]]:
    groups = groupby(position.rows, key=lambda row: row.measure.theme or NO_THEME)
    return [(theme, tuple(rows)) for theme, rows in groups]


def _headline(position: _Position) -> str:
    """Return how many measures stand where, and how many say nothing yet."""
    rows = position.rows
    by_letter = {mark.letter: sum(row.letter == mark.letter for row in rows) for mark in (GREEN, AMBER, RED)}
    judged = sum(by_letter.values())
    if not judged:
        return f"None of {count(len(rows), 'measure')} can be judged yet: that takes a reading and a target."
    left = len(rows) - judged
    others = f" {_are(left)} not judged, for want of a reading or a target." if left else ""
    return (
        f"{by_letter['G']:,} of {count(judged, 'measure')} with a target "
        f"{'meets' if by_letter['G'] == 1 else 'meet'} it; {by_letter['A']:,} "
        f"{'misses' if by_letter['A'] == 1 else 'miss'} it within the tolerance and {by_letter['R']:,} by more.{others}"
    )


def _are(number: int) -> str:
    return f"{number:,} {'measure is' if number == 1 else 'measures are'}"


def _told(position: _Position) -> list[Block]:
    """Return what a reader must know of single figures: what moved by more than chance, is old, or may still change."""
    found = []
    for row in position.rows:
        said = [*_signal(row, position), *_age(row)]
        if said:
            found.append(f"{row.measure.ref} {row.measure.title}: {'; '.join(said)}.")
    return [Heading(2, "To know when reading on"), BulletList(tuple(found))] if found else []


def _signal(row: ScorecardRow, position: _Position) -> list[str]:
    latest = row.latest
    if latest is None or not row.signal or row.id in position.hidden:
        return []
    return [f"{latest.period} is {row.signal}"]


def _age(row: ScorecardRow) -> list[str]:
    latest = row.latest
    if latest is None:
        return ["there is no reading yet"]
    said = [f"{latest.period} is provisional and may still change"] if latest.is_provisional else []
    said += [f"nothing was read since {latest.period}"] if row.is_stale else []
    return said + (["its cohort's data has changed since"] if row.feed and row.feed.is_stale else [])


def _exceptions(position: _Position) -> list[Block]:
    """Return each measure that misses its target by more than the tolerance, with its chart."""
    every = [row for row in position.rows if row.letter == RED.letter]
    red = [row for row in every if row.id not in position.hidden]
    blocks: list[Block] = [Heading(2, "Measures that miss their targets")]
    if not red:
        told = "Those that miss theirs by more than the tolerance are about very few people: their figures stay inside."
        none = "No measure misses its target by more than its tolerance."
        return [*blocks, Paragraph(told if every else none)]
    for row in red:
        blocks += [Heading(3, f"{row.measure.ref} {row.measure.title}"), Paragraph(f"{targets_missed(row)}.")]
        blocks += _chart(row)
    return blocks


def _chart(row: ScorecardRow) -> Sequence[Block]:
    measure, aim = row.measure, row.target.value if row.target else None
    chart = measure_chart(measure.title, row.run, measure.unit, row.aims)
    if chart is None:
        return [Paragraph(no_chart_words(row.run), Role.MUTED)]
    first, last = row.run[0].period, row.run[-1].period
    return [
        Figure(
            scene=chart.scene,
            title=f"{shown(row.run[-1].value, measure.unit)} in {last}, against a target of {shown(aim, measure.unit)}",
            subtitle=f"{measure.title} ({measure.unit.label}), {first} to {last}, with control limits and targets.",
            source=f"Source: {measure.source or 'the register of measures'}.",
            alt=chart.alt,
            data=_data(row, chart.data.headings, chart.data.rows),
        )
    ]


def _data(row: ScorecardRow, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """Return the figures of a chart, without the definition that is the same in each row."""
    shown = [tuple(str(value) for value in each[:-1]) for each in rows]
    return Table(f"{row.measure.title}: the figures", tuple(Column(each) for each in headings[:-1]), tuple(shown))
