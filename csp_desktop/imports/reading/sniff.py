"""What a file is, told by its content alone: extensions lie."""

import re
import zipfile
from enum import Enum
from pathlib import Path

from csp_desktop.imports.reading.refusals import Refusal, refuse

_HEAD = 8_192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL_SHARE = 0.02
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 26, 27}
_OLD_BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04")

_BARE_BIFF = (b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_ENCRYPTED_STREAMS = ("EncryptedPackage", "DRMContent", "DRMEncryptedTransform")

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
    (re.compile(r"^\s*(?:<!doctype\s+html|<html|<table|<head|<body|<div|<p>)", re.IGNORECASE), "a web page"),
    (re.compile(r"^\s*<\?xml|^\s*<[a-z][\w:.-]*[\s>]", re.IGNORECASE), "an XML file"),
    (re.compile(r"^\s*mime-version:", re.IGNORECASE), "a web archive"),
    (re.compile(r"^ID;P"), "a SYLK file"),
    (re.compile(r"^TABLE\r?\n0,1"), "a DIF file"),
    (re.compile(r'^\s*[{\[]\s*(?:"[^"\n]*"\s*[:,\]]|[{\[])'), "a JSON file"),
)


class Kind(Enum):
    """The formats a reader exists for."""

    EXCEL = "xlsx"
    BIFF = "xls"
    OPEN_DOCUMENT = "ods"
    DELIMITED = "csv"


def sniff(path: Path) -> Kind:
    """Return the kind of the file at ``path``; raise UnreadableFileError for every other kind, naming it."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip(b"\x00 \t\r\n"):
        raise refuse(Refusal.EMPTY, path.name)
    if head.startswith(_OLE):
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
    if any(_names(content, stream) for stream in ("Workbook", "WORKBOOK", "Book", "BOOK")):
        return Kind.BIFF
    if any(_names(content, stream) for stream in ("WordDocument", "PowerPoint Document", "__properties_version1.0")):
        raise refuse(Refusal.NOT_A_SPREADSHEET, path.name, found="another Office document")
    raise refuse(Refusal.DAMAGED, path.name)


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
        raise refuse(Refusal.SAVE_AS_XLSX, path.name, found="in the binary Excel format (.xlsb)")
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
    if not head.startswith(_TEXT_MARKS) and not looks_like_utf16(head):
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


def looks_like_utf16(head: bytes) -> bool:
    """Say whether every other byte of ``head`` is mostly NUL, as in UTF-16 text without a byte order mark."""
    sample = head[:1_024]
    if len(sample) < 4:  # noqa: PLR2004 - two characters are the least that show a pattern
        return False
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    few, many = sorted((even, odd))
    return many > len(sample) // 2 * 0.7 and few < len(sample) // 2 * 0.1
