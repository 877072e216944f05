"""A chart as a picture that stands alone, for a letter or a slide: on white, in the colours of paper."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QPainter

from csp_desktop.charts.scene import PAPER, Scene
from csp_desktop.charts.svg import svg
from ui.charts.painter import paint

SCALE = 3
"""Pixels for a point of the scene: 216 dots an inch, sharp on paper."""

_PIXELS_A_METRE = round(SCALE * 72 / 0.0254)


def picture(scene: Scene) -> QImage:
    """Return the scene as a picture that says its own size, so that it is pasted as large as it is printed."""
    image = QImage(round(scene.width * SCALE), round(scene.height * SCALE), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(_PIXELS_A_METRE)
    image.setDotsPerMeterY(_PIXELS_A_METRE)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.scale(SCALE, SCALE)
    paint(painter, scene.primitives)
    painter.end()
    return image


def png(scene: Scene) -> bytes:
    """Return the scene as a PNG file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture(scene).save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know of file names alone
    return bytes(content.data())


def for_clipboard(scene: Scene, title: str, description: str) -> QMimeData:
    """Return what is pasted: the picture, as shapes where a program takes those, and its finding as text."""
    data = QMimeData()
    data.setImageData(picture(scene))
    data.setData("image/svg+xml", QByteArray(svg(scene, title, description).encode("utf-8")))
    data.setText(f"{title}. {description}")
    return data
