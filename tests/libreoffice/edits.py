"""One kind of edit: what an owner does to a workbook in Calc, and everything that is to come of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.csp_desktop.imports.returns.owner_desk import Desk
from tests.libreoffice.calc_office import Deed

Cells = frozenset[tuple[str, str]]
"""Cells by Ref and the field that they are of."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that comes of an edit; what is not named here did not happen.

    ``takes``: (Ref, name) to the value that the action has afterwards. ``adds``: title of a new action to some of its
    values. ``left``: cells that differ and were not brought in; ``conflicts`` are those of them that are in conflict.
    ``says``: each problem that is told contains one of these, and each of these is told. ``errors`` counts rows.
    """

    takes: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    adds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    left: Cells = frozenset()
    conflicts: Cells = frozenset()
    says: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Edit:
    """A kind of edit. ``saves``: the formats it is saved in, one after the other; ``request``: how it is brought in.

    ``meanwhile`` is what the office does between sending out and bringing in.
    """

    name: str
    deeds: Sequence[Deed]
    outcome: Outcome = field(default_factory=Outcome)
    saves: tuple[str, ...] = ("xlsx",)
    meanwhile: Callable[[Desk], None] | None = None
    request: Mapping[str, Any] = field(default_factory=dict)


def do(name: str, /, **arguments: Any) -> Deed:
    """Name a deed of those in the folder ``calc``."""
    return name, arguments


def reported(ref: str, done: str | None, **values: Any) -> dict[tuple[str, str], Any]:
    """Return what holds of an action that was reported on once before, after one more update."""
    said = {} if done is None else {"latest_update": done}  # a rating or a percentage alone takes back no words
    return each([ref], updates=2, **said, **values)


def each(refs: Iterable[str], **values: Any) -> dict[tuple[str, str], Any]:
    """Return that every one of some actions has these values."""
    return {(ref, name): value for ref in refs for name, value in values.items()}


def due(refs: Iterable[str], when: str, words: str = "") -> dict[tuple[str, str], Any]:
    """Return that some actions are due on a day ("2027-03-31"); a real date keeps its figures as its words."""
    told = day(when)
    return each(refs, forecast_due=told, due_text=words or f"{told:%d/%m/%Y}")


def cells(refs: Iterable[str], *fields: str) -> Cells:
    """Return some cells of each of some actions."""
    return frozenset((ref, name) for ref in refs for name in fields)


def day(text: str) -> date:
    """Return a day as it is written here: 2027-03-31."""
    return date.fromisoformat(text)
