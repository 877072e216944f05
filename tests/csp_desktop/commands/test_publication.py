"""The smallest count that is published: set, refused, taken back, and heeded."""

import pytest

from csp_desktop.cohort_outcomes import OutcomesRequest, cohort_outcomes
from csp_desktop.commands.publication import set_publication
from csp_desktop.errors import RowChangedError
from csp_desktop.queries.publication import PublicationRow, publication
from csp_desktop.queries.records import list_steps
from csp_desktop.reoffending.bands import Breakdown
from csp_desktop.reoffending.disclosure import DisclosureRules
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from tests.csp_desktop.reoffending.sample_cohorts import DATA_DATE, sample_cohort


def test_it_is_set_changed_and_taken_back(store: Store) -> None:
    assert publication(store) == PublicationRow(None, DisclosureRules())
    set_publication(store, None, 10)
    assert publication(store) == PublicationRow(1, DisclosureRules(10))
    set_publication(store, 1, 5)
    assert publication(store) == PublicationRow(2, DisclosureRules(5))
    with pytest.raises(RowChangedError):
        set_publication(store, 1, 7)
    assert list_steps(store)[0].label == "Change the smallest count that is published"
    store.undo()
    store.undo()
    assert publication(store) == PublicationRow(None, DisclosureRules())


@pytest.mark.parametrize("threshold", [-1, 0, 1, 101])
def test_one_that_hides_nothing_or_nearly_everything_is_refused(store: Store, threshold: int) -> None:
    with pytest.raises(FieldError, match="between 2 and 100"):
        set_publication(store, None, threshold)
    assert publication(store).version is None


def test_public_figures_heed_it(store: Store) -> None:
    sample_cohort(store, 400, name="Kirklees 2024")
    request = OutcomesRequest("Kirklees 2024", DATA_DATE, Breakdown.AREA, public=True)
    before = cohort_outcomes(store, request)["groups"]
    set_publication(store, None, 20)
    after = cohort_outcomes(store, request)["groups"]
    assert all(group["reoffenders"] == "~" or group["reoffenders"] >= 20 for group in after)
    assert sum(group["reoffenders"] == "~" for group in after) > sum(group["reoffenders"] == "~" for group in before)
