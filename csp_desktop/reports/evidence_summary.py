"""The evidence summary: priorities and what moved, where it happens, gaps between evidence and plan, who was asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.charts.priority_marks import RATING_MARKS
from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.evidence import EditionRow, Finding, Priorities, list_editions, list_priorities, published
from csp_desktop.queries.priority_words import difference_words, movement_words, summary_words
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from csp_desktop.reports.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    ColumnKind,
    Heading,
    Key,
    KeyEntry,
    PageBreak,
    Paragraph,
    RagCell,
    Report,
    Role,
    Table,
    day,
)
from csp_desktop.reports.evidence_hotspots import hotspot_blocks
from csp_desktop.reports.framing import NONE, Frame, framed
from csp_desktop.store import Store
from models.terms import Movement, PriorityRag, Sensitivity, Topic

TITLE = "Evidence summary"
NOTHING = (
    "There is no strategic intelligence assessment in this store yet, and there are no figures by area. Begin an "
    "edition on the Evidence page, or bring in the spreadsheets that findings and figures are kept in."
)
NO_EDITION = "There is no strategic intelligence assessment in this store yet; figures by area are below."
NO_FINDINGS = "This edition has no findings to show."
RESTRICTED = "Findings marked Restricted are for those who need them: keep this report to them."
PUBLIC = "This is the public version: findings that are not marked public are left out."
_MEANINGS = {
    PriorityRag.RED: "a high priority.",
    PriorityRag.AMBER: "a medium priority.",
    PriorityRag.GREEN: "a low priority.",
}
_MOVEMENT = (
    "Movement compares a finding's rating with that of the edition before. A finding is known by its topic and its "
    "name; one that the edition before does not have is new."
)
_NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class EvidenceScope:
    """What the report is of: the newest edition. ``public`` leaves out what is not marked public."""

    today: date
    public: bool = False


def evidence_summary(store: Store, scope: EvidenceScope) -> Report:
    """Build the report. Without an edition and without figures it is a page that says so."""
    editions = list_editions(store)
    figures = hotspot_blocks(store, _pressing_topics(store, editions, scope), public=scope.public)
    if not editions:
        blocks: list[Block] = [Paragraph(NO_EDITION if figures else NOTHING, Role.LEAD), *figures]
        return framed(store, Frame(TITLE, "Evidence without an edition", scope.today, public=scope.public), blocks)
    found = _found(store, editions[0], scope)
    blocks = [
        *_lead(found, scope),
        *_moved(found),
        *_spotlights(found.spotlights),
        *_priorities(found, scope),
        *figures,
        *_gaps(found),
        *_consultations(store, found),
        *_reading(found),
    ]
    frame = Frame(
        title=TITLE,
        subject=f"{found.edition.title}: priorities, places, gaps and consultation",
        data_date=scope.today,
        subtitle=found.edition.title,
        period=_days(found.edition),
        public=scope.public,
    )
    return framed(store, frame, blocks)


def _found(store: Store, edition: EditionRow, scope: EvidenceScope) -> Priorities:
    found = list_priorities(store, edition.id)
    return published(found) if scope.public else found


def _pressing_topics(store: Store, editions: Sequence[EditionRow], scope: EvidenceScope) -> frozenset[Topic]:
    """Return the topics of red and amber findings: figures of theirs come first."""
    found = (_found(store, edition, scope) for edition in editions[:1])
    return frozenset(each.topic for priorities in found for each in priorities.findings if each.is_pressing)


def _days(edition: EditionRow) -> str:
    if edition.first_day is None or edition.last_day is None:
        return ""
    return f"{day(edition.first_day)} to {day(edition.last_day)}"


def _lead(found: Priorities, scope: EvidenceScope) -> list[Block]:
    edition = found.edition
    blocks: list[Block] = [Paragraph(summary_words(found), Role.LEAD)]
    blocks += [Paragraph(part) for part in edition.summary.split("\n") if part.strip()]
    kind = f"{edition.kind.label} of {edition.year}"
    published_on = f"published on {day(edition.published_on)}" if edition.published_on else "not published yet"
    due = f" The next is due on {day(edition.next_due)}." if edition.next_due else ""
    blocks.append(Paragraph(f"{edition.title} ({kind}) is {published_on}.{due}", Role.MUTED))
    if scope.public:
        blocks.append(Paragraph(PUBLIC, Role.MUTED))
    elif any(each.sensitivity is Sensitivity.RESTRICTED for each in found.findings):
        blocks.append(Paragraph(RESTRICTED))
    return blocks


def _moved(found: Priorities) -> list[Block]:
    """Return which findings moved since the edition before, by name."""
    if found.before is None:
        return []
    moved = tuple(
        f"{each.title}{_marked(each)}: {_from_to(each)}"
        for movement in (Movement.WORSENED, Movement.IMPROVED, Movement.NEW)
        for each in found.findings
        if each.moved is movement
    )
    heading = Heading(2, f"What moved since {found.before.title}")
    return [heading, BulletList(moved) if moved else Paragraph("No rating changed.")]


def _from_to(finding: Finding) -> str:
    rating = finding.rating.label.lower() if finding.rating else "not rated"
    if finding.earlier is None or finding.earlier.rating is None:
        return f"new, {rating}"
    moved = "worsened" if finding.moved is Movement.WORSENED else "improved"
    return f"{moved} from {finding.earlier.rating.label.lower()} to {rating}"


def _spotlights(findings: Sequence[Finding]) -> list[Block]:
    blocks: list[Block] = [Heading(2, "In the spotlight")] if findings else []
    for each in findings:
        blocks.append(Heading(3, f"{each.title}{_marked(each)}"))
        blocks += _paragraphs(each.text or "What was found is not written down yet.")
        rated = f"{each.rating.label} priority" if each.rating else "Not rated"
        moved = movement_words(each)
        blocks.append(Paragraph(f"{each.topic.label}. {rated}{f'; {moved.lower()}' if moved else ''}.", Role.MUTED))
    return blocks


def _marked(finding: Finding) -> str:
    return " (restricted)" if finding.sensitivity is Sensitivity.RESTRICTED else ""


def _priorities(found: Priorities, scope: EvidenceScope) -> list[Block]:
    blocks: list[Block] = [PageBreak(landscape=True), Heading(2, "Priorities by topic")]
    if not found.findings:
        return [*blocks, Paragraph(NO_FINDINGS)]
    for topic in Topic:
        findings = found.of_topic(topic)
        if findings:
            blocks += [Heading(3, topic.label), _table(topic, findings, found, public=scope.public)]
    if found.dropped and found.before:
        blocks.append(Heading(3, "No longer listed"))
        blocks.append(Paragraph(f"These stood in {found.before.title} and are not part of this edition."))
        blocks.append(BulletList(tuple(f"{each.title}{_marked(each)}" for each in found.dropped)))
    return blocks


def _table(topic: Topic, findings: Sequence[Finding], found: Priorities, *, public: bool) -> Table:
    since = f"Since {found.before.title}" if found.before else "Movement"
    columns = [
        Column("Finding", weight=3.6),
        Column("Priority", ColumnKind.RAG, 1.0),
        Column(since, weight=1.5),
        Column("Answered by", weight=2.2),
        Column("Source and quality", weight=1.9),
    ]
    columns += [] if public else [Column("Sensitivity", weight=1.2)]
    rows = tuple(_row(each)[: len(columns)] for each in findings)
    return Table(f"{topic.label}: {_rated(findings)}", tuple(columns), rows)


def _row(finding: Finding) -> tuple[Cell, ...]:
    what = [f"{finding.title} (spotlight)" if finding.is_spotlight else finding.title]
    what += [] if finding.is_spotlight or not finding.text else [finding.text]
    what += [f"Area: {finding.area}"] if finding.area else []
    moved = [part for part in (movement_words(finding), difference_words(finding)) if part]
    origin = [part for part in (finding.agency, finding.source) if part]
    quality = f"Quality: {finding.quality.label.lower() if finding.quality else _NOT_SAID}"
    return (
        "\n".join(what),
        RagCell(RATING_MARKS[finding.rating] if finding.rating else None),
        "\n".join(moved) or NONE,
        "; ".join(finding.objectives) or "no objective",
        "\n".join([*origin, quality]),
        finding.sensitivity.label,
    )


def _rated(findings: Iterable[Finding]) -> str:
    ratings = [each.rating for each in findings]
    said = [f"{count:,} {rating.label.lower()}" for rating in PriorityRag if (count := ratings.count(rating))]
    said += [f"{ratings.count(None):,} not rated"] if None in ratings else []
    return ", ".join(said)


def _gaps(found: Priorities) -> list[Block]:
    blocks: list[Block] = [PageBreak(), Heading(2, "Gaps between evidence and plan")]
    blocks.append(Heading(3, "Red and amber findings that no objective answers"))
    unanswered = tuple(
        f"{each.rating.label}: {each.title}{_marked(each)}" for each in found.unanswered if each.rating is not None
    )
    blocks.append(BulletList(unanswered) if unanswered else Paragraph("None: an objective answers each of them."))
    blocks.append(Heading(3, "Objectives that rest on no finding"))
    if found.plan is None:
        return [*blocks, Paragraph("There is no open partnership plan to compare with.")]
    bare = tuple(f"{row.number} {row.title}".strip() for row in found.without_evidence)
    if not bare:
        return [*blocks, Paragraph(f"None: every objective of {found.plan.title} rests on a finding of this edition.")]
    about = f"Nothing in this edition is linked to these objectives of {found.plan.title}."
    return [*blocks, Paragraph(about), BulletList(bare)]


def _consultations(store: Store, found: Priorities) -> list[Block]:
    """Return who was asked about this edition, about the open plan, or about neither by name."""
    plan_id = found.plan.id if found.plan else None
    rows = [
        row
        for row in list_entries(store, Register.CONSULTATIONS)
        if row.row_id("assessment") in {None, found.edition.id} and row.row_id("plan") in {None, plan_id}
    ]
    blocks: list[Block] = [Heading(2, "Who was asked, what they said, and what changed")]
    if not rows:
        blocks.append(Paragraph("No consultation on this edition is recorded."))
    for row in rows:
        blocks += _consultation(row)
    return blocks


def _consultation(row: Entry) -> list[Block]:
    starts, ends = row.day("starts"), row.day("ends")
    days = [day(each) for each in (starts, ends) if each is not None]
    responses = row.number("responses")
    facts = (
        ("Asked", row.text("asked") or _NOT_SAID),
        ("How", row.text("method")),
        ("When", " to ".join(days)),
        ("Responses", "" if responses is None else f"{responses:,}"),
        ("They said", row.text("said") or _NOT_SAID),
        ("What changed", row.text("changed") or "nothing is recorded yet"),
    )
    return [Heading(3, row.text("title")), BulletList(tuple(f"{name}: {value}" for name, value in facts if value))]


def _reading(found: Priorities) -> list[Block]:
    sources = sorted(
        {" \N{EN DASH} ".join(part for part in (each.agency, each.source) if part) for each in found.findings} - {""}
    )
    notes = [
        _MOVEMENT,
        "Where the movement that was entered is another than the two ratings give, both are shown.",
        "Quality says how far a finding can be leaned on, as those who wrote it judge: high, medium or low.",
    ]
    blocks: list[Block] = [
        Heading(2, "How to read this summary"),
        Key(tuple(KeyEntry(RATING_MARKS[rating], meaning) for rating, meaning in _MEANINGS.items())),
        BulletList(tuple(notes)),
    ]
    if sources:
        blocks += [Heading(2, "Sources of the findings"), BulletList(tuple(sources))]
    return blocks


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(part) for part in text.split("\n") if part.strip()]
