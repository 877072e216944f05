"""Python's collector of garbage in circles: set aside while very many values are made that all stay in use."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector rest during the block, or the decorated function.

    It would look at the same live rows again and again: a fifth of the time of importing 20,000. What is let go by
    all its owners is freed at once as ever.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def pass_over_present() -> None:
    """Let the collector pass over all there is now: looking a long plan through again takes a tenth of a second.

    What is given up from now on is still collected, and all of it once ``collect_all`` is called.
    """
    gc.freeze()


def collect_all() -> None:
    """Collect whatever is given up, what was passed over too."""
    gc.unfreeze()
    gc.collect()
