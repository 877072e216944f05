"""The layout of an update workbook: its sheets, its columns in their order, and the marks it is known again by.

The writer lays a workbook out by this; the merge reads one back by it. A row above the headings, hidden, names each
column by its key, so that a column is known however it is headed or moved.
"""

import re
import zlib
from dataclasses import dataclass

from models.vocabulary import Word

ACTIONS_SHEET, MILESTONES_SHEET, HIDDEN_SHEET = "Actions", "Milestones", "_csp"
PROPERTY = "CSP export"
"""The name of the document property that holds the export's key."""

HEAD_MARK = "csp-update-workbook"
"""What cell A1 of the hidden sheet says."""

BASE_FROM = 20
"""The row of the hidden sheet that the base begins in; above it stand names and values, one pair a row."""

STORE_MARK = "store_mark"
"""The name of the setting by which a store knows its own workbooks."""

ROW_ID = "_rid"
_KEY = re.compile(r"\s*(EXP-\d{4,}-[0-9a-f]{8})(?:\s+([a-z_.]+))?\s*\Z")
_ROW_KEY = re.compile(r"\s*([AM])(\d{1,12})([b-z]{2})\s*\Z")
_LETTERS = "bcdfghjklmnpqrstvwxz"


class Kind(Word):
    """What the cells of a column hold."""

    REF = "ref"
    TEXT = "text"
    NAMES = "names"
    DATE = "date"
    STATUS = "status"
    RAG = "rag"
    PERCENT = "percent"
    NUMBER = "number"
    ROW_ID = "row_id"


@dataclass(frozen=True, slots=True)
class UpdateColumn:
    """A column of an update workbook. ``key`` is stored; ``width`` is in characters.

    ``posts``: its cells are part of the owner's dated update, and start empty or as they stand now.
    """

    key: str
    heading: str
    kind: Kind
    width: float
    is_read_only: bool = False
    posts: bool = False


ACTION_COLUMNS = (
    UpdateColumn("ref", "Ref", Kind.REF, 11, is_read_only=True),
    UpdateColumn("theme", "Theme", Kind.TEXT, 18, is_read_only=True),
    UpdateColumn("objective", "Objective", Kind.TEXT, 15, is_read_only=True),
    UpdateColumn("title", "Action", Kind.TEXT, 32),
    UpdateColumn("lead", "Lead officer", Kind.NAMES, 17),
    UpdateColumn("supporting", "Supporting", Kind.NAMES, 20),
    UpdateColumn("start", "Start", Kind.DATE, 13),
    UpdateColumn("baseline_due", "Due (original)", Kind.DATE, 13, is_read_only=True),
    UpdateColumn("due", "Due (forecast)", Kind.DATE, 13),
    UpdateColumn("status", "Status", Kind.STATUS, 13),
    UpdateColumn("success_measure", "Success measure", Kind.TEXT, 26),
    UpdateColumn("last_update", "Last update", Kind.TEXT, 38, is_read_only=True),
    UpdateColumn("last_rag", "Last RAG", Kind.RAG, 11, is_read_only=True),
    UpdateColumn("update", "Your update", Kind.TEXT, 42, posts=True),
    UpdateColumn("rag", "Your RAG", Kind.RAG, 11, posts=True),
    UpdateColumn("reason", "Reason and recovery date", Kind.TEXT, 28, posts=True),
    UpdateColumn("percent", "Percent done", Kind.PERCENT, 11, posts=True),
    UpdateColumn("next_steps", "Next steps", Kind.TEXT, 32, posts=True),
    UpdateColumn(ROW_ID, ROW_ID, Kind.ROW_ID, 8, is_read_only=True),
)
"""The columns of the actions, the hidden row id last."""

MILESTONE_COLUMNS = (
    UpdateColumn("milestone.ref", "Ref", Kind.REF, 11),
    UpdateColumn("milestone.action", "Action", Kind.TEXT, 44, is_read_only=True),
    UpdateColumn("milestone.title", "Milestone", Kind.TEXT, 44),
    UpdateColumn("milestone.baseline_due", "Due (original)", Kind.DATE, 13, is_read_only=True),
    UpdateColumn("milestone.due", "Due (forecast)", Kind.DATE, 13),
    UpdateColumn("milestone.status", "Status", Kind.STATUS, 13),
    UpdateColumn("milestone.actual_end", "Reached on", Kind.DATE, 13),
    UpdateColumn("milestone." + ROW_ID, ROW_ID, Kind.ROW_ID, 8, is_read_only=True),
)
"""The columns of the milestones: a row's Ref says which action it is of."""

COLUMNS = {column.key: column for column in (*ACTION_COLUMNS, *MILESTONE_COLUMNS)}


def column_mark(export_key: str, column_key: str) -> str:
    """Return what the hidden row says above a column: the export's key and the column's."""
    return f"{export_key} {column_key}"


def read_mark(text: str) -> tuple[str, str] | None:
    """Return the export's key and the column's ("" where there is none) of a mark; None for any other text."""
    found = _KEY.match(text)
    return (found[1], found[2] or "") if found else None


def action_row(export_key: str, action_id: int) -> str:
    """Return the row id of an action in one workbook: no fill handle counts it up, and no other workbook has it."""
    return f"A{action_id}{_check(export_key, f'A{action_id}')}"


def milestone_row(export_key: str, milestone_id: int) -> str:
    """Return the row id of a milestone in one workbook."""
    return f"M{milestone_id}{_check(export_key, f'M{milestone_id}')}"


def row_number(export_key: str, text: str) -> tuple[str, int] | None:
    """Return the letter ("A" or "M") and the id that a row id of this workbook names; None for any other text."""
    found = _ROW_KEY.match(text)
    if found is None or found[3] != _check(export_key, f"{found[1]}{found[2]}"):
        return None
    return found[1], int(found[2])


def _check(export_key: str, row: str) -> str:
    high, low = divmod(zlib.crc32(f"{export_key} {row}".encode()) % len(_LETTERS) ** 2, len(_LETTERS))
    return _LETTERS[high] + _LETTERS[low]
