"""The panes beside the priorities: one finding whole, and the gaps between evidence and plan."""

from csp_desktop.queries.evidence import Finding, Priorities
from csp_desktop.queries.priority_words import difference_words, movement_words
from ui.evidence.facts_pane import FactsPane

NO_GAPS = "Every red and amber finding is answered by an objective, and every objective rests on a finding."


def finding_pane(finding: Finding, before: str) -> FactsPane:
    """Return a finding whole; ``before`` is the title of the edition before, "" for none."""
    pane = FactsPane(finding.title)
    pane.add_words(finding.text)
    moved = "; ".join(part for part in (movement_words(finding), difference_words(finding)) if part)
    pane.add_facts(
        (
            ("Topic", finding.topic.label),
            ("Priority", finding.rating.label if finding.rating else "not rated"),
            (f"Since {before}" if before else "Movement", moved),
            ("Spotlight", "Yes" if finding.is_spotlight else ""),
            ("Area", finding.area),
            ("Source agency", finding.agency),
            ("Source", finding.source),
            ("Quality", finding.quality.label if finding.quality else "not said"),
            ("Sensitivity", finding.sensitivity.label),
        )
    )
    pane.add_heading("Objectives that answer it")
    for objective in finding.objectives:
        pane.add_words(objective)
    if not finding.objectives:
        pane.add_words("None. Edit the finding (F2) to name those that do.", "muted")
    return pane.end()


def gaps_pane(priorities: Priorities) -> FactsPane:
    """Return what is found and not planned for, what is planned and not found, and what the edition let go."""
    pane = FactsPane("Gaps between evidence and plan")
    if not priorities.unanswered and not priorities.without_evidence:
        pane.add_words(NO_GAPS)
    if priorities.unanswered:
        pane.add_heading("Red and amber findings that no objective answers")
        pane.add_facts([(each.rating.label, each.title) for each in priorities.unanswered if each.rating])
    if priorities.without_evidence and priorities.plan:
        pane.add_heading(f"Objectives of {priorities.plan.title} that rest on no finding")
        pane.add_facts([(row.number or row.theme, row.title) for row in priorities.without_evidence])
    if priorities.dropped and priorities.before:
        pane.add_heading(f"In {priorities.before.title}, and no longer in this edition")
        pane.add_facts([(each.rating.label if each.rating else "not rated", each.title) for each in priorities.dropped])
    return pane.end()
