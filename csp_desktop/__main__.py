"""Where the program starts: the window without arguments, the command line with them.

The same file is the entry of the one-folder program. Everything slow is imported once it is known to be wanted.
"""

import gc
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import platform

WINDOWS_11_BUILD = 22_000


def windows_names(environ: Mapping[str, str], version: tuple[int, int, int]) -> "platform.uname_result":
    """Return what ``platform.uname()`` would say on Windows, from ``environ`` and (major, minor, build) alone."""
    import platform

    major, minor, build = version
    release = "11" if build >= WINDOWS_11_BUILD else str(major)
    machine = environ.get("PROCESSOR_ARCHITEW6432") or environ.get("PROCESSOR_ARCHITECTURE", "")
    return platform.uname_result(
        "Windows", environ.get("COMPUTERNAME", ""), release, f"{major}.{minor}.{build}", machine
    )


if sys.platform == "win32":
    import platform

    # Python 3.12 and later ask WMI for these names, which takes up to ten seconds, hangs or crashes on a PC where WMI
    # is denied; SQLAlchemy asks as soon as it is imported. A spawned child runs this line too.
    vars(platform)["_uname_cache"] = windows_names(os.environ, sys.getwindowsversion()[:3])


def wants_window(arguments: list[str]) -> bool:
    """Say whether the command line names no subcommand: nothing at all, or the store alone."""
    match arguments:
        case [] | ["--store", _]:
            return True
        case [only]:
            return only.startswith("--store=")
        case _:
            return False


def has_screen(environ: Mapping[str, str], system: str) -> bool:
    """Say whether a window can open: on Linux a display is named, or a platform of Qt's that needs none."""
    if not system.startswith("linux"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def main() -> int:
    """Run what the command line asks for and return the exit code: 0 done, 1 refused, 2 wrong usage."""
    if getattr(sys, "frozen", False):
        import multiprocessing  # the one-folder program starts its children as itself; they end in here

        multiprocessing.freeze_support()
    if os.name == "posix":
        os.umask(0o077)
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from importlib.metadata import version

        sys.stdout.write(f"CSP Desktop {version('csp-desktop')}\n")
        return 0
    if arguments == ["--selftest"]:
        from csp_desktop import selftest

        return selftest.run()
    if wants_window(arguments):
        if not has_screen(os.environ, sys.platform):
            sys.stderr.write("There is no screen for the window here; “csp-desktop --help” lists the commands.\n")
            return 1
        gc.disable()  # until the first window is painted: nothing made on the way to it is garbage
        from ui.app import main as open_window

        return open_window(arguments)
    from csp_desktop.cli import main as run_command

    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
