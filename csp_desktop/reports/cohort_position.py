"""What the reoffending cohort report is of: one cohort on one data date, and what of it may be told."""

from dataclasses import dataclass
from datetime import date

from csp_desktop.charts.words import month_of
from csp_desktop.errors import CspError
from csp_desktop.queries.cohort_figures import CohortFigures, cohort_figures
from csp_desktop.queries.cohort_names import cohort_names
from csp_desktop.queries.cohorts import CohortRow, find_cohort
from csp_desktop.queries.data_quality import QualityLine, data_quality
from csp_desktop.queries.publication import publication
from csp_desktop.queries.published import BenchmarkRow, EntrantsRow, list_benchmarks, list_entrants
from csp_desktop.reoffending.definition import Definition
from csp_desktop.reoffending.disclosure import DisclosureRules
from csp_desktop.reoffending.outcomes import Outcomes
from csp_desktop.reoffending.public_form import HiddenFigures, PublicForm, public_form
from csp_desktop.reports.blocks import day
from csp_desktop.store import Store

_HIDES_NOTHING = DisclosureRules(threshold=1)


@dataclass(frozen=True, slots=True)
class CohortScope:
    """What the report is of. ``cohort`` is a name, None the only cohort there is.

    ``data_date`` None is the cohort's own, else ``today``. ``public`` applies disclosure control; ``with_people`` adds
    the list of people by id to a report that is not public.
    """

    today: date
    cohort: str | None = None
    data_date: date | None = None
    public: bool = False
    with_people: bool = False


@dataclass(frozen=True, slots=True)
class CohortPosition:
    """A cohort as it stood on its data date. ``form`` says what is hidden: nothing, where the public will not read.

    ``quality`` are the reasons to doubt figures, ``published`` and ``entrants`` all that the store has of these.
    """

    row: CohortRow
    figures: CohortFigures
    rules: DisclosureRules
    form: PublicForm
    is_public: bool
    quality: tuple[QualityLine, ...] = ()
    published: tuple[BenchmarkRow, ...] = ()
    entrants: tuple[EntrantsRow, ...] = ()

    @property
    def whole(self) -> Outcomes:
        """Return the figures of everyone."""
        return self.figures.outcomes

    @property
    def hidden(self) -> HiddenFigures:
        """Return what is hidden of everyone."""
        return self.form.whole

    @property
    def definition(self) -> Definition:
        """Return the definition that the cohort is counted by."""
        return self.figures.basis.definition

    @property
    def data_date(self) -> date:
        """Return the day on which things were as they are told."""
        return self.figures.followed.data_date

    @property
    def period(self) -> str:
        """Return the first and last day of the cohort's period in words; to the public their months.

        Where no period was given the days are those of two people.
        """
        first, last = self.row.first_day, self.row.last_day
        if first is None or last is None:
            return "no index dates"
        if self.is_public:
            return f"{month_of(first)} to {month_of(last)}"
        return f"{day(first)} to {day(last)}"


def read_cohort(store: Store, scope: CohortScope) -> CohortPosition | None:
    """Read the cohort that was asked for; None where the store has none. Raises CspError for one that is not there."""
    row = _row(store, scope.cohort)
    if row is None:
        return None
    figures = cohort_figures(store, row.id, scope.today, scope.data_date)
    rules = publication(store).rules if scope.public else _HIDES_NOTHING
    form = public_form(figures.outcomes, rules=rules)
    return CohortPosition(
        row=row,
        figures=figures,
        rules=rules,
        form=form,
        is_public=scope.public,
        quality=data_quality(store, row.id, figures.followed),
        published=tuple(list_benchmarks(store)),
        entrants=tuple(list_entrants(store)),
    )


def _row(store: Store, wanted: str | None) -> CohortRow | None:
    """Return the cohort of a name, or the only one."""
    if wanted is not None:
        return find_cohort(store, wanted)
    names = cohort_names(store)
    if len(names) > 1:
        listed = ", ".join(f"\u201c{name}\u201d" for name in names)
        raise CspError(f"Say which cohort the report is of. The store has {listed}.")
    return find_cohort(store, names[0]) if names else None
