"""The breakdown of a cohort's figures by one field: a table that is sorted, copied and saved as a workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from csp_desktop.queries.cohort_figures import CohortFigures
from csp_desktop.reoffending.bands import NOT_KNOWN, Breakdown, band_label, band_of
from csp_desktop.reoffending.following import Followed
from csp_desktop.reoffending.outcomes import Group, Outcomes, groups_of, outcomes_of
from csp_desktop.reoffending.windows import quarter_of
from csp_desktop.reports import blocks
from ui.reoffending.figure_words import FEW, FEW_WORDS, NOT_YET, interval_words, per, percent
from ui.tables.columns import Column, Kind, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import ROW_PX, TableView
from ui.theme import px

MOST_SHOWN = 14


@dataclass(frozen=True, slots=True)
class BandRow:
    """One band with its figures; ``place`` is where it stands in the order people expect."""

    place: int
    words: str
    outcomes: Outcomes


def _rate(row: BandRow) -> str:
    o = row.outcomes
    return percent(o.rate) if o.offenders else (NOT_YET if o.not_yet_measurable else "")


BANDS: tuple[Column[BandRow], ...] = (
    Column(key="band", heading="Group", width=0, text=lambda row: row.words, sort_key=lambda row: row.place),
    Column(
        key="offenders",
        heading="Offenders",
        kind=Kind.NUMBER,
        width=9,
        text=lambda row: f"{row.outcomes.offenders:,}",
        sort_key=lambda row: row.outcomes.offenders,
    ),
    Column(
        key="reoffenders",
        heading="Reoffenders",
        kind=Kind.NUMBER,
        width=11,
        spare=4,
        text=lambda row: f"{row.outcomes.reoffenders:,}",
        sort_key=lambda row: row.outcomes.reoffenders,
    ),
    Column(
        key="rate",
        heading="Rate",
        kind=Kind.NUMBER,
        width=9,
        text=_rate,
        tone=lambda row: "" if row.outcomes.offenders else "muted",
        sort_key=lambda row: row.outcomes.rate,
    ),
    Column(
        key="interval",
        heading="95% interval",
        kind=Kind.NUMBER,
        width=17,
        spare=3,
        text=lambda row: interval_words(row.outcomes.interval),
        sort_key=lambda row: row.outcomes.interval.lower if row.outcomes.interval else None,
    ),
    Column(
        key="per_reoffender",
        heading="Per reoffender",
        kind=Kind.NUMBER,
        width=13,
        spare=5,
        text=lambda row: per(row.outcomes.reoffences_per_reoffender),
        sort_key=lambda row: row.outcomes.reoffences_per_reoffender,
    ),
    Column(
        key="per_person",
        heading="Per person",
        kind=Kind.NUMBER,
        width=10,
        spare=6,
        text=lambda row: per(row.outcomes.reoffences_per_offender),
        sort_key=lambda row: row.outcomes.reoffences_per_offender,
    ),
    Column(
        key="later",
        heading="Not yet",
        kind=Kind.NUMBER,
        width=8,
        spare=7,
        text=lambda row: f"{row.outcomes.not_yet_measurable:,}" if row.outcomes.not_yet_measurable else "",
        sort_key=lambda row: row.outcomes.not_yet_measurable or None,
        tooltip=lambda _row: "People of the group who are not yet measurable",
    ),
    Column(
        key="few",
        heading="Read with care",
        width=13,
        spare=2,
        tone=lambda _row: "warning",
        tooltip=lambda row: FEW_WORDS if 0 < row.outcomes.offenders < FEW else "",
        text=lambda row: f"fewer than {FEW}" if 0 < row.outcomes.offenders < FEW else "",
    ),
)


@dataclass(frozen=True, slots=True)
class By:
    """A way of breaking figures down: by a field, or by the calendar quarter of the index date (``field`` None)."""

    field: Breakdown | None

    @property
    def words(self) -> str:
        """Return the way as it is chosen."""
        return self.field.label if self.field else "Quarter of the index date"

    def rows(self, figures: CohortFigures) -> list[BandRow]:
        """Return the bands with their figures, in the order people expect."""
        people, baseline = figures.followed.people, figures.basis.baseline
        if self.field is None:
            return [BandRow(at, each.value, each.outcomes) for at, each in enumerate(quarters(people, baseline))]
        field = self.field
        return [
            BandRow(at, band_label(field, each.value), each.outcomes)
            for at, each in enumerate(groups_of(people, field, baseline))
        ]

    def holds(self, words: str) -> Callable[[Followed], bool]:
        """Return whether somebody belongs to the band of these words."""
        if self.field is None:
            return lambda one: quarter_words(one) == words
        field, band = self.field, band_of(self.field)
        return lambda one: band_label(field, band(one)) == words


def ways(figures: CohortFigures) -> list[By]:
    """Return the ways to break a cohort down by: those of which something is known, quarters first if it has them."""
    people = figures.followed.people
    found = [By(None)] if figures.basis.definition.is_quarterly else []
    for field in Breakdown:
        band = band_of(field)
        if any(band(one) != NOT_KNOWN for one in people):
            found.append(By(field))
    return found or [By(Breakdown.AGE)]


def quarter_words(one: Followed) -> str:
    """Return the calendar quarter of somebody's index date as people read it: "2024 Jan to Mar"."""
    year, number = quarter_of(one.index_date)
    return f"{year} {('Jan to Mar', 'Apr to Jun', 'Jul to Sep', 'Oct to Dec')[number - 1]}"


def quarters(people: Sequence[Followed], baseline: float | None) -> list[Group]:
    """Return the figures of each calendar quarter, in order of time."""
    found: dict[tuple[int, int], list[Followed]] = {}
    for one in people:
        found.setdefault(quarter_of(one.index_date), []).append(one)
    return [Group(quarter_words(found[key][0]), outcomes_of(found[key], baseline)) for key in sorted(found)]


class BreakdownTable(TableView[BandRow]):
    """The table, as tall as its rows up to a dozen. ``people_asked(words)`` on Enter, for whose a band is."""

    people_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows: TableModel[BandRow] = TableModel(BANDS)
        super().__init__(self.rows, "Figures by group", parent=parent)
        self.rows.setParent(self)
        self._bands: list[BandRow] = []
        self.row_opened.connect(lambda place: self.people_asked.emit(self._bands[place].words))

    def show_bands(self, bands: list[BandRow]) -> None:
        """Show bands in the place of others."""
        self._bands = bands
        self.rows.set_source(RowsInHand(BANDS, bands, lambda row: row.place))
        self.setFixedHeight(px(ROW_PX) * (min(max(len(bands), 3), MOST_SHOWN) + 1) + px(6))

    def shown(self) -> list[BandRow]:
        """Return the bands in the order in which they are shown."""
        return [self.rows.row_at(at) for at in range(self.rows.rowCount())]


def table_text(bands: Sequence[BandRow]) -> str:
    """Return bands as text with tabs, as a spreadsheet takes it from the clipboard."""
    lines = ["\t".join(column.heading for column in BANDS)]
    lines += ["\t".join(column.text(row) for column in BANDS) for row in bands]
    return "\n".join(lines)


def table_block(bands: Sequence[BandRow], by: By) -> blocks.Table:
    """Return bands as a table of a workbook, numbers as numbers: shares in percent with all of their digits."""
    number = blocks.ColumnKind.NUMBER
    headings = (
        blocks.Column(by.words),
        blocks.Column("Offenders", number),
        blocks.Column("Reoffenders", number),
        blocks.Column("Reoffences", number),
        blocks.Column("Rate", number, unit="%"),
        blocks.Column("95% interval from", number, unit="%"),
        blocks.Column("to", number, unit="%"),
        blocks.Column("Reoffences per reoffender", number),
        blocks.Column("Reoffences per person", number),
        blocks.Column("Not yet measurable", number),
        blocks.Column("Read with care"),
    )
    return blocks.Table(f"Figures by {by.words.lower()}", headings, tuple(_cells(row) for row in bands))


def _cells(row: BandRow) -> tuple[blocks.Cell, ...]:
    o = row.outcomes
    few = FEW_WORDS if 0 < o.offenders < FEW else "none"
    return (
        row.words,
        o.offenders,
        o.reoffenders,
        o.reoffences,
        _exact(o.rate, 100),
        _exact(o.interval.lower if o.interval else None, 100),
        _exact(o.interval.upper if o.interval else None, 100),
        _exact(o.reoffences_per_reoffender),
        _exact(o.reoffences_per_offender),
        o.not_yet_measurable,
        few,
    )


def _exact(value: float | None, times: int = 1) -> blocks.Cell:
    return "n/a" if value is None else Decimal(repr(value)) * times
