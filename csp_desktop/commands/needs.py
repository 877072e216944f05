"""Commands on needs: a score on one of the pathways at a day."""

from datetime import date
from typing import Any, TypedDict, Unpack

from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.commands.withdrawing import withdraw
from csp_desktop.rules.reoffending_refusals import need_refusals
from csp_desktop.rules.validation import insist
from csp_desktop.store import Store
from models.offending import Pathway
from models.reoffending import NeedScore, Offender


class NeedFinding(TypedDict, total=False):
    """How great a need was found to be, and by which instrument."""

    score: int
    instrument: str


class NeedValues(NeedFinding, total=False):
    """What can be changed of a need's score; a higher score is a greater need."""

    pathway: Pathway
    dated: date


def add_need(store: Store, offender_id: int, pathway: Pathway, dated: date, **values: Unpack[NeedFinding]) -> int:
    """Record a person's score on a pathway; return its id. Raises FieldError for no ``score`` or a refused one."""
    given: dict[str, Any] = {"score": None, **values, "pathway": pathway, "dated": dated}
    insist(need_refusals(given))
    with store.write("Record a need") as session:
        get_row(session, Offender, offender_id)
        need = NeedScore(offender_id=offender_id, pathway=pathway, dated=dated, score=given["score"])
        change_row(need, None, given)
        session.add(need)
        session.flush()
        return need.id


def edit_need(store: Store, need_id: int, version: int, **values: Unpack[NeedValues]) -> None:
    """Change a need's score. Raises FieldError for a refused value, RowChangedError where someone changed it since."""
    insist(need_refusals(dict(values)))
    with store.write("Edit a need") as session:
        change_row(get_row(session, NeedScore, need_id), version, dict(values))


def withdraw_need(store: Store, need_id: int, version: int) -> None:
    """Take a need's score out."""
    with store.write("Withdraw a need") as session:
        withdraw(session, get_row(session, NeedScore, need_id), version)
