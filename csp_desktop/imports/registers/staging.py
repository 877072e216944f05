"""A register's file in the encrypted store while it is looked at, never in a temporary file.

Rows lie in packed blocks of some thousand. Each block is written in a short transaction of its own, so that the rest of
the program can work meanwhile; whatever ends the looking also drops them, or else the next start does.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import delete, insert, select

from csp_desktop.collector import collector_at_rest
from csp_desktop.imports.grid import CellError, CellValue, MonthDate, PercentNumber, Tell
from csp_desktop.imports.reading.refusals import cancelled_error, printable_name
from csp_desktop.imports.reading.streaming import RowBlock, SheetStart, StreamEnd, stream_file
from csp_desktop.imports.registers.headings import SEARCHED_ROWS
from csp_desktop.store import Store
from models.staging import StagedBlock, StagedImport, StagedRow
from models.vocabulary import Stage

Progress: TypeAlias = Callable[[int, int, str], object]
Cancelled: TypeAlias = Callable[[], bool]
Numbered: TypeAlias = tuple[int, list[CellValue]]
BLOCK_ROWS = 2_000
_WAITING_BLOCKS = 8
_FAST = 1
_PLAIN = frozenset({str, int, float, bool, type(None)})
_TAGS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    PercentNumber: ("p", float),
    MonthDate: ("m", date.isoformat),
    datetime: ("t", datetime.isoformat),
    date: ("d", date.isoformat),
    time: ("h", time.isoformat),
    CellError: ("e", lambda value: value.code),
}
_UNTAG: dict[str, Callable[[Any], CellValue]] = {
    "p": PercentNumber,
    "m": MonthDate.fromisoformat,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "h": time.fromisoformat,
    "e": CellError,
}


@dataclass(frozen=True, slots=True)
class StagedSheet:
    """A sheet of a staged file: its first rows, in which its headings are sought, and how many rows it has."""

    name: str
    hidden: bool
    head: tuple[Numbered, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file whose rows lie in the store. ``hash`` is the SHA-256 of its bytes; ``tells`` what its format tells."""

    id: int
    name: str
    hash: str
    format: str
    notes: tuple[str, ...]
    tells: frozenset[Tell]
    sheets: tuple[StagedSheet, ...]

    @property
    def rows(self) -> int:
        """Return how many filled rows it has, headings and titles among them."""
        return sum(sheet.rows for sheet in self.sheets)


class Blocks:
    """Writes packed blocks of one stage of a staged file, some at a time."""

    def __init__(self, store: Store, staged_id: int, stage: Stage) -> None:
        self._store = store
        self._staged_id = staged_id
        self._stage = stage
        self._waiting: list[dict[str, Any]] = []

    def add(self, part: int, rows: Sequence[Any]) -> bytes:
        """Take a block of rows, each as JSON can hold it, and return that; an empty one is passed over."""
        if not rows:
            return b""
        written = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
        self._waiting.append(
            {
                "staged_id": self._staged_id,
                "stage": self._stage,
                "part": part,
                "rows": len(rows),
                "packed": zlib.compress(written, _FAST),
            }
        )
        if len(self._waiting) >= _WAITING_BLOCKS:
            self.write()
        return written

    def write(self) -> None:
        """Write what waits."""
        if self._waiting:
            with self._store.staging() as connection:
                connection.execute(insert(StagedBlock), self._waiting)
            self._waiting = []


def stage_file(
    store: Store, path: Path, register: str, progress: Progress, cancelled: Cancelled | None = None
) -> StagedFile:
    """Read a file into the store. Raises UnreadableFileError, and what ``progress`` raises; then nothing stays."""
    with store.staging() as connection:
        made = insert(StagedImport).values(register=register, started=store.clock()).returning(StagedImport.id)
        staged_id = connection.execute(made).scalar_one()
    try:
        with collector_at_rest():
            return _Stager(store, staged_id, progress).read(path, cancelled)
    except BaseException:
        drop_staged(store, staged_id)
        raise


class _Stager:
    """Takes a file's parts as they are read."""

    def __init__(self, store: Store, staged_id: int, progress: Progress) -> None:
        self._blocks = Blocks(store, staged_id, Stage.CELLS)
        self._id = staged_id
        self._progress = progress
        self._sheets: list[StagedSheet] = []
        self._start = SheetStart("", hidden=False)
        self._head: list[Numbered] = []
        self._rows: list[Any] = []
        self._count = 0

    def read(self, path: Path, cancelled: Cancelled | None) -> StagedFile:
        name = printable_name(path.name)
        words = f"Reading {name}"

        def stopped() -> bool:
            return cancelled is not None and cancelled()

        def tell(done: int, expected: int) -> None:
            self._progress(done, expected, words)

        parts = stream_file(path, progress=tell, cancelled=stopped)
        try:
            for part in parts:
                if stopped():
                    raise cancelled_error(name)
                match part:
                    case SheetStart():
                        self._end_sheet()
                        self._start = part
                    case RowBlock(rows):
                        self._take(rows)
                    case StreamEnd():
                        self._end_sheet()
                        self._blocks.write()
                        sheets = tuple(self._sheets)
                        return StagedFile(self._id, name, part.hash, part.format, part.notes, part.tells, sheets)
        finally:
            parts.close()
        raise AssertionError("a stream ends with its end")

    def _take(self, rows: Sequence[Numbered]) -> None:
        if len(self._head) < SEARCHED_ROWS:
            self._head.extend(rows[: SEARCHED_ROWS - len(self._head)])
        self._count += len(rows)
        self._rows.extend((number, _plain(cells)) for number, cells in rows)
        if len(self._rows) >= BLOCK_ROWS:
            self._write()

    def _write(self) -> None:
        self._blocks.add(len(self._sheets), self._rows)
        self._rows = []

    def _end_sheet(self) -> None:
        if self._count:
            self._write()
            self._sheets.append(StagedSheet(self._start.name, self._start.hidden, tuple(self._head), self._count))
        self._head, self._count = [], 0


def staged_parts(store: Store, staged_id: int, stage: Stage, part: int) -> Iterator[list[Any]]:
    """Yield the blocks of one part of a stage, in the order they were written: of rows as read, number and cells."""
    columns = (StagedBlock.id, StagedBlock.packed)
    wanted = (StagedBlock.staged_id == staged_id, StagedBlock.stage == stage, StagedBlock.part == part)
    last = 0
    hook = _untagged if stage is Stage.CELLS else None
    while True:
        # one block a read: a long read would keep the log from being emptied, and the store would grow
        with store.read() as connection:
            query = select(*columns).where(*wanted, StagedBlock.id > last).order_by(StagedBlock.id).limit(1)
            found = connection.execute(query).first()
        if found is None:
            return
        last = found.id
        yield json.loads(zlib.decompress(found.packed), object_hook=hook)


def drop_staged(store: Store, staged_id: int, *, only_compared: bool = False) -> None:
    """Drop a staged file; ``only_compared`` keeps its rows as read, to be compared once more."""
    with store.staging() as connection:
        connection.execute(delete(StagedRow).where(StagedRow.staged_id == staged_id))
        blocks = delete(StagedBlock).where(StagedBlock.staged_id == staged_id)
        if only_compared:
            connection.execute(blocks.where(StagedBlock.stage != Stage.CELLS))
            return
        connection.execute(blocks)
        connection.execute(delete(StagedImport).where(StagedImport.id == staged_id))


def _plain(cells: list[CellValue]) -> list[Any]:
    """Return a row's cells as JSON can hold them: what is neither text nor a plain number goes under a tag."""
    if _PLAIN.issuperset(map(type, cells)):
        return cells
    return [value if type(value) in _PLAIN else _tagged(value) for value in cells]


def _tagged(value: CellValue) -> dict[str, Any]:
    tag, plain = _TAGS[type(value)]
    return {tag: plain(value)}


def _untagged(found: dict[str, Any]) -> CellValue:
    ((tag, value),) = found.items()
    return _UNTAG[tag](value)
