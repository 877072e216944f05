"""The chart on screen: the same figure as on paper, and words for who does not see it."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from csp_desktop.charts.chart import Caption
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.rag import BRAG
from csp_desktop.charts.rag_by_theme import rag_by_theme, rag_by_theme_alt
from csp_desktop.charts.scene import BANDS, GROUND, Anchor, Area, Dot, Line, Polyline, Rectangle, Scene, Text
from csp_desktop.charts.svg import FAMILIES, svg
from csp_desktop.errors import CspError
from csp_desktop.reports.blocks import Figure
from csp_desktop.reports.pdf.writer import pdf_bytes
from tests.csp_desktop.charts.figures import CHARTS
from tests.csp_desktop.reports.samples import THEMES, report
from ui.charts.painter import paint
from ui.charts.widget import ChartWidget

SCALE = 3
EVERYTHING = Scene(
    300,
    160,
    (
        Line((10, 10), (120, 10), dash=(5, 3), width=1.5),
        Polyline(((10, 30), (60, 60), (120, 20)), "#12436D", 2),
        Area(((140, 10), (180, 40), (150, 60)), "#F46A25", "#0B0C0C", 1),
        Rectangle((200, 10), (60, 30), None, "#0B0C0C", 1),
        Dot((30, 90), 12, "#3E9B6E", "#0B0C0C", 0.8),
        Text((60, 95), "Started", 12),
        Text((150, 95), "Middle", 12, True, Anchor.MIDDLE),
        Text((280, 95), "Ended", 14, False, Anchor.END, "#8C1C13"),
        Text((40, 150), "Turned", 12, turn=30),
    ),
)


SCENES = {"primitives": EVERYTHING, **{name: chart.scene for name, chart in CHARTS.items()}}
MOST_BLANK = 200  # pixels: less ink than this is no figure


def ink(picture: Image.Image) -> int:
    return picture.point(lambda value: 255 if value < 200 else 0).histogram()[255]


def share_apart(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels that differ by more than a softened edge."""
    apart = ImageChops.difference(one, other).point(lambda value: 255 if value > 96 else 0)
    return apart.histogram()[255] / (apart.width * apart.height)


def on_screen(scene: Scene) -> Image.Image:
    return painted(scene, lambda painter: paint(painter, scene.primitives), scaled=True)


def painted(scene: Scene, draw: Callable[[QPainter], None], *, scaled: bool = False) -> Image.Image:
    image = QImage(round(scene.width * SCALE), round(scene.height * SCALE), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    if scaled:
        painter.scale(SCALE, SCALE)
    draw(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(BytesIO(bytes(buffer.data().data()))).convert("L")


def on_paper(scene: Scene) -> Image.Image:
    content = pdf_bytes(report(Figure(scene, "title", "subtitle", "source", "alt", None)))
    with pikepdf.open(BytesIO(content)) as pdf:
        figure = next(
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        )
        left, bottom, _right, top = (float(edge) for edge in figure.A.BBox)
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    height = page.get_height()
    image = page.render(scale=SCALE).to_pil().convert("L")
    document.close()
    box = (left * SCALE, (height - top) * SCALE, (left + scene.width) * SCALE, (height - bottom) * SCALE)
    return image.crop(tuple(round(edge) for edge in box))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_screen_and_paper_show_the_same_figure(scene: Scene) -> None:
    screen, paper = on_screen(scene), on_paper(scene)
    paper = paper.resize(screen.size) if paper.size != screen.size else paper
    assert ink(screen) > MOST_BLANK
    assert share_apart(screen, paper) < 0.02


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_screen_and_drawing_show_the_same_figure(scene: Scene) -> None:
    written = svg(scene, "title", "description").replace(FAMILIES, "Liberation Sans")  # this reader takes one alone
    renderer = QSvgRenderer(QByteArray(written.encode()))
    assert renderer.isValid()
    drawing = painted(scene, renderer.render)
    assert ink(drawing) > MOST_BLANK
    assert share_apart(on_screen(scene), drawing) < 0.02


def chart_on(qtbot: QtBot, folder: Path | None = None) -> ChartWidget:
    chart = CHARTS["lines"]
    save = (lambda _parent, _title, name, _kind: folder / name) if folder else (lambda *_asked: None)
    widget = ChartWidget(chart.scene, "Dewsbury: fewer", chart.alt, save=save)
    qtbot.addWidget(widget)
    widget.resize(600, 300)
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    return widget


def test_the_keyboard_copies_a_picture_with_its_title(qtbot: QtBot) -> None:
    widget = chart_on(qtbot)
    widget.captioned(Caption("Dewsbury: fewer", "Offences", "Source: police"))
    QTest.keyClick(widget, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.hasImage()
    assert copied.text().startswith("Dewsbury: fewer. Line chart of Dewsbury")
    drawn = bytes(copied.data("image/svg+xml").data()).decode()
    assert "Source: police" in drawn
    image = QGuiApplication.clipboard().image()
    assert image.width() == round((CHARTS["lines"].scene.width + 24) * 3)


@pytest.mark.parametrize(("words", "name"), [("SVG", "Dewsbury fewer.svg"), ("PNG", "Dewsbury fewer.png")])
def test_the_menu_saves_the_chart(qtbot: QtBot, tmp_path: Path, words: str, name: str) -> None:
    widget = chart_on(qtbot, tmp_path)
    assert widget.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    next(action for action in widget.actions() if words in action.text()).trigger()
    saved = (tmp_path / name).read_bytes()
    assert saved.startswith(b"<?xml" if words == "SVG" else b"\x89PNG")
    if words == "PNG":
        assert Image.open(BytesIO(saved)).info["dpi"] == pytest.approx((216, 216), abs=0.1)


def test_a_change_of_mind_saves_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    chart_on(qtbot).save(".png")
    assert not list(tmp_path.iterdir())


def test_a_chart_that_cannot_be_saved_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(CspError, match="does not exist"):
        chart_on(qtbot, tmp_path / "nowhere").save(".svg")


def test_lines_can_be_seen_on_a_dark_ground(qtbot: QtBot) -> None:
    widget = chart_on(qtbot)
    dark = QPalette(widget.palette())
    dark.setColor(QPalette.ColorRole.Window, QColor("#17191C"))
    widget.setPalette(dark)
    shown = widget.grab().toImage()
    found = {shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(shown.height())}
    assert "#6fa8dc" in found
    assert "#12436d" not in found


def test_bands_and_hollow_shapes_do_not_glare_on_a_dark_ground(qtbot: QtBot) -> None:
    for name in ("survival curve", "timeline"):
        widget = ChartWidget(CHARTS[name].scene, name, "")
        qtbot.addWidget(widget)
        dark = QPalette(widget.palette())
        dark.setColor(QPalette.ColorRole.Window, QColor("#17191C"))
        dark.setColor(QPalette.ColorRole.Text, QColor("#EDEDED"))
        widget.setPalette(dark)
        widget.resize(500, widget.heightForWidth(500))
        shown = widget.grab().toImage()
        found = {shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(shown.height())}
        assert found.isdisjoint({GROUND.lower(), *(band.lower() for band in BANDS)})


def test_a_chart_says_its_finding_and_keeps_its_shape(qtbot: QtBot) -> None:
    scene = rag_by_theme(THEMES, BRAG, text_width)
    widget = ChartWidget(scene, "Place is behind", rag_by_theme_alt(THEMES, BRAG))
    qtbot.addWidget(widget)
    widget.resize(600, widget.heightForWidth(600))
    widget.show()
    assert widget.accessibleName() == "Place is behind"
    assert "Improving place has the most red actions, 2." in widget.accessibleDescription()
    assert widget.heightForWidth(400) == pytest.approx(scene.height * 400 / scene.width, abs=1)
    assert widget.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert not widget.grab().isNull()


def test_another_scene_takes_the_place(qtbot: QtBot) -> None:
    widget = ChartWidget(EVERYTHING, "a", "b")
    qtbot.addWidget(widget)
    widget.show_scene(rag_by_theme(THEMES, BRAG, text_width), "c", "d")
    assert (widget.accessibleName(), widget.accessibleDescription()) == ("c", "d")
    assert widget.sizeHint().width() == 495
