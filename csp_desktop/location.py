"""Where a store may lie: on a fixed disk of this PC, in no folder that another program copies to a server.

SQLite's write-ahead log needs memory shared between the programs of one PC; over a network, or under a program that
copies files while they change, commits are lost. So such places are refused, with a way out. A place that merely may
not last (a temporary folder, a memory stick) gives a warning.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

from csp_desktop.errors import CspError

NETWORK_FILE_SYSTEMS = re.compile(
    r"nfs4?|cifs|smb[23]|smbfs|ncpfs|ncp|afs|coda|ceph|glusterfs|lustre|gpfs|beegfs|pvfs2|davfs2?|curlftpfs|"
    r"fuse\.(sshfs|davfs2?|rclone|s3fs|gcsfuse|glusterfs|ceph|smbnetfs|gvfsd-fuse|kio-fuse|"
    r"google-drive-ocamlfuse|onedriver|juicefs|curlftpfs)"
)
GUEST_FILE_SYSTEMS = frozenset({"9p", "vboxsf", "virtiofs", "prl_fs", "fuse.vmhgfs-fuse", "vmhgfs", "drvfs"})
SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer", "DROPBOX", "GOOGLE_DRIVE", "BOX_SYNC")
SYNC_NAMES = {
    "OneDrive": re.compile(r"onedrive( - .+)?|skydrive|sharepoint"),
    "Dropbox": re.compile(r"dropbox( \(.+\))?"),
    "Google Drive": re.compile(r"google ?drive( .*)?|googledrive-.+|my drive|drivefs"),
    "iCloud": re.compile(r"icloud ?drive|icloud|com~apple~clouddocs|mobile documents"),
    "Box": re.compile(r"box sync|box-box"),
    "Nextcloud": re.compile(r"nextcloud.*|owncloud.*"),
    "a cloud service": re.compile(r"cloudstorage|pcloud ?drive|megasync|sync\.com|tresorit|syncthing"),
}
SYNC_MARKERS = {".dropbox.cache": "Dropbox", ".nextcloudsync.log": "Nextcloud", ".owncloudsync.log": "ownCloud"}
DRIVE_REMOVABLE, DRIVE_REMOTE, DRIVE_CDROM = 2, 4, 5
LONGEST_NAME, LONGEST_PATH = 180, 400
"""In bytes: SQLite takes 512 for a path, a folder 255 for a name, and both must hold the names of backups too."""

_WAY_OUT = (
    "Nothing was changed. Choose a folder on this PC's own disk; backups may go to a network folder, and a team that "
    "shares one plan needs the server store."
)


@dataclass(frozen=True, slots=True)
class StoreFiles:
    """The files of one store: the encrypted file the user names, and what lies beside it under the same name."""

    store: Path

    def _beside(self, ending: str) -> Path:
        return self.store.with_name(self.store.name + ending)

    @property
    def keys(self) -> Path:
        """The wrapped keys; without them, or a backup's copy of them, the store cannot be opened."""
        return self._beside(".keys")

    @property
    def lock(self) -> Path:
        """The file that the program holding the store keeps locked."""
        return self._beside(".lock")

    @property
    def holder(self) -> Path:
        """Who holds the store, for others to read; left behind only by a program that died."""
        return self._beside(".holder")

    @property
    def backups(self) -> Path:
        """The folder of backups."""
        return self._beside("-backups")

    @property
    def unfinished(self) -> Path:
        """A store that is being created or restored, until it takes its place in one move."""
        return self._beside(".unfinished")

    @property
    def logs(self) -> tuple[Path, Path]:
        """SQLite's write-ahead log and its index."""
        return self._beside("-wal"), self._beside("-shm")


@dataclass(frozen=True, slots=True)
class Surroundings:
    r"""What this PC says about itself; passed in so that each rule can be shown on any PC.

    ``mounts`` is the text of Linux's mountinfo, empty elsewhere; ``drive_kind`` answers Windows' number for the kind
    of drive a root such as ``Z:\`` is on; ``program_folders`` are those the program itself lies in.
    """

    environment: Mapping[str, str]
    home: PurePath
    temporary: PurePath
    program_folders: tuple[PurePath, ...]
    mounts: str = ""
    drive_kind: Callable[[str], int] | None = None


def this_pc() -> Surroundings:
    """Describe the PC the program runs on."""
    mounts = Path("/proc/self/mountinfo")
    return Surroundings(
        environment=os.environ,
        home=Path.home(),
        temporary=Path(tempfile.gettempdir()).resolve(),
        program_folders=_program_folders(),
        mounts=mounts.read_text(encoding="utf-8", errors="replace") if mounts.exists() else "",
        drive_kind=_windows_drive_kind(),
    )


def check_location(path: Path, surroundings: Surroundings | None = None) -> list[str]:
    """Return warnings (sentences) about keeping a live store at ``path``; empty for a good place.

    Raises CspError for too long a name, a folder itself, a network place, a folder that is synchronised, and the
    program's own folder.
    """
    if len(os.fsencode(path.name)) > LONGEST_NAME or len(os.fsencode(path.absolute())) > LONGEST_PATH:
        raise CspError(
            f"The name {path.name[:40]}… is too long for a store, or the path to it is. Nothing was changed. "
            "Choose a shorter name, or a folder nearer the top."
        )
    if path.is_dir():
        raise CspError(f"{path} is a folder. Nothing was changed. Name a file in it, such as {path / 'plan.csp'}.")
    return judge(path.absolute(), path.resolve(), surroundings or this_pc())


def judge(named: PurePath, resolved: PurePath, surroundings: Surroundings) -> list[str]:
    """Judge a place by the path as it was named and as it is once links are followed. Raises CspError."""
    for path in (named, resolved):
        _refuse_network(path, surroundings)
        service = _sync_service(path, surroundings)
        if service is not None:
            raise CspError(
                f"{path.name} cannot be kept in {path.parent}: {service} copies that folder to a server while it is "
                f"written, which damages a store. {_WAY_OUT}"
            )
        if any(folder in path.parents for folder in surroundings.program_folders):
            raise CspError(
                f"{path.name} cannot be kept in {path.parent}: that is the program's own folder, which an update "
                "replaces. Nothing was changed. Choose a folder of your own."
            )
    return _warnings(resolved, surroundings)


def _refuse_network(path: PurePath, surroundings: Surroundings) -> None:
    where: str | None = None
    if isinstance(path, PureWindowsPath):
        if _is_unc(path):
            where = "a network share"
        elif surroundings.drive_kind and surroundings.drive_kind(path.anchor) == DRIVE_REMOTE:
            where = f"the network drive {path.drive}"
    elif NETWORK_FILE_SYSTEMS.fullmatch(_file_system(path, surroundings.mounts)):
        where = "a network folder"
    if where is not None:
        raise CspError(
            f"{path.name} cannot be kept in {path.parent}: that is {where}, where a store loses what is saved. "
            f"{_WAY_OUT}"
        )


def _is_unc(path: PureWindowsPath) -> bool:
    drive = path.drive.replace("/", "\\").upper()
    return drive.startswith("\\\\") and not re.match(r"\\\\[?.]\\[A-Z]:", drive)


def _sync_service(path: PurePath, surroundings: Surroundings) -> str | None:
    folded = type(path)(str(path).casefold())
    for root, service in _sync_roots(surroundings):
        if type(path)(root.casefold()) in folded.parents:
            return service
    by_name = (
        service
        for folder in path.parents
        for service, name in SYNC_NAMES.items()
        if name.fullmatch(folder.name.casefold())
    )
    by_marker = (
        service
        for folder in (path.parents if isinstance(path, Path) else ())
        for marker, service in SYNC_MARKERS.items()
        if (folder / marker).exists()
    )
    return next(by_name, None) or next(by_marker, None)


def _sync_roots(surroundings: Surroundings) -> Iterator[tuple[str, str]]:
    for variable in SYNC_VARIABLES:
        root = surroundings.environment.get(variable, "").rstrip("/\\")
        if root:
            yield root, "OneDrive" if variable.startswith("OneDrive") else variable.replace("_", " ").title()
    yield str(surroundings.home / "Box"), "Box"
    # SharePoint libraries are synchronised to a folder named after the organisation, beside "OneDrive - <it>".
    business = surroundings.environment.get("OneDriveCommercial", "")
    _, dash, organisation = PureWindowsPath(business).name.partition(" - ")
    if dash:
        yield str(surroundings.home / organisation), "SharePoint"


def _warnings(path: PurePath, surroundings: Surroundings) -> list[str]:
    warnings = []
    if surroundings.temporary in path.parents:
        warnings.append(f"{path.parent} is a temporary folder: the system may empty it, and the store with it.")
    if isinstance(path, PureWindowsPath):
        if surroundings.drive_kind and surroundings.drive_kind(path.anchor) in {DRIVE_REMOVABLE, DRIVE_CDROM}:
            warnings.append(f"{path.drive} is a removable drive: keep it safe, and keep the backups elsewhere.")
    elif _file_system(path, surroundings.mounts) in GUEST_FILE_SYSTEMS:
        warnings.append(f"{path.parent} belongs to another system that runs this one: nobody may open it from there.")
    return warnings


def _file_system(path: PurePath, mounts: str) -> str:
    """Return the kind of file system that ``path`` lies on; empty where that is not known."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields, _, tail = line.partition(" - ")
        parts = fields.split()
        if len(parts) < 5 or not tail:  # noqa: PLR2004 - proc(5): the mount point is the fifth field
            continue
        point = type(path)(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), parts[4]))
        # The last line of equal length wins: a later mount covers an earlier one.
        if len(point.parts) >= best and (point == path or point in path.parents):
            best, kind = len(point.parts), tail.split()[0].lower()
    return kind


def _program_folders() -> tuple[PurePath, ...]:
    if getattr(sys, "frozen", False):
        return (Path(sys.executable).resolve().parent,)
    source = Path(__file__).resolve().parent.parent
    return tuple(source / name for name in ("csp_desktop", "models", "ui", "resources", ".venv", ".git"))


def _windows_drive_kind() -> Callable[[str], int] | None:
    if sys.platform != "win32":
        return None
    import ctypes

    return lambda root: int(ctypes.windll.kernel32.GetDriveTypeW(root))
