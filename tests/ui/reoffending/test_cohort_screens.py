"""The list of cohorts, the page of one, how its figures are explained, and the people behind them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.queries.cohort_figures import cohort_figures
from csp_desktop.queries.cohorts import find_cohort
from csp_desktop.queries.following import follow_cohort
from csp_desktop.queries.records import list_steps
from csp_desktop.queries.spells import cohort_abstinence
from csp_desktop.reoffending.bands import Breakdown
from models.offending import Severity
from tests.csp_desktop.reoffending.sample_cohorts import DATA_DATE
from tests.ui.reoffending.conftest import Cohorts
from ui.pages.reoffending import ReoffendingPage
from ui.pages.reports import ReportsPage
from ui.reoffending.cohort_screen import CohortScreen
from ui.reoffending.cohorts_screen import CohortsScreen
from ui.reoffending.explanations import Figure, explain
from ui.reoffending.figure_words import percent
from ui.reoffending.kinds import Kind
from ui.reoffending.people_screen import PeopleScreen
from ui.screens.screen import Where
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


def opened(page: ReoffendingPage, cohort_id: int, qtbot: QtBot) -> CohortScreen:
    page.open(Where(Kind.COHORT, cohort_id))
    shown = page.screen_shown()
    assert isinstance(shown, CohortScreen)
    qtbot.waitUntil(lambda: shown.figures is not None)
    return shown


def words_of(screen: CohortScreen) -> str:
    return "\n".join(shown.text() for shown in screen.findChildren(QLabel))


def test_without_a_cohort_the_page_says_what_will_be_here(page: ReoffendingPage) -> None:
    said = [shown.text() for shown in page.findChildren(QLabel) if shown.isVisible()]
    assert any(words.startswith("Cohorts will be listed here") for words in said)


def test_each_cohort_is_listed_with_its_rate_of_how_many(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    shown = page.screen_shown()
    assert isinstance(shown, CohortsScreen)
    qtbot.waitUntil(lambda: all(shown.model.row_at(at).outcomes is not None for at in range(2)))
    listed = {shown.model.row_at(at).row.id: at for at in range(2)}
    wanted = cohort_figures(page.desk.store, cohorts.local, DATA_DATE).outcomes
    cell = shown.model.cell(listed[cohorts.local], 3)
    assert cell is not None
    assert cell.text == percent(wanted.rate)
    qtmodeltester.check(shown.model)


def test_enter_opens_a_cohort_and_escape_comes_back(cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot) -> None:
    shown = page.screen_shown()
    assert isinstance(shown, CohortsScreen)
    shown.table.choose(cohorts.local)
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    assert isinstance(page.screen_shown(), CohortScreen)
    qtbot.waitUntil(lambda: page.title.accessibleName() == "Kirklees 2024")
    page.window().actions_by_key["back"].trigger()  # type: ignore[attr-defined]
    assert page.screen_shown() is shown
    assert shown.table.chosen() == cohorts.local


def test_tiles_say_the_figures_with_what_they_rest_on(cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot) -> None:
    shown = opened(page, cohorts.local, qtbot)
    o = cohort_figures(page.desk.store, cohorts.local, DATA_DATE).outcomes
    rate = shown.tiles.tiles[Figure.RATE]
    assert rate.value.text() == percent(o.rate)
    assert rate.note.text().startswith(f"{o.reoffenders} of {o.offenders} people\n95% interval ")
    shown.severity.setCurrentIndex(2)
    shown.severity.activated.emit(2)
    harm = o.severity[Severity.HOME_OFFICE].per_offender
    assert harm is not None
    assert shown.tiles.tiles[Figure.HARM].value.text() == f"{harm:,.1f}"


def test_another_data_date_counts_again_and_sets_the_provisional_apart(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot
) -> None:
    shown = opened(page, cohorts.local, qtbot)
    assert not shown.provisional.isVisible()
    shown.date.line.setText("31/12/2025")
    shown.date.line.editingFinished.emit()
    qtbot.waitUntil(lambda: shown.figures is not None and shown.figures.followed.data_date.year == 2025)
    assert shown.figures is not None
    assert shown.figures.outcomes.not_yet_measurable
    assert shown.provisional.isVisible()
    assert f"{shown.figures.outcomes.not_yet_measurable} people cannot be measured yet" in words_of(shown)


def test_a_figure_explains_itself_and_lists_its_people_by_id(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    shown = opened(page, cohorts.local, qtbot)
    assert shown.figures is not None
    QTest.mouseClick(shown.tiles.tiles[Figure.PER_REOFFENDER].how, Qt.MouseButton.LeftButton)
    assert shown.pane is not None
    said = "\n".join(each.text() for each in shown.pane.findChildren(QLabel))
    assert shown.figures.basis.definition.in_words in said
    before = len(list_steps(page.desk.store))
    QTest.mouseClick(shown.pane.show_people, Qt.MouseButton.LeftButton)
    people = page.screen_shown()
    assert isinstance(people, PeopleScreen)
    assert people.model.rowCount() == shown.figures.outcomes.reoffenders
    history = list_steps(page.desk.store)
    assert len(history) == before + 1
    assert "Listed the people behind" in history[0].label
    qtmodeltester.check(people.model)
    assert page.step_back()
    assert page.screen_shown() is shown


@pytest.mark.parametrize("figure", list(Figure))
def test_whose_a_figure_is_adds_up_to_the_figure(cohorts: Cohorts, page: ReoffendingPage, figure: Figure) -> None:
    figures = cohort_figures(page.desk.store, cohorts.local, DATA_DATE.replace(year=2025))
    o = figures.outcomes
    wanted = {
        Figure.RATE: o.offenders,
        Figure.PER_REOFFENDER: o.reoffenders,
        Figure.PER_PERSON: o.offenders,
        Figure.MEDIAN: o.curve.points[0].at_risk,
        Figure.LATER: o.not_yet_measurable,
        Figure.PROVISIONAL: o.provisional.offenders,
        Figure.PENDING: o.pending.offenders,
    }
    explained = explain(figure, figures, Severity.CAMBRIDGE)
    held = sum(explained.holds(one) for one in figures.followed.people)
    assert held == wanted.get(figure, held)
    assert held
    assert all(name and value for name, value in explained.facts)


def test_figures_are_broken_down_sorted_and_copied(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    shown = opened(page, cohorts.local, qtbot)
    card = shown.breakdown
    card.choice.setCurrentText(Breakdown.SEX.label)
    card.choice.activated.emit(card.choice.currentIndex())
    assert [row.words for row in card.table.shown()] == ["Female", "Male"]
    card.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [row.words for row in card.table.shown()] == ["Male", "Female"]
    card.copy()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Group\tOffenders")
    assert lines[1].startswith("Male\t")
    qtmodeltester.check(card.table.rows)


def test_few_people_are_flagged_in_words(cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot) -> None:
    shown = opened(page, cohorts.local, qtbot)
    last = len(shown.breakdown.table.rows.columns) - 1
    for at, row in enumerate(shown.breakdown.table.shown()):
        cell = shown.breakdown.table.rows.cell(at, last)
        assert cell is not None
        assert bool(cell.text) == (0 < row.outcomes.offenders < 30)


def test_a_quarterly_cohort_shows_its_quarters_first(cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot) -> None:
    shown = opened(page, cohorts.quarterly, qtbot)
    assert shown.breakdown.choice.currentText() == "Quarter of the index date"
    bands = shown.breakdown.table.shown()
    assert bands[0].words == "2024 Jan to Mar"
    assert shown.figures is not None
    assert sum(row.outcomes.offenders for row in bands) == shown.figures.outcomes.offenders


def test_the_people_of_a_group_are_listed(cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot) -> None:
    shown = opened(page, cohorts.local, qtbot)
    row = shown.breakdown.table.shown()[2]
    shown.breakdown.table.row_opened.emit(row.place)
    people = page.screen_shown()
    assert isinstance(people, PeopleScreen)
    assert people.model.rowCount() == row.outcomes.offenders + row.outcomes.not_yet_measurable


def test_who_abstained_and_how_long_ago_people_offended_is_said(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot
) -> None:
    shown = opened(page, cohorts.local, qtbot)
    followed = follow_cohort(page.desk.store, cohorts.local, DATA_DATE)
    rows, since = cohort_abstinence(page.desk.store, cohorts.local, followed)
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    said = words_of(shown)
    for each in rows:
        assert f"{each.months} months" in said
        assert percent(each.share) in said
    assert f"{since.people} people have offended since they were followed" in said


def test_a_breakdown_is_saved_as_a_workbook_in_the_order_shown(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot, tmp_path: Path
) -> None:
    shown = opened(page, cohorts.local, qtbot)
    card = shown.breakdown
    card.choice.setCurrentText(Breakdown.SEX.label)
    card.choice.activated.emit(card.choice.currentIndex())
    card.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    card._choose = lambda *_asked: tmp_path / "by sex"
    card.save()
    qtbot.waitUntil((tmp_path / "by sex.xlsx").exists)
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    book = load_workbook(tmp_path / "by sex.xlsx")
    cells = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    found = {row[0]: row for row in cells if row[0] in {"Male", "Female"}}
    assert list(found) == ["Male", "Female"]
    for row in card.table.shown():
        assert found[row.words][1] == row.outcomes.offenders
        assert found[row.words][2] == row.outcomes.reoffenders
    assert "OFFICIAL-SENSITIVE" in str(book.worksheets[0].oddFooter.center.text) + str(
        [cell.value for line in book.worksheets[0].iter_rows() for cell in line]
    )


def test_an_edit_counts_the_cohort_anew_and_a_withdrawal_goes_back_to_the_list(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot
) -> None:
    shown = opened(page, cohorts.local, qtbot)
    assert shown.figures is not None
    before = shown.figures.outcomes.offenders
    QTest.keyClick(shown, Qt.Key.Key_F2)
    assert page.form is not None
    page.form.editor("follow_up_months").set_value(24)
    page.form.save()
    qtbot.waitUntil(lambda: shown.figures is not None and shown.figures.outcomes.offenders < before)
    shown.edit()
    assert page.form is not None
    next(made for made in page.form.findChildren(QPushButton) if made.text() == "Withdraw").click()
    qtbot.waitUntil(lambda: isinstance(page.screen_shown(), CohortsScreen))
    page.desk.store.undo()
    page.go_to(cohorts.local)
    assert page.screen_shown() is shown


def test_a_day_that_cannot_be_read_is_refused_and_the_figures_stay(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot
) -> None:
    shown = opened(page, cohorts.local, qtbot)
    shown.date.line.setText("soon")
    with qtbot.captureExceptions() as caught:
        shown.date.line.editingFinished.emit()
    assert "is not a date" in str(caught[0][1])
    assert shown.date.value() == DATA_DATE


def test_search_finds_cohorts_by_name(cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot) -> None:
    found = next(found for found in page.offered() if found.words == "Quarters of 2024")
    found.go()
    shown = page.screen_shown()
    assert isinstance(shown, CohortScreen)
    assert shown.cohort_id == cohorts.quarterly
    qtbot.waitUntil(lambda: shown.figures is not None)
    assert "different people" in shown.tiles.tiles[Figure.RATE].note.text()


def test_a_large_cohort_is_broken_down_behind_the_page(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.reoffending.breakdown_card.MANY", 10)
    shown = opened(page, cohorts.local, qtbot)
    qtbot.waitUntil(lambda: bool(shown.breakdown.table.shown()))
    shown.breakdown.choice.setCurrentText(Breakdown.SEX.label)
    shown.breakdown.choice.activated.emit(shown.breakdown.choice.currentIndex())
    qtbot.waitUntil(lambda: [row.words for row in shown.breakdown.table.shown()] == ["Female", "Male"])


def test_an_explanation_follows_the_figures_and_gives_way_to_a_form(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot
) -> None:
    shown = opened(page, cohorts.local, qtbot)
    shown.ask(Figure.LATER)
    assert shown.pane is not None
    assert shown.pane.explanation.value == "0"
    shown.date.line.setText("31/12/2025")
    shown.date.line.editingFinished.emit()
    qtbot.waitUntil(lambda: shown.pane is not None and shown.pane.explanation.value != "0")
    shown.date.line.setText("")
    shown.date.line.editingFinished.emit()
    qtbot.waitUntil(lambda: shown.pane is not None and shown.pane.explanation.value == "0")
    shown.edit()
    assert shown.pane is None
    assert page.form is not None
    assert page.step_back()
    assert page.form is None
    assert page.screen_shown() is shown


def test_print_leads_to_the_report_of_this_cohort_on_this_day(
    cohorts: Cohorts, page: ReoffendingPage, window: Window, qtbot: QtBot
) -> None:
    shown = opened(page, cohorts.local, qtbot)
    shown.date.line.setText("31/12/2025")
    shown.date.line.editingFinished.emit()
    window.actions_by_key["print"].trigger()
    reports = window.page()
    assert isinstance(reports, ReportsPage)
    qtbot.waitUntil(lambda: reports.save_pdf_button.isEnabled() and not page.desk.tasks.busy, timeout=20_000)
    assert reports._made is not None
    assert reports._made.report.subtitle.startswith("Kirklees 2024.")
    assert reports._made.report.data_date == date(2025, 12, 31)


def test_the_keyboard_comes_back_to_where_it_left(cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot) -> None:
    listed = page.screen_shown()
    assert isinstance(listed, CohortsScreen)
    page.take_focus()
    assert listed.table.chosen() is not None, "Enter opens the first cohort"
    shown = opened(page, cohorts.local, qtbot)
    how = shown.tiles.tiles[Figure.LATER].how
    how.setFocus()
    QTest.keyClick(how, Qt.Key.Key_Space)
    assert shown.pane is not None
    page.step_back()
    assert page.window().focusWidget() is how
    table = shown.breakdown.table
    table.setFocus()
    table.choose_first()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert isinstance(page.screen_shown(), PeopleScreen)
    page.step_back()
    assert page.window().focusWidget() is table


def test_figures_of_a_day_still_to_come_are_refused(cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot) -> None:
    shown = opened(page, cohorts.local, qtbot)
    ahead = DATA_DATE + timedelta(days=1)
    shown.date.set_value(ahead)
    with qtbot.captureExceptions() as caught:
        shown.date.line.editingFinished.emit()
    assert "is still to come" in str(caught[0][1])
    assert shown.date.value() == DATA_DATE
    shown.edit()
    assert page.form is not None
    page.form.editor("data_date").set_value(ahead)
    page.form.save()
    assert "is still to come" in page.form.refusal("data_date")


def test_breach_codes_may_be_typed_with_commas(cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot) -> None:
    shown = opened(page, cohorts.local, qtbot)
    shown.edit()
    assert page.form is not None
    page.form.editor("breach_codes").type_again("083/01, 099/06; 083/01,")
    page.form.save()
    assert find_cohort(page.desk.store, cohorts.local).definition.breach_codes == ("083/01", "099/06")
