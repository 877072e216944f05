"""What counts against each index event, gathered from its offences: by the pass over the store, or by the rule."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from csp_desktop.queries.cohort_basis import NO_CODE, CodeFacts
from csp_desktop.queries.standings import STANDINGS, Pass, offences_of_follow_up, offences_outside
from csp_desktop.reoffending.counting import OffenceFacts, standing_of
from csp_desktop.reoffending.duplicates import Entry, once_each
from csp_desktop.reoffending.following import Harm
from csp_desktop.reoffending.windows import Windows
from models.offending import OffenceOutcome, OffenceStanding
from models.reoffending import Offence

_COUNTS, _PENDING = STANDINGS.index(OffenceStanding.COUNTS), STANDINGS.index(OffenceStanding.PENDING)


@dataclass(slots=True)
class Counted:
    """What counts against one index event: the codes of its offences, the first day as text; and what is pending."""

    codes: list[int | None] = field(default_factory=list)
    first: str = ""
    pending: int = 0

    def add(self, day: str, code_id: int | None) -> None:
        """Count one reoffence."""
        self.codes.append(code_id)
        if not self.first or day < self.first:
            self.first = day

    @property
    def reoffences(self) -> int:
        """Return how many offences count."""
        return len(self.codes)


def harm_of(index: CodeFacts, offences: Iterable[CodeFacts]) -> tuple[Harm, ...]:
    """Return the severity of reoffences by each index of ``SEVERITIES``, with that of the index offence."""
    by_index = zip(index.weights, *(offence.weights for offence in offences), strict=True)
    known = [(own, [weight for weight in weights if weight is not None]) for own, *weights in by_index]
    return tuple(Harm(sum(weights), max(weights, default=0), len(weights), own) for own, weights in known)


def count_by_pass(connection: Connection, wanted: Pass) -> tuple[dict[int, Counted], Counter[OffenceStanding]]:
    """Return what counts by index event, and how many offences stand in each other way."""
    found: defaultdict[int, Counted] = defaultdict(Counted)
    standings: Counter[int] = Counter()
    for member_id, code_id, day, at in offences_of_follow_up(connection, wanted):
        if at == _COUNTS:
            found[member_id].add(day, code_id)
        else:
            standings[at] += 1
            if at == _PENDING:
                found[member_id].pending += 1
    others = Counter({STANDINGS[at]: count for at, count in standings.items()})
    others.update(offences_outside(connection, wanted))
    return dict(found), others


@dataclass(frozen=True, slots=True)
class StoredOffence:
    """An offence as stored. ``offender_id`` is the id it was recorded under."""

    id: int
    version: int
    offender_id: int
    load_id: int | None
    offence_date: date | None
    offence_date_to: date | None
    code_id: int | None
    proof_date: date | None
    outcome: OffenceOutcome
    disposal: str
    reference: str | None

    def facts(self, codes: Mapping[int, CodeFacts]) -> OffenceFacts:
        """Return what the rule looks at."""
        return OffenceFacts(self.offence_date, self.proof_date, self.outcome, self.code(codes).breach)

    def code(self, codes: Mapping[int, CodeFacts]) -> CodeFacts:
        """Return what is known of its code."""
        return NO_CODE if self.code_id is None else codes.get(self.code_id, NO_CODE)


def offences_of(connection: Connection, offender_ids: Iterable[int]) -> list[StoredOffence]:
    """Return the offences of one person under all of these ids, each once, in the order they were recorded."""
    columns = (
        Offence.id,
        Offence.version,
        Offence.offender_id,
        Offence.load_id,
        Offence.offence_date,
        Offence.offence_date_to,
        Offence.offence_code_id,
        Offence.proof_date,
        Offence.outcome,
        Offence.disposal,
        Offence.reference,
    )
    found = connection.execute(select(*columns).where(Offence.offender_id.in_(list(offender_ids))).order_by(Offence.id))
    offences = [StoredOffence(*row) for row in found]
    if len({each.offender_id for each in offences}) <= 1:
        return offences
    kept = once_each(
        Entry(at, each.offender_id, (each.offence_date, each.code_id, each.proof_date), each.reference)
        for at, each in enumerate(offences)
    )
    return [offences[entry.row] for entry in kept]


def count_by_rule(
    offences: Iterable[StoredOffence],
    codes: Mapping[int, CodeFacts],
    windows: Windows,
    wanted: Pass,
) -> tuple[Counted, Counter[OffenceStanding]]:
    """Return what counts against one index event by the rule itself, and how many offences stand in each other way."""
    counted, others = Counted(), Counter[OffenceStanding]()
    for offence in offences:
        standing = standing_of(offence.facts(codes), windows, wanted.basis.definition, wanted.data_date)
        if standing is OffenceStanding.COUNTS and offence.offence_date is not None:
            counted.add(offence.offence_date.isoformat(), offence.code_id)
        else:
            others[standing] += 1
            counted.pending += standing is OffenceStanding.PENDING
    return counted, others
