from pathlib import Path

import pytest

from csp_desktop import selftest
from csp_desktop.errors import CspError


def test_every_check_passes_from_source(capsys: pytest.CaptureFixture[str]) -> None:
    code = selftest.run()
    lines = capsys.readouterr().out.splitlines()
    assert code == 0, lines
    assert [line.split(":")[0].removeprefix("ok").strip() for line in lines[:-1]] == [
        check.name for check in selftest.CHECKS
    ]
    assert "ok      reads every format: .csv, .ods, .tsv, .xls, .xlsb, .xlsx" in lines


def test_the_first_failure_ends_it_with_its_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> str:
        sentence = "The disk is full."
        raise CspError(sentence)

    def never(_folder: Path) -> str:
        raise AssertionError

    monkeypatch.setattr(selftest, "CHECKS", (selftest.Check("writes", refuse), selftest.Check("is not reached", never)))
    assert selftest.run() == 1
    assert capsys.readouterr().out == "FAILED  writes: The disk is full.\n"
