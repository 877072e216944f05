"""The tables of actions that reports share, and the words and shares that stand in them."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from csp_desktop.queries.actions import ActionRow
from csp_desktop.reports.blocks import Cell, Column, ColumnKind, DueCell, RagCell, Table, day
from csp_desktop.reports.positions import Position, counted, rag_counts, theme_counts

NO_LEAD, NO_DATE, NO_UPDATE, NOT_GIVEN = "no lead", "no date", "no update", "not given"
_PRIVATE = frozenset({"Asked", "Next step", "Last update", "Reason given"})
_WITHOUT_STEPS = 2  # characters more that fit one line without a column of next steps
_REF = Column("Ref", weight=0.8)
_ACTION = Column("Action", weight=2.4)


def count(number: int, what: str) -> str:
    """Return "1 action", "2 actions"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def days(number: int) -> str:
    """Return "1 day", "2 days"."""
    return count(number, "day")


def share(part: int, whole: int) -> str:
    """Return "3 (7%)", rounded half up; the whole is said beside it."""
    return f"{part:,} ({(200 * part + whole) // (2 * whole) if whole else 0}%)"


def short(text: str, most: int) -> str:
    """Return at most ``most`` characters of a text on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}\u2026"


def said(text: str | None, otherwise: str) -> str:
    """Return text, or what stands for its absence."""
    return text.strip() if text and text.strip() else otherwise


def overdue_table(late: list[ActionRow], most: int | None = None, width: int | None = None) -> Table:
    """Return the overdue actions, the oldest first; ``most`` of them, each text cut to ``width`` characters.

    Where texts are cut and none of the actions has a next step, there is no column for it.
    """
    shown = late[:most]
    left = len(late) - len(shown)
    caption = f"{count(len(late), 'action')} overdue" + (
        f"; the {_oldest(len(shown))} here, all inside" if left else ""
    )
    has_steps = width is None or any(action.next_steps.strip() for action in shown)
    room = width if width is None or has_steps else width + _WITHOUT_STEPS

    def text(value: str | None, otherwise: str = NOT_GIVEN) -> str:
        whole = said(value, otherwise)
        return whole if room is None else short(whole, room)

    columns = (
        _REF,
        _ACTION if has_steps else replace(_ACTION, weight=3.2),
        Column("Owner", weight=1.2 if has_steps else 1.5),
        Column("Due", ColumnKind.DATE),
        Column("Late", ColumnKind.NUMBER, 0.6, "days"),
        Column("Next step", weight=2.2),
    )
    rows = tuple(
        (
            action.ref,
            text(action.title),
            text(action.lead, NO_LEAD),
            _day(action.due),
            action.overdue_days,
            text(action.next_steps),
        )
        for action in shown
    )
    table = Table(caption, columns, rows, empty="No action is overdue.")
    return table if has_steps else _without(table, {"Next step"})


def _oldest(number: int) -> str:
    return "oldest" if number == 1 else f"{number:,} oldest"


def asked(action: ActionRow) -> str:
    """Return what an action asks of the board, else why it stands as it does, else what was last reported."""
    return said(action.help_needed or action.reason or action.latest_update, "no request recorded")


def asking_table(asks: list[ActionRow], position: Position) -> Table:
    """Return the actions that ask the board for something."""
    columns = (_REF, _ACTION, Column("Owner", weight=1.2), Column("RAG", ColumnKind.RAG), Column("Asked", weight=2.4))
    rows = tuple(
        (
            action.ref,
            action.title,
            said(action.lead, NO_LEAD),
            rag_cell(action, position),
            asked(action),
        )
        for action in asks
    )
    caption = f"{count(len(asks), 'action')} asking for a decision or rated worst"
    return Table(caption, columns, rows, empty="No action asks the board for help and none is rated worst.")


def rag_cell(action: ActionRow, position: Position) -> RagCell:
    """Return the owner's RAG, with the suggested one where it differs."""
    suggested = None if action.suggested_rag == action.rag else position.mark(action.suggested_rag)
    return RagCell(position.mark(action.rag), suggested)


def action_table(actions: tuple[ActionRow, ...], position: Position) -> Table:
    """Return actions as the board reads them, under a caption of their counts."""
    columns = (
        _REF,
        _ACTION,
        Column("Lead", weight=1.2),
        Column("Due", ColumnKind.DUE, 1.4),
        Column("Status", weight=1.35),
        Column("RAG", ColumnKind.RAG, 1.3),
        Column("Latest update", weight=1.1 if position.is_public else 2.7),
    )
    return Table(summary(position, actions), columns, tuple(_action_row(action, position) for action in actions))


def _action_row(action: ActionRow, position: Position) -> tuple[Cell, ...]:
    update = said(action.latest_update, NO_UPDATE if action.latest_update_on is None else "")
    if action.latest_update_on is not None:
        told = update and not position.is_public
        update = f"{day(action.latest_update_on)}: {update}" if told else day(action.latest_update_on)
    return (
        action.ref,
        action.title,
        said(action.lead, NO_LEAD),
        DueCell(action.baseline_due, action.forecast_due, said(action.due_text, NO_DATE)),
        _status(action),
        rag_cell(action, position),
        update,
    )


def _status(action: ActionRow) -> str:
    """Return the lifecycle status, with lateness and silence said below it."""
    lines = [action.status.label]
    if action.overdue_days:
        lines.append(f"{days(action.overdue_days)} late")
    if action.stale:
        lines.append("not updated")
    return "\n".join(lines)


def without_private(table: Table) -> Table:
    """Return a table without the columns that quote owners, for the public."""
    return _without(table, _PRIVATE)


def _without(table: Table, names: AbstractSet[str]) -> Table:
    """Return a table without the columns of these headings."""
    kept = [index for index, column in enumerate(table.columns) if column.heading not in names]
    columns = tuple(table.columns[index] for index in kept)
    return replace(table, columns=columns, rows=tuple(tuple(row[index] for index in kept) for row in table.rows))


def _day(value: date | None) -> Cell:
    return value or "not known"


def slipped_table(actions: tuple[ActionRow, ...]) -> Table:
    """Return the actions whose forecast is after their baseline, the furthest first."""
    found = sorted((a for a in actions if a.slipped_days), key=lambda a: (-a.slipped_days, a.ref))
    columns = (
        _REF,
        _ACTION,
        Column("Lead", weight=1.2),
        Column("Baseline due", ColumnKind.DATE),
        Column("Forecast due", ColumnKind.DATE),
        Column("Slipped", ColumnKind.NUMBER, 0.7, "days"),
        Column("Reason given", weight=2.0),
    )
    rows = tuple(
        (
            a.ref,
            a.title,
            said(a.lead, NO_LEAD),
            _day(a.baseline_due),
            _day(a.forecast_due),
            a.slipped_days,
            said(a.reason, NOT_GIVEN),
        )
        for a in found
    )
    return Table(
        f"{count(len(rows), 'action')} with a forecast after the baseline", columns, rows, "No action slipped."
    )


def stale_table(actions: tuple[ActionRow, ...], cycle_months: int) -> Table:
    """Return the open actions without an update for a full cycle, the longest silent first."""
    found = sorted((a for a in actions if a.stale_since is not None), key=lambda a: (str(a.stale_since), a.ref))
    columns = (
        _REF,
        _ACTION,
        Column("Lead", weight=1.2),
        Column("Silent since", ColumnKind.DATE),
        Column("Last update", weight=2.4),
    )
    rows = tuple(
        (
            a.ref,
            a.title,
            said(a.lead, NO_LEAD),
            _day(a.stale_since),
            said(a.latest_update, NO_UPDATE if a.latest_update_on is None else "no text"),
        )
        for a in found
    )
    caption = f"{count(len(rows), 'action')} without an update for {count(cycle_months, 'month')}"
    return Table(caption, columns, rows, "No action was silent for a full cycle.")


def theme_counts_table(position: Position) -> Table:
    """Return counts by theme and RAG with their shares, each theme now and at the last period."""
    marks = position.marks
    columns = (
        Column("Theme", weight=2.4),
        Column("As at", ColumnKind.DATE),
        *(Column(mark.word, ColumnKind.NUMBER) for mark in marks),
        Column("No RAG", ColumnKind.NUMBER),
        Column("All", ColumnKind.NUMBER, 0.7),
    )
    rows: list[tuple[Cell, ...]] = []
    for theme in theme_counts(position):
        rows.append((theme.theme, position.span.as_at, *_counts(theme.now, position)))
        if theme.before is not None:
            rows.append((theme.theme, position.span.before, *_counts(theme.before, position)))
    rows += total_counts(position).rows
    before = "no earlier position" if position.before is None else f"beside {day(position.span.before)}"
    return Table(f"Actions by theme and RAG, with the share of each theme's actions; {before}", columns, tuple(rows))


def compact_counts(position: Position) -> Table:
    """Return the counts by theme, each beside what it was at the last period, in as few rows as can be."""
    columns = (
        Column("Theme", weight=2.2),
        *(Column(mark.word, ColumnKind.NUMBER) for mark in position.marks),
        Column("No RAG", ColumnKind.NUMBER),
        Column("All", ColumnKind.NUMBER),
    )
    all_now, all_before = rag_counts(position.counted), None
    if position.before is not None:
        all_before = rag_counts(counted(position.before))
    rows = [(theme.theme, *_beside(theme.now, theme.before, position)) for theme in theme_counts(position)]
    rows.append(("All themes", *_beside(all_now, all_before, position)))
    caption = "Actions by theme and RAG"
    if position.before is not None:
        caption += f", and what it was on {day(position.span.before)}"
    return Table(caption, columns, tuple(rows), total=True)


def _beside(now: dict[str, int], before: dict[str, int] | None, position: Position) -> tuple[Cell, ...]:
    """Return the counts of a row, each as "3, was 2" where there is an earlier position."""
    present = _split(now, position)
    if before is None:
        return present
    return tuple(
        f"{count_now:,}, was {was:,}" for count_now, was in zip(present, _split(before, position), strict=True)
    )


def _split(counts: dict[str, int], position: Position) -> tuple[int, ...]:
    """Return the counts of each mark, of those without, and of all."""
    whole = sum(counts.values())
    known = [counts.get(mark.letter, 0) for mark in position.marks]
    return (*known, whole - sum(known), whole)


def total_counts(position: Position) -> Table:
    """Return the counts of the whole plan, now and at the last period."""
    columns = (
        Column("Theme", weight=1.4),
        Column("As at", ColumnKind.DATE),
        *(Column(mark.word, ColumnKind.NUMBER) for mark in position.marks),
        Column("No RAG", ColumnKind.NUMBER),
        Column("All", ColumnKind.NUMBER, 0.7),
    )
    rows = [("All themes", position.span.as_at, *_counts(rag_counts(position.counted), position))]
    if position.before is not None:
        rows.append(("All themes", position.span.before, *_counts(rag_counts(counted(position.before)), position)))
    return Table("Actions by RAG", columns, tuple(rows))


def _counts(counts: dict[str, int], position: Position) -> tuple[Cell, ...]:
    *parts, whole = _split(counts, position)
    return (*(share(part, whole) for part in parts), whole)


def summary(position: Position, actions: tuple[ActionRow, ...]) -> str:
    """Return one sentence of counts for a theme."""
    these = counted(actions)
    counts = rag_counts(these)
    rated = ", ".join(
        f"{counts[mark.letter]:,} {mark.word.lower()}" for mark in position.marks if counts.get(mark.letter)
    )
    unrated = len(these) - sum(counts.get(mark.letter, 0) for mark in position.marks)
    parts = [part for part in (rated, f"{unrated:,} with no RAG" if unrated else "") if part]
    late = sum(bool(action.overdue_days) for action in these)
    parts.append(f"{late:,} overdue" if late else "none overdue")
    return f"{count(len(these), 'action')}: {', '.join(parts)}"
