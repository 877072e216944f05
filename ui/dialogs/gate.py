"""What the windows before the store ask for: to create one, to open one, to restore one.

They know it as calls alone, so that showing them loads nothing of the store.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, repr=False)
class NewStore:
    """What is asked at first run. No ``repr``: the passphrase must not reach a log."""

    path: Path
    plan: str
    display_name: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class Created:
    """The recovery key of a new store, to be printed now, and warnings about its place."""

    recovery_key: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """How to get at a store; each call may take a second and runs off the window's thread.

    ``create`` makes and fills a store and closes it again, ``enter`` opens one and keeps it for the window, ``restore``
    puts a backup in place and says in a sentence what became of the file before it. All raise CspError. ``judge``
    returns the sentence that refuses a place, empty for a good one. ``default_path`` and ``display_name`` are proposed
    for a new store.
    """

    create: Callable[[NewStore], Created]
    enter: Callable[[Path, str], None]
    restore: Callable[[Path, Path, str], str]
    judge: Callable[[Path], str]
    default_path: Callable[[], Path]
    display_name: Callable[[], str]
