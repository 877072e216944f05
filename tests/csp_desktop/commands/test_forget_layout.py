from pathlib import Path

import pytest

from csp_desktop.commands.imports import forget_layout
from csp_desktop.errors import CspError
from csp_desktop.imports.import_plan import REGISTER, Decisions
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.reviewing import with_layout_name
from csp_desktop.imports.running import accept, open_source
from csp_desktop.queries.layouts import LayoutRow, layouts_by_mark
from csp_desktop.queries.records import list_steps
from csp_desktop.store import Store
from tests.factories import TODAY
from tests.workbooks.handmade_parts import write_sheets


@pytest.fixture
def layout(store: Store, tmp_path: Path) -> LayoutRow:
    """A layout that one import left behind under a name."""
    path = tmp_path / "plan.xlsx"
    rows = [["Ref", "Action", "Lead officer", "RAG"], ["A1", "Walk the estate", "Amira Khan", "Green"]]
    write_sheets(path, {"One": rows})
    source = open_source(path)
    mark = plan_import(store, source, Decisions(), TODAY).read.tables[0].mapping.fingerprint
    named = with_layout_name(Decisions(), mark, "Safer Streets return")
    accept(store, plan_import(store, source, named, TODAY))
    return layouts_by_mark(store, REGISTER, [mark])[mark]


def test_a_layout_is_known_by_its_name_and_when_it_was_used(store: Store, layout: LayoutRow) -> None:
    assert layout.name == "Safer Streets return"
    assert layout.last_used is not None
    assert layouts_by_mark(store, REGISTER, ["never seen"]) == {}
    assert layouts_by_mark(store, "offences", [layout.fingerprint]) == {}


def test_forgetting_takes_it_out_as_one_step_that_names_nobody(store: Store, layout: LayoutRow) -> None:
    forget_layout(store, layout.id)
    assert layouts_by_mark(store, REGISTER, [layout.fingerprint]) == {}
    step = list_steps(store, limit=1)[0]
    assert (step.label, step.changes) == ("Forget the layout of a file", 1)


def test_what_is_forgotten_already_is_refused(store: Store, layout: LayoutRow) -> None:
    forget_layout(store, layout.id)
    steps = len(list_steps(store))
    with pytest.raises(CspError, match="forgotten already; nothing was changed"):
        forget_layout(store, layout.id)
    assert len(list_steps(store)) == steps


def test_undo_brings_it_back_whole(store: Store, layout: LayoutRow) -> None:
    forget_layout(store, layout.id)
    store.undo()
    assert layouts_by_mark(store, REGISTER, [layout.fingerprint])[layout.fingerprint] == layout


def test_a_forgotten_layout_is_learned_anew_without_its_name(store: Store, layout: LayoutRow, tmp_path: Path) -> None:
    forget_layout(store, layout.id)
    path = tmp_path / "later.xlsx"
    rows = [["Ref", "Action", "Lead officer", "RAG"], ["A1", "Walk the estate", "Amira Khan", "Red"]]
    write_sheets(path, {"One": rows})
    accept(store, plan_import(store, open_source(path), Decisions(), TODAY))
    known = layouts_by_mark(store, REGISTER, [layout.fingerprint])[layout.fingerprint]
    assert (known.id, known.name) == (layout.id, "")
    forget_layout(store, layout.id)
    assert layouts_by_mark(store, REGISTER, [layout.fingerprint]) == {}
