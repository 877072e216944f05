"""The columns of the priorities of an edition."""

from csp_desktop.charts.priority_marks import RATING_MARKS, movement_mark
from csp_desktop.charts.scene import Scene
from csp_desktop.queries.evidence import Finding
from csp_desktop.queries.priority_words import difference_words, movement_words
from csp_desktop.rules.priorities import urgency
from models.terms import Sensitivity, Topic
from ui.tables.columns import Column, Kind
from ui.tables.rag import RagCell

_TOPICS = tuple(Topic)
_SPOTLIGHT = "Spotlight"
ARROW_PX = 14
MOVEMENT = "movement"


def arrow(finding: Finding) -> Scene | None:
    """Return the drawing of how a finding moved."""
    return movement_mark(finding.movement) if finding.movement else None


def answers(finding: Finding) -> str:
    """Return the objectives that answer a finding, and that none does where one should."""
    if finding.objectives:
        return "; ".join(finding.objectives)
    return "no objective" if finding.is_pressing else ""


def _notes(finding: Finding) -> str:
    said = (_SPOTLIGHT if finding.is_spotlight else "", finding.area, finding.agency)
    return " \N{MIDDLE DOT} ".join(part for part in said if part)


PRIORITIES: tuple[Column[Finding], ...] = (
    Column(
        key="topic",
        heading="Topic",
        width=18,
        spare=4,
        text=lambda row: row.topic.label,
        sort_key=lambda row: _TOPICS.index(row.topic),
    ),
    Column(
        key="rating",
        heading="Priority",
        kind=Kind.RAG,
        width=12,
        text=lambda row: row.rating.label if row.rating else "",
        rag=lambda row: RagCell(RATING_MARKS[row.rating] if row.rating else None),
        sort_key=lambda row: urgency(row.rating),
    ),
    Column(
        key=MOVEMENT,
        heading="Since the last",
        width=21,
        text=movement_words,
        note=difference_words,
        note_tone=lambda _row: "warning",
    ),
    Column(key="title", heading="Finding", width=0, text=lambda row: row.title, note=_notes),
    Column(
        key="objectives",
        heading="Answered by",
        width=26,
        spare=1,
        text=answers,
        tone=lambda row: "" if row.is_answered else "warning" if row.is_pressing else "muted",
    ),
    Column(
        key="quality", heading="Quality", width=9, spare=3, text=lambda row: row.quality.label if row.quality else ""
    ),
    Column(
        key="sensitivity",
        heading="Sensitivity",
        width=12,
        spare=2,
        text=lambda row: row.sensitivity.label,
        tone=lambda row: "error" if row.sensitivity is Sensitivity.RESTRICTED else "muted",
    ),
)
