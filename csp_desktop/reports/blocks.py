"""What a report says, as data. Writers turn it into a tagged PDF, a workbook or the preview.

Text is plain: no markup is understood anywhere, so nothing a user typed can act. Rules of good paper that do not
need a page are kept here and raise ValueError: heading levels never skip, rows are of one length, no cell is empty.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from csp_desktop.charts.rag import RagMark
from csp_desktop.charts.scene import Scene
from csp_desktop.rules.periods import shown_day

MAX_LEVEL = 3


class Role(StrEnum):
    """How a paragraph stands on the page."""

    BODY = "body"
    LEAD = "lead"
    MUTED = "muted"


class ColumnKind(StrEnum):
    """What a column holds, which decides its side and, in a workbook, the type of its cells."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    RAG = "rag"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3. The report's title stands above all as level 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line break in it stays one."""

    text: str
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class BulletList:
    """Short points, each an item of its own."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A RAG mark with the sentence that says why, for an overall status."""

    mark: RagMark | None
    text: str

    @property
    def sentence(self) -> str:
        """Return the whole sentence: the mark's word and why, or the reason alone with its capital."""
        return f"{self.mark.word}: {self.text}" if self.mark else self.text[:1].upper() + self.text[1:]


@dataclass(frozen=True, slots=True)
class RagCell:
    """An owner's RAG and, where it differs, the one that dates and progress suggest. None is "No RAG"."""

    mark: RagMark | None
    suggested: RagMark | None = None

    @property
    def text(self) -> str:
        """Return what the cell says: the word, then the suggestion on a line of its own."""
        word = self.mark.word if self.mark else "No RAG"
        return f"{word}\n{self.suggested.word} suggested" if self.suggested else word


@dataclass(frozen=True, slots=True)
class DueCell:
    """When something is due: the forecast, with the baseline below where it differs; ``otherwise`` without dates.

    A workbook gives the two dates a column each.
    """

    baseline: date | None
    forecast: date | None
    otherwise: str = "none"

    @property
    def text(self) -> str:
        """Return the day it is due, and on a line of its own what it first was."""
        due = self.forecast or self.baseline
        if due is None:
            return self.otherwise
        if self.baseline is None or self.baseline == due:
            return day(due)
        return f"{day(due)}\nwas {day(self.baseline)}"


Cell = str | int | Decimal | date | RagCell | DueCell


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it holds, its share of the width, and a unit said in the heading."""

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    weight: float = 1.0
    unit: str = ""

    @property
    def title(self) -> str:
        """Return the heading with its unit."""
        return f"{self.heading} ({self.unit})" if self.unit else self.heading


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. The first column heads its row; ``total`` says that the last row sums the others.

    ``caption`` is the table's message; writers number it. With no rows the sentence ``empty`` stands instead.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "There is nothing to list."
    total: bool = False

    def __post_init__(self) -> None:
        """Refuse rows of another length than the headings, and cells that say nothing."""
        for row in self.rows:
            if len(row) != len(self.columns):
                message = f"a row of {len(row)} cells in a table of {len(self.columns)} columns"
                raise ValueError(message)
            if any(isinstance(cell, str) and not cell.strip() for cell in row):
                message = 'an empty cell: say "none" or "not known"'
                raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: active title, subtitle (measure, area, period), source, the finding in words, the data as a table.

    ``data`` is None where the report gives the table in another place; the source line then says where.
    """

    scene: Scene
    title: str
    subtitle: str
    source: str
    alt: str
    data: Table | None


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One mark and what it means."""

    mark: RagMark
    meaning: str


@dataclass(frozen=True, slots=True)
class Key:
    """The RAG rule: every mark with its meaning."""

    entries: tuple[KeyEntry, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page, landscape or portrait; as the first block of all, with the title on it."""

    landscape: bool = False


@dataclass(frozen=True, slots=True)
class OnePage:
    """The same matter told at several lengths, fullest first: paper takes the first that fits on the page.

    A workbook has no pages and takes the fullest. The last is taken when none fits.
    """

    variants: tuple[tuple["PageBlock", ...], ...]


PageBlock = Heading | Paragraph | BulletList | Verdict | Table | Figure | Key
Block = PageBlock | PageBreak | OnePage


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report. ``marking`` is the handling mark in capitals or ""; ``logo`` the bytes of a PNG or JPEG."""

    title: str
    subtitle: str
    organisation: str
    marking: str
    data_date: date
    author: str
    subject: str
    period: str
    blocks: tuple[Block, ...]
    logo: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse a report without a title, an empty choice of variants, and heading levels that skip."""
        if not self.title.strip():
            message = "a report needs a title"
            raise ValueError(message)
        longest = max((len(block.variants) for block in self.blocks if isinstance(block, OnePage)), default=1)
        for index in range(longest):
            _check_headings(flatten(self.blocks, index))

    @property
    def prepared_by(self) -> tuple[str, ...]:
        """Return the words that name the author; none where the organisation itself speaks."""
        return () if self.author == self.organisation else (f"prepared by {self.author}",)


def flatten(blocks: tuple[Block, ...], variant: int = 0) -> tuple[PageBlock | PageBreak, ...]:
    """Return the blocks with each OnePage told at its ``variant``-th length, or its shortest where it has fewer."""
    flat: list[PageBlock | PageBreak] = []
    for block in blocks:
        if isinstance(block, OnePage):
            flat += block.variants[min(variant, len(block.variants) - 1)]
        else:
            flat.append(block)
    return tuple(flat)


def _check_headings(blocks: tuple[PageBlock | PageBreak, ...]) -> None:
    """Refuse a level outside 1 to 3 and a level more than one below the heading before it."""
    level = 1
    for block in blocks:
        if not isinstance(block, Heading):
            continue
        if not 1 <= block.level <= MAX_LEVEL or block.level > level + 1:
            message = f"a heading of level {block.level} after one of level {level}"
            raise ValueError(message)
        level = block.level


def day(value: date) -> str:
    """Return a date as people read it: ``30 Sep 2024``, in English on every PC."""
    return shown_day(value)


def cell_text(cell: Cell) -> str:
    """Return what a cell says on paper."""
    if isinstance(cell, RagCell | DueCell):
        return cell.text
    if isinstance(cell, date):
        return day(cell)
    if isinstance(cell, (int, Decimal)):
        return f"{cell:,}"
    return cell
