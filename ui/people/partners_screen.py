"""Partner organisations: on what basis they take part, what they have signed, who belongs to them."""

from collections.abc import Mapping, Sequence
from functools import partial

from typing_extensions import override

from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.owned import led_by_partner
from csp_desktop.queries.people import list_organisations, list_people
from csp_desktop.queries.standing_people import AgreementRow, overdue_days, partner_standing
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from csp_desktop.registers.shown import shown_value
from ui.board.detail import Below, Deed, Detail, Fact
from ui.desk import Desk
from ui.entries.forms import adding_entry
from ui.forms.people import merging_partner
from ui.forms.words import shown_date
from ui.people.pane_screen import PaneScreen
from ui.people.people_screen import people_counts
from ui.people.review_words import review_words
from ui.reoffending.figure_words import counted
from ui.screens.screen import Where
from ui.tables.columns import Column, Kind
from ui.widgets import RowLink

ABOUT = (
    "Responsible authorities (Crime and Disorder Act 1998, section 5), and all who work with them: the voluntary and "
    "community sector, health, housing, business."
)


class PartnersScreen(PaneScreen):
    """Each with its kind, how many actions it leads, and how many of its agreements are overdue for review."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Register.ORGANISATIONS, ABOUT, lines=1)
        self.leads: Mapping[int, int] = {}
        self.late: Mapping[int, int] = {}
        self.signed: Mapping[int, int] = {}

    @override
    def columns(self) -> Sequence[Column[Entry]]:
        return (
            Column(key="name", heading="Name", width=0, text=lambda row: row.text("name")),
            Column(key="kind", heading="Kind", width=24, spare=1, text=lambda row: shown_value(row.values["kind"])),
            Column(
                key="aliases",
                heading="Also known as",
                width=24,
                spare=2,
                text=lambda row: "; ".join(row.names("aliases")),
            ),
            Column(
                key="agreements",
                heading="Agreements",
                width=22,
                text=self._agreements,
                tone=lambda row: "error" if row.id in self.late else "",
            ),
            Column(
                key="leads",
                heading="Leads",
                kind=Kind.NUMBER,
                width=7,
                text=lambda row: f"{self.leads[row.id]:,}" if self.leads.get(row.id) else "",
                sort_key=lambda row: self.leads.get(row.id) or None,
            ),
        )

    def _agreements(self, row: Entry) -> str:
        signed, late = self.signed.get(row.id, 0), self.late.get(row.id, 0)
        return f"{signed} ({late} overdue for review)" if late else str(signed or "")

    @override
    def rows(self) -> list[Entry]:
        store, today = self.desk.store, self.desk.today()
        self.leads = {row.id: row.leads for row in list_organisations(store)}
        signed: dict[int, int] = {}
        late: dict[int, int] = {}
        for row in list_entries(store, Register.AGREEMENTS):
            owner = row.row_id("organisation") or 0
            signed[owner] = signed.get(owner, 0) + 1
            if overdue_days(row.day("review_date"), today):
                late[owner] = late.get(owner, 0) + 1
        self.signed, self.late = signed, late
        return super().rows()

    @override
    def reread(self) -> None:
        super().reread()
        self.say_counts(people_counts(len(list_people(self.desk.store)), len(self.shown)))

    @override
    def detail(self, row: Entry) -> Detail:
        store, today = self.desk.store, self.desk.today()
        standing = partner_standing(store, row.id, today)
        led = led_by_partner(store, row.id, today)
        facts: list[Fact] = [
            ("Kind", shown_value(row.values["kind"])),
            ("Statutory basis", row.text("statutory_basis")),
            ("Also known as", "; ".join(row.names("aliases"))),
            ("Sits on", "\n".join(standing.seats)),
            ("Leads or owns", "\n".join(f"{kind.label}: {count}" for kind, count in led.items())),
        ]
        below: list[Below] = [
            ("Agreements", [self._agreement(each) for each in standing.agreements]),
            ("People", [self._person(*each) for each in standing.people]),
        ]
        late = self.late.get(row.id, 0)
        said = f"{counted(late, 'agreement')} overdue for review." if late else ""
        deeds: list[Deed] = [
            self.editing_deed(row),
            ("Add agreement", partial(self.add_agreement, row.id)),
            ("Merge", partial(self.merge, row.id)),
        ]
        return Detail(row.text("name"), said, facts, deeds, [each for each in below if each[1]])

    def _agreement(self, row: AgreementRow) -> RowLink:
        by = f", review by {shown_date(row.review_date)}" if row.review_date else ""
        late = f" ({review_words(row.overdue_days)})" if row.overdue_days else ""
        return RowLink(f"{row.title}{by}{late}", partial(self.opened.emit, Where(Register.AGREEMENTS.value, row.id)))

    def _person(self, person_id: int, name: str) -> RowLink:
        return RowLink(name, partial(self.opened.emit, Where(Register.PEOPLE.value, person_id)))

    def merge(self, organisation_id: int) -> None:
        """Open the form that merges another entry into this one."""
        self.form_asked.emit(merging_partner(self.desk.store, organisation_id))

    def add_agreement(self, organisation_id: int) -> None:
        """Open the form of a new agreement of a partner."""
        given = {"organisation": organisation_id}
        self.form_asked.emit(adding_entry(self.desk.store, Register.AGREEMENTS, self.desk.today(), given))
