"""Which letters the bytes of a text file stand for, told by what is in them."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.sniff import wide_encoding

_MARKS = (  # the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LONGEST_LETTER = 4
_OLD = "Windows-1252"


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A file's text, the encoding that it was read by, and whether it ends within a letter."""

    text: str
    encoding: str
    is_cut: bool = False


def decode(path: Path) -> DecodedText:
    """Return the text of the file: by byte order mark, NUL pattern, strict UTF-8, else Windows-1252.

    Raises UnreadableFileError where a mark or pattern promises an encoding that the rest breaks.
    """
    content = path.read_bytes()
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            decoded = _decoded(content[len(mark) :], encoding)
            break
    else:
        decoded = _decoded(content, wide_encoding(content) or "utf-8")
        if decoded is None and wide_encoding(content) is None:
            return DecodedText(content.decode("cp1252", errors="replace"), _OLD)
    if decoded is None:
        raise refuse(Refusal.DAMAGED, path.name)
    return decoded


def _decoded(content: bytes, encoding: str) -> DecodedText | None:
    """Return the text, without a last letter that the file's end cuts; None where it is not of this encoding."""
    try:
        return DecodedText(content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        at_end = error.start >= len(content) - _LONGEST_LETTER + 1 and _is_cut(error.reason)
        if not at_end:
            return None
        return DecodedText(content[: error.start].decode(encoding), encoding, is_cut=True)


def _is_cut(reason: str) -> bool:
    return reason in {"unexpected end of data", "truncated data"}
