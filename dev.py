"""Three commands for a machine that has Python 3.11 or newer and, on Linux, apt.

    python3 dev.py run     set up, make a demo store, import the demo workbooks and registers, enter a made-up year of
                           the partnership, write the reports and an update workbook, open the window
    python3 dev.py test    set up in the same way and run every check
    python3 dev.py check-pdf FILE...    set up, and say whether reports are PDF/UA-1 and PDF/A-2a (asks veraPDF)

All use the one private environment in ``.venv`` and take seconds when nothing changed. Standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up-stamp"
LOCK = ROOT / "requirements-dev.lock"
DEMO = ROOT / "demo"
DEMO_COHORT, DEMO_DATA_DATE = "Kirklees 2024/25", "2026-10-31"
DEMO_PASSPHRASE = "a demo store holds made-up people only"  # noqa: S105 - printed for everyone to read
SUPPORTED = ((3, 11), (3, 14))

QT_LIBRARIES = {
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {"libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0"}
PROBE = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""


class StoppedError(Exception):
    """Something the person at the keyboard has to do first; ``str(error)`` says what."""


@dataclass(frozen=True)
class Step:
    """One check: its name in the summary and the command that runs it."""

    name: str
    command: tuple[str, ...]


def has_screen(platform: str, environ: Mapping[str, str]) -> bool:
    """Say whether a window can be shown: always on Windows and macOS, with a display server on Linux."""
    return not platform.startswith("linux") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def libraries_for(screen: Mapping[str, str] | None) -> dict[str, str]:
    """Return the shared libraries Qt opens, each with its Debian package.

    ``screen`` is the environment that names the display server, or None where everything is drawn offscreen.
    """
    wanted = dict(QT_LIBRARIES)
    if screen is not None and screen.get("DISPLAY"):
        wanted |= X11_LIBRARIES
    if screen is not None and screen.get("WAYLAND_DISPLAY"):
        wanted |= WAYLAND_LIBRARIES
    return wanted


def missing_libraries(names: Sequence[str]) -> list[str]:
    """Return those of the shared libraries ``names`` that this machine cannot open."""
    tried = subprocess.run([sys.executable, "-c", PROBE, *names], stdout=subprocess.PIPE, text=True, check=True)
    return tried.stdout.split()


def set_up_stamp(root: Path, python: str) -> str:
    """Return a digest of all that the environment follows from: lock files, project file, Python, folder."""
    digest = hashlib.sha256(f"{python}\n{root}\n".encode())
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        digest.update(hashlib.sha256((root / name).read_bytes()).digest())
    return digest.hexdigest()


def in_venv(name: str, *, windows: bool = os.name == "nt") -> Path:
    """Return the path of the program ``name`` in the private environment."""
    return VENV / ("Scripts" if windows else "bin") / (f"{name}.exe" if windows else name)


def clean_environment() -> dict[str, str]:
    """Return this process's environment without what would point Python at packages from elsewhere."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}


def run(*command: str | Path, env: Mapping[str, str] | None = None) -> int:
    """Run a command in the project's folder and return its exit code."""
    sys.stdout.flush()
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=env or clean_environment(), check=False
    ).returncode


def apt_install(packages: Sequence[str], why: str) -> None:
    """Install Debian packages as root; otherwise stop and print the one command that does."""
    command = ("apt-get", "install", "-y", "--no-install-recommends", *packages)
    if sys.platform == "win32" or shutil.which("apt-get") is None:
        raise StoppedError(f"{why} Install what Debian calls {' '.join(packages)}, then run this again.")
    if os.geteuid() != 0:
        raise StoppedError(f"{why} Run this one command, then run this again:\n    sudo {' '.join(command)}")
    print(f"{why} Installing {' '.join(packages)} ...")
    env = {**clean_environment(), "DEBIAN_FRONTEND": "noninteractive"}
    if run(*command, env=env) != 0 and (run("apt-get", "update", env=env) != 0 or run(*command, env=env) != 0):
        raise StoppedError(f"{why} apt-get could not install {' '.join(packages)}; its own message is above.")


def check_libraries(wanted: Mapping[str, str]) -> None:
    """Have every shared library in ``wanted`` (library: Debian package) on a Linux machine, or stop."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_libraries(list(wanted))
    if missing:
        apt_install([wanted[name] for name in missing], "System libraries that Qt needs are missing.")


def check_build_tools() -> None:
    """Have what PyInstaller needs from a Linux machine, or stop: objcopy, and Python as a shared library."""
    if not sys.platform.startswith("linux"):
        return
    if shutil.which("objcopy") is None or shutil.which("objdump") is None:
        apt_install(["binutils"], "The bundle check needs binutils.")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    library = f"libpython{version}.so.1.0"
    beside = Path(sysconfig.get_config_var("LIBDIR") or "") / library
    if not beside.exists() and missing_libraries([library]):
        if not sys.base_prefix.startswith("/usr") or sys.base_prefix.startswith("/usr/local"):
            raise StoppedError(
                f"This Python ({sys.base_prefix}) was built without its shared library, which the bundle check needs."
                " Run this with the system's python3, or build Python with --enable-shared."
            )
        apt_install([f"libpython{version}"], "The bundle check needs Python as a shared library.")


def venv_fits() -> bool:
    """Say whether the private environment is there, works, and has this Python's version."""
    if not in_venv("python").exists():
        return False
    asked = [str(in_venv("python")), "-c", "import sys, pip; print(sys.version)"]
    try:
        answer = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == sys.version


def make_venv() -> None:
    """Make the private environment afresh, with python3-venv installed first where Debian left it out."""
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        apt_install([f"python{version}-venv"], "Python's venv module is missing.")
    print("Making the private environment in .venv ...")
    if run(sys.executable, "-m", "venv", "--clear", VENV) != 0:
        raise StoppedError("The private environment in .venv could not be made; Python's own message is above.")


def install() -> None:
    """Install everything locked, by its hash, and the project itself as editable."""
    print("Installing the locked packages (a few minutes the first time) ...")
    pip = (in_venv("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
    wanted = [("--require-hashes", "-r", LOCK), ("--no-deps", "--no-build-isolation", "--editable", ROOT)]
    if any(run(*pip, *each) != 0 for each in wanted):
        raise StoppedError(
            "The packages could not be installed; pip's own message is above. Check the network or the proxy, "
            "then run this again: what was fetched is kept."
        )


def set_up() -> None:
    """Bring ``.venv`` to what the lock files say; do nothing when the stamp says it is there already."""
    stamp = set_up_stamp(ROOT, sys.version)
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp and in_venv("csp-desktop").exists():
        return
    if not venv_fits():
        make_venv()
    install()
    STAMP.write_text(stamp, encoding="utf-8")


def demo_registers(folder: Path) -> list[tuple[str | Path, ...]]:
    """Return what to say after ``import`` for each demo register: codes first, then people, then what names them."""
    first = ["offence-codes", "cohort-members"]
    files = {file.stem: file for file in sorted(folder.iterdir())}
    registers = [*first, *(name for name in files if name not in first)]
    cohort = {"cohort-members": ("--cohort", DEMO_COHORT)}
    return [("--as", register, *cohort.get(register, ()), files[register]) for register in registers]


def run_demo() -> int:
    """Make or reuse the demo store, bring in and enter the demo, write the reports and open the window."""
    screen = has_screen(sys.platform, os.environ)
    check_libraries(libraries_for(os.environ if screen else None))
    set_up()
    DEMO.mkdir(exist_ok=True)
    store, report, update = DEMO / "demo.csp", DEMO / "board-progress.pdf", DEMO / "update-workbook.xlsx"
    cohort = DEMO / "reoffending-cohort.pdf"
    workbooks = sorted(file for file in (ROOT / "resources" / "demo").iterdir() if file.suffix in {".xlsx", ".csv"})
    env = {**clean_environment(), "CSP_PASSPHRASE": DEMO_PASSPHRASE}
    program = (in_venv("csp-desktop"), "--store", store)
    commands: list[tuple[str | Path, ...]] = [
        (*program, "import", *workbooks),
        *((*program, "import", *words) for words in demo_registers(ROOT / "resources" / "demo" / "registers")),
        (in_venv("python"), "-m", "tests.demo_partnership", store),
        (*program, "report", "board-progress", "--out", report),
        (*program, "report", "cohort", "--cohort", DEMO_COHORT, "--data-date", DEMO_DATA_DATE, "--out", cohort),
        (*program, "report", "safer-dewsbury", "--out", DEMO / "safer-dewsbury.pdf"),
        (*program, "report", "scorecard", "--out", DEMO / "scorecard.pdf"),
        (*program, "export", "update-workbook", "--out", update),
    ]
    if not store.exists():
        commands.insert(0, (*program, "init", "--plan", "kirklees-2022-2027", "--name", "Demo officer"))
    for command in commands:
        if run(*command, env=env) != 0:
            raise StoppedError(
                "The demo store could not be brought up; the reason is above. To start afresh, delete demo."
            )
    print(f"\nThe demo store:       {store}\nIts passphrase:       {DEMO_PASSPHRASE}\nThe progress report:  {report}")
    print(f"The cohort report:    {cohort}\nMore reports:         {DEMO}")
    print(f"An update workbook:   {update} (fill it in and bring it back)")
    if not screen:
        print("There is no screen here, so the window was not opened.")
        return 0
    print("Opening the window ...")
    return run(*program)


def checks() -> list[Step]:
    """Return every check in the order it is run: quick ones first, the bundle alone and last."""
    return [
        Step("ruff check", (str(in_venv("ruff")), "check", ".")),
        Step("ruff format", (str(in_venv("ruff")), "format", "--check", ".")),
        Step("mypy", (str(in_venv("mypy")),)),
        Step("lint-imports", (str(in_venv("lint-imports")),)),
        Step("pytest", (str(in_venv("pytest")), "-n", "2", "-m", "not bundle")),
        Step("bundle", (str(in_venv("pytest")), "-m", "bundle")),
    ]


def run_step(step: Step, env: Mapping[str, str]) -> tuple[int, str]:
    """Run one check, its output passed through as it comes. Return its exit code and its closing line."""
    print(f"\n== {step.name}: {' '.join(step.command)}", flush=True)
    closing = ""
    with subprocess.Popen(step.command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        for line in process.stdout or ():
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            closing = line.decode("utf-8", "replace").strip() or closing
    return process.returncode, closing


def run_checks() -> int:
    """Run every check and stop at the first that fails. The tests draw offscreen unless told otherwise."""
    check_libraries(libraries_for(None))
    check_build_tools()
    set_up()
    env = {"QT_QPA_PLATFORM": "offscreen", **clean_environment()}
    summary: list[str] = []
    code = 0
    for step in checks():
        started = time.monotonic()
        code, closing = run_step(step, env)
        verdict = "passed" if code == 0 else f"FAILED (exit code {code})"
        summary.append(f"{step.name:<13} {time.monotonic() - started:6.1f} s  {verdict}  {closing}")
        if code != 0:
            break
    print("\n" + "\n".join(summary), flush=True)
    return code


def check_pdf(files: Sequence[str]) -> int:
    """Say whether reports are what they say they are; tests/check_pdf.py says how veraPDF is found."""
    set_up()
    return run(in_venv("python"), "-m", "tests.check_pdf", *(Path(file).resolve() for file in files))


def main(arguments: Sequence[str]) -> int:
    """Run the command named in ``arguments`` and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("run", "test", "check-pdf"))
    parser.add_argument("files", nargs="*", metavar="FILE", help="the reports that check-pdf looks at")
    asked = parser.parse_args(arguments)
    if bool(asked.files) != (asked.command == "check-pdf"):
        parser.error("check-pdf takes the files to look at, and no other command takes any")
    if not SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        print("This needs Python 3.11 to 3.14; this one is " + sys.version.split()[0] + ".", file=sys.stderr)
        return 1
    try:
        if asked.command == "check-pdf":
            return check_pdf(asked.files)
        return run_demo() if asked.command == "run" else run_checks()
    except StoppedError as stopped:
        print(f"\n{stopped}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
