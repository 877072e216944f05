"""The words of owners' cells, from ``resources/imports/words.toml``, as patterns over folded text."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def whole(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return a section's patterns by key, each to fit a whole cell (a full stop at its end does not count)."""
    return tuple((key, re.compile(rf"(?:{words})[.!]?\Z")) for key, words in _section(section).items())


@cache
def within(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return a section's patterns by key, each to fit words anywhere in a cell."""
    return tuple((key, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for key, words in _section(section).items())


@cache
def beginning(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return a section's patterns by key, each to fit the beginning of a cell."""
    return tuple((key, re.compile(rf"(?:{words})")) for key, words in _section(section).items())


def first_key(patterns: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str:
    """Return the key of the first pattern that matches from the start of ``text``, "" where none does."""
    return next((key for key, pattern in patterns if pattern.match(text)), "")


def longest_key(patterns: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str:
    """Return the key of the longest words found in ``text``: "not started" goes before "started"."""
    best, longest = "", 0
    for key, pattern in patterns:
        for found in pattern.finditer(text):
            if found.end() - found.start() > longest:
                best, longest = key, found.end() - found.start()
    return best


@cache
def _sections() -> Mapping[str, Mapping[str, list[str]]]:
    sections: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
        files("resources").joinpath("imports/words.toml").read_text(encoding="utf-8")
    )
    return sections


def _section(section: str) -> dict[str, str]:
    return {key: "|".join(words) for key, words in _sections()[section].items()}
