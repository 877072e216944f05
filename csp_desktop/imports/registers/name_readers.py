"""How cells are read that name rows of other tables: one, several, or a person or an organisation.

A name that is known becomes the row's id; one that may be added stays as written, and one cell of it is warned of.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from csp_desktop.imports.dates import DateOrder, DateRules, read_date
from csp_desktop.imports.grid import CellValue, text_of
from csp_desktop.imports.problems import Finding, Parsed, error, quote, warning
from csp_desktop.imports.registers.day_readers import NOTHING
from csp_desktop.imports.registers.known_names import ORGANISATION, PERSON, KnownTable
from csp_desktop.imports.wanted import turned
from csp_desktop.registers.forms import RegisterField
from csp_desktop.rules.bodies import looks_like_organisation
from csp_desktop.rules.folding import fold
from csp_desktop.rules.names import is_nobody, split_names

_HARD = re.compile(r"\s*[;\n\r|\u2022]\s*")
_SOFT = re.compile(r"\s*[;\n\r|\u2022,]\s*")
_RULES = DateRules(plan_years=(1910, 2190))
_MOST_NAMED = 8


def read_name(value: CellValue, column: RegisterField, known: KnownTable, own: str) -> Parsed[Any]:
    """Return the id of the row that a cell names, or its name where it is added; of several meetings all their ids.

    ``own`` is the register's own table: a name there may be that of a row of the same file, and stays as written.
    """
    text = " ".join(text_of(value).split())
    if not text or fold(text) in NOTHING:
        return Parsed(None)
    ids = known.find(text) or _of_day(value, known)
    if not ids:
        return _not_there(text, column, known, own)
    if len(ids) > 1 and known.table != "meeting":
        return Parsed(None, (error(_several(text, known.labels(ids))),))
    return Parsed(ids[0] if len(ids) == 1 else list(ids))


def _not_there(text: str, column: RegisterField, known: KnownTable, own: str) -> Parsed[Any]:
    if known.table in {PERSON, ORGANISATION} and is_nobody(text):
        return Parsed(None)
    if column.adds:
        return _added(text, known)
    return Parsed(text) if known.table == own else Parsed(None, (error(unknown_name(text, known)),))


def read_several(value: CellValue, column: RegisterField, known: KnownTable, own: str) -> Parsed[Any]:
    """Return what ``read_name`` gives for each name of a cell, parted by semicolons or lines, or else by commas."""
    text = text_of(value).strip()
    if not text or fold(text) in NOTHING or is_nobody(text):
        return Parsed(None)
    found: list[Any] = []
    said: list[Finding] = []
    for part in _parts(text, known):
        read = read_name(part, column, known, own)
        said += read.findings
        if read.value is not None and read.value not in found:
            found.append(read.value)
    return Parsed(found or None, tuple(said))


def read_party(value: CellValue, known: Mapping[str, KnownTable]) -> Parsed[Any]:
    """Return the person or organisation of a cell as table and id, or the name of one that is added.

    Of several names the first is taken, and said so.
    """
    text = " ".join(text_of(value).split())
    people, bodies = known[PERSON], known[ORGANISATION]
    parties = split_names(text, bodies.bodies)
    if not parties.names:
        return Parsed(None)
    first = parties.names[0]
    said: tuple[Finding, ...] = ()
    if len(parties.names) > 1:
        said = (warning(f"{quote(text)} names several, and one alone can own this: {quote(first.name)} was taken."),)
    for table in (people, bodies):
        ids = table.find(first.name)
        if len(ids) == 1:
            return Parsed([table.table, ids[0]], said)
        if ids:
            return Parsed(None, (error(_several(first.name, table.labels(ids))),))
    added = _added(first.name, bodies if looks_like_organisation(first.name) else people)
    return Parsed(added.value, (*said, *added.findings))


def unknown_name(text: str, known: KnownTable) -> str:
    """Return the sentence on a name that is not known and is not added: with the nearest, or all of a short list."""
    what = known.table.replace("_", " ")
    near = known.nearest(text)
    if not near:
        return f"{quote(text)} is no {what} in the store. Add it first, or write it as it is called there."
    return f"{quote(text)} is no {what} in the store. Write one that is, such as {listed(near)}, or add it first."


def listed(labels: Sequence[str]) -> str:
    """Return the first of what rows are called, in quotation marks."""
    return ", ".join(quote(label) for label in labels[:_MOST_NAMED])


def _of_day(value: CellValue, known: KnownTable) -> tuple[int, ...]:
    """Return the meetings of the day that a cell gives."""
    if known.table != "meeting":
        return ()
    read = read_date(value, DateOrder.DAY_FIRST, _RULES).value
    day = read.first if read else None
    return known.names.find(day.isoformat()) if isinstance(day, date) else ()


def _parts(text: str, known: KnownTable) -> list[str]:
    if known.find(text):
        return [text]
    split = _HARD if _HARD.search(text) else _SOFT
    return [each for part in split.split(text) if part.strip() for each in _known_parts(part.strip(), known)]


def _known_parts(part: str, known: KnownTable) -> list[str]:
    """Return the bodies of a part that names several known ones ("Police and Fire"), else the part as it is."""
    if known.table != ORGANISATION or known.find(part):
        return [part]
    names = [party.name for party in split_names(part, known.bodies).names]
    return names if len(names) > 1 and all(known.find(name) for name in names) else [part]


def _several(text: str, labels: list[str]) -> str:
    return f"{quote(text)} may be one of several: {listed(labels)}. Write which one in full."


def _added(text: str, known: KnownTable) -> Parsed[Any]:
    """Return the name under which a row is added, with a warning that also says who it may have been."""
    if known.table != PERSON:
        return Parsed(text, (warning(f"{quote(text)} is not known yet and is added."),))
    name = turned(text)
    candidates = known.labels(known.person(text).candidates)
    if not candidates:
        return Parsed(name, (warning(f"{quote(name)} is not known yet and is added."),))
    may_be = " or ".join(quote(each) for each in candidates)
    told = f"{quote(name)} is added as somebody new, though it may be {may_be}: if so, write that name in the file."
    return Parsed(name, (warning(told),))
