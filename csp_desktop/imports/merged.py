"""What the merge says of a returned workbook: each cell that differs, the rows that are not in it, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.vocabulary import CellChoice, ExportScope, Word


class Verdict(Word):
    """What becomes of a cell of a returned workbook that differs from what went out, or from what the office holds."""

    TAKEN = "taken"
    KEPT = "kept"
    JOINED = "joined"
    CONFLICT = "conflict"
    CLEAR = "clear"
    READ_ONLY = "read_only"
    UNREADABLE = "unreadable"


NOT_APPLIED = frozenset({Verdict.CONFLICT, Verdict.CLEAR, Verdict.READ_ONLY, Verdict.UNREADABLE})


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A cell of a returned workbook with its three sides, as people read them ("" for blank).

    ``key`` is its column's ("due"), ``field`` the name that lists and JSON use ("forecast_due"), ``heading`` the
    column's heading, ``cell`` its address. ``base`` is what went out (or what an earlier return settled), ``theirs``
    what the owner's cell says, ``mine`` what the office holds. ``said`` is theirs in the form that is kept, ``sides``
    are base, theirs and mine as JSON has them.
    ``choice`` is what a person decided, None where nobody did: then what is certain is taken, a conflict stays open, a
    clear is not done. ``can_join``: theirs and mine can both be kept, one after the other. ``why`` says in a sentence
    why a cell was not taken, "" for one that was.
    """

    key: str
    field: str
    heading: str
    cell: str
    base: str
    theirs: str
    mine: str
    verdict: Verdict
    said: str = ""
    sides: tuple[Any, Any, Any] = (None, None, None)
    choice: CellChoice | None = None
    can_join: bool = False
    why: str = ""

    @property
    def is_decidable(self) -> bool:
        """Say whether a person can choose whose words it gets."""
        return self.verdict not in {Verdict.READ_ONLY, Verdict.UNREADABLE}

    @property
    def is_applied(self) -> bool:
        """Say whether what the owner's cell says comes in, alone or beside the office's."""
        return self.verdict in {Verdict.TAKEN, Verdict.JOINED}


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A row that went out and is not in the file that came back: nothing is done about it."""

    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """Which update workbook a file is. ``export_id`` is None where this store does not know it, or not any more.

    ``owner`` is who was asked, "" for a theme or a plan. ``is_three_way``: what went out is known, from this store or
    (``from_workbook``) from the workbook itself; otherwise the file is compared with the office alone and clears
    nothing. ``newer_on`` is the day a newer workbook of the same scope went out, None where this is the newest.
    """

    key: str
    export_id: int | None = None
    plan_id: int | None = None
    scope: ExportScope = ExportScope.PLAN
    owner: str = ""
    period: str = ""
    period_end: date | None = None
    exported_on: date | None = None
    wanted_back: date | None = None
    is_three_way: bool = False
    from_workbook: bool = False
    newer_on: date | None = None
    times_before: int = 0
    missing: tuple[MissingRow, ...] = ()
    base: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
