"""The dry run of a kept register: its rows are written in a transaction that is taken back.

So a dry run finds everything that bringing the file in would meet, each refusal at its own cell.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.commands.entries import add_in, change_in
from csp_desktop.commands.entry_settling import settle
from csp_desktop.imports.registers.entries import Entry
from csp_desktop.imports.registers.kept_matching import KeptMatch, KeptRows, once_each, repeat
from csp_desktop.imports.registers.kept_rows import Values, decoded, is_same, shown, shown_held
from csp_desktop.imports.registers.known_names import ORGANISATION, PERSON, KnownTable
from csp_desktop.imports.registers.name_readers import listed
from csp_desktop.recording import encode
from csp_desktop.registers.forms import FieldKind, Form, Register, form_of
from csp_desktop.registers.kept import kept_of
from csp_desktop.registers.numbers import shown_decimal
from csp_desktop.registers.reading import Entry as StoredEntry
from csp_desktop.registers.reading import read_entries
from csp_desktop.rules.validation import FieldError
from models.measures import Measure
from models.meetings import Meeting
from models.terms import MeasureUnit
from models.vocabulary import RowOutcome

Step = Callable[[int], None]
_AT_ONCE = 50
_NAMING = frozenset({
    "person", "person_alias", "organisation", "organisation_alias", "group", "meeting", "plan", "theme", "ward_set",
})  # fmt: skip
"""The tables of which the names of others are made."""
_DAYS = ("first_day", "last_day")


class Trial:
    """One dry run under way, in a transaction that leaves nothing. ``read`` is by sheet the fields it has."""

    def __init__(
        self, session: Session, form: Form, tables: Mapping[str, KnownTable], read: Mapping[int, frozenset[str]]
    ) -> None:
        self._session = session
        self._form = form
        self._tables = tables
        self._read = read
        self._rows = KeptRows(form, read_entries(session.connection(), form.register))
        self._taken: dict[int, KeptMatch] = {}

    def run(self, entries: Sequence[Entry], step: Step) -> list[KeptMatch]:
        """Return what becomes of each row, in the order in which they are to be written; ``step`` is told of some."""
        matches = [KeptMatch(entry) for entry in entries]
        for match in matches:
            self._settle(match)
        alone = once_each(match for match in matches if match.refused is None)
        alone.sort(key=self._names_its_own)
        for at, match in enumerate(alone, start=1):
            self._match(match)
            if at % _AT_ONCE == 0:
                step(_AT_ONCE)
        done = {id(match) for match in alone}
        return [*alone, *(match for match in matches if id(match) not in done)]

    def _settle(self, match: KeptMatch) -> None:
        """Say what a row is known by, once what follows from the rest of it is filled in."""
        values = match.entry.values
        if str(values.get("ref", "")).isdigit():
            del values["ref"]  # it numbers the lines of the file
        try:
            self._choose_meetings(values)
            whole = {field.name: None for field in self._form.fields} | decoded(self._form, values)
            settle(self._session, self._form.register, whole)
        except FieldError as refusal:
            match.refuse(refusal.field, str(refusal))
            return
        known = {name: encode(value) for name, value in whole.items() if name in values or name in self._follows}
        match.key = self._rows.key_of(known)
        self._doubt_share(match)

    def _doubt_share(self, match: KeptMatch) -> None:
        """Ask about 0.45 for a measure in per cent: it stays what it says, and may have been meant as 45."""
        value, measure = match.entry.values.get("value"), match.entry.values.get("measure")
        if measure is None or value is None or not 0 < Decimal(value) < 1:
            return
        if self._session.scalar(select(Measure.unit).where(Measure.id == measure)) is MeasureUnit.PERCENT:
            meant = shown_decimal(Decimal(value) * 100)
            match.warned = ("value", f"This was taken as {value} %. If it means {meant} %, write {meant}%.")

    @property
    def _follows(self) -> frozenset[str]:
        """The parts of a key that follow from the rest of a row, whoever fills them in."""
        return frozenset({"group", *_DAYS}) & self._form.by_name.keys()

    def _choose_meetings(self, values: Values) -> None:
        """Take of several meetings of a day the one of the row's own group. Raises FieldError for none or several."""
        for name, value in values.items():
            if self._form.by_name[name].kind is FieldKind.NAME and isinstance(value, list):
                group, labels = values.get("group"), self._tables["meeting"].labels(tuple(value))
                query = select(Meeting.id).where(Meeting.id.in_(value), Meeting.group_id == group)
                found = self._session.scalars(query).all()
                if len(found) != 1:
                    told = f"Several meetings may be meant: {listed(labels)}. Write which one in full."
                    raise FieldError(name, told)
                values[name] = found[0]

    def _names_its_own(self, match: KeptMatch) -> bool:
        """Say whether a row names one of this very file, which must be there before."""
        own = kept_of(self._form.register).table.name
        return any(
            field.of == own and not field.adds and isinstance(match.entry.values.get(field.name), str)
            for field in self._form.fields
        )

    def _match(self, match: KeptMatch) -> None:
        values = match.entry.values
        by_ref = self._rows.by_ref(values.get("ref"))
        found = [by_ref] if by_ref is not None else self._rows.by_key(match.key) or self._called_otherwise(match)
        if len(found) > 1:
            told = (
                f"Several rows of the {self._form.register.label.lower()} may be this one: fill in more of its cells."
            )
            match.refuse(self._rows.key[0], told)
        elif not found:
            match.given = dict(values)
            self._try(match)
        elif found[0] in self._taken:
            repeat(match, self._taken[found[0]])
        else:
            self._taken[found[0]] = match
            self._compare(match, self._rows.by_id[found[0]])

    def _called_otherwise(self, match: KeptMatch) -> list[int]:
        """Return the person or partner that a row names in other words: in the other order, with a rank, by an alias.

        Such words are no correction of the name. Whoever a name may also be is told of.
        """
        name, known = match.entry.values.get("name"), self._tables.get(kept_of(self._form.register).table.name)
        if known is None or known.table not in {PERSON, ORGANISATION} or not isinstance(name, str):
            return []
        found = known.find(name)
        if found:
            match.entry.values["name"] = self._rows.by_id[found[0]].text("name")
        elif known.table == PERSON and (may_be := known.labels(known.person(name).candidates)):
            match.warned = ("name", f"This is added as somebody new, though it may be {listed(may_be)}.")
        return list(found)

    def _compare(self, match: KeptMatch, stored: StoredEntry) -> None:
        values = match.entry.values
        match.target_id = stored.id
        match.given = {name: value for name, value in values.items() if self._moves(name, values, stored)}
        match.changes = {name: self._change(name, value, stored) for name, value in match.given.items()}
        match.outcome = RowOutcome.CHANGED if match.given else RowOutcome.UNCHANGED
        read = self._read[match.entry.sheet]
        match.kept = tuple(
            name
            for name in self._form.by_name
            if name in read and name != "ref" and name not in values and stored.values[name]
        )
        if "ref" in values and self._rows.by_ref(values["ref"]) is None:
            match.warned = ("ref", f"This is {stored.text('ref')}, by what else the row says; it keeps that ref.")
        if match.given:
            self._try(match)

    def _moves(self, name: str, values: Values, stored: StoredEntry) -> bool:
        field = self._form.by_name[name]
        if name == "ref" or is_same(field, values[name], stored):
            return False
        if field.kind is FieldKind.PERIOD and "first_day" in self._form.by_name:
            # the same days in other words are the same period
            return any(encode(stored.values[day]) != values.get(day) for day in _DAYS)
        return True

    def _change(self, name: str, value: object, stored: StoredEntry) -> list[object]:
        field = self._form.by_name[name]
        return [shown_held(stored.values[name]), shown(field, value, self._tables)]

    def _try(self, match: KeptMatch) -> None:
        try:
            with self._session.begin_nested():
                write_row(self._session, self._form, match.target_id, match.given)
        except FieldError as refusal:
            match.refuse(refusal.field, str(refusal))


def write_row(session: Session, form: Form, target_id: int | None, given: Values) -> None:
    """Add a row, or change the one of ``target_id``, to staged values. Raises FieldError for a refused one."""
    values = decoded(form, given)
    if target_id is None:
        add_in(session, form.register, values)
    else:
        change_in(session, form.register, target_id, values)


def rested_on(register: Register) -> frozenset[str]:
    """Return the tables that a comparison of a kept register rests on: its own, and those that names are of."""
    form = form_of(register)
    own = {kept_of(register).table.name, *(field.through for field in form.fields if field.through)}
    return frozenset(own | {field.of for field in form.fields if field.of}) | _NAMING
