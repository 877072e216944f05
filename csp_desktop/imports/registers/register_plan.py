"""What a dry run of a register is made of: what was asked, how the file is read, and what will come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.registers.entries import OffenceWords
from csp_desktop.imports.registers.headings import SheetRead
from csp_desktop.imports.registers.staging import StagedFile
from csp_desktop.registers.forms import Register
from models.offending import CohortDefinition
from models.vocabulary import RowOutcome

COUNTS = ("new", "changed", "unchanged", "conflicts", "errors", "ignored", "folded")


@dataclass(frozen=True, slots=True)
class RegisterRequest:
    """What is asked: which register a file is, and what a person has settled of it.

    ``cohort`` and ``definition`` are for cohort members alone: the cohort by name, made where there is none of it under
    ``definition`` (None takes ``local``). ``date_order`` answers day or month first. ``mappings`` say by sheet which
    field each heading holds, "" for none; headings left out are guessed.
    """

    register: Register
    cohort: str | None = None
    definition: CohortDefinition | None = None
    date_order: DateOrder | None = None
    mappings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CohortChosen:
    """The cohort that members go to. ``id`` is None for one that is made with them."""

    id: int | None
    name: str
    definition: CohortDefinition


@dataclass(frozen=True, slots=True)
class RowSaid:
    """One row of the file that there is something to say of.

    ``cells`` is by heading what the file says; ``changes`` by field what it changes, old then new, as stored.
    """

    sheet: str
    row: int
    outcome: RowOutcome
    cells: Mapping[str, str]
    changes: Mapping[str, tuple[object, object]]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """A whole import of a register, ready to be looked at and to be applied; its rows lie staged in the store.

    ``problems`` are the first of ``problem_count``; ``more_problems`` counts the others by their sentences.
    ``sheets`` are those that are read, ``notes`` what to tell of the file and of sheets that are not. ``doubted`` are
    the columns whose order of day and month is in doubt, by sheet and heading: answer with ``date_order``. ``parts``
    are the shares that its rows lie in. ``offences`` are the offence codes that come with it. ``seen`` is the last
    Step before the comparison; ``digest`` the SHA-256 of the new rows. ``already``: this very file came in before.

    ``wide`` are, by sheet, the field and the headings of columns that each hold one kind of it, such as an output.
    """

    staged: StagedFile
    request: RegisterRequest
    sheets: tuple[SheetRead, ...]
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    problem_count: int
    more_problems: Mapping[str, int]
    notes: tuple[str, ...]
    doubted: tuple[tuple[str, str], ...]
    cohort: CohortChosen | None
    offences: tuple[OffenceWords, ...]
    parts: int
    seen: int
    digest: str
    wide: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    already: bool = False

    @property
    def changes_anything(self) -> bool:
        """Say whether applying it would write anything."""
        return bool(self.counts["new"] or self.counts["changed"])

    @property
    def sentence(self) -> str:
        """Say in one sentence what accepting will do, for the foot of a review."""
        what = self.request.register.label.lower()
        into = f" into {self.cohort.name}" if self.cohort else ""
        if not self.changes_anything:
            return f"Nothing in this file is new: bringing it in changes no {what}."
        parts = [f"{self.counts[name]:,} {name}" for name in ("new", "changed") if self.counts[name]]
        left = self.counts["errors"] + self.counts["conflicts"]
        stay = f" {left:,} {'row stays' if left == 1 else 'rows stay'} out." if left else ""
        return f"This brings {' and '.join(parts)} {what}{into}; nothing is deleted.{stay}"


def tables_object(plan: RegisterPlan) -> list[dict[str, Any]]:
    """Return the tables of a file as the command line's JSON and the import log give them."""
    return [_table(sheet, *plan.wide.get(sheet.name, ("", ()))) for sheet in plan.sheets]


def _table(sheet: SheetRead, wide: str, headings: Sequence[str]) -> dict[str, Any]:
    return {
        "sheet": sheet.name,
        "header_row": sheet.header_row,
        "mapping": sheet.mapping | dict.fromkeys(headings, wide),
        "unmapped": [heading for heading in sheet.unmapped if heading not in headings],
    }
