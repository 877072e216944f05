"""The one stylesheet, written from a theme's roles and the font's scale.

Widgets say what they are with a property, never with a colour: ``kind`` on labels (title, section, muted, strong,
error, warning, ok), ``primary``, ``quiet``, ``chip`` and ``link`` on buttons, ``zone`` on frames.
"""

from collections.abc import Callable

from ui.roles import Theme


def stylesheet(theme: Theme, px: Callable[[float], int]) -> str:
    """Return the stylesheet; ``px`` turns a measure of the design into this screen's pixels."""
    return "\n".join((_labels(theme), _buttons(theme, px), _inputs(theme, px), _tables(theme, px), _zones(theme, px)))


def _labels(t: Theme) -> str:
    return f"""
QLabel[kind="title"] {{ font-size: 18pt; font-weight: 600; }}
QLabel[kind="section"] {{ font-size: 13pt; font-weight: 600; }}
QLabel[kind="strong"] {{ font-weight: 600; }}
QLabel[kind="muted"] {{ color: {t.muted}; }}
QLabel[kind="error"] {{ color: {t.error}; }}
QLabel[kind="warning"] {{ color: {t.warning}; }}
QLabel[kind="ok"] {{ color: {t.ok}; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.edge}; padding: 4px; }}
"""


def _buttons(t: Theme, px: Callable[[float], int]) -> str:
    broken = "dashed" if t.muted == t.text else "solid"  # where the colour cannot say it, the line does
    return f"""
QPushButton {{
  background: {t.raised}; color: {t.text}; border: 1px solid {t.edge}; border-radius: {px(5)}px;
  padding: 0 {px(14)}px; min-height: {px(30)}px;
}}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed {{ background: {t.selection}; }}
QPushButton:disabled {{ color: {t.muted}; border-color: {t.line}; border-style: {broken}; }}
QPushButton[primary="true"] {{
  background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600;
}}
QPushButton[primary="true"]:disabled {{ background: {t.surface}; color: {t.muted}; border-color: {t.line}; }}
QPushButton[quiet="true"] {{ background: transparent; border-color: transparent; padding: 0 {px(8)}px; }}
QPushButton[quiet="true"]:hover {{ background: {t.hover}; }}
QPushButton[quiet="true"]:checked {{ background: {t.selection}; font-weight: 600; }}
QPushButton[chip="true"] {{
  border-radius: {px(15)}px; min-height: {px(30)}px; padding: 0 {px(12)}px; border-color: {t.line};
}}
QPushButton[chip="true"]:checked {{ background: {t.selection}; border-color: {t.accent}; }}
QPushButton[link="true"] {{
  background: transparent; border: none; color: {t.accent}; padding: 0; min-height: {px(22)}px; text-align: left;
}}
QPushButton[link="true"]:hover {{ text-decoration: underline; }}
QPushButton[row="true"] {{
  background: transparent; border: none; padding: 0; min-height: {px(22)}px; text-align: left;
}}
QPushButton[row="true"]:hover {{ color: {t.accent}; text-decoration: underline; }}
QPushButton[tab="true"] {{
  background: transparent; border: none; border-bottom: 2px solid transparent; border-radius: 0;
  color: {t.muted}; padding: 0 {px(2)}px;
}}
QPushButton[tab="true"]:hover {{ color: {t.text}; }}
QPushButton[tab="true"]:checked {{ color: {t.text}; border-bottom-color: {t.accent}; }}
"""


def _inputs(t: Theme, px: Callable[[float], int]) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {{
  background: {t.raised}; color: {t.text}; border: 1px solid {t.edge}; border-radius: {px(4)}px;
  placeholder-text-color: {t.muted};
  padding: 0 {px(8)}px; selection-background-color: {t.accent}; selection-color: {t.on_accent};
}}
QLineEdit, QComboBox, QSpinBox {{ min-height: {px(32)}px; }}
QPlainTextEdit {{ padding: {px(4)}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ border-color: {t.line}; color: {t.muted}; }}
QLineEdit[refused="true"], QPlainTextEdit[refused="true"], QComboBox[refused="true"] {{ border-color: {t.error}; }}
QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{
  background: {t.raised}; color: {t.text}; border: 1px solid {t.edge};
  selection-background-color: {t.selection}; selection-color: {t.text};
}}
QSpinBox {{ padding: 0; }}
QSpinBox QLineEdit, QComboBox QLineEdit {{ min-height: 0; border: none; padding: 0; background: transparent; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QTableView QLineEdit {{ min-height: 0; border-radius: 0; padding: 0 2px; }}
"""


def _tables(t: Theme, px: Callable[[float], int]) -> str:
    return f"""
QTableView, QTreeView, QListView {{ background: {t.raised}; border: none; outline: none; }}
QHeaderView {{ background: {t.raised}; border: none; }}
QHeaderView::section {{
  background: {t.raised}; color: {t.muted}; border: none; border-bottom: 1px solid {t.line};
  padding: 0 {px(8)}px; min-height: {px(30)}px; font-weight: normal;
}}
QTableCornerButton::section {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.line}; }}
QTabBar::tab {{
  background: transparent; color: {t.muted}; border: 1px solid transparent; border-top: 2px solid transparent;
  padding: 0 {px(10)}px; min-height: {px(26)}px;
}}
QTabBar::tab:hover {{ background: {t.hover}; color: {t.text}; }}
QTabBar::tab:selected {{
  background: {t.raised}; color: {t.text}; border-color: {t.line}; border-top-color: {t.accent};
}}
QTabBar QToolButton {{ background: {t.raised}; border: 1px solid {t.edge}; }}
QTreeView::item {{ min-height: {px(28)}px; border: none; padding-right: {px(6)}px; }}
QTreeView::item:hover {{ background: {t.hover}; }}
QTreeView::item:selected {{ background: {t.selection}; color: {t.text}; }}
"""


def _zones(t: Theme, px: Callable[[float], int]) -> str:
    return f"""
QFrame[zone="rail"] {{ background: {t.surface}; border: none; border-right: 1px solid {t.line}; }}
QFrame[zone="pane"] {{ background: {t.raised}; border: none; border-left: 1px solid {t.line}; }}
QFrame[zone="card"] {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: {px(6)}px; }}
QFrame[zone="floating"] {{ background: {t.raised}; border: 1px solid {t.edge}; border-radius: {px(6)}px; }}
QFrame[zone="rule"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[zone="foot"] {{ background: transparent; border: none; border-top: 1px solid {t.line}; }}
QWidget[zone="inside"], QScrollArea > QWidget#qt_scrollarea_viewport {{ background: transparent; }}
QFrame[zone="message"] {{ background: {t.raised}; border: none; border-bottom: 1px solid {t.line}; }}
QFrame[zone="status"] {{ background: {t.surface}; border: none; border-top: 1px solid {t.line}; }}
QPushButton[place="true"] {{
  background: transparent; border: none; border-radius: {px(5)}px; text-align: left;
  padding: 0 {px(9)}px; min-height: {px(36)}px; color: {t.muted};
}}
QPushButton[place="true"][tight="true"] {{ min-height: {px(23)}px; }}
QPushButton[place="true"]:hover {{ background: {t.hover}; color: {t.text}; }}
QPushButton[place="true"]:checked {{ background: {t.selection}; color: {t.text}; }}
QProgressBar {{ background: {t.line}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 2px; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: {px(3)}px; margin: {px(3)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(28)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(28)}px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: none; border: none; width: 0; height: 0;
}}
QSplitter::handle {{ background: {t.line}; }}
QMenu {{ background: {t.raised}; border: 1px solid {t.edge}; padding: 4px; }}
QMenu::item {{ padding: {px(6)}px {px(20)}px; }}
QMenu::item:selected {{ background: {t.selection}; color: {t.text}; }}
"""
