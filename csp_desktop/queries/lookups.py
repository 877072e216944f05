"""What offences are weighed by: the codes with how often each is used and what is missing of it, and the editions."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from csp_desktop.queries.severities import Edition, editions_in_use, shipped_editions
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.offending import OffenceGroup, Severity, SeverityClass
from models.reoffending import CohortMember, Offence, OffenceCode, SeverityIndex, SeverityWeight


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow:
    """An offence code; ``offences`` and ``members`` count the rows that name it."""

    id: int
    version: int
    code: str
    description: str
    offence_group: OffenceGroup | None
    severity_class: SeverityClass | None
    is_breach: bool | None
    offences: int
    members: int
    came_by_import: bool

    @property
    def uses(self) -> int:
        """Return how many rows name it."""
        return self.offences + self.members

    @property
    def lacks(self) -> tuple[str, ...]:
        """Return what the lookup does not say of it, in words; nothing of a breach, which is never counted."""
        if self.is_breach:
            return ()
        group = () if self.offence_group else ("group",)
        return group if self.severity_class else (*group, "severity")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """An edition of an index of severity, weights in thousandths of its unit.

    ``id`` is None for the one that the program brings.
    """

    id: int | None
    severity: Severity
    edition: str
    unit: str
    source: str
    weights: Mapping[SeverityClass, int]
    in_use: bool


def list_codes(store: Store, text: str = "", *, only_lacking: bool = False) -> list[CodeRow]:
    """Return offence codes by code, then description; ``only_lacking``: those without a group or a severity."""
    with store.read() as connection:
        offences, members = _uses(connection, Offence), _uses(connection, CohortMember)
        query = select(OffenceCode.__table__).order_by(OffenceCode.code, OffenceCode.description)
        rows = [
            CodeRow(
                id=row.id,
                version=row.version,
                code=row.code,
                description=row.description,
                offence_group=row.offence_group,
                severity_class=row.severity_class,
                is_breach=row.is_breach,
                offences=offences.get(row.id, 0),
                members=members.get(row.id, 0),
                came_by_import=row.load_id is not None,
            )
            for row in connection.execute(query)
        ]
    words = fold(text).split()
    return [row for row in rows if (row.lacks or not only_lacking) and _holds(row, words)]


def list_editions(store: Store) -> list[EditionRow]:
    """Return every edition by index: the one that the program brings first, then the store's own, oldest first."""
    with store.read() as connection:
        in_use = editions_in_use(connection)
        own = connection.execute(select(SeverityIndex.__table__).order_by(SeverityIndex.id)).all()
        weights: dict[int, dict[SeverityClass, int]] = {row.id: {} for row in own}
        for row in connection.execute(select(SeverityWeight.__table__)):
            weights[row.index_id][row.severity_class] = row.thousandths
    found = [_row(each, in_use) for each in shipped_editions().values()]
    found += [
        _row(Edition(row.severity, row.edition, row.unit, row.source, weights[row.id], row.id), in_use) for row in own
    ]
    order = list(Severity)
    return sorted(found, key=lambda each: (order.index(each.severity), each.id or 0))


def _row(edition: Edition, in_use: Mapping[Severity, Edition]) -> EditionRow:
    return EditionRow(
        id=edition.id,
        severity=edition.severity,
        edition=edition.edition,
        unit=edition.unit,
        source=edition.source,
        weights=edition.weights,
        in_use=in_use[edition.severity].id == edition.id,
    )


def _uses(connection: Connection, model: type[Offence | CohortMember]) -> dict[int, int]:
    """Return by code how many rows of a register name it."""
    named = model.offence_code_id.is_not(None)
    query = select(model.offence_code_id, func.count()).where(named).group_by(model.offence_code_id)
    return {code_id: count for code_id, count in connection.execute(query) if code_id is not None}


def _holds(row: CodeRow, words: list[str]) -> bool:
    group = row.offence_group.label if row.offence_group else ""
    severity = row.severity_class.label if row.severity_class else ""
    said = fold(f"{row.code} {row.description} {group} {severity}")
    return all(word in said for word in words)
