"""A form in the pane: fields one below the other, saved as one command, never losing what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.errors import RowChangedError
from csp_desktop.rules.validation import FieldError
from ui.flow import Flow
from ui.forms.conflict import ConflictDialog
from ui.forms.editors import Editor
from ui.forms.fields import Field, Values
from ui.forms.meeting import Meeting
from ui.theme import px
from ui.widgets import button, label, restyled

Check = Callable[[Values], Mapping[str, str]]
_SAVE_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def nothing_refused(_values: Values) -> Mapping[str, str]:
    """Refuse nothing beyond what each field refuses by itself."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSpec:
    """A form as data. ``check`` returns sentences by field key for what is refused before ``save`` is tried.

    ``warn`` returns sentences likewise for what is to be looked at again: they are shown, and saving once more saves.
    ``save`` runs the command; a FieldError from it is shown at its field, any other CspError flies, and both leave the
    form open with all that was typed. ``again`` makes the same form over what stands in the store now, for a save that
    meets somebody else's: a RowChangedError is then settled field by field. Raises CspError where the row is gone.
    ``name`` and ``ids`` are how its page finds the form again after a lock; a form without a name is not kept.
    ``more`` are further things to do here, each its words and its call. ``begins`` is the field that the keyboard
    goes to, "" for the first.
    """

    title: str
    fields: tuple[Field, ...]
    save_words: str
    save: Callable[[Values], None]
    check: Check = nothing_refused
    warn: Check = nothing_refused
    again: Callable[[], "FormSpec"] | None = None
    name: str = ""
    ids: tuple[int, ...] = ()
    more: tuple[tuple[str, Callable[[], None]], ...] = ()
    closes_on_save: bool = True
    begins: str = ""


class Form(QWidget):
    """Shows a ``FormSpec``. ``saved()`` after its command went through, ``closed()`` when it may be taken away."""

    saved = Signal()
    closed = Signal()

    def __init__(self, spec: FormSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self.closes_on_save = spec.closes_on_save
        self._editors: dict[str, Editor] = {}
        self._refusals: dict[str, QLabel] = {}
        self._hints: dict[str, QLabel] = {}
        self._start: dict[str, object] = {}
        self._warned: Mapping[str, str] = {}
        self.conflict: ConflictDialog | None = None
        self.setAccessibleName(spec.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._body(), 1)
        column.addWidget(self._leaving())
        column.addWidget(self._buttons())
        self._start = {key: editor.value() for key, editor in self._editors.items()}

    def _body(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(4))
        column.addWidget(label(self._spec.title, "section", wrap=True))
        for field in self._spec.fields:
            self._add(column, field)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        return scroll

    def _add(self, column: QVBoxLayout, field: Field) -> None:
        editor = field.editor()
        editor.set_value(field.value)
        editor.control.setAccessibleName(field.label)
        editor.control.setAccessibleDescription(field.hint)
        editor.changed.connect(self._on_changed)
        name = label(field.label + (" (needed)" if field.required else ""))
        name.setBuddy(editor.control)
        refusal = label("", "error", wrap=True)
        refusal.hide()
        column.addSpacing(px(8))
        column.addWidget(name)
        column.addWidget(editor)
        hint = label(field.hint, "muted", wrap=True)
        if not field.hint:
            hint.hide()
        column.addWidget(hint)
        self._hints[field.key] = hint
        column.addWidget(refusal)
        self._editors[field.key] = editor
        self._refusals[field.key] = refusal

    def _leaving(self) -> QWidget:
        self._asked = QFrame()
        self._asked.setProperty("zone", "foot")
        column = QVBoxLayout(self._asked)
        column.setContentsMargins(px(20), px(10), px(20), px(10))
        column.addWidget(label("You have changes that are not saved.", "warning", wrap=True))
        row = Flow(px(8))
        self.keep = button("Keep editing", self._on_keep)
        self.discard = button("Discard changes", self._on_discard)
        row.addWidget(self.keep)
        row.addWidget(self.discard)
        column.addLayout(row)
        self._asked.hide()
        return self._asked

    def _buttons(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("zone", "foot")
        row = Flow(px(8), bar)
        row.setContentsMargins(px(20), px(10), px(20), px(10))
        self.save_button = button(self._spec.save_words, self.save, "primary")
        self.save_button.setToolTip("Ctrl+Enter")
        self.cancel_button = button("Cancel", self.cancel)
        row.addWidget(self.save_button)
        row.addWidget(self.cancel_button)
        for words, do in self._spec.more:
            row.addWidget(button(words, do, "quiet"))
        return bar

    def focus_first(self) -> None:
        """Put the keyboard into the field where work begins."""
        first = next(iter(self._editors.values()))
        self._editors.get(self._spec.begins, first).setFocus()

    def editor(self, key: str) -> Editor:
        """Return the editor of a field."""
        return self._editors[key]

    def say_hint(self, key: str, sentence: str, kind: str = "muted") -> None:
        """Change the sentence below a field."""
        hint = self._hints[key]
        hint.setText(sentence)
        hint.setProperty("kind", kind)
        hint.setVisible(bool(sentence))
        restyled(hint)

    def spec(self) -> FormSpec:
        """Return what the form was made from."""
        return self._spec

    def typed(self) -> dict[str, str]:
        """Return what was typed into the fields that changed, readable or not."""
        return {key: self._editors[key].typed() for key in sorted(self.changed_keys())}

    def type_again(self, typed: Mapping[str, str]) -> None:
        """Show what ``typed`` returned once."""
        for key, text in typed.items():
            if key in self._editors:
                self._editors[key].type_again(text)

    def refusal(self, key: str) -> str:
        """Return the sentence shown at a field, empty for none."""
        return self._refusals[key].text()

    def changed_keys(self) -> frozenset[str]:
        """Return the fields that hold something else than at the start; one that cannot be read has changed."""
        return frozenset(key for key, editor in self._editors.items() if self._differs(key, editor))

    def _differs(self, key: str, editor: Editor) -> bool:
        try:
            return editor.value() != self._start[key]
        except ValueError:  # typed and unreadable: the sentence is shown on saving
            return True

    def save(self) -> None:
        """Read every field, show what is refused, or run the command and close."""
        held, refused = self._read()
        values = Values(held, self.changed_keys())
        if not refused:
            refused = dict(self._spec.check(values))
        self._show(refused)
        if refused or self._warns(self._spec.warn(values)):
            return
        self._save_as(self._spec, values)

    def _warns(self, warned: Mapping[str, str]) -> bool:
        """Show what is to be looked at again; False where there is nothing, or it was shown before."""
        before, self._warned = self._warned, dict(warned)
        for field in self._spec.fields:
            if field.key in warned:
                self.say_hint(field.key, warned[field.key], "warning")
            elif field.key in before:
                self.say_hint(field.key, field.hint)
        self.save_button.setText("Save even so" if warned else self._spec.save_words)
        is_new = bool(warned) and self._warned != before
        if is_new:
            self._editors[next(key for key in self._editors if key in warned)].setFocus()
        return is_new

    def _save_as(self, spec: FormSpec, values: Values) -> None:
        try:
            spec.save(values)
        except FieldError as refusal:
            if refusal.field not in self._editors:
                raise
            self._show({refusal.field: str(refusal)})
            return
        except RowChangedError:
            if spec.again is None:
                raise
            self._settle(spec.again(), values)
            return
        self.saved.emit()
        if self.closes_on_save:
            self.closed.emit()

    def _settle(self, now: FormSpec, values: Values) -> None:
        """Save beside what somebody else saved since; where both changed a field, the person chooses first."""
        meeting = Meeting(now.fields, self._start, values)
        if not meeting.clashes:
            self._save_as(now, meeting.settled(frozenset()))
            return
        self.conflict = ConflictDialog(meeting.clashes, self)
        self.conflict.settled.connect(lambda theirs: self._save_as(now, meeting.settled(theirs)))
        self.conflict.open()

    def _read(self) -> tuple[dict[str, object], dict[str, str]]:
        held: dict[str, object] = {}
        refused: dict[str, str] = {}
        for field in self._spec.fields:
            try:
                held[field.key] = self._editors[field.key].value()
            except ValueError as refusal:
                refused[field.key] = str(refusal)
                continue
            if field.required and held[field.key] in {None, "", ()}:
                refused[field.key] = f"{field.label} is needed."
        return held, refused

    def _show(self, refused: Mapping[str, str]) -> None:
        for key, sentence in self._refusals.items():
            sentence.setText(refused.get(key, ""))
            sentence.setVisible(key in refused)
            self._editors[key].control.setProperty("refused", key in refused)
            restyled(self._editors[key].control)
        if refused:
            self._editors[next(key for key in self._editors if key in refused)].setFocus()

    def cancel(self) -> None:
        """Close, or ask first where something would be lost."""
        if self.changed_keys():
            self._asked.show()
            self.keep.setFocus()
        else:
            self.closed.emit()

    def _on_changed(self) -> None:
        self._asked.hide()

    def _on_keep(self) -> None:
        self._asked.hide()
        self.focus_first()

    def _on_discard(self) -> None:
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _SAVE_KEYS and with_control:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)
