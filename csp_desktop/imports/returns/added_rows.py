"""Rows that went out with no id: the action that one may be already, or resemble, before it becomes a new one."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from csp_desktop.exports.positions import tidied
from csp_desktop.imports.known import KnownAction
from csp_desktop.imports.matching import Home
from csp_desktop.imports.returns.known_export import KnownExport
from csp_desktop.imports.returns.office import Office
from csp_desktop.imports.returns.sent_out import is_reworded
from csp_desktop.rules.folding import fold

_ALIKE = 0.82
_MOST_COMPARED = 3_000


@dataclass(frozen=True, slots=True)
class Added:
    """What a row without an id is: an action that is there, or none.

    ``twin``: an action of the same title, which another row is already or which nothing but the title speaks for.
    ``resembles``: one of much the same title. ``is_twice``: a row above it becomes that very action.
    """

    action_id: int | None = None
    row_key: str = ""
    twin: int | None = None
    resembles: int | None = None
    is_twice: bool = False
    warning: str = ""


class AddedRows:
    """Finds what added rows are, in order; ``take`` says which actions other rows are."""

    def __init__(self, export: KnownExport, office: Office) -> None:
        self._export = export
        self._office = office
        self._taken: set[int] = set()
        self._by_title: dict[str, list[KnownAction]] = {}
        for action in office.known.actions.values():
            self._by_title.setdefault(action.values["title_folded"], []).append(action)
        self._created = {
            (said, export.taken.get((row_key, "theme"), "")): int(row_key[1:])
            for (row_key, column), said in export.taken.items()
            if column == "title" and row_key.startswith("A") and row_key not in export.base
        }
        self._fresh: set[tuple[str, int | None, str]] = set()

    def take(self, action_id: int) -> None:
        """Let no later row be this action."""
        self._taken.add(action_id)

    def find(self, title: str, ref: str, home: Home) -> Added:
        """Return what a row is by its title, its theme and the Ref that its owner typed, and take it."""
        added = self._find(title, ref, home)
        if added.action_id is not None:
            self.take(added.action_id)
        elif added.twin is None:
            fresh = (fold(title), home.theme_id, fold(home.text))
            if fresh in self._fresh:
                return Added(is_twice=True)
            self._fresh.add(fresh)
        return added

    def _find(self, title: str, ref: str, home: Home) -> Added:
        created = self._created.get((tidied(title), tidied(home.text)))
        if created in self._office.known.actions and created not in self._taken:
            return Added(created, f"A{created}")
        by_ref = self._by_ref(title, ref)
        if by_ref is not None:
            return by_ref
        same = [action for action in self._by_title.get(fold(title), ()) if _is_home(action, home)]
        free = next((action.id for action in same if action.id not in self._taken), None)
        if free is not None and self._export.base:
            return Added(twin=free)  # its id is gone: whose its words are has to be said
        if free is not None:
            return Added(free, self.row_key(free))
        if same:
            return Added(twin=same[0].id)
        return Added(resembles=self._alike(title), warning=_stray(ref))

    def _by_ref(self, title: str, ref: str) -> Added | None:
        """Return the action whose Ref was typed, where its title bears that out."""
        action_id = self._office.known.refs.get(ref.upper())
        action = self._office.known.actions.get(action_id or 0)
        if action is None or action_id is None or not is_reworded(title, str(action.values["title"])):
            return None
        return Added(twin=action_id) if action_id in self._taken else Added(action_id, self.row_key(action_id))

    def row_key(self, action_id: int) -> str:
        """Return the row of the base that an action went out as, "" where it was not in this workbook."""
        former = next((before for before, now in self._office.follows.items() if now == action_id), action_id)
        return next((key for key in (f"A{action_id}", f"A{former}") if key in self._export.base), "")

    def _alike(self, title: str) -> int | None:
        """Return the action whose title comes nearest, None where none comes near."""
        matcher = SequenceMatcher(None, "", fold(title), autojunk=False)
        best, found = _ALIKE, None
        for action in islice(self._office.known.actions.values(), _MOST_COMPARED):
            if action.id in self._taken:
                continue
            matcher.set_seq1(action.values["title_folded"])
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                best, found = matcher.ratio(), action.id
        return found


def _stray(ref: str) -> str:
    return f"Refs are given by the program; “{ref[:60]}” was left out." if ref else ""


def _is_home(action: KnownAction, home: Home) -> bool:
    """Say whether an action lies in the theme that a row names; a row that names none contradicts nobody."""
    if home.theme_id is None and not home.text:
        return True
    if home.theme_id is not None or action.values["theme_id"] is not None:
        return bool(home.theme_id == action.values["theme_id"])
    return fold(action.values["theme_text"]) == fold(home.text)
