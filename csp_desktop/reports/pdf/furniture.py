"""What stands on every page outside its content: the handling mark top and bottom, title, data date, page x of y."""

from dataclasses import dataclass

from csp_desktop.charts.scene import INK, MUTED, RULE
from csp_desktop.reports.blocks import Report, day
from csp_desktop.reports.pdf.canvas import ArtifactKind, TaggedCanvas
from csp_desktop.reports.pdf.drawing import colour
from csp_desktop.reports.pdf.layout import Frame
from csp_desktop.reports.pdf.typesetter import clean

_SIZE = 12.0
_MARK_TOP = 25.0
_MARK_BOTTOM = 17.0
_FOOT = 34.0
_RULE = 49.0
_GAP = 24.0


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Which page of how many, from 1."""

    page: int
    pages: int


def draw_furniture(canvas: TaggedCanvas, report: Report, frame: Frame, number: PageNumber) -> None:
    """Draw the furniture of one page as an artifact."""
    width, height = frame.size
    right = width - frame.right
    type_ = canvas.type
    shown = []
    marking = clean(report.marking).upper().strip()
    if marking:
        x = (width - type_.width(marking, _SIZE, True)) / 2
        shown += [type_.line((x, y), marking, _SIZE, True) for y in (height - _MARK_TOP, _MARK_BOTTOM)]
    counted = f"Page {number.page} of {number.pages}"
    counted_x = right - type_.width(counted, _SIZE, False)
    room = counted_x - frame.left - _GAP
    running = _shortened(canvas, f"{report.title} \u00b7 data as at {day(report.data_date)}", room)
    foot = [
        type_.line((frame.left, _FOOT), running, _SIZE, False),
        type_.line((counted_x, _FOOT), counted, _SIZE, False),
    ]
    with canvas.artifact(ArtifactKind.PAGINATION):
        canvas.emit(f"q {colour(RULE)} RG 0.6 w {frame.left:.2f} {_RULE} m {right:.2f} {_RULE} l S Q")
        if shown:
            canvas.emit(f"{colour(INK)} rg BT {' '.join(shown)} ET")
        canvas.emit(f"{colour(MUTED)} rg BT {' '.join(foot)} ET")


def _shortened(canvas: TaggedCanvas, text: str, room: float) -> str:
    """Return as much of a running line as has room; the whole title stands on the first page."""
    lines = canvas.type.wrap(text.replace("\n", " "), _SIZE, False, room)
    return lines[0].rstrip() if len(lines) == 1 else f"{lines[0].rstrip()} \u2026"
