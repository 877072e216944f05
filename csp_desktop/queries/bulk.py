"""Reading very many rows: the collector rests meanwhile, for nothing that is read is garbage before it is shown."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reading_much() -> Iterator[None]:
    """Let the collector rest; a third of the time of a hundred thousand rows goes into looking at them again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle() -> None:
    """Let the collector pass over all there is now: looking a long plan through takes a tenth of a second.

    What is given up from now on is still collected, and all of it once ``collect_all`` is called.
    """
    gc.freeze()


def collect_all() -> None:
    """Collect whatever is given up, what was settled too."""
    gc.unfreeze()
    gc.collect()
