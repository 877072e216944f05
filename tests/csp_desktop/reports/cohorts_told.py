"""Cohorts of a test's own making as a report is told of them, without a store; and what a report says, collected."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from csp_desktop.queries.cohort_basis import CohortBasis
from csp_desktop.queries.cohort_figures import CohortFigures
from csp_desktop.queries.cohorts import CohortRow
from csp_desktop.queries.severities import shipped_editions
from csp_desktop.reoffending.definition import definition_of
from csp_desktop.reoffending.disclosure import DisclosureRules
from csp_desktop.reoffending.following import Followed, FollowedCohort
from csp_desktop.reoffending.outcomes import outcomes_of
from csp_desktop.reoffending.public_form import RULES, public_form
from csp_desktop.reoffending.selecting import Period
from csp_desktop.reports.blocks import Block, BulletList, Figure, Heading, Paragraph, Table, cell_text, flatten
from csp_desktop.reports.cohort_position import CohortPosition
from models.offending import CohortDefinition, OffenceStanding

DATA_DATE = date(2026, 9, 30)


def position_of(
    people: Sequence[Followed],
    *,
    public: bool = True,
    kind: CohortDefinition = CohortDefinition.LOCAL,
    not_counted: dict[OffenceStanding, int] | None = None,
) -> CohortPosition:
    definition = definition_of(kind)
    basis = CohortBasis(
        id=1,
        version=1,
        name="Made up",
        definition=definition,
        period=Period(None, None),
        data_date=None,
        baseline=0.3,
        baseline_note="",
    )
    days = [each.index_date for each in people]
    row = CohortRow(
        id=1,
        version=1,
        name=basis.name,
        definition=definition,
        period=basis.period,
        first_index=min(days, default=None),
        last_index=max(days, default=None),
        people=len({each.offender_id for each in people}),
        index_events=len(people),
        data_date=None,
        baseline_score=300_000,
        baseline_note="",
    )
    followed = FollowedCohort(tuple(people), not_counted or {}, {}, DATA_DATE)
    figures = CohortFigures(basis, shipped_editions(), followed, outcomes_of(people, basis.baseline))
    rules = RULES if public else DisclosureRules(threshold=1)
    return CohortPosition(row, figures, rules, public_form(figures.outcomes, rules=rules), public)


def renamed(position: CohortPosition, name: str) -> CohortPosition:
    return replace(position, row=replace(position.row, name=name))


def tables(blocks: Sequence[Block]) -> list[Table]:
    return [block for block in flatten(tuple(blocks)) if isinstance(block, Table)]


def table_under(blocks: Sequence[Block], heading: str) -> Table:
    flat = flatten(tuple(blocks))
    start = next(at for at, block in enumerate(flat) if isinstance(block, Heading) and block.text == heading)
    return next(block for block in flat[start:] if isinstance(block, Table))


def column(table: Table, heading: str) -> list[str]:
    at = [each.title for each in table.columns].index(heading)
    return [cell_text(row[at]) for row in table.rows]


def said(blocks: Sequence[Block]) -> str:
    """Everything that blocks say outside their tables, as one text."""
    return "\n".join(_said(blocks))


def _said(blocks: Sequence[Block]) -> Iterator[str]:
    for block in flatten(tuple(blocks)):
        match block:
            case Heading() | Paragraph():
                yield block.text
            case BulletList():
                yield from block.items
            case Figure():
                yield from (block.title, block.subtitle, block.source, block.alt)
            case Table():
                yield from (block.caption, *(([block.empty]) if not block.rows else []))
            case _:
                pass


def numbers_in(text: str) -> list[str]:
    """Every number that stands in a text, as it stands there."""
    return re.findall(r"\d[\d,]*(?:\.\d+)?", text)
