import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from csp_desktop.__main__ import has_screen, wants_window, windows_names

ROOT = Path(__file__).resolve().parents[2]
SLOW = ["PySide6", "sqlalchemy", "alembic", "openpyxl", "reportlab", "pikepdf"]
START = """
import os, sys
sys.argv = ["csp-desktop", "--version"]
from csp_desktop.__main__ import main
code = main()
print(code, oct(os.umask(0)), [name for name in {slow} if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], True),
        (["--store", "plan.csp"], True),
        (["--store=plan.csp"], True),
        (["--store"], False),
        (["--store", "plan.csp", "list", "actions"], False),
        (["list", "actions"], False),
        (["--help"], False),
        (["--storeroom=plan.csp"], False),
    ],
)
def test_the_window_opens_where_no_subcommand_is_named(arguments: list[str], expected: bool) -> None:
    assert wants_window(arguments) is expected


def test_without_a_screen_there_is_a_sentence_and_no_window() -> None:
    assert has_screen({}, "win32")
    assert not has_screen({"DISPLAY": ""}, "linux")
    assert has_screen({"DISPLAY": ":0"}, "linux")
    assert has_screen({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    environ = {name: value for name, value in os.environ.items() if "DISPLAY" not in name and name != "QT_QPA_PLATFORM"}
    tried = subprocess.run(
        [sys.executable, "-m", "csp_desktop"], env=environ, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if sys.platform.startswith("linux"):
        assert (tried.returncode, tried.stdout) == (1, "")
        assert "no screen" in tried.stderr


def test_windows_names_come_from_the_environment_alone() -> None:
    environ = {"COMPUTERNAME": "KMC-1234", "PROCESSOR_ARCHITECTURE": "x86", "PROCESSOR_ARCHITEW6432": "AMD64"}
    names = windows_names(environ, (10, 0, 22631))
    assert (names.system, names.node, names.release, names.version, names.machine) == (
        "Windows",
        "KMC-1234",
        "11",
        "10.0.22631",
        "AMD64",
    )
    assert windows_names({}, (10, 0, 19045)).release == "10"
    assert isinstance(names, platform.uname_result)


def test_version_is_quick_and_files_are_made_for_their_owner_alone() -> None:
    script = START.format(slow=SLOW)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    version, state = done.stdout.splitlines()
    assert version.startswith("CSP Desktop ")
    umask = "0o77" if os.name == "posix" else "0o0"
    assert state == f"0 {umask} []"


def test_the_module_starts_by_its_name() -> None:
    command = [sys.executable, "-m", "csp_desktop", "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    assert done.stdout.startswith("CSP Desktop ")
    assert done.stderr == ""
