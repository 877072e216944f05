"""Files to damage, and every kind of damage: bytes, parts of a container, tags and numbers of its XML."""

import io
import os
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st
from openpyxl import Workbook

from csp_desktop.imports.grid import CellError, Merge, MonthDate, PercentNumber, SheetGrid
from csp_desktop.imports.reading.limits import MIB
from tests.workbooks.biff_files import container, workbook_stream
from tests.workbooks.xlsb_files import xlsb_parts

EXAMPLES = int(os.environ.get("CSP_FUZZ", "1"))
"""By how much to multiply the examples of every fuzz test: CSP_FUZZ=50 for a night."""
SECONDS = 5.0
MEMORY = 400 * MIB

ROWS: list[list[object]] = [
    ["Community safety plan"],
    ["Ref", "Action", "Lead", "Due date", "RAG", "% complete", "Update"],
    ["1", "Patrol the park \u2013 weekly", "Amina Shah", date(2027, 3, 31), "Green", 0.45, "Met £500 target"],
    ["2", "Fit lights", "Tom Briggs", "31/04/2027", "Amber", 1, "=1/0"],
    [None, "Domestic abuse"],
    ["3", "Train staff", "Tom; Ruth", "Ongoing", True, "#REF!", "line\nbreak"],
    ["Total", 3],
]
_CSV = 'Ref,Action,Lead,Due\r\n1,“Patrol” \u2013 the park,Siân,31/03/2027\r\n2,"Say ""hello"",\nthen go",Tom,£5\r\n'

_ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Plan"><table:table-column table:number-columns-repeated="4"/>
<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="3"
><text:p>Action</text:p></table:table-cell>
<table:covered-table-cell/><table:table-cell office:value-type="string"><text:p>Lead
<text:s text:c="3"/>officer</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Due</text:p></table:table-cell>
</table:table-row><table:table-row table:number-rows-repeated="3" table:visibility="collapse">
<table:table-cell office:value-type="string"><text:p>Patrol</text:p><text:p>daily</text:p></table:table-cell>
<table:table-cell office:value-type="percentage" office:value="0.45"><text:p>45%</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2027-03-31"><text:p>31/03/27</text:p></table:table-cell>
<table:table-cell office:value-type="time" office:time-value="PT09H30M00S"><text:p>09:30</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>
<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="1018"/></table:table-row>
<table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="1024"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def _xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    sheet.cell(3, 6).number_format = "0%"
    sheet.cell(6, 6).data_type = "e"
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("B5:G5")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["F"].hidden = True
    book.create_sheet("Old").sheet_state = "hidden"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _ods() -> bytes:
    return zipped(
        [
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", _ODS_CONTENT.encode()),
            ("META-INF/manifest.xml", b'<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'),
        ]
    )


def compressed_otherwise(content: bytes, compression: int) -> bytes:
    """The same container by a method that no spreadsheet program writes."""
    return zipped(parts_of(content), compression)


def parts_of(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def zipped(parts: list[tuple[str, bytes]], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", compression) as archive:
        for name, content in dict(parts).items():
            archive.writestr(name, content)
    return saved.getvalue()


SHEET = SheetGrid(
    "Plan",
    rows={
        1: ["Community safety plan"],
        2: ["Ref", "Action", "Lead", "Due date", "RAG", "% complete"],
        3: [1, "Patrol the park", "Amina Shah", date(2027, 3, 31), CellError("#REF!"), PercentNumber(0.45)],
        4: [2.5, "Fit lights\nand cameras", None, MonthDate(2027, 3, 1), True, -1],
    },
    merges=(Merge(1, 1, 1, 6),),
    hidden_rows=frozenset({4}),
    hidden_columns=frozenset({6}),
)
STREAM = workbook_stream((SHEET, replace(SHEET, name="Old", hidden=True)))
ZIPS: dict[str, bytes] = {"xlsx": _xlsx(), "ods": _ods(), "xlsb": zipped(list(xlsb_parts((SHEET,)).items()))}
FILES: dict[str, bytes] = {
    **ZIPS,
    "xls": container({"Workbook": STREAM}),
    "utf-8": b"\xef\xbb\xbf" + _CSV.encode(),
    "cp1252": _CSV.encode("cp1252"),
    "utf-16": _CSV.encode("utf-16"),
    "utf-16 without a mark": _CSV.encode("utf-16-le"),
    "utf-32": _CSV.encode("utf-32"),
    "semicolons": ("sep=;\r\n" + _CSV.replace(",", ";")).encode(),
    "tabs": _CSV.replace(",", "\t").encode(),
}

_TAG = re.compile(rb"<[^<>]{1,400}>")
_QUOTED = re.compile(rb'"[^"<>]{0,200}"')
_TEXT = re.compile(rb">[^<>]{1,400}<")
_EXTREMES = (
    b"", b"0", b"-1", b"99999999999999999999", b"4294967295", b"1e999", b"NaN", b"XFE1", b"A1048577", b"ZZZZ9", b"A0",
    b"A1:XFD1048576", b"B2:A1", b"s", b"e", b"inlineStr", b"&#0;", b"&#xD800;", b"_x0000__xD800_", b"\xff\xfe",
    b"1900-02-30", b"9999-12-31T24:00:00", b"PT99999999999H", b"../../xl/workbook.xml", b"x" * 40_000,
    b"\xf0\x9f\x8e\x89",
)  # fmt: skip
_INSERTED = (
    b"<a>" * 3_000, b"</row>", b"<row r='1'>", b"<c r='XFD1048576'><v>1</v></c>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"<!-- -- -->", b"<![CDATA[", b"&b;", b"\x00", b"<?xml version='1.0' encoding='utf-16'?>",
    b"<mergeCell ref='A1:XFD1048576'/>" * 50, b"<v>0</v>" * 50,
)  # fmt: skip


@dataclass(frozen=True)
class Hurt:
    """One wound: ``kind`` names it, ``at`` says where (0 to 65,535 of the whole), ``how`` says with what."""

    kind: str
    at: int
    how: int


def place(content: bytes, at: int) -> int:
    return at * len(content) // 65_536


def flip(content: bytes, hurt: Hurt) -> bytes:
    at = place(content, hurt.at)
    return content[:at] + bytes(byte ^ (1 << hurt.how % 8) for byte in content[at : at + 1]) + content[at + 1 :]


def overwrite(content: bytes, hurt: Hurt) -> bytes:
    at = place(content, hurt.at)
    return content[:at] + hurt.how.to_bytes(2, "little") + content[at + 2 :]


def truncate(content: bytes, hurt: Hurt) -> bytes:
    return content[: place(content, hurt.at)]


def cut(content: bytes, hurt: Hurt) -> bytes:
    at = place(content, hurt.at)
    return content[:at] + content[at + hurt.how % 600 :]


def repeat(content: bytes, hurt: Hurt) -> bytes:
    at = place(content, hurt.at)
    return content[:at] + content[at : at + 50] * (hurt.how % 40) + content[at + 50 :]


def splice(content: bytes, hurt: Hurt) -> bytes:
    """Go on with another file from here."""
    other = list(FILES.values())[hurt.how % len(FILES)]
    return content[: place(content, hurt.at)] + other[place(other, hurt.at) :]


def _exchanged(content: bytes, hurt: Hurt, pattern: re.Pattern[bytes], new: Callable[[bytes], bytes]) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return content
    match = found[hurt.at * len(found) // 65_536]
    return content[: match.start()] + new(match[0]) + content[match.end() :]


def drop_tag(content: bytes, hurt: Hurt) -> bytes:
    return _exchanged(content, hurt, _TAG, lambda _: b"")


def double_tag(content: bytes, hurt: Hurt) -> bytes:
    return _exchanged(content, hurt, _TAG, lambda tag: tag * 2)


def insert(content: bytes, hurt: Hurt) -> bytes:
    return _exchanged(content, hurt, _TAG, lambda tag: tag + _INSERTED[hurt.how % len(_INSERTED)])


def change_value(content: bytes, hurt: Hurt) -> bytes:
    return _exchanged(content, hurt, _QUOTED, lambda _: b'"' + _EXTREMES[hurt.how % len(_EXTREMES)] + b'"')


def change_text(content: bytes, hurt: Hurt) -> bytes:
    return _exchanged(content, hurt, _TEXT, lambda _: b">" + _EXTREMES[hurt.how % len(_EXTREMES)] + b"<")


Wound = Callable[[bytes, Hurt], bytes]
BYTES: dict[str, Wound] = {each.__name__: each for each in (flip, overwrite, truncate, cut, repeat, splice)}
MARKUP: dict[str, Wound] = {
    **BYTES, **{each.__name__: each for each in (drop_tag, double_tag, insert, change_value, change_text)}
}  # fmt: skip
PARTS = ("drop part", "swap parts", "rename part")


def hurts(kinds: dict[str, Wound], *more: str) -> st.SearchStrategy[list[Hurt]]:
    """One to five wounds of ``kinds``."""
    numbers = st.integers(0, 65_535)
    return st.lists(st.builds(Hurt, st.sampled_from([*kinds, *more]), numbers, numbers), min_size=1, max_size=5)


def damaged(content: bytes, wounds: list[Hurt]) -> bytes:
    for hurt in wounds:
        content = BYTES[hurt.kind](content, hurt)
    return content


def damaged_inside(content: bytes, wounds: list[Hurt]) -> bytes:
    """Damage the parts of a container, and put it together again as a sound one."""
    parts = parts_of(content)
    for hurt in wounds:
        at, other = hurt.how % len(parts), hurt.at % len(parts)
        name, inside = parts[at]
        if hurt.kind == "drop part" and len(parts) > 1:
            del parts[at]
        elif hurt.kind == "swap parts":
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], inside)
        elif hurt.kind == "rename part":
            parts[at] = (f"{parts[other][0]}{'' if hurt.at % 2 else 'x'}", inside)
        elif hurt.kind in MARKUP:
            parts[at] = (name, MARKUP[hurt.kind](inside, hurt))
    return zipped(parts)


def damaged_stream(wounds: list[Hurt]) -> bytes:
    """Damage an .xls within its records, in a sound container."""
    return container({"Workbook": damaged(STREAM, wounds)})


DAMAGED = st.one_of(
    st.builds(damaged, st.sampled_from(list(FILES.values())), hurts(BYTES)),
    st.builds(damaged_inside, st.sampled_from(list(ZIPS.values())), hurts(MARKUP, *PARTS)),
    st.builds(damaged_stream, hurts(BYTES)),
)


@contextmanager
def bounded() -> Iterator[None]:
    """Fail a block that takes more processor time than a preview may, or, where the system can tell, more memory."""
    started = time.process_time()
    if sys.platform == "linux":
        import resource
        from pathlib import Path

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * os.sysconf("SC_PAGE_SIZE") + MEMORY, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    else:
        yield
    assert time.process_time() - started < SECONDS
