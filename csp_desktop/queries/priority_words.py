"""The priorities of an edition in sentences, the same on screen and on paper."""

from csp_desktop.queries.evidence import Finding, Priorities
from models.terms import Movement, PriorityRag

_MOVED = (Movement.WORSENED, Movement.IMPROVED, Movement.NEW, Movement.UNCHANGED)


def movement_words(finding: Finding) -> str:
    """Return how a finding moved, "" where that is not known: "Worsened, was amber"."""
    movement = finding.movement
    if movement is None:
        return ""
    was = finding.earlier.rating if finding.earlier else None
    return f"{movement.label}, was {was.label.lower()}" if was and was is not finding.rating else movement.label


def difference_words(finding: Finding) -> str:
    """Return what was entered where the two ratings say otherwise, else "": "entered as improved"."""
    return f"entered as {finding.recorded.label.lower()}" if finding.differs and finding.recorded else ""


def summary_words(priorities: Priorities) -> str:
    """Return an edition in a line: how its findings are rated, and what moved since the edition before."""
    rated = [
        f"{count:,} {rating.label.lower()}"
        for rating in PriorityRag
        if (count := sum(each.rating is rating for each in priorities.findings))
    ]
    said = f"{_counted(len(priorities.findings), 'finding')}{': ' if rated else ''}{', '.join(rated)}."
    if priorities.before is None:
        return f"{said} There is no earlier edition to compare with."
    moved = [
        f"{count:,} {movement.label.lower()}"
        for movement in _MOVED
        if (count := sum(each.moved is movement for each in priorities.findings))
    ]
    gone = f"; {len(priorities.dropped):,} no longer listed" if priorities.dropped else ""
    return f"{said} Since {priorities.before.title}: {', '.join(moved) or 'nothing rated in both'}{gone}."


def gap_counts(priorities: Priorities) -> str:
    """Return how many gaps there are in as few words as will do: "Gaps: 3 findings, 8 objectives"."""
    unanswered, bare = len(priorities.unanswered), len(priorities.without_evidence)
    parts = (
        _counted(unanswered, "finding") if unanswered else "",
        _counted(bare, "objective") if bare else "",
    )
    return f"Gaps: {', '.join(part for part in parts if part)}" if any(parts) else "No gaps"


def gap_words(priorities: Priorities) -> str:
    """Return in a line how many gaps there are between evidence and plan."""
    unanswered, bare = len(priorities.unanswered), len(priorities.without_evidence)
    if not unanswered and not bare:
        return "No gaps between evidence and plan"
    parts = (
        f"{_counted(unanswered, 'red or amber finding')} answered by no objective" if unanswered else "",
        f"{_counted(bare, 'objective')} that {'rests' if bare == 1 else 'rest'} on no finding" if bare else "",
    )
    return f"Gaps: {'; '.join(part for part in parts if part)}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
