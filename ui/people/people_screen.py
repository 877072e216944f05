"""The people of the partnership: who they are, what they own, who stands in for them."""

from collections.abc import Mapping, Sequence
from functools import partial

from typing_extensions import override

from csp_desktop.backup import list_backups
from csp_desktop.commands.erasure import certificate_number, erase_person
from csp_desktop.errors import CspError
from csp_desktop.queries.owned import counts_owned, owned_by
from csp_desktop.queries.people import list_organisations, list_people
from csp_desktop.queries.standing_people import deputies_of, person_standing
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from ui.board.detail import Deed, Detail, Fact
from ui.desk import Desk
from ui.dialogs.erasure import ErasureDialog, certificate_text
from ui.forms.form import FormSpec
from ui.forms.people import handing_over, merging_person
from ui.pages.wording import shown_instant
from ui.people.owned_links import owned_lists
from ui.people.pane_screen import PaneScreen
from ui.tables.columns import Column, Kind

ABOUT = "Who leads and supports what, the other names that owners' files know them by, and who stands in for them."
ERASED = "Erased"


class PeopleScreen(PaneScreen):
    """Those whose data was erased come last, without a name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Register.PEOPLE, ABOUT, lines=1)
        self.erasure: ErasureDialog | None = None
        self.owned: Mapping[int, int] = {}
        self.deputies: Mapping[int, tuple[tuple[int, str], ...]] = {}
        self.erased: Mapping[int, str] = {}

    @override
    def columns(self) -> Sequence[Column[Entry]]:
        return (
            Column(
                key="name",
                heading="Name",
                width=24,
                text=lambda row: ERASED if row.id in self.erased else row.text("name"),
                tone=lambda row: "muted" if row.id in self.erased else "",
            ),
            Column(
                key="organisation", heading="Organisation", width=24, spare=1, text=lambda row: row.text("organisation")
            ),
            Column(key="job_title", heading="Post", width=0, spare=2, text=lambda row: row.text("job_title")),
            Column(
                key="aliases",
                heading="Also known as",
                width=18,
                spare=4,
                text=lambda row: "; ".join(row.names("aliases")),
            ),
            Column(
                key="deputy",
                heading="Deputy",
                width=18,
                spare=3,
                text=lambda row: "; ".join(name for _, name in self.deputies.get(row.id, ())),
            ),
            Column(
                key="owns",
                heading="Owns",
                kind=Kind.NUMBER,
                width=7,
                text=lambda row: f"{self.owned[row.id]:,}" if row.id in self.owned else "",
                sort_key=lambda row: self.owned.get(row.id),
                tooltip=lambda _row: "Open actions, risks, measures and all else that this person is to see to",
            ),
        )

    @override
    def rows(self) -> list[Entry]:
        store, today = self.desk.store, self.desk.today()
        self.owned, self.deputies = counts_owned(store, today), deputies_of(store, today)
        self.erased = {row.id: row.erased_certificate for row in list_people(store) if row.erased_certificate}
        return sorted(super().rows(), key=lambda row: row.id in self.erased)

    @override
    def reread(self) -> None:
        super().reread()
        self.say_counts(people_counts(len(self.shown), len(list_organisations(self.desk.store))))

    @override
    def detail(self, row: Entry) -> Detail:
        store, today = self.desk.store, self.desk.today()
        standing = person_standing(store, row.id, today)
        owned = owned_by(store, row.id, today)
        erased = row.id in self.erased
        about: list[Fact] = [
            ("Organisation", row.text("organisation")),
            ("Post", row.text("job_title")),
            ("E-mail", row.text("email")),
            ("Also known as", "; ".join(row.names("aliases"))),
            ("Deputy", "\n".join(standing.deputies)),
            ("Stands in for", "\n".join(standing.stands_in_for)),
        ]
        said = f"Erased under {self.erased[row.id]}." if erased else ""
        facts = [*([] if erased else about), ("Owns", "" if owned else "nothing that is open")]
        name = ERASED if erased else row.text("name")
        return Detail(name, said, facts, self._deeds(row, bool(owned)), owned_lists(owned, self.went_to.emit))

    def _deeds(self, row: Entry, owns: bool) -> list[Deed]:
        """Return what can be done with a person; one whose data was erased can only hand over."""
        over: list[Deed] = [("Hand over", partial(self.hand_over, row.id))] if owns else []
        if row.id in self.erased:
            return over
        return [
            self.editing_deed(row),
            *over,
            ("Merge", partial(self.merge, row.id)),
            ("Erase", partial(self.erase, row.id)),
        ]

    @override
    def editing(self, row_id: int) -> FormSpec:
        if row_id in self.erased:
            raise CspError("This person's data was erased and stays so; add a new person instead.")
        return super().editing(row_id)

    def hand_over(self, person_id: int) -> None:
        """Open the form that gives what a person owns to another."""
        self.form_asked.emit(handing_over(self.desk.store, person_id, self.desk.today()))

    def merge(self, person_id: int) -> None:
        """Open the form that merges another entry into this one."""
        self.form_asked.emit(merging_person(self.desk.store, person_id))

    def erase(self, person_id: int) -> None:
        """Explain what erasing a person does, and ask."""
        name = next(row.text("name") for row in self.shown if row.id == person_id)
        self.erasure = ErasureDialog(name, self)
        self.erasure.agreed.connect(partial(self._on_erasure_agreed, person_id))
        self.erasure.open()

    def _on_erasure_agreed(self, person_id: int) -> None:
        store = self.desk.store
        now = store.clock()
        number = certificate_number(person_id, now)
        erase_person(store, person_id, number)
        if self.erasure is not None:
            held = list_backups(store.path)
            self.erasure.show_certificate(certificate_text(number, shown_instant(now), held))


def people_counts(people: int, partners: int) -> str:
    """Return what the status line says on the screens of people and of partners."""
    return f"{people:,} people, {partners:,} partners"
