"""Commands on the partnership's own key dates."""

from datetime import date

from csp_desktop.commands.entries import change_in
from csp_desktop.commands.rows import get_row
from csp_desktop.registers.forms import Register
from csp_desktop.rules.coming_back import next_day
from csp_desktop.store import Store
from models.delivery import KeyDate


def finish_key_date(store: Store, row_id: int, version: int, day: date, on: date) -> date | None:
    """Say that what was due on a ``day`` was done on a day; return when it comes back, None where it does not.

    A date that comes back moves on to the next such day. Raises RowChangedError after a change.
    """
    with store.write("Finish a key date") as session:
        row = get_row(session, KeyDate, row_id)
        months = row.repeat_months
        again = next_day(row.due, months, max(day, row.due)) if months else None
        change_in(session, Register.KEY_DATES, row_id, {"done_on": on} | ({"due": again} if again else {}), version)
    return again
