"""What rows are called: in a history people read names, never numbers."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from models.base import Base
from models.plan import RagValue

Fields = tuple[tuple[str, Any, Any], ...]
Recorded = Mapping[str, Any] | None
_NAMED_BY = {
    "action": ("ref", "title"),
    **dict.fromkeys(("plan", "theme", "objective", "milestone"), ("title",)),
    **dict.fromkeys(("person", "organisation", "group", "strategy", "rag_scheme"), ("name",)),
    "export_snapshot": ("key",),
    "cohort": ("name",),
    "offender": ("reference",),
    "offence_code": ("code", "description"),
    "severity_index": ("edition",),
    "benchmark": ("series", "area", "people", "period"),
    "first_time_entrants": ("area", "people", "period"),
}
_BELONGS = {
    **dict.fromkeys(("progress_update", "rebaseline", "action_source", "action_support"), ("action_id",)),
    "person_alias": ("person_id",),
    "organisation_alias": ("organisation_id",),
    "objective_theme": ("objective_id",),
    "rag_value": ("scheme_id",),
    "settled_cell": ("export_id",),
    "returned_update": ("update_id",),
    "membership": ("person_id", "organisation_id"),
    **dict.fromkeys(("cohort_member", "offence", "spell", "iom_status", "need_score"), ("offender_id",)),
    "severity_weight": ("index_id",),
}
_POINTS_AT = {
    "action_id": "action",
    "carried_from_id": "action",
    "plan_id": "plan",
    "theme_id": "theme",
    "objective_id": "objective",
    "strategy_id": "strategy",
    "group_id": "group",
    "export_id": "export_snapshot",
    "update_id": "progress_update",
    "scheme_id": "rag_scheme",
    "rag_scheme_id": "rag_scheme",
    **dict.fromkeys(("person_id", "lead_person_id", "author_person_id", "owner_person_id"), "person"),
    "cohort_id": "cohort",
    **dict.fromkeys(("offender_id", "merged_into_id"), "offender"),
    "offence_code_id": "offence_code",
    "index_id": "severity_index",
    **dict.fromkeys(("organisation_id", "lead_organisation_id", "owner_organisation_id"), "organisation"),
}
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

    def said(self, fields: Fields, table: str = "") -> Fields:
        """Return fields of a table's row with names in place of ids, and words in place of RAG letters.

        The name of a person whose offences are recorded is kept back: it is only said that there is one.
        """
        unsaid = _UNSAID.get(table, ())
        return tuple(
            (name, *(_kept_back(each) if name in unsaid else self._said(name, each) for each in (old, new)))
            for name, old, new in fields
        )

    def _said(self, name: str, value: Any) -> Any:
        if name == "rag":
            return self._rags.get(value, value)
        table = _POINTS_AT.get(name)
        return self.of(table, value) or value if table is not None and isinstance(value, int) else value

    def _named(self, table: str, values: Mapping[str, Any]) -> str:
        if table in _NAMED_BY:
            return " ".join(str(values[part]) for part in _NAMED_BY[table] if values.get(part))
        for column in _BELONGS.get(table, ()):
            if values.get(column) is not None:
                return self.of(_POINTS_AT[column], values[column])
        return ""

    def _values(self, table: str, row_id: int) -> Mapping[str, Any]:
        wanted: Iterable[str] = (*_NAMED_BY.get(table, ()), *_BELONGS.get(table, ()))
        if not wanted:
            return {}
        held = Base.metadata.tables[table]
        query = select(*(held.c[name] for name in wanted)).where(held.c.id == row_id)
        found = self._connection.execute(query).mappings().first()
        return dict(found) if found else self._recorded.get((table, row_id), {})


def _kept_back(value: Any) -> Any:
    return _KEPT_BACK if value else value
