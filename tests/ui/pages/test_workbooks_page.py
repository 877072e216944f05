"""The page of workbooks: owners, what is made for them, what was sent, their e-mails and the chase list."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.commands.actions import add_action
from csp_desktop.commands.erasure import erase_person
from csp_desktop.commands.plans import add_plan
from csp_desktop.errors import CspError
from csp_desktop.exports.scopes import Scope
from csp_desktop.queries.chasing import list_workbooks
from csp_desktop.queries.plans import find_plan, list_themes
from csp_desktop.queries.records import list_steps
from csp_desktop.reports.files import replace_file
from csp_desktop.store import Store
from models.vocabulary import ExportScope, PlanKind, StepKind
from tests.csp_desktop.queries.chased import Chased, send
from tests.factories import TODAY
from ui.desk import Desk
from ui.forms.controls import ChoiceBox
from ui.news import News
from ui.pages import workbooks
from ui.pages.plan import PlanPage
from ui.pages.report_making import paper_of
from ui.pages.workbooks import WorkbooksPage
from ui.pages.workbooks_making import Asking
from ui.pages.workbooks_views import OWNERS, SENT
from ui.printing import NO_PRINTER, PrintRun
from ui.remembered import Remembered
from ui.tasks import Tasks
from ui.widgets import RowLink
from ui.window import Window

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(chased: Chased, tmp_path: Path) -> Iterator[Desk]:
    tasks, news = Tasks(), News(chased.store)
    yield Desk(chased.store, tasks, news, lambda: TODAY, Remembered(tmp_path / "window.ini"))
    news.close()
    tasks.close()


@pytest.fixture
def page(window: Window) -> WorkbooksPage:
    window.go("workbooks")
    shown = window.page()
    assert isinstance(shown, WorkbooksPage)
    return shown


class Answers:
    """What a person answers when they are asked where to, and what they were asked."""

    def __init__(self, page: WorkbooksPage, file: Path | None = None, folder: Path | None = None) -> None:
        self.asked: list[str] = []
        self.seen: list[Path] = []
        self._file, self._folder = file, folder
        page.ask = Asking(self._save, self._choose, self.seen.append)

    def _save(self, _parent: QWidget, _title: str, suggested: str, _kind: str) -> Path | None:
        self.asked.append(suggested)
        return self._file

    def _choose(self, _parent: QWidget, _at: Path, title: str) -> Path | None:
        self.asked.append(title)
        return self._folder


def at_rest(page: WorkbooksPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.desk.tasks.busy, timeout=20_000)
    for _turn in range(4):  # the result, the news, the layout, the labels that it shows
        QApplication.processEvents()


def words(pane: QWidget) -> str:
    for _turn in range(3):
        QApplication.processEvents()
    return "\n".join(each.text() for each in pane.findChildren(QLabel) if not each.isHidden())


def row(page: WorkbooksPage, name: str) -> int:
    model = page.views.owners.model
    return next(at for at in range(model.rowCount()) if model.row_at(at).name == name)


def choose(page: WorkbooksPage, name: str) -> None:
    page.views.owners.table.choose(page.views.owners.model.id_at(row(page, name)))


def tick(page: WorkbooksPage, *names: str) -> None:
    for name in names:
        page.views.owners.table.turn(row(page, name))


def accesses(page: WorkbooksPage) -> list[str]:
    return [step.label for step in list_steps(page.desk.store) if step.kind is StepKind.ACCESS]


def type_into(page: WorkbooksPage, key: str, text: str) -> None:
    assert page.form is not None
    line = page.form.editor(key).control
    assert isinstance(line, QLineEdit)
    line.clear()
    QTest.keyClicks(line, text)


def offer(page: WorkbooksPage, begins: str) -> None:
    assert page.form is not None
    box = page.form.editor("for").control
    assert isinstance(box, ChoiceBox)
    box.setCurrentIndex(next(at for at in range(box.count()) if box.itemText(at).startswith(begins)))


def offers(page: WorkbooksPage) -> list[str]:
    assert page.form is not None
    box = page.form.editor("for").control
    assert isinstance(box, ChoiceBox)
    return [box.itemText(at) for at in range(box.count())]


def test_owners_stand_there_with_what_is_due_of_them_and_how_their_workbook_stands(
    page: WorkbooksPage, qtmodeltester: ModelTester
) -> None:
    model = page.views.owners.model
    qtmodeltester.check(model)
    cells = [[column.text(model.row_at(at)) for column in model.columns[1:]] for at in range(model.rowCount())]
    assert cells[0] == [
        "Amina Shah", "3", "1", "1", "2", "2 Nov 2026", "16 Nov 2026", "", "Overdue to come back",
    ]  # fmt: skip
    assert [(line[0], line[-1]) for line in cells] == [
        ("Amina Shah", "Overdue to come back"),
        ("Ewa Kowalska", "Not sent"),
        ("Priya Nair", "Came back with questions"),
        ("Tom Briggs", "Came back"),
        ("Wei Chen", "Out"),
        ("West Yorkshire Police", "Not sent"),
    ]
    assert page.counts == "6 owners, 1 late, 1 with questions"
    assert page.views.owners.unled.text().startswith("2 open actions have no lead, 1 of them overdue")


def test_the_filter_narrows_by_name_and_by_standing(window: Window, page: WorkbooksPage) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    line = page.filter_line
    assert line is not None
    QTest.keyClicks(line, "came back")
    assert page.views.owners.model.rowCount() == 2
    QTest.keyClick(line, Qt.Key.Key_Down)
    chosen = page.views.owner()
    assert chosen is not None
    assert chosen.name == "Priya Nair"


def test_the_pane_says_what_to_ask_and_why_what_was_sent_and_the_words_of_an_e_mail(
    window: Window, page: WorkbooksPage
) -> None:
    choose(page, "Amina Shah")
    told = words(page.pane)
    assert "amina@example.org" in told
    assert "Overdue to come back: 7 days late" in told
    assert "Overdue; no update yet, begun 1 Apr 2026" in told
    assert "EXP-0001, Q3 2026/27" in told
    assert "Sent 2 Nov 2026, wanted back 16 Nov 2026." in told
    assert "Subject: Reminder: Communities Partnership Plan 2022-2027" in told
    link = page.pane.findChildren(RowLink)[0]
    link.click()
    plan = window.page()
    assert isinstance(plan, PlanPage)
    chosen = plan.table.chosen_row()
    assert chosen is not None
    assert chosen.title == "Renew the order in the town centre"


def test_one_key_copies_the_words_of_an_e_mail_and_says_so(
    window: Window, page: WorkbooksPage, chased: Chased, qtbot: QtBot
) -> None:
    with qtbot.captureExceptions() as raised:
        QTest.keyClick(window, Qt.Key.Key_E, CONTROL)
    assert [str(error) for _kind, error, _trace in raised] == [workbooks.CHOOSE_FIRST]
    choose(page, "Tom Briggs")
    QTest.keyClick(window, Qt.Key.Key_E, CONTROL)
    copied = QApplication.clipboard().text()
    assert copied.startswith("Subject: Communities Partnership Plan 2022-2027: thank you for your update")
    assert "Dear Tom Briggs," in copied
    assert copied.rstrip().endswith("Priya Patel\nKirklees Communities Partnership Board")
    assert window.message.words.text().startswith("Copied: an e-mail to Tom Briggs.")
    assert accesses(page)[0] == "Copy the words of an e-mail to an owner"
    assert "Amina" not in copied
    assert chased.people


def test_workbooks_are_made_for_the_ticked_owners_and_it_is_said_what_lies_where(
    window: Window, page: WorkbooksPage, tmp_path: Path, qtbot: QtBot
) -> None:
    out = tmp_path / "to send"
    out.mkdir()
    answers = Answers(page, folder=out)
    tick(page, "Ewa Kowalska", "Wei Chen")
    assert page.views.owners.ticks.text() == "2 ticked"
    page.make_button.click()
    assert page.form is not None
    assert page.form.typed() == {}
    assert offers(page)[:2] == ["The 2 ticked owners, a workbook each", "Every owner (6), a workbook each"]
    assert [page.form.editor(key).typed() for key in ("period", "wanted_back")] == ["Q3 2026/27", "7 Dec 2026"]
    type_into(page, "wanted_back", "11/12/2026")
    QTest.keyClick(page.form, Qt.Key.Key_Return, CONTROL)
    at_rest(page, qtbot)
    assert sorted(path.name for path in out.iterdir()) == [
        "EXP-0005 update workbook.xlsx",
        "EXP-0006 update workbook.xlsx",
    ]
    told = words(page.made_pane)
    assert "2 workbooks were made" in told
    assert "EXP-0005  Ewa Kowalska" in told
    assert "EXP-0006 update workbook.xlsx: 1 action, wanted back 11 Dec 2026" in told
    assert str(out) in told.replace("\N{ZERO WIDTH SPACE}", "")
    assert window.focusWidget() is page.made_pane.show_button
    QTest.keyClick(page.made_pane.show_button, Qt.Key.Key_Return)
    assert answers.seen == [out]
    assert page.views.owners.ticked() == []
    assert page.views.owners.model.row_at(row(page, "Ewa Kowalska")).look.words == "Out"
    assert accesses(page)[:2] == ["Export an update workbook"] * 2
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not page.made_pane.isVisible()
    assert page.views.owners.table.hasFocus()


def test_one_owner_is_a_file_under_the_name_of_its_number(page: WorkbooksPage, tmp_path: Path, qtbot: QtBot) -> None:
    answers = Answers(page, file=tmp_path / "for her")
    choose(page, "Amina Shah")
    page.pane.make_button.click()
    assert offers(page)[0] == "Amina Shah"
    assert page.form is not None
    page.form.save()
    at_rest(page, qtbot)
    assert answers.asked == ["EXP-0005 update workbook.xlsx"]
    sheet = openpyxl.load_workbook(tmp_path / "for her.xlsx").worksheets[0]
    assert "Led by Amina Shah" in str(sheet["A2"].value)
    assert "1 workbook was made" in words(page.made_pane)


def test_a_theme_and_the_whole_plan_are_one_workbook_and_stand_among_all_sent(
    page: WorkbooksPage, tmp_path: Path, qtbot: QtBot
) -> None:
    Answers(page, file=tmp_path / "one.xlsx")
    for begins in ("The whole plan", "Theme: "):
        page.make()
        offer(page, begins)
        assert page.form is not None
        page.form.save()
        at_rest(page, qtbot)
    page.views.chips[SENT].click()
    model = page.views.sent_model
    kinds = [model.row_at(at).row.scope for at in range(2)]
    assert kinds == [ExportScope.THEME, ExportScope.PLAN]
    page.views.sent.choose(model.id_at(1))
    assert "The whole plan" in words(page.pane)
    assert "not yet" in words(page.pane)
    page.views.sent.choose(model.id_at(model.rowCount() - 2))
    assert "Came back" in words(page.pane)
    assert not page.pane.foot.isVisible()


def test_what_cannot_be_read_is_said_at_its_field_and_a_change_of_mind_keeps_the_form(
    window: Window, page: WorkbooksPage
) -> None:
    Answers(page)
    page.make()
    type_into(page, "period", "next week")
    type_into(page, "wanted_back", "1/11/2026")
    form = page.form
    assert form is not None
    form.save()
    assert "next week" in form.refusal("period")
    assert "has passed already" in form.refusal("wanted_back")
    type_into(page, "period", "2026/27")
    type_into(page, "wanted_back", "1/12/2026")
    form.save()
    assert page.form is form
    assert form.editor("period").typed() == "2026/27"
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert page.form is None
    assert page.views.owners.table.hasFocus()
    assert not window.asks_about_changes()
    assert len(list_workbooks(page.desk.store)) == 4


def test_what_is_ticked_while_the_form_is_open_is_offered_and_what_was_typed_stays(page: WorkbooksPage) -> None:
    page.make()
    type_into(page, "period", "2026/27")
    page.views.owners.table.setFocus()
    tick(page, "Tom Briggs")
    assert offers(page)[0] == "Tom Briggs, who is ticked"
    assert page.form is not None
    assert page.form.editor("period").typed() == "2026/27"
    choose(page, "Wei Chen")
    assert offers(page)[:2] == ["Tom Briggs, who is ticked", "Wei Chen"]
    assert page.views.owners.table.hasFocus()


def test_a_cancel_keeps_the_workbooks_that_were_made_and_says_so(
    page: WorkbooksPage, tmp_path: Path, qtbot: QtBot
) -> None:
    Answers(page, folder=tmp_path)
    page.views.owners.table.tick_all()
    page.make()
    assert page.form is not None
    page.form.save()
    task = page.desk.tasks._running[-1]
    task.progress.counted.connect(
        lambda done, _total, _words: task.progress.cancel() if done == 1 else None, Qt.ConnectionType.DirectConnection
    )
    at_rest(page, qtbot)
    told = words(page.made_pane)
    made = len(list(tmp_path.glob("EXP-*.xlsx")))
    assert 1 <= made < 6
    assert f"Cancelled: {6 - made} workbooks were not made." in told


def test_a_folder_that_refuses_is_told_of_each_and_nothing_is_kept(
    page: WorkbooksPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _content: bytes) -> None:
        raise CspError(f"The disk is full: {path.name} was not written.")

    monkeypatch.setattr("csp_desktop.reports.files.replace_file", full)
    Answers(page, folder=tmp_path)
    tick(page, "Tom Briggs", "Wei Chen")
    page.make()
    assert page.form is not None
    page.form.save()
    at_rest(page, qtbot)
    told = words(page.made_pane)
    assert "No workbook was made" in told
    assert told.count("The disk is full") == 2
    assert len(list_workbooks(page.desk.store)) == 4
    assert replace_file is not full


def test_nobody_can_be_asked_under_an_erased_name(page: WorkbooksPage, chased: Chased) -> None:
    erase_person(chased.store, chased.people["Wei Chen"], "ER-1")
    page.reread()
    choose(page, "Erased")
    assert not page.pane.make_button.isEnabled()
    with pytest.raises(CspError, match="details of this owner were erased"):
        page.make_for_chosen()
    page.make()
    assert "Every owner (5), a workbook each" in offers(page)
    assert "Erased" not in offers(page)


def test_the_chase_list_is_previewed_saved_and_every_deed_recorded(
    window: Window, page: WorkbooksPage, tmp_path: Path, qtbot: QtBot
) -> None:
    answers = Answers(page, file=tmp_path / "chase")
    QTest.keyClick(window, Qt.Key.Key_P, CONTROL)
    chase = page.views.chase
    at_rest(page, qtbot)
    assert chase.preview.document.pageCount() >= 2
    assert page.filter_line is chase.preview.finder.line
    assert not page.make_button.isVisible()
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    at_rest(page, qtbot)
    with pypdfium2.PdfDocument(tmp_path / "chase.pdf") as document:
        text = "\n".join(each.get_textpage().get_text_range() for each in document)
    assert "Renew the order" in text
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL | SHIFT)
    at_rest(page, qtbot)
    book = openpyxl.load_workbook(BytesIO((tmp_path / "chase.xlsx").read_bytes()))
    assert book.properties.title == "Owner chase list"
    assert answers.asked == ["Owner chase list Q3 2026-27.pdf", "Owner chase list Q3 2026-27.xlsx"]
    assert chase.note.text() == "Saved as chase.xlsx."
    assert accesses(page)[:2] == [
        "Save the Owner chase list as a workbook",
        "Save the Owner chase list as PDF",
    ]
    if not QPrinterInfo.availablePrinterNames():
        with pytest.raises(CspError) as refused:
            page.print_page()
        assert str(refused.value) == NO_PRINTER
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not page.views.is_chase_shown
    assert page.views.bar.isVisible()
    assert page.views.owners.table.hasFocus()


def test_the_public_chase_list_names_nobody_and_is_no_access(page: WorkbooksPage, tmp_path: Path, qtbot: QtBot) -> None:
    Answers(page, file=tmp_path / "public.pdf")
    page.show_chase()
    at_rest(page, qtbot)
    before = len(accesses(page))
    page.views.chase.public.click()
    at_rest(page, qtbot)
    page.views.chase.save_pdf()
    at_rest(page, qtbot)
    with pypdfium2.PdfDocument(tmp_path / "public.pdf") as document:
        text = "\n".join(each.get_textpage().get_text_range() for each in document)
    assert "Amina" not in text
    assert len(accesses(page)) == before


def test_the_chase_list_is_printed_page_by_page_and_can_be_stopped(
    page: WorkbooksPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.show_chase()
    at_rest(page, qtbot)
    chase = page.views.chase
    made = chase._made
    assert made is not None
    for name, stops in (("paper.pdf", False), ("stopped.pdf", True)):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / name))
        run = PrintRun(made.pdf, printer, chase)
        with qtbot.waitSignal(run.counted if stops else run.ended, timeout=60_000):
            chase.print_on(run, paper_of(made))
        if stops:
            chase.stop_button.click()
    assert chase.note.text() == "Printing was stopped."
    assert accesses(page)[0] == "Print the Owner chase list"
    assert chase.print_button.isEnabled()


def test_the_chase_list_follows_the_store(page: WorkbooksPage, chased: Chased, tmp_path: Path, qtbot: QtBot) -> None:
    page.show_chase()
    at_rest(page, qtbot)
    before = page.views.chase._made
    send(chased.store, Scope(find_plan(chased.store)), tmp_path)
    qtbot.waitUntil(lambda: page.views.chase._made is not before, timeout=20_000)
    assert page.views.is_chase_shown


def test_esc_takes_one_step_back_at_a_time(window: Window, page: WorkbooksPage) -> None:
    page.views.chips[SENT].click()
    page.views.sent.choose(page.views.sent_model.id_at(0))
    assert page.filter_line is not None
    page.filter_line.setText("wei")
    page.make()
    steps: list[Callable[[], bool]] = [
        lambda: page.form is None,
        lambda: page.views.sent.chosen() is None,
        lambda: page.filter_line is not None and not page.filter_line.text(),
        lambda: page.views.view == OWNERS,
    ]
    for done, step in enumerate(steps):
        assert not step()
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert step(), done
    assert not page.step_back()


def test_enter_leads_into_the_pane_and_the_widths_are_remembered(page: WorkbooksPage, desk: Desk) -> None:
    choose(page, "Amina Shah")
    QTest.keyClick(page.views.owners.table, Qt.Key.Key_Return)
    assert page.pane.make_button.hasFocus()
    page.views.owners.table.setColumnWidth(9, 222)
    assert desk.remembered.widths("owners") == {"standing": 222}


def test_of_several_plans_one_is_shown_at_a_time_and_all_sent_names_each(page: WorkbooksPage, chased: Chased) -> None:
    tick(page, "Tom Briggs")
    assert not page.choice.isVisible()
    other = add_plan(chased.store, "Safer Batley", PlanKind.TOWN_CENTRE)
    add_action(chased.store, other, title="Walk the square", lead_person_id=chased.people["Wei Chen"])
    page.reread()
    assert page.choice.isVisible()
    assert len(page.views.owners.lines) == 6
    at = page.choice.findText("Safer Batley")
    page.choice.setCurrentIndex(at)
    page.choice.activated.emit(at)
    assert [(line.name, line.look.words) for line in page.views.owners.lines] == [("Wei Chen", "Not sent")]
    assert page.views.owners.ticked() == []
    page.make()
    assert offers(page)[0] == "Every owner (1), a workbook each"
    page.views.chips[SENT].click()
    assert page.views.sent_model.rowCount() == 4


def test_a_plan_that_nobody_leads_says_what_will_be_here(empty_plan_store: Store, tmp_path: Path, qtbot: QtBot) -> None:
    tasks, news = Tasks(), News(empty_plan_store)
    desk = Desk(empty_plan_store, tasks, news, lambda: TODAY, Remembered(tmp_path / "w.ini"))
    page = WorkbooksPage(desk)
    qtbot.addWidget(page)
    went: list[object] = []
    page.went_to.connect(lambda place, _row: went.append(place))
    page.show()
    page.reread()
    assert "Nobody leads one yet" in page.views.empty_words.text()
    page.take_focus()
    assert page.views.first_step.text() == "Go to the plan"
    page.views.first_step.click()
    assert went == ["plan"]
    assert not page.make_button.isEnabled()
    page.views.show_view(SENT)
    assert "None was sent yet" in page.views.empty_words.text()
    assert not page.views.first_step.isVisible()
    with pytest.raises(CspError, match="nobody to chase"):
        page.print_page()
    news.close()
    tasks.close()


def test_a_long_plan_is_read_behind_the_page(
    page: WorkbooksPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.workbooks.MANY", 1)
    choose(page, "Tom Briggs")
    page.reread()
    page.reread()
    at_rest(page, qtbot)
    chosen = page.views.owner()
    assert chosen is not None
    assert chosen.name == "Tom Briggs"
    assert page.views.owners.model.rowCount() == 6


def test_search_offers_what_can_be_done_here_from_any_place(window: Window, page: WorkbooksPage, qtbot: QtBot) -> None:
    window.go("home")
    next(found for found in page.offered() if found.words.startswith("Make workbooks")).go()
    assert window.page() is page
    assert page.form is not None
    qtbot.waitUntil(lambda: page.form is not None and page.form.isVisible())


def test_a_themes_strand_is_called_one(page: WorkbooksPage, chased: Chased) -> None:
    page.make()
    strands = [theme.title for theme in list_themes(chased.store, chased.plan_id) if theme.depth]
    assert [words for words in offers(page) if words.startswith("Strand: ")] == [
        each for each in offers(page) if any(each.endswith(title) for title in strands) and each.startswith("Strand: ")
    ]
    assert sum(words.startswith("Strand: ") for words in offers(page)) == len(strands)
