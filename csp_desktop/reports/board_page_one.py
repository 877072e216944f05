"""Page 1 of the Board progress report: the verdict, the counts, what moved, what is overdue, what is asked."""

import math
from dataclasses import dataclass
from enum import Enum, auto

from csp_desktop.charts.measure import text_width
from csp_desktop.charts.rag_by_theme import rag_by_theme_alt, rag_by_theme_parts
from csp_desktop.queries.actions import ActionRow
from csp_desktop.reports import action_tables as tables
from csp_desktop.reports.blocks import BulletList, Figure, Heading, OnePage, PageBlock, Paragraph, Verdict, day
from csp_desktop.reports.positions import (
    Move,
    Position,
    asking,
    moves,
    overall,
    overdue,
    rag_counts,
    theme_counts,
)

_SHORT = 34
_SHORT_ASK = 60
FEW_THEMES = 6
"""With more themes than this the chart stands after page 1, and page 1 has a table."""

TALLEST_FIGURE = 370.0  # points: with its words and two headings it fills a page across
NO_EARLIER = "There is no earlier position to compare with."


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


def page_one(position: Position) -> OnePage:
    """Return page 1 at every length; what all of them tell is worked out once."""
    found = _Found(
        verdict=Verdict(overall(position), why(position)),
        counts={
            Counts.CHART: figures(position, math.inf),
            Counts.THEMES: [tables.compact_counts(position)],
            Counts.TOTALS: [tables.total_counts(position)],
        },
        moves=moves(position),
        late=overdue(position),
        asks=tuple(_ask(action, position) for action in asking(position)),
    )
    return OnePage(tuple(_told(position, found, lengths) for lengths in lengths_for(len(position.headings))))


@dataclass(frozen=True, slots=True)
class _Found:
    """What page 1 tells, before it is cut to a length."""

    verdict: Verdict
    counts: dict[Counts, list[PageBlock]]
    moves: list[Move]
    late: list[ActionRow]
    asks: tuple[str, ...]


def _told(position: Position, found: _Found, lengths: Lengths) -> tuple[PageBlock, ...]:
    """Return page 1 at one length."""
    blocks: list[PageBlock] = [found.verdict, Heading(2, "Actions by theme"), *found.counts[lengths.counts]]
    blocks.append(Heading(2, "What moved"))
    blocks += _moved(position, found.moves, lengths.moves)
    blocks.append(Heading(2, "Overdue"))
    blocks.append(tables.overdue_table(found.late, lengths.overdue, _SHORT))
    blocks.append(Heading(2, "Decisions asked"))
    if found.asks:
        blocks.append(BulletList(_first(found.asks, lengths.asks, "more are listed inside")))
    else:
        blocks.append(Paragraph("No action asks the board for help and none is rated worst."))
    return tuple(blocks)


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
    rated += _unrated(position)
    late = overdue(position)
    lateness = f"{len(late):,} overdue, the oldest by {tables.days(late[0].overdue_days)}" if late else "none overdue"
    stale = sum(action.stale for action in actions)
    silent = f"{stale:,} not updated for a full cycle" if stale else "none silent for a full cycle"
    return f"of {tables.count(len(actions), 'action')}, {rated}, {lateness}, {silent}."


def _unrated(position: Position) -> str:
    """Return how many counted actions no owner has rated, nothing where all are."""
    unrated = sum(action.rag is None for action in position.counted)
    return f", {tables.share(unrated, len(position.counted))} with no RAG" if unrated else ""


def figures(position: Position, tallest: float) -> list[PageBlock]:
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


def _moved(position: Position, found: list[Move], count: int) -> list[PageBlock]:
    if position.before is None:
        return [Paragraph(NO_EARLIER)]
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
