"""The owner chase list: whom to ask for what, from today's position; page 1 alone tells the whole."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from csp_desktop.queries.chasing import Chase, OwnerRow, WorkbookStanding, read_chase
from csp_desktop.queries.plans import PlanRow, find_plan, profile
from csp_desktop.reports.action_tables import NO_DATE, count, days, said
from csp_desktop.reports.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    ColumnKind,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Role,
    Table,
    day,
)
from csp_desktop.rules.chasing import DUE_SOON_DAYS, ActionToUpdate, Load
from csp_desktop.rules.periods import Quarter
from csp_desktop.store import Store

TITLE = "Owner chase list"
FEWEST_PUBLISHED = 5
"""Of fewer owners than this, the public form does not say how many answered: that would point at a person."""

_FIRST_TO_ASK = (
    WorkbookStanding.OVERDUE_TO_COME_BACK,
    WorkbookStanding.CAME_BACK_WITH_QUESTIONS,
    WorkbookStanding.NOT_SENT,
    WorkbookStanding.OUT,
    WorkbookStanding.CAME_BACK,
)
_AWAITED = frozenset(_FIRST_TO_ASK[:2])
_ANSWERED = frozenset({WorkbookStanding.CAME_BACK, WorkbookStanding.CAME_BACK_WITH_QUESTIONS})
_NUMBER, _DATE = ColumnKind.NUMBER, ColumnKind.DATE
_LOAD_COLUMNS = (
    Column("Open actions", _NUMBER, 0.8),
    Column("Overdue", _NUMBER, 0.8),
    Column("Due soon", _NUMBER, 0.8),
    Column("Not updated", _NUMBER, 0.8),
)
_ACTION_COLUMNS = (
    Column("Ref", weight=0.8),
    Column("Action", weight=3.0),
    Column("Due", _DATE),
    Column("Late", _NUMBER, 0.6, "days"),
    Column("Why", weight=2.7),
)


@dataclass(frozen=True, slots=True)
class ChaseScope:
    """What the list is of. ``plan`` is a key or title, None the open partnership plan; it is judged as at ``today``.

    ``public`` leaves out who the owners are and what their actions are. ``by_owner`` gives every owner a heading and a
    table, for paper; otherwise one table has all their actions, for a workbook that is filtered.
    """

    today: date
    plan: str | None = None
    public: bool = False
    by_owner: bool = True


def owner_chase(store: Store, scope: ChaseScope) -> Report:
    """Build the list. Raises CspError for a plan that there is not."""
    plan = find_plan(store, scope.plan)
    chase = read_chase(store, plan.id, scope.today)
    about = profile(store)
    blocks = _page_one(plan, chase, public=scope.public)
    if not scope.public and (_to_list(chase) or chase.unled.actions):
        blocks += _in_full(chase, scope)
    return Report(
        title=TITLE,
        subtitle=plan.title,
        organisation=about.name,
        marking=about.default_marking.value,
        data_date=scope.today,
        author=about.name if scope.public else store.who.display_name,
        subject=f"Updates to ask for: {plan.title}, {day(scope.today)}",
        period=Quarter.containing(scope.today).label,
        blocks=tuple(blocks),
        logo=about.logo,
    )


def _page_one(plan: PlanRow, chase: Chase, *, public: bool) -> list[Block]:
    """Return the whole in a few sentences and one table, and how to read it.

    For the public it is all there is, and of very few owners it does not say how many answered.
    """
    owners = _to_list(chase)
    if not owners and not chase.unled.actions:
        return [Paragraph("This plan has no open actions, so there is nobody to ask for an update.", Role.LEAD)]
    due = Paragraph(_due(plan, chase), Role.LEAD)
    note = [Paragraph("Who the owners are and which actions they are asked about is not published.")] if public else []
    if public and len(owners) < FEWEST_PUBLISHED:
        return [due, *note]
    return [
        Paragraph(_asked(owners), Role.LEAD),
        due,
        *note,
        Heading(2, "How the workbooks stand"),
        _standings_table(chase),
        Heading(2, "How to read this list"),
        BulletList(_definitions(plan)),
    ]


def _to_list(chase: Chase) -> list[OwnerRow]:
    """Return the owners who have open actions or a workbook to answer, those to be asked first at the top."""
    listed = [owner for owner in chase.owners if owner.open_actions or _has_workbook_to_answer(owner)]
    # what was sorted by name stays so among equals
    return sorted(listed, key=lambda owner: (_FIRST_TO_ASK.index(owner.standing), -owner.overdue, -len(owner.needed)))


def _has_workbook_to_answer(owner: OwnerRow) -> bool:
    return owner.standing in _AWAITED or owner.standing is WorkbookStanding.OUT


def _asked(owners: list[OwnerRow]) -> str:
    """Say how many owners were asked, how many answered and how many are late."""
    if not owners:
        return "Nobody leads an open action of this plan."
    stand = Counter(owner.standing for owner in owners)
    unsent = stand[WorkbookStanding.NOT_SENT]
    sent = len(owners) - unsent
    head = f"{count(len(owners), 'owner')} {'leads' if len(owners) == 1 else 'lead'} actions of this plan."
    if not sent:
        return f"{head} None was sent an update workbook yet."
    answered = sum(stand[standing] for standing in _ANSWERED)
    questions = stand[WorkbookStanding.CAME_BACK_WITH_QUESTIONS]
    parts = [f"{answered:,} answered" + (f" ({questions:,} with questions still open)" if questions else "")]
    parts.append(f"{stand[WorkbookStanding.OVERDUE_TO_COME_BACK]:,} late")
    parts.append(f"{stand[WorkbookStanding.OUT]:,} not yet due back")
    told = f"{sent:,} {_was(sent)} sent an update workbook: {', '.join(parts)}."
    return f"{head} {told}" + (f" {unsent:,} {_was(unsent)} not sent one." if unsent else "")


def _due(plan: PlanRow, chase: Chase) -> str:
    """Say how many open actions of the whole plan are overdue, due soon, not updated, and without a lead."""
    whole = _whole(chase)
    if not whole.open_actions:
        return "No action of this plan is open."
    cycle = count(plan.update_cycle_months, "month")
    text = (
        f"Of {count(whole.open_actions, 'open action')}, {whole.overdue:,} {_is(whole.overdue)} overdue, "
        f"{whole.due_soon:,} {_is(whole.due_soon)} due within {DUE_SOON_DAYS} days, and {whole.stale:,} "
        f"{_was(whole.stale)} not updated for {cycle}."
    )
    unled = chase.unled.load.open_actions
    return f"{text} {count(unled, 'open action')} {'has' if unled == 1 else 'have'} no lead." if unled else text


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _whole(chase: Chase) -> Load:
    """Return the counts of the whole plan, actions without a lead included."""
    parts = [*map(_load, chase.owners), chase.unled.load]
    return _sum(parts)


def _load(owner: OwnerRow) -> Load:
    return Load(owner.open_actions, owner.overdue, owner.due_soon, owner.stale)


def _sum(loads: list[Load]) -> Load:
    return Load(
        sum(load.open_actions for load in loads),
        sum(load.overdue for load in loads),
        sum(load.due_soon for load in loads),
        sum(load.stale for load in loads),
    )


def _figures(load: Load) -> tuple[int, int, int, int]:
    return load.open_actions, load.overdue, load.due_soon, load.stale


def _standings_table(chase: Chase) -> Table:
    """Return how many owners stand where with their workbook, with what is due of theirs; it sums to the plan."""
    owners = _to_list(chase)
    rows: list[tuple[Cell, ...]] = []
    for standing in _FIRST_TO_ASK:
        these = [owner for owner in owners if owner.standing is standing]
        rows.append((standing.label, len(these), *_figures(_sum([_load(owner) for owner in these]))))
    if chase.unled.load.open_actions:
        rows.append(("No lead", 0, *_figures(chase.unled.load)))
    rows.append(("All", len(owners), *_figures(_whole(chase))))
    columns = (Column("Workbook", weight=1.8), Column("Owners", _NUMBER, 0.8), *_LOAD_COLUMNS)
    late = sum(owner.standing is WorkbookStanding.OVERDUE_TO_COME_BACK for owner in owners)
    caption = f"Owners and their open actions by how their workbook stands; {count(late, 'owner')} late"
    return Table(caption, columns, tuple(rows), total=True)


def _definitions(plan: PlanRow) -> tuple[str, ...]:
    return (
        "Overdue: open, and the forecast date (else the baseline) has passed.",
        f"Due soon: due today or within {DUE_SOON_DAYS} days.",
        f"Not updated: open and started, and no update within {count(plan.update_cycle_months, 'month')}.",
        "An action may be in several of these counts.",
        "An owner is the person who leads, or the organisation where no person does.",
        "The workbook is the latest that was sent to the owner alone, not one for a theme or the whole plan.",
    )


def _in_full(chase: Chase, scope: ChaseScope) -> list[Block]:
    owners = _to_list(chase)
    blocks: list[Block] = [PageBreak(landscape=True), Heading(2, "Owners"), _owners_table(owners, scope.today)]
    chased = [owner for owner in owners if owner.needed or owner.standing in _AWAITED]
    if chased and scope.by_owner:
        blocks.append(Heading(2, "What to ask each owner"))
        for owner in chased:
            blocks += _owner_blocks(owner, scope.today)
    elif chased:
        blocks += [Heading(2, "Actions that need an update"), _needed_table(chased)]
    return [*blocks, Heading(2, "Actions without a lead"), _unled_table(chase)]


def _owners_table(owners: list[OwnerRow], today: date) -> Table:
    columns = (
        Column("Owner", weight=2.0),
        Column("Workbook sent", _DATE),
        Column("Wanted back", _DATE),
        Column("Came back", _DATE),
        Column("How it stands", weight=1.5),
        *_LOAD_COLUMNS,
    )
    rows = tuple((owner.name, *_workbook_cells(owner, today), *_figures(_load(owner))) for owner in owners)
    asking = sum(bool(owner.needed) for owner in owners)
    caption = f"{count(len(owners), 'owner')}, {asking:,} of them with actions that need an update; late ones first"
    return Table(caption, columns, rows, empty="Nobody leads an open action of this plan.")


def _workbook_cells(owner: OwnerRow, today: date) -> tuple[Cell, ...]:
    """Return when a workbook went out, when it is wanted back, when it came back, and how it stands."""
    workbook = owner.workbook
    if workbook is None:
        return "not sent", "none", "none", "Not sent"
    return workbook.exported_on, workbook.wanted_back, workbook.returned_on or "not yet", _stands(owner, today)


def _stands(owner: OwnerRow, today: date) -> str:
    """Say in a few words how it stands with an owner's workbook."""
    workbook = owner.workbook
    if workbook is None:
        return "Not sent"
    if owner.standing is WorkbookStanding.OVERDUE_TO_COME_BACK:
        return f"{days(workbook.days_late(today))} late"
    if owner.standing is WorkbookStanding.CAME_BACK_WITH_QUESTIONS:
        return f"{count(workbook.questions, 'question')} open"
    return owner.standing.label


def _owner_blocks(owner: OwnerRow, today: date) -> list[Block]:
    """Return an owner's heading, how to reach them, how it stands with their workbook, and what to ask."""
    blocks: list[Block] = [Heading(3, owner.name), Paragraph(f"{_reach(owner)} {_told(owner, today)}")]
    if not owner.needed:
        return blocks
    rows = tuple(_action_row(action) for action in owner.needed)
    return [*blocks, Table(_needed_caption(owner), _ACTION_COLUMNS, rows)]


def _reach(owner: OwnerRow) -> str:
    return f"E-mail: {owner.email}." if owner.email else "No e-mail address is kept."


def _told(owner: OwnerRow, today: date) -> str:
    """Say when their workbook went out, when it is wanted back, and how it stands, in one sentence."""
    workbook = owner.workbook
    if workbook is None:
        return "No update workbook was sent yet."
    sent = f"The workbook for {workbook.period} was sent on {day(workbook.exported_on)}"
    if workbook.returned_on is None:
        late = workbook.days_late(today)
        return f"{sent} and is wanted back by {day(workbook.wanted_back)}{f': {days(late)} late' if late else ''}."
    asks = f", with {count(workbook.questions, 'question')} still open" if workbook.questions else ""
    return f"{sent} and came back on {day(workbook.returned_on)}{asks}."


def _needed_caption(owner: OwnerRow) -> str:
    counts = ((owner.overdue, "overdue"), (owner.due_soon, "due soon"), (owner.stale, "not updated"))
    parts = ", ".join(f"{number:,} {what}" for number, what in counts if number)
    needs = "needs" if len(owner.needed) == 1 else "need"
    return f"{count(len(owner.needed), 'action')} {needs} an update: {parts}"


def _action_row(action: ActionToUpdate, otherwise: str = "") -> tuple[Cell, ...]:
    return action.ref, action.title, action.due or NO_DATE, action.days_late, action.why or otherwise


def _needed_table(owners: list[OwnerRow]) -> Table:
    """Return what every owner is to be asked about, in one table that can be filtered."""
    columns = (Column("Owner", weight=1.6), Column("E-mail", weight=1.8), *_ACTION_COLUMNS)
    rows = tuple(
        (owner.name, said(owner.email, "none"), *_action_row(action)) for owner in owners for action in owner.needed
    )
    return Table(f"{count(len(rows), 'action')} to ask about, by owner", columns, rows, "No action needs an update.")


def _unled_table(chase: Chase) -> Table:
    """Return the open actions that nobody leads: nobody can be asked about them until somebody does."""
    rows = tuple(_action_row(action, "Nothing is due yet") for action in chase.unled.actions)
    caption = f"{count(len(rows), 'open action')} that nobody leads: agree who does"
    return Table(caption, _ACTION_COLUMNS, rows, empty="Every open action has a lead.")
