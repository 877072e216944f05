"""The fonts of one PDF: the product's sans in two weights, and a fallback for each script it does not cover.

Fallback fonts are read anew for every document, because shaping gives their ligatures codes in order of first use:
sharing them would make a file's bytes depend on what was printed before it.
"""

import unicodedata
from functools import cache, cached_property
from typing import NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument

from csp_desktop import assets
from csp_desktop.charts.measure import BOLD, REGULAR, typeface
from csp_desktop.reports.pdf.bidi import LEFTWARDS, Part, parts, runs_left
from csp_desktop.reports.pdf.shaping import ShapedFace, ShapedFont

FALLBACKS = ("NotoNaskhArabic-Regular", "NotoSansGujarati-Regular", "NotoSansGurmukhi-Regular")
LANGUAGES = ("ur", "gu", "pa")
"""The language of names in each fallback's script, as Kirklees writes them: Urdu, Gujarati, Punjabi."""

MISSING = "?"
"""Drawn for a character that no font has; the text that is read out and copied keeps the character."""

JOINERS = "\u200c\u200d"
_VARIANTS = "\ufe0e\ufe0f"


class Run(NamedTuple):
    """A stretch of text in one font and direction; ``face`` counts the fallbacks from 0, -1 is the product's sans.

    ``level`` is its direction, as in bidi.Part.
    """

    text: str
    face: int
    level: int = 0

    @property
    def leftwards(self) -> bool:
        """Say whether it runs from the right."""
        return self.level == LEFTWARDS

    @property
    def language(self) -> str:
        """Return the language that it is read out in: Hebrew is in the product's sans, what joins Urdu is Urdu."""
        if self.face < 0 and any("\u0590" <= character <= "\u05ff" for character in self.text):
            return "he"
        return LANGUAGES[max(self.face, 0)]


@cache
def coverage(name: str) -> frozenset[int]:
    """Return the code points that a font has glyphs for."""
    return frozenset(typeface(name).face.charToGlyph)


def is_plain(text: str) -> bool:
    """Say whether a cleaned text is drawn from left to right in the product's sans, which has all its characters."""
    return text.isascii() or _plain_codes().issuperset(map(ord, text))


@cache
def _plain_codes() -> frozenset[int]:
    return frozenset(code for code in coverage(REGULAR) if not runs_left(chr(code)))


def joins(character: str) -> bool:
    """Say whether a character takes the font of what stands before it: joiners and combining signs."""
    return character in JOINERS or unicodedata.combining(character) > 0 or character in _VARIANTS


def split_runs(text: str) -> list[Run]:
    """Split a line by direction, then by the first font that covers each character; they are in reading order.

    Spaces between two words of a script are its own.
    """
    if is_plain(text):
        return [Run(text, -1)]
    return [run for part in parts(text) for run in _by_font(part)]


def _by_font(part: Part) -> list[Run]:
    runs: list[Run] = []
    for character in part.text:
        face = _face_of(character, runs[-1].face if runs else -1)
        if runs and runs[-1].face == face:
            runs[-1] = Run(runs[-1].text + character, face, part.level)
        else:
            runs.append(Run(character, face, part.level))
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
            settled.append(Run(text, run.face, run.level))
    if carried:
        settled.append(Run(carried, -1, runs[-1].level))
    return settled


class Faces:
    """The fonts of one document."""

    def __init__(self, document: PDFDocument) -> None:
        self._document = document
        self._ascii: dict[bool, str] = {}

    @cached_property
    def _fallbacks(self) -> tuple[ShapedFace, ...]:
        fonts = (ShapedFont(name, str(assets.font_path(name))) for name in FALLBACKS)
        return tuple(ShapedFace(font, self._document) for font in fonts)

    def fallback(self, face: int) -> ShapedFace:
        """Return the fallback font by its place."""
        return self._fallbacks[face]

    def codes(self, text: str, size: float, *, bold: bool) -> str:
        """Return the operators that set the product's sans and show ``text``, which it has, at the current point."""
        return " ".join(f"{name} {size:g} Tf {shown} Tj" for name, shown in self.strings(text, bold=bold))

    def strings(self, text: str, *, bold: bool) -> list[tuple[str, str]]:
        """Return ``text``, which the product's sans has, as strings of PDF, each with the subset that it is of."""
        if text.isascii():
            plain = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            return [(self._ascii_name(bold), f"({plain})")]
        font = typeface(BOLD if bold else REGULAR)
        return [
            (font.getSubsetInternalName(subset, self._document), f"<{codes.hex()}>")
            for subset, codes in font.splitString(text, self._document)
        ]

    def _ascii_name(self, bold: bool) -> str:
        """Return the name of the subset in which every character of ASCII has its own code, as reportlab sets it up."""
        known = self._ascii.get(bold)
        if known is None:
            font = typeface(BOLD if bold else REGULAR)
            font.splitString(" ", self._document)
            known = self._ascii[bold] = font.getSubsetInternalName(0, self._document)
        return known
