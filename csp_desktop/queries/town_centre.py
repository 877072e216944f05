"""What is on in the town centre: operations with what they yielded and left to do, orders, feedback, served actions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from csp_desktop.queries.plans import PlanRow, list_plans
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry, read_entries
from csp_desktop.rules.folding import fold
from csp_desktop.rules.orders import ClauseStanding, ClauseTerm
from csp_desktop.rules.periods import Period
from csp_desktop.store import Store
from models.plan import Action
from models.terms import OperationStatus
from models.town_centre import ActionLink, OrderClause
from models.vocabulary import LifecycleStatus, PlanKind


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """What an operation left to be done, judged as at ``as_of``."""

    entry: Entry
    as_of: date

    @property
    def id(self) -> int:
        """Its id."""
        return self.entry.id

    @property
    def is_open(self) -> bool:
        """Say whether it is still to be done."""
        status = self.entry.word("status", LifecycleStatus)
        return status is not None and status.is_open

    @property
    def overdue_days(self) -> int:
        """How many days late it is, 0 where it is not: a thing is late from the day after it was due."""
        due = self.entry.day("due")
        return max((self.as_of - due).days, 0) if self.is_open and due is not None else 0


@dataclass(frozen=True, slots=True)
class OperationRow:
    """An operation with what it left to be done, judged as at ``as_of``."""

    entry: Entry
    follow_ups: tuple[FollowUpRow, ...]
    as_of: date

    @property
    def id(self) -> int:
        """Its id."""
        return self.entry.id

    @property
    def starts(self) -> date:
        """Its first day; every operation has one."""
        return self.entry.day("starts") or date.min

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.entry.day("ends") or self.starts

    @property
    def is_held(self) -> bool:
        """Say whether it took place."""
        return self.entry.word("status", OperationStatus) is OperationStatus.HELD

    @property
    def is_planned(self) -> bool:
        """Say whether nobody has said yet that it took place or was called off."""
        return self.entry.word("status", OperationStatus) is OperationStatus.PLANNED

    @property
    def is_untold(self) -> bool:
        """Say whether its last day has passed and nobody has said what came of it."""
        return self.is_planned and self.last_day < self.as_of

    @property
    def is_to_come(self) -> bool:
        """Say whether it is planned and not over."""
        return self.is_planned and not self.is_untold

    @property
    def open_follow_ups(self) -> tuple[FollowUpRow, ...]:
        """What of it is still to be done."""
        return tuple(row for row in self.follow_ups if row.is_open)


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause of an order with its term."""

    entry: Entry
    term: ClauseTerm

    @property
    def id(self) -> int:
        """Its id."""
        return self.entry.id

    @property
    def name(self) -> str:
        """The order and the clause, as one name."""
        return f"{self.entry.text('order_name')}: {self.entry.text('clause')}"


@dataclass(frozen=True, slots=True)
class Served:
    """A link: the partnership action ``serves_id`` that the action ``action_id`` of another plan serves."""

    action_id: int
    serves_id: int
    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class TownCentre:
    """Everything beside the actions, read from one state of the store and judged as at ``as_of``.

    Operations go from the last to the first, clauses and places in the order of their registers.
    """

    as_of: date
    operations: tuple[OperationRow, ...]
    clauses: tuple[ClauseRow, ...]
    feedback: tuple[Entry, ...]
    places: tuple[Entry, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is recorded at all."""
        return not (self.operations or self.clauses or self.feedback)

    @property
    def to_come(self) -> list[OperationRow]:
        """The operations that are planned and not over, the next first."""
        return sorted((row for row in self.operations if row.is_to_come), key=lambda row: (row.starts, row.id))

    @property
    def untold(self) -> list[OperationRow]:
        """The operations that are over and nobody has said what came of them, the oldest first."""
        return sorted((row for row in self.operations if row.is_untold), key=lambda row: (row.starts, row.id))

    @property
    def open_follow_ups(self) -> list[FollowUpRow]:
        """Everything still to be done: the most overdue first, then as it falls due, without a date last."""
        found = [follow_up for row in self.operations for follow_up in row.open_follow_ups]
        return sorted(found, key=lambda row: (row.entry.day("due") or date.max, row.id))

    @property
    def asking_clauses(self) -> list[ClauseRow]:
        """The clauses that expired or come up for renewal and are not renewed, the first to expire first."""
        asking = {ClauseStanding.EXPIRED, ClauseStanding.RENEWAL}
        found = [row for row in self.clauses if row.term.standing(self.as_of) in asking]
        return sorted(found, key=lambda row: (row.term.expires or date.max, row.id))

    @property
    def unanswered(self) -> list[Entry]:
        """The feedback that nobody has answered, the latest first."""
        return [row for row in self.feedback if not row.text("answer") and row.day("answered_on") is None]

    def held_in(self, period: Period) -> list[OperationRow]:
        """Return the operations that took place in a period by their first day, the first of them first."""
        found = [row for row in self.operations if row.is_held and period.holds(row.starts)]
        return sorted(found, key=lambda row: (row.starts, row.id))


def read_town_centre(store: Store, as_of: date) -> TownCentre:
    """Read everything beside the actions as it stands now, judged as at ``as_of``."""
    with store.read() as connection:
        operations = tuple(_operations(connection, as_of))
        clauses = tuple(_clauses(connection))
        feedback = tuple(read_entries(connection, Register.FEEDBACK))
        places = tuple(read_entries(connection, Register.PLACES))
    return TownCentre(as_of, operations, clauses, feedback, places)


def list_operations(store: Store, as_of: date) -> list[OperationRow]:
    """Return the operations with what they left to be done, the last first."""
    with store.read() as connection:
        return list(_operations(connection, as_of))


def list_clauses(store: Store) -> list[ClauseRow]:
    """Return the clauses with their terms, order by order."""
    with store.read() as connection:
        return list(_clauses(connection))


def _operations(connection: Connection, as_of: date) -> Iterable[OperationRow]:
    left: dict[int | None, list[FollowUpRow]] = {}
    for entry in read_entries(connection, Register.FOLLOW_UPS):
        left.setdefault(entry.row_id("operation"), []).append(FollowUpRow(entry, as_of))
    for entry in read_entries(connection, Register.OPERATIONS):
        yield OperationRow(entry, tuple(left.get(entry.id, ())), as_of)


def _clauses(connection: Connection) -> Iterable[ClauseRow]:
    renewed = set(connection.scalars(select(OrderClause.id).where(OrderClause.renewed_by_id.is_not(None))))
    for entry in read_entries(connection, Register.ORDER_CLAUSES):
        term = ClauseTerm(
            starts=entry.day("starts"),
            expires=entry.day("expires"),
            warn_months=entry.number("warn_months") or 0,
            is_renewed=entry.id in renewed,
        )
        yield ClauseRow(entry, term)


def town_centre_plan(store: Store) -> PlanRow | None:
    """Return the open plan of the town centre, else the newest of its kind, None where there is none."""
    return next((plan for plan in list_plans(store) if plan.kind is PlanKind.TOWN_CENTRE), None)


def served_actions(store: Store, plan_id: int) -> dict[int, list[Served]]:
    """Return the links of a plan's actions by action, in order of the refs they serve."""
    own = select(Action.id).where(Action.plan_id == plan_id)
    query = (
        select(ActionLink.action_id, ActionLink.serves_id, Action.ref, Action.title)
        .join(Action, Action.id == ActionLink.serves_id)
        .where(ActionLink.action_id.in_(own))
        .order_by(ActionLink.serves_id)
    )
    found: dict[int, list[Served]] = {}
    with store.read() as connection:
        for row in connection.execute(query):
            found.setdefault(row.action_id, []).append(Served(*row))
    return found


@dataclass(frozen=True, slots=True)
class OutputLine:
    """One type of output: how many in each period, in the order of the periods."""

    kind: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many in all periods."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Outputs by type and period; the type with the most first. Nothing outside the periods is in it."""

    periods: tuple[Period, ...]
    lines: tuple[OutputLine, ...]


def outputs_by_period(operations: Iterable[OperationRow], periods: Sequence[Period]) -> Outputs:
    """Sum what operations yielded by type and period.

    Only held operations count, each whole in the period of its first day. Types that differ in capitals and spaces
    alone are one, called as they are most often written.
    """
    sums: dict[str, list[int]] = {}
    wordings: dict[str, Counter[str]] = {}
    for row in operations:
        at = next((at for at, period in enumerate(periods) if period.holds(row.starts)), None)
        if at is None or not row.is_held:
            continue
        for kind, count in row.entry.counts("outputs"):
            sums.setdefault(fold(kind), [0] * len(periods))[at] += count
            wordings.setdefault(fold(kind), Counter())[kind] += 1
    lines = [OutputLine(_usual(wordings[key]), tuple(counts)) for key, counts in sums.items()]
    return Outputs(tuple(periods), tuple(sorted(lines, key=lambda line: (-line.total, fold(line.kind)))))


def _usual(wordings: Counter[str]) -> str:
    usual = min(wordings, key=lambda wording: (-wordings[wording], wording))
    return usual[:1].upper() + usual[1:]


def operations_by_place(operations: Iterable[OperationRow]) -> Mapping[int, int]:
    """Return how many held operations there were at each place, by its id."""
    places = (row.entry.row_id("place") for row in operations if row.is_held)
    return Counter(place for place in places if place is not None)
