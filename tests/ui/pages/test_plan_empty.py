from pathlib import Path

from pytestqt.qtbot import QtBot

from csp_desktop.store import Store
from tests.factories import TODAY
from ui.desk import Desk
from ui.news import News
from ui.pages.plan import PlanPage
from ui.remembered import Remembered
from ui.tasks import Tasks


def test_a_plan_without_actions_offers_a_workbook_and_no_way_to_show_what_is_not_there(
    store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    tasks, news = Tasks(), News(store)
    page = PlanPage(Desk(store, tasks, news, lambda: TODAY, Remembered(tmp_path / "window.ini")))
    qtbot.addWidget(page)
    page.show()
    page.reread()
    assert page.show_all.isHidden()
    with qtbot.waitSignal(page.went_to) as asked:
        page.bring_in.click()
    assert asked.args == ["imports", ()]
    news.close()
    tasks.close()
