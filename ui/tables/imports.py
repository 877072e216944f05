"""The columns of the import log."""

from collections.abc import Callable

from csp_desktop.queries.records import ImportRow
from ui.pages.wording import shown_instant
from ui.tables.columns import Column, Kind


def _count(key: str, heading: str, spare: int) -> Column[ImportRow]:
    return Column(
        key=key,
        heading=heading,
        kind=Kind.NUMBER,
        width=9,
        spare=spare,
        text=_counted(key),
        sort_key=lambda row: row.counts.get(key, 0),
    )


def _counted(key: str) -> Callable[[ImportRow], str]:
    return lambda row: f"{row.counts.get(key, 0):,}" if row.counts.get(key) else ""


IMPORT_COLUMNS: tuple[Column[ImportRow], ...] = (
    Column(key="at", heading="When", width=17, text=lambda row: shown_instant(row.at), sort_key=lambda row: row.id),
    Column(
        key="file",
        heading="File",
        width=0,
        text=lambda row: row.file_name,
        note=lambda row: "taken back" if row.undone else "",
        note_tone=lambda row: "warning" if row.undone else "",
    ),
    _count("new", "New", 2),
    _count("changed", "Changed", 2),
    _count("errors", "Problems", 1),
    _count("unchanged", "Unchanged", 3),
    Column(key="who", heading="Who", width=14, spare=3, text=lambda row: row.who),
    Column(key="plan", heading="Into", width=22, spare=3, text=lambda row: row.plan or ""),
)
