"""The fonts of one PDF: the product's sans in two weights, and a fallback for each script it does not cover.

Fallback fonts are read anew for every document, because shaping gives their ligatures codes in order of first use:
sharing them would make a file's bytes depend on what was printed before it.
"""

import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from csp_desktop import assets
from csp_desktop.charts.measure import BOLD, REGULAR, typeface

FALLBACKS = ("NotoNaskhArabic-Regular", "NotoSansGujarati-Regular", "NotoSansGurmukhi-Regular")
MISSING = "?"
"""Drawn for a character that no font has; the text that is read out and copied keeps the character."""

JOINERS = "\u200c\u200d"
_VARIANTS = "\ufe0e\ufe0f"
_EM = 1000.0


class Glyph(NamedTuple):
    """One shaped glyph: its code in the font, its advance and its offsets, in thousandths of the size."""

    code: str
    advance: float
    x_offset: float
    y_offset: float


class Run(NamedTuple):
    """A stretch of text in one font; ``face`` counts the fallbacks from 0, -1 is the product's sans."""

    text: str
    face: int


@cache
def coverage(name: str) -> frozenset[int]:
    """Return the code points that a font has glyphs for."""
    return frozenset(typeface(name).face.charToGlyph)


def joins(character: str) -> bool:
    """Say whether a character takes the font of what stands before it: joiners and combining signs."""
    return character in JOINERS or unicodedata.combining(character) > 0 or character in _VARIANTS


def split_runs(text: str) -> list[Run]:
    """Split a text by the first font that covers each character; spaces between two words of a script are its own."""
    plain = coverage(REGULAR)
    if plain.issuperset(map(ord, text)):
        return [Run(text, -1)]
    runs: list[Run] = []
    for character in text:
        face = _face_of(character, runs[-1].face if runs else -1)
        if runs and runs[-1].face == face:
            runs[-1] = Run(runs[-1].text + character, face)
        else:
            runs.append(Run(character, face))
    return _give_back_spaces(runs)


def _face_of(character: str, before: int) -> int:
    """Return the first font that covers ``character``, or the one before where it only joins or separates."""
    code = ord(character)
    if before >= 0 and (joins(character) or character == " ") and code in coverage(FALLBACKS[before]):
        return before
    if code in coverage(REGULAR):
        return -1
    return next((face for face, name in enumerate(FALLBACKS) if code in coverage(name)), -1)


def _give_back_spaces(runs: list[Run]) -> list[Run]:
    """Move the spaces at the end of a fallback run to the run after it."""
    settled: list[Run] = []
    carried = ""
    for run in runs:
        text = carried + run.text
        carried = ""
        if run.face >= 0:
            kept = text.rstrip(" ")
            carried = text[len(kept) :]
            text = kept
        if text:
            settled.append(Run(text, run.face))
    if carried:
        settled.append(Run(carried, -1))
    return settled


@dataclass(slots=True)
class ShapedFace:
    """A fallback font of one document, with HarfBuzz behind it."""

    font: TTFont
    glyphs: dict[str, tuple[Glyph, ...]] = field(default_factory=dict)

    def shape(self, text: str) -> tuple[Glyph, ...]:
        """Return the glyphs of ``text`` in the order they are drawn, left to right."""
        known = self.glyphs.get(text)
        if known is None:
            known = self.glyphs[text] = self._shape(text)
        return known

    def _shape(self, text: str) -> tuple[Glyph, ...]:
        import uharfbuzz

        font: Any = self.font
        hb_font = font.hbFont(10)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(hb_font, buffer)
        glyphs = []
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            known = font.face.glyphToChar.get(info.codepoint)
            name = hb_font.glyph_to_string(info.codepoint)
            code = known[0] if known else font.hbAddPrivate(name, info.codepoint, position.x_advance)
            numbers = (font.pdfScale(n) for n in (position.x_advance, position.x_offset, position.y_offset))
            glyphs.append(Glyph(chr(code), *numbers))
        return tuple(glyphs)

    def width(self, text: str, size: float) -> float:
        """Return the width of the shaped text in points."""
        return sum(glyph.advance for glyph in self.shape(text)) * size / _EM


class Faces:
    """The fonts of one document."""

    def __init__(self, document: PDFDocument) -> None:
        self._document = document

    @cached_property
    def _fallbacks(self) -> tuple[ShapedFace, ...]:
        return tuple(ShapedFace(TTFont(name, str(assets.font_path(name)))) for name in FALLBACKS)

    def fallback(self, face: int) -> ShapedFace:
        """Return the fallback font by its place."""
        return self._fallbacks[face]

    def codes(self, face: int, text: str, size: float, *, bold: bool = False) -> str:
        """Return the operators that set the font and show ``text``, whose characters it has, at the current point."""
        font = typeface(BOLD if bold else REGULAR) if face < 0 else self._fallbacks[face].font
        shown = [
            f"{font.getSubsetInternalName(subset, self._document)} {size:g} Tf <{codes.hex()}> Tj"
            for subset, codes in font.splitString(text, self._document)
        ]
        return " ".join(shown)
