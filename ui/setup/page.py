"""Set-up: a list of subjects (a drop-down where there is little room), the chosen one, its forms in the pane."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout
from typing_extensions import override

from ui.desk import Desk
from ui.forms.controls import ChoiceBox
from ui.forms.form import Form, FormSpec
from ui.pages.page import Page
from ui.setup.headings import HeadingsSection
from ui.setup.partnership import PartnershipSection
from ui.setup.plans import PlansSection
from ui.setup.publishing import PublishingSection
from ui.setup.section import Section
from ui.setup.storage import StorageSection
from ui.setup.strategies import StrategiesSection
from ui.setup.themes import ThemesSection
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button

LIST_PX = 170
NARROW_PX = 600


class SetupPage(Page):
    """What is arranged once and changed seldom."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Set-up")
        self.form: Form | None = None
        self.sections: tuple[Section, ...] = (
            PartnershipSection(desk),
            PlansSection(desk),
            ThemesSection(desk),
            StrategiesSection(desk),
            HeadingsSection(desk),
            StorageSection(desk),
            PublishingSection(desk),
        )
        self._stack = QStackedWidget()
        self._list_sections()
        self._add_choice()
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._listed, alignment=Qt.AlignmentFlag.AlignTop)
        across.addWidget(self._stack, 1)
        self.body.addLayout(across, 1)
        self.entries[0].setChecked(True)

    def _list_sections(self) -> None:
        self._listed = QFrame()
        self._listed.setFixedWidth(px(LIST_PX))
        column = QVBoxLayout(self._listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        group = QButtonGroup(self)
        self.entries: list[QPushButton] = []
        for section in self.sections:
            made = button(section.words, partial(self.show_section, section), "place")
            made.setCheckable(True)
            group.addButton(made)
            self.entries.append(made)
            column.addWidget(made)
            self._stack.addWidget(section)
            section.form_asked.connect(self._open)
            section.pane_closed.connect(self._close)
            section.said.connect(self.told)
        column.addStretch()

    def _add_choice(self) -> None:
        self.choice = ChoiceBox()
        self.choice.setAccessibleName("Subject")
        self.choice.addItems([section.words for section in self.sections])
        self.choice.activated.connect(lambda at: self.show_section(self.sections[at]))
        self.choice.hide()
        self.head.addWidget(self.choice, 3)

    def section(self) -> Section:
        """Return the section that is shown."""
        return self.sections[self._stack.currentIndex()]

    def show_section(self, section: Section) -> None:
        """Show a section, once an open form may go."""
        if not self.asks_about_changes():
            self._close()
            self.section().leave()
            self._stack.setCurrentWidget(section)
            self.filter_line = section.filter_line
            section.reread()
        self.entries[self._stack.currentIndex()].setChecked(True)
        self.choice.setCurrentIndex(self._stack.currentIndex())

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return least if self._listed.isHidden() else least - QSize(self._listed.width(), 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW_PX)
        held = self.choice.hasFocus() or any(entry.hasFocus() for entry in self.entries)
        self._listed.setHidden(narrow)
        self.choice.setVisible(narrow)
        for section in self.sections:
            section.column.setContentsMargins(0 if narrow else px(20), 0, 0, 0)
        if held:
            self.take_focus()

    @override
    def reread(self) -> None:
        self.section().reread()
        self.say_counts("")

    @override
    def take_focus(self) -> None:
        (self.entries[self._stack.currentIndex()] if self.choice.isHidden() else self.choice).setFocus()

    def _open(self, spec: FormSpec) -> None:
        if self.asks_about_changes():
            return
        self._close()
        self.form = Form(spec)
        self.form.closed.connect(self._on_closed)
        self.pane_wanted.emit(self.form)
        if not isinstance(self.focusWidget(), TableView):  # moving through a table stays in the table
            self.form.focus_first()

    def _on_closed(self) -> None:
        self._close()
        self.section().leave()
        self.section().setFocus()

    def _close(self) -> None:
        form, self.form = self.form, None
        self.pane_wanted.emit(None)
        if form is not None:
            form.deleteLater()

    @override
    def form_shown(self) -> Form | None:
        return self.form

    @override
    def show_form(self) -> None:
        self.pane_wanted.emit(self.form)

    @override
    def open_again(self, name: str, ids: tuple[int, ...]) -> None:
        for section in self.sections:
            self.show_section(section)
            if section.open_again(name, ids):
                return

    @override
    def step_back(self) -> bool:
        if self.form is not None:
            self.form.cancel()
            return True
        return super().step_back()
