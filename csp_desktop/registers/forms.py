"""What each register holds: its columns in order, the headings they go by, and which of them there must be.

One description serves the spreadsheet that comes in, the one that goes out, the form and the table on the screen.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from typing_extensions import override

from models.vocabulary import Word


class Register(Word):
    """A register, as the command line names it."""

    COHORT_MEMBERS = "cohort-members"
    OFFENCES = "offences"
    SPELLS = "spells"
    NEEDS = "needs"
    OFFENCE_CODES = "offence-codes"
    BENCHMARKS = "benchmarks"
    FIRST_TIME_ENTRANTS = "first-time-entrants"
    OPERATIONS = "operations"
    FOLLOW_UPS = "follow-ups"
    ORDER_CLAUSES = "order-clauses"
    FEEDBACK = "feedback"
    PLACES = "places"
    GROUPS = "groups"
    GROUP_MEMBERS = "group-members"
    MEETINGS = "meetings"
    AGENDA = "agenda"
    ATTENDANCE = "attendance"
    MINUTES = "minutes"
    DECISIONS = "decisions"
    LOG = "log"
    ORGANISATIONS = "organisations"
    PEOPLE = "people"
    AGREEMENTS = "agreements"
    DEPUTIES = "deputies"
    ASSESSMENTS = "assessments"
    EVIDENCE = "evidence"
    WARD_SETS = "ward-sets"
    AREAS = "areas"
    AREA_FIGURES = "area-figures"
    STREET_CRIME = "street-crime"
    CONSULTATIONS = "consultations"
    MEASURES = "measures"
    TARGETS = "targets"
    READINGS = "readings"
    PATHWAYS = "pathways"
    RISKS = "risks"
    REPORTING_PERIODS = "reporting-periods"
    KEY_DATES = "key-dates"

    @property
    @override
    def label(self) -> str:
        """Return the register as people read it."""
        return _LABELS.get(self) or self.value.replace("-", " ").capitalize()

    @property
    def noun(self) -> str:
        """Return what one row of it is called, in lower case and without an article."""
        return _NOUNS.get(self) or self.label.lower().removesuffix("s")

    @property
    def holds_people(self) -> bool:
        """Say whether its rows are of persons whose offences are recorded, by their ids."""
        return self in _OF_PEOPLE

    @property
    def is_kept(self) -> bool:
        """Say whether its rows are kept one by one, each named by others and naming others; the rest are loaded."""
        return self not in _LOADED


_OF_PEOPLE = frozenset({Register.COHORT_MEMBERS, Register.OFFENCES, Register.SPELLS, Register.NEEDS})
_LOADED = _OF_PEOPLE | {
    Register.OFFENCE_CODES, Register.BENCHMARKS, Register.FIRST_TIME_ENTRANTS, Register.AREA_FIGURES,
    Register.STREET_CRIME,
}  # fmt: skip
_LABELS = {
    Register.FIRST_TIME_ENTRANTS: "First-time entrants",
    Register.FOLLOW_UPS: "Follow-ups",
    Register.FEEDBACK: "Community feedback",
    Register.AGENDA: "Agenda items",
    Register.LOG: "Action log",
    Register.ORGANISATIONS: "Partners",
    Register.AGREEMENTS: "Information-sharing agreements",
    Register.ASSESSMENTS: "Assessments",
    Register.EVIDENCE: "Findings",
    Register.AREA_FIGURES: "Figures by area",
    Register.PATHWAYS: "Referral pathways",
    Register.STREET_CRIME: "Street crime",
}
_NOUNS = {
    Register.FEEDBACK: "piece of feedback",
    Register.AGENDA: "agenda item",
    Register.ATTENDANCE: "attendance",
    Register.LOG: "log entry",
    Register.ORGANISATIONS: "partner",
    Register.PEOPLE: "person",
    Register.AGREEMENTS: "information-sharing agreement",
    Register.DEPUTIES: "deputy",
    Register.EVIDENCE: "finding",
    Register.AREA_FIGURES: "figure",
    Register.STREET_CRIME: "figure",
}


class FieldKind(Word):
    """How the cells of a column are read.

    ``NAME`` names a row of another table, ``PARTY`` a person or an organisation. ``NAMES`` are several rows of another
    table, ``TEXTS`` several texts, ``COUNTS`` several counts by what is counted: each lies in a table of its own.
    ``DECIMAL`` is stored in thousandths.
    """

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
    DECIMAL = "decimal"
    NAME = "name"
    PARTY = "party"
    NAMES = "names"
    TEXTS = "texts"
    COUNTS = "counts"

    @property
    def is_date(self) -> bool:
        """Say whether a column's order of day and month matters to it."""
        return self in {FieldKind.DATE, FieldKind.DATE_RANGE, FieldKind.BORN}

    @property
    def is_several(self) -> bool:
        """Say whether its values lie in a table of their own."""
        return self in {FieldKind.NAMES, FieldKind.TEXTS, FieldKind.COUNTS}

    @property
    def is_name(self) -> bool:
        """Say whether it names rows of other tables."""
        return self in {FieldKind.NAME, FieldKind.PARTY, FieldKind.NAMES}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterField:
    """One column of a register. ``words`` is the section of known words of a ``WORD``.

    ``required``: a sheet of the register must have it. ``filled``: every row must have a value there.
    ``ahead``: its dates may lie years ahead, such as a planned release. ``headings`` are wordings that mean it,
    ``weak`` those that may, ``of_cases`` those of numbers that cover a whole case and so tell no offence from another.

    ``of`` is the table that it names rows of; ``adds``: a name that is not known there is added. ``through`` is the
    table that several values lie in. ``column`` is where it is stored, where that is not its own name (with ``_id`` for
    a row's). ``lines`` are those of its editor, 1 for short text; ``hint`` stands below it. ``least`` and ``most``
    bound a number. ``spare`` columns are left out of a table for want of room, the highest first; None: never shown.
    """

    name: str
    label: str
    kind: FieldKind
    words: str = ""
    required: bool = False
    filled: bool = False
    ahead: bool = False
    headings: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    of_cases: tuple[str, ...] = ()
    of: str = ""
    adds: bool = False
    through: str = ""
    column: str = ""
    lines: int = 1
    hint: str = ""
    least: int | None = None
    most: int | None = None
    spare: int | None = 0

    @property
    def stored_in(self) -> tuple[str, ...]:
        """Return the columns of its own table that hold it; none where it lies in another."""
        if self.kind.is_several:
            return ()
        base = self.column or self.name
        if self.kind is FieldKind.PARTY:
            return f"{base}_person_id", f"{base}_organisation_id"
        return (base if self.column or self.kind is not FieldKind.NAME else f"{base}_id",)


@dataclass(frozen=True)
class Form:
    """A register's columns in order."""

    register: Register
    fields: tuple[RegisterField, ...]

    @cached_property
    def by_name(self) -> Mapping[str, RegisterField]:
        """The columns by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def required(self) -> tuple[RegisterField, ...]:
        """The columns that a sheet must have."""
        return tuple(field for field in self.fields if field.required)


@cache
def form_of(register: Register) -> Form:
    """Return the form of a register, from ``resources/imports/registers``."""
    source = files("resources").joinpath(f"imports/registers/{register.value}.toml").read_text(encoding="utf-8")
    return Form(register, tuple(_field(name, given) for name, given in tomllib.loads(source).items()))


def _field(name: str, given: Mapping[str, Any]) -> RegisterField:
    values: dict[str, Any] = {key: tuple(each) if isinstance(each, list) else each for key, each in given.items()}
    spare = values.pop("spare", 0)
    values["kind"] = FieldKind(values["kind"])
    return RegisterField(name=name, spare=None if spare < 0 else spare, **values)
