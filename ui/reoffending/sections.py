"""The quieter parts of a cohort's page: severity, what is provisional or pending, data quality, the definition."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.queries.cohort_figures import CohortFigures
from csp_desktop.queries.data_quality import QualityLine
from csp_desktop.reoffending.abstinence import Abstinence, SinceLast
from csp_desktop.reoffending.outcomes import HarmOutcome, Provisional
from models.offending import Severity
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted, harm_words, interval_words, people_words, percent
from ui.setup.section import add_fact
from ui.theme import px
from ui.widgets import emptied, label


class Card(QFrame):
    """A card with a heading; ``column`` takes what stands in it, ``top`` what stands beside the heading."""

    def __init__(self, heading: str, words: str = "") -> None:
        super().__init__()
        self.setProperty("zone", "card")
        self.setAccessibleName(heading)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(16), px(12), px(16), px(14))
        self.column.setSpacing(px(8))
        self.top = QHBoxLayout()
        self.top.setSpacing(px(8))
        self.top.addWidget(label(heading, "section"))
        self.top.addStretch(1)
        self.column.addLayout(self.top)
        self.words = label(words, "muted", wrap=True)
        self.words.setVisible(bool(words))
        self.column.addWidget(self.words)

    def say(self, words: str) -> None:
        """Say something below the heading."""
        self.words.setText(words)
        self.words.setVisible(bool(words))


class Grid(QWidget):
    """A small table of words that never scrolls: headings, and rows of which the first cell names the row."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self._headings = tuple(headings)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(20))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(0, 1)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show rows in the place of others."""
        emptied(self._grid)
        for column, heading in enumerate(self._headings):
            self._put(heading, (0, column), "muted")
        for at, row in enumerate(rows, start=1):
            for column, words in enumerate(row):
                self._put(words, (at, column), "body")
        self.setAccessibleDescription("; ".join(": ".join(row[:2]) for row in rows))

    def _put(self, words: str, place: tuple[int, int], kind: str) -> None:
        row, column = place
        made: QLabel = label(words, kind, wrap=not column or not row)
        side = Qt.AlignmentFlag.AlignLeft if not column else Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(made, row, column, side | Qt.AlignmentFlag.AlignTop if column else Qt.AlignmentFlag(0))


SEVERITY_HEADINGS = ("Index", "Sum", "Per reoffence", "Gravest", "Per person", "Escalated", "Without a weight")


def severity_rows(figures: CohortFigures) -> list[tuple[str, ...]]:
    """Return severity by each index as words."""
    return [_severity_row(figures, severity, harm) for severity, harm in figures.outcomes.severity.items()]


def _severity_row(figures: CohortFigures, severity: Severity, harm: HarmOutcome) -> tuple[str, ...]:
    edition = figures.editions[severity]
    escalated = f"{harm.escalated:,} of {harm.compared:,}" if harm.compared else "n/a"
    return (
        f"{edition.name}, {edition.unit}",
        harm_words(harm.sum),
        harm_words(harm.mean),
        harm_words(harm.max),
        harm_words(harm.per_offender),
        escalated,
        f"{harm.unscored:,}",
    )


ABSTINENCE_HEADINGS = ("No proven offence in the last", "People", "Abstinent", "Share", "95% interval")


def abstinence_rows(found: Sequence[Abstinence]) -> list[tuple[str, ...]]:
    """Return who abstained for how long as words."""
    return [
        (
            counted(each.months, "month"),
            f"{each.people:,}",
            f"{each.abstinent:,}",
            percent(each.share),
            interval_words(each.interval) or "n/a",
        )
        for each in found
    ]


def since_words(since: SinceLast, waiting_months: int) -> str:
    """Return how long ago people last offended, and until when that is known."""
    known = f"Offences are taken as known up to {waiting_months} months before the data date."
    if since.median_months is None:
        return known
    return (
        f"{people_words(since.people)} have offended since they were followed, half of them within the last "
        f"{since.median_months:g} months; {since.never:,} have not. {known}"
    )


def frequency_words(figures: CohortFigures) -> str:
    """Return how often people reoffended, in a sentence."""
    o = figures.outcomes
    if not o.offenders:
        return "Nobody is measurable yet, so there is nothing to weigh."
    often = f"{counted(o.reoffences, 'reoffence')} by {counted(o.reoffenders, 'reoffender')}"
    return (
        f"{often} among {people_words(o.offenders)}. Escalated: reoffenders whose gravest reoffence weighs more than "
        "their index offence, of those for whom both are known."
    )


def provisional_words(figures: CohortFigures) -> str:
    """Return what is known so far of people who are not yet measurable."""
    p = figures.outcomes.provisional
    return (
        f"{people_words(p.offenders)} cannot be measured yet on {shown_date(figures.followed.data_date)}. So far "
        f"{p.reoffenders:,} of them have reoffended ({percent(p.rate)}, 95% interval {interval_words(p.interval)}) "
        f"with {counted(p.reoffences, 'reoffence')}. This can still rise; it is no part of the figures above."
        f"{_pending_so_far(p)}"
    )


def _pending_so_far(known: Provisional) -> str:
    """Return what would be if everything were proven that is pending of people who are not measurable yet."""
    p = known.pending
    if not p.offences:
        return ""
    return (
        f" {counted(p.offences, 'offence')} of {people_words(p.offenders)} among them can still be proven: with all of "
        f"them, {p.what_if_reoffenders:,} have reoffended so far ({percent(p.what_if_rate)})."
    )


def pending_words(figures: CohortFigures) -> str:
    """Return what would be if every offence that is not proven yet were proven."""
    o = figures.outcomes
    p = o.pending
    if not p.offences:
        return "No offence of a measurable person is waiting to be proven."
    return (
        f"{counted(p.offences, 'offence')} of {people_words(p.offenders)} within follow-up are not proven. Had all "
        f"of them been in time, {p.what_if_reoffenders:,} of {o.offenders:,} would have reoffended: "
        f"{percent(p.what_if_rate)} instead of {percent(o.rate)}."
    )


def quality_rows(lines: Sequence[QualityLine]) -> list[tuple[str, str]]:
    """Return what is left out or doubtful: the sentence and how many, what is in no figure first."""
    in_order = sorted(lines, key=lambda line: (not line.leaves_out, -line.count))
    return [(line.sentence, f"{line.count:,}") for line in in_order]


class DefinitionCard(Card):
    """The definition in words, with the period and the adjusted rate; ``top`` takes the way to edit it."""

    def __init__(self) -> None:
        super().__init__("Definition")
        self._told = label("", wrap=True)
        self.column.addWidget(self._told)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(px(6))
        self.column.addLayout(self._facts)

    def show_figures(self, figures: CohortFigures) -> None:
        """Say how a cohort is counted."""
        basis, o = figures.basis, figures.outcomes
        self._told.setText(basis.definition.in_words)
        emptied(self._facts)
        if basis.definition.is_quarterly:
            add_fact(self._facts, "Pooled", f"{o.offenders:,} index events of {people_words(o.unique_people)}.")
        a = o.adjusted
        if a.scored:
            add_fact(
                self._facts, "Predicted", f"{percent(a.predicted)} on average, of {people_words(a.scored)} with a score"
            )
        if a.rate is not None:
            words = f"{percent(a.rate)} = observed {percent(a.observed)} - predicted {percent(a.predicted)}"
            add_fact(
                self._facts, "Adjusted rate", f"{words} + baseline {percent(a.baseline)}. {basis.baseline_note}".strip()
            )
