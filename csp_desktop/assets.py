"""The files that ship with the program: fonts, icons, colour profile, starter plans, demo workbooks.

Read from the installed project and from the one-folder program alike: it lies beside the package in both.
A name is a path below ``resources`` with forward slashes, such as ``icons/csp-desktop.svg``.
"""

from pathlib import Path

import resources

_FOLDER = Path(next(iter(resources.__path__)))  # importlib.resources says the same, but too late for the first window


def path(name: str) -> Path:
    """Return the file or folder ``name`` on disk. Raises FileNotFoundError where the program does not carry it."""
    found = _FOLDER.joinpath(*name.split("/"))
    if not found.exists():
        message = f"The program does not carry resources/{name}."
        raise FileNotFoundError(message)
    return found


def help_path(name: str) -> Path:
    """Return a page of the user help, such as ``index.md``; it lies beside ``resources``, in ``docs/help``.

    Raises FileNotFoundError where the program does not carry it.
    """
    found = _FOLDER.parent / "docs" / "help" / name
    if not found.exists():
        message = f"The program does not carry docs/help/{name}."
        raise FileNotFoundError(message)
    return found


def font_path(name: str) -> Path:
    """Return the TrueType file of a font by its file name without ending, such as ``LiberationSans-Bold``."""
    return path(f"fonts/{name}.ttf")


def paths(folder: str, ending: str) -> list[Path]:
    """Return the files directly in ``folder`` whose names end in ``ending``, in name order."""
    return sorted(file for file in path(folder).iterdir() if file.name.endswith(ending))


def read_bytes(name: str) -> bytes:
    """Return the whole of the file ``name``. Raises FileNotFoundError where the program does not carry it."""
    return path(name).read_bytes()


def read_text(name: str) -> str:
    """Return the whole of the UTF-8 text file ``name``. Raises FileNotFoundError as :func:`read_bytes` does."""
    return path(name).read_text(encoding="utf-8")
