"""What the cells of a file say, for people who look at a row or a column of it."""

from collections import Counter
from itertools import islice

from csp_desktop.exports.layout import row_number
from csp_desktop.imports.fillers import is_filler
from csp_desktop.imports.grid import CellValue, WorkbookGrid, is_blank, text_of
from csp_desktop.imports.import_plan import ImportPlan, RowPlan
from csp_desktop.imports.reading.limits import EXCEL_ROWS

SAMPLES = 3
SAMPLED_ROWS = 500


def row_words(grid: WorkbookGrid, sheet: str, row: int) -> str:
    """Return what the cells of a row say, in their order."""
    found = next(each for each in grid.sheets if each.name == sheet)
    return " | ".join(text_of(value) for _, value in found.cells(row))


def samples(grid: WorkbookGrid, sheet: str, below: int, column: int, until: int = EXCEL_ROWS) -> tuple[str, ...]:
    """Return the first three different values of a column below a row, on one line each; fillers are none.

    Only the first rows are looked at, for a column of a long sheet may be empty down to its end.
    """
    found = next(each for each in grid.sheets if each.name == sheet)
    heading = found.value(below, column)  # which tables repeat for each project
    texts: dict[str, None] = {}
    for row in islice((row for row in found.rows if below < row <= until), SAMPLED_ROWS):
        value = found.value(row, column)
        if not is_blank(value) and not is_filler(value) and value != heading:
            texts[" ".join(text_of(value).split())] = None
        if len(texts) == SAMPLES:
            break
    return tuple(texts)


def is_prose(grid: WorkbookGrid) -> bool:
    """Say whether a text file is no table but sentences: lines of now this many parts, now that many, after commas."""
    if grid.format != "csv":
        return False
    rows = [values for sheet in grid.sheets for values in sheet.rows.values()]
    widths = Counter(len(values) for values in rows)
    usual = max((count for width, count in widths.items() if width > 1), default=0)
    parts = [value for values in rows for value in values[1:] if isinstance(value, str) and value]
    return usual * 2 < len(rows) and sum(part[0].isspace() for part in parts) * 2 >= len(parts)


def said_in_fields(plan: ImportPlan, row: RowPlan) -> dict[str, CellValue]:
    """Return what the cells of a row say, by the field that each one's column holds."""
    tables = [
        table
        for table in plan.read.tables
        if table.sheet == row.record.sheet and table.part == row.record.part and table.header_row < row.record.row
    ]
    sheet = next(each for each in plan.file.grid.sheets if each.name == row.record.sheet)
    columns = tables[-1].mapping.columns if tables else ()
    return {each.field.value: sheet.value(row.record.row, each.column) for each in columns if each.field is not None}


def candidates(plan: ImportPlan, row: RowPlan) -> tuple[str, ...]:
    """Return the refs of the actions that a row may be which asks: the one asked about, then those that it names."""
    if not row.question:
        return ()
    returned = plan.returned
    found = {row.question: None}
    if returned is not None and row.waits:
        refs = {(said.get("ref") or "").upper(): said.get("ref") or "" for said in returned.base.values()}
        sheet = next(each for each in plan.file.grid.sheets if each.name == row.record.sheet)
        for _, value in sheet.cells(row.record.row):
            text = text_of(value)
            named = row_number(returned.key, text)
            base = returned.base.get(f"{named[0]}{named[1]}", {}) if named is not None else {}
            ref = base.get("ref") or refs.get(text.upper())
            if ref:
                found[ref] = None
    return tuple(found)
