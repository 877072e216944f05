"""The screens of the Board page, and where a row of any register is shown."""

from enum import StrEnum

from csp_desktop.registers.forms import Register
from csp_desktop.registers.kept import register_of
from ui.screens.screen import Where


class Kind(StrEnum):
    """The screens of the page."""

    MEETINGS = "meetings"
    MEETING = "meeting"
    LOG = "log"
    CALENDAR = "calendar"
    RISKS = "risks"
    GROUPS = "groups"
    GROUP = "group"
    REPORTING_PERIODS = "reporting-periods"
    KEY_DATES = "key-dates"


HERE = "board"
REPORTS = "reports"
_ELSEWHERE = {
    Register.ORDER_CLAUSES: "town-centre",
    Register.OPERATIONS: "town-centre",
    Register.AGREEMENTS: "people",
    Register.PATHWAYS: "people",
    Register.ASSESSMENTS: "evidence",
    Register.CONSULTATIONS: "evidence",
}
_BY_ID = {"action": "plan", "measure": "measures"}
_HERE = {
    Register.MEETINGS: Kind.MEETING,
    Register.RISKS: Kind.RISKS,
    Register.LOG: Kind.LOG,
    Register.GROUPS: Kind.GROUP,
}


def place_of(table: str, row_id: int) -> tuple[str, object] | None:
    """Return the place that shows a row, and what it is told to show there; None for a row of a form alone."""
    register = register_of(table)
    if table in _BY_ID:
        return _BY_ID[table], row_id
    if table in {"theme", "objective", "plan"}:
        return "plan", None
    if table == "strategy":
        return "setup", None
    if register in _HERE:
        return HERE, Where(_HERE[register], row_id)
    if register in _ELSEWHERE:
        return _ELSEWHERE[register], Where(register.value, row_id)
    return None
