"""Writes an update workbook: the actions of an owner with a box beside each for this period's update.

It is made for people who never see the program, only a spreadsheet: it says what is asked for and until when, takes
what they write without a fuss, and is known again when it comes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from csp_desktop.exports.content import WorkbookContent, WorkbookRow, Written
from csp_desktop.exports.hidden_sheet import write_hidden_sheet, write_properties
from csp_desktop.exports.layout import (
    ACTION_COLUMNS,
    ACTIONS_SHEET,
    MILESTONE_COLUMNS,
    MILESTONES_SHEET,
    Kind,
    UpdateColumn,
    column_mark,
)
from csp_desktop.exports.positions import Content
from csp_desktop.exports.workbook_choices import Choices, ref_rule, write_choices
from csp_desktop.exports.workbook_looks import (
    SPARE_ROWS,
    ZOOM,
    Line,
    Page,
    RowLooks,
    colour_rag,
    lay_columns,
    set_row_height,
    set_up_page,
    text_widths,
    write_headings,
    write_lines,
    write_string,
)
from csp_desktop.reports.blocks import day
from csp_desktop.rules.periods import MONTH_NAMES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FIRST_YEAR = 1900  # a spreadsheet knows no earlier day; such a one is written as text
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet and its table: what stands above it, its columns and its rows, and how wide it prints."""

    name: str
    lines: Sequence[Line]
    columns: Sequence[UpdateColumn]
    rows: Sequence[WorkbookRow]
    frozen: str
    pages_wide: int

    @property
    def mark_row(self) -> int:
        """Return the number of the hidden row that names the columns by their keys."""
        return len(self.lines) + 1

    @property
    def header_row(self) -> int:
        """Return the number of the row of headings."""
        return self.mark_row + 1

    @property
    def last_row(self) -> int:
        """Return the number of the table's last row: a table has at least one, if an empty one."""
        return self.header_row + max(len(self.rows), 1)

    def letter(self, key: str) -> str:
        """Return the letter of a column."""
        from openpyxl.utils import get_column_letter

        return get_column_letter([column.key for column in self.columns].index(key) + 1)

    def cells_of(self, key: str) -> str:
        """Return the range of a column's cells, with those below the table."""
        letter = self.letter(key)
        return f"{letter}{self.header_row + 1}:{letter}{self.last_row + SPARE_ROWS}"


def update_workbook(content: WorkbookContent) -> Written:
    """Return an update workbook as the bytes of an .xlsx file, and where a text was shortened to fit its cell."""
    from openpyxl import Workbook

    book = Workbook()
    actions, milestones = _actions(content), _milestones(content)
    sheets = [book.worksheets[0], book.create_sheet()]
    choices = write_choices(book, content.rag_values)
    for sheet, table in zip(sheets, (actions, milestones), strict=True):
        _write_sheet(sheet, table, content, choices)
    first, last = actions.header_row + 1, actions.last_row
    refs = ref_rule(f"{ACTIONS_SHEET}!$A${first}:$A${last}")
    refs.add(milestones.cells_of("milestone.ref"))
    sheets[1].add_data_validation(refs)
    write_hidden_sheet(book, content)
    write_properties(book, content, actions.lines[0].text)
    target = BytesIO()
    book.save(target)
    shortened = [place for table in (actions, milestones) for place in _shortened(table, content)]
    return Written(target.getvalue(), tuple(shortened))


def _actions(content: WorkbookContent) -> _Table:
    """Return the table of the actions, with what its owner is asked for above it."""
    timing = content.timing
    count = f"{len(content.actions):,} {'action' if len(content.actions) == 1 else 'actions'}"
    period = f"{timing.period.label}, {day(timing.period.first_day)} to {day(timing.period.last_day)}"
    lines = [
        Line(f"Action update: {content.scope.plan.title}", is_title=True),
        Line(f"{content.scope.words} · {count} · {period}"),
        Line(f"Please send it back by {_long(timing.wanted_back)}, to {content.sender}.", bold=True),
        Line("1. Fill in the columns with dark blue headings, on the right: Your update to Next steps."),
        Line("2. Change anything else that is white and no longer right. Grey columns are for reading only."),
        Line("3. For a new action use a new row, at the end or between, and leave Ref blank. Milestones: next sheet."),
    ]
    marking = [Line(content.marking, bold=True)] if content.marking else []
    return _Table(ACTIONS_SHEET, lines + marking, ACTION_COLUMNS, content.actions, frozen="title", pages_wide=2)


def _milestones(content: WorkbookContent) -> _Table:
    """Return the table of the milestones; it stands there, empty, where there are none."""
    lines = [
        Line(f"Milestones: {content.scope.plan.title}", is_title=True),
        Line("To add a milestone, use a new row and give it the Ref of its action."),
        Line("Change anything that is white. Grey columns are for reading only."),
    ]
    marking = [Line(content.marking, bold=True)] if content.marking else []
    rows = content.milestones
    return _Table(MILESTONES_SHEET, lines + marking, MILESTONE_COLUMNS, rows, frozen="milestone.ref", pages_wide=1)


def _write_sheet(sheet: "Worksheet", table: _Table, content: WorkbookContent, choices: Choices) -> None:
    sheet.title = table.name
    lay_columns(sheet, table.columns)
    write_lines(sheet, table.lines, len(table.columns) - 1)
    write_headings(sheet, table.header_row, table.columns)
    for number, column in enumerate(table.columns, start=1):
        write_string(sheet, (table.mark_row, number), column_mark(content.key, column.key))
    sheet.row_dimensions[table.mark_row].hidden = True
    _write_rows(sheet, table)
    _make_table(sheet, table)
    _make_rules(sheet, table, content, choices)
    letter = table.letter([column.key for column in table.columns if column.kind is not Kind.ROW_ID][-1])
    page = Page(
        last_column=letter,
        header_row=table.header_row,
        pages_wide=table.pages_wide,
        title=table.lines[0].text,
        scope=content.scope.words,
        wanted_back=f"Back by {_long(content.timing.wanted_back)}",
        marking=content.marking,
    )
    set_up_page(sheet, page)


def _write_rows(sheet: "Worksheet", table: _Table) -> None:
    looks, widths = RowLooks.of(sheet, table.columns), text_widths(table.columns)
    numbered = list(enumerate(table.columns, start=1))
    for row, each in enumerate(table.rows or (WorkbookRow("", {}),), start=table.header_row + 1):
        texts = [""] * len(numbered)
        for number, column in numbered:
            value = each.row_id if column.kind is Kind.ROW_ID else each.cells.get(column.key)
            looks.give(_write_cell(sheet, (row, number), value, column), number)
            if isinstance(value, str) and column.kind is not Kind.ROW_ID:
                texts[number - 1] = value
        set_row_height(sheet, row, texts, widths)


def _write_cell(sheet: "Worksheet", place: tuple[int, int], value: Content, column: UpdateColumn) -> Any:
    """Write a day and a percentage as what they are, anything else as text, and nothing as nothing; return the cell."""
    if isinstance(value, date) and value.year > _FIRST_YEAR:
        return sheet.cell(*place, value)
    if isinstance(value, int) and column.kind is Kind.PERCENT:
        return sheet.cell(*place, value / _HUNDRED)
    if value is not None and value != "":
        return write_string(sheet, place, str(value))
    return sheet.cell(*place)


def _make_table(sheet: "Worksheet", table: _Table) -> None:
    """Make the rows a table to the spreadsheet: it filters, sorts whole rows, and grows as one writes below it."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

    reach = f"A{table.header_row}:{get_column_letter(len(table.columns))}{table.last_row}"
    columns = [TableColumn(id=number, name=column.heading) for number, column in enumerate(table.columns, start=1)]
    made = Table(displayName=table.name, name=table.name, ref=reach, tableColumns=columns, autoFilter=AutoFilter(reach))
    made.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False, showColumnStripes=False)
    sheet.add_table(made)
    after = get_column_letter([column.key for column in table.columns].index(table.frozen) + 2)
    sheet.sheet_view.zoomScale = ZOOM
    sheet.freeze_panes = f"{after}{table.header_row + 1}"


def _make_rules(sheet: "Worksheet", table: _Table, content: WorkbookContent, choices: Choices) -> None:
    for column in table.columns:
        cells = table.cells_of(column.key)
        if column.kind is Kind.RAG:
            colour_rag(sheet, cells, content.rag_values)
        rule = choices.rule(column)
        if rule is not None:
            rule.add(cells)
            sheet.add_data_validation(rule)


def _shortened(table: _Table, content: WorkbookContent) -> list[str]:
    rows = {each.row_id: row for row, each in enumerate(table.rows, start=table.header_row + 1)}
    return [f"{table.name} {table.letter(key)}{rows[each]}" for each, key in content.shortened if each in rows]


def _long(value: date) -> str:
    """Return a day with its month in full: "14 December 2026"."""
    return f"{value.day} {MONTH_NAMES[value.month - 1]} {value.year}"
