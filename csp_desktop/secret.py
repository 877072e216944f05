"""Where the passphrase comes from on the command line: a file, the environment, the key store, or a prompt."""

import getpass
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from pathlib import Path

from csp_desktop.errors import CspError

VARIABLE = "CSP_PASSPHRASE"
SERVICE = "CSP Desktop"


def find_passphrase(store: Path, file: Path | None, environ: Mapping[str, str]) -> str:
    """Return the passphrase for opening a store; it is never an argument, which other users could read.

    Raises CspError where there is none and nobody to ask.
    """
    given = _given(file, environ) or _from_key_store(store)
    if given is not None:
        return given
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass("Passphrase or recovery key: ")
    raise CspError(f"No passphrase was given: set {VARIABLE}, or name a file with --passphrase-file.")


def new_passphrase(file: Path | None, environ: Mapping[str, str]) -> str:
    """Return the passphrase for a new store, asking twice where a person types it. Raises CspError as above."""
    given = _given(file, environ)
    if given is not None:
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise CspError(f"No passphrase was given: set {VARIABLE}, or name a file with --passphrase-file.")
    first = getpass.getpass("Choose a passphrase: ")
    if first != getpass.getpass("Type it once more: "):
        raise CspError("The two passphrases differ; no store was created. Try again.")
    return first


def _given(file: Path | None, environ: Mapping[str, str]) -> str | None:
    if file is not None:
        try:
            content = file.read_bytes()
            # Notepad writes a mark at the start of a file, PowerShell UTF-16: neither is part of the passphrase
            encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
            given = content.decode(encoding).rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise CspError(f"The passphrase file {file.name} cannot be read as text; check its name.") from error
        if not given:
            raise CspError(f"The passphrase file {file.name} is empty; write the passphrase into it, on one line.")
        return given
    return environ.get(VARIABLE)


def _from_key_store(store: Path) -> str | None:
    """Ask the operating system's key store; a PC without one has no passphrase to give."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, str(store.absolute()))
    except KeyringError:
        return None
