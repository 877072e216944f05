"""The action log as a report: what is open, what waits to be closed by the group, and what ended in the last year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.errors import CspError
from csp_desktop.queries.action_log import LogLine, list_log
from csp_desktop.queries.people import GroupRow, list_groups
from csp_desktop.reports.blocks import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Role,
    Table,
)
from csp_desktop.reports.framing import Frame, framed
from csp_desktop.reports.meeting_words import Wording, listed, log_table, without, wording_of
from csp_desktop.rules.folding import fold
from csp_desktop.rules.periods import add_months
from csp_desktop.store import Store
from models.terms import LogStatus

TITLE = "Action log"
MONTHS_BACK = 12


@dataclass(frozen=True, slots=True)
class ActionLogScope:
    """Whose log, by the group's name; None is every group's. It is shown as it stood at the end of ``today``.

    ``public`` leaves names and what owners wrote out, and says posts and organisations in their place.
    """

    today: date
    group: str | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class _Standing:
    """A group's log on a day: open ones, overdue first; completed ones; and those that ended in the year before."""

    open: tuple[LogLine, ...]
    completed: tuple[LogLine, ...]
    ended: tuple[LogLine, ...]


def action_log(store: Store, scope: ActionLogScope) -> Report:
    """Build the report. Raises CspError for a group that there is not; without an entry it is a page that says so."""
    group = _group(store, scope.group)
    lines = list_log(store, group.id if group else None)
    raised = [line for line in lines if line.raised_on is None or line.raised_on <= scope.today]
    wording = wording_of(store, public=scope.public)
    by_group: dict[str, list[LogLine]] = {}
    for line in sorted(raised, key=lambda each: each.group_id):
        by_group.setdefault(line.group, []).append(line)
    standings = {name: _standing(lines, scope.today) for name, lines in by_group.items()}
    blocks: list[Block] = [Paragraph(_lead(list(standings.values()), scope.today), Role.LEAD)]
    if standings:
        blocks += [*_page_one(standings, scope.today, wording), PageBreak(landscape=True)]
    for name, standing in standings.items():
        blocks += [Heading(2, name), *_tables(standing, scope.today, wording)]
    whose = group.name if group else ""
    frame = Frame(TITLE, f"Action log{f': {whose}' if whose else ''}", scope.today, whose, public=scope.public)
    return framed(store, frame, blocks)


def _group(store: Store, name: str | None) -> GroupRow | None:
    if name is None:
        return None
    groups = list_groups(store)
    for group in groups:
        if fold(group.name) == fold(name):
            return group
    known = "; ".join(group.name for group in groups) or "none yet"
    raise CspError(f"There is no group “{name}” in this store; there is {known}.")


def _standing(lines: Sequence[LogLine], on: date) -> _Standing:
    stand = {line.id: line.status_on(on) for line in lines}
    since = add_months(on, -MONTHS_BACK)
    ended = [
        line
        for line in lines
        if stand[line.id] in {LogStatus.CLOSED, LogStatus.WITHDRAWN} and line.closed_on and line.closed_on > since
    ]
    return _Standing(
        tuple(
            sorted((line for line in lines if stand[line.id] is LogStatus.OPEN), key=lambda line: -line.days_late(on))
        ),
        tuple(line for line in lines if stand[line.id] is LogStatus.COMPLETED),
        tuple(sorted(ended, key=lambda line: (line.closed_on or on, line.id), reverse=True)),
    )


def _lead(standings: Sequence[_Standing], on: date) -> str:
    opened = [line for each in standings for line in each.open]
    waiting = sum(len(each.completed) for each in standings)
    ended = sum(len(each.ended) for each in standings)
    if not standings:
        return "The action log is empty: no meeting has raised anything in it yet."
    late = sum(line.days_late(on) > 0 for line in opened)
    return (
        f"{len(opened):,} open, {late:,} of them overdue; {waiting:,} completed by their owners and waiting for the "
        f"group; {ended:,} ended in the last {MONTHS_BACK} months."
    )


def _page_one(standings: Mapping[str, _Standing], on: date, wording: Wording) -> list[Block]:
    """Return how the groups' logs stand in numbers, and every entry that is overdue, the longest first."""
    number = ColumnKind.NUMBER
    columns = (
        Column("Group", weight=3.0),
        Column("Open", number),
        Column("Overdue", number),
        Column("To be closed", number),
        Column("Ended", number),
    )
    late = [line for each in standings.values() for line in each.open if line.days_late(on)]
    counts = {
        name: (len(each.open), _late(each, on), len(each.completed), len(each.ended))
        for name, each in standings.items()
    }
    rows: list[tuple[Cell, ...]] = [(name, *figures) for name, figures in counts.items()]
    if len(counts) > 1:
        rows.append(("All", *map(sum, zip(*counts.values(), strict=True))))
    counted = Table("Entries of the log by group", columns, tuple(rows), total=len(counts) > 1)
    late.sort(key=lambda line: -line.days_late(on))
    caption = f"{listed(len(late), 'action')} overdue, the longest first"
    table = log_table(late, on, wording, caption, "Nothing is overdue.")
    return [counted, Heading(2, "Overdue"), without(table, {"Where it stands", "Status"})]


def _late(standing: _Standing, on: date) -> int:
    return sum(line.days_late(on) > 0 for line in standing.open)


def _tables(standing: _Standing, on: date, wording: Wording) -> list[Block]:
    shown = (
        (
            "Open",
            standing.open,
            f"{listed(len(standing.open), 'open action')}, {_late(standing, on):,} overdue",
            "Nothing is open.",
        ),
        (
            "Completed, for the group to close",
            standing.completed,
            f"{listed(len(standing.completed), 'completed action')} to be closed",
            "Nothing waits to be closed.",
        ),
        (
            "Ended in the last 12 months",
            standing.ended,
            f"{listed(len(standing.ended), 'action')} closed or withdrawn",
            "Nothing was closed or withdrawn.",
        ),
    )
    blocks: list[Block] = []
    for heading, lines, caption, empty in shown:
        table = log_table(lines, on, wording, caption, empty)
        blocks += [Heading(3, heading), table if lines is standing.open else without(table, {"Late"})]
    return blocks
