"""Which of a plan's themes and objectives an owner's words mean: by title, by number, or by a close spelling."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from csp_desktop.imports.matching import Home
from csp_desktop.queries.plans import ThemeRow
from csp_desktop.rules.folding import fold

CLOSE = 0.9
_SPELLINGS = (
    (re.compile(r"\banti[ \-\u2010\u2011]?social\b"), "anti-social"),
    (re.compile(r"\basb\b"), "anti-social behaviour"),
    (re.compile(r"\bre[\-\u2010\u2011]offend"), "reoffend"),
)
_LEADING = re.compile(
    r"^(?:(?:theme|priority|strand|objective|outcome|aim|area)\s*)?([0-9]+[a-z]?|[a-z](?=[.):]))?[\s.):\-\u2013]*",
    re.IGNORECASE,
)


class Themes:
    """A plan's themes and objectives by what owners call them."""

    def __init__(self, themes: Sequence[ThemeRow], objectives: Sequence[tuple[int, int, str, str]]) -> None:
        self._themes = [(theme.id, theme.number, _same_words(theme.title)) for theme in themes]
        self._objectives = [(key, fold(number), _same_words(title)) for key, _theme, number, title in objectives]
        self._homes: dict[str, Home] = {}
        self._meant: dict[str, int | None] = {}
        self._home = {key: theme for key, theme, _number, _title in objectives}

    def home(self, text: str) -> Home:
        """Return the theme that the words mean; words that mean none are kept as they are."""
        if text not in self._homes:
            self._homes[text] = Home(self._find(text), " ".join(text.split())) if text.strip() else Home(None, "")
        return self._homes[text]

    def objective(self, text: str) -> int | None:
        """Return the objective whose title, or number and title, these are; None where there is none."""
        if text not in self._meant:
            self._meant[text] = self._find_objective(text)
        return self._meant[text]

    def home_of(self, objective_id: int) -> int:
        """Return the home theme of an objective."""
        return self._home[objective_id]

    def _find_objective(self, text: str) -> int | None:
        titles, number = {_bare(text), _same_words(text)}, fold(text)
        for key, own, title in self._objectives:
            if title in titles or (own and own == number):
                return key
        return None

    def _find(self, text: str) -> int | None:
        whole, wanted = _same_words(text), _bare(text)
        for key, _number, title in self._themes:
            if title in {whole, wanted}:
                return key
        match = _LEADING.match(whole)
        if match and match[1] and not whole[match.end() :]:
            return next((key for key, number, _title in self._themes if fold(number) == match[1]), None)
        close = [
            (SequenceMatcher(None, wanted, title, autojunk=False).ratio(), key) for key, _number, title in self._themes
        ]
        best = max(close, default=(0.0, None))
        return best[1] if best[0] >= CLOSE else None


def _same_words(text: str) -> str:
    """Return words for comparing, each in one of its spellings: "&" is "and", "ASB" is "anti-social behaviour"."""
    plain = fold(text).replace("&", " and ")
    for pattern, usual in _SPELLINGS:
        plain = pattern.sub(usual, plain)
    return " ".join(plain.split()).rstrip(" .")


def _bare(text: str) -> str:
    """Return the words without what numbers them: "Priority 1: Improving place" is "improving place"."""
    whole = _same_words(text)
    match = _LEADING.match(whole)
    return whole[match.end() :] if match else whole
