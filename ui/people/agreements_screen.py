"""Information-sharing agreements: who signed which, and whose review is overdue."""

from collections.abc import Sequence

from typing_extensions import override

from csp_desktop.queries.standing_people import overdue_days
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from ui.board.detail import Detail
from ui.desk import Desk
from ui.forms.words import shown_date
from ui.people.pane_screen import PaneScreen
from ui.people.review_words import review_words
from ui.reoffending.figure_words import counted
from ui.tables.columns import Column, Kind

ABOUT = "The agreements under which partners share information, with the day by which each is to be reviewed."


class AgreementsScreen(PaneScreen):
    """Those that are overdue for review are marked in words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Register.AGREEMENTS, ABOUT)

    def late(self, row: Entry) -> int:
        """Return how many days the review of an agreement is overdue."""
        return overdue_days(row.day("review_date"), self.desk.today())

    @override
    def columns(self) -> Sequence[Column[Entry]]:
        return (
            Column(key="organisation", heading="Partner", width=28, text=lambda row: row.text("organisation")),
            Column(key="title", heading="Agreement", width=0, text=lambda row: row.text("title")),
            Column(
                key="signed_on",
                heading="Signed on",
                kind=Kind.DATE,
                width=12,
                spare=1,
                text=lambda row: shown_date(row.day("signed_on")),
                sort_key=lambda row: day.toordinal() if (day := row.day("signed_on")) else None,
            ),
            Column(
                key="review_date",
                heading="Review by",
                kind=Kind.DATE,
                width=17,
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
        self.say_counts(f"{counted(len(self.shown), 'agreement')}{overdue}" if self.shown else "")

    @override
    def detail(self, row: Entry) -> Detail:
        facts = [
            ("Partner", row.text("organisation")),
            ("Signed on", shown_date(row.day("signed_on"))),
            ("Review by", shown_date(row.day("review_date"))),
            ("Note", row.text("note")),
        ]
        late = review_words(self.late(row))
        said = f"Its review is {late}." if late else ""
        return Detail(row.text("title"), said, facts, [self.editing_deed(row)])
