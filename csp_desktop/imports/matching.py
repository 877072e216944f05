"""Which action a row is: by our ref, by the owner's ref from the same source, or by its exact title.

Each action is taken by one row at most, so two rows with one title are two actions, on the second import too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from csp_desktop.imports.known import KnownAction, KnownPlan
from csp_desktop.imports.problems import quote
from csp_desktop.imports.records import ActionRecord, RowPlace, ThemeSource
from csp_desktop.rules.folding import fold

ALIKE = 0.6
SHARED_WORDS = 0.6
_MOST_OF_ONE_NAME = 100
_SHORTEST_WORD = 4  # "the", "of" and "to" stand in every title


@dataclass(frozen=True, slots=True)
class Home:
    """The theme a row belongs to: one of the plan's, or the words of one it does not have."""

    theme_id: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """The action a row is, None for a new one.

    ``question`` is an action with the same owner's ref and quite another title: the user is asked whether it is the
    same; unanswered, the row is new and ``warning`` says so. ``ref`` is the owner's ref to remember; one that looks
    like ours and is not, as from another store, is the owner's.
    """

    action_id: int | None = None
    question: int | None = None
    warning: str = ""
    ref: str = ""


class Matcher:
    """Matches the rows of one import, in order. ``answers`` settles questions: (sheet, row) to the action, or None."""

    def __init__(self, known: KnownPlan, answers: Mapping[RowPlace, int | None]) -> None:
        self._known = known
        self._answers = answers
        self._taken: set[int] = set()
        self._by_title: dict[str, dict[int, KnownAction]] = {}
        self._by_source: dict[tuple[str, str], dict[int, KnownAction]] = {}
        for action in known.actions.values():
            self._by_title.setdefault(action.values["title_folded"], {})[action.id] = action
            for source, ref in action.sources.items():
                self._by_source.setdefault((source, fold(ref)), {})[action.id] = action

    def match(self, record: ActionRecord, home: Home, source: str) -> Match:
        """Return which action the row is and take it."""
        match = self._find(record, home, source)
        if match.action_id is not None:
            self._take(match.action_id)
        return match

    def _take(self, action_id: int) -> None:
        """Let no later row be this action."""
        self._taken.add(action_id)
        action = self._known.actions.get(action_id)
        if action is not None:
            self._by_title[action.values["title_folded"]].pop(action_id, None)
            for source, ref in action.sources.items():
                self._by_source[source, fold(ref)].pop(action_id, None)

    def _find(self, record: ActionRecord, home: Home, source: str) -> Match:
        ref = record.our_ref or source_ref(record)
        found = self._by_their_ref(record, source, ref) if ref else None
        if record.our_ref and (found is None or found.action_id is None):
            return self._by_our_ref(record)
        return found or Match(self._by_exact_title(record, home, source, ref), ref=ref)

    def _by_our_ref(self, record: ActionRecord) -> Match:
        ref = record.our_ref
        action_id = self._known.refs.get(ref)
        if action_id in self._taken:
            return Match(warning=f"{ref} stands in an earlier row too; this row is brought in as new.", ref=ref)
        if action_id in self._known.actions:
            return Match(action_id)
        if action_id is not None:
            return Match(warning=f"{ref} is an action of another plan; this row is brought in as new.", ref=ref)
        return Match(warning=f"There is no {ref} in this store; this row is brought in as new.", ref=ref)

    def _by_their_ref(self, record: ActionRecord, source: str, ref: str) -> Match | None:
        candidates = _first(self._by_source.get((source, fold(ref)), {}))
        if not candidates:
            return None
        title = fold(record.title.value or "")
        titled = _first(self._by_title.get(title, {}))
        same = (action for action in titled if fold(action.sources.get(source, "")) == fold(ref))
        best = next(same, None) or max(candidates, key=lambda each: likeness(title, each.values["title_folded"]))
        if are_alike(title, best.values["title_folded"]):
            return Match(best.id, ref=ref)
        if record.place in self._answers:
            return Match(self._answers[record.place], question=best.id, ref=ref)
        message = (
            f"Ref {ref} was {quote(best.values['title'])} ({best.values['ref']}) before and has quite another title "
            "now; this row is brought in as new."
        )
        return Match(question=best.id, warning=message, ref=ref)

    def _by_exact_title(self, record: ActionRecord, home: Home, source: str, ref: str) -> int | None:
        candidates = [
            action
            for action in _first(self._by_title.get(fold(record.title.value or ""), {}))
            if not ref or fold(action.sources.get(source, ref)) == fold(ref)
        ]
        at_home = [action for action in candidates if _is_home(action, home)]
        if at_home:
            return max(at_home, key=lambda action: _agreement(record, action)).id
        if record.theme_source is ThemeSource.NONE and len(candidates) == 1:
            # a file that says nothing of themes does not contradict the one action of that title
            return candidates[0].id
        return None


def _first(actions: Mapping[int, KnownAction]) -> list[KnownAction]:
    """Return the first of the actions that share a title or ref: thousands of one name cannot be told apart."""
    return list(islice(actions.values(), _MOST_OF_ONE_NAME))


def source_ref(record: ActionRecord) -> str:
    """Return the owner's ref of a row, "" where there is none."""
    return (record.source_ref.value or "").strip() if record.source_ref is not None else ""


def likeness(left: str, right: str) -> float:
    """Return how alike two folded titles are, from 0 to 1."""
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def are_alike(left: str, right: str) -> bool:
    """Say whether two folded titles can be one action's, reworded."""
    if left == right:
        return True
    words, others = (
        {word for word in title.split() if len(word) >= _SHORTEST_WORD or word.isdigit()} for title in (left, right)
    )
    shared = len(words & others) / max(1, min(len(words), len(others)))
    return likeness(left, right) >= ALIKE or (shared >= SHARED_WORDS and len(words & others) > 1)


def _agreement(record: ActionRecord, action: KnownAction) -> int:
    """Return how many of a row's telling cells an action was last read from: it tells actions of one title apart."""
    told = ((record.due, "due_text"), (record.lead, "lead_text"), (record.start, "start_text"))
    return sum(read is not None and fold(read.text) == fold(action.values[name]) for read, name in told)


def _is_home(action: KnownAction, home: Home) -> bool:
    theme_id = action.values["theme_id"]
    if home.theme_id is not None or theme_id is not None:
        return bool(home.theme_id == theme_id)
    return fold(action.values["theme_text"]) == fold(home.text)
