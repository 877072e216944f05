"""XML by expat, streamed and hardened: no document types, so no entities; dialects of a namespace read alike."""

from collections.abc import Callable
from typing import IO, TypeAlias
from xml.parsers.expat import ExpatError, ParserCreate

_CHUNK = 128 * 1024

Attributes: TypeAlias = dict[str, str]
Start: TypeAlias = Callable[[str, Attributes], None]
End: TypeAlias = Callable[[str], None]
XmlError = ExpatError


class UnsafeXmlError(Exception):
    """The XML declares a document type; entities, which expand without bound, come no other way."""


def stream_xml(stream: IO[bytes], start: Start | None, end: End | None, text: Callable[[str], object] | None) -> None:
    """Feed ``stream`` through expat. Names arrive as "namespace local"; ``text`` may be a list's append.

    Raises UnsafeXmlError, ExpatError, and whatever the handlers raise.
    """
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = _CHUNK
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def local_name(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]


def attribute(attributes: Attributes, local: str) -> str:
    """Return the attribute called ``local`` in whatever namespace, "" where there is none."""
    return next((value for name, value in attributes.items() if local_name(name) == local), "")


def _refuse_doctype(*_: object) -> None:
    raise UnsafeXmlError
