"""Shows a chart: scaled to the room across, with its finding in words for who does not see it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from csp_desktop.charts.scene import INK, MUTED, RULE, Scene
from ui.charts.painter import paint

_LARGEST = 1.6
"""How many pixels a point of the scene may take at most: larger looks coarse and tells no more."""


class ChartWidget(QWidget):
    """One scene. It can be reached with the keyboard, and says its title and finding to assistive software."""

    def __init__(self, scene: Scene, title: str, alt: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_scene(scene, title, alt)

    def show_scene(self, scene: Scene, title: str, alt: str) -> None:
        """Show another scene in this one's place."""
        self._scene = scene
        self.setAccessibleName(title)
        self.setAccessibleDescription(alt)
        self.setToolTip(alt)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the scene at one pixel a point."""
        return QSize(round(self._scene.width), round(self._scene.height))

    @override
    def hasHeightForWidth(self) -> bool:
        """Say that the height follows the width."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """Return the height that keeps the scene's shape."""
        return round(self._scene.height * self._scale(width))

    def _scale(self, width: int) -> float:
        return min(width / self._scene.width, _LARGEST)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scene at the left, in the theme's own ink."""
        palette = self.palette()
        inks = {
            INK: palette.color(QPalette.ColorRole.Text).name(),
            MUTED: palette.color(QPalette.ColorRole.PlaceholderText).name(),
            RULE: palette.color(QPalette.ColorRole.Mid).name(),
        }
        painter = QPainter(self)
        scale = self._scale(self.width())
        painter.scale(scale, scale)
        paint(painter, self._scene.primitives, inks)
        painter.end()
