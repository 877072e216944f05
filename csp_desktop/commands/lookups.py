"""Commands on what offences are weighed by: codes with their group and severity, and editions of the weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.commands.withdrawing import withdraw
from csp_desktop.errors import CspError
from csp_desktop.rules.reoffending_refusals import code_refusals
from csp_desktop.rules.validation import FieldError, insist
from csp_desktop.store import Store
from models.offending import OffenceGroup, Severity, SeverityClass
from models.reoffending import CohortMember, Offence, OffenceCode, SeverityIndex, SeverityWeight


class CodeMeaning(TypedDict, total=False):
    """What an offence code stands for."""

    description: str
    offence_group: OffenceGroup | None
    severity_class: SeverityClass | None
    is_breach: bool | None


class CodeValues(CodeMeaning, total=False):
    """What can be changed of an offence code. ``is_breach`` None: the code does not say, the outcome decides."""

    code: str


def add_code(store: Store, code: str, **values: Unpack[CodeMeaning]) -> int:
    """Add an offence code as the source systems write it, leading zeros kept; return its id.

    ``code`` is "" for an offence given in words. Raises FieldError for a code that is known, or without both.
    """
    given: dict[str, Any] = _tidy({"description": "", **values, "code": code})
    insist(code_refusals(given))
    with store.write("Add an offence code") as session:
        _check_code(session, given["code"], given["description"], None)
        row = OffenceCode(code=given["code"])
        change_row(row, None, given)
        session.add(row)
        session.flush()
        return row.id


def edit_code(store: Store, code_id: int, version: int, **values: Unpack[CodeValues]) -> None:
    """Change an offence code; figures follow. Raises FieldError for a refused value, RowChangedError after a change."""
    given = _tidy(dict(values))
    with store.write("Edit an offence code") as session:
        row = get_row(session, OffenceCode, code_id)
        whole = {"code": row.code, "description": row.description} | given
        insist(code_refusals(whole))
        if {"code", "description"} & set(given):
            _check_code(session, whole["code"], whole["description"], code_id)
        change_row(row, version, given)


def withdraw_code(store: Store, code_id: int, version: int) -> None:
    """Take an offence code out. Raises CspError while offences or index events name it."""
    with store.write("Withdraw an offence code") as session:
        row = get_row(session, OffenceCode, code_id)
        uses = sum(
            session.scalar(select(func.count()).where(model.offence_code_id == code_id)) or 0
            for model in (Offence, CohortMember)
        )
        if uses:
            rows = "1 row names" if uses == 1 else f"{uses:,} rows name"
            raise CspError(f"{rows} this code, so it stays. Give it another group or severity instead.")
        withdraw(session, row, version)


@dataclass(frozen=True, slots=True)
class NewEdition:
    """An edition of an index of severity: name, unit, where it comes from, weights in thousandths of the unit."""

    severity: Severity
    edition: str
    unit: str
    source: str
    weights: Mapping[SeverityClass, int]


def replace_weights(store: Store, edition: NewEdition) -> int:
    """Store a new edition of an index and count by it; return its id. Former editions stay, out of use.

    Raises FieldError for a blank or known name, no weight at all, or one below 0.
    """
    name = " ".join(edition.edition.split())
    if not name:
        raise FieldError("edition", "An edition needs a name, for every score is printed with it.")
    if not edition.weights:
        raise FieldError("weights", "Give at least one kind of offence a weight.")
    if any(weight < 0 for weight in edition.weights.values()):
        raise FieldError("weights", "A weight cannot be below 0.")
    with store.write("Replace the weights of an index of severity") as session:
        known = select(SeverityIndex.id).where(
            SeverityIndex.severity == edition.severity, func.lower(SeverityIndex.edition) == name.lower()
        )
        if session.scalar(known) is not None:
            raise FieldError("edition", f"There is an edition “{name}” already: give this one another name.")
        _put_out_of_use(session, edition.severity)
        index = SeverityIndex(
            severity=edition.severity, edition=name, unit=edition.unit.strip(), source=edition.source.strip()
        )
        session.add(index)
        session.flush()
        session.add_all(
            SeverityWeight(index_id=index.id, severity_class=kind, thousandths=weight)
            for kind, weight in edition.weights.items()
        )
        return index.id


def use_edition(store: Store, severity: Severity, index_id: int | None) -> None:
    """Count by an edition that is stored already; None: by the one that the program brings."""
    with store.write("Choose the weights of an index of severity") as session:
        _put_out_of_use(session, severity)
        if index_id is not None:
            index = get_row(session, SeverityIndex, index_id)
            if index.severity is not severity:
                raise CspError("That edition is of another index; nothing was changed.")
            index.in_use = True


def _put_out_of_use(session: Session, severity: Severity) -> None:
    in_use = select(SeverityIndex).where(SeverityIndex.severity == severity, SeverityIndex.in_use)
    for index in session.scalars(in_use):
        index.in_use = False


def _tidy(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if name in {"code", "description"} else value for name, value in values.items()}


def _check_code(session: Session, code: str, description: str, own_id: int | None) -> None:
    """Refuse a code that is known: the lookup says one thing of each. Without a code the description tells."""
    same = OffenceCode.code == code
    if not code:
        same &= func.lower(OffenceCode.description) == description.lower()
    if any(found != own_id for found in session.scalars(select(OffenceCode.id).where(same))):
        raise FieldError("code", "This code is in the lookup already: edit that one instead.")
