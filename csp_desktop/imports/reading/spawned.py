"""Where the child process begins. The parent names these functions and imports none of the readers behind them."""

from pathlib import Path

from csp_desktop.imports.reading.answers import Outgoing
from csp_desktop.imports.reading.limits import Limits


def read_spawned(path: Path, limits: Limits, answers: Outgoing) -> None:
    """Read ``path`` as ``child.read_in_child`` does."""
    from csp_desktop.imports.reading.child import read_in_child

    read_in_child(path, limits, answers)


def stream_spawned(path: Path, limits: Limits, answers: Outgoing) -> None:
    """Read ``path`` as ``child.stream_in_child`` does."""
    from csp_desktop.imports.reading.child import stream_in_child

    stream_in_child(path, limits, answers)
