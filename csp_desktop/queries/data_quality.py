"""What was left out of a cohort's figures and what is doubtful about them: every reason, counted, with a sentence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, or_, select

from csp_desktop.queries.cohort_basis import merged_ids
from csp_desktop.queries.histories import among
from csp_desktop.reoffending.following import Followed, FollowedCohort
from csp_desktop.reoffending.selecting import NotFollowed
from csp_desktop.store import Store, is_undone
from models.offending import Disposal, OffenceStanding
from models.records import ImportBatch
from models.reoffending import CohortMember, Offence, OffenceCode

COHORT_MEMBERS, OFFENCES = "cohort-members", "offences"
"""The registers whose imports speak of a cohort, as the log of imports names them."""


@dataclass(frozen=True, slots=True)
class QualityLine:
    """One reason with what it counts. ``leaves_out``: what is counted here is in no figure; else it is a doubt.

    ``key`` is the reason's stored word, for JSON and tests.
    """

    key: str
    label: str
    count: int
    sentence: str
    leaves_out: bool


def data_quality(store: Store, cohort_id: int, followed: FollowedCohort) -> tuple[QualityLine, ...]:
    """Return every reason that something was left out of a cohort or is doubtful; those that count nothing are absent.

    ``followed`` is what the cohort's figures are made of.
    """
    with store.read() as connection:
        lines = [
            *_not_followed(followed),
            *_not_counted(followed),
            *_missing(followed.people),
            *_of_offences(connection, cohort_id),
            *_of_ids(connection, cohort_id),
            *_of_imports(connection),
        ]
    return tuple(line for line in lines if line.count)


def _not_followed(followed: FollowedCohort) -> Iterator[QualityLine]:
    for why in NotFollowed:
        count = followed.not_followed.get(why, 0)
        sentence = f"{_many(count, 'index event')} left out. {why.label}."
        yield QualityLine(why.value, why.label, count, sentence, leaves_out=True)


def _not_counted(followed: FollowedCohort) -> Iterator[QualityLine]:
    for standing in OffenceStanding:
        count = followed.not_counted.get(standing, 0)
        pending = standing is OffenceStanding.PENDING
        what = f"{_many(count, 'offence')} of the follow-up could still count" if pending else _not_in(count)
        yield QualityLine(standing.value, standing.label, count, f"{what}. {standing.label}.", leaves_out=not pending)


def _missing(people: Iterable[Followed]) -> Iterator[QualityLine]:
    """Say what is not known of followed people, and where no breakdown can place them."""
    counts = dict.fromkeys(_MISSING, 0)
    for each in people:
        for key, is_missing in _MISSING.items():
            counts[key] += is_missing(each)
    for key, count in counts.items():
        what = key.replace("_", " ")
        sentence = f"The {what} is not known of {_many(count, 'index event')}; breakdowns by it show them as not known."
        yield QualityLine(f"no_{key}", f"No {what}", count, sentence, leaves_out=False)


_MISSING: dict[str, Callable[[Followed], bool]] = {
    "age": lambda each: each.age is None,
    "sex": lambda each: each.sex is None,
    "ethnicity": lambda each: not each.ethnicity,
    "disposal": lambda each: each.disposal is None,
    "offence_group": lambda each: each.offence_group is None,
    "previous_offences": lambda each: each.previous_offences is None,
    "sentence_length": lambda each: each.disposal is Disposal.CUSTODY and each.sentence_months is None,
    "area": lambda each: not each.area,
    "predicted_score": lambda each: each.predicted is None,
}


def _of_offences(connection: Connection, cohort_id: int) -> Iterator[QualityLine]:
    """Say what is doubtful of the offences of a cohort's people."""
    query = (
        select(
            func.count().filter(Offence.offence_code_id.is_(None)),
            func.count().filter(_is_unknown()),
            func.count().filter(Offence.offence_date_to.is_not(None)),
        )
        .select_from(Offence)
        .outerjoin(OffenceCode, OffenceCode.id == Offence.offence_code_id)
        .where(_of_cohort(connection, cohort_id))
    )
    without, unweighed, ranges = connection.execute(query).one()
    yield QualityLine(
        "no_offence_code",
        "No offence code",
        without,
        f"{_many(without, 'offence')} without a code: they count, but have no group and no severity.",
        leaves_out=False,
    )
    yield QualityLine(
        "code_not_in_lookup",
        "Code without group or severity",
        unweighed,
        f"{_many(unweighed, 'offence')} with a code whose group or severity is not known: complete the offence codes.",
        leaves_out=False,
    )
    yield QualityLine(
        "offence_date_range",
        "Offence date given as a range",
        ranges,
        f"{_many(ranges, 'offence')} dated from one day to another: the first day was taken.",
        leaves_out=False,
    )


def _of_ids(connection: Connection, cohort_id: int) -> Iterator[QualityLine]:
    """Say how many ids were merged, and whom no cohort follows."""
    merged = merged_ids(connection)
    in_cohort = set(
        connection.scalars(
            select(CohortMember.offender_id).where(
                CohortMember.cohort_id == cohort_id, among(CohortMember.offender_id, {*merged, *merged.values()})
            )
        )
    )
    roots = {merged.get(each, each) for each in in_cohort}
    count = sum(kept in roots for kept in merged.values())
    yield QualityLine(
        "merged_ids",
        "Ids merged into another",
        count,
        f"{_many(count, 'id')} counted under another id of the same person.",
        leaves_out=False,
    )
    followed = select(CohortMember.offender_id)
    query = select(func.count(Offence.offender_id.distinct())).where(Offence.offender_id.not_in(followed))
    strangers = connection.scalar(query.where(~among(Offence.offender_id, set(merged)))) or 0
    yield QualityLine(
        "in_no_cohort",
        "People in no cohort",
        strangers,
        f"{_many(strangers, 'person', 'people')} with offences in the store and in no cohort: nobody follows them.",
        leaves_out=True,
    )


def _of_imports(connection: Connection) -> Iterator[QualityLine]:
    """Say what imports folded or turned away, over all that stand: offences are of no one cohort."""
    query = select(ImportBatch.entry_id, ImportBatch.counts).where(ImportBatch.register.in_((COHORT_MEMBERS, OFFENCES)))
    standing = [counts for step_id, counts in connection.execute(query) if not is_undone(connection, step_id)]
    folded = sum(counts.get("folded", 0) for counts in standing)
    errors = sum(counts.get("errors", 0) for counts in standing)
    yield QualityLine(
        "folded",
        "Same offence or event from two files",
        folded,
        f"{_many(folded, 'row')} of the files brought in said what was there already, and counted once.",
        leaves_out=True,
    )
    yield QualityLine(
        "turned_away",
        "Rows that could not be read",
        errors,
        f"{_many(errors, 'row')} of the files brought in left out for an error; the list of imports says which.",
        leaves_out=True,
    )


def _is_unknown() -> ColumnElement[bool]:
    """Return whether a code lacks its group or its severity; a breach, which is never counted, lacks nothing."""
    lacks = or_(OffenceCode.offence_group.is_(None), OffenceCode.severity_class.is_(None))
    return OffenceCode.id.is_not(None) & lacks & func.coalesce(OffenceCode.is_breach, False).is_(False)


def _of_cohort(connection: Connection, cohort_id: int) -> ColumnElement[bool]:
    """Return the condition that an offence is of someone in the cohort, under whichever of their ids."""
    people = select(CohortMember.offender_id).where(CohortMember.cohort_id == cohort_id)
    merged = merged_ids(connection)
    if not merged:
        return Offence.offender_id.in_(people)
    several = {*merged, *merged.values()}
    inside = connection.scalars(people.where(among(CohortMember.offender_id, several))).all()
    roots = {merged.get(each, each) for each in inside}
    aliases = {each for each in several if merged.get(each, each) in roots}
    return or_(Offence.offender_id.in_(people), among(Offence.offender_id, aliases))


def _not_in(count: int) -> str:
    return f"{_many(count, 'offence')} left out"


def _many(count: int, one: str, more: str = "") -> str:
    """Return "1 offence", "2,000 offences"."""
    return f"{count:,} {one}" if count == 1 else f"{count:,} {more or one + 's'}"
