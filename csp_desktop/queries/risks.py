"""Risks to delivery with their scores and levels, gravest first, and what each is a risk to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from csp_desktop.registers.forms import FieldKind, Register, form_of
from csp_desktop.registers.reading import Entry, read_entries
from csp_desktop.rules.risk_levels import RiskLevel, risk_level, risk_score
from csp_desktop.store import Store
from models.terms import RiskStatus


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A row that a risk threatens: its table, its id and what it is called."""

    table: str
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk as at a day. ``score`` is likelihood times impact, 1 to 25; ``target_score`` None until both are set.

    ``review_overdue_days`` is 0 where the review is not late, or the risk is closed.
    """

    id: int
    version: int
    ref: str
    title: str
    description: str
    likelihood: int
    impact: int
    score: int
    target_score: int | None
    controls: str
    owner: str
    review_date: date | None
    review_overdue_days: int
    status: RiskStatus
    at_risk: tuple[AtRisk, ...]

    @property
    def level(self) -> RiskLevel:
        """Return the level of the score."""
        return risk_level(self.score)

    @property
    def target_level(self) -> RiskLevel | None:
        """Return the level that is aimed at."""
        return None if self.target_score is None else risk_level(self.target_score)

    @property
    def is_open(self) -> bool:
        """Say whether the risk is still watched."""
        return self.status is RiskStatus.OPEN


def list_risks(store: Store, today: date) -> list[RiskRow]:
    """Return every risk: the open ones first, of those the gravest first."""
    with store.read() as connection:
        rows = [_row(entry, today) for entry in read_entries(connection, Register.RISKS)]
    return sorted(rows, key=lambda row: (not row.is_open, -row.score, -row.impact, row.ref))


def by_place(rows: Iterable[RiskRow]) -> Mapping[tuple[int, int], tuple[RiskRow, ...]]:
    """Return the open risks by (likelihood, impact)."""
    found: dict[tuple[int, int], tuple[RiskRow, ...]] = {}
    for row in rows:
        if row.is_open:
            place = (row.likelihood, row.impact)
            found[place] = (*found.get(place, ()), row)
    return found


def _row(entry: Entry, today: date) -> RiskRow:
    likelihood, impact = entry.number("likelihood") or 0, entry.number("impact") or 0
    wanted = entry.number("target_likelihood"), entry.number("target_impact")
    status, review = entry.word("status", RiskStatus) or RiskStatus.OPEN, entry.day("review_date")
    late = (today - review).days if review and status is RiskStatus.OPEN else 0
    return RiskRow(
        entry.id,
        entry.version,
        entry.text("ref"),
        entry.text("title"),
        entry.text("description"),
        likelihood,
        impact,
        risk_score(likelihood, impact),
        None if None in wanted else risk_score(wanted[0] or 0, wanted[1] or 0),
        entry.text("controls"),
        entry.text("owner"),
        review,
        max(late, 0),
        status,
        tuple(_at_risk(entry)),
    )


def _at_risk(entry: Entry) -> Iterable[AtRisk]:
    for field in form_of(Register.RISKS).fields:
        if field.kind is FieldKind.NAMES:
            for row_id, name in zip(entry.ids[field.name], entry.names(field.name), strict=True):
                yield AtRisk(field.of, row_id, name)
