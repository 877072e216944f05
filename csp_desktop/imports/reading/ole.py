"""The container of Office files before 2007: sectors chained by tables, any of which may lie or run in a circle."""

import struct
from dataclasses import dataclass
from itertools import islice

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK_STREAMS = ("Workbook", "Book")  # where both are, the second is for Excel 5
_HEADER = 512
_ENTRY = 128
_LAST = 0xFFFFFFFA  # from here on a number is a mark, not a sector
_IN_HEADER = 109
_ROOT = 5
_SHIFTS = (9, 12)
_MINI_SHIFT = 6


class BrokenContainerError(ValueError):
    """The tables of the container contradict the file."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the directory."""

    kind: int
    start: int
    size: int


class OleContainer:
    """The streams of a container by name; every chain is followed once and no further than the file is long."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER or not content.startswith(SIGNATURE):
            raise BrokenContainerError
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in _SHIFTS or mini_shift != _MINI_SHIFT:
            raise BrokenContainerError
        self._content = content
        self._sector = 1 << shift
        self._sectors = (len(content) - 1) // self._sector
        first_directory, _, self._cutoff, first_mini, _, first_more, _ = struct.unpack_from("<7I", content, 48)
        self._table = self._read_table(first_more)
        self._entries = self._read_directory(first_directory)
        root = next((entry for entry in self._entries.values() if entry.kind == _ROOT), _Entry(_ROOT, _LAST, 0))
        self._mini_table = self._numbers(self._chained(first_mini))
        self._mini_content = self._chained(root.start) if root.start < _LAST else b""

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._entries

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return the content of the stream called ``name``, whatever the case of its letters; raise KeyError.

        Of a stream that is not a small one, no more is read than the sectors of its first ``most`` bytes.
        """
        entry = self._entries[name.casefold()]
        if entry.size >= self._cutoff:
            return self._chained(entry.start, most)[: entry.size]
        return self._mini_chained(entry.start)[: entry.size]

    def _read_table(self, first_more: int) -> list[int]:
        """Return the table that names each sector's successor; more of its own sectors may be listed in a chain."""
        listed = list(struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76))
        seen: set[int] = set()
        more = first_more
        while more < _LAST:
            if more in seen:
                raise BrokenContainerError
            seen.add(more)
            *numbers, more = self._numbers(self._at(more))
            listed += numbers
        table: list[int] = []
        for number in islice((number for number in listed if number < _LAST), self._sectors + 1):
            table += self._numbers(self._at(number))
        return table

    def _read_directory(self, first: int) -> dict[str, _Entry]:
        """Return the root and the streams directly under it by name; those of embedded documents lie deeper."""
        content = self._chained(first)
        lines = [content[at : at + _ENTRY] for at in range(0, len(content) - _ENTRY + 1, _ENTRY)]
        entries: dict[str, _Entry] = {}
        waiting = [0]
        seen: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number in seen or number >= len(lines):
                continue
            seen.add(number)
            line = lines[number]
            length, kind, _, before, behind, below = struct.unpack_from("<HBB3I", line, 64)
            name = line[: max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace").casefold()
            entries.setdefault(name, _Entry(kind, *struct.unpack_from("<II", line, 116)))
            waiting += [below] if kind == _ROOT else [before, behind]
        return entries

    def _chained(self, first: int, most: int | None = None) -> bytes:
        """Return the sectors from ``first`` on, as many as hold ``most`` bytes where that is given."""
        sectors = None if most is None else -(-most // self._sector)
        return b"".join(self._at(number) for number in _chain(first, self._table, sectors))

    def _mini_chained(self, first: int) -> bytes:
        """Return the small sectors from ``first`` on, which lie in a stream of their own."""
        size = 1 << _MINI_SHIFT
        return b"".join(
            self._mini_content[number * size : (number + 1) * size] for number in _chain(first, self._mini_table)
        )

    def _at(self, number: int) -> bytes:
        """Return a sector; the file may end within its last."""
        start = (number + 1) * self._sector
        sector = self._content[start : start + self._sector]
        if not sector:
            raise BrokenContainerError
        return sector.ljust(self._sector, b"\x00")

    @staticmethod
    def _numbers(content: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(content) // 4}I", content))


def _chain(first: int, table: list[int], most: int | None = None) -> list[int]:
    """Return the numbers of a chain, or its first ``most``; raise where it leaves its table or runs in a circle."""
    numbers: list[int] = []
    number = first
    while number < _LAST and len(numbers) != most:
        if number >= len(table) or len(numbers) > len(table):
            raise BrokenContainerError
        numbers.append(number)
        number = table[number]
    return numbers
