"""Reading what is recorded of people under all of their ids; the newest comes last."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from csp_desktop.queries.person_rows import NeedRow, SpellRow, StatusRow
from models.reoffending import CohortMember, IomStatus, Loaded, NeedScore, Spell


def spells_of(connection: Connection, of: ColumnElement[bool]) -> list[SpellRow]:
    """Return the spells that ``of`` chooses, by the day they started."""
    query = select(*_columns(Spell)).where(of).order_by(Spell.started, Spell.id)
    return [SpellRow(**row) for row in connection.execute(query).mappings()]


def needs_of(connection: Connection, of: ColumnElement[bool]) -> list[NeedRow]:
    """Return the needs that ``of`` chooses, by the day they were scored."""
    query = select(*_columns(NeedScore)).where(of).order_by(NeedScore.dated, NeedScore.id)
    return [NeedRow(**row) for row in connection.execute(query).mappings()]


def statuses_of(connection: Connection, offender_ids: Collection[int] | None = None) -> list[StatusRow]:
    """Return the statuses of these people (of all, without ids) by day, those that came with a cohort among them.

    One that a cohort's register gives without a day is held to be of the index date.
    """
    own = select(*(column for column in IomStatus.__table__.columns))
    brought = select(
        CohortMember.offender_id, CohortMember.index_date, CohortMember.iom_rag, CohortMember.iom_rag_on,
        CohortMember.iom_cohort,
    ).where(CohortMember.iom_rag.is_not(None))  # fmt: skip
    if offender_ids is not None:
        own = own.where(IomStatus.offender_id.in_(offender_ids))
        brought = brought.where(CohortMember.offender_id.in_(offender_ids))
    found = [StatusRow(**row) for row in connection.execute(own).mappings()]
    found += [
        StatusRow(
            id=None,
            version=None,
            offender_id=row.offender_id,
            dated=row.iom_rag_on or row.index_date,
            rag=row.iom_rag,
            iom_cohort=row.iom_cohort,
            note="",
        )
        for row in connection.execute(brought)
    ]
    return sorted(found, key=lambda each: (each.dated, each.id or 0))


def _columns(model: type[Loaded]) -> list[Any]:
    columns = [column for column in model.__table__.columns if column.name != "load_id"]
    return [*columns, model.load_id.is_not(None).label("came_by_import")]
