"""Where each row of a returned table belongs: to an action, to none yet, or to one that another row is already."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from csp_desktop.exports.layout import COLUMNS, ROW_ID, Kind, row_number
from csp_desktop.imports.records import RowPlace
from csp_desktop.imports.returns.adrift import Claim
from csp_desktop.imports.returns.cell_texts import cell_said
from csp_desktop.imports.returns.identity import identify
from csp_desktop.imports.returns.known_export import KnownExport
from csp_desktop.imports.returns.sheets import ReturnedRow, ReturnedTable
from csp_desktop.rules.folding import fold
from models.vocabulary import Word


class Belongs(Word):
    """How a row of a returned table was known again."""

    KNOWN = "known"
    NEW = "new"
    COPY = "copy"
    UNCLEAR = "unclear"
    NO_TITLE = "no_title"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with what it belongs to. ``row_key`` is a row of the base ("A12"), "" for none.

    ``other`` is the second row of the base that an unclear one may be. ``adrift`` are the columns that a sort parted
    from it. ``said`` are its cells as they stand.
    """

    row: ReturnedRow
    belongs: Belongs
    said: Mapping[str, str]
    row_key: str = ""
    other: str = ""
    adrift: frozenset[str] = frozenset()

    @property
    def place(self) -> RowPlace:
        """Where it stands."""
        return (self.row.sheet, self.row.row)


class Placing:
    """Places the rows of one kind, actions ("A") or milestones ("M"), over all the sheets that hold them."""

    def __init__(self, export: KnownExport, letter: str) -> None:
        self._export = export
        self._letter = letter
        prefix = "milestone." if letter == "M" else ""
        self._ref, self._row_id, self._title = f"{prefix}ref", f"{prefix}{ROW_ID}", f"{prefix}title"
        # None: words that were erased since are compared with nothing
        self._base = {
            key: {column: text or "" for column, text in said.items()}
            for key, said in export.base.items()
            if key.startswith(letter)
        }
        self._by_ref: dict[tuple[str, ...], str] = {}
        for key, said in self._base.items():
            name = self._named(said)
            if name is not None:
                self._by_ref[name] = "" if name in self._by_ref else key  # two of one name are told by their ids alone

    def place(self, tables: Sequence[ReturnedTable]) -> list[PlacedRow]:
        """Return every row of the tables with what it belongs to, in the order of the file."""
        placed = [row for table in tables for row in self._of_table(table)]
        return self._without_copied_sheets(placed, [table.sheet.name for table in tables])

    def _of_table(self, table: ReturnedTable) -> Iterator[PlacedRow]:
        saids = [self._said(row) for row in table.rows]
        claims = [self._claim(at, said) for at, said in enumerate(saids)]
        order = [key for _, key in sorted(table.columns.items())]
        found = identify(claims, self._base, order)
        for at, row in enumerate(table.rows):
            said = saids[at]
            if at in found.unclear:
                one, other = found.unclear[at]
                yield PlacedRow(row, Belongs.UNCLEAR, said, one, other)
            elif at in found.copies:
                yield PlacedRow(row, Belongs.COPY, said, found.copies[at])
            elif found.rows[at] is not None:
                adrift = found.adrift.get(at, frozenset())
                yield PlacedRow(row, Belongs.KNOWN, said, found.rows[at] or "", adrift=adrift)
            else:
                yield PlacedRow(row, self._unknown(said), said, adrift=found.adrift.get(at, frozenset()))

    def _said(self, row: ReturnedRow) -> dict[str, str]:
        return {key: cell_said(COLUMNS[key].kind, value) for key, value in row.values.items()}

    def _claim(self, at: int, said: Mapping[str, str]) -> Claim:
        named = row_number(self._export.key, said.get(self._row_id, ""))
        by_row_id = f"{named[0]}{named[1]}" if named is not None and named[0] == self._letter else None
        name = self._named(said)
        by_ref = (self._by_ref.get(name) or None) if name is not None else None
        by_row_id = by_row_id if by_row_id in self._base else None
        return Claim(at, by_ref, by_row_id, said)

    def _named(self, said: Mapping[str, str]) -> tuple[str, ...] | None:
        """Return by what its owner knows a row: an action by its Ref, a milestone by its action's and its title."""
        ref = said.get(self._ref, "").upper()
        if self._letter == "A":
            return (ref,) if ref else None
        title = fold(said.get(self._title, ""))
        return (ref, title) if ref and title else None

    def _unknown(self, said: Mapping[str, str]) -> Belongs:
        if said.get(self._title):
            return Belongs.NEW
        ids = {Kind.REF, Kind.ROW_ID}
        says = any(COLUMNS[key].kind not in ids for key in said)
        return Belongs.NO_TITLE if says or said.get(self._ref) else Belongs.NOTHING

    def _without_copied_sheets(self, placed: list[PlacedRow], sheets: Sequence[str]) -> list[PlacedRow]:
        """Return the rows with each known row once: of a copied sheet's, the one that somebody filled in."""
        if len(sheets) < 2:  # noqa: PLR2004 - a sheet and its copy
            return placed
        best: dict[str, PlacedRow] = {}
        for row in placed:
            if row.belongs is Belongs.KNOWN:
                kept = best.get(row.row_key)
                if kept is None or (self._is_as_sent(kept) and not self._is_as_sent(row)):
                    best[row.row_key] = row
        fresh = [row for row in placed if row.belongs is Belongs.NEW]
        titles = {(row.row.sheet, fold(row.said.get(self._title, ""))): row for row in fresh}
        return [self._once(row, best, titles, sheets) for row in placed]

    def _once(
        self,
        row: PlacedRow,
        best: Mapping[str, PlacedRow],
        titles: Mapping[tuple[str, str], PlacedRow],
        sheets: Sequence[str],
    ) -> PlacedRow:
        if row.belongs is Belongs.KNOWN and best[row.row_key] is not row:
            told = self._is_as_sent(row) or _without_ids(row.said) == _without_ids(best[row.row_key].said)
            return PlacedRow(row.row, Belongs.NOTHING if told else Belongs.COPY, row.said, row.row_key)
        if row.belongs is Belongs.NEW:
            for sheet in sheets[: sheets.index(row.row.sheet)]:
                first = titles.get((sheet, fold(row.said.get(self._title, ""))))
                if first is not None and first.said == row.said:
                    return PlacedRow(row.row, Belongs.NOTHING, row.said)
        return row

    def _is_as_sent(self, row: PlacedRow) -> bool:
        return _without_ids(row.said) == _without_ids(self._base[row.row_key])


def _without_ids(said: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in said.items() if text and COLUMNS[key].kind not in {Kind.REF, Kind.ROW_ID}}
