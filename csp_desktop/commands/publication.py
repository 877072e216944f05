"""Setting the rule by which figures are published."""

from sqlalchemy import select

from csp_desktop.commands.rows import change_row
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.reoffending import Publication

LEAST_THRESHOLD, MOST_THRESHOLD = 2, 100


def set_publication(store: Store, version: int | None, threshold: int) -> None:
    """Publish no count of people above 0 and below ``threshold``.

    ``version`` is the one the caller read, None where the program's own rule held. Raises FieldError for a threshold
    that hides nothing or nearly everything, RowChangedError where someone changed it since.
    """
    if not LEAST_THRESHOLD <= threshold <= MOST_THRESHOLD:
        raise FieldError("threshold", "The smallest count that is published lies between 2 and 100.")
    with store.write("Change the smallest count that is published") as session:
        row = session.scalars(select(Publication)).first()
        if row is None:
            session.add(Publication(threshold=threshold))
        else:
            change_row(row, version, {"threshold": threshold})
