"""What a dry run is made of: what was decided, what will come of each row, and the whole import ready to apply."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from csp_desktop.imports.changes import RowChange
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.merged import MergedCell, ReturnedWorkbook, Verdict
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.records import ActionRecord, ReadTables, RowPlace, TablePlace
from csp_desktop.queries.plans import PlanRow
from models.vocabulary import CellChoice, RowOutcome

REGISTER = "actions"
Place: TypeAlias = RowPlace


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the user has settled in the review, or said on the command line. Everything may be left out.

    ``new_themes``: folded headings to add to the plan as themes. ``answers``: (sheet, row) of a question to the action
    it is, None for a new one. ``left_out``: rows not to bring in. ``sheets``, ``header_rows``, ``mappings``,
    ``unread_tables`` and ``unhidden_only`` are those of ``Choices``. ``layout_names``: layout fingerprint to the name
    by which it is to be remembered. ``cells``: (row, column key) to whose words that cell gets. ``resolve``: whose
    words every other conflict gets, None to leave it open. ``confirms_clears``: cells that the owner emptied are to be
    emptied.
    """

    plan: str | None = None
    date_order: DateOrder | None = None
    sheets: tuple[str, ...] | None = None
    header_rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    mappings: Mapping[TablePlace, Mapping[str, str]] = field(default_factory=dict)
    unread_tables: frozenset[TablePlace] = frozenset()
    unhidden_only: frozenset[str] = frozenset()
    layout_names: Mapping[str, str] = field(default_factory=dict)
    new_themes: frozenset[str] = frozenset()
    answers: Mapping[Place, int | None] = field(default_factory=dict)
    left_out: frozenset[Place] = frozenset()
    cells: Mapping[tuple[Place, str], CellChoice] = field(default_factory=dict)
    resolve: CellChoice | None = None
    confirms_clears: bool = False


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that has been read: its name, the hash of its bytes, and its cells."""

    name: str
    hash: str
    grid: WorkbookGrid


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row of the file and what will come of it. ``ref`` is our ref of the action it is, "" for a new one.

    ``question`` is the ref of an action that the user is asked about. ``is_left_out``: the user keeps it out.
    ``cells`` are those of a row that is there which differ, each with what becomes of it. ``waits``: until somebody
    says which action it is, the row does not come in at all.
    """

    record: ActionRecord
    outcome: RowOutcome
    ref: str
    change: RowChange
    question: str = ""
    is_left_out: bool = False
    cells: tuple[MergedCell, ...] = ()
    waits: bool = False

    @property
    def conflicts(self) -> tuple[MergedCell, ...]:
        """Return the cells that both sides changed and nobody has decided."""
        return tuple(cell for cell in self.cells if cell.verdict is Verdict.CONFLICT)

    @property
    def clears(self) -> tuple[MergedCell, ...]:
        """Return the cells that the owner emptied and nobody has confirmed."""
        return tuple(cell for cell in self.cells if cell.verdict is Verdict.CLEAR)

    @property
    def place(self) -> Place:
        """Where the row stands: sheet and number."""
        return self.record.place


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A whole import, ready to be looked at and to be applied. ``already`` says that this very file is in the store.

    ``proposed_themes``: headings that the plan has no theme for, with the number of their rows. ``returned`` is the
    update workbook that the file is, None for any other file.
    """

    file: SourceFile
    plan: PlanRow
    decisions: Decisions
    read: ReadTables
    rows: tuple[RowPlan, ...]
    problems: tuple[Problem, ...]
    proposed_themes: Mapping[str, int]
    already: bool = False
    returned: ReturnedWorkbook | None = None

    @property
    def is_two_way(self) -> bool:
        """Say whether the file is compared with what the office holds alone: then a blank cell clears nothing."""
        return self.returned is None or not self.returned.is_three_way

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows, each once, by the first that holds of error, conflict, new, changed, unchanged."""
        found = Counter(row.outcome for row in self.rows if not row.is_left_out)
        return {
            "new": found[RowOutcome.NEW],
            "changed": found[RowOutcome.CHANGED],
            "unchanged": found[RowOutcome.UNCHANGED],
            "conflicts": found[RowOutcome.CONFLICT],
            "errors": found[RowOutcome.ERROR] + len(self.read.refused),
            "ignored": len(self.read.ignored),
        }

    @property
    def sentence(self) -> str:
        """Say in one sentence what accepting will do, for the foot of a review."""
        if not self.changes_anything:
            return f"Nothing in this file is new: bringing it in changes nothing.{self._waiting}"
        coming = [row for row in self.rows if row.change.changes and not row.is_left_out]
        fresh = sum(row.change.is_new for row in coming)
        steps = sum(row.change.milestone is not None for row in coming)
        counted = (
            (fresh, "new", "action"),
            (len(coming) - fresh - steps, "changed", "action"),
            (steps, "new or changed", "milestone"),
        )
        parts = [f"{count} {word} {noun}{'' if count == 1 else 's'}" for count, word, noun in counted if count]
        if not parts:
            return f"This keeps what was decided of {self.plan.title}; nothing of it changes.{self._waiting}"
        listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
        return f"This brings {listed} into {self.plan.title}; nothing is deleted.{self._waiting}"

    @property
    def _waiting(self) -> str:
        """Say how many conflicts stay open and how many clears are not done, "" where there are none."""
        rows = [row for row in self.rows if not row.is_left_out]
        open_ones, clears = sum(len(row.conflicts) for row in rows), sum(len(row.clears) for row in rows)
        said = ""
        if open_ones:
            noun = "conflict stays" if open_ones == 1 else "conflicts stay"
            said += f" {open_ones} {noun} open."
        if clears:
            noun = "emptied cell is" if clears == 1 else "emptied cells are"
            said += f" {clears} {noun} left as before."
        return said

    @property
    def changes_anything(self) -> bool:
        """Say whether applying it would write anything."""
        return any(row.change.writes and not row.is_left_out for row in self.rows)

    @property
    def date_order(self) -> str:
        """The answer about day and month that this reading rests on, "" where none was needed."""
        return self.decisions.date_order.value if self.decisions.date_order else ""


def choices_made(plan: ImportPlan) -> dict[str, Any]:
    """Return how the file was read, as the import log keeps it to know the same reading again."""
    return {
        "order": plan.date_order,
        "memory": memories(plan.read),
        "left_out": sorted(list(place) for place in plan.decisions.left_out),
        "tables": tables_read(plan.read),
        "unhidden_only": sorted(plan.decisions.unhidden_only),
    }


def memories(read: ReadTables) -> list[dict[str, str]]:
    """Return what each table's columns were taken for, as a layout is remembered."""
    return [table.mapping.memory for table in read.tables]


def tables_read(read: ReadTables) -> list[dict[str, Any]]:
    """Return the tables of a file as the command line's JSON gives them."""
    return [
        {
            "sheet": table.sheet,
            "header_row": table.header_row,
            "mapping": table.mapping.mapped,
            "unmapped": list(table.mapping.unmapped),
        }
        for table in read.tables
    ]
