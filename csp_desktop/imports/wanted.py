"""What one record asks for, in the terms of the store: columns of an action, who leads and supports, updates.

Only what the file says is asked for: a blank cell asks for nothing and clears nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from csp_desktop.imports.dates import DateValue
from csp_desktop.imports.grid import NO_RESULT
from csp_desktop.imports.known import KnownPeople
from csp_desktop.imports.left_out import left_out
from csp_desktop.imports.problems import Problem, Read, quote
from csp_desktop.imports.records import ActionRecord, DatedUpdate
from csp_desktop.rules.bodies import looks_like_organisation
from csp_desktop.rules.folding import fold
from csp_desktop.rules.names import Parties, Party, PartyKind, has_title, match_person, name_words
from models.vocabulary import DueKind, LifecycleStatus, ProblemLevel

TEXTS = ("description", "success_measure", "resources")


class Place(NamedTuple):
    """Where something stands in a file."""

    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Someone:
    """A person or organisation that a row names: by id where known, else to be added under ``name``.

    ``key`` is the same for every way of writing one new name; ``organisation_id`` of a new person is their home.
    """

    name: str
    key: str
    is_organisation: bool = False
    person_id: int | None = None
    organisation_id: int | None = None
    home_id: int | None = None

    @property
    def is_new(self) -> bool:
        """Say whether it is to be added."""
        return self.person_id is None and self.organisation_id is None


@dataclass(frozen=True, slots=True)
class WantedUpdate:
    """A progress update a row asks for. ``period`` names the quarter of a column such as "Q1 2026/27 update".

    ``author`` is as the file names them, ``writer`` who that is: one who is known, or is added for another cell.
    Without an author the action's lead reports.
    """

    dated: date
    period: str = ""
    done: str = ""
    rag: str | None = None
    rag_text: str = ""
    next_steps: str = ""
    reason: str = ""
    help_needed: str = ""
    recovery_date: date | None = None
    percent: int | None = None
    author: str = ""
    writer: Someone | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything a row asks for. ``supporters`` is None where the file says nothing of them; ``lead`` likewise."""

    values: dict[str, Any]
    lead_person: Someone | None
    lead_organisation: Someone | None
    lead_text: str
    supporters: tuple[Someone, ...] | None
    updates: tuple[WantedUpdate, ...]
    problems: tuple[Problem, ...]


class Asking:
    """Turns records into what they ask for; keeps count of new names, so that each is warned of once."""

    def __init__(self, people: KnownPeople, today: date) -> None:
        self._people = people
        self._today = today
        self._warned: set[str] = set()
        self._bodies: dict[str, bool] = {}
        self._people_of: dict[tuple[tuple[Party, ...], bool], tuple[Someone, ...]] = {}

    def of(self, record: ActionRecord) -> Wanted:
        """Return what a record asks for."""
        problems: list[Problem] = []
        leads = self._named(record, record.lead, problems)
        partners = self._named(record, record.lead_partner, problems, of_bodies=True)
        lead_person, lead_organisation = _first_leads(leads, partners)
        supporters = (
            *leads[1:],
            *partners,
            *self._named(record, record.supporting, problems),
            *self._named(record, record.supporting_partners, problems, of_bodies=True),
        )
        named = tuple(dict.fromkeys(each for each in supporters if each not in {lead_person, lead_organisation}))
        return Wanted(
            values=self._values(record),
            lead_person=lead_person,
            lead_organisation=lead_organisation,
            lead_text=record.lead.text if record.lead else record.lead_partner.text if record.lead_partner else "",
            supporters=named or None,
            updates=tuple(self._updates(record)),
            problems=(*problems, *left_out(record)),
        )

    def person_name(self, person_id: int | None) -> str | None:
        """Return a known person's name."""
        return None if person_id is None else self._people.person_names.get(person_id)

    def organisation_name(self, organisation_id: int | None) -> str | None:
        """Return a known organisation's name."""
        return None if organisation_id is None else self._people.organisation_names.get(organisation_id)

    def _values(self, record: ActionRecord) -> dict[str, Any]:
        values: dict[str, Any] = {"title": record.title.value}
        for field in TEXTS:
            read: Read[str] | None = getattr(record, field)
            if read is not None and read.value:
                values[field] = plain(read.value)
        values |= _dates(record)
        if record.percent is not None and record.percent.value is not None:
            values["percent"] = record.percent.value
        if record.status is not None and record.status.value is not None:
            values["status"] = record.status.value
        if record.problems and (unread := record.unread):
            values["unread"] = dict(sorted(unread.items()))
        return values

    def _updates(self, record: ActionRecord) -> Iterator[WantedUpdate]:
        dated = [self._from_column(each) for each in record.updates if each.text or each.rag]
        current = self._current(record)
        if current is None:
            yield from dated
        elif dated and not current.done and dated[-1].rag in {None, current.rag}:
            # "Q1 | Q2 | RAG": the one rating, next step and reason belong to the newest of the dated reports
            yield from dated[:-1]
            newest = dated[-1]
            yield replace(
                current, dated=newest.dated, period=newest.period, done=newest.done, rag=current.rag or newest.rag
            )
        else:
            yield from [*dated, current]

    def _from_column(self, update: DatedUpdate) -> WantedUpdate:
        return WantedUpdate(
            # a quarter that is still running has been reported on until today, not until its end
            dated=min(update.dated, self._today) if update.dated else self._today,
            period=update.period.label if update.period else update.period_text,
            done=plain(update.text),
            rag=update.rag,
            rag_text=update.rag_text,
        )

    def _current(self, record: ActionRecord) -> WantedUpdate | None:
        rag = record.rag.value if record.rag else None
        texts = {name: plain(_text(getattr(record, name))) for name in ("next_steps", "reason", "help_needed")}
        done = plain(_text(record.update))
        if not done and rag is None and not any(texts.values()):
            return None
        dated, author = _last(record.update_date), _text(record.update_author)
        return WantedUpdate(
            dated=dated or self._today,
            done=done,
            rag=rag,
            rag_text=record.rag.text if record.rag else "",
            recovery_date=_last(record.recovery_date),
            percent=record.percent.value if record.percent else None,
            author=author,
            writer=self._writer(author) if author else None,
            **texts,
        )

    def _writer(self, author: str) -> Someone:
        """Return who wrote a report; nobody is added for having written one."""
        name = turned(author)
        return Someone(name, _key(author), person_id=match_person(author, self._people.people).person_id)

    def _named(
        self,
        record: ActionRecord,
        read: Read[Parties] | None,
        problems: list[Problem],
        *,
        of_bodies: bool = False,
    ) -> tuple[Someone, ...]:
        """Return who the names of a cell are: the same names are the same people all down the file."""
        if read is None or read.value is None or not read.value.names:
            return ()
        names = (read.value.names, of_bodies)
        known = self._people_of.get(names)
        if known is None:
            place = Place(record.sheet, read.cell)
            known = tuple(self._someone(party, place, problems, of_bodies=of_bodies) for party in read.value.names)
            self._people_of[names] = known
        return known

    def _someone(self, party: Party, place: Place, problems: list[Problem], *, of_bodies: bool) -> Someone:
        """Return who a name is; one that nobody knows is a body's in a column of bodies, unless it is a person's."""
        known = self._people
        if party.kind is PartyKind.ORGANISATION:
            return self._organisation(known.organisation_ids[fold(party.name)])
        match = match_person(party.name, known.people)
        if match.person_id is not None:
            return Someone(known.person_names[match.person_id], f"p{match.person_id}", person_id=match.person_id)
        name = turned(party.name)
        own = looks_like_organisation(party.name) or (of_bodies and not _is_surely_person(party))
        # the first cell that names them decides, or the next import would find somebody else under the name
        is_organisation = self._bodies.setdefault(" ".join(sorted(name_words(party.name))), own)
        key = f"n{fold(name)}" if is_organisation else _key(party.name)
        if key not in self._warned:
            self._warned.add(key)
            candidates = [known.person_names[each] for each in match.candidates]
            kind = "organisation" if is_organisation else "person"
            problems.append(_unknown(name, kind, candidates, place))
        home = known.organisation_ids.get(fold(party.organisation)) if party.organisation else None
        return Someone(name, key, is_organisation=is_organisation, home_id=home)

    def _organisation(self, organisation_id: int) -> Someone:
        name = self._people.organisation_names[organisation_id]
        return Someone(name, f"o{organisation_id}", is_organisation=True, organisation_id=organisation_id)


def _key(person: str) -> str:
    """Return what is the same for every way of writing a new person's name."""
    return "n" + (" ".join(sorted(name_words(person))) or fold(turned(person)))


def _is_surely_person(party: Party) -> bool:
    """Say whether a name is a person's even in a column of bodies: with a rank, a home body, or surname first."""
    return bool(party.organisation) or "," in party.name or has_title(party.name)


def plain(text: str) -> str:
    """Return text as it is compared and kept: trimmed, one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def turned(name: str) -> str:
    """Return a person's name as it is read out: "Shah, Amina" is "Amina Shah"."""
    surname, comma, forenames = name.partition(",")
    if not comma or "," in forenames:
        return " ".join(name.split())
    return " ".join(f"{forenames} {surname}".split())


def first_status(wanted: Wanted, today: date) -> LifecycleStatus:
    """Return the status of a new action: as stated, else as far as what the file says of it shows.

    Nothing said of progress: not started. An end date: complete. "Ongoing" for a date: ongoing.
    """
    stated: LifecycleStatus | None = wanted.values.get("status")
    if stated is not None:
        return stated
    if wanted.values.get("actual_end") is not None:
        return LifecycleStatus.COMPLETE
    if wanted.values.get("due_kind") is DueKind.ONGOING:
        return LifecycleStatus.ONGOING
    if proposes_complete(wanted):
        return LifecycleStatus.COMPLETE
    start = wanted.values.get("start")
    begun = wanted.values.get("percent") or any(update.done or update.rag for update in wanted.updates)
    if begun and (start is None or start <= today):
        return LifecycleStatus.IN_PROGRESS
    return LifecycleStatus.NOT_STARTED


def proposes_complete(wanted: Wanted) -> bool:
    """Say whether a row whose status is not stated is complete by its newest RAG: Blue is complete."""
    rated = [update.rag for update in wanted.updates if update.rag is not None]
    return "status" not in wanted.values and bool(rated) and rated[-1] == "B"


def _dates(record: ActionRecord) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if record.start is not None:
        values["start_text"] = record.start.text
        if record.start.value is not None and record.start.value.first is not None:
            values["start"] = record.start.value.first
    if record.due is not None:
        values["due_text"] = record.due.text if record.due.text != NO_RESULT else ""
        if record.due.value is not None:
            values |= _due(record.due.value)
    for field in ("baseline_due", "actual_end", "review_date"):
        day = _last(getattr(record, field))
        if day is not None:
            values[field] = day
    return values


def _due(value: DateValue) -> dict[str, Any]:
    if value.last is not None:
        return {"forecast_due": value.last}
    return {"due_kind": value.kind} if value.kind is not None else {}


def _last(read: Read[DateValue] | None) -> date | None:
    return read.value.last if read is not None and read.value is not None else None


def _text(read: Read[str] | None) -> str:
    return read.value or "" if read is not None else ""


def _first_leads(leads: Sequence[Someone], partners: Sequence[Someone]) -> tuple[Someone | None, Someone | None]:
    """Return who leads: of the lead column the first name, of the lead partner column the first organisation."""
    first = leads[0] if leads else None
    organisation = next((each for each in partners if each.is_organisation), None)
    if first is None:
        person = next((each for each in partners if not each.is_organisation), None)
        return person, organisation
    if first.is_organisation:
        return None, first
    return first, organisation


def _unknown(name: str, kind: str, candidates: list[str], place: Place) -> Problem:
    if candidates:
        message = f"{quote(name)} may be {candidates[0]}; added as a new {kind}. Merge the two if they are one."
    else:
        message = f"{quote(name)} is not known yet and is added as a new {kind}."
    return Problem(place.sheet, place.cell, ProblemLevel.WARNING, message)
