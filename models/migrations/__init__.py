"""The store's schema through time. Alembic is imported only when a store's version differs from this program's."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Schema:
    """A version of the schema and the folder of scripts that lead to it.

    Revisions are numbered in order ("0001"), so that an older program knows a newer store by its number.
    """

    version: str
    scripts: Path

    def is_newer(self, version: str) -> bool:
        """Say whether ``version`` is one that comes after this, or is none of ours at all."""
        return not version.isdigit() or int(version) > int(self.version)


CURRENT = Schema("0006", Path(__file__).parent)
