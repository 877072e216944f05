"""``python -m benchmarks.table FOLDER``: how the plan page moves over the store in a folder, in milliseconds."""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from benchmarks.work import Figures
from csp_desktop.workspace import open_store
from tests.factories import TODAY, Clock
from tests.vault import OFFICER, PASSPHRASE
from ui.app import dressed
from ui.desk import Desk
from ui.news import News
from ui.pages.plan import PlanPage
from ui.remembered import Remembered
from ui.tasks import Tasks

TYPED = "knife crime plan in ward"
STEPS, JUMPS, REPAINTS = 200, 100, 30
STEP_PX = 100
STRIDE = 37  # prime to the jumps, so that each lands where none was before
WORDS = "Renew the order with partners"


def main(folder: Path) -> Figures:
    """Open the page, scroll it, type into its filter, and repaint it beside a table of Qt's own with as many cells."""
    app = QApplication([])
    dressed(app)
    store, tasks = open_store(folder / "test.csp", PASSPHRASE, OFFICER, Clock()), Tasks()
    page = PlanPage(Desk(store, tasks, News(store), lambda: TODAY, Remembered(folder / "window.ini")))
    page.resize(1200, 700)
    page.show()
    figures = {"open": _ms(partial(_opened, page))}
    while tasks.busy:
        app.processEvents()
    figures |= _scrolled(page)
    plain = _plain(page.table)
    figures |= {"repaint": _repainted(page.table), "bare repaint": _repainted(plain)}
    plain.close()
    line = page.filter_line
    if line is not None:
        keys = [_ms(partial(_typed, line, key)) for key in TYPED]
        figures |= {"key": median(keys), "slowest key": max(keys)}
    page.close()
    tasks.close()
    store.close()
    return figures


def _opened(page: PlanPage) -> None:
    page.reread()
    QApplication.processEvents()


def _typed(line: QLineEdit, key: str) -> None:
    QTest.keyClicks(line, key)
    QApplication.processEvents()


def _scrolled(page: PlanPage) -> Figures:
    bar = page.table.verticalScrollBar()

    def moved(to: int) -> tuple[float, float]:
        busy = time.thread_time()
        bar.setValue(to)
        wall = _ms(QApplication.processEvents)
        return wall, (time.thread_time() - busy) * 1000

    steps = [moved(bar.value() + STEP_PX) for _ in range(STEPS)]
    jumps = [moved(at * STRIDE % JUMPS * (bar.maximum() // JUMPS)) for at in range(JUMPS)]
    return {
        "step": max(steps)[0],
        "step, processor": max(busy for _wall, busy in steps),
        "jump": max(jumps)[0],
        "jump, processor": max(busy for _wall, busy in jumps),
    }


def _plain(like: QTableView) -> QTableView:
    model = QStandardItemModel()
    for _row in range(50):
        model.appendRow([QStandardItem(WORDS) for _column in range(like.model().columnCount())])
    plain = QTableView()
    plain.setModel(model)
    plain.resize(like.size())
    plain.show()
    QApplication.processEvents()
    return plain


def _repainted(table: QTableView) -> float:
    return median(_ms(partial(table.viewport().repaint)) for _ in range(REPAINTS))


def _ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
