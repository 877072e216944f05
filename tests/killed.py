"""Does one deed to a store and kills itself, as by kill -9, at the n-th call of a function. Run as a program.

python -m tests.killed DEED STORE N      N = 0: do not die, print how many calls there were
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from csp_desktop.access import unlock
from csp_desktop.backup import Reason, list_backups
from csp_desktop.imports.running import ImportRequest, accept, compare, open_source
from csp_desktop.location import StoreFiles
from csp_desktop.migrate import bring_up_to_date
from csp_desktop.restore import read_key_file, restore
from csp_desktop.workspace import Filling, back_up_store, create_filled_store
from models.migrations import Schema
from tests.vault import CHEAP, NOON, OFFICER, PASSPHRASE, add_partners, noon, opened


class Death:
    """Counts calls from now on and kills the program at the one it was told."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.calls = 0

    def __call__(self, _frame: FrameType, event: str, _argument: object) -> None:
        if event in {"call", "c_call"}:
            self.calls += 1
            if self.calls == self.at:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def create(path: Path) -> Callable[[], object]:
    def deed() -> None:
        filling = Filling(lambda store: add_partners(store, ["Kirklees Council"]), CHEAP)
        create_filled_store(path, PASSPHRASE, OFFICER, noon, filling).store.close()

    return deed


def backup(path: Path) -> Callable[[], object]:
    store = opened(path)
    return lambda: back_up_store(store, Reason.BY_HAND)


def migrate(path: Path) -> Callable[[], object]:
    keys = unlock(read_key_file(StoreFiles(path)), PASSPHRASE)  # opening it would bring it up to date
    scripts = path.parent / "next"
    newest = max(script.name[:4] for script in (scripts / "versions").glob("[0-9]*.py"))
    return lambda: bring_up_to_date(path, keys, NOON, Schema(newest, scripts))


def restore_newest(path: Path) -> Callable[[], object]:
    newest = list_backups(path)[0]
    return lambda: restore(newest.path, path, PASSPHRASE, OFFICER, NOON)


def bring_in(path: Path) -> Callable[[], object]:
    """Accept a workbook that lies beside the store: the backup before it and the import itself."""
    store = opened(path)
    source = open_source(path.with_name("return.xlsx"))
    plan = compare(store, source, ImportRequest(), NOON.date())
    return lambda: accept(store, plan)


DEEDS = {"create": create, "backup": backup, "migrate": migrate, "restore": restore_newest, "import": bring_in}


def main() -> None:
    deed, path, at = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    do = DEEDS[deed](path)
    import alembic.command
    import alembic.config  # noqa: F401 - thousands of calls to import it are not the deed

    death = Death(at)
    sys.setprofile(death)
    do()
    sys.setprofile(None)
    sys.stdout.write(f"{death.calls}\n")


if __name__ == "__main__":
    main()
