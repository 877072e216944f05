"""What the store already holds of a register, some people at a time: never the whole of it at once."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from csp_desktop.imports.registers.cell_readers import bare_code
from csp_desktop.imports.registers.entries import OFFENCE, Values, offence_ident
from csp_desktop.imports.registers.targets import Target
from models.reoffending import OffenceCode, Offender


@dataclass(slots=True)
class StoredRow:
    """A stored row: its id, the person it is of ("" where it is of none), and its values as they are stored."""

    id: int
    person: str
    values: Values


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """The offence codes there are: ident to id and id to ident, and for each form without noughts the codes of it."""

    ids: Mapping[str, int]
    idents: Mapping[int, str]
    without_noughts: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Merges:
    """Persons who go by several ids (edge case 26): each such id to the one that the person is counted under."""

    leading: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]]

    def person(self, reference: str) -> str:
        """Return the id that a person is counted under."""
        return self.leading.get(reference, reference)

    def family(self, person: str) -> tuple[str, ...]:
        """Return every id of a person."""
        return (person, *self.others.get(person, ()))


def known_codes(connection: Connection) -> KnownCodes:
    """Read the offence codes; of several rows of one code the first holds."""
    query = select(OffenceCode.id, OffenceCode.code, OffenceCode.description).order_by(OffenceCode.id)
    ids: dict[str, int] = {}
    idents: dict[int, str] = {}
    bare: dict[str, set[str]] = {}
    for row in connection.execute(query):
        ident = offence_ident(row.code, row.description)
        ids.setdefault(ident, row.id)
        idents[row.id] = ident
        if row.code:
            bare.setdefault(bare_code(row.code), set()).add(row.code)
    return KnownCodes(ids, idents, {stripped: frozenset(codes) for stripped, codes in bare.items()})


def known_merges(connection: Connection) -> Merges:
    """Read which persons were merged into which, to the last of a chain."""
    query = select(Offender.id, Offender.reference, Offender.merged_into_id).where(Offender.merged_into_id.is_not(None))
    merged = {row.id: (row.reference, row.merged_into_id) for row in connection.execute(query)}
    last = {into for _, into in merged.values()} - merged.keys()
    names: dict[int, str] = {}
    for row in connection.execute(select(Offender.id, Offender.reference).where(Offender.id.in_(last))):
        names[row.id] = row.reference
    leading: dict[str, str] = {}
    for reference, following in merged.values():
        seen, into = set(), following
        while into in merged and into not in seen:
            seen.add(into)
            into = merged[into][1]
        if into in names:
            leading[reference] = names[into]
    others: dict[str, list[str]] = {}
    for reference, lead in leading.items():
        others.setdefault(lead, []).append(reference)
    return Merges(leading, {lead: tuple(found) for lead, found in others.items()})


class StoredRows:
    """Reads the stored rows of a register that rows of a file may be."""

    def __init__(self, target: Target, codes: KnownCodes, merges: Merges, cohort_id: int | None) -> None:
        self._target = target
        self._codes = codes
        self._merges = merges
        self._cohort_id = cohort_id

    def of(self, connection: Connection, people: Iterable[str], within: Iterable[str] = ()) -> list[StoredRow]:
        """Return the stored rows of these persons, or of everyone where the register is of no persons.

        ``within`` are the values of the field that narrows them, where the register has one.
        """
        if self._target.has_cohort and self._cohort_id is None:
            return []
        names = ["id", *self._target.columns]
        names += [name for name in ("offender_id", "offence_code_id") if name in self._target.table.c]
        sql = f"SELECT {', '.join(names)} FROM {self._target.table.name}"  # noqa: S608 - own names
        persons: dict[int, str] = {}
        given: tuple[Any, ...] = ()
        if self._target.has_person:
            persons = self._persons(connection, people)
            if not persons:
                return []
            sql += " WHERE offender_id IN (SELECT value FROM json_each(?))"
            given = (json.dumps(list(persons)),)
        if self._target.within:
            sql += f" WHERE {self._target.within} IN (SELECT value FROM json_each(?))"  # noqa: S608 - own names
            given = (json.dumps(sorted(within)),)
        if self._target.has_cohort:
            sql += " AND cohort_id = ?"
            given += (self._cohort_id,)
        found = connection.exec_driver_sql(f"{sql} ORDER BY id", given)
        return [self._stored(dict(zip(names, row, strict=True)), persons) for row in found]

    def _persons(self, connection: Connection, people: Iterable[str]) -> dict[int, str]:
        """Return the stored ids of persons, each with the reference that the person is counted under."""
        wanted = [reference for person in people for reference in self._merges.family(person)]
        found = offender_ids(connection, wanted)
        return {key: self._merges.person(reference) for reference, key in found.items()}

    def _stored(self, values: Values, persons: Mapping[int, str]) -> StoredRow:
        row_id = values.pop("id")
        person = persons.get(values.pop("offender_id", 0), "")
        if self._target.has_offence:
            code = values.pop("offence_code_id")
            values[OFFENCE] = None if code is None else self._codes.idents.get(code)
        return StoredRow(row_id, person, values)


def offender_ids(connection: Connection, references: Iterable[str]) -> dict[str, int]:
    """Return the stored ids of those persons that there are, by reference."""
    found = connection.exec_driver_sql(
        "SELECT reference, id FROM offender WHERE reference IN (SELECT value FROM json_each(?))",
        (json.dumps(list(references)),),
    )
    return {row[0]: row[1] for row in found}
