"""Our own refs: ``ACT-0007``, given in order and never twice, not even after an undo."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Setting

ACTION = "ACT"
LAST_ACTION = "last_action_ref"


def next_refs(session: Session, count: int, kind: str = ACTION) -> list[str]:
    """Reserve ``count`` refs that begin with ``kind`` in the caller's transaction and return them in order."""
    key = LAST_ACTION if kind == ACTION else f"last_{kind.lower()}_ref"
    setting = session.scalar(select(Setting).where(Setting.key == key))
    if setting is None:
        setting = Setting(key=key, value={"number": 0})
        session.add(setting)
        session.flush()
    first = int(setting.value["number"]) + 1
    # a new dictionary: a change inside the old one would not be noticed
    setting.value = {"number": first + count - 1}
    return [written_ref(kind, number) for number in range(first, first + count)]


def action_ref(number: int) -> str:
    """Write an action's ref."""
    return written_ref(ACTION, number)


def written_ref(kind: str, number: int) -> str:
    """Write a ref: text, never bare digits, so that a spreadsheet keeps it as it is."""
    return f"{kind}-{number:04d}"
