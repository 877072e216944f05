"""People counted by band in one go, as far as every figure of a band needs them.

A cohort can be of hundreds of thousands and is broken down by nine fields. So what does not depend on the field is kept
with the people, and only those with an offence, a minority, are looked at one by one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

from csp_desktop.reoffending.following import Followed
from csp_desktop.reoffending.survival import Observed

_MANY = 1_000  # people of one time: from here on they are counted by their places


@dataclass(slots=True)
class Tally:
    """The people of a band. ``with_offences`` are those with an offence that counts or is pending.

    ``followed_people`` are persons among ``people``, which count a person's index events, and ``unique_people`` those
    among the ``measurable``; ``scores`` are the predicted shares of these, and ``times`` how many people have each time
    of the curve.
    """

    people: int = 0
    measurable: int = 0
    followed_people: int = 0
    unique_people: int = 0
    scores: list[float] = field(default_factory=list)
    with_offences: list[Followed] = field(default_factory=list)
    times: dict[Observed | None, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Columns:
    """What of people no breakdown changes, in their order; places count from 0.

    ``common_times`` are the places of the people of each time that very many share, ``other_times`` those of the rest.
    ``scores`` are None of those who are not measurable.
    """

    is_measurable: list[bool]
    all_measurable: bool
    ids: list[int]
    all_different: bool
    scores: list[float | None]
    with_offences: list[int]
    times: list[Observed | None]
    common_times: dict[Observed | None, list[int]]
    other_times: list[int]


def columns_of(people: Sequence[Followed]) -> Columns:
    """Return the columns of people."""
    is_measurable = [each.is_measurable for each in people]
    ids = [each.offender_id for each in people]
    times = [each.time for each in people]
    common: dict[Observed | None, list[int]] = {time: [] for time, count in Counter(times).items() if count >= _MANY}
    others: list[int] = []
    for at, time in enumerate(times):
        common.get(time, others).append(at)
    return Columns(
        is_measurable,
        all(is_measurable),
        ids,
        len(set(ids)) == len(ids),
        [each.predicted if each.is_measurable else None for each in people],
        [at for at, each in enumerate(people) if each.reoffences or each.pending],
        times,
        common,
        others,
    )


class People(tuple[Followed, ...]):  # noqa: SLOT001 - a subclass of tuple has no room for a slot
    """Followed people with their columns, which are made once for all breakdowns."""

    columns: Columns

    @classmethod
    def of(cls, people: Sequence[Followed]) -> "People":
        """Return people with their columns."""
        made = cls(people)
        made.columns = columns_of(made)
        return made


def tallies_of(people: Sequence[Followed], bands: Sequence[str]) -> dict[str, Tally]:
    """Return the tally of each band; ``bands`` has the band of each of ``people``."""
    columns = people.columns if isinstance(people, People) else columns_of(people)
    found: defaultdict[str, Tally] = defaultdict(Tally)
    everyone = Counter(bands)
    measurable = everyone if columns.all_measurable else Counter(compress(bands, columns.is_measurable))
    for band, count in everyone.items():
        found[band].people = count
        found[band].measurable = measurable[band]
    _count_persons(columns, bands, found)
    _count_times(columns, bands, found)
    for at in columns.with_offences:
        found[bands[at]].with_offences.append(people[at])
    lists = {band: tally.scores for band, tally in found.items()}
    for band, score in zip(bands, columns.scores, strict=True):
        if score is not None:
            lists[band].append(score)
    return dict(found)


def _count_persons(columns: Columns, bands: Sequence[str], found: Mapping[str, Tally]) -> None:
    """Count persons in each band: only a quarterly cohort has one of them twice."""
    if columns.all_different:
        for tally in found.values():
            tally.followed_people, tally.unique_people = tally.people, tally.measurable
        return
    for band, _ in set(zip(bands, columns.ids, strict=True)):
        found[band].followed_people += 1
    for band, _ in set(compress(zip(bands, columns.ids, strict=True), columns.is_measurable)):
        found[band].unique_people += 1


def _count_times(columns: Columns, bands: Sequence[str], found: Mapping[str, Tally]) -> None:
    """Count the people of each time of the curve in each band."""
    for time, places in columns.common_times.items():
        for band, count in Counter(map(bands.__getitem__, places)).items():
            found[band].times[time] = count
    for (band, time), count in Counter([(bands[at], columns.times[at]) for at in columns.other_times]).items():
        found[band].times[time] = count
