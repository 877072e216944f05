"""Writes a report as a tagged PDF: composed, put on pages, drawn once, finished, and put in place whole."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from csp_desktop.collector import collector_at_rest
from csp_desktop.reports.blocks import OnePage, PageBlock, PageBreak, Report
from csp_desktop.reports.files import replace_file
from csp_desktop.reports.pdf.canvas import TaggedCanvas
from csp_desktop.reports.pdf.compose import Composer, Numbering
from csp_desktop.reports.pdf.contents import with_contents
from csp_desktop.reports.pdf.furniture import PageNumber, draw_furniture
from csp_desktop.reports.pdf.layout import A4, PORTRAIT, PagePlan, fits_one_page, frame, place
from csp_desktop.reports.pdf.opening import opening_pieces
from csp_desktop.reports.pdf.packing import Packer
from csp_desktop.reports.pdf.pieces import Piece


@dataclass(slots=True)
class _Pages:
    """The pages so far and the pieces that wait to be put on them."""

    plans: list[PagePlan] = field(default_factory=lambda: [PagePlan(PORTRAIT)])
    waiting: list[Piece] = field(default_factory=list)

    def settle(self) -> None:
        """Put what waits on pages."""
        place(self.waiting, self.plans)
        self.waiting = []

    def turn(self, landscape: bool) -> None:
        """Begin a new page of this shape; an untouched page is used as it is."""
        self.settle()
        shape = frame(landscape)
        if self.plans[-1].placed:
            self.plans.append(PagePlan(shape))
        else:
            self.plans[-1] = PagePlan(shape)


def write_pdf(report: Report, path: Path) -> None:
    """Write the report to ``path``, replacing what is there only when the new file is whole.

    Raises CspError with a sentence when the file cannot be written or the logo cannot be read.
    """
    replace_file(path, pdf_bytes(report))


@collector_at_rest()
def pdf_bytes(report: Report) -> bytes:
    """Return the report as a tagged PDF; the same report gives the same bytes. Raises CspError for a bad logo."""
    with Packer() as packer:
        canvas = TaggedCanvas(A4, packer)
        pages = _lay_out(report, canvas)
        for index, plan in enumerate(pages):
            _draw(canvas, report, plan, PageNumber(index + 1, len(pages)))
        return canvas.finish(report)


def _draw(canvas: TaggedCanvas, report: Report, plan: PagePlan, number: PageNumber) -> None:
    """Draw one page."""
    canvas.setPageSize(plan.frame.size)
    draw_furniture(canvas, report, plan.frame, number)
    top = plan.frame.size[1] - plan.frame.top
    for placed in plan.placed:
        placed.piece.draw(canvas, plan.frame.left, top - placed.down)
    canvas.showPage()


def _lay_out(report: Report, canvas: TaggedCanvas) -> list[PagePlan]:
    """Return the report's pages."""
    pages = _Pages()
    first = report.blocks[0] if report.blocks else None
    shape = frame(landscape=isinstance(first, PageBreak) and first.landscape)
    pages.plans[-1] = PagePlan(shape)
    composer = Composer(canvas.type, shape, Numbering())
    pages.waiting += opening_pieces(report, composer)
    run: list[PageBlock] = []
    for block in report.blocks[1:] if isinstance(first, PageBreak) else report.blocks:
        if not isinstance(block, PageBreak | OnePage):
            run.append(block)
            continue
        pages.waiting += composer.compose(tuple(run))
        run = []
        if isinstance(block, PageBreak):
            pages.turn(block.landscape)
            composer = replace(composer, frame=frame(block.landscape))
        else:
            pages.settle()
            pages.waiting += _fullest_that_fits(block, composer, pages.plans[-1])
    pages.waiting += composer.compose(tuple(run))
    pages.settle()
    drawn = [plan for plan in pages.plans if plan.placed]
    return with_contents(drawn, composer)


def _fullest_that_fits(block: OnePage, composer: Composer, page: PagePlan) -> list[Piece]:
    """Return the first of a choice that stays on the page where it begins, else the last."""
    pieces: list[Piece] = []
    numbering = composer.numbering
    for blocks in block.variants:
        attempt = replace(composer, numbering=replace(numbering))
        pieces = attempt.compose(blocks)
        composer.numbering = attempt.numbering
        if fits_one_page(pieces, composer.frame, page.used):
            break
    return pieces
