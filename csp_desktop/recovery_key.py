"""The recovery key: seven groups of five characters to print, keep in a safe and type back on a bad day.

Written in Crockford's base 32 (no I, L, O, U), 140 random bits. The last character of each group checks the four
before it and the group's place, so a slip is pointed at by its group.
"""

import re
import secrets

from csp_desktop.errors import WrongSecretError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, DATA_PER_GROUP = 7, 4
GROUP_LENGTH = DATA_PER_GROUP + 1
_READ_AS = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")


def new_recovery_key() -> str:
    """Return a new random recovery key as it is printed: seven groups of five, joined by hyphens."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(DATA_PER_GROUP)) for _ in range(GROUPS))
    return "-".join(data + _check(place, data) for place, data in enumerate(groups))


def looks_like_recovery_key(text: str) -> bool:
    """Say whether ``text`` has the length and the letters of a recovery key, right or wrong."""
    plain = _plain(text)
    return len(plain) == GROUPS * GROUP_LENGTH and set(plain) <= set(ALPHABET)


def read_recovery_key(text: str) -> str:
    """Return a typed recovery key in its one plain form: capitals, no separators, O and I read as 0 and 1.

    Raises WrongSecretError where it is not whole, or names the first group with a slip.
    """
    if not looks_like_recovery_key(text):
        raise WrongSecretError(
            f"A recovery key has {GROUPS} groups of {GROUP_LENGTH} letters and digits, without the letter U. "
            "Nothing was changed. Type it again from the printed sheet."
        )
    plain = _plain(text)
    for place in range(GROUPS):
        group = plain[place * GROUP_LENGTH : (place + 1) * GROUP_LENGTH]
        if _check(place, group[:DATA_PER_GROUP]) != group[DATA_PER_GROUP]:
            raise WrongSecretError(
                f"Group {place + 1} of the recovery key has a slip in it. Nothing was changed. "
                "Compare that group with the printed sheet and type it again."
            )
    return plain


def _plain(text: str) -> str:
    return _SEPARATORS.sub("", text).upper().translate(_READ_AS)


def _check(place: int, data: str) -> str:
    # Odd weights: every single wrong character changes the sum modulo 32.
    total = sum(weight * ALPHABET.index(character) for weight, character in zip((1, 3, 7, 13), data, strict=True))
    return ALPHABET[(total + 5 * place) % len(ALPHABET)]
