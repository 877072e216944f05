"""The headings that a register's columns are known by."""

from functools import cache

from csp_desktop.imports.synonyms import STRONG, WEAK, Wording, Wordings, normalise
from csp_desktop.registers.forms import Register, form_of


@cache
def wordings_of(register: Register) -> Wordings[str]:
    """Return every heading that a register's columns are known by, each with the field it means.

    What a column is called by the program is one: a register that goes out comes in again.
    """
    fields = form_of(register).fields
    of_cases = {(field.name, normalise(text)) for field in fields for text in field.of_cases}
    every = (
        Wording(field.name, text, score)
        for field in fields
        for texts, score in (((field.label, *field.headings), STRONG), (field.weak, WEAK))
        for text in texts
    )
    return Wordings(every, of_cases)


def is_of_case(register: Register, heading: str) -> bool:
    """Say whether a heading names a number that covers a whole case, whatever its brackets add."""
    of_cases = {normalise(text) for field in form_of(register).fields for text in field.of_cases}
    return not of_cases.isdisjoint({normalise(heading), normalise(heading.partition("(")[0])})
