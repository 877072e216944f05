"""LibreOffice without a window, for tests: one office that is started once, and edits of workbooks that it does.

Nothing here is LibreOffice's: what runs inside its Python is in the folder ``calc`` beside this file.
"""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

Deed: TypeAlias = tuple[str, Mapping[str, Any]]
"""The name of what is done, and its arguments: see the functions in ``calc``."""

CALC = Path(__file__).with_name("calc")
SECONDS_FOR_A_JOB, SECONDS_TO_END = 90, 20
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Setup/L10N">
  <prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value></prop>
 </item>
</oor:items>
"""
"""The settings of a person in Britain: 31/03/2027 is a day in March."""


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """Where LibreOffice is, and a Python that can speak to it."""

    soffice: str
    python: str


def find_libreoffice() -> LibreOffice | str:
    """Return where LibreOffice is, or why it cannot be used here."""
    if sys.platform == "win32":
        return "LibreOffice is driven through process groups, which Windows has not"
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        return "LibreOffice is not installed (no soffice on the PATH)"
    own = Path(soffice).resolve().with_name("python")
    for python in (own, Path("/usr/bin/python3")):
        if python.exists() and _speaks_uno(python):
            return LibreOffice(soffice, str(python))
    return "no Python with uno was found beside LibreOffice (Debian: python3-uno)"


def _speaks_uno(python: Path) -> bool:
    asked = subprocess.run(  # noqa: S603 - the Python of the system, asked for one module
        [python, "-c", "import uno"], env=_environment(), capture_output=True, timeout=30, check=False
    )
    return asked.returncode == 0


def _environment(home: Path | None = None) -> dict[str, str]:
    """Return the environment without what makes another Python of ours, or a screen, known."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    kept.pop("DISPLAY", None)
    return kept | ({"HOME": str(home)} if home else {})


class CannotStartError(Exception):
    """LibreOffice is installed and does not start here."""


class Calc:
    """An office that runs, and does one edit at a time."""

    def __init__(self, python: str, pipe: str) -> None:
        self._python = python
        self._pipe = pipe

    def edit(self, source: Path, deeds: Sequence[Deed], *saves: Path) -> Path:
        """Open a workbook, do some deeds, save it under each name in turn (opened anew in between); return the last."""
        self.ask({"open": str(source), "deeds": list(deeds), "save": [str(path) for path in saves]})
        return saves[-1]

    def ask(self, job: Mapping[str, Any]) -> None:
        """Have a job done; an edit that could not be done as told ends the test with what LibreOffice's Python says."""
        done = subprocess.run(  # noqa: S603 - our own script, by the Python that was found to have uno
            [self._python, str(CALC), self._pipe],
            input=json.dumps(job),
            env=_environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS_FOR_A_JOB,
            check=False,
        )
        if done.returncode != 0:
            raise AssertionError(done.stderr)


@contextmanager
def running(found: LibreOffice, folder: Path) -> Iterator[Calc]:
    """Start an office of its own, with its profile in ``folder``, and leave nothing of it running."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    pipe = f"csp{secrets.token_hex(6)}"
    command = [found.soffice, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    command += [f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;"]
    with (folder / "soffice.txt").open("wb") as told:
        office = subprocess.Popen(  # noqa: S603 - the soffice that was found, with words of our own
            command,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            start_new_session=True,
        )
    calc = Calc(found.python, pipe)
    try:
        try:
            calc.ask({})  # waits until it listens
        except (AssertionError, subprocess.TimeoutExpired) as error:
            raise CannotStartError(str(error)) from error
        yield calc
        calc.ask({"end": True})
        office.wait(SECONDS_TO_END)
    finally:
        _end(office)


def _end(office: subprocess.Popen[bytes]) -> None:
    """End what is left of an office: it is the first of a group of processes of its own."""
    with suppress(ProcessLookupError):
        os.killpg(office.pid, signal.SIGKILL)
    office.wait(SECONDS_TO_END)
