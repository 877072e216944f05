"""The directory of referral pathways: which concern goes where, and whose review is overdue. No case is ever here."""

from collections.abc import Sequence

from typing_extensions import override

from csp_desktop.queries.standing_people import overdue_days
from csp_desktop.registers.forms import Register, form_of
from csp_desktop.registers.reading import Entry
from csp_desktop.reports.kinds import ReportKind
from ui.board.detail import Detail
from ui.desk import Desk
from ui.forms.words import shown_date
from ui.pages.report_choices import OfKind
from ui.people.pane_screen import PaneScreen
from ui.people.review_words import review_words
from ui.reoffending.figure_words import counted
from ui.tables.columns import Column, Kind

ABOUT = (
    "Where each concern is referred to, for partners and front-line officers. Write of any case, never of one: no "
    "names, no dates of birth, no numbers of cases."
)
CARD = (
    "threshold", "first_contact", "out_of_hours", "form", "response_time", "legal_basis",
)  # fmt: skip


class PathwaysScreen(PaneScreen):
    """The directory as a table, and the chosen pathway as a card; the page is printed from here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Register.PATHWAYS, ABOUT)
        self.add_tool("Print the directory", self.print_page)

    def late(self, row: Entry) -> int:
        """Return how many days the review of a pathway is overdue."""
        return overdue_days(row.day("review_date"), self.desk.today())

    @override
    def columns(self) -> Sequence[Column[Entry]]:
        return (
            Column(
                key="concern",
                heading="Concern",
                width=0,
                text=lambda row: row.text("concern"),
                note=lambda row: " ".join(row.text("threshold").split()),
            ),
            Column(
                key="first_contact",
                heading="First contact",
                width=30,
                text=lambda row: _line(row.text("first_contact")),
                note=lambda row: f"Out of hours: {_line(out)}" if (out := row.text("out_of_hours")) else "",
            ),
            Column(
                key="response_time",
                heading="Response",
                width=18,
                spare=4,
                text=lambda row: _line(row.text("response_time")),
            ),
            Column(key="owner", heading="Owner", width=18, spare=3, text=lambda row: row.text("owner")),
            Column(
                key="review_date",
                heading="Review by",
                kind=Kind.DATE,
                width=17,
                spare=2,
                text=lambda row: shown_date(row.day("review_date")),
                note=lambda row: review_words(self.late(row)),
                note_tone=lambda row: "error" if self.late(row) else "",
                sort_key=lambda row: day.toordinal() if (day := row.day("review_date")) else None,
            ),
        )

    @override
    def reread(self) -> None:
        super().reread()
        late = sum(bool(self.late(row)) for row in self.shown)
        overdue = f", {counted(late, 'review')} overdue" if late else ""
        self.say_counts(f"{counted(len(self.shown), 'referral pathway')}{overdue}" if self.shown else "")

    @override
    def detail(self, row: Entry) -> Detail:
        labels = form_of(Register.PATHWAYS).by_name
        facts = [(labels[name].label, row.text(name)) for name in CARD]
        facts += [("Owner", row.text("owner")), ("Review by", shown_date(row.day("review_date")))]
        late = review_words(self.late(row))
        said = f"Its review is {late}: ask its owner whether all of this still holds." if late else ""
        return Detail(row.text("concern"), said, facts, [self.editing_deed(row)])

    @override
    def print_page(self) -> None:
        """Lead to the directory as a report, which is printed there."""
        self.went_to.emit("reports", OfKind(ReportKind.PATHWAYS))


def _line(text: str) -> str:
    return " ".join(text.split())
