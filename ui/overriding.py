"""``override`` for the first window alone: typing_extensions takes longer to load than anything else before it.

Modules of the first window take this one when they run, and typing_extensions' own when they are checked.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Method = TypeVar("Method", bound=Callable[..., Any])


def override(method: Method, /) -> Method:
    """Return the method: what it overrides is checked before the program runs."""
    return method
