"""The release check says what it found, and says so when the judge could not be asked."""

import os
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from csp_desktop.reports.pdf.writer import pdf_bytes
from tests.check_pdf import FAILED, NOT_ASKED, PASSED, judges, main
from tests.csp_desktop.reports.samples import report

NO_JUDGE = "#!/bin/sh\nexit {code}\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.pdf"
    file.write_bytes(pdf_bytes(report()))
    return file


@pytest.fixture
def bad(tmp_path: Path, good: Path) -> Path:
    file = tmp_path / "bad.pdf"
    target = BytesIO()
    with pikepdf.open(good) as pdf:
        del pdf.Root["/Lang"]
        pdf.save(target)
    file.write_bytes(target.getvalue())
    return file


def test_without_the_judge_it_says_so_and_does_not_pass(
    good: Path, bad: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("VERAPDF", raising=False)
    monkeypatch.setenv("PATH", "")
    assert main([str(good)]) == NOT_ASKED
    said = capsys.readouterr().out
    assert "structure passed" in said
    assert "veraPDF was NOT run: VERAPDF is not set" in said
    assert main([str(good), str(bad)]) == FAILED
    assert "no language" in capsys.readouterr().out


def test_jars_that_are_not_there_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERAPDF", str(tmp_path / "verapdf.jar"))
    commands, why = judges(["a.pdf"])
    assert not commands
    assert "verapdf.jar" in why


@pytest.mark.parametrize(("code", "ends"), [(0, PASSED), (1, FAILED)])
def test_the_judge_has_the_last_word(
    good: Path, tmp_path: Path, code: int, ends: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = tmp_path / ("verapdf.cmd" if os.name == "nt" else "verapdf")
    judge.write_text(f"@exit /b {code}\n" if judge.suffix else NO_JUDGE.format(code=code), encoding="utf-8")
    judge.chmod(0o755)
    monkeypatch.setenv("VERAPDF", str(judge))
    assert main([str(good)]) == ends


def test_jar_files_are_run_with_our_own_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jar, java = tmp_path / "verapdf.jar", tmp_path / "java.exe"
    for file in (jar, java):
        file.write_bytes(b"")
        file.chmod(0o755)
    monkeypatch.setenv("VERAPDF", str(jar))
    monkeypatch.setenv("JAVA", str(java))
    ((program, *rest),), why = judges(["a.pdf"])
    assert (program, why) == (str(java), "")
    assert rest[:2] == ["-cp", str(jar)]
    assert Path(rest[2]).read_text(encoding="utf-8").count("byFlavourId") == 1
