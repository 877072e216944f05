"""How a report begins on its first page: organisation and logo, title, period and data date, author."""

from dataclasses import dataclass, replace
from io import BytesIO

from reportlab.lib.utils import ImageReader

from csp_desktop.errors import CspError
from csp_desktop.reports.blocks import Report, day
from csp_desktop.reports.pdf.canvas import TaggedCanvas
from csp_desktop.reports.pdf.compose import Composer, one_line
from csp_desktop.reports.pdf.pieces import LEAD, QUIET, TITLE, Bookmark, Piece
from csp_desktop.reports.pdf.structure import Element, pdf_text
from csp_desktop.reports.pdf.typesetter import clean

_LOGO_HEIGHT = 44.0
_LOGO_WIDTH = 150.0
_SUBTITLE = replace(LEAD, space_before=3.0, keeps_with_next=True)
_FACTS = replace(QUIET, space_before=4.0)


@dataclass(frozen=True, slots=True)
class LogoPiece:
    """The organisation's logo at the left edge, as a figure."""

    image: ImageReader
    size: tuple[float, float]
    alt: str
    space_before: float = 0.0
    space_after: float = 0.0
    keeps_with_next: bool = True

    @property
    def height(self) -> float:
        """Return the logo's height and a little room."""
        return self.size[1] + 8.0

    @property
    def least(self) -> float:
        """Return the whole height."""
        return self.height

    def split(self, room: float) -> None:
        """Refuse."""

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw the logo."""
        width, height = self.size
        box = f"{left:.2f} {top - height:.2f} {left + width:.2f} {top:.2f}"
        attributes = f"/Alt{pdf_text(self.alt)}/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        with canvas.content(Element("Figure", attributes=attributes)):
            canvas.drawImage(self.image, left, top - height, width, height)


def opening_pieces(report: Report, composer: Composer) -> list[Piece]:
    """Return the pieces of the first page's head."""
    title = composer.text(report.title, Element("H1"), TITLE)
    pieces: list[Piece] = [] if report.logo is None else [_logo(report.logo, report.organisation)]
    pieces.append(replace(title, bookmark=Bookmark(one_line(report.title), 0, "title")))
    told = ", ".join(part for part in (report.subtitle, report.period) if part)
    pieces.append(composer.text(told, Element("P"), _SUBTITLE))
    dated = f"data as at {day(report.data_date)}"
    facts = " \u00b7 ".join((report.organisation, dated, *report.prepared_by))
    pieces.append(composer.text(facts, Element("P"), _FACTS))
    return pieces


def _logo(content: bytes, organisation: str) -> LogoPiece:
    """Read the logo, flattened on white. Raises CspError where it is no picture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as picture:
            picture.load()
            rich = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        message = "The logo in the partnership's profile cannot be read; choose a PNG or JPEG picture there."
        raise CspError(message) from error
    flat = Image.new("RGB", rich.size, "white")
    flat.paste(rich, mask=rich.getchannel("A"))
    scale = min(_LOGO_HEIGHT / flat.height, _LOGO_WIDTH / flat.width)
    return LogoPiece(ImageReader(flat), (flat.width * scale, flat.height * scale), f"Logo of {clean(organisation)}")
