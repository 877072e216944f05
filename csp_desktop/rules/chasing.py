"""What an owner is asked about: which of their open actions need an update, and why, as at a given day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.rules.rag import Standing, day, overdue_days, stale_since
from models.vocabulary import LifecycleStatus

LEFT_OUT = frozenset({LifecycleStatus.CLOSED, LifecycleStatus.CANCELLED})
"""Actions that the Board has closed, or that were cancelled, are nothing to report on; complete ones still are."""

DUE_SOON_DAYS = 28
"""An open action that is due today or within this many days is due soon."""


@dataclass(frozen=True, slots=True)
class ActionToUpdate:
    """An open action, judged as at a day. It needs an update where it is overdue, due soon or silent for a full cycle.

    ``days_late`` is 0 where it is not overdue; ``due_in`` days where it is due soon, else None. ``silent_since`` is
    the day of the last update of a stale action, or, where ``was_updated`` is not so, the day it began; else None.
    """

    action_id: int
    ref: str
    title: str
    due: date | None
    days_late: int
    due_in: int | None
    silent_since: date | None
    was_updated: bool

    @property
    def needs_update(self) -> bool:
        """Say whether its lead is to be asked about it."""
        return bool(self.days_late) or self.due_in is not None or self.silent_since is not None

    @property
    def silence(self) -> str:
        """Say since when nothing was reported: "no update since 3 May 2026"; "" where it is not stale."""
        if self.silent_since is None:
            return ""
        since = "no update since" if self.was_updated else "no update yet, begun"
        return f"{since} {day(self.silent_since)}"

    @property
    def nearness(self) -> str:
        """Say when it is due: "due today", "due in 9 days"; "" where it is not due soon."""
        if self.due_in is None:
            return ""
        near = {0: "due today", 1: "due tomorrow"}
        return near.get(self.due_in, f"due in {self.due_in} days")

    @property
    def why(self) -> str:
        """Say why it needs an update: "Overdue; no update since 3 May 2026"; "" where it needs none."""
        reasons = ("overdue" if self.days_late else "", self.nearness, self.silence)
        said = "; ".join(reason for reason in reasons if reason)
        return said[:1].upper() + said[1:]


@dataclass(frozen=True, slots=True)
class Load:
    """Open actions and how many of them are overdue, due soon, and stale; one action may be in several counts."""

    open_actions: int
    overdue: int
    due_soon: int
    stale: int

    @classmethod
    def of(cls, actions: Sequence[ActionToUpdate]) -> "Load":
        """Count open actions."""
        return cls(
            open_actions=len(actions),
            overdue=sum(bool(action.days_late) for action in actions),
            due_soon=sum(action.due_in is not None for action in actions),
            stale=sum(action.silent_since is not None for action in actions),
        )


def to_update(action: tuple[int, str, str], standing: Standing, today: date) -> ActionToUpdate:
    """Judge an open action, given as its id, ref and title."""
    action_id, ref, title = action
    due = standing.due
    left = None if due is None else (due - today).days
    return ActionToUpdate(
        action_id=action_id,
        ref=ref,
        title=title,
        due=due,
        days_late=overdue_days(standing, today),
        due_in=left if left is not None and 0 <= left <= DUE_SOON_DAYS else None,
        silent_since=stale_since(standing, today),
        was_updated=standing.last_update is not None,
    )


def pressing(action: ActionToUpdate) -> tuple[bool, int, date, date, int]:
    """Return what sorts actions: those to be asked about, the latest first, then the soonest due, then the silent."""
    due = date.max if action.due_in is None or action.due is None else action.due
    return (not action.needs_update, -action.days_late, due, action.silent_since or date.max, action.action_id)
