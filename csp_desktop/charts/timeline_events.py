"""What a timeline of one person shows: events, spells and windows, in order, in words and as a table."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csp_desktop.charts.chart import ChartData, Value
from csp_desktop.charts.words import dated


class MarkKind(StrEnum):
    """What happened on a day, as it is said."""

    INDEX = "Index event"
    OFFENCE = "Offence"
    PROOF = "Proved"
    DEATH = "Death"
    OTHER = "Event"


class SpanKind(StrEnum):
    """What lasted from a day to another, as it is said; each kind has a row of its own."""

    CUSTODY = "Custody"
    IOM = "IOM"
    OTHER = "Other"


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """One event. ``counted`` says of an offence whether it is a reoffence; None: it is pending, its proof not known."""

    day: date
    kind: MarkKind
    label: str
    counted: bool | None = None


@dataclass(frozen=True, slots=True)
class TimelineSpan:
    """One spell, its last day in it; None: it goes on."""

    first: date
    last: date | None
    kind: SpanKind
    label: str

    def __post_init__(self) -> None:
        """Refuse a spell that ends before it begins."""
        if self.last is not None and self.last < self.first:
            raise ValueError("a spell does not end before it begins")


@dataclass(frozen=True, slots=True)
class TimelineWindow:
    """The windows that an index date opens: the first day that no longer counts for offences, and that for proof."""

    index: date
    follow_up_ends: date
    proof_ends: date

    def __post_init__(self) -> None:
        """Refuse windows that end before they begin."""
        if not self.index <= self.follow_up_ends <= self.proof_ends:
            raise ValueError("an index date, the end of follow-up and that of waiting follow each other")


@dataclass(frozen=True, slots=True)
class Timeline:
    """One person's events as known on ``data_date``."""

    data_date: date
    marks: tuple[TimelineMark, ...] = ()
    spans: tuple[TimelineSpan, ...] = ()
    windows: tuple[TimelineWindow, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Marks of one day, kind and label as one, or an upright: the end of a window, the data date."""

    day: date
    words: str
    marks: tuple[TimelineMark, ...] = ()
    dashed: bool = False

    @property
    def is_upright(self) -> bool:
        """Say whether the event is a line through all rows and no mark."""
        return not self.marks


def events_of(timeline: Timeline) -> list[Event]:
    """Return what is labelled in order: each mark but proofs, alike ones of a day as one, and the uprights."""
    found: dict[tuple[date, MarkKind, str, bool | None], list[TimelineMark]] = {}
    for mark in timeline.marks:
        if mark.kind is not MarkKind.PROOF:
            found.setdefault((mark.day, mark.kind, mark.label, mark.counted), []).append(mark)
    events = [Event(key[0], _words(marks), tuple(marks)) for key, marks in found.items()]
    ends = {(window.follow_up_ends, f"{dated(window.follow_up_ends)} follow-up ends") for window in timeline.windows}
    ends |= {(window.proof_ends, f"{dated(window.proof_ends)} waiting for proof ends") for window in timeline.windows}
    events += [Event(day, words, dashed=True) for day, words in ends]
    events.append(Event(timeline.data_date, f"{dated(timeline.data_date)} data date"))
    kinds = list(MarkKind)
    return sorted(
        events,
        key=lambda event: (
            event.day,
            event.is_upright,
            kinds.index(event.marks[0].kind) if event.marks else 0,
            event.words,
        ),
    )


def _words(marks: list[TimelineMark]) -> str:
    mark = marks[0]
    times = f" \u00d7 {len(marks)}" if len(marks) > 1 else ""
    what = mark.label or mark.kind.value.lower()
    if mark.kind in {MarkKind.INDEX, MarkKind.DEATH} and mark.label:
        what = f"{mark.kind.value.lower()}: {mark.label}"
    return f"{dated(mark.day)} {what}{times}"


def counted_words(mark: TimelineMark) -> str:
    """Return whether an offence counts: "counts", "does not count", "pending"; "" for what is no offence."""
    if mark.kind is not MarkKind.OFFENCE:
        return ""
    return {True: "counts", False: "does not count", None: "pending"}[mark.counted]


def timeline_alt(timeline: Timeline) -> str:
    """Return all that the timeline shows in order of its dates."""
    counted = sum(mark.kind is MarkKind.OFFENCE and mark.counted is True for mark in timeline.marks)
    reoffences = "1 offence counts" if counted == 1 else f"{counted or 'no'} offences count"
    told = "; ".join(f"{row[0]} {_phrase(row)}" for row in _rows(timeline))
    about = f"Timeline of one person, data to {dated(timeline.data_date)}: {reoffences}."
    return f"{about} In order: {told}." if told else f"{about} Nothing is recorded."


def _phrase(row: tuple[str, str, str, str, str]) -> str:
    _day, until, what, detail, counts = row
    lasts = {"none": "", "goes on": " (goes on)"}.get(until, f" until {until}")
    said = what.lower() if what != SpanKind.IOM else what
    return said + lasts + (f", {detail}" if detail != "none" else "") + (f", {counts}" if counts != "none" else "")


def timeline_data(timeline: Timeline) -> ChartData:
    """Return a row for everything that is drawn, in order of its dates."""
    rows: tuple[tuple[Value, ...], ...] = tuple(_rows(timeline))
    return ChartData(("Date", "Until", "What", "Detail", "Counts"), rows)


def _rows(timeline: Timeline) -> list[tuple[str, str, str, str, str]]:
    found = [
        (mark.day, "none", mark.kind.value, mark.label or "none", counted_words(mark) or "none")
        for mark in timeline.marks
    ]
    for span in timeline.spans:
        until = "goes on" if span.last is None else dated(span.last)
        found.append((span.first, until, span.kind.value, span.label or "none", "none"))
    for window in timeline.windows:
        index = f"of the index date {dated(window.index)}"
        found.append((window.follow_up_ends, "none", "Follow-up ends", index, "none"))
        found.append((window.proof_ends, "none", "Waiting for proof ends", index, "none"))
    found.sort(key=lambda row: row[0])
    return [(dated(day), until, what, detail, counts) for day, until, what, detail, counts in found]
