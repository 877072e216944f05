"""A person at a terminal: what they type, and what is printed to them."""

import json
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.cli import main


class Terminal:
    """The command line on one store, ``test.csp`` in a folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def run(self, *words: str | Path, expect: int = 0) -> str:
        """Return what a command prints: its answer, or where it is to fail its refusal."""
        code = main(["--store", str(self.folder / "test.csp"), *map(str, words)])
        printed = self._capsys.readouterr()
        assert code == expect, printed.err
        return printed.err if expect else printed.out

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def json(self, *words: str | Path) -> Any:
        return json.loads(self.run(*words, "--json"))
