"""The cells of a row of any other workbook that would change an action, each to be taken or kept out by itself.

Two sides are known, the file's and the office's: a cell is taken unless somebody keeps it out, and a blank one clears
nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from csp_desktop.imports.changes import RowChange
from csp_desktop.imports.merged import MergedCell, Verdict
from csp_desktop.imports.problems import Read
from csp_desktop.imports.records import ActionRecord
from models.vocabulary import CellChoice

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "theme": ("theme",),
    "theme_text": ("theme",),
    "objective": ("objective",),
    "lead_officer": ("lead", "lead_partner"),
    "lead_partner": ("lead_partner", "lead"),
    "supporting_people": ("supporting", "supporting_partners", "lead"),
    "supporting_partners": ("supporting_partners", "supporting", "lead_partner"),
    "start": ("start",),
    "baseline_due": ("baseline_due", "due"),
    "forecast_due": ("due", "baseline_due"),
    "due_kind": ("due",),
    "due_text": ("due",),
    "review_date": ("review_date",),
    "actual_end": ("actual_end",),
    "status": ("status", "rag"),
    "percent": ("percent",),
    "rag": ("rag", "status", "updates"),
    "latest_update": ("update", "updates"),
    "update": ("update", "updates"),
    "next_steps": ("next_steps",),
    "reason": ("reason",),
    "recovery_date": ("recovery_date",),
    "help_needed": ("help_needed",),
    "success_measure": ("success_measure",),
    "description": ("description",),
    "resources": ("resources",),
}
"""By the name of a changed field, the fields of a record that it can come from, the likeliest first."""


def without(record: ActionRecord, keys: Iterable[str], present_title: str) -> ActionRecord:
    """Return a row's record without the cells that somebody keeps out; ``keys`` are the record's fields.

    A row always has a title: in the place of one that is kept out stands the action's own.
    """
    gone: dict[str, Any] = {}
    for key in keys:
        if key == "theme":
            gone["theme_text"] = ""
        elif key == "updates":
            gone["updates"] = ()
        elif key == "title":
            gone["title"] = replace(record.title, value=present_title)
        else:
            gone[key] = None
    return replace(record, **gone)


def cells_of(record: ActionRecord, change: RowChange, choices: Mapping[str, CellChoice]) -> Iterator[MergedCell]:
    """Yield the cells that change an action, once each. ``choices``: a record's field to what was decided of it."""
    told: set[str] = set()
    for name, (old, new) in change.shown.items():
        key = next((each for each in FIELDS.get(name, ()) if _says(record, each)), "")
        if not key or key in told:
            continue
        told.add(key)
        choice = choices.get(key)
        read = getattr(record, key, None)
        yield MergedCell(
            key=key,
            field=name,
            heading=name.replace("_", " ").capitalize(),
            cell=read.cell if isinstance(read, Read) else "",
            base="",
            theirs="" if new is None else str(new),
            mine="" if old is None else str(old),
            verdict=Verdict.KEPT if choice is CellChoice.MINE else Verdict.TAKEN,
            sides=(None, new, old),
            choice=choice,
        )


def _says(record: ActionRecord, key: str) -> bool:
    return bool(record.theme_text) if key == "theme" else bool(getattr(record, key))
