import gc

import pytest

from csp_desktop.collector import collector_at_rest


def test_the_collector_rests_within_and_works_again_after() -> None:
    assert gc.isenabled()
    with collector_at_rest():
        assert not gc.isenabled()
        with collector_at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_a_failure_and_at_every_call() -> None:
    @collector_at_rest()
    def divide(by: int) -> bool:
        return 1 // by == 1 and not gc.isenabled()

    assert divide(1)
    assert divide(1)
    with pytest.raises(ZeroDivisionError):
        divide(0)
    assert gc.isenabled()
