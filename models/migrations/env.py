"""Run by Alembic. The caller hands over a connection in a transaction of its own and commits it, or not."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

import models.tables  # noqa: F401 - every table is known
from models.base import Base, UtcDateTime


def render_plain(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as what SQLite stores: a revision must not change when the models do."""
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,  # Alembic takes SQLite's for untransactional and would commit after each revision
    render_as_batch=context.config.attributes.get("batch", True),
    render_item=render_plain,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
