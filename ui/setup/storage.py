"""The store: where it lies, its backups, its passphrase, and how this PC treats it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QMessageBox
from typing_extensions import override

from csp_desktop.backup import BackupMade, Reason, list_backups
from csp_desktop.checking import CheckReport, check_store
from csp_desktop.settings import LONGEST_LOCK_MINUTES
from csp_desktop.workspace import back_up_store, change_passphrase
from ui.desk import Desk, House
from ui.dialogs.strength import SHORTEST, strength
from ui.files import choose_backup, choose_folder
from ui.forms.fields import NumberField, PathField, SecretField, TextField, Values
from ui.forms.form import FormSpec
from ui.pages.wording import shown_instant
from ui.setup.section import Section, add_fact
from ui.widgets import emptied


class StorageSection(Section):
    """What becomes of the one file that holds everything."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Store", "The one encrypted file that holds everything, and what keeps it safe.")
        self.add_button("Back up now", self.back_up, "primary")
        self.add_button("Check now", self.check)
        self.add_button("Change passphrase", lambda: self.form_asked.emit(self.passphrase_form()))
        if desk.house is not None:
            house = desk.house
            self.add_button("This PC", lambda: self.form_asked.emit(self.pc_form(house)))
            self.add_button("Restore a backup", lambda: self.restore(house))
        self._facts = self.add_facts()

    @override
    def reread(self) -> None:
        store = self.desk.store
        backups = list_backups(store.path)
        emptied(self._facts)
        add_fact(self._facts, "File", str(store.path))
        add_fact(self._facts, "Newest backup", f"{shown_instant(backups[0].made_at)}" if backups else "")
        kept = f"{len(backups):,} kept in {backups[0].path.parent}" if backups else ""
        add_fact(self._facts, "Backups", kept)
        if self.desk.house is not None:
            known = self.desk.house.preferences()
            second = known.second_backup_folder
            add_fact(self._facts, "Second backup folder", "" if second is None else str(second))
            add_fact(self._facts, "Your name", self.desk.remembered.text("name") or store.who.display_name)
            minutes = "1 minute" if known.lock_minutes == 1 else f"{known.lock_minutes} minutes"
            add_fact(self._facts, "Locks after", f"{minutes} without a key or the mouse")

    def back_up(self) -> None:
        """Back the store up now, and once more into the second folder where there is one."""
        store, house = self.desk.store, self.desk.house
        second = None if house is None else house.preferences().second_backup_folder
        self.desk.tasks.run(
            "Backing up", lambda _progress: back_up_store(store, Reason.BY_HAND, second), self._on_backed_up
        )

    def _on_backed_up(self, made: BackupMade) -> None:
        self.reread()
        self.said.emit(made.warning or f"Backed up and checked: {made.backup.path}")

    def check(self) -> None:
        """Check every page, every reference and the audit trail."""
        self.desk.tasks.run("Checking the store", lambda _progress: check_store(self.desk.store), self._on_checked)

    def _on_checked(self, report: CheckReport) -> None:
        self.said.emit(report.sentence)

    def passphrase_form(self) -> FormSpec:
        """Return the form that changes the passphrase; it stays open until the change is through."""

        def save(values: Values) -> None:
            present, new = values.text("present"), values.text("new")
            self.desk.tasks.run(
                "Changing the passphrase",
                lambda _progress: change_passphrase(self.desk.store, present, new),
                self._on_passphrase_changed,
            )

        hint = "Backups made before still open with the passphrase of their day. The recovery key stays the same."
        return FormSpec(
            title="Change the passphrase",
            fields=(
                SecretField(key="present", label="Present passphrase or recovery key", required=True),
                SecretField(key="new", label="New passphrase", hint=hint, required=True),
                SecretField(key="again", label="New passphrase again", required=True),
            ),
            save_words="Change passphrase",
            save=save,
            check=_check_passphrase,
            closes_on_save=False,
        )

    def _on_passphrase_changed(self, _made: BackupMade) -> None:
        self.pane_closed.emit()
        self.reread()
        self.said.emit("The passphrase was changed, and a backup was made that opens with it.")

    def pc_form(self, house: House) -> FormSpec:
        """Return the form of what this PC remembers."""
        known = house.preferences()

        def save(values: Values) -> None:
            folder = values.text("second")
            minutes = values.number("minutes") or known.lock_minutes
            second = Path(folder) if folder else None
            self.desk.remembered.keep_text("name", values.text("name"))
            house.settle(replace(house.preferences(), second_backup_folder=second, lock_minutes=minutes))
            self.reread()

        second = known.second_backup_folder
        return FormSpec(
            title="This PC",
            fields=(
                TextField(
                    key="name",
                    label="Your name",
                    hint="As updates and the history show it, from the next time that you unlock.",
                    required=True,
                    value=self.desk.remembered.text("name") or self.desk.store.who.display_name,
                ),
                PathField(
                    key="second",
                    label="Second backup folder",
                    hint="Every backup is copied there too; a network folder will do. Leave it empty for none.",
                    choose=lambda at: choose_folder(self, at),
                    value="" if second is None else str(second),
                ),
                NumberField(
                    key="minutes",
                    least=1,
                    most=LONGEST_LOCK_MINUTES,
                    label="Lock after how many minutes",
                    hint="Without a key or the mouse. What was being typed is kept.",
                    required=True,
                    value=known.lock_minutes,
                ),
            ),
            save_words="Save",
            save=save,
        )

    def restore(self, house: House) -> None:
        """Choose a backup, explain, and hand it to the program, which locks and asks for its secret."""
        chosen = choose_backup(self, self.desk.store.path.parent)
        if chosen is not None and self.agrees(chosen):
            house.restore(chosen)

    def agrees(self, backup: Path) -> bool:
        """Ask whether a backup is to take the store's place."""
        asked = QMessageBox(self)
        asked.setWindowTitle("Restore a backup")
        asked.setText(f"Put {backup.name} in the place of the store?")
        asked.setInformativeText(
            "The store goes back to what it was then. What stands there now is backed up first, so you can change "
            "your mind. The program locks and asks for the passphrase."
        )
        restore = asked.addButton("Lock and restore", QMessageBox.ButtonRole.AcceptRole)
        asked.setDefaultButton(asked.addButton("Keep the store", QMessageBox.ButtonRole.RejectRole))
        asked.exec()
        return asked.clickedButton() is restore


def _check_passphrase(values: Values) -> Mapping[str, str]:
    new = values.text("new")
    tone, sentence = strength(new)
    if tone == "error" or len(new) < SHORTEST:
        return {"new": sentence}
    if new != values.text("again"):
        return {"again": "The two passphrases differ; type the same one twice."}
    return {}
