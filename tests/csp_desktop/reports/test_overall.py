"""The overall status is a stated rule: each of its bounds is tried from both sides."""

from dataclasses import replace
from datetime import timedelta

import pytest

from csp_desktop.charts.rag import RagMark
from csp_desktop.commands.actions import add_action
from csp_desktop.queries.plans import find_plan
from csp_desktop.reports.positions import Position, overall, read_position
from csp_desktop.store import Store
from models.vocabulary import LifecycleStatus
from tests.factories import TODAY


def position(store: Store, letters: str, *, late: int = 0) -> Position:
    """A position with one action a letter, "-" for none; the first is late by some days."""
    plan = find_plan(store)
    for number in range(len(letters)):
        add_action(store, plan.id, title=f"Act {number}")
    found = read_position(store, plan, TODAY, None)
    actions = tuple(
        replace(
            action,
            rag=None if letter == "-" else letter,
            forecast_due=TODAY - timedelta(days=late) if late and not number else None,
        )
        for number, (action, letter) in enumerate(zip(found.actions, letters, strict=True))
    )
    return replace(found, actions=actions)


@pytest.mark.parametrize(
    ("letters", "late", "word"),
    [
        ("RGGG", 0, "Red"),
        ("RGGGG", 0, "Amber"),
        ("AGGG", 0, "Amber"),
        ("AGGGG", 0, "Green"),
        ("GGGG", 1, "Amber"),
        ("BBGB", 0, "Green"),
        ("BBBB", 0, "Blue"),
        ("BB-B", 0, "Green"),
        ("----", 0, None),
        ("", 0, None),
    ],
)
def test_the_rule(empty_plan_store: Store, letters: str, late: int, word: str | None) -> None:
    mark = overall(position(empty_plan_store, letters, late=late))
    assert (mark.word if mark else None) == word


def test_a_cancelled_action_is_not_counted(empty_plan_store: Store) -> None:
    found = position(empty_plan_store, "RGG")
    cancelled = replace(found.actions[0], status=LifecycleStatus.CANCELLED)
    mark = overall(replace(found, actions=(cancelled, *found.actions[1:])))
    assert mark is not None
    assert mark.word == "Green"


def test_another_scheme_has_no_overall_mark(empty_plan_store: Store) -> None:
    found = position(empty_plan_store, "RR")
    first: RagMark = found.marks[0]
    assert overall(replace(found, marks=(replace(first, letter="1"), *found.marks[1:]))) is None
