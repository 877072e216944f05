"""The plan itself as a document: the duty, the partners, the evidence, what will be done, and how it will be known."""

from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.measures.values import shown
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.measures import list_scorecard
from csp_desktop.queries.plans import ObjectiveRow, PlanRow, ThemeRow, find_plan, list_objectives, list_strategies
from csp_desktop.queries.plans import list_themes as themes_of
from csp_desktop.queries.risks import list_risks
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from csp_desktop.reports.action_tables import count, said
from csp_desktop.reports.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Role,
    Table,
    day,
)
from csp_desktop.reports.framing import NONE, Frame, entries_table, framed
from csp_desktop.store import Store
from models.terms import Sensitivity
from models.vocabulary import LifecycleStatus, OrganisationKind, PlanKind

DUTY = (
    "The Crime and Disorder Act 1998 asks the responsible authorities of an area to work together and to have a "
    "strategy to reduce crime and disorder, to combat the misuse of drugs, alcohol and other substances, and to "
    "reduce reoffending (sections 5 and 6). This plan is that strategy."
)
REFRESH = "It is refreshed every year from the strategic intelligence assessment, with a full review about every three."
TOWN_CENTRE = "This plan says what partners do together in the town centre, beside the partnership's own plan."
_SHOWN = (Sensitivity.PUBLIC, Sensitivity.PARTNERSHIP)


@dataclass(frozen=True, slots=True)
class PlanScope:
    """Which plan, by key or title; None is the open partnership plan. ``public`` leaves people out."""

    today: date
    plan: str | None = None
    public: bool = False


def plan_document(store: Store, scope: PlanScope) -> Report:
    """Build the document of a plan as it stands. Raises CspError for a plan that is not known."""
    plan = find_plan(store, scope.plan)
    blocks: list[Block] = [
        *_why(plan),
        *_partners(store),
        *_evidence(store, scope),
        *_themes(store, plan, scope),
        *_measures(store, plan, scope),
        *_running(store, plan, scope),
        *([] if scope.public else _risks(store, scope)),
    ]
    frame = Frame(
        title=plan.title,
        subject=f"{plan.title}: why, who, what and how it will be known",
        data_date=scope.today,
        period=_years(plan),
        public=scope.public,
    )
    return framed(store, frame, blocks)


def _years(plan: PlanRow) -> str:
    if plan.starts is None or plan.ends is None:
        return ""
    return f"{day(plan.starts)} to {day(plan.ends)}"


def _why(plan: PlanRow) -> list[Block]:
    about = DUTY if plan.kind is PlanKind.PARTNERSHIP else TOWN_CENTRE
    blocks: list[Block] = [Heading(2, "Why there is a plan"), Paragraph(about)]
    if plan.kind is PlanKind.PARTNERSHIP:
        blocks.append(Paragraph(REFRESH))
    approved = f"It was approved on {day(plan.approved_on)}." if plan.approved_on else "It is not approved yet."
    return [*blocks, Paragraph(approved, Role.MUTED)]


def _partners(store: Store) -> list[Block]:
    """Return who works together, by how each stands to the duty, and the groups that they sit in."""
    partners = list_entries(store, Register.ORGANISATIONS)
    kinds = list(OrganisationKind)
    partners.sort(key=lambda row: kinds.index(row.values["kind"]))
    groups = list_entries(store, Register.GROUPS)
    blocks: list[Block] = [
        Heading(2, "Who works together"),
        entries_table(
            Register.ORGANISATIONS,
            partners,
            (("name", 2), ("kind", 1.6), ("statutory_basis", 3)),
            f"{count(len(partners), 'partner')}, the responsible authorities first",
            "No partner is recorded yet.",
        ),
    ]
    for group in groups:
        blocks.append(Heading(3, group.text("name")))
        blocks.append(Paragraph(said(group.text("purpose"), "Its purpose is not recorded yet.")))
    return blocks


def _evidence(store: Store, scope: PlanScope) -> list[Block]:
    """Return what the latest edition of the assessment holds to be pressing, and what people said."""
    editions = list_entries(store, Register.ASSESSMENTS)
    blocks: list[Block] = [Heading(2, "What the evidence says")]
    if not editions:
        blocks.append(Paragraph("No strategic intelligence assessment is recorded yet."))
    else:
        blocks += _edition(store, editions[0], scope)
    asked = [row for row in list_entries(store, Register.CONSULTATIONS) if row.text("said")]
    if asked:
        columns = (("title", 1.6), ("asked", 2), ("said", 3), ("changed", 2.4))
        caption = f"What people said in {count(len(asked), 'consultation')}, and what changed"
        blocks += [
            Heading(3, "What people told us"),
            entries_table(Register.CONSULTATIONS, asked, columns, caption, "Nobody was asked yet."),
        ]
    return blocks


def _edition(store: Store, edition: Entry, scope: PlanScope) -> list[Block]:
    may_see = (Sensitivity.PUBLIC,) if scope.public else _SHOWN
    findings = [
        row
        for row in list_entries(store, Register.EVIDENCE)
        if row.row_id("assessment") == edition.id
        and row.values["sensitivity"] in may_see
        and (row.values["priority"] is not None or row.values["is_spotlight"])
    ]
    order = {"red": 0, "amber": 1, "green": 2}
    findings.sort(key=lambda row: order.get(row.values["priority"] or "", 3))
    columns = (("topic", 1.6), ("title", 3), ("priority", 1), ("movement", 1.1))
    caption = f"Priorities of the assessment, the most pressing of {len(findings):,} first"
    summary = edition.text("summary")
    return [
        Paragraph(f"From {edition.text('title')}." + (f" {summary}" if summary else "")),
        entries_table(Register.EVIDENCE, findings, columns, caption, "This edition rates no priority that is shown."),
    ]


def _themes(store: Store, plan: PlanRow, scope: PlanScope) -> list[Block]:
    """Return each theme with its strands: what will be done, through what, and who leads."""
    themes = themes_of(store, plan.id)
    objectives = list_objectives(store, plan.id)
    actions = [
        row for row in list_actions(store, View(scope.today), plan.id) if row.status is not LifecycleStatus.CANCELLED
    ]
    blocks: list[Block] = [PageBreak(), Heading(2, "What will be done")]
    if not themes:
        blocks.append(Paragraph("The plan has no theme yet."))
    for theme in themes:
        name = f"{theme.number} {theme.title}".strip()
        blocks.append(Heading(3, name if theme.parent is None else f"{name} (part of {theme.parent})"))
        if theme.summary:
            blocks.append(Paragraph(theme.summary))
        blocks += _theme(theme, objectives, actions, scope)
    return blocks


def _theme(theme: ThemeRow, objectives: list[ObjectiveRow], actions: list[ActionRow], scope: PlanScope) -> list[Block]:
    own = [row for row in objectives if row.theme_id == theme.id]
    loose = [row for row in actions if row.theme_id == theme.id and row.objective_id is None]
    rows: list[tuple[Cell, ...]] = []
    for objective in own:
        through = [row for row in actions if row.objective_id == objective.id]
        rows.append(
            (
                f"{objective.number} {objective.title}".strip(),
                objective.strategy or NONE,
                _named([row.title for row in through]),
                _named(_leads(through, public=scope.public)),
            )
        )
    rows += [("Under no objective", NONE, row.title, _named(_leads([row], public=scope.public))) for row in loose]
    columns = (
        Column("What we will do", weight=2.2),
        Column("Strategy", weight=1.4),
        Column("Actions", weight=2.6),
        Column("Lead", weight=1.4),
    )
    served = [row.title for row in objectives if theme.title in row.serves]
    blocks: list[Block] = []
    if rows:
        caption = f"{count(len(own), 'objective')} of {theme.title}"
        blocks.append(_without_empty(Table(caption, columns, tuple(rows))))
    if served:
        blocks.append(BulletList(tuple(f"Also served by: {title}" for title in served)))
    if not blocks and not theme.summary:
        blocks.append(Paragraph("Nothing is recorded under this heading yet.", Role.MUTED))
    return blocks


def _without_empty(table: Table) -> Table:
    """Return a table without the columns, but for the first, that say of every row that there is none."""
    kept = [at for at in range(len(table.columns)) if at == 0 or any(row[at] != NONE for row in table.rows)]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def _leads(actions: list[ActionRow], *, public: bool) -> list[str]:
    leads = [row.lead_partner if public else row.lead_officer or row.lead_partner for row in actions]
    return [each for each in dict.fromkeys(leads) if each]


def _named(texts: list[str]) -> str:
    return "\n".join(texts) or NONE


def _measures(store: Store, plan: PlanRow, scope: PlanScope) -> list[Block]:
    """Return how success will be known: each measure with its baseline, its next target and its last reading."""
    titles = {row.title for row in list_objectives(store, plan.id)}
    themes: set[int | None] = {row.id for row in themes_of(store, plan.id)}
    rows = tuple(
        (
            row.measure.title,
            f"{row.measure.unit.label}; {row.measure.terms.polarity.label.lower()}",
            "none yet" if row.measure.baseline is None else shown(row.measure.baseline, row.measure.unit),
            shown(row.target.value, row.measure.unit) if row.target else NONE,
            f"{shown(row.latest.value, row.measure.unit)} ({row.latest.period})" if row.latest else NONE,
        )
        for row in list_scorecard(store, scope.today)
        if row.measure.theme_id in {*themes, None} or titles & set(row.measure.objectives)
    )
    columns = (
        Column("Measure", weight=2.6),
        Column("Unit, and which way is good", weight=2),
        Column("Baseline", weight=1.1),
        Column("Target", weight=1.1),
        Column("Last reading", weight=1.4),
    )
    caption = f"{count(len(rows), 'measure')} of success"
    return [Heading(2, "How we will know"), Table(caption, columns, rows, "No measure is recorded yet.")]


def _running(store: Store, plan: PlanRow, scope: PlanScope) -> list[Block]:
    """Return how the plan is run: who owns it, when it is reported on, and the strategies it works through."""
    owner = f"{plan.group} owns the plan." if plan.group else "No group owns the plan yet."
    cycle = f"Owners report every {count(plan.update_cycle_months, 'month')}."
    strategies = tuple(
        (
            row.name,
            said(row.summary, NONE),
            said(None if scope.public and row.owner_person_id else row.owner, NONE),
            day(row.review_date) if row.review_date else NONE,
        )
        for row in list_strategies(store)
    )
    columns = (
        Column("Strategy", weight=1.6),
        Column("What it is for", weight=3),
        Column("Owner", weight=1.4),
        Column("Review", weight=1),
    )
    caption = "The strategies that the plan works through"
    return [
        Heading(2, "How the plan is run"),
        Paragraph(f"{owner} {cycle}"),
        Table(caption, columns, strategies, "No strategy is recorded yet."),
    ]


def _risks(store: Store, scope: PlanScope) -> list[Block]:
    """Return what could keep the plan from being delivered, the gravest first, and what is done about it."""
    risks = [row for row in list_risks(store, scope.today) if row.is_open]
    rows = tuple(
        (
            f"{row.ref} {row.title}",
            ", ".join(each.name for each in row.at_risk) or NONE,
            f"{row.score} {row.level.label.lower()}",
            said(row.controls, NONE),
            said(row.owner, NONE),
        )
        for row in risks
    )
    columns = (
        Column("Risk", weight=2.2),
        Column("To what", weight=1.8),
        Column("Score", weight=0.9),
        Column("What is done about it", weight=2.4),
        Column("Owner", weight=1.2),
    )
    caption = f"{count(len(rows), 'open risk')}; a score is likelihood times impact, 25 at most"
    return [Heading(2, "Risks to delivery"), Table(caption, columns, rows, "No risk to delivery is recorded.")]
