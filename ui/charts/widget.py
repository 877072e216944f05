"""Shows a chart: scaled to the room across, with its finding in words for who does not see it.

Its menu, by the mouse or the menu key, copies it as a picture and saves it for a letter or a slide.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from csp_desktop.charts.chart import Caption, with_caption
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.scene import BANDS, BAR, GROUND, INK, MUTED, RULE, SERIES, Scene
from csp_desktop.charts.svg import svg
from ui.charts.painter import Inks, paint
from ui.charts.pictures import for_clipboard, png
from ui.files import choose_save

_LARGEST = 1.6
"""How many pixels a point of the scene may take at most: larger looks coarse and tells no more."""


_ON_DARK = dict(zip((BAR, *SERIES), ("#38618F", "#6FA8DC", "#FF9A5C", "#4CCBC0", "#E08AB8"), strict=True)) | dict(
    zip(BANDS, ("#203A54", "#54321E", "#17423E", "#4A2A3C"), strict=True)
)
"""What the colours of bars, lines and bands are on a dark ground, where their own would not be seen or would glare."""

_HALF = 128
_KINDS = {".svg": "SVG drawing (*.svg)", ".png": "PNG picture (*.png)"}
Save = Callable[[QWidget, str, str, str], Path | None]


class ChartWidget(QWidget):
    """One scene. It can be reached with the keyboard, and says its title and finding to assistive software."""

    def __init__(
        self, scene: Scene, title: str, alt: str, parent: QWidget | None = None, *, save: Save = choose_save
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._caption = Caption(title)
        self._alt = alt
        self._choose = save
        self._offer()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_scene(scene, title, alt)

    def _offer(self) -> None:
        """Put what can be done with the chart into its menu."""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        copy = QAction("Copy picture", self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        for ending, words in (
            (".svg", "Save as SVG \N{HORIZONTAL ELLIPSIS}"),
            (".png", "Save as PNG \N{HORIZONTAL ELLIPSIS}"),
        ):
            saving = QAction(words, self)
            saving.triggered.connect(lambda _on=False, ending=ending: self.save(ending))
            self.addAction(saving)

    def captioned(self, caption: Caption) -> None:
        """Say what stands around the chart when it is copied or saved; its title alone otherwise."""
        self._caption = caption

    def copy(self) -> None:
        """Put the chart on the clipboard as a picture with its title."""
        whole = with_caption(self._scene, self._caption, text_width)
        QGuiApplication.clipboard().setMimeData(for_clipboard(whole, self._caption.title, self._alt))

    def save(self, ending: str) -> None:
        """Save the chart as a file of this ending, ".svg" or ".png". Raises CspError where it cannot be written."""
        from csp_desktop.reports.files import replace_file

        name = "".join(letter for letter in self._caption.title if letter.isalnum() or letter in " -_").strip()
        path = self._choose(self, "Save the chart", f"{name or 'Chart'}{ending}", _KINDS[ending])
        if path is None:
            return
        if path.suffix.casefold() != ending:
            path = path.with_name(path.name + ending)
        whole = with_caption(self._scene, self._caption, text_width)
        drawn = svg(whole, self._caption.title, self._alt).encode("utf-8") if ending == ".svg" else png(whole)
        replace_file(path, drawn)

    def show_scene(self, scene: Scene, title: str, alt: str) -> None:
        """Show another scene in this one's place."""
        self._scene = scene
        self._caption = Caption(title)
        self._alt = alt
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
        painter = QPainter(self)
        scale = self._scale(self.width())
        painter.scale(scale, scale)
        paint(painter, self._scene.primitives, inks_of(self.palette()))
        painter.end()


def inks_of(shown: QPalette) -> Inks:
    """Return what a scene's colours are in a theme, of which the palette is given."""
    inks = {
        INK: shown.color(QPalette.ColorRole.Text).name(),
        MUTED: shown.color(QPalette.ColorRole.PlaceholderText).name(),
        RULE: shown.color(QPalette.ColorRole.Mid).name(),
        GROUND: shown.color(QPalette.ColorRole.Window).name(),
    }
    return inks | _ON_DARK if shown.color(QPalette.ColorRole.Window).lightness() < _HALF else inks
