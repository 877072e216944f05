"""The program's own line icons, drawn in one colour and tinted by the theme."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from csp_desktop import assets
from ui.theme import px

_DENSITIES = (1, 2, 3)
SIDE = 18


def icon(name: str) -> QIcon:
    """Return an icon of ``resources/icons`` in the text colour, muted until it is chosen."""
    palette = QGuiApplication.palette()
    renderer = QSvgRenderer(QByteArray(assets.read_bytes(f"icons/{name}.svg")))
    made = QIcon()
    for state, role in (
        (QIcon.State.Off, QPalette.ColorRole.PlaceholderText),
        (QIcon.State.On, QPalette.ColorRole.Text),
    ):
        for density in _DENSITIES:
            made.addPixmap(_tinted(renderer, palette.color(role), density), QIcon.Mode.Normal, state)
    return made


def icon_size() -> QSize:
    """Return the size at which icons stand beside words."""
    return QSize(px(SIDE), px(SIDE))


def _tinted(renderer: QSvgRenderer, colour: QColor, density: int) -> QPixmap:
    side = px(SIDE) * density
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(drawn.rect(), colour)
    painter.end()
    drawn.setDevicePixelRatio(density)
    return drawn
