"""What may be chosen or written in the cells of an update workbook, and what a cell says to what it does not take.

The choices stand on a hidden sheet of their own: a list within a cell's rule must not hold a comma, and tells "amber"
from "Amber".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from csp_desktop.exports.layout import Kind, UpdateColumn
from csp_desktop.exports.workbook_looks import write_string
from csp_desktop.queries.plans import RagValueRow
from models.vocabulary import LifecycleStatus

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

LISTS_SHEET = "_lists"
_STATUSES = tuple(status.label for status in LifecycleStatus if status is not LifecycleStatus.CLOSED)
_FIRST_DAY, _LAST_DAY = "DATE(1990,1,1)", "DATE(2099,12,31)"
_MOST = 255  # characters of what a cell says


@dataclass(frozen=True, slots=True)
class Choices:
    """Where the words that may be chosen stand, as a rule names them, and the words themselves."""

    rag_values: Sequence[RagValueRow]
    places: dict[Kind, str]

    def rule(self, column: UpdateColumn) -> "DataValidation | None":
        """Return the rule of a column's cells; None for what takes any text, or is for reading."""
        if column.is_read_only:
            return None
        match column.kind:
            case Kind.STATUS:
                return self._list(column, f"Choose one from the list: {_listed(_STATUSES)}.")
            case Kind.RAG:
                return self._list(column, f"Choose one from the list: {_listed(self._words())}; or leave it empty.")
            case Kind.DATE:
                return _date(column)
            case Kind.PERCENT:
                return _percent(column)
            case _:
                return None

    def _words(self) -> list[str]:
        return [value.word for value in self.rag_values]

    def _list(self, column: UpdateColumn, told: str) -> "DataValidation":
        from openpyxl.worksheet.datavalidation import DataValidation

        rule = DataValidation(type="list", formula1=self.places[column.kind], allow_blank=True)
        _say(rule, column, told, error_style="stop")
        asking = [value.word for value in self.rag_values if value.needs_reason]
        if column.kind is Kind.RAG and asking:
            needs = "need" if len(asking) > 1 else "needs"
            _prompt(rule, column, f"{_listed(asking, 'and')} {needs} a reason and a recovery date beside it.")
        return rule


def write_choices(book: "Workbook", rag_values: Sequence[RagValueRow]) -> Choices:
    """Write the words that may be chosen on a hidden sheet at the end of the workbook."""
    sheet: Worksheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    lists = {Kind.STATUS: _STATUSES, Kind.RAG: tuple(value.word for value in rag_values)}
    places = {}
    for number, (kind, words) in enumerate(lists.items(), start=1):
        write_string(sheet, (1, number), "RAG" if kind is Kind.RAG else "Status")
        for row, word in enumerate(words, start=2):
            write_string(sheet, (row, number), word)
        letter = "AB"[number - 1]
        places[kind] = f"'{LISTS_SHEET}'!${letter}$2:${letter}${max(len(words), 1) + 1}"
    return Choices(rag_values, places)


def ref_rule(where: str) -> "DataValidation":
    """Return the rule of a milestone's Ref: those of the actions, which stand at ``where``, or another that is new."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=where, allow_blank=True)
    rule.showErrorMessage, rule.errorStyle, rule.errorTitle = True, "warning", "Ref"
    rule.error = (
        "No action of this workbook has that Ref: choose one from the list. To keep what you wrote, choose Yes or OK."
    )
    return rule


def _date(column: UpdateColumn) -> "DataValidation":
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="date", operator="between", formula1=_FIRST_DAY, formula2=_LAST_DAY, allow_blank=True)
    kept = 'words such as "Ongoing" or "TBC"' if column.key == "due" else "what you wrote"
    told = f"This does not read as a date: write it like 30 Sep 2027. To keep {kept}, choose Yes or OK."
    _say(rule, column, told, error_style="warning")
    return rule


def _percent(column: UpdateColumn) -> "DataValidation":
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="decimal", operator="between", formula1="0", formula2="1", allow_blank=True)
    _say(rule, column, "Write how much is done as a percentage from 0% to 100%, such as 40%.", error_style="stop")
    return rule


def _say(rule: "DataValidation", column: UpdateColumn, told: str, *, error_style: Literal["stop", "warning"]) -> None:
    """Let a rule say what its cells take. Not "stop": it asks, and what was written may stay."""
    rule.showErrorMessage = True
    rule.errorStyle = error_style
    rule.errorTitle, rule.error = column.heading, told[:_MOST]


def _prompt(rule: "DataValidation", column: UpdateColumn, told: str) -> None:
    """Let a rule say something as soon as one of its cells is chosen."""
    rule.showInputMessage = True
    rule.promptTitle, rule.prompt = column.heading, told[:_MOST]


def _listed(words: Iterable[str], between: str = "or") -> str:
    """Return words as a sentence lists them: "Red, Amber or Green"."""
    *first, last = words
    return f"{', '.join(first)} {between} {last}" if first else last
