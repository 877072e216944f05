from multiprocessing import active_children
from pathlib import Path

import pytest

from csp_desktop.errors import CspError, UnreadableFileError
from csp_desktop.imports.reading.ahead import ReadingAhead


def test_files_are_read_ahead_and_given_in_order(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.csv" for name in ("one", "two")]
    for path in paths:
        path.write_text(f"Action,Lead\n{path.stem},Amina\n", encoding="utf-8")
    with ReadingAhead(paths) as ahead:
        read = ahead.files()
    assert [file.grid.file_name for file in read] == ["one.csv", "two.csv"]
    assert read[0].hash != read[1].hash


def test_what_cannot_be_read_ahead_is_refused_where_it_is_asked_for(tmp_path: Path) -> None:
    with ReadingAhead([tmp_path / "missing.csv"]) as ahead, pytest.raises(UnreadableFileError, match="missing"):
        ahead.files()


def test_reading_ahead_ends_with_its_block(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.csv" for number in range(20)]
    for path in paths:
        path.write_text("Action,Lead\nWalk,Amina\n", encoding="utf-8")
    with pytest.raises(CspError, match="wrong"), ReadingAhead(paths):
        raise CspError("wrong passphrase")
    assert active_children() == []
