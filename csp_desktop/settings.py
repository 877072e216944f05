"""This PC's preferences, outside every store: which store was last open, where second backups go, when to lock.

No personal data: a path below the account's home is kept as ``~/...``, without the account's name.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEFAULT_LOCK_MINUTES, LONGEST_LOCK_MINUTES = 10, 120


@dataclass(frozen=True, slots=True)
class Preferences:
    """What this PC remembers. ``lock_minutes``: the window locks after so long without a key or the mouse (1-120)."""

    last_store: Path | None = None
    second_backup_folder: Path | None = None
    lock_minutes: int = DEFAULT_LOCK_MINUTES


def load_preferences(path: Path) -> Preferences:
    """Read the preferences; one that is missing or makes no sense is its default: none is worth refusing to start."""
    try:
        read = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(read, dict):
        return Preferences()
    minutes = read.get("lock_minutes")
    if not isinstance(minutes, int) or not 1 <= minutes <= LONGEST_LOCK_MINUTES:
        minutes = DEFAULT_LOCK_MINUTES
    return Preferences(
        last_store=_path(read, "last_store"),
        second_backup_folder=_path(read, "second_backup_folder"),
        lock_minutes=minutes,
    )


def save_preferences(preferences: Preferences, path: Path) -> None:
    """Write the preferences whole. Raises CspError where the disk refuses; the former ones then stay."""
    from csp_desktop.disk import file_troubles, make_private_folder, write_whole  # not for the first window

    content = {
        "last_store": _text(preferences.last_store),
        "second_backup_folder": _text(preferences.second_backup_folder),
        "lock_minutes": preferences.lock_minutes,
    }
    with file_troubles("The preferences could not be saved", "The former ones stay."):
        make_private_folder(path.parent)
        write_whole(path, json.dumps(content, indent=1).encode())


def _path(read: dict[str, Any], key: str) -> Path | None:
    text = read.get(key)
    if not isinstance(text, str) or not text or "\0" in text:
        return None
    return Path.home() / text[2:] if text.startswith("~/") else Path(text)


def _text(path: Path | None) -> str | None:
    if path is None:
        return None
    whole = path.absolute()
    home = Path.home()
    return f"~/{whole.relative_to(home).as_posix()}" if whole.is_relative_to(home) else str(whole)
