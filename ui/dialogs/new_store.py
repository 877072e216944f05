"""What is asked for a new store, and what is told once it is made."""

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
