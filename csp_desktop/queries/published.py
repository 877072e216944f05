"""Published figures to compare with, held against one another; and first-time entrants with their rates.

Files mix totals with the rows that make them up: adults and juveniles with all, areas with the country. A sum over them
would count people twice, so ``counted_once`` picks the rows that may stand beside each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from csp_desktop.reoffending.intervals import Interval, poisson, wilson
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.reoffending import Benchmark, FirstTimeEntrants

_MILLION = 1_000_000
PER = 100_000
"""First-time entrants are given for so many people aged 10 to 17."""
_ALL = frozenset({"all", "total", "all people", "all offenders", "everyone"})
_ADULT = frozenset({"adult", "adults", "18+", "18 and over"})
_JUVENILE = frozenset({"juvenile", "juveniles", "youth", "youths", "young people", "10-17", "10 to 17"})
_COUNTRIES = frozenset({"england and wales", "england & wales", "england", "national", "total", "all", "all areas"})
_COUNTS = ("offenders", "reoffenders", "reoffences")


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkRow:
    """A published figure. ``rate`` and ``predicted`` are shares in millionths, as published."""

    id: int
    version: int
    series: str
    area: str
    people: str
    period: str
    first_day: date | None
    last_day: date | None
    offenders: int | None
    reoffenders: int | None
    reoffences: int | None
    rate: int | None
    predicted: int | None
    came_by_import: bool

    @property
    def share(self) -> float | None:
        """Return the reoffending rate as a fraction: from the counts where both are known, else as published."""
        if self.offenders and self.reoffenders is not None:
            return self.reoffenders / self.offenders
        return None if self.rate is None else self.rate / _MILLION

    @property
    def interval(self) -> Interval | None:
        """Return the rate's 95 % Wilson interval where the counts are known."""
        if not self.offenders or self.reoffenders is None:
            return None
        return wilson(min(self.reoffenders, self.offenders), self.offenders)

    @property
    def reoffences_per_reoffender(self) -> float | None:
        """Return the Ministry of Justice's frequency where the counts are known."""
        return self.reoffences / self.reoffenders if self.reoffenders and self.reoffences is not None else None

    @property
    def is_of_country(self) -> bool:
        """Say whether the area is made up of others."""
        return fold(self.area) in _COUNTRIES


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Adults and juveniles that do not add up to all: of which figure, and the sentence that says so."""

    series: str
    area: str
    period: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrantsRow:
    """First-time entrants of an area and period; ``population`` counts people aged 10 to 17."""

    id: int
    version: int
    area: str
    period: str
    first_day: date | None
    last_day: date | None
    people: str
    entrants: int
    population: int | None
    came_by_import: bool

    @property
    def rate(self) -> float | None:
        """Return entrants for each 100,000 people aged 10 to 17 over the period, None where these are not known."""
        return self.entrants / self.population * PER if self.population else None

    @property
    def interval(self) -> Interval | None:
        """Return the rate's exact 95 % Poisson interval."""
        if not self.population:
            return None
        ends, scale = poisson(self.entrants), PER / self.population
        return Interval(ends.lower * scale, ends.upper * scale)


def list_benchmarks(store: Store, text: str = "") -> list[BenchmarkRow]:
    """Return published figures by series, area and time; ``text`` is looked for in what they are of."""
    order = (Benchmark.series, Benchmark.area, Benchmark.first_day, Benchmark.period, Benchmark.people)
    columns = [column for column in Benchmark.__table__.columns if column.name != "load_id"]
    query = select(*columns, Benchmark.load_id.is_not(None).label("came_by_import")).order_by(*order)
    with store.read() as connection:
        rows = [BenchmarkRow(**row) for row in connection.execute(query).mappings()]
    words = fold(text).split()
    return [row for row in rows if _holds(f"{row.series} {row.area} {row.people} {row.period}", words)]


def list_entrants(store: Store, text: str = "") -> list[EntrantsRow]:
    """Return first-time entrants by area and time; ``text`` is looked for in what they are of."""
    order = (FirstTimeEntrants.area, FirstTimeEntrants.first_day, FirstTimeEntrants.period, FirstTimeEntrants.people)
    columns = [column for column in FirstTimeEntrants.__table__.columns if column.name != "load_id"]
    query = select(*columns, FirstTimeEntrants.load_id.is_not(None).label("came_by_import")).order_by(*order)
    with store.read() as connection:
        rows = [EntrantsRow(**row) for row in connection.execute(query).mappings()]
    words = fold(text).split()
    return [row for row in rows if _holds(f"{row.area} {row.people} {row.period}", words)]


def mismatches(rows: Iterable[BenchmarkRow]) -> list[Mismatch]:
    """Return where adults and juveniles do not add up to all (edge case 32), one for each count that differs."""
    found = []
    for (series, area, period), those in _together(rows).items():
        every, adult, juvenile = (_first(those, words) for words in (_ALL, _ADULT, _JUVENILE))
        if every is None or adult is None or juvenile is None:
            continue
        for count in _COUNTS:
            whole, parts = getattr(every, count), [getattr(each, count) for each in (adult, juvenile)]
            if whole is not None and None not in parts and sum(parts) != whole:
                of = ", ".join(part for part in (series, area, period) if part)
                sentence = (
                    f"{of}: adults and juveniles have {sum(parts):,} {count} together, but all have {whole:,}. "
                    "Check the three rows against the publication."
                )
                found.append(Mismatch(series, area, period, sentence))
    return found


def counted_once(rows: Iterable[BenchmarkRow]) -> list[BenchmarkRow]:
    """Return the rows that count nobody twice: for each series, area and period the total, never its parts beside it.

    Without a total, adults and juveniles stand for it; other details alone overlap, so none of them does. A country
    is left out beside areas of the same series and period.
    """
    kept: list[BenchmarkRow] = []
    for those in _together(rows).values():
        every = _first(those, _ALL)
        parts = [each for each in (_first(those, _ADULT), _first(those, _JUVENILE)) if each is not None]
        kept += [every] if every is not None else parts
    with_areas = {(each.series, each.period) for each in kept if not each.is_of_country}
    return [each for each in kept if not (each.is_of_country and (each.series, each.period) in with_areas)]


def _together(rows: Iterable[BenchmarkRow]) -> dict[tuple[str, str, str], list[BenchmarkRow]]:
    found: dict[tuple[str, str, str], list[BenchmarkRow]] = defaultdict(list)
    for row in rows:
        found[row.series, row.area, row.period].append(row)
    return found


def _first(rows: Sequence[BenchmarkRow], words: frozenset[str]) -> BenchmarkRow | None:
    return next((row for row in rows if fold(row.people) in words), None)


def _holds(said: str, words: list[str]) -> bool:
    return all(word in fold(said) for word in words)
