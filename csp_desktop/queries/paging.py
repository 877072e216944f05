"""A stretch of a long list: registers hold rows by the hundred thousand, and people look at some of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows of a list are wanted: ``size`` of them from the one at place ``first``, counted from 0."""

    first: int = 0
    size: int = 200


FIRST_PAGE = Page()
