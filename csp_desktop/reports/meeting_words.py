"""What the papers of a meeting share: its minutes, its log as a table, and posts where names are not published."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.queries.action_log import LogLine, raised_at
from csp_desktop.queries.meeting_papers import (
    DecisionLine,
    MinuteLine,
    RollLine,
    agenda_of,
    decisions_of,
    documents_of,
    minutes_of,
    roll_of,
)
from csp_desktop.queries.meetings import MeetingRow, first_after
from csp_desktop.queries.parties import UNNAMED, Party
from csp_desktop.queries.people import PersonRow, list_people
from csp_desktop.reports.action_tables import count
from csp_desktop.reports.blocks import Block, BulletList, Cell, Column, ColumnKind, Heading, Paragraph, Role, Table, day
from csp_desktop.reports.framing import NONE
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.terms import AgendaKind, AttendanceKind, LogStatus, MeetingStatus

NO_MEETING = "No meeting is recorded in this store yet, so there is nothing to show here."
DRAFT = "Draft: these minutes were not agreed yet."
NOT_PUBLISHED = "Until they are agreed, only the headings and the decisions are published."
TOP = 2
"""The level of a report's own sections."""

_TITLES = r"(?:Councillor|Cllr|Mr|Mrs|Ms|Miss|Mx|Dr|Inspector|Insp|Sergeant|Sgt|Superintendent|Supt|PC|DC|DI)\.?"
_HOW = {
    AttendanceKind.PRESENT: "Present",
    AttendanceKind.IN_ATTENDANCE: "In attendance",
    AttendanceKind.APOLOGIES: "Apologies",
    AttendanceKind.ABSENT: "Absent without apologies",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How people are named in a report: by name, or for the public by post.

    In free text the names of people that the store knows are put in brackets by post, and so are their surnames behind
    a title. Nobody can promise that no other name is in it: agreed minutes are read before they are published.
    """

    public: bool
    posts: Mapping[str, str]
    pattern: re.Pattern[str] | None

    def who(self, party: Party | None, otherwise: str = NONE) -> str:
        """Return who is meant, or what stands for nobody."""
        return (party.called(public=self.public) if party is not None else "") or otherwise

    def width(self, weight: float) -> float:
        """Return the share of the width of a column that says who: a post is longer than a name."""
        return weight * 1.8 if self.public else weight

    def text(self, text: str) -> str:
        """Return free text as it is shown."""
        if self.pattern is None:
            return text
        return self.pattern.sub(lambda found: f"[{self.posts[fold(found[1] or found[2])]}]", text)


def wording_of(store: Store, *, public: bool) -> Wording:
    """Return how people are named in a report."""
    people = [row for row in list_people(store) if row.erased_certificate is None] if public else []
    full = {name: _post(row) for row in people for name in (row.name, *row.aliases) if " " in name.strip()}
    last = {row.name.split()[-1]: _post(row) for row in people if row.name.split()}
    if not full and not last:
        return Wording(public, {}, None)
    written = [
        "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or "(?!)" for names in (full, last)
    ]
    pattern = re.compile(rf"\b(?:({written[0]})|{_TITLES}\s+({written[1]}))(?!\w)", re.IGNORECASE)
    return Wording(public, {fold(name): post for name, post in (last | full).items()}, pattern)


def _post(row: PersonRow) -> str:
    return row.job_title or row.organisation or UNNAMED


def log_table(lines: Sequence[LogLine], on: date, wording: Wording, caption: str, empty: str) -> Table:
    """Return entries of a log as they stood on a day; for the public without what their owners wrote."""
    columns = (
        Column("Ref", weight=0.9),
        Column("Action", weight=2.4),
        Column("Owner", weight=wording.width(1.3)),
        Column("Due", ColumnKind.DATE, 1.0),
        Column("Late", ColumnKind.NUMBER, 0.6, "days"),
        Column("Where it stands", weight=2.2),
        Column("Status", weight=1.3),
    )
    rows = [
        (
            line.ref,
            wording.text(line.title),
            wording.who(line.owner, "no owner"),
            line.due or line.due_text or "no date",
            line.days_late(on),
            line.position.strip() or "nothing said",
            _status(line, on),
        )
        for line in lines
    ]
    return without(Table(caption, columns, tuple(rows), empty), {"Where it stands"} if wording.public else set())


def _status(line: LogLine, on: date) -> str:
    """Say where an entry stood on a day, since when, and which plan action it became."""
    status = line.status_on(on)
    since = line.completed_on if status is LogStatus.COMPLETED else line.closed_on
    parts = [status.label if status is LogStatus.OPEN or since is None else f"{status.label} {day(since)}"]
    if line.action_ref:
        parts.append(f"{line.action_ref} in the plan" + (", complete" if line.suggests_completion else ""))
    return "\n".join(parts)


def without(table: Table, headings: set[str]) -> Table:
    """Return a table without some of its columns."""
    kept = [at for at, column in enumerate(table.columns) if column.heading not in headings]

    def cells(row: Sequence[Cell]) -> tuple[Cell, ...]:
        return tuple(row[at] for at in kept)

    columns = tuple(table.columns[at] for at in kept)
    return Table(table.caption, columns, tuple(cells(row) for row in table.rows), table.empty, table.total)


def when_and_where(meeting: MeetingRow, wording: Wording, chair: Party | None) -> str:
    """Say in a sentence or two when and where a meeting is or was, and who chairs it."""
    verb = {MeetingStatus.HELD: "met", MeetingStatus.CANCELLED: "was to meet"}.get(meeting.status, "meets")
    at = f" at {meeting.begins}" if meeting.begins else ""
    where = f", {meeting.venue}" if meeting.venue else ""
    when = f"in {meeting.dated_text}" if meeting.dated_text else f"on {day(meeting.held_on)}"
    off = " The meeting was called off." if meeting.status is MeetingStatus.CANCELLED else ""
    chaired = f" Chair: {wording.who(chair)}." if chair else ""
    return f"The {meeting.group.removeprefix('The ')} {verb} {when}{at}{where}.{off}{chaired}"


def minutes_blocks(store: Store, meeting: MeetingRow, wording: Wording, level: int) -> list[Block]:
    """Return the minutes of a meeting: who was there, what was minuted and decided, what was raised, what is next.

    Its sections have headings of ``level`` 2, or 3 in the pack of the meeting after, which says itself when that is.
    """
    minutes = minutes_of(store, meeting.id)
    agreed = meeting.minutes_agreed
    withheld = wording.public and agreed is None
    blocks: list[Block] = [Paragraph(f"Agreed on {day(agreed)}." if agreed else DRAFT, Role.MUTED)]
    if withheld:
        blocks.append(Paragraph(NOT_PUBLISHED))
    blocks += _attendance(roll_of(store, meeting.id), wording, level)
    blocks += _declarations(store, meeting, minutes, level)
    blocks.append(Heading(level, "Minutes"))
    if not minutes:
        blocks.append(Paragraph("No minutes of this meeting are kept."))
    blocks += _headings_alone(minutes, wording) if withheld else _minuted(minutes, wording)
    loose = [each for each in decisions_of(store, meeting.id) if each.minute_id is None]
    if loose:
        blocks += [Heading(level, "Decisions"), _decided(loose, wording)]
    raised = raised_at(store, meeting.id)
    table = log_table(
        raised, meeting.held_on, wording, f"{_entries(len(raised))} raised at this meeting", "No action was raised."
    )
    blocks += [Heading(level, "Actions raised"), without(table, {"Late", "Where it stands", "Status"})]
    if level == TOP:
        blocks += [Heading(level, "Next meeting"), Paragraph(_next(first_after(store, meeting)))]
    return blocks


def are_recorded(store: Store, meeting: MeetingRow) -> bool:
    """Say whether anything is recorded of what happened at a meeting: a minute, a decision, who was there."""
    is_minuted = bool(minutes_of(store, meeting.id) or decisions_of(store, meeting.id))
    return is_minuted or any(line.kind for line in roll_of(store, meeting.id)) or bool(raised_at(store, meeting.id))


def nothing_recorded(store: Store, meeting: MeetingRow) -> Paragraph:
    """Say that nothing is recorded of a meeting, and which documents are kept with it."""
    kept = "; ".join(each.title for each in documents_of(store, meeting.id))
    also = f" Kept with the meeting: {kept}." if kept else ""
    return Paragraph(f"No minutes of this meeting are recorded.{also}")


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def _attendance(roll: Sequence[RollLine], wording: Wording, level: int) -> list[Block]:
    blocks: list[Block] = []
    for kind, heading in _HOW.items():
        lines = [line for line in roll if line.kind is kind]
        if lines:
            blocks += [Heading(level, heading), BulletList(tuple(_attended(line, wording) for line in lines))]
    return blocks or [Heading(level, "Present"), Paragraph("Who was there is not recorded.")]


def _attended(line: RollLine, wording: Wording) -> str:
    party = line.party
    is_named = not wording.public and party.person and party.organisation
    who = f"{party.person}, {party.organisation}" if is_named else wording.who(party)
    role = f" ({line.role})" if line.role and fold(line.role) != "member" else ""
    came = f"; {wording.who(line.deputy)} came in their place" if line.deputy else ""
    return f"{who}{role}{came}"


def _declarations(store: Store, meeting: MeetingRow, minutes: Sequence[MinuteLine], level: int) -> list[Block]:
    """Say that nobody declared an interest where no minute is about it; else its minute says."""
    items = {line.id for line in agenda_of(store, meeting.id) if line.kind is AgendaKind.DECLARATIONS}
    said = [each for each in minutes if each.agenda_item_id in items or fold(each.title).startswith("declaration")]
    text = f"See {said[0].label}." if said else "No declaration of interest is recorded."
    return [Heading(level, "Declarations of interest"), Paragraph(text)]


def _minuted(minutes: Sequence[MinuteLine], wording: Wording) -> list[Block]:
    blocks: list[Block] = []
    for minute in minutes:
        blocks.append(Heading(3, f"{minute.label}: {wording.text(minute.title)}"))
        if minute.text.strip():
            blocks.append(Paragraph(wording.text(minute.text.strip())))
        if minute.decisions:
            blocks.append(_decided(minute.decisions, wording))
    return blocks


def _headings_alone(minutes: Sequence[MinuteLine], wording: Wording) -> list[Block]:
    """Return what is published of minutes that were not agreed yet."""
    items: list[str] = []
    for minute in minutes:
        items.append(f"{minute.label}: {wording.text(minute.title)}")
        items += _decided(minute.decisions, wording).items
    return [BulletList(tuple(items))] if items else []


def _decided(decisions: Sequence[DecisionLine], wording: Wording) -> BulletList:
    return BulletList(tuple(f"Decided: {wording.text(each.wording)}" for each in decisions))


def _next(following: MeetingRow | None) -> str:
    if following is None:
        return "No later meeting of this group is planned yet."
    at = f" at {following.begins}" if following.begins else ""
    return f"{following.dated}{at}{f', {following.venue}' if following.venue else ''}."


def summary(lines: Sequence[LogLine], on: date) -> str:
    """Say how many entries are carried, and how many of them are overdue and wait to be closed."""
    late = sum(line.days_late(on) > 0 for line in lines)
    done = sum(line.status_on(on) is LogStatus.COMPLETED for line in lines)
    return f"{_entries(len(lines))}: {late:,} overdue, {done:,} completed and to be closed"


def listed(number: int, what: str) -> str:
    """Return "no items", "1 item", "2 items"."""
    return count(number, what) if number else f"no {what}s"
