"""Real exports, edited in LibreOffice as owners do: every edit comes to its action or is told of, and nothing else."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.imports.reading.child import read_unchanged
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.reader import ReadFile
from csp_desktop.imports.running import ImportRequest, import_read
from tests.csp_desktop.imports.returns.owner_desk import ORDER, Desk
from tests.factories import TODAY
from tests.libreoffice import edits_apart, edits_in_doubt, edits_of_columns, edits_of_rows, edits_typed
from tests.libreoffice.calc_office import Calc
from tests.libreoffice.edits import Edit, Outcome, do, due, each
from tests.libreoffice.partnership import SENT, Facts, Seed, facts

EDITS = (*edits_typed.EDITS, *edits_in_doubt.EDITS, *edits_of_rows.EDITS, *edits_of_columns.EDITS)
APART = "sorted apart"
HEADINGS = {
    "latest_update": "“Your update”",
    "updates": "“Your update”",
    "forecast_due": "“Due (forecast)”",
    "due_text": "“Due (forecast)”",
    edits_apart.STEP: "“Status”",
}


def by_name(edits: Iterable[Edit]) -> list[Any]:
    """Return edits as parameters."""
    return [pytest.param(edit, id=edit.name) for edit in edits]


@pytest.fixture
def desk(seed: Seed, tmp_path: Path) -> Iterator[Desk]:
    with seed.copied(tmp_path) as copied:
        yield copied


def come_back(calc: Calc, desk: Desk, edit: Edit) -> ReadFile:
    """Have the workbook edited and saved, and read the file that comes back; the office works on meanwhile.

    It is read here and not in the child process that ``desk.bring_in`` starts, which takes longest by far.
    """
    saves = [desk.folder / f"return{at}.{ending}" for at, ending in enumerate(edit.saves)]
    returned = ReadFile(*read_unchanged(calc.edit(desk.folder / SENT, edit.deeds, *saves), Limits(), unheard))
    if edit.meanwhile:
        edit.meanwhile(desk)
    return returned


def unheard(_done: int, _expected: int) -> None:
    """Heed no progress."""


def bring_in(desk: Desk, returned: ReadFile, edit: Edit) -> dict[str, Any]:
    """Bring a file in that has been read, as ``desk.bring_in`` does."""
    return import_read(desk.store, [returned], ImportRequest(**edit.request), TODAY)[0]


def check_once(desk: Desk, returned: ReadFile, edit: Edit, now: Facts) -> None:
    """Check that the same file brought in once more changes nothing."""
    again = bring_in(desk, returned, edit)
    assert (again["import_id"], again["counts"]["new"], again["counts"]["changed"]) == (None, 0, 0)
    assert facts(desk) == now


@pytest.mark.parametrize("edit", by_name(EDITS))
def test_an_edit_comes_to_its_action_or_is_told_of(calc: Calc, desk: Desk, edit: Edit) -> None:
    returned = come_back(calc, desk, edit)
    before = facts(desk)
    result = bring_in(desk, returned, edit)
    now = facts(desk)
    check_told(result, edit.outcome)
    check_taken(before, now, edit.outcome)
    check_once(desk, returned, edit, now)


def check_told(result: dict[str, Any], outcome: Outcome) -> None:
    """Check what is said of the file: what differs and was not brought in, why, and how many rows."""
    told = [problem["message"] for problem in result["problems"]]
    assert [message for message in told if not any(words in message for words in outcome.says)] == []
    assert [words for words in outcome.says if not any(words in message for message in told)] == []
    assert {(cell["ref"], cell["field"]) for cell in result["not_applied"]} == outcome.left
    assert {(row["ref"], name) for row in result["rows"] for name in row["conflicts"]} == outcome.conflicts
    assert (result["missing"], result["two_way"]) == (list(outcome.missing), False)
    counts = result["counts"]
    in_conflict = len({ref for ref, _ in outcome.conflicts})
    assert (counts["new"], counts["errors"], counts["conflicts"]) == (len(outcome.adds), outcome.errors, in_conflict)


def changed(before: Facts, after: Facts) -> Facts:
    """Return what holds now of every action that was there before, where it has changed."""
    refs = {ref for ref, _ in before}
    keys = {key for key in before.keys() | after.keys() if key[0] in refs}
    return {key: after.get(key) for key in keys if before.get(key) != after.get(key)}


def check_taken(before: Facts, after: Facts, outcome: Outcome) -> None:
    """Check that the store holds what the owner's edits said, and everything else as before."""
    assert changed(before, after) == dict(outcome.takes)
    refs = {ref for ref, _ in before}
    added = {after[ref, "title"]: ref for ref, _ in after if ref not in refs}
    assert added.keys() == outcome.adds.keys()
    for title, values in outcome.adds.items():
        assert {name: after[added[title], name] for name in values} == values


@pytest.mark.parametrize("edit", by_name(edits_apart.EDITS))
def test_columns_that_were_parted_bring_no_word_to_another_action(calc: Calc, desk: Desk, edit: Edit) -> None:
    returned = come_back(calc, desk, edit)
    before = facts(desk)
    result = bring_in(desk, returned, edit)
    now = facts(desk)
    taken, written = changed(before, now), edit.outcome.takes
    assert {key: value for key, value in taken.items() if written.get(key, ...) != value} == {}
    assert len(now) == len(before)
    apart = [problem["message"] for problem in result["problems"] if APART in problem["message"]]
    for ref, name in written.keys() - taken.keys():
        assert any(HEADINGS[name] in message for message in apart), f"{name} of {ref} was lost without a word"
    check_once(desk, returned, edit, now)


@pytest.mark.parametrize("kept", [{"Status": "Complete", "Next steps": "Seal it"}, {}])
def test_a_corrected_return_supersedes_what_the_first_one_brought(calc: Calc, desk: Desk, kept: dict[str, str]) -> None:
    first, second = desk.folder / "first.xlsx", desk.folder / "second.xlsx"
    written = {"Your update": "Done a bit.", "Percent done": "45%", "Due (forecast)": "31/03/2027"} | kept
    calc.edit(desk.folder / SENT, [do("type", ref=ORDER, texts=written)], first)
    assert desk.bring_in(first.name)["counts"]["changed"] == 1
    corrected = {"Your update": "Done a bit more.", "Due (forecast)": "01/03/2027"}
    calc.edit(first, [do("type", ref=ORDER, texts=corrected)], second)
    before = facts(desk)
    result = desk.bring_in(second.name)
    assert (result["problems"], result["counts"]["conflicts"]) == ([], 0)
    assert changed(before, facts(desk)) == due([ORDER], "2027-03-01") | each(
        [ORDER], latest_update="Done a bit more.", updates=3, superseded=1
    )
    assert desk.bring_in(second.name)["import_id"] is None
