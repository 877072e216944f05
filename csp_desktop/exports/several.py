"""Update workbooks for several owners at once: one file an owner, each kept as it is written.

A file's name never holds a person's: it has the number that the workbook's key begins with, so whoever reads "EXP-0007"
on a list finds the file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from csp_desktop.errors import CspError
from csp_desktop.exports.content import Timing
from csp_desktop.exports.exporting import Exported, export_workbook
from csp_desktop.exports.scopes import Owner, Scope, find_scope
from csp_desktop.queries.chasing import OwnerRow, list_owners
from csp_desktop.queries.plans import PlanRow, find_plan
from csp_desktop.store import Store
from models.exports import ExportSnapshot

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

ENDING = ".xlsx"
ERASED = "The details of this owner were erased, so no workbook was made. Say who leads these actions now."


@dataclass(frozen=True, slots=True)
class Sending:
    """What is to go out: a workbook for each of these scopes, at one time, into one folder."""

    scopes: tuple[Scope, ...]
    timing: Timing
    folder: Path


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What the command line asks for: the owners that are named, or every one; a theme; else the whole plan.

    ``out`` is a file, or for several owners a folder.
    """

    timing: Timing
    out: Path
    owners: tuple[str, ...] = ()
    every_owner: bool = False
    theme: str | None = None
    plan: str | None = None

    @property
    def is_several(self) -> bool:
        """Say whether a folder is asked for, with a file for each owner."""
        return self.every_owner or len(self.owners) > 1


@dataclass(frozen=True, slots=True)
class OwnersToAsk:
    """A scope for everyone who leads actions of a plan; ``erased`` are those whom nobody can ask any more."""

    scopes: tuple[Scope, ...]
    erased: tuple[Scope, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one scope: the workbook that was written, or the sentence that refuses it."""

    scope: Scope
    timing: Timing
    exported: Exported | None = None
    milestones: int = 0
    refusal: str = ""

    @property
    def whose(self) -> str:
        """Whose the workbook is: an owner's name, a theme's title, "The whole plan"."""
        return self.scope.owner.name if self.scope.owner else self.scope.words


def export_asked(store: Store, request: ExportRequest, progress: Progress | None = None) -> tuple[Sent, ...]:
    """Write what is asked for. Raises CspError for a name that is not known, before the first workbook is written."""
    timing, plan = request.timing, request.plan
    if request.every_owner:
        asked = owners_to_ask(store, find_plan(store, plan), timing.today)
        scopes, erased = asked.scopes, asked.erased
    else:
        named = request.owners or (None,)
        found = [find_scope(store, timing.today, owner=name, theme=request.theme, plan=plan) for name in named]
        scopes, erased = tuple(dict.fromkeys(found)), ()
    if not request.is_several:
        return (export_one(store, scopes[0], timing, request.out),)
    if not request.out.is_dir():
        raise CspError(f"Several workbooks go into a folder, and {request.out} is none; nothing was written.")
    sent = export_for_owners(store, Sending(scopes, timing, request.out), progress)
    return (*sent, *(Sent(scope, timing, refusal=ERASED) for scope in erased))


def export_for_owners(
    store: Store, sending: Sending, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> tuple[Sent, ...]:
    """Write a workbook for each scope into the folder, and return what came of each; one refused stops no other.

    Each is a Step of its own. After a cancel, asked about between two of them, those that were written stay and are
    returned. ``progress(done, total)`` is called in this thread. Raises CspError where there is no such folder.
    """
    if not sending.folder.is_dir():
        raise CspError(f"The folder {sending.folder} does not exist; nothing was written. Choose a folder that does.")
    done: list[Sent] = []
    tell = progress or _unheard
    tell(0, len(sending.scopes))
    for scope in sending.scopes:
        if cancelled is not None and cancelled():
            break
        try:
            done.append(export_one(store, scope, sending.timing, _unused(sending.folder, suggested_name(store))))
        except CspError as refusal:
            done.append(Sent(scope, sending.timing, refusal=str(refusal)))
        tell(len(done), len(sending.scopes))
    return tuple(done)


def export_one(store: Store, scope: Scope, timing: Timing, path: Path) -> Sent:
    """Write one workbook to a file, or into a folder under the name that its number gives it. Raises CspError."""
    file = _unused(path, suggested_name(store)) if path.is_dir() else path
    exported = export_workbook(store, scope, timing, file)
    return Sent(scope, timing, exported, _milestones(store, exported.export_id))


def suggested_name(store: Store) -> str:
    """Return the name of the next workbook's file, "EXP-0007 update workbook.xlsx": it is numbered as its key is."""
    with store.read() as connection:
        latest = connection.scalar(select(func.max(ExportSnapshot.id))) or 0
    return f"EXP-{latest + 1:04d} update workbook{ENDING}"


def number_of(key: str) -> str:
    """Return the number that a workbook is called by: "EXP-0007" of "EXP-0007-1a2b3c4d"."""
    return key.rpartition("-")[0]


def scope_of(plan: PlanRow, owner: OwnerRow) -> Scope:
    """Return what an owner's workbook holds."""
    return Scope(plan, owner=Owner(owner.name, owner.person_id, owner.organisation_id))


def owners_to_ask(store: Store, plan: PlanRow, today: date) -> OwnersToAsk:
    """Return a scope for each owner of a plan. Raises CspError where nobody leads any of its actions."""
    owners = list_owners(store, plan.id, today)
    if not owners:
        raise CspError(f"Nobody leads an action of {plan.title}, so nobody can be asked. Nothing was written.")
    return OwnersToAsk(
        tuple(scope_of(plan, owner) for owner in owners if not owner.is_erased),
        tuple(scope_of(plan, owner) for owner in owners if owner.is_erased),
    )


def export_object(sent: Sent) -> dict[str, Any]:
    """Return a workbook that was written, or refused, as the command line's JSON gives it."""
    scope = sent.scope
    about = {
        "scope": scope.kind.value,
        "owner": scope.owner.name if scope.owner else None,
        "theme": scope.theme.title if scope.theme else None,
        "plan": scope.plan.title,
    }
    if sent.exported is None:
        return {**about, "refused": sent.refusal}
    return {
        "export_id": sent.exported.export_id,
        "key": sent.exported.key,
        "file": str(sent.exported.path),
        **about,
        "period": sent.timing.period.label,
        "wanted_back": sent.timing.wanted_back.isoformat(),
        "actions": sent.exported.actions,
        "milestones": sent.milestones,
        "shortened": list(sent.exported.shortened),
    }


def _unused(folder: Path, name: str) -> Path:
    """Return where a new file goes: what lies there already, of another store or an earlier backup, is not replaced."""
    path = folder / name
    again = 2
    while path.exists():
        path = folder / f"{name.removesuffix(ENDING)} ({again}){ENDING}"
        again += 1
    return path


def _milestones(store: Store, export_id: int) -> int:
    with store.read() as connection:
        base = connection.scalar(select(ExportSnapshot.base).where(ExportSnapshot.id == export_id)) or {}
    return sum(row.startswith("M") for row in base)


def _unheard(_done: int, _total: int) -> None:
    """Take progress that nobody asked for."""
