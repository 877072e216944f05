"""The fields of an action that a column of an owner's file can hold."""

from typing_extensions import override

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

    @property
    @override
    def label(self) -> str:
        """Return the field as the window calls it."""
        return _LABELS.get(self, super().label)


_LABELS = {
    ActionField.SOURCE_REF: "Owner's ref",
    ActionField.TITLE: "Action",
    ActionField.LEAD: "Lead officer",
    ActionField.SUPPORTING: "Supporting people",
    ActionField.BASELINE_DUE: "Original due date",
    ActionField.DUE: "Due now",
    ActionField.REVIEW_DATE: "Next review",
    ActionField.ACTUAL_END: "Date completed",
    ActionField.PERCENT: "Percent complete",
    ActionField.RAG: "RAG",
    ActionField.UPDATE_DATE: "Date of update",
    ActionField.UPDATE_AUTHOR: "Update written by",
    ActionField.REASON: "Reason for RAG",
    ActionField.RECOVERY_DATE: "Back on track by",
    ActionField.SUCCESS_MEASURE: "How we will know",
}

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
