"""What an Open XML workbook says of itself around its sheets: which there are, their strings, their number formats."""

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from csp_desktop.imports.reading.building import Reading
from csp_desktop.imports.reading.looks import BUILT_IN, FROM_1900, FROM_1904, Look, look_of
from csp_desktop.imports.reading.xmlstream import Attributes, attribute, local_name, stream_xml

_TRUE = frozenset({"1", "true", "on"})
_WORKBOOK = "xl/workbook.xml"
_STRICT = "purl.oclc.org"
_NO_SHEETS = ("chartsheet", "dialogsheet", "macrosheet")
_Elements = list[tuple[str, Attributes]]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet by name, and where its XML lies."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True, slots=True)
class Styles:
    """What each cell style makes of a number, by its index."""

    looks: tuple[Look, ...] = ()

    def look(self, style: str) -> Look:
        """Return the look of a cell's ``s``; a style that is not there shows plain numbers."""
        index = int(style) if style.isdecimal() else 0
        return self.looks[index] if index < len(self.looks) else Look.NUMBER


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another."""

    kind: str
    target: str


class Parts:
    """The parts of a zip container, found whatever their letters' case, slashes or doubling."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries = {_normal(entry.filename): entry for entry in archive.infolist()}
        self._links: dict[str, dict[str, Relation]] = {}

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._entries

    def open(self, name: str) -> IO[bytes]:
        """Return a stream of the part; raise KeyError where there is none."""
        return self._archive.open(self._entries[_normal(name)])

    def elements(self, name: str, wanted: frozenset[str]) -> _Elements:
        """Return the elements of a small part, in order, whose local name is ``wanted``."""
        found: _Elements = []

        def start(element: str, attributes: Attributes) -> None:
            local = local_name(element)
            if local in wanted:
                found.append((local, attributes))

        with self.open(name) as stream:
            stream_xml(stream, start, None, None)
        return found

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the links of the part called ``name`` ("" for the container's own) by id, with whole targets."""
        if name not in self._links:
            self._links[name] = self._read_relations(name)
        return self._links[name]

    def _read_relations(self, name: str) -> dict[str, Relation]:
        folder, base = posixpath.split(name)
        links = posixpath.join(folder, "_rels", f"{base}.rels")
        if links not in self:
            return {}
        found = {}
        for _, attributes in self.elements(links, frozenset({"Relationship"})):
            target = attributes.get("Target", "").replace("\\", "/")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = Relation(attributes.get("Type", ""), whole)
        return found


@dataclass(slots=True)
class Package:
    """A workbook's own word on its parts."""

    parts: Parts
    sheets: list[SheetPart] = field(default_factory=list)
    epoch: datetime = FROM_1900
    is_strict: bool = False
    missing: list[str] = field(default_factory=list)
    _relations: dict[str, Relation] = field(default_factory=dict)

    @classmethod
    def open(cls, archive: zipfile.ZipFile) -> "Package":
        """Return the package in ``archive``; raise KeyError where it has no workbook."""
        parts = Parts(archive)
        roots = [link.target for link in parts.relations("").values() if link.kind.endswith("/officeDocument")]
        book = next((target for target in roots if target in parts), _WORKBOOK)
        package = cls(parts, _relations=parts.relations(book))
        package._read_book(book)
        return package

    def styles(self) -> Styles:
        """Return what the cell styles make of numbers."""
        part = self._part_of_kind("styles", "xl/styles.xml")
        return read_styles(self.parts, part) if part in self.parts else Styles()

    def strings(self, reading: Reading) -> list[str]:
        """Return the shared strings as they are written; raise UnreadableFileError where they are too many."""
        part = self._part_of_kind("sharedStrings", "xl/sharedStrings.xml")
        if part not in self.parts:
            return []
        table = _StringTable(reading)
        with self.parts.open(part) as stream:
            stream_xml(stream, table.start, table.end, table.text)
        return table.strings

    def _read_book(self, book: str) -> None:
        """Take the sheets and the date system from the workbook's part."""
        for name, attributes in self.parts.elements(book, frozenset({"workbook", "workbookPr", "sheet"})):
            if name == "workbookPr" and attributes.get("date1904") in _TRUE:
                self.epoch = FROM_1904
            elif name == "sheet":
                self._keep_sheet(attributes)
        self.is_strict = any(_STRICT in link.kind for link in self._relations.values())

    def _keep_sheet(self, attributes: Attributes) -> None:
        relation = self._relations.get(attribute(attributes, "id"))
        if relation is not None and relation.kind.casefold().endswith(_NO_SHEETS):
            return
        if relation is None or relation.target not in self.parts:
            self.missing.append(attributes.get("name", ""))
            return
        if any(sheet.part == relation.target for sheet in self.sheets):
            raise ValueError(relation.target)  # a part stands for one sheet; many of one would take for ever
        hidden = attributes.get("state", "visible") != "visible"
        self.sheets.append(SheetPart(attributes.get("name", ""), hidden, relation.target))

    def _part_of_kind(self, kind: str, usual: str) -> str:
        linked = (link.target for link in self._relations.values() if link.kind.endswith(f"/{kind}"))
        return next((target for target in linked if target in self.parts), usual)


def read_styles(parts: Parts, part: str) -> Styles:
    """Return the looks of the cell formats, which follow the formats of named styles under the same element name."""
    codes = dict(BUILT_IN)
    looks: list[Look] = []
    inside: list[str] = []

    def start(element: str, attributes: Attributes) -> None:
        local = local_name(element)
        inside.append(local)
        if local == "numFmt" and inside[-2:-1] == ["numFmts"]:
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif local == "xf" and inside[-2:-1] == ["cellXfs"]:
            looks.append(look_of(codes.get(int(attributes.get("numFmtId", "0")), "")))

    def end(_element: str) -> None:
        inside.pop()

    with parts.open(part) as stream:
        stream_xml(stream, start, end, None)
    return Styles(tuple(looks))


class _StringTable:
    """The shared strings while they stream by; pronunciation aids beside them are left out."""

    def __init__(self, reading: Reading) -> None:
        self.strings: list[str] = []
        self._reading = reading
        self._runs: list[str] = []
        self._pieces: list[str] = []
        self._aside = 0
        self.text: Callable[[str], None] = self._pieces.append

    def start(self, element: str, _attributes: Attributes) -> None:
        local = local_name(element)
        if local == "t":
            self._pieces.clear()
        elif local == "si":
            self._runs.clear()
        elif local == "rPh":
            self._aside += 1

    def end(self, element: str) -> None:
        local = local_name(element)
        if local == "t" and not self._aside:
            self._runs.append("".join(self._pieces))
        elif local == "si":
            self.strings.append("".join(self._runs))
            if len(self.strings) > self._reading.limits.cells:
                raise self._reading.too_many()
        elif local == "rPh":
            self._aside -= 1


def _normal(name: str) -> str:
    """Return a part's name as it is looked up."""
    return name.replace("\\", "/").lstrip("/").casefold()
