"""One import in the detail pane: what it was, how its columns were read, its problems, and taking it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csp_desktop.exports.several import number_of
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.import_plan import REGISTER as ACTIONS
from csp_desktop.queries.chasing import WorkbookRow
from csp_desktop.queries.records import ImportRow
from csp_desktop.registers.forms import Register, form_of
from models.vocabulary import ProblemLevel
from ui.forms.words import shown_date
from ui.pages.wording import shown_instant
from ui.review.words import FIELDS, counted
from ui.theme import px
from ui.widgets import button, emptied, label, rule, scrolling

MOST_PROBLEMS = 200
TO_CHECK, LEFT = "To check", "Not brought in, or worth a look"
COUNTS = {"new": "new", "changed": "changed", "unchanged": "unchanged", "conflicts": "in conflict"}


class ImportPane(QWidget):
    """Shows one import. ``back_asked(id)`` once a person has said twice that it is to be taken back."""

    back_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._row: ImportRow | None = None
        inside = QWidget()
        inside.setProperty("zone", "inside")
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(px(20), px(14), px(16), px(16))
        self._body.setSpacing(px(4))
        scroll = scrolling(inside, "Details of the import", sideways=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        self.foot = QFrame()
        self.foot.setProperty("zone", "foot")
        column = QVBoxLayout(self.foot)
        column.setContentsMargins(px(20), px(10), px(16), px(10))
        column.setSpacing(px(8))
        self.question = label("", wrap=True)
        self.back = button("Take this import back", self._on_asked)
        self.sure = button("Take it back", self._on_sure, "primary")
        self.keep = button("Keep it", self._settle)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for made in (self.back, self.sure, self.keep):
            row.addWidget(made)
        row.addStretch()
        column.addWidget(self.question)
        column.addLayout(row)
        return self.foot

    def show_import(self, row: ImportRow, told: str, workbook: WorkbookRow | None = None) -> None:
        """Show an import; ``told`` says what taking it back did, where that was done just now.

        ``workbook`` is the update workbook that it was the return of, None for any other file.
        """
        is_same = self._row is not None and self._row.id == row.id and self._row.undone == row.undone
        self._row = row
        self.foot.setVisible(not row.undone)
        if not is_same:
            self._settle()
        emptied(self._body)
        _add_head(self._body, row, told)
        if workbook is not None:
            _add_workbook(self._body, workbook)
            _add_problems(self._body, row.problems, LEFT)
        for read in row.tables:
            for table in read["tables"]:
                _add_table(self._body, table, row.register)
        if workbook is None:
            _add_problems(self._body, row.problems, TO_CHECK)
        self._body.addStretch()

    def focus_choice(self) -> None:
        """Put the keyboard on what can be done."""
        if not self.foot.isHidden():
            self.back.setFocus()

    def _settle(self) -> None:
        self.question.hide()
        self.sure.hide()
        self.keep.hide()
        self.back.show()

    def _on_asked(self) -> None:
        row = self._row
        if row is None:
            return
        touched = row.counts.get("new", 0) + row.counts.get("changed", 0) + row.counts.get("errors", 0)
        self.question.setText(
            f"Take back what {row.file_name} brought in ({counted(touched, 'row')})? What was changed since is left "
            "alone, and taking it back can itself be undone."
        )
        self.back.hide()
        for shown in (self.question, self.sure, self.keep):
            shown.show()
        self.keep.setFocus()

    def _on_sure(self) -> None:
        self._settle()
        if self._row is not None:
            self.back_asked.emit(self._row.id)


def _add_head(column: QVBoxLayout, row: ImportRow, told: str) -> None:
    column.addWidget(label(f"{shown_instant(row.at)}, {row.who}", "muted", wrap=True))
    column.addWidget(label(row.file_name, "section", wrap=True))
    into = row.plan or next((read["cohort"] for read in row.tables if read.get("cohort")), None)
    if row.register != ACTIONS:
        column.addWidget(label(Register(row.register).label, wrap=True))
    if into:
        column.addWidget(label(f"Into {into}", wrap=True))
    counts = [f"{row.counts[key]:,} {words}" for key, words in COUNTS.items() if row.counts.get(key)]
    if row.counts.get("errors"):
        counts.append(counted(row.counts["errors"], "row") + " with problems")
    column.addWidget(label(", ".join(counts) or "No rows", wrap=True))
    if row.undone:
        column.addWidget(label(told or "This import was taken back.", "warning", wrap=True))


def _add_workbook(column: QVBoxLayout, workbook: WorkbookRow) -> None:
    """Say whose update workbook it was, and what was sent."""
    number = number_of(workbook.key)
    column.addSpacing(px(6))
    column.addWidget(rule())
    column.addWidget(label(f"Update workbook {number}: {workbook.holds}", "strong", wrap=True))
    sent = (
        f"{workbook.period}. Sent {shown_date(workbook.exported_on)}, wanted back {shown_date(workbook.wanted_back)}."
    )
    column.addWidget(label(sent, wrap=True))


def _add_table(column: QVBoxLayout, table: Mapping[str, Any], register: str) -> None:
    column.addSpacing(px(6))
    column.addWidget(rule())
    column.addWidget(label(f"{table['sheet']}, headings in row {table['header_row']}", "strong", wrap=True))
    for heading, field in table["mapping"].items():
        row = QHBoxLayout()
        row.setSpacing(px(8))
        name = label(heading, "muted", wrap=True)
        name.setFixedWidth(px(140))
        row.addWidget(name, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(_field_label(register, field), wrap=True), 1)
        column.addLayout(row)
    if table["unmapped"]:
        column.addWidget(label(f"Not read: {', '.join(table['unmapped'])}", "muted", wrap=True))


def _field_label(register: str, field: str) -> str:
    """Return what a column was read as, in the words of its register."""
    if register == ACTIONS:
        return str(FIELDS[ActionField(field)])
    return form_of(Register(register)).by_name[field].label


def _add_problems(column: QVBoxLayout, problems: Sequence[Mapping[str, Any]], heading: str) -> None:
    if not problems:
        return
    column.addSpacing(px(6))
    column.addWidget(rule())
    column.addWidget(label(f"{heading}: {len(problems):,}", "strong"))
    for problem in problems[:MOST_PROBLEMS]:
        column.addSpacing(px(2))
        column.addWidget(label(f"{problem['sheet']} {problem['cell']}".rstrip(), "muted", wrap=True))
        is_error = problem["level"] == ProblemLevel.ERROR.value
        column.addWidget(label(problem["message"], "error" if is_error else "body", wrap=True))
    if len(problems) > MOST_PROBLEMS:
        column.addWidget(label(f"and {len(problems) - MOST_PROBLEMS:,} more", "muted"))
