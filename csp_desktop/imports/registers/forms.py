"""What each register's spreadsheet holds: its columns, the headings they go by, and which of them there must be."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from typing_extensions import override

from csp_desktop.imports.synonyms import STRONG, WEAK, Wording, Wordings, normalise
from models.vocabulary import Word


class Register(Word):
    """A register that can be brought in from a spreadsheet, as the command line names it."""

    COHORT_MEMBERS = "cohort-members"
    OFFENCES = "offences"
    SPELLS = "spells"
    NEEDS = "needs"
    OFFENCE_CODES = "offence-codes"
    BENCHMARKS = "benchmarks"
    FIRST_TIME_ENTRANTS = "first-time-entrants"

    @property
    @override
    def label(self) -> str:
        """Return the register as people read it."""
        return _LABELS[self]

    @property
    def holds_people(self) -> bool:
        """Say whether its rows are of persons, by their ids."""
        return self in _OF_PEOPLE


_LABELS = {
    Register.COHORT_MEMBERS: "Cohort members",
    Register.OFFENCES: "Offences",
    Register.SPELLS: "Spells",
    Register.NEEDS: "Needs",
    Register.OFFENCE_CODES: "Offence codes",
    Register.BENCHMARKS: "Benchmarks",
    Register.FIRST_TIME_ENTRANTS: "First-time entrants",
}
_OF_PEOPLE = frozenset({Register.COHORT_MEMBERS, Register.OFFENCES, Register.SPELLS, Register.NEEDS})


class FieldKind(Word):
    """How the cells of a column are read."""

    TEXT = "text"
    PERSON = "person"
    CODE = "code"
    DATE = "date"
    DATE_RANGE = "date_range"
    BORN = "born"
    WORD = "word"
    WHOLE = "whole"
    MONTHS = "months"
    SHARE = "share"
    FLAG = "flag"
    PERIOD = "period"

    @property
    def is_date(self) -> bool:
        """Say whether a column's order of day and month matters to it."""
        return self in {FieldKind.DATE, FieldKind.DATE_RANGE, FieldKind.BORN}


@dataclass(frozen=True, slots=True)
class RegisterField:
    """One column of a register. ``words`` is the section of known words of a ``WORD``.

    ``required``: a sheet of the register must have it. ``filled``: every row must have a value there.
    ``ahead``: its dates may lie years ahead, such as a planned release. ``headings`` are wordings to name where it is
    missed.
    """

    name: str
    label: str
    kind: FieldKind
    words: str = ""
    required: bool = False
    filled: bool = False
    ahead: bool = False
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A register's columns in order, and every heading they are known by.

    ``of_cases`` are headings, normalised, of numbers that cover a whole case and so tell no offence from another.
    """

    register: Register
    fields: tuple[RegisterField, ...]
    wordings: Wordings[str]
    of_cases: frozenset[str] = frozenset()

    @cached_property
    def by_name(self) -> Mapping[str, RegisterField]:
        """The columns by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def required(self) -> tuple[RegisterField, ...]:
        """The columns that a sheet must have."""
        return tuple(field for field in self.fields if field.required)

    def is_of_case(self, heading: str) -> bool:
        """Say whether a heading names a number that covers a whole case, whatever its brackets add."""
        return not self.of_cases.isdisjoint({normalise(heading), normalise(heading.partition("(")[0])})


@cache
def form_of(register: Register) -> Form:
    """Return the form of a register, from ``resources/imports/registers``."""
    source = files("resources").joinpath(f"imports/registers/{register.value}.toml").read_text(encoding="utf-8")
    found = tomllib.loads(source)
    fields = tuple(
        RegisterField(
            name=name,
            label=given["label"],
            kind=FieldKind(given["kind"]),
            words=given.get("words", ""),
            required=given.get("required", False),
            filled=given.get("filled", False),
            ahead=given.get("ahead", False),
            headings=tuple(given["headings"]),
        )
        for name, given in found.items()
    )
    of_cases = {(name, normalise(text)) for name, given in found.items() for text in given.get("of_cases", ())}
    every = (
        Wording(name, text, score)
        for name, given in found.items()
        for texts, score in ((given["headings"], STRONG), (given.get("weak", ()), WEAK))
        for text in texts
    )
    wordings = Wordings(every, of_cases)
    return Form(register, fields, wordings, frozenset(text for _, text in of_cases))
