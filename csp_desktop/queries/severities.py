"""The weights that severity is counted by: the editions in use in the store, else those that the program brings."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, select

from csp_desktop.assets import read_text
from models.offending import Severity, SeverityClass
from models.reoffending import SeverityIndex, SeverityWeight

_SHIPPED = "severity/shipped.toml"
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of an index: its name, its unit, where it comes from, and its weights in thousandths of the unit.

    ``id`` is that of the store's own edition, None for the one that the program brings.
    """

    severity: Severity
    edition: str
    unit: str
    source: str
    weights: Mapping[SeverityClass, int]
    id: int | None = None

    @property
    def name(self) -> str:
        """Return the index with its edition, as it stands beside every score."""
        return f"{self.severity.label} ({self.edition})"


def shipped_editions() -> dict[Severity, Edition]:
    """Return the editions that the program brings."""
    found = tomllib.loads(read_text(_SHIPPED), parse_float=Decimal)
    return {
        Severity(name): Edition(
            Severity(name),
            each["edition"],
            each["unit"],
            each["source"],
            {SeverityClass(kind): int(Decimal(weight) * THOUSAND) for kind, weight in each["weights"].items()},
        )
        for name, each in found.items()
    }


def editions_in_use(connection: Connection) -> dict[Severity, Edition]:
    """Return the edition of each index that figures are counted by."""
    editions = shipped_editions()
    own = connection.execute(
        select(
            SeverityIndex.id, SeverityIndex.severity, SeverityIndex.edition, SeverityIndex.unit, SeverityIndex.source
        )
        .where(SeverityIndex.in_use)
        .order_by(SeverityIndex.id)
    )
    for index_id, severity, edition, unit, source in own.all():
        weights = connection.execute(
            select(SeverityWeight.severity_class, SeverityWeight.thousandths).where(SeverityWeight.index_id == index_id)
        )
        found = {row.severity_class: row.thousandths for row in weights}
        editions[severity] = Edition(severity, edition, unit, source, found, index_id)
    return editions
