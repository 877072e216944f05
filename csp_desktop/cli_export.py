"""The command “export”: the workbooks that owners give their update in, and a register as a workbook.

What it needs it imports when it runs: ``--help`` must not wait for a database driver.
"""

import argparse
from pathlib import Path

from csp_desktop.errors import CspError
from csp_desktop.terminal import Arguments, Opened, count_on, day_named, out, print_json, say, today

UPDATE_WORKBOOK, REGISTER = "update-workbook", "register"
OF_UPDATES = ("owner", "every_owner", "theme", "plan", "period", "back", "as_of")


def add_export(export: argparse.ArgumentParser) -> None:
    """Give the parser of “export” its arguments."""
    export.add_argument("what", choices=(UPDATE_WORKBOOK, REGISTER))
    export.add_argument("register", nargs="?", metavar="NAME", help="the register to write, as “list” calls it")
    of = export.add_mutually_exclusive_group()
    of.add_argument(
        "--owner", action="append", metavar="NAME", help="who leads the actions; may be given several times"
    )
    of.add_argument("--every-owner", action="store_true", help="a workbook for everyone who leads an action")
    of.add_argument("--theme", help="the actions of a theme, by number or title")
    export.add_argument("--plan", help="the plan, by key or title (without an owner or a theme: all of its actions)")
    export.add_argument(
        "--out", type=Path, required=True, metavar="FILE.xlsx|FOLDER", help="for several owners, a folder that is there"
    )
    export.add_argument("--period", metavar='"Q3 2026/27"', help="what is reported on (default: the running quarter)")
    export.add_argument(
        "--back", type=day_named, metavar="DATE", help="the day it is wanted back (default: in two weeks)"
    )
    export.add_argument("--as-of", type=day_named, metavar="DATE", help="the day that counts as today")
    export.add_argument("--json", action="store_true")


def run_export(arguments: Arguments) -> int:
    """Write what is asked for; return the exit code. Raises CspError for words that do not go together."""
    if arguments.what == REGISTER:
        return _export_register(arguments)
    if arguments.register is not None:
        raise CspError(f"“{arguments.register}” goes with “export register”; nothing was written.")
    return _export_updates(arguments)


def _export_register(arguments: Arguments) -> int:
    from csp_desktop.exports.register_workbook import find_register, write_register

    for name in OF_UPDATES:
        if getattr(arguments, name):
            raise CspError(f"--{name.replace('_', '-')} goes with “export update-workbook”; nothing was written.")
    register = find_register(arguments.register)
    with Opened(arguments) as store:
        rows = write_register(store, register, arguments.out)
    if arguments.json:
        print_json({"register": register.value, "file": str(arguments.out), "rows": rows})
    else:
        out(f"{register.label}, {rows:,} {'row' if rows == 1 else 'rows'}: {arguments.out}")
    return 0


def _export_updates(arguments: Arguments) -> int:
    from csp_desktop.exports.content import Timing
    from csp_desktop.exports.several import ExportRequest, export_asked, export_object
    from csp_desktop.listing import export_line

    request = ExportRequest(
        timing=Timing.of(arguments.as_of or today(), arguments.period, arguments.back),
        out=arguments.out,
        owners=tuple(arguments.owner or ()),
        every_owner=arguments.every_owner,
        theme=arguments.theme,
        plan=arguments.plan,
    )
    with Opened(arguments) as store:
        sent = export_asked(store, request, count_on("Made"))
    for each in sent:
        if each.exported is None:
            say(f"{each.whose}: {each.refusal}")
        elif not arguments.json:
            out(export_line(each))
    if arguments.json:
        objects = [export_object(each) for each in sent]
        print_json(objects if request.is_several else objects[0])
    return 0 if any(each.exported is not None for each in sent) else 1
