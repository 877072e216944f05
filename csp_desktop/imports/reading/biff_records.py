"""The records of .xls: numbered, at most some kilobytes each, the longer ones continued in records that follow."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

CONTINUE = 0x003C
_HEADER = struct.Struct("<HH")
_WIDE, _FAR_EAST, _RICH = 0x01, 0x04, 0x08


class BrokenRecordError(ValueError):
    """A record is shorter than what it says that it holds."""


def records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes, int]]:
    """Yield kind, payload and the place behind of each record from ``at`` on; a cut one ends it."""
    end = len(stream)
    while 0 <= at <= end - _HEADER.size:
        kind, length = _HEADER.unpack_from(stream, at)
        at += _HEADER.size
        if at + length > end:
            return
        payload = stream[at : at + length]
        at += length
        yield kind, payload, at


def with_continuations(stream: bytes, payload: bytes, behind: int) -> "Segments":
    """Return a record's payload together with the records behind it that continue it."""
    parts = [payload]
    for kind, more, _ in records(stream, behind):
        if kind != CONTINUE:
            break
        parts.append(more)
    return Segments(parts)


@dataclass(slots=True)
class Segments:
    """The pieces of a long record, read from the start. Text that goes on in the next piece says again how wide."""

    parts: list[bytes]
    _part: int = 0
    _at: int = 0
    _codec: str = field(default="latin-1")

    def left(self) -> bool:
        """Say whether anything is left to read."""
        while self._part < len(self.parts) and self._at >= len(self.parts[self._part]):
            self._part += 1
            self._at = 0
        return self._part < len(self.parts)

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes, wherever they lie."""
        taken = b""
        while len(taken) < size:
            if not self.left():
                raise BrokenRecordError
            piece = self.parts[self._part][self._at : self._at + size - len(taken)]
            self._at += len(piece)
            taken += piece
        return taken

    def skip(self, size: int) -> None:
        """Pass over the next ``size`` bytes; more than there are is the end."""
        while size > 0 and self.left():
            step = min(size, len(self.parts[self._part]) - self._at)
            self._at += step
            size -= step

    def string(self, *, long: bool = True) -> str:
        """Return the next Unicode string; ``long`` where its length takes two bytes."""
        length = struct.unpack("<H", self.take(2))[0] if long else self.take(1)[0]
        flags = self.take(1)[0]
        runs = struct.unpack("<H", self.take(2))[0] * 4 if flags & _RICH else 0
        far_east = struct.unpack("<I", self.take(4))[0] if flags & _FAR_EAST else 0
        text = self._letters(length, flags)
        self.skip(runs + far_east)
        return text

    def _letters(self, length: int, flags: int) -> str:
        """Return ``length`` letters; a new piece of the record begins with the flags of the letters in it."""
        letters = bytearray()  # a letter of two halves may be parted between two pieces
        wide = flags & _WIDE
        while length > 0:
            if self._part < len(self.parts) and self._at >= len(self.parts[self._part]):
                if not self.left():
                    raise BrokenRecordError
                wide = self.take(1)[0] & _WIDE
                continue
            if self._part >= len(self.parts):
                raise BrokenRecordError
            size = min(length << 1 if wide else length, len(self.parts[self._part]) - self._at)
            piece = self.take(size)
            if wide:
                letters += piece.ljust(size + size % 2, b"\x00")
            else:
                letters += piece.decode("latin-1").encode("utf-16-le")
            length -= -(-size // 2) if wide else size
        return letters.decode("utf-16-le", errors="replace")
