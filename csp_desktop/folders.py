"""The account's own folders on this PC, never roaming ones. Imports nothing slow: the first window needs it."""

from pathlib import Path

import platformdirs

_NAME = "CSP Desktop"


def settings_folder() -> Path:
    """Return where this PC's preferences lie."""
    return platformdirs.user_config_path(_NAME, appauthor=False, roaming=False)


def default_store_path() -> Path:
    """Return where a store goes when nobody says: the account's own data folder on this PC, never a roaming one."""
    return platformdirs.user_data_path(_NAME, appauthor=False, roaming=False) / "partnership.csp"
