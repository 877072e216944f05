"""Writes a revision: ``python -m models.migrations "What changes"``; ``--first`` writes 0001 anew from the models.

For developers. The scripts so far are run on a store that lives for this one run, and what the models have beyond
them becomes the next revision. Raise ``CURRENT`` in ``models/migrations/__init__.py`` to its number by hand, read what
was written, and add what it cannot know (renamed columns, moved data).
"""

import argparse
import secrets
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from models.engine import create_empty_file, open_engine
from models.migrations import CURRENT

VERSIONS = CURRENT.scripts / "versions"


def main() -> None:
    """Write the revision script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("message")
    parser.add_argument("--first", action="store_true", help="write revision 0001 anew; only before the first release")
    arguments = parser.parse_args()
    if arguments.first:
        for script in VERSIONS.glob("0001_*.py"):
            script.unlink()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.csp"
        create_empty_file(store)
        engine = open_engine(store, secrets.token_bytes(32), enforce_foreign_keys=False)
        try:
            with engine.begin() as connection:
                write_revision(connection, arguments.message, 0 if arguments.first else int(CURRENT.version))
        finally:
            engine.dispose()


def write_revision(connection: Connection, message: str, after: int) -> None:
    """Write the revision that follows number ``after`` (0: the first); ``ruff format`` gives it its form."""
    config = Config()
    config.set_main_option("script_location", str(CURRENT.scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["batch"] = after > 0
    if after:
        command.upgrade(config, "head")
    command.revision(config, message, autogenerate=True, rev_id=f"{after + 1:04d}")
    script = next(VERSIONS.glob(f"{after + 1:04d}_*.py"))
    lines = script.read_text(encoding="utf-8").splitlines(keepends=True)
    script.write_text("".join(line for line in lines if "# ###" not in line), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
