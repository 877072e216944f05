"""Stores with real keys for tests, wrapped at a cost that only a test may ask for; and plain tools on their files."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from csp_desktop.access import KdfCost
from csp_desktop.audit import Who
from csp_desktop.store import Store
from csp_desktop.workspace import Clock, create_store, open_store
from models.engine import connect
from models.people import Organisation
from models.vocabulary import OrganisationKind

CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)
PASSPHRASE = "correct horse battery"
OFFICER = Who("officer1", "Priya Patel")
SINCE_THE_FIRST_RELEASE = (
    "risk_link", "output", "operation_partner", "follow_up", "operation", "log_entry", "decision", "action_link",
    "target", "reading", "minute", "measure_objective", "evidence_objective", "reporting_period", "order_clause",
    "measure", "feedback", "document", "attendance", "agenda_item", "risk", "referral_pathway", "place", "meeting",
    "key_date", "evidence_item", "deputy", "consultation", "area_figure", "area", "agreement", "ward_set", "kept_file",
    "assessment",
    "known_heading", "language_choice", "forgotten_layout",
    "returned_update", "settled_cell", "workbook_return", "export_snapshot",
    "staged_row", "staged_block", "staged_import", "taken_out_rows", "window_end", "severity_weight", "severity_index",
    "first_time_entrants", "benchmark", "need_score", "iom_status", "spell", "offence", "cohort_member",
    "offence_code", "offender", "cohort", "load", "publication",
)  # fmt: skip
"""The tables that came since, in an order in which they can be dropped."""
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def noon() -> datetime:
    return NOON


def made(path: Path, clock: Clock = noon) -> tuple[Store, str]:
    """A new store, open, and its recovery key."""
    created = create_store(path, PASSPHRASE, OFFICER, clock, CHEAP)
    return created.store, created.recovery_key


def opened(path: Path, secret: str = PASSPHRASE, clock: Clock = noon) -> Store:
    return open_store(path, secret, OFFICER, clock)


def add_partners(store: Store, names: Sequence[str]) -> None:
    with store.write("Add partners") as session:
        session.add_all(Organisation(name=name, name_folded=name, kind=OrganisationKind.OTHER) for name in names)


def partners(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.exec_driver_sql("SELECT name FROM organisation ORDER BY id").scalars())


def flip(path: Path, offset: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ 1 << bit]))


def as_of_0001(path: Path, key: bytes) -> None:
    """Make a closed store what the first release left: the same rows, and none of the tables that came since."""
    connection = connect(path, key)
    for table in SINCE_THE_FIRST_RELEASE:
        connection.execute(f"DROP TABLE {table}")
    connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
