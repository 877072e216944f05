"""What a file is, told by its content alone: extensions lie."""

import re
import zipfile
from enum import Enum
from pathlib import Path

from csp_desktop.imports.reading.ole import SIGNATURE, WORKBOOK_STREAMS, OleContainer
from csp_desktop.imports.reading.refusals import Refusal, refuse

_HEAD = 8_192
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL_SHARE = 0.02
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 26, 27}
_OLD_BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04")

_BARE_BIFF = (b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_OTHER_STREAMS = ("WordDocument", "PowerPoint Document", "VisioDocument", "__properties_version1.0")
_ENCRYPTED_STREAMS = ("EncryptedPackage", "DRMContent", "DRMEncryptedTransform")

_NUL_PATTERNS = (
    ("utf-32-le", (1, 2, 3), (0,)),
    ("utf-32-be", (0, 1, 2), (3,)),
    ("utf-16-le", (1, 3), (0, 2)),
    ("utf-16-be", (0, 2), (1, 3)),
)
_MOSTLY, _HARDLY = 0.7, 0.1

_BINARY_KINDS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"Rar!", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a word-processor document"),
)
_SHEET_KINDS = (
    (
        re.compile(r"<\?mso-application[^>]*Excel|urn:schemas-microsoft-com:office:sp", re.IGNORECASE),
        "an XML spreadsheet",
    ),
    (re.compile(r"<office:document", re.IGNORECASE), "a flat OpenDocument spreadsheet"),
)
_TEXT_KINDS = (
    (
        re.compile(r"^\s*(?:<!doctype\s+html|<html|<table|<head|<meta|<style|<body|<div|<p>)", re.IGNORECASE),
        "a web page",
    ),
    (re.compile(r"^\s*<\?xml|^\s*<!--|^\s*<[a-z][\w:.-]*[\s/>]", re.IGNORECASE), "an XML file"),
    (re.compile(r"^\s*mime-version:", re.IGNORECASE), "a web archive"),
    (re.compile(r"^ID;P"), "a SYLK file"),
    (re.compile(r"^TABLE\r?\n0,1"), "a DIF file"),
    (re.compile(r'^\s*[{\[]\s*(?:"[^"\n]*"\s*[:,\]]|[{\[])'), "a JSON file"),
)


class Kind(Enum):
    """The formats a reader exists for."""

    EXCEL = "xlsx"
    BIFF = "xls"
    BINARY_EXCEL = "xlsb"
    OPEN_DOCUMENT = "ods"
    DELIMITED = "csv"


def sniff(path: Path) -> Kind:
    """Return the kind of the file at ``path``; raise UnreadableFileError for every other kind, naming it."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip(b"\x00 \t\r\n"):
        raise refuse(Refusal.EMPTY, path.name)
    if head.startswith(SIGNATURE):
        return _kind_of_container(path)
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    if head[:2] in _OLD_BIFF and head[2:3] in {b"\x04", b"\x06", b"\x08"}:
        raise refuse(Refusal.OLD_EXCEL, path.name)
    if head.startswith(_BARE_BIFF):
        return Kind.BIFF
    for mark, found in _BINARY_KINDS:
        if head.startswith(mark):
            raise refuse(Refusal.NOT_A_SPREADSHEET, path.name, found=found)
    return _kind_of_text(path, head)


def _kind_of_container(path: Path) -> Kind:
    """Return BIFF for an OLE container with an old workbook; refuse what is encrypted, and other Office files."""
    content = path.read_bytes()
    if any(_names(content, stream) for stream in _ENCRYPTED_STREAMS):
        raise refuse(Refusal.PROTECTED, path.name)
    try:
        container = OleContainer(content)
    except ValueError:
        raise refuse(Refusal.DAMAGED, path.name) from None
    if any(stream in container for stream in WORKBOOK_STREAMS):
        return Kind.BIFF
    lost = any(_names(content, stream) for stream in WORKBOOK_STREAMS)
    if lost and not any(stream in container for stream in _OTHER_STREAMS):
        raise refuse(Refusal.DAMAGED, path.name)  # a workbook that its own directory no longer leads to
    raise refuse(Refusal.NOT_A_SPREADSHEET, path.name, found="another Office document")


def _names(content: bytes, stream: str) -> bool:
    """Say whether an OLE container names ``stream`` in its directory."""
    return ("\x00" + "\x00".join(stream) + "\x00\x00").encode("latin-1")[1:] in content


def _kind_of_zip(path: Path) -> Kind:
    """Return the kind of a zip container, or refuse it by what it is."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lstrip("/").casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise refuse(Refusal.DAMAGED, path.name) from None
    if "xl/workbook.bin" in names:
        return Kind.BINARY_EXCEL
    if any(name.startswith("xl/") for name in names):
        return Kind.EXCEL
    if "content.xml" in names or "encrypted-package" in names:
        return Kind.OPEN_DOCUMENT
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise refuse(Refusal.NOT_A_SPREADSHEET, path.name, found="another Office document")
    if "[content_types].xml" in names:
        return Kind.EXCEL
    raise refuse(Refusal.NOT_A_SPREADSHEET, path.name, found="a compressed archive")


def _kind_of_text(path: Path, head: bytes) -> Kind:
    """Return DELIMITED for text that may be a table; refuse markup, other text formats and binary content."""
    if not head.startswith(_TEXT_MARKS) and wide_encoding(head) is None:
        controls = sum(byte in _CONTROLS for byte in head)
        if controls > len(head) * _CONTROL_SHARE:
            raise refuse(Refusal.NOT_A_SPREADSHEET, path.name, found="its content is not text")
    start = head.replace(b"\x00", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    for pattern, found in _SHEET_KINDS:
        if pattern.search(start):
            raise refuse(Refusal.SAVE_AS_XLSX, path.name, found=found)
    for pattern, found in _TEXT_KINDS:
        if pattern.search(start):
            raise refuse(Refusal.OTHER_TEXT, path.name, found=found)
    return Kind.DELIMITED


def wide_encoding(head: bytes) -> str | None:
    """Return the encoding that the NULs of ``head`` show where it has no byte order mark: UTF-32 or UTF-16."""
    sample = head[:1_024]
    sample = sample[: len(sample) // 4 * 4]
    if not sample:
        return None
    nuls = [sample[place::4].count(0) / (len(sample) // 4) for place in range(4)]
    for encoding, blank, filled in _NUL_PATTERNS:
        if all(nuls[place] >= _MOSTLY for place in blank) and all(nuls[place] <= _HARDLY for place in filled):
            return encoding
    return None
