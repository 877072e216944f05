"""The set-up commands: what they ask of a machine, and when they do nothing."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["dev"] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


dev = load()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text(f"contents of {name}\n", encoding="utf-8")
    return tmp_path


def test_stamp_stands_while_nothing_changes(project: Path) -> None:
    assert dev.set_up_stamp(project, "3.11.2 (main)") == dev.set_up_stamp(project, "3.11.2 (main)")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "pyproject.toml"])
def test_stamp_follows_each_file_the_environment_is_made_from(project: Path, name: str) -> None:
    before = dev.set_up_stamp(project, "3.11.2 (main)")
    with (project / name).open("a", encoding="utf-8") as file:
        file.write("one more line\n")
    assert dev.set_up_stamp(project, "3.11.2 (main)") != before


def test_stamp_follows_python_and_the_folder(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for file in project.iterdir():
        (elsewhere / file.name).write_bytes(file.read_bytes())
    stamps = {dev.set_up_stamp(folder, python) for folder in (project, elsewhere) for python in ("3.11.2", "3.12.1")}
    assert len(stamps) == 4


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_screen_is_looked_for_on_linux_alone(platform: str, environ: dict[str, str], expected: bool) -> None:
    assert dev.has_screen(platform, environ) is expected


def test_a_real_window_asks_for_more_libraries_than_drawing_offscreen() -> None:
    offscreen = dev.libraries_for(None)
    assert offscreen == dev.libraries_for({})
    assert dev.libraries_for({"DISPLAY": ":0"}).items() > offscreen.items()
    assert dev.libraries_for({"WAYLAND_DISPLAY": "wayland-0"}).items() > offscreen.items()
    assert "libxcb-cursor.so.0" in dev.libraries_for({"DISPLAY": ":0"})


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Only Linux asks for system libraries.")
def test_a_library_that_is_not_there_is_found_out() -> None:
    assert dev.missing_libraries(["libc.so.6", "libno-such-thing.so.9", "libm.so.6"]) == ["libno-such-thing.so.9"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Only Linux asks for system libraries.")
def test_the_list_names_every_library_that_qt_asks_the_system_for() -> None:
    qt = Path(str(importlib.util.find_spec("PySide6").submodule_search_locations[0])) / "Qt"  # type: ignore[union-attr, index] # PySide6 is a package
    objects = [qt / "lib" / f"libQt6{name}.so.6" for name in ("Core", "Gui", "Widgets", "Svg", "PrintSupport", "Pdf")]
    known = {*dev.libraries_for({"DISPLAY": ":0"}), "libgthread-2.0.so.0"}
    ships_with_debian = ("libc.", "libm.", "libdl.", "libpthread.", "librt.", "libstdc++.", "libgcc_s.", "ld-linux")
    for library in objects:
        header = subprocess.run(["objdump", "-p", library], stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603, S607 - a tool of the build
        needed = [line.split()[1] for line in header.splitlines() if line.strip().startswith("NEEDED")]
        unknown = [name for name in needed if not name.startswith(("libQt6", "libicu", *ships_with_debian))]
        assert set(unknown) <= known, library.name


def test_programs_are_found_where_each_system_puts_them() -> None:
    assert dev.in_venv("ruff", windows=False) == ROOT / ".venv" / "bin" / "ruff"
    assert dev.in_venv("ruff", windows=True) == ROOT / ".venv" / "Scripts" / "ruff.exe"


def test_packages_from_elsewhere_do_not_leak_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere/else")
    monkeypatch.setenv("KEPT", "yes")
    environment = dev.clean_environment()
    assert "PYTHONPATH" not in environment
    assert environment["KEPT"] == "yes"


def test_a_check_passes_its_output_through_and_keeps_the_closing_line(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    script = "print('first'); print('3 passed in 0.1s'); print(); raise SystemExit(3)"
    code, closing = dev.run_step(dev.Step("sample", (sys.executable, "-c", script)), os.environ)
    assert (code, closing) == (3, "3 passed in 0.1s")
    assert b"first" in capfdbinary.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="apt is Debian's.")
def test_without_apt_the_sentence_names_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(dev.StoppedError, match=r"^Qt lacks\. Install what Debian calls libgl1 libegl1"):
        dev.apt_install(["libgl1", "libegl1"], "Qt lacks.")


@pytest.mark.skipif(sys.platform == "win32", reason="apt is Debian's.")
def test_without_root_the_one_command_is_printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(dev.StoppedError, match=r"sudo apt-get install -y --no-install-recommends libgl1$"):
        dev.apt_install(["libgl1"], "Qt lacks.")


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        dev.main(["tset"])
    assert stopped.value.code == 2
    assert "tset" in capsys.readouterr().err


def test_lock_files_pin_everything_by_hash_and_name_no_source() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        packages = [line for line in lines if line and not line[0].isspace()]
        assert all("==" in line and line.endswith("\\") for line in packages), name
        assert not [line for line in lines if "://" in line or line.startswith("-")], name


def test_development_lock_holds_all_that_the_program_is_locked_to() -> None:
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.split(";")[0].rstrip(" \\") for line in lines if line and not line[0].isspace()}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
