"""Areas ranked by a figure: where most of it happens, what share that is, and what changed since the year before."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Connection

from csp_desktop.queries.area_figures import Areas, FigureRow, KnownArea, extracted, figures_of, name_key, newest_day
from csp_desktop.rules.folding import fold
from csp_desktop.rules.periods import MONTHS_IN_YEAR, Period, add_months
from csp_desktop.rules.ranking import ranks, rate, shares
from csp_desktop.rules.spans import Span, made_up_of, steps, year_to
from csp_desktop.store import Store
from models.terms import AreaKind

PER_PEOPLE = 1_000
_NO_COUNT = re.compile(
    r"%|\bper cent\b|\bpercent(?:age)?\b|\brates?\b|\bper [\d,]+|\baverage\b|\bmean\b|\bscore\b|\bindex\b|"
    r"\bproportion\b|\bshare\b|\bdecile\b|\brank\b"
)
_NOWHERE = frozenset({"unknown area", "unknown place", "no location", "unknown", "not known"})
_Values = dict[Span, Decimal]


@dataclass(frozen=True, slots=True)
class HotspotRow:
    """An area's figure in the period. ``share`` is of the sum of all areas (0 to 1), ``per_people`` for every 1,000.

    ``before`` and ``rank_before`` are of the same period a year earlier, None where that is not known or cannot be
    compared. ``run`` are the figures one after the other, from a year before the period to its end; None is a gap.
    """

    id: int
    name: str
    code: str
    rank: int
    value: Decimal
    share: Decimal | None
    people: int | None
    per_people: Decimal | None
    before: Decimal | None
    rank_before: int | None
    run: tuple[Decimal | None, ...]

    @property
    def change(self) -> Decimal | None:
        """By how much the figure changed since the year before."""
        return None if self.before is None else self.value - self.before

    @property
    def climbed(self) -> int | None:
        """How many ranks it went up since the year before, below 0 for down."""
        return None if self.rank_before is None else self.rank_before - self.rank


@dataclass(frozen=True, slots=True)
class Hotspots:
    """The ranked areas, the highest figure first. ``is_counted``: figures of several months and areas can be added.

    ``ward_set`` is the set of wards they are of, "" for none; ``ward_sets`` all those with figures. ``spans`` are what
    each area's ``run`` is of. ``notes`` say in sentences what was left out, and why nothing is compared.
    """

    indicator: str
    area_kind: AreaKind
    is_counted: bool
    ward_set: str
    ward_sets: tuple[str, ...]
    period: Span | None
    spans: tuple[Span, ...]
    rows: tuple[HotspotRow, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def total(self) -> Decimal | None:
        """The sum of all areas, None for figures that cannot be added."""
        return sum((row.value for row in self.rows), Decimal(0)) if self.is_counted else None


@dataclass(frozen=True, slots=True)
class AreaRef:
    """An area as a ranking calls it. Places of one name are told apart by their code."""

    kind: AreaKind
    name: str
    code: str = ""
    ward_set: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """An area's figures one after the other; None is a gap."""

    name: str
    spans: tuple[Span, ...]
    values: tuple[Decimal | None, ...]


def hotspots(
    store: Store, indicator: str, period: Period | None, area_kind: AreaKind, ward_set: str | None = None
) -> Hotspots:
    """Rank the areas of a kind by an indicator over a period; None: the last twelve months that there are figures of.

    Counts are added up over the period. Rates and averages cannot be: of them the last figure within the period stands.
    Wards are ranked within one set, by default the set of the newest figures; other sets are left out and named.
    Areas of equal figures share a rank.
    """
    with store.read() as connection:
        within = _within(connection, indicator, area_kind, period)
        figures = figures_of(connection, indicator, area_kind, within)
        gathered = _gather(figures, Areas(connection), extracted(connection))
    chosen = gathered.newest_set() if ward_set is None else ward_set
    return _Ranking(indicator, area_kind, gathered, chosen).ranked(period)


def _within(connection: Connection, indicator: str, kind: AreaKind, period: Period | None) -> Span | None:
    """Return the days that a ranking needs figures of, None for all.

    The last twelve months of an older set of wards may lie long before those of the newest: all are read of wards.
    """
    if period is None and kind is AreaKind.WARD:
        return None
    last = period.last_day if period else newest_day(connection, indicator, kind)
    first = period.first_day if period else last
    return Span(add_months(first, -2 * MONTHS_IN_YEAR), last) if first and last else None


def trend(store: Store, indicator: str, area: AreaRef) -> Trend:
    """Return all of an area's figures; gaps stay gaps. Nothing where no figure is of it."""
    with store.read() as connection:
        gathered = _gather(figures_of(connection, indicator, area.kind), Areas(connection), extracted(connection))
    places = gathered.sets.get(area.ward_set, {}).values()
    alike = [place for place in places if name_key(place.name) == name_key(area.name)]
    place = next((place for place in alike if place.code == area.code), next(iter(alike), None))
    if place is None:
        return Trend(area.name, (), ())
    known = place.known(gathered.extracted)
    own = made_up_of(known, Span(min(span.first for span in known), max(span.last for span in known)))
    spans = steps(own[-1], own[0].first) if own else ()
    return Trend(place.name, spans, tuple(place.at(span, gathered.extracted) for span in spans))


@dataclass(slots=True)
class _Place:
    """An area with its figures by what they are of."""

    name: str
    code: str
    people: int | None
    values: _Values = field(default_factory=dict)
    is_of_extract: bool = True

    def known(self, read: frozenset[Span]) -> frozenset[Span]:
        """Return the spans that something is known of."""
        return (read if self.is_of_extract else frozenset()).union(self.values)

    def at(self, span: Span, read: frozenset[Span]) -> Decimal | None:
        """Return the figure of a span; of a month whose extract was read, no row means that nothing happened."""
        found = self.values.get(span)
        return Decimal(0) if found is None and self.is_of_extract and span in read else found


@dataclass(slots=True)
class _Gathered:
    """An indicator's figures by ward set and area, and what could not be placed."""

    extracted: frozenset[Span]
    order: Mapping[str, int]
    sets: dict[str, dict[object, _Place]] = field(default_factory=dict)
    is_counted: bool = True
    without_days: int = 0
    twice: int = 0
    nowhere: Decimal = Decimal(0)
    sources: dict[str, None] = field(default_factory=dict)

    def newest_set(self) -> str:
        """Return the ward set of the newest figures; of two the set that began later."""

        def newest(name: str) -> tuple[object, int]:
            return max(span.last for place in self.sets[name].values() for span in place.values), self.order.get(
                name, -1
            )

        return max(self.sets, key=newest, default="")


def _gather(figures: Iterable[FigureRow], areas: Areas, read: frozenset[Span]) -> _Gathered:
    gathered = _Gathered(read, areas.order)
    for figure in figures:
        value, span = figure.shown, figure.span
        if value is None:
            continue
        if span is None or not span.months:
            gathered.without_days += 1
            continue
        if fold(figure.area_name) in _NOWHERE:
            gathered.nowhere += value
            continue
        ward_set = areas.set_of(figure)
        _put(gathered, ward_set, areas.area_of(figure, ward_set), figure, value)
        if (
            figure.denominator is not None
            or value != value.to_integral_value()
            or _NO_COUNT.search(fold(figure.indicator))
        ):
            gathered.is_counted = False
    return gathered


def _put(gathered: _Gathered, ward_set: str, area: KnownArea | None, figure: FigureRow, value: Decimal) -> None:
    key: object = area.id if area else (name_key(figure.area_name), _code_of_place(figure))
    place = gathered.sets.setdefault(ward_set, {}).get(key)
    if place is None:
        name, code, people = (area.name, area.code, area.people) if area else (figure.area_name, figure.area_code, None)
        place = gathered.sets[ward_set][key] = _Place(name, code, people)
    span = figure.span
    if span is not None:
        gathered.twice += span in place.values
        place.values[span] = value
    place.is_of_extract &= figure.is_of_extract
    if figure.source:
        gathered.sources[figure.source] = None


def _code_of_place(figure: FigureRow) -> str:
    """Return what tells places of one name apart: extracts give the small area that a place lies in."""
    return figure.area_code if figure.area_kind is AreaKind.PLACE else ""


class _Ranking:
    """Ranks the areas of one set."""

    def __init__(self, indicator: str, kind: AreaKind, gathered: _Gathered, ward_set: str) -> None:
        self._indicator = indicator
        self._kind = kind
        self._gathered = gathered
        self._set = ward_set
        self._places = list(gathered.sets.get(ward_set, {}).values())

    def ranked(self, period: Period | None) -> Hotspots:
        known = {span for place in self._places for span in place.known(self._gathered.extracted)}
        whole = self._whole(known, period)
        parts = made_up_of(known, whole) if whole else ()
        if not self._gathered.is_counted:
            parts = parts[-1:]
        run = steps(parts[-1], whole.back(MONTHS_IN_YEAR).first) if whole and parts else ()
        before = tuple(part.back(MONTHS_IN_YEAR) for part in parts)
        can_compare = bool(parts) and known.issuperset(before)
        return Hotspots(
            indicator=self._indicator,
            area_kind=self._kind,
            is_counted=self._gathered.is_counted,
            ward_set=self._set,
            ward_sets=tuple(sorted(self._gathered.sets, key=lambda name: self._gathered.order.get(name, -1))),
            period=Span(parts[0].first, parts[-1].last) if parts else None,
            spans=run,
            rows=self._rows(parts, before if can_compare else (), run),
            notes=tuple(self._notes(whole, parts, before, can_compare)),
            sources=tuple(self._gathered.sources),
        )

    def _whole(self, known: Iterable[Span], period: Period | None) -> Span | None:
        if period is not None:
            return Span(period.first_day, period.last_day)
        last = max((span.last for span in known), default=None)
        return None if last is None else year_to(last)

    def _rows(self, parts: Sequence[Span], before: Sequence[Span], run: Sequence[Span]) -> tuple[HotspotRow, ...]:
        found = [(place, value) for place in self._places if (value := self._sum(place, parts)) is not None]
        found.sort(key=lambda pair: (-pair[1], fold(pair[0].name)))
        values = [value for _place, value in found]
        earlier = {
            id(place): value for place in self._places if (value := self._before(place, parts, before)) is not None
        }
        ranked_before = dict(zip(earlier, ranks(list(earlier.values())), strict=True))
        whole = shares(values) if self._gathered.is_counted else [None] * len(values)
        read = self._gathered.extracted
        return tuple(
            HotspotRow(
                id=at,
                name=place.name,
                code=place.code,
                rank=rank,
                value=value,
                share=share,
                people=place.people,
                per_people=rate(value, place.people, PER_PEOPLE) if self._gathered.is_counted else None,
                before=earlier.get(id(place)),
                rank_before=ranked_before.get(id(place)),
                run=tuple(place.at(span, read) for span in run),
            )
            for at, ((place, value), rank, share) in enumerate(zip(found, ranks(values), whole, strict=True), start=1)
        )

    def _sum(self, place: _Place, spans: Sequence[Span]) -> Decimal | None:
        """Return what an area counts in these spans, None where it has no figure in any of them."""
        found = [value for span in spans if (value := place.at(span, self._gathered.extracted)) is not None]
        return sum(found, Decimal(0)) if found else None

    def _before(self, place: _Place, parts: Sequence[Span], before: Sequence[Span]) -> Decimal | None:
        """Return what an area counted a year before, None where that is of other months than now."""
        read = self._gathered.extracted
        pairs = zip(parts, before, strict=bool(before))
        is_alike = all((place.at(now, read) is None) == (place.at(then, read) is None) for now, then in pairs)
        return self._sum(place, before) if is_alike else None

    def _notes(
        self, whole: Span | None, parts: Sequence[Span], before: Sequence[Span], can_compare: bool
    ) -> Iterable[str]:
        others = [name or "no named set" for name in self._gathered.sets if name != self._set]
        if others:
            yield (
                f"Wards are those of {self._set or 'no named set'}. Figures by other wards ({', '.join(others)}) are "
                "kept apart: boundaries differ, so the two are not compared."
            )
        months = sum(part.months for part in parts)
        if self._gathered.is_counted and whole and 0 < months < whole.months:
            yield f"There are figures for {months} of the {whole.months} months."
        uneven = sum(any(place.at(part, self._gathered.extracted) is None for part in parts) for place in self._places)
        if self._gathered.is_counted and uneven:
            of = "1 area has" if uneven == 1 else f"{uneven:,} areas have"
            yield f"{of} no figure of some of the months, or of none, and may stand too low."
        if parts and not can_compare:
            yield f"The year before is not compared: {self._why_not(before)}."
        if parts and not self._gathered.is_counted:
            yield "Rates and averages cannot be added up, so the last figure of the period stands for each area."
        yield from self._left_out()

    def _left_out(self) -> Iterable[str]:
        if self._gathered.without_days:
            many = self._gathered.without_days
            yield f"{'1 figure' if many == 1 else f'{many:,} figures'} of no whole months left out."
        if self._gathered.nowhere and self._gathered.is_counted:
            yield f"{self._gathered.nowhere:,.0f} at no known place, in all periods, are not ranked."
        if self._gathered.twice:
            many = self._gathered.twice
            figures = "1 figure was" if many == 1 else f"{many:,} figures were"
            yield f"{figures} there twice for an area and a period; the later one counts."

    def _why_not(self, before: Sequence[Span]) -> str:
        others = (places for name, places in self._gathered.sets.items() if name != self._set)
        known = {span for places in others for place in places.values() for span in place.values}
        if known.issuperset(before):
            return "its figures are by wards of other boundaries"
        return "there are no figures of all its months"
