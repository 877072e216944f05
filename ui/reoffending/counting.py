"""Counts cohorts off the window's thread; of several wishes the newest counts, and nothing is counted twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from csp_desktop.queries.cohort_figures import CohortFigures, cohort_figures
from csp_desktop.queries.data_quality import QualityLine, data_quality
from csp_desktop.queries.spells import cohort_abstinence
from csp_desktop.reoffending.abstinence import Abstinence, SinceLast
from ui.desk import Desk
from ui.tasks import Progress, Task


@dataclass(frozen=True, slots=True)
class Beyond:
    """What is read once the figures are shown: what is left out or doubtful, and who abstained for how long."""

    quality: tuple[QualityLine, ...]
    abstinence: tuple[Abstinence, ...]
    since_last: SinceLast


@dataclass(frozen=True, slots=True)
class Wish:
    """A cohort on a data date (None: its own), as it stood after so many changes to the registers."""

    cohort_id: int
    data_date: date | None
    changes: int


class Counting(QObject):
    """``counted(CohortFigures)`` once the newest wish is counted, ``followed(Beyond)`` what is read after it.

    ``busy(bool)`` while the figures are counted.
    """

    counted = Signal(object)
    followed = Signal(object)
    busy = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._changes = 0
        self._wanted: Wish | None = None
        self._task: Task | None = None
        desk.tasks.ended.connect(self._on_ended)

    def written(self) -> None:
        """Hear that the registers were written to: what was counted no longer holds."""
        self._changes += 1

    def want(self, cohort_id: int, data_date: date | None) -> None:
        """Count a cohort, unless just that is counted or under way."""
        wish = Wish(cohort_id, data_date, self._changes)
        if wish == self._wanted:
            return
        self._wanted = wish
        if self._task is not None:
            self._task.progress.cancel()
        self.busy.emit(True)
        self._task = self._desk.tasks.run(
            "Counting the cohort", self._work(wish), lambda found: self._done(wish, found)
        )

    def _work(self, wish: Wish) -> Callable[[Progress], CohortFigures]:
        store, today = self._desk.store, self._desk.today()

        def work(progress: Progress) -> CohortFigures:
            progress(0, 0)  # a newer wish has taken this one's place
            return cohort_figures(store, wish.cohort_id, today, wish.data_date)

        return work

    def _done(self, wish: Wish, figures: CohortFigures) -> None:
        if wish != self._wanted:
            return
        self.counted.emit(figures)
        store = self._desk.store

        def work(progress: Progress) -> Beyond:
            quality = data_quality(store, wish.cohort_id, figures.followed)
            progress(0, 0)
            return Beyond(quality, *cohort_abstinence(store, wish.cohort_id, figures.followed))

        def done(found: Beyond) -> None:
            if wish == self._wanted:
                self.followed.emit(found)

        self._task = self._desk.tasks.run("Looking through the data", work, done)

    def _on_ended(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            if task.progress.is_cancelled():
                self._wanted = None  # cancelled by the person: the next look counts again
            self.busy.emit(False)
