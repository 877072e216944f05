"""${message}."""

# ruff: noqa: PLR0915 - a revision is as long as what it changes

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change, in the caller's transaction."""
    ${upgrades if upgrades else "raise NotImplementedError"}
