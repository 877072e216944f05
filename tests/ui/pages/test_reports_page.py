import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from csp_desktop.commands.actions import edit_action
from csp_desktop.commands.reports import issue_report
from csp_desktop.errors import CspError
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.records import list_issued_reports, list_steps
from csp_desktop.reports.blocks import Report
from csp_desktop.reports.kinds import ReportKind
from models.vocabulary import StepKind
from tests.csp_desktop.reoffending.sample_cohorts import sample_cohort
from tests.factories import TODAY
from ui.desk import Desk
from ui.pages.report_choices import OfCohort
from ui.pages.report_making import Made, file_name, paper_of
from ui.pages.report_places import scale, top
from ui.pages.reports import ReportsPage
from ui.printing import FOLDER, NO_PRINTER, PrintRun, Viewed
from ui.window import Window


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> ReportsPage:
    window.go("reports")
    shown = window.page()
    assert isinstance(shown, ReportsPage)
    ready(shown, qtbot)
    return shown


def ready(page: ReportsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.save_pdf_button.isEnabled() and not page.desk.tasks.busy, timeout=20_000)


def type_in(line: QLineEdit, text: str) -> None:
    line.clear()
    QTest.keyClicks(line, text)


class Painted(QObject):
    """Says when a widget is painted."""

    seen = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.seen.emit()
        return False


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def made(page: ReportsPage) -> Made:
    assert page._made is not None
    return page._made


def test_the_report_is_previewed_as_soon_as_the_page_is_shown(page: ReportsPage) -> None:
    assert page.preview.document.pageCount() >= 2
    assert page.preview.where.text() == f"Page 1 of {page.preview.document.pageCount()}"
    assert "Renew the order" in text_of(made(page).pdf)
    assert page.counts.startswith("Board progress report, ")


def test_a_period_is_typed_and_what_is_not_one_is_said_at_the_field(page: ReportsPage, qtbot: QtBot) -> None:
    type_in(page.choices.period, "Q2 2026/27")
    qtbot.waitUntil(lambda: made(page).report.period == "Q2 2026/27", timeout=20_000)
    type_in(page.choices.period, "last spring")
    qtbot.waitUntil(page.choices.refusal.isVisible, timeout=20_000)
    assert page.choices.refusal.text().startswith("“last spring” is not a period we understand.")
    assert not page.save_pdf_button.isEnabled()
    assert page.preview.document.pageCount() >= 2
    assert "still shows what was asked before" in page.note.text()
    type_in(page.choices.period, "2026/27")
    ready(page, qtbot)
    assert not page.choices.refusal.isVisible()


def test_the_day_that_counts_as_today_is_typed(page: ReportsPage, qtbot: QtBot) -> None:
    type_in(page.choices.as_of, "soon")
    qtbot.waitUntil(page.choices.day_refusal.isVisible, timeout=20_000)
    assert "“soon” is not a date" in page.choices.day_refusal.text()
    type_in(page.choices.as_of, "30/12/2026")
    ready(page, qtbot)
    assert made(page).report.data_date == date(2026, 12, 30)


def test_the_public_version_leaves_people_out(page: ReportsPage, qtbot: QtBot) -> None:
    assert "Amira Khan" in text_of(made(page).pdf)
    page.choices.public.click()
    ready(page, qtbot)
    assert "Amira Khan" not in text_of(made(page).pdf)


def test_the_preview_follows_the_store(page: ReportsPage, qtbot: QtBot) -> None:
    row = next(row for row in list_actions(page.desk.store, View(TODAY)) if row.title == "Renew the order")
    edit_action(page.desk.store, row.id, row.version, title="Renew both orders")
    qtbot.waitUntil(lambda: page._made is not None and "Renew both orders" in text_of(made(page).pdf), timeout=20_000)


def test_pages_are_turned_and_sized_by_key_and_button(page: ReportsPage, qtbot: QtBot) -> None:
    preview = page.preview
    qtbot.mouseClick(preview.on, Qt.MouseButton.LeftButton)
    assert preview.where.text().startswith("Page 2 of")
    preview.fit(QPdfView.ZoomMode.FitInView)
    assert preview.where.text().startswith("Page 2 of")
    preview.zoom(1.25)
    larger = preview.view.zoomFactor()
    preview.zoom(1 / 1.25)
    assert preview.view.zoomFactor() < larger
    for _press in range(30):
        preview.zoom(1.25)
    assert preview.view.zoomFactor() == 4.0
    qtbot.keyClick(preview, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert preview.where.text().startswith("Page 1 of")
    assert not preview.back.isEnabled()


def small(page: ReportsPage, number: int) -> QImage:
    """Return what the list of pages shows for one."""
    pages = page.preview.thumbnails
    return pages.viewport().grab(pages.visualRect(pages.model().index(number, 0))).toImage()


def shades(picture: QImage) -> int:
    return len({picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())})


def test_pages_stand_small_beside_the_page_and_lead_to_it(page: ReportsPage, qtbot: QtBot) -> None:
    preview, pages = page.preview, page.preview.thumbnails
    preview.show_thumbnails(shown=True)
    assert pages.model().rowCount() == preview.document.pageCount()
    qtbot.waitUntil(lambda: shades(small(page, 0)) > 20)
    place = pages.visualRect(pages.model().index(1, 0)).center()
    qtbot.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert preview.where.text().startswith("Page 2 of")
    qtbot.keyClick(pages, Qt.Key.Key_Home)
    assert preview.where.text().startswith("Page 1 of")
    preview.turn(1)
    assert pages.currentIndex().row() == 1


def test_small_pages_are_shown_where_there_is_room_until_a_person_says(window: Window, page: ReportsPage) -> None:
    preview = page.preview
    preview.resize(2000, 900)
    assert preview.thumbnails.isVisible()
    preview.resize(300, 900)
    assert not preview.thumbnails.isVisible()
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert preview.thumbnails.isVisible()
    preview.resize(301, 900)
    assert preview.thumbnails.isVisible()


def test_words_are_found_in_the_pages(window: Window, page: ReportsPage, qtbot: QtBot) -> None:
    finder = page.preview.finder
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert finder.line.hasFocus()
    type_in(finder.line, "Renew")
    count = text_of(made(page).pdf).count("Renew")
    assert count > 1
    qtbot.waitUntil(lambda: finder.told.text() == f"1 of {count}")
    QTest.keyClick(finder.line, Qt.Key.Key_Return)
    assert finder.told.text() == f"2 of {count}"
    QTest.keyClick(window, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert finder.told.text() == f"{count} of {count}"
    shown = page.preview.view.pageNavigator().currentPage()
    assert shown == finder.found.resultAtIndex(count - 1).page()
    with qtbot.waitSignal(Painted(page.preview.view.viewport()).seen):
        type_in(finder.line, "nowhere to be found")
    qtbot.waitUntil(lambda: finder.told.text() == "Not found")
    assert not finder.on.isVisible()


def test_what_is_looked_for_is_looked_for_in_the_next_report_too(page: ReportsPage, qtbot: QtBot) -> None:
    finder = page.preview.finder
    type_in(finder.line, "Renew the order")
    qtbot.waitUntil(lambda: "found" in finder.told.text() or "of" in finder.told.text())
    page.make()
    ready(page, qtbot)
    qtbot.waitUntil(lambda: finder.found.rowCount(QModelIndex()) > 0)
    qtbot.waitUntil(lambda: finder.told.text() not in {"", "Not found"})


def test_saving_has_keys(window: Window, page: ReportsPage) -> None:
    asked: list[str] = []

    def choose(_parent: QWidget, _title: str, suggested: str, _kind: str) -> Path | None:
        asked.append(suggested)
        return None

    page._choose = choose
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_S, both)
    assert [Path(name).suffix for name in asked] == [".pdf", ".xlsx"]


def saving(desk: Desk, path: Path | None, qtbot: QtBot) -> ReportsPage:
    asked: list[str] = []

    def choose(_parent: QWidget, _title: str, suggested: str, _kind: str) -> Path | None:
        asked.append(suggested)
        return path

    page = ReportsPage(desk, choose)
    qtbot.addWidget(page)
    page.show()
    page.reread()
    ready(page, qtbot)
    page.setProperty("asked", asked)
    return page


def test_what_is_saved_is_what_is_previewed(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    page = saving(desk, tmp_path / "board", qtbot)
    page.save_pdf()
    qtbot.waitUntil(lambda: page.note.text() == "Saved as board.pdf.", timeout=10_000)
    assert (tmp_path / "board.pdf").read_bytes() == made(page).pdf
    page.save_workbook()
    qtbot.waitUntil(lambda: page.note.text() == "Saved as board.xlsx.", timeout=10_000)
    book = openpyxl.load_workbook(BytesIO((tmp_path / "board.xlsx").read_bytes()))
    assert book.properties.title == "Board progress report"


def test_changing_ones_mind_saves_nothing(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    page = saving(desk, None, qtbot)
    before = set(tmp_path.iterdir())
    page.save_pdf()
    assert not desk.tasks.busy
    assert set(tmp_path.iterdir()) == before


def test_a_folder_that_is_gone_is_said_and_nothing_is_written(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    page = saving(desk, tmp_path / "gone" / "board.pdf", qtbot)
    with qtbot.captureExceptions() as raised:
        page.save_pdf()
        qtbot.waitUntil(lambda: bool(raised), timeout=10_000)
    assert isinstance(raised[0][1], CspError)
    assert "does not exist" in str(raised[0][1])


def test_without_a_printer_a_sentence_says_what_to_do(page: ReportsPage) -> None:
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this PC has a printer")
    with pytest.raises(CspError) as refused:
        page.print_page()
    assert str(refused.value) == NO_PRINTER


def paper(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_every_page_is_printed_its_own_way_round(page: ReportsPage, tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "paper.pdf"
    run = PrintRun(made(page).pdf, paper(out), page)
    with qtbot.waitSignal(run.ended, timeout=60_000) as ended:
        page.print_on(run, paper_of(made(page)))
    assert ended.args == [True]
    assert page.note.text() == "Printed."
    with pypdfium2.PdfDocument(made(page).pdf) as source, pypdfium2.PdfDocument(out) as printed:
        assert len(printed) == len(source)
        for original, copy in zip(source, printed, strict=True):
            assert copy.get_size() == pytest.approx(original.get_size(), abs=2)
            ink = copy.render(scale=0.3).to_pil().convert("L").getextrema()
            assert ink[0] < 100
    assert page.print_button.isEnabled()


def test_printing_can_be_stopped(page: ReportsPage, tmp_path: Path, qtbot: QtBot) -> None:
    run = PrintRun(made(page).pdf, paper(tmp_path / "paper.pdf"), page)
    with qtbot.waitSignal(run.counted, timeout=60_000):
        page.print_on(run, paper_of(made(page)))
    qtbot.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    assert page.note.text() == "Printing was stopped."
    assert not page.stop_button.isVisible()


def test_a_copy_for_the_viewer_is_private_and_goes_with_the_page(desk: Desk, qtbot: QtBot) -> None:
    seen: list[Path] = []
    page = saving(desk, None, qtbot)
    viewed = page.viewed
    viewed._show = lambda file: not seen.append(file)
    page.open_in_viewer()
    (file,) = seen
    assert file.read_bytes() == made(page).pdf
    folder = viewed.folder
    assert folder is not None
    assert folder.name.startswith(FOLDER)
    page.deleteLater()
    qtbot.waitUntil(lambda: not folder.exists())


def test_what_was_left_behind_the_last_time_goes_at_the_next() -> None:
    left = Path(tempfile.mkdtemp(prefix=FOLDER))
    (left / "report.pdf").write_bytes(b"%PDF-")
    viewed = Viewed(lambda _file: True)
    viewed.open("report.pdf", b"%PDF-")
    assert not left.exists()
    viewed.clear()
    assert viewed.folder is None


def test_without_a_viewer_the_copy_is_gone_again() -> None:
    viewed = Viewed(lambda _file: False)
    with pytest.raises(CspError) as refused:
        viewed.open("report.pdf", b"%PDF-")
    assert "Save the report as a PDF instead" in str(refused.value)
    assert viewed.folder is None


def test_a_reports_file_name_has_no_letter_that_a_file_system_refuses(page: ReportsPage) -> None:
    report: Report = made(page).report
    name = file_name(report)
    assert name.startswith("Board progress report")
    assert not set(name) & set('/\\:*?"<>|')


def recorded(page: ReportsPage) -> list[str]:
    return [step.label for step in list_steps(page.desk.store) if step.kind is StepKind.ACCESS]


def test_an_issued_report_opens_as_it_was_and_one_is_told_so(page: ReportsPage, qtbot: QtBot) -> None:
    as_issued = made(page).pdf
    assert page.issued_list.nothing.isVisible()
    page.issue_button.setFocus()
    page.issue_button.click()
    qtbot.waitUntil(lambda: len(page.issued_list.links) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: page.note.text().startswith("Issued."), timeout=20_000)
    ready(page, qtbot)
    assert page.issue_button.hasFocus()
    row = next(row for row in list_actions(page.desk.store, View(TODAY)) if row.title == "Renew the order")
    edit_action(page.desk.store, row.id, row.version, title="Renew both orders")
    qtbot.waitUntil(lambda: page._made is not None and "Renew both orders" in text_of(made(page).pdf), timeout=20_000)

    page.issued_list.links[0].click()
    qtbot.waitUntil(page.banner.isVisible, timeout=20_000)
    assert "as issued on 23 Nov 2026" in page.banner.words.text()
    assert page.banner.words.text().endswith("These pages no longer change.")
    assert page.counts in page.banner.words.text()
    shown = page._paper()
    assert shown is not None
    assert shown.pdf == as_issued
    assert page.banner.back.hasFocus()
    assert not page.choices.isEnabled()
    assert not page.save_book_button.isEnabled()
    assert not page.issue_button.isEnabled()
    assert page.save_pdf_button.isEnabled()

    assert page.step_back()
    ready(page, qtbot)
    assert not page.banner.isVisible()
    assert page.choices.isEnabled()
    assert page.issued_list.links[0].hasFocus()
    assert "Renew both orders" in text_of(made(page).pdf)


def test_a_change_elsewhere_leaves_an_issued_report_on_the_screen(page: ReportsPage, qtbot: QtBot) -> None:
    page.issue()
    qtbot.waitUntil(lambda: page.note.text().startswith("Issued."), timeout=20_000)
    page.issued_list.links[0].click()
    qtbot.waitUntil(page.banner.isVisible, timeout=20_000)
    row = next(row for row in list_actions(page.desk.store, View(TODAY)) if row.title == "Renew the order")
    edit_action(page.desk.store, row.id, row.version, title="Renew both orders")
    qtbot.waitUntil(lambda: page._made is not None and "Renew both orders" in text_of(made(page).pdf), timeout=20_000)
    shown = page._paper()
    assert shown is not None
    assert "Renew both orders" not in text_of(shown.pdf)
    assert page.banner.isVisible()
    assert page.save_pdf_button.isEnabled()


def test_an_issued_report_is_saved_byte_for_byte(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    page = saving(desk, tmp_path / "board.pdf", qtbot)
    as_issued = made(page).pdf
    page.issue()
    qtbot.waitUntil(lambda: page.note.text().startswith("Issued."), timeout=20_000)
    page.issued_list.links[0].click()
    qtbot.waitUntil(page.banner.isVisible, timeout=20_000)
    page.save_pdf()
    qtbot.waitUntil(lambda: page.note.text() == "Saved as board.pdf.", timeout=10_000)
    assert (tmp_path / "board.pdf").read_bytes() == as_issued
    shown = page._paper()
    assert shown is not None
    assert shown.name.startswith("Board progress report")
    assert shown.name.endswith("issued 2026-11-23")


def test_a_report_of_a_day_to_come_is_not_issued(page: ReportsPage, qtbot: QtBot) -> None:
    type_in(page.choices.as_of, "30/12/2026")
    ready(page, qtbot)
    page.issue()
    qtbot.waitUntil(lambda: "yet to come" in page.note.text(), timeout=20_000)
    assert page.issued_list.links == []
    assert page.issue_button.isEnabled()


def test_many_issued_reports_are_listed_five_at_first(page: ReportsPage, qtbot: QtBot) -> None:
    for _time in range(7):
        issue_report(page.desk.store, "board-progress", made(page).report, TODAY)
    qtbot.waitUntil(page.issued_list.more.isVisible, timeout=20_000)
    assert len(page.issued_list.links) == 5
    page.issued_list.more.click()
    assert len(page.issued_list.links) == 7
    assert page.issued_list.links[5].hasFocus()
    assert not page.issued_list.more.isVisible()


def test_saving_printing_and_viewing_are_recorded_once_each_unless_public(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page = saving(desk, tmp_path / "board", qtbot)
    viewed = page.viewed
    viewed._show = lambda _file: True
    page.save_pdf()
    qtbot.waitUntil(lambda: page.note.text() == "Saved as board.pdf.", timeout=10_000)
    page.save_workbook()
    qtbot.waitUntil(lambda: page.note.text() == "Saved as board.xlsx.", timeout=10_000)
    page.open_in_viewer()
    run = PrintRun(made(page).pdf, paper(tmp_path / "paper.pdf"), page)
    with qtbot.waitSignal(run.ended, timeout=60_000):
        page.print_on(run, paper_of(made(page)))
    all_four = recorded(page)
    assert all_four == [
        "Print the Board progress report",
        "Open the Board progress report in the PDF viewer",
        "Save the Board progress report as a workbook",
        "Save the Board progress report as PDF",
    ]
    page.choices.public.click()
    ready(page, qtbot)
    page.save_pdf()
    qtbot.waitUntil(lambda: page.note.text() == "Saved as board.pdf.", timeout=10_000)
    assert recorded(page) == all_four


@pytest.mark.parametrize("mode", [QPdfView.ZoomMode.FitToWidth, QPdfView.ZoomMode.FitInView, QPdfView.ZoomMode.Custom])
def test_every_place_that_is_found_comes_into_sight(page: ReportsPage, qtbot: QtBot, mode: QPdfView.ZoomMode) -> None:
    preview, finder = page.preview, page.preview.finder
    view = preview.view
    preview.fit(mode)
    type_in(finder.line, "Overdue")
    qtbot.waitUntil(lambda: finder.found.rowCount(QModelIndex()) > 3)
    count = finder.found.rowCount(QModelIndex())
    for _ in range(count):
        finder.step(1)
        place = finder.found.resultAtIndex(view.currentSearchResultIndex())
        box = place.rectangles()[0]
        above = top(view, place.page()) + box.top() * scale(view, place.page()) - view.verticalScrollBar().value()
        assert -1 <= above <= view.viewport().height() - box.height() * scale(view, place.page()) + 1


def test_the_last_page_ends_where_the_preview_does(page: ReportsPage) -> None:
    view = page.preview.view
    last = view.document().pageCount() - 1
    end = top(view, last) + view.document().pagePointSize(last).height() * scale(view, last)
    whole = view.verticalScrollBar().maximum() + view.viewport().height()
    assert abs(end + view.documentMargins().bottom() - whole) <= last + 4


def test_tab_goes_from_the_buttons_to_what_was_issued_newest_first(page: ReportsPage, qtbot: QtBot) -> None:
    for count in (1, 2):
        page.issue_button.click()
        qtbot.waitUntil(lambda count=count: len(page.issued_list.links) == count, timeout=20_000)
        ready(page, qtbot)
    page.issue_button.setFocus()
    for link in page.issued_list.links:
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        assert link.hasFocus()


def test_nothing_moves_while_the_preview_paints_what_it_finds(page: ReportsPage, qtbot: QtBot) -> None:
    finder = page.preview.finder
    type_in(finder.line, "Renew")
    qtbot.waitUntil(lambda: finder.told.text().endswith(" found"))
    finder.told.setText("")
    finder.found.countChanged.emit()  # as the view does while it paints
    assert not finder.told.text()
    qtbot.waitUntil(lambda: finder.told.text().endswith(" found"))


@pytest.fixture
def with_cohorts(page: ReportsPage, qtbot: QtBot) -> ReportsPage:
    """The page where a cohort's report is asked for; the rows came past the page, so it is read again."""
    sample_cohort(page.desk.store, 40, 2, name="Dewsbury pilot")
    sample_cohort(page.desk.store, 30, 3, name="Huddersfield")
    page.reread()
    page.choices.choose(ReportKind.COHORT)
    ready(page, qtbot)
    return page


def test_a_cohort_is_chosen_in_the_place_of_a_plan_and_period(with_cohorts: ReportsPage, qtbot: QtBot) -> None:
    page = with_cohorts
    assert page.choices.cohort.isVisible()
    assert not page.choices.plan.isVisible()
    assert not page.choices.period.isVisible()
    assert made(page).report.subtitle.startswith("Dewsbury pilot.")
    page.choices.cohort.setCurrentText("Huddersfield")
    page.choices.cohort.activated.emit(1)
    qtbot.waitUntil(lambda: made(page).report.subtitle.startswith("Huddersfield."), timeout=20_000)
    page.choices.choose(ReportKind.BOARD_PROGRESS)
    ready(page, qtbot)
    assert page.choices.plan.isVisible()
    assert made(page).report.title == "Board progress report"
    page.choices.choose(ReportKind.COHORT)
    ready(page, qtbot)
    assert made(page).report.subtitle.startswith("Huddersfield."), "what was chosen stays chosen"


def test_the_data_date_is_typed_and_what_is_none_is_said_at_the_field(with_cohorts: ReportsPage, qtbot: QtBot) -> None:
    page = with_cohorts
    type_in(page.choices.data_date, "whenever")
    qtbot.waitUntil(page.choices.data_date_refusal.isVisible, timeout=20_000)
    assert not page.save_pdf_button.isEnabled()
    type_in(page.choices.data_date, "30/11/2025")
    ready(page, qtbot)
    assert made(page).report.data_date == date(2025, 11, 30)
    assert not page.choices.data_date_refusal.isVisible()


def test_the_public_version_of_a_cohort_hides_small_numbers(with_cohorts: ReportsPage, qtbot: QtBot) -> None:
    page = with_cohorts
    assert "OFFICIAL-SENSITIVE" in text_of(made(page).pdf)
    assert page.marking == "OFFICIAL-SENSITIVE"
    assert "small numbers" in page.choices.public_hint.text()
    page.choices.public.click()
    ready(page, qtbot)
    told = text_of(made(page).pdf)
    assert "OFFICIAL-SENSITIVE" not in told
    assert page.marking == "OFFICIAL"
    assert "stands for a figure that is not published" in told


def test_a_cohort_report_is_issued_as_its_own_kind(with_cohorts: ReportsPage, qtbot: QtBot) -> None:
    page = with_cohorts
    page.issue()
    qtbot.waitUntil(lambda: bool(page.issued_list.links) and not page.desk.tasks.busy, timeout=20_000)
    issued = list_issued_reports(page.desk.store)
    assert [row.title for row in issued] == ["Reoffending cohort report"]


def test_commands_of_the_page_speak_of_the_report_that_is_chosen(with_cohorts: ReportsPage, qtbot: QtBot) -> None:
    page = with_cohorts
    words = {found.words: found for found in page.offered()}
    assert "Print: Reoffending cohort report" in words
    words["Make: Board progress report"].go()
    ready(page, qtbot)
    assert made(page).report.title == "Board progress report"


def test_without_a_cohort_the_page_says_that_there_is_none(page: ReportsPage, qtbot: QtBot) -> None:
    page.choices.choose(ReportKind.COHORT)
    ready(page, qtbot)
    assert "There is no cohort in this store yet." in text_of(made(page).pdf).replace("\r\n", " ")


def test_another_page_leads_to_the_report_of_a_cohort(with_cohorts: ReportsPage, qtbot: QtBot) -> None:
    page = with_cohorts
    page.issue()
    qtbot.waitUntil(lambda: bool(page.issued_list.links) and not page.desk.tasks.busy, timeout=20_000)
    page.open_issued(list_issued_reports(page.desk.store)[0])
    qtbot.waitUntil(page.banner.isVisible, timeout=20_000)
    page.go_to(OfCohort("Huddersfield", date(2025, 11, 30)))
    ready(page, qtbot)
    assert not page.banner.isVisible()
    assert made(page).report.subtitle.startswith("Huddersfield.")
    assert made(page).report.data_date == date(2025, 11, 30)
    page.go_to(OfCohort("Dewsbury pilot", None))
    ready(page, qtbot)
    assert made(page).report.subtitle.startswith("Dewsbury pilot.")
    assert not page.choices.data_date.text(), "the cohort's own"
