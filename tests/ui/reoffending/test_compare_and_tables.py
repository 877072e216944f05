"""Cohorts compared, spells compared, and the tables used for counting with their forms."""

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.commands.cohorts import edit_cohort
from csp_desktop.commands.published import add_benchmark
from csp_desktop.queries.cohorts import list_cohorts
from csp_desktop.queries.lookups import list_codes, list_editions
from csp_desktop.queries.published import list_entrants
from csp_desktop.reoffending.spells_compared import REGRESSION_TO_THE_MEAN
from models.offending import CohortDefinition, OffenceGroup, Severity, SeverityClass
from tests.csp_desktop.reoffending.sample_cohorts import DATA_DATE, sample_cohort
from tests.ui.reoffending.conftest import Cohorts
from ui.forms.reoffending_again import form_again
from ui.pages.reoffending import ReoffendingPage
from ui.reoffending.compare_screen import CompareScreen
from ui.reoffending.comparing import compared
from ui.reoffending.figure_words import percent, points
from ui.reoffending.kinds import Kind
from ui.reoffending.tables_screen import BENCHMARK_AT, EDITION_AT, ENTRANTS_AT, TablesScreen

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def comparing(cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot) -> CompareScreen:
    assert cohorts
    page.chips[Kind.COMPARE].click()
    shown = page.screen_shown()
    assert isinstance(shown, CompareScreen)
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    return shown


@pytest.fixture
def tables(cohorts: Cohorts, page: ReoffendingPage) -> TablesScreen:
    assert cohorts
    page.chips[Kind.TABLES].click()
    shown = page.screen_shown()
    assert isinstance(shown, TablesScreen)
    return shown


def fill(page: ReoffendingPage, **values: object) -> None:
    assert page.form is not None
    for key, value in values.items():
        page.form.editor(key).set_value(value)
    page.form.save()


def test_cohorts_of_other_rules_are_warned_of_and_have_no_difference(
    comparing: CompareScreen, cohorts: Cohorts, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    comparing.chips[cohorts.local].click()
    comparing.chips[cohorts.quarterly].click()
    qtbot.waitUntil(lambda: comparing.rates.model.rowCount() == 2)
    assert "counted by different rules" in comparing.warnings.text()
    assert comparing.rates.model.row_at(1).difference is None
    assert comparing.rate_chart.chart is not None
    assert "cannot be compared across them" in comparing.rate_chart.chart.accessibleDescription()
    assert not comparing.funnel.isVisible()
    qtmodeltester.check(comparing.rates.model)
    comparing.chips[cohorts.local].click()
    qtbot.waitUntil(lambda: comparing.rates.model.rowCount() == 1)


@pytest.mark.usefixtures("cohorts")
def test_cohorts_of_one_rule_differ_by_percentage_points(page: ReoffendingPage) -> None:
    store = page.desk.store
    sample_cohort(store, 120, 7, name="Kirklees again")
    sample_cohort(store, 90, 8, name="Kirklees once more")
    rows = [row for row in list_cohorts(store) if row.definition.kind is CohortDefinition.LOCAL]
    shown = compared(store, rows, None, DATA_DATE)
    first, second = shown.rows[:2]
    assert first.rate is not None
    assert second.rate is not None
    assert second.difference == second.rate - first.rate
    assert shown.funnel is not None
    assert shown.control is None  # the same quarters of three cohorts do not follow each other


def test_quarters_stand_on_one_line_with_a_break_where_the_rules_change(
    cohorts: Cohorts, page: ReoffendingPage
) -> None:
    store = page.desk.store
    rows = [row for row in list_cohorts(store) if row.id == cohorts.quarterly]
    shown = compared(store, rows, None, DATA_DATE)
    assert shown.control is not None
    assert len(shown.control.data.rows) == 4


def test_published_figures_count_nobody_twice_and_mismatches_are_told(
    comparing: CompareScreen, cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot
) -> None:
    store = page.desk.store
    for people, offenders, reoffenders in (("All", 1000, 300), ("Adult", 800, 250), ("Juvenile", 100, 50)):
        add_benchmark(store, "Kirklees", "2024", people=people, offenders=offenders, reoffenders=reoffenders)
    add_benchmark(store, "England and Wales", "2024", offenders=90_000, reoffenders=25_000)
    qtbot.waitUntil(lambda: comparing.beside.count() == 2)
    comparing.beside.setCurrentIndex(1)
    comparing.beside.activated.emit(1)
    comparing.chips[cohorts.local].click()
    qtbot.waitUntil(lambda: comparing.rates.model.rowCount() == 3)
    names = [comparing.rates.model.row_at(at).name for at in range(3)]
    assert names == ["Kirklees 2024", "Kirklees, All", "England and Wales, All"]
    assert "adults and juveniles have 900 offenders together, but all have 1,000" in comparing.warnings.text()


def test_spells_are_compared_with_the_warning_beside_them(comparing: CompareScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: comparing.regression.isVisible() or "No spell" in comparing.spells.words.text())
    assert comparing.regression.text() == REGRESSION_TO_THE_MEAN
    assert comparing.regression.isVisible()


def test_a_code_gets_its_group_and_undo_takes_it_back(
    tables: TablesScreen, page: ReoffendingPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    store = page.desk.store
    tables.add()
    fill(page, code="046/00")
    assert page.form is not None
    assert page.form.refusal("code").startswith("This code is in the lookup already")
    fill(page, code="001/00", offence_group=OffenceGroup.ROBBERY)
    qtbot.waitUntil(lambda: page.form is None)
    added = next(row for row in list_codes(store) if row.code == "001/00")
    assert added.lacks == ("severity",)
    tables.reread()
    tables.edit(added.id)
    fill(page, severity_class=SeverityClass.ROBBERY, is_breach=False)
    qtbot.waitUntil(lambda: page.form is None)
    assert next(row for row in list_codes(store) if row.id == added.id).is_breach is False
    tables.reread()
    tables.edit(added.id)
    assert page.form is not None
    next(made for made in page.form.findChildren(QPushButton) if made.text() == "Withdraw").click()
    assert all(row.id != added.id for row in list_codes(store))
    store.undo()
    assert any(row.id == added.id for row in list_codes(store))
    for model in tables.models:
        qtmodeltester.check(model)


def test_new_weights_make_a_new_edition_and_the_former_can_be_used_again(
    tables: TablesScreen, page: ReoffendingPage, qtbot: QtBot
) -> None:
    store = page.desk.store
    tables.show_table(EDITION_AT)
    tables.tables[EDITION_AT].choose_first()
    tables.add()
    assert page.form is not None
    assert page.form.editor("source").value() == "", "new weights have a source of their own"
    page.form.editor("homicide").type_again("9" * 25)
    page.form.save()
    assert "type a number from 0 to" in page.form.refusal("homicide")
    fill(page, edition="Kirklees 2026", homicide=6_000_500)
    qtbot.waitUntil(lambda: page.form is None)
    editions = [row for row in list_editions(store) if row.severity is Severity.CAMBRIDGE]
    assert [row.in_use for row in editions] == [False, True]
    assert editions[1].weights[SeverityClass.HOMICIDE] == 6_000_500
    tables.reread()
    tables.tables[EDITION_AT].choose(0)
    tables.use()
    assert next(row for row in list_editions(store) if row.in_use).id is None


def test_published_figures_and_entrants_are_kept_by_forms(
    tables: TablesScreen, page: ReoffendingPage, qtbot: QtBot
) -> None:
    store = page.desk.store
    tables.show_table(BENCHMARK_AT)
    tables.add()
    fill(page, area="Kirklees", period="2024", offenders=100, reoffenders=120)
    assert page.form is not None
    assert page.form.refusal("reoffenders")
    fill(page, reoffenders=20)
    qtbot.waitUntil(lambda: page.form is None and tables.models[BENCHMARK_AT].rowCount() == 1)
    tables.edit(tables.models[BENCHMARK_AT].id_at(0))
    fill(page, series="Proven reoffending")
    qtbot.waitUntil(lambda: page.form is None)
    tables.show_table(ENTRANTS_AT)
    tables.add()
    fill(page, area="Kirklees", period="2024", entrants=60, population=42_000)
    qtbot.waitUntil(lambda: tables.models[ENTRANTS_AT].rowCount() == 1)
    cell = tables.models[ENTRANTS_AT].cell(0, 3)
    assert cell is not None
    assert cell.text == "142.9"
    tables.edit(list_entrants(store)[0].id)
    fill(page, people="Girls")
    qtbot.waitUntil(lambda: page.form is None)
    assert list_entrants(store)[0].people == "Girls"


@pytest.mark.usefixtures("cohorts")
def test_a_cohort_is_created_and_its_definition_edited(page: ReoffendingPage, qtbot: QtBot) -> None:
    store = page.desk.store
    page.chips[Kind.COHORTS].click()
    page.screen_shown().add()  # type: ignore[attr-defined]
    fill(page, name="Kirklees 2024")
    assert page.form is not None
    assert page.form.refusal("name").startswith("There is a cohort")
    fill(page, name="Released 2026", definition=CohortDefinition.IOM, data_date=date(2026, 6, 30))
    qtbot.waitUntil(lambda: page.form is None)
    made = next(row for row in list_cohorts(store) if row.name == "Released 2026")
    assert made.definition.kind is CohortDefinition.IOM
    page.screen_shown().reread()
    page.screen_shown().edit(made.id)  # type: ignore[attr-defined]
    fill(page, waiting_months=3, breach_codes=("195/94",), baseline_score=285_000)
    qtbot.waitUntil(lambda: page.form is None)
    made = next(row for row in list_cohorts(store) if row.id == made.id)
    assert (made.definition.waiting_months, made.definition.breach_codes) == (3, ("195/94",))
    assert made.baseline_score == 285_000
    spec = form_again(store, "edit-cohort", (made.id,), DATA_DATE)
    assert spec is not None
    edit_cohort(store, made.id, made.version, name="Another name")
    assert spec.again is not None
    assert spec.again().fields[0].value == "Another name"


def test_differences_and_shares_round_half_up() -> None:
    assert percent(0.1235) == "12.4%"
    assert percent(0.00045) == "0.0%"
    assert percent(0.0005) == "0.1%"
    assert points(0.0315) == "+3.2"
    assert points(-0.01) == "\N{MINUS SIGN}1.0"
    assert points(None) == "n/a"
    assert points(0.0) == "0.0"
