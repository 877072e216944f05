"""The custom properties of an .xls: a set of values in a stream of its own, each of which may point anywhere."""

import struct
from collections.abc import Iterator

from csp_desktop.imports.reading.biff_book import codec_of
from csp_desktop.imports.reading.ole import OleContainer
from csp_desktop.imports.reading.properties import LONGEST, MOST_BYTES, kept

_STREAM = "\x05DocumentSummaryInformation"
_USER_DEFINED = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_SETS_AT, _SETS = 24, 2
_NAMES, _CODEPAGE = 0, 1
_TEXT, _WIDE_TEXT = 0x1E, 0x1F
_WIDE = "utf-16-le"
_LONGEST_BYTES = LONGEST * 4  # a letter takes no more in any encoding


def biff_properties(container: OleContainer) -> dict[str, str]:
    """Return the custom properties of an .xls that are text."""
    if _STREAM not in container:
        return {}
    try:
        return kept(_texts(_user_defined(container.read(_STREAM, MOST_BYTES))))
    except (ValueError, struct.error):
        return {}


def _user_defined(stream: bytes) -> bytes:
    """Return the set of the user's own properties, from where the offsets in it count; b"" where there is none."""
    (count,) = struct.unpack_from("<I", stream, _SETS_AT)
    for number in range(min(count, _SETS)):
        kind, start = struct.unpack_from("<16sI", stream, _SETS_AT + 4 + number * 20)
        if kind == _USER_DEFINED:
            return stream[start:]
    return b""


def _texts(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield name and text of the properties that are text, in the order of the set."""
    if not content:
        return
    _, count = struct.unpack_from("<II", content)
    places = dict(struct.iter_unpack("<II", content[8 : 8 + min(count, len(content) // 8 - 1) * 8]))
    codec = "cp1252"
    if _CODEPAGE in places:
        codec = codec_of(struct.unpack_from("<H", content, places[_CODEPAGE] + 4)[0])
    names = dict(_names(content, places[_NAMES], codec)) if _NAMES in places else {}
    for key, place in places.items():
        (kind,) = struct.unpack_from("<H", content, place)
        if key in names and kind in {_TEXT, _WIDE_TEXT}:
            (length,) = struct.unpack_from("<I", content, place + 4)
            wide = kind == _WIDE_TEXT
            size = length * 2 if wide else length
            yield names[key], _text(content, place + 8, size, _WIDE if wide else codec)


def _names(content: bytes, at: int, codec: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the name of each property; wide names are padded to whole fours of bytes."""
    (count,) = struct.unpack_from("<I", content, at)
    at += 4
    for _ in range(count):  # each takes eight bytes or more, so that the content ends it
        key, length = struct.unpack_from("<II", content, at)
        size = -(-length * 2 // 4) * 4 if codec == _WIDE else length
        yield key, _text(content, at + 8, size, codec)
        at += 8 + size


def _text(content: bytes, at: int, size: int, codec: str) -> str:
    """Return text up to its first NUL; the rest only fills its place."""
    if at + size > len(content):
        raise ValueError
    return content[at : at + min(size, _LONGEST_BYTES)].decode(codec, errors="replace").partition("\x00")[0]
