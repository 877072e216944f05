"""The position of a plan as at a day and a quarter earlier, and what can be counted and compared in it."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from csp_desktop.charts.rag import RagMark
from csp_desktop.charts.rag_by_theme import ThemeCounts
from csp_desktop.errors import CspError
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.plans import PlanRow, ThemeRow, list_rag_values, list_themes
from csp_desktop.queries.standing import recorded_on
from csp_desktop.reports.blocks import day
from csp_desktop.rules.periods import Quarter, add_months, last_full_quarter, parse_period
from csp_desktop.store import Store
from models.vocabulary import LifecycleStatus

NO_THEME = "No theme"
_QUARTER_MONTHS = 3
_A_QUARTER_OF_ACTIONS = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Span:
    """The days a report speaks of: as at ``as_at``, beside ``before``; ``label`` names the period to people.

    ``is_now`` says that ``as_at`` is today, so that everything stored counts as known.
    """

    label: str
    as_at: date
    before: date
    is_now: bool


def find_span(plan: PlanRow, recorded: date | None, today: date, period: str | None) -> Span:
    """Return the span of a report. Raises CspError for a period that cannot be understood or has not begun.

    Without a period it is the end of the last full quarter, or today when the plan is younger than that: it starts
    later, or came into the store later. A period that is not over is shown as at today.
    """
    if period is not None:
        wanted = parse_period(period)
        if wanted.first_day > today:
            raise CspError(f"{wanted.label} has not begun, so there is nothing to report; choose an earlier period.")
        if wanted.last_day < today:
            return Span(wanted.label, wanted.last_day, quarter_before(wanted.last_day), is_now=False)
        return Span(f"{wanted.label}, to {day(today)}", today, quarter_before(today), is_now=True)
    quarter = last_full_quarter(today)
    if any(known is not None and known > quarter.last_day for known in (plan.starts, recorded)):
        return Span(f"to {day(today)}", today, quarter_before(today), is_now=True)
    return Span(quarter.label, quarter.last_day, quarter_before(quarter.last_day), is_now=False)


def quarter_before(as_at: date) -> date:
    """Return the day a quarter earlier: from a quarter's last day the last day of the quarter before it."""
    quarter = Quarter.containing(as_at)
    return quarter.previous().last_day if as_at == quarter.last_day else add_months(as_at, -_QUARTER_MONTHS)


@dataclass(frozen=True, slots=True)
class Position:
    """A plan's actions now and, where there is an earlier position, a quarter before; with its themes and marks.

    ``marks`` is the plan's RAG scheme, the most pressing first. ``is_public`` says that people and what owners wrote
    were left out.
    """

    plan: PlanRow
    span: Span
    actions: tuple[ActionRow, ...]
    before: tuple[ActionRow, ...] | None
    themes: tuple[ThemeRow, ...]
    marks: tuple[RagMark, ...]
    meanings: dict[str, str]
    is_public: bool = False

    @property
    def counted(self) -> tuple[ActionRow, ...]:
        """Return the actions that counts are of: all but the cancelled."""
        return counted(self.actions)

    def mark(self, letter: str | None) -> RagMark | None:
        """Return the mark of a letter, None where there is none."""
        return next((mark for mark in self.marks if mark.letter == letter), None)

    def top_theme(self, theme_id: int | None) -> ThemeRow | None:
        """Return the theme that a theme or strand belongs to."""
        by_id = {theme.id: theme for theme in self.themes}
        theme = by_id.get(theme_id) if theme_id is not None else None
        while theme is not None and theme.parent_id is not None:
            theme = by_id[theme.parent_id]
        return theme

    def of_theme(self, theme: ThemeRow | None, actions: tuple[ActionRow, ...]) -> tuple[ActionRow, ...]:
        """Return the actions of a theme and of its strands; of None those without a theme."""
        wanted = theme.id if theme else None
        tops: dict[int | None, int | None] = {None: None}
        for each in self.themes:
            top = self.top_theme(each.id)
            tops[each.id] = top.id if top else None
        return tuple(action for action in actions if tops.get(action.theme_id) == wanted)

    @property
    def headings(self) -> tuple[ThemeRow | None, ...]:
        """Return the plan's themes in order, and None at the end where actions have no theme."""
        tops: list[ThemeRow | None] = [theme for theme in self.themes if theme.parent_id is None]
        return (*tops, None) if self.of_theme(None, self.actions) else tuple(tops)


def counted(actions: tuple[ActionRow, ...]) -> tuple[ActionRow, ...]:
    """Return the actions without the cancelled ones."""
    return tuple(action for action in actions if action.status is not LifecycleStatus.CANCELLED)


def read_position(store: Store, plan: PlanRow, today: date, period: str | None) -> Position:
    """Read the position that a report for ``period`` shows. Raises CspError for a period that is not understood."""
    recorded = recorded_on(store, plan.id)
    span = find_span(plan, recorded, today, period)
    view = View(span.as_at) if span.is_now else View(span.as_at, span.as_at)
    before = tuple(list_actions(store, View(span.before, span.before), plan.id))
    was_known = recorded is not None and recorded <= span.before
    has_before = bool(before) and (was_known or any(action.latest_update_on for action in before))
    values = list_rag_values(store, plan.rag_scheme_id)
    return Position(
        plan=plan,
        span=span,
        actions=tuple(list_actions(store, view, plan.id)),
        before=before if has_before else None,
        themes=tuple(list_themes(store, plan.id)),
        marks=tuple(RagMark(v.letter, v.word, v.shape, v.fill, v.ink) for v in reversed(values)),
        meanings={value.letter: value.meaning for value in values},
    )


NOT_PUBLISHED = "not published"


def published(position: Position) -> Position:
    """Return the position for the public: partners stay, people and what owners wrote are left out."""
    before = None if position.before is None else tuple(map(_published, position.before))
    return replace(position, actions=tuple(map(_published, position.actions)), before=before, is_public=True)


def _published(action: ActionRow) -> ActionRow:
    """Return an action without people and without free text beyond its title.

    A person leads for their organisation where it is named; where it is not, that somebody leads is still said.
    """
    hidden = action.lead_officer is not None and action.lead_partner is None
    return replace(
        action,
        lead_officer=NOT_PUBLISHED if hidden else None,
        supporting_people=(),
        due_text=action.due_kind.label if action.due_kind else "",
        latest_update=NOT_PUBLISHED if action.latest_update else None,
        next_steps="",
        reason="",
        help_needed=NOT_PUBLISHED if action.help_needed else "",
    )


def theme_counts(position: Position) -> tuple[ThemeCounts, ...]:
    """Return how many counted actions of each theme have each RAG letter, now and before."""
    rows = []
    for theme in position.headings:
        now = rag_counts(position.of_theme(theme, position.counted))
        earlier = position.before
        before = None if earlier is None else rag_counts(position.of_theme(theme, counted(earlier)))
        rows.append(ThemeCounts(theme_name(theme), now, before))
    return tuple(rows)


def theme_name(theme: ThemeRow | None) -> str:
    """Return a theme's heading, with its number where it has one."""
    if theme is None:
        return NO_THEME
    return f"{theme.number} {theme.title}" if theme.number else theme.title


def rag_counts(actions: tuple[ActionRow, ...]) -> dict[str, int]:
    """Count actions by the owner's RAG letter; those without have the letter ""."""
    return dict(Counter(action.rag or "" for action in actions))


@dataclass(frozen=True, slots=True)
class Move:
    """An action whose RAG changed since the last period; ``worse`` is None where one of the two is missing."""

    action: ActionRow
    was: RagMark | None
    now: RagMark | None
    worse: bool | None


def moves(position: Position) -> list[Move]:
    """Return the actions whose RAG changed, worsened first, then those newly rated, then the improved."""
    if position.before is None:
        return []
    rank = {mark.letter: index for index, mark in enumerate(position.marks)}
    earlier = {action.id: action for action in position.before}
    found = []
    for action in position.counted:
        was = earlier.get(action.id)
        if was is None or was.rag == action.rag:
            continue
        both = was.rag in rank and action.rag in rank
        worse = rank[action.rag or ""] < rank[was.rag or ""] if both else None
        found.append(Move(action, position.mark(was.rag), position.mark(action.rag), worse))
    return sorted(found, key=lambda move: {True: 0, None: 1, False: 2}[move.worse])


def overdue(position: Position) -> list[ActionRow]:
    """Return the overdue actions, the oldest first."""
    late = [action for action in position.actions if action.overdue_days]
    return sorted(late, key=lambda action: (-action.overdue_days, action.ref))


def asking(position: Position) -> list[ActionRow]:
    """Return the open actions that ask the board: their latest update asks for help, or their RAG is the worst."""
    worst = position.marks[0].letter if position.marks else None
    return [
        action for action in position.counted if action.status.is_open and (action.help_needed or action.rag == worst)
    ]


OVERALL_RULE = (
    "The overall status is worked out, not judged: red when a quarter or more of the actions with a RAG are red; amber "
    "when any is red or overdue, or when a quarter or more are amber; blue when all are complete; else green."
)


def overall(position: Position) -> RagMark | None:
    """Return the plan's overall mark by OVERALL_RULE, None where nothing is rated or the scheme is not BRAG."""
    counts = rag_counts(position.counted)
    rated = sum(count for letter, count in counts.items() if letter)
    if not rated or {mark.letter for mark in position.marks} != set("BRAG"):
        return None
    red, amber, blue = (counts.get(letter, 0) for letter in "RAB")
    if Fraction(red, rated) >= _A_QUARTER_OF_ACTIONS:
        return position.mark("R")
    if red or overdue(position) or Fraction(amber, rated) >= _A_QUARTER_OF_ACTIONS:
        return position.mark("A")
    return position.mark("B" if blue == len(position.counted) else "G")
