"""What the named styles of an OpenDocument file say that matters to values: months without days, hidden sheets."""

from dataclasses import dataclass, field

from csp_desktop.imports.reading.looks import Look
from csp_desktop.imports.reading.xmlstream import Attributes

URN = "urn:oasis:names:tc:opendocument:xmlns:"
STYLE, NUMBER, TABLE = f"{URN}style:1.0", f"{URN}datastyle:1.0", f"{URN}table:1.0"


@dataclass(slots=True)
class StyleNames:
    """The styles of a file while they stream by."""

    hidden_tables: set[str] = field(default_factory=set)
    _month_formats: set[str] = field(default_factory=set)
    _formats: dict[str, str] = field(default_factory=dict)
    _style: str = ""
    _date_format: str = ""
    _shown: set[str] = field(default_factory=set)

    def start(self, element: str, attributes: Attributes) -> None:
        """Take an element's start."""
        if element == f"{STYLE} style":
            self._style = attributes.get(f"{STYLE} name", "")
            data_format = attributes.get(f"{STYLE} data-style-name")
            if data_format:
                self._formats[self._style] = data_format
        elif element == f"{NUMBER} date-style":
            self._date_format = attributes.get(f"{STYLE} name", "")
            self._shown.clear()
        elif element == f"{STYLE} table-properties":
            if attributes.get(f"{TABLE} display") == "false":
                self.hidden_tables.add(self._style)
        elif element.startswith(NUMBER):
            self._shown.add(element.rpartition(" ")[2])

    def end(self, element: str) -> None:
        """Take an element's end."""
        if element == f"{NUMBER} date-style" and {"month", "year"} <= self._shown and "day" not in self._shown:
            self._month_formats.add(self._date_format)

    def look(self, style: str) -> Look:
        """Return how a cell of this style shows a date."""
        return Look.MONTH if self._formats.get(style) in self._month_formats else Look.MOMENT
