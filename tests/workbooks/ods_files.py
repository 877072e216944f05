"""Writes a grid as an .ods, with the elements that LibreOffice writes for each kind of value."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from csp_desktop.imports.grid import CellError, CellValue, MonthDate, PercentNumber, SheetGrid

KIND = "application/vnd.oasis.opendocument.spreadsheet"
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{short}="{_URN}:{long}:1.0"'
    for short, long in {
        "office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle",
        "draw": "drawing",
    }.items()
)  # fmt: skip
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_STYLES = """<office:automatic-styles>
<number:date-style style:name="N1"><number:day/><number:month/><number:year/></number:date-style>
<number:date-style style:name="N2"><number:month number:textual="true"/><number:year/></number:date-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="shown" style:family="table"><style:table-properties table:display="true"/></style:style>
<style:style style:name="unseen" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>"""


def write_ods(path: Path, sheets: tuple[SheetGrid, ...]) -> Path:
    """Write ``sheets`` to ``path`` and return it."""
    return write_ods_body(path, "".join(_table(sheet) for sheet in sheets))


def write_ods_body(path: Path, tables: str, *, manifest: str = "", kind: str = KIND) -> Path:
    """Write the XML of ``tables`` as a spreadsheet to ``path`` and return it."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} {_CALC} office:version="1.3">'
        f"{_STYLES}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    own = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    entry += '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {own}>{entry}{manifest}</manifest:manifest>")
        archive.writestr("content.xml", content)
    return path


def _table(sheet: SheetGrid) -> str:
    style = "unseen" if sheet.hidden else "shown"
    columns = "".join(
        f"<table:table-column{_visibility(column in sheet.hidden_columns)}/>"
        for column in range(1, max(sheet.width, *sheet.hidden_columns, 1) + 1)
    )
    spans = {
        (merge.first_row, merge.first_column): f' table:number-columns-spanned="{merge.width}"'
        f' table:number-rows-spanned="{merge.height}"'
        for merge in sheet.merges
    }
    rows = ""
    last = 0
    for row in sorted({*sheet.rows, *sheet.hidden_rows, *(merge.first_row for merge in sheet.merges)}):
        if row > last + 1:
            rows += (
                f'<table:table-row table:number-rows-repeated="{row - last - 1}"><table:table-cell/></table:table-row>'
            )
        values = sheet.rows.get(row, [])
        width = max([len(values), *(column for first, column in spans if first == row)])
        padded = [*values, *[None] * (width - len(values))]
        cells = "".join(_cell(value, spans.get((row, column), "")) for column, value in enumerate(padded, start=1))
        rows += f"<table:table-row{_visibility(row in sheet.hidden_rows)}>{cells}</table:table-row>"
        last = row
    return f'<table:table table:name={quoteattr(sheet.name)} table:style-name="{style}">{columns}{rows}</table:table>'


def _visibility(hidden: bool) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _cell(value: CellValue, span: str) -> str:
    if value is None:
        return f"<table:table-cell{span}/>"
    attributes, text = _written(value)
    return f"<table:table-cell{span} {attributes}>{text}</table:table-cell>"


def _written(value: CellValue) -> tuple[str, str]:
    if isinstance(value, CellError):
        formula = 'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'
        return formula, f"<text:p>{escape(value.code)}</text:p>"
    if isinstance(value, bool):
        return f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"', "<text:p>x</text:p>"
    if isinstance(value, PercentNumber):
        return f'office:value-type="percentage" office:value="{float(value)!r}"', "<text:p>%</text:p>"
    if isinstance(value, str):
        return 'office:value-type="string"', "".join(f"<text:p>{_text(line)}</text:p>" for line in value.split("\n"))
    return _number_or_moment(value)


def _number_or_moment(value: CellValue) -> tuple[str, str]:
    if isinstance(value, date):
        style = "month" if isinstance(value, MonthDate) else "day"
        moment = value.isoformat() if isinstance(value, datetime) else f"{value:%Y-%m-%d}"
        return f'table:style-name="{style}" office:value-type="date" office:date-value="{moment}"', "<text:p>d</text:p>"
    if isinstance(value, time):
        clock = f"PT{value.hour:02d}H{value.minute:02d}M{value.second:02d}S"
        return f'office:value-type="time" office:time-value="{clock}"', "<text:p>t</text:p>"
    return f'office:value-type="float" office:value="{value!r}"', "<text:p>n</text:p>"


def _text(line: str) -> str:
    """Return text with every space but single inner ones as an element, as LibreOffice writes them."""
    return escape(line).replace("\t", "<text:tab/>").replace(" ", "<text:s/>")
