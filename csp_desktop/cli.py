"""The command line: the same commands and queries as the window, for scheduled tasks and the curious.

Exit codes: 0 done, 1 refused with the sentence on stderr, 2 wrong usage. ``--json`` prints one JSON document on stdout.
Each subcommand imports what it needs when it runs: ``--help`` must not wait for a database driver.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from csp_desktop.cli_cohort import add_outcomes, run_cohort
from csp_desktop.cli_export import add_export, run_export
from csp_desktop.cli_import import add_import, run_import
from csp_desktop.errors import CspError, StoreDamagedError
from csp_desktop.terminal import (
    Arguments,
    Opened,
    day_named,
    now,
    out,
    print_json,
    say,
    store_path,
    today,
    who_is,
)

if TYPE_CHECKING:
    from csp_desktop.checking import CheckReport

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - its only name

LISTS = (
    *("plans", "themes", "objectives", "actions", "imports", "exports", "headings"),
    *("cohorts", "offenders", "cohort-members", "offences", "spells", "needs"),
    *("offence-codes", "benchmarks", "first-time-entrants"),
    *("town-centre", "operations", "follow-ups", "order-clauses", "feedback", "places"),
    *("groups", "group-members", "meetings", "agenda", "attendance", "minutes", "decisions", "log"),
    *("organisations", "people", "agreements", "deputies"),
    *("assessments", "evidence", "ward-sets", "areas", "area-figures", "street-crime", "consultations"),
    *("measures", "targets", "readings", "pathways", "risks", "reporting-periods", "key-dates"),
)
REPORTS = (
    *("board-progress", "owner-chase", "plan", "safer-dewsbury", "meeting-pack", "minutes", "action-log"),
    *("scorecard", "evidence", "pathways", "cohort"),
)
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
        say(str(error) if backup is None else f"{error} Bring it back with: restore “{backup}”")
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

    add_import(
        _command(commands, "import", "bring in an owner's workbook, a folder of them, or a register", run_import)
    )
    add_export(_command(commands, "export", "make workbooks for owners to update, or of a register", run_export))
    _add_reading(commands)
    add_outcomes(_command(commands, "cohort", "what came of a reoffending cohort", run_cohort))
    _add_keeping(commands)
    return parser


def _add_reading(commands: "Commands") -> None:
    report = _command(commands, "report", "write a report as a PDF or a workbook", _report)
    report.add_argument("kind", choices=REPORTS)
    report.add_argument("--out", type=Path, required=True, metavar="FILE.pdf|.xlsx")
    report.add_argument("--period", metavar='"Q4 2024/25"')
    report.add_argument("--plan", help="the plan, by key or title")
    report.add_argument("--as-of", type=day_named, metavar="DATE", help="the day that counts as today")
    report.add_argument("--cohort", metavar="NAME", help="the cohort of a cohort report (default: the only one)")
    report.add_argument(
        "--data-date", type=day_named, metavar="DATE", help="the day up to which a cohort's offences are known"
    )
    report.add_argument(
        "--meeting", metavar="MEETING", help="the meeting of a pack or of minutes, by date or name (default: the next)"
    )
    report.add_argument("--public", action="store_true", help="leave people's names and small numbers out")

    listing = _command(commands, "list", "list what the store holds", _list)
    listing.add_argument("subject", choices=LISTS)
    listing.add_argument("--plan", help="only this plan, by key or title")
    listing.add_argument("--filter", default="", metavar="TEXT")
    listing.add_argument("--as-of", type=day_named, metavar="DATE", help="the day that counts as today")
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
    path = store_path(arguments)
    filling = Filling(lambda store: found_store(store, arguments.plan))
    created = create_filled_store(path, passphrase, who_is(arguments.name), now, filling)
    created.store.close()
    for warning in (*created.warnings, passphrase_advice(passphrase)):
        if warning:
            say(warning)
    out(f"Created {path}")
    out(f"Recovery key: {created.recovery_key}")
    out("Print the recovery key and keep it away from this PC: it opens the store when the passphrase is lost.")
    return 0


def _report(arguments: Arguments) -> int:
    from csp_desktop.reports.making import ReportRequest, make_report

    with Opened(arguments) as store:
        request = ReportRequest(
            kind=arguments.kind,
            out=arguments.out,
            period=arguments.period,
            plan=arguments.plan,
            today=arguments.as_of or today(),
            public=arguments.public,
            cohort=arguments.cohort,
            data_date=arguments.data_date,
            meeting=arguments.meeting,
        )
        make_report(store, request)
    out(str(arguments.out))
    return 0


def _list(arguments: Arguments) -> int:
    from csp_desktop.listing import list_objects, list_text

    with Opened(arguments) as store:
        objects = list_objects(
            store, arguments.subject, plan=arguments.plan, text=arguments.filter, as_of=arguments.as_of or today()
        )
    if arguments.json:
        print_json(objects)
    else:
        for line in list_text(arguments.subject, objects):
            out(line)
    return 0


def _check(arguments: Arguments) -> int:
    from csp_desktop.checking import check_store

    with Opened(arguments) as store:
        report = check_store(store)
    if not report.is_whole:
        raise _wrong(report)
    out(report.sentence)
    return 0


def _backup(arguments: Arguments) -> int:
    from csp_desktop.backup import Reason
    from csp_desktop.workspace import back_up_store

    with Opened(arguments) as store:
        made = back_up_store(store, Reason.BY_HAND)
    if made.warning:
        say(made.warning)
    out(str(made.backup.path))
    return 0


def _restore(arguments: Arguments) -> int:
    from csp_desktop.restore import restore
    from csp_desktop.secret import find_passphrase

    path = store_path(arguments)
    secret = find_passphrase(path, arguments.passphrase_file, os.environ)
    restored = restore(arguments.file, path, secret, who_is(None), now())
    out(f"{path} is as it was in {arguments.file.name}.")
    if restored.backup_of_former is not None:
        out(f"What stood there before is kept in {restored.backup_of_former.path}.")
    if restored.damaged_file is not None:
        out(f"The damaged file is kept as {restored.damaged_file}.")
    return 0


def _audit(arguments: Arguments) -> int:
    from csp_desktop.checking import check_store

    with Opened(arguments) as store:
        report = check_store(store)
    if report.page_faults:
        raise _wrong(report)
    if not report.audit.is_whole:
        raise CspError(report.audit.sentence)
    out(report.audit.sentence)
    return 0


def _wrong(report: "CheckReport") -> CspError:
    """Return what a check found as the refusal to raise, with the backup that helps."""
    return StoreDamagedError(report.sentence, report.backup.path if report.backup else None)


def _undo(arguments: Arguments) -> int:
    from csp_desktop.commands.imports import undo_import
    from csp_desktop.listing import counted

    with Opened(arguments) as store:
        outcome = undo_import(store, arguments.import_id)
    out(f"Import {arguments.import_id} was taken back ({counted(outcome.taken_back, 'stored row')}).")
    if outcome.left:
        names = ", ".join(dict.fromkeys(row.name for row in outcome.left))
        out(f"Left as it is, because it was changed or is needed since: {names}.")
    return 0


def _version() -> str:
    from importlib.metadata import version

    return version("csp-desktop")
