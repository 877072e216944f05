"""What a row of a file writes: columns of its action, people, updates, a milestone, what was decided of its cells."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from csp_desktop.imports.matching import Home
from csp_desktop.imports.wanted import Someone, WantedUpdate
from models.vocabulary import CellChoice


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a row belongs: its theme, its objective, a heading to add as a theme, its ref and whose refs those are."""

    home: Home
    objective_id: int | None
    new_theme: str
    source: str
    ref: str


@dataclass(frozen=True, slots=True)
class PlannedUpdate:
    """A progress update to post; ``supersedes`` is an earlier report for the same quarter that it corrects."""

    wanted: WantedUpdate
    supersedes: int | None = None


@dataclass(frozen=True, slots=True)
class Settling:
    """A cell of a returned workbook that is settled by bringing it in: what it said, and whose words it got.

    ``row_key`` is its row's in the workbook, "" for a row that becomes a new action.
    """

    row_key: str
    column: str
    said: str
    choice: CellChoice


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """A milestone to add to an action (``id`` is None) or to change; ``values`` are its columns.

    ``version`` is the milestone's as it was compared, 0 for a new one.
    """

    action_id: int
    id: int | None
    version: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a row asks for beside its record: columns that are emptied, and an update that is put together elsewhere.

    ``supporters`` is () where nobody is to support the action any more, None where the record says.
    ``replaces_update``: ``update``, which may be none, stands in the place of what the record reports.
    """

    values: dict[str, Any] = field(default_factory=dict)
    supporters: tuple[Someone, ...] | None = None
    update: PlannedUpdate | None = None
    replaces_update: bool = False
    settles: tuple[Settling, ...] = ()
    agrees: tuple[Settling, ...] = ()


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a row writes. ``values`` are columns of the action; ``shown`` is each field old to new, for people.

    ``version`` is the action's as it was compared, 0 for a new one. ``new_theme`` is a heading to add as a theme.
    ``supporters`` is None where they stay as they are. ``is_spent``: this very row was brought in before.
    ``due_before`` is the day the action was due as it was compared, None where it had none. ``milestone``: the row is
    one of its action's milestones. ``settles`` are cells that are decided by it; ``agrees`` are those on which both
    sides say the same, which is kept along with the rest.
    """

    action_id: int | None
    version: int
    values: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    lead_person: Someone | None = None
    lead_organisation: Someone | None = None
    supporters: tuple[Someone, ...] | None = None
    updates: tuple[PlannedUpdate, ...] = ()
    source: str = ""
    source_ref: str = ""
    new_theme: str = ""
    is_spent: bool = False
    due_before: date | None = None
    milestone: PlannedMilestone | None = None
    settles: tuple[Settling, ...] = ()
    agrees: tuple[Settling, ...] = ()

    @property
    def is_new(self) -> bool:
        """Say whether the row becomes a new action."""
        return self.action_id is None and not self.is_spent

    @property
    def changes(self) -> bool:
        """Say whether the row changes anything that people see."""
        return self.is_new or bool(self.shown or self.new_theme)

    @property
    def writes(self) -> bool:
        """Say whether the row writes anything, be it only what was decided of it."""
        return self.changes or bool(self.settles)

    def nothing(self) -> "RowChange":
        """Return the change of a row that was brought in before: none, whatever became of its action since."""
        return RowChange(self.action_id, self.version, is_spent=True)


NO_AMENDMENT = Amendment()
