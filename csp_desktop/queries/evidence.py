"""The strategic intelligence assessment: editions, what each finds, what moved, and gaps between evidence and plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.errors import CspError
from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.plans import ObjectiveRow, PlanRow, list_objectives, list_plans
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from csp_desktop.rules.folding import fold
from csp_desktop.rules.priorities import PRESSING, movement, urgency
from csp_desktop.store import Store
from models.terms import AssessmentKind, EvidenceQuality, Movement, PriorityRag, Sensitivity, Topic
from models.vocabulary import PlanKind

_TOPICS = tuple(Topic)


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition of the assessment, with how many findings it holds."""

    id: int
    version: int
    title: str
    year: int
    kind: AssessmentKind
    first_day: date | None
    last_day: date | None
    published_on: date | None
    next_due: date | None
    summary: str
    findings: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """How a finding stood in the edition before."""

    rating: PriorityRag | None
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of an edition. ``earlier`` is None where the edition before does not have it, or there is none.

    ``moved`` is worked out from the two ratings, ``recorded`` is what was entered. ``is_answered``: an objective of an
    open plan answers it.
    """

    id: int
    version: int
    topic: Topic
    title: str
    text: str
    area: str
    agency: str
    source: str
    quality: EvidenceQuality | None
    sensitivity: Sensitivity
    rating: PriorityRag | None
    earlier: Earlier | None
    moved: Movement | None
    recorded: Movement | None
    is_spotlight: bool
    objectives: tuple[str, ...]
    objective_ids: tuple[int, ...]
    is_answered: bool

    @property
    def is_pressing(self) -> bool:
        """Say whether something should be done about it: it is rated red or amber."""
        return self.rating in PRESSING

    @property
    def differs(self) -> bool:
        """Say whether the movement that was entered is another than the two ratings give."""
        return self.moved is not None and self.recorded is not None and self.moved is not self.recorded

    @property
    def movement(self) -> Movement | None:
        """How it moved: by its two ratings where there are two, else as was entered."""
        return self.moved or self.recorded


@dataclass(frozen=True, slots=True)
class Priorities:
    """An edition's findings by topic, the most pressing first; and the gaps between what is known and what is planned.

    ``dropped`` are findings of the edition before that this one no longer has. ``unanswered`` are red and amber
    findings that no objective of an open plan answers; ``without_evidence`` the objectives of ``plan``, the open
    partnership plan, that answer no finding of this edition.
    """

    edition: EditionRow
    before: EditionRow | None
    findings: tuple[Finding, ...]
    dropped: tuple[Finding, ...]
    plan: PlanRow | None
    without_evidence: tuple[ObjectiveRow, ...]

    @property
    def unanswered(self) -> tuple[Finding, ...]:
        """The red and amber findings that no objective of an open plan answers."""
        return tuple(each for each in self.findings if each.is_pressing and not each.is_answered)

    @property
    def spotlights(self) -> tuple[Finding, ...]:
        """The findings that the edition puts in the spotlight."""
        return tuple(each for each in self.findings if each.is_spotlight)

    def of_topic(self, topic: Topic) -> tuple[Finding, ...]:
        """Return the findings of a topic."""
        return tuple(each for each in self.findings if each.topic is topic)


def list_editions(store: Store) -> list[EditionRow]:
    """Return the editions, the newest first: by year, and within a year the one entered last."""
    counts: dict[int | None, int] = {}
    for row in list_entries(store, Register.EVIDENCE):
        counts[row.row_id("assessment")] = counts.get(row.row_id("assessment"), 0) + 1
    return [_edition(row, counts.get(row.id, 0)) for row in list_entries(store, Register.ASSESSMENTS)]


def list_priorities(store: Store, assessment_id: int) -> Priorities:
    """Return what an edition finds, against the edition before. Raises CspError where the edition is gone."""
    editions = list_editions(store)
    at = next((at for at, row in enumerate(editions) if row.id == assessment_id), None)
    if at is None:
        raise CspError("This assessment is no longer in the store: it was withdrawn, or taken out by an undo.")
    before = editions[at + 1] if at + 1 < len(editions) else None
    entries = list_entries(store, Register.EVIDENCE)
    plans = [row for row in list_plans(store) if row.is_open]
    open_ids = {row.id for row in plans}
    objectives = list_objectives(store)
    answering = frozenset(row.id for row in objectives if row.plan_id in open_ids)
    earlier = {} if before is None else _by_key(_of(entries, before.id))
    own = _of(entries, assessment_id)
    same = {} if before is None else {_written(row): row for row in _of(entries, before.id)}
    findings = [_finding(row, same.get(_written(row)) or earlier.get(_key(row)), answering) for row in own]
    if before is not None:
        findings = [each if each.earlier else replace(each, moved=Movement.NEW) for each in findings]
    kept = {_key(row) for row in own}
    dropped = [_finding(row, None, answering) for key, row in earlier.items() if key not in kept]
    plan = next((row for row in plans if row.kind is PlanKind.PARTNERSHIP), None)
    evidenced = {row_id for each in findings for row_id in each.objective_ids}
    bare = tuple(row for row in objectives if plan and row.plan_id == plan.id and row.id not in evidenced)
    return Priorities(editions[at], before, _in_order(findings), _in_order(dropped), plan, bare)


def published(priorities: Priorities) -> Priorities:
    """Return what of it anybody may see: findings marked public, against earlier ones that were public as well."""

    def public(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(_published(each) for each in findings if each.sensitivity is Sensitivity.PUBLIC)

    return replace(priorities, findings=public(priorities.findings), dropped=public(priorities.dropped))


def _published(finding: Finding) -> Finding:
    """Keep back how a finding moved where it was not public before: it would tell the rating that was kept back."""
    earlier = finding.earlier
    if earlier is None or earlier.sensitivity is Sensitivity.PUBLIC:
        return finding
    return replace(finding, earlier=None, moved=None, recorded=None)


def _edition(row: Entry, findings: int) -> EditionRow:
    return EditionRow(
        id=row.id,
        version=row.version,
        title=row.text("title"),
        year=row.number("year") or 0,
        kind=row.word("kind", AssessmentKind) or AssessmentKind.REFRESH,
        first_day=row.day("first_day"),
        last_day=row.day("last_day"),
        published_on=row.day("published_on"),
        next_due=row.day("next_due"),
        summary=row.text("summary"),
        findings=findings,
    )


def _of(entries: Iterable[Entry], assessment_id: int) -> list[Entry]:
    return [row for row in entries if row.row_id("assessment") == assessment_id]


def _key(row: Entry) -> tuple[Topic, str]:
    """Return what a finding is known by from one edition to the next."""
    return row.values["topic"], fold(row.text("title"))


def _written(row: Entry) -> tuple[Topic, str]:
    """Return a finding's topic and name to the letter: two of an edition may differ in that alone."""
    return row.values["topic"], row.text("title")


def _by_key(rows: Iterable[Entry]) -> Mapping[tuple[Topic, str], Entry]:
    found: dict[tuple[Topic, str], Entry] = {}
    for row in rows:
        found.setdefault(_key(row), row)
    return found


def _finding(row: Entry, earlier: Entry | None, answering: frozenset[int]) -> Finding:
    rating = row.word("priority", PriorityRag)
    was = None if earlier is None else Earlier(earlier.word("priority", PriorityRag), earlier.values["sensitivity"])
    objective_ids: tuple[int, ...] = row.ids["objectives"]
    return Finding(
        id=row.id,
        version=row.version,
        topic=row.values["topic"],
        title=row.text("title"),
        text=row.text("finding"),
        area=row.text("area"),
        agency=row.text("source_organisation"),
        source=row.text("source"),
        quality=row.word("quality", EvidenceQuality),
        sensitivity=row.values["sensitivity"],
        rating=rating,
        earlier=was,
        moved=movement(was.rating, rating) if was else None,
        recorded=row.word("movement", Movement),
        is_spotlight=bool(row.values["is_spotlight"]),
        objectives=row.names("objectives"),
        objective_ids=objective_ids,
        is_answered=not answering.isdisjoint(objective_ids),
    )


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: (_TOPICS.index(each.topic), urgency(each.rating), each.id)))
