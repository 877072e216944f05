"""One row of a returned workbook against its action: every cell three ways, and what is left to bring in."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csp_desktop.exports.layout import COLUMNS, Kind, UpdateColumn
from csp_desktop.exports.positions import tidied
from csp_desktop.imports.changes import Settling
from csp_desktop.imports.known import KnownAction
from csp_desktop.imports.merged import MergedCell, Verdict
from csp_desktop.imports.problems import Problem, quote
from csp_desktop.imports.returns.known_export import KnownExport
from csp_desktop.imports.returns.three_way import Comparison, Sides, merge_cell
from csp_desktop.reports.blocks import day
from models.vocabulary import CellChoice, LifecycleStatus, ProblemLevel

FIELD_OF = {
    "title": "title",
    "lead": "lead_officer",
    "supporting": "supporting_people",
    "start": "start",
    "due": "forecast_due",
    "status": "status",
    "success_measure": "success_measure",
    "update": "latest_update",
    "rag": "rag",
    "reason": "reason",
    "percent": "percent",
    "next_steps": "next_steps",
    "theme": "theme",
    "objective": "objective",
    "baseline_due": "baseline_due",
    "last_update": "last_update",
    "last_rag": "last_rag",
    "milestone.title": "title",
    "milestone.due": "forecast_due",
    "milestone.status": "status",
    "milestone.actual_end": "actual_end",
    "milestone.baseline_due": "baseline_due",
    "milestone.action": "action",
}
"""The name of each column's field in lists and JSON."""

NEVER_BLANK = frozenset({"title", "status", "milestone.title", "milestone.status"})
_JOINABLE = frozenset({"title", "success_measure", "next_steps", "milestone.title", "supporting"})
_LAST = {"update": "last_update", "rag": "last_rag"}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_NEW_UPDATE = frozenset({"update", "reason"})
"""Words for this period alone: whatever the office reported meanwhile stays beside them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the row as it was read: its column, its address and what it means; ``why`` where it cannot be read."""

    column: UpdateColumn
    address: str
    says: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class MergedRow:
    """What the merge makes of a row's cells: those that differ, what is settled by it, what there is to say."""

    cells: tuple[MergedCell, ...]
    settles: tuple[Settling, ...]
    agrees: tuple[Settling, ...]
    problems: tuple[Problem, ...]

    def verdict(self, key: str) -> Verdict | None:
        """Return what becomes of a column's cell, None where it does not differ."""
        return next((cell.verdict for cell in self.cells if cell.key == key), None)


@dataclass(frozen=True, slots=True)
class RowSides:
    """What a row is compared with: ``base`` (None: nothing is known of it), ``mine``, and the updates of its action.

    ``row_key`` is the row's in the workbook. ``is_added``: the owner put the row in, and ``base`` is what it said then.
    """

    row_key: str
    base: Mapping[str, str | None] | None
    mine: Mapping[str, str]
    action: KnownAction | None = None
    is_added: bool = False


class RowMerger:
    """Merges rows of one workbook. ``choose(column key)`` is given by the caller for each row."""

    def __init__(
        self,
        export: KnownExport,
        comparison: Comparison,
        rag_words: Mapping[str, str],
        *,
        resolve: CellChoice | None,
        confirms_clears: bool,
    ) -> None:
        self._export = export
        self._comparison = comparison
        self._rag_words = rag_words
        self._letters = {word: letter for letter, word in rag_words.items()}
        self._resolve = resolve
        self._confirms_clears = confirms_clears

    def merge(
        self, sheet: str, cells: Iterable[Cell], sides: RowSides, choose: Callable[[str], CellChoice | None]
    ) -> MergedRow:
        """Return what becomes of each cell of a row."""
        merged: list[MergedCell] = []
        settles: list[Settling] = []
        agrees: list[Settling] = []
        for cell in cells:
            found = self._cell(cell, sides, choose(cell.column.key))
            if found is not None:
                merged.append(found)
                settles.extend(_settling(found, sides.row_key))
            elif self._is_agreed(cell, sides):
                agrees.append(Settling(sides.row_key, cell.column.key, cell.says or "", CellChoice.THEIRS))
        problems = tuple(_problem(sheet, cell) for cell in merged if cell.why)
        return MergedRow(tuple(merged), tuple(settles), tuple(agrees), problems)

    def _cell(self, cell: Cell, sides: RowSides, choice: CellChoice | None) -> MergedCell | None:
        compared = self._sides(cell, sides)
        if compared is None or (sides.base is None and cell.says == ""):
            return None  # where nothing is known of what went out, a blank is nobody's word
        if cell.says is None or cell.column.is_read_only:
            return self._not_theirs(cell, sides, compared)
        choice = self._choice(cell.column, compared, choice)
        kind = cell.column.kind
        verdict = merge_cell(kind, compared, self._comparison, choice, confirms_clears=self._confirms_clears)
        if verdict is None:
            return None
        is_emptied = not cell.says and verdict not in {Verdict.KEPT, Verdict.JOINED}
        if is_emptied and cell.column.key in NEVER_BLANK:
            why = f"“{cell.column.heading}” cannot be empty; it stays {quote(compared.mine)}."
            return self._made(cell, sides, compared, Verdict.UNREADABLE, why)
        return replace(self._made(cell, sides, compared, verdict), choice=choice)

    def _not_theirs(self, cell: Cell, sides: RowSides, compared: Sides) -> MergedCell | None:
        """Return a cell that cannot be read, or one for reading only that was changed all the same."""
        if cell.says is None:
            return self._made(cell, sides, compared, Verdict.UNREADABLE, cell.why)
        if self._comparison.same(cell.column.kind, cell.says, compared.base):
            return None
        why = f"“{cell.column.heading}” is for reading only; what was changed there was not brought in."
        return self._made(cell, sides, compared, Verdict.READ_ONLY, why)

    def _choice(self, column: UpdateColumn, compared: Sides, choice: CellChoice | None) -> CellChoice | None:
        """Return what is decided of a cell: by itself, else, where it is in conflict, by what all of them get."""
        if choice is not None or self._resolve is None:
            return choice
        if not compared.theirs and self._resolve is not CellChoice.MINE and not self._confirms_clears:
            return None  # nothing is emptied that nobody confirmed
        verdict = merge_cell(column.kind, compared, self._comparison, None, confirms_clears=True)
        return self._resolve if verdict is Verdict.CONFLICT else None

    def _sides(self, cell: Cell, sides: RowSides) -> Sides | None:
        """Return base, theirs and mine of a cell, None where what went out was erased since."""
        key, says = cell.column.key, cell.says or ""
        mine = _present(key, sides)
        place = (sides.row_key, key)
        kept = self._export.kept.get(place, ())
        if sides.base is None:
            return Sides(mine, says, mine, kept)
        base = sides.base.get(key, "")
        if base is None or (self._export.is_again and place in self._export.taken):
            return None  # words that were erased; or a file that has come in before, whatever came in since
        if sides.is_added and key not in sides.base:
            return Sides(mine, says, mine, kept) if says else None
        before = self._export.taken.get(place, base)
        if key == "rag":
            return self._rag_sides(says, before, sides, kept)
        if key in _NEW_UPDATE or key == "next_steps" or (key == "percent" and self._is_reported(mine, sides)):
            return Sides(before, says, before, kept)
        return Sides(before, says, mine, kept)

    def _rag_sides(self, says: str, before: str, sides: RowSides, kept: tuple[str, ...]) -> Sides:
        """Return the sides of the owner's rating: the office's is the other side only where it rated since."""
        went_out = (sides.base or {}).get("last_rag") or ""
        now = sides.action.rag if sides.action is not None else None
        mine = self._rag_words.get(now, now) if now else ""
        if not says or says == before or mine == went_out or self._is_theirs(sides.action):
            return Sides(before, says, before, kept)
        return Sides(went_out, says, mine, kept) if says not in {mine, went_out} else Sides(before, says, before, kept)

    def _is_theirs(self, action: KnownAction | None) -> bool:
        """Say whether the present rating is one that this very workbook brought in before."""
        rated = [update for update in action.updates if update.rag is not None] if action is not None else []
        return bool(rated) and self._export.id is not None and rated[-1].export_id == self._export.id

    def _is_reported(self, mine: str, sides: RowSides) -> bool:
        """Say whether the office's percentage stands in an update of its own, which stays whatever the owner says."""
        updates = sides.action.updates if sides.action is not None else []
        return any(update.percent is not None and str(update.percent) == mine for update in updates)

    def _is_agreed(self, cell: Cell, sides: RowSides) -> bool:
        if sides.base is None or cell.says is None or cell.column.is_read_only:
            return False
        base, mine = sides.base.get(cell.column.key, ""), sides.mine.get(cell.column.key, "")
        return (
            base is not None
            and not self._comparison.same(cell.column.kind, cell.says, base)
            and self._comparison.same(cell.column.kind, cell.says, mine)
        )

    def _made(self, cell: Cell, sides: RowSides, compared: Sides, verdict: Verdict, why: str = "") -> MergedCell:
        column, key = cell.column, cell.column.key
        base, mine = compared.base, compared.mine
        if key in _LAST:  # beside the owner's box for this period stands what was last reported
            base, mine = (sides.base or {}).get(_LAST[key]) or "", _present(key, sides)
        elif key in {"next_steps", "percent"}:
            mine = _present(key, sides)
        theirs = compared.theirs
        shown = MergedCell(
            key=key,
            field=FIELD_OF[key],
            heading=column.heading,
            cell=cell.address,
            base=_shown(column.kind, base),
            theirs=_shown(column.kind, theirs),
            mine=_shown(column.kind, mine),
            verdict=verdict,
            said=theirs,
            sides=(self._plain(key, base), self._plain(key, theirs), self._plain(key, mine)),
            can_join=key in _JOINABLE and bool(theirs and mine),
        )
        return replace(shown, why=why or _why(shown))

    def _plain(self, key: str, text: str) -> Any:
        """Return a side of a cell as lists and JSON have it: letters, stored words, numbers; None for blank."""
        kind = COLUMNS[key].kind
        if not text:
            return None
        if kind is Kind.RAG:
            return self._letters.get(text, text)
        if kind is Kind.STATUS:
            return next((each.value for each in LifecycleStatus if each.label == text), text)
        if kind is Kind.PERCENT and text.isdecimal():
            return int(text)
        return text


def _settling(cell: MergedCell, row_key: str) -> Iterator[Settling]:
    """Yield what bringing a cell in settles: what was taken, and what a person decided against."""
    if cell.verdict is Verdict.TAKEN:
        yield Settling(row_key, cell.key, cell.said, CellChoice.THEIRS)
    elif cell.verdict is Verdict.JOINED:
        yield Settling(row_key, cell.key, cell.said, CellChoice.BOTH)
    elif cell.verdict is Verdict.KEPT:
        yield Settling(row_key, cell.key, cell.said, CellChoice.MINE)


def _present(key: str, sides: RowSides) -> str:
    """Return what the office holds of a column now; of the owner's boxes, what was last reported."""
    if key == "reason":
        updates = sides.action.updates if sides.action is not None else []
        return tidied(updates[-1].reason) if updates else ""
    return sides.mine.get(_LAST.get(key, key), "")


def _shown(kind: Kind, text: str) -> str:
    """Return a side of a cell as people read it."""
    if kind is Kind.PERCENT and text:
        return f"{text} %"
    if kind is Kind.DATE and _ISO.match(text):
        return day(date.fromisoformat(text))
    return text


def _why(cell: MergedCell) -> str:
    """Return why a cell is not taken, "" where it is."""
    theirs, mine = (quote(text) if text else "nothing" for text in (cell.theirs, cell.mine))
    if cell.verdict is Verdict.CONFLICT:
        return (
            f"“{cell.heading}” was changed on both sides: the owner says {theirs}, the office has {mine}. The office's "
            "stays until somebody decides."
        )
    if cell.verdict is Verdict.CLEAR:
        return f"“{cell.heading}” was emptied; {mine} stays until somebody confirms that it is to go."
    return ""


def _problem(sheet: str, cell: MergedCell) -> Problem:
    is_error = cell.verdict is Verdict.UNREADABLE
    level = ProblemLevel.ERROR if is_error else ProblemLevel.WARNING
    return Problem(sheet, cell.cell, level, cell.why)
