"""Cohorts of a few people, made row by row for a test."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from csp_desktop.commands.window_ends import keep_window_ends
from csp_desktop.queries.following import follow_cohort
from csp_desktop.reoffending.definition import Definition, definition_of
from csp_desktop.reoffending.following import FollowedCohort
from csp_desktop.reoffending.outcomes import Outcomes, outcomes_of
from csp_desktop.store import Store
from models.offending import CohortDefinition, OffenceOutcome
from models.reoffending import Cohort, CohortMember, Offence, OffenceCode, Offender

LATE = date(2026, 11, 29)
X = date(2023, 3, 1)


@dataclass
class Made:
    """A store with one cohort under a definition."""

    store: Store
    definition: Definition = field(default_factory=lambda: definition_of(CohortDefinition.LOCAL))
    period: tuple[date | None, date | None] = (None, None)
    cohort: int = 0

    def __post_init__(self) -> None:
        d = self.definition
        with self.store.write("Make a cohort") as session:
            row = Cohort(
                name=f"Cohort of {d.kind.label}",
                definition=d.kind,
                follow_up_months=d.follow_up_months,
                waiting_months=d.waiting_months,
                index_rule=d.index_rule,
                counts_index_day=d.counts_index_day,
                breach_codes=list(d.breach_codes),
                proofs=[each.value for each in d.proofs],
                period_first=self.period[0],
                period_last=self.period[1],
            )
            session.add(row)
            session.flush()
            self.cohort = row.id

    def _add(self, row: Any) -> int:
        with self.store.write("Add a row") as session:
            session.add(row)
            session.flush()
            added: int = row.id
            return added

    def person(self, reference: str, **values: Any) -> int:
        return self._add(Offender(reference=reference, **values))

    def member(self, person: int, index_date: date = X, **values: Any) -> int:
        added = self._add(CohortMember(cohort_id=self.cohort, offender_id=person, index_date=index_date, **values))
        with self.store.write("Windows") as session:
            keep_window_ends(session.connection(), self.cohort)
        return added

    def someone(self, reference: str = "P1", index_date: date = X, **values: Any) -> int:
        person = self.person(reference)
        self.member(person, index_date, **values)
        return person

    def code(self, code: str, **values: Any) -> int:
        return self._add(OffenceCode(code=code, **values))

    def offence(
        self,
        person: int,
        day: date | None,
        proof: date | None,
        outcome: OffenceOutcome = OffenceOutcome.CONVICTION,
        **values: Any,
    ) -> int:
        return self._add(Offence(offender_id=person, offence_date=day, proof_date=proof, outcome=outcome, **values))

    def followed(self, data_date: date = LATE) -> FollowedCohort:
        return follow_cohort(self.store, self.cohort, data_date)

    def outcomes(self, data_date: date = LATE, baseline: float | None = None) -> Outcomes:
        return outcomes_of(self.followed(data_date).people, baseline)
