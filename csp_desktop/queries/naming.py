"""What rows are called: in a history people read names, never numbers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from csp_desktop.registers.numbers import shown_decimal
from csp_desktop.row_names import BELONGS, NAMED_BY, joined, points_at, word_of
from models.base import Base
from models.plan import RagValue

Fields = tuple[tuple[str, Any, Any], ...]
Recorded = Mapping[str, Any] | None
_THOUSAND = 1_000
_UNSAID = {"offender": frozenset({"name"})}
"""Names that no history shows: who is recorded for an offence goes by id, and asking for the name is logged."""
_KEPT_BACK = "(a name)"


class Names:
    """Names of rows that stand in the store, and of rows gone from it where ``note`` was told what was recorded."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, int], str] = {}
        self._recorded: dict[tuple[str, int], dict[str, Any]] = {}
        query = select(RagValue.letter, RagValue.word).order_by(RagValue.id.desc())
        self._rags = {row.letter: row.word for row in connection.execute(query)}

    def note(self, table: str, row_id: int, *states: Recorded) -> None:
        """Remember what was recorded of a row, for one that is no longer there."""
        held = self._recorded.setdefault((table, row_id), {})
        for state in states:
            held.update(state or {})

    def of(self, table: str, row_id: int) -> str:
        """Return what a row is called, or what it belongs to: "ACT-0042 Renew the order"; empty where unknown."""
        key = (table, row_id)
        if key not in self._known:
            self._known[key] = self._named(table, self._values(table, row_id))
        return self._known[key]

    def said(self, fields: Fields, table: str) -> Fields:
        """Return fields of a table's row with names in place of ids, and words in place of stored ones.

        The name of a person whose offences are recorded is kept back: it is only said that there is one.
        """
        unsaid = _UNSAID.get(table, ())
        return tuple(
            (name, *(_kept_back(each) if name in unsaid else self._said(table, name, each) for each in (old, new)))
            for name, old, new in fields
        )

    def _said(self, table: str, name: str, value: Any) -> Any:
        if name == "rag":
            return self._rags.get(value, value)
        if isinstance(value, int) and name.endswith("thousandths"):
            return shown_decimal(Decimal(value) / _THOUSAND)
        used = points_at(table, name)
        if used is not None and isinstance(value, int):
            return self.of(used, value) or value
        return word_of(table, name, value)

    def _named(self, table: str, values: Mapping[str, Any]) -> str:
        if table in NAMED_BY:
            return joined(self._said(table, part, values.get(part)) for part in NAMED_BY[table])
        for column in BELONGS.get(table, ()):
            used = points_at(table, column)
            if used is not None and values.get(column) is not None:
                return self.of(used, values[column])
        return ""

    def _values(self, table: str, row_id: int) -> Mapping[str, Any]:
        wanted = (*NAMED_BY.get(table, ()), *BELONGS.get(table, ()))
        if not wanted:
            return {}
        held = Base.metadata.tables[table]
        query = select(*(held.c[name] for name in wanted)).where(held.c.id == row_id)
        found = self._connection.execute(query).mappings().first()
        return dict(found) if found else self._recorded.get((table, row_id), {})


def _kept_back(value: Any) -> Any:
    return _KEPT_BACK if value else value
