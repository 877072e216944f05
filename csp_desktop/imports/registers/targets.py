"""Where a register's rows are stored: the table, what tells its rows apart, and the columns that a file fills."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from csp_desktop.imports.registers.entries import OFFENCE
from csp_desktop.recording import encode
from csp_desktop.registers.forms import Register
from models.evidence import AreaFigure
from models.reoffending import (
    Benchmark,
    CohortMember,
    FirstTimeEntrants,
    Loaded,
    NeedScore,
    Offence,
    OffenceCode,
    Spell,
)

_OURS = frozenset({"id", "version", "load_id", "offender_id", "offence_code_id", "cohort_id"})


@dataclass(frozen=True)
class Target:
    """The table of a register. ``key`` names the fields that, with the person, tell its rows apart.

    ``within``: the field whose values in a file say which stored rows its own may be, "" for all of them.
    """

    model: type[Loaded]
    key: tuple[str, ...]
    within: str = ""

    @cached_property
    def table(self) -> Table:
        """The table."""
        found: Table = self.model.metadata.tables[self.model.__tablename__]
        return found

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold what a field of the same name says."""
        return tuple(column.name for column in self.table.columns if column.name not in _OURS)

    @property
    def has_person(self) -> bool:
        """Say whether its rows are of persons."""
        return "offender_id" in self.table.c

    @property
    def has_offence(self) -> bool:
        """Say whether its rows name an offence code."""
        return "offence_code_id" in self.table.c

    @property
    def has_cohort(self) -> bool:
        """Say whether its rows belong to a cohort."""
        return "cohort_id" in self.table.c

    @cached_property
    def blanks(self) -> Mapping[str, object]:
        """What each column holds where a file says nothing, as it is stored."""
        return {
            column.name: encode(column.default.arg) if isinstance(column.default, ScalarElementColumnDefault) else None
            for column in self.table.columns
            if column.name in self.columns
        }

    @property
    def compared(self) -> tuple[str, ...]:
        """The fields that are compared, the offence among them where there is one."""
        return (*self.columns, OFFENCE) if self.has_offence else self.columns


_FIGURE = ("indicator", "area_kind", "area_code", "area_name", "ward_set", "period")
_TARGETS = {
    Register.COHORT_MEMBERS: Target(CohortMember, ("index_date", OFFENCE)),
    Register.OFFENCES: Target(Offence, ("offence_date", OFFENCE, "proof_date")),
    Register.SPELLS: Target(Spell, ("kind", "started")),
    Register.NEEDS: Target(NeedScore, ("pathway", "dated")),
    Register.OFFENCE_CODES: Target(OffenceCode, ("code",)),
    Register.BENCHMARKS: Target(Benchmark, ("series", "area", "people", "period")),
    Register.FIRST_TIME_ENTRANTS: Target(FirstTimeEntrants, ("area", "people", "period")),
    Register.AREA_FIGURES: Target(AreaFigure, _FIGURE, "period"),
    Register.STREET_CRIME: Target(AreaFigure, _FIGURE, "period"),
}


def target_of(register: Register) -> Target:
    """Return where a register's rows are stored."""
    return _TARGETS[register]
