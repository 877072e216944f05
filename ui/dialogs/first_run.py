"""First run: a new store with a starter plan or an empty one, and its recovery key on paper before anything else."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from csp_desktop.disk import file_troubles, write_whole
from csp_desktop.errors import CspError
from ui.dialogs.front_page import AskingPage, centred
from ui.dialogs.gate import Gate
from ui.dialogs.new_store import Created, NewStore
from ui.dialogs.strength import SHORTEST, strength
from ui.files import STORES
from ui.forms.controls import TickBox
from ui.forms.editors import TextEditor
from ui.forms.fields import ChoiceField, PathField, SecretField, TextField, Values
from ui.forms.form import Form, FormSpec
from ui.tasks import Tasks
from ui.theme import px
from ui.widgets import button, label, restyled

PLANS = (
    ("kirklees-2022-2027", "Communities Partnership Plan 2022-2027 (Kirklees)"),
    ("kirklees-2018-2021", "Communities Partnership Plan 2018-2021 (Kirklees)"),
    ("empty", "An empty plan"),
)
NO_PRINTER = (
    "No printer is set up on this PC, so nothing was printed. Write the key down by hand, or save it to a memory stick "
    "and print it elsewhere."
)


class CreatePage(AskingPage):
    """Asks for name, plan, place and passphrase. ``created(path, passphrase, Created)``, ``cancelled()``."""

    created = Signal(object, str, object)
    cancelled = Signal()

    def __init__(self, gate: Gate, tasks: Tasks, place: Path | None = None) -> None:
        super().__init__()
        self._gate = gate
        self._tasks = tasks
        self._place = place or gate.default_path()
        self.words = label("", "error", wrap=True)
        self.words.hide()
        self.form = Form(self._spec())
        self.form.closes_on_save = False
        self.form.closed.connect(self.cancelled)
        self.form.editor("passphrase").changed.connect(self._on_passphrase)
        last = self.form.editor("again")
        if isinstance(last, TextEditor):
            last.line.returnPressed.connect(self.form.save)
        self._on_passphrase()
        card = QFrame()
        card.setProperty("zone", "card")
        card.setMaximumWidth(px(560))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.form, 1)
        inside.addWidget(self.words)
        self.words.setContentsMargins(px(20), 0, px(20), px(12))
        across = QHBoxLayout(self)
        across.addStretch()
        across.addWidget(card, 1)
        across.addStretch()
        tasks.ended.connect(self._on_task_ended)

    def _spec(self) -> FormSpec:
        place = "One file, on this PC's own disk. Backups are made beside it."
        return FormSpec(
            title="Create a store",
            fields=(
                TextField(
                    key="name",
                    label="Your name",
                    hint="Noted with every change you make.",
                    required=True,
                    value=self._gate.display_name(),
                ),
                ChoiceField(key="plan", label="Start with", choices=PLANS, value=PLANS[0][0]),
                PathField(
                    key="place",
                    label="Keep it in",
                    hint=place,
                    required=True,
                    value=str(self._place),
                    choose=self._choose,
                ),
                SecretField(key="passphrase", label="Passphrase", required=True),
                SecretField(key="again", label="Passphrase again", required=True),
            ),
            save_words="Create the store",
            save=self._save,
            check=self._check,
        )

    def _choose(self, at: Path) -> Path | None:
        chosen, _kind = QFileDialog.getSaveFileName(self, "Keep the store in", str(at), STORES)
        return Path(chosen) if chosen else None

    def _check(self, values: Values) -> Mapping[str, str]:
        passphrase, again = values.text("passphrase"), values.text("again")
        tone, sentence = strength(passphrase)
        if tone == "error" or len(passphrase) < SHORTEST:
            return {"passphrase": sentence}
        if passphrase != again:
            return {"again": "The two passphrases differ; type the same one twice."}
        refusal = self._gate.judge(Path(values.text("place")))
        return {"place": refusal} if refusal else {}

    def _save(self, values: Values) -> None:
        wish = NewStore(
            path=Path(values.text("place")),
            plan=values.one_of("plan", str),
            display_name=values.text("name"),
            passphrase=values.text("passphrase"),
        )
        self.form.save_button.setEnabled(False)
        self._say("Creating the store …", "muted")
        create: Callable[[Created], None] = partial(self._on_created, wish)
        self._tasks.run("Creating the store", lambda _progress: self._gate.create(wish), create)

    def _on_task_ended(self, _task: object) -> None:
        self.form.save_button.setEnabled(True)

    def _on_created(self, wish: NewStore, made: Created) -> None:
        self.words.hide()
        self.created.emit(wish.path, wish.passphrase, made)

    @override
    def refused(self, error: CspError) -> None:
        self._say(str(error), "error")

    def _say(self, sentence: str, kind: str) -> None:
        self.words.setText(sentence)
        self.words.setProperty("kind", kind)
        restyled(self.words)
        self.words.show()

    def _on_passphrase(self) -> None:
        tone, sentence = strength(str(self.form.editor("passphrase").value()))
        self.form.say_hint("passphrase", sentence, tone)


class RecoveryPage(AskingPage):
    """Shows the recovery key once, prints or saves it, and goes on when the person says it is safe."""

    kept = Signal()

    def __init__(self, store_name: str, made: Created) -> None:
        super().__init__()
        self._key = made.recovery_key
        self._name = store_name
        column = centred(self, 560)
        column.addWidget(label("Your recovery key", "title"))
        told = (
            "If the passphrase is ever forgotten, this key is the only other way into the store. It is shown once and "
            "kept nowhere. Print it, lock the paper away, and do not keep it on this PC."
        )
        column.addWidget(label(told, wrap=True))
        column.addSpacing(px(8))
        self.shown = label(grouped(made.recovery_key), "section", wrap=True)
        self.shown.setAccessibleName(f"Recovery key {made.recovery_key}")
        column.addWidget(self.shown)
        column.addSpacing(px(8))
        for warning in made.warnings:
            column.addWidget(label(warning, "warning", wrap=True))
        row = QHBoxLayout()
        row.addWidget(button("Print it", self._on_print))
        row.addWidget(button("Save it to a file", self._on_save))
        row.addStretch()
        column.addLayout(row)
        self.words = label("", "ok", wrap=True)
        self.words.hide()
        column.addWidget(self.words)
        self.sure = TickBox("I have it on paper, in a safe place")
        self.go_on = button("Open the plan", self.kept.emit, "primary")
        self.sure.toggled.connect(self.go_on.setEnabled)
        self.go_on.setEnabled(False)
        column.addWidget(self.sure)
        last = QHBoxLayout()
        last.addWidget(self.go_on)
        last.addStretch()
        column.addLayout(last)

    def sheet(self) -> str:
        """Return what is printed or saved."""
        return (
            f"CSP Desktop recovery key\n\nStore: {self._name}\n\n{self._key}\n\n"
            "Type it where the program asks for the passphrase. Whoever has this paper and the store's file can read "
            "the store: keep it locked away.\n"
        )

    @override
    def refused(self, error: CspError) -> None:
        self._say(str(error), "error")

    def _say(self, sentence: str, kind: str) -> None:
        self.words.setText(sentence)
        self.words.setProperty("kind", kind)
        restyled(self.words)
        self.words.show()

    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            raise CspError(NO_PRINTER)
        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            QTextDocument(self.sheet()).print_(printer)
            self._say("Sent to the printer.", "ok")

    def _on_save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, "Save the recovery key", "", "Text (*.txt)")
        if chosen:
            self.save(Path(chosen))

    def save(self, file: Path) -> None:
        """Write the key to a file. Raises CspError where the disk refuses."""
        with file_troubles("The recovery key could not be saved", "It is still shown here."):
            write_whole(file, self.sheet().encode())
        self._say(f"Saved as {file.name}. Move it off this PC, or print it and delete it.", "ok")


def grouped(key: str) -> str:
    """Return the key with room between its groups, so that it breaks between them."""
    return key.replace("-", " - ")
