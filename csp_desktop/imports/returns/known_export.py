"""What the store knows of the workbook that a file is: what it said, what was settled of it, when it came back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from csp_desktop.exports.layout import BASE_FROM, STORE_MARK, row_number
from csp_desktop.imports.grid import SheetGrid, WorkbookGrid, text_of
from csp_desktop.imports.returns.sheets import hidden_sheet, hidden_values
from csp_desktop.imports.wanted import Someone
from csp_desktop.store import Store, is_undone
from models.exports import ExportSnapshot, SettledCell, WorkbookReturn
from models.people import Organisation, Person
from models.plan import Plan
from models.records import Setting
from models.vocabulary import CellChoice, ExportScope

Base = Mapping[str, Mapping[str, str | None]]


@dataclass(frozen=True, slots=True)
class KnownExport:
    """An export with its base: row key to column to what the cell said, None for words that were erased.

    ``id`` is None where only the workbook itself tells of it. ``taken``: (row key, column) to what the owner's cell
    said when it was last brought in; ``kept``: to the words of the owner's that were decided against. ``hashes`` are
    those of the files that came back; ``is_again``: the file in hand is one of them.
    """

    key: str
    id: int | None = None
    plan_id: int | None = None
    base: Base = field(default_factory=dict)
    owner: Someone | None = None
    period: str = ""
    period_end: date | None = None
    exported_on: date | None = None
    wanted_back: date | None = None
    newer_on: date | None = None
    times_before: int = 0
    from_workbook: bool = False
    hashes: frozenset[str] = frozenset()
    is_again: bool = False
    taken: Mapping[tuple[str, str], str] = field(default_factory=dict)
    kept: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


def known_export(store: Store, grid: WorkbookGrid, key: str) -> KnownExport | None:
    """Return the export of a key: as this store kept it, else as the workbook carries it where it is of this store."""
    with store.read() as connection:
        found = connection.execute(_export(key)).first()
        if found is not None:
            return _from_store(connection, found)
        mark = connection.scalar(select(Setting.value).where(Setting.key == STORE_MARK))
        return _from_workbook(connection, grid, key, str((mark or {}).get("mark", "")))


def _export(key: str) -> Select[Any]:
    return (
        select(
            ExportSnapshot.__table__,
            Person.name.label("person"),
            Organisation.name.label("organisation"),
        )
        .outerjoin(Person, Person.id == ExportSnapshot.owner_person_id)
        .outerjoin(Organisation, Organisation.id == ExportSnapshot.owner_organisation_id)
        .where(ExportSnapshot.key == key)
    )


def _from_store(connection: Connection, found: Row[Any]) -> KnownExport:
    taken, kept = _settled(connection, found.id)
    hashes = _returns(connection, found.id)
    owner = None
    if found.owner_person_id is not None:
        owner = Someone(found.person, f"p{found.owner_person_id}", person_id=found.owner_person_id)
    elif found.owner_organisation_id is not None:
        body = found.owner_organisation_id
        owner = Someone(found.organisation, f"o{body}", is_organisation=True, organisation_id=body)
    return KnownExport(
        key=found.key,
        id=found.id,
        plan_id=found.plan_id,
        base=found.base,
        owner=owner,
        period=found.period,
        period_end=found.period_end,
        exported_on=found.exported_on,
        wanted_back=found.wanted_back,
        newer_on=_newer_on(connection, found),
        times_before=len(hashes),
        hashes=frozenset(hashes),
        taken=taken,
        kept=kept,
    )


def _newer_on(connection: Connection, found: Row[Any]) -> date | None:
    """Return the day the newest workbook of the same plan, owner and theme went out, None where this is it."""
    query = select(func.max(ExportSnapshot.exported_on)).where(
        ExportSnapshot.id > found.id,
        ExportSnapshot.plan_id == found.plan_id,
        ExportSnapshot.scope == ExportScope(found.scope),
        func.coalesce(ExportSnapshot.owner_person_id, 0) == (found.owner_person_id or 0),
        func.coalesce(ExportSnapshot.owner_organisation_id, 0) == (found.owner_organisation_id or 0),
        func.coalesce(ExportSnapshot.theme_id, 0) == (found.theme_id or 0),
    )
    return connection.scalar(query)


def _returns(connection: Connection, export_id: int) -> list[str]:
    """Return the hash of each file that came back and was not taken back."""
    query = select(WorkbookReturn.entry_id, WorkbookReturn.file_hash).where(WorkbookReturn.export_id == export_id)
    return [file_hash for entry, file_hash in connection.execute(query).all() if not is_undone(connection, entry)]


def _settled(
    connection: Connection, export_id: int
) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], tuple[str, ...]]]:
    """Return what was taken of each cell last, and the words of each that were decided against since."""
    taken: dict[tuple[str, str], str] = {}
    kept: dict[tuple[str, str], tuple[str, ...]] = {}
    query = (
        select(SettledCell.row_key, SettledCell.column, SettledCell.said, SettledCell.choice)
        .where(SettledCell.export_id == export_id)
        .order_by(SettledCell.id)
    )
    for row in connection.execute(query):
        place = (row.row_key, row.column)
        if row.choice is CellChoice.MINE:
            kept[place] = (*kept.get(place, ()), row.said)
        else:
            taken[place] = row.said
            kept.pop(place, None)
    return taken, kept


def _from_workbook(connection: Connection, grid: WorkbookGrid, key: str, own_mark: str) -> KnownExport | None:
    """Return what the workbook's hidden sheet tells, where it went out from this store (before a backup came back)."""
    sheet = hidden_sheet(grid)
    if sheet is None or not own_mark:
        return None
    told = hidden_values(sheet, BASE_FROM)
    if told.get("store") != own_mark or told.get("export") != key:
        return None
    plan_id = connection.scalar(select(Plan.id).where(Plan.key == told.get("plan", "")))
    base = _carried_base(sheet, key)
    if plan_id is None or not base:
        return None
    return KnownExport(
        key=key,
        plan_id=plan_id,
        base=base,
        period=told.get("period", ""),
        period_end=_day(told.get("period_end", "")),
        exported_on=_day(told.get("exported_on", "")),
        wanted_back=_day(told.get("wanted_back", "")),
        from_workbook=True,
    )


def _carried_base(sheet: SheetGrid, key: str) -> dict[str, dict[str, str | None]]:
    """Return the base that a hidden sheet carries; rows that make no sense are left out."""
    base: dict[str, dict[str, str | None]] = {}
    for row, values in sheet.rows.items():
        if row < BASE_FROM:
            continue
        name = text_of(values[0])
        try:
            cells = json.loads("".join(value for value in values[1:] if isinstance(value, str)))
        except ValueError:
            continue
        is_row = bool(name) and (name[1:].isdecimal() or row_number(key, name) is not None)
        if is_row and isinstance(cells, dict) and all(isinstance(each, str) for each in cells.values()):
            base[name] = cells
    return base


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
