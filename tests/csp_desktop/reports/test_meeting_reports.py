"""The pack of a meeting, its minutes and the action log, on paper, as a workbook, and for the public."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from csp_desktop.commands.entries import add_entry
from csp_desktop.commands.meetings import agree_minutes, make_agenda, minute, record_attendance, reopen_minutes
from csp_desktop.errors import CspError
from csp_desktop.queries.meeting_papers import roll_of
from csp_desktop.queries.meetings import get_meeting, list_meetings
from csp_desktop.registers.forms import Register
from csp_desktop.reports.action_log import ActionLogScope, action_log
from csp_desktop.reports.blocks import BulletList, Heading, Paragraph, Report, Table, cell_text, flatten
from csp_desktop.reports.meeting_pack import MeetingScope, meeting_pack
from csp_desktop.reports.meeting_words import DRAFT, NO_MEETING, NOT_PUBLISHED
from csp_desktop.reports.minutes import minutes_report
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.reports.sheet import write_workbook
from csp_desktop.store import Store
from models.meetings import Meeting
from models.terms import AttendanceKind
from tests.csp_desktop.reports.pdf_checker import check, dump
from tests.factories import TODAY, Clock, new_store

GOLDEN = Path(__file__).parents[2] / "golden" / "meeting_pack_structure.txt"
BOARD = "Communities Partnership Board"
LAST, NEXT = date(2026, 9, 15), date(2026, 12, 8)
NAMES = ("Amina", "Shah", "Briggs", "Kowalska")


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A board that met, meets again, and has a log."""
    store = new_store(tmp_path_factory.mktemp("met"), Clock())
    for name, post in (("Amina Shah", "Inspector"), ("Tom Briggs", "Community safety manager"), ("Ewa Kowalska", "")):
        add_entry(store, Register.PEOPLE, {"name": name, "job_title": post, "organisation": "West Yorkshire Police"})
    for name, role in (("Amina Shah", "Chair"), ("Tom Briggs", "Member")):
        add_entry(store, Register.GROUP_MEMBERS, {"group": BOARD, "person": name, "role": role})
    add_entry(store, Register.DEPUTIES, {"person": "Tom Briggs", "deputy": "Ewa Kowalska"})
    last, following = (
        add_entry(store, Register.MEETINGS, {"group": BOARD, "held_on": day, "chair": "Amina Shah", "status": status})
        for day, status in ((LAST, "held"), (NEXT, "planned"))
    )
    for line in roll_of(store, last):
        if line.party.name == "Amina Shah":
            record_attendance(store, last, line.seat, AttendanceKind.PRESENT)
        elif line.deputies:
            record_attendance(store, last, line.seat, AttendanceKind.APOLOGIES, line.deputies[0].person_id)
    first = minute(store, last, "Progress of the plan", "Amina Shah reported. Mr Briggs thanked West Yorkshire Police.")
    add_entry(store, Register.DECISIONS, {"meeting": last, "minute": first, "wording": "Ask Tom Briggs to report."})
    make_agenda(store, following)
    item = {"meeting": following, "title": "Hate crime", "presenter": "Tom Briggs", "paper": "A report by Amina Shah"}
    add_entry(store, Register.AGENDA, item | {"decision_asked": "Note it"})
    for values in (
        {"title": "Bring the figures", "owner": "Amina Shah", "due": date(2026, 11, 13), "position": "Half are there."},
        {"title": "Book the hall", "owner": "West Yorkshire Police", "completed_on": date(2026, 10, 2)},
        {"title": "Visit the market", "due_text": "before Christmas"},
        {"title": "Write to the traders", "owner": "Tom Briggs", "closed_on": date(2026, 10, 9)},
    ):
        add_entry(store, Register.LOG, {"meeting": last, **values})
    yield store
    store.close()


def tables_of(report: Report) -> dict[str, Table]:
    """The tables of a report under the heading that stands above each; the last where two are headed alike."""
    found: dict[str, Table] = {}
    heading = ""
    for block in flatten(report.blocks):
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Table):
            found[heading] = block
    return found


def said(report: Report) -> str:
    parts = [report.title, report.subtitle, report.author, report.subject]
    for block in flatten(report.blocks):
        match block:
            case Table():
                parts += [block.caption, *(cell_text(cell) for row in block.rows for cell in row)]
            case BulletList():
                parts += block.items
            case Heading() | Paragraph():
                parts.append(block.text)
            case _:
                pass
    return "\n".join(parts)


def test_a_pack_has_the_agenda_the_last_minutes_and_what_is_carried_forward(met: Store) -> None:
    report = meeting_pack(met, MeetingScope(TODAY))
    assert report.subtitle == f"{BOARD}, 8 Dec 2026"
    text = said(report)
    assert "The agenda has 7 items, and asks for 1 decision." in text
    assert "Carried forward from the action log: 3, of which 1 overdue." in text
    tables = tables_of(report)
    assert tables["Agenda"].rows[4] == ("5", "Hate crime", "Tom Briggs", "A report by Amina Shah", "Note it")
    assert "Minute 1: Progress of the plan" in text
    assert "Decided: Ask Tom Briggs to report." in text
    assert "Amina Shah, West Yorkshire Police (Chair)" in text
    assert "Tom Briggs, West Yorkshire Police; Ewa Kowalska came in their place" in text
    carried = tables["Matters arising and action log"]
    assert carried.caption == "Carried forward to 8 Dec 2026, 3 entries: 1 overdue, 1 completed and to be closed"
    assert carried.rows == (
        ("LOG-0001", "Bring the figures", "Amina Shah", date(2026, 11, 13), 10, "Half are there.", "Open"),
        ("LOG-0003", "Visit the market", "no owner", "before Christmas", 0, "nothing said", "Open"),
        ("LOG-0002", "Book the hall", "West Yorkshire Police", "no date", 0, "nothing said", "Completed 2 Oct 2026"),
    )
    assert tables["Coming up"].rows


def test_the_structure_of_the_pack_is_as_agreed_and_without_a_fault(met: Store) -> None:
    content = pdf_bytes(meeting_pack(met, MeetingScope(TODAY)))
    assert check(content) == []
    assert dump(content) == GOLDEN.read_text(encoding="utf-8")


def test_minutes_are_of_the_last_meeting_while_the_next_has_none(met: Store) -> None:
    report = minutes_report(met, MeetingScope(TODAY))
    assert report.subtitle == f"{BOARD}, 15 Sep 2026"
    assert DRAFT in said(report)
    assert [column.heading for column in tables_of(report)["Actions raised"].columns] == [
        "Ref", "Action", "Owner", "Due",
    ]  # fmt: skip
    assert "8 Dec 2026." in said(report)
    coming = minutes_report(met, MeetingScope(TODAY, "8 December 2026"))
    assert "No minutes of this meeting are recorded." in said(coming)
    with pytest.raises(CspError, match="no meeting “yesterday”"):
        minutes_report(met, MeetingScope(TODAY, "yesterday"))


def test_the_log_says_what_is_open_what_waits_and_what_ended(met: Store) -> None:
    report = action_log(met, ActionLogScope(TODAY))
    assert "2 open, 1 of them overdue; 1 completed by their owners and waiting for the group; 1 ended" in said(report)
    tables = tables_of(report)
    assert [row[0] for row in tables["Overdue"].rows] == ["LOG-0001"]
    assert [row[0] for row in tables["Open"].rows] == ["LOG-0001", "LOG-0003"]
    assert [row[0] for row in tables["Completed, for the group to close"].rows] == ["LOG-0002"]
    assert [row[-1] for row in tables["Ended in the last 12 months"].rows] == ["Closed 9 Oct 2026"]
    before = action_log(met, ActionLogScope(date(2026, 10, 1)))
    assert len(tables_of(before)["Open"].rows) == 4
    assert "The action log is empty" in said(action_log(met, ActionLogScope(TODAY, "Safer Dewsbury Town Centre Group")))
    with pytest.raises(CspError, match="There is no group “Nobody” in this store; there is Communities"):
        action_log(met, ActionLogScope(TODAY, "Nobody"))


def test_the_public_reads_posts_and_no_name(met: Store) -> None:
    for report in (
        meeting_pack(met, MeetingScope(TODAY, public=True)),
        minutes_report(met, MeetingScope(TODAY, public=True)),
        action_log(met, ActionLogScope(TODAY, public=True)),
    ):
        text = said(report)
        assert not [name for name in NAMES if name in text]
        assert "Half are there." not in text
        assert "Inspector, West Yorkshire Police" in text
    draft = said(minutes_report(met, MeetingScope(TODAY, public=True)))
    assert NOT_PUBLISHED in draft
    assert "Decided: Ask [Community safety manager] to report." in draft
    assert "thanked" not in draft


def test_agreed_minutes_are_published_with_posts_for_names(met: Store) -> None:
    meeting = next(row.id for row in list_meetings(met) if row.held_on == LAST)
    agree_minutes(met, meeting, get_meeting(met, meeting).version, NEXT)
    try:
        text = said(minutes_report(met, MeetingScope(TODAY, public=True)))
        assert "[Inspector] reported. [Community safety manager] thanked West Yorkshire Police." in text
        assert "Agreed on 8 Dec 2026." in text
    finally:
        reopen_minutes(met, meeting, get_meeting(met, meeting).version)


def test_a_workbook_has_the_log_with_real_dates(met: Store, tmp_path: Path) -> None:
    write_workbook(action_log(met, ActionLogScope(TODAY)), tmp_path / "log.xlsx")
    book = load_workbook(tmp_path / "log.xlsx")
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    figures = next(row for row in rows if row[:2] == ("LOG-0001", "Bring the figures"))
    assert getattr(figures[3], "year", None) == 2026


def test_a_store_without_meetings_has_reports_that_say_so(tmp_path: Path, clock: Clock) -> None:
    store = new_store(tmp_path, clock, "empty")
    try:
        with store.write("Take the meetings out") as session:
            for row in list_meetings(store):
                session.delete(session.get_one(Meeting, row.id))
        assert NO_MEETING in said(meeting_pack(store, MeetingScope(TODAY)))
        assert NO_MEETING in said(minutes_report(store, MeetingScope(TODAY)))
        assert "The action log is empty" in said(action_log(store, ActionLogScope(TODAY)))
    finally:
        store.close()
