"""Any edits of an owner and of the office, in any order: no edit is lost without a word, none lands on another action.

The plan, the owner's book and the office are models of their own; the merge is asked what it would do. With
``CSP_FUZZ=20`` there are twenty times the examples.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csp_desktop.commands.actions import add_action, post_update
from csp_desktop.commands.people import add_person
from csp_desktop.exports.layout import COLUMNS
from csp_desktop.imports.grid import CellError, CellValue
from csp_desktop.imports.import_plan import Decisions, ImportPlan, SourceFile
from csp_desktop.imports.known import KnownAction
from csp_desktop.imports.merged import MergedCell
from csp_desktop.imports.returns.cell_texts import cell_said
from csp_desktop.imports.returns.known_export import KnownExport
from csp_desktop.imports.returns.office import Office, office_of
from csp_desktop.imports.returns.returning import Returning
from csp_desktop.imports.returns.sheets import find_returned
from csp_desktop.queries.plans import find_plan, list_themes
from csp_desktop.store import Store
from models.vocabulary import LifecycleStatus
from tests.csp_desktop.imports.returned_books import EDITABLE, KEY, KEYS, Book
from tests.factories import TODAY, Clock, new_store

EXAMPLES = 1_500 * int(os.environ.get("CSP_FUZZ", "1"))
ROWS = 7
LEADS = ("Amina Shah", "Tom Briggs", "Priya Patel", "Leah Stone")
VISIBLE = KEYS[:-1]
LEFT, MIDDLE = KEYS[:11], KEYS[1:13]
NEW_VALUES: Mapping[str, st.SearchStrategy[CellValue]] = {
    "title": st.sampled_from(["Reworded by the owner", "Another wording of the owner"]),
    "lead": st.sampled_from(LEADS),
    "start": st.dates(date(2026, 1, 1), date(2026, 3, 1)),
    "due": st.dates(date(2027, 6, 1), date(2027, 9, 1)),
    "status": st.sampled_from(["Complete", "On hold", "In progress"]),
    "success_measure": st.sampled_from(["Measured by the owner", "=1+1", "  spaced   out "]),
    "update": st.sampled_from(["The owner did this.", "And that,\nin two lines."]),
    "rag": st.sampled_from(["Green", "Amber", "Red"]),
    "percent": st.sampled_from([0.1, 0.5, 90, "70%"]),
    "next_steps": st.sampled_from(["The owner goes on.", "Meet again"]),
}
OFFICE_VALUES: Mapping[str, list[Any]] = {
    "title": ["Reworded by the office"],
    "success_measure": ["Measured by the office"],
    "due": [date(2028, 1, 31), date(2028, 2, 29)],
    "status": [LifecycleStatus.ON_HOLD, LifecycleStatus.COMPLETE],
}
COLUMN_OF = {"title": "title", "success_measure": "success_measure", "due": "forecast_due", "status": "status"}


@dataclass(repr=False)
class Plan:
    """A plan of actions that went out, and the office's copy of it to edit."""

    base: dict[str, dict[str, str]]
    office: Office

    def edited(self, edits: Mapping[tuple[int, str], Any]) -> Office:
        actions = {key: replace_action(action) for key, action in self.office.known.actions.items()}
        mine = {key: dict(said) for key, said in self.office.mine.items()}
        ids = list(actions)
        for (at, column), value in edits.items():
            action_id = ids[at]
            actions[action_id].values[COLUMN_OF[column]] = value
            mine[action_id][column] = value.label if isinstance(value, LifecycleStatus) else text(value)
        return replace(self.office, known=replace(self.office.known, actions=actions), mine=mine)


def replace_action(action: KnownAction) -> KnownAction:
    return KnownAction(dict(action.values), dict(action.sources), list(action.supporters), list(action.updates))


def text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    store = new_store(tmp_path_factory.mktemp("any"), Clock())
    yield Plan(*filled(store))
    store.close()


def filled(store: Store) -> tuple[dict[str, dict[str, str]], Office]:
    found = find_plan(store)
    themes = list_themes(store, found.id)
    people = [add_person(store, name=name) for name in LEADS]
    titles = ("Renew the order", "Light the underpass", "Train the wardens", "Map hot spots", "Meet the traders",
              "Fund the outreach", "Publish the guide")  # fmt: skip
    for at, title in enumerate(titles):
        action = add_action(
            store,
            found.id,
            title=title,
            theme_id=themes[at % 3].id,
            lead_person_id=people[at % len(people)],
            start=date(2026, 4, 1) + timedelta(days=at),
            baseline_due=date(2027, 1, 10) + timedelta(days=at),
            success_measure=f"Measure number {at}",
        )
        post_update(store, action, date(2026, 9, 1), done=f"Reported of {title.lower()}", rag="G", percent=20 + at)
    office = office_of(store, found, TODAY)
    return {f"A{key}": dict(said) for key, said in office.mine.items()}, office


@dataclass
class Story:
    """What the owner did to the book and what the office did meanwhile, and how sure each row's identity still is."""

    book: Book
    office_edits: dict[tuple[int, str], Any] = field(default_factory=dict)


edit = st.tuples(st.just("edit"), st.integers(0, ROWS - 1), st.sampled_from(EDITABLE).flatmap(
    lambda key: st.tuples(st.just(key), NEW_VALUES[key])))  # fmt: skip
empty = st.tuples(st.just("empty"), st.integers(0, ROWS - 1), st.sampled_from(["due", "success_measure", "start"]))
spoil = st.tuples(st.just("spoil"), st.integers(0, ROWS - 1), st.sampled_from(["due", "status", "update", "percent"]))
read_only = st.tuples(st.just("read_only"), st.integers(0, ROWS - 1), st.sampled_from(["theme", "last_update"]))
office = st.tuples(st.just("office"), st.integers(0, ROWS - 1), st.sampled_from(sorted(OFFICE_VALUES)).flatmap(
    lambda key: st.tuples(st.just(key), st.sampled_from(OFFICE_VALUES[key]))))  # fmt: skip
typing = st.lists(st.one_of(edit, edit, edit, empty, spoil, read_only, office, office), min_size=0, max_size=12)
shape = st.one_of(
    st.tuples(st.just("sort"), st.sampled_from(["whole", "visible", "left", "middle"]), st.permutations(range(ROWS))),
    st.tuples(st.just("insert"), st.integers(0, ROWS)),
    st.tuples(st.just("copy"), st.integers(0, ROWS - 1), st.sampled_from([None, "A copy with another title"])),
    st.tuples(st.just("fill"), st.integers(0, ROWS - 2), st.booleans()),
    st.tuples(st.just("delete"), st.integers(0, ROWS - 1)),
    st.tuples(st.just("columns"), st.permutations(KEYS)),
    st.tuples(st.just("rename"), st.sampled_from(["due", "update", "title", "rag"])),
    st.tuples(st.just("drop"), st.sampled_from(["start", "success_measure", "theme"])),
    st.tuples(st.just("own"), st.just("Notes")),
)
SORTS = {"whole": KEYS, "visible": VISIBLE, "left": LEFT, "middle": MIDDLE}


def told(plan_: Plan, typed: list[Any], shaped: list[Any]) -> Story:
    story = Story(Book.of(plan_.base))
    book = story.book
    for deed, at, what in typed:
        if deed == "edit":
            book.write(at, *what)
        elif deed == "empty":
            book.empty(at, what)
        elif deed == "spoil":
            book.write(at, what, CellError("#REF!"))
        elif deed == "read_only":
            book.write(at, what, "Written over")
        else:
            story.office_edits[at, what[0]] = what[1]
    sorts = 0
    for deed, *how in shaped:
        sorts += deed == "sort"
        if deed != "sort" or sorts == 1:  # a second sort of other columns leaves words that nothing tells the home of
            reshape(book, deed, how)
    return story


def reshape(book: Book, deed: str, how: list[Any]) -> None:
    """Do one deed to the shape of the table; rows that it names and that are not there are the last one."""
    last = len(book.lines) - 1
    at = min(how[0], last) if isinstance(how[0], int) else 0
    deeds: dict[str, Callable[[], object]] = {
        "sort": lambda: sort(book, *how),
        "insert": lambda: book.insert(at, {"title": "Put in by the owner", "update": "New here"}),
        "copy": lambda: book.copy_row(at, last + 1, how[1]),
        "fill": lambda: book.fill_down_ref(at, min(at + 3, last), counting=how[1]),
        "delete": lambda: book.is_copied(at) or book.lines.pop(at),  # a copy whose first is gone is that row, moved
        "columns": lambda: book.put_columns(how[0]),
        "rename": lambda: book.headings.update({how[0]: "What we call it"}),
        "drop": lambda: book.put_columns([key for key in book.order if key != how[0]]),
        "own": lambda: book.add_column(how[0]),
    }
    deeds[deed]()


def sort(book: Book, which: str, order: list[int]) -> None:
    if len(book.lines) >= ROWS:
        book.sort(SORTS[which], [*order, *range(ROWS, len(book.lines))])


def merged(plan_: Plan, story: Story, *, marks: bool = True, copies: int = 0) -> ImportPlan:
    grid = story.book.grid(marks=marks, copies=copies)
    found = find_returned(grid)
    assert found is not None
    export = KnownExport(KEY, id=1, plan_id=plan_.office.plan.id, base=plan_.base, period="Q3 2026/27")
    office_now = plan_.edited(story.office_edits)
    return Returning(SourceFile("return.xlsx", "hash", grid), Decisions(), export, office_now, found).plan()


def check(plan_: Plan, story: Story, found: ImportPlan) -> None:
    """Every edit is taken for its own action, agrees with the office, or is told of; nothing else is taken."""
    ids = list(plan_.office.known.actions)
    refs = {f"A{key}": plan_.office.known.actions[key].values["ref"] for key in ids}
    office_now = plan_.edited(story.office_edits)
    edits = {
        (refs[word.home], key, cell_said(COLUMNS[key].kind, word.value))
        for line in story.book.lines
        for key, word in line.words.items()
        if word.edited and word.home and key in story.book.order
    }
    taken = {(row.ref, cell.key): cell for row in found.rows for cell in row.cells if cell.is_applied and cell.said}
    for (ref, key), cell in taken.items():
        assert any((r, k) == (ref, key) for r, k, _ in edits), f"{cell.said!r} of {key} landed on {ref}"
        assert is_meant(edits, ref, key, cell), f"{cell.said!r} of {key} landed on {ref}, and was not written there"
        office_changed = (ids.index(action_id(office_now, ref)), key) in story.office_edits
        assert not office_changed or cell.mine in {cell.said, cell.theirs}, "the office's edit was lost"
    sent = {(refs[row], key): said for row, cells in plan_.base.items() for key, said in cells.items()}
    for ref, key, said in edits:
        if loose(said) != loose(sent.get((ref, key), "")):
            told_of = is_accounted(found, office_now, (ref, key, said))
            assert told_of, f"{said!r} of {key} for {ref} was lost without a word"


def action_id(office_now: Office, ref: str) -> int:
    return next(key for key, action in office_now.known.actions.items() if action.values["ref"] == ref)


def is_meant(edits: set[tuple[str, str, str]], ref: str, key: str, cell: MergedCell) -> bool:
    words = {said for r, k, said in edits if (r, k) == (ref, key)}
    return cell.said in words or any(loose(cell.said) == loose(said) for said in words)


def loose(said: str) -> str:
    return said.casefold().strip("%")


def is_accounted(found: ImportPlan, office_now: Office, wanted: tuple[str, str, str]) -> bool:
    ref, key, said = wanted
    now = office_now.mine[action_id(office_now, ref)].get(key, "")
    if loose(now) == loose(said):
        return True
    if any(row.ref == ref and cell.key == key for row in found.rows for cell in row.cells):
        return True
    whole = " ".join(problem.message for problem in found.problems)
    if f"“{COLUMNS[key].heading}”" in whole and "sorted apart" in whole:
        return True
    return f"“{said}”" in whole or any(row.waits for row in found.rows) or bool(found.read.refused)


@settings(max_examples=EXAMPLES, report_multiple_bugs=False, suppress_health_check=list(HealthCheck), deadline=None)
@given(typed=typing, shaped=st.lists(shape, max_size=3))
def test_no_edit_is_lost_and_none_lands_elsewhere(plan: Plan, typed: list[Any], shaped: list[Any]) -> None:
    story = told(plan, typed, shaped)
    check(plan, story, merged(plan, story))
