"""The chart on screen: the same figure as on paper, and words for who does not see it."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from csp_desktop.charts.measure import text_width
from csp_desktop.charts.rag import BRAG
from csp_desktop.charts.rag_by_theme import rag_by_theme, rag_by_theme_alt
from csp_desktop.charts.scene import Anchor, Area, Dot, Line, Polyline, Rectangle, Scene, Text
from csp_desktop.reports.blocks import Figure
from csp_desktop.reports.pdf.writer import pdf_bytes
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


def on_screen(scene: Scene) -> Image.Image:
    image = QImage(round(scene.width * SCALE), round(scene.height * SCALE), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(SCALE, SCALE)
    paint(painter, scene.primitives)
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
@pytest.mark.parametrize("scene", [EVERYTHING, rag_by_theme(THEMES, BRAG, text_width)], ids=["primitives", "rag"])
def test_screen_and_paper_show_the_same_figure(scene: Scene) -> None:
    screen, paper = on_screen(scene), on_paper(scene)
    paper = paper.resize(screen.size) if paper.size != screen.size else paper
    # what differs by more than a softened edge counts
    apart = ImageChops.difference(screen, paper).point(lambda value: 255 if value > 96 else 0)
    share = apart.histogram()[255] / (apart.width * apart.height)
    inked = screen.point(lambda value: 255 if value < 200 else 0).histogram()[255]
    assert inked > 1000
    assert share < 0.02


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
