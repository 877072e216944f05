"""Where a store may lie, shown for both systems on either."""

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from csp_desktop.errors import CspError
from csp_desktop.folders import default_store_path
from csp_desktop.location import (
    StoreFiles,
    Surroundings,
    check_location,
    judge,
    this_pc,
)

WINDOWS = Surroundings(
    environment={
        "OneDrive": r"C:\Users\jo\OneDrive - Kirklees Council",
        "OneDriveCommercial": r"C:\Users\jo\OneDrive - Kirklees Council",
    },
    home=PureWindowsPath(r"C:\Users\jo"),
    temporary=PureWindowsPath(r"C:\Users\jo\AppData\Local\Temp"),
    program_folders=(PureWindowsPath(r"C:\Program Files\CSP Desktop"),),
    drive_kind=lambda root: {"C:\\": 3, "H:\\": 4, "E:\\": 2}.get(root, 3),
)
MOUNTS = r"""
22 1 253:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:26 / /mnt/nas rw shared:7 - nfs4 nas:/plans rw,vers=4.2
31 22 0:27 / /mnt/council\040files rw - cifs //server/files rw
32 22 0:28 / /home/jo/away rw - fuse.sshfs jo@away: rw
33 22 0:29 / /home rw - overlay overlay rw
34 30 0:30 / /mnt/nas/local rw - tmpfs tmpfs rw
35 22 0:31 / /mnt/c rw - 9p drvfs rw
malformed line
"""
LINUX = Surroundings(
    environment={"OneDrive": "/home/jo/Cloud"},
    home=PurePosixPath("/home/jo"),
    temporary=PurePosixPath("/tmp"),  # noqa: S108 - a value that is judged, not a folder that is used
    program_folders=(PurePosixPath("/opt/csp-desktop"),),
    mounts=MOUNTS,
)


def windows(path: str) -> list[str]:
    return judge(PureWindowsPath(path), PureWindowsPath(path), WINDOWS)


def linux(path: str) -> list[str]:
    return judge(PurePosixPath(path), PurePosixPath(path), LINUX)


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (r"\\server\share\plan.csp", "a network share"),
        ("//server/share/plan.csp", "a network share"),
        (r"\\?\UNC\server\share\plan.csp", "a network share"),
        (r"H:\plans\plan.csp", "the network drive H:"),
        (r"C:\Users\jo\OneDrive - Kirklees Council\Documents\plan.csp", "OneDrive"),
        (r"c:\users\jo\onedrive - kirklees council\plan.csp", "OneDrive"),
        (r"D:\OneDrive - Another Tenant\plan.csp", "OneDrive"),
        (r"C:\Users\jo\Kirklees Council\Team - Documents\plan.csp", "SharePoint"),
        (r"C:\Users\jo\Dropbox (Personal)\plan.csp", "Dropbox"),
        (r"G:\My Drive\plan.csp", "Google Drive"),
        (r"C:\Users\jo\iCloudDrive\plan.csp", "iCloud"),
        (r"C:\Users\jo\Box\plan.csp", "Box"),
        (r"C:\Users\jo\Nextcloud2\plan.csp", "Nextcloud"),
        (r"C:\Program Files\CSP Desktop\data\plan.csp", "program's own folder"),
    ],
)
def test_windows_places_that_lose_what_is_saved_are_refused(path: str, where: str) -> None:
    with pytest.raises(CspError) as raised:
        windows(path)
    assert where in str(raised.value)
    assert "Nothing was changed." in str(raised.value)


@pytest.mark.parametrize(
    "path",
    [
        r"C:\Users\jo\AppData\Local\CSP Desktop\partnership.csp",
        r"D:\plans\plan.csp",
        r"\\?\C:\very\long\plan.csp",
        r"C:\Users\jo\Documents\Box\plan.csp",
        r"C:\Users\jo\Kirklees Council Plans\plan.csp",
        r"C:\Program Files\CSP Desktop 2\plan.csp",
    ],
)
def test_windows_places_on_the_pcs_own_disk_are_good(path: str) -> None:
    assert windows(path) == []


def test_windows_warns_of_a_stick_and_a_temporary_folder() -> None:
    assert "E: is a removable drive" in windows(r"E:\plan.csp")[0]
    assert "temporary folder" in windows(r"C:\Users\jo\AppData\Local\Temp\x\plan.csp")[0]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/mnt/nas/plans/plan.csp", "a network folder"),
        ("/mnt/council files/plan.csp", "a network folder"),
        ("/home/jo/away/plan.csp", "a network folder"),
        ("/home/jo/Cloud/x/plan.csp", "OneDrive"),
        ("/home/jo/Dropbox/plan.csp", "Dropbox"),
        ("/opt/csp-desktop/plan.csp", "program's own folder"),
    ],
)
def test_linux_places_that_lose_what_is_saved_are_refused(path: str, where: str) -> None:
    with pytest.raises(CspError, match="cannot be kept") as raised:
        linux(path)
    assert where in str(raised.value)


@pytest.mark.parametrize("path", ["/srv/plan.csp", "/home/jo/plan.csp", "/mnt/nas/local/plan.csp", "/mnt/nasty/p.csp"])
def test_linux_places_on_the_pcs_own_disk_are_good(path: str) -> None:
    assert linux(path) == []


def test_linux_warns_of_a_guests_folder_and_a_temporary_one() -> None:
    assert "belongs to another system" in linux("/mnt/c/plan.csp")[0]
    assert "temporary folder" in linux("/tmp/x/plan.csp")[0]  # noqa: S108 - a value that is judged


def test_a_link_into_a_synchronised_folder_is_followed() -> None:
    named, real = PurePosixPath("/home/jo/plans/plan.csp"), PurePosixPath("/home/jo/Dropbox/plan.csp")
    with pytest.raises(CspError, match="Dropbox"):
        judge(named, real, LINUX)


def test_a_folder_that_dropbox_marks_as_its_own_is_refused_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / ".dropbox.cache").mkdir()
    with pytest.raises(CspError, match="Dropbox"):
        check_location(tmp_path / "plans" / "plan.csp")


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(CspError, match="is a folder"):
        check_location(tmp_path)


def test_this_pc_lets_a_test_folder_be_and_refuses_the_programs_own(tmp_path: Path) -> None:
    surroundings = this_pc()
    check_location(tmp_path / "plan.csp", surroundings)
    own: PurePath = surroundings.program_folders[0]
    with pytest.raises(CspError, match="program's own folder"):
        check_location(Path(own) / "plan.csp", surroundings)


def test_the_default_place_is_this_accounts_own_and_good() -> None:
    path = default_store_path()
    assert path.is_absolute()
    assert path.parts[-2:] == ("CSP Desktop", "partnership.csp")
    check_location(path)


def test_what_lies_beside_a_store_bears_its_whole_name() -> None:
    files = StoreFiles(Path("a") / "demo.csp")
    beside = (files.keys, files.lock, files.holder, files.backups, files.unfinished, *files.logs)
    assert {path.name for path in beside} == {
        "demo.csp.keys",
        "demo.csp.lock",
        "demo.csp.holder",
        "demo.csp-backups",
        "demo.csp.unfinished",
        "demo.csp-wal",
        "demo.csp-shm",
    }
