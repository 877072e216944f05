"""The form that asks which register a file is, before it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from csp_desktop.imports.registers.register_plan import RegisterRequest
from csp_desktop.queries.cohorts import CohortRow, list_cohorts
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from models.offending import CohortDefinition
from ui.files import WORKBOOKS
from ui.forms.fields import ChoiceField, Field, PathField, TextField, Values
from ui.forms.form import FormSpec

OF_REOFFENDING = (
    Register.COHORT_MEMBERS, Register.OFFENCES, Register.SPELLS, Register.NEEDS, Register.OFFENCE_CODES,
    Register.BENCHMARKS, Register.FIRST_TIME_ENTRANTS,
)  # fmt: skip
NEW = "A new cohort"
FILE_HINT = "Excel, LibreOffice or CSV. It is looked through first; nothing changes until you say so."
COHORT_HINT = "For cohort members alone: which cohort these people belong to."
NAME_HINT = "For a new cohort alone."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to read as a register."""

    path: Path
    request: RegisterRequest


def choose_register(at: Path) -> Path | None:
    """Let a person choose a register's file; None where they change their mind."""
    chosen, _kind = QFileDialog.getOpenFileName(None, "Choose a register", str(at), WORKBOOKS)
    return Path(chosen) if chosen else None


def bringing_in_register(
    store: Store,
    start: Callable[[Wanted], None],
    cohort_id: int | None = None,
    choose: Callable[[Path], Path | None] = choose_register,
) -> FormSpec:
    """Return the form; ``start`` is handed what was asked. ``cohort_id`` is the cohort that is offered first."""
    cohorts = list_cohorts(store)

    def save(values: Values) -> None:
        start(Wanted(Path(values.text("path")), _request(values, cohorts)))

    return FormSpec(
        title="Bring in a register",
        fields=_fields(cohorts, cohort_id, choose),
        save_words="Look through it",
        save=save,
        check=_refused,
    )


def bringing_in_one(
    register: Register, start: Callable[[Wanted], None], choose: Callable[[Path], Path | None] = choose_register
) -> FormSpec:
    """Return the form that asks for the file of one register; ``start`` is handed what was asked."""

    def save(values: Values) -> None:
        start(Wanted(Path(values.text("path")), RegisterRequest(register)))

    return FormSpec(
        title=f"Bring in {register.label.lower()}",
        fields=(PathField(key="path", label="File", hint=FILE_HINT, required=True, choose=choose, value=""),),
        save_words="Look through it",
        save=save,
        check=_no_file,
    )


def _no_file(values: Values) -> dict[str, str]:
    there = Path(values.text("path")).is_file()
    return {} if there else {"path": "There is no such file. Choose it again."}


def _request(values: Values, cohorts: list[CohortRow]) -> RegisterRequest:
    register = values.one_of("register", Register)
    if register is not Register.COHORT_MEMBERS:
        return RegisterRequest(register)
    chosen = next((row for row in cohorts if row.id == values.number("cohort")), None)
    if chosen is not None:
        return RegisterRequest(register, cohort=chosen.name)
    return RegisterRequest(
        register, cohort=values.text("name"), definition=values.one_of("definition", CohortDefinition)
    )


def _refused(values: Values) -> dict[str, str]:
    if missing := _no_file(values):
        return missing
    is_new = values.one_of("register", Register) is Register.COHORT_MEMBERS and values.number("cohort") is None
    if is_new and not values.text("name"):
        return {"name": "Name the cohort that these people belong to, or choose one above."}
    return {}


def _fields(
    cohorts: list[CohortRow], cohort_id: int | None, choose: Callable[[Path], Path | None]
) -> tuple[Field, ...]:
    known: tuple[tuple[object, str], ...] = ((None, NEW), *((row.id, row.name) for row in cohorts))
    return (
        ChoiceField(
            key="register",
            label="What the file holds",
            choices=tuple((register, register.label) for register in OF_REOFFENDING),
            value=Register.OFFENCES if cohorts and cohort_id is None else Register.COHORT_MEMBERS,
        ),
        PathField(key="path", label="File", hint=FILE_HINT, required=True, choose=choose, value=""),
        ChoiceField(key="cohort", label="Cohort", hint=COHORT_HINT, choices=known, value=cohort_id),
        TextField(key="name", label="Name of the new cohort", hint=NAME_HINT, value=""),
        ChoiceField(
            key="definition",
            label="How the new cohort is counted",
            hint=NAME_HINT,
            choices=tuple((kind, kind.label) for kind in CohortDefinition),
            value=CohortDefinition.LOCAL,
        ),
    )
