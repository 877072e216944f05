import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import SheetGrid
from csp_desktop.imports.reading.limits import MIB, Limits
from csp_desktop.imports.reading.reader import read_workbook
from csp_desktop.imports.reading.refusals import ReadCancelledError
from tests.csp_desktop.imports.reading_files import parsed, readable_or_refused, refused, rewritten, written, zipped
from tests.workbooks.biff_files import write_xls

WriteBook = Callable[..., Path]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("name", ["plan.csv", "plan", "plan.xls"])
def test_the_kind_is_told_by_content(book: WriteBook, tmp_path: Path, name: str) -> None:
    content = book({"Plan": [["a", "b"]]}).read_bytes()
    assert parsed(written(tmp_path, content, name)).format == "xlsx"
    assert parsed(written(tmp_path, b"a,b\nc,d\n", name)).format == "csv"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\r\n \n", "is empty"),
        (b"PK\x03\x04 rubbish", "damaged"),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 40, "password"),
        (OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le") + b"\x00" * 40, "damaged"),
        (OLE + b"\x00" * 600, "damaged"),
        (b"\x09\x04\x06\x00\x00\x04\x10\x00" + b"\x00" * 50, "very old"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "an XML spreadsheet, which cannot be read yet",
        ),
        (b"<!-- saved from the web --><table></table>", "an XML file"),
        ("<html><table>".encode("utf-16"), "a web page"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "a web archive"),
        (b'<?xml version="1.0"?><office:document xmlns:office="x"/>', "a flat OpenDocument spreadsheet"),
        (b"ID;PWXL;N;E\r\nC;Y1;X1\r\n", "a SYLK file"),
        (b"TABLE\r\n0,1\r\n", "a DIF file"),
        (b"{\\rtf1\\ansi a, b}", "a word-processor document"),
        (b'{"actions": [1, 2]}', "JSON"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07\x08" * 30, "not text"),
        (b'a,b\n"' + b"x,y\n" * 10_000, "near row 2"),
        (b"," * 2_000 + b"x", "too many columns"),
    ],
)
def test_each_wrong_file_gives_its_own_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refused(written(tmp_path, content))


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    assert "compressed archive" in refused(zipped(path, {"readme.txt": b"hello"}))
    assert "another Office document" in refused(zipped(path, {"word/document.xml": b"<a/>"}))
    assert "without sheets" in refused(zipped(path, {"content.xml": b"<a/>"}))
    assert "damaged" in refused(zipped(path, {"xl/workbook.bin": b"x"}))
    assert "damaged" in refused(zipped(path, {"xl/workbook.xml": b"<a/>"}))


def test_a_workbook_without_any_cell_has_no_data(book: WriteBook) -> None:
    assert "no data rows" in refused(book({"Plan": []}))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_damaged(book: WriteBook, tmp_path: Path, share: float) -> None:
    content = book({"Plan": [["a", "b"]] * 50}).read_bytes()
    assert "damaged" in refused(written(tmp_path, content[: int(len(content) * share)], "cut.xlsx"))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="cannot be opened"):
        read_workbook(tmp_path / "none.xlsx")
    with pytest.raises(UnreadableFileError, match="folder"):
        read_workbook(tmp_path)
    with pytest.raises(UnreadableFileError, match="too large"):
        read_workbook(written(tmp_path, b"a,b\n" * 1_000), limits=Limits(file_size=100))


@given(st.binary(max_size=600))
def test_any_bytes_give_a_grid_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    assert readable_or_refused(path)


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_gives_a_grid_or_a_sentence(tmp_path: Path, text: str, encoding: str) -> None:
    path = written(tmp_path, text.encode(encoding, errors="replace"), "plan.csv")
    assert readable_or_refused(path)


def small_book() -> bytes:
    made = Workbook()
    made.active.append(["Action", "Lead", date(2025, 3, 31)])  # type: ignore[union-attr]  # a new workbook has a sheet
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


BOOK = small_book()


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_workbook_with_any_bytes_changed_gives_a_grid_or_a_sentence(
    tmp_path: Path, changes: list[tuple[int, int]]
) -> None:
    content = bytearray(BOOK)
    for at, byte in changes:
        content[at] = byte
    assert readable_or_refused(written(tmp_path, bytes(content)))


SHEET_XML = zipfile.ZipFile(io.BytesIO(BOOK)).read(SHEET)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(SHEET_XML) - 1), st.integers(32, 126)), min_size=1, max_size=6))
def test_a_sheet_with_any_letters_changed_gives_a_grid_or_a_sentence(
    tmp_path: Path, changes: list[tuple[int, int]]
) -> None:
    content = bytearray(SHEET_XML)
    for at, byte in changes:
        content[at] = byte
    path = rewritten(written(tmp_path, BOOK), SHEET, lambda _: content.decode())
    assert readable_or_refused(path)


def large_csv(tmp_path: Path) -> Path:
    return written(tmp_path, b"Action,Lead,Due\n" + b"Do the thing,Tom,31/03/2025\n" * 150_000, "large.csv")


def test_progress_is_told_and_a_cancel_ends_the_reading(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = large_csv(tmp_path)
    with pytest.raises(ReadCancelledError, match=r"large\.csv"):
        read_workbook(
            path, progress=lambda done, expected: told.append((done, expected)), cancelled=lambda: len(told) > 3
        )
    assert told[0] == (500, 150_002)


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableFileError, match="longer than"):
        read_workbook(large_csv(tmp_path), limits=Limits(seconds=0.2))
    assert time.monotonic() - started < 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no address-space limit")
def test_a_reader_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="reader stopped"):
        read_workbook(large_csv(tmp_path), limits=Limits(memory=60 * MIB))


PARENT = """
import sys
from pathlib import Path
from csp_desktop.imports.reading.reader import read_workbook

def tell(done, expected):
    from multiprocessing import active_children
    print(active_children()[0].pid, flush=True)
    sys.stdin.read()

if __name__ == "__main__":
    read_workbook(Path(sys.argv[1]), progress=tell)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="asks for the process by a POSIX signal")
def test_the_reader_leaves_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    project = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(project)}
    parent = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script), str(large_csv(tmp_path))],
        stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert parent.stdin is not None
    parent.stdin.close()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not is_running(child):
            return
    pytest.fail("the reader outlived its parent")


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and ") Z " in status.read_text(encoding="utf-8"))


def test_a_workbook_that_its_container_no_longer_leads_to_is_damaged(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "plan.xls", (SheetGrid("Plan", rows={1: ["a"]}),))
    content = path.read_bytes()
    at = content.index("Workbook".encode("utf-16-le"))
    assert "is damaged" in refused(written(tmp_path, content[: at - 128] + content[at - 64 :], "plan.xls"))
