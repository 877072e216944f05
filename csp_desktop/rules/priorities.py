"""How a priority of the strategic intelligence assessment moves from one edition to the next."""

from models.terms import Movement, PriorityRag

PRESSING: tuple[PriorityRag, ...] = (PriorityRag.RED, PriorityRag.AMBER)
"""The ratings that something should be done about: a finding rated so, and answered by no objective, is a gap."""

_ORDER = (PriorityRag.GREEN, PriorityRag.AMBER, PriorityRag.RED)


def movement(before: PriorityRag | None, now: PriorityRag | None) -> Movement | None:
    """Return how a finding of both editions moved; None where one of them does not rate it."""
    if before is None or now is None:
        return None
    step = _ORDER.index(now) - _ORDER.index(before)
    if step == 0:
        return Movement.UNCHANGED
    return Movement.WORSENED if step > 0 else Movement.IMPROVED


def urgency(rating: PriorityRag | None) -> int:
    """Return where a rating stands among others, 0 for the most pressing; a finding without one stands last."""
    return len(_ORDER) if rating is None else len(_ORDER) - 1 - _ORDER.index(rating)
