"""The headings that this store knows: the program's lists in the languages wanted, and what the partnership says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.synonyms import OWN, STRONG, WEAK, Wording, Wordings, shipped, shipped_list, spellings
from csp_desktop.store import Store
from models.headings import KnownHeading, LanguageChoice
from models.vocabulary import HeadingLanguage, Sureness

Key = tuple[ActionField, str]


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A heading and the field it means. ``language`` is the program's list it stands in, None for one added here.

    ``id`` is below 0 for those of the program, and stays for as long as its lists do. ``known_id`` and ``version`` are
    of the stored row, None where the program's word stands as it came. ``came_as`` is how sure the program is of it.
    """

    id: int
    field: ActionField
    heading: str
    sureness: Sureness
    language: HeadingLanguage | None = None
    came_as: Sureness | None = None
    known_id: int | None = None
    version: int | None = None

    @property
    def key(self) -> Key:
        """What tells it from every other: the field, and the heading as an import compares it."""
        return self.field, spellings(self.heading)[0]

    @property
    def is_changed(self) -> bool:
        """Say whether it comes with the program and is not read as it came."""
        return self.language is not None and self.known_id is not None


def list_wordings(store: Store) -> list[WordingRow]:
    """Return every heading that is known or withdrawn, field by field, those added here first."""
    with store.read() as connection:
        rows = wordings_in(connection)
    order = {field: at for at, field in enumerate(dict.fromkeys((ActionField.TITLE, *ActionField)))}
    return sorted(rows, key=lambda row: (order[row.field], row.language is not None))


def languages_known(store: Store) -> frozenset[HeadingLanguage]:
    """Return the languages whose headings are known."""
    with store.read() as connection:
        return _languages(connection)


def wordings_of(store: Store) -> Wordings:
    """Return what an import of this store goes by."""
    with store.read() as connection:
        languages, rows = _languages(connection), wordings_in(connection)
    if len(languages) == len(HeadingLanguage) and all(row.known_id is None for row in rows):
        return shipped()
    scores = {(each.field, spellings(each.text)[0]): each for name in languages for each in shipped_list(name)}
    known = (_wording(row, scores) for row in rows if row.sureness is not Sureness.WITHDRAWN)
    gone = {(row.field, text) for row in rows if row.sureness is Sureness.WITHDRAWN for text in spellings(row.heading)}
    return Wordings(known, gone)


def wordings_in(connection: Connection) -> list[WordingRow]:
    """Return the same as ``list_wordings`` within a caller's transaction, in no order that means anything."""
    query = select(
        KnownHeading.id, KnownHeading.version, KnownHeading.field, KnownHeading.name, KnownHeading.sureness
    ).order_by(KnownHeading.id)
    fields = set(ActionField)
    own = {
        (row := WordingRow(known.id, ActionField(known.field), known.name, known.sureness)).key: replace(
            row, known_id=known.id, version=known.version
        )
        for known in connection.execute(query)
        if known.field in fields
    }
    rows = [_under(row, own) for row in _shipped_rows(_languages(connection))]
    return rows + [row for row in own.values() if row.sureness is not Sureness.WITHDRAWN]


def _under(row: WordingRow, own: dict[Key, WordingRow]) -> WordingRow:
    """Return a row of the program as the partnership wants it; what it says of it is then told."""
    said = own.pop(row.key, None)
    return row if said is None else replace(row, sureness=said.sureness, known_id=said.known_id, version=said.version)


def _shipped_rows(languages: frozenset[HeadingLanguage]) -> Iterable[WordingRow]:
    every = (each for language in HeadingLanguage for each in shipped_list(language))
    for at, each in enumerate(every, start=1):
        if each.language in languages:
            sureness = Sureness.SURE if each.score >= STRONG else Sureness.TO_BE_CONFIRMED
            yield WordingRow(-at, each.field, each.text, sureness, each.language, sureness)


def _wording(row: WordingRow, shipped_as: Mapping[Key, Wording]) -> Wording:
    if row.known_id is None:
        return shipped_as[row.key]
    score = OWN if row.sureness is Sureness.SURE else WEAK
    return Wording(row.field, row.heading, score, row.language)


def _languages(connection: Connection) -> frozenset[HeadingLanguage]:
    query = select(LanguageChoice.language, LanguageChoice.is_known).order_by(LanguageChoice.id)
    chosen = dict(connection.execute(query).all())
    return frozenset(language for language in HeadingLanguage if chosen.get(language, True))
