"""The action log: the owner completes, the group closes, the rest is carried forward; one becomes a plan's action."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.commands.actions import set_status
from csp_desktop.commands.entries import add_entry, add_in, edit_entry
from csp_desktop.commands.log import close_entry, complete_entry, drop_entry, promote_entry, reopen_entry
from csp_desktop.errors import CspError, RowChangedError
from csp_desktop.queries.action_log import LogLine, carried_forward, entries_of_action, list_log, raised_at
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.plans import find_plan
from csp_desktop.queries.records import list_steps
from csp_desktop.registers.forms import Register
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.terms import LogStatus
from models.vocabulary import LifecycleStatus, StepKind

BOARD, TOWN = "Our Board", "Our Town Centre Group"
JUNE, SEPTEMBER, DECEMBER = date(2026, 6, 9), date(2026, 9, 15), date(2026, 12, 8)


@dataclass(frozen=True)
class Log:
    """Three meetings of a board of our own, and an entry that June raised."""

    june: int
    september: int
    december: int
    entry: int


@pytest.fixture
def log(store: Store) -> Log:
    for name, kind in ((BOARD, "board"), (TOWN, "town_centre_group")):
        add_entry(store, Register.GROUPS, {"name": name, "kind": kind})
    meetings = [
        add_entry(store, Register.MEETINGS, {"group": BOARD, "held_on": day, "status": status})
        for day, status in ((JUNE, "held"), (SEPTEMBER, "held"), (DECEMBER, "planned"))
    ]
    values = {"meeting": meetings[0], "title": "Bring the figures", "owner": "Amina Shah", "due": date(2026, 8, 31)}
    return Log(*meetings, add_entry(store, Register.LOG, values))


def line(store: Store, entry_id: int) -> LogLine:
    return next(each for each in list_log(store) if each.id == entry_id)


def version(store: Store, log: Log) -> int:
    return line(store, log.entry).version


def test_its_owner_completes_an_entry_and_only_then_the_group_closes_it(store: Store, log: Log) -> None:
    with pytest.raises(CspError, match="The group closes what its owner has completed; this one is open"):
        close_entry(store, log.entry, 1, log.september)
    with pytest.raises(FieldError, match="raised on 9 Jun 2026 and cannot be completed before"):
        complete_entry(store, log.entry, 1, date(2026, 6, 8))
    complete_entry(store, log.entry, 1, date(2026, 9, 1), "They came by e-mail.")
    with pytest.raises(CspError, match="Only an open entry can be completed; this one is completed"):
        complete_entry(store, log.entry, version(store, log), date(2026, 9, 1))
    with pytest.raises(FieldError, match="at which meeting the group closed it"):
        close_entry(store, log.entry, version(store, log))
    with pytest.raises(FieldError, match="closed before it was completed"):
        close_entry(store, log.entry, version(store, log), on=date(2026, 8, 1))
    with pytest.raises(RowChangedError):
        close_entry(store, log.entry, 1, log.september)
    close_entry(store, log.entry, version(store, log), log.september)
    closed = line(store, log.entry)
    assert (closed.status, closed.completed_on, closed.closed_on, closed.closed_at_id, closed.position) == (
        LogStatus.CLOSED, date(2026, 9, 1), SEPTEMBER, log.september, "They came by e-mail.",
    )  # fmt: skip
    store.undo()
    assert line(store, log.entry).status is LogStatus.COMPLETED
    reopen_entry(store, log.entry, version(store, log))
    opened = line(store, log.entry)
    assert (opened.status, opened.completed_on, opened.closed_on) == (LogStatus.OPEN, None, None)
    labels = [step.label for step in list_steps(store)[:3]]
    assert labels == [
        "Open an entry of the action log again",
        "Undo: Close an entry of the action log",
        "Close an entry of the action log",
    ]


def test_the_group_of_another_log_does_not_close_an_entry(store: Store, log: Log) -> None:
    other = add_entry(store, Register.MEETINGS, {"group": TOWN, "held_on": SEPTEMBER})
    complete_entry(store, log.entry, 1, date(2026, 9, 1))
    with pytest.raises(FieldError, match="of another group"):
        close_entry(store, log.entry, version(store, log), other)


def test_an_entry_that_will_not_be_done_is_withdrawn_with_its_reason(store: Store, log: Log) -> None:
    with pytest.raises(FieldError, match="Say why"):
        drop_entry(store, log.entry, 1, SEPTEMBER, " ")
    drop_entry(store, log.entry, 1, SEPTEMBER, "The grant ended.")
    dropped = line(store, log.entry)
    assert (dropped.status, dropped.closed_on, dropped.position) == (LogStatus.WITHDRAWN, SEPTEMBER, "The grant ended.")
    assert carried_forward(store, log.december) == []
    with pytest.raises(CspError, match="withdrawn already"):
        drop_entry(store, log.entry, version(store, log), SEPTEMBER, "Again")


def test_what_is_not_closed_is_carried_forward(store: Store, log: Log) -> None:
    later = add_entry(store, Register.LOG, {"meeting": log.september, "title": "Write to the traders"})
    between = add_entry(store, Register.LOG, {"group": BOARD, "title": "Book a room"})
    add_entry(store, Register.LOG, {"group": TOWN, "title": "Of another group"})

    def carried(meeting_id: int) -> set[int]:
        return {each.id for each in carried_forward(store, meeting_id)}

    assert carried(log.june) == {between}
    assert carried(log.september) == {log.entry, between}
    complete_entry(store, log.entry, 1, date(2026, 9, 1))
    close_entry(store, log.entry, version(store, log), log.september)
    assert carried(log.september) == {log.entry, between}  # it was closed there, so it was on that agenda
    assert carried(log.december) == {later, between}
    assert [each.id for each in raised_at(store, log.june)] == [log.entry]
    shown = line(store, log.entry)
    assert [shown.status_on(day) for day in (JUNE, date(2026, 9, 2), SEPTEMBER)] == [
        LogStatus.OPEN, LogStatus.COMPLETED, LogStatus.CLOSED,
    ]  # fmt: skip
    assert [shown.days_late(date(2026, 8, 31)), shown.days_late(date(2026, 9, 1))] == [0, 0]


def test_an_open_entry_is_late_from_the_day_after_it_is_due(store: Store, log: Log) -> None:
    shown = line(store, log.entry)
    assert [shown.days_late(date(2026, 8, 31) + timedelta(days=days)) for days in (-1, 0, 1, 15)] == [0, 0, 1, 15]


def test_an_entry_becomes_an_action_of_a_plan_and_both_name_each_other(store: Store, log: Log) -> None:
    plan = find_plan(store)
    ref = promote_entry(store, log.entry, plan.id)
    action = next(each for each in list_actions(store, View(JUNE), plan.id) if each.ref == ref)
    assert (action.title, action.lead, action.due) == ("Bring the figures", "Amina Shah", date(2026, 8, 31))
    assert [each.id for each in entries_of_action(store, action.id)] == [log.entry]
    assert not line(store, log.entry).suggests_completion
    set_status(store, action.id, LifecycleStatus.COMPLETE, SEPTEMBER)
    shown = line(store, log.entry)
    assert (shown.action_ref, shown.status, shown.suggests_completion) == (ref, LogStatus.OPEN, True)
    with pytest.raises(CspError, match=f"is {ref} of a plan already"):
        promote_entry(store, log.entry, plan.id)
    store.undo()
    store.undo()
    assert line(store, log.entry).action_id is None
    assert entries_of_action(store, action.id) == []
    drop_entry(store, log.entry, version(store, log), SEPTEMBER, "Done otherwise")
    with pytest.raises(CspError, match="open it again before it goes into a plan"):
        promote_entry(store, log.entry, plan.id)


def test_what_is_typed_follows_the_same_rules(store: Store, log: Log) -> None:
    with pytest.raises(FieldError, match="Its owner completed it: say on which day"):
        edit_entry(store, Register.LOG, log.entry, 1, {"status": "completed"})
    with pytest.raises(FieldError, match="The group closed it: say on which day, or at which meeting"):
        add_entry(store, Register.LOG, {"group": BOARD, "title": "Old", "status": "closed"})
    with pytest.raises(FieldError, match="say why, in “Where it stands”"):
        edit_entry(store, Register.LOG, log.entry, 1, {"status": "withdrawn", "closed_on": SEPTEMBER})
    edit_entry(store, Register.LOG, log.entry, 1, {"completed_on": date(2026, 9, 1)})
    assert line(store, log.entry).status is LogStatus.COMPLETED
    edit_entry(store, Register.LOG, log.entry, version(store, log), {"closed_at": log.september})
    shown = line(store, log.entry)
    assert (shown.status, shown.closed_on) == (LogStatus.CLOSED, SEPTEMBER)
    edit_entry(store, Register.LOG, log.entry, version(store, log), {"status": "open"})
    assert (line(store, log.entry).completed_on, line(store, log.entry).closed_at_id) == (None, None)
    with pytest.raises(FieldError, match="has a day on which it was closed and is not closed"):
        edit_entry(store, Register.LOG, log.entry, version(store, log), {"status": "completed", "closed_on": SEPTEMBER})


def test_an_old_log_is_brought_in_without_the_days_that_nobody_wrote_down(store: Store, log: Log) -> None:
    with store.write("Bring in an old log", kind=StepKind.IMPORT) as session:
        entry_id = add_in(session, Register.LOG, {"meeting": log.june, "title": "Old", "status": "closed"})
        by_day = {"meeting": log.june, "title": "Older", "status": "closed", "completed_on": SEPTEMBER}
        dated = add_in(session, Register.LOG, by_day)
    assert line(store, entry_id).closed_on is None
    assert line(store, dated).closed_on == SEPTEMBER
    assert entry_id not in {each.id for each in carried_forward(store, log.december)}


@given(
    st.sampled_from(LogStatus),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_an_entry_is_carried_exactly_to_meetings_that_it_had_not_ended_before(
    status: LogStatus, raised_on: date | None, closed_on: date | None, day: date
) -> None:
    is_ended = status in {LogStatus.CLOSED, LogStatus.WITHDRAWN}
    entry = LogLine(
        1, 1, "LOG-0001", "Title", 1, "Group", None, day, "", status, closed_on, closed_on if is_ended else None, None,
        "", None, raised_on, None, None, None, None,
    )  # fmt: skip
    the_day_before = day - timedelta(days=1)
    was_raised = raised_on is None or raised_on < day
    had_ended = entry.status_on(the_day_before) in {LogStatus.CLOSED, LogStatus.WITHDRAWN}
    assert entry.is_carried(day) == (was_raised and not had_ended)
    assert entry.days_late(day) == 0
