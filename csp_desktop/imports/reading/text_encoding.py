"""Which letters the bytes of a text file stand for, told by what is in them. No more than a piece of it is held."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from csp_desktop.imports.reading.building import filled
from csp_desktop.imports.reading.limits import MIB
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.sniff import wide_encoding

_MARKS = (  # the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OLD = "Windows-1252"
_HEAD_BYTES = 1_024
_HEAD_LETTERS = 200_000
_PIECE = MIB
_BEFORE, _BEHIND = 40, 80
_TELLING = re.compile("[£€\u2018\u2019\u201c\u201d\u2013\u2014\u2026]")
_SPECIAL = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text file and the way to its letters: the name of its encoding, and how many bytes before them mark it."""

    path: Path
    encoding: str
    marked: int = 0

    def pieces(self) -> Iterator[str]:
        """Yield the letters piece by piece; one that the file's end cuts is left out. Raises UnicodeDecodeError."""
        decoder = self._decoder()
        with self.path.open("rb") as file:
            file.seek(self.marked)
            while read := file.read(_PIECE):
                yield decoder.decode(read)

    def survey(self) -> "Survey":
        """Return what a first pass over the whole text shows; raise UnicodeDecodeError where it is not of this kind."""
        survey = Survey()
        decoder = self._decoder()
        with self.path.open("rb") as file:
            file.seek(self.marked)
            while read := file.read(_PIECE):
                survey.take(decoder.decode(read))
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:  # what is left undecoded is the beginning of a letter, and nothing else
            survey.is_cut = True
        return survey

    def _decoder(self) -> codecs.IncrementalDecoder:
        if self.encoding == _OLD:
            return codecs.getincrementaldecoder("cp1252")("replace")
        return codecs.getincrementaldecoder(self.encoding)("strict")


@dataclass(slots=True)
class _Place:
    """The first place where one letter of ``pattern`` stands in a text that comes in pieces, and what is around it."""

    pattern: re.Pattern[str]
    before: str = ""
    behind: str = ""

    def take(self, piece: str) -> None:
        """Look through the next piece of the text."""
        if self.behind:
            self.behind = (self.behind + piece[:_BEHIND])[:_BEHIND]
            return
        found = None if piece.isascii() else self.pattern.search(piece)
        if found:
            self.behind = piece[found.start() :][:_BEHIND]
            piece = piece[: found.start()]
        self.before = (self.before + piece[-_BEFORE:])[-_BEFORE:]

    @property
    def line(self) -> str:
        """Return what stands around the place on its line, no longer than fits a note."""
        return (re.split(r"[\r\n]", self.before)[-1] + re.split(r"[\r\n]", self.behind)[0]).strip()[:_BEHIND]


@dataclass(slots=True)
class Survey:
    """What is known of a text without holding it; ``is_cut``: it ends within a letter, which ``letters`` leaves out."""

    head: str = ""
    is_blank: bool = True
    is_cut: bool = False
    letters: int = 0
    _newlines: int = 0
    _returns: int = 0
    _telling: _Place = field(default_factory=lambda: _Place(_TELLING))
    _special: _Place = field(default_factory=lambda: _Place(_SPECIAL))

    def take(self, piece: str) -> None:
        """Look at the next piece of the text."""
        if len(self.head) < _HEAD_LETTERS:
            self.head += piece[: _HEAD_LETTERS - len(self.head)]
        self.is_blank = self.is_blank and not filled(piece)
        self.letters += len(piece)
        self._newlines += piece.count("\n")
        self._returns += piece.count("\r")
        self._telling.take(piece)
        self._special.take(piece)

    @property
    def lines(self) -> int:
        """Return how many lines it has."""
        return max(self._newlines, self._returns) + 1

    @property
    def special_line(self) -> str | None:
        """Return a line by which a wrong guess of the encoding shows, None where there is none."""
        place = self._telling if self._telling.behind else self._special
        return place.line if place.behind else None


def find_encoding(path: Path) -> tuple[Text, Survey]:
    """Return how to read the file: by byte order mark, NUL pattern, strict UTF-8, else Windows-1252.

    Raises UnreadableFileError where a mark or pattern promises an encoding that the rest breaks.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    marked = next((Text(path, encoding, len(mark)) for mark, encoding in _MARKS if head.startswith(mark)), None)
    wide = wide_encoding(head)
    promised = marked or (Text(path, wide) if wide else None)
    text = promised or Text(path, "utf-8")
    try:
        return text, text.survey()
    except UnicodeDecodeError:
        if promised:
            raise refuse(Refusal.DAMAGED, path.name) from None
        text = Text(path, _OLD)
        return text, text.survey()
