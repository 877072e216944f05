"""A folder of returns: each file is read and compared by itself, one at a time, and one that is refused stops no other.

Of a hundred files the cells of two are held at most: what stays of each is what a list says of it, and a file that is
brought in from that list is read again first.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from csp_desktop.disk import file_troubles
from csp_desktop.errors import CspError
from csp_desktop.imports.applying import Applied, ImportCancelledError
from csp_desktop.imports.date_forms import shown
from csp_desktop.imports.import_plan import ImportPlan, SourceFile
from csp_desktop.imports.merged import ReturnedWorkbook
from csp_desktop.imports.reading.refusals import ReadCancelledError, printable_name
from csp_desktop.imports.reviewing import first_look
from csp_desktop.imports.running import ImportRequest, accept, compare, import_object, open_source
from csp_desktop.queries.chasing import WorkbookRow, list_workbooks
from csp_desktop.queries.plans import list_plans
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.exports import WorkbookReturn
from models.vocabulary import ExportScope, RowOutcome, Word

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt"})
_PASSING = ("~$", ".")
"""What the names of files begin with that a spreadsheet program, or the system, keeps beside an open workbook."""


class Finding(Word):
    """What a file of the folder is, by the first that holds."""

    REFUSED = "refused"
    OTHER_FILE = "not_an_update_workbook"
    CONFLICTS = "conflicts"
    QUESTIONS = "questions"
    PROBLEMS = "problems"
    CHANGES = "changes"
    NOTHING_NEW = "nothing_new"
    BROUGHT_IN = "brought_in"


NOTHING_NEW = "It came back, and says nothing that the plan does not say already."
IS_IN = "It is in. Imports lists it, and takes it back if need be."
CERTAIN = frozenset({Finding.CHANGES, Finding.NOTHING_NEW})


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The spreadsheets of a folder in name order, and the names of what else lies in it."""

    folder: Path
    spreadsheets: tuple[Path, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileCompared:
    """One file: its comparison with the store, or the sentence that refuses it."""

    path: Path
    plan: ImportPlan | None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class FolderFile:
    """What a list says of one file. ``whose`` is who was asked, or what the workbook holds; "" for any other file.

    ``brings`` says what accepting it would do, ``to_ask``, one sentence each, why a person has to look first.
    ``notes`` is what else is worth knowing. ``import_id`` is set once it is brought in and changed something.
    """

    path: Path
    name: str
    finding: Finding
    refusal: str = ""
    key: str = ""
    whose: str = ""
    brings: str = ""
    to_ask: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    import_id: int | None = None

    @property
    def is_certain(self) -> bool:
        """Say whether it can come in without anybody looking: nothing of it is in conflict, in doubt or unreadable."""
        return self.finding in CERTAIN


@dataclass(frozen=True, slots=True)
class Answer:
    """An update workbook that came back in the folder: its key, whose it is ("" where this store does not know)."""

    file: str
    key: str
    owner: str
    whose: str
    import_id: int | None


@dataclass(frozen=True, slots=True)
class FolderImport:
    """A folder that was brought in: for each file what its import did or the refusal, who answered, who did not."""

    contents: FolderContents
    files: tuple[dict[str, Any], ...]
    answered: tuple[Answer, ...]
    not_answered: tuple[WorkbookRow, ...]

    @property
    def refused(self) -> tuple[dict[str, Any], ...]:
        """The files that were refused."""
        return tuple(file for file in self.files if "refused" in file)

    @property
    def is_refused(self) -> bool:
        """Say whether there were files and all of them were refused."""
        return bool(self.files) and len(self.refused) == len(self.files)


def contents_of(folder: Path) -> FolderContents:
    """Return what lies in a folder itself, not below it. Raises CspError where it cannot be looked into."""
    with file_troubles(f"The folder “{printable_name(folder.name)}” could not be read", "Nothing was imported."):
        files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(_PASSING)]
    files.sort(key=lambda path: (path.name.casefold(), path.name))
    return FolderContents(
        folder,
        tuple(path for path in files if path.suffix.casefold() in SPREADSHEETS),
        tuple(printable_name(path.name) for path in files if path.suffix.casefold() not in SPREADSHEETS),
    )


def each_compared(
    paths: Sequence[Path], look: Callable[[SourceFile], ImportPlan], cancelled: Cancelled | None = None
) -> Iterator[FileCompared]:
    """Read and compare files one after the other, as they are asked for; a cancel ends it."""
    for path in paths:
        if cancelled is not None and cancelled():
            return
        try:
            compared = FileCompared(path, look(open_source(path, cancelled=cancelled)))
        except ReadCancelledError:
            return
        except CspError as refusal:
            compared = FileCompared(path, None, str(refusal))
        yield compared


def look_through(
    store: Store, paths: Sequence[Path], today: date, progress: Progress, cancelled: Cancelled
) -> tuple[FolderFile, ...]:
    """Return what each file is, for a list; after a cancel those that were looked at. The store is not touched."""
    sent = {row.key: row for row in list_workbooks(store)}
    found: list[FolderFile] = []
    progress(0, len(paths))
    for compared in each_compared(paths, lambda source: first_look(store, source, today), cancelled):
        found.append(_told(compared, sent))
        progress(len(found), len(paths))
    return tuple(found)


def bring_in_certain(
    store: Store, files: Sequence[FolderFile], today: date, progress: Progress, cancelled: Cancelled
) -> tuple[FolderFile, ...]:
    """Bring in the files that are certain, each an import of its own, and return what each is now.

    Each is read and compared anew, for those before it may have changed what it meets; one that is no longer certain
    waits for the review. After a cancel those that are in stay in and the others are as they were.
    """
    paths = [file.path for file in files if file.is_certain]
    sent = {row.key: row for row in list_workbooks(store)}
    now = {file.path: file for file in files}
    progress(0, len(paths))
    for done, compared in enumerate(
        each_compared(paths, lambda source: first_look(store, source, today), cancelled), start=1
    ):
        told = _told(compared, sent)
        try:
            now[compared.path] = _brought(store, compared, told, cancelled)
        except ImportCancelledError:
            break
        progress(done, len(paths))
    return tuple(now[file.path] for file in files)


def _brought(store: Store, compared: FileCompared, told: FolderFile, cancelled: Cancelled) -> FolderFile:
    if compared.plan is None or not told.is_certain:
        return told
    try:
        applied = accept(store, compared.plan, None, cancelled)
    except ImportCancelledError:
        raise
    except CspError as refusal:
        return replace(told, finding=Finding.REFUSED, refusal=str(refusal))
    return brought_in(told, applied)


def brought_in(file: FolderFile, applied: Applied) -> FolderFile:
    """Return what a list says of a file once it is in."""
    said = NOTHING_NEW if applied.import_id is None else IS_IN
    return replace(file, finding=Finding.BROUGHT_IN, brings=said, to_ask=(), import_id=applied.import_id)


def import_folder(
    store: Store, contents: FolderContents, request: ImportRequest, today: date, progress: Progress | None = None
) -> FolderImport:
    """Bring in every spreadsheet of a folder, each by itself, and say who has answered.

    A file that is refused is told with its sentence, and the others come in.
    """
    sent = {row.key: row for row in list_workbooks(store)}
    files: list[dict[str, Any]] = []
    answered: list[Answer] = []
    for compared in each_compared(contents.spreadsheets, lambda source: compare(store, source, request, today)):
        result = _imported(store, compared, dry_run=request.dry_run)
        files.append(result)
        answer = None if "refused" in result else _answer(compared.plan, result["import_id"], sent)
        if answer is not None:
            answered.append(answer)
        if progress is not None:
            progress(len(files), len(contents.spreadsheets))
    out = still_out(store, {answer.key for answer in answered})
    return FolderImport(contents, tuple(files), tuple(answered), tuple(out))


def _imported(store: Store, compared: FileCompared, *, dry_run: bool) -> dict[str, Any]:
    """Bring one file in and return what the command line's JSON says of it."""
    plan = compared.plan
    if plan is None:
        return {"file": printable_name(compared.path.name), "refused": compared.refusal}
    try:
        applied = Applied(None, {row.place: row.ref for row in plan.rows}) if dry_run else accept(store, plan)
    except CspError as refusal:
        return {"file": plan.file.name, "refused": str(refusal)}
    return import_object(plan, applied, dry_run=dry_run)


def _answer(plan: ImportPlan | None, import_id: int | None, sent: Mapping[str, WorkbookRow]) -> Answer | None:
    """Return the answer that a file is, None for any other file."""
    returned = plan.returned if plan is not None else None
    if plan is None or returned is None:
        return None
    return Answer(plan.file.name, returned.key, returned.owner, _whose(returned, sent), import_id)


def still_out(store: Store, answered: Collection[str] = ()) -> list[WorkbookRow]:
    """Return the owners' workbooks of the open plans that have not come back, those wanted first at the top.

    Of an owner who was sent several it is the newest. ``answered``: the keys of workbooks that are back all the same.
    """
    open_plans = {plan.id for plan in list_plans(store) if plan.is_open}
    out = [
        row
        for row in list_workbooks(store)
        if row.scope is ExportScope.OWNER and row.plan_id in open_plans and _is_out(row) and row.key not in answered
    ]
    return sorted(out, key=lambda row: (row.wanted_back, fold(row.owner), row.export_id))


def _is_out(row: WorkbookRow) -> bool:
    return row.returned_on is None and row.newer_on is None


def workbook_of(store: Store, step_id: int) -> WorkbookRow | None:
    """Return the update workbook that an import was the return of, by its Step; None for the import of another file."""
    with store.read() as connection:
        export_id = connection.scalar(select(WorkbookReturn.export_id).where(WorkbookReturn.entry_id == step_id))
    return next((row for row in list_workbooks(store) if row.export_id == export_id), None)


def _told(compared: FileCompared, sent: Mapping[str, WorkbookRow]) -> FolderFile:
    """Return what a list says of a compared file, without its cells."""
    plan, name = compared.plan, printable_name(compared.path.name)
    if plan is None:
        return FolderFile(compared.path, name, Finding.REFUSED, refusal=compared.refusal)
    brings = plan.sentence if plan.read.tables else f"No table of actions was found. {plan.read.why_nothing}"
    if plan.returned is None:
        return FolderFile(compared.path, name, Finding.OTHER_FILE, brings=brings)
    asks = tuple(_asks(plan))
    certain = Finding.CHANGES if plan.changes_anything else Finding.NOTHING_NEW
    return FolderFile(
        path=compared.path,
        name=name,
        finding=asks[0][0] if asks else certain,
        key=plan.returned.key,
        whose=_whose(plan.returned, sent),
        brings=brings,
        to_ask=tuple(sentence for _finding, sentence in asks),
        notes=tuple(_notes(plan.returned)),
    )


def _whose(returned: ReturnedWorkbook, sent: Mapping[str, WorkbookRow]) -> str:
    """Return who was asked, or what a theme's or a plan's workbook holds; "" where this store does not know it."""
    known = sent.get(returned.key)
    return returned.owner or (known.holds if known is not None else "")


def _notes(returned: ReturnedWorkbook) -> Iterator[str]:
    """Give what is worth knowing of a workbook that asks nothing: it is compared with what it said itself."""
    if returned.times_before:
        yield "This workbook has come back before; what was settled then is not asked again."
    if returned.newer_on is not None:
        yield f"It is not the newest: another workbook was sent on {shown(returned.newer_on)}."


def _asks(plan: ImportPlan) -> Iterator[tuple[Finding, str]]:
    """Give why a person has to look at a returned workbook, and what that makes of it, what weighs most first."""
    rows = [row for row in plan.rows if not row.is_left_out]
    conflicts, clears = sum(len(row.conflicts) for row in rows), sum(len(row.clears) for row in rows)
    asking = sum(bool(row.question) or row.waits for row in rows)
    unread = sum(row.outcome is RowOutcome.ERROR for row in rows) + len(plan.read.refused)
    for count, finding, noun, said in (
        (conflicts, Finding.CONFLICTS, "cell", "changed both by the owner and here."),
        (clears, Finding.QUESTIONS, "cell", "emptied: is what stood there to go?"),
        (asking, Finding.QUESTIONS, "row", "in doubt: which action is it?"),
    ):
        if count:
            yield finding, f"{count:,} {noun}{'' if count == 1 else 's'} {said}"
    if plan.is_two_way:
        yield Finding.QUESTIONS, "What it said when it went out is not known here; what changed here since may be lost."
    if unread:
        yield Finding.PROBLEMS, f"{unread:,} row{'' if unread == 1 else 's'} with something that cannot be read."
