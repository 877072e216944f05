"""Update workbooks as an owner has them open: rows whose cells know which action each word is really about.

Every deed is one that a person does in a spreadsheet. ``Word.home`` stays with a word wherever it is sorted or copied
to, so a test can ask of each whether the merge put it on its own action.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from csp_desktop.exports.layout import ACTION_COLUMNS, COLUMNS, HEAD_MARK, ROW_ID, Kind, action_row, column_mark
from csp_desktop.imports.grid import CellValue, PercentNumber, SheetGrid, WorkbookGrid

KEY = "EXP-0001-0a1b2c3d"
KEYS = [column.key for column in ACTION_COLUMNS]
EDITABLE = ("title", "lead", "start", "due", "status", "success_measure", "update", "rag", "percent", "next_steps")
HEADER_ROW = 6


@dataclass(frozen=True)
class Word:
    """One cell's value, and the action (by row key) that it is about; ``edited``: the owner typed it."""

    value: CellValue
    home: str
    edited: bool = False


@dataclass
class Line:
    """One row of the table: its words by column key."""

    words: dict[str, Word] = field(default_factory=dict)

    def copied(self) -> "Line":
        """The row once more: what is edited is edited in the first."""
        return Line({key: replace(word, edited=False) for key, word in self.words.items()})

    def value(self, key: str) -> CellValue:
        return self.words[key].value if key in self.words else None


def as_value(key: str, said: str) -> CellValue:
    """What the workbook holds in a cell that says so."""
    kind = COLUMNS[key].kind
    if kind is Kind.DATE and said[:4].isdigit():
        return date.fromisoformat(said)
    return PercentNumber(int(said) / 100) if kind is Kind.PERCENT else said


@dataclass
class Book:
    """The sheet of actions, open in front of its owner."""

    lines: list[Line]
    order: list[str] = field(default_factory=lambda: list(KEYS))
    headings: dict[str, str] = field(default_factory=lambda: {c.key: c.heading for c in ACTION_COLUMNS})
    own_column: str = ""

    @classmethod
    def of(cls, base: Mapping[str, Mapping[str, str]]) -> "Book":
        lines = []
        for row, said in base.items():
            words = {key: Word(as_value(key, text), row) for key, text in said.items()}
            words[ROW_ID] = Word(action_row(KEY, int(row[1:])), row)
            lines.append(Line(words))
        return cls(lines)

    def write(self, at: int, key: str, value: CellValue) -> None:
        line = self.lines[at]
        home = line.words[ROW_ID].home if ROW_ID in line.words else ""
        line.words[key] = Word(value, home, edited=True)

    def empty(self, at: int, key: str) -> None:
        self.lines[at].words.pop(key, None)

    def sort(self, keys: Iterable[str], order: Sequence[int]) -> None:
        """Put the cells of some columns in another order, as sorting a selection does."""
        moved = [{key: self.lines[at].words.get(key) for key in keys} for at in order]
        for line, words in zip(self.lines, moved, strict=True):
            for key, word in words.items():
                if word is None:
                    line.words.pop(key, None)
                else:
                    line.words[key] = word

    def insert(self, at: int, words: Mapping[str, CellValue]) -> None:
        self.lines.insert(at, Line({key: Word(value, "", edited=True) for key, value in words.items()}))

    def copy_row(self, at: int, below: int, title: str | None) -> None:
        line = self.lines[at].copied()
        if title is not None:
            line.words["title"] = Word(title, "", edited=True)
        self.lines.insert(below, line)

    def put_columns(self, keys: Sequence[str]) -> None:
        self.order = list(keys)

    def add_column(self, heading: str) -> None:
        self.own_column = heading

    def is_copied(self, at: int) -> bool:
        """Whether another row bears the row's id or its Ref."""

        def is_twice(key: str) -> bool:
            own = self.lines[at].value(key)
            return own is not None and sum(line.value(key) == own for line in self.lines) > 1

        return is_twice(ROW_ID) or is_twice("ref")

    def fill_down_ref(self, first: int, last: int, *, counting: bool) -> None:
        start = str(self.lines[first].value("ref") or "ACT-0001")
        number = int(start.rpartition("-")[2])
        for step, at in enumerate(range(first, last + 1)):
            text = f"ACT-{number + step:04d}" if counting else start
            self.lines[at].words["ref"] = replace(self.lines[at].words.get("ref", Word("", "")), value=text)

    def grid(self, *, marks: bool = True, copies: int = 0, key: str = KEY) -> WorkbookGrid:
        """The file as the reader gives it."""
        numbers = {column: at for at, column in enumerate(self.order, start=1)}
        rows: dict[int, list[CellValue]] = {1: ["Action update"]}
        if marks:
            rows[HEADER_ROW - 1] = [column_mark(key, column) for column in self.order]
        rows[HEADER_ROW] = [self.headings[column] for column in self.order]
        if self.own_column:
            rows[HEADER_ROW].append(self.own_column)
        for at, line in enumerate(self.lines, start=HEADER_ROW + 1):
            values: list[CellValue] = [None] * len(self.order)
            for column, word in line.words.items():
                if column in numbers:
                    values[numbers[column] - 1] = word.value
            while values and values[-1] is None:
                values.pop()
            if values:
                rows[at] = values
        sheet = SheetGrid("Actions", rows=rows)
        hidden = SheetGrid("_csp", hidden=True, rows={1: [HEAD_MARK], 2: ["export", key]})
        more = tuple(replace(sheet, name=f"Actions ({number})") for number in range(2, copies + 2))
        return WorkbookGrid("return.xlsx", "xlsx", (sheet, *more, hidden))
