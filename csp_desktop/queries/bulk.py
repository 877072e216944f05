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
