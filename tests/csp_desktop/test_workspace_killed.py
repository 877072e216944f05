"""Killed at any moment, a store is the one before or the one after: whole, open to its passphrase, and tried again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from csp_desktop.backup import Reason, is_good, list_backups
from csp_desktop.checking import check_store
from csp_desktop.commands.starting import found_store
from csp_desktop.imports.running import ImportRequest, import_files
from csp_desktop.migrate import bring_up_to_date
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.details import list_updates
from csp_desktop.queries.people import list_people
from csp_desktop.queries.records import list_imports
from csp_desktop.restore import restore
from csp_desktop.workspace import back_up_store, keys_of
from models.engine import connect, quick_check, read_schema_version
from models.migrations import CURRENT, Schema
from tests.csp_desktop.imports.returns.owner_desk import LIGHTS, ORDER, WARDENS, Desk, Sheet
from tests.vault import NOON, OFFICER, PASSPHRASE, add_partners, as_of_0001, made, opened, partners
from tests.workbooks.handmade_parts import write_sheets

POINTS = int(os.environ.get("CSP_KILL_POINTS", "5"))
NEXT_VERSION = f"{int(CURRENT.version) + 1:04d}"
NEXT = '''"""Rebuild a table."""
import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("telephone", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("organisation") as batch:
        batch.add_column(sa.Column("telephone", sa.Text(), nullable=False, server_default=""))
'''


def run(deed: str, path: Path, at: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-m", "tests.killed", deed, str(path), str(at)], capture_output=True, text=True, check=False
    )


def killings(deed: str, path: Path) -> Iterator[int]:
    """Yield after each killing, spread over the whole deed, with the folder as it was before each."""
    before = path.parent.with_name("before")
    shutil.copytree(path.parent, before)
    calls = int(run(deed, path, 0).stdout)
    assert calls > 100
    for point in range(1, POINTS + 1):
        shutil.rmtree(path.parent)
        shutil.copytree(before, path.parent)
        at = point * calls // (POINTS + 1)
        killed = run(deed, path, at)
        assert killed.returncode != 0, killed
        assert killed.stderr == ""
        yield at


def store_with_backup(path: Path) -> None:
    store, _ = made(path)
    add_partners(store, ["Kirklees Council"])
    back_up_store(store, Reason.BY_HAND)
    add_partners(store, ["Added later"])
    store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "stores"
    folder.mkdir()
    return folder / "plan.csp"


def test_a_killed_creation_leaves_no_store_or_a_whole_one(path: Path) -> None:
    outcomes = set()
    for _ in killings("create", path):
        exists = path.exists()
        outcomes.add(exists)
        store = opened(path) if exists else made(path)[0]
        assert check_store(store).is_whole
        assert partners(store) == (["Kirklees Council"] if exists else [])
        store.close()
        assert not path.with_name("plan.csp.unfinished").exists()
    assert False in outcomes


def test_a_killed_backup_leaves_the_store_and_only_good_backups(path: Path) -> None:
    store_with_backup(path)
    for _ in killings("backup", path):
        assert all(is_good(backup) for backup in list_backups(path))
        store = opened(path)
        assert partners(store) == ["Kirklees Council", "Added later"]
        made_now = back_up_store(store, Reason.BY_HAND).backup
        store.close()
        assert {file.suffix for file in made_now.path.parent.iterdir()} == {".cspbackup"}


def test_a_killed_migration_leaves_the_old_schema_or_the_new_one_and_can_be_tried_again(path: Path) -> None:
    store_with_backup(path)
    scripts = path.parent / "next"
    shutil.copytree(CURRENT.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    script = NEXT.format(number=NEXT_VERSION, before=CURRENT.version)
    (scripts / "versions" / f"{NEXT_VERSION}_next.py").write_text(script, encoding="utf-8")
    store = opened(path)
    keys = keys_of(store)
    store.close()
    for _ in killings("migrate", path):
        assert read_schema_version(path, keys.data_key) in {CURRENT.version, NEXT_VERSION}
        bring_up_to_date(path, keys, NOON, Schema(NEXT_VERSION, scripts))
        connection = connect(path, keys.data_key)
        assert quick_check(connection) == []
        assert connection.execute("SELECT name, telephone FROM organisation").fetchall() == [
            ("Kirklees Council", ""),
            ("Added later", ""),
        ]
        connection.close()


def test_a_store_of_the_first_release_survives_any_killing_on_its_way_to_this_one(path: Path) -> None:
    store_with_backup(path)
    store = opened(path)
    keys = keys_of(store)
    store.close()
    as_of_0001(path, keys.data_key)
    shutil.copytree(CURRENT.scripts, path.parent / "next", ignore=shutil.ignore_patterns("__pycache__"))
    for _ in killings("migrate", path):
        assert read_schema_version(path, keys.data_key) in {"0001", CURRENT.version}
        again = opened(path)
        assert partners(again) == ["Kirklees Council", "Added later"]
        assert check_store(again).is_whole
        again.close()
        assert read_schema_version(path, keys.data_key) == CURRENT.version


def test_a_killed_restore_leaves_the_store_before_or_the_one_restored(path: Path) -> None:
    store_with_backup(path)
    backup = list_backups(path)[0].path
    for _ in killings("restore", path):
        store = opened(path)
        assert check_store(store).is_whole
        assert partners(store) in (["Kirklees Council", "Added later"], ["Kirklees Council"])
        store.close()
        restore(backup, path, PASSPHRASE, OFFICER, NOON)
        store = opened(path)
        assert partners(store) == ["Kirklees Council"]
        store.close()


def test_a_killed_import_brings_in_everything_or_nothing_and_can_be_done_again(path: Path) -> None:
    store, _ = made(path)
    found_store(store, "kirklees-2022-2027")
    store.close()
    rows = [[str(number), f"Action {number}", f"Officer {number % 7}", "31/03/2027", "G"] for number in range(1, 61)]
    headings = ["Ref", "Action", "Lead officer", "Due date", "RAG"]
    write_sheets(path.with_name("return.xlsx"), {"Return": [headings, *rows]})
    outcomes = set()
    for _ in killings("import", path):
        store = opened(path)
        actions = len(list_actions(store, View(NOON.date())))
        outcomes.add(actions)
        assert actions in {0, 60}
        assert len(list_imports(store)) == (1 if actions else 0)
        assert len(list_people(store)) == (7 if actions else 0)
        assert check_store(store).is_whole
        import_files(store, [path.with_name("return.xlsx")], ImportRequest(), NOON.date())
        assert len(list_actions(store, View(NOON.date()))) == 60
        store.close()
    assert 0 in outcomes


def test_a_killed_return_is_merged_whole_or_not_at_all_and_can_be_merged_again(path: Path) -> None:
    store, _ = made(path)
    found_store(store, "kirklees-2022-2027")
    desk = Desk(store, path.parent)
    desk.send_out()
    desk.office_edits(WARDENS, forecast_due=date(2027, 5, 31))

    def fill(sheet: Sheet) -> None:
        for ref in (ORDER, LIGHTS, WARDENS):
            sheet.say(ref, "Your update", f"Reported on {ref}")
            sheet.say(ref, "Due (forecast)", date(2027, 9, 30))
        sheet.say_at(sheet.last + 1, "Action", "Put in by the owner")
        steps = Sheet(sheet.book, "Milestones")
        steps.say(ORDER, "Status", "Complete")

    desk.edit(fill)
    store.close()
    outcomes = set()
    for _ in killings("import", path):
        store = opened(path)
        rows = {row.ref: row for row in list_actions(store, View(NOON.date()))}
        whole = len(rows) == 5
        outcomes.add(whole)
        assert len(list_imports(store)) == int(whole)
        for ref in (ORDER, LIGHTS, WARDENS):
            assert (rows[ref].latest_update == f"Reported on {ref}") is whole
        assert rows[WARDENS].forecast_due == date(2027, 5, 31)
        assert check_store(store).is_whole
        import_files(store, [path.with_name("return.xlsx")], ImportRequest(), NOON.date())
        again = {row.ref: row for row in list_actions(store, View(NOON.date()))}
        assert (len(again), again[LIGHTS].forecast_due) == (5, date(2027, 9, 30))
        assert [len(list_updates(store, again[ref].id)) for ref in (ORDER, LIGHTS, WARDENS)] == [2, 2, 2]
        store.close()
    assert False in outcomes
