"""Writing the milestones that a returned workbook adds or changes, and what is settled of its cells."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csp_desktop.errors import CspError
from csp_desktop.imports.changes import RowChange
from csp_desktop.imports.import_plan import RowPlan
from models.plan import Action, Milestone

Columns = dict[str, Any]


class MilestoneWriter:
    """Writes milestones, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: dict[int, int] = {}

    def write(self, rows: Sequence[RowPlan]) -> list[Columns]:
        """Write the milestones of some rows and return what is settled of their cells.

        Raises CspError where a milestone was changed or taken out since it was compared.
        """
        settled: list[Columns] = []
        for row in rows:
            planned = row.change.milestone
            if planned is None:
                continue
            if planned.id is None:
                added = Milestone(
                    action_id=planned.action_id, position=self._next_position(planned.action_id), **planned.values
                )
                self._session.add(added)
                self._session.flush()
                settled.extend(settled_cells(row.change, f"M{added.id}"))
                continue
            milestone = self._session.get(Milestone, planned.id)
            if milestone is None or milestone.version != planned.version:
                raise CspError(
                    f"A milestone of {row.ref} was changed since the file was compared with it. Nothing was brought "
                    "in; compare it again."
                )
            for name, value in planned.values.items():
                setattr(milestone, name, value)
            settled.extend(settled_cells(row.change, f"M{planned.id}"))
        self._session.flush()
        return settled

    def _next_position(self, action_id: int) -> int:
        if action_id not in self._last:
            if self._session.get(Action, action_id) is None:
                raise CspError(
                    "An action of this file was taken out since it was compared. Nothing was brought in; do it again."
                )
            last = self._session.scalar(select(func.max(Milestone.position)).where(Milestone.action_id == action_id))
            self._last[action_id] = -1 if last is None else last
        self._last[action_id] += 1
        return self._last[action_id]


def settled_cells(change: RowChange, own_key: str) -> Iterator[Columns]:
    """Yield what a row settles of its cells; ``own_key`` is the key of a row that was not in the workbook before."""
    for each in (*change.settles, *change.agrees):
        yield {"row_key": each.row_key or own_key, "column": each.column, "said": each.said, "choice": each.choice}
