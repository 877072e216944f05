"""The referral directory on one page: which concern goes where, how soon, and who keeps it. It has no cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.people import list_people
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from csp_desktop.reports.blocks import (
    Block,
    Column,
    OnePage,
    PageBlock,
    PageBreak,
    Paragraph,
    Report,
    Role,
    Table,
    day,
)
from csp_desktop.reports.framing import NONE, Frame, entries_table, entry_cell, framed
from csp_desktop.store import Store

TITLE = "Referral directory"
USE = "Where a concern goes. If somebody is in danger now, ring 999 first. This page holds no cases."
EMPTY = "There are no referral pathways in the store yet; they are added on the People page."
CONTINUES = "The table continues on the next page."
_FULL = (
    ("concern", 1.0), ("threshold", 1.7), ("first_contact", 1.3), ("out_of_hours", 1.2), ("form", 0.9),
    ("legal_basis", 1.1), ("response_time", 0.9), ("owner", 0.9),
)  # fmt: skip
_MEDIUM = tuple((name, weight) for name, weight in _FULL if name != "legal_basis")
_SHORT = (
    ("Concern", 0.95, ("concern",)),
    ("When to refer", 1.75, ("threshold",)),
    ("First contact", 2.1, ("first_contact", "out_of_hours")),
    ("Form; response time", 1.35, ("form", "response_time")),
    ("Owner", 0.8, ("owner",)),
)
_PREFIXES = {"out_of_hours": "Out of hours: "}
_NOBODY_NAMED = "The partnership"


@dataclass(frozen=True, slots=True)
class DirectoryScope:
    """``today`` says which reviews are overdue. ``public`` names owners by their organisation."""

    today: date
    public: bool = False


def referral_directory(store: Store, scope: DirectoryScope) -> Report:
    """Build the directory as a landscape page at 12 point; where it does not fit, the page says that it continues."""
    rows = list_entries(store, Register.PATHWAYS)
    if scope.public:
        rows = _without_people(store, rows)
    opening = (Paragraph(USE),)
    closing = () if not rows else (Paragraph(review_words(rows, scope.today), Role.MUTED),)
    caption = _caption(rows)
    told: tuple[tuple[PageBlock, ...], ...] = (
        (*opening, _table(rows, _FULL, caption), *closing),
        (*opening, _table(rows, _MEDIUM, caption), *closing),
        (*opening, _joined(rows, caption), *closing),
        (*opening, *closing, Paragraph(CONTINUES, Role.MUTED), _joined(rows, caption)),
    )
    blocks: list[Block] = [PageBreak(landscape=True), OnePage(told)]
    frame = Frame(
        title=TITLE,
        subject="Where each concern is referred to, how soon, and by which form",
        data_date=scope.today,
        public=scope.public,
    )
    return framed(store, frame, blocks)


def review_words(rows: Sequence[Entry], today: date) -> str:
    """Return when the pathways are reviewed: what is overdue, what comes next, and what has no date."""
    dated = {row.text("concern"): day_ for row in rows if (day_ := row.day("review_date")) is not None}
    overdue = [concern for concern, day_ in dated.items() if day_ < today]
    ahead = {concern: day_ for concern, day_ in dated.items() if day_ >= today}
    undated = len(rows) - len(dated)
    parts = []
    if overdue:
        parts.append(f"Review overdue: {'; '.join(overdue)}.")
    if ahead:
        concern = min(ahead, key=ahead.__getitem__)
        parts.append(f"Next review: {concern}, by {day(ahead[concern])}.")
    if undated:
        parts.append(f"Without a review date: {undated}.")
    return " ".join(parts)


def _caption(rows: Sequence[Entry]) -> str:
    return "1 referral pathway" if len(rows) == 1 else f"{len(rows):,} referral pathways"


def _table(rows: Sequence[Entry], columns: Sequence[tuple[str, float]], caption: str) -> Table:
    return entries_table(Register.PATHWAYS, rows, columns, caption, EMPTY)


def _joined(rows: Sequence[Entry], caption: str) -> Table:
    """Return the pathways in fewer and wider columns, each value on a line of its own."""
    heads = tuple(Column(heading, weight=weight) for heading, weight, _ in _SHORT)
    cells = tuple(tuple(_lines(row, fields) for *_, fields in _SHORT) for row in rows)
    return Table(caption, heads, cells, EMPTY)


def _lines(row: Entry, fields: Sequence[str]) -> str:
    said = {name: str(entry_cell(row.values[name])) for name in fields}
    told = [f"{_PREFIXES.get(name, '')}{line}" for name, line in said.items() if line != NONE]
    return "\n".join(told) or NONE


def _without_people(store: Store, rows: Sequence[Entry]) -> list[Entry]:
    """Return the rows with an owner's organisation in their place, the partnership where none is known."""
    organisations = {person.id: person.organisation for person in list_people(store)}
    return [_for_the_public(row, organisations) for row in rows]


def _for_the_public(row: Entry, organisations: Mapping[int, str | None]) -> Entry:
    owner: Any = row.ids.get("owner")
    if owner is None or owner[0] != "person":
        return row
    return replace(row, values={**row.values, "owner": organisations.get(owner[1]) or _NOBODY_NAMED})
