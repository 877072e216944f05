"""The command “import”: owners' workbooks and folders of them, and every register.

What it needs it imports when it runs: ``--help`` must not wait for a database driver.
"""

import argparse
from dataclasses import replace
from pathlib import Path

from csp_desktop.errors import CspError
from csp_desktop.terminal import Arguments, Opened, count_on, out, print_json, today

ACTIONS, TOWN_CENTRE = "actions", "town-centre"
OF_A_PLAN = frozenset({None, ACTIONS, TOWN_CENTRE})
REGISTERS = (
    ACTIONS, TOWN_CENTRE,
    "cohort-members", "offences", "spells", "needs", "offence-codes", "benchmarks", "first-time-entrants",
    "operations", "follow-ups", "order-clauses", "feedback", "places",
    "groups", "group-members", "meetings", "agenda", "attendance", "minutes", "decisions", "log",
    "organisations", "people", "agreements", "deputies",
    "assessments", "evidence", "ward-sets", "areas", "area-figures", "street-crime", "consultations",
    "measures", "targets", "readings", "pathways", "risks", "reporting-periods", "key-dates",
)  # fmt: skip
DEFINITIONS = ("local", "proven-3-month", "proven-12-month", "youth-12-3", "iom")


def add_import(bring_in: argparse.ArgumentParser) -> None:
    """Give the parser of “import” its arguments."""
    bring_in.add_argument("files", nargs="+", type=Path, metavar="FILE|FOLDER")
    bring_in.add_argument(
        "--as",
        dest="register",
        choices=REGISTERS,
        metavar="WHAT",
        help=f"what the rows are: actions (where it is left out), {', '.join(REGISTERS[1:])}",
    )
    bring_in.add_argument("--cohort", metavar="NAME", help="the cohort that cohort members belong to")
    bring_in.add_argument("--definition", choices=DEFINITIONS, help="by whose rules a new cohort is counted")
    bring_in.add_argument("--plan", help="the plan its actions belong to, by key or title; town-centre takes its own")
    order = bring_in.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_const", dest="date_order", const="day_first")
    order.add_argument("--month-first", action="store_const", dest="date_order", const="month_first")
    bring_in.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    bring_in.add_argument("--problems", type=Path, metavar="FILE.xlsx", help="write the file's problems as a workbook")
    bring_in.add_argument("--annotated", type=Path, metavar="FILE.xlsx", help="write the file with its problems marked")
    bring_in.add_argument(
        "--resolve", choices=("theirs", "mine"), help="whose words win where an owner and you changed the same cell"
    )
    bring_in.add_argument("--clears", action="store_true", help="empty the cells that the owner emptied")
    bring_in.add_argument("--json", action="store_true")


def run_import(arguments: Arguments) -> int:
    """Bring files in: actions, or the register that was named. Returns the exit code."""
    if arguments.register not in OF_A_PLAN:
        return _import_register(arguments)
    if arguments.cohort is not None or arguments.definition is not None:
        raise CspError("--cohort and --definition go with --as cohort-members; nothing was imported.")
    return _import_actions(arguments)


def _import_register(arguments: Arguments) -> int:
    """Bring in a register, file by file."""
    from csp_desktop.imports.dates import DateOrder
    from csp_desktop.imports.registers.bringing_in import Run, import_registers
    from csp_desktop.imports.registers.register_plan import RegisterRequest
    from csp_desktop.listing import register_lines
    from csp_desktop.registers.forms import Register
    from models.offending import CohortDefinition

    for name in ("plan", "problems", "annotated", "resolve", "clears"):
        if getattr(arguments, name):
            raise CspError(f"--{name} goes with actions alone; nothing was imported.")
    request = RegisterRequest(
        register=Register(arguments.register),
        cohort=arguments.cohort,
        definition=CohortDefinition(arguments.definition) if arguments.definition else None,
        date_order=DateOrder(arguments.date_order) if arguments.date_order else None,
    )

    def count(done: int, expected: int, words: str) -> None:
        if expected:
            count_on(words)(done, expected)

    with Opened(arguments) as store:
        brought = import_registers(store, arguments.files, request, today(), Run(arguments.dry_run, count))
    if arguments.json:
        objects = [each.result for each in brought]
        print_json(objects[0] if len(objects) == 1 else objects)
    else:
        for line in (line for each in brought for line in register_lines(each.result, each.notes)):
            out(line)
    return 0


def _import_actions(arguments: Arguments) -> int:
    from csp_desktop.imports.reading.ahead import ReadingAhead

    folders = [path for path in arguments.files if path.is_dir()]
    files = [path for path in arguments.files if path not in folders]
    if (arguments.problems or arguments.annotated) is not None and (folders or len(files) > 1):
        raise CspError("--problems and --annotated go with one file at a time; nothing was imported.")
    with ReadingAhead(files) as ahead:
        from csp_desktop.imports.folder import contents_of, import_folder
        from csp_desktop.imports.known import town_centre_plan
        from csp_desktop.imports.running import ImportRequest, import_read
        from csp_desktop.listing import folder_lines, folder_object, import_lines
        from models.vocabulary import CellChoice

        resolve = CellChoice(arguments.resolve) if arguments.resolve else None
        request = ImportRequest(
            plan=arguments.plan,
            date_order=arguments.date_order,
            dry_run=arguments.dry_run,
            problems=arguments.problems,
            resolve=resolve,
            clears=arguments.clears,
            annotated=arguments.annotated,
        )
        contents = [contents_of(folder) for folder in folders]
        with Opened(arguments) as store:
            if arguments.register == TOWN_CENTRE and request.plan is None:
                request = replace(request, plan=town_centre_plan(store))
            read = ahead.files()
            results = import_read(store, read, request, today())
            brought = [import_folder(store, each, request, today(), count_on("Read")) for each in contents]
    if arguments.json:
        objects = [*results, *map(folder_object, brought)]
        print_json(objects[0] if len(objects) == 1 else objects)
    else:
        lines = [
            line for result, file in zip(results, read, strict=True) for line in import_lines(result, file.grid.notes)
        ]
        for line in (*lines, *(line for folder in brought for line in folder_lines(folder))):
            out(line)
    if brought and not results and all(folder.is_refused for folder in brought):
        raise CspError("Every file was refused; nothing was imported.")
    return 0
