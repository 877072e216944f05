"""Rows of a review as text for the clipboard: a line for each cell that differs, its sides in columns of their own."""

from collections.abc import Iterable, Iterator, Mapping

from csp_desktop.imports.cell_choices import CellKey
from models.vocabulary import CellChoice
from ui.review.cell_words import state_of
from ui.review.words import outcome_words
from ui.tables.review import ReviewLine

PLACE = ("Sheet", "Row", "Ref", "Action", "Outcome", "Column", "Cell")
THREE, TWO = ("Went out", "Owner", "Office"), ("Office", "File")
LAST = "What becomes of it"
_FORMULA = ("=", "+", "-", "@")


def copied_rows(lines: Iterable[ReviewLine], choices: Mapping[CellKey, CellChoice], *, three_way: bool) -> str:
    """Return rows as tab-separated text, with a line of headings."""
    sides = THREE if three_way else TWO
    told = [(*PLACE, *sides, LAST)]
    for line in lines:
        told.extend(_lines(line, choices, three_way=three_way))
    return "\n".join("\t".join(_plain(text) for text in each) for each in told)


def _lines(line: ReviewLine, choices: Mapping[CellKey, CellChoice], *, three_way: bool) -> Iterator[tuple[str, ...]]:
    """Yield a row's lines: its cells, then what else changes; a row that changes nothing has one."""
    row = line.row
    ref = row.plan.ref if row.plan else row.ref
    head = (row.sheet, str(row.row or ""), ref, row.words, outcome_words(row))
    blank = ("",) if three_way else ()
    cells = [
        (
            *head,
            cell.words,
            cell.cell.cell,
            *((cell.base,) if three_way else ()),
            *((cell.theirs, cell.mine) if three_way else (cell.mine, cell.theirs)),
            state_of(cell, choices.get(cell.key))[0],
        )
        for cell in line.cells
    ]
    for change in line.other_changes:
        sides = (*blank, change.new, change.old) if three_way else (change.old, change.new)
        cells.append((*head, change.words, change.cell, *sides, "Comes in."))
    yield from cells or [(*head, "", "", *(("",) * (3 if three_way else 2)), row.why)]


def _plain(text: str) -> str:
    """Return a text on one line, and one that a spreadsheet does not take for a formula when it is pasted."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(_FORMULA) else flat
