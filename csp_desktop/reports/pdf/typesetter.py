"""Lines of text: cleaning, measuring, breaking, and the operators that draw them. No markup is understood."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument

from csp_desktop.charts.measure import REGULAR, text_width
from csp_desktop.reports.pdf.bidi import drawn, order
from csp_desktop.reports.pdf.faces import JOINERS, MISSING, Faces, Run, coverage, is_plain, split_runs
from csp_desktop.reports.pdf.structure import pdf_text

_DROPPED = {"Cf", "Co"}
_BLANKED = {"Cc", "Zl", "Zp", "Zs"}
_REFUSED = {"Cs", "Cn"}
_REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """Return user text as it can be printed: line breaks kept, other control characters blanked, none refused.

    Invisible formatting (direction overrides, soft hyphens) is dropped, unpaired surrogates become U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_clean(character) for character in text)


def _clean(character: str) -> str:
    """Return what stands for one character."""
    if character == "\n" or character in JOINERS:
        return character
    category = unicodedata.category(character)
    if category in _BLANKED:
        return " "
    if category in _DROPPED:
        return ""
    return _REPLACEMENT if category in _REFUSED else character


class Stretch(NamedTuple):
    """Part of a line in one language: its operators and, where that is not English, its text and language."""

    operators: str
    text: str = ""
    language: str = ""


class _Widths(dict[str, float]):
    """The widths of texts at one size and weight, in points; each is measured when it is first asked for."""

    def __init__(self, faces: Faces, size: float, bold: bool) -> None:
        super().__init__()
        self._faces = faces
        self._size = size
        self._bold = bold

    def __missing__(self, text: str) -> float:
        """Measure a text run by run, and keep its width."""
        width = self[text] = sum(self.of_run(run) for run in split_runs(text))
        return width

    def of_run(self, run: Run) -> float:
        """Return the width of a text in one font."""
        if run.face >= 0:
            return self._faces.fallback(run.face).width(run.text, run.leftwards, self._size)
        if is_plain(run.text):
            return text_width(run.text, self._size, self._bold)
        covered = coverage(REGULAR)
        shown = "".join(character if ord(character) in covered else MISSING for character in run.text)
        return text_width(shown, self._size, self._bold)


class Typesetter:
    """Breaks and draws the text of one document. Texts and widths are cached: a table repeats most of its words."""

    def __init__(self, document: PDFDocument) -> None:
        self._faces = Faces(document)
        self._wrapped: dict[tuple[float, bool, float], dict[str, tuple[str, ...]]] = {}
        self._widths: dict[tuple[float, bool], _Widths] = {}
        self._shown: dict[tuple[str, float, bool], str] = {}
        self._columns: dict[tuple[tuple[str, ...], float, bool], str] = {}

    def width(self, text: str, size: float, bold: bool) -> float:
        """Return the width of a line in points."""
        return self.widths(size, bold)[text]

    def widths(self, size: float, bold: bool) -> _Widths:
        """Return the widths of all lines at a size and weight, by their texts."""
        known = self._widths.get((size, bold))
        if known is None:
            known = self._widths[size, bold] = _Widths(self._faces, size, bold)
        return known

    def wrap(self, text: str, size: float, bold: bool, width: float) -> tuple[str, ...]:
        """Break cleaned text into lines of at most ``width`` points: at its own breaks, between words, then in words.

        A line that ends a word and not the text ends in a space, so that words do not join when text is copied.
        """
        return self.wrap_all([text], size, bold, width)[0]

    def wrap_all(self, texts: Iterable[str], size: float, bold: bool, width: float) -> list[tuple[str, ...]]:
        """Break many texts, such as those of a column, each as ``wrap`` does."""
        known = self._wrapped.setdefault((size, bold, width), {})
        broken = []
        for text in texts:
            lines = known.get(text)
            if lines is None:
                lines = known[text] = self._break(text, size, bold, width)
            broken.append(lines)
        return broken

    def _break(self, text: str, size: float, bold: bool, width: float) -> tuple[str, ...]:
        lines: list[str] = []
        for part in clean(text).strip().split("\n"):
            if lines:
                lines[-1] += " "
            lines += self._wrap_part(part, size, bold, width)
        return tuple(lines)

    def longest_word(self, text: str, size: float, bold: bool) -> float:
        """Return the width of the widest word in points."""
        return max((self.width(word, size, bold) for word in clean(text).split()), default=0.0)

    def line(self, at: tuple[float, float], text: str, size: float, bold: bool) -> str:
        """Return the operators for one line with its start at ``at``; they belong between BT and ET."""
        return " ".join(stretch.operators for stretch in self.stretches(at, text, size, bold))

    def stretches(self, at: tuple[float, float], text: str, size: float, bold: bool) -> list[Stretch]:
        """Return one line as its stretches in one language each."""
        x, y = at
        shown = self._shown.get((text, size, bold))
        if shown is not None or is_plain(text):
            return [Stretch(f"1 0 0 1 {x:.2f} {y:.2f} Tm {shown or self._plain(text, size, bold)}")]
        runs = split_runs(text)
        widths = self.widths(size, bold)
        lefts = [0.0] * len(runs)
        for place in order([run.level for run in runs]):
            lefts[place] = x
            x += widths.of_run(runs[place])
        return [self._stretch(run, (left, y), size, bold) for run, left in zip(runs, lefts, strict=True)]

    def _stretch(self, run: Run, at: tuple[float, float], size: float, bold: bool) -> Stretch:
        if run.face >= 0:
            shown = self._faces.fallback(run.face).show(run.text, run.leftwards, at, size)
            return Stretch(shown, run.text, run.language)
        shown = self._plain(drawn(run.text) if run.leftwards else run.text, size, bold)
        operators = f"1 0 0 1 {at[0]:.2f} {at[1]:.2f} Tm {shown}"
        is_turned = run.leftwards and not run.text.isspace()
        return Stretch(operators, run.text, run.language) if is_turned else Stretch(operators)

    def column(self, lines: tuple[str, ...], size: float, bold: bool) -> str:
        """Return the operators for lines below each other from the current point, "" where a line has a second font.

        The leading is set before. Texts are kept: a table shows most of its cells more than once.
        """
        key = (lines, size, bold)
        known = self._columns.get(key)
        if known is None:
            known = self._columns[key] = self._column(lines, size, bold)
        return known

    def _column(self, lines: tuple[str, ...], size: float, bold: bool) -> str:
        if not all(is_plain(line) for line in lines):
            return ""
        if (joined := "\n".join(lines)).isascii():
            ((font, shown),) = self._faces.strings(joined, bold=bold)
            return f"{font} {size:g} Tf {shown.replace(chr(10), ') Tj T* (')} Tj"
        parts = []
        font = ""
        for index, line in enumerate(lines):
            parts += ["T*"] if index else []
            for name, text in self._faces.strings(line, bold=bold):
                parts += [f"{text} Tj"] if name == font else [f"{name} {size:g} Tf {text} Tj"]
                font = name
        return " ".join(parts)

    def _plain(self, text: str, size: float, bold: bool) -> str:
        """Return the operators that show text in the product's sans; what it lacks is kept as its ActualText."""
        key = (text, size, bold)
        known = self._shown.get(key)
        if known is None:
            if is_plain(text):
                known = self._faces.codes(text, size, bold=bold)
            else:
                covered = coverage(REGULAR)
                shown = "".join(character if ord(character) in covered else MISSING for character in text)
                known = _actual(text, self._faces.codes(shown, size, bold=bold))
            self._shown[key] = known
        return known

    def _wrap_part(self, part: str, size: float, bold: bool, width: float) -> list[str]:
        """Break one line of the author's into lines that fit."""
        if is_plain(part):
            return self._wrap_plain(part, size, bold, width)
        lines: list[str] = []
        current = ""
        for word in part.split():
            longer = f"{current} {word}" if current else word
            if self.width(longer, size, bold) <= width:
                current = longer
                continue
            if current:
                lines.append(f"{current} ")
            pieces = self._break_word(word, size, bold, width)
            lines += pieces[:-1]
            current = pieces[-1]
        return [*lines, current]

    def _wrap_plain(self, part: str, size: float, bold: bool, width: float) -> list[str]:
        """Break a line in one font, whose words are measured once: each moves the pen on by its own width."""
        lines: list[str] = []
        widths = self.widths(size, bold)
        space = widths[" "]
        words: list[str] = []
        used = -space
        for word in part.split():
            wide = widths[word]
            if used + space + wide <= width:
                words.append(word)
                used += space + wide
                continue
            if words:
                lines.append(f"{' '.join(words)} ")
            *pieces, last = self._break_word(word, size, bold, width) if wide > width else [word]
            lines += pieces
            words, used = [last], widths[last]
        return [*lines, " ".join(words)]

    def _break_word(self, word: str, size: float, bold: bool, width: float) -> list[str]:
        """Break a word that is wider than a line, after a hyphen or slash where it has one."""
        pieces = []
        while self.width(word, size, bold) > width and len(word) > 1:
            fitting = self._fitting(word, size, bold, width)
            joint = max(word.rfind(sign, 0, fitting) for sign in "-/_@.") + 1
            cut = joint if joint > 1 else fitting
            pieces.append(word[:cut])
            word = word[cut:]
        return [*pieces, word]

    def _fitting(self, word: str, size: float, bold: bool, width: float) -> int:
        """Return how many characters of a word fit, at least one, by halving."""
        low, high = 1, len(word) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(word[:middle], size, bold) <= width:
                low = middle
            else:
                high = middle - 1
        return low


def _actual(text: str, operators: str) -> str:
    """Wrap operators so that a reader takes ``text`` for what they draw."""
    return f"/Span<</ActualText{pdf_text(text)}>>BDC {operators} EMC"
