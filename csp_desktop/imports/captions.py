"""The name above a table: "Project: Street lighting", or a text alone in its row above repeated headings."""

import re

from csp_desktop.imports.fillers import is_note, is_total
from csp_desktop.imports.grid import SheetGrid, address, text_of
from csp_desktop.imports.tables import Caption

_ROWS = 3
_LONGEST = 150
_LEAST_FORM = 2
_KIND = (
    r"(?:strategic |key |our )?(?:project|scheme|programme|work ?stream|work ?strand|strand|theme|priority|objective|"
    r"aim|pillar|area|ward|team|service|directorate|department|partner|agency|group|commitment|goal|section)"
)
_ANNOUNCED = re.compile(
    r"(?:(?:strategic|key)\s+)?(?:priority|theme|strand|objective|aim|pillar|work ?stream)\s+\d+\s*"
    r"[:.\-\u2013)]\s*\S",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"{_KIND}(?: (?:name|title|area|theme))?\s*(?::|\s[-\u2013])\s*(?P<name>\S.*)", re.IGNORECASE)
_ASKED = re.compile(rf"{_KIND}(?: (?:name|title|area|theme|no\.?|number|\d+))?\s*:?\Z", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?:action plan|delivery plan|improvement plan|work ?plan|tracker|action log|progress report|partnership|"
    r"minutes|updated?|version|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


class Captions:
    """The names above the tables of a sheet."""

    def __init__(self, sheet: SheetGrid) -> None:
        self._sheet = sheet

    def above(self, row: int, floor: int = 0) -> Caption:
        """Return the name in the rows right above ``row`` (and below ``floor``): a text alone, or a name asked for."""
        for number in self._nearest(row, floor):
            found = self._told(number) or self._alone(number)
            if found.text:
                return found
        return Caption()

    def told_above(self, row: int) -> Caption:
        """Return the name above ``row`` that says what it is: "Priority 2: Knives", or "Theme:" beside its name."""
        for number in self._nearest(row, 0):
            found = self._told(number)
            if found is not None and found.text:
                return found
        return Caption()

    def top_of(self, row: int) -> int:
        """Return the first of the rows above ``row`` that name its table, ``row`` itself where none does."""
        top = row
        for number in self._nearest(row, 0):
            named = self._told(number) or self._alone(number)
            if not named.text:
                break
            top = number
        return top

    def _nearest(self, row: int, floor: int) -> list[int]:
        """Return the filled rows above ``row``, the nearest first, as far as they may belong to what is below."""
        rows = self._sheet.rows
        found: list[int] = []
        number = row - 1
        while number > floor and len(found) < _ROWS and row - number <= _ROWS * 2:
            if number in rows:
                cells = [text_of(value) for _, value in self._sheet.cells(number)]
                if len(cells) > 1 and self._told(number) is None and not cells[0].endswith(":"):
                    break
                found.append(number)
            number -= 1
        return found

    def _told(self, row: int) -> Caption | None:
        """Return the name in a row that says what it names, None where it does not say."""
        cells = [(column, text_of(value)) for column, value in self._sheet.cells(row)]
        column, first = cells[0] if cells else (0, "")
        if len(cells) == 1 and _ANNOUNCED.match(first):
            return Caption(first, address(row, column), row)
        named = _NAMED.match(first)
        if named and len(cells) <= _LEAST_FORM * 2 and len(first) <= _LONGEST:
            return Caption(named["name"], address(row, column), row)
        if len(cells) >= _LEAST_FORM and _ASKED.match(first) and (first.endswith(":") or len(cells) == _LEAST_FORM):
            column, name = cells[1]
            numbered = first.rstrip(" :") if any(letter.isdigit() for letter in first) else ""
            return Caption(f"{numbered}: {name}" if numbered else name, address(row, column), row)
        return None

    def _alone(self, row: int) -> Caption:
        cells = list(self._sheet.cells(row))
        if len(cells) != 1 or not isinstance(cells[0][1], str):
            return Caption()
        column, text = cells[0][0], text_of(cells[0][1])
        if len(text) > _LONGEST or is_note(text) or is_total(text) or _TITLE.search(text):
            return Caption()
        return Caption(text, address(row, column), row)
