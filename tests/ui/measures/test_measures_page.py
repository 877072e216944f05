"""Measures on the screen: the scorecard, a measure, its readings and targets by form, and a cohort's figure."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.commands.entries import edit_entry
from csp_desktop.queries.measures import measure_history
from csp_desktop.registers.forms import Register
from csp_desktop.reports.kinds import ReportKind
from csp_desktop.store import Store
from tests.csp_desktop.reoffending.sample_cohorts import DATA_DATE, sample_cohort
from tests.factories import TODAY
from tests.ui.measures.conftest import Measured
from ui.entries.screen import RegisterScreen
from ui.forms.form import Form
from ui.measures.measure_screen import MeasureScreen
from ui.measures.scorecard_screen import MEASURE, ScorecardScreen
from ui.pages.measures import MeasuresPage
from ui.pages.report_choices import OfKind
from ui.screens.screen import Where


def scorecard(page: MeasuresPage) -> ScorecardScreen:
    screen = page.screen_shown()
    assert isinstance(screen, ScorecardScreen)
    return screen


def opened(page: MeasuresPage, measure_id: int) -> MeasureScreen:
    page.go_to(measure_id)
    screen = page.screen_shown()
    assert isinstance(screen, MeasureScreen)
    return screen


def form_of(page: MeasuresPage) -> Form:
    assert page.form is not None
    return page.form


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_store_without_measures_says_what_to_do(page: MeasuresPage) -> None:
    screen = scorecard(page)
    assert not screen.table.isVisible()
    assert screen.empty.isVisible()
    screen.add()
    form = form_of(page)
    form.editor("title").set_value("Theft from shops")
    form.save()
    page.reread()
    assert [row.measure.title for row in screen.shown] == ["Theft from shops"]


def test_the_scorecard_shows_each_measure_as_it_stands(
    measured: Measured, page: MeasuresPage, qtmodeltester: ModelTester
) -> None:
    screen = scorecard(page)
    qtmodeltester.check(screen.model)
    assert screen.summary.text() == "1 red, 0 amber, 0 green; 1 not judged"
    keys = [column.key for column in screen.model.columns]
    at = screen.model.position_of(measured.shops)
    assert at is not None
    cells = {key: screen.model.cell(at, column) for column, key in enumerate(keys)}
    shown = {key: cell.text for key, cell in cells.items() if cell}
    assert (shown["reading"], shown["target"], shown["change"], shown["year"]) == (
        "125", "110", "+5, worse", "+20, worse",
    )  # fmt: skip
    assert cells["run"] is not None
    assert cells["run"].drawing is not None
    heard = screen.model.data(screen.model.index(at, keys.index("rag")), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Red"


def test_the_scorecard_as_it_stood_at_the_end_of_a_quarter(measured: Measured, page: MeasuresPage) -> None:
    screen = scorecard(page)
    screen.as_at.setCurrentIndex(2)
    screen.as_at.activated.emit(2)
    row = next(row for row in screen.shown if row.id == measured.shops)
    assert row.latest is not None
    assert row.latest.period == "Q1 2026/27"


def test_enter_leads_to_the_measure_and_back_to_where_one_was(
    measured: Measured, page: MeasuresPage, qtbot: QtBot
) -> None:
    screen = scorecard(page)
    screen.table.choose(measured.shops)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert page.trail[-1] == Where(MEASURE, measured.shops)
    shown = page.screen_shown()
    words = said(shown)
    assert "125" in words
    assert "125 misses the target of 110 by 15, beyond the tolerance of 5%" in words
    assert "Green up to 110, amber up to 115.5, red above." in words
    assert isinstance(shown, MeasureScreen)
    assert shown.chart.isVisibleTo(shown)
    assert page.step_back()
    assert page.screen_shown() is screen


def test_a_measure_without_readings_says_so(measured: Measured, page: MeasuresPage) -> None:
    screen = opened(page, measured.fires)
    assert screen.know.text() == "No reading yet"
    assert not screen.chart.isVisibleTo(screen)
    assert screen.no_chart.isVisibleTo(screen)


def test_a_reading_is_recorded_for_the_period_that_comes_next(
    measured: Measured, page: MeasuresPage, store: Store
) -> None:
    opened(page, measured.shops).add_reading()
    form = form_of(page)
    assert form.editor("period").value() == "Q3 2026/27"
    form.editor("value").set_value("131")
    form.save()
    newest = measure_history(store, measured.shops, TODAY).readings[-1]
    assert (newest.period, newest.value) == ("Q3 2026/27", 131)


@pytest.mark.parametrize("is_on_register", [False, True])
def test_a_period_that_was_read_already_is_offered_for_correction(
    measured: Measured, page: MeasuresPage, store: Store, *, is_on_register: bool
) -> None:
    if is_on_register:
        page.go_to(Where(Register.READINGS.value))
        screen = page.screen_shown()
        assert isinstance(screen, RegisterScreen)
        screen.add()
    else:
        opened(page, measured.shops).add_reading()
    form = form_of(page)
    form.editor("measure").set_value(measured.shops)
    form.editor("value").set_value("119")
    form.editor("period").set_value("not a period")
    form.save()
    assert "does not say its days" in form.refusal("period")
    form.editor("period").set_value("Q2 2026/27")
    form.save()
    assert "125 was read of Q2 2026/27 already. Save even so to put this in its place" in said(form)
    assert len(measure_history(store, measured.shops, TODAY).readings) == 6
    form.save()
    newest = measure_history(store, measured.shops, TODAY).readings[-1]
    assert (newest.period, newest.value) == ("Q2 2026/27", 119)
    assert page.form is None


def test_a_reading_is_corrected_and_withdrawn_from_its_row(
    measured: Measured, page: MeasuresPage, store: Store
) -> None:
    screen = opened(page, measured.shops)
    newest = measure_history(store, measured.shops, TODAY).readings[-1]
    screen.readings.opened.emit(newest.id)
    form_of(page).editor("value").set_value("109")
    form_of(page).save()
    assert measure_history(store, measured.shops, TODAY).row.letter == "G"
    page.reread()
    screen.readings.opened.emit(newest.id)
    withdraw = next(call for words, call in form_of(page).spec().more if words == "Withdraw")
    withdraw()
    assert measure_history(store, measured.shops, TODAY).readings[-1].period == "Q1 2026/27"


def test_targets_of_a_year_are_set_at_once(measured: Measured, page: MeasuresPage, store: Store) -> None:
    opened(page, measured.shops).set_targets()
    form = form_of(page)
    form.save()
    assert "one period at least" in said(form)
    form.editor("all").set_value("120")
    form.editor("1").set_value("ten")
    form.save()
    assert "is not a number" in said(form)
    form.editor("1").set_value("130")
    form.save()
    targets = {target.period: target.value for target in measure_history(store, measured.shops, TODAY).targets}
    assert targets == {
        "Q1 2026/27": 120, "Q2 2026/27": 130, "Q3 2026/27": 120, "Q4 2026/27": 120,
    }  # fmt: skip


def test_a_form_of_targets_is_found_again_after_a_lock(measured: Measured, page: MeasuresPage) -> None:
    opened(page, measured.shops).set_targets()
    form_of(page).editor("all").set_value("99")
    draft = page.draft("measures")
    assert draft is not None
    page.form = None
    page.go_to(Where("scorecard"))
    assert page.resume(draft)
    assert page.trail[-1] == Where(MEASURE, measured.shops)
    assert form_of(page).editor("all").value() == "99"


def test_a_cohorts_figure_is_taken_as_a_reading(
    measured: Measured, page: MeasuresPage, store: Store, qtbot: QtBot
) -> None:
    cohort = sample_cohort(store, 40)
    row = measure_history(store, measured.fires, TODAY).row.measure
    values = {"unit": "percent", "frequency": "yearly", "cohort": cohort, "cohort_figure": "rate"}
    edit_entry(store, Register.MEASURES, row.id, row.version, values)
    screen = opened(page, measured.fires)
    assert screen.take.isVisibleTo(screen.tools)
    screen.take_figure()
    qtbot.waitUntil(lambda: bool(measure_history(store, measured.fires, TODAY).readings), timeout=20_000)
    (reading,) = measure_history(store, measured.fires, TODAY).readings
    assert reading.denominator == 40
    assert reading.first_day == date(DATA_DATE.year - 2, 1, 1)


def test_a_measure_taken_out_by_an_undo_leads_back(measured: Measured, page: MeasuresPage, store: Store) -> None:
    opened(page, measured.fires)
    screen = page.screen_shown()
    assert isinstance(screen, MeasureScreen)
    screen.edit()
    withdraw = next(call for words, call in form_of(page).spec().more if words == "Withdraw")
    withdraw()
    page.reread()
    assert isinstance(page.screen_shown(), ScorecardScreen)
    store.undo()
    assert opened(page, measured.fires).title == "Deliberate fires"


@pytest.mark.usefixtures("measured")
def test_readings_targets_and_definitions_have_their_registers(page: MeasuresPage) -> None:
    shown = {}
    for register in ("readings", "targets", "measures"):
        page.go_to(Where(register))
        screen = page.screen_shown()
        assert isinstance(screen, RegisterScreen)
        shown[register] = len(screen.shown)
    assert shown == {"readings": 6, "targets": 1, "measures": 2}


@pytest.mark.usefixtures("measured")
def test_it_is_printed_as_a_report_and_found_by_search(page: MeasuresPage) -> None:
    asked: list[tuple[str, object]] = []
    page.went_to.disconnect()
    page.went_to.connect(lambda place, what: asked.append((place, what)))
    page.print_page()
    assert asked == [("reports", OfKind(ReportKind.SCORECARD))]
    assert [found.words for found in page.offered()] == ["MEA-0001 Theft from shops", "MEA-0002 Deliberate fires"]
