"""What a user can cause: one sentence that says what happened and what to do. Anything else is a bug and flies."""

from pathlib import Path


class CspError(Exception):
    """A refusal the user can act on. ``str(error)`` is the sentence shown; it carries no person's data."""


class WrongSecretError(CspError):
    """The passphrase or recovery key does not open this store; the store itself is whole."""


class StoreDamagedError(CspError):
    """The store's file cannot be trusted. ``backup`` is the newest good backup, or None where there is none."""

    def __init__(self, sentence: str, backup: Path | None = None) -> None:
        super().__init__(sentence)
        self.backup = backup


class StoreInUseError(CspError):
    """Another program holds the store; the sentence says who, where and since when."""


class UnreadableFileError(CspError):
    """A file given to import cannot be read; the sentence names the file, why, and what to save it as."""


class RowChangedError(CspError):
    """A row was changed since the caller read it. Holds, by field, what the caller wanted and what stands now."""

    def __init__(self, sentence: str, mine: dict[str, object], theirs: dict[str, object]) -> None:
        super().__init__(sentence)
        self.mine = mine
        self.theirs = theirs
