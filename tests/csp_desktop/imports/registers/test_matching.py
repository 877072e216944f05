"""The rule of edge case 25 by itself, over thousands of random files."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.imports.registers.entries import OFFENCE, Entry, Values
from csp_desktop.imports.registers.known import StoredRow
from csp_desktop.imports.registers.matching import Matcher
from csp_desktop.imports.registers.targets import target_of
from csp_desktop.registers.forms import Register
from models.vocabulary import RowOutcome

TARGET = target_of(Register.OFFENCES)
MATCHER = Matcher(Register.OFFENCES, TARGET, str, {0: frozenset()})
DAYS = st.sampled_from([None, "2024-03-12", "2024-03-13"])
ROWS = st.tuples(
    st.sampled_from("AB"), DAYS, st.sampled_from(["1", "2"]), st.sampled_from(["2024-05-01", "2024-06-01"]),
    st.sampled_from(["conviction", "caution"]),
)  # fmt: skip
FILES = st.lists(st.lists(ROWS, max_size=8), max_size=5)
NAMED = st.tuples(
    st.just("A"), st.sampled_from(["2024-03-12", "2024-03-13"]), st.sampled_from(["1", "2"]),
    st.sampled_from([None, "2024-05-01", "2024-06-01"]), st.sampled_from(["conviction", "quashed", "pending"]),
    st.sampled_from([None, "R1", "R2"]),
)  # fmt: skip


def entries(file: list[tuple[str | None, ...]]) -> list[Entry]:
    names = ("person", "offence_date", OFFENCE, "proof_date", "outcome", "reference")
    return [
        Entry(0, number, {name: value for name, value in zip(names, row, strict=False) if value is not None}, [])
        for number, row in enumerate(file, start=2)
    ]


def bring(stored: list[StoredRow], file: list[Entry]) -> Counter[RowOutcome]:
    """Match a file and write what was found, as applying does."""
    by_id = {row.id: row for row in stored}
    outcomes: Counter[RowOutcome] = Counter()
    for match in MATCHER.match(file, list(stored)):
        outcomes[match.outcome] += 1
        if match.outcome is RowOutcome.NEW:
            values: Values = dict.fromkeys(TARGET.compared) | match.entry.values
            person = values.pop("person")
            stored.append(StoredRow(len(stored) + 1, person, values))
        elif match.target_id is not None:
            by_id[match.target_id].values |= {name: new for name, (_, new) in match.changes.items()}
    return outcomes


@given(files=FILES)
def test_the_store_holds_the_most_that_any_file_held_of_each_key(files: list[list[tuple[str | None, ...]]]) -> None:
    stored: list[StoredRow] = []
    most: Counter[tuple[str | None, ...]] = Counter()
    for file in files:
        own = Counter(row[:4] for row in file)
        fresh = sum((own - most).values())
        assert bring(stored, entries(file))[RowOutcome.NEW] == fresh
        most |= own
    held = Counter(
        (row.person, row.values["offence_date"], row.values[OFFENCE], row.values["proof_date"]) for row in stored
    )
    assert held == most


@given(files=FILES)
def test_the_last_file_once_more_changes_nothing(files: list[list[tuple[str | None, ...]]]) -> None:
    stored: list[StoredRow] = []
    for file in files:
        bring(stored, entries(file))
    again = bring(stored, entries(files[-1] if files else []))
    assert set(again) <= {RowOutcome.UNCHANGED}


@given(first=st.lists(ROWS, max_size=8), second=st.lists(ROWS, max_size=8))
def test_it_does_not_matter_which_of_two_files_comes_first(
    first: list[tuple[str | None, ...]], second: list[tuple[str | None, ...]]
) -> None:
    held = []
    for files in ((first, second), (second, first)):
        stored: list[StoredRow] = []
        for file in files:
            bring(stored, entries(file))
        held.append(Counter((row.person, row.values["offence_date"], row.values[OFFENCE]) for row in stored))
    assert held[0] == held[1]


@given(files=st.lists(st.lists(NAMED, max_size=6), max_size=4))
def test_with_references_the_last_file_once_more_changes_nothing(files: list[list[tuple[str | None, ...]]]) -> None:
    stored: list[StoredRow] = []
    for file in files:
        bring(stored, entries(file))
    again = bring(stored, entries(files[-1] if files else []))
    assert not again[RowOutcome.NEW] + again[RowOutcome.CHANGED]


@given(file=st.lists(NAMED, max_size=8), case=st.sampled_from(["R1", None]))
def test_one_case_number_on_every_row_loses_no_offence(file: list[tuple[str | None, ...]], case: str | None) -> None:
    stored: list[StoredRow] = []
    rows = [(*row[:5], case) for row in file]
    bring(stored, entries(rows))
    assert {(row.values["offence_date"], row.values[OFFENCE]) for row in stored} == {row[1:3] for row in file}
