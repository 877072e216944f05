"""What the windows before the store ask for: to create one, to open one, to restore one.

They know it as calls alone, so that showing them loads nothing of the store.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.dialogs.new_store import Created, NewStore


@dataclass(frozen=True, slots=True)
class Gate:
    """How to get at a store; each call may take a second and runs off the window's thread.

    ``create`` makes and fills a store and closes it again, ``enter`` opens one and keeps it for the window, ``restore``
    puts a backup in place and says in a sentence what became of the file before it. All raise CspError. ``judge``
    returns the sentence that refuses a place, empty for a good one. ``ready`` waits until the
    rest of the program is loaded; it comes before whatever imports a part of it. ``default_path`` and ``display_name``
    are proposed for a new store.
    """

    create: "Callable[[NewStore], Created]"
    enter: Callable[[Path, str], None]
    restore: Callable[[Path, Path, str], str]
    judge: Callable[[Path], str]
    ready: Callable[[], None]
    default_path: Callable[[], Path]
    display_name: Callable[[], str]
