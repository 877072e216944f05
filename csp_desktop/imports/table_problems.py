"""What there is to say of a table and its rows, each problem at its own address."""

from collections.abc import Iterable, Sequence

from csp_desktop.imports.dates import cell_error
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.fillers import is_filler
from csp_desktop.imports.grid import CellError, CellValue, address, is_blank, text_of
from csp_desktop.imports.mapping import Confidence, ProposedMapping
from csp_desktop.imports.problems import Problem, quote
from csp_desktop.imports.records import ActionRecord, RefusedRow, ThemeSource
from csp_desktop.imports.sections import DataRow, SortedRows
from csp_desktop.imports.synonyms import Wordings
from csp_desktop.imports.tables import Table
from csp_desktop.rules.folding import fold
from models.vocabulary import ProblemLevel

_JOINED = frozenset(
    {
        ActionField.DESCRIPTION,
        ActionField.SUPPORTING,
        ActionField.SUPPORTING_PARTNERS,
        ActionField.UPDATE,
        ActionField.NEXT_STEPS,
        ActionField.REASON,
        ActionField.HELP_NEEDED,
        ActionField.SUCCESS_MEASURE,
        ActionField.RESOURCES,
    }
)
_LONGEST_REFUSED = 200
_MOST_RANGES = 6
_PAIR = 2


def join_extra(table: Table, mapping: ProposedMapping, row: DataRow) -> Iterable[Problem]:
    """Join the texts of rows that a downward-merged title covers to their action; say what could not be joined."""
    fields = {each.column: each.field for each in mapping.columns if each.field is not None}
    for number, column, value in row.extra:
        meant = fields.get(column)
        if meant is None or value == row.values.get(column):
            continue
        if isinstance(value, CellError):
            found = cell_error(value)
            yield Problem(table.sheet.name, address(number, column), found.level, found.message)
        elif meant in _JOINED or is_blank(row.values.get(column)):
            parts = [text_of(part) for part in (row.values.get(column), value) if not is_blank(part)]
            row.values[column] = "\n".join(parts) if len(parts) > 1 else value
        else:
            message = (
                f"{quote(text_of(value))} belongs to the action of row {row.row}, which has its own; it was left out."
            )
            yield Problem(table.sheet.name, address(number, column), ProblemLevel.WARNING, message)


def doubts(table: Table, rows: SortedRows) -> Iterable[Problem]:
    """Say of rows with text in one cell that they were taken as headings."""
    message = "Taken as a heading for the rows below. If it is an action, give it a lead or a due date."
    for row, column in rows.doubtful:
        yield Problem(table.sheet.name, address(row, column), ProblemLevel.WARNING, message)


def guessed_title(table: Table, mapping: ProposedMapping, wordings: Wordings) -> Iterable[Problem]:
    """Say of a title column that its values were all there was to know it by."""
    title = mapping.column_of(ActionField.TITLE)
    if (
        title is not None
        and title.confidence is Confidence.LIKELY
        and ActionField.TITLE not in wordings.closeness(title.heading)
    ):
        message = (
            f"No heading names the action, so the column {quote(title.heading)} was taken for it. Check that it is."
        )
        yield Problem(table.sheet.name, address(table.header_row, title.column), ProblemLevel.WARNING, message)


def refused(table: Table, mapping: ProposedMapping, row: DataRow) -> RefusedRow:
    """Return the refusal of a row without a title, at the cell where the title should be."""
    title = mapping.column_of(ActionField.TITLE)
    column = title.column if title else 1
    heading = title.heading if title else ""
    value: CellValue = row.values.get(column)
    found = f"shows {value.code}" if isinstance(value, CellError) else "is empty"
    message = f"This row has no action: its cell under {quote(heading)} {found}. The row was left out; fill that cell."
    problem = Problem(table.sheet.name, address(row.row, column), ProblemLevel.ERROR, message)
    words = " | ".join(text_of(each) for _, each in sorted(row.values.items()))[:_LONGEST_REFUSED]
    return RefusedRow(table.sheet.name, row.row, problem, words, table.part)


def hidden(table: Table, mapping: ProposedMapping, rows: SortedRows) -> Iterable[Problem]:
    """Say which rows and columns that the owner's program hides were read."""
    read = {row.row for row in rows.data}
    numbers = [row for row in rows.hidden if row in read]
    if numbers:
        verbs = ("is", "was") if len(numbers) == 1 else ("are", "were")
        said = f"{len(numbers)} of the rows {verbs[0]} hidden in the workbook and {verbs[1]} read: {_ranges(numbers)}."
        yield Problem(table.sheet.name, "", ProblemLevel.WARNING, said)
    for column in mapping.columns:
        if column.field is not None and column.column in table.sheet.hidden_columns:
            message = f"The column {quote(column.heading)} is hidden in the workbook and was read."
            yield Problem(table.sheet.name, address(table.header_row, column.column), ProblemLevel.WARNING, message)


def unheaded(table: Table, rows: SortedRows) -> Iterable[Problem]:
    """Say, column by column, which cells beside the actions stand under no heading, so that nobody can take them."""
    headed = table.columns
    lone: dict[int, list[int]] = {}
    for row in (number for each in rows.data for number in (each.row, *{at for at, _, _ in each.extra})):
        values = table.sheet.rows[row]
        if len(values) <= len(headed) == max(headed):
            continue
        for column, value in table.sheet.cells(row):
            if column not in headed and not is_filler(value):
                lone.setdefault(column, []).append(row)
    for column, numbers in lone.items():
        value, more = table.sheet.value(numbers[0], column), len(numbers) - 1
        verbs = f"and {more} more of its column stand" if more else "stands"
        taken = "they were" if more else "it was"
        message = f"{quote(text_of(value))} {verbs} under no heading, so {taken} left out. Give the column a heading."
        yield Problem(table.sheet.name, address(numbers[0], column), ProblemLevel.WARNING, message)


def not_kept(table: Table, mapping: ProposedMapping) -> Iterable[Problem]:
    """Say of a column whose field no action has that its cells go nowhere."""
    column = mapping.column_of(ActionField.PRIORITY)
    if column is not None:
        message = f"An action has no priority here, so the column {quote(column.heading)} was left out."
        yield Problem(table.sheet.name, address(table.header_row, column.column), ProblemLevel.WARNING, message)


def _ranges(numbers: Sequence[int]) -> str:
    """Return row numbers in order as a person says them: "rows 5 to 7 and 12"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    said = [" to ".join(str(end) for end in each) for each in ranges]
    if len(numbers) == len(ranges) + 1 == _PAIR:
        said = [str(number) for number in numbers]
    if len(said) > _MOST_RANGES:
        said = [*said[:_MOST_RANGES], "others"]
    words = f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else said[0]
    return f"row{'' if len(numbers) == 1 else 's'} {words}"


def repeated_refs(records: Iterable[ActionRecord]) -> Iterable[Problem]:
    """Warn of a ref that stands in two rows of one table."""
    seen: dict[tuple[str, str], int] = {}
    for record in records:
        ref = fold(record.our_ref or (record.source_ref.value or "" if record.source_ref else ""))
        # owners number anew under every project or priority
        key = (record.theme_text if record.theme_source is ThemeSource.SECTION and not record.our_ref else "", ref)
        if ref and key in seen:
            cell = record.source_ref.cell if record.source_ref else address(record.row, 1)
            message = f"The same ref stands in row {seen[key]}. Give each action a ref of its own."
            yield Problem(record.sheet, cell, ProblemLevel.WARNING, message)
        elif ref:
            seen[key] = record.row


def sorting_place(cell: str) -> tuple[int, int, str]:
    """Return a cell's place for sorting: row, then column."""
    letters = cell.rstrip("0123456789")
    return (int(cell[len(letters) :] or 0), len(letters), letters)
