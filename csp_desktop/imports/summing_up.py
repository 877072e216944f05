"""What bringing a file in did, put together from the very comparison that was applied."""

from collections.abc import Iterator

from csp_desktop.exports.layout import COLUMNS
from csp_desktop.imports.applying import Applied
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import address
from csp_desktop.imports.import_plan import ImportPlan, RowPlan
from csp_desktop.imports.merged import NOT_APPLIED, MergedCell, Verdict
from csp_desktop.imports.problems import Problem, quote
from csp_desktop.imports.reviewing import row_of
from csp_desktop.reports.import_summary import CameIn, ImportFacts, LeftBehind
from models.vocabulary import ProblemLevel

LEFT_OUT = "You left this row out."
_NAMES = {"updates": "Update", "theme": "Theme"}
_OURS = frozenset(column.heading for column in COLUMNS.values())


def facts_of(plan: ImportPlan, applied: Applied, about: str) -> ImportFacts:
    """Return what there is to tell of an import; ``about`` says which file it was and what it was compared with."""
    returned = plan.returned
    return ImportFacts(
        file_name=plan.file.name,
        plan=plan.plan.title,
        headline=brought_words(plan),
        about=about,
        period=returned.period if returned else "",
        came_in=tuple(_came_in(plan, applied)),
        left=left_behind(plan),
        missing=tuple((row.ref, row.title) for row in returned.missing) if returned else (),
    )


def brought_words(plan: ImportPlan) -> str:
    """Say in a sentence or two what bringing a file in did."""
    coming = [row for row in plan.rows if row.change.changes and not row.is_left_out]
    steps = sum(row.change.milestone is not None for row in coming)
    fresh = sum(row.change.is_new for row in coming)
    changed = len(coming) - fresh - steps
    into = plan.plan.title
    parts = [f"{_counted(fresh, 'action')} {_was(fresh)} added to {into}"] if fresh else []
    if changed:
        parts.append(f"{changed:,} {_was(changed)} changed" if parts else _changed(changed, "action", into))
    if steps:
        said = f"{_counted(steps, 'milestone')} {_was(steps)} added or changed"
        parts.append(said if parts else f"{said} in {into}")
    if not parts:
        return _nothing_new(plan)
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{listed}. A backup was made first."


def _changed(count: int, noun: str, plan: str) -> str:
    return f"{_counted(count, noun)} of {plan} {_was(count)} changed"


def _nothing_new(plan: ImportPlan) -> str:
    if plan.changes_anything:
        return f"Nothing of {plan.plan.title} was changed; what you decided is kept. A backup was made first."
    return f"Nothing in this file was new, and nothing of {plan.plan.title} was changed."


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _came_in(plan: ImportPlan, applied: Applied) -> Iterator[CameIn]:
    """Yield the rows that came in, in the order of the file."""
    for row in plan.rows:
        if row.change.changes and not row.is_left_out:
            yield CameIn(applied.refs.get(row.place) or row.ref, row.record.title.value or "", _what(row, plan))


def _what(row: RowPlan, plan: ImportPlan) -> str:
    """Say what of a row came in: its headings, or that it is new."""
    step = row.change.milestone
    if step is not None and step.id is None:
        return "New milestone"
    if row.change.is_new:
        return "New action"
    named = dict.fromkeys(heading_of(cell, plan) for cell in row.cells if cell.is_applied)
    if not named:
        return "Theme" if row.change.new_theme else "Details"
    return ", ".join(named)


def heading_of(cell: MergedCell, plan: ImportPlan) -> str:
    """Return what people call a cell's column: an update workbook's own heading, else the name of its field."""
    if plan.returned is not None:
        return cell.heading
    fields = {field.value: field.label for field in ActionField}
    return _NAMES.get(cell.key) or fields.get(cell.key) or cell.heading


def left_behind(plan: ImportPlan) -> tuple[LeftBehind, ...]:
    """Return everything in the file that was not brought in, and why, in the order of the file."""
    found = dict.fromkeys((*_rows_left_out(plan), *_cells_not_applied(plan), *_problems(plan)))
    sheets = {sheet.name: at for at, sheet in enumerate(plan.file.grid.sheets)}
    return tuple(sorted(found, key=lambda each: (sheets.get(each.sheet, len(sheets)), each.row)))


def _rows_left_out(plan: ImportPlan) -> Iterator[LeftBehind]:
    for row in plan.rows:
        if row.is_left_out:
            title = row.record.title.value or ""
            yield LeftBehind(row.record.sheet, row.record.row, "", row.ref, title, LEFT_OUT)


def _cells_not_applied(plan: ImportPlan) -> Iterator[LeftBehind]:
    for row in plan.rows:
        for cell in row.cells if not row.is_left_out else ():
            why = cell.why if cell.verdict in NOT_APPLIED else ""
            if cell.verdict is Verdict.KEPT:
                why = f"You kept what the office has: {quote(cell.mine)}." if cell.mine else "You kept it blank."
            if why:
                heading = heading_of(cell, plan)
                yield LeftBehind(row.record.sheet, row.record.row, cell.cell, row.ref, heading, why)


def _problems(plan: ImportPlan) -> Iterator[LeftBehind]:
    """Yield what was left out for what it says; a row that is left out anyway says it itself, and cells theirs."""
    out = {row.place[:2] for row in plan.rows if row.is_left_out}
    told = {(row.record.sheet, cell.cell, cell.why) for row in plan.rows for cell in row.cells if cell.why}
    refs = {row.place[:2]: row.ref for row in plan.rows}
    own_columns = _columns_of_the_owners(plan)
    for problem in plan.problems:
        place = (problem.sheet, row_of(problem))
        is_left = problem.level is ProblemLevel.ERROR or (problem.sheet, problem.cell) in own_columns
        if is_left and place not in out and (problem.sheet, problem.cell, problem.message) not in told:
            what = _heading_at(plan, problem)
            yield LeftBehind(problem.sheet, place[1], problem.cell, refs.get(place, ""), what, problem.message)


def _columns_of_the_owners(plan: ImportPlan) -> set[tuple[str, str]]:
    """Return where the headings stand of the columns that an owner added to an update workbook."""
    return {
        (table.sheet, address(table.header_row, column.column))
        for table in (plan.read.tables if plan.returned is not None else ())
        for column in table.mapping.columns
        if column.field is None and column.heading not in _OURS
    }


def _heading_at(plan: ImportPlan, problem: Problem) -> str:
    """Return the heading of the column that a problem's cell stands in, "" where there is none."""
    letters = problem.cell.rstrip("0123456789")
    row = row_of(problem)
    tables = [table for table in plan.read.tables if table.sheet == problem.sheet and table.header_row <= row]
    columns = (column for table in reversed(tables) for column in table.mapping.columns)
    return next((each.heading for each in columns if address(1, each.column) == f"{letters}1"), "")
