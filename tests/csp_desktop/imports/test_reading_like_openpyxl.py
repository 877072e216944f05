"""Our own reader of worksheets against openpyxl, whose values are the yardstick: any cells, cell by cell."""

import math
import warnings
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from csp_desktop.imports.grid import NO_RESULT, CellError, CellValue, MonthDate, PercentNumber, is_blank
from csp_desktop.imports.reading.building import clean
from tests.csp_desktop.imports.reading_files import parsed, zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CODES = [
    "dd/mm/yyyy",
    "mmm-yy",
    "[h]:mm",
    "0.0%",
    '0" days"',
    "[$-809]d mmmm yyyy;@",
    "[Red]0",
    r"h\:mm",
    "yyyy",
    "0.00",
]
FORMATS = [0, 1, 9, 10, 14, 15, 17, 18, 20, 21, 22, 45, 46, 47, 49, *range(164, 164 + len(CODES))]
BEFORE_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's XML without its address, and whether it has a formula, or a value."""

    kind: str
    style: int
    inside: str


letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="_\r\ufffe\uffff")
texts = st.one_of(st.text(letters, max_size=20), st.sampled_from(["one_x000D_\ntwo", "_x0041_", " padded ", "a\nb"]))
numbers = st.one_of(
    st.integers(-(10**14), 10**14).map(str),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15).map(repr),
    st.floats(0, 80_000).map(lambda number: repr(round(number, 4))),
    st.integers(0, 80_000).map(str),
    st.sampled_from(
        ["0", "1", "59", "60", "61", "0.5", "0.99999999", "2958465", "2958466", "1E+3", "-1", "1.0", "-0.0"]
    ),
)
runs = st.lists(texts, min_size=1, max_size=3).map(
    lambda found: "".join(f"<r><t>{escape(text)}</t></r>" for text in found) + '<rPh sb="0" eb="1"><t>x</t></rPh>'
)
plain = texts.map(lambda text: f'<t xml:space="preserve">{escape(text)}</t>')
formula = st.sampled_from(["", "<f>1+1</f>"])


def cell(kind: str, inside: st.SearchStrategy[str]) -> st.SearchStrategy[Cell]:
    return st.builds(Cell, st.just(kind), st.integers(0, len(FORMATS) - 1), inside)


def valued(value: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda before, text: f"{before}<v>{escape(text)}</v>", formula, value)


cells = st.one_of(
    cell("n", valued(numbers)),
    cell("n", st.sampled_from(["", "<f>1+1</f>", "<f>1+1</f><v></v>", "<v/>"])),
    cell("s", st.integers(0, 3).map(lambda index: f"<v>{index}</v>")),
    cell("str", valued(texts.filter(bool))),
    cell("b", valued(st.sampled_from(["0", "1"]))),
    cell("e", valued(st.sampled_from(["#REF!", "#N/A", "#DIV/0!"]))),
    cell("inlineStr", st.one_of(runs, plain).map(lambda inside: f"<is>{inside}</is>")),
    cell("d", st.dates().map(lambda day: f"<v>{day.isoformat()}</v>")),
    cell("d", st.datetimes().map(lambda moment: f"<v>{moment.replace(microsecond=0).isoformat()}</v>")),
)
rows = st.lists(st.lists(cells, max_size=5), min_size=1, max_size=6)
strings = st.lists(st.one_of(runs, plain), min_size=4, max_size=4)


def write_parts(path: Path, cells: list[list[Cell]], strings: list[str], *, is_1904: bool) -> Path:
    found = "".join(
        f'<row r="{row}">'
        + "".join(
            f'<c r="{"ABCDE"[column]}{row}" t="{each.kind}" s="{each.style}">{each.inside}</c>'
            for column, each in enumerate(values)
        )
        + "</row>"
        for row, values in enumerate(cells, start=1)
    )
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for number, code in enumerate(CODES, start=164)
    )
    xf = '<xf fontId="0" fillId="0" borderId="0" numFmtId="{}"/>'
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><fonts><font/></fonts>'
        "<fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        f"<cellStyleXfs>{xf.format(0)}</cellStyleXfs><cellXfs>"
        f"{''.join(xf.format(number) for number in FORMATS)}</cellXfs></styleSheet>"
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>',
        "_rels/.rels": relations({"officeDocument": "xl/workbook.xml"}),
        "xl/_rels/workbook.xml.rels": relations(
            {"worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml", "styles": "styles.xml"}
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="{int(is_1904)}"/>'
        '<sheets><sheet name="Plan" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/styles.xml": styles,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si>{each}</si>" for each in strings)}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{found}</sheetData></worksheet>',
    }
    return zipped(path, {name: content.encode() for name, content in parts.items()})


def relations(links: dict[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>' for kind, target in links.items()
    )
    return f'<Relationships xmlns="{LINKS}">{listed}</Relationships>'


def in_our_terms(found: Any, source: Cell) -> CellValue:
    """Return what openpyxl holds of a cell in the terms of a grid."""
    value = found.value
    if value is None or found.data_type == "e":
        code = value or (NO_RESULT if "<f>" in source.inside else "")
        return CellError(code) if code else None
    match value:
        case timedelta():
            seconds = round(abs(value.total_seconds()))
            sign = "-" if value < timedelta() else ""
            return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        case date() | time():
            return day_or_moment(value, found.number_format)
        case str():
            text = clean(value.replace("_x000D_", "\r").replace("_x0041_", "A"))
            return None if is_blank(text) else text
        case int() | float() if not isinstance(value, bool) and "%" in found.number_format:
            return PercentNumber(value)
    return value  # type: ignore[no-any-return]  # a number or a truth


def day_or_moment(value: date | time, shown: str) -> CellValue:
    if isinstance(value, datetime):
        if value.time() != time():
            return value
        value = value.date()
    if isinstance(value, date) and value.day == 1 and shown == "mmm-yy":
        return MonthDate(value.year, value.month, 1)
    return value


def is_same(ours: CellValue, theirs: CellValue) -> bool:
    if isinstance(ours, float) and isinstance(theirs, float):
        return type(ours) is type(theirs) and math.isclose(ours, theirs)
    return type(ours) is type(theirs) and ours == theirs


@settings(max_examples=300)
@given(cells=rows, strings=strings, is_1904=st.booleans())
def test_every_cell_is_what_openpyxl_makes_of_it(
    tmp_path: Path, cells: list[list[Cell]], strings: list[str], is_1904: bool
) -> None:
    cells = [[Cell("n", 1, "<v>1</v>")], *cells]
    path = write_parts(tmp_path / "plan.xlsx", cells, strings, is_1904=is_1904)
    ours = parsed(path).sheets[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = load_workbook(path, data_only=True)["Plan"]
    for row, values in enumerate(cells, start=1):
        for column, source in enumerate(values, start=1):
            expected = in_our_terms(theirs.cell(row, column), source)
            found = ours.value(row, column)
            assert is_same(found, expected), (source, found, expected)
