from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from csp_desktop.charts.rag import AMBER, RED
from csp_desktop.errors import CspError
from ui.tables.columns import Column, Kind, PagedRows, Reader, RowsInHand, Sort
from ui.tables.model import CellRole, TableModel
from ui.tables.rag import RagCell


@dataclass(frozen=True, slots=True)
class Sample:
    id: int
    title: str
    lead: str = ""
    due: date | None = None
    late: int | None = None


def refuse(_row: Sample, text: str) -> None:
    if not text:
        raise CspError("An action needs a title; the old one was kept.")
    typed.append(text)


typed: list[str] = []
COLUMNS: tuple[Column[Sample], ...] = (
    Column(key="title", heading="Action", text=lambda row: row.title, kind=Kind.LONG_TEXT, width=0, edit=refuse),
    Column(key="lead", heading="Lead", text=lambda row: row.lead),
    Column(
        key="due",
        heading="Due",
        kind=Kind.DATE,
        text=lambda row: f"{row.due:%d %b %Y}" if row.due else "",
        sort_key=lambda row: row.due.toordinal() if row.due else None,
    ),
    Column(
        key="late",
        heading="Days late",
        kind=Kind.NUMBER,
        text=lambda row: "" if row.late is None else str(row.late),
        sort_key=lambda row: row.late,
    ),
    Column(
        key="rag",
        heading="RAG",
        kind=Kind.RAG,
        text=lambda _row: "Amber",
        rag=lambda _row: RagCell(AMBER, RED, "12 days late"),
    ),
)
ROWS = (
    Sample(42, "Renew the Public Spaces Protection Order", "T Briggs", date(2024, 9, 30), 12),
    Sample(7, "Outreach to rough sleepers", "Z\N{LATIN SMALL LETTER E WITH ACUTE}lie O'Neill", None, None),
    Sample(19, "ASB \N{LATIN SMALL LIGATURE FI}nes protocol", "", date(2024, 3, 1), 0),
)


def model_of(rows: Sequence[Sample] = ROWS) -> TableModel[Sample]:
    model = TableModel(COLUMNS)
    model.set_source(RowsInHand(COLUMNS, rows, lambda row: row.id))
    return model


def ids(model: TableModel[Sample]) -> list[int]:
    return [model.id_at(at) for at in range(model.rowCount())]


def test_it_keeps_every_rule_of_a_model(qtmodeltester: ModelTester) -> None:
    model = model_of()
    qtmodeltester.check(model)
    model.filter("order")
    model.sort(0)
    model.set_source(RowsInHand(COLUMNS, ROWS[:1], lambda row: row.id))
    qtmodeltester.check(model)


def test_rows_come_in_their_own_order_until_sorted_and_absent_values_come_last_both_ways() -> None:
    model = model_of()
    assert ids(model) == [42, 7, 19]
    model.sort(2)
    assert ids(model) == [19, 42, 7]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert ids(model) == [42, 19, 7]
    model.sort(3)
    assert ids(model) == [19, 42, 7]
    model.sort(-1)
    assert ids(model) == [42, 7, 19]


@pytest.mark.parametrize(
    ("typed_text", "left"),
    [
        ("", [42, 7, 19]),
        ("ORDER briggs", [42]),
        ("fines", [19]),
        ("o'neill zelie", [7]),
        ("ze\u0301lie", [7]),
        ("x", []),
    ],
)
def test_the_filter_takes_every_word_in_any_column(typed_text: str, left: list[int]) -> None:
    model = model_of()
    model.filter(typed_text)
    assert ids(model) == left


def test_the_filter_holds_when_the_rows_are_read_again() -> None:
    model = model_of()
    model.filter("order")
    model.set_source(RowsInHand(COLUMNS, [*ROWS, Sample(50, "Second order")], lambda row: row.id))
    assert ids(model) == [42, 50]
    assert model.position_of(7) is None
    assert model.position_of(50) == 1


def test_what_a_screen_reader_says() -> None:
    model = model_of()

    def said(row: int, column: int) -> object:
        return model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said(1, 2) == "none"
    assert said(0, 2) == "30 Sep 2024"
    assert said(0, 4) == "Amber; suggested Red: 12 days late"


def test_numbers_stand_right_and_rag_cells_carry_their_mark() -> None:
    model = model_of()
    assert model.index(0, 3).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(0, 4).data(CellRole.RAG) == RagCell(AMBER, RED, "12 days late")


def test_an_edit_goes_to_the_column_and_a_refusal_flies_with_the_cell_unchanged() -> None:
    model = model_of()
    index = model.index(0, 0)
    assert index.flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.index(0, 1).flags() & Qt.ItemFlag.ItemIsEditable
    assert model.setData(index, "Renew both orders")
    assert typed == ["Renew both orders"]
    with pytest.raises(CspError, match="needs a title"):
        model.setData(index, "")
    assert index.data() == "Renew the Public Spaces Protection Order"
    assert not model.setData(index, "Renew the Public Spaces Protection Order")


@given(st.lists(st.one_of(st.none(), st.integers(0, 50))), st.booleans())
def test_sorting_keeps_every_row_and_the_order_of_equals(lates: list[int | None], down: bool) -> None:
    rows = [Sample(at, "", late=late) for at, late in enumerate(lates)]
    order = RowsInHand(COLUMNS, rows, lambda row: row.id).order(Sort(3, descending=down))
    valued = [(late, at) for at, late in enumerate(lates) if late is not None]
    expected = [at for _late, at in sorted(valued, key=lambda pair: -pair[0] if down else pair[0])]
    assert list(order) == expected + [at for at, late in enumerate(lates) if late is None]


def test_rows_too_many_to_hold_are_read_a_page_at_a_time() -> None:
    read: list[int] = []

    def fetch(wanted: Sequence[int]) -> list[Sample]:
        read.append(len(wanted))
        return [Sample(row_id, f"Row {row_id}") for row_id in wanted]

    reader = Reader(
        ids=lambda _key, down: array("q", sorted(range(100_000), reverse=down)),
        texts=lambda: {row_id: f"row {row_id}" for row_id in range(100_000)},
        fetch=fetch,
    )
    model = TableModel(COLUMNS)
    model.set_source(PagedRows(COLUMNS, reader, lambda row: row.id))
    assert model.rowCount() == 100_000
    assert model.index(99_999, 0).data() == "Row 99999"
    assert model.index(99_998, 0).data() == "Row 99998"
    assert model.index(99_990, 0).data() == "Row 99990"
    assert read == [1, PagedRows.PAGE]
    started = perf_counter()
    model.filter("9999")
    assert perf_counter() - started < 1
    assert [model.row_at(at).id for at in range(model.rowCount())][:2] == [9999, 19999]


def test_a_row_that_changed_shows_its_new_text() -> None:
    model = model_of()
    model.set_source(RowsInHand(COLUMNS, [replace(ROWS[0], title="Other"), *ROWS[1:]], lambda row: row.id))
    assert model.index(0, 0).data() == "Other"
