"""The Board progress report: the position of a period, page 1 alone, and every list that the board reads."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from csp_desktop.commands.actions import add_action, post_update, set_status
from csp_desktop.commands.people import add_person
from csp_desktop.commands.plans import add_theme
from csp_desktop.errors import CspError
from csp_desktop.queries.plans import find_plan, list_objectives, list_themes
from csp_desktop.queries.standing import recorded_on
from csp_desktop.reports.blocks import BulletList, Figure, Heading, OnePage, Report, Table, Verdict, cell_text, flatten
from csp_desktop.reports.board_progress import Scope, board_progress
from csp_desktop.reports.making import ReportRequest, build_report, make_report
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.reports.positions import find_span, quarter_before
from csp_desktop.store import Store
from models.vocabulary import LifecycleStatus
from tests.csp_desktop.reports.pdf_checker import check
from tests.factories import TODAY, Clock

SPRING = date(2026, 4, 10)


@pytest.fixture
def early(clock: Clock) -> Clock:
    """A clock that stands early enough for the store to know two quarters."""
    clock.set_day(SPRING)
    return clock


@pytest.fixture
def filled(early: Clock, store: Store) -> Store:
    """A plan with actions in every state, told over two quarters."""
    fill(early, store)
    return store


def fill(clock: Clock, store: Store) -> None:
    plan = find_plan(store)
    themes = [theme for theme in list_themes(store, plan.id) if theme.depth == 0]
    lead = add_person(store, "Tanya Briggs")
    first = list_objectives(store, plan.id)[0]
    late = add_action(
        store,
        plan.id,
        title="Renew the order",
        theme_id=first.theme_id,
        objective_id=first.id,
        lead_person_id=lead,
        start=date(2026, 1, 1),
        baseline_due=date(2026, 7, 1),
        forecast_due=date(2026, 9, 1),
    )
    steady = add_action(
        store,
        plan.id,
        title="Train staff",
        theme_id=themes[1].id,
        start=date(2026, 4, 1),
        baseline_due=date(2027, 3, 31),
    )
    silent = add_action(
        store, plan.id, title="Outreach", theme_id=themes[1].id, start=date(2026, 1, 1), baseline_due=date(2026, 12, 1)
    )
    gone = add_action(store, plan.id, title="Dropped", theme_id=themes[2].id)
    add_action(store, plan.id, title="Homeless")
    clock.set_day(date(2026, 6, 20))
    post_update(store, late, date(2026, 6, 20), done="Drafted.", rag="G")
    post_update(store, steady, date(2026, 6, 20), done="Booked.", rag="A", reason="Few rooms", recovery_date=TODAY)
    post_update(store, silent, date(2026, 6, 20), done="Begun.")
    clock.set_day(date(2026, 9, 20))
    post_update(
        store,
        late,
        date(2026, 9, 20),
        done="Waiting.",
        next_steps="Ask counsel",
        rag="R",
        reason="No lawyer",
        recovery_date=TODAY,
        help_needed="Release 12,000 pounds",
    )
    post_update(store, steady, date(2026, 9, 20), done="Held.", rag="G")
    set_status(store, gone, LifecycleStatus.CANCELLED, date(2026, 9, 20))
    clock.set_day(date(2026, 11, 1))
    post_update(store, late, date(2026, 11, 1), done="Signed.", rag="B")
    clock.set_day(TODAY)


def said(report: Report) -> str:
    """Everything a report says, as one text."""
    parts: list[str] = []
    for block in flatten(report.blocks):
        if isinstance(block, Table):
            parts += [block.caption, *(cell_text(cell) for row in block.rows for cell in row)]
            parts += [] if block.rows else [block.empty]
        elif isinstance(block, BulletList):
            parts += block.items
        elif isinstance(block, Figure):
            parts += [block.title, block.subtitle, block.alt]
        elif isinstance(block, Heading | Verdict):
            parts.append(block.text)
        else:
            parts.append(str(getattr(block, "text", "")))
    return "\n".join(parts)


def tables_of(report: Report) -> list[Table]:
    return [block for block in flatten(report.blocks) if isinstance(block, Table)]


def headings(table: Table) -> list[str]:
    return [column.heading for column in table.columns]


def page_one(report: Report) -> str:
    choice = next(block for block in report.blocks if isinstance(block, OnePage))
    return said(replace(report, blocks=choice.variants[0]))


def test_the_last_full_quarter_shows_what_was_known_on_its_last_day(filled: Store) -> None:
    report = board_progress(filled, Scope(TODAY))
    text = page_one(report)
    assert (report.period, report.data_date) == ("Q2 2026/27", date(2026, 9, 30))
    assert text.startswith(
        "of 4 actions, 1 (25%) red and 0 (0%) amber, 2 (50%) with no RAG, 1 overdue, the oldest by 29 days, "
        "1 not updated for a full cycle."
    )
    assert "Signed." not in said(report)
    assert "20 Sep 2026: Waiting." in said(report)


def test_what_moved_is_said_against_a_quarter_earlier(filled: Store) -> None:
    text = page_one(board_progress(filled, Scope(TODAY)))
    assert "Worse (1): ACT-0001 from green to red." in text
    assert "Better (1): ACT-0002 from amber to green." in text


def test_the_overdue_list_gives_days_late_and_the_next_step(filled: Store) -> None:
    report = board_progress(filled, Scope(TODAY))
    choice = next(block for block in report.blocks if isinstance(block, OnePage))
    overdue = next(block for block in choice.variants[0] if isinstance(block, Table))
    assert [column.title for column in overdue.columns] == ["Ref", "Action", "Owner", "Due", "Late (days)", "Next step"]
    assert overdue.rows == (("ACT-0001", "Renew the order", "Tanya Briggs", date(2026, 9, 1), 29, "Ask counsel"),)


def test_decisions_slips_silence_and_cancelled_are_told(filled: Store) -> None:
    text = said(board_progress(filled, Scope(TODAY)))
    assert "ACT-0001 (Tanya Briggs): Release 12,000 pounds" in text
    assert "1 Sep 2026\nwas 1 Jul 2026" in text
    assert "1 action with a forecast after the baseline" in text
    assert "1 cancelled action listed but not counted." in text
    assert "1 action without an update for 3 months" in text
    assert "Actions for" not in text


def test_a_named_period_and_the_one_before_the_plan(filled: Store) -> None:
    june = board_progress(filled, Scope(TODAY, period="Q1 2026/27"))
    assert june.data_date == date(2026, 6, 30)
    assert "There is no earlier position to compare with." in page_one(june)
    assert "1 (20%) amber" in page_one(june)


def test_a_period_that_is_not_over_is_shown_as_at_today(filled: Store) -> None:
    report = board_progress(filled, Scope(TODAY, period="Q3 2026/27"))
    assert report.data_date == TODAY
    assert report.period == "Q3 2026/27, to 23 Nov 2026"
    assert "Signed." in said(report)


def test_a_plan_younger_than_the_quarter_is_shown_as_at_today(store: Store) -> None:
    assert recorded_on(store, find_plan(store).id) == TODAY
    report = board_progress(store, Scope(TODAY))
    assert report.data_date == TODAY
    assert "The plan has no actions yet." in page_one(report)
    assert check(pdf_bytes(report)) == []


@pytest.mark.parametrize(
    ("as_at", "before"),
    [
        (date(2026, 6, 30), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2025, 12, 31)),
        (date(2026, 5, 31), date(2026, 2, 28)),
        (date(2026, 11, 23), date(2026, 8, 23)),
    ],
)
def test_a_quarter_earlier(as_at: date, before: date) -> None:
    assert quarter_before(as_at) == before


def test_a_plan_that_starts_later_is_shown_as_at_today(store: Store) -> None:
    plan = replace(find_plan(store), starts=date(2026, 10, 15))
    assert find_span(plan, SPRING, TODAY, None).as_at == TODAY
    older = replace(plan, starts=date(2022, 4, 1))
    assert find_span(older, SPRING, TODAY, None).as_at == date(2026, 9, 30)


def test_page_one_is_one_page_and_the_whole_has_no_fault(filled: Store) -> None:
    content = pdf_bytes(board_progress(filled, Scope(TODAY)))
    assert check(content) == []
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert "Decisions asked" in texts[0]
    assert "The figures and lists in full" in texts[1]


def test_page_one_stays_one_page_with_many_long_actions(early: Clock, store: Store) -> None:
    plan = find_plan(store)
    for number in range(40):
        theme = list_themes(store, plan.id)[number % 4]
        action = add_action(
            store,
            plan.id,
            title=f"{number} " + "a long title that goes on and on " * 6,
            theme_id=theme.id,
            baseline_due=date(2026, 5, 1),
            start=date(2026, 4, 1),
        )
        early.set_day(date(2026, 5, 1 + number % 20))
        letter = "RAGB"[number % 4]
        post_update(
            store,
            action,
            date(2026, 5, 1 + number % 20),
            done="word " * 200,
            rag=letter,
            reason="reason " * 60,
            recovery_date=TODAY,
            help_needed="help " * 50,
        )
        early.set_day(SPRING)
    content = pdf_bytes(board_progress(store, Scope(TODAY)))
    assert check(content) == []
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert "Decisions asked" in texts[0]
    assert "Figure 1" in texts[0]
    assert "Contents" in texts[1]


def test_a_plan_with_many_themes_has_a_table_on_page_one_and_its_chart_after(empty_plan_store: Store) -> None:
    plan = find_plan(empty_plan_store)
    for number in range(11):
        theme = add_theme(empty_plan_store, plan.id, title=f"Strand {number}")
        add_action(empty_plan_store, plan.id, title=f"Act {number}", theme_id=theme, baseline_due=date(2026, 9, 1))
    content = pdf_bytes(board_progress(empty_plan_store, Scope(TODAY)))
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert check(content) == []
    assert "Strand 10" in texts[0]
    assert "Figure" not in texts[0]
    assert "Decisions asked" in texts[0]
    assert "Figure 1" in texts[1]


def test_the_public_report_names_no_person_and_quotes_no_owner(filled: Store) -> None:
    report = board_progress(filled, Scope(TODAY, public=True))
    text = said(report) + report.author
    assert "Tanya" not in text
    assert "Priya" not in text
    assert "Waiting." not in text
    assert "Release" not in text
    assert "not published" in text


def test_the_public_report_still_says_who_leads_and_counts_no_gap_that_is_none(filled: Store) -> None:
    report = board_progress(filled, Scope(TODAY, public=True))
    leads = {row[0]: row[2] for table in tables_of(report) if "Lead" in headings(table) for row in table.rows}
    assert leads["ACT-0001"] == "not published"
    assert leads["ACT-0003"] == "no lead"
    told, counted = (said(board_progress(filled, Scope(TODAY, public=public))) for public in (True, False))
    notes = [next(line for line in text.splitlines() if "with no lead" in line) for text in (told, counted)]
    assert notes[0] == notes[1]
    quoting = {"Asked", "Next step", "Last update", "Reason given"}
    assert not quoting & {heading for table in tables_of(report) for heading in headings(table)}
    assert report.prepared_by == ()
    assert "no lead): not published" not in told


def test_an_update_without_words_is_an_update(filled: Store) -> None:
    plan = find_plan(filled)
    silent = add_action(filled, plan.id, title="Rated only")
    post_update(filled, silent, date(2026, 9, 7), done="", rag="G")
    row = next(
        row
        for table in tables_of(board_progress(filled, Scope(TODAY, period="Q2 2026/27")))
        if "Latest update" in headings(table)
        for row in table.rows
        if row[1] == "Rated only"
    )
    assert row[-1] == "7 Sep 2026"


def test_a_period_that_has_not_begun_is_refused_and_one_before_any_action_says_so(store: Store) -> None:
    add_action(store, find_plan(store).id, title="Train staff", start=date(2026, 4, 1))
    with pytest.raises(CspError, match="Q4 2026/27 has not begun"):
        board_progress(store, Scope(TODAY, period="Q4 2026/27"))
    assert "to 23 Nov 2026" in board_progress(store, Scope(TODAY, period="Q3 2026/27")).period
    assert "No action was known by 30 Jun 2024." in page_one(board_progress(store, Scope(TODAY, period="Q1 2024/25")))


def test_a_report_file_is_made_by_its_ending(filled: Store, tmp_path: Path) -> None:
    request = ReportRequest("board-progress", tmp_path / "report.pdf", None, None, TODAY)
    make_report(filled, request)
    make_report(filled, replace(request, out=tmp_path / "report.xlsx"))
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    book = load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames[0] == "Report"
    refs = {row[0].value for sheet in book.worksheets[1:] for row in sheet.iter_rows(min_row=4)}
    assert {"ACT-0001", "ACT-0002", "ACT-0003", "ACT-0004", "ACT-0005"} <= refs


def test_what_cannot_be_made_is_said(filled: Store, tmp_path: Path) -> None:
    request = ReportRequest("board-progress", tmp_path / "report.doc", None, None, TODAY)
    with pytest.raises(CspError, match=r"must end in \.pdf or \.xlsx"):
        make_report(filled, request)
    with pytest.raises(CspError, match="no report"):
        build_report(filled, replace(request, kind="gossip"))
    with pytest.raises(CspError, match="not a period"):
        build_report(filled, replace(request, period="soon"))
    with pytest.raises(CspError, match="no plan called"):
        build_report(filled, replace(request, plan="none"))


def test_the_chart_of_thirty_themes_stays_on_its_pages_under_its_headings(store: Store) -> None:
    plan = find_plan(store)
    for number in range(30):
        theme = add_theme(store, plan.id, title=f"Theme {number} about a subject of a middling length in Kirklees")
        add_action(store, plan.id, title=f"Action {number}", theme_id=theme)
    report = board_progress(store, Scope(TODAY))
    figures = [block for block in flatten(report.blocks) if isinstance(block, Figure)]
    assert len(figures) > 1
    assert figures[0].title.endswith(f"(part 1 of {len(figures)})")
    document = pypdfium2.PdfDocument(pdf_bytes(report))
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    opening = next(page for page in pages if "The figures and lists in full" in page and "Contents" not in page)
    assert "(part 1 of" in opening
    assert "1 Tackling violence" in opening


def test_page_one_has_no_column_of_next_steps_that_nobody_gave(store: Store) -> None:
    plan = find_plan(store)
    for number in range(8):
        add_action(store, plan.id, title=f"Action {number} " + "with words " * 9, baseline_due=date(2026, 6, 1))
    blocks = board_progress(store, Scope(TODAY)).blocks
    page, full = (
        next(block for block in shown if isinstance(block, Table) and "8 actions overdue" in block.caption)
        for shown in (flatten(blocks[:1]), flatten(blocks[1:]))
    )
    assert [column.heading for column in page.columns] == ["Ref", "Action", "Owner", "Due", "Late"]
    assert max(len(str(row[1])) for row in page.rows) <= 40
    assert [column.heading for column in full.columns][-1] == "Next step"
    assert full.rows[0][-1] == "not given"
