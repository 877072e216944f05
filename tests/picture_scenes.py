"""The scenes that the pictures of ``docs/pictures`` are taken of; ``tests.pictures`` takes them.

Everything in them is the demo of ``resources/demo``, as it stands on one day in autumn 2026, prepared by one officer.
"""

import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path, PureWindowsPath
from unittest import mock

import openpyxl
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from csp_desktop import assets
from csp_desktop.commands.actions import edit_action
from csp_desktop.commands.cohorts import edit_cohort
from csp_desktop.commands.starting import found_store
from csp_desktop.exports.content import Timing
from csp_desktop.exports.exporting import export_workbook
from csp_desktop.exports.scopes import find_scope
from csp_desktop.imports.registers.bringing_in import import_registers
from csp_desktop.imports.registers.register_plan import RegisterRequest
from csp_desktop.imports.running import ImportRequest, import_files
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.cohorts import list_cohorts
from csp_desktop.queries.following import follow_cohort
from csp_desktop.queries.meetings import list_meetings
from csp_desktop.registers.forms import Register
from csp_desktop.reports.kinds import ReportKind
from csp_desktop.reports.making import ReportRequest, build_report
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.store import Store
from models.terms import MeetingStatus
from models.vocabulary import GroupKind
from tests.answers import answer
from tests.demo_partnership import fill as fill_partnership
from tests.factories import TODAY, Clock, bare_store
from tests.vault import OFFICER, PASSPHRASE
from ui.app import Program, dressed
from ui.board.kinds import Kind as BoardKind
from ui.dialogs.first_run import CreatePage
from ui.dialogs.import_review import SHEET
from ui.dialogs.unlock import UnlockPage
from ui.forms.editors import TextEditor
from ui.pages.imports import ImportsPage
from ui.pages.plan import PlanPage
from ui.pages.reoffending import ReoffendingPage
from ui.pages.workbooks import WorkbooksPage
from ui.remembered import Remembered
from ui.reoffending.kinds import Kind
from ui.review.session import Session
from ui.screens.screen import Where
from ui.window import Window

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
SCREEN = QSize(1366, 768)
REPORT_DPI = 80
PLACE = PureWindowsPath("C:/Users/priya.patel/AppData/Local/CSP Desktop/partnership.csp")
REVIEW = QSize(1320, 720)  # what it takes of that screen
CORRECTED_ROW = 9
SHOWN_ACTION = "Train front-line staff to recognise domestic abuse and coercive control"
PATIENCE_S = 60.0
COHORT, KNOWN = "Kirklees 2024/25", date(2026, 10, 31)
SHOWN_REOFFENCES = 4
SENT_TO = ("Nadia Hussain", "Priya Chauhan", "Kieran Booth")


class Scene:
    """The program on the demo store, at the size of a council laptop's screen."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.app = app
        self.folder = folder
        self.clock = Clock()
        self._settings = folder / "settings"
        Remembered(self._settings / "window.ini").keep_text("name", OFFICER.display_name)

    def fill(self) -> Path:
        """Make the demo store and return its path."""
        store = bare_store(self.folder, self.clock, PLACE.name)
        found_store(store, "kirklees-2022-2027")
        demo = sorted(file for file in assets.path("demo").iterdir() if file.suffix in {".xlsx", ".csv"})
        import_files(store, demo, ImportRequest(), TODAY)
        for register in (Register.OFFENCE_CODES, Register.COHORT_MEMBERS, Register.OFFENCES, Register.SPELLS):
            file = next(file for file in assets.path("demo/registers").iterdir() if file.stem == register.value)
            name = COHORT if register is Register.COHORT_MEMBERS else None
            import_registers(store, [file], RegisterRequest(register, cohort=name), TODAY)
        cohort = list_cohorts(store)[0]
        edit_cohort(store, cohort.id, cohort.version, data_date=KNOWN)
        fill_partnership(store, TODAY)
        store.close()
        return store.path

    def program(self, path: Path | None) -> Program:
        """Start the program as on a PC whose account is the officer's."""
        made = Program(self.app, path, self._settings)
        made.front.show()
        self.settle()
        return made

    def settle(self, until: Callable[[], object] = lambda: True) -> None:
        """Let the window come to rest."""
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                sys.exit("The window did not come to rest; the pictures are not all made.")
            self.app.processEvents()
            time.sleep(0.01)
        for _turn in range(20):
            self.app.processEvents()

    def window(self) -> Window:
        """Return the window once it is open, at its size."""
        self.settle(lambda: any(isinstance(shown, Window) for shown in self.app.topLevelWidgets()))
        window = next(shown for shown in self.app.topLevelWidgets() if isinstance(shown, Window))
        window.resize(SCREEN)
        self.settle(lambda: not window.desk.tasks.busy)
        return window


def keep(name: str, picture: QImage) -> None:
    """Write a picture, with few colours; those that cover little are kept too, for the RAG marks speak by them."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows no bytes for the format
    with Image.open(io.BytesIO(buffer.data().data())) as shot:
        few = shot.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(PICTURES / f"{name}.png", optimize=True)


def grab(name: str, widget: QWidget) -> None:
    """Keep what a widget shows."""
    keep(name, widget.grab().toImage())


def first_run(scene: Scene) -> None:
    """The form that makes a store."""
    program = scene.program(None)
    program.front.create_store()
    page = program.front.page()
    if isinstance(page, CreatePage):
        page.form.editor("place").set_value(str(PLACE))
        for key in ("passphrase", "again"):
            editor = page.form.editor(key)
            if isinstance(editor, TextEditor):
                QTest.keyClicks(editor.line, PASSPHRASE)
    scene.settle()
    grab("first-run", program.front)
    program.close()


def unlock(scene: Scene, program: Program) -> Window:
    """The front before the passphrase; returns the window behind it."""
    page = program.front.page()
    if isinstance(page, UnlockPage):
        page._where.setText(f"{PLACE.name} in {PLACE.parent}")
        grab("unlock", program.front)
        page.secret.setText(PASSPHRASE)
        page.unlock()
    return scene.window()


def plan(scene: Scene, window: Window) -> None:
    """The plan with one action's updates beside it."""
    window.go("plan")
    page = window.page()
    if isinstance(page, PlanPage):
        shown = next(row for row in list_actions(window.desk.store, View(TODAY)) if row.title == SHOWN_ACTION)
        page.go_to(shown.id)
        page.pane.tabs["Updates"].click()
        page.table.setFocus()
    scene.settle()
    grab("plan", window)


def corrected(folder: Path) -> Path:
    """The council's workbook as it comes back: what was put right, an action that was forgotten, slips of the pen."""
    book = openpyxl.load_workbook(assets.path("demo/council-action-plan.xlsx"))
    sheet = book.worksheets[0]
    for cell, value in (
        ("G9", "31st March 2027"),
        ("K9", "271 of 400 trained, three more than first returned. Catch-up sessions run to February."),
        ("L9", "Amber - at risk"),
        ("H11", "Complete"),
        ("K11", "Published on 29 September; it goes to the December Board."),
        ("L11", "Blue - complete"),
        ("G14", "31st June 2027"),
        ("L14", "Greenish"),
        ("K13", "Consultation closed with 214 replies. The Board decides in December."),
        ("L13", "Green - on track"),
        ("A25", "2.9"),
        ("B25", sheet["B13"].value),
        ("C25", "Open a reporting point for anti-social behaviour in Dewsbury"),
        ("D25", "Tom Briggs"),
        ("G25", "31 May 2027"),
        ("H25", "Not started"),
    ):
        sheet[cell] = value
    path = folder / "council-action-plan corrected.xlsx"
    book.save(path)
    return path


def import_review(scene: Scene, window: Window) -> None:
    """The same owner's workbook, corrected, under review."""
    window.go("imports", (corrected(scene.folder),))
    page = window.page()
    if isinstance(page, ImportsPage):
        scene.settle(lambda: page.review is not None)
        review = page.review
        if review is not None:
            scene.settle(lambda: at_rest(review.session))
            review.resize(REVIEW)
            review.rows.show_place(("Action plan", CORRECTED_ROW))
            scene.settle()
            grab("import-review", review)
            review.go(SHEET)
            scene.settle()
            grab("import-sheet", review)
            review.reject()


def sent_out(store: Store, folder: Path) -> Path:
    """The workbooks of three owners, sent out; returns the one that comes back filled in, with the office busy too."""
    sent = {
        name: export_workbook(
            store, find_scope(store, TODAY, owner=name, theme=None, plan=None), Timing.of(TODAY), folder / f"{at}.xlsx"
        )
        for at, name in enumerate(SENT_TO)
    }
    import_files(store, [sent[SENT_TO[1]].path], ImportRequest(), TODAY)
    rows = [row for row in list_actions(store, View(TODAY)) if row.lead == SENT_TO[0]]
    first, second = rows[0], rows[1]
    edit_action(store, first.id, first.version, forecast_due=date(2027, 5, 31))
    back = {
        (first.ref, "due"): date(2027, 4, 30),
        (first.ref, "success_measure"): f"{first.success_measure}, by half",
        (first.ref, "update"): "Sites agreed with the wardens; the first posters are up.",
        (first.ref, "rag"): "Green",
        (second.ref, "update"): "Held twice. Numbers are up since the summer.",
        (second.ref, "next_steps"): "Report to the December Board",
    }
    return answer(sent[SENT_TO[0]].path, folder / f"{SENT_TO[0].rpartition(' ')[2]} update.xlsx", back)


def workbooks(scene: Scene, window: Window) -> None:
    """What went out to whom, and a workbook that came back under review."""
    returned = sent_out(window.desk.store, scene.folder)
    window.go("workbooks")
    page = window.page()
    if isinstance(page, WorkbooksPage):
        scene.settle(lambda: not window.desk.tasks.busy)
        page.take_focus()
        scene.settle()
        grab("workbooks", window)
    window.go("imports", (returned,))
    imports = window.page()
    if isinstance(imports, ImportsPage):
        scene.settle(lambda: imports.review is not None)
        review = imports.review
        if review is not None:
            scene.settle(lambda: at_rest(review.session))
            review.resize(REVIEW)
            review.rows.choose_first()
            scene.settle()
            grab("return-review", review)
            review.reject()


def reoffending(scene: Scene, window: Window) -> None:
    """The cohort's page, and a person who reoffended more than once."""
    window.go("reoffending")
    page = window.page()
    store = window.desk.store
    if isinstance(page, ReoffendingPage):
        cohort = list_cohorts(store)[0]
        page.open(Where(Kind.COHORT, cohort.id))
        scene.settle(lambda: not window.desk.tasks.busy)
        grab("cohort", window)
        people = follow_cohort(store, cohort.id, KNOWN).people
        shown = max(people, key=lambda each: (each.is_measurable, each.reoffences == SHOWN_REOFFENCES, -each.member_id))
        page.open(Where(Kind.PERSON, shown.offender_id))
        scene.settle(lambda: not window.desk.tasks.busy)
        grab("person", window)


def around_the_plan(scene: Scene, window: Window) -> None:
    """The town centre, a meeting that was held, the scorecard, and what the evidence holds to be pressing."""
    store = window.desk.store
    met = next(
        row for row in list_meetings(store) if row.status is MeetingStatus.HELD and row.group_kind is GroupKind.BOARD
    )
    shown = (
        ("town-centre", "town-centre", Where("now")),
        ("meeting", "board", Where(BoardKind.MEETING, met.id)),
        ("scorecard", "measures", Where("scorecard")),
        ("priorities", "evidence", Where("priorities")),
    )
    for name, place, where in shown:
        window.go(place, where)
        scene.settle(lambda: not window.desk.tasks.busy)
        grab(name, window)


def at_rest(session: Session) -> bool:
    """Whether nothing is under way in a review."""
    return not session.desk.tasks.busy


def report(store: Store, name: str, request: ReportRequest) -> None:
    """The first page of a printed report."""
    buffer = QBuffer()
    buffer.setData(pdf_bytes(build_report(store, request)))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    size = document.pagePointSize(0) * (REPORT_DPI / 72)
    page = document.render(0, size.toSize())
    paper = QImage(page.size(), QImage.Format.Format_RGB32)
    paper.fill("white")
    painter = QPainter(paper)
    painter.drawImage(0, 0, page)
    painter.end()
    keep(name, paper)


def main() -> int:
    """Make them all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(["csp-desktop"])
    dressed(app)
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(app, Path(folder))
        with mock.patch("ui.app.now", scene.clock), mock.patch("getpass.getuser", return_value=OFFICER.account):
            first_run(scene)
            program = scene.program(scene.fill())
            window = unlock(scene, program)
            plan(scene, window)
            import_review(scene, window)
            workbooks(scene, window)
            reoffending(scene, window)
            around_the_plan(scene, window)
            store = window.desk.store
            report(store, "report", ReportRequest(ReportKind.BOARD_PROGRESS, Path("report.pdf"), None, None, TODAY))
            report(store, "cohort-report", ReportRequest(ReportKind.COHORT, Path("cohort.pdf"), None, None, TODAY))
            town = ReportRequest(ReportKind.SAFER_DEWSBURY, Path("town.pdf"), None, None, TODAY)
            report(store, "town-centre-report", town)
            program.close()
    return 0
