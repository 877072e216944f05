"""What this PC remembers of the window between two days: sizes and widths, never anything out of the store."""

import json
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class Remembered:
    """A small file in the account's own folder. Whatever cannot be read counts as not remembered."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    def geometry(self) -> QByteArray:
        """Return the window's last geometry, empty for none."""
        held = self._settings.value("window/geometry")
        return held if isinstance(held, QByteArray) else QByteArray()

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remember the window's geometry."""
        self._settings.setValue("window/geometry", geometry)

    def widths(self, table: str) -> dict[str, int]:
        """Return the column widths that a person set in a table."""
        try:
            held = json.loads(str(self._settings.value(f"widths/{table}", "{}")))
        except ValueError:  # the file was edited or cut short: the table's own widths serve
            return {}
        if not isinstance(held, dict):
            return {}
        return {str(key): width for key, width in held.items() if isinstance(width, int)}

    def keep_widths(self, table: str, widths: dict[str, int]) -> None:
        """Remember the column widths of a table."""
        self._settings.setValue(f"widths/{table}", json.dumps(widths))

    def text(self, key: str) -> str:
        """Return another small setting of the window, empty for none."""
        return str(self._settings.value(f"window/{key}", ""))

    def keep_text(self, key: str, value: str) -> None:
        """Remember another small setting of the window."""
        self._settings.setValue(f"window/{key}", value)
