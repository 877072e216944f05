"""Keep owners' update workbooks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change, in the caller's transaction."""
    op.create_table(
        "export_snapshot",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("owner_person_id", sa.Integer(), nullable=True),
        sa.Column("owner_organisation_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("wanted_back", sa.Date(), nullable=False),
        sa.Column("exported_at", sa.DateTime(), nullable=False),
        sa.Column("exported_on", sa.Date(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_export_snapshot_owner_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_person_id"], ["person.id"], name=op.f("fk_export_snapshot_owner_person_id_person")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_export_snapshot_plan_id_plan")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_export_snapshot_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_snapshot")),
        sa.UniqueConstraint("key", name=op.f("uq_export_snapshot_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("export_snapshot", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_export_snapshot_owner_organisation_id"), ["owner_organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_export_snapshot_owner_person_id"), ["owner_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_export_snapshot_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_export_snapshot_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "settled_cell",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["export_id"], ["export_snapshot.id"], name=op.f("fk_settled_cell_export_id_export_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled_cell")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("settled_cell", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_settled_cell_export_id"), ["export_id"], unique=False)

    op.create_table(
        "workbook_return",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_workbook_return_entry_id_audit_entry")),
        sa.ForeignKeyConstraint(
            ["export_id"], ["export_snapshot.id"], name=op.f("fk_workbook_return_export_id_export_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workbook_return")),
        sa.UniqueConstraint("export_id", "entry_id", name=op.f("uq_workbook_return_export_id_entry_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("workbook_return", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workbook_return_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workbook_return_export_id"), ["export_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workbook_return_file_hash"), ["file_hash"], unique=False)

    op.create_table(
        "returned_update",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["export_id"], ["export_snapshot.id"], name=op.f("fk_returned_update_export_id_export_snapshot")
        ),
        sa.ForeignKeyConstraint(
            ["update_id"], ["progress_update.id"], name=op.f("fk_returned_update_update_id_progress_update")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_update")),
        sa.UniqueConstraint("update_id", name=op.f("uq_returned_update_update_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("returned_update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_returned_update_export_id"), ["export_id"], unique=False)
