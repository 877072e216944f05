"""Our own refs: ``ACT-0007``, given in order and never twice, not even after an undo."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Setting

LAST_ACTION = "last_action_ref"


def next_refs(session: Session, count: int) -> list[str]:
    """Reserve ``count`` action refs in the caller's transaction and return them in order."""
    setting = session.scalar(select(Setting).where(Setting.key == LAST_ACTION))
    if setting is None:
        setting = Setting(key=LAST_ACTION, value={"number": 0})
        session.add(setting)
    first = int(setting.value["number"]) + 1
    # a new dictionary: a change inside the old one would not be noticed
    setting.value = {"number": first + count - 1}
    return [action_ref(number) for number in range(first, first + count)]


def action_ref(number: int) -> str:
    """Write an action's ref: text, never bare digits, so that a spreadsheet keeps it as it is."""
    return f"ACT-{number:04d}"
