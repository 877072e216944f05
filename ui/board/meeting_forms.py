"""The forms of a meeting's own steps: agree its minutes, attach a document."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from csp_desktop.commands.documents import ENDINGS, attach_document
from csp_desktop.commands.meetings import agree_minutes
from csp_desktop.queries.meetings import MeetingRow, get_meeting
from csp_desktop.store import Store
from ui.forms.fields import DateField, PathField, TextField, Values
from ui.forms.form import FormSpec

AGREE, ATTACH = "agree-minutes", "attach-document"
DOCUMENTS = f"Documents ({' '.join(f'*{ending}' for ending in ENDINGS)});;All files (*)"


def choose_document(at: Path) -> Path | None:
    """Let a person choose a document to attach; None where they change their mind."""
    chosen, _kind = QFileDialog.getOpenFileName(None, "Choose a document", str(at), DOCUMENTS)
    return Path(chosen) if chosen else None


def agreeing(store: Store, meeting: MeetingRow, today: date) -> FormSpec:
    """Return the form that says on which day a meeting's minutes were agreed."""

    def save(values: Values) -> None:
        agree_minutes(store, meeting.id, meeting.version, values.day("minutes_agreed") or today)

    return FormSpec(
        title=f"Agree the minutes of {meeting.dated}",
        fields=(
            DateField(
                key="minutes_agreed",
                label="Agreed on",
                hint="The day of the meeting that agreed them. They are not edited after that, unless opened again.",
                required=True,
                today=today,
                value=today,
            ),
        ),
        save_words="Agree minutes",
        save=save,
        name=AGREE,
        ids=(meeting.id,),
    )


def attaching(store: Store, meeting_id: int, choose: Callable[[Path], Path | None] = choose_document) -> FormSpec:
    """Return the form that keeps a copy of a file with a meeting, inside the encrypted store."""

    def save(values: Values) -> None:
        attach_document(store, meeting_id, Path(values.text("path")), values.text("title"))

    return FormSpec(
        title="Attach a document",
        fields=(
            PathField(
                key="path",
                label="File",
                hint="PDF, Word, OpenDocument, Excel, PowerPoint or text, 20 MB at most. A copy is kept in the store.",
                required=True,
                choose=choose,
                value="",
            ),
            TextField(key="title", label="Title", hint="Blank for the name of the file.", value=""),
        ),
        save_words="Attach",
        save=save,
        name=ATTACH,
        ids=(meeting_id,),
    )


def meeting_form_again(store: Store, name: str, ids: tuple[int, ...], today: date) -> FormSpec | None:
    """Return a form of a meeting's step by its name, None for a form of another kind."""
    if name == ATTACH:
        return attaching(store, ids[0])
    return agreeing(store, get_meeting(store, ids[0]), today) if name == AGREE else None
