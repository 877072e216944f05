"""How wide a text is in the product's typeface: one answer for screen and paper, so that one layout serves both."""

from functools import cache
from typing import TYPE_CHECKING

from csp_desktop import assets

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "LiberationSans-Regular"
BOLD = "LiberationSans-Bold"


@cache
def typeface(name: str) -> "TTFont":
    """Read one of the product's fonts by its file name without ending. reportlab is imported on first use."""
    from reportlab.pdfbase.ttfonts import TTFont

    return TTFont(name, str(assets.font_path(name)))


def text_width(text: str, size: float, bold: bool) -> float:
    """Return the width of ``text`` in points at ``size`` points."""
    return float(typeface(BOLD if bold else REGULAR).stringWidth(text, size))
