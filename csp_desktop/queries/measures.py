"""The scorecard: every measure with its latest reading, how that stands, and where the measure is going."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from csp_desktop.errors import CspError
from csp_desktop.measures.signals import chart_of, latest_signal
from csp_desktop.measures.spans import is_stale
from csp_desktop.measures.standing import Judged, PeriodTarget, judge, target_for
from csp_desktop.measures.trends import Change, Rolling, change_on_last, change_on_year, of_frequency, rolling_year
from csp_desktop.measures.values import PeriodReading, Terms, shown, value_of
from csp_desktop.queries.cohort_feed import Feed, feeds_in
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry, read_entries
from csp_desktop.rules.periods import Period
from csp_desktop.store import Store
from models.terms import CohortFigure, Frequency, MeasureUnit, Polarity

NO_THEME = "No theme"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """A measure as it is defined. ``baseline`` is None while there is none; "" stands for no theme and no owner.

    ``objectives`` are titles. ``cohort`` is the name of the cohort that feeds it, "" for none.
    """

    id: int
    version: int
    ref: str
    title: str
    definition: str
    theme: str
    theme_id: int | None
    owner: str
    terms: Terms
    frequency: Frequency
    baseline: Decimal | None
    baseline_period: str
    source: str
    objectives: tuple[str, ...]
    cohort: str
    cohort_id: int | None
    cohort_figure: CohortFigure | None

    @property
    def unit(self) -> MeasureUnit:
        """Return what its values are."""
        return self.terms.unit

    @property
    def baseline_words(self) -> str:
        """Return the baseline with its period, "none yet" while there is none."""
        if self.baseline is None:
            return "none yet"
        period = f" in {self.baseline_period}" if self.baseline_period else ""
        return f"{shown(self.baseline, self.unit)}{period}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardRow:
    """A measure as it stands. ``latest`` is its newest reading, None before the first one.

    ``run`` are the readings of its frequency in order of time up to that, ``aims`` all its targets. ``change`` is
    against the period before, ``year_change`` against the same period a year ago; both and ``rolling`` are None
    without a reading.
    ``signal`` says why the newest value stands out on its control chart, "" where it does not.
    ``is_stale``: a full period and a half have passed without a reading; never where a cohort feeds it, whose figures
    come years late and whose ``feed`` says whether they are old. That is None where no cohort does.
    """

    measure: MeasureRow
    latest: PeriodReading | None
    target: PeriodTarget | None
    judged: Judged
    change: Change | None
    year_change: Change | None
    rolling: Rolling | None
    run: tuple[PeriodReading, ...]
    aims: tuple[PeriodTarget, ...]
    signal: str
    is_stale: bool
    feed: Feed | None

    @property
    def id(self) -> int:
        """Return the measure's id."""
        return self.measure.id

    @property
    def letter(self) -> str | None:
        """Return R, A or G, None where it is not judged."""
        return self.judged.mark.letter if self.judged.mark else None


@dataclass(frozen=True, slots=True)
class MeasureHistory:
    """Everything known of one measure: how it stands, all its readings and its targets in order of time."""

    row: ScorecardRow
    readings: tuple[PeriodReading, ...]
    targets: tuple[PeriodTarget, ...]


def list_scorecard(store: Store, as_of: date, period: Period | None = None) -> list[ScorecardRow]:
    """Return every measure as it stands on ``as_of``, by theme in the order of the plan and then by ref.

    With a ``period`` nothing that was read of later days is looked at.
    """
    with store.read() as connection:
        histories = _histories(connection, as_of, period, None)
    return [history.row for history in histories]


def measure_history(store: Store, measure_id: int, as_of: date) -> MeasureHistory:
    """Return everything known of a measure. Raises CspError where it is gone."""
    with store.read() as connection:
        found = _histories(connection, as_of, None, [measure_id])
    if not found:
        raise CspError("This measure is no longer in the store: it was withdrawn, or taken out by an undo.")
    return found[0]


def _histories(
    connection: Connection, as_of: date, period: Period | None, ids: list[int] | None
) -> list[MeasureHistory]:
    measures = [_measure(entry) for entry in read_entries(connection, Register.MEASURES, ids)]
    readings = _by_measure(read_entries(connection, Register.READINGS))
    targets = _by_measure(read_entries(connection, Register.TARGETS))
    feeds = feeds_in(connection)
    found = []
    for measure in sorted(measures, key=lambda each: (each.theme_id is None, each.theme_id or 0, each.ref)):
        own = tuple(sorted((_reading(each, measure.unit) for each in readings[measure.id]), key=_when))
        aims = tuple(_target(each) for each in targets[measure.id])
        row = _row(measure, _until(own, as_of, period), aims, min(as_of, period.last_day) if period else as_of)
        found.append(MeasureHistory(_with_feed(row, feeds.get(measure.id)), own, aims))
    return found


def _until(readings: Sequence[PeriodReading], as_of: date, period: Period | None) -> list[PeriodReading]:
    """Return what had begun by a day, or was over by the end of a period."""
    if period is None:
        return [each for each in readings if each.first_day <= as_of]
    return [each for each in readings if each.last_day <= period.last_day]


def _when(reading: PeriodReading) -> tuple[date, date]:
    return reading.last_day, reading.first_day


def _row(
    measure: MeasureRow, readings: Sequence[PeriodReading], targets: Sequence[PeriodTarget], today: date
) -> ScorecardRow:
    run = of_frequency(readings, measure.frequency)
    if not run:
        return _unread(measure)
    latest = run[-1]
    known = {each.days: each for each in run}
    target = target_for(latest, targets, measure.unit)
    return ScorecardRow(
        measure=measure,
        latest=latest,
        target=target,
        judged=_judged(latest, target, measure.terms),
        change=change_on_last(latest, known, measure.terms),
        year_change=change_on_year(latest, known, measure.terms),
        rolling=rolling_year(latest, known, measure.unit),
        run=tuple(run),
        aims=tuple(targets),
        signal=latest_signal(chart_of(run, measure.unit)),
        is_stale=is_stale(latest.last_day, latest.months or measure.frequency.months, today),
        feed=None,
    )


def _judged(latest: PeriodReading, target: PeriodTarget | None, terms: Terms) -> Judged:
    if latest.value is None:  # a rate of which the numerator alone was given
        return Judged(None, "No denominator")
    return judge(latest.value, target.value if target else None, terms)


def _unread(measure: MeasureRow) -> ScorecardRow:
    return ScorecardRow(
        measure=measure,
        latest=None,
        target=None,
        judged=judge(None, None, measure.terms),
        change=None,
        year_change=None,
        rolling=None,
        run=(),
        aims=(),
        signal="",
        is_stale=False,
        feed=None,
    )


def _with_feed(row: ScorecardRow, feed: Feed | None) -> ScorecardRow:
    """Return a row with how it stands to its cohort: of one that is fed, that says whether its reading is old."""
    return replace(row, feed=feed, is_stale=row.is_stale and not feed.fed) if feed else row


def _measure(entry: Entry) -> MeasureRow:
    return MeasureRow(
        id=entry.id,
        version=entry.version,
        ref=entry.text("ref"),
        title=entry.text("title"),
        definition=entry.text("definition"),
        theme=entry.text("theme"),
        theme_id=entry.row_id("theme"),
        owner=entry.text("owner"),
        terms=Terms(
            entry.word("unit", MeasureUnit) or MeasureUnit.COUNT,
            entry.word("polarity", Polarity) or Polarity.LOWER,
            entry.number("tolerance_percent") or 0,
        ),
        frequency=entry.word("frequency", Frequency) or Frequency.QUARTERLY,
        baseline=_decimal(entry, "baseline"),
        baseline_period=entry.text("baseline_period"),
        source=entry.text("source"),
        objectives=entry.names("objectives"),
        cohort=entry.text("cohort"),
        cohort_id=entry.row_id("cohort"),
        cohort_figure=entry.word("cohort_figure", CohortFigure),
    )


def _by_measure(entries: Sequence[Entry]) -> Mapping[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.row_id("measure") or 0].append(entry)
    return found


def _reading(entry: Entry, unit: MeasureUnit) -> PeriodReading:
    numerator, denominator = entry.number("numerator"), entry.number("denominator")
    first_day, last_day = _days(entry)
    return PeriodReading(
        id=entry.id,
        version=entry.version,
        period=entry.text("period"),
        first_day=first_day,
        last_day=last_day,
        value=value_of(_decimal(entry, "value"), numerator, denominator, unit),
        numerator=numerator,
        denominator=denominator,
        is_provisional=bool(entry.values["is_provisional"]),
        note=entry.text("note"),
    )


def _target(entry: Entry) -> PeriodTarget:
    first_day, last_day = _days(entry)
    value = _decimal(entry, "value") or Decimal(0)
    return PeriodTarget(entry.id, entry.version, entry.text("period"), first_day, last_day, value)


def _days(entry: Entry) -> tuple[date, date]:
    first_day, last_day = entry.day("first_day"), entry.day("last_day")
    if first_day is None or last_day is None:
        raise TypeError("a period has its days: the table keeps no row without them")
    return first_day, last_day


def _decimal(entry: Entry, name: str) -> Decimal | None:
    value = entry.values[name]
    return value if isinstance(value, Decimal) else None
