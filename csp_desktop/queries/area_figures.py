"""Figures of wards and other areas as they were brought in, and which area each belongs to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, func, select

from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import THOUSAND
from csp_desktop.rules.folding import fold
from csp_desktop.rules.spans import Span
from csp_desktop.store import Store
from models.evidence import Area, AreaFigure, WardSet
from models.reoffending import Load
from models.terms import AreaKind, Topic

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of an area and a period. ``value`` is as given, None where only a numerator was.

    ``is_of_extract``: it was counted from a monthly extract of crimes, in which every crime of the month stands.
    """

    id: int
    version: int
    indicator: str
    topic: Topic | None
    area_name: str
    area_code: str
    area_kind: AreaKind
    ward_set: str
    period: str
    first_day: date | None
    last_day: date | None
    numerator: int | None
    denominator: int | None
    source: str
    value: Decimal | None
    is_of_extract: bool

    @property
    def span(self) -> Span | None:
        """The days it is of, None where they are not known."""
        return Span(self.first_day, self.last_day) if self.first_day and self.last_day else None

    @property
    def shown(self) -> Decimal | None:
        """The figure: as given, else worked out of numerator and denominator in per cent, else the numerator.

        None where it cannot be: of nobody there is no share.
        """
        if self.value is not None or self.numerator is None or self.denominator == 0:
            return self.value
        whole = self.denominator
        return Decimal(self.numerator) if whole is None else Decimal(self.numerator) * _PERCENT / whole


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """What is known of an indicator by one kind of area: how many figures, of which days."""

    indicator: str
    topic: Topic | None
    area_kind: AreaKind
    figures: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area of the register, with the name of its ward set ("" for none)."""

    id: int
    name: str
    code: str
    kind: AreaKind
    ward_set: str
    people: int | None


def list_indicators(store: Store) -> list[IndicatorRow]:
    """Return what figures there are, by indicator and kind of area, in the order of their names."""
    query = (
        select(
            AreaFigure.indicator,
            func.max(AreaFigure.topic),
            AreaFigure.area_kind,
            func.count(),
            func.min(AreaFigure.first_day),
            func.max(AreaFigure.last_day),
        )
        .group_by(AreaFigure.indicator, AreaFigure.area_kind)
        .order_by(func.lower(AreaFigure.indicator))
    )
    with store.read() as connection:
        rows = [IndicatorRow(*row) for row in connection.execute(query)]
    kinds = tuple(AreaKind)
    return sorted(rows, key=lambda row: (fold(row.indicator), kinds.index(row.area_kind)))


def newest_day(connection: Connection, indicator: str, kind: AreaKind) -> date | None:
    """Return the last day that an indicator has a figure of, None for none."""
    query = select(func.max(AreaFigure.last_day)).where(AreaFigure.indicator == indicator, AreaFigure.area_kind == kind)
    return connection.execute(query).scalar()


def figures_of(connection: Connection, indicator: str, kind: AreaKind, within: Span | None = None) -> list[FigureRow]:
    """Return an indicator's figures by one kind of area, in the order they came in.

    ``within`` leaves out those that reach out of it; figures whose days are not known stay.
    """
    query = _FIGURES.where(AreaFigure.indicator == indicator, AreaFigure.area_kind == kind)
    if within is not None:
        is_inside = (AreaFigure.first_day >= within.first) & (AreaFigure.last_day <= within.last)
        query = query.where(is_inside | AreaFigure.first_day.is_(None) | AreaFigure.last_day.is_(None))
    return _rows(connection, query)


def list_figures(store: Store) -> list[FigureRow]:
    """Return all figures, the newest period first."""
    with store.read() as connection:
        rows = _rows(connection, _FIGURES)
    return sorted(rows, key=lambda row: (-(row.last_day or date.min).toordinal(), fold(row.area_name)))


def newest_figures(store: Store, indicator: str, most: int) -> list[int]:
    """Return the ids of an indicator's figures, those of the newest periods and at most so many."""
    query = (
        select(AreaFigure.id)
        .where(AreaFigure.indicator == indicator)
        .order_by(AreaFigure.last_day.desc(), AreaFigure.id)
        .limit(most)
    )
    with store.read() as connection:
        return list(connection.execute(query).scalars())


def extracted(connection: Connection) -> frozenset[Span]:
    """Return the months that an extract of crimes was read for: an area without a row there had no such crime."""
    query = (
        select(AreaFigure.first_day, AreaFigure.last_day)
        .join(Load, Load.id == AreaFigure.load_id)
        .where(Load.register == Register.STREET_CRIME.value)
        .distinct()
    )
    return frozenset(Span(first, last) for first, last in connection.execute(query) if first and last)


_FIELDS = (
    AreaFigure.id, AreaFigure.version, AreaFigure.indicator, AreaFigure.topic, AreaFigure.area_name,
    AreaFigure.area_code, AreaFigure.area_kind, AreaFigure.ward_set, AreaFigure.period, AreaFigure.first_day,
    AreaFigure.last_day, AreaFigure.numerator, AreaFigure.denominator, AreaFigure.source,
)  # fmt: skip
_FIGURES: Select[*tuple[Any, ...]] = (
    select(*_FIELDS, AreaFigure.thousandths, Load.register)
    .outerjoin(Load, Load.id == AreaFigure.load_id)
    .order_by(AreaFigure.id)
)


def _rows(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[FigureRow]:
    found = []
    for *values, thousandths, register in connection.execute(query):
        value = None if thousandths is None else Decimal(thousandths) / THOUSAND
        row: tuple[Any, ...] = (*values, value, register == Register.STREET_CRIME.value)
        found.append(FigureRow(*row))
    return found


class Areas:
    """The areas and ward sets of the register, by what figures call them.

    A ward's figure belongs to the set that it names; else to the only set that holds its code; else to the set that
    held on the first day it is of. Names are matched without case, accents, signs and the word "ward".
    """

    def __init__(self, connection: Connection) -> None:
        sets = connection.execute(
            select(WardSet.name, WardSet.first_day, WardSet.last_day).order_by(WardSet.first_day, WardSet.id)
        )
        self._sets: list[tuple[str, date | None, date | None]] = [(row[0], row[1], row[2]) for row in sets]
        self._set_names = {fold(name): name for name, _first, _last in self._sets}
        self._by_code: dict[tuple[AreaKind, str], list[KnownArea]] = {}
        self._by_name: dict[tuple[AreaKind, str], list[KnownArea]] = {}
        query = (
            select(Area.id, Area.name, Area.code, Area.kind, func.coalesce(WardSet.name, ""), Area.population)
            .outerjoin(WardSet, WardSet.id == Area.ward_set_id)
            .order_by(Area.id)
        )
        for row in connection.execute(query):
            area = KnownArea(*row)
            self._by_name.setdefault((area.kind, name_key(area.name)), []).append(area)
            if area.code:
                self._by_code.setdefault((area.kind, fold(area.code)), []).append(area)

    @property
    def order(self) -> Mapping[str, int]:
        """The ward sets by name, with their place from the oldest to the newest."""
        return {name: place for place, (name, _first, _last) in enumerate(self._sets)}

    def set_of(self, figure: FigureRow) -> str:
        """Return the name of the ward set that a figure belongs to, "" for none, and for areas other than wards."""
        if figure.area_kind is not AreaKind.WARD:
            return ""
        if figure.ward_set:
            return self._set_names.get(fold(figure.ward_set), figure.ward_set)
        holding = {area.ward_set for area in self._by_code.get((AreaKind.WARD, fold(figure.area_code)), ())}
        if len(holding) == 1:
            return holding.pop()
        return next((name for name, first, last in self._sets if _held(figure.first_day, first, last)), "")

    def area_of(self, figure: FigureRow, ward_set: str) -> KnownArea | None:
        """Return the area that a figure is of: by its code, else by its name; None for one that is not known.

        Places are none: an extract of crimes has many of one name, each with the code of the small area it lies in.
        """
        if figure.area_kind is AreaKind.PLACE:
            return None
        coded = self._by_code.get((figure.area_kind, fold(figure.area_code)), ()) if figure.area_code else ()
        named = self._by_name.get((figure.area_kind, name_key(figure.area_name)), ())
        return _in_set(coded, figure.area_kind, ward_set) or _in_set(named, figure.area_kind, ward_set)


@lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """Return what an area's name is matched by: "Heckmondwike Ward" and "heckmondwike" are the same."""
    words = _NO_LETTER.sub(" ", fold(name).replace("&", " and ")).split()
    if len(words) > 1 and words[-1] == "ward":
        words.pop()
    return " ".join(words) or fold(name)


def _in_set(areas: Iterable[KnownArea], kind: AreaKind, ward_set: str) -> KnownArea | None:
    return next((area for area in areas if kind is not AreaKind.WARD or area.ward_set == ward_set), None)


def _held(day: date | None, first: date | None, last: date | None) -> bool:
    return day is not None and (first is None or first <= day) and (last is None or day <= last)
