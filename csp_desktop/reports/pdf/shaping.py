"""Names in scripts that have to be shaped: drawn rightly, and given back rightly when text is copied or searched.

Readers take a page's text from three places, and each is served: the glyphs' own codes say which letters they stand
for, so that a line written from the right reads in order again; a word of a script whose vowels move carries its true
text around its glyphs; and the stretch is an element of the structure with its language and its whole text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont
from typing_extensions import override

from csp_desktop.reports.pdf.structure import pdf_text

_FIRST_CODE = 0xE000
_EM = 1000.0
_HAIR = 0.01
_MOST_IN_BLOCK = 100  # entries of one bfchar block, as the format allows


class Glyph(NamedTuple):
    """One shaped glyph, in thousandths of the size: ``advance`` moves the pen on, ``width`` is the font's own."""

    code: int
    cluster: int
    advance: float
    width: float
    x_offset: float
    y_offset: float


class _Mark(NamedTuple):
    """A glyph where it stands, from the start of its run, in thousandths of the size."""

    glyph: Glyph
    left: float


class ShapedFont(TTFont):
    """A font whose codes stand for a glyph with the letters it was shaped from, and that says so in the file."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file)
        self.letters: dict[int, str] = {}

    @override
    def addObjects(self, doc: PDFDocument) -> None:
        """Add the font's objects; reportlab calls this when it writes the file, and names each glyph by its code."""
        document: Any = doc
        face: Any = self.face
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", face.name, face.subfontNameX)).decode("pdfdoc")
            document.idToObject[f"toUnicodeCMap:{name}"].content = _unicode_map(name, self._texts(subset))

    def _texts(self, codes: list[int]) -> list[str]:
        return [self.letters.get(code, chr(code)) for code in codes]


def _unicode_map(name: str, texts: list[str]) -> str:
    """Return the map from a subset's codes to the letters they stand for."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        f"/CIDSystemInfo<</Registry({name})/Ordering({name})/Supplement 0>>def",
        f"/CMapName/{name} def/CMapType 2 def",
        f"1 begincodespacerange\n<00><{len(texts) - 1:02X}>\nendcodespacerange",
    ]
    for first in range(0, len(texts), _MOST_IN_BLOCK):
        block = texts[first : first + _MOST_IN_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{first + at:02X}><{text.encode('utf-16-be').hex().upper()}>" for at, text in enumerate(block)]
        lines.append("endbfchar")
    return "\n".join([*lines, "endcmap CMapName currentdict/CMap defineresource pop end end"])


@dataclass(slots=True)
class ShapedFace:
    """A fallback font of one document, with HarfBuzz behind it."""

    font: ShapedFont
    document: PDFDocument
    runs: dict[tuple[str, bool], tuple[Glyph, ...]] = field(default_factory=dict)
    codes: dict[tuple[int, str], int] = field(default_factory=dict)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)

    def glyphs(self, text: str, leftwards: bool) -> tuple[Glyph, ...]:
        """Return the glyphs of ``text`` in the order they are drawn, left to right."""
        known = self.runs.get((text, leftwards))
        if known is None:
            known = self.runs[text, leftwards] = self._shape(text, leftwards)
        return known

    def width(self, text: str, leftwards: bool, size: float) -> float:
        """Return the width of the shaped text in points; ``leftwards`` says that it runs from the right."""
        return sum(glyph.advance for glyph in self.glyphs(text, leftwards)) * size / _EM

    def show(self, text: str, leftwards: bool, at: tuple[float, float], size: float) -> str:
        """Return the operators that draw ``text`` from its left end ``at``, between BT and ET."""
        marks = list(_marks(self.glyphs(text, leftwards)))
        if not marks:
            return ""
        if leftwards:
            return self._operators(marks, at, size)
        parts = []
        for (word, is_space), these in groupby(marks, key=lambda mark: _word_of(text, mark.glyph.cluster)):
            shown = self._operators(_bases_last(list(these)), at, size)
            parts.append(shown if is_space else f"/Span<</ActualText{pdf_text(word)}>>BDC {shown} EMC")
        return " ".join(parts)

    def _operators(self, marks: list[_Mark], at: tuple[float, float], size: float) -> str:
        """Return one operator for a row of glyphs of one height and subset: a reader then takes them for one word."""
        parts = []
        for (subset, height), these in groupby(marks, key=lambda mark: (self._place(mark)[0], mark.glyph.y_offset)):
            row = list(these)
            pen = row[0].left
            x, y = at[0] + pen * size / _EM, at[1] + height * size / _EM
            shown = ""
            for mark in row:
                back = pen - mark.left
                shown += (f"{back:.4g}" if abs(back) > _HAIR else "") + f"<{self._place(mark)[1]:02x}>"
                pen = mark.left + mark.glyph.width
            name = self.font.getSubsetInternalName(subset, self.document)
            parts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {name} {size:g} Tf [{shown}] TJ")
        return " ".join(parts)

    def _place(self, mark: _Mark) -> tuple[int, int]:
        """Return a glyph's subset and its byte there."""
        code = mark.glyph.code
        known = self.places.get(code)
        if known is None:
            ((subset, codes),) = self.font.splitString(chr(code), self.document)
            known = self.places[code] = subset, codes[0]
        return known

    def _shape(self, text: str, leftwards: bool) -> tuple[Glyph, ...]:
        import uharfbuzz

        font: Any = self.font
        hb_font = font.hbFont(10)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if leftwards else "ltr"  # by itself it would turn round numbers of Urdu
        levels = uharfbuzz.BufferClusterLevel
        buffer.cluster_level = levels.CHARACTERS if leftwards else levels.MONOTONE_GRAPHEMES
        # a ligature of several letters would be given back in the order of the page, last letter first
        uharfbuzz.shape(hb_font, buffer, {"liga": False, "dlig": False} if leftwards else {})
        starts = sorted({info.cluster for info in buffer.glyph_infos})
        after = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        glyphs = []
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            letters = text[info.cluster : after[info.cluster]]
            width = font.pdfScale(hb_font.get_glyph_h_advance(info.codepoint))
            code = self._code(info.codepoint, letters, width)
            numbers = (font.pdfScale(n) for n in (position.x_advance, position.x_offset, position.y_offset))
            advance, x_offset, y_offset = numbers
            glyphs.append(Glyph(code, info.cluster, advance, width, x_offset, y_offset))
        return tuple(glyphs)

    def _code(self, glyph: int, letters: str, width: float) -> int:
        """Return the code of a glyph that stands for these letters, a new one where they have none yet."""
        key = (glyph, letters)
        known = self.codes.get(key)
        if known is None:
            face: Any = self.font.face
            known = _FIRST_CODE + len(self.codes)
            self.codes[key] = known
            face.charToGlyph[known] = glyph
            face.charWidths[known] = width
            self.font.letters[known] = letters
        return known


def _marks(glyphs: tuple[Glyph, ...]) -> Iterator[_Mark]:
    pen = 0.0
    for glyph in glyphs:
        yield _Mark(glyph, pen + glyph.x_offset)
        pen += glyph.advance


def _word_of(text: str, at: int) -> tuple[str, bool]:
    """Return the word of a text that holds a place, or the space there and True."""
    if text[at] == " ":
        return " ", True
    before, after = text.rfind(" ", 0, at) + 1, text.find(" ", at)
    return text[before : after if after >= 0 else len(text)], False


def _bases_last(marks: list[_Mark]) -> list[_Mark]:
    """Order a word so that each cluster after the first ends in what moves the pen: readers measure a word by that."""
    ordered: list[_Mark] = []
    for cluster, these in groupby(marks, key=lambda mark: mark.glyph.cluster):
        row = list(these)
        if cluster != marks[0].glyph.cluster:
            row.sort(key=lambda mark: mark.glyph.advance > 0)
        ordered += row
    return ordered
