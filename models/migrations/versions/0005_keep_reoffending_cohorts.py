"""Keep reoffending cohorts and their registers."""

# ruff: noqa: PLR0915 - a revision is as long as what it changes

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change, in the caller's transaction."""
    op.create_table(
        "cohort",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", sa.String(length=40), nullable=False),
        sa.Column("follow_up_months", sa.Integer(), nullable=False),
        sa.Column("waiting_months", sa.Integer(), nullable=False),
        sa.Column("index_rule", sa.String(length=40), nullable=False),
        sa.Column("counts_index_day", sa.Boolean(), nullable=False),
        sa.Column("breach_codes", sa.JSON(), nullable=False),
        sa.Column("proofs", sa.JSON(), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=True),
        sa.Column("period_last", sa.Date(), nullable=True),
        sa.Column("data_date", sa.Date(), nullable=True),
        sa.Column("baseline_score", sa.Integer(), nullable=True),
        sa.Column("baseline_note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
        sa.UniqueConstraint("name", name=op.f("uq_cohort_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "load",
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_load")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "severity_index",
        sa.Column("severity", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_severity_index")),
        sa.UniqueConstraint("severity", "edition", name=op.f("uq_severity_index_severity_edition")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "staged_import",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_import")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "taken_out_rows",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_out_rows")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("taken_out_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_taken_out_rows_load_id"), ["load_id"], unique=False)

    op.create_table(
        "window_end",
        sa.Column("index_date", sa.Date(), nullable=False),
        sa.Column("follow_up_months", sa.Integer(), nullable=False),
        sa.Column("waiting_months", sa.Integer(), nullable=False),
        sa.Column("follow_up_ends", sa.Date(), nullable=False),
        sa.Column("proof_ends", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("index_date", "follow_up_months", "waiting_months", name=op.f("pk_window_end")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "benchmark",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("offenders", sa.Integer(), nullable=True),
        sa.Column("reoffenders", sa.Integer(), nullable=True),
        sa.Column("reoffences", sa.Integer(), nullable=True),
        sa.Column("rate", sa.Integer(), nullable=True),
        sa.Column("predicted", sa.Integer(), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load.id"], name=op.f("fk_benchmark_load_id_load")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("benchmark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_benchmark_load_id"), ["load_id"], unique=False)

    op.create_table(
        "first_time_entrants",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("entrants", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load.id"], name=op.f("fk_first_time_entrants_load_id_load")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_time_entrants")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("first_time_entrants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_first_time_entrants_load_id"), ["load_id"], unique=False)

    op.create_table(
        "offence_code",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("offence_group", sa.String(length=40), nullable=True),
        sa.Column("severity_class", sa.String(length=40), nullable=True),
        sa.Column("is_breach", sa.Boolean(), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load.id"], name=op.f("fk_offence_code_load_id_load")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offence_code")),
        sa.UniqueConstraint("code", "description", name=op.f("uq_offence_code_code_description")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offence_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offence_code_load_id"), ["load_id"], unique=False)

    op.create_table(
        "offender",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("lead_agency", sa.Text(), nullable=False),
        sa.Column("lead_officer", sa.Text(), nullable=False),
        sa.Column("next_review", sa.Date(), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load.id"], name=op.f("fk_offender_load_id_load")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["offender.id"], name=op.f("fk_offender_merged_into_id_offender")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offender")),
        sa.UniqueConstraint("reference", name=op.f("uq_offender_reference")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offender", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offender_load_id"), ["load_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offender_merged_into_id"), ["merged_into_id"], unique=False)

    op.create_table(
        "severity_weight",
        sa.Column("index_id", sa.Integer(), nullable=False),
        sa.Column("severity_class", sa.String(length=40), nullable=False),
        sa.Column("thousandths", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["index_id"], ["severity_index.id"], name=op.f("fk_severity_weight_index_id_severity_index")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_severity_weight")),
        sa.UniqueConstraint("index_id", "severity_class", name=op.f("uq_severity_weight_index_id_severity_class")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("severity_weight", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_severity_weight_index_id"), ["index_id"], unique=False)

    op.create_table(
        "staged_block",
        sa.Column("staged_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["staged_id"], ["staged_import.id"], name=op.f("fk_staged_block_staged_id_staged_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_block")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("staged_block", schema=None) as batch_op:
        batch_op.create_index("ix_staged_block_order", ["staged_id", "stage", "part"], unique=False)

    op.create_table(
        "staged_row",
        sa.Column("staged_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["staged_id"], ["staged_import.id"], name=op.f("fk_staged_row_staged_id_staged_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_row")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("staged_row", schema=None) as batch_op:
        batch_op.create_index("ix_staged_row_outcome", ["staged_id", "outcome", "sheet", "row"], unique=False)

    op.create_table(
        "cohort_member",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("offender_id", sa.Integer(), nullable=False),
        sa.Column("index_date", sa.Date(), nullable=False),
        sa.Column("disposal", sa.String(length=40), nullable=True),
        sa.Column("offence_code_id", sa.Integer(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("ethnicity", sa.Text(), nullable=False),
        sa.Column("previous_offences", sa.Integer(), nullable=True),
        sa.Column("sentence_months", sa.Integer(), nullable=True),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("predicted_score", sa.Integer(), nullable=True),
        sa.Column("instrument", sa.Text(), nullable=False),
        sa.Column("custody_start", sa.Date(), nullable=True),
        sa.Column("custody_end", sa.Date(), nullable=True),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("iom_cohort", sa.String(length=40), nullable=True),
        sa.Column("iom_rag", sa.String(length=40), nullable=True),
        sa.Column("iom_rag_on", sa.Date(), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_member_cohort_id_cohort")),
        sa.ForeignKeyConstraint(["load_id"], ["load.id"], name=op.f("fk_cohort_member_load_id_load")),
        sa.ForeignKeyConstraint(
            ["offence_code_id"], ["offence_code.id"], name=op.f("fk_cohort_member_offence_code_id_offence_code")
        ),
        sa.ForeignKeyConstraint(["offender_id"], ["offender.id"], name=op.f("fk_cohort_member_offender_id_offender")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_member")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("cohort_member", schema=None) as batch_op:
        batch_op.create_index("ix_cohort_member_event", ["cohort_id", "offender_id", "index_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_member_load_id"), ["load_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_member_offence_code_id"), ["offence_code_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_member_offender_id"), ["offender_id"], unique=False)

    op.create_table(
        "iom_status",
        sa.Column("offender_id", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("rag", sa.String(length=40), nullable=False),
        sa.Column("iom_cohort", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["offender_id"], ["offender.id"], name=op.f("fk_iom_status_offender_id_offender")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_iom_status")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("iom_status", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_iom_status_offender_id"), ["offender_id"], unique=False)

    op.create_table(
        "need_score",
        sa.Column("offender_id", sa.Integer(), nullable=False),
        sa.Column("pathway", sa.String(length=40), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.Text(), nullable=False),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load.id"], name=op.f("fk_need_score_load_id_load")),
        sa.ForeignKeyConstraint(["offender_id"], ["offender.id"], name=op.f("fk_need_score_offender_id_offender")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_score")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("need_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_score_load_id"), ["load_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_score_offender_id"), ["offender_id"], unique=False)

    op.create_table(
        "offence",
        sa.Column("offender_id", sa.Integer(), nullable=False),
        sa.Column("offence_date", sa.Date(), nullable=True),
        sa.Column("offence_date_to", sa.Date(), nullable=True),
        sa.Column("offence_code_id", sa.Integer(), nullable=True),
        sa.Column("proof_date", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("disposal", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load.id"], name=op.f("fk_offence_load_id_load")),
        sa.ForeignKeyConstraint(
            ["offence_code_id"], ["offence_code.id"], name=op.f("fk_offence_offence_code_id_offence_code")
        ),
        sa.ForeignKeyConstraint(["offender_id"], ["offender.id"], name=op.f("fk_offence_offender_id_offender")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offence")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offence", schema=None) as batch_op:
        batch_op.create_index(
            "ix_offence_counting",
            ["offender_id", "offence_date", "proof_date", "outcome", "offence_code_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_offence_load_id"), ["load_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offence_offence_code_id"), ["offence_code_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offence_reference"), ["reference"], unique=False)

    op.create_table(
        "spell",
        sa.Column("offender_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("started", sa.Date(), nullable=False),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("iom_cohort", sa.String(length=40), nullable=True),
        sa.Column("selected_because", sa.Text(), nullable=False),
        sa.Column("deselected_because", sa.Text(), nullable=False),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load.id"], name=op.f("fk_spell_load_id_load")),
        sa.ForeignKeyConstraint(["offender_id"], ["offender.id"], name=op.f("fk_spell_offender_id_offender")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spell")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("spell", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spell_load_id"), ["load_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_spell_offender_id"), ["offender_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sqlite_autoincrement=True,
    )
