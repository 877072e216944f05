"""The reader of .ods: its content streamed once, so that repeats cannot swell and error cells stay errors."""

import re
import zipfile
import zlib
from pathlib import Path

from csp_desktop.imports.reading.building import About, Reading
from csp_desktop.imports.reading.excel_package import Parts
from csp_desktop.imports.reading.guard import guard
from csp_desktop.imports.reading.notes import notes_on
from csp_desktop.imports.reading.open_document_cells import Content
from csp_desktop.imports.reading.open_document_styles import StyleNames
from csp_desktop.imports.reading.package_properties import open_document_properties
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.xmlstream import UnsafeXmlError, XmlError, stream_xml

_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = re.compile(rb"<(?:\w+:)?encryption-data")
_WHOLLY_ENCRYPTED = "encrypted-package"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, XmlError, LookupError, ValueError, EOFError, OSError, OverflowError,
    NotImplementedError,
)  # fmt: skip


def read_open_document(path: Path, reading: Reading) -> About:
    """Read the sheets of an .ods into ``reading``, and return what is to be said of it.

    Raises UnreadableFileError where it is encrypted, unsafe, damaged, or another kind of document.
    """
    reading.expected = guard(path, reading.limits).rows
    try:
        with zipfile.ZipFile(path) as archive:
            parts = Parts(archive)
            if _is_encrypted(parts):
                raise refuse(Refusal.PROTECTED, path.name)
            sheets = _read_content(parts, reading)
            properties = open_document_properties(parts)
    except UnsafeXmlError:
        raise refuse(Refusal.UNSAFE_XML, path.name) from None
    except _BROKEN:
        raise refuse(Refusal.DAMAGED, path.name) from None
    if not sheets:
        raise refuse(Refusal.NOT_A_SPREADSHEET, path.name, found="an OpenDocument file without sheets")
    return About("ods", notes_on(path, "ods"), properties=properties)


def _is_encrypted(parts: Parts) -> bool:
    if _WHOLLY_ENCRYPTED in parts:
        return True
    if _MANIFEST not in parts:
        return False
    with parts.open(_MANIFEST) as stream:
        return _ENCRYPTED.search(stream.read()) is not None


def _read_content(parts: Parts, reading: Reading) -> int:
    """Read the sheets in the order of their tabs, and return how many there are."""
    styles = StyleNames()
    if "styles.xml" in parts:
        with parts.open("styles.xml") as stream:
            stream_xml(stream, styles.start, styles.end, None)
    content = Content(styles, reading)
    with parts.open("content.xml") as stream:
        stream_xml(stream, content.start, content.end, content.text)
    return content.sheets
