"""How much of a file we are willing to read. A plan of 20,000 actions passes; a bomb does not."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading. Sizes in bytes, times in seconds.

    ``cells`` and ``rows`` are of the whole file, so that reading it and comparing it stay within seconds and, in both
    processes together, within a gigabyte: of that, ``memory`` is what the reader may take. ``marked`` are all
    cells that a file writes down, blank ones too that only have a colour or a border: they cost time alone.
    ``text_rows`` is the number of the last row of a text file, which has no grid to lie within.
    """

    file_size: int = 64 * MIB
    unpacked_size: int = 512 * MIB
    part_size: int = 384 * MIB
    ratio: int = 400
    parts: int = 4_000
    sheets: int = 200
    rows: int = 50_000
    columns: int = 1_000
    cells: int = 1_000_000
    marked: int = 3_000_000
    text_rows: int = 1_048_576
    merges: int = 50_000
    seconds: float = 15.0
    memory: int = 400 * MIB


REGISTER_LIMITS = Limits(
    file_size=1_024 * MIB,
    unpacked_size=4_096 * MIB,
    part_size=2_048 * MIB,
    rows=3_000_000,
    columns=200,
    cells=100_000_000,
    marked=150_000_000,
    text_rows=4_000_000,
    seconds=900.0,
    memory=600 * MIB,
)
"""Of a register of millions of rows, which is streamed: its reader holds a block of it at a time."""

EXCEL_ROWS = 1_048_576
EXCEL_COLUMNS = 16_384
LONGEST_CELL = 32_767
