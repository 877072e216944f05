"""The one dated update that an owner's boxes post together, and what it corrects."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from csp_desktop.imports.changes import PlannedUpdate
from csp_desktop.imports.dates import DateRules, read_dates
from csp_desktop.imports.known import KnownUpdate
from csp_desktop.imports.merged import MergedCell
from csp_desktop.imports.problems import Read
from csp_desktop.imports.records import ActionRecord
from csp_desktop.imports.returns.known_export import KnownExport
from csp_desktop.imports.returns.row_merging import RowSides
from csp_desktop.imports.wanted import Someone, WantedUpdate, plain

POSTED = ("update", "rag", "reason", "percent", "next_steps")
TAKEN_BACK = "The owner took this update back."
_DAY = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})|"
    r"\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+\d{4})\b"
)


class Updates:
    """Puts together the updates of one returned workbook. ``letters`` gives the letter of each RAG word."""

    def __init__(self, export: KnownExport, letters: Mapping[str, str], today: date) -> None:
        self._export = export
        self._letters = letters
        self._today = today

    def of(self, sides: RowSides, record: ActionRecord, cells: Mapping[str, MergedCell]) -> PlannedUpdate | None:
        """Return what a row's boxes post, None where none of them comes in.

        ``record`` holds what comes in, in the owner's own words; ``cells`` are those that differ, by key.
        """
        if not any(key in cells and cells[key].is_applied for key in POSTED):
            return None
        updates = sides.action.updates if sides.action is not None else []
        before = next((each for each in reversed(updates) if self._is_ours(each)), None)
        percent = self._applied("percent", cells)
        rag = self._applied("rag", cells)
        wanted = WantedUpdate(
            dated=self._dated(updates),
            period=self._export.period,
            done=_words("update", record, cells, before.done if before else ""),
            rag=(before.rag if before else None) if rag is None else self._letters.get(rag, rag or None),
            rag_text=(before.rag_text if before else "") if rag is None else rag,
            next_steps=self._next_steps(record, updates, cells),
            reason=_words("reason", record, cells, before.reason if before else ""),
            percent=(before.percent if before else None) if percent is None else _whole(percent),
            author=self._export.owner.name if self._export.owner else "",
            writer=self._export.owner,
        )
        wanted = replace(wanted, recovery_date=day_in(wanted.reason))
        if not (wanted.done or wanted.rag or wanted.reason or wanted.percent is not None):
            return self._of_little(wanted, updates, before, cells)
        return PlannedUpdate(wanted, before.id if before else None)

    def of_record(self, record: ActionRecord) -> PlannedUpdate | None:
        """Return what the boxes of a row that becomes a new action post."""
        done, reason, following = (_text(read) for read in (record.update, record.reason, record.next_steps))
        rag = record.rag.value if record.rag is not None else None
        if not (done or rag or reason or following):
            return None
        return PlannedUpdate(
            WantedUpdate(
                dated=self._dated([]),
                period=self._export.period,
                done=done,
                rag=rag,
                rag_text=record.rag.text if record.rag is not None else "",
                next_steps=following,
                reason=reason,
                recovery_date=day_in(reason),
                percent=record.percent.value if record.percent is not None else None,
                author=self._export.owner.name if self._export.owner else "",
                writer=self._export.owner,
            )
        )

    def _of_little(
        self,
        wanted: WantedUpdate,
        updates: list[KnownUpdate],
        before: KnownUpdate | None,
        cells: Mapping[str, MergedCell],
    ) -> PlannedUpdate | None:
        """Return the update of a row whose boxes are empty now: something was emptied, or only next steps are given."""
        emptied_next = "next_steps" in cells and cells["next_steps"].is_applied and not wanted.next_steps
        if before is not None and (before.done or before.rag or before.reason):
            return PlannedUpdate(replace(wanted, done=TAKEN_BACK), before.id)
        if emptied_next and updates:
            return _without_next_steps(updates[-1])
        is_given = "next_steps" in cells and cells["next_steps"].is_applied and bool(wanted.next_steps)
        return PlannedUpdate(wanted) if is_given else None

    def _is_ours(self, update: KnownUpdate) -> bool:
        return self._export.id is not None and update.export_id == self._export.id

    def _applied(self, key: str, cells: Mapping[str, MergedCell]) -> str | None:
        """Return what a box says that comes in now, None where it does not."""
        return cells[key].said if key in cells and cells[key].is_applied else None

    def _next_steps(self, record: ActionRecord, updates: list[KnownUpdate], cells: Mapping[str, MergedCell]) -> str:
        """Return the next steps as the owner changed them, else those that stand: a new report does not lose them."""
        return _words("next_steps", record, cells, updates[-1].next_steps if updates else "")

    def _dated(self, updates: list[KnownUpdate]) -> date:
        """Return the day of the report: within its period, and not before what was reported already."""
        day = min(self._export.period_end or self._today, self._today)
        return max([day, *(update.dated for update in updates)])


def _without_next_steps(update: KnownUpdate) -> PlannedUpdate:
    """Return an update once more without its next steps, as a correction: neither is overwritten."""
    author = update.author_person_id
    wanted = WantedUpdate(
        dated=update.dated,
        period=update.period,
        done=update.done,
        rag=update.rag,
        rag_text=update.rag_text,
        reason=update.reason,
        help_needed=update.help_needed,
        recovery_date=update.recovery_date,
        percent=update.percent,
        author=update.author_text,
        writer=Someone(update.author_text, f"p{author}", person_id=author) if author is not None else None,
    )
    return PlannedUpdate(wanted, update.id)


def _whole(percent: str) -> int | None:
    return int(percent) if percent.isdecimal() else None


def _words(key: str, record: ActionRecord, cells: Mapping[str, MergedCell], otherwise: str) -> str:
    """Return a box's words as the owner wrote them where they come in, "" where they were emptied."""
    if key not in cells or not cells[key].is_applied:
        return otherwise
    return _text(getattr(record, key)) if cells[key].said else ""


def _text(read: Read[str] | None) -> str:
    return plain(read.value or "") if read is not None else ""


def day_in(text: str) -> date | None:
    """Return the one day that a text names ("back on track by 31 March 2027"), None where it names none or several."""
    found = _DAY.findall(text)
    if len(found) != 1:
        return None
    value = read_dates([found[0]], DateRules()).cells[0].value
    return value.last if value is not None else None
