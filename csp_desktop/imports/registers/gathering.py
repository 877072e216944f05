"""What a comparison gathers as it goes: counts, problems up to a bound, and the rows to say something of."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from csp_desktop.imports.problems import Problem
from csp_desktop.imports.registers.register_plan import COUNTS
from csp_desktop.store import Store
from models.staging import StagedRow
from models.vocabulary import RowOutcome

MOST_PROBLEMS = 2_000
MOST_SAID = 20_000
_WAITING = 500
_QUOTED = re.compile(r"“[^”]*”|\d+(?:[/,.:]\d+)*")
_NAMES = {RowOutcome.CONFLICT: "conflicts", RowOutcome.ERROR: "errors"}


class Gathered:
    """Counts and problems of one comparison; rows go to the store as they come."""

    def __init__(self, store: Store, staged_id: int) -> None:
        self._store = store
        self._staged_id = staged_id
        self._rows: list[dict[str, Any]] = []
        self._said = 0
        self.counts: dict[str, int] = dict.fromkeys(COUNTS, 0)
        self.problems: list[Problem] = []
        self.problem_count = 0
        self.more: Counter[str] = Counter()

    def count(self, outcome: RowOutcome, number: int = 1) -> None:
        """Count rows."""
        self.counts[_NAMES.get(outcome, outcome.value)] += number

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Take problems; past the bound they are counted by their sentences, whatever those quote."""
        for problem in problems:
            self.problem_count += 1
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(problem)
            else:
                self.more[_QUOTED.sub("…", problem.message)] += 1

    def say(
        self,
        place: tuple[int, int],
        outcome: RowOutcome,
        cells: Mapping[str, str],
        problems: Sequence[Problem] = (),
        target: tuple[int | None, Mapping[str, list[Any]]] = (None, {}),
    ) -> None:
        """Keep a row (sheet and number) to be looked at; those that change a stored row all, others up to a bound."""
        if outcome is not RowOutcome.CHANGED:
            self._said += 1
            if self._said > MOST_SAID:
                return
        told = [[each.cell, each.level.value, each.message] for each in problems]
        self._rows.append(
            {
                "staged_id": self._staged_id,
                "sheet": place[0],
                "row": place[1],
                "outcome": outcome,
                "cells": _json(cells),
                "problems": _json(told),
                "target_id": target[0],
                "changes": _json(target[1]),
            }
        )
        if len(self._rows) >= _WAITING:
            self.write()

    def write(self) -> None:
        """Write the rows that wait."""
        if self._rows:
            with self._store.staging() as connection:
                connection.execute(insert(StagedRow), self._rows)
            self._rows = []


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
