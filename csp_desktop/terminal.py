"""What every command of the command line stands on: the store it names, who runs it and when, and where it prints.

What a command needs beyond that it imports when it runs: ``--help`` must not wait for a database driver.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from csp_desktop.errors import CspError

if TYPE_CHECKING:
    from csp_desktop.audit import Who
    from csp_desktop.store import Store

Arguments = argparse.Namespace
FIRST_YEAR, LAST_YEAR = 1998, 2199
"""The days that can count as today: from the Act that asks for the plan to far beyond any."""


class Opened:
    """The store that the command line names, open for the length of one command."""

    def __init__(self, arguments: Arguments) -> None:
        self._arguments = arguments

    def __enter__(self) -> "Store":
        from csp_desktop.location import StoreFiles, check_location
        from csp_desktop.queries.records import display_name_of
        from csp_desktop.secret import find_passphrase
        from csp_desktop.workspace import open_store

        path = store_path(self._arguments)
        check_location(path)
        if not path.exists() and not StoreFiles(path.absolute()).backups.exists():
            raise CspError(f"There is no store at {path}: create it with “init”, or name another with --store.")
        secret = find_passphrase(path, self._arguments.passphrase_file, os.environ)
        who = who_is(None)
        self._store = open_store(path, secret, who, now)
        name = display_name_of(self._store, who.account)
        if name is not None:
            self._store.who = replace(who, display_name=name)
        return self._store

    def __exit__(self, *_error: object) -> None:
        self._store.close()


def store_path(arguments: Arguments) -> Path:
    """Return the store's file: the one that is named, else the account's own."""
    from csp_desktop.folders import default_store_path

    path: Path | None = arguments.store
    return path if path is not None else default_store_path()


def who_is(name: str | None) -> "Who":
    """Return who runs the command, under the name given or that of the account."""
    import getpass

    from csp_desktop.audit import Who

    try:
        account = getpass.getuser()
    except (OSError, KeyError):
        account = "unknown"
    return Who(account, name or account)


def now() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today where the user is; instants are kept in UTC, days are people's."""
    return datetime.now().astimezone().date()


def day_named(text: str) -> date:
    """Return the day that an argument names. Raises ArgumentTypeError, which ends in the usage."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a date; write it as 2025-03-31") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def print_json(value: object) -> None:
    """Print one JSON document."""
    out(json.dumps(value, ensure_ascii=False, indent=1))


def out(line: str) -> None:
    """Print a line of the answer."""
    sys.stdout.write(f"{line}\n")


def say(line: str) -> None:
    """Print a line beside the answer: a refusal or a warning."""
    sys.stderr.write(f"{line}\n")


def count_on(words: str) -> Callable[[int, int], None]:
    """Return what counts on one line of the terminal, "Reading 3 of 40"; where nobody watches, it says nothing."""

    def count(done: int, total: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{words} {done:,} of {total:,}" + ("\n" if done == total else ""))
            sys.stderr.flush()

    return count
