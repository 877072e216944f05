"""Exports that were opened in LibreOffice and saved again, nothing else: coming back they are nothing at all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.stores import long_store
from csp_desktop.exports.content import Timing
from csp_desktop.exports.exporting import export_workbook
from csp_desktop.exports.scopes import find_scope
from csp_desktop.imports.running import ImportRequest, import_files
from csp_desktop.queries.records import list_imports
from csp_desktop.store import Store
from tests.factories import TODAY
from tests.libreoffice.calc_office import Calc
from tests.libreoffice.partnership import SENT, Seed, facts

ACTIONS = 1_000


def check_nothing(result: dict[str, Any], unchanged: int) -> None:
    """Check that a file that came back says nothing new, of all its rows."""
    assert (result["import_id"], result["two_way"], result["missing"]) == (None, False, [])
    assert (result["problems"], result["not_applied"]) == ([], [])
    nothing = {"new": 0, "changed": 0, "conflicts": 0, "errors": 0, "ignored": 0}
    assert result["counts"] == nothing | {"unchanged": unchanged}


@pytest.mark.parametrize(
    "saves", [("xlsx",), ("ods",), ("xls",), ("ods", "xlsx"), ("xls", "ods", "xlsx")], ids=" then ".join
)
def test_an_untouched_workbook_is_nothing_however_it_is_saved(
    calc: Calc, seed: Seed, tmp_path: Path, saves: tuple[str, ...]
) -> None:
    with seed.copied(tmp_path) as desk:
        before = facts(desk)
        returned = calc.edit(
            tmp_path / SENT, [], *(tmp_path / f"return{at}.{ending}" for at, ending in enumerate(saves))
        )
        assert returned.read_bytes() != (tmp_path / SENT).read_bytes()
        check_nothing(desk.bring_in(returned.name), unchanged=14)
        assert facts(desk) == before
        assert list_imports(desk.store) == []


@pytest.fixture(scope="module")
def thousand(calc: Calc, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path]]:  # noqa: ARG001 - without it, skipped
    """A plan of a thousand actions, and the workbook that went out of it."""
    folder = tmp_path_factory.mktemp("thousand")
    store = long_store(folder, ACTIONS)
    scope = find_scope(store, TODAY, owner=None, theme=None, plan=None)
    assert export_workbook(store, scope, Timing.of(TODAY), folder / SENT).actions == ACTIONS
    yield store, folder
    store.close()


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_thousand_untouched_actions_are_nothing(calc: Calc, thousand: tuple[Store, Path], ending: str) -> None:
    store, folder = thousand
    returned = calc.edit(folder / SENT, [], folder / f"return.{ending}")
    result = import_files(store, [returned], ImportRequest(), TODAY)[0]
    check_nothing(result, unchanged=ACTIONS)
    assert list_imports(store) == []
