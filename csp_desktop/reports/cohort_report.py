"""The reoffending cohort report: who reoffended, how soon, how often, how seriously; in full or for the public."""

from csp_desktop.queries.plans import ProfileRow, profile
from csp_desktop.reports.blocks import Block, PageBreak, Paragraph, Report, Role, day
from csp_desktop.reports.cohort_groups import by_group, by_quarter
from csp_desktop.reports.cohort_headline import not_known, page_one
from csp_desktop.reports.cohort_outcomes import adjusted, how_seriously, how_soon
from csp_desktop.reports.cohort_position import CohortPosition, CohortScope, read_cohort
from csp_desktop.reports.cohort_published import compared, entrants
from csp_desktop.reports.cohort_quality import data_quality, how_counted, people_list
from csp_desktop.store import Store
from models.vocabulary import Marking

TITLE = "Reoffending cohort report"
NO_COHORT = (
    "There is no cohort in this store yet. Bring in a register of cohort members, or enter a cohort by hand, and this "
    "report will say how many reoffended, how often, how seriously and how soon."
)


def cohort_report(store: Store, scope: CohortScope) -> Report:
    """Build the report; of a store without cohorts it says so. Raises CspError for a cohort that there is not."""
    position = read_cohort(store, scope)
    about = profile(store)
    author = about.name if scope.public else store.who.display_name
    if position is None:
        return _nothing(about, author, scope)
    return Report(
        title=TITLE,
        subtitle=f"{position.row.name}. {position.definition.kind.label}",
        organisation=about.name,
        marking=_marking(public=scope.public),
        data_date=position.data_date,
        author=author,
        subject=f"Reoffending of {position.row.name}, data of {day(position.data_date)}",
        period=position.period,
        blocks=tuple(_blocks(position, with_people=scope.with_people and not scope.public)),
        logo=about.logo,
    )


def _blocks(position: CohortPosition, *, with_people: bool) -> list[Block]:
    """Return page 1, what stands apart from it, and the rest; wide tables lie across."""
    blocks: list[Block] = [*page_one(position), *not_known(position)]
    if not position.figures.followed.people:
        return [*blocks, *data_quality(position), *how_counted(position)]
    wide = [*how_seriously(position), *by_quarter(position), *by_group(position)]
    blocks += [*how_soon(position), *adjusted(position)]
    blocks += [PageBreak(landscape=True), *wide] if wide else []
    published = [*compared(position), *entrants(position)]
    blocks += [PageBreak(landscape=True), *published] if published and not wide else published
    blocks += [PageBreak(), *data_quality(position), *how_counted(position)]
    return [*blocks, PageBreak(landscape=True), *people_list(position)] if with_people else blocks


def _nothing(about: ProfileRow, author: str, scope: CohortScope) -> Report:
    """Return the page that says that there is no cohort."""
    data_date = scope.data_date or scope.today
    return Report(
        title=TITLE,
        subtitle="No cohort",
        organisation=about.name,
        marking=_marking(public=scope.public),
        data_date=data_date,
        author=author,
        subject=TITLE,
        period="no index dates",
        blocks=(Paragraph(NO_COHORT, Role.LEAD),),
        logo=about.logo,
    )


def _marking(*, public: bool) -> str:
    return (Marking.OFFICIAL if public else Marking.OFFICIAL_SENSITIVE).value
