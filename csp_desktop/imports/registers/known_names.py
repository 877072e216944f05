"""What the rows are called that a kept register's cells name: found as written, as a person's or a body's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from sqlalchemy import Connection

from csp_desktop.registers.forms import FieldKind, Form, Register
from csp_desktop.registers.kept import kept_of
from csp_desktop.registers.naming import ERASED, Names, read_names
from csp_desktop.rules.folding import fold
from csp_desktop.rules.names import Organisations, People, PersonMatch, match_person, split_names

PERSON, ORGANISATION = "person", "organisation"
_FEW = 8
_NEAR = 3
_ALIKE = 0.6


@dataclass(frozen=True)
class KnownTable:
    """The rows of one table by what they are called."""

    table: str
    names: Names

    @cached_property
    def people(self) -> People:
        """Its rows as people, to be found in either order of their names and without ranks."""
        return People.of(
            (row_id, name) for name, ids in self.names.written.items() for row_id in ids if name != fold(ERASED)
        )

    @cached_property
    def bodies(self) -> Organisations:
        """Its rows as bodies, to be found within a text."""
        also: dict[int, list[str]] = {}
        for name, ids in self.names.written.items():
            for row_id in ids:
                also.setdefault(row_id, []).append(name)
        return Organisations.of((label, also.get(row_id, ())) for row_id, label in self.names.labels.items())

    def find(self, text: str) -> tuple[int, ...]:
        """Return the rows that a written name may mean, one where it is sure."""
        ids = self.names.find(text)
        if not ids and self.table == PERSON:
            found = self.person(text).person_id
            return () if found is None else (found,)
        if not ids and self.table == ORGANISATION:
            parties = split_names(text, self.bodies).names
            return self.names.find(parties[0].name) if len(parties) == 1 else ()
        return ids

    def person(self, text: str) -> PersonMatch:
        """Return who a name is; initials alone are never taken for anybody."""
        return match_person(text, self.people)

    def labels(self, ids: tuple[int, ...]) -> list[str]:
        """Return what these rows are called."""
        return [self.names.labels[row_id] for row_id in ids]

    def nearest(self, text: str) -> list[str]:
        """Return what is called nearly so; of a short list everything."""
        every = list(self.names.labels.values())
        if len(every) <= _FEW:
            return every
        by_fold = {fold(label): label for label in every}
        return [by_fold[near] for near in get_close_matches(fold(text), by_fold, _NEAR, _ALIKE)]


def known_tables(connection: Connection, form: Form) -> Mapping[str, KnownTable]:
    """Read what the rows are called that a register's columns name, by table."""
    tables = {field.of for field in form.fields if field.of}
    if any(field.kind is FieldKind.PARTY for field in form.fields):
        tables |= {PERSON, ORGANISATION}
    if form.register in {Register.PEOPLE, Register.ORGANISATIONS}:
        tables.add(kept_of(form.register).table.name)
    return {table: KnownTable(table, read_names(connection, table)) for table in sorted(tables)}
