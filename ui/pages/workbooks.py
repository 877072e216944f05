"""Workbooks: whom to ask for an update, the workbooks that went out and came back, and what to do about each."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from csp_desktop.errors import CspError
from csp_desktop.exports.several import ERASED
from csp_desktop.queries.plans import PlanRow, list_plans
from ui.desk import Desk
from ui.forms.controls import ChoiceBox
from ui.forms.workbooks import BACK, PERIOD, MakingForm, Wish, making
from ui.pages.page import Page
from ui.pages.workbooks_folder import FilePane
from ui.pages.workbooks_making import Asking, Made, MadePane, Maker
from ui.pages.workbooks_pane import WorkbookPane
from ui.pages.workbooks_reading import PlanRead, offer_of, offers_of, owner_shown, read_plan
from ui.pages.workbooks_views import FOLDER, OWNERS, WorkbookViews
from ui.search import Found
from ui.widgets import button

MANY = 5_000  # from so many actions on the plan is read behind the page
PLACE = "workbooks"
WHERE_BACK = "Choose the folder with the workbooks that came back"
CHOOSE_FIRST = "Choose an owner first; then the words of an e-mail to them can be copied."
NO_OWNERS = "Nobody leads an action of this plan yet, so there is nobody to chase."


class WorkbooksPage(Page):
    """Owners first; beside them all that was sent, a folder of returns, and the chase list as it will be printed."""

    def __init__(self, desk: Desk, ask: Asking | None = None) -> None:
        super().__init__(desk, "Workbooks")
        self.ask = ask or Asking()
        self._plans: list[PlanRow] = []
        self._plan_id: int | None = None
        self._read: PlanRead | None = None
        self._wanted = 0
        self._is_made_shown = False
        self.form: MakingForm | None = None
        self.views = WorkbookViews(desk, lambda: self.ask.save)
        self._line = self.add_filter("Filter by name", self.views.filter)
        self.views.add_filter(self._line)
        self.pane, self.file_pane, self.made_pane = WorkbookPane(), FilePane(), MadePane()
        self.maker = Maker(desk, self)
        self._fill_head()
        self.body.addWidget(self.views, 1)
        self._connect()

    def _fill_head(self) -> None:
        self.choice = ChoiceBox()
        self.choice.setAccessibleName("Plan")
        self.choice.activated.connect(self._on_plan)
        self.choice.hide()
        self.head.addWidget(self.choice)
        self.make_button = button("Make workbooks", self.make, "primary")
        room = self.make_button.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # so that nothing moves where it is not offered
        self.make_button.setSizePolicy(room)
        self.head.addWidget(self.make_button)

    def _connect(self) -> None:
        views = self.views
        views.chosen.connect(self._on_chosen)
        views.shown.connect(self._on_view_shown)
        views.folder_asked.connect(self.bring_back)
        views.chase_asked.connect(self.show_chase)
        views.make_asked.connect(self.make)
        views.plan_asked.connect(partial(self.went_to.emit, "plan", None))
        views.owners.table.row_opened.connect(lambda _id: self.pane.focus_first())
        views.owners.table.ticks_changed.connect(self._refresh_form)
        views.folder.opened.connect(self.file_pane.focus_first)
        views.folder.told.connect(self.told)
        views.folder.changed.connect(lambda: self.say_counts(views.counts()))
        self.pane.action_asked.connect(lambda action_id: self.went_to.emit("plan", action_id))
        self.pane.make_asked.connect(self.make_for_chosen)
        self.pane.copy_asked.connect(self.copy_email)
        self.file_pane.review_asked.connect(views.folder.open_chosen)
        self.maker.made.connect(self._on_made)
        self.made_pane.folder_asked.connect(self._on_folder_asked)
        self.made_pane.closed.connect(self._leave_made)
        QShortcut(QKeySequence("Ctrl+E"), self).activated.connect(self.copy_email)

    @override
    def reread(self) -> None:
        store, today = self.desk.store, self.desk.today()
        plans = [plan for plan in list_plans(store) if plan.is_open]
        self._plans = [plan for plan in plans if plan.actions] or plans[:1]  # without an action there is nobody to ask
        plan = next((each for each in self._plans if each.id == self._plan_id), next(iter(self._plans), None))
        self._wanted += 1
        if plan is None or plan.actions < MANY:
            self._show(None if plan is None else read_plan(store, plan, today))
            return
        number, chosen = self._wanted, plan
        self.desk.tasks.run(
            "Looking through the plan",
            lambda _progress: read_plan(store, chosen, today),
            lambda found: self._show(found) if number == self._wanted else None,
        )

    def _show(self, found: PlanRead | None) -> None:
        self._read = found
        self._plan_id = None if found is None else found.plan.id
        self.choice.setVisible(len(self._plans) > 1)
        self.choice.clear()
        self.choice.addItems([plan.title for plan in self._plans])
        self.choice.setCurrentIndex(next((at for at, plan in enumerate(self._plans) if plan.id == self._plan_id), -1))
        self.views.show_plan(found)
        self._offer_making()
        self.say_counts(self.views.counts())
        self._show_pane()

    def _on_plan(self, at: int) -> None:
        self._plan_id = self._plans[at].id
        self.views.owners.table.tick_none()
        self.views.owners.table.choose(None)
        self.reread()

    def _on_view_shown(self) -> None:
        chase = self.views.chase
        self.filter_line = chase.preview.finder.line if self.views.is_chase_shown else self._line
        self._is_made_shown = False
        self._drop_form()
        self._offer_making()
        self.say_counts(self.views.counts())
        self._show_pane()

    def _offer_making(self) -> None:
        """Offer to make workbooks where owners, or what was sent, are shown: a page has one first thing to do."""
        self.make_button.setVisible(self.views.view != FOLDER and not self.views.is_chase_shown)
        self.make_button.setEnabled(self.views.has_owners)

    def _on_chosen(self) -> None:
        self._is_made_shown = False
        if self.form is None:
            self._show_pane()
        else:
            self._refresh_form()

    def _show_pane(self) -> None:
        self.pane_wanted.emit(self._pane_now())

    def _pane_now(self) -> QWidget | None:
        if self.form is not None:
            return self.form
        if self._is_made_shown:
            return self.made_pane
        return None if self.views.is_chase_shown else self._pane_of_chosen()

    def _pane_of_chosen(self) -> QWidget | None:
        views = self.views
        file, owner, line = views.folder.chosen_file(), views.owner(), views.sent_line()
        if views.view == FOLDER and file is not None:
            self.file_pane.show_file(file)
            return self.file_pane
        if owner is not None and self._read is not None:
            self.pane.show_owner(owner_shown(self.desk.store, self._read, owner))
        elif line is not None:
            self.pane.show_sent(line)
        else:
            return None
        return self.pane

    def make(self) -> None:
        """Open the form that says which workbooks are wanted: for the ticked owners, the chosen one, or all."""
        if self.views.is_chase_shown or self.views.view == FOLDER:
            self.views.show_view(OWNERS)
        self._open_form(only_chosen=False)

    def make_for_chosen(self) -> None:
        """Open the form for the chosen owner. Raises CspError where nobody can be asked under that name."""
        owner = self.views.owner()
        if owner is not None and owner.owner.is_erased:
            raise CspError(ERASED)
        self._open_form(only_chosen=True)

    def _open_form(self, *, only_chosen: bool) -> None:
        if self._read is None:
            return
        self._drop_form()
        ticked, chosen = self.views.owners.ticked(), self.views.owner()
        offers = offers_of(self._read, ticked, chosen)
        wanted = offer_of(self._read.plan, chosen) if only_chosen and chosen is not None else None
        first = next((offer for offer in offers if wanted is not None and offer.scopes == wanted.scopes), offers[0])
        self.form = MakingForm(making(offers, first, self.desk.today(), self._on_wanted))
        self.form.closed.connect(self._leave_form)
        self._show_pane()
        self.form.focus_first()

    def _refresh_form(self) -> None:
        """Offer what is ticked and chosen now; what was typed of the period and the day stays."""
        former = self.form
        if former is None:
            return
        focused = QWidget.focusWidget(self)
        typed = {key: text for key, text in former.typed().items() if key in {PERIOD, BACK}}
        self._open_form(only_chosen=False)
        if self.form is not None:
            self.form.type_again(typed)
        if focused is not None:
            focused.setFocus()

    def _drop_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.deleteLater()

    def _leave_form(self) -> None:
        self.take_focus()  # before the pane goes: what has the keyboard must not go with it
        self._drop_form()
        self._show_pane()

    def _on_wanted(self, wish: Wish) -> None:
        self.maker.make(wish, self.ask)

    def _on_made(self, made: Made) -> None:
        self.take_focus()
        self._drop_form()
        self.views.owners.table.tick_none()
        self.made_pane.show_made(made)
        self._is_made_shown = True
        self._show_pane()
        self.made_pane.focus_first()

    def _on_folder_asked(self, folder: Path) -> None:
        self.ask.show(folder)

    def _leave_made(self) -> None:
        self.take_focus()
        self._is_made_shown = False
        self._show_pane()

    def copy_email(self) -> None:
        """Copy the words of an e-mail to the chosen owner. Raises CspError where none is chosen."""
        owner = self.views.owner()
        if owner is None or self._read is None:
            raise CspError(CHOOSE_FIRST)
        store = self.desk.store
        QGuiApplication.clipboard().setText(owner_shown(store, self._read, owner).email_text)
        store.record_access("Copy the words of an e-mail to an owner")
        self.told.emit(f"Copied: an e-mail to {owner.name}. Its first line is the subject; read it before you send it.")

    def bring_back(self) -> None:
        """Let a person choose the folder that the workbooks were saved in, and list what lies in it."""
        folder = self.ask.folder(self, Path(), WHERE_BACK)
        if folder is not None:
            self.views.folder.look((folder,))

    def show_chase(self) -> None:
        """Show the chase list as it will be on paper. Raises CspError where there is nobody to chase."""
        if not self.views.has_owners:
            raise CspError(NO_OWNERS)
        self.views.show_chase()
        self.take_focus()

    @override
    def print_page(self) -> None:
        """Show the chase list, or print it where it is shown."""
        if self.views.is_chase_shown:
            self.views.chase.print_list()
        else:
            self.show_chase()

    @override
    def step_back(self) -> bool:
        if self.form is not None:
            self._leave_form()
            return True
        if self._is_made_shown:
            self._leave_made()
            return True
        if not self.views.is_chase_shown and self.views.table().chosen() is not None:
            self.views.table().choose(None)
            return True
        return super().step_back() or self.views.go_back()

    @override
    def take_focus(self) -> None:
        self.views.take_focus()

    @override
    def go_to(self, row_id: object) -> None:
        """Look through the files or the folder that are given, or show one owner."""
        if isinstance(row_id, tuple):
            self.views.folder.look([path for path in row_id if isinstance(path, Path)])
        elif isinstance(row_id, int):
            self.views.show_view(OWNERS)
            self.views.owners.table.choose(row_id)

    @override
    def offered(self) -> list[Found]:
        return [
            Found(words, "Workbooks", partial(self._visit, deed))
            for words, deed in (
                ("Make workbooks for owners", self.make),
                ("Bring back a folder of workbooks", self.bring_back),
                ("Print the chase list", self.show_chase),
            )
        ]

    def _visit(self, deed: object) -> None:
        self.went_to.emit(PLACE, None)
        if callable(deed):
            deed()
