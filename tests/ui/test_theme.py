import sys

import pytest
from PySide6.QtGui import QFont, QFontInfo, QPalette, QTextLayout
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.assets import font_path
from ui import theme
from ui.app import dressed as dressed_as_started
from ui.pages.report_preview import ReportPreview
from ui.roles import DARK, HIGH_CONTRAST, LIGHT, Theme, contrast
from ui.stylesheet import stylesheet

THEMES = (LIGHT, DARK, HIGH_CONTRAST)


@pytest.mark.parametrize("shown", THEMES, ids=lambda shown: shown.name)
def test_every_text_pair_reaches_four_and_a_half_to_one(shown: Theme) -> None:
    weak = {
        pair: round(contrast(getattr(shown, pair[0]), getattr(shown, pair[1])), 2)
        for pair in shown.text_pairs()
        if contrast(getattr(shown, pair[0]), getattr(shown, pair[1])) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("shown", THEMES, ids=lambda shown: shown.name)
def test_edges_and_focus_reach_three_to_one(shown: Theme) -> None:
    for role in ("edge", "focus"):
        for ground in ("surface", "raised"):
            assert contrast(getattr(shown, role), getattr(shown, ground)) >= 3, (role, ground)


def test_contrast_is_wcags() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_bundled_sans_is_what_is_shown(dressed: QApplication) -> None:
    assert QFontInfo(dressed.font()).family() == "Liberation Sans"
    assert dressed.font().pointSizeF() == 10.5


def families_of(text: str, font: QFont) -> set[str]:
    laid_out = QTextLayout(text, font)
    laid_out.beginLayout()
    laid_out.createLine()
    laid_out.endLayout()
    runs = laid_out.glyphRuns()
    assert all(0 not in run.glyphIndexes() for run in runs)
    return {run.rawFont().familyName().casefold() for run in runs}


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("\u0a17\u0a41\u0a30\u0a2a\u0a4d\u0a30\u0a40\u0a24 Singh", "Noto Sans Gurmukhi"),
        ("\u0aaa\u0acd\u0ab0\u0abf\u0aaf\u0abe Patel", "Noto Sans Gujarati"),
        ("\u0639\u0627\u0626\u0634\u06c1 Khan", "Noto Naskh Arabic"),
    ],
)
def test_a_name_in_another_script_is_shown_in_the_bundled_font_for_it(
    qapp: QApplication, name: str, family: str
) -> None:
    dressed_as_started(qapp)
    heading = QFont(qapp.font())
    heading.setBold(True)
    for font in (qapp.font(), heading, QFont(theme.FAMILY)):
        assert families_of(name, font) == {"liberation sans", family.casefold()}


@pytest.mark.parametrize("shown", THEMES, ids=lambda shown: shown.name)
def test_the_palette_tells_which_theme_it_is(dressed: QApplication, shown: Theme) -> None:
    theme.apply(dressed, shown)
    assert theme.theme_of(dressed.palette()) is shown
    assert dressed.palette().color(QPalette.ColorRole.Accent).name().upper() == shown.accent


def test_measures_follow_the_font(dressed: QApplication) -> None:
    at_once = theme.px(30)
    twice = QFont(dressed.font())
    twice.setPointSizeF(dressed.font().pointSizeF() * 2)
    dressed.setFont(twice)
    assert at_once == 30
    assert theme.px(30) == 60


def test_calls_that_return_nothing_leave_none_alone() -> None:
    widget = QWidget()
    before = sys.getrefcount(None)
    for _turn in range(500):
        widget.setObjectName("place")
    assert abs(sys.getrefcount(None) - before) < 50


def test_fonts_ship_with_the_program() -> None:
    assert font_path("LiberationSans-Regular").is_file()


@pytest.mark.parametrize("shown", THEMES, ids=lambda shown: shown.name)
def test_what_cannot_be_pressed_differs_from_what_can(shown: Theme) -> None:
    disabled = next(line for line in stylesheet(shown, round).splitlines() if line.startswith("QPushButton:disabled"))
    assert shown.muted != shown.text or "border-style: dashed" in disabled


@pytest.mark.parametrize("shown", THEMES, ids=lambda shown: shown.name)
def test_white_pages_lie_on_a_ground_that_is_not_white(dressed: QApplication, qtbot: QtBot, shown: Theme) -> None:
    preview = ReportPreview()
    qtbot.addWidget(preview)
    before = dressed.palette()
    try:
        dressed.setPalette(theme.palette(shown))
        QApplication.processEvents()
        ground = preview.view.palette().color(QPalette.ColorRole.Dark).name()
    finally:
        dressed.setPalette(before)
    assert contrast(ground, "#FFFFFF") >= 3
