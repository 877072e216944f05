"""Files that are kept with a meeting, inside the encrypted store: signed minutes, papers, presentations.

The bytes lie under their SHA-256, so the same file attached twice is kept once. They stay when a document is withdrawn:
any earlier Step can be taken back at any time, and must find them. Only an erasure takes them away.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from csp_desktop.audit import erase_values
from csp_desktop.commands.rows import get_row
from csp_desktop.commands.withdrawing import withdraw
from csp_desktop.errors import CspError, StoreDamagedError, UnreadableFileError
from csp_desktop.reports.files import replace_file
from csp_desktop.store import Store
from models.meetings import Document, KeptFile, Meeting
from models.records import AuditChange
from models.vocabulary import StepKind

MOST_BYTES = 20 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}
_ODT = b"application/vnd.oasis.opendocument.text"
ENDINGS = (".pdf", ".docx", ".doc", ".odt", ".txt", ".xlsx", ".pptx")
"""The kinds of file that are kept, by their endings."""


def attach_document(store: Store, meeting_id: int, path: Path, title: str = "") -> int:
    """Keep a copy of a file with a meeting and return its id; without a title it goes by the file's name.

    Raises UnreadableFileError for a file that is not there, empty, over 20 MB, or not what its ending says.
    """
    content = _read(path)
    digest = hashlib.sha256(content).hexdigest()
    with store.write("Attach a document to a meeting") as session:
        get_row(session, Meeting, meeting_id)
        if session.get(KeptFile, digest) is None:
            session.add(KeptFile(digest=digest, content=content))
            session.flush()
        document = Document(
            meeting_id=meeting_id,
            title=" ".join(title.split()) or path.stem,
            file_name=path.name,
            size=len(content),
            digest=digest,
        )
        session.add(document)
        session.flush()
        return document.id


def document_content(store: Store, document_id: int) -> bytes:
    """Return the bytes of a document, checked against its digest.

    Raises CspError where it was withdrawn, StoreDamagedError where the bytes are not those that were attached.
    """
    query = (
        select(Document.digest, KeptFile.content)
        .join(KeptFile, KeptFile.digest == Document.digest)
        .where(Document.id == document_id)
    )
    with store.read() as connection:
        found = connection.execute(query).first()
    if found is None:
        raise CspError("This document is no longer in the store: it was withdrawn, or taken out by an undo.")
    if hashlib.sha256(found.content).hexdigest() != found.digest:
        raise StoreDamagedError(
            "This document is not what was attached: restore the newest good backup to get it back."
        )
    content: bytes = found.content
    return content


def save_document(store: Store, document_id: int, path: Path) -> None:
    """Write a document to a file outside the store; that it left the store is recorded first.

    Raises CspError where it is gone or the file cannot be written.
    """
    content = document_content(store, document_id)
    store.record_access("Save a document of a meeting outside the store")
    replace_file(path, content)


def withdraw_document(store: Store, document_id: int, version: int) -> None:
    """Take a document out of its meeting; an undo brings it back. Raises CspError where someone changed it since."""
    with store.write("Withdraw a document of a meeting") as session:
        withdraw(session, get_row(session, Document, document_id), version)


def erase_document(store: Store, document_id: int, certificate: str) -> None:
    """Erase a file for good, wherever it is attached, under the label ``certificate``; no undo brings it back.

    For a file that should never have been kept, because of whom it names. The audit trail keeps its chain. Backups
    made before still hold the file until they are thinned out. Raises CspError where the document is gone.
    """
    with store.write(certificate, kind=StepKind.ERASURE) as session:
        digest = get_row(session, Document, document_id).digest
        documents = session.scalars(select(Document).where(Document.digest == digest)).all()
        changes = session.execute(
            select(AuditChange.id, AuditChange.row_id, AuditChange.before, AuditChange.after).where(
                AuditChange.table_name == Document.__tablename__, AuditChange.salt.is_not(None)
            )
        ).all()
        # documents that were withdrawn are known by what was recorded of them
        gone = {row.row_id for row in changes if _names(digest, row.before) or _names(digest, row.after)}
        for document in documents:
            session.delete(document)
        session.flush()
        session.delete(session.get_one(KeptFile, digest))
        session.flush()
        erase_values(session.connection(), [row.id for row in changes if row.row_id in gone], certificate)
    with store.engines.write.connect() as connection:
        # the old pages must not linger in the write-ahead log; a checkpoint cannot run inside a transaction
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _names(digest: str, recorded: dict[str, Any] | None) -> bool:
    return recorded is not None and recorded.get("digest") == digest


def _read(path: Path) -> bytes:
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise UnreadableFileError(
            f"{path.name} is not a kind of document that is kept here: save it as PDF, Word, OpenDocument, Excel, "
            "PowerPoint or plain text, then attach that."
        )
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFileError(
                f"{path.name} is larger than {MOST_BYTES // 1024**2} MB: save it with smaller pictures, or as PDF."
            )
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"{path.name} could not be read ({error.strerror}). Check that it is there."
        ) from error
    if not content:
        raise UnreadableFileError(f"{path.name} is empty. Nothing was attached.")
    if ending in _PARTS and content.startswith(_OLE):
        raise UnreadableFileError(
            f"{path.name} is protected with a password: save it without one. The store itself is encrypted."
        )
    if not _IS_OF.get(ending, _is_zipped)(ending, content):
        raise UnreadableFileError(
            f"{path.name} is not what its ending says, or it is damaged. Open it in its own program and save it again."
        )
    return content


def _is_zipped(ending: str, content: bytes) -> bool:
    """Say whether content is a zipped document of a kind; the list of its parts is read, no part."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return _PARTS[ending] in parts.namelist()
    except zipfile.BadZipFile:
        return False


def _is_text(_ending: str, content: bytes) -> bool:
    return b"\0" not in content or content.startswith((b"\xff\xfe", b"\xfe\xff"))


_IS_OF: Mapping[str, Callable[[str, bytes], bool]] = {
    ".pdf": lambda _, content: b"%PDF-" in content[:1024],
    ".doc": lambda _, content: content.startswith(_OLE),
    ".odt": lambda _, content: content.startswith(b"PK\x03\x04") and _ODT in content[:200],
    ".txt": _is_text,
}
