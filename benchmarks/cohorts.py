"""``python -m benchmarks.cohorts``: the figures of a very large cohort, beside fetching its two tables into Python.

Baseline and counting take turns, each in a fresh process on the same encrypted file; every figure is the median of its
rounds. The baseline is every column of every index event and offence, once, as values that can be counted with: days as
dates and words as words. What the driver alone takes, which leaves both as text, is printed beside it.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.work import Figures, peak_memory, timed

if TYPE_CHECKING:
    from csp_desktop.store import Store

PEOPLE, OFFENCES_EACH = 400_000, 5
SMALL = 10_000
BAR, INTERACTIVE = 2.0, 0.1
DATA_DATE = date(2026, 9, 30)
_EARLIEST, _DAYS = date(2015, 1, 1), 2_900
_BLOCK = 50_000


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cohorts", description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="people of the large cohort; five offences each")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the median counts")
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(WORK[arguments.one[0]](Path(arguments.one[1]))))
        return 0
    from benchmarks.__main__ import run

    with tempfile.TemporaryDirectory() as name:
        for size in (arguments.people, SMALL):
            folder = Path(name) / str(size)
            folder.mkdir()
            offences = fill(folder, size)
            runs: dict[str, list[Figures]] = {"fetch": [], "count": []}
            for _ in range(arguments.rounds):
                for what, figures in runs.items():
                    figures.append(json.loads(run(["-m", "benchmarks.cohorts", "--one", what, str(folder)])))
            _print(size, offences, runs)
    return 0


def fill(folder: Path, people: int) -> int:
    """Make a store with a cohort of ``people``, each with five offences on average; return how many there are."""
    from sqlalchemy import func, select

    from models.reoffending import Offence
    from tests.csp_desktop.reoffending.sample_cohorts import sample_cohort
    from tests.factories import Clock, new_store

    store = new_store(folder, Clock())
    sample_cohort(store, people)
    pick = Random(people)
    with store.engines.write.begin() as connection:
        there = connection.scalar(select(func.count()).select_from(Offence)) or 0
        missing = max(people * OFFENCES_EACH - there, 0)
        for start in range(0, missing, _BLOCK):
            rows = [_earlier(pick, people) for _ in range(min(_BLOCK, missing - start))]
            connection.exec_driver_sql(
                "INSERT INTO offence"
                " (version, offender_id, offence_date, offence_code_id, proof_date, outcome, disposal)"
                " VALUES (1, ?, ?, 1, ?, 'conviction', '')",
                rows,
            )
    store.close()
    return there + missing


def _earlier(pick: Random, people: int) -> tuple[int, str, str]:
    day = date.fromordinal(_EARLIEST.toordinal() + pick.randrange(_DAYS))
    return pick.randrange(people) + 1, day.isoformat(), date.fromordinal(day.toordinal() + 60).isoformat()


def fetch(folder: Path) -> Figures:
    """Fetch both tables whole into Python, by the driver alone and as values of their kinds."""
    from sqlalchemy import select

    from csp_desktop.collector import collector_at_rest
    from models.reoffending import CohortMember, Offence

    store = _store(folder)
    figures: Figures = {}
    with store.read() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - a connection that is open has its driver's
        with timed(figures, "driver"):
            rows = len(driver.execute("SELECT * FROM cohort_member").fetchall())
            rows += len(driver.execute("SELECT * FROM offence").fetchall())
        figures["rows"] = rows
        with collector_at_rest(), timed(figures, "fetch"):
            for table in (CohortMember.__table__, Offence.__table__):
                connection.execute(select(table)).all()
    store.close()
    return figures | {"memory": peak_memory()}


def count(folder: Path) -> Figures:
    """Count the cohort and break it down by every field."""
    from csp_desktop.queries.cohorts import list_cohorts
    from csp_desktop.queries.following import follow_cohort
    from csp_desktop.reoffending.bands import Breakdown
    from csp_desktop.reoffending.outcomes import groups_of, outcomes_of

    store = _store(folder)
    cohort = list_cohorts(store)[0]
    figures: Figures = {}
    with timed(figures, "pass"):
        followed = follow_cohort(store, cohort.id, DATA_DATE)
    with timed(figures, "outcomes"):
        figures["rate"] = outcomes_of(followed.people).rate or 0.0
    for by in Breakdown:
        with timed(figures, by.value):
            groups_of(followed.people, by)
    figures["breakdowns"] = sum(figures[by.value] for by in Breakdown)
    figures["slowest breakdown"] = max(figures[by.value] for by in Breakdown)
    store.close()
    return figures | {"memory": peak_memory()}


def _store(folder: Path) -> "Store":
    from csp_desktop.workspace import open_store
    from tests.factories import Clock
    from tests.vault import OFFICER, PASSPHRASE

    return open_store(folder / "test.csp", PASSPHRASE, OFFICER, Clock())


WORK: dict[str, Callable[[Path], Figures]] = {"fetch": fetch, "count": count}


def _print(people: int, offences: int, runs: dict[str, list[Figures]]) -> None:
    fetched = _median(runs["fetch"], "fetch")
    parts = {part: _median(runs["count"], part) for part in ("pass", "outcomes", "breakdowns")}
    whole, slowest = sum(parts.values()), _median(runs["count"], "slowest breakdown")
    told = ", ".join(f"{part} {seconds:.2f}" for part, seconds in parts.items())
    print(f"{people:,} people, {offences:,} offences, {_median(runs['count'], 'rate'):.1%} reoffended")
    driver = _median(runs["fetch"], "driver")
    print(
        f"  both tables fetched into Python: {fetched:.2f} s (baseline); by the driver alone, as text: {driver:.2f} s"
    )
    print(f"  counted and broken down by nine fields: {whole:.2f} s ({told}); {whole / fetched:.2f}x, bar {BAR}x: "
          f"{'kept' if whole <= fetched * BAR else 'MISSED'}; {whole / driver:.2f}x the driver alone")  # fmt: skip
    if people <= SMALL:
        kept = "kept" if slowest <= INTERACTIVE else "MISSED"
        print(f"  slowest breakdown: {slowest * 1000:.0f} ms, bar {INTERACTIVE * 1000:.0f} ms: {kept}")
    memory = (_median(runs[what], "memory") for what in ("fetch", "count"))
    print("  peak memory: {:.0f} MiB fetched, {:.0f} MiB counted".format(*memory))


def _median(runs: Sequence[Figures], name: str) -> float:
    return median(figures[name] for figures in runs)


if __name__ == "__main__":
    sys.exit(main())
