"""How the workbooks of owners' wilder habits are written: rows, merged reaches and hidden parts of named sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook

from tests.workbooks.handmade_parts import Case, Rows, Value, write_sheets


@dataclass(frozen=True, slots=True)
class Wild:
    """What a workbook holds. ``merges``, ``hidden_rows`` and ``hidden_columns`` are by sheet; ``hidden`` are sheets."""

    sheets: Mapping[str, Rows]
    merges: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden_rows: Mapping[str, Sequence[int]] = field(default_factory=dict)
    hidden_columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden: Sequence[str] = ()

    def build(self, path: Path) -> None:
        """Write the workbook."""
        write_sheets(path, self.sheets, self.merges)
        book = load_workbook(path)
        for name, rows in self.hidden_rows.items():
            for row in rows:
                book[name].row_dimensions[row].hidden = True
        for name, letters in self.hidden_columns.items():
            for letter in letters:
                book[name].column_dimensions[letter].hidden = True
        for name in self.hidden:
            book[name].sheet_state = "hidden"
        book.save(path)


@dataclass(frozen=True, slots=True)
class Told:
    """What an import of it must say besides the actions, as ``Case`` has it."""

    errors: frozenset[tuple[str, str]] = frozenset()
    warnings: frozenset[tuple[str, str]] = frozenset()
    refused_rows: frozenset[tuple[str, int]] = frozenset()
    unmapped: tuple[str, ...] = ()
    header_rows: Mapping[str, int] = field(default_factory=dict)
    options: tuple[str, ...] = ()


def wild_case(name: str, book: Wild, actions: Mapping[str, Mapping[str, Value]], told: Told | None = None) -> Case:
    """Return the case of a workbook; ``actions`` are by title, each with what to check of it."""
    said = told or Told()
    return Case(
        name=name,
        suffix=".xlsx",
        build=book.build,
        actions=tuple({"title": title, **wanted} for title, wanted in actions.items()),
        errors=said.errors,
        warnings=said.warnings,
        refused_rows=said.refused_rows,
        unmapped=said.unmapped,
        header_rows=said.header_rows,
        options=said.options,
    )
