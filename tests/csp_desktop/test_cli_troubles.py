"""The command line when something is wrong with the store: one sentence, exit 1, and the way out named in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from csp_desktop.checking import check_store
from csp_desktop.cli import main
from csp_desktop.store import Store
from models.records import AuditChange, AuditEntry
from tests.factories import Clock, new_store
from tests.vault import PASSPHRASE, flip, made, opened

Run = Callable[..., str]


@pytest.fixture
def path(tmp_path: Path, clock: Clock) -> Path:
    new_store(tmp_path, clock).close()
    return tmp_path / "test.csp"


@pytest.fixture
def refused(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command that must be refused with one line on stderr and nothing on stdout; return that line."""
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)

    def run(*words: str, store: Path = path) -> str:
        assert main(["--store", str(store), *words]) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert len(printed.err.splitlines()) == 1
        return printed.err

    return run


@pytest.fixture
def backup(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    assert main(["--store", str(path), "backup"]) == 0
    return Path(capsys.readouterr().out.strip())


@pytest.mark.parametrize("offset", [5, 20_000])
def test_check_after_damage_names_the_newest_backup_and_how_to_bring_it_back(
    path: Path, backup: Path, refused: Run, offset: int
) -> None:
    flip(path, offset, 3)
    said = refused("check")
    assert "damaged" in said
    assert f"restore “{backup}”" in said
    assert main(["--store", str(path), "restore", backup.name]) == 0  # its name alone will do


def test_a_damaged_store_without_a_backup_says_where_else_to_look(path: Path, refused: Run) -> None:
    flip(path, 20_000, 3)
    for words in (("check",), ("audit", "verify")):
        assert "second backup folder" in refused(*words)


def test_a_store_that_is_gone_offers_its_backup_and_no_new_store(path: Path, backup: Path, refused: Run) -> None:
    path.unlink()
    said = refused("list", "plans")
    assert backup.name in said
    assert "init" not in said


def test_another_stores_key_file_is_named_and_the_advice_holds(path: Path, backup: Path, refused: Run) -> None:
    assert backup.exists()
    made(path.with_name("other.csp"))[0].close()
    keys = path.with_name("test.csp.keys")
    path.with_name("other.csp.keys").replace(keys)
    assert "test.csp.keys beside it is another store's" in refused("list", "plans")
    keys.rename(path.with_name("aside"))
    opened(path).close()


def test_a_name_or_path_that_is_too_long_is_a_sentence(tmp_path: Path, path: Path, refused: Run) -> None:
    long = "x" * 300
    for store in (tmp_path / f"{long}.csp", tmp_path / f"{'y' * 200}.csp", tmp_path.joinpath(*["z" * 90] * 5, "s.csp")):
        assert "too long" in refused("init", store=store)
        assert "too long" in refused("list", "plans", store=store)
    assert "too long" in refused("report", "board-progress", "--out", str(tmp_path / f"{long}.pdf"))
    assert len(list(tmp_path.glob("*"))) == len({path, *tmp_path.glob("test.csp.*")})


def test_a_passphrase_file_may_come_from_notepad_or_powershell(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CSP_PASSPHRASE", raising=False)
    file = tmp_path / "secret.txt"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        file.write_text(f"{PASSPHRASE}\r\n", encoding=encoding)
        assert main(["--passphrase-file", str(file), "--store", str(path), "list", "plans"]) == 0


def test_an_empty_passphrase_file_is_called_empty(
    tmp_path: Path, path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    file = tmp_path / "secret.txt"
    file.write_bytes(b"\r\n")
    assert main(["--passphrase-file", str(file), "--store", str(path), "list", "plans"]) == 1
    assert "secret.txt is empty" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "31/12/2026"])
def test_a_day_that_cannot_be_today_is_wrong_usage(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["report", "board-progress", "--out", "x.pdf", "--as-of", day])
    assert stopped.value.code == 2
    assert day in capsys.readouterr().err


def cut_tail(store: Store) -> None:
    with store.engines.write.begin() as connection:
        last = connection.scalar(select(func.max(AuditEntry.id)))
        connection.execute(delete(AuditChange).where(AuditChange.entry_id == last))
        connection.execute(delete(AuditEntry).where(AuditEntry.id == last))


def test_a_tail_cut_since_the_last_backup_shows(path: Path, refused: Run) -> None:
    store = opened(path)
    try:
        store.record_access("Printed a list of people")
        store.record_access("Printed it again")
        assert check_store(store).is_whole
        cut_tail(store)
        assert check_store(store).audit.broken_at == 3
    finally:
        store.close()
    assert "does not hold at entry 3" in refused("audit", "verify")


def test_a_list_for_people_says_words_and_times(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    source = tmp_path / "return.csv"
    source.write_text("Action,Owner,Status\nTidy the square,Jo Hirst,In progress\n", encoding="utf-8")
    run = ["--store", str(path)]
    assert main([*run, "import", str(source), "--dry-run"]) == 0
    assert "return.csv: 1 new. Nothing was changed: this was a dry run." in capsys.readouterr().out
    assert main([*run, "import", str(source)]) == 0
    assert capsys.readouterr().out.startswith("return.csv: 1 new.\n")
    for subject in ("actions", "imports", "plans"):
        assert main([*run, "list", subject]) == 0
    printed = capsys.readouterr().out
    assert "in progress" in printed
    assert "town_centre" not in printed
    assert "+00:00" not in printed
    assert "False" not in printed
    assert main([*run, "undo", "1"]) == 0
    assert "taken back" in capsys.readouterr().out
