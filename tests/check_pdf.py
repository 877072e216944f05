"""``python -m tests.check_pdf FILE...``: whether reports are what they say they are, PDF/UA-1 and PDF/A-2a.

First our own checker of the structure, then veraPDF, which is the judge. It is had through the environment:

VERAPDF            the ``verapdf`` command of its installer, or its jar files, joined as in a PATH
JAVA               the ``java`` command for jar files, where it is not on the PATH

Ends with 0 where everything passed, 1 where something failed, 3 where veraPDF could not be asked.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.csp_desktop.reports.pdf_checker import check

PASSED, FAILED, NOT_ASKED = 0, 1, 3
FLAVOURS = ("ua1", "2a")
JUDGE = Path(__file__).with_name("CheckPdf.java")
HOW = "veraPDF was NOT run: {why}. So nobody has yet confirmed PDF/UA-1 and PDF/A-2a. {what}"
SET = "Set VERAPDF to its verapdf command, or to its jar files; see docs/development.md."


def main(files: list[str]) -> int:
    """Check the files and return the exit code."""
    if not files:
        print(__doc__)
        return FAILED
    ours = [_structure(Path(file)) for file in files]
    commands, why = judges(files)
    if not commands:
        print(why)
        return NOT_ASKED if all(ours) else FAILED
    # veraPDF prints its own findings
    verdicts = [subprocess.run(command, check=False).returncode == 0 for command in commands]  # noqa: S603 - as asked for
    good = all(ours) and all(verdicts)
    print("Everything passed, veraPDF included." if good else "FAILED; what failed is above.")
    return PASSED if good else FAILED


def _structure(file: Path) -> bool:
    """Check one file's structure and say what was found."""
    faults = check(file.read_bytes())
    print(f"{file}: structure {'FAILED' if faults else 'passed'}", *faults, sep="\n    ")
    return not faults


def judges(files: list[str]) -> tuple[list[list[str]], str]:
    """Return the commands that ask veraPDF about the files, or none and why not."""
    named = os.environ.get("VERAPDF", "")
    command = None if named.casefold().endswith(".jar") else shutil.which(named or "verapdf")
    if command:
        return [[command, "--flavour", flavour, "--format", "text", *files] for flavour in FLAVOURS], ""
    if not named:
        return [], HOW.format(why="VERAPDF is not set and there is no verapdf command", what=SET)
    jars = named.split(os.pathsep)
    missing = [jar for jar in jars if not Path(jar).is_file()]
    if missing:
        return [], HOW.format(why=f"VERAPDF names what is not there: {', '.join(missing)}", what=SET)
    java = shutil.which(os.environ.get("JAVA", "java"))
    if java is None:
        return [], HOW.format(why="there is no java command", what="Install a Java development kit, 17 or newer.")
    return [[java, "-cp", named, str(JUDGE), *files]], ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
