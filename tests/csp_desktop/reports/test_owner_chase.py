"""The owner chase list: whom to ask for what, on paper, as a workbook, and for the public."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from csp_desktop.cli import main
from csp_desktop.commands.actions import add_action, set_status
from csp_desktop.commands.erasure import ERASED, erase_person
from csp_desktop.commands.people import add_person
from csp_desktop.commands.reports import issue_report, issued_pdf
from csp_desktop.errors import CspError
from csp_desktop.queries.plans import find_plan
from csp_desktop.reports.blocks import BulletList, Heading, Paragraph, Report, Table, cell_text, flatten
from csp_desktop.reports.kinds import ReportKind
from csp_desktop.reports.making import ReportRequest, build_report, make_report
from csp_desktop.reports.owner_chase import FEWEST_PUBLISHED, ChaseScope, owner_chase
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.store import Store
from models.people import Person
from models.plan import Action
from models.vocabulary import LifecycleStatus
from tests.csp_desktop.queries.chased import Chased, fill
from tests.csp_desktop.reports.pdf_checker import check, dump
from tests.factories import TODAY, Clock, new_store
from tests.vault import PASSPHRASE

GOLDEN = Path(__file__).parents[2] / "golden" / "owner_chase_structure.txt"
NOBODY = "This plan has no open actions, so there is nobody to ask for an update."


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A plan with an owner in every standing, for what only reads it."""
    folder, clock = tmp_path_factory.mktemp("chase"), Clock()
    store = new_store(folder, clock)
    fill(clock, store, folder)
    yield store
    store.close()


@pytest.fixture
def chased(clock: Clock, store: Store, tmp_path: Path) -> Chased:
    return fill(clock, store, tmp_path)


def chase(store: Store, *, public: bool = False, by_owner: bool = True, today: date = TODAY) -> Report:
    return owner_chase(store, ChaseScope(today, None, public, by_owner))


def tables_of(report: Report) -> list[Table]:
    return [block for block in flatten(report.blocks) if isinstance(block, Table)]


def table_under(report: Report, heading: str) -> Table:
    blocks = flatten(report.blocks)
    start = next(at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.text == heading)
    return next(block for block in blocks[start:] if isinstance(block, Table))


def headings(report: Report, level: int) -> list[str]:
    return [block.text for block in flatten(report.blocks) if isinstance(block, Heading) and block.level == level]


def said(report: Report) -> str:
    """Everything a report says, as one text."""
    parts = [report.title, report.subtitle, report.author, report.subject, *report.prepared_by]
    for block in flatten(report.blocks):
        if isinstance(block, Table):
            parts += [block.caption, block.empty, *(cell_text(cell) for row in block.rows for cell in row)]
        elif isinstance(block, BulletList):
            parts += block.items
        elif isinstance(block, Heading | Paragraph):
            parts.append(block.text)
    return "\n".join(parts)


def texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_page_one_says_how_many_were_asked_answered_and_are_late(shared: Store) -> None:
    report = chase(shared)
    asked, due = [block.text for block in report.blocks if isinstance(block, Paragraph)][:2]
    assert asked == (
        "6 owners lead actions of this plan. 4 were sent an update workbook: 2 answered (1 with questions still open), "
        "1 late, 1 not yet due back. 2 were not sent one."
    )
    assert due == (
        "Of 10 open actions, 3 are overdue, 2 are due within 28 days, and 4 were not updated for 3 months. "
        "2 open actions have no lead."
    )
    assert (report.title, report.period, report.data_date) == ("Owner chase list", "Q3 2026/27", TODAY)


def test_the_standings_sum_to_the_whole_plan(shared: Store) -> None:
    table = table_under(chase(shared), "How the workbooks stand")
    assert table.rows == (
        ("Overdue to come back", 1, 3, 1, 1, 2),
        ("Came back with questions", 1, 1, 1, 0, 0),
        ("Not sent", 2, 2, 0, 0, 1),
        ("Out", 1, 1, 0, 0, 0),
        ("Came back", 1, 1, 0, 1, 0),
        ("No lead", 0, 2, 1, 0, 1),
        ("All", 6, 10, 3, 2, 4),
    )
    for column in range(1, 6):
        assert sum(int(cell_text(row[column])) for row in table.rows[:-1]) == table.rows[-1][column]
    assert table.caption.endswith("; 1 owner late")


def test_owners_are_listed_late_ones_first_with_their_workbooks(shared: Store) -> None:
    table = table_under(chase(shared), "Owners")
    sent, wanted = date(2026, 11, 2), date(2026, 11, 16)
    assert [column.heading for column in table.columns[:5]] == [
        "Owner", "Workbook sent", "Wanted back", "Came back", "How it stands",
    ]  # fmt: skip
    assert table.rows == (
        ("Amina Shah", sent, wanted, "not yet", "7 days late", 3, 1, 1, 2),
        ("Priya Nair", sent, wanted, date(2026, 11, 10), "3 questions open", 1, 1, 0, 0),
        ("West Yorkshire Police", "not sent", "none", "none", "Not sent", 1, 0, 0, 1),
        ("Ewa Kowalska", "not sent", "none", "none", "Not sent", 1, 0, 0, 0),
        ("Wei Chen", sent, TODAY, "not yet", "Out", 1, 0, 0, 0),
        ("Tom Briggs", sent, wanted, date(2026, 11, 9), "Came back", 1, 0, 1, 0),
    )


def test_each_owner_who_has_something_to_do_has_a_heading_how_to_reach_them_and_their_actions(shared: Store) -> None:
    report = chase(shared)
    assert headings(report, 3) == ["Amina Shah", "Priya Nair", "West Yorkshire Police", "Tom Briggs"]
    table = table_under(report, "Amina Shah")
    assert table.caption == "3 actions need an update: 1 overdue, 1 due soon, 2 not updated"
    assert [column.title for column in table.columns] == ["Ref", "Action", "Due", "Late (days)", "Why"]
    assert table.rows[0] == (
        "ACT-0001", "Renew the order in the town centre", date(2026, 11, 11), 12,
        "Overdue; no update yet, begun 1 Apr 2026",
    )  # fmt: skip
    text = said(report)
    assert (
        "E-mail: amina@example.org. The workbook for Q3 2026/27 was sent on 2 Nov 2026 and is wanted back by "
        "16 Nov 2026: 7 days late." in text
    )
    assert "No e-mail address is kept. No update workbook was sent yet." in text
    assert "was sent on 2 Nov 2026 and came back on 10 Nov 2026, with 3 questions still open." in text


def test_an_owner_who_is_late_has_a_heading_even_where_no_action_needs_an_update(chased: Chased) -> None:
    after = TODAY + timedelta(days=1)  # Wei's workbook was wanted back today, his one action is due in 29 days
    version = date(2027, 8, 1)
    with chased.store.write("Put an action off") as session:
        session.get_one(Action, chased.actions["Visit the reservoirs"]).baseline_due = version
        session.get_one(Action, chased.actions["Visit the reservoirs"]).forecast_due = version
    assert "Wei Chen" not in headings(chase(chased.store), 3)
    report = chase(chased.store, today=after)
    assert "Wei Chen" in headings(report, 3)
    assert "is wanted back by 23 Nov 2026: 1 day late." in said(report)


def test_actions_without_a_lead_come_last_and_are_not_forgotten(shared: Store) -> None:
    report = chase(shared)
    assert headings(report, 2)[-1] == "Actions without a lead"
    table = table_under(report, "Actions without a lead")
    assert table.caption == "2 open actions that nobody leads: agree who does"
    assert [row[0] for row in table.rows] == ["ACT-0011", "ACT-0012"]
    assert table.rows[1][-1] == "Nothing is due yet"


def test_the_structure_of_the_pdf_is_as_agreed_and_without_a_fault(shared: Store) -> None:
    content = pdf_bytes(chase(shared))
    assert check(content) == []
    assert dump(content) == GOLDEN.read_text(encoding="utf-8")
    pages = texts(content)
    assert "How to read this list" in pages[0]
    assert "Actions without a lead" in pages[-1]


def test_a_workbook_has_every_action_to_ask_about_in_one_table_with_real_dates(shared: Store, tmp_path: Path) -> None:
    make_report(shared, ReportRequest(ReportKind.OWNER_CHASE, tmp_path / "chase.xlsx", None, None, TODAY))
    book = load_workbook(tmp_path / "chase.xlsx")
    assert len(book.sheetnames) == 5
    sheet = next(each for each in book.worksheets if "need an update" in each.title)
    assert [cell.value for cell in sheet[3]] == ["Owner", "E-mail", "Ref", "Action", "Due", "Late (days)", "Why"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(rows) == 6
    assert rows[0][:3] == ("Amina Shah", "amina@example.org", "ACT-0001")
    assert [row[1] for row in rows if row[0] == "West Yorkshire Police"] == ["none"]
    assert rows[0][5] == 12
    assert getattr(rows[0][4], "year", None) == 2026


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_an_empty_plan_gives_a_page_that_says_so(empty_plan_store: Store, tmp_path: Path, ending: str) -> None:
    for public in (False, True):
        report = chase(empty_plan_store, public=public)
        assert [getattr(block, "text", "") for block in report.blocks] == [NOBODY]
    path = tmp_path / f"chase.{ending}"
    make_report(empty_plan_store, ReportRequest(ReportKind.OWNER_CHASE, path, None, None, TODAY))
    assert path.stat().st_size
    content = pdf_bytes(chase(empty_plan_store))
    assert check(content) == []
    assert len(texts(content)) == 1


def test_a_plan_whose_actions_are_all_complete_has_nobody_to_ask(store: Store) -> None:
    plan = find_plan(store)
    action = add_action(store, plan.id, title="Renew the order", lead_person_id=add_person(store, "Amina Shah"))
    set_status(store, action, LifecycleStatus.COMPLETE, TODAY)
    assert NOBODY in said(chase(store))


def test_a_plan_that_nobody_leads_says_so_and_lists_its_actions(store: Store) -> None:
    add_action(store, find_plan(store).id, title="Renew the order")
    report = chase(store)
    text = said(report)
    assert "Nobody leads an open action of this plan." in text
    assert "1 open action has no lead." in text
    assert headings(report, 3) == []
    assert table_under(report, "Actions without a lead").rows[0][1:3] == ("Renew the order", "no date")
    assert check(pdf_bytes(report)) == []


def test_owners_who_were_sent_nothing_and_have_nothing_due_are_told_in_few_words(store: Store) -> None:
    plan = find_plan(store)
    add_action(store, plan.id, title="Renew the order", lead_person_id=add_person(store, "Amina Shah"))
    report = chase(store)
    text = said(report)
    assert "1 owner leads actions of this plan. None was sent an update workbook yet." in text
    assert "Every open action has a lead." in text
    assert "What to ask each owner" not in text
    assert "Actions that need an update" not in said(chase(store, by_owner=False))
    assert check(pdf_bytes(report)) == []


def test_the_public_form_has_counts_and_names_nobody_and_no_action(shared: Store) -> None:
    report = chase(shared, public=True)
    text = said(report)
    for private in ("Amina", "Briggs", "Police", "example.org", "ACT-", "Renew", "Priya", "Nobody's own"):
        assert private not in text
    assert "2 answered" in text
    assert "is not published." in text
    assert len(tables_of(report)) == 1
    content = pdf_bytes(report)
    assert check(content) == []
    assert len(texts(content)) == 1


def test_of_very_few_owners_the_public_form_does_not_say_how_many_answered(store: Store) -> None:
    plan = find_plan(store)
    for number in range(FEWEST_PUBLISHED):
        report = chase(store, public=True)
        assert tables_of(report) == []
        assert "owner" not in said(replace(report, blocks=report.blocks[:1], title="x"))
        person = add_person(store, f"Officer {number}")
        add_action(store, plan.id, title=f"Action {number}", lead_person_id=person, baseline_due=TODAY)
    assert len(tables_of(chase(store, public=True))) == 1


def test_an_erased_person_stands_in_the_list_as_the_store_names_them(chased: Chased) -> None:
    erase_person(chased.store, chased.people["Amina Shah"], "Erasure certificate 1")
    report = chase(chased.store)
    assert table_under(report, "Owners").rows[0][0] == ERASED
    assert "Amina" not in said(report)
    assert "amina@" not in said(report)
    assert check(pdf_bytes(report)) == []


def test_a_thousand_owners_are_printed_and_written(store: Store, tmp_path: Path) -> None:
    plan = find_plan(store)
    with store.engines.write.begin() as connection:
        names = [f"Officer {number:04}" for number in range(1000)]
        connection.execute(insert(Person), [{"name": name, "name_folded": name.casefold()} for name in names])
        people = connection.exec_driver_sql("SELECT id FROM person ORDER BY id").scalars().all()
        due = TODAY - timedelta(days=5)
        told = {"plan_id": plan.id, "title": "Act", "title_folded": "act", "baseline_due": due, "unread": {}}
        actions = [
            {"id": at, "ref": f"ACT-{at:04}", "lead_person_id": person, **told} for at, person in enumerate(people, 1)
        ]
        connection.execute(insert(Action), actions)
    report = chase(store)
    assert len(headings(report, 3)) == 1000
    assert len(texts(pdf_bytes(report))) > 100
    make_report(store, ReportRequest(ReportKind.OWNER_CHASE, tmp_path / "chase.xlsx", None, None, TODAY))
    book = load_workbook(tmp_path / "chase.xlsx", read_only=True)
    assert len(book.sheetnames) == 4
    book.close()


def test_it_is_of_a_day_and_not_of_a_period(shared: Store, tmp_path: Path) -> None:
    request = ReportRequest(ReportKind.OWNER_CHASE, tmp_path / "chase.pdf", None, None, date(2026, 11, 5))
    report = build_report(shared, request)
    assert report.data_date == date(2026, 11, 5)
    assert "0 answered, 0 late, 4 not yet due back" in said(report)
    with pytest.raises(CspError, match="has no period"):
        build_report(shared, replace(request, period="Q2 2026/27"))
    with pytest.raises(CspError, match="no plan called"):
        build_report(shared, replace(request, plan="none"))


def test_it_is_issued_and_stays_as_it_was(chased: Chased) -> None:
    report = chase(chased.store)
    number = issue_report(chased.store, ReportKind.OWNER_CHASE, report, TODAY)
    assert issued_pdf(chased.store, number) == pdf_bytes(report)


def test_the_command_line_writes_it(
    chased: Chased, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CSP_PASSPHRASE", PASSPHRASE)
    path = chased.store.path
    chased.store.close()
    for name, start in (("chase.pdf", b"%PDF-"), ("chase.xlsx", b"PK")):
        words = ["--store", str(path), "report", "owner-chase", "--out", str(tmp_path / name), "--as-of", "2026-11-23"]
        assert main([*words, "--public"]) == main(words) == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert main([*words, "--period", "Q2 2026/27"]) == 1
    assert "has no period" in capsys.readouterr().err
