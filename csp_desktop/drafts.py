"""Drafts: what somebody was typing when the program locked, kept in the encrypted store until they go on.

They are no part of the plan, so they leave no Step; erasing a person drops every draft, for any may name them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.store import Store
from models.records import Setting

_KEY = "draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form's fields as typed, by key. ``place``, ``form`` and ``ids`` say which form, ``title`` says it to people."""

    place: str
    form: str
    ids: tuple[int, ...]
    title: str
    typed: dict[str, str]


def keep_drafts(store: Store, drafts: Sequence[Draft]) -> None:
    """Keep drafts for the present account, each in the place of an earlier one of the same form."""
    with store.write("Keep what was typed") as session:
        for draft in drafts:
            key, value = _key(store.who.account, draft), _value(draft)
            present = session.get(Setting, key)
            if present is None:
                session.add(Setting(key=key, value=value))
            else:
                present.value = value


def list_drafts(store: Store) -> list[Draft]:
    """Return the present account's drafts."""
    query = select(Setting.value).where(Setting.key.startswith(f"{_KEY}/{store.who.account}/", autoescape=True))
    with store.read() as connection:
        return [_draft(value) for value in connection.scalars(query.order_by(Setting.key))]


def drop_draft(store: Store, draft: Draft) -> None:
    """Forget a draft: its form was opened again, or it is not wanted any more."""
    with store.write("Forget what was typed") as session:
        present = session.get(Setting, _key(store.who.account, draft))
        if present is not None:
            session.delete(present)


def drop_every_draft(session: Session) -> None:
    """Forget everybody's drafts, within the caller's transaction."""
    for setting in session.scalars(select(Setting).where(Setting.key.startswith(f"{_KEY}/"))):
        session.delete(setting)


def _key(account: str, draft: Draft) -> str:
    return "/".join([_KEY, account, draft.place, draft.form, *map(str, draft.ids)])


def _value(draft: Draft) -> dict[str, Any]:
    return {
        "place": draft.place,
        "form": draft.form,
        "ids": list(draft.ids),
        "title": draft.title,
        "typed": draft.typed,
    }


def _draft(value: dict[str, Any]) -> Draft:
    ids = tuple(int(row_id) for row_id in value["ids"])
    typed = {str(key): str(text) for key, text in value["typed"].items()}
    return Draft(str(value["place"]), str(value["form"]), ids, str(value["title"]), typed)
