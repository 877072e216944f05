"""The self test (``--selftest``) shows that this copy of the program works on this PC.

Everything happens in a temporary folder with the demo workbooks, so it can be run on any PC at any time. Each check
prints one line; the first that fails ends the run with exit code 1. A bug flies, as everywhere.
"""

import io
import json
import multiprocessing
import os
import secrets
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from csp_desktop import assets, cli
from csp_desktop.errors import CspError

CHILD_SECONDS = 60
ACTIONS_OF_A_FORMAT = 2
NEW_PLANS = 2
TOO_LITTLE_MIB = 12
HEADER_WITHIN = 30
COHORT = "Demo cohort"
OPERATIONS = "operations"
PASSPHRASE = "only for the length of this check"  # noqa: S105 - its store is deleted at the end of the check


class CheckFailedError(CspError):
    """One check of the program on itself failed; the sentence says which and how."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the self test. ``run`` takes the temporary folder and says what it saw, or raises CspError."""

    name: str
    run: Callable[[Path], str]


def run() -> int:
    """Run every check, one printed line each. Return 0, or 1 at the first that fails."""
    with tempfile.TemporaryDirectory(prefix="csp-desktop-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for check in CHECKS:
            try:
                seen = check.run(folder)
            except CspError as error:
                sys.stdout.write(f"FAILED  {check.name}: {error}\n")
                return 1
            sys.stdout.write(f"ok      {check.name}: {seen}\n")
            sys.stdout.flush()
    sys.stdout.write("Everything works on this PC.\n")
    return 0


def _command(folder: Path, *arguments: str) -> str:
    """Run one command of the command line on the temporary store and return what it printed."""
    secret = folder / "passphrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    printed, said = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(said):
        code = cli.main(["--store", str(folder / "selftest.csp"), "--passphrase-file", str(secret), *arguments])
    if code != 0:
        raise CheckFailedError(said.getvalue().strip() or f"{arguments[0]} ended with exit code {code}.")
    return printed.getvalue()


def _workbooks() -> list[str]:
    return [str(file) for ending in (".xlsx", ".csv") for file in assets.paths("demo", ending)]


def _carries_its_files(_folder: Path) -> str:
    fonts = assets.paths("fonts", ".ttf")
    plans = assets.paths("starter", ".toml")
    if not fonts or not plans or not _workbooks():
        raise CheckFailedError("Fonts, starter plans or demo workbooks are missing from the program's folder.")
    return f"{len(fonts)} fonts, {len(plans)} starter files"


def _answer(far_end: Connection) -> None:
    far_end.send(f"process {os.getpid()}")
    far_end.close()


def _starts_a_child_process(_folder: Path) -> str:
    spawning = multiprocessing.get_context("spawn")
    near_end, far_end = spawning.Pipe(duplex=False)
    child = spawning.Process(target=_answer, args=(far_end,), daemon=True)
    child.start()
    far_end.close()
    if not near_end.poll(CHILD_SECONDS):
        raise CheckFailedError("A child process did not answer in time, so no workbook could be read.")
    try:
        answer = str(near_end.recv())
    except EOFError as ended:
        raise CheckFailedError("A child process ended before it answered, so no workbook could be read.") from ended
    child.join(CHILD_SECONDS)
    return f"answered as {answer}"


def _knows_its_migrations(folder: Path) -> str:
    from csp_desktop.migrate import upgrade
    from models.engine import create_empty_file, open_engine
    from models.migrations import CURRENT

    file = folder / "migrated.csp"
    create_empty_file(file)
    engine = open_engine(file, secrets.token_bytes(32), enforce_foreign_keys=False)
    try:
        with engine.begin() as connection:
            upgrade(connection)
    finally:
        engine.dispose()
    return f"an empty store was brought to version {CURRENT.version}"


def _makes_a_store(folder: Path) -> str:
    _command(folder, "init", "--plan", "kirklees-2022-2027")
    plans = json.loads(_command(folder, "list", "plans", "--json"))
    if len(plans) != NEW_PLANS:
        raise CheckFailedError(f"The new store holds {len(plans)} plans instead of {NEW_PLANS}.")
    return f"{len(plans)} plans in it"


def _reads_workbooks(folder: Path) -> str:
    files = _workbooks()
    printed = json.loads(_command(folder, "import", *files, "--json"))
    outcomes = printed if isinstance(printed, list) else [printed]
    actions = json.loads(_command(folder, "list", "actions", "--json"))
    if not actions or not all(outcome["counts"]["new"] for outcome in outcomes):
        raise CheckFailedError("The demo workbooks brought no actions.")
    return f"{len(files)} workbooks, {len(actions)} actions"


def _reads_every_format(folder: Path) -> str:
    """Read the same small plan in every format that a plan may come in."""
    files = assets.paths("selftest", "")
    printed = json.loads(_command(folder, "import", *map(str, files), "--dry-run", "--json"))
    for file, outcome in zip(files, printed, strict=True):
        if outcome["counts"]["new"] != ACTIONS_OF_A_FORMAT or outcome["counts"]["errors"]:
            raise CheckFailedError(f"The plan in {file.name} was not read as it stands there.")
    return ", ".join(file.suffix for file in files)


def _bounds_its_reader(_folder: Path) -> str:
    """Allow the reader less memory than any program needs, and see it stopped."""
    from csp_desktop.errors import UnreadableFileError
    from csp_desktop.imports.reading.limits import MIB, Limits
    from csp_desktop.imports.reading.reader import read_file

    try:
        read_file(Path(_workbooks()[0]), limits=Limits(memory=TOO_LITTLE_MIB * MIB))
    except UnreadableFileError:
        return f"stopped with {TOO_LITTLE_MIB} MB"
    raise CheckFailedError("The memory of the process that reads files cannot be bounded on this PC.")


def _writes_a_report(folder: Path) -> str:
    file = folder / "board-progress.pdf"
    _command(folder, "report", "board-progress", "--out", str(file))
    written = file.read_bytes()
    if not written.startswith(b"%PDF-") or b"%%EOF" not in written[-64:]:
        raise CheckFailedError("The report written is not a PDF.")
    return f"{len(written):,} bytes"


def _writes_a_workbook(folder: Path) -> str:
    from openpyxl import load_workbook

    file = folder / "board-progress.xlsx"
    _command(folder, "report", "board-progress", "--out", str(file))
    workbook = load_workbook(file)
    sheets = len(workbook.sheetnames)
    workbook.close()
    return f"{sheets} sheets"


def _merges_a_return(folder: Path) -> str:
    """Send an update workbook out, fill one box in, and bring it back: once is a change, twice is nothing."""
    from openpyxl import load_workbook

    file = folder / "update.xlsx"
    sent = json.loads(_command(folder, "export", "update-workbook", "--out", str(file), "--json"))
    workbook = load_workbook(file)
    sheet = workbook["Actions"]
    header = next(row for row in range(1, HEADER_WITHIN) if sheet.cell(row, 1).value == "Ref")
    box = next(column for column in range(1, sheet.max_column + 1) if sheet.cell(header, column).value == "Your update")
    sheet.cell(header + 1, box).value = "Seen by the self test."
    workbook.save(file)
    first, second = (json.loads(_command(folder, "import", str(file), "--json")) for _ in range(2))
    if first["counts"]["changed"] != 1 or first["two_way"] or second["import_id"] is not None:
        raise CheckFailedError("An update workbook that came back was not merged as it should be.")
    return f"{sent['actions']} actions out, one change back"


def _counts_a_cohort(folder: Path) -> str:
    """Bring the demo registers in, count the cohort, and write its report both ways."""
    registers = {
        file.stem: str(file) for ending in (".xlsx", ".csv") for file in assets.paths("demo/registers", ending)
    }
    for register in ("offence-codes", "cohort-members", "offences"):
        named = ("--cohort", COHORT) if register == "cohort-members" else ()
        _command(folder, "import", "--as", register, *named, registers[register])
    found = json.loads(_command(folder, "cohort", "outcomes", COHORT, "--data-date", "2026-10-31", "--json"))
    if not found["reoffences"] >= found["reoffenders"] > 0:
        raise CheckFailedError("The demo cohort was not counted.")
    for ending in (".pdf", ".xlsx"):
        _command(folder, "report", "cohort", "--cohort", COHORT, "--out", str(folder / f"cohort{ending}"))
    return f"{found['reoffenders']} of {found['offenders']} reoffended"


def _keeps_registers(folder: Path) -> str:
    """Bring operations in, write them as a workbook, and bring that back: nothing has changed."""
    (source,) = [str(file) for file in assets.paths("demo/registers", ".csv") if file.stem == OPERATIONS]
    _command(folder, "import", "--as", OPERATIONS, source)
    file = folder / f"{OPERATIONS}.xlsx"
    _command(folder, "export", "register", OPERATIONS, "--out", str(file))
    again = json.loads(_command(folder, "import", "--as", OPERATIONS, str(file), "--json"))
    found = json.loads(_command(folder, "list", OPERATIONS, "--json"))
    if not any(row["outputs"] for row in found) or again["counts"]["unchanged"] != len(found):
        raise CheckFailedError("The operations that were written as a workbook did not come back as they were.")
    return f"{len(found)} operations in, out and back"


def _keeps_it_safe(folder: Path) -> str:
    _command(folder, "check")
    _command(folder, "audit", "verify")
    _command(folder, "backup")
    return "checked, audit verified, backed up"


CHECKS = (
    Check("carries its files", _carries_its_files),
    Check("starts a child process", _starts_a_child_process),
    Check("knows its migrations", _knows_its_migrations),
    Check("makes an encrypted store", _makes_a_store),
    Check("reads workbooks", _reads_workbooks),
    Check("reads every format", _reads_every_format),
    Check("bounds its reader", _bounds_its_reader),
    Check("writes a report as PDF", _writes_a_report),
    Check("writes a report as workbook", _writes_a_workbook),
    Check("merges an update workbook", _merges_a_return),
    Check("counts a reoffending cohort", _counts_a_cohort),
    Check("keeps registers", _keeps_registers),
    Check("keeps the store safe", _keeps_it_safe),
)
