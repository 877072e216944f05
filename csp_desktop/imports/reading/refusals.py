"""Every sentence with which a file is refused: what is wrong with it, and what to do."""

from enum import Enum

from csp_desktop.errors import CspError, UnreadableFileError

_LONGEST_NAME = 80
_KEPT = "Nothing was imported."


class ReadCancelledError(CspError):
    """The user stopped the reading of a file."""


class Refusal(Enum):
    """Why a file cannot be read; the value is what the sentence says of it, with details to fill in."""

    EMPTY = "is empty. Ask for the file again, or save it once more and choose it here."
    MISSING = "cannot be opened: it is not there, or you may not read it. Close it elsewhere and choose it again."
    NOT_A_FILE = "is a folder, not a file. Choose a spreadsheet inside it."
    DEVICE = "is a device or a pipe, not a file. Choose a spreadsheet."
    CHANGED = "was changed while it was being read. Wait until it is saved, then choose it again."
    TOO_LARGE = (
        "is too large ({found}; the most is {most}). Save the sheet with the actions, or a part of it, as a file of "
        "its own."
    )
    UNSAFE_SIZE = (
        "would unpack to an unsafe size ({found}). Copy the cells you need into a new workbook and import that."
    )
    UNSAFE_XML = "holds unsafe XML that no spreadsheet needs, so it was not opened. Ask its owner for a clean copy."
    PROTECTED = (
        "is protected with a password or a sensitivity label. Open it in Excel, remove the protection, save it and "
        "import that."
    )
    DAMAGED = (
        "is damaged or incomplete. Open it in Excel, let Excel repair it, save it under a new name and import that."
    )
    NOT_A_SPREADSHEET = "is not a spreadsheet ({found}). Choose an Excel workbook, an .ods or a .csv file."
    OLD_EXCEL = "is in a very old Excel format. Open it in Excel, save it as .xlsx and import that."
    SAVE_AS_XLSX = "is {found}, which cannot be read yet. Open it where it was made, save it as .xlsx and import that."
    OTHER_TEXT = "is {found}, not a spreadsheet. Open it in Excel, save it as .xlsx and import that."
    OUTSIDE_GRID = "has cells outside the grid of a sheet. Open it in Excel, save it again as .xlsx and import that."
    NO_DATA = "has no data rows. Check that it is the right file."
    IRREGULAR = "has irregular rows near row {row}: {found}. Open it in Excel, check that row and save it as .xlsx."
    TOO_MANY_COLUMNS = "has too many columns ({found}; the most is {most}). Keep the plan's columns and save it again."
    STOPPED = "was not read: the reader stopped because {found}. Copy the cells you need into a new workbook."


def printable_name(name: str) -> str:
    """Return a file's name as it can be kept and shown: a name may hold line ends, and on Linux any bytes at all."""
    return "".join(letter if letter.isprintable() else "\u00b7" for letter in name)


def shown_name(name: str) -> str:
    """Return a file's name fit for a sentence: printable, and not longer than a line."""
    printable = printable_name(name)
    return printable if len(printable) <= _LONGEST_NAME else printable[: _LONGEST_NAME - 1] + "…"


def refuse(why: Refusal, name: str, **details: object) -> UnreadableFileError:
    """Return the error to raise; ``details`` fill the sentence (found, most, row)."""
    return UnreadableFileError(f"“{shown_name(name)}” {why.value.format(**details)} {_KEPT}")


def cancelled_error(name: str) -> ReadCancelledError:
    """Return the error to raise when the user stops a reading."""
    return ReadCancelledError(f"Reading “{shown_name(name)}” was cancelled. {_KEPT}")
