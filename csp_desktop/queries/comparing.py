"""Cohorts beside each other: their rates with intervals, and every reason not to draw a line through them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.queries.cohort_basis import cohort_basis
from csp_desktop.queries.following import follow
from csp_desktop.reoffending.definition import Definition
from csp_desktop.reoffending.outcomes import Outcomes, outcomes_of
from csp_desktop.store import Store

FEWEST = 30
"""A rate on fewer people is flagged: it may differ by chance alone (domain rules, reliability)."""
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A cohort to compare, as known on a day."""

    cohort_id: int
    data_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A cohort among others."""

    cohort_id: int
    name: str
    definition: Definition
    data_date: date
    outcomes: Outcomes

    @property
    def is_reliable(self) -> bool:
        """Say whether enough people are measurable for the rate to be relied on."""
        return self.outcomes.offenders >= FEWEST


@dataclass(frozen=True, slots=True)
class Comparison:
    """Cohorts in the order chosen. ``warnings`` are sentences; ``same_line``: one rule counts them all."""

    rows: tuple[Compared, ...]
    warnings: tuple[str, ...]
    same_line: bool

    def difference(self, first: int, second: int) -> float | None:
        """Return the second rate less the first in percentage points, None where one of them cannot be said."""
        before, after = self.rows[first].outcomes.rate, self.rows[second].outcomes.rate
        return None if before is None or after is None else (after - before) * _PERCENT


def compare_cohorts(store: Store, choices: Sequence[Choice]) -> Comparison:
    """Return cohorts compared. Raises CspError where one of them is not in the store any more."""
    rows = []
    with store.read() as connection:
        for choice in choices:
            basis = cohort_basis(connection, choice.cohort_id)
            people = follow(connection, basis, choice.data_date).people
            rows.append(
                Compared(
                    cohort_id=basis.id,
                    name=basis.name,
                    definition=basis.definition,
                    data_date=choice.data_date,
                    outcomes=outcomes_of(people, basis.baseline),
                )
            )
    same_line = all(row.definition.is_comparable(rows[0].definition) for row in rows)
    return Comparison(tuple(rows), tuple(_warnings(rows, same_line)), same_line)


def _warnings(rows: Sequence[Compared], same_line: bool) -> list[str]:
    found = []
    if not same_line:
        other = next(row for row in rows if not row.definition.is_comparable(rows[0].definition))
        found.append(
            f"“{rows[0].name}” and “{other.name}” are counted by different rules, so their rates cannot be compared "
            "like with like and share no line."
        )
    nobody = [f"“{row.name}”" for row in rows if not row.outcomes.offenders]
    if nobody:
        found.append(f"Nobody is measurable yet in {', '.join(nobody)}, so there is no rate to compare.")
    few = [f"“{row.name}”" for row in rows if row.outcomes.offenders and not row.is_reliable]
    if few:
        found.append(f"Fewer than {FEWEST} people are measurable in {', '.join(few)}: the rate may differ by chance.")
    waiting = [f"“{row.name}”" for row in rows if row.outcomes.offenders and row.outcomes.not_yet_measurable]
    if waiting:
        found.append(f"Some people are not measurable yet in {', '.join(waiting)}; their rates can still move.")
    return found
