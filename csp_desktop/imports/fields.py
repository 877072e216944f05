"""The fields of an action that a column of an owner's file can hold."""

from models.vocabulary import Word


class ActionField(Word):
    """What a column means. The value is what the mapping prints and remembers."""

    SOURCE_REF = "source_ref"
    THEME = "theme"
    OBJECTIVE = "objective"
    TITLE = "title"
    DESCRIPTION = "description"
    LEAD = "lead"
    LEAD_PARTNER = "lead_partner"
    SUPPORTING = "supporting"
    SUPPORTING_PARTNERS = "supporting_partners"
    START = "start"
    BASELINE_DUE = "baseline_due"
    DUE = "due"
    REVIEW_DATE = "review_date"
    ACTUAL_END = "actual_end"
    STATUS = "status"
    PERCENT = "percent"
    RAG = "rag"
    UPDATE = "update"
    UPDATE_DATE = "update_date"
    UPDATE_AUTHOR = "update_author"
    NEXT_STEPS = "next_steps"
    REASON = "reason"
    RECOVERY_DATE = "recovery_date"
    HELP_NEEDED = "help_needed"
    SUCCESS_MEASURE = "success_measure"
    RESOURCES = "resources"
    PRIORITY = "priority"


DATE_FIELDS = frozenset(
    {
        ActionField.START,
        ActionField.BASELINE_DUE,
        ActionField.DUE,
        ActionField.REVIEW_DATE,
        ActionField.ACTUAL_END,
        ActionField.UPDATE_DATE,
        ActionField.RECOVERY_DATE,
    }
)
NAME_FIELDS = frozenset(
    {ActionField.LEAD, ActionField.LEAD_PARTNER, ActionField.SUPPORTING, ActionField.SUPPORTING_PARTNERS}
)
TELLING_FIELDS = frozenset(
    {ActionField.LEAD, ActionField.LEAD_PARTNER, ActionField.DUE, ActionField.BASELINE_DUE, ActionField.RAG,
     ActionField.UPDATE}
)  # fmt: skip
"""A sheet with a title column and one of these holds actions."""
