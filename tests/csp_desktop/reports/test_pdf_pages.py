"""Where things stand on pages: page 1 alone, tables cut between rows, headings with what they head, x of y."""

from dataclasses import replace

import pypdfium2
import pytest
from reportlab.pdfbase.pdfdoc import PDFDocument

from csp_desktop.reports.blocks import (
    BulletList,
    Column,
    ColumnKind,
    Heading,
    OnePage,
    PageBreak,
    Paragraph,
    Table,
    Verdict,
)
from csp_desktop.reports.pdf.layout import LANDSCAPE, PORTRAIT, PagePlan, place
from csp_desktop.reports.pdf.structure import Element
from csp_desktop.reports.pdf.tables import TablePiece, lay_out
from csp_desktop.reports.pdf.typesetter import Typesetter
from csp_desktop.reports.pdf.writer import pdf_bytes
from tests.csp_desktop.reports.samples import COLUMNS, ROWS, report, table


def texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def sizes(content: bytes) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_size() for page in document]
    finally:
        document.close()


def numbered(count: int) -> Table:
    return replace(table(), rows=tuple((f"ACT-{n:04}", *ROWS[n % len(ROWS)][1:]) for n in range(count)))


def test_two_thousand_rows_stand_once_each_and_whole() -> None:
    pages = texts(pdf_bytes(report(PageBreak(landscape=True), numbered(2000))))
    refs = [word for page in pages for word in page.split() if word.startswith("ACT-")]
    assert refs == [f"ACT-{n:04}" for n in range(2000)]
    assert all("Ref" in page and "Late" in page for page in pages[1:])
    assert pages[-1].count(f"Page {len(pages)} of {len(pages)}") == 1


def test_every_page_names_its_number_marking_title_and_data_date() -> None:
    pages = texts(pdf_bytes(report(numbered(60))))
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert page.count("OFFICIAL") == 2
        assert "Board progress report \u00b7 data as at 30 Sep 2024" in page


def test_without_a_marking_none_is_printed() -> None:
    assert "OFFICIAL" not in "".join(texts(pdf_bytes(report(marking=""))))


def test_pages_turn_to_landscape_where_the_report_says() -> None:
    found = sizes(pdf_bytes(report(Paragraph("a"), PageBreak(landscape=True), Paragraph("b"), PageBreak())))
    assert [width > height for width, height in found] == [False, True]


def test_the_fullest_telling_that_fits_is_taken() -> None:
    tellings = tuple(tuple(Paragraph(f"length {n}") for _ in range(n)) for n in (200, 60, 30, 10))
    pages = texts(pdf_bytes(report(OnePage(tellings), PageBreak(), Paragraph("after"))))
    assert len(pages) == 2
    assert pages[0].count("length 30") == 30


def test_a_heading_stays_with_its_table() -> None:
    for filler in range(20, 50):
        blocks = [Paragraph("x") for _ in range(filler)]
        pages = texts(pdf_bytes(report(*blocks, Heading(2, "Held"), Paragraph("Short."), table())))
        holder = next(page for page in pages if "Held" in page)
        assert "ACT-0001" in holder


def test_parts_of_a_table_hold_all_strips_in_order() -> None:
    layout = lay_out(numbered(300), Element("Table"), (LANDSCAPE.width, LANDSCAPE.height), Typesetter(PDFDocument()))
    pages = [PagePlan(LANDSCAPE)]
    place([TablePiece(layout)], pages)
    parts = [placed.piece for page in pages for placed in page.placed]
    spans = [(part.start, part.stop) for part in parts if isinstance(part, TablePiece)]
    assert [row for start, stop in spans for row in range(start, stop)] == list(range(300))
    assert all(page.used <= page.frame.height + 0.1 for page in pages)


@pytest.mark.parametrize("frame", [PORTRAIT, LANDSCAPE])
def test_columns_fill_the_width_and_hold_their_words(frame: object) -> None:
    width = PORTRAIT.width if frame is PORTRAIT else LANDSCAPE.width
    layout = lay_out(numbered(20), Element("Table"), (width, 700), Typesetter(PDFDocument()))
    assert sum(layout.widths) == pytest.approx(width)
    assert all(len(row[0]) == 1 for row in layout.rows)


def test_more_columns_than_have_room_still_share_the_width() -> None:
    columns = tuple(Column(f"Heading{n}", ColumnKind.NUMBER) for n in range(30))
    wide = Table("wide", columns, (tuple(range(30)),))
    layout = lay_out(wide, Element("Table"), (500, 700), Typesetter(PDFDocument()))
    assert sum(layout.widths) == pytest.approx(500)
    assert len(COLUMNS) == 5


def test_a_small_table_is_not_cut_and_no_single_row_stands_on_the_last_page() -> None:
    for above in range(30):
        pages = texts(pdf_bytes(report(*(Paragraph(f"Line {n}") for n in range(above)), numbered(3))))
        assert len([page for page in pages if "ACT-" in page]) == 1
    for count in range(20, 60):
        last = texts(pdf_bytes(report(numbered(count))))[-1]
        assert last.count("ACT-") != 1


def test_what_opens_a_list_stands_with_it() -> None:
    for above in range(30):
        lines = (Paragraph(f"Line {n}") for n in range(above))
        pages = texts(pdf_bytes(report(*lines, Paragraph("Opening words:"), BulletList(("first item", "second")))))
        assert all(("Opening words" in page) == ("first item" in page) for page in pages)


def test_words_too_long_for_any_column_take_no_room_from_short_ones() -> None:
    word = "x" * 400
    columns = (Column("Ref"), *(Column(name) for name in ("Action", "Lead", "Update", "Asked")), Column("Status"))
    content = pdf_bytes(report(Table("Long words", columns, (("ACT-0001", word, word, word, word, "In progress"),))))
    page = next(page for page in texts(content) if "Long words" in page)
    assert "ACT-0001" in page
    assert "progress" in page


def test_a_verdict_without_a_mark_is_a_sentence() -> None:
    assert "Of 1 action, none is red." in "".join(texts(pdf_bytes(report(Verdict(None, "of 1 action, none is red.")))))


def test_a_table_whose_first_row_is_taller_than_a_page_begins_under_its_caption() -> None:
    story = " ".join(f"word{n}" for n in range(3000))
    for above in range(0, 30, 3):
        tall = Table("A tall row", (Column("Ref"), Column("Story")), (("ACT-0001", story), ("ACT-0002", "short")))
        blocks = (*(Paragraph(f"Line {n}") for n in range(above)), Heading(2, "Part"), Heading(3, "Strand"), tall)
        pages = texts(pdf_bytes(report(PageBreak(landscape=True), *blocks)))
        (holder,) = (page for page in pages if "A tall row" in page)
        assert "Part" in holder
        assert "ACT-0001" in holder
        assert all("ACT-0001" in page for page in pages if "word" in page)


def test_a_row_as_tall_as_a_page_begins_under_its_caption() -> None:
    for lines in range(20, 40):
        story = "\n".join(f"line {n}" for n in range(lines))
        rows = (("ACT-0001", story), ("ACT-0002", story))
        tall = Table("A tall row", (Column("Ref"), Column("Story")), rows)
        pages = texts(pdf_bytes(report(PageBreak(landscape=True), Paragraph("Above"), Heading(2, "Part"), tall)))
        (holder,) = (page for page in pages if "A tall row" in page)
        assert "ACT-0001" in holder
