"""Columns that hold numbers alone, found by looking at every row: one cell that is none speaks against its column."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from csp_desktop.imports.grid import CellValue, is_blank, text_of
from csp_desktop.imports.registers.day_readers import NOTHING
from csp_desktop.rules.folding import fold


def keep_numbers(
    columns: dict[int, Any],
    filled: set[int],
    rows: Iterable[Sequence[CellValue]],
    is_number: Callable[[CellValue], bool],
) -> None:
    """Take out of ``columns`` those that hold anything but numbers, and note in ``filled`` those that hold one.

    Both are by place from 0; ``rows`` are some of the sheet's, the headings not among them.
    """
    for cells in rows if columns else ():
        for at in list(columns):
            value = cells[at] if at < len(cells) else None
            if is_blank(value) or fold(text_of(value)) in NOTHING:
                continue
            if is_number(value):
                filled.add(at)
            else:
                del columns[at]
