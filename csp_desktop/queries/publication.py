"""By what rules figures of reoffending are published: the partnership's own, else the program's."""

from dataclasses import dataclass

from sqlalchemy import select

from csp_desktop.reoffending.disclosure import DisclosureRules
from csp_desktop.store import Store
from models.reoffending import Publication


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """The rules in force; ``version`` is None where they are the program's own."""

    version: int | None
    rules: DisclosureRules


def publication(store: Store) -> PublicationRow:
    """Return the rules in force."""
    with store.read() as connection:
        found = connection.execute(select(Publication.version, Publication.threshold).limit(1)).one_or_none()
    if found is None:
        return PublicationRow(None, DisclosureRules())
    version, threshold = found
    return PublicationRow(version, DisclosureRules(threshold))
