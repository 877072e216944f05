from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from csp_desktop.imports.import_plan import Decisions
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.running import accept, open_source
from tests.factories import TODAY
from tests.ui.review_files import first_rows, later_rows, write
from ui.app import Program
from ui.pages.reports import ReportsPage
from ui.window import Window


def report_page(window: Window, qtbot: QtBot) -> ReportsPage:
    window.go("reports")
    page = window.page()
    assert isinstance(page, ReportsPage)
    ready(page, qtbot)
    return page


def ready(page: ReportsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.save_pdf_button.isEnabled() and not page.desk.tasks.busy, timeout=30_000)


def bring_in(window: Window, path: Path) -> None:
    store = window.desk.store
    accept(store, plan_import(store, open_source(path), Decisions(), TODAY))


def said(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def previewed(page: ReportsPage) -> str:
    return said(page._made.pdf) if page._made is not None else ""


def test_what_came_in_from_a_workbook_leaves_as_a_printed_report(
    unlock: Callable[[], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    window = unlock()
    page = report_page(window, qtbot)
    bring_in(window, write(tmp_path / "safer.xlsx", first_rows()))
    qtbot.waitUntil(lambda: "Walk the estate every week" in previewed(page), timeout=20_000)
    page._choose = lambda *_asked: tmp_path / "board.pdf"
    page.save_pdf()
    qtbot.waitUntil(lambda: page.note.text() == "Saved as board.pdf.", timeout=10_000)
    first = said((tmp_path / "board.pdf").read_bytes())
    assert "Walk the estate every week" in first
    assert "OFFICIAL" in first

    bring_in(window, write(tmp_path / "later.xlsx", later_rows()))
    qtbot.waitUntil(lambda: "Train taxi drivers" in previewed(page), timeout=20_000)
    page.save_pdf()
    qtbot.waitUntil(lambda: "Train taxi drivers" in said((tmp_path / "board.pdf").read_bytes()), timeout=20_000)


def test_locking_deletes_the_copy_that_the_viewer_was_given(
    unlock: Callable[[], Window], program: Program, qtbot: QtBot
) -> None:
    page = report_page(unlock(), qtbot)
    viewed = page.viewed
    viewed._show = lambda _file: True
    page.open_in_viewer()
    folder = viewed.folder
    assert folder is not None
    assert folder.exists()
    program.lock()
    qtbot.waitUntil(lambda: not folder.exists())


def test_a_period_typed_by_hand_is_the_period_of_the_report(unlock: Callable[[], Window], qtbot: QtBot) -> None:
    page = report_page(unlock(), qtbot)
    QTest.keyClicks(page.choices.period, "June 2026")
    qtbot.waitUntil(lambda: page._made is not None and page._made.report.period == "June 2026", timeout=20_000)
