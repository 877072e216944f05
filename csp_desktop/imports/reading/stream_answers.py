"""What a child says while it streams, as its parent believes it: rows of plain values, and nothing of another shape."""

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import chain
from operator import itemgetter
from string import hexdigits
from types import NoneType
from typing import Literal, TypeAlias, cast

from csp_desktop.imports.grid import CellError, MonthDate, PercentNumber, Tell
from csp_desktop.imports.reading.answers import NoAnswerError, Receiver, StreamMessage

_PLAIN = frozenset({str, int, float, bool, NoneType, date, datetime, time, CellError, PercentNumber, MonthDate})
_FORMATS = frozenset({"xlsx", "xls", "xlsb", "ods", "csv"})
_HASH_LETTERS = 64
_LARGEST = 1 << 64
_number, _values = itemgetter(0), itemgetter(1)

Heard: TypeAlias = (
    StreamMessage
    | tuple[Literal["rows"], int, int]
    | tuple[Literal["refused"], str]
    | tuple[Literal["broken"], str]
)  # fmt: skip


def next_heard(receiver: Receiver) -> Heard:
    """Return the next message of a child that streams; raise NoAnswerError where none can come or it is nonsense."""
    message = receiver.load()
    match message:
        case ("block", tuple() as rows) if _are_rows(rows):
            return cast("Heard", message)
        case ("sheet", str(), bool()) | ("rows", int(), int()) | ("refused", str()) | ("broken", str()):
            return cast("Heard", message)
        case ("end", str() as kind, tuple() as notes, frozenset() as tells, str() as digest) if (
            kind in _FORMATS and _are(str, notes) and _are(Tell, tells) and _is_hash(digest)
        ):
            return cast("Heard", message)
        case _:
            raise NoAnswerError


def _are_rows(rows: tuple[object, ...]) -> bool:
    """Say whether each is a row's number and a list of plain values; this looks at millions, so in few loops."""
    if not rows or not _are(tuple, rows):
        return False
    pairs = cast("tuple[tuple[object, ...], ...]", rows)
    if set(map(len, pairs)) != {2} or not _are(int, map(_number, pairs)) or not _are(list, map(_values, pairs)):
        return False
    if min(map(_number, pairs)) < 1:
        return False
    kinds = set(map(type, chain.from_iterable(map(_values, pairs))))
    return kinds <= _PLAIN and (
        kinds <= {str, NoneType} or all(map(_is_sound, chain.from_iterable(map(_values, pairs))))
    )


def _is_sound(value: object) -> bool:
    """Say whether a plain value holds what its kind holds: a number of sane length, an error its code."""
    if isinstance(value, CellError):
        return type(getattr(value, "code", None)) is str
    return type(value) is not int or -_LARGEST < value < _LARGEST


def _are(kind: type, found: Iterable[object]) -> bool:
    """Say whether all of what ``found`` yields are of that very kind."""
    return set(map(type, found)) <= {kind}


def _is_hash(text: str) -> bool:
    return len(text) == _HASH_LETTERS and set(text) <= set(hexdigits)
