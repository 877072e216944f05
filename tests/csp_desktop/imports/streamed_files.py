"""A file as it is streamed, without the process around the reader: to be held against the same file as a grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import CellValue, WorkbookGrid
from csp_desktop.imports.reading.answers import StreamMessage
from csp_desktop.imports.reading.blocks import Streaming
from csp_desktop.imports.reading.building import About
from csp_desktop.imports.reading.child import stream_unchanged
from csp_desktop.imports.reading.limits import Limits
from tests.csp_desktop.imports.reading_files import parsed, unheard

Cells = list[tuple[type, CellValue]]


@dataclass(frozen=True)
class Streamed:
    """``sheets``: name, whether hidden, and the rows in the order in which they came."""

    about: About
    hash: str
    sheets: list[tuple[str, bool, list[tuple[int, list[CellValue]]]]]
    blocks: list[int]


def streamed(path: Path, limits: Limits | None = None) -> Streamed:
    messages: list[StreamMessage] = []
    about, digest = stream_unchanged(path, Streaming(path.name, limits or Limits(), unheard, messages.append))
    return gathered(about, digest, messages)


def gathered(about: About, digest: str, messages: Sequence[StreamMessage]) -> Streamed:
    sheets: list[tuple[str, bool, list[tuple[int, list[CellValue]]]]] = []
    blocks: list[int] = []
    for message in messages:
        match message:
            case ("sheet", name, hidden):
                sheets.append((name, hidden, []))
            case ("block", rows):
                sheets[-1][2].extend(rows)
                blocks.append(len(rows))
    return Streamed(about, digest, sheets, blocks)


def outcome_streamed(path: Path, limits: Limits | None = None) -> Streamed | str:
    try:
        return streamed(path, limits)
    except UnreadableFileError as refusal:
        return str(refusal)


def outcome_parsed(path: Path, limits: Limits | None = None) -> WorkbookGrid | str:
    try:
        return parsed(path, limits)
    except UnreadableFileError as refusal:
        return str(refusal)


def check_same(found: Streamed, grid: WorkbookGrid) -> None:
    """What was streamed is what the grid holds, cell by cell and kind by kind; each row once, in blocks of some."""
    assert [(name, hidden) for name, hidden, _ in found.sheets] == [(sheet.name, sheet.hidden) for sheet in grid.sheets]
    for (_, _, rows), sheet in zip(found.sheets, grid.sheets, strict=True):
        assert sorted(number for number, _ in rows) == list(sheet.rows)
        assert {number: kinds(values) for number, values in rows} == {
            number: kinds(values) for number, values in sheet.rows.items()
        }
    assert (found.about.format, found.about.notes) == (grid.format, grid.notes)
    assert found.about.tells <= grid.tells


def kinds(values: list[CellValue]) -> Cells:
    """Values beside their kinds: 1 is no True, and a month no day."""
    return [(type(value), value) for value in values]
