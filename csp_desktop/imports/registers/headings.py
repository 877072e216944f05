"""Where a register's flat table begins, and which of its columns holds which field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from csp_desktop.imports.grid import CellValue, column_letters, text_of
from csp_desktop.imports.mapping import fingerprint
from csp_desktop.imports.registers.known_headings import wordings_of
from csp_desktop.imports.synonyms import normalise
from csp_desktop.registers.forms import Form, Register

SEARCHED_ROWS = 60
_TAKEN = 0.8
_SURE = 0.95
_LEAST_FIELDS = 2


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """One column of a sheet: its number from 1, its heading, and the field it holds, "" where it is not read.

    ``is_sure`` is False for a field that was guessed from a heading that is only near a known one.
    """

    column: int
    heading: str
    field: str = ""
    is_sure: bool = True

    @property
    def letters(self) -> str:
        """Return the column's letters."""
        return column_letters(self.column)


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet as it is read: where its headings are and what its columns hold."""

    sheet: int
    name: str
    header_row: int
    columns: tuple[ColumnRead, ...]
    fingerprint: str = ""

    @property
    def mapping(self) -> dict[str, str]:
        """Return heading to field, for the columns that are read."""
        return {column.heading: column.field for column in self.columns if column.field}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Return the headings of the columns that are not read."""
        return tuple(column.heading for column in self.columns if not column.field)

    @property
    def memory(self) -> dict[str, str]:
        """Return what to remember of the layout: normalised heading to field, "" for one that is not read."""
        return {normalise(column.heading): column.field for column in self.columns}

    @property
    def fields(self) -> Mapping[str, ColumnRead]:
        """Return the columns that are read, by field."""
        return {column.field: column for column in self.columns if column.field}

    def missing(self, form: Form) -> tuple[str, ...]:
        """Return the labels of required fields that no column holds."""
        held = {column.field for column in self.columns}
        return tuple(each.label for each in form.required if each.name not in held)


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a sheet's headings: by person's word just now, and remembered by layout fingerprint."""

    now: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_headings(
    sheet: tuple[int, str], head: Sequence[tuple[int, list[CellValue]]], form: Form, said: Said
) -> SheetRead | None:
    """Return how a sheet (its position and name) is read, from its first rows; None where nothing in it is known.

    What is returned may still lack a required field: ``SheetRead.missing`` tells.
    """
    best: tuple[tuple[bool, int, int], SheetRead] | None = None
    for number, cells in head:
        headings = _headings(cells)
        if len(headings) < _LEAST_FIELDS:
            continue
        found = SheetRead(*sheet, number, *_columns(headings, form, said))
        held = len(found.mapping)
        # a table with a column for each figure may have no heading that is known but its areas'
        if held < (1 if form.register is Register.AREA_FIGURES else _LEAST_FIELDS):
            continue
        rank = (not found.missing(form), held, -number)
        if best is None or rank > best[0]:
            best = (rank, found)
    return best[1] if best else None


def first_headings(head: Sequence[tuple[int, list[CellValue]]]) -> list[str]:
    """Return the texts of the first row that could be headings, to name where none is known."""
    for _, cells in head:
        headings = _headings(cells)
        if len(headings) >= _LEAST_FIELDS:
            return [text for _, text in headings]
    return []


def _headings(cells: Sequence[CellValue]) -> list[tuple[int, str]]:
    """Return column and text of a row's cells that have any, told apart: the second "Date" is "Date (column F)"."""
    seen: set[str] = set()
    told = []
    for at, value in enumerate(cells, start=1):
        text = " ".join(text_of(value).split())
        if not normalise(text):
            continue
        told.append((at, f"{text} (column {column_letters(at)})" if text in seen else text))
        seen.add(text)
    return told


def _columns(headings: Sequence[tuple[int, str]], form: Form, said: Said) -> tuple[tuple[ColumnRead, ...], str]:
    mark = fingerprint(text for _, text in headings)
    remembered = said.remembered.get(mark, {})
    settled: dict[int, str] = {}
    for at, text in headings:
        known = said.now.get(text, remembered.get(normalise(text)))
        if known is not None and (not known or (known in form.by_name and known not in settled.values())):
            settled[at] = known
    guessed = _guessed([each for each in headings if each[0] not in settled], form, settled.values())
    columns = tuple(
        ColumnRead(at, text, *((settled[at], True) if at in settled else guessed.get(at, ("", True))))
        for at, text in headings
    )
    return columns, mark


def _guessed(headings: Iterable[tuple[int, str]], form: Form, taken: Iterable[str]) -> dict[int, tuple[str, bool]]:
    """Return the best field for each column, each field once: the surest pairs first, then the leftmost."""
    pairs = sorted(
        (-score, at, name)
        for at, text in headings
        for name, score in wordings_of(form.register).closeness(text).items()
        if score >= _TAKEN
    )
    used, guessed = set(taken), dict[int, tuple[str, bool]]()
    for score, at, name in pairs:
        if at not in guessed and name not in used:
            guessed[at] = (name, -score >= _SURE)
            used.add(name)
    return guessed
