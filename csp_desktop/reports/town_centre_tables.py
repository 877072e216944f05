"""The tables of the town centre report: operations, follow-ups, orders, the two years, and what the community said."""

from collections import Counter
from collections.abc import Sequence

from csp_desktop.queries.town_centre import ClauseRow, FollowUpRow, OperationRow, TownCentre
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from csp_desktop.registers.shown import shown_value
from csp_desktop.reports.action_tables import count
from csp_desktop.reports.blocks import Block, Cell, Column, ColumnKind, Heading, Table, day
from csp_desktop.reports.framing import NONE, entries_table, entry_cell
from csp_desktop.reports.positions import NOT_PUBLISHED
from csp_desktop.reports.town_centre_figures import YearSoFar
from csp_desktop.rules.orders import ClauseStanding
from csp_desktop.rules.periods import Period
from models.terms import FeedbackSource

_TO_COME = (("starts", 1.0), ("title", 2.4), ("place", 1.5), ("lead", 1.6), ("strand", 1.8))
_ASKING = (ClauseStanding.EXPIRED, ClauseStanding.RENEWAL)


def to_come_table(centre: TownCentre) -> Table:
    """Return the operations to come, the next first."""
    rows = [row.entry for row in centre.to_come]
    caption = f"{count(len(rows), 'operation')} planned"
    return entries_table(Register.OPERATIONS, rows, _TO_COME, caption, "No operation is planned.")


def held_table(held: Sequence[OperationRow], *, public: bool) -> Table:
    """Return what came of operations; for the public without what anybody wrote of it."""
    columns = [
        Column("Date", ColumnKind.DATE),
        Column("Operation", weight=1.9),
        Column("Place", weight=1.2),
        Column("Partners present", weight=1.8),
        Column("Outputs", weight=1.8),
        Column("Follow-ups open", ColumnKind.NUMBER, 0.8),
    ]
    if not public:
        columns.append(Column("What came of it", weight=2.4))
    rows = tuple(_held_row(row, public=public) for row in held)
    caption = f"{count(len(held), 'operation')} held"
    return Table(caption, tuple(columns), rows, "No operation was held in this period.")


def _held_row(row: OperationRow, *, public: bool) -> tuple[Cell, ...]:
    entry = row.entry
    told: tuple[Cell, ...] = (
        row.starts,
        entry.text("title"),
        entry_cell(entry.values["place"]),
        _lines(entry.names("partners")),
        _lines([f"{number:,} {kind}" for kind, number in entry.counts("outputs")]),
        len(row.open_follow_ups),
    )
    return told if public else (*told, entry_cell(entry.values["outcome"]))


def _lines(parts: Sequence[str]) -> str:
    return "\n".join(parts) or NONE


def follow_ups_table(centre: TownCentre) -> Table:
    """Return what is still to be done, the most overdue first."""
    found = centre.open_follow_ups
    late = sum(bool(row.overdue_days) for row in found)
    columns = (
        Column("Follow-up", weight=2.4),
        Column("Operation", weight=2.0),
        Column("Owner", weight=1.4),
        Column("Due", ColumnKind.DATE),
        Column("Late", ColumnKind.NUMBER, 0.6, "days"),
    )
    caption = f"{count(len(found), 'follow-up')} open, {late:,} overdue"
    return Table(caption, columns, tuple(map(_follow_up_row, found)), "No follow-up is open.")


def _follow_up_row(row: FollowUpRow) -> tuple[Cell, ...]:
    entry = row.entry
    due: Cell = entry.day("due") or "no date"
    return entry.text("title"), entry.text("operation"), entry.text("owner") or "no owner", due, row.overdue_days


def clauses_table(centre: TownCentre, *, public: bool) -> Table:
    """Return the clauses of orders with how each stands; an owner who is a person is not published."""
    asking = sum(row.term.standing(centre.as_of) in _ASKING for row in centre.clauses)
    columns = (
        Column("Order", weight=1.6),
        Column("Clause", weight=2.0),
        Column("Area", weight=1.6),
        Column("Starts", ColumnKind.DATE),
        Column("Expires", ColumnKind.DATE),
        Column("How it stands", weight=2.0),
        Column("Owner", weight=1.4),
    )
    rows = tuple(_clause_row(row, centre, public=public) for row in centre.clauses)
    caption = f"{count(len(rows), 'clause')}, {asking:,} expired or up for renewal"
    return Table(caption, columns, rows, "No clause of an order is recorded.")


def _clause_row(row: ClauseRow, centre: TownCentre, *, public: bool) -> tuple[Cell, ...]:
    entry = row.entry
    words = row.term.in_words(centre.as_of)
    return (
        entry.text("order_name"),
        entry.text("clause"),
        entry.text("area_text") or entry.text("place") or NONE,
        row.term.starts or "not given",
        row.term.expires or "no end given",
        words[:1].upper() + words[1:],
        _owner(entry, public=public),
    )


def _owner(entry: Entry, *, public: bool) -> str:
    party = entry.ids.get("owner")
    if public and party is not None and party[0] == "person":
        return NOT_PUBLISHED
    return entry.text("owner") or "no owner"


def years_table(year: YearSoFar) -> Table:
    """Return outputs by type of the financial year so far beside the year before up to the same day."""
    then = {line.kind.casefold(): line.total for line in year.then.lines}
    now = {line.kind.casefold(): line.total for line in year.now.lines}
    kinds = {line.kind.casefold(): line.kind for line in (*year.then.lines, *year.now.lines)}
    order = sorted(kinds, key=lambda key: (-now.get(key, 0), -then.get(key, 0), key))
    rows: list[tuple[Cell, ...]] = [(kinds[key], now.get(key, 0), then.get(key, 0)) for key in order]
    columns = (
        Column("Type", weight=2.4),
        Column(f"{year.year.label} to {day(year.year.last_day)}", ColumnKind.NUMBER),
        Column(f"{year.before.label} to {day(year.before.last_day)}", ColumnKind.NUMBER),
    )
    return Table("Outputs this financial year beside the last, each to the same day", columns, tuple(rows))


def feedback_blocks(centre: TownCentre, period: Period, *, public: bool) -> list[Block]:
    """Return what the community said in a period and what was answered; for the public how much of it alone."""
    said = [row for row in centre.feedback if period.holds(row.day("dated") or period.first_day)]
    if public:
        return [Heading(2, "You said"), _sources_table(said)]
    columns = (
        Column("Date", ColumnKind.DATE, 0.9),
        Column("From", weight=1.0),
        Column("Place", weight=1.2),
        Column("You said", weight=3.0),
        Column("We did", weight=3.0),
    )
    answered = sum(bool(row.text("answer")) for row in said)
    rows = tuple(
        (
            row.day("dated") or "not known",
            entry_cell(row.values["source"]),
            entry_cell(row.values["place"]),
            entry_cell(row.values["said"]),
            row.text("answer").strip() or "not answered yet",
        )
        for row in said
    )
    caption = f"{_pieces(len(said))}, {answered:,} answered"
    return [Heading(2, "You said, we did"), Table(caption, columns, rows, "No feedback was recorded in this period.")]


def _sources_table(said: Sequence[Entry]) -> Table:
    sources = Counter(row.word("source", FeedbackSource) for row in said)
    answered = Counter(row.word("source", FeedbackSource) for row in said if row.text("answer"))
    rows = tuple(
        (shown_value(source), number, answered[source])
        for source, number in sorted(sources.items(), key=lambda pair: -pair[1])
    )
    columns = (
        Column("From", weight=2.0),
        Column("Pieces of feedback", ColumnKind.NUMBER),
        Column("Answered", ColumnKind.NUMBER),
    )
    return Table(f"{_pieces(len(said))} in the period", columns, rows, "No feedback was recorded in this period.")


def _pieces(number: int) -> str:
    return "1 piece of feedback" if number == 1 else f"{number:,} pieces of feedback"
