"""A folder of returns without the window: what each file is, one at a time, and what may come in by itself."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from csp_desktop.errors import CspError
from csp_desktop.imports.folder import (
    SPREADSHEETS,
    Finding,
    FolderFile,
    bring_in_certain,
    contents_of,
    each_compared,
    look_through,
    still_out,
    workbook_of,
)
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.reviewing import first_look
from csp_desktop.imports.running import ImportRequest, import_files
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.chasing import list_workbooks
from csp_desktop.queries.records import list_imports
from csp_desktop.store import Store
from tests.answers import answer
from tests.csp_desktop.queries.chased import Chased, fill, send_owner
from tests.factories import TODAY, Clock, new_store
from tests.workbooks.handmade_parts import write_sheets
from ui.files import WORKBOOKS


@pytest.fixture
def chased(clock: Clock, store: Store, tmp_path: Path) -> Chased:
    (tmp_path / "sent").mkdir()
    return fill(clock, store, tmp_path / "sent")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "returns"
    made.mkdir()
    return made


def looked(store: Store, folder: Path) -> tuple[FolderFile, ...]:
    return look_through(store, contents_of(folder).spreadsheets, TODAY, lambda _done, _total: None, lambda: False)


def ref(store: Store, title: str) -> str:
    return next(row.ref for row in list_actions(store, View(TODAY)) if row.title.startswith(title))


def test_the_window_offers_the_files_that_a_folder_is_searched_for() -> None:
    assert {f"*{ending}" for ending in SPREADSHEETS} == set(WORKBOOKS.partition("(")[2].partition(")")[0].split())


def test_the_spreadsheets_of_a_folder_come_in_name_order_and_what_hides_is_left(folder: Path) -> None:
    for name in ("b.XLSX", "A.ods", "c.csv", "~$b.xlsx", ".hidden.xlsx", "note.docx", "B.csv"):
        (folder / name).touch()
    (folder / "deeper.xlsx").mkdir()
    found = contents_of(folder)
    assert [path.name for path in found.spreadsheets] == ["A.ods", "B.csv", "b.XLSX", "c.csv"]
    assert found.others == ("note.docx",)
    with pytest.raises(CspError, match="could not be read"):
        contents_of(folder / "gone")


def test_the_cells_of_a_hundred_files_are_not_held_together(store: Store, folder: Path) -> None:
    for number in range(6):
        write_sheets(folder / f"{number}.xlsx", {"Ours": [["Action", "Lead officer"], [f"Walk {number}", "Jo Hirst"]]})
    before = held()

    def counts() -> Iterator[int]:
        for compared in each_compared(contents_of(folder).spreadsheets, lambda file: first_look(store, file, TODAY)):
            assert compared.plan is not None
            yield held() - before

    found = list(counts())
    assert len(found) == 6
    assert max(found) <= 2


def held() -> int:
    """Count the workbooks whose cells are in memory."""
    gc.collect()
    return sum(isinstance(each, WorkbookGrid) for each in gc.get_objects())


def test_what_asks_nothing_is_certain_and_comes_in_as_an_import_of_its_own(
    chased: Chased, store: Store, folder: Path
) -> None:
    visit = ref(store, "Visit the reservoirs")
    answer(chased.sent["Wei Chen"].path, folder / "wei.xlsx", {(visit, "update"): "Visited twice."})
    shutil.copy(chased.sent["Amina Shah"].path, folder / "amina.xlsx")
    files = looked(store, folder)
    assert [(file.name, file.finding, file.whose, file.is_certain) for file in files] == [
        ("amina.xlsx", Finding.NOTHING_NEW, "Amina Shah", True),
        ("wei.xlsx", Finding.CHANGES, "Wei Chen", True),
    ]
    assert list_imports(store) == []
    assert [row.owner for row in still_out(store)] == ["Amina Shah", "Wei Chen"]
    counted: list[tuple[int, int]] = []
    now = bring_in_certain(store, files, TODAY, lambda done, total: counted.append((done, total)), lambda: False)
    assert [(file.finding, file.import_id) for file in now] == [(Finding.BROUGHT_IN, None), (Finding.BROUGHT_IN, 1)]
    assert counted == [(0, 2), (1, 2), (2, 2)]
    assert still_out(store) == []
    (batch,) = list_imports(store)
    known = workbook_of(store, batch.step_id)
    assert known is not None
    assert known.owner == "Wei Chen"
    again = looked(store, folder)
    assert [file.finding for file in again] == [Finding.NOTHING_NEW, Finding.NOTHING_NEW]
    assert all("come back before" in file.notes[0] for file in again)


def test_a_cancel_keeps_what_is_in_and_leaves_the_rest_as_it_was(chased: Chased, store: Store, folder: Path) -> None:
    for name, title in (("Amina Shah", "Map the cameras"), ("Wei Chen", "Visit the reservoirs")):
        answer(chased.sent[name].path, folder / f"{name}.xlsx", {(ref(store, title), "update"): "Done."})
    files = looked(store, folder)
    done: list[int] = []
    now = bring_in_certain(
        store, files, TODAY, lambda count, _total: done.append(count), lambda: bool(done) and done[-1] == 1
    )
    assert [file.finding for file in now] == [Finding.BROUGHT_IN, Finding.CHANGES]
    assert [row.file_name for row in list_imports(store)] == ["Amina Shah.xlsx"]


def test_what_is_no_longer_certain_when_its_turn_comes_waits_for_the_review(
    chased: Chased, store: Store, folder: Path
) -> None:
    visit = ref(store, "Visit the reservoirs")
    sent = chased.sent["Wei Chen"].path
    answer(sent, folder / "1.xlsx", {(visit, "title"): "Visit every reservoir"})
    answer(sent, folder / "2.xlsx", {(visit, "title"): "Visit no reservoir"})
    files = looked(store, folder)
    assert [file.is_certain for file in files] == [True, True]
    now = bring_in_certain(store, files, TODAY, lambda _done, _total: None, lambda: False)
    assert now[0].finding is Finding.BROUGHT_IN
    assert now[1].finding is not Finding.REFUSED
    titles = {row.title for row in list_actions(store, View(TODAY)) if row.ref == visit}
    assert len(titles) == 1


def test_a_workbook_of_another_store_and_one_that_is_not_the_newest_are_told_as_such(
    chased: Chased, store: Store, folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "sent").mkdir(parents=True)
    other = new_store(elsewhere, Clock())
    theirs = fill(Clock(), other, elsewhere / "sent")
    other.close()
    shutil.copy(theirs.sent["Amina Shah"].path, folder / "foreign.xlsx")
    shutil.copy(chased.sent["Amina Shah"].path, folder / "older.xlsx")
    newest = send_owner(chased, chased.owner("Amina Shah"), tmp_path, on=TODAY, back=TODAY)
    foreign, older = looked(store, folder)
    assert (foreign.finding, foreign.whose) == (Finding.QUESTIONS, "")
    assert "is not known here" in foreign.to_ask[0]
    assert older.finding is Finding.NOTHING_NEW
    assert older.notes == ("It is not the newest: another workbook was sent on 23/11/2026.",)
    assert [row.key for row in still_out(store) if row.owner == "Amina Shah"] == [newest.key]
    assert still_out(store, {newest.key, chased.sent["Wei Chen"].key}) == []


def test_an_import_of_any_other_file_was_the_return_of_nothing(store: Store, folder: Path) -> None:
    write_sheets(folder / "ours.xlsx", {"Ours": [["Action", "Lead officer"], ["Walk", "Jo Hirst"]]})
    import_files(store, [folder / "ours.xlsx"], ImportRequest(), TODAY)
    (batch,) = list_imports(store)
    assert workbook_of(store, batch.step_id) is None
    assert list_workbooks(store) == []
