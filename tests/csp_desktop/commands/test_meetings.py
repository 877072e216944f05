"""Meetings: the agenda's usual order, the roll, minutes numbered through the year, agreed minutes, documents."""

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.commands.documents import (
    MOST_BYTES,
    attach_document,
    document_content,
    erase_document,
    save_document,
    withdraw_document,
)
from csp_desktop.commands.entries import add_entry, add_in, edit_entry, withdraw_entry
from csp_desktop.commands.erasure import certificate_number
from csp_desktop.commands.meetings import (
    agree_minutes,
    cancel_meeting,
    hold_meeting,
    make_agenda,
    minute,
    move_item,
    record_attendance,
    reopen_minutes,
    take_roll,
)
from csp_desktop.errors import CspError, RowChangedError, UnreadableFileError
from csp_desktop.queries.entries import find_entry, list_entries
from csp_desktop.queries.meeting_papers import Seat, agenda_of, decisions_of, documents_of, minutes_of, roll_of
from csp_desktop.queries.meetings import default_meeting, find_meeting, get_meeting, last_held, next_meeting
from csp_desktop.queries.records import list_steps
from csp_desktop.registers.forms import Register
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.terms import AttendanceKind, MeetingStatus
from models.vocabulary import StepKind
from tests.factories import Clock, new_store

BOARD = "Our Board"
TOWN = "Our Town Centre Group"
JUNE, SEPTEMBER = date(2026, 6, 9), date(2026, 9, 15)


@dataclass(frozen=True)
class Year:
    """Two meetings of a board of our own, June held and September to come, and one of another group."""

    june: int
    september: int
    town: int


@pytest.fixture
def year(store: Store) -> Year:
    for name, kind in ((BOARD, "board"), (TOWN, "town_centre_group")):
        add_entry(store, Register.GROUPS, {"name": name, "kind": kind})
    june = add_entry(store, Register.MEETINGS, {"group": BOARD, "held_on": JUNE, "status": "held"})
    september = add_entry(store, Register.MEETINGS, {"group": BOARD, "held_on": SEPTEMBER})
    return Year(june, september, add_entry(store, Register.MEETINGS, {"group": TOWN, "held_on": JUNE}))


def titles(store: Store, meeting_id: int) -> list[str]:
    return [line.title for line in agenda_of(store, meeting_id)]


def version_of(store: Store, meeting_id: int) -> int:
    return get_meeting(store, meeting_id).version


def test_an_agenda_has_the_usual_order_with_its_items_between(store: Store, year: Year) -> None:
    add_entry(store, Register.AGENDA, {"meeting": year.june, "title": "Hate crime", "presenter": "Amina Shah"})
    make_agenda(store, year.june)
    make_agenda(store, year.june)
    add_entry(store, Register.AGENDA, {"meeting": year.june, "title": "Town centre", "paper": "A report"})
    assert titles(store, year.june) == [
        "Welcome and apologies", "Declarations of interest", "Minutes of the last meeting",
        "Matters arising and action log", "Hate crime", "Town centre", "Any other business",
        "Date of the next meeting",
    ]  # fmt: skip
    assert [line.position for line in agenda_of(store, year.june)] == list(range(1, 9))
    store.undo()
    store.undo()
    assert titles(store, year.june) == ["Hate crime"]


def test_an_item_moves_and_the_rest_is_numbered_again(store: Store, year: Year) -> None:
    make_agenda(store, year.june)
    last = agenda_of(store, year.june)[-1]
    move_item(store, last.id, last.version, -1)
    assert titles(store, year.june)[-2:] == ["Date of the next meeting", "Any other business"]
    with pytest.raises(RowChangedError, match="Nothing was moved"):
        move_item(store, last.id, last.version, -1)
    first = agenda_of(store, year.june)[0]
    move_item(store, first.id, first.version, -1)
    assert agenda_of(store, year.june)[0] == first
    store.undo()
    assert titles(store, year.june)[-1] == "Date of the next meeting"


def test_the_roll_is_of_those_whose_seats_hold_that_day_with_their_deputies(store: Store, year: Year) -> None:
    seats = (
        {"person": "Amina Shah", "organisation": "West Yorkshire Police", "role": "Chair"},
        {"organisation": "Kirklees Council"},
        {"person": "Gone Before", "ends": date(2026, 6, 8)},
        {"person": "Still To Come", "starts": date(2026, 6, 10)},
    )
    for seat in seats:
        add_entry(store, Register.GROUP_MEMBERS, {"group": BOARD, **seat})
    add_entry(store, Register.DEPUTIES, {"person": "Amina Shah", "deputy": "Tom Briggs", "starts": date(2026, 1, 1)})
    add_entry(store, Register.DEPUTIES, {"person": "Amina Shah", "deputy": "Old Deputy", "ends": date(2025, 1, 1)})
    shah, council = roll_of(store, year.june)
    assert (shah.party.name, shah.role, shah.kind) == ("Amina Shah", "Chair", None)
    assert shah.party.post == "West Yorkshire Police"
    assert [each.name for each in shah.deputies] == ["Tom Briggs"]
    assert take_roll(store, year.june) == 2
    record_attendance(store, year.june, shah.seat, AttendanceKind.APOLOGIES, shah.deputies[0].person_id)
    guest = store_person(store, "A Guest")
    record_attendance(store, year.june, Seat(guest), AttendanceKind.IN_ATTENDANCE)
    shah, council, visitor = roll_of(store, year.june)
    assert (shah.kind, shah.deputy and shah.deputy.name) == (AttendanceKind.APOLOGIES, "Tom Briggs")
    assert (council.kind, council.party.name, visitor.is_member) == (AttendanceKind.PRESENT, "Kirklees Council", False)
    assert take_roll(store, year.june) == 0
    record_attendance(store, year.june, Seat(guest), None)
    assert len(roll_of(store, year.june)) == 2
    with pytest.raises(CspError, match="Nobody was named"):
        record_attendance(store, year.june, Seat(), AttendanceKind.PRESENT)


def store_person(store: Store, name: str) -> int:
    return add_entry(store, Register.PEOPLE, {"name": name})


def test_a_meeting_is_held_from_its_day_on(store: Store, year: Year) -> None:
    with pytest.raises(FieldError, match="it can be marked as held from that day on"):
        hold_meeting(store, year.september, version_of(store, year.september), date(2026, 9, 14))
    hold_meeting(store, year.september, version_of(store, year.september), SEPTEMBER)
    assert get_meeting(store, year.september).status is MeetingStatus.HELD
    cancel_meeting(store, year.town, version_of(store, year.town))
    assert get_meeting(store, year.town).status is MeetingStatus.CANCELLED
    assert [step.label for step in list_steps(store)[:2]] == ["Call off a meeting", "Mark a meeting as held"]


def test_the_meeting_that_is_meant(store: Store, year: Year) -> None:
    for text in ("2026-06-09", "9 Jun 2026", "9th June 2026", "09/06/2026"):
        named = find_meeting(store, f"{BOARD}, {text}", JUNE)
        assert named is not None
        assert named.id == year.june
    assert found_id(store, "15 September 2026") == year.september
    assert found_id(store, TOWN) == year.town
    with pytest.raises(CspError, match=r"may be one of several meetings: Our Board, 9 Jun 2026; Our Town"):
        find_meeting(store, "9 Jun 2026", JUNE)
    with pytest.raises(CspError, match=r"no meeting “soon” in this store; there is Our Board, 15 Sep 2026"):
        find_meeting(store, "soon", JUNE)
    with pytest.raises(CspError, match="no meeting “31 Feb 2026”"):
        find_meeting(store, "31 Feb 2026", JUNE)
    coming = next_meeting(store, date(2026, 6, 10))
    assert (coming and coming.id, found_id(store, None, date(2026, 6, 10))) == (year.september, year.september)
    last = last_held(store, SEPTEMBER, coming.group_id if coming else None)
    assert last is not None
    assert last.id == year.june
    assert next_meeting(store, date(2026, 9, 16)) is None
    assert found_id(store, None, date(2026, 9, 16)) == year.june


def found_id(store: Store, text: str | None, today: date = JUNE) -> int | None:
    found = find_meeting(store, text, today)
    return found and found.id


def test_a_meeting_is_dated_in_words_where_its_day_is_not_known(store: Store) -> None:
    add_entry(store, Register.GROUPS, {"name": BOARD, "kind": "board"})
    values = {"group": BOARD, "held_on": date(2019, 9, 1), "dated_text": "Sep 2019", "status": "held"}
    meeting_id = add_entry(store, Register.MEETINGS, values)
    assert get_meeting(store, meeting_id).name == "Our Board, Sep 2019"
    assert found_id(store, "sep 2019") == meeting_id


def test_a_store_without_meetings_has_none_that_is_meant(bare: Store) -> None:
    assert default_meeting(bare, JUNE) is None
    assert find_meeting(bare, "9 Jun 2026", JUNE) is None


def test_minutes_are_numbered_through_the_municipal_year_of_their_group(store: Store, year: Year) -> None:
    april = add_entry(store, Register.MEETINGS, {"group": BOARD, "held_on": date(2027, 4, 20)})
    may = add_entry(store, Register.MEETINGS, {"group": BOARD, "held_on": date(2027, 5, 20)})
    for meeting_id in (year.june, year.june, april, may, year.town):
        minute(store, meeting_id, "Welcome")
    numbers = [[line.label for line in minutes_of(store, each)] for each in (year.june, april, may, year.town)]
    assert numbers == [["Minute 1", "Minute 2"], ["Minute 3"], ["Minute 1"], ["Minute 1"]]
    with pytest.raises(FieldError, match="Minute 2 of 2026/27 is there already"):
        add_entry(store, Register.MINUTES, {"meeting": april, "title": "Again", "number": 2})
    with pytest.raises(FieldError, match="lies in another"):
        edit_entry(store, Register.MEETINGS, april, version_of(store, april), {"held_on": date(2027, 5, 2)})
    kept = minutes_of(store, april)[0]
    edit_entry(store, Register.MINUTES, kept.id, kept.version, {"meeting": may})
    assert [line.number for line in minutes_of(store, may)] == [1, 2]
    add_entry(store, Register.DECISIONS, {"meeting": year.june, "wording": "To go on", "minute": "Minute 2"})
    assert [each.wording for each in minutes_of(store, year.june)[1].decisions] == ["To go on"]


@settings(max_examples=12)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2), st.none() | st.integers(1, 6)), max_size=12))
def test_no_number_of_a_year_is_given_twice_in_whatever_order_minutes_come(
    numbering: Store, steps: list[tuple[bool, int, int | None]]
) -> None:
    meetings = [row.id for row in sorted(list_entries(numbering, Register.MEETINGS), key=lambda row: row.id)[-3:]]
    for step, (is_withdrawal, which, number) in enumerate(steps):
        rows = minutes_of(numbering, meetings[which])
        if is_withdrawal and rows:
            withdraw_entry(numbering, Register.MINUTES, rows[-1].id, rows[-1].version)
            continue
        values = {"meeting": meetings[which], "title": f"Item {step}", "number": number}
        try:
            add_entry(numbering, Register.MINUTES, values)
        except FieldError as refused:
            assert "already" in str(refused)  # noqa: PT017 - a number that is taken, and nothing else
    numbers = [line.number for meeting_id in meetings for line in minutes_of(numbering, meeting_id)]
    assert len(numbers) == len(set(numbers))
    for row in list_entries(numbering, Register.MINUTES):
        withdraw_entry(numbering, Register.MINUTES, row.id, row.version)


@pytest.fixture(scope="module")
def numbering(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = new_store(tmp_path_factory.mktemp("numbering"), Clock())
    for month in (6, 9, 12):
        values = {"group": "Communities Partnership Board", "held_on": date(2031, month, 3)}
        add_entry(store, Register.MEETINGS, values)
    return store


def test_agreed_minutes_stand_until_they_are_opened_again(store: Store, year: Year) -> None:
    minute_id = minute(store, year.june, "Welcome", "The Chair welcomed everybody.")
    decision = add_entry(store, Register.DECISIONS, {"meeting": year.june, "wording": "To go on", "minute": minute_id})
    with pytest.raises(FieldError, match="agreed before it was held"):
        agree_minutes(store, year.june, version_of(store, year.june), date(2026, 6, 1))
    agree_minutes(store, year.june, version_of(store, year.june), SEPTEMBER)
    refused = "agreed on 15 Sep 2026 and stand as agreed"
    with pytest.raises(FieldError, match=refused):
        minute(store, year.june, "One more")
    with pytest.raises(FieldError, match=refused):
        edit_entry(store, Register.MINUTES, minute_id, 1, {"text": "Otherwise"})
    with pytest.raises(FieldError, match=refused):
        withdraw_entry(store, Register.DECISIONS, decision, 1)
    with pytest.raises(FieldError, match=refused):
        take_roll(store, year.june)
    with pytest.raises(CspError, match="agreed on 15 Sep 2026 already"):
        agree_minutes(store, year.june, version_of(store, year.june), SEPTEMBER)
    with pytest.raises(CspError, match="not marked as held"):
        agree_minutes(store, year.september, version_of(store, year.september), SEPTEMBER)
    with store.write("Bring in old minutes", kind=StepKind.IMPORT) as session:
        add_in(session, Register.MINUTES, {"meeting": year.june, "title": "From the book"})
    reopen_minutes(store, year.june, version_of(store, year.june))
    edit_entry(store, Register.MINUTES, minute_id, 1, {"text": "Otherwise"})
    assert [line.text for line in minutes_of(store, year.june)] == ["Otherwise", ""]
    assert len(decisions_of(store, year.june)) == 1
    with pytest.raises(CspError, match="open already"):
        reopen_minutes(store, year.june, version_of(store, year.june))


def word_file() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", "<document/>")
    return content.getvalue()


def test_a_document_is_kept_in_the_store_and_comes_back_after_an_undo(store: Store, year: Year, tmp_path: Path) -> None:
    (tmp_path / "minutes.docx").write_bytes(word_file())
    kept = attach_document(store, year.june, tmp_path / "minutes.docx", "Signed minutes")
    again = attach_document(store, year.september, tmp_path / "minutes.docx")
    (line,) = documents_of(store, year.june)
    assert (line.title, line.file_name, line.size) == ("Signed minutes", "minutes.docx", len(word_file()))
    assert documents_of(store, year.september)[0].title == "minutes"
    withdraw_document(store, kept, 1)
    withdraw_document(store, again, 1)
    assert documents_of(store, year.june) == []
    with pytest.raises(CspError, match="no longer in the store"):
        document_content(store, kept)
    store.undo()
    store.undo()
    save_document(store, kept, tmp_path / "copy.docx")
    assert (tmp_path / "copy.docx").read_bytes() == word_file()
    assert list_steps(store)[0].label == "Save a document of a meeting outside the store"
    assert store.verify_audit().is_whole
    with pytest.raises(CspError, match="names this meeting"):
        withdraw_entry(store, Register.MEETINGS, year.june, version_of(store, year.june))


def test_a_file_that_should_not_have_been_kept_is_erased_for_good(store: Store, year: Year, tmp_path: Path) -> None:
    (tmp_path / "named.txt").write_text("Whom it names", encoding="utf-8")
    (tmp_path / "other.txt").write_text("Nobody", encoding="utf-8")
    kept = attach_document(store, year.june, tmp_path / "named.txt", "A file that names somebody")
    again = attach_document(store, year.september, tmp_path / "named.txt")
    other = attach_document(store, year.june, tmp_path / "other.txt")
    withdraw_document(store, again, 1)
    withdrawal = list_steps(store)[0].id
    erase_document(store, kept, certificate_number(kept, datetime(2026, 6, 9, 9, 0, tzinfo=UTC)))
    assert [line.id for line in documents_of(store, year.june)] == [other]
    for step in (withdrawal, list_steps(store)[0].id):
        with pytest.raises(CspError):
            store.undo_step(step)
    assert store.verify_audit().is_whole
    with store.read() as connection:
        kept_files = connection.exec_driver_sql("SELECT content FROM kept_file").scalars().all()
        trail = connection.exec_driver_sql("SELECT before, after FROM audit_change").all()
    assert kept_files == [b"Nobody"]
    assert "A file that names" not in str(trail)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("run.exe", b"MZ", "not a kind of document that is kept here"),
        ("empty.pdf", b"", "is empty"),
        ("picture.pdf", b"\x89PNG", "not what its ending says"),
        ("broken.docx", b"PK\x03\x04 and no more", "not what its ending says"),
        ("sheet.xlsx", word_file(), "not what its ending says"),
        ("secret.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected with a password"),
        ("long.txt", b"a" * (MOST_BYTES + 1), "larger than 20 MB"),
    ],
)
def test_a_file_that_is_no_document_is_refused(
    store: Store, year: Year, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFileError, match=sentence):
        attach_document(store, year.june, tmp_path / name)
    with pytest.raises(UnreadableFileError, match="could not be read"):
        attach_document(store, year.june, tmp_path / "missing.pdf")
    assert documents_of(store, year.june) == []
    assert find_entry(store, Register.MEETINGS, year.june).version == 1
