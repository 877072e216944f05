"""The dry run of a register: read once into the store, compared with it, and dropped when it has served.

``plan_register`` reads and compares; ``replan_register`` compares the same staged rows anew under other answers;
``said_rows`` pages through what there is to look at; ``apply_register`` (``applying``) writes exactly what was found;
``drop_register`` ends it. A plan that is neither applied nor dropped is dropped at the next start.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from csp_desktop.errors import CspError, UnreadableFileError
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.reading.refusals import shown_name
from csp_desktop.imports.registers.comparing import Comparison
from csp_desktop.imports.registers.headings import Said, SheetRead, first_headings, read_headings
from csp_desktop.imports.registers.kept_comparing import KeptComparison
from csp_desktop.imports.registers.known_headings import is_of_case
from csp_desktop.imports.registers.register_plan import CohortChosen, RegisterPlan, RegisterRequest, RowSaid
from csp_desktop.imports.registers.staging import Cancelled, Progress, StagedFile, drop_staged, stage_file
from csp_desktop.queries.layouts import is_forgotten
from csp_desktop.registers.forms import Form, Register, form_of
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store, is_undone
from models.offending import CohortDefinition
from models.records import AuditEntry, ImportBatch, ImportLayout
from models.reoffending import Cohort
from models.staging import StagedRow
from models.vocabulary import ProblemLevel, RowOutcome

_ALSO = {Register.EVIDENCE: (Register.STREET_CRIME, Register.AREA_FIGURES)}
_FEW = 3
_MANY = 12
_LONGEST_NAME = 200
_OF_CASE = (
    "The column “{}” was not read: such a number covers a whole case, which may hold several offences. If each offence "
    "has one of its own, say that the column holds the offence reference."
)


def unheard(_done: int, _expected: int, _words: str) -> None:
    """Take progress that nobody asked for."""


def plan_register(
    store: Store,
    path: Path,
    request: RegisterRequest,
    today: date,
    watch: tuple[Progress, Cancelled | None] = (unheard, None),
) -> RegisterPlan:
    """Read a register's file into the store and compare it; nothing of the record changes.

    ``watch`` is ``progress(done, expected, words)`` and ``cancelled()``, both called in this thread; ``expected`` is 0
    where it is not known. Raises CspError where the cohort will not do, UnreadableFileError for a file that is not
    readable or not this register, ReadCancelledError after a cancel, and what ``progress`` raises; then nothing stays.
    """
    cohort = _cohort(store, request)
    staged = stage_file(store, path, request.register.value, *watch)
    try:
        taken = _as_it_is(store, staged, request)
        plan = _compared(store, staged, (taken, cohort), today, watch)
        if taken is request:
            return plan
        told = (
            f"This file holds no {request.register.label.lower()} but {taken.register.label.lower()}; it was read so."
        )
        return replace(plan, notes=(told, *plan.notes))
    except BaseException:
        drop_staged(store, staged.id)
        raise
    if taken is request:
        return plan
    told = f"This file holds no {request.register.label.lower()} but {taken.register.label.lower()}, and was read so."
    return replace(plan, notes=(told, *plan.notes))


def _as_it_is(store: Store, staged: StagedFile, request: RegisterRequest) -> RegisterRequest:
    """Return the request for what a file of evidence is: findings, or else an extract of crimes or figures of areas."""
    for register in (request.register, *_ALSO.get(request.register, ())):
        asked = request if register is request.register else replace(request, register=register)
        try:
            _sheets(store, staged, form_of(register), asked)
        except UnreadableFileError:
            continue
        return asked
    return request


def replan_register(
    store: Store,
    plan: RegisterPlan,
    request: RegisterRequest,
    today: date,
    watch: tuple[Progress, Cancelled | None] = (unheard, None),
) -> RegisterPlan:
    """Compare the same staged rows anew, with another mapping, order of dates or cohort; the file is not read again.

    The plan given is of no use afterwards. Where this raises, as ``plan_register`` does, its rows stay as read: compare
    them once more, or drop them.
    """
    cohort = _cohort(store, request)
    drop_staged(store, plan.staged.id, only_compared=True)
    return _compared(store, plan.staged, (request, cohort), today, watch)


def drop_register(store: Store, plan: RegisterPlan) -> None:
    """Drop what was staged, applied or not."""
    drop_staged(store, plan.staged.id)


def said_rows(
    store: Store, plan: RegisterPlan, outcomes: tuple[RowOutcome, ...] = (), *, offset: int = 0, limit: int = 100
) -> list[RowSaid]:
    """Return a page of the rows that change a stored row, have a problem or contradict another, in the file's order.

    ``outcomes`` filters, none for all. Of rows with problems the first 20,000 are there; all are counted.
    """
    query = select(StagedRow.__table__).where(StagedRow.staged_id == plan.staged.id)
    if outcomes:
        query = query.where(StagedRow.outcome.in_(outcomes))
    query = query.order_by(StagedRow.sheet, StagedRow.row).offset(offset).limit(limit)
    names = {sheet.sheet: sheet.name for sheet in plan.sheets}
    with store.read() as connection:
        found = connection.execute(query).all()
    return [
        RowSaid(
            sheet=names[row.sheet],
            row=row.row,
            outcome=row.outcome,
            cells=json.loads(row.cells),
            changes={name: (old, new) for name, (old, new) in json.loads(row.changes).items()},
            problems=tuple(
                Problem(names[row.sheet], cell, ProblemLevel(level), message)
                for cell, level, message in json.loads(row.problems)
            ),
        )
        for row in found
    ]


def _compared(
    store: Store,
    staged: StagedFile,
    asked: tuple[RegisterRequest, CohortChosen | None],
    today: date,
    watch: tuple[Progress, Cancelled | None],
) -> RegisterPlan:
    request, cohort = asked
    form = form_of(request.register)
    with store.read() as connection:
        seen = connection.scalar(select(func.max(AuditEntry.id))) or 0
    sheets, notes = _sheets(store, staged, form, request)
    kind = KeptComparison if request.register.is_kept else Comparison
    comparison = kind(store, staged, form, sheets, cohort.id if cohort else None)
    found = comparison.run(request.date_order, today, watch)
    gathered = comparison.gathered
    return RegisterPlan(
        staged=staged,
        request=request,
        sheets=sheets,
        counts=gathered.counts,
        problems=tuple(gathered.problems),
        problem_count=gathered.problem_count,
        more_problems=dict(gathered.more),
        notes=(*staged.notes, *notes, *found.notes, *_wide_notes(comparison.wide)),
        doubted=found.doubted,
        cohort=cohort,
        offences=found.offences,
        parts=found.parts,
        seen=seen,
        digest=found.digest,
        wide=comparison.wide,
        already=_came_before(store, staged.hash, request.register),
    )


def _wide_notes(wide: Mapping[str, tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    for sheet, (field, headings) in wide.items():
        what = "a figure" if field == "value" else "an output"
        yield f"Each of these columns of “{sheet}” was read as {what} of its own: {_listed(headings)}."


def _cohort(store: Store, request: RegisterRequest) -> CohortChosen | None:
    """Return the cohort that members go to. Raises CspError where none is named, or it has another definition."""
    if request.register is not Register.COHORT_MEMBERS:
        if request.cohort is not None or request.definition is not None:
            raise CspError("A cohort and its definition go with cohort members alone; nothing was imported.")
        return None
    name = " ".join((request.cohort or "").split())
    if not name:
        raise CspError("Name the cohort that these people belong to (--cohort NAME); nothing was imported.")
    if len(name) > _LONGEST_NAME:
        raise CspError(f"The name of a cohort has at most {_LONGEST_NAME} characters; nothing was imported.")
    with store.read() as connection:
        there = connection.execute(select(Cohort.id, Cohort.name, Cohort.definition).order_by(Cohort.id)).all()
    alike = [row for row in there if fold(row.name) == fold(name)]
    found = next((row for row in alike if row.name == name), alike[0] if alike else None)
    if found is None:
        return CohortChosen(None, name, request.definition or CohortDefinition.LOCAL)
    if request.definition not in {None, found.definition}:
        raise CspError(
            f"The cohort “{found.name}” is counted as “{found.definition.label}”, so people cannot be added to it "
            "under another definition. Leave the definition out, or name another cohort; nothing was imported."
        )
    return CohortChosen(found.id, found.name, found.definition)


def _sheets(
    store: Store, staged: StagedFile, form: Form, request: RegisterRequest
) -> tuple[tuple[SheetRead, ...], list[str]]:
    """Return the sheets that are the register and what to tell of the others. Raises UnreadableFileError for none."""
    remembered = _remembered(store, request.register)
    read: list[SheetRead] = []
    notes: list[str] = []
    nearest: tuple[int, SheetRead] | None = None
    for position, sheet in enumerate(staged.sheets):
        if sheet.hidden:
            notes.append(f"The hidden sheet “{sheet.name}” was not read.")
            continue
        said = Said(request.mappings.get(sheet.name, {}), remembered)
        found = read_headings((position, sheet.name), sheet.head, form, said)
        if found is not None and not found.missing(form):
            read.append(found)
            notes += [_OF_CASE.format(heading) for heading in found.unmapped if is_of_case(form.register, heading)]
            continue
        notes.append(f"The sheet “{sheet.name}” holds no {request.register.label.lower()} and was not read.")
        if found is not None and (nearest is None or len(found.mapping) > nearest[0]):
            nearest = (len(found.mapping), found)
    if not read:
        raise UnreadableFileError(_not_this(staged, form, nearest[1] if nearest else None))
    return tuple(read), notes


def _not_this(staged: StagedFile, form: Form, nearest: SheetRead | None) -> str:
    """Say why a file is not the register: what was looked for, and what headings there are."""
    name = shown_name(staged.name)
    if nearest is None:
        there = next(
            (
                f" The headings of the sheet “{sheet.name}” are {_listed(texts)}."
                for sheet in staged.sheets
                if (texts := first_headings(sheet.head))
            ),
            "",
        )
        looked = _listed([field.label for field in form.required])
        what = form.register.label.lower()
        return f"No {what} were found in “{name}”: they need columns for {looked}.{there} Nothing was imported."
    missing = [field for field in form.required if field.label in nearest.missing(form)]
    looked = "; ".join(f"“{field.label}” (also {_listed(field.headings[:_FEW])})" for field in missing)
    headings = _listed([column.heading for column in nearest.columns])
    return (
        f"The sheet “{nearest.name}” of “{name}” has no column for {looked}. Its headings, in row "
        f"{nearest.header_row}, are {headings}. Nothing was imported."
    )


def _listed(texts: list[str] | tuple[str, ...]) -> str:
    shown = ", ".join(f"“{text}”" for text in texts[:_MANY])
    return f"{shown} and {len(texts) - _MANY} more" if len(texts) > _MANY else shown


def _remembered(store: Store, register: Register) -> Mapping[str, Mapping[str, str]]:
    """Return what is remembered of this register's layouts: fingerprint to (normalised heading to field)."""
    query = select(ImportLayout.fingerprint, ImportLayout.mapping).where(
        ImportLayout.register == register.value, ~is_forgotten()
    )
    with store.read() as connection:
        return {row.fingerprint: row.mapping for row in connection.execute(query)}


def _came_before(store: Store, file_hash: str, register: Register) -> bool:
    """Say whether this very file was brought into the register by an import that still stands."""
    query = select(ImportBatch.entry_id).where(
        ImportBatch.file_hash == file_hash, ImportBatch.register == register.value
    )
    with store.read() as connection:
        return any(not is_undone(connection, entry) for entry in connection.scalars(query).all())
