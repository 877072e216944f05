"""What stands between the cells of a text file, if anything does: a letter has no columns."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r'"?sep=(\t|[^\w\s"])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
_COMMA_IN_PROSE = re.compile(r",(?:\s|$)")
_SAMPLE_LINES = 30
_SAMPLE_LETTERS = 200_000
_EVEN = 0.5
_UNEVEN = 0.2
_FEW_RECORDS = 2


@dataclass(frozen=True, slots=True)
class Delimiter:
    """The letter between cells, and how many lines at the top only name it."""

    letter: str
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class _Evenness:
    """How a delimiter cuts the records: the share of the commonest width above one, that width, and of how many."""

    share: float = 0.0
    width: int = 0
    records: int = 0


def find_delimiter(text: str) -> Delimiter | None:
    """Return what separates the cells: what a ``sep=`` line says, else the most even of commas, semicolons, tabs, bars.

    Return None where nothing does, as in a letter.
    """
    named = _SEPARATOR_LINE.match(text)
    if named:
        return Delimiter(named[1], 1)
    sample = text[:_SAMPLE_LETTERS]
    found = {letter: _evenness(sample, letter) for letter in DELIMITERS}
    best = max(DELIMITERS, key=lambda letter: (round(found[letter].share, 1), found[letter].width))
    return Delimiter(best) if _is_table(sample, best, found[best]) else None


def _is_table(sample: str, letter: str, evenness: _Evenness) -> bool:
    """Say whether the sample is cut into columns; commas in sentences are followed by spaces, and cut unevenly."""
    if evenness.records < _FEW_RECORDS or evenness.share >= _EVEN:
        return evenness.width > 1
    if letter == ",":
        commas = sample.count(",")
        return evenness.share >= _UNEVEN and len(_COMMA_IN_PROSE.findall(sample)) < commas * _EVEN
    return evenness.share >= _UNEVEN


def _evenness(sample: str, letter: str) -> _Evenness:
    widths = Counter(islice(_widths(sample, letter), _SAMPLE_LINES))
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return _Evenness(records=widths.total())
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    return _Evenness(count / widths.total(), width, widths.total())


def _widths(sample: str, letter: str) -> Iterator[int]:
    """Yield the number of cells of each record that holds anything, as far as the records can be read."""
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=letter):
            if any(cell.strip() for cell in record):
                yield len(record)
    except csv.Error:  # a cell without end: what comes before it has shown the widths
        return
