"""Compresses the streams of a file on threads of its own, while what comes next is set."""

import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

from reportlab.pdfbase import pdfdoc

_THREADS = 2
LEVEL = 6


class Packer:
    """Compresses contents in the background: zlib lets Python go on meanwhile. The bytes depend on the content alone.

    Used in a ``with`` block, at the end of which all its threads are gone.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="packer")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: object) -> None:
        """End its threads; what was not begun is not done."""
        self._threads.shutdown(cancel_futures=True)

    def pack(self, content: bytes) -> "Future[bytes]":
        """Begin to compress ``content``."""
        return self._threads.submit(zlib.compress, content, LEVEL)


class Packed(pdfdoc.PDFObject):
    """A stream that is being compressed."""

    __RefOnly__ = 1

    def __init__(self, content: "Future[bytes]", entries: bytes = b"") -> None:
        self.content = content
        self.entries = entries

    def format(self, _document: pdfdoc.PDFDocument) -> bytes:
        """Return the stream with its dictionary; reportlab calls this when it writes the file."""
        return packed_stream(self.entries, self.content.result())


def packed_stream(entries: bytes, content: bytes) -> bytes:
    """Return a stream of compressed content, with further entries of its dictionary."""
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (entries, len(content), content)
