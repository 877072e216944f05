"""How the cells of a workbook look: few styles, each looked up once."""

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from csp_desktop.charts.rag import RagMark

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell

FONT = "Arial"
_RULE = "C9D1DA"


class Look(NamedTuple):
    """How a cell of a table looks; a mark gives it its colours."""

    is_number: bool
    bold: bool
    mark: RagMark | None
    number_format: str


@dataclass(slots=True)
class Styles:
    """The styles of a sheet's cells: openpyxl takes most of a long table's time to look each up anew."""

    known: dict[Look, "SheetCell"] = field(default_factory=dict)

    def give(self, cell: "SheetCell", look: Look) -> None:
        """Make a cell look so."""
        like = self.known.get(look)
        if like is None:
            self.known[look] = cell
            _style(cell, look)
        else:
            _take_style(cell, like)


def _take_style(cell: Any, like: Any) -> None:
    """Give a cell the style of another: openpyxl has no public way that looks nothing up."""
    cell._style = copy(like._style)  # noqa: SLF001 - as above


def _style(cell: "SheetCell", look: Look) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    cell.font = Font(name=FONT, size=12, bold=look.bold)
    # a number at its column's right edge must not run into the words of the next
    side = "right" if look.is_number else "left"
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side, indent=int(look.is_number))
    cell.border = Border(bottom=Side("thin", color=_RULE))
    fill(cell, look.mark)


def fill(cell: "SheetCell", mark: RagMark | None) -> None:
    """Give a cell the colours of a mark; its word stands in it as well."""
    from openpyxl.styles import Font, PatternFill

    if mark is not None:
        cell.fill = PatternFill("solid", fgColor=mark.fill.lstrip("#"))
        cell.font = Font(name=FONT, size=12, bold=True, color=mark.ink.lstrip("#"))
