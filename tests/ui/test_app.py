import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop import settings
from csp_desktop.access import KdfCost
from csp_desktop.audit import Who
from csp_desktop.backup import Reason, list_backups
from csp_desktop.commands.people import add_person
from csp_desktop.commands.starting import found_store
from csp_desktop.errors import CspError, StoreDamagedError
from csp_desktop.location import StoreFiles
from csp_desktop.lock import read_holder
from csp_desktop.queries.people import list_people
from csp_desktop.workspace import back_up_store, create_store, open_store
from tests.factories import Clock
from ui.app import Program, refusal_of_place
from ui.care import StoreCare
from ui.dialogs.first_run import CreatePage, RecoveryPage
from ui.dialogs.missing import MissingPage
from ui.dialogs.new_store import Created
from ui.dialogs.unlock import UnlockPage
from ui.dialogs.welcome import WelcomePage
from ui.forms.editors import TextEditor
from ui.window import Window

PASSPHRASE = "orchard lantern seventeen"
CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)

FIRST_PAINT = """
import sys
from pathlib import Path
import csp_desktop.__main__
from ui.app import begun
folder, *arguments = sys.argv[1:]
program = begun(arguments, Path(folder))
program.front.painted.connect(lambda: print(*sys.modules))
from PySide6.QtCore import QTimer
program.front.painted.connect(lambda: QTimer.singleShot(0, program.close))
from PySide6.QtWidgets import QApplication
QApplication.exec()
"""
NOT_FOR_THE_FIRST_WINDOW = (
    *("sqlalchemy", "alembic", "sqlcipher3", "openpyxl", "reportlab", "pikepdf", "cryptography", "argon2", "keyring"),
    *("filelock", "tomllib", "typing_extensions", "multiprocessing", "concurrent", "importlib.resources"),
    *("PySide6.QtSvg", "PySide6.QtPdf", "PySide6.QtPdfWidgets", "PySide6.QtPrintSupport"),
    *("models", "csp_desktop.location", "csp_desktop.disk", "csp_desktop.charts", "csp_desktop.imports"),
    *("ui.window", "ui.pages", "ui.tables", "ui.forms", "ui.files", "ui.dialogs.first_run", "ui.dialogs.crash"),
)


@pytest.mark.parametrize("named", [(), ("--store", "partnership.csp")], ids=["first run", "unlock"])
def test_the_first_window_is_painted_before_anything_of_the_store_is_loaded(
    tmp_path: Path, named: tuple[str, ...]
) -> None:
    (tmp_path / "partnership.csp").touch()
    ran = subprocess.run(  # noqa: S603  (our own interpreter on our own lines)
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path / "settings"), *named],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    loaded = set(ran.stdout.split())
    assert "ui.front" in loaded
    assert (
        sorted(
            name for name in loaded for part in NOT_FOR_THE_FIRST_WINDOW if name == part or name.startswith(f"{part}.")
        )
        == []
    )


@pytest.fixture
def store_file(tmp_path: Path, clock: Clock) -> Path:
    path = tmp_path / "data" / "partnership.csp"
    made = create_store(path, PASSPHRASE, Who("officer1", "Priya Patel"), clock, CHEAP)
    found_store(made.store, "kirklees-2022-2027")
    made.store.close()
    return path


@pytest.fixture
def program(qapp: QApplication, store_file: Path, tmp_path: Path) -> Iterator[Program]:
    made = Program(qapp, store_file, tmp_path / "settings")
    made.front.show()
    yield made
    made.close()
    made.front.close()


def unlock_page(program: Program) -> UnlockPage:
    page = program.front.page()
    assert isinstance(page, UnlockPage)
    return page


def windows(program: Program) -> list[Window]:
    """This program's own window; another test's may still be on its way out."""
    return [program.window] if program.window is not None and program.window.isVisible() else []


def enter(program: Program, qtbot: QtBot, secret: str = PASSPHRASE) -> Window:
    QTest.keyClicks(unlock_page(program).secret, secret)
    QTest.keyClick(unlock_page(program).secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(windows(program)), timeout=10_000)
    (window,) = windows(program)
    return window


def test_the_passphrase_opens_the_window_and_the_lock_closes_it_again(
    program: Program, qtbot: QtBot, store_file: Path
) -> None:
    window = enter(program, qtbot)
    assert not program.front.isVisible()
    assert unlock_page(program).secret.text() == ""
    assert read_holder(StoreFiles(store_file)) is not None
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not windows(program))
    assert program.front.isVisible()
    assert read_holder(StoreFiles(store_file)) is None
    enter(program, qtbot)


def test_the_open_store_is_checked_and_backed_up_when_something_changed(
    program: Program, qtbot: QtBot, store_file: Path
) -> None:
    window = enter(program, qtbot)
    qtbot.waitUntil(lambda: not program.tasks.busy)
    assert not window.message.isVisible()
    care = window.findChild(StoreCare)
    assert care is not None
    add_person(window.desk.store, "Amira Khan")
    for expected in (1, 1):
        care.back_up()
        qtbot.waitUntil(lambda: not program.tasks.busy)
        assert len([backup for backup in list_backups(store_file) if backup.reason == Reason.SCHEDULED]) == expected


def test_the_lock_waits_for_work_that_is_under_way(program: Program, qtbot: QtBot) -> None:
    window = enter(program, qtbot)
    qtbot.waitUntil(lambda: not program.tasks.busy)
    go = threading.Event()
    seen: list[int] = []
    store = window.desk.store
    program.tasks.run("Reading", lambda _progress: go.wait(5) and len(list_people(store)), seen.append)
    program.lock()
    program.lock()
    assert windows(program) == [window]
    go.set()
    qtbot.waitUntil(lambda: not windows(program))
    assert seen == [0]


def test_the_store_that_was_opened_is_offered_next_time(
    program: Program, qapp: QApplication, qtbot: QtBot, store_file: Path, tmp_path: Path
) -> None:
    enter(program, qtbot)
    assert settings.load_preferences(tmp_path / "settings" / "preferences.json").last_store == store_file
    program.lock()
    again = Program(qapp, None, tmp_path / "settings")
    assert isinstance(again.front.page(), UnlockPage)
    again.close()


def test_a_wrong_passphrase_says_so_and_a_second_try_opens(program: Program, qtbot: QtBot) -> None:
    page = unlock_page(program)
    shown: list[CspError] = []
    program.boundary.refused.connect(shown.append)
    with qtbot.captureExceptions() as raised:
        QTest.keyClicks(page.secret, "not the passphrase")
        page.unlock()
        qtbot.waitUntil(lambda: bool(raised), timeout=10_000)
    program.boundary.handle(raised[0][1])
    assert "does not open this store" in page.words.text()
    assert page.unlock_button.isEnabled()
    page.secret.clear()
    enter(program, qtbot)


def test_nothing_typed_is_told_before_anything_is_tried(program: Program) -> None:
    page = unlock_page(program)
    page.unlock()
    assert "Type the passphrase" in page.words.text()
    assert not program.tasks.busy


def test_a_damaged_store_offers_its_newest_good_backup(program: Program, tmp_path: Path) -> None:
    page = unlock_page(program)
    program.boundary.handle(StoreDamagedError("The store is damaged.", tmp_path / "backup"))
    assert not page.restore_button.isHidden()
    program.boundary.handle(StoreDamagedError("The store is damaged and has no backup."))
    assert page.restore_button.isHidden()


def started(qapp: QApplication, asked: Path | None, folder: Path) -> Program:
    program = Program(qapp, asked, folder)
    program.front.show()
    return program


def test_a_store_named_but_not_there_offers_to_create_it_there(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "north.csp"
    program = started(qapp, path, tmp_path / "settings")
    page = program.front.page()
    assert isinstance(page, MissingPage)
    assert f"north.csp is not in {path.parent}." in page.words.text()
    assert page.create_button.property("primary")
    assert program.front.focusWidget() is page.create_button
    page.create_button.click()
    create = program.front.page()
    assert isinstance(create, CreatePage)
    assert create.form.editor("place").value() == str(path)
    create.form.cancel()
    assert isinstance(program.front.page(), MissingPage)
    program.close()


def test_a_remembered_store_that_is_gone_is_restored_from_its_backup(
    qapp: QApplication, qtbot: QtBot, store_file: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.save_preferences(settings.Preferences(store_file), tmp_path / "settings" / "preferences.json")
    store = open_store(store_file, PASSPHRASE, Who("officer1", "Priya Patel"), clock)
    add_person(store, "Amira Khan")
    backup = back_up_store(store, Reason.BY_HAND).backup.path
    store.close()
    for gone in (store_file, StoreFiles(store_file).keys):
        gone.unlink()
    program = started(qapp, None, tmp_path / "settings")
    page = program.front.page()
    assert isinstance(page, MissingPage)
    assert page.words.text().endswith("Its backups are still there.")
    assert program.front.focusWidget() is page.restore_button
    monkeypatch.setattr("ui.dialogs.missing.choose_backup", lambda _parent, _at: backup)
    page.restore_button.click()
    unlock = unlock_page(program)
    assert unlock.unlock_button.isHidden()
    QTest.keyClick(unlock.secret, Qt.Key.Key_Return)
    assert "Type the passphrase" in unlock.words.text()
    program.boundary.handle(CspError("The passphrase does not open this backup."))
    assert not unlock.restore_button.isHidden()
    QTest.keyClicks(unlock.secret, PASSPHRASE)
    QTest.keyClick(unlock.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "is in place" in unlock.words.text(), timeout=20_000)
    assert not unlock.unlock_button.isHidden()
    QTest.keyClick(unlock.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(windows(program)), timeout=10_000)
    assert [person.name for person in list_people(windows(program)[0].desk.store)] == ["Amira Khan"]
    program.close()


def test_a_store_that_goes_while_its_passphrase_is_asked_for_is_said_to_be_gone(
    program: Program, store_file: Path
) -> None:
    store_file.unlink()
    program.boundary.handle(CspError("The store cannot be found."))
    assert isinstance(program.front.page(), MissingPage)


def test_the_recovery_key_is_saved_or_it_is_said_why_not(program: Program, tmp_path: Path) -> None:
    program.front._on_created(tmp_path / "partnership.csp", PASSPHRASE, Created("AAAAA-BBBBB", ()))
    recovery = program.front.page()
    assert isinstance(recovery, RecoveryPage)
    recovery.save(tmp_path / "key.txt")
    assert recovery.words.text().startswith("Saved as key.txt.")
    assert "AAAAA-BBBBB" in (tmp_path / "key.txt").read_text(encoding="utf-8")
    with pytest.raises(CspError) as refused:
        recovery.save(tmp_path / "gone" / "key.txt")
    program.boundary.handle(refused.value)
    assert recovery.words.text().startswith("The recovery key could not be saved")


def test_first_run_creates_a_store_shows_its_recovery_key_and_opens_it(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new" / "partnership.csp"
    monkeypatch.setattr("ui.app.default_store_path", lambda: path)
    program = Program(qapp, None, tmp_path / "settings")
    program.front.show()
    welcome = program.front.page()
    assert isinstance(welcome, WelcomePage)
    qtbot.mouseClick(welcome.create_button, Qt.MouseButton.LeftButton)
    create = program.front.page()
    assert isinstance(create, CreatePage)
    for key, typed in (("name", "Priya Patel"), ("passphrase", PASSPHRASE), ("again", PASSPHRASE + "!")):
        editor = create.form.editor(key)
        assert isinstance(editor, TextEditor)
        editor.line.setText(typed)
    create.form.save()
    assert "differ" in create.form.refusal("again")
    create.form.editor("again").set_value(PASSPHRASE)
    create.form.save()
    qtbot.waitUntil(lambda: isinstance(program.front.page(), RecoveryPage), timeout=30_000)
    recovery = program.front.page()
    assert isinstance(recovery, RecoveryPage)
    assert not recovery.go_on.isEnabled()
    recovery.sure.setChecked(True)
    qtbot.mouseClick(recovery.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(windows(program)), timeout=30_000)
    (window,) = windows(program)
    assert window.desk.store.undo_label is None
    assert window.desk.store.who.display_name == "Priya Patel"
    program.close()
    program.front.close()


def test_a_place_that_will_not_do_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert refusal_of_place(tmp_path / "OneDrive" / "plan.csp").startswith("plan.csp cannot be kept in")
    assert refusal_of_place(tmp_path / "plan.csp") == ""
