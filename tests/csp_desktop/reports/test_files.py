import errno
import os
from pathlib import Path

import pytest

from csp_desktop.errors import CspError
from csp_desktop.reports.files import replace_file
from csp_desktop.reports.pdf.writer import write_pdf
from tests.csp_desktop.reports.samples import report


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")
    write_pdf(report(), target)
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CspError, match=r"The folder .* does not exist; nothing was written"):
        replace_file(tmp_path / "gone" / "report.pdf", b"new")


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CspError, match="is a folder"):
        replace_file(tmp_path, b"new")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no full device to write to")
@pytest.mark.parametrize(
    ("code", "said"),
    [(errno.ENOSPC, "The disk is full"), (errno.EACCES, "Close it"), (errno.EROFS, "read-only"), (errno.EIO, "system")],
)
def test_what_stood_in_the_way_is_said_and_the_old_file_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")

    def refuse(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(CspError, match=said):
        replace_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_a_bad_logo_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(CspError, match="logo"):
        write_pdf(report(logo=b"not a picture"), tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []
