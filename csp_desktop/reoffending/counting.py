"""Whether one offence counts against one index event, and if not, why. Source: domain rules of proven reoffending.

This is the rule as people ask for it, offence by offence: timelines, lists behind a figure and people under several
ids use it. ``csp_desktop.queries.following`` says the same in SQL for whole cohorts; tests hold the two together.
"""

from dataclasses import dataclass
from datetime import date

from csp_desktop.reoffending.definition import OUT_OF_COURT, Definition
from csp_desktop.reoffending.windows import Windows
from models.offending import OffenceOutcome, OffenceStanding

_NEVER = {
    OffenceOutcome.RECALL: OffenceStanding.RECALL,
    OffenceOutcome.ACQUITTED: OffenceStanding.ACQUITTED,
    OffenceOutcome.QUASHED: OffenceStanding.QUASHED,
    OffenceOutcome.NO_FURTHER_ACTION: OffenceStanding.NO_FURTHER_ACTION,
    OffenceOutcome.PENDING: OffenceStanding.PENDING,
}


@dataclass(frozen=True, slots=True)
class OffenceFacts:
    """What the rule looks at. ``breach`` is what the code says: a breach, an offence of its own, or None: not known."""

    offence_date: date | None
    proof_date: date | None
    outcome: OffenceOutcome
    breach: bool | None = None

    @property
    def is_breach(self) -> bool:
        """Say whether it is a breach of an order or licence: by its code, by the word only where the code is silent."""
        return self.outcome is OffenceOutcome.BREACH if self.breach is None else self.breach


def standing_of(offence: OffenceFacts, windows: Windows, definition: Definition, data_date: date) -> OffenceStanding:
    """Return how an offence stands to an index event as known on ``data_date``; the first rule that holds decides."""
    why = _by_dates(offence, windows, definition)
    if why is None and offence.offence_date is not None and offence.offence_date > data_date:
        why = OffenceStanding.AFTER_DATA_DATE
    return why or _by_proof(offence, windows, definition, data_date)


def _by_dates(offence: OffenceFacts, windows: Windows, definition: Definition) -> OffenceStanding | None:
    """Return why the day of the offence rules it out, None where it does not."""
    day, index = offence.offence_date, windows.index_date
    if day is None:
        return OffenceStanding.MISSING_OFFENCE_DATE
    if day < index:
        return OffenceStanding.BEFORE_INDEX
    if day >= windows.follow_up_ends:
        return OffenceStanding.AFTER_FOLLOW_UP
    proven_by_then = offence.proof_date is not None and offence.proof_date <= index
    if day == index and (proven_by_then or not definition.counts_index_day):
        return OffenceStanding.INDEX_CASE
    return None


def _by_proof(offence: OffenceFacts, windows: Windows, definition: Definition, data_date: date) -> OffenceStanding:
    """Return how an offence of the follow-up stands by its outcome and the day of its proof."""
    if offence.outcome in _NEVER:
        return _NEVER[offence.outcome]
    if offence.is_breach:
        return OffenceStanding.BREACH
    proves = offence.outcome in definition.proofs or offence.outcome is OffenceOutcome.BREACH
    if not proves:
        return OffenceStanding.OUT_OF_COURT if offence.outcome in OUT_OF_COURT else OffenceStanding.OUTCOME_NOT_COUNTED
    if offence.proof_date is None:
        return OffenceStanding.MISSING_PROOF_DATE
    if offence.proof_date >= windows.proof_ends:
        return OffenceStanding.LATE_CONVICTION
    return OffenceStanding.PENDING if offence.proof_date > data_date else OffenceStanding.COUNTS
