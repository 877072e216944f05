"""Monthly street-level crime extracts: one row is one crime, and no crime is stored. They are counted as they come.

Each is counted by its ward, where the register of areas says in which ward its small area (LSOA) lies, else by the
small area; and by the place that it was moved to ("On or near Station Road"; the extracts move every crime to one of a
list of points, so a place stands for what is around it). Source: data.police.uk, "About the data".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from csp_desktop.imports.registers.entries import Entry
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import THOUSAND
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.evidence import Area, AreaFigure, WardSet
from models.reoffending import Load
from models.terms import AreaKind, Topic

SOURCE = "street-level crime extract"
UNKNOWN_AREA, UNKNOWN_PLACE = "Unknown area", "Unknown place"
_NEAR = re.compile(r"^on or near\s+", re.IGNORECASE)
_NOWHERE = frozenset({"", "no location", "on or near", "unknown"})
_TOPICS = {
    # the extracts do not say which kind of anti-social behaviour it was; nuisance is much the commonest
    "anti-social behaviour": Topic.ASB_NUISANCE,
    "drugs": Topic.SUBSTANCE_MISUSE,
}
_IDENTITY = ("indicator", "area_kind", "area_code", "area_name", "ward_set", "period")
Identity = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ward:
    """The ward that a small area lies in."""

    name: str
    code: str
    ward_set: str


def wards_of_small_areas(connection: Connection) -> Mapping[str, Ward]:
    """Return the ward of each small area whose code and ward the register of areas knows, by that code."""
    ward = aliased(Area)
    query = (
        select(Area.code, ward.name, ward.code, WardSet.name)
        .join(ward, ward.id == Area.ward_id)
        .outerjoin(WardSet, WardSet.id == ward.ward_set_id)
        .where(Area.kind == AreaKind.SMALL_AREA, Area.code != "")
    )
    return {
        code: Ward(name, ward_code, ward_set or "") for code, name, ward_code, ward_set in connection.execute(query)
    }


@dataclass(slots=True)
class StreetCounts:
    """Counts crimes into figures, and lays those out in ``layout`` once all were seen."""

    store: Store
    layout: Any
    wards: Mapping[str, Ward]
    _counts: dict[Identity, Entry] = field(default_factory=dict)

    @property
    def crimes(self) -> int:
        """Return how many crimes were counted."""
        by_place = (entry for entry in self._counts.values() if entry.values["area_kind"] == AreaKind.PLACE.value)
        return sum(int(entry.values["thousandths"]) for entry in by_place) // THOUSAND

    @property
    def figures(self) -> int:
        """Return how many figures came of them."""
        return len(self._counts)

    def add(self, entry: Entry) -> None:
        """Count a crime."""
        values = entry.values
        code, name = values.get("lsoa_code", ""), values.get("lsoa_name", "")
        ward = self.wards.get(code)
        place = _NEAR.sub("", values.get("location", "")).strip()
        where = UNKNOWN_PLACE if fold(values.get("location", "")) in _NOWHERE or not place else place
        area = (AreaKind.SMALL_AREA, code, name or code or UNKNOWN_AREA, "")
        if ward is not None:
            area = (AreaKind.WARD, ward.code, ward.name, ward.ward_set)
        self._count(entry, area)
        self._count(entry, (AreaKind.PLACE, code, where, ""))

    def _count(self, entry: Entry, area: tuple[AreaKind, str, str, str]) -> None:
        values = entry.values
        kind, code, name, ward_set = area
        identity = (values["category"], kind.value, code, name, ward_set, values["period"])
        found = self._counts.get(identity)
        if found is None:
            figure = dict(zip(_IDENTITY, identity, strict=True)) | {
                "topic": _TOPICS.get(fold(values["category"]), Topic.CRIME).value,
                "first_day": values["first_day"],
                "last_day": values["last_day"],
                "thousandths": 0,
                "source": SOURCE,
            }
            found = self._counts[identity] = Entry(entry.sheet, entry.row, figure, [])
        found.values["thousandths"] += THOUSAND

    def thin(self) -> None:
        """Keep what is held: it grows with the areas, not with the crimes."""

    def write(self) -> None:
        """Lay the figures out, and noughts for those that the extract has taken out of an area and month it holds."""
        covered = {_coverage(identity): entry for identity, entry in self._counts.items()}
        for identity, figure in self._stored().items():
            entry = covered.get(_coverage(identity))
            if entry is not None and identity not in self._counts:
                self._counts[identity] = Entry(entry.sheet, entry.row, figure, [])
        for entry in self._counts.values():
            self.layout.add(entry)
            self.layout.thin()
        self.layout.write()

    def _stored(self) -> dict[Identity, dict[str, Any]]:
        """Return the figures of these months that an extract brought, each as a nought of it."""
        periods = {identity[-1] for identity in self._counts}
        columns = AreaFigure.__table__.c
        query = (
            select(*(columns[name] for name in (*_IDENTITY, "topic", "first_day", "last_day")))
            .join(Load, Load.id == AreaFigure.load_id)
            .where(Load.register == Register.STREET_CRIME.value, AreaFigure.period.in_(periods))
        )
        with self.store.read() as connection:
            rows = connection.execute(query).mappings().all()
        found = {}
        for row in rows:
            plain = {name: row[name] if isinstance(row[name], str) else str(row[name]) for name in _IDENTITY}
            figure = plain | {
                "topic": row["topic"].value if row["topic"] else None,
                "first_day": row["first_day"].isoformat(),
                "last_day": row["last_day"].isoformat(),
                "thousandths": 0,
                "source": SOURCE,
            }
            found[tuple(str(plain[name]) for name in _IDENTITY)] = figure
        return found


def _coverage(identity: Identity) -> Identity:
    """Return what an extract holds all crimes of, where it holds one: an area, or the places of a small area."""
    _indicator, kind, code, name, ward_set, period = identity
    return (kind, code, "" if kind == AreaKind.PLACE.value else name, ward_set, period)
