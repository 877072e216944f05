"""What every test of the readers does: write a file, read it without the process around the reader, or be refused."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.parsing import parse


def unheard(_done: int, _expected: int) -> None:
    return


def parsed(path: Path, limits: Limits | None = None) -> WorkbookGrid:
    return parse(path, limits or Limits(), unheard)


def written(tmp_path: Path, content: bytes, name: str = "plan.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        parsed(path, limits)
    sentence = str(caught.value)
    assert sentence.startswith(f"“{path.name}” ")
    assert sentence.endswith("Nothing was imported.")
    assert str(path.parent) not in sentence
    return sentence


def readable_or_refused(path: Path) -> bool:
    """Say whether a file gives a grid with data, or a sentence that names it; anything else flies."""
    try:
        grid = parsed(path)
    except UnreadableFileError as refusal:
        return path.name in str(refusal)
    return any(sheet.rows for sheet in grid.sheets)


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    return zipped(path, parts)


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
