"""People counted by band in one go, as far as every figure of a band needs them.

A cohort can be of hundreds of thousands and is broken down by nine fields. So what everyone has in common is counted
in bulk, and only those with an offence, a minority, are looked at one by one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

from csp_desktop.reoffending.following import Followed
from csp_desktop.reoffending.survival import Observed


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


def tallies_of(people: Sequence[Followed], bands: Sequence[str]) -> dict[str, Tally]:
    """Return the tally of each band; ``bands`` has the band of each of ``people``."""
    found: defaultdict[str, Tally] = defaultdict(Tally)
    is_measurable = [each.is_measurable for each in people]
    for band, count in Counter(bands).items():
        found[band].people = count
    for band, count in Counter(compress(bands, is_measurable)).items():
        found[band].measurable = count
    for band, count in _unique_people(people, bands, [True] * len(people)).items():
        found[band].followed_people = count
    for band, count in _unique_people(people, bands, is_measurable).items():
        found[band].unique_people = count
    for (band, time), count in Counter(zip(bands, [each.time for each in people], strict=True)).items():
        found[band].times[time] = count
    for at in [at for at, each in enumerate(people) if each.reoffences or each.pending]:
        found[bands[at]].with_offences.append(people[at])
    _keep_scores(people, bands, found)
    return dict(found)


def _keep_scores(people: Sequence[Followed], bands: Sequence[str], found: Mapping[str, Tally]) -> None:
    """Keep the predicted shares of the measurable."""
    lists = {band: tally.scores for band, tally in found.items()}
    scores = compress(
        zip(bands, [each.predicted for each in people], strict=True), [each.is_measurable for each in people]
    )
    for band, score in scores:
        if score is not None:
            lists[band].append(score)


def _unique_people(people: Sequence[Followed], bands: Sequence[str], is_meant: Sequence[bool]) -> Counter[str]:
    """Return how many persons there are in each band among those meant: only a quarterly cohort has one twice."""
    ids = [each.offender_id for each in people]
    if len(set(ids)) == len(ids):
        return Counter(compress(bands, is_meant))
    return Counter(band for band, _ in set(compress(zip(bands, ids, strict=True), is_meant)))
