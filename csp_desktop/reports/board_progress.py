"""The Board progress report: page 1 alone tells the whole; then every theme, what slipped, what was not updated."""

import math
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from csp_desktop.charts.measure import text_width
from csp_desktop.charts.rag_by_theme import rag_by_theme_alt, rag_by_theme_parts
from csp_desktop.queries.actions import ActionRow
from csp_desktop.queries.plans import ObjectiveRow, ProfileRow, find_plan, list_objectives, profile
from csp_desktop.reports import action_tables as tables
from csp_desktop.reports.blocks import (
    Block,
    BulletList,
    Figure,
    Heading,
    Key,
    KeyEntry,
    OnePage,
    PageBlock,
    PageBreak,
    Paragraph,
    Report,
    Role,
    Table,
    Verdict,
    day,
)
from csp_desktop.reports.positions import (
    OVERALL_RULE,
    Move,
    Position,
    asking,
    moves,
    overall,
    overdue,
    published,
    rag_counts,
    read_position,
    theme_counts,
    theme_name,
)
from csp_desktop.store import Store
from models.vocabulary import LifecycleStatus

TITLE = "Board progress report"
_SHORT = 34
_SHORT_ASK = 60
FEW_THEMES = 6
"""With more themes than this the chart stands after page 1, and page 1 has a table."""

_TALLEST_FIGURE = 370.0  # points: with its words and two headings it fills a page across
_NO_EARLIER = "There is no earlier position to compare with."


class Counts(Enum):
    """How page 1 shows the counts: as the chart, as a table by theme, or as the plan's totals alone."""

    CHART = auto()
    THEMES = auto()
    TOTALS = auto()


@dataclass(frozen=True, slots=True)
class Lengths:
    """How much of each list page 1 tells, and how it shows the counts."""

    overdue: int
    moves: int
    asks: int
    counts: Counts


_LISTS = ((6, 3, 6), (5, 3, 5), (4, 3, 4), (4, 3, 3), (3, 3, 3), (3, 2, 2), (3, 2, 1), (2, 2, 2), (2, 2, 1), (1, 1, 1))


def lengths_for(themes: int) -> tuple[Lengths, ...]:
    """Return the lengths at which page 1 may be told, fullest first: the chart where few themes leave it room."""
    shown = (Counts.CHART, Counts.THEMES) if themes <= FEW_THEMES else (Counts.THEMES,)
    return tuple(Lengths(*lists, counts) for counts in (*shown, Counts.TOTALS) for lists in _LISTS)


@dataclass(frozen=True, slots=True)
class Scope:
    """What the report is of. ``plan`` is a key or title, None the open partnership plan.

    ``period`` None is the end of the last full quarter, or today when the plan is younger. ``public`` leaves out
    people and what owners wrote.
    """

    today: date
    plan: str | None = None
    period: str | None = None
    public: bool = False


def board_progress(store: Store, scope: Scope) -> Report:
    """Build the report. Raises CspError for a plan or period that is not understood."""
    position = read_position(store, find_plan(store, scope.plan), scope.today, scope.period)
    if scope.public:
        position = published(position)
    objectives = list_objectives(store, position.plan.id)
    about = profile(store)
    lengths = lengths_for(len(position.headings))
    blocks: list[Block] = [OnePage(tuple(_page_one(position, each) for each in lengths))]
    blocks += _in_full(position)
    blocks.append(PageBreak(landscape=True))
    for theme in position.headings:
        blocks += _theme(position, theme_name(theme), position.of_theme(theme, position.actions), objectives)
    blocks += _exceptions(position)
    blocks += _reading(position)
    author = about.name if scope.public else store.who.display_name
    return _report(author, about, position, tuple(map(_for_the_public, blocks) if scope.public else blocks))


def _for_the_public(block: Block) -> Block:
    """Return a block without the columns that quote owners."""
    if isinstance(block, OnePage):
        return OnePage(tuple(tuple(map(_without_quotes, told)) for told in block.variants))
    return block if isinstance(block, PageBreak) else _without_quotes(block)


def _without_quotes(block: PageBlock) -> PageBlock:
    return tables.without_private(block) if isinstance(block, Table) else block


def _report(author: str, about: ProfileRow, position: Position, blocks: tuple[Block, ...]) -> Report:
    return Report(
        title=TITLE,
        subtitle=position.plan.title,
        organisation=about.name,
        marking=about.default_marking.value,
        data_date=position.span.as_at,
        author=author,
        subject=f"Progress of {position.plan.title}, {position.span.label}",
        period=position.span.label,
        blocks=blocks,
        logo=about.logo,
    )


def _page_one(position: Position, lengths: Lengths) -> tuple[PageBlock, ...]:
    """Return page 1 at one length."""
    late, asks = overdue(position), asking(position)
    blocks: list[PageBlock] = [Verdict(overall(position), why(position)), Heading(2, "Actions by theme")]
    blocks += _counts(position, lengths.counts)
    blocks.append(Heading(2, "What moved"))
    blocks += _moved(position, lengths.moves)
    blocks.append(Heading(2, "Overdue"))
    blocks.append(tables.overdue_table(late, lengths.overdue, _SHORT))
    blocks.append(Heading(2, "Decisions asked"))
    if asks:
        blocks.append(
            BulletList(_first(tuple(_ask(action, position) for action in asks), lengths.asks, "more are listed inside"))
        )
    else:
        blocks.append(Paragraph("No action asks the board for help and none is rated worst."))
    return tuple(blocks)


def _counts(position: Position, counts: Counts) -> list[PageBlock]:
    if counts is Counts.CHART:
        return _figures(position, math.inf)
    return [tables.compact_counts(position) if counts is Counts.THEMES else tables.total_counts(position)]


def why(position: Position) -> str:
    """Return the one sentence that says why the plan stands as it does."""
    actions = position.counted
    if not actions:
        now = position.span.is_now
        return "The plan has no actions yet." if now else f"No action was known by {day(position.span.as_at)}."
    counts = rag_counts(actions)
    worst = position.marks[:2]
    rated = " and ".join(
        f"{tables.share(counts.get(mark.letter, 0), len(actions))} {mark.word.lower()}" for mark in worst
    )
    late = overdue(position)
    lateness = f"{len(late):,} overdue, the oldest by {tables.days(late[0].overdue_days)}" if late else "none overdue"
    stale = sum(action.stale for action in actions)
    silent = f"{stale:,} not updated for a full cycle" if stale else "none silent for a full cycle"
    return f"of {tables.count(len(actions), 'action')}, {rated}, {lateness}, {silent}."


def _figures(position: Position, tallest: float) -> list[PageBlock]:
    """Return the chart of the counts, in parts where it would be taller than so many points."""
    total, worst = len(position.counted), position.marks[:2]
    counts = rag_counts(position.counted)
    said = " and ".join(f"{counts.get(mark.letter, 0):,} {mark.word.lower()}" for mark in worst)
    earlier = "no earlier position" if position.before is None else f"thin bar: {day(position.span.before)}"
    parts = rag_by_theme_parts(theme_counts(position), position.marks, text_width, tallest)
    figures: list[PageBlock] = []
    for number, (rows, scene) in enumerate(parts, start=1):
        part = f" (part {number} of {len(parts)})" if len(parts) > 1 else ""
        figures.append(
            Figure(
                scene=scene,
                title=f"Of {tables.count(total, 'action')}, {said}{part}",
                subtitle=f"Number of actions by RAG, as at {day(position.span.as_at)}; {earlier}.",
                source="Source: owners' latest updates. The figures are in the tables.",
                alt=rag_by_theme_alt(rows, position.marks),
                data=None,
            )
        )
    return figures


def _first(items: tuple[str, ...], count: int, rest: str) -> tuple[str, ...]:
    """Return the first items, and a last one that says how many are left."""
    left = len(items) - count
    return (*items[:count], f"{left:,} {rest}.") if left > 0 else items


def _moved(position: Position, count: int) -> list[PageBlock]:
    if position.before is None:
        return [Paragraph(_NO_EARLIER)]
    found = moves(position)
    if not found:
        return [Paragraph(f"No action's RAG changed since {day(position.span.before)}.")]
    groups = (("Worse", True), ("Better", False), ("Newly rated or no longer rated", None))
    items = []
    for name, worse in groups:
        these = [move for move in found if move.worse is worse]
        if these:
            rest = f" and {len(these) - count:,} more" if len(these) > count else ""
            items.append(f"{name} ({len(these):,}): {', '.join(_move(move) for move in these[:count])}{rest}.")
    return [BulletList(tuple(items))]


def _move(move: Move) -> str:
    """Return "ACT-0007 from green to red"; what was not rated before needs only its present RAG."""
    now = move.now.word.lower() if move.now else "no RAG"
    return f"{move.action.ref} from {move.was.word.lower()} to {now}" if move.was else f"{move.action.ref} {now}"


def _ask(action: ActionRow, position: Position) -> str:
    """Return who asks and for what, on about one line; the whole stands inside. The public is told what alone."""
    if position.is_public:
        return f"{action.ref}: {tables.short(action.title, _SHORT_ASK)}"
    return f"{action.ref} ({action.lead or tables.NO_LEAD}): {tables.short(tables.asked(action), _SHORT_ASK)}"


def _in_full(position: Position) -> list[Block]:
    """Return the figures behind page 1, and its lists without the cuts."""
    blocks: list[Block] = [PageBreak(landscape=True), Heading(2, "The figures and lists in full")]
    blocks.append(Heading(3, "Counts by theme"))
    if len(position.headings) > FEW_THEMES:
        blocks += _figures(position, _TALLEST_FIGURE)
    blocks.append(tables.theme_counts_table(position))
    blocks += [Heading(3, "All overdue actions"), tables.overdue_table(overdue(position))]
    blocks += [Heading(3, "All decisions asked"), tables.asking_table(asking(position), position)]
    return blocks


def _theme(
    position: Position, name: str, actions: tuple[ActionRow, ...], objectives: list[ObjectiveRow]
) -> list[Block]:
    """Return a theme: each objective with its actions, the other actions, and the objectives without any."""
    here = [o for o in objectives if (top := position.top_theme(o.theme_id)) is not None and theme_name(top) == name]
    blocks: list[Block] = [Heading(2, name)]
    if not actions:
        blocks.append(Paragraph("No actions are recorded under this theme."))
    told: set[int] = set()
    for objective in here:
        own = tuple(action for action in actions if action.objective_id == objective.id)
        if own and not told:
            blocks.append(Paragraph(f"{tables.summary(position, actions)}."))
        if own:
            told.add(objective.id)
            blocks += [Heading(3, objective.title), tables.action_table(own, position)]
    other = tuple(action for action in actions if action.objective_id not in told)
    if other and told:
        blocks.append(Heading(3, "Actions under no objective"))
    if other:
        blocks.append(tables.action_table(other, position))
    bare = tuple(objective.title for objective in here if objective.id not in told)
    if bare:
        blocks += [Paragraph("Objectives with no action yet:", Role.MUTED), BulletList(bare)]
    return blocks


def _exceptions(position: Position) -> list[Block]:
    return [
        Heading(2, "Slipped and not updated"),
        Heading(3, "Slipped actions"),
        tables.slipped_table(position.actions),
        Heading(3, "Actions not updated"),
        tables.stale_table(position.actions, position.plan.update_cycle_months),
    ]


def _reading(position: Position) -> list[Block]:
    """Return the key, the definitions and the notes on the data."""
    entries = tuple(KeyEntry(mark, f"{position.meanings[mark.letter]}.") for mark in position.marks)
    cycle = tables.count(position.plan.update_cycle_months, "month")
    definitions = (
        "RAG is the owner's judgement, from the latest update that gives one.",
        "Where dates and progress suggest another RAG, it stands below with a thin outline and replaces nothing.",
        OVERALL_RULE,
        "Overdue: open, and the forecast date (else the baseline) is before the data date.",
        "Due is the forecast; “was” gives the baseline where it differs. Slipped: the forecast is after the baseline.",
        f"Not updated: open and started, and no update within {cycle} before the data date.",
        "Decisions asked: open actions whose latest update asks for help, or that are rated worst.",
    )
    return [
        PageBreak(landscape=True),
        Heading(2, "How to read this report"),
        Key(entries),
        BulletList(definitions),
        *_notes(position),
    ]


def _notes(position: Position) -> list[Block]:
    actions = position.counted
    cancelled = sum(action.status is LifecycleStatus.CANCELLED for action in position.actions)
    gaps = (
        (sum(action.lead is None for action in actions), "no lead"),
        (sum(action.due is None for action in actions), "no due date"),
        (sum(action.rag is None for action in actions), "no RAG"),
        (sum(action.latest_update_on is None for action in actions), "no update"),
    )
    said = ", ".join(f"{count:,} with {what}" for count, what in gaps if count) or "none with a gap"
    earlier = _NO_EARLIER if position.before is None else f"The earlier position is as at {day(position.span.before)}."
    notes = [
        f"Everything is as at {day(position.span.as_at)}: {tables.count(len(actions), 'action')}, {said}.",
        earlier,
    ]
    if cancelled:
        notes.append(f"{tables.count(cancelled, 'cancelled action')} listed but not counted.")
    return [Heading(2, "Notes on the data"), BulletList(tuple(notes))]
