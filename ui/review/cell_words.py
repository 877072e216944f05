"""How a cell that differs is said to people: its sides with the changed words marked, its choices, what comes of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from csp_desktop.exports.layout import COLUMNS, Kind
from csp_desktop.imports.cell_choices import Asks, CellGroup, CellKey, can_decide
from csp_desktop.imports.grid import text_of
from csp_desktop.imports.import_plan import ImportPlan, Place, RowPlan
from csp_desktop.imports.merged import MergedCell, Verdict
from csp_desktop.imports.sheet_marks import cell_place
from csp_desktop.imports.word_marks import Piece, gone_words, is_rewritten, new_words
from models.vocabulary import CellChoice
from ui.forms.words import shown_date
from ui.review.words import field_words, value_words

OPEN_CONFLICT = "Both changed this; the office's stays until you choose."
OPEN_CLEAR = "The owner emptied this; it stays until you say that it is to go."
AS_IT_WENT_OUT = "as it went out"
KEYS = {CellChoice.THEIRS: "T", CellChoice.MINE: "K", CellChoice.BOTH: "B"}
UNDO = "Undo choice"
UNDO_KEY = "U"
_BY_CHOICE = {CellChoice.THEIRS: Verdict.TAKEN, CellChoice.MINE: Verdict.KEPT, CellChoice.BOTH: Verdict.JOINED}
_NOT_TAKEN = {Verdict.READ_ONLY: "warning", Verdict.UNREADABLE: "error"}
_UPDATE, _DUE = "update", "due"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_Told: TypeAlias = tuple[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a cell: whose it is, its words with their marks, () where it is blank.

    ``instead`` is said in the place of words that would only repeat another side's.
    """

    whose: str
    pieces: tuple[Piece, ...]
    instead: str = ""

    @property
    def text(self) -> str:
        """Return the words without their marks."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ToldCell:
    """A cell of a row that differs, in words. ``group``: with which others it is decided.

    ``is_returned``: it stands in an update workbook; ``is_two_way``: nothing is known of what went out.
    """

    place: Place
    cell: MergedCell
    words: str
    base: str
    theirs: str
    mine: str
    group: CellGroup
    can_decide: bool
    is_returned: bool
    is_two_way: bool

    @property
    def key(self) -> CellKey:
        """Return what decisions know it by."""
        return (self.place, self.cell.key)

    def verdict(self, choice: CellChoice | None) -> Verdict:
        """Return what becomes of it once ``choice`` is made, which the comparison may not know yet."""
        if not self.can_decide or (choice is CellChoice.THEIRS and self.cell.verdict is Verdict.UNREADABLE):
            return self.cell.verdict
        if choice is not None:
            return _BY_CHOICE[choice]
        undecided = {CellGroup.CONFLICTS: Verdict.CONFLICT, CellGroup.EMPTIED: Verdict.CLEAR}
        return undecided.get(self.group, Verdict.TAKEN)

    def is_open(self, choice: CellChoice | None) -> bool:
        """Say whether it asks and nobody has answered."""
        return self.verdict(choice) in {Verdict.CONFLICT, Verdict.CLEAR}


@dataclass(frozen=True, slots=True)
class CellTeller:
    """Puts the cells of a comparison in words. ``marks``: RAG letter to word."""

    plan: ImportPlan
    asks: Asks
    marks: Mapping[str, str]

    @property
    def is_returned(self) -> bool:
        """Say whether the file is an update workbook."""
        return self.plan.returned is not None

    def told(self, row: RowPlan) -> tuple[ToldCell, ...]:
        """Return the cells of a row that differ, in words."""
        return tuple(self._told(row, cell) for cell in row.cells)

    def _told(self, row: RowPlan, cell: MergedCell) -> ToldCell:
        words, sides = self._of_update_workbook(row, cell) if self.is_returned else self._of_any_file(row, cell)
        base, theirs, mine = sides
        return ToldCell(
            place=row.place,
            cell=cell,
            words=words,
            base=base,
            theirs=theirs,
            mine=mine,
            group=self.asks.group((row.place, cell.key)),
            can_decide=can_decide(row, cell, self.asks),
            is_returned=self.is_returned,
            is_two_way=self.plan.is_two_way,
        )

    def _of_update_workbook(self, row: RowPlan, cell: MergedCell) -> _Told:
        """Return a cell's heading and sides, days with the month in letters; what cannot be read as it stands."""
        base, theirs, mine = cell.base, cell.theirs, cell.mine
        if COLUMNS[cell.key].kind is Kind.DATE:
            base, theirs, mine = (
                _day(plain, said) for plain, said in zip(cell.sides, (base, theirs, mine), strict=True)
            )
        place = cell_place(cell.cell)
        if cell.verdict is Verdict.UNREADABLE and not theirs and place is not None:
            sheet = next(each for each in self.plan.file.grid.sheets if each.name == row.record.sheet)
            theirs = text_of(sheet.value(*place))
        return cell.heading, (base, theirs, mine)

    def _of_any_file(self, row: RowPlan, cell: MergedCell) -> _Told:
        """Return what a cell is called and its sides, which the program keeps; a due date as a day however typed."""
        due, before = row.record.due, row.change.due_before
        _, theirs, mine = (value_words(cell.field, side, self.marks) for side in cell.sides)
        if cell.key != _DUE or due is None:
            return field_words(cell.field), ("", theirs, mine)
        day = due.value.last if due.value is not None else None
        return field_words("forecast_due"), (
            "",
            shown_date(day) if day is not None else due.text,
            shown_date(before) if before is not None else mine,
        )


def _day(plain: object, said: str) -> str:
    """Return a day with its month in letters, and what is no day as it is said."""
    if isinstance(plain, str) and _ISO.match(plain):
        return shown_date(date.fromisoformat(plain))
    return said


def sides_of(cell: ToldCell) -> tuple[Side, ...]:
    """Return the sides of a cell to be shown beside each other."""
    if cell.is_two_way:
        theirs = "Owner" if cell.is_returned else "File"
        return (
            Side("Office", gone_words(cell.mine, cell.theirs)),
            Side(_rewritten(theirs, cell.mine, cell.theirs), new_words(cell.mine, cell.theirs)),
        )
    if cell.cell.key == _UPDATE:
        same = "none since" if cell.mine == cell.base else ""
        return (
            Side("Last update", _plain(cell.base)),
            Side("Owner", _plain(cell.theirs)),
            Side("Office", _plain(cell.mine), same),
        )
    is_contested = cell.mine != cell.base
    stays = is_contested or cell.cell.verdict in _NOT_TAKEN
    went_out = _plain(cell.base) if stays else gone_words(cell.base, cell.theirs)
    return (
        Side("Went out", went_out),
        Side(_rewritten("Owner", cell.base, cell.theirs), new_words(cell.base, cell.theirs)),
        Side(
            _rewritten("Office", cell.base, cell.mine),
            new_words(cell.base, cell.mine),
            "" if is_contested or not cell.base else AS_IT_WENT_OUT,
        ),
    )


def _plain(text: str) -> tuple[Piece, ...]:
    return (Piece(text),) if text else ()


def _rewritten(whose: str, before: str, after: str) -> str:
    return f"{whose}, rewritten" if is_rewritten(before, after) else whose


def choices_of(cell: ToldCell) -> dict[CellChoice, str]:
    """Return what can be chosen for a cell, in the words of the buttons; nothing where nobody can choose."""
    if not cell.can_decide:
        return {}
    if not cell.theirs:
        keep = "Keep it" if cell.group is not CellGroup.CONFLICTS else "Keep the office's"
        return {CellChoice.THEIRS: "Empty it", CellChoice.MINE: keep}
    if cell.is_two_way:
        return {CellChoice.THEIRS: "Take", CellChoice.MINE: "Keep"}
    offered = {CellChoice.THEIRS: "Take the owner's", CellChoice.MINE: "Keep the office's"}
    return offered | ({CellChoice.BOTH: "Both"} if cell.cell.can_join else {})


def chosen_of(cell: ToldCell, choice: CellChoice | None) -> CellChoice | None:
    """Return which of its choices a cell stands at: that of a person, else what happens anyway; None where it asks."""
    at = {Verdict.TAKEN: CellChoice.THEIRS, Verdict.KEPT: CellChoice.MINE, Verdict.JOINED: CellChoice.BOTH}
    return choice or at.get(cell.verdict(None))


def state_of(cell: ToldCell, choice: CellChoice | None) -> tuple[str, str]:
    """Say what becomes of a cell, and in which tone."""
    verdict = cell.verdict(choice)
    if verdict in _NOT_TAKEN:
        return cell.cell.why, _NOT_TAKEN[verdict]
    chosen = ", as you chose" if choice is not None else ""
    said = {
        Verdict.CONFLICT: OPEN_CONFLICT,
        Verdict.CLEAR: OPEN_CLEAR,
        Verdict.KEPT: f"What the office has stays{chosen}.",
        Verdict.JOINED: f"Both come in{chosen}, the office's first.",
        Verdict.TAKEN: _taken(cell, chosen),
    }
    return said[verdict], "warning" if cell.is_open(choice) else "muted"


def _taken(cell: ToldCell, chosen: str) -> str:
    if not cell.theirs:
        return f"It is emptied{chosen}."
    if cell.cell.key == _UPDATE and not cell.is_two_way:
        return f"Comes in as a new update{chosen}; earlier ones stay."
    return f"Comes in{chosen}."


def aside_of(cell: ToldCell) -> tuple[str, str]:
    """Return what the owner's cell says where the office's stays, and in which tone; "" where it comes in."""
    tones = {Verdict.CONFLICT: "warning", Verdict.CLEAR: "warning", Verdict.UNREADABLE: "error", Verdict.KEPT: "muted"}
    tone = tones.get(cell.cell.verdict, "")
    before = "or" if cell.is_open(cell.cell.choice) else "not"
    return (f"{before} {cell.theirs or 'blank'}" if tone else ""), tone
