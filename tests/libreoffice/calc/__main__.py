"""One edit of one workbook in Calc. LibreOffice's own Python runs this folder: ``python3 calc PIPE < job``.

A job is JSON: ``open`` a file, do the ``deeds`` (pairs of a name and its arguments), ``save`` it under each of some
names in turn, opened anew in between; or ``end`` the office. The office listens on the pipe. Whatever goes wrong ends
this with a traceback: a deed that did not do what a person would have seen must not pass for an edit.
"""

import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import cells
import columns
import rows
import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

DEEDS = {**cells.DEEDS, **rows.DEEDS, **columns.DEEDS}
FILTERS = {
    ".xlsx": ("Calc MS Excel 2007 XML", ""),
    ".ods": ("calc8", ""),
    ".xls": ("MS Excel 97", ""),
    ".csv": ("Text - txt - csv (StarCalc)", "44,34,76,1,,2057,false,true,false"),  # commas, UTF-8, UK, as shown
}
SECONDS = 60.0


def setting(name: str, value: Any) -> Any:
    """Return a setting as the office takes it."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect(pipe: str) -> Any:
    """Return the desktop of the office that listens on ``pipe``, as soon as it does."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def opened(desktop: Any, path: str) -> Any:
    """Open a workbook without a window."""
    book = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (setting("Hidden", value=True),))
    if book is None:
        message = f"LibreOffice did not open {path}"
        raise RuntimeError(message)
    return book


def save(book: Any, path: str) -> None:
    """Save a workbook in the format that the end of its name asks for."""
    name, options = FILTERS[Path(path).suffix]
    settings = (setting("FilterName", name), setting("FilterOptions", options))
    book.storeToURL(Path(path).as_uri(), settings[: 2 if options else 1])


def edit(desktop: Any, job: dict[str, Any]) -> None:
    """Open a workbook, edit it, and save it under each name."""
    book = opened(desktop, job["open"])
    try:
        for name, arguments in job["deeds"]:
            DEEDS[name](book, **arguments)
        for path in job["save"][:-1]:
            save(book, path)
            book.close(True)
            book = opened(desktop, path)
        save(book, job["save"][-1])
    finally:
        book.close(True)


def main() -> None:
    """Do the job that stands on the standard input."""
    job = json.load(sys.stdin)
    desktop = connect(sys.argv[1])
    if job.get("end"):
        with suppress(DisposedException):  # it may be gone before it has answered
            desktop.terminate()
    elif "open" in job:
        edit(desktop, job)


if __name__ == "__main__":
    main()
