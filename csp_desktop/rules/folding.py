"""Folding of text for search and matching: accents, width and case do not count."""

import unicodedata


def fold(text: str) -> str:
    """Return text for comparing: compatibility-decomposed without marks, case-folded, white space made single.

    SQLite's own LIKE and lower() know ASCII only, so text is folded in Python, once, when it is written.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())
