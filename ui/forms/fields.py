"""What a form is made of: fields as plain descriptions. Each makes its own editor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from typing_extensions import override

from csp_desktop.charts.rag import RagMark
from ui.forms.editors import (
    CheckEditor,
    ChoiceEditor,
    DateEditor,
    Editor,
    LongTextEditor,
    PathEditor,
    PercentEditor,
    PersonEditor,
    RagEditor,
    TextEditor,
)
from ui.forms.numbers import NumberEditor
from ui.forms.several import SeveralEditor
from ui.forms.words import shown_date

Held = TypeVar("Held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: ``hint`` is a sentence below it, ``value`` what it starts with."""

    key: str
    label: str
    hint: str = ""
    required: bool = False
    value: object = None

    def editor(self) -> Editor:
        """Make the widget that holds this field."""
        raise NotImplementedError

    def words(self, value: object) -> str:
        """Return one of this field's values as people read it, empty for none."""
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(Field):
    """One line of text; its value is a string, empty for none."""

    @override
    def editor(self) -> Editor:
        return TextEditor()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretField(Field):
    """A passphrase; its value is a string."""

    @override
    def editor(self) -> Editor:
        return TextEditor(secret=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathField(Field):
    """A file's path as a string; ``choose`` opens the file dialog at a path and returns the choice or None."""

    choose: Callable[[Path], Path | None]

    @override
    def editor(self) -> Editor:
        return PathEditor(self.choose)


@dataclass(frozen=True, slots=True, kw_only=True)
class LongTextField(Field):
    """Several lines of text; its value is a string, empty for none."""

    lines: int = 4

    @override
    def editor(self) -> Editor:
        return LongTextEditor(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField(Field):
    """A date or None. ``today`` gives the year where none is typed."""

    today: date

    @override
    def editor(self) -> Editor:
        return DateEditor(self.today)

    @override
    def words(self, value: object) -> str:
        return shown_date(value if isinstance(value, date) else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentField(Field):
    """A whole number from 0 to 100, or None."""

    @override
    def editor(self) -> Editor:
        return PercentEditor()

    @override
    def words(self, value: object) -> str:
        return "" if value is None else f"{value} %"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberField(Field):
    """A whole number from ``least`` to ``most``, or None."""

    least: int
    most: int

    @override
    def editor(self) -> Editor:
        return NumberEditor(self.least, self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceField(Field):
    """One of ``choices``, each a value and its words; the first stands where the value is none of them."""

    choices: tuple[tuple[object, str], ...]

    @override
    def editor(self) -> Editor:
        return ChoiceEditor(self.choices)

    @override
    def words(self, value: object) -> str:
        return next((words.strip() for choice, words in self.choices if choice == value), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonField(Field):
    """A name as a string, or with ``many`` a tuple of names; ``known`` are offered while typing."""

    known: tuple[str, ...] = ()
    many: bool = False

    @override
    def editor(self) -> Editor:
        return PersonEditor(self.known, many=self.many)

    @override
    def words(self, value: object) -> str:
        return "; ".join(str(name) for name in value) if isinstance(value, tuple) else str(value or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class RagField(Field):
    """A letter of the plan's scheme, or None."""

    marks: tuple[RagMark, ...]

    @override
    def editor(self) -> Editor:
        return RagEditor(self.marks)

    @override
    def words(self, value: object) -> str:
        return next((mark.word for mark in self.marks if mark.letter == value), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralField(Field):
    """Any number of ``choices``, each an id and its words; its value is a frozen set of ids."""

    choices: tuple[tuple[int, str], ...]

    @override
    def editor(self) -> Editor:
        return SeveralEditor(self.choices)

    @override
    def words(self, value: object) -> str:
        chosen = value if isinstance(value, frozenset) else frozenset()
        return "; ".join(words for key, words in self.choices if key in chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckField(Field):
    """Yes or no; ``beside`` are the words beside the box."""

    beside: str

    @override
    def editor(self) -> Editor:
        return CheckEditor(self.beside)


class Values:
    """What a form holds, by key, each read as the type its field gives; TypeError where a field gives another."""

    def __init__(self, held: Mapping[str, object], changed: frozenset[str]) -> None:
        self._held = dict(held)
        self.changed = changed

    def held(self) -> dict[str, object]:
        """Return every field's value by key."""
        return dict(self._held)

    def text(self, key: str) -> str:
        """Return a text field's value."""
        return self._as(key, str)

    def day(self, key: str) -> date | None:
        """Return a date field's value."""
        return None if self._held[key] is None else self._as(key, date)

    def number(self, key: str) -> int | None:
        """Return a percent field's value, or a choice of ids."""
        return None if self._held[key] is None else self._as(key, int)

    def letter(self, key: str) -> str | None:
        """Return a RAG field's letter."""
        return None if self._held[key] is None else self._as(key, str)

    def names(self, key: str) -> tuple[str, ...]:
        """Return the names of a person field that takes several."""
        return tuple(str(name) for name in self._as(key, tuple))

    def ids(self, key: str) -> frozenset[int]:
        """Return the ids of a field that takes several."""
        return frozenset(self._as(key, frozenset))

    def flag(self, key: str) -> bool:
        """Return a check field's value."""
        return self._as(key, bool)

    def one_of(self, key: str, kind: type[Held]) -> Held:
        """Return a choice field's value, which is of this kind."""
        return self._as(key, kind)

    def one_of_or_none(self, key: str, kind: type[Held]) -> Held | None:
        """Return a choice field's value, of this kind or none."""
        return None if self._held[key] is None else self._as(key, kind)

    def _as(self, key: str, kind: type[Held]) -> Held:
        held = self._held[key]
        if not isinstance(held, kind):
            raise TypeError(f"field {key} holds a {type(held).__name__}, not a {kind.__name__}")
        return held
