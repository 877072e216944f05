"""A page of several screens: a trail of them, each leading on to others, and Esc or Back to the one before."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.flow import Flow
from ui.forms.form import Form, FormSpec
from ui.pages.page import Page
from ui.reoffending.register_desk import RegisterDesk
from ui.screens.screen import Screen, Where
from ui.theme import px
from ui.widgets import button

NARROW_PX = 900
Makers = Mapping[str, Callable[[Desk], Screen]]
Top = Sequence[tuple[str, str]]


class ScreensPage(Page):
    """``makers`` make the screens by their keys; ``top`` are those offered above them, with their words, in order.

    The first of ``top`` is where the page begins.
    """

    def __init__(self, desk: Desk, title: str, makers: Makers, top: Top) -> None:
        super().__init__(desk, title)
        self.form: Form | None = None
        self.makers = makers
        self.top = top
        self.home = Where(top[0][0])
        self.trail = [self.home]
        self.screens: dict[str, Screen] = {}
        self._stack = QStackedWidget()
        self.back = button("Back", self.go_back)
        self.back.setToolTip("Esc")
        self.head.insertWidget(0, self.back)
        self._tools = QWidget()
        self._tools_row = QHBoxLayout(self._tools)
        self._tools_row.setContentsMargins(0, 0, 0, 0)
        self.head.addWidget(self._tools)
        self.body.addWidget(self._bar())
        self.body.addWidget(self._stack, 1)
        self.registers = RegisterDesk(desk, self)
        self.registers.told.connect(self.told)
        self.registers.closed.connect(self.take_focus)
        desk.news.happened.connect(self._on_news)
        self._show()

    def _bar(self) -> QWidget:
        bar = QWidget()
        row = Flow(px(8), bar)
        group = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        for key, words in self.top:
            chip = button(words, partial(self._start_at, key), "chip")
            chip.setCheckable(True)
            group.addButton(chip)
            self.chips[key] = chip
            row.addWidget(chip)
        self._chips = bar
        return bar

    def screen_shown(self) -> Screen:
        """Return the screen that is shown."""
        return self.screens[self.trail[-1].kind]

    def made(self, kind: str) -> Screen:
        """Make a screen, with everything it asks of its page answered."""
        screen = self.makers[kind](self.desk)
        screen.opened.connect(self.open)
        screen.went_to.connect(self.went_to)
        screen.left.connect(self._on_left)
        screen.form_asked.connect(self.open_form)
        screen.form_over.connect(self._on_form_closed)
        screen.register_asked.connect(self.bring_in)
        screen.pane_wanted.connect(lambda pane: self._on_pane(screen, pane))
        screen.titled.connect(lambda words: self.title.say(words) if screen is self.screen_shown() else None)
        screen.counted.connect(lambda words: self.say_counts(words) if screen is self.screen_shown() else None)
        screen.told.connect(self.told)
        screen.tools.hide()
        self._tools_row.addWidget(screen.tools)
        self._stack.addWidget(screen)
        self.screens[kind] = screen
        return screen

    def _start_at(self, kind: str) -> None:
        self.go_along([Where(kind)])

    def open(self, where: Where) -> None:
        """Lead on to a screen."""
        if where != self.trail[-1]:
            self.go_along([*self.trail, where])

    def bring_in(self) -> None:
        """Ask for the file of the register that is shown, and read it."""
        spec = self.screen_shown().bringing_in(self.registers.begin)
        if spec is not None:
            self.open_form(spec)

    def go_back(self) -> None:
        """Go back to the screen before, where there is one."""
        if len(self.trail) > 1:
            self.go_along(self.trail[:-1])

    def _on_left(self) -> None:
        if self.sender() is self.screen_shown():
            self.go_back()

    def go_along(self, trail: list[Where]) -> None:
        """Show the last screen of a trail; Back leads along the others."""
        if self.asks_about_changes():
            self._mark()
            return
        self._close_form()
        self.pane_wanted.emit(None)
        self.trail = trail
        self._show()
        self.screen_shown().reread()
        self.screen_shown().take_focus()

    def _show(self) -> None:
        where = self.trail[-1]
        screen = self.screens.get(where.kind) or self.made(where.kind)
        screen.show_where(where)
        self.filter_line = screen.filter_line
        self.title.say(screen.title)
        for each in self.screens.values():
            each.tools.setVisible(each is screen)
        self._stack.setCurrentWidget(screen)
        self.say_marking(screen.marking)
        self.back.setVisible(len(self.trail) > 1)
        self._chips.setVisible(len(self.trail) == 1 and len(self.chips) > 1)
        self._mark()

    def _mark(self) -> None:
        chip = self.chips.get(self.trail[0].kind)
        if chip is not None:
            chip.setChecked(True)

    def _on_pane(self, screen: Screen, pane: QWidget | None) -> None:
        if screen is not self.screen_shown() or self.asks_about_changes():
            return
        self._close_form()
        self.pane_wanted.emit(pane)

    def _on_news(self, _step: object) -> None:
        """Let every screen know that something was written. The window has the page reread before it knows that."""
        stale = [screen for screen in self.screens.values() if screen.written()]
        if self.isVisible() and self.screen_shown() in stale:
            self.screen_shown().reread()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what stands beside the title a line of its own where the title would have no room."""
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW_PX)
        if narrow and self.head.indexOf(self._tools) >= 0:
            self.head.removeWidget(self._tools)
            self.body.insertWidget(1, self._tools)
        elif not narrow and self.head.indexOf(self._tools) < 0:
            self.body.removeWidget(self._tools)
            self.head.addWidget(self._tools)

    @override
    def reread(self) -> None:
        self.screen_shown().reread()
        if self.form is not None and not self.form.isVisible():  # another page took the pane meanwhile
            self.show_form()

    @override
    def go_to(self, row_id: object) -> None:
        """Open any screen of the page."""
        if isinstance(row_id, Where):
            self.go_along([row_id] if row_id.kind in self.chips else [self.home, row_id])

    @override
    def take_focus(self) -> None:
        self.screen_shown().take_focus()

    def open_form(self, spec: FormSpec) -> None:
        """Open a form in the pane, unless another with changes is there."""
        if self.asks_about_changes():
            return
        self._close_form()
        self.screen_shown().pane_gone()
        self.form = Form(spec)
        self.form.closed.connect(self._on_form_closed)
        self.pane_wanted.emit(self.form)
        self.form.focus_first()

    def _on_form_closed(self) -> None:
        self._close_form()
        self.pane_wanted.emit(None)
        self.screen_shown().form_closed()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self.pane_wanted.emit(None)
            form.deleteLater()

    @override
    def form_shown(self) -> Form | None:
        return self.form

    @override
    def show_form(self) -> None:
        self.pane_wanted.emit(self.form)

    def form_again(self, name: str, ids: tuple[int, ...]) -> tuple[Where, FormSpec] | None:
        """Return a form of this page by its name, and the screen it belongs to; None for one that is not its own."""
        del name, ids
        return None

    @override
    def open_again(self, name: str, ids: tuple[int, ...]) -> None:
        found = self.form_again(name, ids)
        if found is not None:
            where, spec = found
            self.go_along([where] if where.kind in self.chips else [self.home, where])
            self.open_form(spec)

    @override
    def step_back(self) -> bool:
        if self.form is not None:
            self.form.cancel()
            return True
        if self.screen_shown().step_back():
            return True
        if len(self.trail) > 1:
            self.go_back()
            return True
        return False

    @override
    def print_page(self) -> None:
        self.screen_shown().print_page()
