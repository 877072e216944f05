"""Where the child process begins. The parent names this function and imports none of the readers behind it."""

from pathlib import Path

from csp_desktop.imports.reading.answers import Outgoing
from csp_desktop.imports.reading.limits import Limits


def read_spawned(path: Path, limits: Limits, answers: Outgoing) -> None:
    """Read ``path`` as ``child.read_in_child`` does."""
    from csp_desktop.imports.reading.child import read_in_child

    read_in_child(path, limits, answers)
