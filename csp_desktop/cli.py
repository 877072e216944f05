"""The command line: the same commands and queries as the window, for scheduled tasks and the curious.

Exit codes: 0 done, 1 refused with the sentence on stderr, 2 wrong usage. ``--json`` prints one JSON document on stdout.
Each subcommand imports what it needs when it runs: ``--help`` must not wait for a database driver.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from csp_desktop.errors import CspError, StoreDamagedError

if TYPE_CHECKING:
    from csp_desktop.audit import Who
    from csp_desktop.store import Store
    from csp_desktop.workspace import CheckReport

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - its only name

Arguments = argparse.Namespace
LISTS = ("plans", "themes", "objectives", "actions", "imports", "headings")
REPORTS = ("board-progress",)
REGISTERS = ("actions",)
FIRST_YEAR, LAST_YEAR = 1998, 2199
"""The days that can count as today: from the Act that asks for the plan to far beyond any."""
STARTERS = ("kirklees-2018-2021", "kirklees-2022-2027", "empty")


def main(argv: Sequence[str]) -> int:
    """Run one subcommand and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    arguments = _parser().parse_args(argv)
    try:
        run: Callable[[Arguments], int] = arguments.run
        return run(arguments)
    except CspError as error:
        backup = error.backup if isinstance(error, StoreDamagedError) else None
        _say(str(error) if backup is None else f"{error} Bring it back with: restore “{backup}”")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="csp-desktop", description="Runs a community safety partnership's plan on one PC. No command: the window."
    )
    parser.add_argument("--store", type=Path, metavar="PATH", help="the store's file (default: your data folder)")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="a file that holds the passphrase")
    parser.add_argument("--version", action="version", version=f"CSP Desktop {_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    init = _command(commands, "init", "create a store", _init)
    init.add_argument("--plan", choices=STARTERS, default=STARTERS[1], help="the plan it starts with")
    init.add_argument("--name", help="your name, as others will read it in the history")

    bring_in = _command(commands, "import", "bring in an owner's workbook", _import)
    bring_in.add_argument("files", nargs="+", type=Path, metavar="FILE")
    bring_in.add_argument("--as", dest="register", choices=REGISTERS, help="what the rows are (default: guessed)")
    bring_in.add_argument("--plan", help="the plan its actions belong to, by key or title")
    order = bring_in.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_const", dest="date_order", const="day_first")
    order.add_argument("--month-first", action="store_const", dest="date_order", const="month_first")
    bring_in.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    bring_in.add_argument("--problems", type=Path, metavar="FILE.xlsx", help="write the file's problems as a workbook")
    bring_in.add_argument("--json", action="store_true")

    _add_reading(commands)
    _add_keeping(commands)
    return parser


def _add_reading(commands: "Commands") -> None:
    report = _command(commands, "report", "write a report as a PDF or a workbook", _report)
    report.add_argument("kind", choices=REPORTS)
    report.add_argument("--out", type=Path, required=True, metavar="FILE.pdf|.xlsx")
    report.add_argument("--period", metavar='"Q4 2024/25"')
    report.add_argument("--plan", help="the plan, by key or title")
    report.add_argument("--as-of", type=_day, metavar="DATE", help="the day that counts as today")
    report.add_argument("--public", action="store_true", help="leave people's names out")

    listing = _command(commands, "list", "list what the store holds", _list)
    listing.add_argument("subject", choices=LISTS)
    listing.add_argument("--plan", help="only this plan, by key or title")
    listing.add_argument("--filter", default="", metavar="TEXT")
    listing.add_argument("--as-of", type=_day, metavar="DATE", help="the day that counts as today")
    listing.add_argument("--json", action="store_true")


def _add_keeping(commands: "Commands") -> None:
    _command(commands, "check", "check the file, its references and the audit trail", _check)
    _command(commands, "backup", "write a verified backup and print its path", _backup)
    restore = _command(commands, "restore", "bring a backup back", _restore)
    restore.add_argument("file", type=Path, metavar="FILE")
    audit = _command(commands, "audit", "the audit trail", _audit)
    audit.add_argument("what", choices=("verify",))
    undo = _command(commands, "undo", "take an import back, at any later time", _undo)
    undo.add_argument("import_id", type=int, metavar="IMPORT_ID")


def _command(commands: "Commands", name: str, purpose: str, run: Callable[[Arguments], int]) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".")
    # the two may stand behind the command too; suppressed, so that what stands before it is kept
    parser.add_argument("--store", type=Path, metavar="PATH", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    parser.set_defaults(run=run)
    return parser


def _init(arguments: Arguments) -> int:
    from csp_desktop.access import passphrase_advice
    from csp_desktop.commands.starting import found_store
    from csp_desktop.secret import new_passphrase
    from csp_desktop.workspace import Filling, create_filled_store

    passphrase = new_passphrase(arguments.passphrase_file, os.environ)
    path = _store_path(arguments)
    filling = Filling(lambda store: found_store(store, arguments.plan))
    created = create_filled_store(path, passphrase, _who(arguments.name), _now, filling)
    created.store.close()
    for warning in (*created.warnings, passphrase_advice(passphrase)):
        if warning:
            _say(warning)
    _out(f"Created {path}")
    _out(f"Recovery key: {created.recovery_key}")
    _out("Print the recovery key and keep it away from this PC: it opens the store when the passphrase is lost.")
    return 0


def _import(arguments: Arguments) -> int:
    from csp_desktop.imports.reading.ahead import ReadingAhead

    if arguments.problems is not None and len(arguments.files) > 1:
        raise CspError("--problems goes with one file at a time; nothing was imported.")
    with ReadingAhead(arguments.files) as ahead:
        from csp_desktop.imports.running import ImportRequest, import_read
        from csp_desktop.listing import import_lines

        request = ImportRequest(arguments.plan, arguments.date_order, arguments.dry_run, arguments.problems)
        with _Opened(arguments) as store:
            files = ahead.files()
            results = import_read(store, files, request, _today())
    if arguments.json:
        _print_json(results[0] if len(results) == 1 else results)
        return 0
    for result, file in zip(results, files, strict=True):
        for line in import_lines(result, file.grid.notes):
            _out(line)
    return 0


def _report(arguments: Arguments) -> int:
    from csp_desktop.reports.making import ReportRequest, make_report

    with _Opened(arguments) as store:
        request = ReportRequest(
            kind=arguments.kind,
            out=arguments.out,
            period=arguments.period,
            plan=arguments.plan,
            today=arguments.as_of or _today(),
            public=arguments.public,
        )
        make_report(store, request)
    _out(str(arguments.out))
    return 0


def _list(arguments: Arguments) -> int:
    from csp_desktop.listing import list_objects, list_text

    with _Opened(arguments) as store:
        objects = list_objects(
            store, arguments.subject, plan=arguments.plan, text=arguments.filter, as_of=arguments.as_of or _today()
        )
    if arguments.json:
        _print_json(objects)
    else:
        for line in list_text(arguments.subject, objects):
            _out(line)
    return 0


def _check(arguments: Arguments) -> int:
    from csp_desktop.workspace import check_store

    with _Opened(arguments) as store:
        report = check_store(store)
    if not report.is_whole:
        raise _wrong(report)
    _out(report.sentence)
    return 0


def _backup(arguments: Arguments) -> int:
    from csp_desktop.backup import Reason
    from csp_desktop.workspace import back_up_store

    with _Opened(arguments) as store:
        made = back_up_store(store, Reason.BY_HAND)
    if made.warning:
        _say(made.warning)
    _out(str(made.backup.path))
    return 0


def _restore(arguments: Arguments) -> int:
    from csp_desktop.restore import restore
    from csp_desktop.secret import find_passphrase

    path = _store_path(arguments)
    secret = find_passphrase(path, arguments.passphrase_file, os.environ)
    restored = restore(arguments.file, path, secret, _who(None), _now())
    _out(f"{path} is as it was in {arguments.file.name}.")
    if restored.backup_of_former is not None:
        _out(f"What stood there before is kept in {restored.backup_of_former.path}.")
    if restored.damaged_file is not None:
        _out(f"The damaged file is kept as {restored.damaged_file}.")
    return 0


def _audit(arguments: Arguments) -> int:
    from csp_desktop.workspace import check_store

    with _Opened(arguments) as store:
        report = check_store(store)
    if report.page_faults:
        raise _wrong(report)
    if not report.audit.is_whole:
        raise CspError(report.audit.sentence)
    _out(report.audit.sentence)
    return 0


def _wrong(report: "CheckReport") -> CspError:
    """Return what a check found as the refusal to raise, with the backup that helps."""
    return StoreDamagedError(report.sentence, report.backup.path if report.backup else None)


def _undo(arguments: Arguments) -> int:
    from csp_desktop.commands.imports import undo_import
    from csp_desktop.listing import counted

    with _Opened(arguments) as store:
        outcome = undo_import(store, arguments.import_id)
    _out(f"Import {arguments.import_id} was taken back ({counted(outcome.taken_back, 'stored row')}).")
    if outcome.left:
        names = ", ".join(dict.fromkeys(row.name for row in outcome.left))
        _out(f"Left as it is, because it was changed or is needed since: {names}.")
    return 0


class _Opened:
    """The store that the command line names, open for the length of one command."""

    def __init__(self, arguments: Arguments) -> None:
        self._arguments = arguments

    def __enter__(self) -> "Store":
        from csp_desktop.location import StoreFiles, check_location
        from csp_desktop.queries.records import display_name_of
        from csp_desktop.secret import find_passphrase
        from csp_desktop.workspace import open_store

        path = _store_path(self._arguments)
        check_location(path)
        if not path.exists() and not StoreFiles(path.absolute()).backups.exists():
            raise CspError(f"There is no store at {path}: create it with “init”, or name another with --store.")
        secret = find_passphrase(path, self._arguments.passphrase_file, os.environ)
        who = _who(None)
        self._store = open_store(path, secret, who, _now)
        name = display_name_of(self._store, who.account)
        if name is not None:
            self._store.who = replace(who, display_name=name)
        return self._store

    def __exit__(self, *_error: object) -> None:
        self._store.close()


def _store_path(arguments: Arguments) -> Path:
    from csp_desktop.folders import default_store_path

    path: Path | None = arguments.store
    return path if path is not None else default_store_path()


def _who(name: str | None) -> "Who":
    import getpass

    from csp_desktop.audit import Who

    try:
        account = getpass.getuser()
    except (OSError, KeyError):
        account = "unknown"
    return Who(account, name or account)


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    """Return today where the user is; instants are kept in UTC, days are people's."""
    return datetime.now().astimezone().date()


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a date; write it as 2025-03-31") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _version() -> str:
    from importlib.metadata import version

    return version("csp-desktop")


def _print_json(value: object) -> None:
    _out(json.dumps(value, ensure_ascii=False, indent=1))


def _out(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
