"""The action log: what groups agreed, who does it, what is late, and what waits to be closed."""

from functools import partial

from typing_extensions import override

from csp_desktop.commands.log import reopen_entry
from csp_desktop.queries.action_log import LogLine, list_log
from csp_desktop.registers.forms import Register
from models.terms import LogStatus
from ui.board.detail import Deed, Detail, Fact
from ui.board.entry_forms import ask_to_add, ask_to_edit
from ui.board.kinds import Kind
from ui.board.log_columns import STATUS_WORDS, log_columns, raised_words, status_note
from ui.board.log_forms import closing, completing, dropping, promoting
from ui.board.table_screen import Look, TableScreen
from ui.desk import Desk
from ui.entries.saving import Saving
from ui.forms.form import FormSpec
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted
from ui.screens.screen import Where
from ui.widgets import button

LOOK = Look(
    title="Action log",
    name="Entries of the action log",
    about="What meetings agreed. The owner completes an entry, then the group closes it; until then it is carried "
    "forward to every meeting.",
    empty="The action log is empty. Add an entry, or bring in the log that you keep.",
    register=Register.LOG,
)


class LogScreen(TableScreen[LogLine]):
    """Choosing an entry opens its pane with the steps that it can take; Enter or F2 opens its form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LOOK, log_columns(desk.today()))
        self.add_tool("Add log entry", partial(ask_to_add, self, Register.LOG, {}, "title"), "primary")
        self.add_tool("Bring in a spreadsheet", self.register_asked.emit)
        self.saving = Saving(self, Register.LOG)
        self.narrowed_by(
            {
                "open": ("Open", lambda line: line.status is LogStatus.OPEN),
                "overdue": ("Overdue", lambda line: line.days_late(self.desk.today()) > 0),
                "waiting": ("Waiting to be closed", lambda line: line.status is LogStatus.COMPLETED),
                "closed": ("Closed or withdrawn", lambda line: line.is_ended),
                "all": ("All", lambda _line: True),
            },
            "Filter by action or owner",
        )

    @override
    def rows(self) -> list[LogLine]:
        return list_log(self.desk.store)

    @override
    def row_id(self, row: LogLine) -> int:
        return row.id

    @override
    def reread(self) -> None:
        self.model.set_columns(log_columns(self.desk.today()))  # a window stays open over midnight
        super().reread()

    @override
    def counts_words(self) -> str:
        if not self.all_rows:
            return ""
        now = sum(line.status is LogStatus.OPEN for line in self.all_rows)
        late = sum(line.days_late(self.desk.today()) > 0 for line in self.all_rows)
        waiting = sum(line.status is LogStatus.COMPLETED for line in self.all_rows)
        return f"{counted(now, 'entry', 'entries')} open, {late:,} overdue, {waiting:,} waiting to be closed"

    @override
    def detail(self, row: LogLine) -> Detail:
        days = row.days_late(self.desk.today())
        late = f"{counted(days, 'day')} overdue." if days else ""
        if row.suggests_completion:
            late = "Its plan action is complete. Ask its owner whether the entry is too."
        note = status_note(row)
        facts: list[Fact] = [
            ("Status", f"{STATUS_WORDS[row.status]} {note}".strip()),
            ("Owner", row.owner.name if row.owner else ""),
            ("Due", shown_date(row.due) or row.due_text),
            ("Completed on", shown_date(row.completed_on)),
            ("Where it stands", row.position),
            ("Group", row.group),
        ]
        if row.meeting_id is not None:
            go = partial(self.opened.emit, Where(Kind.MEETING, row.meeting_id))
            facts.append(("Raised at", button(raised_words(row), go, "link")))
        if row.action_id is not None:
            to_plan = partial(self.went_to.emit, "plan", row.action_id)
            facts.append(("Plan action", button(row.action_ref or "", to_plan, "link")))
        return Detail(f"{row.ref} {row.title}", late, facts, self._deeds(row))

    def _deeds(self, row: LogLine) -> list[Deed]:
        store, today = self.desk.store, self.desk.today()
        edit: Deed = ("Edit", partial(self.edit, row.id))
        again: Deed = ("Open again", partial(self._reopen, row))
        if row.is_ended:
            return [again, edit]
        drop: Deed = ("Will not be done \N{HORIZONTAL ELLIPSIS}", partial(self._ask, dropping(store, row, today)))
        promote: Deed = ("Make it a plan action \N{HORIZONTAL ELLIPSIS}", lambda: self._ask(promoting(store, row)))
        more = [promote, drop, edit] if row.action_id is None else [drop, edit]
        if row.status is LogStatus.COMPLETED:
            close: Deed = ("Close at a meeting \N{HORIZONTAL ELLIPSIS}", lambda: self._ask(closing(store, row, today)))
            return [close, again, *more]
        complete: Deed = ("Complete \N{HORIZONTAL ELLIPSIS}", partial(self._ask, completing(store, row, today)))
        return [complete, *more]

    def _ask(self, spec: FormSpec) -> None:
        self.form_asked.emit(spec)

    def _reopen(self, row: LogLine) -> None:
        reopen_entry(self.desk.store, row.id, row.version)
        self.told.emit(f"{row.ref} is open again. Ctrl+Z takes that back.")

    @override
    def edit(self, row_id: int) -> None:
        ask_to_edit(self, Register.LOG, row_id)
