"""The made-up year of the partnership fills every register that is kept, on any day."""

from datetime import date

import pytest

from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.plans import find_plan
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from tests.demo_partnership import fill, is_filled
from tests.factories import TODAY


@pytest.mark.parametrize("day", [TODAY, date(2028, 2, 29), date(2027, 4, 1)])
def test_the_demo_fills_every_register(store: Store, day: date) -> None:
    assert not is_filled(store)
    fill(store, day)
    assert is_filled(store)
    assert [register for register in Register if register.is_kept and not list_entries(store, register)] == []
    assert len(list_actions(store, View(day), find_plan(store, "safer-dewsbury").id)) == 6
