"""What is said of the rows of a returned workbook: what happened, what was kept, what to do."""

from collections.abc import Sequence
from datetime import date

from csp_desktop.imports.date_forms import shown
from csp_desktop.imports.problems import quote

_MOST_NAMED = 8


def unclear(one: str, other: str) -> str:
    """Say of a row that its Ref and its hidden id name two actions."""
    return (
        f"This row bears the Ref of {one} and stands where {other} went out, and its cells do not tell which it is. "
        "It was not brought in; say which action it is, or ask the owner to put its Ref right."
    )


def unlike(ref: str) -> str:
    """Say of a row without a Ref that it stands where an action went out and says something else."""
    return (
        f"This row has no Ref and stands where {ref} went out, but says something else. It was not brought in; say "
        "whether it is that action or a new one."
    )


def copied(ref: str) -> str:
    """Say of a row that it is a copy of another."""
    return (
        f"This row is a copy of {ref}, which stands in another row too. It was not brought in; if it is a new action, "
        "say so, or ask the owner to put it in a row without a Ref."
    )


def twin(ref: str) -> str:
    """Say of a row without a Ref that there is an action of that title."""
    return (
        f"This row has no Ref, and {ref} has the same title. It was not brought in; say whether it is {ref} or a new "
        "action, or ask the owner to write the Ref in."
    )


def twice() -> str:
    """Say of a new row that a row above it says the same."""
    return "A row above has the same title in the same theme. This row was not brought in; give it a title of its own."


def edited_ref(ref: str, said: str) -> str:
    """Say of a row that its Ref was written over."""
    return f"“Ref” is for reading only: this row is {ref} whatever its Ref says ({quote(said)}); nothing was moved."


def merged_cell(heading: str) -> str:
    """Say of a cell that it lies under a merged one."""
    return f"“{heading}” is merged with the cell above it; what stands there was taken for the upper row alone."


def no_day(said: str) -> str:
    """Say of a cell for a day that it holds none."""
    return f"{quote(said)} is not a date, and only “Due (forecast)” of an action may say so; what stood there stays."


def unlike_milestone() -> str:
    """Say of a row that its Ref and its words do not fit the milestone that went out in it."""
    return (
        "This row does not say what went out in it, and bears another Ref. It was not brought in; add a milestone in a "
        "row of its own."
    )


def gone(ref: str, plan: str, changed: Sequence[str]) -> str:
    """Say of a row that its action is in the plan no more."""
    if not changed:
        return f"{ref} is no longer in {plan}; nothing was changed in its row."
    named = ", ".join(f"“{heading}”" for heading in changed)
    return (
        f"{ref} is no longer in {plan}. What the owner changed ({named}) was not brought in; nothing else was touched."
    )


def adrift_cell(heading: str, said: str) -> str:
    """Say of a cell that a sort parted it from its row."""
    return (
        f"{quote(said)} stands in “{heading}”, which was sorted apart from the Refs beside it, so nobody can tell "
        "which action it is about. It was not brought in."
    )


def adrift_columns(headings: Sequence[str]) -> str:
    """Say of a sheet that some of its columns were sorted apart from the others."""
    named = ", ".join(f"“{heading}”" for heading in headings)
    return (
        f"The columns {named} were sorted apart from the Refs beside them. Nothing of them was brought in for the rows "
        "that moved; ask the owner to undo the sort, or to sort the whole table."
    )


def two_way(ref: str) -> str:
    """Say of a row that nothing is known of what it said when it went out."""
    return (
        f"Taken as {ref}, which was not among the actions that went out with this workbook: its cells were compared "
        "with what the office holds alone, and blank ones clear nothing."
    )


def no_theme(plan: str, heading: str) -> str:
    """Say of a new row that the plan has no such theme."""
    return f"{plan} has no theme called {quote(heading)}; its action goes to “No theme” and keeps the words."


def resembles(ref: str, title: str) -> str:
    """Say of a new row that an action is there which is called nearly the same."""
    return f"This is much like {quote(title)} ({ref}); it is brought in as new. If it is the same, say so."


def no_title() -> str:
    """Say of a row that it does not say what the action is."""
    return "This row says what is to be done in no cell of “Action”, so it was not brought in. Write the action there."


def missing(refs: Sequence[str]) -> str:
    """Say which rows that went out are not in the file."""
    named = ", ".join(refs[:_MOST_NAMED]) + (f" and {len(refs) - _MOST_NAMED} more" if len(refs) > _MOST_NAMED else "")
    noun = "action that went out is" if len(refs) == 1 else "actions that went out are"
    return f"{len(refs)} {noun} not in this file: {named}. Nothing is done about a missing row; nothing is deleted."


def stale(went_out: date, newer: date) -> str:
    """Say that a newer workbook of the same scope went out."""
    return (
        f"This workbook went out on {shown(went_out)}; a newer one followed on {shown(newer)}. It was compared with "
        "what it said itself when it went out."
    )


def another_copy(count: int) -> str:
    """Say that the file is another copy of a workbook that came back before."""
    cells = "1 cell" if count == 1 else f"{count} cells"
    return (
        f"This is another copy of a workbook that has come back already. What the earlier return changed ({cells}) "
        "stands here as it was sent out; it stays as the earlier return has it."
    )


def unknown_workbook() -> str:
    """Say that nothing is known of what a workbook said when it went out."""
    return (
        "What this workbook said when it went out is not known here, so it was compared with what the office holds "
        "alone (two ways): where the two differ, the file is followed, and blank cells clear nothing."
    )


def other_plan(plan: str) -> str:
    """Say that a workbook is brought into another plan than it was sent out of."""
    return (
        f"This workbook was sent out of another plan than {plan}, so it was compared with what the office holds alone "
        "(two ways); blank cells clear nothing."
    )


def not_ours(heading: str) -> str:
    """Say of a column that it is none of the workbook's."""
    return f"{quote(heading)} is a column that the owner added; what it says was not brought in."


def milestone_gone(title: str) -> str:
    """Say of a milestone that it is in the plan no more."""
    return f"The milestone {quote(title)} is no longer in the plan; its row was not brought in."


def milestone_copied() -> str:
    """Say of a milestone that another row is it already."""
    return "This milestone stands in another row too; this row was not brought in. Leave only one of the two."


def milestone_of_nothing(ref: str) -> str:
    """Say of a new milestone that it names no action."""
    said = f"No action of this plan has the Ref {quote(ref)}" if ref else "This milestone names no action"
    return f"{said}, so it was not brought in. Write the Ref of its action in the first column."
