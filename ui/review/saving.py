"""Saving a file out of a review: asked where to, written away from the window's thread, and said how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csp_desktop.imports.annotated_book import write_annotated
from csp_desktop.imports.import_plan import ImportPlan
from ui.desk import Desk
from ui.review.session import Refused, attempted
from ui.tasks import Progress

Choose = Callable[[QWidget, str, str, str], Path | None]
KINDS = {".pdf": "PDF (*.pdf)", ".xlsx": "Workbook (*.xlsx)"}
SAVE_ANNOTATED = "Save the annotated workbook"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to save: what the dialog is called, the name it suggests, and how what is in it gets there.

    ``write`` is called in the worker; ``told`` is said once it is there, with the file's name in the place of "{}".
    ``deed`` is what the audit trail says, "" for nothing.
    """

    title: str
    stem: str
    ending: str
    write: Callable[[Path], None]
    told: str = "Saved as {}."
    deed: str = ""


class Saving(QObject):
    """``said(words, kind)`` tells what is under way and how it went."""

    said = Signal(str, str)

    def __init__(self, desk: Desk, page: QWidget, choose: Choose) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self.choose = choose

    def save(self, wanted: Wanted) -> None:
        """Ask where to and save there; nothing is half-written."""
        path = self.choose(self._page, wanted.title, f"{wanted.stem}{wanted.ending}", KINDS[wanted.ending])
        if path is None:
            return
        is_named = path.suffix.casefold() == wanted.ending
        target = path if is_named else path.with_name(path.name + wanted.ending)
        store = self._desk.store

        def work(_progress: Progress) -> Path:
            if wanted.deed:
                store.record_access(wanted.deed)
            wanted.write(target)
            return target

        def done(saved: Path | Refused) -> None:
            if isinstance(saved, Refused):
                self.said.emit(saved.sentence, "error")
            else:
                self.said.emit(wanted.told.format(saved.name), "ok")

        self.said.emit(f"Saving {target.name} \N{HORIZONTAL ELLIPSIS}", "muted")
        self._desk.tasks.run(f"Saving {target.name}", attempted(work), done)

    def save_annotated(self, plan: ImportPlan) -> None:
        """Save the owner's own workbook with everything marked that was found in it."""
        store, name = self._desk.store, plan.file.name
        self.save(
            Wanted(
                title=SAVE_ANNOTATED,
                stem=f"{stem_of(name)} marked",
                ending=".xlsx",
                write=lambda path: write_annotated(store, plan, path),
                told="Saved as {}: send it back to the owner.",
                deed=f"Save {name} with its problems marked",
            )
        )


def stem_of(file_name: str) -> str:
    """Return a file's name without its ending."""
    return file_name.rpartition(".")[0] or file_name
