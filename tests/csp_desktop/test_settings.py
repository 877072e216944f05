"""This PC's preferences."""

from pathlib import Path

import pytest

from csp_desktop.errors import CspError
from csp_desktop.settings import Preferences, load_preferences, save_preferences


def test_preferences_come_back_and_a_path_at_home_names_no_account(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "preferences.json"
    preferences = Preferences(Path.home() / "plans" / "plan.csp", tmp_path / "second", 25)
    save_preferences(preferences, file)
    assert load_preferences(file) == preferences
    assert '"~/plans/plan.csp"' in file.read_text(encoding="utf-8")


def test_missing_preferences_are_the_defaults(tmp_path: Path) -> None:
    assert load_preferences(tmp_path / "none.json") == Preferences()


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"lock_minutes": 0}', '{"lock_minutes": "x"}', '{"last_store": 7}', '{"last_store": "a\\u0000b"}'],
)
def test_preferences_that_make_no_sense_are_the_defaults(tmp_path: Path, content: str) -> None:
    file = tmp_path / "preferences.json"
    file.write_text(content, encoding="utf-8")
    assert load_preferences(file) == Preferences()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file", encoding="utf-8")
    with pytest.raises(CspError, match="The preferences could not be saved: a file stands where a folder is needed"):
        save_preferences(Preferences(), tmp_path / "folder" / "preferences.json")
