"""People and partners: who leads and supports, with the other names that owners' files know them by."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from csp_desktop.backup import list_backups
from csp_desktop.commands.erasure import certificate_number, erase_person
from csp_desktop.queries.people import OrganisationRow, PersonRow, list_organisations, list_people
from ui.desk import Desk
from ui.dialogs.erasure import ErasureDialog, certificate_text
from ui.forms.form import Form, FormSpec
from ui.forms.people import (
    ADD_PARTNER,
    ADD_PERSON,
    EDIT_PARTNER,
    EDIT_PERSON,
    adding_organisation,
    adding_person,
    editing_organisation,
    editing_person,
    merging_person,
)
from ui.pages.page import Page
from ui.pages.wording import shown_instant
from ui.search import Found
from ui.tables.columns import Column, Kind, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button

PEOPLE: tuple[Column[PersonRow], ...] = (
    Column(
        key="name",
        heading="Name",
        width=24,
        text=lambda row: "Erased" if row.erased_certificate else row.name,
        tone=lambda row: "muted" if row.erased_certificate else "",
    ),
    Column(key="organisation", heading="Organisation", width=24, spare=1, text=lambda row: row.organisation or ""),
    Column(key="job", heading="Job title", width=0, spare=2, text=lambda row: row.job_title),
    Column(key="aliases", heading="Also known as", width=18, spare=3, text=lambda row: "; ".join(row.aliases)),
    Column(
        key="leads",
        heading="Leads",
        kind=Kind.NUMBER,
        width=7,
        text=lambda row: str(row.leads) if row.leads else "",
        sort_key=lambda row: row.leads or None,
    ),
)
PARTNERS: tuple[Column[OrganisationRow], ...] = (
    Column(key="name", heading="Name", width=0, text=lambda row: row.name),
    Column(key="kind", heading="Kind", width=24, spare=1, text=lambda row: row.kind.label),
    Column(key="aliases", heading="Also known as", width=24, spare=2, text=lambda row: "; ".join(row.aliases)),
    Column(
        key="leads",
        heading="Leads",
        kind=Kind.NUMBER,
        width=7,
        text=lambda row: str(row.leads) if row.leads else "",
        sort_key=lambda row: row.leads or None,
    ),
)


class PeoplePage(Page):
    """Two tables, one at a time: people, and partner organisations. The chosen one is edited in the pane."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "People and partners")
        self._people: Sequence[PersonRow] = ()
        self._partners: Sequence[OrganisationRow] = ()
        self.form: Form | None = None
        self.erasure: ErasureDialog | None = None
        self.add_button = button("Add person", self.add, "primary")
        self.head.addWidget(self.add_button)
        self.people_model: TableModel[PersonRow] = TableModel(PEOPLE, self)
        self.partner_model: TableModel[OrganisationRow] = TableModel(PARTNERS, self)
        self.people = TableView(self.people_model, "People")
        self.partners = TableView(self.partner_model, "Partners")
        self.people.row_opened.connect(self._on_person_opened)
        self.people.edit_asked.connect(self._on_person_opened)
        self.partners.row_opened.connect(self._on_partner_opened)
        self.partners.edit_asked.connect(self._on_partner_opened)
        self.people.row_chosen.connect(self._on_person_chosen)
        self.partners.row_chosen.connect(self._on_partner_chosen)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.people)
        self._stack.addWidget(self.partners)
        self.body.addLayout(self._bar())
        self.body.addWidget(self._stack, 1)

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        group = QButtonGroup(self)
        self.kinds: list[QPushButton] = []
        for at, words in enumerate(("People", "Partners")):
            made = button(words, partial(self.show_kind, at), "chip")
            made.setCheckable(True)
            made.setChecked(at == 0)
            group.addButton(made)
            self.kinds.append(made)
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.add_filter("Filter by name", self._on_filter), 2)
        return row

    def show_kind(self, at: int) -> None:
        """Show people (0) or partners (1)."""
        self.kinds[at].setChecked(True)
        self._stack.setCurrentIndex(at)
        self.add_button.setText("Add partner" if at else "Add person")
        self._count()

    @override
    def reread(self) -> None:
        self._people = list_people(self.desk.store)
        self._partners = list_organisations(self.desk.store)
        self.people_model.set_source(RowsInHand(PEOPLE, self._people, lambda row: row.id))
        self.partner_model.set_source(RowsInHand(PARTNERS, self._partners, lambda row: row.id))
        self._count()

    def shown_table(self) -> QWidget:
        """Return the table that is shown."""
        return self.partners if self._stack.currentIndex() == 1 else self.people

    def _count(self) -> None:
        self.say_counts(f"{len(self._people):,} people, {len(self._partners):,} partners")

    def _on_filter(self, text: str) -> None:
        self.people_model.filter(text)
        self.partner_model.filter(text)

    def add(self) -> None:
        """Open the form of a new person or partner."""
        partners = self._stack.currentIndex() == 1
        self._open(adding_organisation(self.desk.store) if partners else adding_person(self.desk.store))

    def _on_person_chosen(self, row_id: int | None) -> None:
        if self.form is None or not self.form.changed_keys():
            self._on_person_opened(row_id)

    def _on_partner_chosen(self, row_id: int | None) -> None:
        if self.form is None or not self.form.changed_keys():
            self._on_partner_opened(row_id)

    def _on_person_opened(self, row_id: int | None) -> None:
        row = next((row for row in self._people if row.id == row_id), None)
        if row is None or row.erased_certificate:
            self._close()
        else:
            self._open(self._editing(row.id), take_keyboard=False)

    def _editing(self, person_id: int) -> FormSpec:
        more = (("Merge", partial(self.merge, person_id)), ("Erase", partial(self.erase, person_id)))
        return replace(editing_person(self.desk.store, person_id), more=more)

    def merge(self, person_id: int) -> None:
        """Open the form that merges another entry into this one."""
        self._open(merging_person(self.desk.store, person_id))

    def erase(self, person_id: int) -> None:
        """Explain what erasing a person does, and ask."""
        row = next(row for row in self._people if row.id == person_id)
        self.erasure = ErasureDialog(row.name, self)
        self.erasure.agreed.connect(partial(self._on_erasure_agreed, person_id))
        self.erasure.open()

    def _on_erasure_agreed(self, person_id: int) -> None:
        store = self.desk.store
        now = store.clock()
        number = certificate_number(person_id, now)
        erase_person(store, person_id, number)
        self._close()
        if self.erasure is not None:
            held = list_backups(store.path)
            self.erasure.show_certificate(certificate_text(number, shown_instant(now), held))

    def _on_partner_opened(self, row_id: int | None) -> None:
        row = next((row for row in self._partners if row.id == row_id), None)
        if row is None:
            self._close()
        else:
            self._open(editing_organisation(self.desk.store, row.id), take_keyboard=False)

    def _open(self, spec: FormSpec, *, take_keyboard: bool = True) -> None:
        if self.form is not None and self.form.changed_keys():
            self.form.cancel()
            return
        self._close()
        self.form = Form(spec)
        self.form.closed.connect(self._on_closed)
        self.pane_wanted.emit(self.form)
        if take_keyboard:
            self.form.focus_first()

    def _on_closed(self) -> None:
        self._close()
        self.shown_table().setFocus()

    def _close(self) -> None:
        self.pane_wanted.emit(None)
        if self.form is not None:
            self.form.deleteLater()
            self.form = None

    @override
    def step_back(self) -> bool:
        if self.form is not None:
            self.form.cancel()
            return True
        return super().step_back()

    @override
    def form_shown(self) -> Form | None:
        return self.form

    @override
    def show_form(self) -> None:
        self.pane_wanted.emit(self.form)

    @override
    def open_again(self, name: str, ids: tuple[int, ...]) -> None:
        self.show_kind(1 if name in {ADD_PARTNER, EDIT_PARTNER} else 0)
        if name in {ADD_PERSON, ADD_PARTNER}:
            self.add()
        elif name == EDIT_PERSON:
            self._open(self._editing(*ids))
        else:
            self._open(editing_organisation(self.desk.store, *ids))

    @override
    def take_focus(self) -> None:
        self.shown_table().setFocus()

    @override
    def go_to(self, row_id: object) -> None:
        if isinstance(row_id, int):
            self.show_kind(0)
            self.people.choose(row_id)

    @override
    def offered(self) -> list[Found]:
        shown = [row for row in self._people if not row.erased_certificate]
        return [Found(row.name, "Person", partial(self.went_to.emit, "people", row.id)) for row in shown]
