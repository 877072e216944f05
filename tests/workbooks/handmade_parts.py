"""What a hand-made workbook is to a test: how it is written, and what an unattended import of it must give."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import coordinate_to_tuple

Cell = str | int | float | date | None
Rows = Sequence[Sequence[Cell]]
Records = Sequence[Mapping[str, object]]
Value = str | int | None | list[str]

VIOLENCE = "Tackling violence, abuse and exploitation"
NEIGHBOURHOODS = "Reducing anti-social behaviour and neighbourhood crime"
RISK = "Reducing risk"
COMMUNITIES = "Building resilient and inclusive communities"


@dataclass(frozen=True, slots=True)
class Case:
    """One file and what reading it into an otherwise empty plan ``kirklees-2022-2027`` must give.

    ``actions``: for each action a dict of what to check, with the keys of ``list actions --json``; ``title`` finds it.
    ``errors``: every (sheet, cell) with a problem of level error, exactly; ``warnings``: those that must be among the
    warnings. For a CSV the sheet is "". ``column_errors``: columns (sheet, letter) with one more error for the whole
    column, at whatever cell of it. ``refused_rows``: rows that give no action because they have no title; the error's
    cell is anywhere in the row. ``options``: further words for the command line.
    """

    name: str
    suffix: str
    build: Callable[[Path], None]
    actions: tuple[Mapping[str, Value], ...]
    errors: frozenset[tuple[str, str]] = frozenset()
    warnings: frozenset[tuple[str, str]] = frozenset()
    column_errors: frozenset[tuple[str, str]] = frozenset()
    refused_rows: frozenset[tuple[str, int]] = frozenset()
    unmapped: tuple[str, ...] = ()
    header_rows: Mapping[str, int] = field(default_factory=dict)
    options: tuple[str, ...] = ()


def write_sheets(path: Path, sheets: Mapping[str, Rows], merges: Mapping[str, Sequence[str]] | None = None) -> Workbook:
    """Write rows from A1 into each named sheet, merge the reaches given, save, and return the workbook."""
    book = Workbook()
    del book["Sheet"]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
                if isinstance(value, date):
                    cell.number_format = "dd/mm/yyyy"
        for reach in (merges or {}).get(title, ()):
            sheet.merge_cells(reach)
    book.save(path)
    return book


def differences(case: Case, actions: Records, problems: Records) -> list[str]:
    """Return, in words, everything in which an import's result differs from the case; empty when it is right."""
    return [*_action_differences(case, actions), *_problem_differences(case, problems)]


def _action_differences(case: Case, actions: Records) -> list[str]:
    said: list[str] = []
    wanted = sorted(str(action["title"]) for action in case.actions)
    found = sorted(str(action["title"]) for action in actions)
    said += [f"not imported: {title}" for title in wanted if title not in found]
    said += [f"imported but should not be: {title}" for title in found if title not in wanted]
    said += [f"imported {found.count(title)} times: {title}" for title in set(wanted) if found.count(title) > 1]
    by_title = {str(action["title"]): action for action in actions}
    for expected in case.actions:
        action = by_title.get(str(expected["title"]), {})
        said += [
            f"{expected['title']}: {key} is {action[key]!r}, should be {value!r}"
            for key, value in expected.items()
            if key in action and action[key] != value
        ]
        said += [f"{expected['title']}: {key} is not listed" for key in expected if action and key not in action]
    return said


def _problem_differences(case: Case, problems: Records) -> list[str]:
    errors = [_place(case, problem) for problem in problems if problem["level"] == "error"]
    warnings = {_place(case, problem) for problem in problems if problem["level"] == "warning"}
    said = [f"no error at {place}" for place in sorted(case.errors) if place not in errors]
    said += [f"no warning at {place}" for place in sorted(case.warnings - warnings)]
    left = list(errors)
    for place in case.errors:
        if place in left:
            left.remove(place)
    for sheet, row in sorted(case.refused_rows):
        inside = [place for place in left if place[0] == sheet and _row(place[1]) == row]
        said += [] if inside else [f"no error in row {row} of {sheet or 'the file'}"]
        left = [place for place in left if place not in inside]
    for sheet, letter in sorted(case.column_errors):
        inside = [place for place in left if place[0] == sheet and place[1].rstrip("0123456789") == letter]
        said += [] if len(inside) == 1 else [f"{len(inside)} errors for column {letter}, should be 1"]
        left = [place for place in left if place not in inside]
    return said + [f"unexpected error at {place}" for place in left]


def _place(case: Case, problem: Mapping[str, object]) -> tuple[str, str]:
    return ("" if case.suffix == ".csv" else str(problem["sheet"]), str(problem["cell"]))


def _row(cell: str) -> int:
    return coordinate_to_tuple(cell)[0] if cell[-1:].isdigit() else 0
