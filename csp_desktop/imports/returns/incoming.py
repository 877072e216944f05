"""What of a returned row comes in: its record without the cells that do not, and what is asked for beside it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from csp_desktop.imports.changes import Amendment
from csp_desktop.imports.dates import DateValue
from csp_desktop.imports.merged import MergedCell, Verdict
from csp_desktop.imports.problems import Read
from csp_desktop.imports.records import ActionRecord
from csp_desktop.imports.returns.office import Office
from csp_desktop.imports.returns.row_merging import MergedRow, RowSides
from csp_desktop.imports.returns.three_way import joined
from csp_desktop.imports.returns.updates import Updates, day_in
from csp_desktop.rules.bodies import looks_like_organisation
from csp_desktop.rules.folding import fold
from csp_desktop.rules.names import Parties, PartyKind, split_names

_ATTRIBUTES = (
    "title",
    "lead",
    "supporting",
    "start",
    "due",
    "status",
    "success_measure",
    "update",
    "rag",
    "reason",
    "percent",
    "next_steps",
)
"""The columns that an owner fills in, by the names that a record's fields have."""

_EMPTIED: Mapping[str, Mapping[str, Any]] = {
    "start": {"start": None, "start_text": ""},
    "due": {"forecast_due": None, "due_kind": None, "due_text": ""},
    "lead": {"lead_person_id": None, "lead_organisation_id": None, "lead_text": ""},
    "success_measure": {"success_measure": ""},
    "percent": {"percent": None},
}
"""The columns of an action that an emptied cell empties."""


class Incoming:
    """Makes of a merged row what the store is asked for."""

    def __init__(self, office: Office, updates: Updates) -> None:
        self._office = office
        self._updates = updates

    def record(self, record: ActionRecord, merged: MergedRow, action_id: int) -> ActionRecord:
        """Return a row's record with what comes in of it alone; the rest of its action stays as it is."""
        kept: dict[str, Any] = dict.fromkeys(_ATTRIBUTES)
        cells = {cell.key: cell for cell in merged.cells if cell.is_applied and cell.said}
        for key, cell in cells.items():
            if key in _ATTRIBUTES:
                kept[key] = self._read(record, cell)
        present_lead = self._office.mine[action_id].get("lead", "")
        if kept["lead"] is not None and fold(_first(kept["lead"].value)) == fold(present_lead):
            # the officer who leads already, whoever else bears the name; the others come to those who support
            others = "; ".join(party.name for party in kept["lead"].value.names[1:])
            kept["lead"] = None
            if others and kept["supporting"] is None:
                supporting = self._office.mine[action_id].get("supporting", "")
                kept["supporting"] = self._names(f"{supporting}; {others}", "")
        if kept["lead"] is not None and len(kept["lead"].value.names) > 1 and kept["supporting"] is None:
            # whoever is named beside the lead comes to those who support the action already
            kept["supporting"] = self._names(self._office.mine[action_id].get("supporting", ""), "")
        present = str(self._office.known.actions[action_id].values["title"])
        title = kept.pop("title") or Read(present, present, record.title.cell)
        recovery = kept["reason"] is not None and day_in(kept["reason"].text)
        return replace(
            record,
            **kept,
            title=title,
            our_ref="",
            source_ref=None,
            objective=None,
            baseline_due=None,
            recovery_date=Read(DateValue(recovery, recovery), "", title.cell) if recovery else None,
        )

    def _read(self, record: ActionRecord, cell: MergedCell) -> Read[Any]:
        """Return the reading of a cell that comes in, alone or with what the office holds before it."""
        read: Read[Any] = getattr(record, cell.key)
        if cell.verdict is not Verdict.JOINED:
            return read if cell.key != "title" else Read(" ".join(read.text.split()), read.text, read.cell)
        if cell.key == "supporting":
            return self._names(f"{cell.mine}; {cell.theirs}", cell.cell)
        text = joined(cell.mine, cell.theirs, on_one_line=cell.key == "title")
        return Read(text, text, cell.cell)

    def _names(self, text: str, cell: str) -> Read[Parties]:
        return Read(split_names(text, self._office.people.organisations), text, cell)

    def amendment(self, sides: RowSides, record: ActionRecord, merged: MergedRow) -> Amendment:
        """Return what a row asks for beside its record: what is emptied, its update, what is settled by it."""
        values: dict[str, Any] = {}
        emptied = {cell.key for cell in merged.cells if cell.verdict is Verdict.TAKEN and not cell.said}
        for key in emptied:
            values |= _EMPTIED.get(key, {})
        if record.due is not None and record.due.value is not None and record.due.value.kind is not None:
            values["forecast_due"] = None  # "Ongoing" in the place of a date
        if record.lead is not None and record.lead.value is not None and _is_body(record.lead.value):
            values["lead_person_id"] = None
        return Amendment(
            values=values,
            supporters=() if "supporting" in emptied else None,
            update=self._updates.of(sides, record, {cell.key: cell for cell in merged.cells}),
            replaces_update=sides.base is not None,
            settles=merged.settles,
            agrees=merged.agrees,
        )


def _first(parties: Parties) -> str:
    """Return the name that leads, "" where none does."""
    return parties.names[0].name if parties.names else ""


def _is_body(parties: Parties) -> bool:
    """Say whether the first that leads is an organisation, and so takes the place of the officer who led."""
    first = parties.names[0] if parties.names else None
    return first is not None and (first.kind is PartyKind.ORGANISATION or looks_like_organisation(first.name))
