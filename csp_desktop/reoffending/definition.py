"""A cohort's definition as data: how long people are followed, what starts a follow-up, and what counts.

Source of the proven reoffending definitions: Ministry of Justice, *Guide to proven reoffending statistics*. What the
guide leaves open is a switch here, and every figure is printed with the definition in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csp_desktop.errors import CspError
from csp_desktop.reoffending.windows import Windows, windows_of
from models.offending import CohortDefinition, IndexRule, OffenceOutcome

PROOFS = (
    OffenceOutcome.CONVICTION,
    OffenceOutcome.CAUTION,
    OffenceOutcome.YOUTH_CAUTION,
    OffenceOutcome.CONDITIONAL_CAUTION,
)
"""Outcomes that prove an offence, as the Ministry of Justice counts."""
OUT_OF_COURT = frozenset(
    {OffenceOutcome.COMMUNITY_RESOLUTION, OffenceOutcome.PENALTY_NOTICE, OffenceOutcome.OUTCOME_22}
)
"""Out-of-court disposals that prove nothing; they are counted on a line of their own."""
_LONGEST_MONTHS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """How a cohort is counted. ``breach_codes`` are offence codes that are breaches of an order or licence.

    ``counts_index_day``: an offence on the index date itself counts, unless it was proven by that very day, when it is
    part of the index case. A breach of a restraining order, of a criminal behaviour order or of a sexual harm
    prevention order is an offence of its own: the code decides, never the word.
    """

    kind: CohortDefinition
    follow_up_months: int
    waiting_months: int
    index_rule: IndexRule
    counts_index_day: bool = True
    breach_codes: tuple[str, ...] = ()
    proofs: tuple[OffenceOutcome, ...] = PROOFS

    def __post_init__(self) -> None:
        """Refuse months that no cohort is followed for, and a definition that nothing can prove."""
        if not 1 <= self.follow_up_months <= _LONGEST_MONTHS or not 0 <= self.waiting_months <= _LONGEST_MONTHS:
            raise CspError("Follow-up is 1 to 120 months and waiting 0 to 120 months: correct the definition.")
        if not self.proofs:
            raise CspError("Choose at least one outcome that proves an offence.")

    def windows(self, index_date: date) -> Windows:
        """Return the windows that an index date opens."""
        return windows_of(index_date, self.follow_up_months, self.waiting_months)

    @property
    def is_quarterly(self) -> bool:
        """Say whether a person is counted once in each quarter."""
        return self.index_rule is IndexRule.FIRST_IN_QUARTER

    @property
    def in_words(self) -> str:
        """Return the definition as it is printed beside every figure."""
        follow_up, whole = self.follow_up_months, self.follow_up_months + self.waiting_months
        which = "the first of each calendar quarter" if self.is_quarterly else "the first of the period"
        day = "counts, unless it was proven by that day" if self.counts_index_day else "does not count"
        breaches = f" Breach codes that do not count: {', '.join(self.breach_codes)}." if self.breach_codes else ""
        return (
            f"{self.kind.label}. A person is followed from an index event ({which}). A reoffence is an offence "
            f"committed within {_months(follow_up)} of the index date and proven by {_listed(self.proofs)} within "
            f"{_months(whole)} of it. An offence on the index date itself {day}. Breaches of an order or licence, "
            f"recalls, other out-of-court disposals and unproven charges do not count.{breaches} A person is "
            f"measurable {_months(whole)} after the index date."
        )

    def is_comparable(self, other: "Definition") -> bool:
        """Say whether figures of both may share a line: the same rules, whatever breach codes a system uses."""
        return self.rules == other.rules

    @property
    def rules(self) -> tuple[object, ...]:
        """Return what figures depend on, apart from the codes that one source system uses."""
        return (
            self.follow_up_months, self.waiting_months, self.index_rule, self.counts_index_day, frozenset(self.proofs),
        )  # fmt: skip


_FIRST, _QUARTERLY = IndexRule.FIRST_IN_PERIOD, IndexRule.FIRST_IN_QUARTER
_SHIPPED = (
    Definition(kind=CohortDefinition.LOCAL, follow_up_months=12, waiting_months=6, index_rule=_FIRST),
    Definition(kind=CohortDefinition.PROVEN_3_MONTH, follow_up_months=12, waiting_months=6, index_rule=_QUARTERLY),
    Definition(kind=CohortDefinition.PROVEN_12_MONTH, follow_up_months=12, waiting_months=6, index_rule=_FIRST),
    Definition(kind=CohortDefinition.YOUTH_12_3, follow_up_months=12, waiting_months=3, index_rule=_FIRST),
    Definition(kind=CohortDefinition.IOM, follow_up_months=12, waiting_months=6, index_rule=_FIRST),
)


def definition_of(kind: CohortDefinition) -> Definition:
    """Return the definition that the program brings for ``kind``."""
    return next(each for each in _SHIPPED if each.kind is kind)


def _months(months: int) -> str:
    return "1 month" if months == 1 else f"{months} months"


def _listed(outcomes: Iterable[OffenceOutcome]) -> str:
    words = [f"a {outcome.label.lower()}" for outcome in outcomes]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
