"""The town centre report: what is on, what came of each operation, outputs over time, orders, actions, feedback."""

from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.errors import CspError
from csp_desktop.queries.plans import PlanRow, find_plan
from csp_desktop.queries.standing import recorded_on
from csp_desktop.queries.town_centre import TownCentre, read_town_centre, town_centre_plan
from csp_desktop.reports.action_tables import count
from csp_desktop.reports.blocks import Block, BulletList, Heading, PageBreak, Paragraph, Report, Verdict, day
from csp_desktop.reports.framing import Frame, framed
from csp_desktop.reports.positions import Span, find_span, published, read_position
from csp_desktop.reports.town_centre_actions import action_blocks
from csp_desktop.reports.town_centre_figures import COUNTED, outputs_figure, places_figure, year_so_far
from csp_desktop.reports.town_centre_tables import (
    clauses_table,
    feedback_blocks,
    follow_ups_table,
    held_table,
    to_come_table,
    years_table,
)
from csp_desktop.rules.orders import ClauseStanding
from csp_desktop.rules.periods import FIRST_MONTH, Period, Quarter, last_full_quarter, parse_period
from csp_desktop.store import Store

TITLE = "Town centre report"
NOTHING = (
    "There is nothing to report yet: no action, operation, order or feedback of a town centre is recorded. Enter them "
    "on the Town centre page, or bring in the spreadsheets that you keep them in."
)


@dataclass(frozen=True, slots=True)
class TownCentreScope:
    """What the report is of. ``plan`` is a key or title, None the open plan of the town centre.

    ``period`` None is the last full quarter, or for a younger plan the financial year so far. ``public`` leaves out
    people and what anybody wrote.
    """

    today: date
    plan: str | None = None
    period: str | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """What the report tells: of ``period`` what was done, as at ``today`` what is on."""

    scope: TownCentreScope
    plan: PlanRow | None
    period: Period
    centre: TownCentre

    @property
    def as_at(self) -> date:
        """Return the last day of the period."""
        return self.period.last_day


def safer_dewsbury(store: Store, scope: TownCentreScope) -> Report:
    """Build the report. Raises CspError for a plan or period that is not understood."""
    plan = town_centre_plan(store) if scope.plan is None else find_plan(store, scope.plan)
    span = _span(store, plan, scope)
    period = Period(span.label, _first_day(span, scope), span.as_at)
    told = _Told(scope, plan, period, read_town_centre(store, scope.today))
    is_empty = told.centre.is_empty and (plan is None or not plan.actions)
    blocks = [Paragraph(NOTHING)] if is_empty else _blocks(store, told)
    title = plan.title if plan is not None else "Town centre"
    frame = Frame(TITLE, f"{title}, {span.label}", span.as_at, title, span.label, public=scope.public)
    return framed(store, frame, blocks)


def _span(store: Store, plan: PlanRow | None, scope: TownCentreScope) -> Span:
    """Return the span of the plan's board report; without a plan that of one that was always there."""
    if plan is not None:
        return find_span(plan, recorded_on(store, plan.id), scope.today, scope.period)
    wanted = last_full_quarter(scope.today).period if scope.period is None else parse_period(scope.period)
    if wanted.first_day > scope.today:
        raise CspError(f"{wanted.label} has not begun, so there is nothing to report; choose an earlier period.")
    return Span(wanted.label, min(wanted.last_day, scope.today), wanted.first_day, is_now=wanted.holds(scope.today))


def _first_day(span: Span, scope: TownCentreScope) -> date:
    """Return the first day of the period: the quarter's, or that of the financial year of a young plan."""
    if scope.period is not None:
        return parse_period(scope.period).first_day
    quarter = Quarter.containing(span.as_at)
    return date(quarter.year, FIRST_MONTH, 1) if span.is_now else quarter.first_day


def _blocks(store: Store, told: _Told) -> list[Block]:
    return [
        Verdict(None, _in_short(told)),
        *_what_is_on(told),
        *_over_time(told),
        *_what_came_of_it(told),
        *_orders(told),
        *_actions(store, told),
        *feedback_blocks(told.centre, told.period, public=told.scope.public),
        *_notes(told),
    ]


def _in_short(told: _Told) -> str:
    """Return the whole in a few sentences."""
    centre = told.centre
    held = centre.held_in(told.period)
    open_, late = centre.open_follow_ups, [row for row in centre.open_follow_ups if row.overdue_days]
    standings = [row.term.standing(centre.as_of) for row in centre.clauses]
    expired, renewal = standings.count(ClauseStanding.EXPIRED), standings.count(ClauseStanding.RENEWAL)
    return (
        f"{count(len(held), 'operation')} {'was' if len(held) == 1 else 'were'} held from {day(told.period.first_day)} "
        f"to {day(told.as_at)}. {count(len(centre.to_come), 'operation')} to come; "
        f"{count(len(open_), 'follow-up')} open, {len(late):,} of them overdue; {count(expired, 'clause')} of an order "
        f"expired and {renewal:,} up for renewal."
    )


def _what_is_on(told: _Told) -> list[Block]:
    centre, public = told.centre, told.scope.public
    blocks: list[Block] = [Heading(2, f"What is on, as at {day(centre.as_of)}"), to_come_table(centre)]
    if centre.untold and not public:
        names = tuple(f"{row.entry.text('title')}, {day(row.starts)}" for row in centre.untold)
        blocks += [Paragraph("Planned and over, and nobody has said yet what came of it:"), BulletList(names)]
    if public:
        left = centre.open_follow_ups
        blocks.append(Paragraph(f"{count(len(left), 'follow-up')} of earlier operations still open."))
        return blocks
    return [*blocks, Heading(3, "Follow-ups still open"), follow_ups_table(centre)]


def _what_came_of_it(told: _Told) -> list[Block]:
    held = told.centre.held_in(told.period)
    heading = f"What came of each operation, {day(told.period.first_day)} to {day(told.as_at)}"
    return [PageBreak(landscape=True), Heading(2, heading), held_table(held, public=told.scope.public)]


def _over_time(told: _Told) -> list[Block]:
    heading = Heading(2, "Outputs over time")
    outputs = outputs_figure(told.centre, told.as_at)
    if outputs is None:
        return [heading, Paragraph("No operation of this financial year or the last yielded a counted output.")]
    year = year_so_far(told.centre, told.as_at)
    blocks: list[Block] = [heading, replace(outputs, data=None)]
    if outputs.data is not None:
        blocks += [PageBreak(landscape=True), outputs.data]  # a column for each quarter of two years
    blocks.append(years_table(year))
    places = places_figure(told.centre, year.held, f"in {year.told}")
    return [*blocks, PageBreak(), Heading(2, "Where"), places] if places is not None else blocks


def _orders(told: _Told) -> list[Block]:
    return [
        Heading(2, f"Orders, as at {day(told.centre.as_of)}"),
        clauses_table(told.centre, public=told.scope.public),
    ]


def _actions(store: Store, told: _Told) -> list[Block]:
    heading = Heading(2, f"Strands and their actions, as at {day(told.as_at)}")
    if told.plan is None:
        return [heading, Paragraph("There is no plan of the town centre in this store yet.")]
    position = read_position(store, told.plan, told.scope.today, told.scope.period)
    return [heading, *action_blocks(store, published(position) if told.scope.public else position)]


def _notes(told: _Told) -> list[Block]:
    days = (
        "An operation belongs to the period in which it began. What is on, follow-ups and orders are as at "
        f"{day(told.centre.as_of)}; operations, outputs, actions and feedback are as at {day(told.as_at)}."
    )
    clauses = "A clause has effect to the end of the day on which it expires."
    return [Heading(2, "Notes on the data"), BulletList((COUNTED, days, clauses))]
