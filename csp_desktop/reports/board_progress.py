"""The Board progress report: page 1 alone tells the whole; then every theme, what slipped, what was not updated."""

from dataclasses import dataclass
from datetime import date

from csp_desktop.queries.actions import ActionRow
from csp_desktop.queries.plans import ObjectiveRow, ProfileRow, find_plan, list_objectives, profile
from csp_desktop.reports import action_tables as tables
from csp_desktop.reports.blocks import (
    Block,
    BulletList,
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
    day,
)
from csp_desktop.reports.board_page_one import FEW_THEMES, NO_EARLIER, TALLEST_FIGURE, figures, page_one
from csp_desktop.reports.positions import (
    OVERALL_RULE,
    Position,
    asking,
    overdue,
    published,
    read_position,
    theme_name,
)
from csp_desktop.store import Store
from models.vocabulary import LifecycleStatus

TITLE = "Board progress report"


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
    blocks: list[Block] = [page_one(position)]
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


def _in_full(position: Position) -> list[Block]:
    """Return the figures behind page 1, and its lists without the cuts."""
    blocks: list[Block] = [PageBreak(landscape=True), Heading(2, "The figures and lists in full")]
    blocks.append(Heading(3, "Counts by theme"))
    if len(position.headings) > FEW_THEMES:
        blocks += figures(position, TALLEST_FIGURE)
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
    earlier = NO_EARLIER if position.before is None else f"The earlier position is as at {day(position.span.before)}."
    notes = [
        f"Everything is as at {day(position.span.as_at)}: {tables.count(len(actions), 'action')}, {said}.",
        earlier,
    ]
    if cancelled:
        notes.append(f"{tables.count(cancelled, 'cancelled action')} listed but not counted.")
    return [Heading(2, "Notes on the data"), BulletList(tuple(notes))]
