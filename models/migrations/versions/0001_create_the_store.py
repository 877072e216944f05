"""Create the store."""

# ruff: noqa: PLR0915 - a revision is as long as what it changes

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change, in the caller's transaction."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("change_count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["undoes_id"], ["audit_entry.id"], name=op.f("fk_audit_entry_undoes_id_audit_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"], unique=False)
    op.create_index(op.f("ix_audit_entry_undoes_id"), "audit_entry", ["undoes_id"], unique=False)
    op.create_table(
        "group",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("formed", sa.Date(), nullable=True),
        sa.Column("formed_text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "organisation",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("statutory_basis", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisation_name_folded"), "organisation", ["name_folded"], unique=False)
    op.create_table(
        "profile",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("default_marking", sa.String(length=40), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rag_scheme",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rag_scheme")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "report_snapshot",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("audit_count", sa.Integer(), nullable=False),
        sa.Column("audit_mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_snapshot")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit_change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("erased_certificate", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_change_entry_id_audit_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_change_entry_id"), "audit_change", ["entry_id"], unique=False)
    op.create_index("ix_audit_change_row", "audit_change", ["table_name", "row_id"], unique=False)
    op.create_table(
        "organisation_alias",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_alias_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_alias")),
        sa.UniqueConstraint(
            "organisation_id", "name_folded", name=op.f("uq_organisation_alias_organisation_id_name_folded")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisation_alias_name_folded"), "organisation_alias", ["name_folded"], unique=False)
    op.create_index(
        op.f("ix_organisation_alias_organisation_id"), "organisation_alias", ["organisation_id"], unique=False
    )
    op.create_table(
        "person",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("job_title", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("erased_certificate", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_person_name_folded"), "person", ["name_folded"], unique=False)
    op.create_index(op.f("ix_person_organisation_id"), "person", ["organisation_id"], unique=False)
    op.create_table(
        "plan",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("rag_scheme_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("update_cycle_months", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_plan_group_id_group")),
        sa.ForeignKeyConstraint(["rag_scheme_id"], ["rag_scheme.id"], name=op.f("fk_plan_rag_scheme_id_rag_scheme")),
        sa.ForeignKeyConstraint(["superseded_by_id"], ["plan.id"], name=op.f("fk_plan_superseded_by_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_group_id"), "plan", ["group_id"], unique=False)
    op.create_index(op.f("ix_plan_rag_scheme_id"), "plan", ["rag_scheme_id"], unique=False)
    op.create_index(op.f("ix_plan_superseded_by_id"), "plan", ["superseded_by_id"], unique=False)
    op.create_table(
        "rag_value",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shape", sa.String(length=40), nullable=False),
        sa.Column("fill", sa.Text(), nullable=False),
        sa.Column("ink", sa.Text(), nullable=False),
        sa.Column("needs_reason", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["scheme_id"], ["rag_scheme.id"], name=op.f("fk_rag_value_scheme_id_rag_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rag_value")),
        sa.UniqueConstraint("scheme_id", "letter", name=op.f("uq_rag_value_scheme_id_letter")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rag_value_scheme_id"), "rag_value", ["scheme_id"], unique=False)
    op.create_table(
        "import_layout",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("date_order", sa.Text(), nullable=False),
        sa.Column("last_used", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_import_layout_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_layout")),
        sa.UniqueConstraint("register", "fingerprint", name=op.f("uq_import_layout_register_fingerprint")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_import_layout_plan_id"), "import_layout", ["plan_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_membership_group_id_group")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_membership_group_id"), "membership", ["group_id"], unique=False)
    op.create_index(op.f("ix_membership_organisation_id"), "membership", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_table(
        "person_alias",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_alias_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_alias")),
        sa.UniqueConstraint("person_id", "name_folded", name=op.f("uq_person_alias_person_id_name_folded")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_person_alias_name_folded"), "person_alias", ["name_folded"], unique=False)
    op.create_index(op.f("ix_person_alias_person_id"), "person_alias", ["person_id"], unique=False)
    op.create_table(
        "strategy",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_person_id", sa.Integer(), nullable=True),
        sa.Column("owner_organisation_id", sa.Integer(), nullable=True),
        sa.Column("review_date", sa.Date(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_organisation_id"], ["organisation.id"], name=op.f("fk_strategy_owner_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["owner_person_id"], ["person.id"], name=op.f("fk_strategy_owner_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_strategy_owner_organisation_id"), "strategy", ["owner_organisation_id"], unique=False)
    op.create_index(op.f("ix_strategy_owner_person_id"), "strategy", ["owner_person_id"], unique=False)
    op.create_table(
        "theme",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["theme.id"], name=op.f("fk_theme_parent_id_theme")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_theme_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_theme_parent_id"), "theme", ["parent_id"], unique=False)
    op.create_index(op.f("ix_theme_plan_id"), "theme", ["plan_id"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("layout_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_import_batch_entry_id_audit_entry")),
        sa.ForeignKeyConstraint(
            ["layout_id"], ["import_layout.id"], name=op.f("fk_import_batch_layout_id_import_layout")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_import_batch_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_import_batch_entry_id"), "import_batch", ["entry_id"], unique=False)
    op.create_index(op.f("ix_import_batch_file_hash"), "import_batch", ["file_hash"], unique=False)
    op.create_index(op.f("ix_import_batch_layout_id"), "import_batch", ["layout_id"], unique=False)
    op.create_index(op.f("ix_import_batch_plan_id"), "import_batch", ["plan_id"], unique=False)
    op.create_table(
        "objective",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("strategy_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["strategy_id"], ["strategy.id"], name=op.f("fk_objective_strategy_id_strategy")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_objective_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_objective_strategy_id"), "objective", ["strategy_id"], unique=False)
    op.create_index(op.f("ix_objective_theme_id"), "objective", ["theme_id"], unique=False)
    op.create_table(
        "action",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("theme_text", sa.Text(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("objective_text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_folded", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("lead_person_id", sa.Integer(), nullable=True),
        sa.Column("lead_organisation_id", sa.Integer(), nullable=True),
        sa.Column("lead_text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("start_text", sa.Text(), nullable=False),
        sa.Column("baseline_due", sa.Date(), nullable=True),
        sa.Column("forecast_due", sa.Date(), nullable=True),
        sa.Column("due_kind", sa.String(length=40), nullable=True),
        sa.Column("due_text", sa.Text(), nullable=False),
        sa.Column("actual_end", sa.Date(), nullable=True),
        sa.Column("review_date", sa.Date(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("success_measure", sa.Text(), nullable=False),
        sa.Column("resources", sa.Text(), nullable=False),
        sa.Column("unread", sa.JSON(), nullable=False),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("percent IS NULL OR (percent >= 0 AND percent <= 100)", name=op.f("ck_action_percent")),
        sa.ForeignKeyConstraint(["carried_from_id"], ["action.id"], name=op.f("fk_action_carried_from_id_action")),
        sa.ForeignKeyConstraint(
            ["lead_organisation_id"], ["organisation.id"], name=op.f("fk_action_lead_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["lead_person_id"], ["person.id"], name=op.f("fk_action_lead_person_id_person")),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_action_objective_id_objective")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_action_plan_id_plan")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_action_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("ref", name=op.f("uq_action_ref")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_action_carried_from_id"), "action", ["carried_from_id"], unique=False)
    op.create_index(op.f("ix_action_lead_organisation_id"), "action", ["lead_organisation_id"], unique=False)
    op.create_index(op.f("ix_action_lead_person_id"), "action", ["lead_person_id"], unique=False)
    op.create_index(op.f("ix_action_objective_id"), "action", ["objective_id"], unique=False)
    op.create_index(op.f("ix_action_plan_id"), "action", ["plan_id"], unique=False)
    op.create_index(op.f("ix_action_theme_id"), "action", ["theme_id"], unique=False)
    op.create_index(op.f("ix_action_title_folded"), "action", ["title_folded"], unique=False)
    op.create_table(
        "objective_theme",
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_objective_theme_objective_id_objective")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_objective_theme_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective_theme")),
        sa.UniqueConstraint("objective_id", "theme_id", name=op.f("uq_objective_theme_objective_id_theme_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_objective_theme_objective_id"), "objective_theme", ["objective_id"], unique=False)
    op.create_index(op.f("ix_objective_theme_theme_id"), "objective_theme", ["theme_id"], unique=False)
    op.create_table(
        "action_source",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_ref", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_source_action_id_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_source")),
        sa.UniqueConstraint("action_id", "source", name=op.f("uq_action_source_action_id_source")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_action_source_action_id"), "action_source", ["action_id"], unique=False)
    op.create_index(op.f("ix_action_source_source"), "action_source", ["source"], unique=False)
    op.create_table(
        "action_support",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_support_action_id_action")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_action_support_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_action_support_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_support")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_action_support_action_id"), "action_support", ["action_id"], unique=False)
    op.create_index(op.f("ix_action_support_organisation_id"), "action_support", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_action_support_person_id"), "action_support", ["person_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("baseline_due", sa.Date(), nullable=True),
        sa.Column("forecast_due", sa.Date(), nullable=True),
        sa.Column("actual_end", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_milestone_action_id_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_milestone_action_id"), "milestone", ["action_id"], unique=False)
    op.create_table(
        "progress_update",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("author_person_id", sa.Integer(), nullable=True),
        sa.Column("author_text", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.Column("rag", sa.Text(), nullable=True),
        sa.Column("rag_text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recovery_date", sa.Date(), nullable=True),
        sa.Column("forecast_due", sa.Date(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("help_needed", sa.Text(), nullable=False),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_progress_update_action_id_action")),
        sa.ForeignKeyConstraint(
            ["author_person_id"], ["person.id"], name=op.f("fk_progress_update_author_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["progress_update.id"],
            name=op.f("fk_progress_update_superseded_by_id_progress_update"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_update")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_progress_update_action_id"), "progress_update", ["action_id"], unique=False)
    op.create_index(op.f("ix_progress_update_author_person_id"), "progress_update", ["author_person_id"], unique=False)
    op.create_index(op.f("ix_progress_update_superseded_by_id"), "progress_update", ["superseded_by_id"], unique=False)
    op.create_table(
        "rebaseline",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("old_due", sa.Date(), nullable=True),
        sa.Column("new_due", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_rebaseline_action_id_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rebaseline")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rebaseline_action_id"), "rebaseline", ["action_id"], unique=False)
