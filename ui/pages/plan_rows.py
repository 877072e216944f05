"""The actions of the plan that is shown: all of them at a glance, their rows a page at a time."""

from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from csp_desktop.charts.rag import RagMark
from csp_desktop.collector import pass_over_present
from csp_desktop.queries.actions import ActionRow, View, actions_by_id
from csp_desktop.queries.glances import Glance, list_glances, search_texts
from csp_desktop.rules.folding import fold
from ui.desk import Desk
from ui.pages.plan_tree import Branch, Counts
from ui.tables.actions import is_due_soon
from ui.tables.columns import Column, PagedRows, Reader, SortKey

MANY = 5_000  # from so many on the words to search are read behind the page, not at the first key
CHIPS = ("Mine", "Overdue", "Not updated", "Due soon", "Help needed")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A branch of the plan: how many of its actions each chip holds, and the ids that the pressed chips leave."""

    counts: Mapping[str, int]
    ids: Sequence[int]


class PlanRows:
    """One reading of a plan; another is made after every Step."""

    def __init__(self, desk: Desk, plan_id: int, marks: tuple[RagMark, ...]) -> None:
        self._desk = desk
        self._plan_id = plan_id
        self._view = View(desk.today())
        self._urgency = {mark.letter: at for at, mark in enumerate(marks)}
        self._glances = list_glances(desk.store, self._view.as_of, plan_id, desk.store.who.display_name)
        self._by_id = {glance.id: glance for glance in self._glances}
        self._texts: Mapping[int, str] | None = None
        self._flags: dict[str, dict[str, frozenset[int]]] = {}
        self.overdue = sum(glance.is_overdue for glance in self._glances)
        self.stale = sum(glance.is_stale for glance in self._glances)
        if len(self) >= MANY:
            pass_over_present()

    def __len__(self) -> int:
        return len(self._glances)

    def __contains__(self, action_id: int) -> bool:
        return action_id in self._by_id

    def counts(self) -> Counts:
        """Return how many actions each theme and each objective has."""
        themes = Counter(glance.theme_id for glance in self._glances)
        return Counts(themes, Counter(glance.objective_id for glance in self._glances))

    def narrowed(self, branch: Branch, pressed: Sequence[str]) -> Narrowed:
        """Return what a branch holds under the pressed chips."""
        if branch.key not in self._flags:
            here = [glance for glance in self._glances if branch.holds(glance)]
            tests = self._tests()
            held = {name: frozenset(glance.id for glance in here if tests[name](glance)) for name in CHIPS}
            self._flags[branch.key] = held | {"": frozenset(glance.id for glance in here)}
        flags = self._flags[branch.key]
        left = frozenset.intersection(flags[""], *(flags[name] for name in pressed))
        ids = array("q", [glance.id for glance in self._glances if glance.id in left])
        return Narrowed({name: len(flags[name]) for name in CHIPS}, ids)

    def _tests(self) -> dict[str, Callable[[Glance], bool]]:
        return {
            "Mine": lambda glance: glance.is_mine,
            "Overdue": lambda glance: glance.is_overdue,
            "Not updated": lambda glance: glance.is_stale,
            "Due soon": partial(is_due_soon, today=self._view.as_of),
            "Help needed": lambda glance: glance.asks_for_help,
        }

    def source(self, columns: Sequence[Column[ActionRow]], ids: Sequence[int]) -> PagedRows[ActionRow]:
        """Return these actions as a table reads them."""
        reader = Reader(partial(self._ordered, ids), self.texts, partial(actions_by_id, self._desk.store, self._view))
        return PagedRows(columns, reader, lambda row: row.id)

    def row(self, action_id: int | None) -> ActionRow | None:
        """Return one action as it stands now, None where it is not of this plan or has gone."""
        if action_id is None or action_id not in self._by_id:
            return None
        return next(iter(actions_by_id(self._desk.store, self._view, (action_id,))), None)

    def titles(self) -> list[tuple[int, str]]:
        """Return every action's id, and its ref and title as one finds it by."""
        return [(glance.id, f"{glance.ref} {glance.title}") for glance in self._glances]

    def texts(self) -> Mapping[int, str]:
        """Return by id the folded words that the filter looks through."""
        if self._texts is None:
            self._texts = search_texts(self._desk.store, self._plan_id)
        return self._texts

    def read_ahead(self) -> None:
        """Read the words of a long plan behind the page, before anybody types."""
        if len(self) < MANY:
            return
        store, plan_id = self._desk.store, self._plan_id
        self._desk.tasks.run("Reading the plan", lambda _progress: search_texts(store, plan_id), self._keep_texts)

    def _keep_texts(self, texts: Mapping[int, str]) -> None:
        self._texts = texts
        pass_over_present()

    def _ordered(self, ids: Sequence[int], key: str | None, descending: bool) -> Sequence[int]:
        if key is None:
            return ids
        value = self._sort_keys()[key]
        keys = {action_id: value(self._by_id[action_id]) for action_id in ids}
        valued = {action_id: held for action_id, held in keys.items() if held is not None}
        in_order = sorted(valued, key=valued.__getitem__, reverse=descending)
        return array("q", [*in_order, *(action_id for action_id in ids if action_id not in valued)])

    def _sort_keys(self) -> dict[str, Callable[[Glance], SortKey | None]]:
        return {
            "ref": lambda glance: glance.id,
            "title": lambda glance: glance.title_folded,
            "lead": lambda glance: fold(glance.lead or "") or None,
            "due": lambda glance: glance.due.toordinal() if glance.due else None,
            "rag": lambda glance: self._urgency.get(glance.rag or ""),
            "status": lambda glance: fold(glance.status.label),
            "updated": lambda glance: glance.updated_on.toordinal() if glance.updated_on else None,
        }
