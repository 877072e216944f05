"""What an update workbook is known again by when it comes back: a hidden sheet, and a property of the document."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from csp_desktop.exports.content import WorkbookContent
from csp_desktop.exports.layout import BASE_FROM, HEAD_MARK, HIDDEN_SHEET, PROPERTY
from csp_desktop.exports.workbook_looks import write_string

if TYPE_CHECKING:
    from openpyxl import Workbook

VERSION = "1"
CHUNK = 16_000
"""Characters of a row's base in one cell: within the 32,767 that a cell holds, even if each counts as two there."""


def write_hidden_sheet(book: "Workbook", content: WorkbookContent) -> None:
    """Write the sheet that carries the export's key and what every row said when it went out."""
    sheet = book.create_sheet(HIDDEN_SHEET)
    sheet.sheet_state = "hidden"
    write_string(sheet, (1, 1), HEAD_MARK)
    for row, (name, value) in enumerate(_facts(content).items(), start=2):
        write_string(sheet, (row, 1), name)
        write_string(sheet, (row, 2), value)
    for row, (key, cells) in enumerate(content.base.items(), start=BASE_FROM):
        write_string(sheet, (row, 1), key)
        for column, chunk in enumerate(_chunks(cells), start=2):
            write_string(sheet, (row, column), chunk)


def write_properties(book: "Workbook", content: WorkbookContent, title: str) -> None:
    """Write what the document says of itself, the export's key among it."""
    from openpyxl.packaging.custom import StringProperty

    book.properties.title = title
    book.properties.creator = "CSP Desktop"
    book.properties.language = "en-GB"
    properties: Any = book  # the types of openpyxl do not know of its custom properties
    properties.custom_doc_props.append(StringProperty(name=PROPERTY, value=content.key))


def _facts(content: WorkbookContent) -> dict[str, str]:
    """Return what the sheet's first rows say, by name."""
    timing = content.timing
    return {
        "version": VERSION,
        "export": content.key,
        "store": content.store_mark,
        "plan": content.scope.plan.key,
        "period": timing.period.label,
        "period_end": timing.period.last_day.isoformat(),
        "exported_on": timing.today.isoformat(),
        "wanted_back": timing.wanted_back.isoformat(),
    }


def _chunks(cells: Mapping[str, str]) -> list[str]:
    """Return a row's cells as JSON, in pieces that a cell can hold."""
    text = json.dumps(dict(cells), ensure_ascii=False, separators=(",", ":"))
    return [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
