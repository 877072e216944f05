"""Commands on the headings that this store knows: each leaves one Step, and can be undone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NoReturn

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.errors import CspError
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.problems import quote
from csp_desktop.imports.synonyms import spellings
from csp_desktop.imports.wordings import WordingRow, wordings_in
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.headings import KnownHeading, LanguageChoice
from models.vocabulary import HeadingLanguage, Sureness

_LONGEST = 300  # what an import shows of a heading
_GONE = "This heading is no longer in the list: it was taken out by an undo. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Meaning:
    """A heading, the field of an action it is to be read as, and whether that is to be confirmed each time."""

    heading: str
    field: ActionField
    sureness: Sureness = Sureness.SURE


def remember_wording(store: Store, field: ActionField, heading: str) -> None:
    """Read a column with this heading always as ``field``, and as nothing else, whatever its values look like.

    Raises FieldError ("heading") for one that is blank or has no letter or digit to be known by.
    """
    add_wording(store, Meaning(heading, field), moving=True)


def add_wording(store: Store, meaning: Meaning, *, moving: bool = False) -> None:
    """Know a heading; ``moving`` takes it away from any other field that it was read as.

    Raises FieldError ("heading") for one that is blank, or has a meaning already and is not to be moved.
    """
    meaning = _tidied(meaning)
    with store.write("Set what a heading means") as session:
        others = _others(session, meaning, None, moving=moving)
        if not moving and any(row.field is meaning.field for row in others):
            _refuse(f"{quote(meaning.heading)} is read as {meaning.field.label} already; nothing was changed.")
        _set(session, meaning)


def edit_wording(store: Store, wording_id: int, version: int | None, meaning: Meaning, *, moving: bool = False) -> None:
    """Change a heading of the list: its words (of one added here), its field, or how sure it is.

    ``wording_id`` and ``version`` are those of its ``WordingRow``. Raises FieldError as ``add_wording`` does,
    RowChangedError, and CspError where the row is gone or the words of one that comes with the program would change.
    """
    meaning = _tidied(meaning)
    with store.write("Change what a heading means") as session:
        row = _row(session, wording_id)
        if row.language is not None and _folded(meaning.heading) != row.key[1]:
            raise CspError("The words of a heading that comes with the program stay; withdraw it and add another.")
        _others(session, meaning, row, moving=moving)
        values = {
            "field": meaning.field.value,
            "name": meaning.heading,
            "name_folded": _folded(meaning.heading),
            "sureness": meaning.sureness,
        }
        if row.language is None:
            _drop(session, (meaning.field, _folded(meaning.heading)), besides=row.id)
            change_row(get_row(session, KnownHeading, wording_id), version, values)
            return
        if meaning.field is not row.field:
            _set(session, Meaning(row.heading, row.field, Sureness.WITHDRAWN))
        _set(session, meaning)


def withdraw_wording(store: Store, wording_id: int) -> None:
    """Know a heading no longer; one that comes with the program stays in the list as withdrawn.

    Raises CspError where it is gone already.
    """
    with store.write("Withdraw a heading") as session:
        row = _row(session, wording_id)
        if row.language is None:
            _drop(session, row.key)
        else:
            _set(session, Meaning(row.heading, row.field, Sureness.WITHDRAWN))


def restore_wording(store: Store, wording_id: int) -> None:
    """Read a heading again as it came with the program. Raises CspError where it was added here, or is gone."""
    with store.write("Read a heading as it came") as session:
        row = _row(session, wording_id)
        if row.language is None:
            raise CspError("This heading was added here and did not come with the program; nothing was changed.")
        _drop(session, row.key)


def know_languages(store: Store, languages: Collection[HeadingLanguage]) -> None:
    """Know the program's headings in these languages alone. Raises CspError where none is left."""
    if not languages:
        raise CspError("At least one language of headings is needed, or no file could be read; nothing was changed.")
    with store.write("Choose the languages of headings") as session:
        stored = session.scalars(select(LanguageChoice).order_by(LanguageChoice.id))
        chosen = {row.language: row for row in stored}
        for language in HeadingLanguage:
            is_known = language in languages
            if language in chosen:
                change_row(chosen[language], None, {"is_known": is_known})
            elif not is_known:
                session.add(LanguageChoice(language=language, is_known=False))


def _tidied(meaning: Meaning) -> Meaning:
    heading = " ".join(meaning.heading.split())
    if not heading:
        _refuse("A heading needs its words; type them as they stand above the column.")
    if len(heading) > _LONGEST:
        _refuse(f"A heading of {len(heading)} letters is too long to be known; {_LONGEST} are the most.")
    if not _folded(heading):
        _refuse(f"{quote(heading)} has no letter from A to Z and no digit to be known by; nothing was changed.")
    return Meaning(heading, meaning.field, meaning.sureness)


def _others(session: Session, meaning: Meaning, itself: WordingRow | None, *, moving: bool) -> list[WordingRow]:
    """Return what else the heading means, once that of other fields is out of the way. Raises FieldError."""
    folded = _folded(meaning.heading)
    found = [
        row
        for row in wordings_in(session.connection())
        if row.key[1] == folded and row.sureness is not Sureness.WITHDRAWN and (itself is None or row.id != itself.id)
    ]
    elsewhere = [row for row in found if row.field is not meaning.field]
    if itself is not None and itself.key == (meaning.field, folded) and itself.sureness is not Sureness.WITHDRAWN:
        return found  # it stays where it is
    if elsewhere and not moving:
        names = " and ".join(row.field.label for row in elsewhere)
        _refuse(
            f"{quote(meaning.heading)} is read as {names} already. Move it here, or choose another heading; "
            "nothing was changed."
        )
    for row in elsewhere:
        if row.language is None:
            _drop(session, row.key)
        else:
            _set(session, Meaning(row.heading, row.field, Sureness.WITHDRAWN))
    return found


def _set(session: Session, meaning: Meaning) -> None:
    """Keep what is said of a heading and a field, in the place of what was said of them before."""
    folded = _folded(meaning.heading)
    stored = _stored(session, (meaning.field, folded))
    if stored:
        change_row(stored[0], None, {"sureness": meaning.sureness})
    else:
        field, name = meaning.field.value, meaning.heading
        session.add(KnownHeading(field=field, name=name, name_folded=folded, sureness=meaning.sureness))
    session.flush()


def _drop(session: Session, key: tuple[ActionField, str], besides: int | None = None) -> None:
    for stored in _stored(session, key):
        if stored.id != besides:
            session.delete(stored)
    session.flush()


def _stored(session: Session, key: tuple[ActionField, str]) -> Sequence[KnownHeading]:
    """Return what is kept of a field and a heading: what holds goes first."""
    field, folded = key
    same = (KnownHeading.field == field.value, KnownHeading.name_folded == folded)
    return session.scalars(select(KnownHeading).where(*same).order_by(KnownHeading.id.desc())).all()


def _row(session: Session, wording_id: int) -> WordingRow:
    row = next((row for row in wordings_in(session.connection()) if row.id == wording_id), None)
    if row is None:
        raise CspError(_GONE)
    return row


def _folded(heading: str) -> str:
    return spellings(heading)[0]


def _refuse(sentence: str) -> NoReturn:
    raise FieldError("heading", sentence)
