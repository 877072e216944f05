"""How everything looks: one table of roles for each theme, three type sizes, one scale that follows the font.

Painted widgets read the roles from the application's palette, so that a change of theme reaches them with no
further word: surface is ``Window``, raised ``Base``, hover ``AlternateBase``, line ``Mid``, edge ``Dark``, muted
``PlaceholderText``, accent and focus ``Accent``, selection ``Highlight``.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QGuiApplication,
    QPalette,
)
from PySide6.QtWidgets import QApplication

from ui.roles import DARK, HIGH_CONTRAST, LIGHT, Theme
from ui.stylesheet import stylesheet

BODY_PT = 10.5
FAMILY = "Liberation Sans"
FALLBACKS = ("Noto Naskh Arabic", "Noto Sans Gujarati", "Noto Sans Gurmukhi")  # names in Urdu, Gujarati, Punjabi
_DESIGN_PX = 14.0  # the body size in pixels at 96 dpi, in which every measure of the design is given


def px(design: float) -> int:
    """Return a measure of the design (pixels at 96 dpi and 100 %) in this screen's pixels, by the body font's size."""
    return round(design * QFontInfo(QGuiApplication.font()).pixelSize() / _DESIGN_PX)


def wanted_theme() -> Theme:
    """Return the theme that the desktop asks for: high contrast first, then dark or light."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def apply(app: QApplication, theme: Theme, fonts: tuple[Path, ...] = ()) -> None:
    """Dress the application: fonts from files (each read once), Fusion, palette and the one stylesheet."""
    for path in fonts:
        QFontDatabase.addApplicationFont(str(path))
    QFont.insertSubstitutions(FAMILY, FALLBACKS)
    font = QFont(FAMILY)
    font.setPointSizeF(BODY_PT)
    app.setFont(font)
    app.setStyle("Fusion")
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme, px))


def palette(theme: Theme) -> QPalette:
    """Return the roles as Qt's palette, with the disabled group muted."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.surface,
        role.WindowText: theme.text,
        role.Base: theme.raised,
        role.AlternateBase: theme.hover,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.BrightText: theme.on_accent,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.edge,
        role.Shadow: theme.line,
    }
    made = QPalette()
    for key, colour in colours.items():
        made.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(theme.muted))
    return made


def theme_of(palette_shown: QPalette) -> Theme:
    """Return the theme whose palette this is, for the few colours that Qt's palette has no role for."""
    surface = palette_shown.color(QPalette.ColorRole.Window).name().upper()
    return next((theme for theme in (DARK, HIGH_CONTRAST) if theme.surface == surface), LIGHT)
