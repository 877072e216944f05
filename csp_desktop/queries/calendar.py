"""The partnership's dates in one list: what is due when, whatever register says so. Nothing is sent to anybody."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from csp_desktop.registers.naming import read_names
from csp_desktop.rules.coming_back import outstanding
from csp_desktop.rules.periods import Quarter, add_months, shown_day
from csp_desktop.store import Store
from models.delivery import KeyDate, ReferralPathway, ReportingPeriod, Risk
from models.evidence import Assessment, Consultation
from models.meetings import Meeting
from models.people import Agreement, Organisation
from models.plan import Plan, Strategy
from models.terms import KeyDateKind, MeetingStatus, RiskStatus
from models.town_centre import OrderClause
from models.vocabulary import Word

MONTHS_BACK, MONTHS_AHEAD = 1, 18
LAPSED_MONTHS = 12
"""So long an order that has ended is still called for; after that it is history."""


class DateKind(Word):
    """What a date of the calendar is for."""

    REPORTING = "reporting"
    MEETING = "meeting"
    PLAN = "plan"
    ASSESSMENT = "assessment"
    ORDER = "order"
    AGREEMENT = "agreement"
    REVIEW = "review"
    CONSULTATION = "consultation"
    OTHER = "other"


_OF_KEY_DATE = {
    KeyDateKind.ANNUAL_REFRESH: DateKind.PLAN,
    KeyDateKind.ASSESSMENT: DateKind.ASSESSMENT,
    KeyDateKind.ORDER: DateKind.ORDER,
    KeyDateKind.AGREEMENT: DateKind.AGREEMENT,
    KeyDateKind.CONSULTATION: DateKind.CONSULTATION,
    KeyDateKind.OTHER: DateKind.OTHER,
}


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """One date. ``days_left`` is negative for a day that has passed, 0 for today.

    ``table`` and ``row_id`` are the row that says it, "" and 0 for a quarter that is only worked out. ``is_overdue``:
    the day has passed and what was due is still to be done. ``note`` is a sentence or empty.
    """

    day: date
    what: str
    kind: DateKind
    table: str
    row_id: int
    days_left: int
    is_overdue: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a calendar shows, both included, and today."""

    today: date
    first_day: date
    last_day: date

    def holds(self, day: date) -> bool:
        """Say whether a day is shown."""
        return self.first_day <= day <= self.last_day


def list_dates(
    store: Store, today: date, months_back: int = MONTHS_BACK, months_ahead: int = MONTHS_AHEAD
) -> list[CalendarDate]:
    """Return the dates from so many months back to so many ahead, by day; what is overdue is there however old."""
    span = Span(today, add_months(today, -months_back), add_months(today, months_ahead))
    with store.read() as connection:
        found = [each for read in _SOURCES for each in read(connection, span)]
    shown = [each for each in found if each.is_overdue or span.holds(each.day)]
    return sorted(shown, key=lambda each: (each.day, each.kind.value, each.what, each.row_id))


def _rows(connection: Connection, model: type[Any]) -> list[RowMapping]:
    return list(connection.execute(select(*model.__table__.c).order_by(model.id)).mappings())


def _date(span: Span, day: date, what: str, kind: DateKind, at: tuple[str, int]) -> CalendarDate:
    return CalendarDate(day, what, kind, *at, (day - span.today).days)


def _to_do(one: CalendarDate, note: str = "") -> CalendarDate:
    """Return a date that is overdue once its day has passed; ``note`` says what to do about it then."""
    late = one.days_left < 0
    return replace(one, is_overdue=late, note=note if late else one.note)


def _periods(connection: Connection, span: Span) -> Iterator[CalendarDate]:
    """Yield the ends of financial quarters, each under its own name where one is recorded for the same days."""
    recorded = _rows(connection, ReportingPeriod)
    papers = dict(connection.execute(select(Meeting.id, Meeting.papers_date)).all())
    quarter = Quarter.containing(span.first_day)
    while quarter.last_day <= span.last_day:
        days = (quarter.first_day, quarter.last_day)
        if all((row["first_day"], row["last_day"]) != days for row in recorded):
            yield _date(span, quarter.last_day, f"{quarter.label} ends", DateKind.REPORTING, ("", 0))
        quarter = quarter.following()
    for row in recorded:
        at = ("reporting_period", row["id"])
        yield _date(span, row["last_day"], f"{row['label']} ends", DateKind.REPORTING, at)
        if row["cut_off"]:
            yield _date(span, row["cut_off"], f"Cut-off for {row['label']}", DateKind.REPORTING, at)
        if row["papers_date"] and papers.get(row["meeting_id"]) != row["papers_date"]:
            yield _date(span, row["papers_date"], f"Papers for {row['label']} go out", DateKind.REPORTING, at)


def _meetings(connection: Connection, span: Span) -> Iterator[CalendarDate]:
    names = read_names(connection, "group").labels
    for row in _rows(connection, Meeting):
        if row["status"] is MeetingStatus.CANCELLED:
            continue
        at, group = ("meeting", row["id"]), names[row["group_id"]]
        held = _date(span, row["held_on"], f"{group} meets", DateKind.MEETING, at)
        held = replace(held, note=", ".join(part for part in (row["begins"], row["venue"]) if part))
        if row["status"] is MeetingStatus.HELD:
            yield held
            continue
        yield _to_do(held, "Still planned: say that it was held, or that it was cancelled.")
        meeting = f"the meeting on {shown_day(row['held_on'])}"
        if row["cut_off"]:
            yield _date(span, row["cut_off"], f"{group}: reports due for {meeting}", DateKind.MEETING, at)
        if row["papers_date"]:
            yield _date(span, row["papers_date"], f"{group}: papers go out for {meeting}", DateKind.MEETING, at)


def _orders(connection: Connection, span: Span) -> Iterator[CalendarDate]:
    """Yield when a clause ends and when it comes up for renewal; one that another has renewed is done with."""
    for row in _rows(connection, OrderClause):
        ends = row["expires"]
        if ends is None or row["renewed_by_id"] is not None or ends < add_months(span.today, -LAPSED_MONTHS):
            continue
        at, what = ("order_clause", row["id"]), f"{row['order_name']}: {row['clause']}"
        begins = add_months(ends, -row["warn_months"])
        if begins < ends:
            yield _date(span, begins, f"{what} comes up for renewal", DateKind.ORDER, at)
        end = _date(span, ends, f"{what} expires", DateKind.ORDER, at)
        if begins <= span.today:
            end = replace(end, note=f"Up for renewal since {shown_day(begins)}.")
        yield _to_do(end, "It has expired: record the clause that renews it, or let it go.")


def _agreements(connection: Connection, span: Span) -> Iterator[CalendarDate]:
    query = (
        select(Agreement.id, Agreement.title, Agreement.review_date, Organisation.name)
        .join(Organisation, Organisation.id == Agreement.organisation_id)
        .where(Agreement.review_date.is_not(None))
    )
    for row in connection.execute(query).mappings():
        what = f"Review {row['title']} with {row['name']}"
        yield _to_do(_date(span, row["review_date"], what, DateKind.AGREEMENT, ("agreement", row["id"])))


def _assessments(connection: Connection, span: Span) -> Iterator[CalendarDate]:
    """Yield when the next edition is due; the latest edition alone says so, for it met what those before it asked."""
    latest = connection.execute(select(func.max(Assessment.year))).scalar()
    for row in _rows(connection, Assessment):
        if row["next_due"] and row["year"] == latest:
            what = f"The edition after {row['title']} is due"
            yield _to_do(_date(span, row["next_due"], what, DateKind.ASSESSMENT, ("assessment", row["id"])))


def _reviews(connection: Connection, span: Span) -> Iterator[CalendarDate]:
    open_risks = select(Risk.id, Risk.review_date, Risk.ref + " " + Risk.title).where(Risk.status == RiskStatus.OPEN)
    pathways = select(ReferralPathway.id, ReferralPathway.review_date, ReferralPathway.concern)
    strategies = select(Strategy.id, Strategy.review_date, Strategy.name)
    sources = (
        ("referral_pathway", "referral pathway ", pathways),
        ("risk", "risk ", open_risks),
        ("strategy", "", strategies),
    )
    for table, noun, query in sources:
        for row_id, day, name in connection.execute(query):
            if day is not None:
                yield _to_do(_date(span, day, f"Review {noun}{name}", DateKind.REVIEW, (table, row_id)))


def _plans(connection: Connection, span: Span) -> Iterator[CalendarDate]:
    for row in _rows(connection, Plan):
        if row["ends"] and row["closed_on"] is None and row["superseded_by_id"] is None:
            end = _date(span, row["ends"], f"{row['title']} ends", DateKind.PLAN, ("plan", row["id"]))
            yield _to_do(end, "The plan is still open: close it, or let another supersede it.")


def _consultations(connection: Connection, span: Span) -> Iterator[CalendarDate]:
    for row in _rows(connection, Consultation):
        at, title = ("consultation", row["id"]), row["title"]
        if row["starts"]:
            yield _date(span, row["starts"], f"{title} opens", DateKind.CONSULTATION, at)
        if row["ends"]:
            yield _date(span, row["ends"], f"{title} closes", DateKind.CONSULTATION, at)


def _key_dates(connection: Connection, span: Span) -> Iterator[CalendarDate]:
    people, partners = (read_names(connection, table).labels for table in ("person", "organisation"))
    for row in _rows(connection, KeyDate):
        owner = people.get(row["owner_person_id"]) or partners.get(row["owner_organisation_id"], "")
        months = row["repeat_months"]
        notes = (owner, f"Comes back every {_months(months)}" if months else "", row["note"])
        note = ". ".join(part for part in notes if part)
        for day in outstanding(row["due"], months, row["done_on"], (span.today, span.last_day)):
            one = _date(span, day, row["title"], _OF_KEY_DATE[row["kind"]], ("key_date", row["id"]))
            yield _to_do(replace(one, note=note), note)


def _months(months: int) -> str:
    whole_years = {12: "year", 24: "two years", 36: "three years"}
    return whole_years.get(months) or ("month" if months == 1 else f"{months} months")


_SOURCES = (
    _periods,
    _meetings,
    _orders,
    _agreements,
    _assessments,
    _reviews,
    _plans,
    _consultations,
    _key_dates,
)
