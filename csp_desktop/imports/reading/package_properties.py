"""The custom properties of the formats that are zip containers of XML. Only those that are text are read."""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from csp_desktop.imports.reading.excel_package import Parts
from csp_desktop.imports.reading.excel_sheet import text_or_none
from csp_desktop.imports.reading.open_document_styles import URN
from csp_desktop.imports.reading.properties import MOST_BYTES, kept
from csp_desktop.imports.reading.xmlstream import (
    Attributes,
    UnsafeXmlError,
    XmlError,
    attribute,
    local_name,
    stream_xml,
)

_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, XmlError, UnsafeXmlError, LookupError, ValueError, EOFError, OSError,
    NotImplementedError,
)  # fmt: skip
_KINDS = ("/custom-properties", "/customProperties")  # the second in Strict Open XML
_USUAL = "docProps/custom.xml"
_TEXTS = frozenset({"lpwstr", "lpstr", "bstr"})
_META = f"{URN}meta:1.0"


class _Handlers(Protocol):
    """What takes the elements of a part; ``found`` are names and texts."""

    found: list[tuple[str, str]]

    def start(self, element: str, attributes: Attributes) -> None:
        """Take an element's start."""

    def end(self, element: str) -> None:
        """Take an element's end."""

    def text(self, piece: str) -> None:
        """Take a piece of text."""


def excel_properties(parts: Parts) -> dict[str, str]:
    """Return the custom properties of an Open XML package that are text."""
    return _read(parts, _part_of, _Custom())


def open_document_properties(parts: Parts) -> dict[str, str]:
    """Return the user-defined properties of an OpenDocument file that are text."""
    return _read(parts, lambda _: "meta.xml", _UserDefined())


def _read(parts: Parts, part_of: Callable[[Parts], str], handlers: _Handlers) -> dict[str, str]:
    try:
        part = part_of(parts)
        if part not in parts:
            return {}
        with parts.open(part) as stream:
            content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            return {}
        stream_xml(io.BytesIO(content), handlers.start, handlers.end, handlers.text)
    except _UNREADABLE:
        return {}
    return kept(handlers.found)


def _part_of(parts: Parts) -> str:
    linked = (link.target for link in parts.relations("").values() if link.kind.endswith(_KINDS))
    return next((target for target in linked if target in parts), _USUAL)


@dataclass(slots=True)
class _Custom:
    """The handlers of custom.xml: a property holds one element, which says of what kind its text is."""

    found: list[tuple[str, str]] = field(default_factory=list)
    _inside: list[str] = field(default_factory=list)
    _name: str = ""
    _pieces: list[str] = field(default_factory=list)

    def start(self, element: str, attributes: Attributes) -> None:
        local = local_name(element)
        self._inside.append(local)
        self._pieces.clear()
        if local == "property":
            self._name = attribute(attributes, "name")

    def end(self, _element: str) -> None:
        if self._inside[-2:-1] == ["property"] and self._inside[-1] in _TEXTS:
            self.found.append((self._name, text_or_none("".join(self._pieces)) or ""))
        self._inside.pop()

    def text(self, piece: str) -> None:
        self._pieces.append(piece)


@dataclass(slots=True)
class _UserDefined:
    """The handlers of meta.xml: a property is one element; where it does not say of what kind, it is text."""

    found: list[tuple[str, str]] = field(default_factory=list)
    _name: str | None = None
    _pieces: list[str] = field(default_factory=list)

    def start(self, element: str, attributes: Attributes) -> None:
        self._pieces.clear()
        is_text = attributes.get(f"{_META} value-type", "string") == "string"
        self._name = attributes.get(f"{_META} name") if element == f"{_META} user-defined" and is_text else None

    def end(self, _element: str) -> None:
        if self._name is not None:
            self.found.append((self._name, "".join(self._pieces)))
        self._name = None

    def text(self, piece: str) -> None:
        self._pieces.append(piece)
