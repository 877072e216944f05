"""The Evidence page: priorities of an edition, ranked areas, and the registers behind them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.commands.entries import add_entry
from csp_desktop.queries.entries import find_entry
from csp_desktop.queries.evidence import list_editions, list_priorities
from csp_desktop.registers.forms import Register
from csp_desktop.rules.periods import financial_year
from csp_desktop.store import Store
from models.terms import AreaKind
from tests.csp_desktop.queries.evidence_sample import BURGLARY, SAFE, fill_evidence
from ui.charts.widget import ChartWidget
from ui.desk import Desk
from ui.evidence.figures_screen import FiguresScreen
from ui.evidence.hotspots_screen import HotspotsScreen
from ui.evidence.priorities_screen import PrioritiesScreen
from ui.news import News
from ui.pages.evidence import PRIORITIES, EvidencePage
from ui.pages.page import Place
from ui.remembered import Remembered
from ui.screens.screen import Where
from ui.tasks import Tasks
from ui.window import Heading, Window

TODAY = date(2026, 11, 23)


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[Desk]:
    tasks = Tasks()
    news = News(store)
    yield Desk(store, tasks, news, lambda: TODAY, Remembered(tmp_path / "window.ini"))
    news.close()
    tasks.close()


@pytest.fixture
def edition(store: Store) -> int:
    return fill_evidence(store)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> EvidencePage:
    window = Window(desk, (Place("evidence", "Evidence", "themes", EvidencePage),), Heading("Partnership", "OFFICIAL"))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.go("evidence")
    shown = window.page()
    assert isinstance(shown, EvidencePage)
    return shown


def words(widget: QWidget | None) -> str:
    assert widget is not None
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def priorities_of(page: EvidencePage) -> PrioritiesScreen:
    screen = page.screen_shown()
    assert isinstance(screen, PrioritiesScreen)
    return screen


def hotspots_of(page: EvidencePage) -> HotspotsScreen:
    page.go_to(Where("hotspots"))
    screen = page.screen_shown()
    assert isinstance(screen, HotspotsScreen)
    return screen


def test_an_edition_begun_from_the_form_comes_to_the_front_with_its_findings(
    edition: int, page: EvidencePage, store: Store
) -> None:
    assert edition == list_editions(store)[0].id
    screen = priorities_of(page)
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert screen.summary.text() == (
        "9 findings: 3 red, 4 amber, 1 green. Since SIA 2025: 1 worsened, 1 improved, 1 new, 5 unchanged."
    )
    screen.begin_button.click()
    assert page.form is not None
    page.form.save()
    page.reread()
    assert list_editions(store)[0].title == "Strategic intelligence assessment 2027"
    assert screen.edition.chosen() == list_editions(store)[0].id
    assert "Since SIA 2026: 8 unchanged." in screen.summary.text()
    store.undo()
    screen.reread()
    assert screen.edition.currentText() == "SIA 2026"


def test_findings_are_brought_in_from_the_priorities(edition: int, page: EvidencePage) -> None:
    assert edition
    priorities_of(page).bring_button.click()
    assert page.form is not None
    assert page.form.accessibleName() == "Bring in findings"


def test_a_finding_is_shown_whole_and_its_gaps_told(edition: int, page: EvidencePage, store: Store) -> None:
    screen = priorities_of(page)
    drinking = next(row for row in list_priorities(store, edition).findings if "drinking" in row.title)
    screen.table.choose(drinking.id)
    assert "Worsened, was amber; entered as unchanged" in words(screen.pane)
    assert screen.step_back()
    assert screen.pane is None
    screen.gaps_button.click()
    assert "Off-road bikes" in words(screen.pane)
    assert "that rest on no finding" in words(screen.pane)


def test_a_finding_is_edited_from_the_priorities_and_opened_again_after_a_lock(
    edition: int, page: EvidencePage, store: Store
) -> None:
    screen = priorities_of(page)
    row = list_priorities(store, edition).findings[0]
    screen.table.choose(row.id)
    screen.edit(row.id)
    assert page.form is not None
    page.form.editor("priority").set_value("green")
    page.form.save()
    page.reread()
    assert find_entry(store, Register.EVIDENCE, row.id).values["priority"] == "green"
    for name, kind in (("begin-edition", PRIORITIES), ("edit-entry:evidence", "evidence")):
        found = page.form_again(name, (row.id,))
        assert found is not None
        assert found[0] == Where(kind)


def test_areas_are_ranked_and_one_is_shown_over_time(edition: int, page: EvidencePage) -> None:
    assert edition
    screen = hotspots_of(page)
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert screen.indicator.values()[:3] == ("Anti-social behaviour", BURGLARY, SAFE)
    assert screen.table.isVisibleTo(screen)
    assert "Dewsbury East has the most" in screen.told_words.text()
    screen.table.choose_first()
    assert screen.pane is not None
    assert screen.pane.findChild(ChartWidget) is not None
    assert "Rank\n1 of 6" in words(screen.pane)
    screen.indicator.choose("Robbery")
    screen.indicator.activated.emit(screen.indicator.currentIndex())
    assert screen.kind.values() == (AreaKind.SMALL_AREA,)
    assert screen.pane is None
    assert "small area (LSOA)" in screen.told_words.text()


def test_the_chosen_area_stays_chosen_where_another_period_ranks_it_elsewhere(page: EvidencePage, store: Store) -> None:
    for area, period, value in (("A", "2024/25", 9), ("B", "2024/25", 1), ("A", "2025/26", 1), ("B", "2025/26", 9)):
        values = {"indicator": "Fires", "area_name": area, "period": period, "value": Decimal(value)}
        add_entry(store, Register.AREA_FIGURES, values)
    screen = hotspots_of(page)
    screen.table.choose_first()
    assert screen.pane is not None
    assert "B\n" in words(screen.pane)
    screen.period.choose(financial_year(2024))
    screen.period.activated.emit(screen.period.currentIndex())
    row = screen.table.chosen_row()
    assert row is not None
    assert (row.name, row.rank) == ("B", 2)
    assert "Rank\n2 of 2" in words(screen.pane)


def test_figures_are_of_one_indicator_at_a_time_and_can_be_entered_by_hand(
    edition: int, page: EvidencePage, store: Store
) -> None:
    assert edition == list_editions(store)[0].id
    page.go_to(Where("area-figures"))
    screen = page.screen_shown()
    assert isinstance(screen, FiguresScreen)
    assert {row.text("indicator") for row in screen.shown} == {"Anti-social behaviour"}
    screen.add_button.click()
    assert page.form is not None
    for key, value in (("area_name", "Batley West"), ("period", "April 2026"), ("value", "31")):
        page.form.editor(key).set_value(value)
    page.form.save()
    page.reread()
    assert screen.shown[0].text("period") == "April 2026"
    screen.crime_button.click()
    assert page.form is not None
    assert page.form.accessibleName() == "Bring in street crime"


def test_every_screen_of_an_empty_store_says_what_will_be_there(page: EvidencePage) -> None:
    assert priorities_of(page).begin_button.text() == "Begin the first edition"
    assert "will be listed here" in words(page)
    assert "Areas will be ranked here" in words(hotspots_of(page))
    for kind in page.makers:
        page.go_to(Where(kind))
        assert page.screen_shown().isVisibleTo(page)
