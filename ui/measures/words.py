"""What the screens of measures say of one: what to know of its figure, and how everything about it is worked out."""

from csp_desktop.measures.standing import bounds_words
from csp_desktop.measures.values import PeriodReading, shown
from csp_desktop.queries.measures import MeasureHistory, ScorecardRow
from models.terms import MeasureUnit

Fact = tuple[str, str]
CHART = (
    "A signal, drawn as a diamond, is a reading outside the limits or one of eight in a row on one side of the "
    "average: something changed. Everything else is ordinary up and down."
)


def to_know(row: ScorecardRow) -> tuple[str, ...]:
    """Return what to know of a measure's figure, the most pressing first; nothing where it speaks for itself."""
    latest = row.latest
    if latest is None:
        return ("No reading yet", *_feed(row))
    said = [] if row.judged.mark else [row.judged.word]
    said += [f"Nothing read since {latest.period}"] if row.is_stale else []
    said += [f"Signal: {row.signal}"] if row.signal else []
    said += ["Provisional"] if latest.is_provisional else []
    return (*said, *_feed(row))


def _feed(row: ScorecardRow) -> tuple[str, ...]:
    if row.feed is None or (row.feed.fed and not row.feed.is_stale):
        return ()
    return ("Cohort's data changed since",) if row.feed.fed else ("Cohort's figure not taken yet",)


def period_words(row: ScorecardRow) -> str:
    """Return the period of the latest reading, and that it is provisional."""
    if row.latest is None:
        return ""
    return f"{row.latest.period}, provisional" if row.latest.is_provisional else row.latest.period


def counts_words(rows: list[ScorecardRow]) -> str:
    """Return how many measures stand where."""
    counts = {letter: sum(row.letter == letter for row in rows) for letter in ("R", "A", "G", None)}
    told = f"{counts['R']:,} red, {counts['A']:,} amber, {counts['G']:,} green"
    return f"{told}; {counts[None]:,} not judged" if counts[None] else told


def reading_words(reading: PeriodReading, unit: MeasureUnit) -> str:
    """Return what a reading is worked out of, "" where it was given as it stands."""
    if not reading.is_ratio or unit is MeasureUnit.COUNT:
        return ""
    return f"{reading.numerator:,} of {reading.denominator:,}"


def worked_out(history: MeasureHistory) -> list[Fact]:
    """Return how each figure of a measure is worked out, as a name and a sentence."""
    row = history.row
    measure = row.measure
    facts: list[Fact] = [("What is measured", measure.definition or "This is not written down yet.")]
    facts += _value(row)
    facts += [("RAG", _judged(row)), ("Rolling year", _rolling(row)), ("Signals", CHART)]
    source = [("Source", measure.source)] if measure.source else []
    baseline = [("Baseline", measure.baseline_words)]
    tells = [("Objectives", "; ".join(measure.objectives) or "It is not linked to an objective yet.")]
    return [*facts, *baseline, *source, *tells]


def _value(row: ScorecardRow) -> list[Fact]:
    latest, unit = row.latest, row.measure.unit
    if latest is None:
        return []
    made = reading_words(latest, unit)
    how = f"{made}, {unit.label}" if made and unit is not MeasureUnit.AVERAGE else made or "as it was given"
    return [("Latest reading", f"{shown(latest.value, unit)} in {latest.period}: {how}. {latest.note}".strip())]


def _judged(row: ScorecardRow) -> str:
    if row.target is None:
        return "It is judged once the period that was read has a target."
    return f"{row.judged.reason}. {bounds_words(row.target.value, row.measure.terms)}"


def _rolling(row: ScorecardRow) -> str:
    rolling = row.rolling
    if rolling is None or rolling.value is None:
        reason = rolling.reason if rolling else "nothing is read yet"
        return f"Not known: {reason}."
    how = "added up" if rolling.is_sum else "all numerators over all denominators, never a mean of rates"
    span = f"{rolling.first_period} to {rolling.last_period}"
    return f"{shown(rolling.value, row.measure.unit)}, {span}: {how}."
