"""What the cells of an update workbook say of actions and milestones, and what two cells have in common when compared.

The same functions give what goes out and what the office holds when it comes back: where nothing was touched on either
side, nothing differs.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlalchemy import Connection, select

from csp_desktop.queries.actions import ActionRow
from models.plan import Action, Milestone
from models.vocabulary import LifecycleStatus

Content: TypeAlias = str | date | int | None
"""A cell's content: text, a day, a whole percentage, or nothing."""

Contents: TypeAlias = dict[str, Content]
"""A row's cells by column key, blank ones left out."""

BETWEEN_NAMES = "; "
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A milestone of an action of the plan, as an update workbook shows it."""

    id: int
    version: int
    action_id: int
    action_ref: str
    action_title: str
    title: str
    status: LifecycleStatus
    baseline_due: date | None
    forecast_due: date | None
    actual_end: date | None


def action_cells(row: ActionRow, rag_words: Mapping[str, str]) -> Contents:
    """Return what the workbook says of an action. ``rag_words`` gives the word of each letter of the plan's scheme."""
    due: Content = row.forecast_due
    if due is None:
        due = row.due_text or (row.due_kind.label if row.due_kind else "")
    cells: Contents = {
        "ref": row.ref,
        "theme": row.theme or row.theme_text,
        "objective": row.objective,
        "title": row.title,
        "lead": row.lead,
        "supporting": BETWEEN_NAMES.join((*row.supporting_people, *row.supporting_partners)),
        "start": row.start,
        "baseline_due": row.baseline_due,
        "due": due,
        "status": row.status.label,
        "success_measure": row.success_measure,
        "last_update": row.latest_update,
        "last_rag": rag_words.get(row.rag, row.rag) if row.rag else None,
        "percent": row.percent,
        "next_steps": row.next_steps,
    }
    return {key: value for key, value in cells.items() if value is not None and value != ""}


def milestone_cells(row: MilestoneFacts) -> Contents:
    """Return what the workbook says of a milestone."""
    cells: Contents = {
        "milestone.ref": row.action_ref,
        "milestone.action": row.action_title,
        "milestone.title": row.title,
        "milestone.baseline_due": row.baseline_due,
        "milestone.due": row.forecast_due,
        "milestone.status": row.status.label,
        "milestone.actual_end": row.actual_end,
    }
    return {key: value for key, value in cells.items() if value is not None and value != ""}


def milestones_of(connection: Connection, action_ids: Sequence[int]) -> list[MilestoneFacts]:
    """Return the milestones of some actions, those of one action together and in its order."""
    query = (
        select(
            Milestone.id,
            Milestone.version,
            Milestone.action_id,
            Action.ref,
            Action.title,
            Milestone.title,
            Milestone.status,
            Milestone.baseline_due,
            Milestone.forecast_due,
            Milestone.actual_end,
        )
        .join(Action, Action.id == Milestone.action_id)
        .order_by(Milestone.action_id, Milestone.position, Milestone.id)
    )
    wanted = set(action_ids)
    return [MilestoneFacts(*tuple(row)) for row in connection.execute(query) if row.action_id in wanted]


def said(content: Content) -> str:
    """Return a cell's content as it is compared and kept: days as ISO text, a percentage in digits, text tidied."""
    if content is None:
        return ""
    if isinstance(content, str):
        return tidied(content)
    return content.isoformat() if isinstance(content, date) else str(content)


def all_said(cells: Contents) -> dict[str, str]:
    """Return a row's cells as they are compared; what is blank is left out."""
    found = {key: said(content) for key, content in cells.items()}
    return {key: text for key, text in found.items() if text}


def tidied(text: str) -> str:
    """Return text without what no reader sees: one kind of line end, single spaces, composed letters, no blank ends.

    Programs that save a workbook differ in these, and none of them is anybody's edit. So are they in how often they
    escape what looks like an escape itself ("_x0041_").
    """
    while "_x" in text and (plain := _ESCAPED.sub(_unescaped, text)) != text:
        text = plain
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "\n" not in text and "\r" not in text:
        return " ".join(text.split())
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip("\n")


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter.isprintable() or letter in "\n\t" else " "
