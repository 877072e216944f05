import threading

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.commands.people import add_person
from csp_desktop.store import Step, Store
from ui.idle import IdleWatch
from ui.news import News


def test_a_written_step_is_told_one_turn_later_in_the_windows_thread(store: Store, qtbot: QtBot) -> None:
    news = News(store)
    told: list[tuple[str, int]] = []

    def listen(step: Step) -> None:
        told.append((step.label, threading.get_ident()))

    news.happened.connect(listen)
    add_person(store, "Amira Khan")
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    worker = threading.Thread(target=add_person, args=(store, "Tom Briggs"))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [("Add a person", threading.get_ident())] * 2


def test_closed_news_is_silent(store: Store, qtbot: QtBot) -> None:
    news = News(store)
    news.close()
    with qtbot.assertNotEmitted(news.happened, wait=50):
        add_person(store, "Amira Khan")


def test_the_window_locks_after_its_time_and_a_key_starts_it_again(qapp: QApplication, qtbot: QtBot) -> None:
    watch = IdleWatch(qapp, minutes=0.5 / 60)
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: watch.left < 300, timeout=2000)
    qtbot.keyClick(page, Qt.Key.Key_A)
    assert watch.left > 400
    with qtbot.waitSignal(watch.idle, timeout=3000):
        assert watch.left > 0
    watch.stop()


def test_a_stopped_watch_says_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    watch = IdleWatch(qapp, minutes=0.02 / 60)
    watch.stop()
    with qtbot.assertNotEmitted(watch.idle, wait=100):
        assert watch.left == -1
