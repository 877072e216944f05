"""The fields of a register's form, made from the description of the register."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from csp_desktop.queries.entries import names_in
from csp_desktop.registers.choices import choices_of, may_be_blank, starting_value
from csp_desktop.registers.forms import FieldKind, Register, RegisterField, form_of
from csp_desktop.registers.numbers import read_counts, read_decimal, shown_decimal
from csp_desktop.registers.reading import Entry
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from ui.forms.fields import (
    CheckField,
    ChoiceField,
    DateField,
    Field,
    LongTextField,
    NumberField,
    PersonField,
    SeveralField,
    TextField,
    Values,
)

NONE = "None"
MOST = 10_000_000
MOST_BOXES = 15
PARTIES = ("person", "organisation")
TYPED = (*PARTIES, "place")  # there are too many for a list, and new ones every day; others are chosen
_ADDED_HINT = "A name that is not known yet is added."


def fields_of(
    store: Store, register: Register, row: Entry | None, today: date, given: Mapping[str, Any]
) -> tuple[Field, ...]:
    """Return the fields of a row's form; of a new one with ``given``, by field, where it begins.

    A field of ``given`` that names a row holds its id.
    """
    making = _Making(store, register, row, today, given)
    return tuple(making.field(field) for field in form_of(register).fields)


class _Making:
    """Makes the fields of one form."""

    def __init__(
        self, store: Store, register: Register, row: Entry | None, today: date, given: Mapping[str, Any]
    ) -> None:
        self._store = store
        self._register = register
        self._row = row
        self._today = today
        self._given = given

    def field(self, of: RegisterField) -> Field:
        makers: dict[FieldKind, Callable[[RegisterField, dict[str, Any]], Field]] = {
            FieldKind.DATE: lambda of, common: DateField(**common, today=self._today, value=self._value(of)),
            FieldKind.WORD: self._word,
            FieldKind.WHOLE: self._whole,
            FieldKind.FLAG: lambda of, common: CheckField(**common, beside="Yes", value=bool(self._value(of))),
            FieldKind.NAME: self._name,
            FieldKind.PARTY: self._party,
            FieldKind.NAMES: self._names,
            FieldKind.TEXTS: self._texts,
            FieldKind.COUNTS: self._counts,
            FieldKind.DECIMAL: self._decimal,
        }
        common = {"key": of.name, "label": of.label, "hint": of.hint, "required": of.filled}
        return makers.get(of.kind, self._text)(of, common)

    def _value(self, of: RegisterField) -> Any:
        if self._row is not None:
            return self._row.values[of.name]
        if of.name in self._given:
            return self._given[of.name]
        return None if of.kind.is_several or of.kind.is_name else starting_value(self._register, of)

    def _id(self, of: RegisterField) -> Any:
        return self._given.get(of.name) if self._row is None else self._row.ids.get(of.name)

    def _text(self, of: RegisterField, common: dict[str, Any]) -> Field:
        value = self._value(of) or ""
        return (
            LongTextField(**common, lines=of.lines, value=value) if of.lines > 1 else TextField(**common, value=value)
        )

    def _word(self, of: RegisterField, common: dict[str, Any]) -> Field:
        words: list[tuple[object, str]] = [(word, word.label) for word in choices_of(self._register, of)]
        blank: list[tuple[object, str]] = [(None, NONE)] if may_be_blank(self._register, of) else []
        return ChoiceField(**common, choices=(*blank, *words), value=self._value(of))

    def _whole(self, of: RegisterField, common: dict[str, Any]) -> Field:
        least, most = of.least or 0, MOST if of.most is None else of.most
        return NumberField(**common, least=least, most=most, value=self._value(of))

    def _decimal(self, of: RegisterField, common: dict[str, Any]) -> Field:
        value = self._value(of)
        return TextField(**common, value="" if value is None else shown_decimal(value))

    def _labels(self, of: RegisterField) -> Mapping[int, str]:
        return names_in(self._store, of.of).labels

    def _name(self, of: RegisterField, common: dict[str, Any]) -> Field:
        labels, row_id = self._labels(of), self._id(of)
        if of.adds and of.of in TYPED:
            common["hint"] = of.hint or _ADDED_HINT
            return PersonField(**common, known=tuple(labels.values()), value=labels.get(row_id, ""))
        return ChoiceField(**common, choices=((None, NONE), *labels.items()), value=row_id)

    def _party(self, of: RegisterField, common: dict[str, Any]) -> Field:
        known = (
            *names_in(self._store, "person").labels.values(),
            *names_in(self._store, "organisation").labels.values(),
        )
        common["hint"] = of.hint or _ADDED_HINT
        value = self._given.get(of.name, "") if self._row is None else self._row.text(of.name)
        return PersonField(**common, known=known, value=value)

    def _names(self, of: RegisterField, common: dict[str, Any]) -> Field:
        labels, ids = self._labels(of), self._id(of) or ()
        if of.adds or len(labels) > MOST_BOXES:
            common["hint"] = of.hint or "With ; between several."
            held = tuple(labels[each] for each in ids)
            return PersonField(**common, known=tuple(labels.values()), many=True, value=held)
        return SeveralField(**common, choices=tuple(labels.items()), value=frozenset(ids))

    def _texts(self, of: RegisterField, common: dict[str, Any]) -> Field:
        return PersonField(**common, many=True, value=self._value(of) or ())

    def _counts(self, of: RegisterField, common: dict[str, Any]) -> Field:
        text = "\n".join(f"{count} {kind}" for kind, count in self._value(of) or ())
        return LongTextField(**common, lines=of.lines, value=text)


def values_of(register: Register, values: Values) -> dict[str, Any]:
    """Return what a form holds as the commands take it. Raises FieldError for counts and decimals that are none."""
    held = values.held()
    return {field.name: _taken(field, held[field.name]) for field in form_of(register).fields}


def _taken(field: RegisterField, value: object) -> object:
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    try:
        if field.kind is FieldKind.COUNTS:
            return read_counts(str(value))
        if field.kind is FieldKind.DECIMAL:
            return read_decimal(str(value))
    except ValueError as refusal:
        raise FieldError(field.name, str(refusal)) from None
    return value
