"""The one-folder program, built and run as it would be on a PC that has no Python."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENDING = ".exe" if sys.platform == "win32" else ""
LARGEST = 280_000_000
WINDOW_SECONDS = 8
NOT_OF_OURS = "This plugin does not support propagateSizeHints"  # said by Qt for every window shown offscreen

pytestmark = [pytest.mark.bundle, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build the program and return its folder. What PyInstaller worked out is kept in ``build`` for the next time."""
    dist = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", str(dist)]
    command += ["--workpath", str(ROOT / "build"), str(ROOT / "build.spec")]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - the build itself
    assert built.returncode == 0, built.stderr[-4000:]
    sys.stdout.write(built.stdout)
    yield dist / "CSP Desktop"
    shutil.rmtree(dist)


def bare_environment(home: Path) -> dict[str, str]:
    """Return an environment in which nothing of this project's Python can be found."""
    kept = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    folders = {"HOME": home, "USERPROFILE": home, "LOCALAPPDATA": home, "APPDATA": home, "TEMP": home, "TMPDIR": home}
    environment |= {name: str(folder) for name, folder in folders.items()}
    path = str(Path(os.environ.get("SYSTEMROOT", "C:\\Windows")) / "System32") if ENDING else "/usr/bin:/bin"
    return environment | {"PATH": path, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}


def run(program: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(program / f"csp-desktop{ENDING}"), *arguments]
    return subprocess.run(  # noqa: S603 - our own program
        command, cwd=home, env=bare_environment(home), capture_output=True, text=True, encoding="utf-8", check=False
    )


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the size and the time of change of every file below ``folder``."""
    found = ((file, file.lstat()) for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return {str(file): (state.st_size, state.st_mtime_ns) for file, state in found}


def test_version(program: Path, tmp_path: Path) -> None:
    done = run(program, tmp_path, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("CSP Desktop ")


def test_self_test_passes_and_writes_nothing_into_the_program(program: Path, tmp_path: Path) -> None:
    before = listing(program)
    done = run(program, tmp_path, "--selftest")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("ok      starts a child process: answered as process ")]
    assert [line for line in lines if line.startswith("ok      reads workbooks: ")]
    assert "ok      reads every format: .csv, .ods, .tsv, .xls, .xlsb, .xlsx" in lines
    assert [line for line in lines if line.startswith("ok      bounds its reader: ")]
    assert listing(program) == before


def test_the_window_comes_up(program: Path, tmp_path: Path) -> None:
    command = [str(program / f"CSP Desktop{ENDING}"), "--store", str(tmp_path / "none-yet.csp")]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=tmp_path, env=bare_environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as window:
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                window.communicate(timeout=WINDOW_SECONDS)
        finally:
            window.kill()
        printed, _ = window.communicate()
    assert [line for line in printed.decode().splitlines() if NOT_OF_OURS not in line] == []


def test_it_carries_what_it_reads_and_leaves_out_what_it_never_uses(program: Path) -> None:
    names = [file.relative_to(program).as_posix() for file in program.rglob("*") if file.is_file()]
    for wanted in ("LiberationSans-Regular.ttf", "LICENCE-Noto.txt", "csp-desktop.svg", "srgb.icc", "env.py"):
        assert [name for name in names if name.endswith(f"/{wanted}")], wanted
    assert [name for name in names if "/resources/starter/" in name]
    assert [name for name in names if "/models/migrations/versions/" in name]
    assert [name for name in names if name.endswith("/docs/help/index.md")]
    for unwanted in ("WebEngine", "Qt6Quick", "Qt6Qml", "VirtualKeyboard", "opengl32sw", "tkinter", "mysql"):
        assert not [name for name in names if unwanted in name], unwanted


def test_it_stays_small(program: Path) -> None:
    assert sum(size for size, _ in listing(program).values()) < LARGEST


@pytest.mark.skipif(sys.platform != "win32", reason="Only Windows programs carry a manifest and a version resource.")
def test_windows_is_told_what_the_program_is(program: Path) -> None:
    for name in ("CSP Desktop.exe", "csp-desktop.exe"):
        written = (program / name).read_bytes()
        assert b'level="asInvoker"' in written
        assert b"longPathAware" in written
        assert "080904B0".encode("utf-16-le") in written
